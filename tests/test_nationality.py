"""The countries of people whose titles name none."""

from __future__ import annotations

from datetime import date

import pytest

from extract.annotate import annotate
from extract.models import Article
from extract.nationality import find_home, settle_countries
from extract.officials import find_officials
from extract.people import Person, resolve_people
from tests.reading import people_of


def settled(text: str, **about: str) -> dict[str, Person]:
    doc = annotate(Article("a", text, **about))
    people = settle_countries(doc, resolve_people(doc, find_officials(doc)))
    return {text[slice(*doc.folded.span(*p.name_at))]: p for p in people}


@pytest.mark.parametrize(
    ("text", "name", "country", "rank"),
    [
        pytest.param(
            "التقى رئيس الوزراء الإيطالي جوزيبي كونتي نظيره الإيراني حسن روحاني",
            "حسن روحاني", "IRN", "head_of_state", id="table_knows_the_counterparts_own_office",
        ),
        pytest.param(
            "التقى رئيس الوزراء الهندي راجيف مالهوترا نظيره الياباني كنجي ساتو",
            "كنجي ساتو", "JPN", "head_of_government", id="unknown_counterpart_has_the_other_ones_rank",
        ),
        pytest.param(
            "استقبل الرئيس المصري السيسي الرئيس سيرغي لافروف", "سيرغي لافروف", "RUS", "head_of_state",
            id="a_rank_that_the_text_gives_stands",
        ),
        pytest.param(
            "قام وزير الخارجية الروسي بزيارة إلى باكستان التقى فيها وزير الخارجية طارق قريشاني",
            "طارق قريشاني", "PAK", "foreign_minister", id="the_country_visited",
        ),
        pytest.param(
            "وصل الرئيس الكيني جون موانغي إلى الأردن. وكان في استقباله بالمطار وزير الصحة سالم البدري",
            "سالم البدري", "JOR", "minister", id="hosts_who_receive",
        ),
        pytest.param(
            "التقى أمير قطر الشيخ تميم بن حمد ووزير خارجيته سالم البدري الرئيس الفرنسي",
            "سالم البدري", "QAT", "foreign_minister", id="of_the_one_who_owns_him",
        ),
        pytest.param(
            "بحث الوفد مع الرئيس الإيراني حسن روحاني، ومستشار الأمن القومي رضا كريمي، العلاقات مع عمان",
            "رضا كريمي", "IRN", "official", id="beside_one_of_known_country",
        ),
        pytest.param(
            "عقدت منظمة أوبك اجتماعا وأكد الأمين العام سالم البدري دعم أوبك للسوق في السعودية",
            "سالم البدري", "OPEC", "organisation", id="secretary_of_the_organisation_named",
        ),
        pytest.param(
            "التقى وزير الخارجية المصري سامح شكري نظيره الإسباني جوزيب بوريل", "جوزيب بوريل", "ESP", "foreign_minister",
            id="before_he_headed_an_organisation",
        ),
        pytest.param(
            "بحث الوزير سامح شكري مع ضيفه", "سامح شكري", "EGY", "foreign_minister", id="bare_minister_of_the_table",
        ),
        pytest.param(
            "التقى كيم جونغ أون ودونالد ترامب في سنغافورة", "كيم جونغ أون", "PRK", "head_of_state",
            id="holder_without_title",
        ),
        pytest.param(
            "استقبل الأمير خالد بن سلمان بن عبد العزيز نائب وزير الدفاع السعودي ضيفه",
            "خالد بن سلمان بن عبد العزيز", "SAU", "deputy_minister", id="a_son_is_not_his_father",
        ),
    ],
)  # fmt: skip
def test_countries_and_ranks(text: str, name: str, country: str, rank: str) -> None:
    person = settled(text)[name]
    assert (person.country, person.rank) == (country, rank)


def test_a_title_before_a_name_is_not_of_the_name_before_it() -> None:
    people = settled("من المقرر أن يلتقي محمد بن سلمان الرئيس الأمريكي دونالد ترامب في البيت الأبيض")
    assert people["دونالد ترامب"].country == "USA"
    assert "محمد بن سلمان" not in people or people["محمد بن سلمان"].country != "USA"


