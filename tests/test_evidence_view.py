"""An article's marks: every piece of evidence marked where it is, however pieces overlap, and nothing of it markup."""

from __future__ import annotations

from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.lexicon import labels
from extract.models import Article, Disagreement, Evidence, Source
from pages.shared.evidence import draw_legend, mark_article, number_items
from pages.shared.record_view import list_evidence, name_difference
from pages.shared.words import Words
from tests.made_register import HOSTILE, RECORDS

WORDS = Words("en")
FIELDS = ("parties", "officials", "sectors", "summary", "venue_city", "unheard_of")


class Reader(HTMLParser):
    """Reads marked HTML back: the text, and for each character the fields that it is marked with."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.text = ""
        self.fields: list[set[str]] = []
        self.tags: list[str] = []
        self._now: set[str] = set()
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag == "mark":
            self._now = set((dict(attrs)["data-field"] or "").split())

    def handle_endtag(self, tag: str) -> None:
        self._now = set()

    def handle_data(self, data: str) -> None:
        self.text += data
        self.fields += [self._now] * len(data)


def marked(text: str, spans: list[tuple[str, int, int]]) -> Reader:
    article = Article("a", text)
    evidence = [Evidence(field, "v", "a", start, end, text[start:end], "r") for field, start, end in spans]
    return Reader(mark_article(WORDS, article, evidence, dict.fromkeys(evidence, "<b>&"), number_items(evidence)))


@pytest.mark.parametrize(
    "spans",
    [
        pytest.param([], id="none"),
        pytest.param([("parties", 0, 3)], id="at-the-start"),
        pytest.param([("parties", 5, 9)], id="to-the-end"),
        pytest.param([("parties", 1, 7), ("officials", 3, 5)], id="one-inside-the-other"),
        pytest.param([("parties", 1, 5), ("officials", 3, 8)], id="crossing"),
        pytest.param([("parties", 1, 5), ("officials", 1, 5), ("sectors", 1, 5)], id="three-at-one-place"),
        pytest.param([("parties", 0, 9), ("parties", 2, 4)], id="a-field-twice"),
        pytest.param([("parties", 0, 4), ("officials", 4, 9)], id="side-by-side"),
    ],
)
def test_each_character_has_the_fields_that_rest_on_it(spans: list[tuple[str, int, int]]) -> None:
    read = marked("دولة <b>&", spans)
    assert read.text == "دولة <b>&"
    for at, fields in enumerate(read.fields):
        assert fields == {field for field, start, end in spans if start <= at < end}


TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r"), min_size=1, max_size=30)


@settings(max_examples=150, deadline=None)
@given(TEXTS, st.lists(st.tuples(st.sampled_from(FIELDS), st.integers(0, 30), st.integers(1, 30)), max_size=6))
def test_any_text_comes_back_with_its_marks(text: str, drawn: list[tuple[str, int, int]]) -> None:
    spans = [(field, min(at, len(text) - 1), min(at + length, len(text))) for field, at, length in drawn]
    spans = [(field, start, max(end, start + 1)) for field, start, end in spans]
    read = marked(text, spans)
    assert read.text == text
    assert set(read.tags) <= {"article", "mark"}
    for at, fields in enumerate(read.fields):
        assert fields == {field for field, start, end in spans if start <= at < end}


def test_hostile_words_are_words() -> None:
    html = mark_article(WORDS, HOSTILE, [], {}, {})
    assert "<script" not in html
    assert Reader(html).text == HOSTILE.text


def test_the_legend_has_each_field_once_in_words() -> None:
    legend = draw_legend(Words("ar"), RECORDS[0].evidence)
    for name in ("الأطراف", "المسؤولون", "بلد الانعقاد", "مدينة الانعقاد", "الخلاصة"):
        assert legend.count(f" {name}</span>") == 1


DIFFERENCES = [
    (Disagreement("parties", "KWT CHN", "a"), "Kuwait, China"),
    (Disagreement("date", "2024-05-06", "a"), "2024-05-06"),
    (Disagreement("officials.rank", "سامح فوزي: ambassador", "a"), "سامح فوزي: Ambassador"),
    (Disagreement("amounts", "grant: 2000000 USD", "a"), "Grant: 2,000,000"),
]


def test_a_city_that_sources_differ_on_is_named_in_the_readers_language() -> None:
    one = Disagreement("venue_city", "Erbil", "b")
    evidence = [
        Evidence("venue_city", city, article, 0, len(city), city, "r")
        for city, article in (("بغداد", "a"), ("أربيل", "b"))
    ]
    assert name_difference(Words("ar"), one, evidence) == "أربيل"
    assert name_difference(Words("en"), one, evidence) == "Erbil"
    assert name_difference(Words("ar"), one, evidence[:1]) == "Erbil"


def test_evidence_says_which_of_the_articles_on_the_page_it_is_from() -> None:
    record = replace(RECORDS[0], sources=(Source("x", "", "spa.example", None, None), RECORDS[0].sources[0]))
    assert set(list_evidence(WORDS, record)["source"]) == {"2. " + (record.sources[1].outlet or "")}


@pytest.mark.parametrize(("one", "wanted"), DIFFERENCES, ids=[one.field for one, _ in DIFFERENCES])
def test_what_sources_say_differently_is_named_in_words(one: Disagreement, wanted: str) -> None:
    words = Words("en", labels())
    assert name_difference(words, one).startswith(wanted)
