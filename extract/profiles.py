"""What a page asks about countries as partners: how often, of what kind, at what rank, and what came of plans.

Every question is put to the records that pass the filters, as in `queries`, so that the figures agree with every other page.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from extract.models import RANKS
from extract.queries import Filters, Register, choose_records
from extract.queries.facets import NO_DATE, Mask, Numbers
from extract.queries.kept import keep_answers, keep_few_answers
from extract.queries.officials import read_officials
from extract.queries.records import numbers_in

# A plan for a day may be met this many days earlier or later and still be the same one.
DAYS_OFF = 3
# The code of a rank where the record names no official of that side.
NO_RANK = "none"
# What the contacts of a party can be counted by.
BREAKDOWNS: tuple[str, ...] = ("type", "status", "sector", "partner", "own_rank", "other_rank", "month", "year")
_EPOCH = date(1970, 1, 1)
_COUNTED = ("engagements", "held", "planned", "cancelled", "undated", "partners")


def read_profiles(register: Register, filters: Filters, parties: Sequence[str]) -> pd.DataFrame:
    """One row a party, in the order given, with nothing but zeros where no record has it.

    Columns `party_code`, `engagements`, `held`, `planned`, `cancelled`, `undated`, `partners`; and of the held ones with
    a date the first and the last: `first_date`, `first_end`, `first_precision`, `first_id`, and `last_` likewise. These two
    are of records that an article is about, where there are any: what is told in passing may lie a century back.
    """
    facets = register.facets
    rows: list[dict[str, Any]] = []
    for party in dict.fromkeys(parties):
        numbers = _records_of(register, filters, party)
        is_dated = facets.is_dated[numbers]
        held = numbers[_are(register, numbers, "held") & is_dated]
        partners = _count(register, filters, party, "partner")["code"].nunique()
        counts = [int(np.count_nonzero(_are(register, numbers, status))) for status in _COUNTED[1:4]]
        counts = [len(numbers), *counts, int(np.count_nonzero(~is_dated)), partners]
        row: dict[str, Any] = {"party_code": party, **dict(zip(_COUNTED, counts, strict=True))}
        news = held[_are(register, held, "main", of="role")]
        news = news if len(news) else held
        rows.append(row | {"first": news[0] if len(news) else None, "last": news[-1] if len(news) else None})
    frame = pd.DataFrame(rows)
    found = _read_dates(register, [number for number in (*frame["first"], *frame["last"]) if pd.notna(number)])
    for edge in ("first", "last"):
        for name, column in (("date", "date_start"), ("end", "date_end"), ("precision", "date_precision")):
            frame[f"{edge}_{name}"] = found[column].reindex(frame[edge]).array
        frame[f"{edge}_id"] = found["engagement_id"].reindex(frame[edge]).array
    return frame.drop(columns=["first", "last"])


def _read_dates(register: Register, numbers: Sequence[int]) -> pd.DataFrame:
    sql = f"""
        select engagement_no, engagement_id, date_start, date_end, date_precision
        from engagement where {numbers_in(np.array(sorted(set(numbers)), dtype=np.int64))}
    """
    return register.ask(sql).set_index("engagement_no")


def count_contacts(register: Register, filters: Filters, parties: Sequence[str], by: str) -> pd.DataFrame:
    """Columns `party_code`, `code`, `status`, `engagements`: the records of each party by one of BREAKDOWNS.

    By `own_rank` a record counts once, under the highest rank among the officials of the party itself, by `other_rank` among
    those of others; `NO_RANK` where there is none. By `sector` and `partner` it counts under each; by `month` and `year` under
    its first day, an undated one not at all, and by `month` none that is known by its year alone. With `status`, the rows of
    one code add up to its records.
    """
    return pd.concat([_count(register, filters, one, by) for one in sorted(set(parties))], ignore_index=True)


@keep_answers
def _count(register: Register, filters: Filters, party: str, by: str) -> pd.DataFrame:
    """`count_contacts` of one party: each pair of a record and a code, counted by code and status."""
    owners, places, codes = _pairs_of(register, filters, party, by)
    status = register.facets["status"]
    many = max(len(status.codes), 1)
    counts = np.bincount(places * many + register.facets.by_record("status")[owners], minlength=0)
    found = np.flatnonzero(counts)
    frame = pd.DataFrame(
        {
            "party_code": party,
            "code": [codes[at // many] for at in found.tolist()],
            "status": [status.codes[at % many] for at in found.tolist()],
            "engagements": counts[found],
        }
    )
    return frame.sort_values(["code", "status"], ignore_index=True)


def _pairs_of(register: Register, filters: Filters, party: str, by: str) -> tuple[Numbers, Numbers, Sequence[str]]:
    """The party's records, each as often as it has codes, the places of these, and the codes themselves."""
    facets = register.facets
    numbers = _records_of(register, filters, party)
    if by in ("type", "status"):
        return numbers, facets.by_record(by)[numbers].astype(np.int64), facets[by].codes
    if by in ("month", "year"):
        is_known = facets.is_dated if by == "year" else facets.has_month
        dated = numbers[is_known[numbers]]
        spans = facets.first[dated].astype("datetime64[D]").astype(f"datetime64[{by[0].upper()}]")
        known, places = np.unique(spans, return_inverse=True)
        return dated, places, [str(span) for span in known]
    if by in ("own_rank", "other_rank"):
        return numbers, _highest_ranks(register, party, by)[numbers].astype(np.int64), (*RANKS, NO_RANK)
    name = "party" if by == "partner" else "sector" if filters.context else "core"
    owners, values = _facts_of(register, party, name)
    chosen = choose_records(register, filters)
    is_used = slice(None) if chosen is None else chosen[owners]
    return owners[is_used], values[is_used].astype(np.int64), facets[name].codes


