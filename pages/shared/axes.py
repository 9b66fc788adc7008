"""Axes in the reader's digits: their ticks are worked out here, since plotly writes numbers and dates in its own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import count
from typing import Any

from pages.shared.words import Words

# As many labels as stand beside each other on a phone: of numbers and months, and of years.
_MOST_TICKS, _MOST_YEARS = 6, 8
_MONTHS_APART = (1, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400, 6000)

# Of a selection, so many records at most (a share, and in any case one) may lie before the start of a chart, and no
# nearer to it than so many days: a month is not far from the month before.
_OUTLIERS = 0.05
_FAR = 366
_FEWEST_LEFT = 2


def tick_counts(words: Words, most: int, ticks: int = _MOST_TICKS) -> dict[str, Any]:
    """The ticks of an axis of whole numbers from 0 to `most`, 1, 2 or 5 × 10ⁿ apart, `ticks` (from 4) at most."""
    step = next(
        times * 10**power for power in count() for times in (1, 2, 5) if times * 10**power * (ticks - 1) >= most
    )
    values = list(range(0, most + 1, step))
    return {"tickmode": "array", "tickvals": values, "ticktext": [words.number(value) for value in values]}


def tick_days(words: Words, first: date, last: date, *, into: int = 0, is_half: bool = False) -> dict[str, Any]:
    """The ticks of an axis of time from one day to another: months, or years where these are too many.

    They stand at their first days, or as many days `into` them; half as many where the axis has but half of the width.
    """
    start, end = first.year * 12 + first.month - 1, last.year * 12 + last.month - 1
    most = {one: (_MOST_YEARS if one >= 12 else _MOST_TICKS) // (2 if is_half else 1) for one in _MONTHS_APART}
    apart = next((one for one in _MONTHS_APART if (end - start) // one < most[one]), _MONTHS_APART[-1])
    months = [month for month in range(-(-start // apart) * apart, end + 1, apart) if month >= 12] or [start]
    days = [date(month // 12, month % 12 + 1, 1) for month in months]
    texts = [words.digits(f"{day.year}" if apart >= 12 else f"{day:%Y-%m}") for day in days]
    return {
        "type": "date",
        "tickmode": "array",
        "tickangle": 0,
        "tickvals": [(day + timedelta(days=into)).isoformat() for day in days],
        "ticktext": texts,
    }


def choose_start(days: Iterable[date], counts: Iterable[int]) -> tuple[date, int]:
    """The day at which a chart of `counts` records by day begins, and how many records lie before it.

    It is the first day, unless a few records years from all others would take more than half of the width.
    """
    pairs = sorted(zip(days, counts, strict=True))
    total = sum(number for _, number in pairs)
    allowed = min(max(1, int(total * _OUTLIERS)), total - _FEWEST_LEFT)
    at = 0
    while (later := _leap(pairs, at)) and sum(number for _, number in pairs[:later]) <= allowed:
        at = later
    return pairs[at][0], sum(number for _, number in pairs[:at])


def _leap(pairs: Sequence[tuple[date, int]], at: int) -> int | None:
    """The next place that is further from that at `at` than from the end, and far from the one before it."""
    first, last = pairs[at][0], pairs[-1][0]
    for later in range(at + 1, len(pairs)):
        day = pairs[later][0]
        if day - first > last - day and (day - pairs[later - 1][0]).days > _FAR:
            return later
    return None
