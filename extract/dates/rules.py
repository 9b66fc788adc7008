"""The rules for dates that name a day, a month or a year. Each is meant for the words that its docstring quotes.

A rule is a pattern over the symbols of `extract.dates.lexer` and a function that reads the match. A function that
returns None says that the words are no date after all, and the next rule is tried.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from extract.dates.calendar import from_hijri, make_date, month_range, year_range
from extract.dates.model import Clock, Reading
from extract.dates.readings import (
    Found,
    basis_of,
    context,
    known,
    missing,
    mode,
    month_reading,
    orientation_of,
    side,
    unknown,
    year_by_word,
    year_of_day,
    year_of_month,
)


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of the grammar: its id, the symbols it matches, and how it reads them."""

    id: str
    pattern: re.Pattern[str]
    read: Callable[[Found, Clock], Reading | None]


# Before a day: «اليوم», «مساء يوم الثلاثاء», «الأربعاء القادم», «الموافق».
LEAD = r"(?:[nd]*(?P<near>[TEFOV])[,(]?)?(?:[nd]*(?P<weekday>W)(?:&W)?(?P<wmod>[PLX])?\)?[,(/-]*)?S?[,(]?[ndu]*"
DAY = r"(?P<day>D|K(?=f))"  # «5», «الخامس», «العشرين من»
MONTH = r"o?(?P<month>M)(?:[/,-]?(?P<twin>M)|\((?P<twin2>M)\))?"
YEAR = r"[fi,(/-]?\(?y?(?P<year>Y)\)?"
# After a day or month: «الجاري», «من العام الماضي», «من هذا العام».
WHICH = r"(?:(?P<mod>[PLXCZ])|[fi,]?y(?P<ymod>[PXCZ])|[fi,]?(?P<this>J)y)?"
_WEEKS = 4  # of seven days each, from the first of the month
HIJRI = r"D[fi]?o?I[fi,]?y?H?[,(/-]*"


def _months_agree(found: Found) -> bool:
    """Tell whether a doubled month («أيلول/سبتمبر») names one month."""
    return all(found.token(t) is None or found.value(t) == found.value("month") for t in ("twin", "twin2"))


def read_full(found: Found, clock: Clock) -> Reading | None:
    """«الثلاثاء 25 أغسطس/ آب 2015», «25 شوال 1436 هـ الموافق 10 اغسطس 2015 م»; not «25 أغسطس الماضي»."""
    day = make_date(found.value("year"), found.value("month"), found.value("day"))
    if day is None or not _months_agree(found):
        return None
    return known(day, day, "day", "explicit", clock)


def read_numeric(found: Found, clock: Clock) -> Reading | None:
    """«25/3/2018», «2015-08-10», «10/10/1436»; not «2-1» or «24/7»."""
    token = found.token("numeric")
    if token is None or token.day is None:
        return None
    return known(token.day, token.day, "day", "explicit", clock)


def read_hijri(found: Found, clock: Clock) -> Reading | None:
    """«12 شوال 1436 هـ» alone, or «12 شوال الجاري» in the Hijri year of the day of writing."""
    month, day = found.value("hijri"), found.value("day")
    if found.token("hyear") is not None:
        value = from_hijri(found.value("hyear"), month, day)
        return known(value, value, "day", "explicit", clock) if value else None
    if clock.published is None:
        return unknown("day_without_year")
    year = round((clock.published.year - 622) * 33 / 32)
    days = [d for y in range(year - 1, year + 3) if (d := from_hijri(y, month, day)) is not None]
    if not days:
        return None
    near = min(days, key=lambda d: abs((d - clock.published).days) if clock.published else 0)
    return known(near, near, "day", "relative", clock)


def read_days(found: Found, clock: Clock) -> Reading | None:
    """«يومي 11 و12 مايو الجاري», «من 3 إلى 5 مايو 2017»; not «5 و20 مايو», which are two days."""
    days = found.values("D")
    first, last = days[0], days[-1]
    listed = "~" not in found.match.group() and "-" not in found.match["days"] and not _between(found)
    if first >= last or not _months_agree(found) or (listed and days != list(range(first, last + 1))):
        return None
    return _range_reading(found, clock, (found.value("month"), first), (found.value("month"), last))


def read_days_across(found: Found, clock: Clock) -> Reading | None:
    """«من 24 مارس إلى 2 أفريل 2017», «28 مايو - 2 يونيو»."""
    if not _months_agree(found) or found.value("month0") == found.value("month"):
        return None
    return _range_reading(
        found, clock, (found.value("month0"), found.value("day0")), (found.value("month"), found.value("day"))
    )


