"""Rows of numbers sorted within a bound of memory: few in memory, more on disk by DuckDB."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from extract.store import OFFLINE

# Rows that are held; and what DuckDB may take to sort those on disk, before it spills there too.
_HELD = 500_000
_MEMORY = "150MB"
_READ_AT_A_TIME = 50_000

Columns = tuple[np.ndarray, ...]


class Sorter:
    """Takes rows in any order, some at a time, and gives them sorted by all columns, each row once."""

    def __init__(self, folder: Path, name: str) -> None:
        self._folder, self._name = folder, name
        self._held: list[Columns] = []
        self._rows = 0
        self._writer: pq.ParquetWriter | None = None

    def add(self, *columns: np.ndarray) -> None:
        """Take rows, as one array a column."""
        self._held.append(columns)
        self._rows += len(columns[0])
        if self._rows >= _HELD:
            self._spill()

    def batches(self) -> Iterator[Columns]:
        """All rows, in order; to be asked for once."""
        if self._writer:
            self._spill()
            self._writer.close()
            yield from self._sorted_on_disk()
        elif self._held:
            yield self._take()

    def _take(self) -> Columns:
        """The rows that are held, each once and sorted, which are then no longer held."""
        columns = [np.concatenate(parts) for parts in zip(*self._held, strict=True)]
        self._held, self._rows = [], 0
        order = np.lexsort(columns[::-1])
        columns = [column[order] for column in columns]
        is_new = np.ones(len(order), dtype=bool)
        is_new[1:] = np.any([column[1:] != column[:-1] for column in columns], axis=0)
        return tuple(column[is_new] for column in columns)

    def _spill(self) -> None:
        if self._held:
            columns = self._take()
            table = pa.table({f"c{number}": column for number, column in enumerate(columns)})
            if self._writer is None:
                self._writer = pq.ParquetWriter(self._folder / f"{self._name}.parquet", table.schema)
            self._writer.write_table(table)

    def _sorted_on_disk(self) -> Iterator[Columns]:
        given, out = self._folder / f"{self._name}.parquet", self._folder / f"{self._name}.sorted.parquet"
        spilled = str(self._folder / self._name)
        limits: dict[str, str | bool | int | float | list[str]] = {
            "memory_limit": _MEMORY,
            "threads": 1,
            "temp_directory": spilled,
        }
        with duckdb.connect(config=OFFLINE | limits) as connection:
            connection.execute(
                f"copy (select distinct * from '{_quoted(given)}' order by all) "
                f"to '{_quoted(out)}' (format parquet, row_group_size {_READ_AT_A_TIME})"
            )
        given.unlink()
        with pq.ParquetFile(out) as file:
            for batch in file.iter_batches(_READ_AT_A_TIME):
                yield tuple(column.to_numpy() for column in batch.columns)
        out.unlink()


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
