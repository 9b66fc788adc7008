"""Records as rows: which fields of an engagement are columns, which are tables of their own, and a record as one line.

The tables of the register and the lines of finished parts are both written by this, and read back as they were.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import date
from operator import attrgetter
from typing import Any

from extract.models import (
    Amount,
    Blank,
    Disagreement,
    Engagement,
    Evidence,
    Official,
    Outcome,
    Project,
    Sector,
    Source,
)


@dataclass(frozen=True, slots=True)
class ListField:
    """A list field of `Engagement` and its table; the columns are the item's fields in order."""

    field: str
    table: str
    columns: tuple[str, ...]
    to_row: Callable[[Any], tuple[Any, ...]]
    from_row: Callable[..., Any]


def _list_of(record: type[Any], field: str, table: str, *columns: str) -> ListField:
    return ListField(field, table, columns, values_of(record), record)


def values_of(record: type[Any]) -> Callable[[Any], tuple[Any, ...]]:
    """What takes the values of a record, in the order of its fields."""
    return attrgetter(*(field.name for field in fields(record)))


LISTS: tuple[ListField, ...] = (
    ListField("parties", "party", ("party_code",), lambda code: (code,), str),
    _list_of(Official, "officials", "official",
             "name", "name_canonical", "name_latin", "title", "rank", "party_code", "institution"),
    _list_of(Sector, "sectors", "sector", "sector_code", "is_core"),
    _list_of(Project, "projects", "project", "name", "sector_code", "country_code"),
    _list_of(Amount, "amounts", "amount", "value", "unit", "measures", "growth"),
    _list_of(Outcome, "outcomes", "outcome", "type", "quote"),
    _list_of(Evidence, "evidence", "evidence",
             "field", "value", "article_id", "start_char", "end_char", "quote", "rule"),
    _list_of(Blank, "blanks", "blank", "field", "reason"),
    ListField("field_confidence", "field_confidence", ("field", "confidence"), tuple, lambda *row: row),
    _list_of(Disagreement, "disagreements", "disagreement", "field", "value", "article_id"),
    _list_of(Source, "sources", "source", "article_id", "title", "outlet", "url", "published"),
)  # fmt: skip
_LIST_FIELDS = {part.field for part in LISTS}
PLAIN_FIELDS = tuple(field.name for field in fields(Engagement) if field.name not in _LIST_FIELDS)
_DAYS = tuple(PLAIN_FIELDS.index(name) for name in ("date_start", "date_end"))
_PUBLISHED = -1  # the last column of a source


def write_line(engagement: Engagement) -> str:
    """One record as a line of JSON: its plain fields, then the rows of each list."""
    plain = [getattr(engagement, name) for name in PLAIN_FIELDS]
    lists = [[part.to_row(item) for item in getattr(engagement, part.field)] for part in LISTS]
    return json.dumps([plain, lists], ensure_ascii=False, separators=(",", ":"), default=date.isoformat)


def read_line(line: str) -> Engagement:
    """The record of a line that `write_line` wrote, as it was."""
    plain, lists = json.loads(line)
    for at in _DAYS:
        plain[at] = _read_day(plain[at])
    for row in lists[-1]:
        row[_PUBLISHED] = _read_day(row[_PUBLISHED])
    values: dict[str, Any] = dict(zip(PLAIN_FIELDS, plain, strict=True))
    for part, rows in zip(LISTS, lists, strict=True):
        values[part.field] = tuple(part.from_row(*row) for row in rows)
    return Engagement(**values)


def _read_day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
