"""The store: a register is opened, and its engagements read back exactly as they were stored (build.py writes it)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any

import duckdb

from extract.errors import StoreError
from extract.models import Engagement
from extract.rows import LISTS, PLAIN_FIELDS, ListField

REGISTER_FILE = "register.duckdb"
SCHEMA_VERSION = "1"

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
            "select table_name from duckdb_tables() where database_name = 'register'"
        ).fetchall()
        for (table,) in tables:
            connection.execute(f'create view "{table}" as from register."{table}"')
        found = connection.execute("select value from meta where key = 'schema_version'").fetchone()
    except duckdb.Error as error:
        connection.close()
        raise StoreError(f"{path} is not a register that can be read: {error}") from error
    if found != (SCHEMA_VERSION,):
        connection.close()
        raise StoreError(f"{path} was written by another version: run it anew to rebuild it")
    return connection


def read_engagements(connection: duckdb.DuckDBPyConnection, ids: Collection[str] | None = None) -> Iterator[Engagement]:
    """The records, or those with the given ids, in the order of the register, each as it was when it was stored."""
    wanted = "" if ids is None else "where engagement_id in (select unnest($ids))"
    parameters = {} if ids is None else {"ids": list(ids)}

    def ask(table: str, columns: Sequence[str], order: str) -> Iterator[tuple[Any, ...]]:
        sql = f"select engagement_no, {', '.join(columns)} from {table} join engagement using (engagement_no) {wanted}"
        return _rows(connection.cursor().execute(f"{sql} order by engagement_no{order}", parameters))

    lists = {part.field: _Grouped(part, ask(part.table, _qualified(part), ", position")) for part in LISTS}
    sql = f"select engagement_no, {', '.join(PLAIN_FIELDS)} from engagement {wanted} order by engagement_no"
    for number, *plain in _rows(connection.cursor().execute(sql, parameters)):
        values: dict[str, Any] = dict(zip(PLAIN_FIELDS, plain, strict=True))
        values |= {field: items.take(number) for field, items in lists.items()}
        yield Engagement(**values)


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


def _rows(result: duckdb.DuckDBPyConnection) -> Iterator[tuple[Any, ...]]:
    while rows := result.fetchmany(10_000):
        yield from rows
