"""Calendar arithmetic: months and years as ranges, the nearest weekday, windows of vague words, the Hijri calendar."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from hijridate import Hijri

DAY = timedelta(days=1)
# Beyond this, the same calendar year is likelier than the nearest one: who means another year says so.
_NEAR_DAYS = 120
_NEAR_MONTHS = 4
# Weeks begin on Saturday, Sunday or Monday, by country and outlet.
WEEK_STARTS = (5, 6, 0)
# hijridate converts these years (Umm al-Qura).
_HIJRI_YEARS = range(1343, 1501)


def make_date(year: int, month: int, day: int) -> date | None:
    """Return the date, or None if there is no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def from_hijri(year: int, month: int, day: int) -> date | None:
    """Return the Gregorian date of a Hijri one (Umm al-Qura), or None if there is no such day or it is out of range."""
    if year not in _HIJRI_YEARS:
        return None
    try:
        return date.fromisoformat(Hijri(year, month, day).to_gregorian().isoformat())
    except (ValueError, OverflowError):
        return None


def month_range(year: int, month: int) -> tuple[date, date]:
    """Return the first and last day of a month; `month` may run over 12 or under 1."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def year_range(year: int) -> tuple[date, date]:
    """Return the first and last day of a year."""
    return date(year, 1, 1), date(year, 12, 31)


def weekday_on_or_before(day: date, weekday: int) -> date:
    """Return the last such weekday up to and including `day`."""
    return day - timedelta(days=(day.weekday() - weekday) % 7)


def weekday_on_or_after(day: date, weekday: int) -> date:
    """Return the first such weekday from `day` on."""
    return day + timedelta(days=(weekday - day.weekday()) % 7)


def nearest_year(published: date, month: int, day: int, weekday: int | None = None) -> int | None:
    """Return the year in which a day falls nearest to the day of writing, on that weekday if one is named."""
    candidates = [
        d
        for y in (published.year - 1, published.year, published.year + 1)
        if (d := make_date(y, month, day)) is not None
    ]
    fitting = [d for d in candidates if weekday is None or d.weekday() == weekday] or candidates
    if not fitting:
        return None
    best = min(fitting, key=lambda d: abs((d - published).days))
    if abs((best - published).days) > _NEAR_DAYS and any(d.year == published.year for d in fitting):
        return published.year
    return best.year


def nearest_year_of_month(published: date, month: int) -> int:
    """Return the year in which a month without one falls nearest to the month of writing."""
    best = min(
        (published.year - 1, published.year, published.year + 1),
        key=lambda y: (abs((y - published.year) * 12 + month - published.month), y),
    )
    if abs((best - published.year) * 12 + month - published.month) > _NEAR_MONTHS:
        return published.year
    return best


def month_of_window(first: date, last: date) -> tuple[date, date] | None:
    """Return the month that holds a whole window of days, or None where it crosses a month's end."""
    if (first.year, first.month) != (last.year, last.month):
        return None
    return month_range(first.year, first.month)


def week_window(published: date, weeks: int) -> tuple[date, date]:
    """Return the days that last, this or next week may be (-1, 0, 1)."""
    starts = [weekday_on_or_before(published, weekday) + 7 * weeks * DAY for weekday in WEEK_STARTS]
    return min(starts), max(starts) + 6 * DAY
