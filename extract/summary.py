"""Writes the English line of a record from its fields: nothing in it that the fields do not say."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from extract.lexicon import labels
from extract.models import Engagement

MAX_NAMES = 4  # a line names so many officials, then counts the rest


@lru_cache(maxsize=1)
def _names() -> dict[tuple[str, str], str]:
    return {(label.kind, label.code): label.name_en for label in labels()}


def name_of(kind: str, code: str) -> str:
    """Return the English name of a code, or the code where none is known."""
    return _names().get((kind, code), code)


def write_summary(record: Engagement) -> str:
    """Return one English line: parties, type and status, when, where, who, on what."""
    parts = [f"{_join([name_of('party', c) for c in record.parties])}: {name_of('type', record.type).lower()}"]
    if record.status != "held":
        parts[0] += f" ({name_of('status', record.status).lower()})"
    if when := _when(record):
        parts.append(when)
    if record.venue_country is not None:
        place, city = name_of("party", record.venue_country), record.venue_city_en
        parts.append(f"in {city}, {place}" if city and city != place else f"in {place}")
    line = ", ".join(parts)
    if record.officials:
        named = [
            f"{o.name_latin} ({name_of('rank', o.rank).lower()}, {name_of('party', o.country or '')})"
            for o in record.officials
        ]
        rest = len(named) - MAX_NAMES
        line += "; " + _join(named[:MAX_NAMES] + ([f"{rest} more"] if rest > 0 else []))
    core = [name_of("sector", s.code).lower() for s in record.sectors if s.is_core]
    if core:
        line += "; on " + _join(core)
    return line + "."


def _when(record: Engagement) -> str | None:
    start, end = record.date_start, record.date_end or record.date_start
    if start is None:
        return None
    if record.date_precision == "year":
        return f"{start:%Y}"
    if record.date_precision == "month":
        return f"{start:%Y-%m}"
    return f"{start}" if start == end else f"{start} to {end}"


def _join(items: Sequence[str]) -> str:
    return items[0] if len(items) == 1 else ", ".join(items[:-1]) + " and " + items[-1]
