"""From drafts to records: each field with its evidence, each blank with its reason, an id that nothing moves."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from extract.errors import EvidenceError
from extract.evidence import check_evidence
from extract.models import Article, Sector
from extract.pipeline import extract_article
from tests.reading import faults_of, main_of, read

TEXT = (
    "في العاصمة الصينية بكين، عقد وزير التجارة الكويتي خالد العنزي اجتماعا مع نظيره الصيني وانغ ون تاو يوم 6 مايو 2024. "
    "وبحث الوزيران التعاون في مجال الطاقة المتجددة وتطوير ميناء مبارك الكبير، وبلغ حجم التبادل التجاري 790 مليون دولار. "
    "واتفق الجانبان على مواصلة التنسيق."
)


def test_all_fields_of_one_record() -> None:
    main = main_of(TEXT)
    assert (main.type, main.status, main.role) == ("meeting", "held", "main")
    assert set(main.parties) == {"KWT", "CHN"}
    assert (main.date_start, main.date_end, main.date_precision, main.date_basis) == (
        date(2024, 5, 6),
        date(2024, 5, 6),
        "day",
        "explicit",
    )
    assert main.date_words is not None
    assert "6 مايو 2024" in main.date_words
    assert (main.venue_country, main.venue_city, main.venue_city_en) == ("CHN", "بكين", "Beijing")
    assert [(o.name, o.rank, o.country) for o in main.officials] == [
        ("خالد العنزي", "minister", "KWT"),
        ("وانغ ون تاو", "minister", "CHN"),
    ]
    assert {s.code for s in main.sectors if s.is_core} >= {"renewables", "ports"}
    assert [(p.name, p.sector_code) for p in main.projects] == [("ميناء مبارك الكبير", "ports")]
    assert [(a.value, a.unit, a.measures) for a in main.amounts] == [(790e6, "USD", "trade_volume")]
    assert [(o.type, o.quote) for o in main.outcomes] == [("agreement", "اتفق الجانبان على مواصلة التنسيق")]
    assert main.summary == TEXT.split(". ", maxsplit=1)[0] + "."
    assert main.blanks == ()
    assert faults_of(read(TEXT)) == []


def test_the_english_line_says_what_the_fields_say() -> None:
    main = main_of(TEXT)
    wanted = ["Kuwait", "China", "meeting", "2024-05-06", "Beijing", "minister", "ports"]
    wanted += [official.name_latin for official in main.officials]
    assert [words for words in wanted if words not in main.summary_en] == []
    assert main.summary_en.isascii()


def test_every_empty_field_has_its_reason() -> None:
    main = main_of("التقى وزير الخارجية المصري نظيره الأردني.")
    assert {b.field: b.reason for b in main.blanks} == {
        "date_start": "no_date_in_text",
        "venue_country": "venue_not_said",
        "venue_city": "city_not_said",
        "officials": "no_officials_named",
        "sectors": "no_sector_said",
        "projects": "no_project_named",
        "amounts": "no_amount_said",
        "outcomes": "no_outcome_said",
    }


TALKS = "التقى وزير الخارجية المصري سامح فوزي نظيره الكيني موساليا مودافادي في القاهرة. "


def test_figures_of_what_came_of_it_and_of_its_project_are_its() -> None:
    text = TALKS + "وأعلن الوزيران عن خطط لاستثمار 3 مليارات دولار. ويهدف سد النهضة إلى توليد 5 آلاف ميغاواط."
    (main,) = [e for e in read(text).engagements if e.role == "main"]
    assert {(a.value, a.unit) for a in main.amounts} == {(3e9, "USD"), (5e3, "MW")}


def test_other_figures_are_not() -> None:
    text = TALKS + "وارتفعت ديون البلاد إلى 3 مليارات دولار. وبلغت كلفة المحطة 5 ملايين دولار."
    (main,) = [e for e in read(text).engagements if e.role == "main"]
    assert main.amounts == ()


def test_a_project_that_the_writer_only_tells_of_is_not_its() -> None:
    text = TALKS + "وتسعى القاهرة منذ سنوات إلى حل أزمة سد النهضة."
    (main,) = [e for e in read(text).engagements if e.role == "main"]
    assert main.projects == ()


def test_a_project_of_others_is_not_its() -> None:
    told = TEXT + " وهنأ الوزير كينيا على افتتاح محطة بوشهر."
    assert "محطة بوشهر" not in {p.name for p in main_of(told).projects}


def test_what_stands_far_off_by_nobody_s_name_is_no_subject() -> None:
    filler = " وخرج أهل القرية إلى الحقول. وعادوا إلى البيوت. وهطل المطر على الجبال. وجرت السيول في الأودية."
    far = main_of(TEXT + filler + " وأكد الخبراء أهمية التعليم العالي.")
    assert Sector("education_research", is_core=False) in far.sectors
    theirs = main_of(TEXT + filler + " وأكد الجانبان أهمية التعليم العالي.")
    assert Sector("education_research", is_core=True) in theirs.sectors


def test_what_the_two_countries_trade_is_a_figure_of_their_meeting() -> None:
    trade = TEXT.replace("وبلغ", "وقال محللون إنه ") + " وتراجع حجم التجارة بين البلدين إلى 300 مليون دولار."
    assert 300e6 in {a.value for a in main_of(trade).amounts}
    losses = TEXT + " وخسر الجانبان في العاصفة 300 مليون دولار."
    assert 300e6 not in {a.value for a in main_of(losses).amounts}


def test_what_was_announced_of_another_country_is_no_figure_of_it() -> None:
    told = TEXT + " وأعلنت الكويت تقديم منحة إلى نيروبي بقيمة 300 مليون دولار."
    assert 300e6 not in {a.value for a in main_of(told).amounts}


def test_context_is_kept_apart_from_core() -> None:
    main = main_of(
        "التقى وزير النفط الكويتي خالد العلي نظيره العراقي حيان عبد الغني وبحثا التعاون في مجال النفط. "
        "وتعتبر الكويت من الدول الرائدة في مجال الصيرفة والبنوك."
    )
    assert Sector("oil_gas", is_core=True) in main.sectors
    assert Sector("investment_finance", is_core=True) not in main.sectors


IDS = [
    ("other_published", {"published": date(2020, 1, 1)}),
    ("other_title", {"title": "عنوان آخر"}),
    ("other_url", {"url": "https://news.example/2", "outlet": "news.example"}),
]


@pytest.mark.parametrize("about", [c[1] for c in IDS], ids=[c[0] for c in IDS])
def test_what_stands_around_the_text_does_not_move_an_id(about: dict[str, object]) -> None:
    assert main_of(TEXT, **about).engagement_id == main_of(TEXT).engagement_id


def test_two_articles_have_two_ids() -> None:
    first, second = (extract_article(Article(name, TEXT)).engagements[0].engagement_id for name in ("a", "b"))
    assert first != second


def test_a_text_added_below_moves_no_id() -> None:
    longer = TEXT + "\n\nوفي سياق آخر، ترتفع أسعار الذهب."
    assert main_of(longer).engagement_id == main_of(TEXT).engagement_id


def test_the_source_says_what_is_known_of_the_article() -> None:
    (source,) = main_of(TEXT, title="لقاء", url="https://news.example/1", outlet="news.example").sources
    assert (source.article_id, source.title, source.outlet, source.url, source.published) == (
        "case",
        "لقاء",
        "news.example",
        "https://news.example/1",
        None,
    )


BROKEN = [
    ("shifted", {"start": 1}),
    ("other_words", {"quote": "غير موجود"}),
    ("empty", {"start": 3, "end": 3, "quote": ""}),
]


@pytest.mark.parametrize("change", [c[1] for c in BROKEN], ids=[c[0] for c in BROKEN])
def test_a_record_that_misquotes_its_text_is_refused(change: dict[str, object]) -> None:
    article, main = Article("case", TEXT), main_of(TEXT)
    check_evidence(main, article)
    wrong = replace(main.evidence[0], **change)
    with pytest.raises(EvidenceError, match="case"):
        check_evidence(replace(main, evidence=(wrong, *main.evidence[1:])), article)
