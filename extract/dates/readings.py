"""What every rule is given, and the small steps that rules share: words beside the match, orientation, basis."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from extract.dates.calendar import make_date, month_range, nearest_year, nearest_year_of_month, year_range
from extract.dates.lexer import Run, Token
from extract.dates.model import Clock, Reading
from extract.fold import fold_word
from extract.lexicon import load

_BEFORE = re.compile(r"(\w+) ?$")
_AFTER = re.compile(r" (\w+)")
_REACH = 30
# How far «اليوم», «أمس», ... lie from the day of writing.
OFFSETS = {"T": 0, "E": -1, "F": -2, "O": 1, "V": 2}
_BOUNDS = ("since", "until", "before", "after", "document")
_MODES = {"P": "past", "L": "past", "X": "next", "C": "current", "Z": "other"}


@cache
def context(name: str) -> frozenset[str]:
    """Return a folded list of the lexicon's `_context`."""
    return frozenset(fold_word(w) for w in load("dates")["_context"][name])


@dataclass(frozen=True, slots=True)
class Found:
    """A rule's match in a run: its tokens by group name, and the words beside it."""

    text: str
    run: Run
    match: re.Match[str]

    def token(self, name: str) -> Token | None:
        """Return the token of a named group, or None if the group took no part or the pattern has none."""
        at = self.match.start(name) if name in self.match.re.groupindex else -1
        return self.run.tokens[at] if at >= 0 else None

    def value(self, name: str) -> int:
        """Return the value of a named group that always takes part."""
        token = self.token(name)
        return token.value if token else 0

    def symbol(self, name: str) -> str:
        """Return the symbol of a named group, empty if it took no part."""
        return (self.match.groupdict().get(name) or "")[:1]

    def values(self, symbol: str) -> list[int]:
        """Return the values of all tokens of a symbol, in order."""
        return [t.value for t in self.tokens() if t.symbol == symbol]

    def tokens(self) -> list[Token]:
        """Return the tokens of the match, without connectors."""
        return [t for t in self.run.tokens[self.match.start() : self.match.end()] if t is not None]

    def word_before(self) -> str:
        """Return the word that stands before the match, proclitics and all; empty at a line's start or after a mark."""
        start = self.tokens()[0].word_start
        found = _BEFORE.search(self.text[max(0, start - _REACH) : start])
        return found.group(1) if found else ""

    def word_after(self) -> str:
        """Return the word that follows the match after a blank."""
        end = self.tokens()[-1].end
        found = _AFTER.match(self.text[end : end + _REACH])
        return found.group(1) if found else ""

    def bound(self) -> str:
        """Return since, until, before or after if the date is a bound of something, not its day; document if a paper's."""
        at = self.match.start()
        previous = next((t for t in reversed(self.run.tokens[:at]) if t is not None), None)
        if previous is not None and previous.symbol == "A":
            return previous.name
        word = self.word_before()
        return next((bound for bound in _BOUNDS if word in context(bound)), "")


def mode(found: Found, group: str) -> str:
    """Return past, next, current, other or empty for a modifier's group."""
    return _MODES.get(found.symbol(group), "")


def place(start: date, end: date, clock: Clock) -> str:
    """Say where a range lies to the day of writing."""
    if clock.published is None:
        return "unknown"
    if end < clock.published:
        return "past"
    return "future" if start > clock.published else "present"


def known(start: date, end: date, precision: str, basis: str, clock: Clock, *, variant: str = "") -> Reading:
    """Build a reading with a value; its orientation is where it lies."""
    return Reading(start, end, precision, basis, place(start, end, clock), variant=variant)


def unknown(reason: str, orientation: str = "unknown", variant: str = "") -> Reading:
    """Build a reading without a value, and why."""
    return Reading(None, None, "unknown", "none", orientation, reason, variant)


def orientation_of(how: str) -> str:
    """Return the orientation that a modifier gives by itself."""
    return {"past": "past", "next": "future", "current": "present"}.get(how, "unknown")


def relative_day(clock: Clock, days: int) -> Reading:
    """Read a day at a distance from the day of writing; with its year alone, that year."""
    orientation = "past" if days < 0 else "future" if days > 0 else "present"
    if clock.published is not None:
        day = clock.published + timedelta(days=days)
        return Reading(day, day, "day", "relative", orientation)
    if clock.reference_year is not None:
        start, end = year_range(clock.reference_year)
        return Reading(start, end, "year", "inferred", orientation)
    return unknown("relative_without_publication_date", orientation)


def side(how: str, bound: str) -> str:
    """Return on which side of the day of writing to look: a modifier's, or the past for «منذ مارس»."""
    return "past_or_now" if not how and bound == "since" else how


def year_of_day(month: int, day: int, how: str, clock: Clock, weekday: int | None = None) -> int | None:
    """Return the year of a day and month: as the modifier says, or the nearest; None if nothing tells."""
    published = clock.published
    if published is None:
        return clock.reference_year if how in {"", "current"} else None
    if how == "current":
        return published.year
    how = "past" if how == "past_or_now" else how
    this_year = make_date(published.year, month, day)
    if how in {"past", "next"}:
        if this_year is None:
            return None
        if how == "past":
            return published.year if this_year <= published else published.year - 1
        return published.year if this_year >= published else published.year + 1
    return nearest_year(published, month, day, weekday) if how == "" else None


def year_of_month(month: int, how: str, clock: Clock) -> int | None:
    """Return the year of a month: as the modifier says, or the nearest; None if nothing tells."""
    published = clock.published
    if published is None:
        return clock.reference_year if how in {"", "current"} else None
    if how == "past":
        return published.year if month < published.month else published.year - 1
    if how == "past_or_now":
        return published.year if month <= published.month else published.year - 1
    if how == "next":
        return published.year if month > published.month else published.year + 1
    if how == "current":
        return published.year
    return nearest_year_of_month(published, month) if how == "" else None


def year_by_word(how: str, clock: Clock) -> int | None:
    """Return the year that «العام الماضي», «العام المقبل», «هذا العام» mean."""
    base = clock.published.year if clock.published else clock.reference_year
    shift = {"past": -1, "current": 0, "next": 1}.get(how)
    return None if base is None or shift is None else base + shift


def missing(what: str, how: str, clock: Clock) -> str:
    """Return the reason why a year could not be told."""
    if how == "other":
        return "relative_to_another_date"
    return what if clock.published is None else "no_such_day"


def basis_of(clock: Clock) -> str:
    """Return the basis of a value that rests on the clock."""
    return "relative" if clock.published is not None else "inferred"


def month_reading(year: int, month: int, basis: str, clock: Clock, variant: str = "") -> Reading:
    """Build the reading of a whole month."""
    return known(*month_range(year, month), "month", basis, clock, variant=variant)
