"""The gazetteer: every country is there, and context tells places from their look-alikes."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.fold import fold
from extract.lexicon import Matcher, check_examples, phrases_of, tables
from extract.places import PlaceMention, find_places

FILES = ("countries", "organisations", "cities", "place_traps")
MATCHER = Matcher(FILES)
UN_MEMBERS = re.findall(
    r"\w{3}",
    """
    AFG ALB DZA AND AGO ATG ARG ARM AUS AUT AZE BHS BHR BGD BRB BLR BEL BLZ BEN BTN BOL BIH BWA BRA BRN BGR BFA BDI
    CPV KHM CMR CAN CAF TCD CHL CHN COL COM COG COD CRI CIV HRV CUB CYP CZE DNK DJI DMA DOM ECU EGY SLV GNQ ERI EST
    SWZ ETH FJI FIN FRA GAB GMB GEO DEU GHA GRC GRD GTM GIN GNB GUY HTI HND HUN ISL IND IDN IRN IRQ IRL ISR ITA JAM
    JPN JOR KAZ KEN KIR PRK KOR KWT KGZ LAO LVA LBN LSO LBR LBY LIE LTU LUX MDG MWI MYS MDV MLI MLT MHL MRT MUS MEX
    FSM MDA MCO MNG MNE MAR MOZ MMR NAM NRU NPL NLD NZL NIC NER NGA MKD NOR OMN PAK PLW PAN PNG PRY PER PHL POL PRT
    QAT ROU RUS RWA KNA LCA VCT WSM SMR STP SAU SEN SRB SYC SLE SGP SVK SVN SLB SOM ZAF SSD ESP LKA SDN SUR SWE CHE
    SYR TJK TZA THA TLS TGO TON TTO TUN TUR TKM TUV UGA UKR ARE GBR USA URY UZB VUT VEN VNM YEM ZMB ZWE
    """,
)
ACCENTED = {"CIV", "STP", "TUR"}
ORGANISATIONS = [
    "UN", "EU", "GCC", "ARAB_LEAGUE", "OIC", "AU", "OPEC", "NATO",
    "IMF", "WORLD_BANK", "IAEA", "SCO", "BRICS", "ASEAN", "IGAD", "OTHER_ORG",
]  # fmt: skip


def places(text: str, home: str | None = None) -> list[PlaceMention]:
    folded = fold(text)
    return list(find_places(folded, MATCHER.find(folded.text), home=home))


def coded(text: str, home: str | None = None) -> list[str]:
    return [f"{p.kind} {p.code}" for p in places(text, home)]


@pytest.mark.parametrize("code", [*UN_MEMBERS, "PSE", "XKX", "TWN"])
def test_every_country_is_found_by_its_own_label(code: str) -> None:
    country = tables("countries")[code]
    assert country["name_en"].isascii() or code in ACCENTED
    assert [p.code for p in places(f"سافر الوفد إلى {country['names'][0]} أمس")] == [code]
    assert country["capital_ar"]
    assert country["capital_en"]


@pytest.mark.parametrize("code", ORGANISATIONS)
def test_every_organisation_is_found_by_its_first_name(code: str) -> None:
    assert coded(f"اجتماع {tables('organisations')[code]['names'][0]} أمس") == [f"organisation {code}"]


def test_counts() -> None:
    assert len(UN_MEMBERS) == 193
    assert set(UN_MEMBERS) < set(tables("countries"))
    assert set(ORGANISATIONS) == set(tables("organisations"))
    assert len(tables("cities")) > 300


@pytest.mark.parametrize("name", FILES)
def test_examples(name: str) -> None:
    assert check_examples(name) == []


def test_cities_lie_in_known_countries() -> None:
    assert {t["country"] for t in tables("cities").values()} <= set(tables("countries"))


def test_no_name_means_two_things_unless_it_is_shared() -> None:
    owners: dict[tuple[str, str], set[str]] = {}
    for name in ("countries", "organisations", "cities"):
        for form, mode, phrase in phrases_of(name):
            if not phrase.kind.startswith("shared"):
                owners.setdefault((form, mode), set()).add(phrase.value)
    doubled = {form for (form, _), values in owners.items() if len(values) > 1}
    assert doubled == {"كوريتين", "كوريتان"}  # "the two Koreas" names both


FORMS = {
    "clitics": ("وللكويت وبباكستان", ["country KWT", "country PAK"]),
    "nisba_feminine": ("السفارة الكويتية", ["nisba KWT"]),
    "nisba_plural": ("المسؤولون الكويتيون", ["nisba KWT"]),
    "nisba_indefinite": ("وفد كويتي", ["nisba KWT"]),
    "nisba_dual": ("سفينتان كويتيتان", ["nisba KWT"]),
    "broken_plural": ("المسؤولين الأتراك والروس", ["nisba TUR", "nisba RUS"]),
    "hamza_lam": ("الألماني لألمانيا وماني", ["nisba DEU", "country DEU"]),
    "spelling": ("أميركا وأمريكا والولايات المتحدة الأمريكية", ["country USA"] * 3),
    "old_name": ("بورما وسوازيلاند", ["country MMR", "country SWZ"]),
    "formal": ("جمهورية مصر العربية والمملكة الأردنية الهاشمية", ["country EGY", "country JOR"]),
    "two_words": ("السفير الكوري الجنوبي والجنوب أفريقي", ["nisba KOR", "nisba ZAF"]),
    "seat": ("وأعلن الكرملين والبيت الأبيض", ["seat RUS", "seat USA"]),
    "capital": ("أعلنت موسكو وبكين", ["capital RUS", "capital CHN"]),
    "capital_by_nisba": ("في العاصمة الأردنية أمس", ["capital JOR"]),
    "city": ("في جنيف وشرم الشيخ", ["city CHE", "city EGY"]),
    "both_koreas": ("قمة الكوريتين", ["country KOR", "country PRK"]),
    "one_word_two_readings_country": ("سافر إلى السعودية", ["country SAU"]),
    "one_word_two_readings_nisba": ("السفارة السعودية", ["nisba SAU"]),
    "one_word_indefinite_country": ("وصل إلى سورية", ["country SYR"]),
    "one_word_indefinite_nisba": ("قوات سورية", ["nisba SYR"]),
}


@pytest.mark.parametrize(("text", "expected"), FORMS.values(), ids=FORMS.keys())
def test_forms(text: str, expected: list[str]) -> None:
    assert coded(text) == expected


# Each ambiguity both ways: the place, and what only looks like it.
LOOK_ALIKES = {
    "jordan": ("زار الأردن", ["country JOR"]),
    "jordan_river": ("على ضفاف نهر الأردن", []),
    "morocco": ("عاد إلى المغرب", ["country MAR"]),
    "sunset_prayer": ("بعد صلاة المغرب", []),
    "maghreb": ("دول المغرب العربي", []),
    "maghreb_union": ("اتحاد المغرب العربي", ["organisation OTHER_ORG"]),
    "mali": ("سافر الوفد إلى مالي", ["country MLI"]),
    "mali_clitic": ("حفظ السلام بمالي", ["country MLI"]),
    "financial": ("دعم مالي كبير", []),
    "malian": ("الرئيس المالي", ["nisba MLI"]),
    "chief_financial": ("الرئيس المالي لشركة النور", []),
    "finance_ministry": ("وزارة المالية", []),
    "georgia": ("رئيس جورجيا", ["country GEO"]),
    "georgia_state": ("في ولاية جورجيا", []),
    "washington": ("أكدت واشنطن", ["capital USA"]),
    "washington_post": ("في واشنطن بوست", []),
    "niger": ("رئيس النيجر", ["country NER"]),
    "nigeria": ("رئيس نيجيريا", ["country NGA"]),
    "niger_river": ("مياه نهر النيجر", []),
    "chad_lake": ("حوض بحيرة تشاد", []),
    "guinea": ("غينيا وغينيا بيساو وغينيا الاستوائية", ["country GIN", "country GNB", "country GNQ"]),
    "papua": ("بابوا غينيا الجديدة", ["country PNG"]),
    "congo_democratic": ("الكونغو الديمقراطية", ["country COD"]),
    "congo_brazzaville": ("الكونغو برازافيل", ["country COG"]),
    "congo_bare": ("رئيس الكونغو", ["country COD"]),
    "congo_bare_by_capital": ("من برازافيل: رئيس الكونغو", ["capital COG", "country COG"]),
    "qatar": ("أمير قطر", ["country QAT"]),
    "diameter": ("أنبوب قطر 80 سم", []),
    "turkish": ("مسؤول تركي رفيع", ["nisba TUR"]),
    "turki": ("الأمير تركي الفيصل", []),
    "yemen": ("جنوب اليمن", ["country YEM"]),
    "right_hand": ("القدم اليمنى", []),
    "surname": ("النائب محمد المصري", []),
    "surname_again": ("وصل محمد شياع السوداني. ثم غادر السوداني مساء", []),
    "nisba_beside_surname": ("محمد شياع السوداني والرئيس السوداني", ["nisba SDN"]),
    "sultanate": ("سلطنة عمان", ["country OMN"]),
    "oman_marked": ("زار عُمان", ["country OMN"]),
    "amman_marked": ("الأردن: في عَمّان", ["country JOR", "capital JOR"]),
    "amman_after_jordan": ("وصل الوزير الأردني إلى عمان", ["nisba JOR", "capital JOR"]),
    "oman_in_a_list": ("الأردن. البحرين وعمان", ["country JOR", "country BHR", "country OMN"]),
    "gulf_of_oman": ("مياه خليج عمان", []),
    "muscat": ("وصل إلى مسقط", ["capital OMN"]),
    "birthplace": ("مسقط رأسه", []),
    "riyadh": ("في الرياض", ["capital SAU"]),
    "riyadh_paper": ('وقال لـ"الرياض" إن', []),
    "riyadh_paper_named": ("صحيفة الرياض", []),
    "paper_of": ("نقلت صحيفة الغارديان البريطانية", []),
    "agency_of": ("وكالة الأنباء الكويتية", []),
    "beyond_the_agency": ("نقلت وكالة الأنباء عن الخارجية الكويتية", ["nisba KWT"]),
    "dollar": ("مليون دولار أمريكي", []),
    "language": ("كتب بالفرنسية", []),
    "team": ("المنتخب التونسي", []),
    "club": ("فاز ريال مدريد", []),
    "security_council": ("قرار مجلس الأمن", ["organisation UN"]),
    "national_security_council": ("مجلس الأمن القومي", []),
    "football_confederation": ("الاتحاد الأفريقي لكرة القدم", []),
    "jerusalem": ("في القدس", ["city PSE"]),
    "quds_force": ("قائد فيلق القدس", []),
    "islamic_state": ("تنظيم الدولة الإسلامية في العراق والشام", []),
    "benin": ("رئيس بنين", ["country BEN"]),
    "boys": ("مدارس بنين وبنات", []),
    "course": ("تحويل المجرى", []),
    "hungarian": ("الوزير المجري", ["nisba HUN"]),
    "seoul": ("سيول عاصمة كوريا الجنوبية", ["capital KOR", "country KOR"]),
    "lima": ("في ليما عاصمة بيرو", ["capital PER", "country PER"]),
    "lima_alone": ("قالت ليما إنها", []),
    "floods": ("أمطار وسيول", []),
    "agreement_of_vienna": ("بعد اتفاق فيينا", []),
    "street": ("في شارع فلسطين", []),
}


@pytest.mark.parametrize(("text", "expected"), LOOK_ALIKES.values(), ids=LOOK_ALIKES.keys())
def test_look_alikes(text: str, expected: list[str]) -> None:
    assert coded(text) == expected


KINGDOMS = {
    "saudi": ("في الرياض أن المملكة", None, "SAU"),
    "moroccan": ("في الرباط أن المملكة", None, "MAR"),
    "jordanian": ("قال العاهل الأردني إن المملكة", None, "JOR"),
    "british": ("المملكة المتحدة", None, "GBR"),
    "ambassador": ("سفير المملكة لدى الأردن. في الأردن. وعاد إلى السعودية", None, "SAU"),
    "nobody_named": ("وأضاف أن المملكة", None, "SAU"),
    "nobody_named_at_home": ("وأضاف أن المملكة", "MAR", "MAR"),
}


@pytest.mark.parametrize(("text", "home", "expected"), KINGDOMS.values(), ids=KINGDOMS.keys())
def test_the_kingdom(text: str, home: str | None, expected: str) -> None:
    folded = fold(text)
    kingdom = [p for p in places(text, home) if folded.text[p.start : p.end].startswith("مملك")]
    assert [p.code for p in kingdom] == [expected]


def test_the_kingdom_stays_open_between_two() -> None:
    assert coded("بين المغرب والأردن: المملكة") == ["country MAR", "country JOR"]


def test_city_names() -> None:
    found = places("بيجين وجنيف والعاصمة المصرية")
    assert [(p.city, p.city_en) for p in found] == [("بكين", "Beijing"), ("جنيف", "Geneva"), ("القاهرة", "Cairo")]
    assert [(p.city, p.city_en) for p in places("فرنسا")] == [(None, None)]


def test_spans() -> None:
    (place,) = places("وللكويت")
    folded = fold("وللكويت").text
    assert (folded[place.word_start : place.end], folded[place.start : place.end]) == ("وللكويت", "كويت")
    assert place.definite


PIECES = st.sampled_from(
    ["الكويت", "عمان", "المملكة", "السعودية", "سفير", "و", " ", "، ", "\n", '"', "محمد", "المصري", "مالي", "5"]
)


@given(st.lists(PIECES, max_size=30).map("".join))
def test_mentions_are_in_order_and_only_shared_places_overlap(text: str) -> None:
    found = places(text)
    for before, after in pairwise(found):
        assert after.word_start >= before.end
    for place in found:
        assert 0 <= place.word_start <= place.start < place.end
