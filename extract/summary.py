"""Writes the English line of a record from its fields: nothing in it that the fields do not say."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from extract.dates import DateMention
from extract.drafts import Draft
from extract.lexicon import labels
from extract.models import Official, Sector
from extract.venues import Venue

MAX_NAMES = 4  # a line names so many officials, then counts the rest


@lru_cache(maxsize=1)
def _names() -> dict[tuple[str, str], str]:
    return {(label.kind, label.code): label.name_en for label in labels()}


def name_of(kind: str, code: str) -> str:
    """Return the English name of a code, or the code where none is known."""
    return _names().get((kind, code), code)


def write_summary(
    draft: Draft,
    date: DateMention | None,
    venue: Venue | None,
    officials: Sequence[Official],
    sectors: Sequence[Sector],
) -> str:
    """Return one English line: parties, type and status, when, where, who, on what."""
    parts = [f"{_join([name_of('party', c) for c in draft.parties])}: {name_of('type', draft.type).lower()}"]
    if draft.status != "held":
        parts[0] += f" ({name_of('status', draft.status).lower()})"
    if date is not None and date.date_start is not None and date.date_end is not None:
        parts.append(_when(date))
    if venue is not None:
        place = name_of("party", venue.country)
        parts.append(f"in {venue.city_en}, {place}" if venue.city_en and venue.city_en != place else f"in {place}")
    line = ", ".join(parts)
    if officials:
        named = [
            f"{o.name_latin} ({name_of('rank', o.rank).lower()}, {name_of('party', o.country or '')})"
            for o in officials
        ]
        rest = len(named) - MAX_NAMES
        line += "; " + _join(named[:MAX_NAMES] + ([f"{rest} more"] if rest > 0 else []))
    core = [name_of("sector", s.code).lower() for s in sectors if s.is_core]
    if core:
        line += "; on " + _join(core)
    return line + "."


def _when(date: DateMention) -> str:
    start, end = date.date_start, date.date_end
    if start is None or end is None:
        raise ValueError("a date without a value cannot be written")
    if date.precision == "year":
        return f"{start:%Y}"
    if date.precision == "month":
        return f"{start:%Y-%m}"
    return f"{start}" if start == end else f"{start} to {end}"


def _join(items: Sequence[str]) -> str:
    return items[0] if len(items) == 1 else ", ".join(items[:-1]) + " and " + items[-1]
