"""Tables to articles: CSV and Parquet, a row an article, by the names of their columns."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import IO, Any

import pyarrow as pa
import pyarrow.parquet as pq

from extract.errors import InputError
from extract.models import Article, Refusal
from extract.read.decode import find_encoding
from extract.read.fields import FIELDS, MOST_RECORD_BYTES, article_or_refusal

# A sample to tell the encoding of a table by.
_SAMPLE_BYTES = 1 << 16
_DELIMITERS = (",", ";", "\t")
# Rows of a batch are in memory together, and a dictionary may give each the longest text there may be.
_ROWS_A_BATCH = 32
# Pages of a row group are read in parts of this size; without it a whole row group is held.
_PARQUET_BUFFER_BYTES = 1 << 20


def read_csv(file: IO[bytes], path: str) -> Iterator[Article | Refusal]:
    """A table whose first line names its columns, parted by commas, semicolons or tabs, as spreadsheets write it.

    A row with more or fewer cells than columns is refused. Where a quote is never closed the reader stops: from there
    on nobody can tell a text from a row.
    """
    sample = file.read(_SAMPLE_BYTES)
    encoding = find_encoding(sample, path, is_whole=len(sample) < _SAMPLE_BYTES)
    # A byte that is no text becomes half a character, which refuses its row.
    lines = _Lines(_decoded(file, sample, encoding), path)
    csv.field_size_limit(MOST_RECORD_BYTES)
    first = next(lines, "")
    header, delimiter = max(((_names(first, one), one) for one in _DELIMITERS), key=lambda found: len(found[0]))
    if "text" not in header:
        raise InputError(path, "missing_text", "the table has no column named text")
    number = 0
    try:
        for row in csv.reader(lines, delimiter=delimiter, strict=True):
            lines.left = MOST_RECORD_BYTES
            if not row:
                continue
            number += 1
            if len(row) == len(header):
                yield article_or_refusal(dict(zip(header, row, strict=True)), path, number)
            else:
                detail = f"the row has {len(row)} cells and the table {len(header)} columns"
                yield Refusal(f"{path}#{number}", "bad_row", detail)
    except csv.Error as error:
        raise InputError(path, "damaged", f"a quote is broken after row {number}") from error


class _Lines:
    """The lines of a table, as many characters at a time as one record may have."""

    def __init__(self, text: io.TextIOBase, path: str) -> None:
        self._text, self._path = text, path
        self.left = MOST_RECORD_BYTES

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        try:
            line = self._text.readline(self.left)
        except UnicodeError as error:
            raise InputError(self._path, "damaged", "the table breaks off, or a character of it is broken") from error
        if not line:
            raise StopIteration
        self.left -= len(line)
        if self.left <= 0:
            raise InputError(self._path, "too_large", "a row is too long for one article; no row after it is read")
        return line


def _decoded(file: IO[bytes], sample: bytes, encoding: str) -> io.TextIOBase:
    raw = _Joined(sample, file)
    return io.TextIOWrapper(io.BufferedReader(raw), encoding, errors="surrogateescape", newline="")


class _Joined(io.RawIOBase):
    """A file with the part that was read from it already, before it."""

    def __init__(self, head: bytes, file: IO[bytes]) -> None:
        self._head, self._file = head, file

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        part = self._head[: len(buffer)] or self._file.read(len(buffer))
        self._head = self._head[len(part) :]
        buffer[: len(part)] = part
        return len(part)


def _names(line: str, delimiter: str) -> list[str]:
    """The columns of a first line, those that an article does not have too; none where `text` is not among them."""
    try:
        names = [name.strip().lower() for name in next(csv.reader([line], delimiter=delimiter), [])]
    except csv.Error:
        return []
    return names if "text" in names else []


def read_parquet(file: IO[bytes], path: str) -> Iterator[Article | Refusal]:
    """A Parquet table, part by part of its row groups, of which only the columns that an article has are read."""
    if not file.seekable():
        raise InputError(
            path, "unsupported_format", "a Parquet file is compressed inside; unpack it from its .gz or .zst"
        )
    number = 0
    try:
        with pq.ParquetFile(file, buffer_size=_PARQUET_BUFFER_BYTES, pre_buffer=False) as table:
            columns = [name for name in FIELDS if name in table.schema_arrow.names]
            if "text" not in columns:
                raise InputError(path, "missing_text", "the table has no column named text")
            for batch in table.iter_batches(batch_size=_ROWS_A_BATCH, columns=columns):
                for row in _rows(batch):
                    number += 1
                    yield article_or_refusal(row, path, number)
    except (pa.ArrowException, OSError) as error:
        where = f" after row {number}" if number else ""
        raise InputError(path, "damaged", f"the file is not a whole Parquet file{where}") from error


def _rows(batch: pa.RecordBatch) -> Iterator[dict[str, Any]]:
    try:
        yield from batch.to_pylist()
    except (ValueError, OverflowError, KeyError):
        # A text that is not UTF-8, a day that no calendar has, a time zone that nobody knows.
        for number in range(batch.num_rows):
            yield {name: _cell(batch.column(place)[number]) for place, name in enumerate(batch.schema.names)}


def _cell(cell: pa.Scalar) -> Any:
    """The cell's value; a text that is not UTF-8 with half characters in it; None for what Python cannot hold."""
    try:
        return cell.as_py()
    except UnicodeDecodeError:
        return cell.as_buffer().to_pybytes().decode(errors="surrogateescape")
    except (ValueError, OverflowError, KeyError):
        return None
