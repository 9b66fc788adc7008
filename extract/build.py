"""Builds a register: articles and engagements, one at a time, into a new DuckDB file.

A register is never changed in place: `build_store` writes a new file, and its caller renames that over the old one. Rows
are first laid down as Parquet files beside it, in the order in which they come; DuckDB then sorts and numbers them within
a bound of memory, so that a million records need no more of it than a hundred thousand.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from extract.errors import StoreError
from extract.models import Article, Engagement, Label, Merge, Refusal
from extract.rows import LISTS, PLAIN_FIELDS, values_of
from extract.search import fold_for_search
from extract.store import OFFLINE, SCHEMA_VERSION, UNMERGED
from extract.word_index import WordIndexWriter

_SCHEMA = Path(__file__).with_name("schema.sql")
# The tables of records: they are there twice, as they are shown and as they were before some were merged.
_TABLES = ("engagement", *(part.table for part in LISTS))
# DuckDB spills to disk beyond this.
_MEMORY = "200MB"
_THREADS = 2
# Rows of texts are wide; those of the other tables are not.
_WIDE = {"article": 1_000, "engagement": 1_000}
_NARROW = 5_000
# Articles whose words a record is found by: the others' tell of the same, and a hundred copies of a report take their time.
TEXTS_SEARCHED = 3
# The order of `store_order`.
_NUMBERING = """
create or replace temp table numbering as
select engagement_no as arrived,
    row_number() over (order by date_start is null, date_start, engagement_id) - 1 as engagement_no
from {staged}
"""
# Rows with texts stay in the order in which they came: sorted or joined by DuckDB, they do not fit its bound.
_ENGAGEMENTS = """
insert into {table}
select n.engagement_no, e.* exclude (engagement_no) from {staged} e join numbering n on e.engagement_no = n.arrived
"""
_LIST = """
insert into {table}
select n.engagement_no, t.* exclude (engagement_no)
from {staged} t join numbering n on t.engagement_no = n.arrived
order by n.engagement_no, t.position
"""


def build_store(
    path: Path,
    *,
    articles: Iterable[Article],
    engagements: Iterable[Engagement],
    unmerged: Iterable[Engagement] = (),
    merges: Iterable[Merge] = (),
    refusals: Iterable[Refusal] = (),
    labels: Iterable[Label] = (),
    meta: Mapping[str, str] | None = None,
) -> None:
    """Write a new register to `path`, which must not exist: records in the order of `store_order`.

    `unmerged` are the articles' own records that `merges` says were merged into others; pages do not see them.
    Articles, then records, are taken one at a time, in any order; none are kept. Every article that a record names as a
    source should be among `articles`; the texts of the first three are what the record is found by. Raises StoreError
    where two records or articles share an id, a record has no source, or the file cannot be written.
    """
    if path.exists():
        raise StoreError(f"{path} is there already: a register is built beside the old one")
    try:
        with (
            TemporaryDirectory(prefix=f"{path.name}.", dir=path.parent, ignore_cleanup_errors=True) as folder,
            duckdb.connect(path, config=OFFLINE | _limits(folder)) as connection,
        ):
            connection.execute(_SCHEMA.read_text(encoding="utf-8"))
            connection.execute(f"create schema {UNMERGED}")
            for table in _TABLES:
                connection.execute(f"create table {UNMERGED}.{table} as from {table}")
            with _Stage(connection, Path(folder)) as stage:
                names, index = list(labels), WordIndexWriter(Path(folder))
                with _Texts(Path(folder) / "texts.sqlite") as texts:
                    for article in articles:
                        stage.add("article", _article_row(article))
                        texts.add(article)
                    found_by = _FoundBy(_party_names(names), texts, index)
                    _stage_records(stage, engagements, found_by)
                    _stage_records(stage, unmerged, None, f"{UNMERGED}.")
                stage.add_all("merge", map(_merge_row, merges))
                stage.add_all("label", map(values_of(Label), names))
                stage.add_all("refusal", map(values_of(Refusal), refusals))
                stage.add_all("meta", ({"schema_version": SCHEMA_VERSION} | dict(meta or {})).items())
            index.fill(connection, stage.fill())
    except (duckdb.Error, sqlite3.Error, pa.ArrowException, OSError, StoreError) as error:
        for left in (path, path.with_name(f"{path.name}.wal")):
            left.unlink(missing_ok=True)
        if isinstance(error, StoreError):
            raise
        raise StoreError(f"the register cannot be written to {path}: {error}") from error


def _limits(folder: str) -> dict[str, str | bool | int | float | list[str]]:
    return {"memory_limit": _MEMORY, "threads": _THREADS, "temp_directory": f"{folder}/sorting"}


class _Texts:
    """Article texts folded for search, kept on disk by id until the records that they tell of come."""

    def __init__(self, path: Path) -> None:
        self._texts = sqlite3.connect(path, isolation_level=None)
        self._texts.executescript("""
            pragma journal_mode = off; pragma synchronous = off; pragma cache_size = -16384;
            create table text (id text not null, folded text not null); create unique index by_id on text (id);
        """)

    def __enter__(self) -> _Texts:
        return self

    def __exit__(self, *_: object) -> None:
        self._texts.close()

    def add(self, article: Article) -> None:
        """Keep the text of an article; of two with one id, which the register refuses, the first."""
        row = (article.article_id, fold_for_search(article.text))
        self._texts.execute("insert or ignore into text values (?, ?)", row)

    def find(self, article_id: str) -> str:
        """The text of an article; empty where there is none."""
        row = self._texts.execute("select folded from text where id = ?", (article_id,)).fetchone()
        return str(row[0]) if row else ""


class _Stage:
    """Rows on their way into the register: one Parquet file a table, written in the order in which rows come."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
        self._connection = connection
        self._folder = folder
        found = connection.execute("select schema_name, table_name from duckdb_tables() where not temporary").fetchall()
        tables = [table if schema == "main" else f"{schema}.{table}" for schema, table in found]
        self._schemas = {table: connection.table(table).limit(0).to_arrow_table().schema for table in tables}
        self._rows: dict[str, list[tuple[Any, ...]]] = {table: [] for table in self._schemas}
        self._writers = {
            table: pq.ParquetWriter(self._path(table), schema, compression="zstd", compression_level=1)
            for table, schema in self._schemas.items()
        }

    def __enter__(self) -> _Stage:
        return self

    def __exit__(self, *_: object) -> None:
        try:
            for table in self._rows:
                self._flush(table)
        finally:
            for writer in self._writers.values():
                writer.close()

    def _path(self, table: str) -> Path:
        return self._folder / f"{table}.parquet"

    def add(self, table: str, row: tuple[Any, ...]) -> None:
        """Add one row, its values in the order of the table's columns."""
        rows = self._rows[table]
        rows.append(row)
        if len(rows) >= _WIDE.get(table, _NARROW):
            self._flush(table)

    def add_all(self, table: str, rows: Iterable[tuple[Any, ...]]) -> None:
        """Add rows one at a time."""
        for row in rows:
            self.add(table, row)

    def _flush(self, table: str) -> None:
        if rows := self._rows[table]:
            schema = self._schemas[table]
            columns = [
                pa.array(values, type=kind) for values, kind in zip(zip(*rows, strict=True), schema.types, strict=True)
            ]
            self._writers[table].write_table(pa.table(columns, schema=schema))
            rows.clear()

    def fill(self) -> NDArray[np.int32]:
        """Move all rows into the tables, records numbered in their order; give the number of each by when it came."""
        staged = {table: f"read_parquet('{self._quoted(table)}')" for table in self._schemas}
        for table in ("meta", "label", "refusal", "merge", "article"):
            self._connection.execute(f"insert into {table} from {staged[table]}")
        numbers = np.zeros(0, np.int32)
        for schema in (f"{UNMERGED}.", ""):
            records, *lists = (f"{schema}{table}" for table in _TABLES)
            self._connection.execute(_NUMBERING.format(staged=staged[records]))
            found = self._connection.execute("select engagement_no from numbering order by arrived").fetchnumpy()
            numbers = np.asarray(found["engagement_no"]).astype(np.int32)
            self._connection.execute(_ENGAGEMENTS.format(table=records, staged=staged[records]))
            for table in lists:
                self._connection.execute(_LIST.format(table=table, staged=staged[table]))
        return numbers

    def _quoted(self, table: str) -> str:
        return str(self._path(table)).replace("'", "''")


