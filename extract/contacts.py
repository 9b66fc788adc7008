"""What a page asks about people: who they are, whom they met and when, among the records that pass the filters.

A person is a canonical name and a party's code (or none): two of one name and country are told apart by nothing. Who is
named how often is counted over numbers (`queries.officials`); names and titles are read for the rows asked for alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pandas as pd

from extract.queries import Filters, Register, choose_records
from extract.queries.facets import NO_DATE, Mask, Numbers
from extract.queries.officials import Officials, hash_person, read_officials
from extract.queries.records import numbers_in

_ROWS_A_READ = 10_000
_EPOCH = date(1970, 1, 1)
_COLUMNS = (
    "name", "name_latin", "party_code", "rank", "title", "engagements", "date_first", "first_until", "date_last",
    "last_until",
)  # fmt: skip
# A letter is no meeting.
_NO_MEETING = ("message", "aid")


@dataclass(frozen=True, slots=True)
class Person:
    """Who is asked about: the name without titles, and the party served, where one is known."""

    name: str
    country: str | None = None


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
    officials = read_officials(register)
    chosen = choose_records(register, filters)
    is_wanted = None if countries is None else officials.are_of(countries)
    if beside is not None:
        together = register.facets["party"].find((beside,), register.facets.records)
        chosen = together if chosen is None else chosen & together
        others = ~officials.are_of((beside,))
        is_wanted = others if is_wanted is None else is_wanted & others
    return _list_named(register, chosen, is_wanted, limit=limit, offset=offset)


def count_people(register: Register, filters: Filters, *, countries: tuple[str, ...] | None = None) -> int:
    """How many rows `list_people` has."""
    officials = read_officials(register)
    is_named = _count_named(officials, choose_records(register, filters)) > 0
    return int(np.count_nonzero(is_named if countries is None else is_named & officials.are_of(countries)))


def count_countries(register: Register, filters: Filters) -> pd.DataFrame:
    """Columns `party_code`, `people`: how many officials of each party the records name, most first."""
    officials = read_officials(register)
    is_named = _count_named(officials, choose_records(register, filters)) > 0
    people = np.bincount(officials.parties[is_named], minlength=len(officials.codes) + 1)[:-1]
    order = np.argsort(-people, kind="stable")
    order = order[people[order] > 0]
    return pd.DataFrame({"party_code": [officials.codes[at] for at in order], "people": people[order]})


def count_encounters(register: Register, filters: Filters, person: Person) -> int:
    """How many rows `list_encounters` has."""
    return int(np.count_nonzero(_records_of(register, filters, person)))


def list_encounters(register: Register, filters: Filters, person: Person, *, limit: int | None = None) -> pd.DataFrame:
    """The records that name a person, the latest first.

    Columns `engagement_id`, `date_start`, `date_end`, `date_precision`, `type`, `status`, `title`, `rank` and
    `name_latin` (the person's, there), `party_codes`,
    `others` (canonical names) and `others_en` (in Latin letters) of the other officials in it.
    """
    own = _records_of(register, filters, person)
    order = register.facets.shown_order
    numbers = order[own[order]][:limit]
    wanted = numbers_in(numbers)
    is_person = "name_canonical = $name and party_code is not distinct from $country"
    sql = f"""
        with own as (select engagement_no, arg_min(title, position) as title, arg_min(rank, position) as rank,
                            arg_min(name_latin, position) as name_latin
                     from official where {wanted} and {is_person} group by engagement_no),
        other as (select engagement_no, list(name_canonical order by position) as others,
                         list(name_latin order by position) as others_en
                  from official where {wanted} and name_canonical <> $name group by engagement_no),
        parties as (select engagement_no, list(party_code order by position) as party_codes
                    from party where {wanted} group by engagement_no)
        select engagement_no, engagement_id, date_start, date_end, date_precision, type, status, title, rank, name_latin,
               party_codes, others, others_en
        from (from engagement where {wanted}) join own using (engagement_no)
        left join other using (engagement_no) left join parties using (engagement_no)
    """
    rows = register.ask(sql, {"name": person.name, "country": person.country}).set_index("engagement_no")
    return rows.loc[numbers].reset_index(drop=True)


def list_contacts(register: Register, filters: Filters, person: Person, *, limit: int | None = None) -> pd.DataFrame:
    """Whom a person met: the officials of other parties in the same held records, the most frequent first.

    Columns as of `list_people`: `engagements` are those that both took part in. A letter is no meeting: records of type
    `message` and `aid` are left out.
    """
    facets, officials = register.facets, read_officials(register)
    own = _records_of(register, filters, person)
    own &= facets["status"].find(("held",), facets.records) & ~facets["type"].find(_NO_MEETING, facets.records)
    is_wanted = np.ones(len(officials.parties), dtype=bool)
    if person.country is not None:
        is_wanted &= ~officials.are_of((person.country,))
    is_wanted[officials.find_persons(hash_person(register, person.name, (*officials.codes, None)))] = False
    return _list_named(register, own, is_wanted, limit=limit)


def _records_of(register: Register, filters: Filters, person: Person) -> Mask:
    """The chosen records that name a person."""
    officials = read_officials(register)
    found = officials.find_persons(hash_person(register, person.name, (person.country,)))
    own = np.zeros(register.facets.records, dtype=bool)
    if len(found):
        own[officials.owners[officials.persons == found[0]]] = True
    chosen = choose_records(register, filters)
    return own if chosen is None else own & chosen


def _count_named(officials: Officials, chosen: Mask | None) -> Numbers:
    """In how many of the chosen records each person is named."""
    persons = officials.persons if chosen is None else officials.persons[chosen[officials.owners]]
    return np.bincount(persons, minlength=len(officials.parties))


def _list_named(
    register: Register, chosen: Mask | None, is_wanted: Mask | None, *, limit: int | None, offset: int = 0
) -> pd.DataFrame:
    """The wanted persons that chosen records name, as `list_people` describes them."""
    facets, officials = register.facets, read_officials(register)
    is_used = np.ones(len(officials.owners), dtype=bool) if chosen is None else chosen[officials.owners]
    if is_wanted is not None:
        is_used &= is_wanted[officials.persons]
    persons, owners = officials.persons[is_used], officials.owners[is_used]
    order = facets.time_order(owners)
    persons, owners = persons[order], owners[order]
    counts = np.bincount(persons, minlength=len(officials.parties))
    is_dated = facets.is_dated[owners]
    first, last, latest = (np.full(len(counts), -1, dtype=np.int32) for _ in range(3))
    # Of several values for one place numpy keeps the last.
    latest[persons[~is_dated]] = owners[~is_dated]
    last[persons[is_dated]] = owners[is_dated]
    first[persons[is_dated][::-1]] = owners[is_dated][::-1]
    latest = np.where(last < 0, latest, last)
    named = np.flatnonzero(counts)
    days = np.where(last[named] < 0, NO_DATE, facets.first[last[named]]).astype(np.int64)
    shown = named[np.lexsort((named, -days, -counts[named]))][offset:]
    shown = shown if limit is None else shown[:limit]
    frame = _read_named(register, latest[shown], officials.hashes[shown])
    frame["engagements"] = counts[shown]
    for name, at, day in (
        ("date_first", first, facets.first), ("first_until", first, facets.last),
        ("date_last", last, facets.first), ("last_until", last, facets.last),
    ):  # fmt: skip
        frame[name] = pd.Series([_day(day, number) for number in at[shown].tolist()], dtype="datetime64[s]")
    return frame[list(_COLUMNS)]


def _day(days: Numbers, number: int) -> date | None:
    return None if number < 0 else _EPOCH + timedelta(days=int(days[number]))


def _read_named(register: Register, records: Numbers, hashes: Numbers) -> pd.DataFrame:
    """What a record says of a person, for each record and hash of a person."""
    said: dict[tuple[int, int], tuple[str | None, ...]] = {}
    for at in range(0, len(records), _ROWS_A_READ):
        rows = register.fetch(f"""
            select engagement_no, hash(name_canonical, party_code), name_canonical, name_latin, party_code, rank, title
            from official where {numbers_in(np.unique(records[at : at + _ROWS_A_READ]))} order by engagement_no, position
        """)
        for number, person, *values in rows:
            said.setdefault((number, person), tuple(values))
    asked = zip(records.tolist(), hashes.tolist(), strict=True)
    return pd.DataFrame([said[one] for one in asked], columns=["name", "name_latin", "party_code", "rank", "title"])
