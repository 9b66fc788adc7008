"""Opens a register with the corrections laid over it: its tables are asked as before, and give what analysts decided.

The register's file is not touched. Rows of corrected records lie in tables in memory, and views put them in the place of
their own: a corrected record keeps its number, one that is hidden leaves a gap, one that is added comes after the last.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import duckdb
import numpy as np

from extract.build import write_search_text
from extract.corrections.anchors import Ground
from extract.corrections.log import CorrectionLog
from extract.corrections.model import Overlay
from extract.corrections.overlay import build_overlay
from extract.models import Engagement
from extract.rows import LISTS, PLAIN_FIELDS
from extract.search import fold_for_search
from extract.store import open_store
from extract.word_index import write_words

_TABLES = ("engagement", *(part.table for part in LISTS))


def open_corrected(store_dir: Path) -> tuple[duckdb.DuckDBPyConnection, Overlay]:
    """The register of a store as it is shown, and what was laid over it; raises StoreError as `open_store` does.

    A table `review` (engagement_no, state) beside the register's holds the records that anyone decided on.
    """
    connection = open_store(store_dir)
    connection.execute("create table review (engagement_no integer not null, state varchar not null)")
    corrections = CorrectionLog(store_dir).read()
    if not corrections:
        return connection, Overlay()
    overlay = build_overlay(Ground(connection), corrections)
    _lay_over(connection, overlay)
    return connection, overlay


def _lay_over(connection: duckdb.DuckDBPyConnection, overlay: Overlay) -> None:
    concerned = [*overlay.records, *overlay.hidden, *overlay.reviews]
    numbers: dict[str, int] = dict(
        connection.execute(
            "select engagement_id, engagement_no from engagement where engagement_id in (select unnest($ids))",
            {"ids": concerned},
        ).fetchall()
    )
    (first_added,) = connection.execute("select coalesce(max(engagement_no), -1) + 1 from engagement").fetchone() or (
        0,
    )
    after = first_added
    connection.execute("create schema laid")
    connection.execute("create table laid.gone (engagement_no integer not null)")
    gone = [(numbers[name],) for name in (*overlay.records, *overlay.hidden) if name in numbers]
    _insert(connection, "laid.gone", gone)
    for table in _TABLES:
        connection.execute(f"create table laid.{table} as from {table} limit 0")
    words: dict[str, list[int]] = {}
    for name, record in overlay.records.items():
        if name not in numbers:
            numbers[name] = after
            after += 1
        _lay(connection, numbers[name], record)
        for word in _list_words(connection, record, is_added=numbers[name] >= first_added):
            words.setdefault(word, []).append(numbers[name])
    connection.execute("create table laid.word as from word limit 0")
    write_words(connection, ((word, np.array(words[word])) for word in sorted(words)), "laid.word")
    connection.execute(
        "create or replace view word as select * from register.main.word union all select * from laid.word"
    )
    for table in _TABLES:
        kept = f"select * from register.main.{table} where engagement_no not in (select engagement_no from laid.gone)"
        connection.execute(f"create or replace view {table} as {kept} union all select * from laid.{table}")
    states = ((numbers[name], state) for name, state in overlay.reviews.items() if name in numbers)
    _insert(connection, "review", states)


def _lay(connection: duckdb.DuckDBPyConnection, number: int, record: Engagement) -> None:
    """Put the rows of one record beside the register's."""
    known = connection.execute("select * from engagement where engagement_no = $number", {"number": number})
    columns = [name for name, *_ in known.description or ()]
    row: dict[str, Any] = dict(zip(columns, known.fetchone() or [None] * len(columns), strict=True))
    row |= {name: getattr(record, name) for name in PLAIN_FIELDS}
    row |= {"engagement_no": number, "article_id": record.sources[0].article_id}
    _insert(connection, "laid.engagement", [tuple(row.values())])
    for part in LISTS:
        items = getattr(record, part.field)
        rows = [(number, position, *part.to_row(item)) for position, item in enumerate(items)]
        _insert(connection, f"laid.{part.table}", rows)


def _list_words(connection: duckdb.DuckDBPyConnection, record: Engagement, *, is_added: bool) -> set[str]:
    """The words that a record is found by beside those of its own that the register has."""
    text = write_search_text(record, _read_names(connection, record.parties))
    if is_added:
        sql = "select text from article where article_id = $id"
        found = connection.execute(sql, {"id": record.sources[0].article_id}).fetchone()
        text = f"{text} {fold_for_search(str(found[0])) if found else ''}"
    return set(text.split())


def _read_names(connection: duckdb.DuckDBPyConnection, codes: Iterable[str]) -> dict[str, str]:
    rows = connection.execute(
        "select code, name_ar || ' ' || name_en from label where kind = 'party' and code in (select unnest($codes))",
        {"codes": list(codes)},
    ).fetchall()
    return dict(rows)


def _insert(connection: duckdb.DuckDBPyConnection, table: str, rows: Iterable[tuple[Any, ...]]) -> None:
    rows = list(rows)
    if rows:
        connection.executemany(f"insert into {table} values ({', '.join('?' * len(rows[0]))})", rows)