def _party_names(labels: Iterable[Label]) -> dict[str, str]:
    return {label.code: f"{label.name_ar} {label.name_en}" for label in labels if label.kind == "party"}


@dataclass(frozen=True, slots=True)
class _FoundBy:
    """What the words of a record are taken from, and where they go."""

    party_names: Mapping[str, str]
    texts: _Texts
    index: WordIndexWriter

    def add(self, number: int, engagement: Engagement) -> None:
        """Index a record under its number."""
        told = (self.texts.find(one.article_id) for one in engagement.sources[:TEXTS_SEARCHED])
        self.index.add(number, " ".join((write_search_text(engagement, self.party_names), *told)))


def _stage_records(
    stage: _Stage, engagements: Iterable[Engagement], found_by: _FoundBy | None, schema: str = ""
) -> None:
    """Lay down records; those without `found_by` are found by no words."""
    for number, engagement in enumerate(engagements):
        if not engagement.sources:
            raise StoreError(f"record {engagement.engagement_id} names no source")
        plain = (getattr(engagement, field) for field in PLAIN_FIELDS)
        first = engagement.sources[0].article_id
        if found_by:
            found_by.add(number, engagement)
        stage.add(f"{schema}engagement", (number, *plain, first))
        for part in LISTS:
            for position, item in enumerate(getattr(engagement, part.field)):
                stage.add(f"{schema}{part.table}", (number, position, *part.to_row(item)))


def _article_row(article: Article) -> tuple[Any, ...]:
    return (article.article_id, article.title, article.text, article.outlet, article.url, article.published)


def _merge_row(merge: Merge) -> tuple[Any, ...]:
    return (merge.engagement_id, merge.member_id, merge.joined_id, merge.score, json.dumps(dict(merge.signals)))


def write_search_text(engagement: Engagement, party_names: Mapping[str, str]) -> str:
    """All but its article's text that a reader may look a record up by: its names in Arabic and Latin."""
    people = (f"{one.name} {one.name_canonical} {one.name_latin} {one.title or ''}" for one in engagement.officials)
    places = (engagement.venue_city or "", engagement.venue_city_en or "")
    parts = (
        *(source.title for source in engagement.sources),
        engagement.summary,
        engagement.summary_en,
        *(party_names.get(code, code) for code in engagement.parties),
        *people,
        *places,
        *(project.name for project in engagement.projects),
    )
    return fold_for_search(" ".join(parts))
