"""The values of a record's fields as JSON, and which of them a field may take."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from datetime import date
from functools import lru_cache
from math import isfinite
from typing import Any, get_args, get_origin, get_type_hints

from extract.corrections.model import CorrectionError
from extract.lexicon import labels
from extract.models import BASES, OUTCOME_TYPES, PRECISIONS, RANKS, ROLES, STATUSES, TYPES, Engagement, Official, Source
from extract.rows import LISTS

_DAYS = frozenset({"date_start", "date_end"})
_CLOSED = {
    "role": ROLES, "type": TYPES, "status": STATUSES, "date_precision": PRECISIONS, "date_basis": BASES,
}  # fmt: skip
# What is the extractor's own and no statement of the article.
_OWN = frozenset({"engagement_id", "evidence", "blanks", "confidence", "field_confidence", "sources", "disagreements"})
FIELDS: tuple[str, ...] = tuple(one.name for one in fields(Engagement) if one.name not in _OWN)
# What is known of an article itself: it is corrected article by article, on whichever record, and holds for all of its records.
SOURCES = "sources"
CORRECTABLE: tuple[str, ...] = (*FIELDS, SOURCES)
_BY_FIELD = {part.field: part for part in LISTS}


def write_value(field: str, value: Any) -> Any:
    """A field's value as JSON: a day as text, a list as rows of its items' parts."""
    if part := _BY_FIELD.get(field):
        rows = [list(part.to_row(item)) for item in value]
        return [[*row[:-1], row[-1] and row[-1].isoformat()] for row in rows] if field == SOURCES else rows
    return value.isoformat() if isinstance(value, date) else value


def write_statements(record: Engagement) -> dict[str, Any]:
    """What a record states, by field, as JSON; its summaries only say it again."""
    return {field: write_value(field, getattr(record, field)) for field in FIELDS if not field.startswith("summary")}


def read_value(field: str, value: Any) -> Any:
    """The value that `write_value` wrote; raises CorrectionError where it is none of this field."""
    try:
        if field == SOURCES:
            return tuple(
                Source(article_id, title, outlet, url, published and date.fromisoformat(published))
                for article_id, title, outlet, url, published in value
            )
        if part := _BY_FIELD.get(field):
            return tuple(part.from_row(*row) for row in value)
        return date.fromisoformat(value) if field in _DAYS and value is not None else value
    except (IndexError, TypeError, ValueError) as error:
        raise CorrectionError(f"{value!r} is no value of the field {field}") from error


@lru_cache(maxsize=1)
def _codes() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for label in labels():
        found.setdefault(label.kind, set()).add(label.code)
    return {kind: frozenset(known) for kind, known in found.items()}


def check_value(field: str, value: Any) -> None:
    """Raise CorrectionError where a JSON value is none that the codebook allows the field."""
    if field not in CORRECTABLE:
        raise CorrectionError(f"{field} is no field that can be corrected")
    read = read_value(field, value)
    if not fits(read, get_type_hints(Engagement)[field]):
        raise CorrectionError(f"{value!r} is no value of the field {field}")
    if field in _CLOSED:
        _check_code(field, read, frozenset(_CLOSED[field]))
    elif field == "venue_country":
        _check_code(field, read, _codes()["party"] | {None})
    elif field == SOURCES:
        _check_source(read)
    elif field in _BY_FIELD:
        _check_items(field, read)


def fits(value: Any, kind: Any) -> bool:
    """Whether a value is of the type that the models write of it, down to the last item: what a register cannot hold is not.

    A whole number is a float, a boolean is no number, and no number is infinite.
    """
    if is_dataclass(kind) and isinstance(kind, type):
        return type(value) is kind and all(fits(getattr(value, key), of) for key, of in get_type_hints(kind).items())
    of = get_args(kind)
    if get_origin(kind) is tuple:
        kinds = of[:1] * len(value) if isinstance(value, tuple) and of[-1] is Ellipsis else of
        return isinstance(value, tuple) and len(value) == len(kinds) and all(map(fits, value, kinds))
    if of:
        return any(fits(value, one) for one in of)
    if kind is float:
        return type(value) in (int, float) and isfinite(value)
    return type(value) is kind


def _check_source(sources: tuple[Source, ...]) -> None:
    if len(sources) != 1 or not sources[0].article_id:
        raise CorrectionError("the sources of a record are corrected one by one")
    (source,) = sources
    if source.url is not None and not source.url.startswith(("http://", "https://")):
        raise CorrectionError(f"{source.url!r} is no address of the web")
    if source.outlet is not None and not source.outlet.strip():
        raise CorrectionError("an outlet has a name")


def _check_items(field: str, items: tuple[Any, ...]) -> None:
    if field == "parties" and len(set(items)) < max(1, len(items)):
        raise CorrectionError("a record has at least one party, and each once")
    for item in items:
        for name, code, known in _codes_of(field, item):
            _check_code(name, code, known)
        text = getattr(item, "name", item if isinstance(item, str) else "-")
        if not (isinstance(text, str) and text.strip()):
            raise CorrectionError(f"an item of {field} has no name")


def _codes_of(field: str, item: Any) -> list[tuple[str, Any, frozenset[Any]]]:
    """The codes of an item, each with what it is called and what it may be."""
    parties, sectors = _codes()["party"], _codes()["sector"]
    if field == "parties":
        return [("party", item, parties)]
    if isinstance(item, Official):
        return [("rank", item.rank, frozenset(RANKS)), ("country", item.country, parties | {None})]
    if field == "sectors":
        return [("sector", item.code, sectors)]
    if field == "projects":
        return [("sector", item.sector_code, sectors | {None}), ("country", item.country_code, parties | {None})]
    return [("outcome", item.type, frozenset(OUTCOME_TYPES))] if field == "outcomes" else []


def _check_code(name: str, code: Any, known: frozenset[Any]) -> None:
    if not isinstance(code, str | None) or code not in known:
        raise CorrectionError(f"{code!r} is no {name} of the codebook")
