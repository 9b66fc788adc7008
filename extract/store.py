"""The store: a register is opened, and its engagements read back exactly as they were stored (build.py writes it)."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from heapq import merge as merge_ordered
from itertools import groupby
from pathlib import Path
from typing import Any

import duckdb

from extract.errors import StoreError
from extract.models import Engagement, Merge
from extract.rows import LISTS, PLAIN_FIELDS, ListField

REGISTER_FILE = "register.duckdb"
SCHEMA_VERSION = "4"
# The schema, with tables of the same names, of the records that were merged into others.
UNMERGED = "unmerged"
_RECORDS_A_READ = 2_000

# No file is fetched at run time: DuckDB would otherwise look for extensions on the network.
OFFLINE: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
}


def store_order(engagement: Engagement) -> tuple[bool, date, str]:
    """The order of records everywhere: by first day, those without one last, then by id."""
    return (engagement.date_start is None, engagement.date_start or date.min, engagement.engagement_id)


def open_store(store_dir: Path) -> duckdb.DuckDBPyConnection:
    """The register of a store, to be read with its tables under their own names.

    It stays as it was opened when a new register is swapped in. Raises StoreError where there is none, where it
    cannot be read, or where another version wrote it.
    """
    path = store_dir / REGISTER_FILE
    if not path.is_file():
        raise StoreError(f"there is no register in {store_dir}")
    # Attached to a database in memory: opened by its path, it would be the old file while any reader holds that one.
    connection = duckdb.connect(config=OFFLINE)
    try:
        quoted = str(path).replace("'", "''")
        connection.execute(f"attach '{quoted}' as register (read_only)")
        # Views, since a cursor of this connection does not inherit `use register`.
        tables = connection.execute(
            "select schema_name, table_name from duckdb_tables() where database_name = 'register'"
        ).fetchall()
        connection.execute(f"create schema {UNMERGED}")
        for schema, table in tables:
            connection.execute(f'create view "{schema}"."{table}" as from register."{schema}"."{table}"')
        found = connection.execute("select value from meta where key = 'schema_version'").fetchone()
    except duckdb.Error as error:
        connection.close()
        raise StoreError(f"{path} is not a register that can be read: {error}") from error
    if found != (SCHEMA_VERSION,):
        connection.close()
        raise StoreError(f"{path} was written by another version: run it anew to rebuild it")
    return connection


def read_engagements(
    connection: duckdb.DuckDBPyConnection, ids: Collection[str] | None = None, *, schema: str = "main"
) -> Iterator[Engagement]:
    """The records, or those with the given ids, in the order of the register, each as it was when it was stored.

    `schema` "unmerged" gives those that were merged into others instead. All are read some at a time.
    """
    cursor = connection.cursor()
    cursor.execute(f"set schema = '{schema}'")
    if ids is not None:
        sql = "select engagement_no from engagement where engagement_id in (select unnest($ids)) order by engagement_no"
        numbers = [number for (number,) in cursor.execute(sql, {"ids": list(ids)}).fetchall()]
        for first in range(0, len(numbers), _RECORDS_A_READ):
            # Written out, so that DuckDB skips the rows of all others: of 100,000 records one is found in a tenth of the time.
            some = ", ".join(map(str, numbers[first : first + _RECORDS_A_READ]))
            yield from _read_some(cursor, f"engagement_no in ({some})", {})
        return
    # Where corrections are laid over the register, numbers have gaps.
    (count,) = cursor.execute("select coalesce(max(engagement_no), -1) + 1 from engagement").fetchone() or (0,)
    for first in range(0, count, _RECORDS_A_READ):
        between = "engagement_no between $first and $last"
        yield from _read_some(cursor, between, {"first": first, "last": first + _RECORDS_A_READ - 1})


def _read_some(cursor: duckdb.DuckDBPyConnection, wanted: str, parameters: Mapping[str, Any]) -> Iterator[Engagement]:
    def ask(table: str, columns: Sequence[str], order: str) -> list[tuple[Any, ...]]:
        sql = f"select engagement_no, {', '.join(columns)} from {table}"
        rows = cursor.execute(f"{sql} where {wanted} order by engagement_no{order}", parameters).fetchall()
        return list(rows)

    lists = {part.field: _Grouped(part, iter(ask(part.table, _qualified(part), ", position"))) for part in LISTS}
    sql = f"select engagement_no, {', '.join(PLAIN_FIELDS)} from engagement where {wanted} order by engagement_no"
    for number, *plain in cursor.execute(sql, parameters).fetchall():
        values: dict[str, Any] = dict(zip(PLAIN_FIELDS, plain, strict=True))
        values |= {field: items.take(number) for field, items in lists.items()}
        yield Engagement(**values)


def read_unmerged(connection: duckdb.DuckDBPyConnection) -> Iterator[Engagement]:
    """Each article's own records, in the same order, as they were before any were merged."""
    merged = {row[0] for row in connection.execute("select engagement_id from merge").fetchall()}
    alone = (one for one in read_engagements(connection) if one.engagement_id not in merged)
    return merge_ordered(alone, read_engagements(connection, schema=UNMERGED), key=store_order)


def read_merges(connection: duckdb.DuckDBPyConnection, *engagement_ids: str) -> list[Merge]:
    """The members of merged records and why each joined; none of those that were not merged."""
    rows = connection.execute(
        "select engagement_id, member_id, joined_id, score, signals from merge"
        " where engagement_id in (select unnest($ids))",
        {"ids": list(engagement_ids)},
    ).fetchall()
    return [Merge(*row, tuple(json.loads(signals).items())) for *row, signals in rows]  # type: ignore[call-arg]


class _Grouped:
    """The items of one list field, record by record, out of rows in the order of the records."""

    def __init__(self, part: ListField, rows: Iterator[tuple[Any, ...]]) -> None:
        self._part = part
        self._groups = groupby(rows, key=lambda row: row[0])
        self._next = next(self._groups, None)

    def take(self, number: int) -> tuple[Any, ...]:
        """The items of record `number`; numbers must be asked for in rising order."""
        if self._next is None or self._next[0] != number:
            return ()
        items = tuple(self._part.from_row(*row[1:]) for row in self._next[1])
        self._next = next(self._groups, None)
        return items


def _qualified(part: ListField) -> list[str]:
    return [f"{part.table}.{column}" for column in part.columns]
