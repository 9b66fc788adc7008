"""Records by number: which they are is known from the facets; their texts are read for the rows asked for alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from extract.models import Article, Engagement
from extract.queries.facets import Numbers
from extract.queries.filters import Filters
from extract.queries.register import Register, plain_cell
from extract.queries.selection import list_numbers
from extract.store import read_engagements

# Numbers are written into the question, which must stay short enough to be parsed soon.
_ROWS_A_READ = 10_000


def list_records(
    register: Register, filters: Filters, *, dated: bool | None = None, limit: int | None = None, offset: int = 0
) -> pd.DataFrame:
    """One row a record, the latest first and the undated last; `dated` keeps only those with or without a date.

    Lists: `party_codes`, `core_sectors`, `context_sectors`, `officials` (`officials_en` in Latin letters), `projects`,
    `amounts` (value and unit), `titles` and `article_ids` of the articles that report it. `first_seen` and `changed_at`
    are the times, in UTC, of the runs that brought it in and that last found it changed.
    """
    numbers = list_numbers(register, filters, dated=dated)
    numbers = numbers[offset:] if limit is None else numbers[offset : offset + limit]
    parts = [read_rows(register, numbers[at : at + _ROWS_A_READ]) for at in range(0, len(numbers), _ROWS_A_READ)]
    return pd.concat(parts, ignore_index=True) if len(parts) > 1 else (parts or [read_rows(register, numbers)])[0]


# The lists of a row: the table that each comes from, and the column or expression of an item. An item that is null is left out.
_AMOUNT = "trim(trailing '.' from trim(trailing '0' from format('{:.2f}', value))) || ' ' || unit"
_ROW_LISTS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "party": (("party_codes", "party_code"),),
    "sector": (
        ("core_sectors", "case when is_core then sector_code end"),
        ("context_sectors", "case when not is_core then sector_code end"),
    ),
    "official": (("officials", "name"), ("officials_en", "name_latin")),
    "project": (("projects", "name"),),
    "amount": (("amounts", _AMOUNT),),
    "source": (("titles", "title"), ("article_ids", "article_id")),
}


def read_rows(register: Register, numbers: Numbers) -> pd.DataFrame:
    """The rows of `list_records` for records of these numbers, in their order."""
    wanted = numbers_in(numbers)
    rows = register.ask(f"""
        select engagement_no, engagement_id, date_start, date_end, date_precision, type, status, role,
               venue_country, venue_city, venue_city_en, summary, summary_en, confidence, first_seen, changed_at
        from (from engagement where {wanted}) left join (from history where {wanted}) using (engagement_no)
    """)
    rows = rows.set_index("engagement_no").loc[numbers]
    places = {number: at for at, number in enumerate(numbers.tolist())}
    # A question a table and lists made here take half the time of one question that groups all of them.
    lists: dict[str, list[list[str] | None]] = {}
    for table, columns in _ROW_LISTS.items():
        sql = f"select engagement_no, {', '.join(what for _, what in columns)} from {table} where {wanted}"
        found = register.fetch(f"{sql} order by engagement_no, position")
        for at, (name, _) in enumerate(columns, start=1):
            cells: list[list[str] | None] = [None] * len(rows)
            for row in found:
                if row[at] is not None:
                    place = places[row[0]]
                    if (cell := cells[place]) is None:
                        cells[place] = [row[at]]
                    else:
                        cell.append(row[at])
            lists[name] = cells
    plain = list(rows.columns)
    for name, cells in lists.items():
        rows[name] = pd.Series(cells, rows.index, dtype=object)
    before, after = plain[: plain.index("venue_country")], plain[plain.index("venue_country") :]
    return rows[[*before, *lists, *after]].reset_index(drop=True)


def numbers_in(numbers: Numbers) -> str:
    """The condition that a row is of one of these records.

    The least and the largest let DuckDB skip the row groups beside them; looked up as a table, numbers take a third of the
    time of a list of alternatives.
    """
    if not len(numbers):
        return "false"
    written = ", ".join(map(str, numbers.tolist()))
    between = f"engagement_no between {numbers.min()} and {numbers.max()}"
    return f"({between} and engagement_no in (select unnest([{written}]::integer[])))"


def list_projects(register: Register, filters: Filters, *, limit: int) -> pd.DataFrame:
    """Columns `project`, `sector_code`, `country_code`, `engagements`: the projects named in the latest records.

    A project is told apart by its name as written, its sector and its country; `limit` is the number of records looked at.
    """
    sql = """
        select name as project, sector_code, country_code as party_code,
               count(distinct engagement_no)::integer as engagements
        from project where engagement_no in (select unnest($numbers::integer[]))
        group by all order by engagements desc, project
    """
    return register.ask(sql, {"numbers": list_numbers(register, filters)[:limit].tolist()})


def list_amounts(register: Register, filters: Filters, *, limit: int) -> pd.DataFrame:
    """Columns `measures`, `unit`, `value`, `growth`, `party_codes`, `engagement_id`: each amount as a record gives it."""
    sql = """
        select measures, a.unit as unit, value, growth,
               (select list(party_code order by position) from party p where p.engagement_no = a.engagement_no)
                   as party_codes,
               engagement_id
        from amount a join engagement using (engagement_no)
        where a.engagement_no in (select unnest($numbers::integer[]))
        order by measures nulls last, unit, value desc, engagement_id
    """
    return register.ask(sql, {"numbers": list_numbers(register, filters)[:limit].tolist()})


def find_record(register: Register, engagement_id: str) -> Engagement | None:
    """One record with all that is known of it, or None where the register has no such record."""
    return next(read_engagements(register.connection, [engagement_id]), None)


def read_articles(register: Register, article_ids: Sequence[str]) -> list[Article]:
    """The articles with these ids, in the order of the ids; one that the register does not hold is left out."""
    frame = register.ask(
        "select article_id, text, title, published, url, outlet from article where article_id in $ids",
        {"ids": list(article_ids)},
    )
    articles = [Article(*map(plain_cell, row)) for row in frame.itertuples(index=False)]
    return sorted(articles, key=lambda article: article_ids.index(article.article_id))
