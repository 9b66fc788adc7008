"""What the correction form makes of what is entered: words found in the article, dates as precise as they are, items of lists."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.models import Amount, Article, Official, Outcome, Sector
from pages.shared.correct import name_evidence
from pages.shared.editors import EntryError, find_changes, write_period
from pages.shared.spans import SpanError, find_span
from tests.factories import TEXT, make_engagement

RECORD = make_engagement()
UNDATED = make_engagement(date_start=None, date_end=None, date_precision="unknown", date_basis="none", date_words=None)

FOUND = [
    ("as-it-stands", TEXT, "في مسقط", "في مسقط"),
    ("with-spaces-around", TEXT, "  في مسقط\n", "في مسقط"),
    ("over-a-line-break", "في\nمسقط اليوم", "في مسقط", "في\nمسقط"),
    ("over-a-hard-space", "في\u00a0 مسقط", "في مسقط", "في\u00a0 مسقط"),
    ("once-as-it-stands-and-once-not", "في  مسقط وفي مسقط", "وفي مسقط", "وفي مسقط"),
    ("signs-are-no-pattern", "قال (نعم) [1] *", "(نعم) [1] *", "(نعم) [1] *"),
]


@pytest.mark.parametrize(("text", "words", "quote"), [c[1:] for c in FOUND], ids=[c[0] for c in FOUND])
def test_words_are_found(text: str, words: str, quote: str) -> None:
    start, end = find_span(Article("a", text), words)
    assert text[start:end] == quote


NOT_FOUND = [
    ("nothing", TEXT, " \n", "correct.no_words"),
    ("words-of-another", TEXT, "في صلالة", "correct.words_nowhere"),
    ("another-spelling", TEXT, "استقبل وزير الخارجيه", "correct.words_nowhere"),
    ("twice", "في مسقط ثم في مسقط", "في مسقط", "correct.words_twice"),
]


@pytest.mark.parametrize(("text", "words", "key"), [c[1:] for c in NOT_FOUND], ids=[c[0] for c in NOT_FOUND])
def test_words_that_are_not_found_are_told(text: str, words: str, key: str) -> None:
    with pytest.raises(SpanError, match=re.escape(key)):
        find_span(Article("a", text), words)


LETTERS = st.text("اب \n\u00a0(.", max_size=12)


@settings(max_examples=1000, deadline=None)
@given(LETTERS, LETTERS, st.sampled_from("اب."), LETTERS, LETTERS)
def test_whatever_is_copied_is_found_where_it_was_or_more_is_asked_for(
    before: str, left: str, letter: str, right: str, after: str
) -> None:
    words = left + letter + right
    text = before + words + after
    places = [at for at in range(len(text)) if text.startswith(words.strip(), at)]
    if len(re.findall(re.escape(words.strip()), text)) > 1:
        with pytest.raises(SpanError, match="words_twice"):
            find_span(Article("a", text), words)
        return
    start, end = find_span(Article("a", text), words)
    assert start in places
    assert text[start:end] == words.strip()


PERIODS = [
    ("a-day", "day", date(2024, 5, 6), date(2024, 5, 6), date(2024, 5, 6), date(2024, 5, 6)),
    ("some-days", "day", date(2024, 5, 6), date(2024, 5, 8), date(2024, 5, 6), date(2024, 5, 8)),
    (
        "only-the-first-moved-past-the-last",
        "day",
        date(2024, 6, 1),
        date(2024, 5, 6),
        date(2024, 6, 1),
        date(2024, 6, 1),
    ),
    ("no-last", "day", date(2024, 5, 7), None, date(2024, 5, 7), date(2024, 5, 7)),
    ("a-month", "month", date(2024, 2, 9), date(2024, 2, 9), date(2024, 2, 1), date(2024, 2, 29)),
    ("two-months", "month", date(2024, 2, 9), date(2024, 4, 2), date(2024, 2, 1), date(2024, 4, 30)),
    ("a-year", "year", date(2024, 2, 9), None, date(2024, 1, 1), date(2024, 12, 31)),
]


@pytest.mark.parametrize(
    ("precision", "start", "end", "first", "last"), [c[1:] for c in PERIODS], ids=[c[0] for c in PERIODS]
)
def test_a_date_is_as_wide_as_it_is_precise(
    precision: str, start: date, end: date | None, first: date, last: date
) -> None:
    values = write_period(RECORD, precision, start, end)
    assert (values["date_start"], values["date_end"], values["date_precision"]) == (first, last, precision)
    assert values["date_basis"] == "explicit"


def test_an_unknown_date_has_none() -> None:
    values = write_period(RECORD, "unknown", date(2024, 5, 6), None)
    assert find_changes(UNDATED, values) == {}
    assert set(find_changes(RECORD, values)) == set(values)


def test_a_date_that_cannot_be_is_refused() -> None:
    with pytest.raises(EntryError, match="no_day"):
        write_period(RECORD, "day", None, None)
    with pytest.raises(EntryError, match="reversed"):
        write_period(RECORD, "day", date(2024, 5, 9), date(2024, 5, 8))


BADR = RECORD.officials[0]
LAYLA = Official("ليلى حداد", "ليلى حداد", "Layla Haddad", None, "minister", "OMN", None)
EVIDENCE = [
    ("status", "cancelled", [("status", "cancelled")]),
    ("date_start", date(2024, 5, 7), [("date_start", "2024-05-07")]),
    ("venue_city", None, [("venue_city", "")]),
    ("parties", ("OMN", "PAK"), [("parties", "PAK")]),
    ("parties", ("OMN",), [("parties", "OMN")]),
    ("officials", (BADR, LAYLA), [("officials", "ليلى حداد")]),
    ("sectors", (Sector("ports", False), Sector("trade", True)), [("sectors_context", "ports"), ("sectors", "trade")]),
    ("amounts", (Amount(5e6, "USD", None, None),), [("amounts", "5e+06 USD")]),
    ("outcomes", (Outcome("agreement", "اتفق"),), [("outcomes", "agreement")]),
    ("outcomes", (), []),
]


@pytest.mark.parametrize(("field", "value", "wanted"), EVIDENCE, ids=[f"{c[0]}-{at}" for at, c in enumerate(EVIDENCE)])
def test_words_are_evidence_for_what_is_new(field: str, value: object, wanted: list[tuple[str, str]]) -> None:
    assert name_evidence(RECORD, field, value) == wanted
