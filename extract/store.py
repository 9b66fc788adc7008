"""The store: engagements into one DuckDB file, and back exactly as they were.

A register is never changed in place: `build_store` writes a new file, and its caller renames that over the old one.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from extract.errors import StoreError
from extract.models import (
    Amount,
    Article,
    Blank,
    Engagement,
    Evidence,
    Label,
    Official,
    Outcome,
    Project,
    Refusal,
    Sector,
    Source,
)
from extract.search import fold_for_search

REGISTER_FILE = "register.duckdb"
SCHEMA_VERSION = "1"

_SCHEMA = Path(__file__).with_name("schema.sql")
# No file is fetched at run time: DuckDB would otherwise look for extensions on the network.
_OFFLINE: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
}
_ROWS_A_WRITE = 50_000


@dataclass(frozen=True, slots=True)
class _List:
    """A list field of `Engagement` and its table; the columns are the item's fields in order."""

    field: str
    table: str
    columns: tuple[str, ...]
    to_row: Callable[[Any], tuple[Any, ...]]
    from_row: Callable[..., Any]


def _list_of(record: type[Any], field: str, table: str, *columns: str) -> _List:
    return _List(field, table, columns, _values_of(record), record)


def _values_of(record: type[Any]) -> Callable[[Any], tuple[Any, ...]]:
    return attrgetter(*(field.name for field in fields(record)))


_LISTS: tuple[_List, ...] = (
    _List("parties", "party", ("party_code",), lambda code: (code,), str),
    _list_of(Official, "officials", "official",
             "name", "name_canonical", "name_latin", "title", "rank", "party_code", "institution"),
    _list_of(Sector, "sectors", "sector", "sector_code", "is_core"),
    _list_of(Project, "projects", "project", "name", "sector_code", "country_code"),
    _list_of(Amount, "amounts", "amount", "value", "unit", "measures", "growth"),
    _list_of(Outcome, "outcomes", "outcome", "type", "quote"),
    _list_of(Evidence, "evidence", "evidence",
             "field", "value", "article_id", "start_char", "end_char", "quote", "rule"),
    _list_of(Blank, "blanks", "blank", "field", "reason"),
    _List("field_confidence", "field_confidence", ("field", "confidence"), tuple, lambda *row: row),
    _list_of(Source, "sources", "source", "article_id", "title", "outlet", "url", "published"),
)  # fmt: skip
_LIST_FIELDS = {part.field for part in _LISTS}
_PLAIN_FIELDS = tuple(field.name for field in fields(Engagement) if field.name not in _LIST_FIELDS)


def build_store(
    path: Path,
    *,
    articles: Iterable[Article],
    engagements: Iterable[Engagement],
    refusals: Iterable[Refusal] = (),
    labels: Iterable[Label] = (),
    meta: Mapping[str, str] | None = None,
) -> None:
    """Write a new register to `path`, which must not exist: records in the order of `store_order`.

    Every article that a record names as a source should be among `articles`; its text is what the record is found by.
    Raises StoreError where two records or articles share an id, a record has no source, or the file cannot be written.
    """
    if path.exists():
        raise StoreError(f"{path} is there already: a register is built beside the old one")
    read = list(articles)
    known = {article.article_id: article for article in read}
    names = list(labels)
    ordered = sorted(engagements, key=store_order)
    for engagement in ordered:
        if not engagement.sources:
            raise StoreError(f"record {engagement.engagement_id} names no source")
    try:
        with duckdb.connect(path, config=_OFFLINE) as connection:
            connection.execute(_SCHEMA.read_text(encoding="utf-8"))
            connection.begin()
            _insert(connection, "meta", ({"schema_version": SCHEMA_VERSION} | dict(meta or {})).items())
            _insert(connection, "label", map(_values_of(Label), names))
            _insert(connection, "refusal", map(_values_of(Refusal), refusals))
            _insert(connection, "article", map(_article_row, read))
            _insert(connection, "engagement", _engagement_rows(ordered, known, _party_names(names)))
            for part in _LISTS:
                _insert(connection, part.table, _list_rows(ordered, part))
            connection.commit()
    except duckdb.Error as error:
        path.unlink(missing_ok=True)
        raise StoreError(f"the register cannot be written to {path}: {error}") from error


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
    connection = duckdb.connect(config=_OFFLINE)
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

    lists = {part.field: _Grouped(part, ask(part.table, _qualified(part), ", position")) for part in _LISTS}
    sql = f"select engagement_no, {', '.join(_PLAIN_FIELDS)} from engagement {wanted} order by engagement_no"
    for number, *plain in _rows(connection.cursor().execute(sql, parameters)):
        values: dict[str, Any] = dict(zip(_PLAIN_FIELDS, plain, strict=True))
        values |= {field: items.take(number) for field, items in lists.items()}
        yield Engagement(**values)


class _Grouped:
    """The items of one list field, record by record, out of rows in the order of the records."""

    def __init__(self, part: _List, rows: Iterator[tuple[Any, ...]]) -> None:
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


def _qualified(part: _List) -> list[str]:
    return [f"{part.table}.{column}" for column in part.columns]


def _rows(result: duckdb.DuckDBPyConnection) -> Iterator[tuple[Any, ...]]:
    while rows := result.fetchmany(10_000):
        yield from rows


def _article_row(article: Article) -> tuple[Any, ...]:
    return (article.article_id, article.title, article.text, article.outlet, article.url, article.published)


def _party_names(labels: Iterable[Label]) -> dict[str, str]:
    return {label.code: f"{label.name_ar} {label.name_en}" for label in labels if label.kind == "party"}


def _engagement_rows(
    engagements: Iterable[Engagement], articles: Mapping[str, Article], party_names: Mapping[str, str]
) -> Iterator[tuple[Any, ...]]:
    for number, engagement in enumerate(engagements):
        first = engagement.sources[0].article_id
        searched = _search_text(engagement, articles.get(first), party_names)
        yield (number, *(getattr(engagement, field) for field in _PLAIN_FIELDS), first, searched)


def _search_text(engagement: Engagement, article: Article | None, party_names: Mapping[str, str]) -> str:
    """All that a reader may look the record up by: its names in Arabic and Latin, then its article."""
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
        article.text if article else "",
    )
    return fold_for_search(" ".join(parts))


def _list_rows(engagements: Iterable[Engagement], part: _List) -> Iterator[tuple[Any, ...]]:
    for number, engagement in enumerate(engagements):
        for position, item in enumerate(getattr(engagement, part.field)):
            yield (number, position, *part.to_row(item))


def _insert(connection: duckdb.DuckDBPyConnection, table: str, rows: Iterable[tuple[Any, ...]]) -> None:
    """Append rows, their values in the order of the table's columns; by Arrow, which is far faster than row by row."""
    schema = connection.table(table).limit(0).to_arrow_table().schema
    batch: list[tuple[Any, ...]] = []

    def write() -> None:
        columns = [
            pa.array(values, type=kind) for values, kind in zip(zip(*batch, strict=True), schema.types, strict=True)
        ]
        connection.register("batch", pa.table(columns, schema=schema))
        connection.execute(f"insert into {table} from batch")
        connection.unregister("batch")
        batch.clear()

    for row in rows:
        batch.append(row)
        if len(batch) == _ROWS_A_WRITE:
            write()
    if batch:
        write()
