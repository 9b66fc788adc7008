"""The words of records as an index: for each word, the numbers of the records that are found by it.

A word that is sought is found inside words, as it was inside the whole text: folded words hold no blanks, so that what
stands in a text stands in one of its words. The list of words is short beside the texts; what stands in it is looked up.
The index is built on disk: some records at a time are turned over into words, and the parts merged word by word.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from heapq import merge
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

# Pairs of a word and a record that are held before they are laid down.
_HELD = 1_000_000
# Words read at a time of each part, and written at a time to the register.
_READ, _WRITTEN = 1_000, 5_000
# Words fetched together when one is sought, and records looked at together: one word may be of a million.
_ROWS, _SOUGHT = 64, 2**18
# Half the size that DuckDB's own compression gives, which besides unpacks 2,048 words to read one.
_LEVEL = 1
_NO_GAPS = zlib.compress(b"", _LEVEL)
_PART = pa.schema([("word", pa.string()), ("records", pa.list_(pa.int32()))])
_WIDTHS = (np.uint8, np.uint16, np.uint32)

Numbers = NDArray[Any]
Row = tuple[str, int, int, bytes]


class WordIndexWriter:
    """Takes the words of records, in any order of their numbers, and fills the table `word`."""

    def __init__(self, folder: Path) -> None:
        """Parts are laid down in `folder`, which must be there."""
        self._folder = folder
        self._words: dict[str, list[int]] = {}
        self._held = 0
        self._parts: list[Path] = []

    def add(self, number: int, text: str) -> None:
        """Add a record, by its number and all that it is found by, folded for search."""
        words = set(text.split())
        for word in words:
            self._words.setdefault(word, []).append(number)
        self._held += len(words)
        if self._held >= _HELD:
            self._lay_down()

    def _lay_down(self) -> None:
        path = self._folder / f"words-{len(self._parts)}.parquet"
        words = sorted(self._words)
        table = pa.table([words, [self._words[word] for word in words]], schema=_PART)
        pq.write_table(table, path, row_group_size=_READ, compression="zstd", compression_level=1)
        self._parts.append(path)
        self._words, self._held = {}, 0

    def fill(self, connection: duckdb.DuckDBPyConnection, numbers: Numbers) -> None:
        """Fill the table `word`; `numbers` gives the number in the register of each record by that under which it came."""
        if self._held:
            self._lay_down()
        # Where a word is in two parts, the order of these does not matter: its records are sorted.
        told = merge(*map(_read_part, self._parts), key=itemgetter(0))
        same = ((word, [records for _, records in group]) for word, group in groupby(told, key=itemgetter(0)))
        write_words(connection, ((word, numbers[np.concatenate(records)]) for word, records in same))


def _read_part(path: Path) -> Iterator[tuple[str, Numbers]]:
    with pq.ParquetFile(path, pre_buffer=False) as part:
        for batch in part.iter_batches(batch_size=_READ):
            words, lists = batch.column(0).to_pylist(), batch.column(1)
            ends, records = lists.offsets.to_numpy(), lists.values.to_numpy()
            for at, word in enumerate(words):
                yield word, records[ends[at] : ends[at + 1]]


def write_words(
    connection: duckdb.DuckDBPyConnection, words: Iterable[tuple[str, Numbers]], table: str = "word"
) -> None:
    """Fill the table `word`, or another like it, with words, each once, and the numbers of their records."""
    rows: list[Row] = []
    for word, numbers in words:
        rows.append((word, *_pack(numbers)))
        if len(rows) >= _WRITTEN:
            _insert(connection, rows, table)
    _insert(connection, rows, table)


def _insert(connection: duckdb.DuckDBPyConnection, rows: list[Row], table: str) -> None:
    if rows:
        kinds = (pa.string(), pa.int32(), pa.int8(), pa.binary())
        columns = [pa.array(values, type=kind) for values, kind in zip(zip(*rows, strict=True), kinds, strict=True)]
        connection.register("words_now", pa.table(columns, names=["word", "first", "width", "gaps"]))
        connection.execute(f"insert into {table} from words_now")
        connection.unregister("words_now")
        rows.clear()


def _pack(numbers: Numbers) -> tuple[int, int, bytes]:
    """The least number, the bytes that each gap takes, and the gaps to the numbers after it, compressed."""
    if len(numbers) == 1:  # a quarter of the pool's words
        return int(numbers[0]), 1, _NO_GAPS
    ordered = np.sort(numbers)
    gaps = np.diff(ordered)
    widest = int(gaps.max(initial=0))
    kind = next(kind for kind in _WIDTHS if widest <= np.iinfo(kind).max)
    packed = zlib.compress(gaps.astype(kind).tobytes(), _LEVEL)
    return int(ordered[0]), np.dtype(kind).itemsize, packed


def find_word(connection: duckdb.DuckDBPyConnection, word: str, records: int, table: str = "word") -> NDArray[np.bool_]:
    """The records, of so many, in one of whose words `word` stands, folded for search: a mask by record number."""
    found = np.zeros(records, dtype=bool)
    with connection.cursor() as cursor:
        cursor.execute(f"select first, width, gaps from {table} where contains(word, $word)", {"word": word})
        while rows := cursor.fetchmany(_ROWS):
            for numbers in unpack(rows):
                found[numbers] = True
    return found


def unpack(rows: Iterable[tuple[int, int, bytes]]) -> Iterator[Numbers]:
    """The numbers of rows of the table `word` (`first`, `width`, `gaps`), those of many words at once, in no order."""
    held: dict[int, list[tuple[int, bytes]]] = {}
    for first, width, packed in rows:
        same = held.setdefault(width, [])
        same.append((first, zlib.decompress(packed)))
        if sum(len(gaps) for _, gaps in same) >= _SOUGHT * width:
            yield _sum_up(held.pop(width), width)
    for width, same in held.items():
        yield _sum_up(same, width)


def _sum_up(rows: list[tuple[int, bytes]], width: int) -> Numbers:
    """The numbers of rows of one width: as if each row's gaps were summed up from its first number."""
    firsts = np.array([first for first, _ in rows], dtype=np.int64)
    many = np.array([len(gaps) // width for _, gaps in rows])
    gaps = np.frombuffer(b"".join(gaps for _, gaps in rows), dtype=f"<u{width}")
    sums = np.concatenate([[0], np.cumsum(gaps, dtype=np.int64)])
    before = sums[np.cumsum(many) - many]
    return np.concatenate([firsts, sums[1:] + np.repeat(firsts - before, many)])
