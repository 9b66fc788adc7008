"""Opens a register with the corrections laid over it: its tables are asked as before, and give what analysts decided.

The register's file is not touched. Rows of corrected records lie in tables in memory, and views put them in the place of
their own: a corrected record keeps its number, one that is hidden leaves a gap, one that is added comes after the last.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa

from extract.build import TEXTS_SEARCHED, write_search_text
from extract.corrections.anchors import Ground
from extract.corrections.log import CorrectionLog
from extract.corrections.model import Overlay
from extract.corrections.overlay import build_overlay
from extract.models import Engagement
from extract.rows import LISTS, PLAIN_FIELDS
from extract.search import fold_for_search
from extract.store import open_store
from extract.word_index import Numbers, write_words

_TABLES = ("engagement", *(part.table for part in LISTS))


def open_corrected(store_dir: Path) -> tuple[duckdb.DuckDBPyConnection, Overlay]:
    """The register of a store as it is shown, and what was laid over it; raises StoreError as `open_store` does.

    A table `review` (engagement_no, state) beside the register's holds the records that anyone decided on.
    """
    connection, overlay, _ = open_on_ground(store_dir, None)
    return connection, overlay


def open_on_ground(store_dir: Path, known: Ground | None) -> tuple[duckdb.DuckDBPyConnection, Overlay, Ground | None]:
    """As `open_corrected`; what is `known` of the same register is not read again. None: there are no corrections."""
    connection = open_store(store_dir)
    connection.execute("create table review (engagement_no integer not null, state varchar not null)")
    corrections = CorrectionLog(store_dir).read()
    if not corrections:
        return connection, Overlay(), known
    ground = known.moved(connection) if known else Ground(connection)
    overlay = build_overlay(ground, corrections)
    numbers = _lay_over(connection, ground, overlay)
    # The connection now shows what was corrected, which is no ground.
    return connection, replace(overlay, numbers=numbers), ground.moved(None)


def _lay_over(connection: duckdb.DuckDBPyConnection, ground: Ground, overlay: Overlay) -> dict[str, int]:
    """Put what is shown into the place of the register's own; the numbers of the records concerned."""
    numbers = _read_numbers(connection, overlay)
    gone = [(numbers[name],) for name in (*overlay.records, *overlay.hidden) if name in numbers]
    (after,) = connection.execute("select coalesce(max(engagement_no), -1) + 1 from engagement").fetchone() or (0,)
    numbers |= {name: after + place for place, name in enumerate(one for one in overlay.records if one not in numbers)}
    rows = _write_rows(overlay, numbers)
    connection.execute("create schema laid")
    connection.execute("create table laid.gone (engagement_no integer not null)")
    _insert(connection, "laid.gone", gone)
    for table in _TABLES:
        connection.execute(f"create table laid.{table} as from {table} limit 0")
        _insert(connection, f"laid.{table}", rows[table])
        kept = f"select * from register.main.{table} anti join laid.gone using (engagement_no)"
        connection.execute(f"create or replace view {table} as {kept} union all from laid.{table}")
    connection.execute("create table laid.word as from word limit 0")
    write_words(connection, _list_words(connection, ground, overlay, numbers), "laid.word")
    _insert(
        connection, "review", [(numbers[name], state) for name, state in overlay.reviews.items() if name in numbers]
    )
    return numbers


def _read_numbers(connection: duckdb.DuckDBPyConnection, overlay: Overlay) -> dict[str, int]:
    """The numbers, by id, of the records concerned that the register has."""
    found = connection.execute(
        "select engagement_id, engagement_no from engagement where engagement_id in (select unnest($ids))",
        {"ids": [*overlay.records, *overlay.hidden, *overlay.reviews]},
    )
    return dict(found.fetchall())


def _write_rows(overlay: Overlay, numbers: Mapping[str, int]) -> dict[str, list[tuple[Any, ...]]]:
    """The rows of all records as they are shown, by table, in the order of the tables' columns."""
    rows: dict[str, list[tuple[Any, ...]]] = {table: [] for table in _TABLES}
    for name, record in overlay.records.items():
        plain = (getattr(record, field) for field in PLAIN_FIELDS)
        rows["engagement"].append((numbers[name], *plain, record.sources[0].article_id))
        for part in LISTS:
            items = enumerate(getattr(record, part.field))
            rows[part.table] += [(numbers[name], place, *part.to_row(item)) for place, item in items]
    return rows


def _list_words(
    connection: duckdb.DuckDBPyConnection, ground: Ground, overlay: Overlay, numbers: Mapping[str, int]
) -> Iterator[tuple[str, Numbers]]:
    """The words of the records as they are shown, each with the numbers of those that are found by it."""
    party_names = dict(
        connection.execute("select code, name_ar || ' ' || name_en from label where kind = 'party'").fetchall()
    )
    found: dict[str, list[int]] = {}
    for name, record in overlay.records.items():
        for word in ground.words(record, lambda record: _find_words(ground, record, party_names)):
            found.setdefault(word, []).append(numbers[name])
    for word in sorted(found):
        yield word, np.array(found[word])


def _find_words(ground: Ground, record: Engagement, party_names: Mapping[str, str]) -> frozenset[str]:
    texts = (ground.text(source.article_id) or "" for source in record.sources[:TEXTS_SEARCHED])
    return frozenset(" ".join((write_search_text(record, party_names), *map(fold_for_search, texts))).split())


def _insert(connection: duckdb.DuckDBPyConnection, table: str, rows: list[tuple[Any, ...]]) -> None:
    """Put rows into a table all at once."""
    if rows:
        schema = connection.table(table).limit(0).to_arrow_table().schema
        columns = [
            pa.array(values, type=kind) for values, kind in zip(zip(*rows, strict=True), schema.types, strict=True)
        ]
        connection.register("arriving", pa.table(columns, schema=schema))
        connection.execute(f"insert into {table} from arriving")
        connection.unregister("arriving")