def test_a_misread_nationality_gives_way_to_the_table() -> None:
    person = settled("يجتمع الزعيم الكوري الشمالي دونالد ترامب")["دونالد ترامب"]
    assert person.country == "USA"
    assert person.country_rule == "official.country.office_holder.corrected"


def test_the_rule_says_that_the_outlet_gave_the_country() -> None:
    person = settled("استقبل وزير الثقافة سالم البدري وفدا من طلاب الجامعات", url="https://www.jawharafm.net/ar/x")[
        "سالم البدري"
    ]
    assert (person.country, person.country_rule) == ("TUN", "official.country.outlet")


@pytest.mark.parametrize(
    ("url", "outlet", "home"),
    [
        pytest.param("http://www.spa.gov.sa/details.php", None, "SAU", id="dotted_part"),
        pytest.param("http://www.okaz.com.sa/new", None, "SAU", id="label"),
        pytest.param("https://paper.example.ma/news", None, "MAR", id="last_label"),
        pytest.param(None, "raw_data/hespress/politics/1.txt", "MAR", id="name_without_address"),
        pytest.param("https://www.alraya-sport.example.com/x", None, None, id="part_of_a_label_is_no_label"),
        pytest.param("https://www.aljazeera.net/news", None, None, id="outlet_of_all_arabs"),
        pytest.param(None, None, None, id="unknown"),
    ],
)
def test_home(url: str | None, outlet: str | None, home: str | None) -> None:
    assert find_home(Article("a", "نص", url=url, outlet=outlet)) == home


def test_the_secretary_general_of_a_party_is_of_no_organisation() -> None:
    body = "عقدت الأمم المتحدة اجتماعا. وقال سالم البدري، {}، إن الأمم المتحدة تراقب الوضع."
    for title in ("أمين عام حزب الأمل", "الأمين العام للمجلس الأعلى", "الأمين العام لحركة الأمل"):
        assert [p.country for p in settled(body.format(title)).values()] == [None]
    for title in ("الأمين العام", "الأمين العام للمنظمة"):
        assert [p.country for p in settled(body.format(title)).values()] == ["UN"]


def test_a_home_paper_means_its_own_prime_minister_but_no_president_of_a_kingdom() -> None:
    text = "التقى رئيس الحكومة سالم البدري الرئيس رامز قديروفي في السودان بعد زيارة السودان"
    assert settled(text, url="https://www.jawharafm.net/ar/x")["سالم البدري"].country == "TUN"
    assert settled(text, url="http://www.alriyadh.com/1")["رامز قديروفي"].country != "SAU"


@pytest.mark.parametrize(
    ("text", "country"),
    [
        pytest.param("الرياض - واس: استقبل وزير الصحة سالم البدري ضيفه", "SAU", id="dateline"),
        pytest.param("قالت وكالة الأنباء (كونا) إن وزير الصحة سالم البدري استقبل ضيفه", "KWT", id="brackets"),
        pytest.param("تم الاتصال بنا وقال وزير الصحة سالم البدري ذلك", None, id="word_of_prose"),
    ],
)
def test_the_agency_of_a_report_is_its_home(text: str, country: str | None) -> None:
    assert settled(text)["سالم البدري"].country == country


def test_a_foreign_name_is_no_home_papers_minister() -> None:
    people = settled("ذكر وزير الخارجية السابق ستيفن كارلسون ذلك", url="http://www.alriyadh.com/1")
    assert people["ستيفن كارلسون"].country is None


def test_an_office_counts_while_it_is_held() -> None:
    text = "بحث الشيخ محمد بن زايد آل نهيان مع الرئيس المصري عبد الفتاح السيسي التعاون."
    assert [name for name, _, _ in people_of(text, published=date(2018, 5, 15))] == ["عبد الفتاح السيسي"]
    assert people_of(text, published=date(2023, 5, 15))[0][1:] == ("head_of_state", "ARE")