@keep_few_answers
def _highest_ranks(register: Register, party: str, by: str) -> Numbers:
    """Of each record the highest rank on the party's own side, or on that of others."""
    officials = read_officials(register)
    is_counted = officials.are_of((party,))[officials.persons]
    if by == "other_rank":
        # An official of whom no party is known is of neither side.
        is_counted = ~is_counted & (officials.parties[officials.persons] < len(officials.codes))
    return officials.highest_ranks(is_counted, register.facets.records)


@keep_few_answers
def _facts_of(register: Register, party: str, name: str) -> tuple[Numbers, Numbers]:
    """The owners and values of a facet that are of the party's records; of `party`, those of others alone."""
    facet = register.facets[name]
    is_used = _have(register, party)[facet.owners]
    if name == "party" and party in facet.codes:
        is_used &= facet.values != facet.codes.index(party)
    return facet.owners[is_used], facet.values[is_used]


@keep_few_answers
def _records_of(register: Register, filters: Filters, party: str) -> Numbers:
    """The numbers of a party's records that pass the filters, in order of time."""
    own = _have(register, party)
    chosen = choose_records(register, filters)
    return register.facets.in_time(np.flatnonzero(own if chosen is None else own & chosen).astype(np.int32))


@keep_few_answers
def _have(register: Register, party: str) -> Mask:
    """The records that a party took part in."""
    return register.facets["party"].find((party,), register.facets.records)


def _are(register: Register, numbers: Numbers, code: str, of: str = "status") -> Mask:
    """Which of the records have a status, or another value of which each has one."""
    codes = register.facets[of].codes
    if code not in codes:
        return np.zeros(len(numbers), dtype=bool)
    return np.asarray(register.facets.by_record(of)[numbers] == codes.index(code))


def count_shared(register: Register, filters: Filters, parties: Sequence[str]) -> int:
    """In how many records all of the parties took part."""
    shared = np.ones(register.facets.records, dtype=bool)
    for party in parties:
        shared &= _have(register, party)
    chosen = choose_records(register, filters)
    return int(np.count_nonzero(shared if chosen is None else shared & chosen))


