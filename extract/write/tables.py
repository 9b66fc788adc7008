"""Engagements as tables: a flat one for spreadsheets, and a nested one (Parquet) that holds the whole record."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from operator import attrgetter
from typing import Any, BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

from extract.models import Engagement
from extract.write.records import to_record
from extract.write_table import Cell, to_cell, write_csv_rows, write_xlsx_rows

# Records of one row group: all that is held at a time.
_RECORDS_A_GROUP = 5_000

Cells = Callable[[Engagement], Any]


def _own(field: str) -> Cells:
    return attrgetter(field)


def _each(items: str, field: str) -> Cells:
    """One field of every item of a list, empty where the item has none, so that the lists of one thing keep step."""

    def cells(one: Engagement) -> list[str]:
        values = [getattr(item, field) for item in getattr(one, items)]
        return [] if all(value is None for value in values) else [_text(value) for value in values]

    return cells


def _sectors(*, is_core: bool) -> Cells:
    return lambda one: [sector.code for sector in one.sectors if sector.is_core is is_core]


def _text(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:.15g}"
    return "" if value is None else str(value)


COLUMNS: Mapping[str, Cells] = {
    **{
        field: _own(field) for field in ("engagement_id", "role", "type", "status", "parties", "date_start", "date_end")
    },
    **{field: _own(field) for field in ("date_precision", "date_basis", "date_words")},
    **{field: _own(field) for field in ("venue_country", "venue_city", "venue_city_en")},
    "officials": _each("officials", "name"),
    "officials_name_latin": _each("officials", "name_latin"),
    "officials_title": _each("officials", "title"),
    "officials_rank": _each("officials", "rank"),
    "officials_country": _each("officials", "country"),
    "officials_institution": _each("officials", "institution"),
    "sectors": _sectors(is_core=True),
    "sectors_context": _sectors(is_core=False),
    "projects": _each("projects", "name"),
    "projects_sector": _each("projects", "sector_code"),
    "projects_country": _each("projects", "country_code"),
    "amounts_value": _each("amounts", "value"),
    "amounts_unit": _each("amounts", "unit"),
    "amounts_measures": _each("amounts", "measures"),
    "amounts_growth": _each("amounts", "growth"),
    "outcomes_type": _each("outcomes", "type"),
    "outcomes": _each("outcomes", "quote"),
    "summary": _own("summary"),
    "summary_en": _own("summary_en"),
    "blanks": lambda one: [f"{blank.field}: {blank.reason}" for blank in one.blanks],
    "confidence": _own("confidence"),
    "article_id": _each("sources", "article_id"),
    "title": _each("sources", "title"),
    "outlet": _each("sources", "outlet"),
    "url": _each("sources", "url"),
    "published": _each("sources", "published"),
    "disagreements": lambda one: [f"{said.field}: {said.value} ({said.article_id})" for said in one.disagreements],
}


def write_csv(engagements: Iterable[Engagement], out: BinaryIO) -> None:
    """One row an engagement, for any spreadsheet; a list is one cell, and lists of one thing keep step."""
    write_csv_rows(list(COLUMNS), to_rows(engagements), out)


def write_xlsx(engagements: Iterable[Engagement], out: BinaryIO) -> None:
    """The same rows on a right-to-left sheet, and further ones where there are more than a sheet holds."""
    write_xlsx_rows(list(COLUMNS), to_rows(engagements), out, right_to_left=True)


def to_rows(engagements: Iterable[Engagement]) -> Iterator[list[Cell]]:
    """The cells of each engagement, in the order of `COLUMNS`."""
    for one in engagements:
        yield [to_cell(cells(one)) for cells in COLUMNS.values()]


def _records(**fields: pa.DataType) -> pa.ListType:
    return pa.list_(pa.struct(list(fields.items())))


_TEXT, _NUMBER, _DATE = pa.string(), pa.float64(), pa.date32()
SCHEMA = pa.schema(
    {
        "engagement_id": _TEXT,
        "role": _TEXT,
        "type": _TEXT,
        "status": _TEXT,
        "parties": pa.list_(_TEXT),
        "date_start": _DATE,
        "date_end": _DATE,
        "date_precision": _TEXT,
        "date_basis": _TEXT,
        "date_words": _TEXT,
        "venue_country": _TEXT,
        "venue_city": _TEXT,
        "venue_city_en": _TEXT,
        "officials": _records(
            name=_TEXT,
            name_canonical=_TEXT,
            name_latin=_TEXT,
            title=_TEXT,
            rank=_TEXT,
            country=_TEXT,
            institution=_TEXT,
        ),
        "sectors": _records(code=_TEXT),
        "sectors_context": _records(code=_TEXT),
        "projects": _records(name=_TEXT, sector=_TEXT, country=_TEXT),
        "amounts": _records(value=_NUMBER, unit=_TEXT, measures=_TEXT, growth=_NUMBER),
        "outcomes": _records(type=_TEXT, quote=_TEXT),
        "summary": _TEXT,
        "summary_en": _TEXT,
        "evidence": _records(
            field=_TEXT, value=_TEXT, article_id=_TEXT, start=pa.int32(), end=pa.int32(), quote=_TEXT, rule=_TEXT
        ),
        "blanks": _records(field=_TEXT, reason=_TEXT),
        "confidence": _NUMBER,
        "field_confidence": pa.map_(_TEXT, _NUMBER),
        "sources": _records(article_id=_TEXT, title=_TEXT, outlet=_TEXT, url=_TEXT, published=_DATE),
        "disagreements": _records(field=_TEXT, value=_TEXT, article_id=_TEXT),
    }
)


def write_parquet(engagements: Iterable[Engagement], out: BinaryIO) -> None:
    """The whole records, nested as in JSON Lines, with real dates and numbers."""
    remaining = iter(engagements)
    with pq.ParquetWriter(out, SCHEMA, compression="zstd") as writer:
        while batch := [to_record(one) for one in islice(remaining, _RECORDS_A_GROUP)]:
            for record in batch:
                record["field_confidence"] = list(record["field_confidence"].items())
            writer.write_table(pa.Table.from_pylist(batch, schema=SCHEMA))
