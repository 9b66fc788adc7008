"""Exports: engagements in, the bytes of one file out. `FORMATS` has one writer a format."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from extract.models import Engagement
from extract.write.geojson import write_geojson
from extract.write.plover import write_plover
from extract.write.records import write_jsonl
from extract.write.tables import write_csv, write_parquet, write_xlsx

__all__ = ["FORMATS", "Writer"]

Writer = Callable[[Sequence[Engagement]], bytes]

FORMATS: Mapping[str, Writer] = {
    "jsonl": write_jsonl,
    "csv": write_csv,
    "xlsx": write_xlsx,
    "parquet": write_parquet,
    "geojson": write_geojson,
    "plover": write_plover,
}
