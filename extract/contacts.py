"""What a page asks about people: who they are, whom they met and when, among the records that pass the filters.

A person is a canonical name and a party's code (or none): two of one name and country are told apart by nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from extract.queries import Filters, Register, ask_chosen


@dataclass(frozen=True, slots=True)
class Person:
    """Who is asked about: the name without titles, and the party served, where one is known."""

    name: str
    country: str | None = None


# The same person: a missing country is one of its own.
_IS_PERSON = "o.name_canonical = $name and o.party_code is not distinct from $country"
# The first and the latest dated record: the days from which, and until which, each may have been.
_DAYS = """min(c.date_start) as date_first, arg_min(coalesce(c.date_end, c.date_start), c.date_start) as first_until,
               max(c.date_start) as date_last, arg_max(coalesce(c.date_end, c.date_start), c.date_start) as last_until"""
# In the order of the register the undated come last: the latest post is that of the last dated record.
_LATEST = "(c.date_start is not null, c.engagement_no)"


def list_people(
    register: Register,
    filters: Filters,
    *,
    countries: tuple[str, ...] | None = None,
    beside: str | None = None,
    limit: int | None = None,
    offset: int = 0,
) -> pd.DataFrame:
    """One row a person, the most often named first.

    Columns `name`, `name_latin`, `party_code`, `rank` and `title` (of the latest record), `engagements`, `date_first`,
    `date_last` (of those with a date; `first_until` and `last_until` are the last days of these two records).
    `countries` keeps the officials of these parties; `beside` those of any party but this one, in records in which it
    took part.
    """
    sql = f"""
        select o.name_canonical as name, arg_max(o.name_latin, {_LATEST}) as name_latin, o.party_code,
               arg_max(o.rank, {_LATEST}) as rank, arg_max(o.title, {_LATEST}) as title,
               count(distinct c.engagement_no) as engagements,
               {_DAYS}
        from chosen c join official o using (engagement_no)
        where {"true" if countries is None else "o.party_code in $countries"}
          and {"true" if beside is None else _BESIDE}
        group by o.name_canonical, o.party_code order by engagements desc, date_last desc nulls last, name, o.party_code
        limit $limit offset $offset
    """
    chosen = list(countries or ())
    return ask_chosen(register, filters, sql, countries=chosen, beside=beside, limit=limit, offset=offset)


_BESIDE = """o.party_code is distinct from $beside and exists
    (from party p where p.engagement_no = c.engagement_no and p.party_code = $beside)"""


def count_people(register: Register, filters: Filters, *, countries: tuple[str, ...] | None = None) -> int:
    """How many rows `list_people` has."""
    sql = f"""
        select count(*) as people from (select distinct o.name_canonical, o.party_code
        from chosen join official o using (engagement_no)
        where {"true" if countries is None else "o.party_code in $countries"})
    """
    return int(ask_chosen(register, filters, sql, countries=list(countries or ()))["people"].iloc[0])


def count_countries(register: Register, filters: Filters) -> pd.DataFrame:
    """Columns `party_code`, `people`: how many officials of each party the records name, most first."""
    sql = """
        select o.party_code, count(distinct o.name_canonical) as people
        from chosen join official o using (engagement_no) where o.party_code is not null
        group by all order by people desc, o.party_code
    """
    return ask_chosen(register, filters, sql)


def list_encounters(register: Register, filters: Filters, person: Person) -> pd.DataFrame:
    """The records that name a person, the latest first.

    Columns `engagement_id`, `date_start`, `date_end`, `date_precision`, `type`, `status`, `title` and `rank` (the person's,
    there), `party_codes`, `others` (canonical names) and `others_en` (in Latin letters) of the other officials in it.
    """
    others = "from official x where x.engagement_no = c.engagement_no and x.name_canonical <> $name"
    sql = f"""
        select c.engagement_id, c.date_start, c.date_end, c.date_precision, c.type, c.status,
               any_value(o.title) as title, any_value(o.rank) as rank,
               (select list(party_code order by position) from party p where p.engagement_no = c.engagement_no) as party_codes,
               (select list(x.name_canonical order by position) {others}) as others,
               (select list(x.name_latin order by position) {others}) as others_en
        from chosen c join official o using (engagement_no) where {_IS_PERSON}
        group by c.engagement_no, {", ".join(f"c.{column}" for column in _RECORD)}
        order by c.date_start desc nulls last, c.engagement_no
    """
    return ask_chosen(register, filters, sql, name=person.name, country=person.country)


_RECORD = ("engagement_id", "date_start", "date_end", "date_precision", "type", "status")


def list_contacts(register: Register, filters: Filters, person: Person) -> pd.DataFrame:
    """Whom a person met: the officials of other parties in the same held records, the most frequent first.

    Columns as of `list_people`: `engagements` are those that both took part in. A letter is no meeting: records of type
    `message` and `aid` are left out.
    """
    sql = f"""
        , own as (
            select distinct c.* from chosen c join official o using (engagement_no)
            where {_IS_PERSON} and c.status = 'held' and c.type not in ('message', 'aid')
        )
        select x.name_canonical as name, arg_max(x.name_latin, {_LATEST}) as name_latin, x.party_code,
               arg_max(x.rank, {_LATEST}) as rank, arg_max(x.title, {_LATEST}) as title,
               count(distinct c.engagement_no) as engagements,
               {_DAYS}
        from own c join official x using (engagement_no)
        where x.name_canonical <> $name and (x.party_code is null or x.party_code is distinct from $country)
        group by x.name_canonical, x.party_code order by engagements desc, date_last desc nulls last, name, x.party_code
    """
    return ask_chosen(register, filters, sql, name=person.name, country=person.country)
