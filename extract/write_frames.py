"""Tables that are too large to hold, written to a file frame by frame: CSV, XLSX, JSON Lines and Parquet.

Each file is what `write_table` makes of the whole table at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from extract.write_table import Cell, Notes, frame_columns, table_to_jsonl, write_csv_rows, write_xlsx_rows

FrameWriter = Callable[[Path, Iterator[pd.DataFrame], bool, Notes], None]


def write_frames(ending: str, path: Path, frames: Iterable[pd.DataFrame], *, right_to_left: bool, notes: Notes) -> None:
    """Write frames of the same columns, at least one of them, as one file of the kind that `ending` names."""
    FRAME_WRITERS[ending](path, iter(frames), right_to_left, notes)


def _write_csv(path: Path, frames: Iterator[pd.DataFrame], _: bool, __: Notes) -> None:
    names, rows = _flatten(frames)
    with path.open("wb") as out:
        write_csv_rows(names, rows, out)


def _write_xlsx(path: Path, frames: Iterator[pd.DataFrame], right_to_left: bool, notes: Notes) -> None:
    names, rows = _flatten(frames)
    with path.open("wb") as out:
        write_xlsx_rows(names, rows, out, right_to_left=right_to_left, notes=notes)


def _write_jsonl(path: Path, frames: Iterator[pd.DataFrame], _: bool, __: Notes) -> None:
    with path.open("wb") as out:
        out.writelines(map(table_to_jsonl, frames))


def _write_parquet(path: Path, frames: Iterator[pd.DataFrame], _: bool, __: Notes) -> None:
    first = next(frames)
    schema = pa.schema(list(zip(map(str, first.columns), map(_kind_of, frame_columns(first)), strict=True)))
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        for frame in chain([first], frames):
            columns = zip(frame_columns(frame), schema.types, strict=True)
            writer.write_table(pa.table([pa.array(cells, type=kind) for cells, kind in columns], schema=schema))


FRAME_WRITERS: dict[str, FrameWriter] = {
    "csv": _write_csv,
    "xlsx": _write_xlsx,
    "jsonl": _write_jsonl,
    "parquet": _write_parquet,
}


def _flatten(frames: Iterator[pd.DataFrame]) -> tuple[list[str], Iterator[Sequence[Cell]]]:
    """The names of the columns, and the rows of all frames."""
    first = next(frames)
    rows = (row for frame in chain([first], frames) for row in zip(*frame_columns(frame), strict=True))
    return [str(name) for name in first.columns], rows


def _kind_of(cells: Sequence[Any]) -> pa.DataType:
    """The type of a column by its first rows: where they are all empty it is one of texts, whole numbers may yet be others."""
    kind = pa.array(cells).type
    if pa.types.is_null(kind):
        return pa.string()
    if pa.types.is_list(kind) and pa.types.is_null(kind.value_type):
        return pa.list_(pa.string())
    return pa.float64() if pa.types.is_integer(kind) else kind
