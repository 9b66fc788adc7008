"""Ticks in the reader's digits, and where a chart of time begins."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pages.shared.axes import choose_start, tick_counts, tick_days
from pages.shared.words import ARABIC_DIGITS, Words

DAYS = st.dates(date(1500, 1, 1), date(2400, 12, 31))
ENGLISH = Words("en")


def days_of(*years: int) -> list[date]:
    return [date(year, 6, 1) for year in years]


@pytest.mark.parametrize(
    ("years", "start", "before"),
    [
        pytest.param([2020, 2021, 2022], 2020, 0, id="no-outlier"),
        pytest.param([1850, 2019, 2020, 2021], 2019, 1, id="one-long-ago"),
        pytest.param([1850, 1936, *range(1990, 2025)], 1850, 0, id="more-long-ago-than-may-be-left-out"),
        pytest.param([1850, 1936, *[2018] * 60, 2019], 2018, 2, id="some-long-ago"),
        pytest.param([1850, 2024], 1850, 0, id="two-are-both-shown"),
        pytest.param([2024], 2024, 0, id="one"),
    ],
)
def test_a_chart_begins_where_the_bulk_does(years: list[int], start: int, before: int) -> None:
    days = days_of(*years)
    assert choose_start(days, [1] * len(days)) == (date(start, 6, 1), before)


def test_a_chart_of_two_months_has_both() -> None:
    assert choose_start([date(2018, 6, 1), date(2018, 7, 1)], [1, 4]) == (date(2018, 6, 1), 0)


@settings(max_examples=1000)
@given(st.dictionaries(DAYS, st.integers(1, 50), min_size=1, max_size=30))
def test_few_lie_before_the_start_and_all_of_them_are_counted(counts: dict[date, int]) -> None:
    start, before = choose_start(counts, counts.values())
    total = sum(counts.values())
    assert start in counts
    assert before == sum(number for day, number in counts.items() if day < start)
    assert before <= max(1, total * 0.05)
    if before:
        assert total - before >= 2


@settings(max_examples=1000)
@given(st.integers(1, 10**9), st.integers(4, 6))
def test_counts_have_few_ticks_as_far_as_the_highest(most: int, ticks: int) -> None:
    axis = tick_counts(ENGLISH, most, ticks)
    values = axis["tickvals"]
    assert 2 <= len(values) <= ticks
    assert values[0] == 0
    assert values[-1] <= most < values[-1] + values[1]
    assert axis["ticktext"] == [f"{value:,}" for value in values]


@settings(max_examples=1000)
@given(DAYS, st.integers(0, 250_000))
def test_days_have_few_ticks_between_them(first: date, length: int) -> None:
    last = min(first + timedelta(days=length), date(2400, 12, 31))
    axis = tick_days(ENGLISH, first, last)
    days = [date.fromisoformat(day) for day in axis["tickvals"]]
    assert 1 <= len(days) <= 8
    assert days == sorted(set(days))
    assert all(first.replace(day=1) <= day <= last for day in days)
    for day, text in zip(days, axis["ticktext"], strict=True):
        assert day.isoformat().startswith(text)


def test_ticks_have_the_readers_digits() -> None:
    words = Words(ARABIC_DIGITS)
    assert tick_counts(words, 4)["ticktext"] == ["٠", "١", "٢", "٣", "٤"]
    assert tick_days(words, date(2020, 1, 1), date(2020, 3, 5))["ticktext"] == ["٢٠٢٠-٠١", "٢٠٢٠-٠٢", "٢٠٢٠-٠٣"]