def _between(found: Found) -> bool:
    return found.word_before() in context("between")


def _range_reading(found: Found, clock: Clock, first: tuple[int, int], last: tuple[int, int]) -> Reading | None:
    year, basis, variant, reason = _year_after(found, clock, *last, None)
    if year is None:
        return unknown(reason, orientation_of(variant), variant)
    end = make_date(year, *last)
    start = make_date(year if first <= last else year - 1, *first)
    if start is None or end is None:
        return None
    return known(start, end, "day", basis, clock, variant=variant)


def _year_after(
    found: Found, clock: Clock, month: int, day: int, weekday: int | None
) -> tuple[int | None, str, str, str]:
    """Return (year, basis, the rule's variant, why there is none) of a day by the year or the modifier that follows."""
    if found.token("year") is not None:
        return found.value("year"), "explicit", "", ""
    if found.token("this") is not None or found.token("ymod") is not None:
        how = "current" if found.token("this") is not None else mode(found, "ymod")
        return year_by_word(how, clock), basis_of(clock), how, missing("day_without_year", how, clock)
    how = mode(found, "mod")
    year = year_of_day(month, day, side(how, found.bound()), clock, weekday)
    return year, basis_of(clock), how, missing("day_without_year", how, clock)


def read_week_of_month(found: Found, clock: Clock) -> Reading | None:
    """«الأسبوع الأول من أبريل المقبل», «الأسبوع الأخير من يوليو 2015»: its seven days; not «الأسبوع الخامس»."""
    month, number = found.value("month"), found.value("day") if found.token("day") else 0
    if not _months_agree(found) or number > _WEEKS:
        return None
    year, basis, variant, reason = _year_after(found, clock, month, 7 * number or 28, None)
    if year is None:
        return unknown(reason, orientation_of(variant), variant)
    end = make_date(year, month, 7 * number) if number else month_range(year, month)[1]
    return known(end - timedelta(days=6), end, "day", basis, clock, variant=variant) if end else None


def read_day_month(found: Found, clock: Clock) -> Reading | None:
    """«7 سبتمبر/ أيلول الحالي», «الأربعاء 21 جوان», «14 مارس من العام الماضي»; not «مايو 2015»."""
    month, day = found.value("month"), found.value("day")
    if not _months_agree(found) or make_date(2000, month, day) is None:
        return None
    weekday = found.value("weekday") if found.token("weekday") else None
    year, basis, variant, reason = _year_after(found, clock, month, day, weekday)
    if year is None:
        return unknown(reason, orientation_of(variant), variant)
    value = make_date(year, month, day)
    return known(value, value, "day", basis, clock, variant=variant) if value else None


def read_day_of_month(found: Found, clock: Clock) -> Reading | None:
    """«الرابع عشر من الشهر الماضي», «يوم 6 من الشهر الجاري»; not «قبل 6 أشهر»."""
    how = "current" if found.token("this") else mode(found, "mod")
    shift = {"past": -1, "current": 0, "next": 1}.get(how)
    if clock.published is None or shift is None:
        return unknown(
            "relative_without_publication_date" if shift is not None else "relative_to_another_date",
            orientation_of(how),
        )
    start, _ = month_range(clock.published.year, clock.published.month + shift)
    days = found.values("D") or found.values("K")
    first, last = make_date(start.year, start.month, days[0]), make_date(start.year, start.month, days[-1])
    if first is None or last is None or first > last:
        return None
    return known(first, last, "day", "relative", clock, variant=how)


def read_month_year(found: Found, clock: Clock) -> Reading | None:
    """«في ديسمبر 2017», «أواخر تشرين الثاني/نوفمبر من عام 2013»; not «25 ديسمبر 2017»."""
    if not _months_agree(found):
        return None
    return month_reading(found.value("year"), found.value("month"), "explicit", clock)


def read_month(found: Found, clock: Clock) -> Reading | None:
    """«مارس الماضي», «سبتمبر (أيلول) المقبل», «أبريل من العام الحالي», «في يونيو»; not «تيريزا ماي»."""
    if not _months_agree(found):
        return None
    month = found.value("month")
    if found.token("this") is not None or found.token("ymod") is not None:
        how = "current" if found.token("this") is not None else mode(found, "ymod")
        year = year_by_word(how, clock)
    else:
        how = mode(found, "mod")
        if not how and not _stands_as_month(found):
            return None
        year = year_of_month(month, side(how, found.bound()), clock)
    if year is None:
        return unknown(missing("month_without_year", how, clock), orientation_of(how), how)
    return month_reading(year, month, basis_of(clock), clock, how)


