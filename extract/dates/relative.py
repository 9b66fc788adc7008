"""The rules for dates that rest on the day of writing: weekdays, yesterday, last month, two years ago.

Without a day of writing they give no value and the reason; with its year alone, what follows from the year.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from extract.dates.calendar import (
    WEEK_STARTS,
    month_of_window,
    month_range,
    week_window,
    weekday_on_or_after,
    weekday_on_or_before,
    year_range,
)
from extract.dates.model import Clock, Reading
from extract.dates.readings import (
    OFFSETS,
    Found,
    basis_of,
    context,
    known,
    mode,
    orientation_of,
    relative_day,
    unknown,
    year_by_word,
)
from extract.dates.rules import Rule

_DAY = timedelta(days=1)
# Counts of days up to this are meant to the day; more are round numbers.
_EXACT_DAYS = 6
# «قبل أيام»: from two days to ten; a round number of weeks, months or years is right within these days.
_FEW_DAYS = (10, 2)
_SLACK = {"day": 3, "week": 4, "month": 10, "year": 60}
_LENGTH = {"day": 1, "week": 7, "month": 30, "year": 365}


def resolve_weekday(weekday: int, how: str, clock: Clock) -> Reading:
    """Read a weekday: bare, the last one up to the day of writing; «الماضي» before it, «المقبل» after it."""
    if how == "other":
        return unknown("relative_to_another_date", variant=how)
    if clock.published is None:
        if clock.reference_year is None:
            return unknown("weekday_without_publication_date", orientation_of(how), how)
        return Reading(*year_range(clock.reference_year), "year", "inferred", orientation_of(how), variant=how)
    if how == "past":
        return _last_weekday(weekday, clock.published, clock.last_is_yesterday)
    if how == "next":
        day = weekday_on_or_after(clock.published + _DAY, weekday)
        return Reading(day, day, "day", "relative", "future", variant=how)
    day = weekday_on_or_before(clock.published, weekday)
    return Reading(day, day, "day", "relative", "unknown", variant=how)


def _last_weekday(weekday: int, published: date, is_yesterday: bool | None) -> Reading:
    """Read «الثلاثاء الماضي»: in a Wednesday's article it is yesterday for some outlets, last week for others."""
    day = weekday_on_or_before(published - _DAY, weekday)
    if day == published - _DAY and is_yesterday is None:
        return unknown("weekday_ambiguous", "past", "past")
    if day == published - _DAY and not is_yesterday:
        day -= 7 * _DAY
    return Reading(day, day, "day", "relative", "past", variant="past")


def read_weekday(found: Found, clock: Clock) -> Reading | None:
    """«اليوم الثلاثاء», «مساء أمس الجمعة», «الأحد المقبل», «الخميس»; not «أيام الجمعة» or «سوق الخميس»."""
    at = found.match.start()
    if found.run.symbols[at - 1 : at] == "s" or found.word_before() in context("weekday_not_after"):
        return None
    near = found.symbol("near")
    if not near:
        return resolve_weekday(found.value("weekday"), mode(found, "mod"), clock)
    reading = relative_day(clock, OFFSETS[near])
    if clock.published is None or reading.start is None:
        reason = reading.reason and "weekday_without_publication_date"
        return Reading(
            reading.start, reading.end, reading.precision, reading.basis, reading.orientation, reason, "near"
        )
    day = weekday_on_or_before(reading.start, found.value("weekday"))
    if reading.start - day > _DAY:
        return unknown("weekday_contradicts_publication_date", reading.orientation, "near")
    return Reading(day, day, "day", "relative", reading.orientation, variant="near")


def read_weekdays(found: Found, clock: Clock) -> Reading | None:
    """«يومي الثلاثاء والأربعاء», «من الأحد إلى الخميس», «الاثنين والثلاثاء المقبلين»; not «السبت والثلاثاء»."""
    days = found.values("W")
    is_range = bool(set(found.match.group()) & {"~", "-"})
    if not is_range and any((b - a) % 7 != 1 for a, b in pairwise(days)):
        return None
    first = resolve_weekday(days[0], mode(found, "mod"), clock)
    if first.precision != "day" or first.start is None:
        return first
    last = weekday_on_or_after(first.start, days[-1])
    return Reading(first.start, last, "day", first.basis, first.orientation, variant=first.variant)


