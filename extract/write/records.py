"""The codebook's record as a JSON object, and engagements as JSON Lines of it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from typing import Any, BinaryIO

from extract.models import Engagement

# Fields that stand in the record as they are in `Engagement`, in the codebook's order around the lists.
_HEAD = (
    "engagement_id", "role", "type", "status", "parties",
    "date_start", "date_end", "date_precision", "date_basis", "date_words",
    "venue_country", "venue_city", "venue_city_en", "officials",
)  # fmt: skip
_TAIL = ("projects", "amounts", "outcomes", "summary", "summary_en", "evidence", "blanks", "confidence")

# The codebook's short names for fields of the lists that have longer ones in `models`.
_SHORT = {"sector_code": "sector", "country_code": "country"}


def to_record(engagement: Engagement) -> dict[str, Any]:
    """The engagement with the codebook's field names; dates stay dates, tuples become lists.

    `sectors` are the core ones, `sectors_context` those of the writer's background only.
    """
    values = {name: _plain(value) for name, value in asdict(engagement).items()}
    core: dict[bool, list[dict[str, str]]] = {True: [], False: []}
    for sector in engagement.sectors:
        core[sector.is_core].append({"code": sector.code})
    return {
        **{name: values[name] for name in _HEAD},
        "sectors": core[True],
        "sectors_context": core[False],
        **{name: values[name] for name in _TAIL},
        "field_confidence": dict(engagement.field_confidence),
        "sources": values["sources"],
        "disagreements": values["disagreements"],
    }


def write_jsonl(engagements: Iterable[Engagement], out: BinaryIO) -> None:
    """One record a line, UTF-8, dates in ISO 8601."""
    write_json_lines(map(to_record, engagements), out)


def write_json_lines(records: Iterable[Any], out: BinaryIO) -> None:
    """Any records as JSON Lines."""
    for record in records:
        out.write(f"{to_json(record)}\n".encode())


def to_json(value: Any) -> str:
    """JSON with the letters as they are and dates in ISO 8601."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False, default=date.isoformat)


def _plain(value: Any) -> Any:
    match value:
        case dict():
            return {_SHORT.get(name, name): _plain(item) for name, item in value.items()}
        case list() | tuple():
            return [_plain(item) for item in value]
        case _:
            return value