def _stands_as_month(found: Found) -> bool:
    """Tell whether a month with no word after it is one: a doubled name, «شهر», «أواخر» or a preposition before it."""
    if found.token("twin") is not None or found.token("twin2") is not None or set(found.match.group()) & {"o", "B"}:
        return True
    token = found.token("month")
    return token is not None and not token.is_short and found.word_before() in context("month_after")


def read_years(found: Found, clock: Clock) -> Reading | None:
    """«عامي 2015 و2016», «بين 2015 و2018»; not «عامي 2013 و2017», which are two years."""
    years = found.values("Y")
    if years[0] >= years[-1] or ("&" in found.match.group() and years[-1] != years[0] + 1 and not _between(found)):
        return None
    if not (set(found.match.group()) & {"y", "u"} or _between(found) or found.word_before() in context("year_after")):
        return None
    return known(date(years[0], 1, 1), date(years[-1], 12, 31), "year", "explicit", clock)


def read_year(found: Found, clock: Clock) -> Reading | None:
    """«عام 2023», «في 2019», «صيف 2015»; not «مونديال 2018» or «قانون رقم 89 لسنة 1998»."""
    year = found.token("year")
    if year is None or _numbers_a_law(found):
        return None
    at = found.match.start()
    follows_another = found.run.symbols[max(0, at - 2) : at] == "Y&"
    if not (found.match["word"] or follows_another or found.word_before() in context("year_after")):
        return None
    return known(*year_range(year.value), "year", "explicit", clock)


def _numbers_a_law(found: Found) -> bool:
    first = found.tokens()[0]
    words = found.text[max(0, first.word_start - 40) : first.word_start].split()
    return first.word_start < first.start and any(w in context("law_numbers") for w in words[-3:])


ABSOLUTE = (
    Rule(
        "date.week_of_month",
        re.compile(rf"w(?:(?P<day>D)|L)[fi]o?{MONTH}(?:{YEAR}|{WHICH})"),
        read_week_of_month,
    ),
    Rule(
        "date.full",
        re.compile(rf"(?:{HIJRI}S?[,(]?)?{LEAD}{DAY}[fi]?{MONTH}{YEAR}(?:[,(/-]*S?[,(/-]*{HIJRI}\)?)?"),
        read_full,
    ),
    Rule(
        "date.numeric",
        re.compile(rf"(?:{HIJRI}S?[,(]?)?{LEAD}(?P<numeric>G)(?:[,(/-]*S?[,(/-]*(?:{HIJRI}|G)\)?)?"),
        read_numeric,
    ),
    Rule("date.hijri", re.compile(rf"{LEAD}(?P<day>D)[fi]?o?(?P<hijri>I)[fi,]?y?(?:(?P<hyear>H)|C)?"), read_hijri),
    Rule(
        "date.days_across",
        re.compile(
            rf"{LEAD}(?P<day0>D)[fi]?o?(?P<month0>M)(?:[/,-]?M)?[~&-][nd]*(?:W,?)?(?P<day>D)[fi]?{MONTH}(?:{YEAR}|{WHICH})"
        ),
        read_days_across,
    ),
    Rule("date.days", re.compile(rf"{LEAD}(?P<days>D(?:[&,]D)*[&~-][d]?D)[fi]?{MONTH}(?:{YEAR}|{WHICH})"), read_days),
    Rule("date.day_month", re.compile(rf"{LEAD}{DAY}[fi]?{MONTH}{WHICH}"), read_day_month),
    Rule(
        "date.day_of_month",
        re.compile(rf"{LEAD}(?:K(?=f)|D(?:[&~-]D)?)[fi]?(?:o(?P<mod>[PXCZ])|(?P<this>J)o)"),
        read_day_of_month,
    ),
    Rule("date.month_year", re.compile(rf"(?:Bf?)?o?{MONTH}{YEAR}"), read_month_year),
    Rule("date.month", re.compile(rf"(?:Bf?)?o?{MONTH}{WHICH}"), read_month),
    Rule("date.years", re.compile(r"(?:Bf?)?[yu]?Y[&~-]Y"), read_years),
    Rule("date.year", re.compile(r"(?P<word>[Bq][fi]?[yu]?|[yu])?(?P<year>Y)"), read_year),
)
