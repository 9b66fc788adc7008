"""A day as a person types it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pages.shared.address import EARLIEST, LATEST
from pages.shared.days import read_day
from pages.shared.words import ARABIC_DIGITS, Words

READ = [
    ("iso", "2024-05-06", date(2024, 5, 6)),
    ("day-first", "6/5/2024", date(2024, 5, 6)),
    ("dots", "06.05.2024", date(2024, 5, 6)),
    ("year-first-slashes", "2024/5/6", date(2024, 5, 6)),
    ("arabic-digits", "٢٠٢٤-٠٥-٠٦", date(2024, 5, 6)),
    ("persian-digits", "۶/۵/۲۰۲۴", date(2024, 5, 6)),
    ("spaces-and-marks", " \u200f6 / 5 / 2024\u200e ", date(2024, 5, 6)),
    ("leap-day", "29/2/2024", date(2024, 2, 29)),
    ("nothing", "  ", None),
]
REFUSED = [
    "yesterday",
    "2024",
    "2024-05",
    "31/4/2024",
    "29/2/2023",
    "5/13/2024",
    "6/5/24",
    "1899-12-31",
    "2101-01-01",
    "1-2-3",
]


@pytest.mark.parametrize(("text", "day"), [case[1:] for case in READ], ids=[case[0] for case in READ])
def test_a_day_is_read(text: str, day: date | None) -> None:
    assert read_day(text) == day


@pytest.mark.parametrize("text", REFUSED)
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"day|month|year|before|written"):
        read_day(text)


@settings(max_examples=1_000)
@given(st.dates(EARLIEST, LATEST), st.sampled_from("-/."))
def test_every_day_is_read_back_in_both_orders_and_digits(day: date, mark: str) -> None:
    words = Words(ARABIC_DIGITS)
    for written in (f"{day.year}{mark}{day.month}{mark}{day.day}", f"{day.day}{mark}{day.month}{mark}{day.year}"):
        assert read_day(written) == read_day(words.digits(written)) == day


@settings(max_examples=1_000)
@given(st.text(st.sampled_from("0123456789٠٥/-. a"), max_size=12))
def test_any_text_is_a_day_nothing_or_refused(text: str) -> None:
    try:
        read = read_day(text)
    except ValueError:
        return
    assert read is None or EARLIEST <= read <= LATEST
