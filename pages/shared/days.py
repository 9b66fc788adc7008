"""A day as a person writes it: year first (2024-05-06) or day first (6/5/2024), in either kind of digits."""

from __future__ import annotations

import re
from datetime import date

from pages.shared.address import EARLIEST, LATEST

_YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_DAY_FIRST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")


def read_day(text: str) -> date | None:
    """The day that a text names; None for an empty one. The month is never first, as in American dates.

    Raises ValueError where it names no day, or one that no register reaches (see EARLIEST and LATEST).
    """
    # Marks of direction come with a text that was copied from an Arabic page.
    written = re.sub(r"[\s\u061c\u200e\u200f\u2066-\u2069]", "", text)
    if not written:
        return None
    if found := _YEAR_FIRST.fullmatch(written):
        year, month, day = map(int, found.groups())
    elif found := _DAY_FIRST.fullmatch(written):
        day, month, year = map(int, found.groups())
    else:
        raise ValueError(f"{text!r} is not written as a day")
    read = date(year, month, day)
    if not EARLIEST <= read <= LATEST:
        raise ValueError(f"{read} is before {EARLIEST} or after {LATEST}")
    return read
