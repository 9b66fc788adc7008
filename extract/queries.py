"""All that a page may ask of the register: `Filters` in, DataFrames out. No page writes SQL.

Every question is put to the same records, the common table `chosen`, so that the figures of a map, a chart, a table
and a download agree. Columns carry codes; `read_labels` gives the names of the codes.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import pandas as pd

from extract.errors import StoreError
from extract.models import Article, Engagement, Label
from extract.search import fold_for_search
from extract.store import REGISTER_FILE, open_store, read_engagements


@dataclass(frozen=True, slots=True)
class Filters:
    """What a reader wants to see; the defaults let everything through.

    Codes of one field are alternatives; fields narrow each other. A sector counts where it is core, and with `context`
    also where it is only the writer's background. Days are inclusive; `undated` keeps the records without a date.
    """

    country: tuple[str, ...] = ()
    sector: tuple[str, ...] = ()
    context: bool = False
    type: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    undated: bool = True
    text: str = ""


@dataclass(frozen=True, slots=True)
class Filter:
    """One filter: a field of `Filters`, and the condition it puts on engagement `e` where it is not at its default."""

    key: str
    sql: str


_SECTOR_COUNTS = "(s.is_core or $context)"

FILTERS: tuple[Filter, ...] = (
    Filter("country", "exists (from party p where p.engagement_no = e.engagement_no and p.party_code in $country)"),
    Filter(
        "sector",
        "exists (from sector s where s.engagement_no = e.engagement_no and s.sector_code in $sector"
        f" and {_SECTOR_COUNTS})",
    ),
    Filter("type", "e.type in $type"),
    Filter("status", "e.status in $status"),
    Filter("since", "(e.date_start is null or coalesce(e.date_end, e.date_start) >= $since)"),
    Filter("until", "(e.date_start is null or e.date_start <= $until)"),
    Filter("undated", "e.date_start is not null"),
    Filter("text", "not exists (from unnest($text) as words(word) where not contains(e.search_text, word))"),
)

# The filters that offer a list of codes, each with the column and the rows that the codes are counted in.
_CHOICES: Mapping[str, tuple[str, str]] = {
    "country": ("party_code", "chosen join party using (engagement_no)"),
    "sector": ("sector_code", f"chosen join sector s using (engagement_no) where {_SECTOR_COUNTS}"),
    "type": ("type", "chosen"),
    "status": ("status", "chosen"),
}


@dataclass(frozen=True, slots=True)
class Figures:
    """The size of a selection: numbers of engagements (and those without a date), parties, sectors and articles."""

    engagements: int
    undated: int
    parties: int
    sectors: int
    articles: int


class Register:
    """A register opened for reading; any thread may ask it."""

    def __init__(self, store_dir: Path) -> None:
        """Open the store; raises StoreError where it cannot be read."""
        self.connection = open_store(store_dir)

    def ask(self, sql: str, parameters: Mapping[str, Any] | None = None) -> pd.DataFrame:
        """The answer to `sql`, which may use any of `parameters` as $name."""
        used = {name: (parameters or {})[name] for name in set(re.findall(r"\$(\w+)", sql))}
        with self.connection.cursor() as cursor:
            frame: pd.DataFrame = cursor.execute(sql, used).df()
        return frame


_Version = tuple[int, int, int]
_registers: dict[Path, tuple[_Version, Register]] = {}
_lock = threading.Lock()


def open_register(store_dir: Path) -> Register:
    """The register of a store, opened once for each version of its file; raises StoreError where there is none.

    A rebuilt register is swapped in under the same name, so the file's number, time and size tell the versions apart.
    """
    path = (store_dir / REGISTER_FILE).resolve()
    try:
        stat = path.stat()
    except OSError as error:
        raise StoreError(f"there is no register in {store_dir}") from error
    version = (stat.st_ino, stat.st_mtime_ns, stat.st_size)
    with _lock:
        known = _registers.get(path)
        if known is None or known[0] != version:
            # The old register is not closed here: another session may be reading it; it goes when the last one is done.
            known = _registers[path] = (version, Register(store_dir))
        return known[1]


@lru_cache(maxsize=2)
def read_labels(register: Register) -> tuple[Label, ...]:
    """The names of every code, in the order of the codebook."""
    # DuckDB gives the rows of a table in the order in which they were written, which is the codebook's.
    frame = register.ask("select kind, code, name_ar, name_en, parent from label")
    return tuple(Label(*map(_plain, row)) for row in frame.itertuples(index=False))


def read_figures(register: Register, filters: Filters) -> Figures:
    """How much there is under a filter."""
    sql = f"""
        select count(*) as engagements,
               count(*) filter (date_start is null) as undated,
               (select count(distinct party_code) from chosen join party using (engagement_no)) as parties,
               (select count(distinct sector_code) from chosen join sector s using (engagement_no)
                where {_SECTOR_COUNTS}) as sectors,
               (select count(distinct source.article_id) from chosen join source using (engagement_no)) as articles
        from chosen
    """
    row = _ask(register, filters, sql).iloc[0]
    return Figures(**{field.name: int(row[field.name]) for field in fields(Figures)})


def count_choices(register: Register, filters: Filters, key: str) -> pd.DataFrame:
    """Columns `code`, `engagements`: how many records each code of filter `key` would show beside the other filters."""
    column, rows = _CHOICES[key]
    sql = f"select {column} as code, count(distinct engagement_no) as engagements from {rows} group by all order by all"
    others: dict[str, Any] = {key: ()}
    return _ask(register, replace(filters, **others), sql)


def count_parties(register: Register, filters: Filters) -> pd.DataFrame:
    """Columns `party_code`, `engagements`: the most frequent first."""
    sql = """
        select party_code, count(distinct engagement_no) as engagements
        from chosen join party using (engagement_no)
        group by party_code order by engagements desc, party_code
    """
    return _ask(register, filters, sql)


def count_pairs(register: Register, filters: Filters, *, limit: int | None = None) -> pd.DataFrame:
    """Columns `party_a`, `party_b`, `engagements`: parties that took part together, the most frequent first."""
    sql = """
        select a.party_code as party_a, b.party_code as party_b, count(distinct engagement_no) as engagements
        from chosen join party a using (engagement_no) join party b using (engagement_no)
        where a.party_code < b.party_code
        group by all order by engagements desc, party_a, party_b limit $limit
    """
    return _ask(register, filters, sql, limit=limit)


def count_sectors(register: Register, filters: Filters) -> pd.DataFrame:
    """Columns `sector_code`, `engagements`, `core`: how many records have the sector, and in how many it is core."""
    sql = f"""
        select sector_code, count(distinct engagement_no) as engagements,
               count(distinct engagement_no) filter (is_core) as core
        from chosen join sector s using (engagement_no) where {_SECTOR_COUNTS}
        group by sector_code order by engagements desc, sector_code
    """
    return _ask(register, filters, sql)


def count_sector_parties(register: Register, filters: Filters) -> pd.DataFrame:
    """Columns `sector_code`, `party_code`, `engagements`."""
    sql = f"""
        select sector_code, party_code, count(distinct engagement_no) as engagements
        from chosen join sector s using (engagement_no) join party using (engagement_no) where {_SECTOR_COUNTS}
        group by all order by all
    """
    return _ask(register, filters, sql)


def list_records(
    register: Register, filters: Filters, *, dated: bool | None = None, limit: int | None = None, offset: int = 0
) -> pd.DataFrame:
    """One row a record, the latest first and the undated last; `dated` keeps only those with or without a date.

    Lists: `party_codes`, `core_sectors`, `context_sectors`, `officials` (`officials_en` in Latin letters), `projects`,
    `amounts` (value and unit), `titles` and `article_ids` of the articles that report it.
    """
    rows = {None: "true", True: "date_start is not null", False: "date_start is null"}[dated]
    order = "date_start desc nulls last, engagement_no"

    def gathered(what: str, table: str, where: str = "true") -> str:
        facts = f"from {table} where engagement_no = e.engagement_no and {where}"
        return f"(select list({what} order by position) {facts})"

    amount = "trim(trailing '.' from trim(trailing '0' from format('{:.2f}', value))) || ' ' || unit"
    sql = f"""
        select engagement_id, date_start, date_end, date_precision, type, status, role,
               {gathered("party_code", "party")} as party_codes,
               {gathered("sector_code", "sector", "is_core")} as core_sectors,
               {gathered("sector_code", "sector", "not is_core")} as context_sectors,
               {gathered("name", "official")} as officials,
               {gathered("name_latin", "official")} as officials_en,
               {gathered("name", "project")} as projects,
               {gathered(amount, "amount")} as amounts,
               venue_country, venue_city, venue_city_en, summary, summary_en, confidence,
               {gathered("title", "source")} as titles,
               {gathered("article_id", "source")} as article_ids
        from (from chosen where {rows} order by {order} limit $limit offset $offset) e order by {order}
    """
    return _ask(register, filters, sql, limit=limit, offset=offset)


def find_record(register: Register, engagement_id: str) -> Engagement | None:
    """One record with all that is known of it, or None where the register has no such record."""
    return next(read_engagements(register.connection, [engagement_id]), None)


def read_articles(register: Register, article_ids: Sequence[str]) -> list[Article]:
    """The articles with these ids, in the order of the ids; one that the register does not hold is left out."""
    frame = register.ask(
        "select article_id, text, title, published, url, outlet from article where article_id in $ids",
        {"ids": list(article_ids)},
    )
    articles = [Article(*map(_plain, row)) for row in frame.itertuples(index=False)]
    return sorted(articles, key=lambda article: article_ids.index(article.article_id))


def _plain(cell: Any) -> Any:
    """The cell of a frame as a value of the models."""
    if pd.isna(cell):
        return None
    return cell.date() if isinstance(cell, pd.Timestamp) else cell


def _ask(register: Register, filters: Filters, sql: str, **more: Any) -> pd.DataFrame:
    """Put `sql` to the records that pass the filters."""
    plain = Filters()
    conditions = [one.sql for one in FILTERS if getattr(filters, one.key) != getattr(plain, one.key)]
    where = " and ".join(conditions) or "true"
    parameters = {field.name: getattr(filters, field.name) for field in fields(filters)}
    parameters |= {name: list(value) for name, value in parameters.items() if isinstance(value, tuple)}
    parameters["text"] = fold_for_search(filters.text).split()
    return register.ask(f"with chosen as (from engagement e where {where}) {sql}", parameters | more)