def read_weekday_of_week(found: Found, clock: Clock) -> Reading | None:
    """«الثلاثاء من الأسبوع الماضي», «الأحد من هذا الأسبوع»: where weeks from Saturday, Sunday and Monday agree."""
    how = "current" if found.token("this") else mode(found, "mod")
    weeks = {"past": -1, "current": 0, "next": 1}.get(how)
    if clock.published is None or weeks is None:
        return unknown(
            "weekday_without_publication_date" if weeks is not None else "relative_to_another_date",
            orientation_of(how),
            how,
        )
    starts = [weekday_on_or_before(clock.published, first) + 7 * weeks * _DAY for first in WEEK_STARTS]
    days = {weekday_on_or_after(start, found.value("weekday")) for start in starts}
    if len(days) > 1:
        return unknown("weekday_ambiguous", orientation_of(how), how)
    day = days.pop()
    return known(day, day, "day", "relative", clock, variant=how)


def read_near(found: Found, clock: Clock) -> Reading | None:
    """«اليوم», «مساء أمس», «أول من أمس», «غدا», «بعد غد»; not «اليوم الوطني», «في اليوم», «حزب الغد»."""
    near = found.symbol("near")
    end = found.match.end()
    beside = [t for t in found.run.tokens[end : end + 1] if t is not None]
    if near == "T":
        if beside and (beside[0].name == "ordinal" or beside[0].symbol in "ZPX"):
            return None
        if found.word_before() in context("today_not_after") or found.word_after() in context("today_not_before"):
            return None
    return relative_day(clock, OFFSETS[near])


def read_nears(found: Found, clock: Clock) -> Reading | None:
    """«اليوم وغدا», «غدا الاثنين وبعد غد»: from the first to the last; not «أمس وأول من أمس»."""
    first, last = OFFSETS[found.symbol("near")], OFFSETS[found.symbol("last")]
    if first >= last:
        return None
    start, end = relative_day(clock, first), relative_day(clock, last)
    orientation = "past" if last < 0 else "future" if first > 0 else "present"
    return replace(start, end=end.end, orientation=orientation)


def read_week(found: Found, clock: Clock) -> Reading | None:
    """«الأسبوع الماضي», «مطلع هذا الأسبوع»: its month, where all the days that it may mean lie in one."""
    how = "current" if found.token("this") else mode(found, "mod")
    weeks = {"past": -1, "current": 0, "next": 1}.get(how)
    orientation = orientation_of(how)
    if clock.published is None or weeks is None:
        return unknown(
            "relative_without_publication_date" if weeks is not None else "relative_to_another_date", orientation, how
        )
    return _month_of(*week_window(clock.published, weeks), orientation, how)


def _month_of(first: date, last: date, orientation: str, variant: str) -> Reading:
    month = month_of_window(first, last)
    if month is None:
        return unknown("window_crosses_months", orientation, variant)
    return Reading(*month, "month", "relative", orientation, variant=variant)


def read_month_word(found: Found, clock: Clock) -> Reading | None:
    """«الشهر الماضي», «منتصف الشهر الحالي», «هذا الشهر»; not «الشهر نفسه»."""
    how = "current" if found.token("this") else mode(found, "mod")
    shift = {"past": -1, "current": 0, "next": 1}.get(how)
    if clock.published is None or shift is None:
        reason = "relative_without_publication_date" if shift is not None else "relative_to_another_date"
        return unknown(reason, orientation_of(how), how)
    start, end = month_range(clock.published.year, clock.published.month + shift)
    return Reading(start, end, "month", "relative", orientation_of(how), variant=how)


def read_year_word(found: Found, clock: Clock) -> Reading | None:
    """«العام المقبل», «أواخر العام الحالي», «صيف العام الماضي», «هذا العام»; not «الأمين العام السابق»."""
    if not found.token("this") and found.word_before() in context("year_not_after"):
        return None
    how = "current" if found.token("this") else mode(found, "mod")
    year = year_by_word(how, clock)
    if year is None:
        reason = "relative_to_another_date" if how == "other" else "relative_without_publication_date"
        return unknown(reason, orientation_of(how), how)
    return Reading(*year_range(year), "year", basis_of(clock), orientation_of(how), variant=how)


def read_season(found: Found, clock: Clock) -> Reading | None:
    """«الصيف الماضي»: when, but not in days or months."""
    how = mode(found, "mod")
    return unknown("season", orientation_of(how), how)