def list_planned(register: Register, filters: Filters, party: str, *, limit: int) -> pd.DataFrame:
    """What was planned with a party, the latest first, and what the register knows came of it.

    Columns `engagement_id`, `date_start`, `date_end`, `date_precision`, `type`, `party_codes`, `summary`, `summary_en`,
    `came_of_it` and `followed_id`. `held` or `cancelled`: a record with all of the plan's parties says so for the same
    days (DAYS_OFF off, where the plan named a day), and `followed_id` is its id; it is looked for in the whole register,
    whatever the filters. `ahead`: the plan is later than all that the register tells of; `not_found`; `undated`.
    """
    facets = register.facets
    own = _records_of(register, filters, party)
    plans = own[_are(register, own, "planned")]
    plans = plans[np.lexsort((plans, -facets.first[plans].astype(np.int64)))][:limit]
    wanted = numbers_in(plans)
    sql = f"""
        with parties as (select engagement_no, list(party_code order by position) as party_codes
                         from party where {wanted} group by engagement_no)
        select engagement_no, engagement_id, date_start, date_end, date_precision, type, party_codes, summary, summary_en
        from (from engagement where {wanted}) join parties using (engagement_no)
    """
    rows = register.ask(sql).set_index("engagement_no").loc[plans].copy()
    told = _find_last_day(register)
    outcomes = _Outcomes(register, party)
    followed = []
    came = []
    for number, codes, precision in zip(plans.tolist(), rows["party_codes"], rows["date_precision"], strict=True):
        found = outcomes.find(number, codes, DAYS_OFF if precision == "day" else 0)
        followed.append(found)
        day = facets.first[number]
        late = "ahead" if told is not None and day > told else "not_found"
        came.append("undated" if day == NO_DATE else late if found is None else outcomes.status_of(found))
    ids = _read_dates(register, [one for one in followed if one is not None])["engagement_id"]
    names = [None if one is None else ids[one] for one in followed]
    rows["came_of_it"], rows["followed_id"] = came, pd.Series(names, rows.index, dtype=object)
    return pd.DataFrame(rows.reset_index(drop=True))


class _Outcomes:
    """The records of a party in the whole register that say that something was held or cancelled, in order of time."""

    def __init__(self, register: Register, party: str) -> None:
        facets = register.facets
        own = facets.in_time(np.flatnonzero(_have(register, party)))
        self._register, self._party = register, party
        self._numbers = own[~_are(register, own, "planned") & facets.is_dated[own]]
        self._first, self._last = facets.first[self._numbers], facets.last[self._numbers]
        self._longest = int((self._last - self._first).max(initial=0))

    def find(self, plan: int, parties: Sequence[str], slack: int) -> int | None:
        """The number of the latest record of what came of a plan: a held one, else a cancelled one."""
        facets = self._register.facets
        if not facets.is_dated[plan]:
            return None
        first, last = int(facets.first[plan]) - slack, int(facets.last[plan]) + slack
        # None that began earlier than the longest takes can last until the plan's days.
        near = slice(*np.searchsorted(self._first, [first - self._longest, last + 1]).tolist())
        met = self._numbers[near][self._last[near] >= first]
        for code in parties:
            if code != self._party:
                met = met[facets["party"].have(code, met)]
        held = met[_are(self._register, met, "held")]
        return int((held if len(held) else met)[-1]) if len(met) else None

    def status_of(self, number: int) -> str:
        """Whether a record was held or cancelled."""
        status = self._register.facets["status"]
        return status.codes[int(self._register.facets.by_record("status")[number])]


@keep_answers
def _find_last_day(register: Register) -> int | None:
    """The last day that the register tells of, in days since 1970: of what was held, or of an article's publication."""
    facets = register.facets
    held = facets.first[facets["status"].find(("held",), facets.records)]
    published = register.ask("select max(published) as last from source")["last"].iloc[0]
    days = [int(held.max(initial=NO_DATE))]
    if pd.notna(published):
        days.append((pd.Timestamp(published).date() - _EPOCH).days)
    return max(days) if max(days) > NO_DATE else None
