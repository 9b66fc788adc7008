"""The description that goes beside an export: a Frictionless Data Package with the codebook's fields, types and units."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from extract.models import BASES, OUTCOME_TYPES, PRECISIONS, RANKS, ROLES, STATUSES, TYPES
from extract.write.tables import COLUMNS, SCHEMA
from extract.write_table import LIST_SEPARATOR

_MEDIA = {
    "jsonl": ("application/x-ndjson", "utf-8"),
    "csv": ("text/csv", "utf-8"),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", None),
    "parquet": ("application/vnd.apache.parquet", None),
    "geojson": ("application/geo+json", "utf-8"),
    "plover": ("application/x-ndjson", "utf-8"),
}
# What the resource itself is called in the package: the format's own name says more than the file's ending.
_FORMATS = {"plover": "jsonl"}

_PARTY = "ISO 3166-1 alpha-3, or an organisation's code"
_SECTOR = "sector code of the codebook"
# By field of the record: what it is, its unit or vocabulary, its closed list.
_FIELDS: dict[str, tuple[str, str | None, tuple[str, ...]]] = {
    "engagement_id": ("stable id of the record", None, ()),
    "role": ("main: what the article is about; background: what it recalls or announces", None, ROLES),
    "type": ("what kind of engagement it is", "codebook, Types", TYPES),
    "status": ("whether it was held, is planned or was cancelled", None, STATUSES),
    "parties": ("who took part", _PARTY, ()),
    "date_start": ("first day", "ISO 8601", ()),
    "date_end": ("last day, inclusive", "ISO 8601", ()),
    "date_precision": ("how exact the date is; a blank date is unknown", None, PRECISIONS),
    "date_basis": ("what the date rests on", None, BASES),
    "date_words": ("the words of the date, as written", None, ()),
    "venue_country": ("country where it took place", _PARTY, ()),
    "venue_city": ("city where it took place, in Arabic", None, ()),
    "venue_city_en": ("the city in English", None, ()),
    "officials": ("persons who took part", None, ()),
    "officials_name_latin": ("their names in Latin letters", None, ()),
    "officials_title": ("their titles, as written", None, ()),
    "officials_rank": ("their ranks", " ".join(RANKS), ()),
    "officials_country": ("whose officials they are", _PARTY, ()),
    "officials_institution": ("their institutions", None, ()),
    "sectors": ("core sectors: discussed, agreed on or worked in together", _SECTOR, ()),
    "sectors_context": ("sectors of the writer's background only", _SECTOR, ()),
    "projects": ("named projects", None, ()),
    "projects_sector": ("the sector of each project", _SECTOR, ()),
    "projects_country": ("the country of each project", _PARTY, ()),
    "amounts": ("quantities, each with its unit, what it measures, and growth in per cent", "ISO 4217 or a unit", ()),
    "amounts_value": ("the values of the amounts, in amounts_unit", None, ()),
    "amounts_unit": ("the units of the amounts", "ISO 4217 or an English singular", ()),
    "amounts_measures": ("what the amounts measure", None, ()),
    "amounts_growth": ("growth of the amounts", "per cent", ()),
    "outcomes": ("what came of it, in the article's words", None, ()),
    "outcomes_type": ("the type of each outcome", " ".join(OUTCOME_TYPES), ()),
    "summary": ("the article's sentence that states it best, verbatim", None, ()),
    "summary_en": ("an English line made from the fields", None, ()),
    "evidence": ("the words that each value rests on; start and end are half-open", "code points of the article", ()),
    "blanks": ("why a field is empty", None, ()),
    "confidence": ("share of such records that are right", "0 to 1", ()),
    "field_confidence": ("the same by field", "0 to 1", ()),
    "sources": ("the articles that report it", None, ()),
    "article_id": ("ids of the articles that report it", None, ()),
    "title": ("headlines of the articles", None, ()),
    "outlet": ("outlets of the articles", None, ()),
    "url": ("addresses of the articles", None, ()),
    "published": ("publication dates of the articles, where they can be trusted", "ISO 8601", ()),
    "disagreements": ("what the articles say differently: field, value, article", None, ()),
    "country": ("the party at whose label point the feature stands", _PARTY, ()),
}
_GEOJSON = (
    "engagement_id", "country", "parties", "role", "type", "status", "date_start", "date_end", "date_precision",
    "venue_country", "sectors", "officials", "summary", "summary_en", "confidence", "article_id",
)  # fmt: skip
_PLOVER: dict[str, tuple[str, str]] = {
    "id": ("string", "stable id of the record"),
    "date": ("date", "first day, ISO 8601"),
    "enddate": ("date", "last day, ISO 8601"),
    "date_precision": ("string", "how exact the date is"),
    "source": ("array", "actors: code is ISO 3166-1 alpha-3, or IGO with the organisation's code as identifier_id"),
    "recipient": ("array", "the host of a visit, as source"),
    "event": ("array", "PLOVER event type"),
    "cameo": ("string", "CAMEO code; one that the codebook gives as a group is its root with a zero"),
    "mode": ("array", "PLOVER mode"),
    "context": ("array", "PLOVER contexts of the core sectors and the status"),
    "status": ("string", "held, planned or cancelled"),
    "quad_code": ("integer", "1 verbal cooperation, 2 material cooperation"),
    "event_loc": ("object", "name, asciiname, cc3: city in Arabic, in English, country"),
    "event_text": ("array", "the English line"),
    "cite_info": ("object", "the first article: id, title, address, outlet"),
}
_NUMBERS = ("confidence",)
_DATES = ("date_start", "date_end")
_REQUIRED = ("engagement_id", "role", "type", "status", "date_precision", "date_basis", "confidence")


def write_package(path: Path, format_: str) -> Path:
    """Describe the export at `path` in `NAME.datapackage.json` beside it, and return where that is."""
    beside = path.with_name(f"{path.name}.datapackage.json")
    text = json.dumps(to_package(path.name, format_), ensure_ascii=False, indent=2)
    beside.write_text(f"{text}\n", encoding="utf-8")
    return beside


def to_package(file_name: str, format_: str) -> dict[str, Any]:
    """The Data Package (specification 1) of one exported file; `file_name` is its path from the package."""
    media, encoding = _MEDIA[format_]
    resource: dict[str, Any] = {
        "name": re.sub(r"[^a-z0-9._-]+", "-", file_name.lower()),
        "path": file_name,
        "format": _FORMATS.get(format_, format_),
        "mediatype": media,
        "schema": {"fields": _fields(format_), "missingValues": [""]},
    }
    if encoding:
        resource["encoding"] = encoding
    if format_ in ("csv", "xlsx"):
        resource["profile"] = "tabular-data-resource"
        resource["schema"]["primaryKey"] = ["engagement_id"]
    return {
        "profile": "data-package",
        "name": "rawabit-engagements",
        "title": "Diplomatic engagements read out of Arabic news, with their evidence",
        "resources": [resource],
    }


def _fields(format_: str) -> list[dict[str, Any]]:
    if format_ == "plover":
        return [{"name": name, "type": kind, "description": text} for name, (kind, text) in _PLOVER.items()]
    if format_ in ("jsonl", "parquet"):
        return [_field(name, _nested_type(name)) for name in SCHEMA.names]
    names = _GEOJSON if format_ == "geojson" else tuple(COLUMNS)
    return [_field(name, _plain_type(name), is_joined=True) for name in names]


def _field(name: str, kind: str, *, is_joined: bool = False) -> dict[str, Any]:
    text, unit, values = _FIELDS[name]
    if is_joined and kind == "string" and (name not in SCHEMA.names or _nested_type(name) == "array"):
        text += f"; several are joined with '{LIST_SEPARATOR}', in step with each other"
    field: dict[str, Any] = {"name": name, "type": kind, "description": text}
    if unit:
        field["unit"] = unit
    constraints: dict[str, Any] = {"enum": list(values)} if values else {}
    if name in _REQUIRED:
        constraints["required"] = True
    return field | ({"constraints": constraints} if constraints else {})


def _plain_type(name: str) -> str:
    return "date" if name in _DATES else "number" if name in _NUMBERS else "string"


def _nested_type(name: str) -> str:
    kind = str(SCHEMA.field(name).type)
    return "array" if kind.startswith("list") else "object" if kind.startswith("map") else _plain_type(name)
