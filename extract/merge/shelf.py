"""The sketches of a run on disk, in one order and found by their place in it."""

from __future__ import annotations

import pickle
import sqlite3
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import fields
from functools import lru_cache
from operator import attrgetter
from pathlib import Path

from extract.merge.sketches import Sketch

_SCHEMA = """
pragma journal_mode = off; pragma synchronous = off; pragma cache_size = -16384; pragma temp_store = file;
create table arrived (published integer, article_id text, engagement_id text, signature blob, body blob);
create table sketch (at integer primary key, engagement_id text, signature blob, body blob);
begin;
"""
# The order of `published`, then of ids: a group is named by its first, so that a later article moves no name.
_ORDER = """
insert into sketch
select row_number() over (order by published, article_id, engagement_id) - 1, engagement_id, signature, body
from arrived order by published, article_id, engagement_id;
drop table arrived;
"""
_SKETCHES_HELD = 8_192
_values = attrgetter(*(field.name for field in fields(Sketch)))


class Shelf:
    """Sketches in the order of their articles' days; `shelf[at]` is the one at a place."""

    def __init__(self, folder: Path, sketches: Iterable[Sketch]) -> None:
        self._rows = sqlite3.connect(folder / "sketches.sqlite", isolation_level=None)
        self._rows.executescript(_SCHEMA)
        rows = (
            (one.published, one.article_id, one.engagement_id, one.signature, pickle.dumps(_values(one)))
            for one in sketches
        )
        self._rows.executemany("insert into arrived values (?, ?, ?, ?, ?)", rows)
        self._rows.executescript(_ORDER)
        (self._count,) = self._rows.execute("select count(*) from sketch").fetchone()
        self._find = lru_cache(_SKETCHES_HELD)(self._read)

    def __enter__(self) -> Shelf:
        return self

    def __exit__(self, *_: object) -> None:
        self._rows.close()

    def __len__(self) -> int:
        return int(self._count)

    def __getitem__(self, at: int) -> Sketch:
        return self._find(at)

    def __iter__(self) -> Iterator[Sketch]:
        for (body,) in self._rows.execute("select body from sketch order by at"):
            yield Sketch(*pickle.loads(body))

    def neighbours(self) -> array[int]:
        """For each place, where its record stands when all are in a row in which copies of one article are side by side."""
        stands = array("i", bytes(4 * len(self)))
        for standing, (at,) in enumerate(self._rows.execute("select at from sketch order by signature, engagement_id")):
            stands[at] = standing
        return stands

    def _read(self, at: int) -> Sketch:
        (body,) = self._rows.execute("select body from sketch where at = ?", (at,)).fetchone()
        return Sketch(*pickle.loads(body))  # a file that this run has written
