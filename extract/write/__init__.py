"""Exports: engagements in, one file out, written as they come. `FORMATS` has one writer a format."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Mapping
from typing import BinaryIO

from extract.models import Engagement
from extract.write.geojson import write_geojson
from extract.write.package import write_package
from extract.write.plover import write_plover
from extract.write.records import write_jsonl
from extract.write.tables import write_csv, write_parquet, write_xlsx

__all__ = ["FORMATS", "Writer", "to_bytes", "write_package"]

Writer = Callable[[Iterable[Engagement], BinaryIO], None]

FORMATS: Mapping[str, Writer] = {
    "jsonl": write_jsonl,
    "csv": write_csv,
    "xlsx": write_xlsx,
    "parquet": write_parquet,
    "geojson": write_geojson,
    "plover": write_plover,
}


def to_bytes(format_: str, engagements: Iterable[Engagement]) -> bytes:
    """The file of a format, in memory: for few records."""
    out = io.BytesIO()
    FORMATS[format_](engagements, out)
    return out.getvalue()
