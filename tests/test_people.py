"""The people of an article: one person for all his mentions, namesakes of two countries apart, countries settled."""

from __future__ import annotations

import pytest

from extract.annotate import annotate
from extract.models import Article
from extract.nationality import find_home
from tests.reading import people_of, read

Row = tuple[str, str | None, str | None]

CASES: list[tuple[str, str, list[Row]]] = [
    (
        "full_then_surname",
        "التقى وزير الخارجية الروسي سيرغي لافروف السفير العماني حمد الكندي. وقال لافروف إن اللقاء مثمر.",
        [("سيرغي لافروف", "foreign_minister", "RUS"), ("حمد الكندي", "ambassador", "OMN")],
    ),
    (
        "full_then_title_and_surname",
        "اجتمع السفير الكويتي نصار العنزي مع وزير البترول الباكستاني علي مالك. وأشاد الوزير مالك بالسفير العنزي.",
        [("نصار العنزي", "ambassador", "KWT"), ("علي مالك", "minister", "PAK")],
    ),
    (
        "surname_then_full",
        "لافروف يصل إلى مسقط. وصل وزير الخارجية الروسي سيرغي لافروف إلى مسقط أمس.",
        [("سيرغي لافروف", "foreign_minister", "RUS")],
    ),
    (
        "told_twice",
        "استقبل أمير قطر الشيخ تميم بن حمد آل ثاني الرئيس التونسي قيس سعيد. وبحث الشيخ تميم بن حمد مع الرئيس قيس سعيد التعاون.",
        [("تميم بن حمد آل ثاني", "head_of_state", "QAT"), ("قيس سعيد", "head_of_state", "TUN")],
    ),
    (
        "namesakes",
        "التقى وزير الصحة المصري خالد منصور وزير الصحة الأردني خالد منصور في القاهرة.",
        [("خالد منصور", "minister", "EGY"), ("خالد منصور", "minister", "JOR")],
    ),
    (
        "longer_name_counts",
        "التقى وزير الدفاع الكويتي فهد اليوسف ضيفه. وأكد الشيخ فهد يوسف سعود الصباح وزير الدفاع الكويتي أهمية التعاون.",
        [("فهد اليوسف", "minister", "KWT")],
    ),
    (
        "clitic_on_surname",
        "زار الرئيس الفرنسي إيمانويل ماكرون بيروت. ورحب رئيس الحكومة اللبنانية نجيب ميقاتي بماكرون.",
        [("إيمانويل ماكرون", "head_of_state", "FRA"), ("نجيب ميقاتي", "head_of_government", "LBN")],
    ),
    (
        "given_name_after_the_same_title",
        "وصل الرئيس الإريتري إيسايس أفورقي. ورحب به الناس وقال الرئيس إيسايس إنه سعيد.",
        [("إيسايس أفورقي", "head_of_state", "ERI")],
    ),
]


@pytest.mark.parametrize(("text", "wanted"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_people(text: str, wanted: list[Row]) -> None:
    assert people_of(text) == wanted


def test_every_mention_of_a_person_is_kept() -> None:
    found = read(
        "التقى وزير الخارجية الروسي سيرغي لافروف نظيره المصري سامح فوزي. وقال لافروف إن فوزي رحب. وغادر لافروف."
    )
    spans = [len(person.spans) for person in found.findings.people]
    assert spans == [3, 2]


SETTLED: list[tuple[str, str, dict[str, str], list[Row]]] = [
    (
        "country_of_the_visit",
        "زار الرئيس التركي رجب طيب أردوغان باكستان والتقى رئيس الوزراء ياسر كمال.",
        {},
        [("رجب طيب أردوغان", "head_of_state", "TUR"), ("ياسر كمال", "head_of_government", "PAK")],
    ),
    (
        "home_paper",
        "استقبل وزير الخارجية أيمن حسين السفير الياباني كنجي ساتو.",
        {"url": "https://news.example.jo/1"},
        [("أيمن حسين", "foreign_minister", "JOR"), ("كنجي ساتو", "ambassador", "JPN")],
    ),
    (
        "known_office_holder",
        "التقى وزير الخارجية سيرغي لافروف نظيره المصري سامح فوزي.",
        {},
        [("سيرغي لافروف", "foreign_minister", "RUS"), ("سامح فوزي", "foreign_minister", "EGY")],
    ),
]


@pytest.mark.parametrize(("text", "about", "wanted"), [c[1:] for c in SETTLED], ids=[c[0] for c in SETTLED])
def test_a_country_that_the_title_leaves_out(text: str, about: dict[str, str], wanted: list[Row]) -> None:
    assert people_of(text, **about) == wanted


HOMES = [
    ("top_level_kw", "https://www.example.com.kw/news/1", None, "KWT"),
    ("top_level_ma", "https://news.example.ma/", None, "MAR"),
    ("outlet_host", None, "example.tn", "TUN"),
    ("global", "https://news.example.com/1", None, None),
    ("path_is_no_host", "https://news.example.com/kw/1.kw", None, None),
    ("none", None, None, None),
]


@pytest.mark.parametrize(("url", "outlet", "home"), [c[1:] for c in HOMES], ids=[c[0] for c in HOMES])
def test_home(url: str | None, outlet: str | None, home: str | None) -> None:
    assert find_home(Article("case", "", url=url, outlet=outlet)) == home


def test_nobody_in_an_empty_text() -> None:
    assert annotate(Article("case", "")).places == ()
    assert people_of("") == []


SHORT = [
    ("alone", "التقى وزير الخارجية الروسي سيرغي لافروف ضيفه. وقال لافروف", 2),
    ("of_his_daughter", "التقى الرئيس الأمريكي دونالد ترامب ضيفه. وحضرت إيفانكا ترامب اللقاء", 1),
    ("inside_another_name", "الملك سلمان بن عبد العزيز آل سعود. وصل الأمير محمد بن سلمان بن عبد العزيز", 1),
    ("before_another_given_name", "التقى الزعيم الكوري الشمالي كيم جونغ أون ضيفه. ووصل كيم يونغ تشول", 1),
]


@pytest.mark.parametrize(("text", "count"), [c[1:] for c in SHORT], ids=[c[0] for c in SHORT])
def test_short_names_are_not_taken_out_of_others(text: str, count: int) -> None:
    assert len(read(text).findings.people[0].spans) == count