def read_ago(found: Found, clock: Clock) -> Reading | None:
    """«قبل 13 عاما», «منذ شهرين», «قبل أيام»; not «قبل يومين من الانتخابات» or «قبل عام 2015»."""
    unit, ago, counted = found.token("unit"), found.token("ago"), found.token("count")
    if unit is None or ago is None or unit.is_definite or _counts_from_another(found):
        return None
    variant = ago.name if ago.name == "since" else ""
    count = counted.value if counted else {"u": 2, "s": 0}.get(unit.symbol, 1)
    is_few = count == 0 or found.token("few") is not None
    if unit.name == "day" and count == 1:
        return None
    if unit.name not in _LENGTH or (is_few and unit.name != "day"):
        return unknown("vague_period", "past", variant)
    if clock.published is None:
        return unknown("relative_without_publication_date", "past", variant)
    if is_few:
        far, near = (clock.published - n * _DAY for n in _FEW_DAYS)
        return _month_of(far, near, "past", variant or "window")
    return _count_back(clock.published, count, unit.name, found.token("about") is not None, variant)


def _counts_from_another(found: Found) -> bool:
    """Tell whether «من» follows: «قبل يومين من», «قبل أسابيع قليلة من»."""
    words = found.text[found.tokens()[-1].end :][:30].split()
    return any(
        w in context("counted_from") for w in words[: 2 if words[:1] and words[0] in context("counted_words") else 1]
    )


def _count_back(published: date, count: int, unit: str, is_about: bool, variant: str) -> Reading:
    days = count * _LENGTH[unit]
    if days > (published - date(1900, 1, 1)).days:
        return unknown("vague_period", "past", variant)
    if unit == "day" and count <= _EXACT_DAYS and not is_about:
        day = published - days * _DAY
        return Reading(day, day, "day", "relative", "past", variant=variant)
    slack = _SLACK[unit] * (2 if is_about else 1) * _DAY
    if unit == "year":
        centre = published.replace(year=published.year - count, day=min(published.day, 28))
        if (centre - slack).year != (centre + slack).year:
            return unknown("window_crosses_years", "past", variant)
        return Reading(*year_range(centre.year), "year", "relative", "past", variant=variant)
    if unit == "month":
        start, _ = month_range(published.year, published.month - count)
        centre = start.replace(day=min(published.day, 28))
    else:
        centre, variant = published - days * _DAY, variant or "window"
    return _month_of(centre - slack, centre + slack, "past", variant)


def read_vague(found: Found, clock: Clock) -> Reading | None:
    """«الأيام المقبلة», «السنوات القليلة الماضية», «قريبا»: no date, but whether it is over."""
    how = mode(found, "mod") or ("next" if found.match.group() == "z" else "current")
    return unknown("vague_period", orientation_of(how), how)


RELATIVE = (
    Rule("date.weekdays", re.compile(r"[ndu]*W(?:(?:[&,][nd]*W)+|[~-][nd]*W|W)(?P<mod>[PLXZ])?"), read_weekdays),
    Rule(
        "date.weekday_of_week",
        re.compile(r"[nd]*(?P<weekday>W)[fi](?:w(?P<mod>[PXCZ])|(?P<this>J)w)"),
        read_weekday_of_week,
    ),
    Rule(
        "date.nears", re.compile(r"[nd]*(?P<near>[TEFOV])[,(]?W?[),]*&[nd]*(?P<last>[TEFOV])(?:[,(]?W\)?)?"), read_nears
    ),
    Rule(
        "date.weekday",
        re.compile(r"(?:[nd]*(?P<near>[TEFOV])[,(]?)?[nd]*(?P<weekday>W)(?P<mod>[PLXCZ])?"),
        read_weekday,
    ),
    Rule("date.near", re.compile(r"[nd]*(?P<near>[TEFOV])"), read_near),
    Rule("date.week", re.compile(r"(?:Bf?)?(?:w(?P<mod>[PLXCZ])|(?P<this>J)w)"), read_week),
    Rule("date.month_word", re.compile(r"(?:Bf?)?(?:o(?P<mod>[PXCZ])|(?P<this>J)o)(?!M)"), read_month_word),
    Rule("date.year_word", re.compile(r"(?:[Bq]f?)?(?:y(?P<mod>[PXCZ])|(?P<this>J)y)(?!Y)"), read_year_word),
    Rule("date.season", re.compile(r"(?:Bf?)?q(?P<mod>[PXC])"), read_season),
    Rule(
        "date.ago",
        re.compile(r"(?P<ago>A)(?P<about>a)?(?P<few>v)?(?P<count>[DKN])?(?P<unit>[dwoysu])(?![WMIDNYTEFOVPLXCZ])"),
        read_ago,
    ),
    Rule("date.vague", re.compile(r"(?:[su][DK]?v?(?P<mod>[PLXC])|Js|z)"), read_vague),
)
