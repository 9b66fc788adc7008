"""Officials of one sentence: name, rank, country and role, whatever the order of titles, nationality and name."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.annotate import annotate
from extract.models import RANKS, Article
from extract.officials import OfficialMention, find_officials
from tests.arabic import PERSONS, disturbed, persons, random_texts
from tests.reading import mentions_of, people_of

Row = tuple[str, str | None, str | None]


def mentions(text: str) -> list[OfficialMention]:
    return list(find_officials(annotate(Article("case", text))))


CASES: list[tuple[str, str, list[Row]]] = [
    # A title and a nationality before the name.
    ("minister_nisba", "وزير الخارجية المصري سامح فوزي", [("سامح فوزي", "foreign_minister", "EGY")]),
    ("minister_feminine", "وزيرة الخارجية النرويجية إينه سورايده", [("إينه سورايده", "foreign_minister", "NOR")]),
    ("president_nisba", "الرئيس الفرنسي إيمانويل ماكرون", [("إيمانويل ماكرون", "head_of_state", "FRA")]),
    ("president_of_country", "رئيس جمهورية كينيا وليام روتو", [("وليام روتو", "head_of_state", "KEN")]),
    ("king", "العاهل الأردني الملك عبد الله الثاني", [("عبد الله الثاني", "head_of_state", "JOR")]),
    ("king_named", "جلالة الملك حمد بن عيسى آل خليفة ملك البحرين", [("حمد بن عيسى آل خليفة", "head_of_state", "BHR")]),
    ("amir", "أمير دولة قطر الشيخ تميم بن حمد آل ثاني", [("تميم بن حمد آل ثاني", "head_of_state", "QAT")]),
    ("sultan", "السلطان العماني هيثم بن طارق", [("هيثم بن طارق", "head_of_state", "OMN")]),
    ("prime_minister_of_country", "رئيس وزراء باكستان شهباز شريف", [("شهباز شريف", "head_of_government", "PAK")]),
    (
        "prime_minister_nisba",
        "رئيس الوزراء العراقي محمد شياع السوداني",
        [("محمد شياع السوداني", "head_of_government", "IRQ")],
    ),
    ("head_of_government", "رئيسة الحكومة التونسية نجلاء بودن", [("نجلاء بودن", "head_of_government", "TUN")]),
    ("chancellor", "المستشار الألماني أولاف شولتس", [("أولاف شولتس", "head_of_government", "DEU")]),
    ("crown_prince", "ولي العهد السعودي الأمير محمد بن سلمان", [("محمد بن سلمان", "royal", "SAU")]),
    ("prince_minister", "وزير الخارجية السعودي الأمير فيصل بن فرحان", [("فيصل بن فرحان", "foreign_minister", "SAU")]),
    ("portfolio_of_two", "وزير التجارة والصناعة الكويتي خالد الروضان", [("خالد الروضان", "minister", "KWT")]),
    (
        "portfolio_long",
        "وزير الطاقة والصناعة والثروة المعدنية السعودي خالد الفالح",
        [("خالد الفالح", "minister", "SAU")],
    ),
    (
        "minister_of_state",
        "وزير الدولة القطري للشؤون الخارجية سلطان المريخي",
        [("سلطان المريخي", "deputy_minister", "QAT")],
    ),
    ("deputy_minister", "نائب وزير الخارجية الكويتي خالد الجارالله", [("خالد الجارالله", "deputy_minister", "KWT")]),
    ("assistant_minister", "مساعد وزير الخارجية المصري حمدي لوزا", [("حمدي لوزا", "deputy_minister", "EGY")]),
    (
        "under_secretary",
        "وكيل وزارة الخارجية البحرينية عبد الله الدوسري",
        [("عبد الله الدوسري", "deputy_minister", "BHR")],
    ),
    (
        "secretary_general_of_ministry",
        "أمين عام وزارة الخارجية الأردنية زيد اللوزي",
        [("زيد اللوزي", "deputy_minister", "JOR")],
    ),
    ("minister_delegate", "الوزير المنتدب المغربي محسن الجزولي", [("محسن الجزولي", "deputy_minister", "MAR")]),
    ("deputy_prime_minister", "نائب رئيس الوزراء الأردني أيمن الصفدي", [("أيمن الصفدي", "minister", "JOR")]),
    ("speaker", "رئيس مجلس النواب اللبناني نبيه بري", [("نبيه بري", "legislature", "LBN")]),
    ("chief_of_staff", "رئيس أركان الجيش الباكستاني عاصم منير", [("عاصم منير", "military", "PAK")]),
    ("general", "قائد الجيش اللبناني العماد جوزيف عون", [("جوزيف عون", "military", "LBN")]),
    ("security_adviser", "مستشار الأمن القومي الأمريكي جيك سوليفان", [("جيك سوليفان", "official", "USA")]),
    # Ambassadors: whose they are, and where they serve.
    ("ambassador_nisba", "السفير الياباني هيروشي ياماموتو", [("هيروشي ياماموتو", "ambassador", "JPN")]),
    ("ambassador_of_state_to", "سفير دولة قطر لدى تركيا مصطفى بن كميل", [("مصطفى بن كميل", "ambassador", "QAT")]),
    ("ambassador_nisba_to", "السفير المغربي لدى إسبانيا كريم البناني", [("كريم البناني", "ambassador", "MAR")]),
    ("ambassador_in_capital", "السفير الأمريكي في القاهرة جوناثان كوهين", [("جوناثان كوهين", "ambassador", "USA")]),
    ("ambassador_accredited", "سفيرة فرنسا المعتمدة لدى الكويت كلير لوفليشر", [("كلير لوفليشر", "ambassador", "FRA")]),
    (
        "ambassador_comma",
        "سفير الكويت لدى المملكة المتحدة، خالد الدويسان، أمس",
        [("خالد الدويسان", "ambassador", "KWT")],
    ),
    ("charge", "القائم بأعمال السفارة الصينية ليو هاي", [("ليو هاي", "ambassador", "CHN")]),
    ("consul", "القنصل العام الهندي سونيل كومار", [("سونيل كومار", "ambassador", "IND")]),
    (
        "permanent_representative",
        "المندوب الدائم لدولة الكويت لدى الأمم المتحدة منصور العتيبي",
        [("منصور العتيبي", "ambassador", "KWT")],
    ),
    ("special_envoy", "المبعوث الأمريكي الخاص توم باراك", [("توم باراك", "ambassador", "USA")]),
    # Titles behind the name.
    (
        "name_then_title",
        "اجتمع عزيز أخنوش، رئيس الحكومة المغربية، مع ضيفه",
        [("عزيز أخنوش", "head_of_government", "MAR")],
    ),
    (
        "name_then_minister",
        "التقى ناصر بوريطة وزير الشؤون الخارجية المغربي ضيفه",
        [("ناصر بوريطة", "foreign_minister", "MAR")],
    ),
    (
        "title_name_title",
        "الشيخ محمد بن زايد آل نهيان رئيس دولة الإمارات",
        [("محمد بن زايد آل نهيان", "head_of_state", "ARE")],
    ),
    (
        "two_offices",
        "رئيس مجلس الوزراء وزير الخارجية القطري محمد بن عبد الرحمن آل ثاني",
        [("محمد بن عبد الرحمن آل ثاني", "head_of_government", "QAT")],
    ),
    # Honorifics add nothing.
    (
        "honorifics",
        "معالي الدكتور أنور قرقاش وزير الدولة للشؤون الخارجية الإماراتي",
        [("أنور قرقاش", "deputy_minister", "ARE")],
    ),
    (
        "highness",
        "صاحب السمو الشيخ صباح الخالد رئيس مجلس الوزراء الكويتي",
        [("صباح الخالد", "head_of_government", "KWT")],
    ),
    ("excellency", "سعادة السفير السعودي سلطان بن سعد", [("سلطان بن سعد", "ambassador", "SAU")]),
    (
        "blessing",
        "خادم الحرمين الشريفين الملك سلمان بن عبد العزيز -حفظه الله-",
        [("سلمان بن عبد العزيز", "head_of_state", "SAU")],
    ),
    ("engineer", "وزير البترول المصري المهندس طارق الملا", [("طارق الملا", "minister", "EGY")]),
    ("titles_own_country", "حاكم الشارقة الشيخ سلطان بن محمد القاسمي", [("سلطان بن محمد القاسمي", "royal", "ARE")]),
    # Organisations.
    ("un_chief", "الأمين العام للأمم المتحدة أنطونيو غوتيريش", [("أنطونيو غوتيريش", "organisation", "UN")]),
    (
        "league_chief",
        "الأمين العام لجامعة الدول العربية أحمد أبو الغيط",
        [("أحمد أبو الغيط", "organisation", "ARAB_LEAGUE")],
    ),
    ("gcc_chief", "الأمين العام لمجلس التعاون الخليجي جاسم البديوي", [("جاسم البديوي", "organisation", "GCC")]),
    (
        "commission_head",
        "رئيسة المفوضية الأوروبية أورسولا فون دير لاين",
        [("أورسولا فون دير لاين", "organisation", "EU")],
    ),
    ("un_envoy", "المبعوث الأممي هانس غروندبرغ", [("هانس غروندبرغ", "organisation", "UN")]),
    # Counterparts and coordination.
    (
        "counterpart",
        "التقى وزير الخارجية المصري سامح فوزي نظيره السوري فيصل المقداد",
        [("سامح فوزي", "foreign_minister", "EGY"), ("فيصل المقداد", "foreign_minister", "SYR")],
    ),
    (
        "counterpart_feminine",
        "بحث وزير الدفاع الإيطالي غويدو كروزيتو مع نظيرته الإسبانية مارغريتا روبليس",
        [("غويدو كروزيتو", "minister", "ITA"), ("مارغريتا روبليس", "minister", "ESP")],
    ),
    (
        "counterpart_of_another_state",
        "التقى وزير الدفاع المصري سامح فوزي رئيس الوزراء الأردني عمر سالم ونظيره الأردني وليد حداد",
        [
            ("سامح فوزي", "minister", "EGY"),
            ("عمر سالم", "head_of_government", "JOR"),
            ("وليد حداد", "minister", "JOR"),
        ],
    ),
    (
        "counterpart_of_another_state_by_table",
        "التقى وزير الدفاع المصري سامح فوزي رئيس الوزراء حيدر العبادي ونظيره العراقي وليد حداد",
        [
            ("سامح فوزي", "minister", "EGY"),
            ("حيدر العبادي", "head_of_government", None),
            ("وليد حداد", "minister", "IRQ"),
        ],
    ),
    (
        "counterpart_presidents",
        "استقبل الرئيس التركي رجب طيب أردوغان نظيره الأذربيجاني إلهام علييف",
        [("رجب طيب أردوغان", "head_of_state", "TUR"), ("إلهام علييف", "head_of_state", "AZE")],
    ),
    (
        "coordinated",
        "التقى وزراء الخارجية المصري سامح فوزي والأردني أيمن الصفدي والعراقي فؤاد حسين",
        [
            ("سامح فوزي", "foreign_minister", "EGY"),
            ("أيمن الصفدي", "foreign_minister", "JOR"),
            ("فؤاد حسين", "foreign_minister", "IRQ"),
        ],
    ),
    (
        "coordinated_dual",
        "بحث وزيرا الخارجية الروسي سيرغي لافروف والتركي مولود تشاووش أوغلو",
        [("سيرغي لافروف", "foreign_minister", "RUS"), ("مولود تشاووش أوغلو", "foreign_minister", "TUR")],
    ),
    (
        "two_titled",
        "ووزير الخارجية الكويتي عبد الله اليحيا ووزير الطاقة السعودي عبد العزيز بن سلمان",
        [("عبد الله اليحيا", "foreign_minister", "KWT"), ("عبد العزيز بن سلمان", "minister", "SAU")],
    ),
    (
        "with_preposition",
        "استقبل الملك محمد السادس بوزير الخارجية الفرنسي ستيفان سيجورنيه",
        [("محمد السادس", "head_of_state", None), ("ستيفان سيجورنيه", "foreign_minister", "FRA")],
    ),
    (
        "delegation_head",
        "ترأس الجانب التركي السفير أحمد يلدز",
        [("أحمد يلدز", "ambassador", "TUR")],
    ),
    (
        "president_of_republic",
        "التقى رئيس جمهورية تركيا رجب طيب أردوغان ضيفه",
        [("رجب طيب أردوغان", "head_of_state", "TUR")],
    ),
    ("turkish_is_no_family", "السفير التركي أحمد يلدز", [("أحمد يلدز", "ambassador", "TUR")]),
    (
        "name_has_a_title_already",
        "استقبل وزير الخارجية العماني بدر البوسعيدي السفير الهندي",
        [("بدر البوسعيدي", "foreign_minister", "OMN")],
    ),
    ("vice_president", "نائبة الرئيس الأمريكي كامالا هاريس", [("كامالا هاريس", "official", "USA")]),
    (
        "king_after_nisba_title",
        "التقى بايدن بالعاهل السعودي الملك سلمان بن عبد العزيز وولي العهد الأمير محمد بن سلمان",
        [("بايدن", None, None), ("سلمان بن عبد العزيز", "head_of_state", "SAU"), ("محمد بن سلمان", "royal", None)],
    ),
    ("kings_adviser", "مستشار جلالة الملك الدكتور كمال الناصر", [("كمال الناصر", "official", None)]),
    ("marks_and_tatweel", "وَزيرُ الخارجيّة العُمانيّ بَدر البوسـعيدي", [("بَدر البوسـعيدي", "foreign_minister", "OMN")]),
]


@pytest.mark.parametrize(("text", "wanted"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_officials(text: str, wanted: list[Row]) -> None:
    assert mentions_of(text) == wanted


NOBODY = [
    ("title_without_name", "أكد وزير الخارجية المصري أهمية التعاون"),
    ("title_and_verb", "قال الرئيس الفرنسي إن بلاده مستعدة"),
    ("title_and_weekday", "وصل رئيس الوزراء العراقي الخميس إلى عمان"),
    ("ministry", "أعلنت وزارة الخارجية الكويتية أن الاجتماع تأجل"),
    ("name_without_office", "فاز المغني عمرو دياب بالجائزة"),
    ("player", "سجل اللاعب محمد صلاح هدفين"),
    ("sent_to_another", "رسالة وجهها الرئيس الأميركي إلى كيم"),
    ("country_only", "تستورد مصر القمح من روسيا"),
    ("bi_noun", "بعث أمير الكويت ببرقية تهنئة"),
    ("empty", ""),
    ("given_name_at_the_end", "قال مسؤول عسكري تركي"),
]


@pytest.mark.parametrize("text", [c[1] for c in NOBODY], ids=[c[0] for c in NOBODY])
def test_no_official(text: str) -> None:
    assert mentions_of(text) == []


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("قال المتحدث باسم وزارة الخارجية المصرية أحمد أبو زيد", id="spokesman_before"),
        pytest.param("صرحت المتحدثة باسم الخارجية الروسية ماريا زاخاروفا", id="spokeswoman"),
        pytest.param("وقال بدر عبد العاطي المتحدث باسم وزارة الخارجية المصرية", id="spokesman_after"),
        pytest.param("قال المتحدث باسم وزارة الخارجية القطرية ماجد الأنصاري", id="of_a_ministry"),
        pytest.param("أعلن الناطق الرسمي باسم الحكومة الأردنية محمد المومني", id="natiq"),
    ],
)
def test_spokesmen_are_told_apart(text: str) -> None:
    (mention,) = mentions(text)
    assert mention.is_spokesman


HOSTS = [
    ("lada", "سفير دولة الكويت لدى الصين جاسم النجار", "KWT", "CHN"),
    ("in", "السفير البريطاني في الرياض نيل كرومبتون", "GBR", "SAU"),
    ("to", "سفير إيران إلى العراق حسن كاظمي", "IRN", "IRQ"),
]


@pytest.mark.parametrize(("text", "country", "host"), [c[1:] for c in HOSTS], ids=[c[0] for c in HOSTS])
def test_an_ambassador_is_not_his_hosts(text: str, country: str, host: str) -> None:
    (mention,) = mentions(text)
    assert (mention.country, mention.host) == (country, host)


TITLES = [
    ("article_kept", "السفير الكويتي لدى باكستان، نصار العنزي،", "السفير الكويتي لدى باكستان"),
    ("preposition_left", "التقى بوزير النفط العراقي حيان عبد الغني", "وزير النفط العراقي"),
    ("honorific_left", "أمير الكويت الشيخ مشعل الأحمد", "أمير الكويت"),
    ("portfolio_kept", "وزير الدولة للشؤون الخارجية الإماراتي خليفة المرر", "وزير الدولة للشؤون الخارجية الإماراتي"),
    ("around_name", "استقبل الرئيس لويس روبرتو رئيس جمهورية الإكوادور", "رئيس جمهورية الإكوادور"),
    ("side_left", "قيس بن محمد اليوسف وزير التجارة والصناعة عن الجانب العماني", "وزير التجارة والصناعة"),
    ("after_name", "ناصر بوريطة وزير الشؤون الخارجية المغربي", "وزير الشؤون الخارجية المغربي"),
]


@pytest.mark.parametrize(("text", "title"), [c[1:] for c in TITLES], ids=[c[0] for c in TITLES])
def test_the_title_is_quoted_as_written(text: str, title: str) -> None:
    doc = annotate(Article("case", text))
    (mention,) = find_officials(doc)
    assert mention.title_at is not None
    assert text[slice(*doc.folded.span(*mention.title_at))] == title


@settings(max_examples=1000, deadline=None)
@given(person=persons)
def test_any_order_of_title_and_name_is_one_person(person: tuple[str, str, Row]) -> None:
    before, after, wanted = person
    assert mentions_of(before) == mentions_of(after) == [wanted]


@settings(max_examples=1000, deadline=None)
@given(data=st.data())
def test_marks_and_tatweel_hide_no_one(data: st.DataObject) -> None:
    before, _, (_, rank, country) = data.draw(st.sampled_from(PERSONS))
    (mention,) = mentions(data.draw(disturbed(before)))
    assert (mention.rank, mention.country) == (rank, country)


@settings(max_examples=1000, deadline=None)
@given(text=random_texts)
def test_any_text_gives_mentions_in_order_within_it(text: str) -> None:
    doc = annotate(Article("case", text))
    found = find_officials(doc)
    assert [m.name_start for m in found] == sorted(m.name_start for m in found)
    for mention in found:
        assert 0 <= mention.start <= mention.name_start < mention.name_end <= mention.end <= len(doc.text)
        assert mention.rank is None or mention.rank in RANKS
        assert doc.text[mention.name_start : mention.name_end].strip()
    for one, other in pairwise(found):
        assert one.name_end <= other.name_start


def test_titles_behind_a_name_end_where_the_next_person_is_announced() -> None:
    text = (
        "حضر الاجتماع الأمير متعب بن عبدالله بن عبدالعزيز وزير الحرس الوطني وصاحب السمو الملكي الأمير محمد بن نايف بن عبدالعزيز "
        "ولي العهد نائب رئيس مجلس الوزراء وزير الداخلية ووزير الدولة عضو مجلس الوزراء الدكتور مساعد بن محمد العيبان."
    )
    assert [rank for _, rank, _ in people_of(text, url="http://www.okaz.com.sa/1")] == [
        "minister",
        "royal",
        "deputy_minister",
    ]


def test_two_offices_of_one_person_stay_his() -> None:
    text = "التقى سامح فوزي وزير الخارجية ووزير الهجرة المصري، أمس، السفير الياباني كنجي ساتو."
    assert people_of(text)[0] == ("سامح فوزي", "foreign_minister", "EGY")
