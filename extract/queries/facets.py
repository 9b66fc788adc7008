"""The columns that filters look at, as small numbers in numpy: read once a register, shared by all sessions.

A facet holds a code for each fact (a record's type, each of its parties, ...) beside the record that it is of. What
passes a filter is a mask over the records, and counting is `numpy.bincount`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import Any

import duckdb
import numpy as np
from numpy.typing import NDArray

Mask = NDArray[np.bool_]
Numbers = NDArray[Any]

NO_DATE = -(2**31)
_LONGER_THAN_A_MONTH = 31

# Rows that are worked on at a time, so that what is made on the way stays small beside what is kept.
_ROWS = 2**18

# Each facet's facts, one row a fact: the record's number and a code. `core` is of core sectors alone.
FACTS = {
    "party": "select engagement_no, party_code from party",
    "sector": "select engagement_no, sector_code from sector",
    "core": "select engagement_no, sector_code from sector where is_core",
    "type": "select engagement_no, type from engagement",
    "status": "select engagement_no, status from engagement",
    "role": "select engagement_no, role from engagement",
    "rank": "select engagement_no, rank from official",
    "outcome": "select engagement_no, type from outcome",
    "outlet": "select engagement_no, outlet from source where outlet is not null",
    "review": "select engagement_no, coalesce(state, 'unreviewed') from engagement left join review using (engagement_no)",
    "article": "select engagement_no, article_id from source",
}


@dataclass(frozen=True, slots=True)
class Facet:
    """Facts as numbers: `values[i]` is the place in `codes` of a code that record `owners[i]` has, each once.

    Articles are as many as records and have no `codes` here: they are only counted.
    """

    codes: tuple[str, ...]
    owners: Numbers
    values: Numbers

    def find(self, wanted: Iterable[str], records: int) -> Mask:
        """The records that have any of these codes."""
        is_wanted = np.zeros(len(self.codes) + 1, dtype=bool)
        for code in wanted:
            if code in self.codes:
                is_wanted[self.codes.index(code)] = True
        found = np.zeros(records, dtype=bool)
        found[self.owners[is_wanted[self.values]]] = True
        return found

    def have(self, code: str, numbers: Numbers) -> Mask:
        """Which of some records have a code: for few of them, without a look at all others."""
        if code not in self.codes:
            return np.zeros(len(numbers), dtype=bool)
        # Of the same kind: numpy would make all owners of another kind for each look.
        sought = numbers.astype(self.owners.dtype)
        starts, ends = (np.searchsorted(self.owners, sought, side=side) for side in ("left", "right"))
        many = ends - starts
        rows = np.arange(int(many.sum())) + np.repeat(starts - np.cumsum(many) + many, many)
        own = np.repeat(np.arange(len(numbers)), many)[self.values[rows] == self.codes.index(code)]
        return np.bincount(own, minlength=len(numbers)) > 0

    def count(self, chosen: Mask | None) -> Numbers:
        """In how many of the chosen records (all, where None) each code is, in the order of `codes`."""
        return self.count_values(chosen, len(self.codes) or int(self.values.max(initial=0)) + 1)

    def count_values(self, chosen: Mask | None, many: int) -> Numbers:
        """How often each of `many` values is there among the chosen records, in rows taken some at a time."""
        counts = np.zeros(many, dtype=np.int64)
        for at in range(0, len(self.values), _ROWS):
            values = self.values[at : at + _ROWS]
            if chosen is not None:
                values = values[chosen[self.owners[at : at + _ROWS]]]
            # numpy counts 64-bit numbers alone, and would copy all values at once.
            counts += np.bincount(values, minlength=many)
        return counts


@dataclass(frozen=True, slots=True)
class History:
    """When each record came into the register, and when it came or last changed, as places in `moments`.

    `moments` are the times of runs in seconds since 1970, in order; a record whose time is not known came in the first.
    """

    moments: Numbers
    came: Numbers
    touched: Numbers

    def after(self, moment: datetime) -> int:
        """The place of the first run after a time in UTC."""
        return int(np.searchsorted(self.moments, moment.replace(tzinfo=UTC).timestamp(), side="right"))


class Facets:
    """The facets of a register and the dates, confidences and history of its records, by record number."""

    def __init__(
        self, history: History, facets: dict[str, Facet], present: Mask, *, first: Numbers, last: Numbers, sure: Numbers
    ) -> None:
        """`present` are the numbers that a record has: what analysts rejected or merged away leaves gaps."""
        self.records = len(present)
        self.present = None if present.all() else present
        self.history = history
        self.facets = facets
        self.first, self.last, self.confidence = first, last, sure

    def __getitem__(self, name: str) -> Facet:
        return self.facets[name]

    def by_record(self, name: str) -> Numbers:
        """Of a facet of which each record has one code, such as `type`, the code's place by record number."""
        facet = self.facets[name]
        if self.present is None:
            return facet.values
        places = np.zeros(self.records, dtype=facet.values.dtype)
        places[facet.owners] = facet.values
        return places

    def in_time(self, numbers: Numbers) -> Numbers:
        """Numbers of records in the order of their first days, the undated last: as they are, but for corrected records."""
        return numbers[self.time_order(numbers)]

    def time_order(self, numbers: Numbers) -> Numbers | slice:
        """What puts numbers of records in time."""
        if self._is_in_time:
            return slice(None)
        days = self.first[numbers].astype(np.int64)
        return np.argsort(np.where(days == NO_DATE, np.iinfo(np.int64).max, days), kind="stable")

    @cached_property
    def _is_in_time(self) -> bool:
        days = self.first[self.is_dated]
        return bool((days[1:] >= days[:-1]).all() and self.is_dated[: len(days)].all())

    @cached_property
    def has_month(self) -> Mask:
        """The records whose month is known: those of which only the year is have none."""
        return np.asarray(self.is_dated & (self.last - self.first < _LONGER_THAN_A_MONTH))

    @cached_property
    def is_dated(self) -> Mask:
        """The records that have a date."""
        return np.asarray(self.first != NO_DATE)

    @cached_property
    def shown_order(self) -> Numbers:
        """The records as a reader sees them: the latest first, the undated last, else by number."""
        order = np.argsort(-self.first.astype(np.int64), kind="stable").astype(np.int32)
        return order if self.present is None else order[self.present[order]]

    @cached_property
    def shown_places(self) -> Numbers:
        """The place of each record in `shown_order`; -1 for a number that no record has."""
        places = np.full(self.records, -1, dtype=np.int32)
        places[self.shown_order] = np.arange(len(self.shown_order), dtype=np.int32)
        return places

    @cached_property
    def pairs(self) -> Facet:
        """Two parties of one record as one code: place of the first in `party` times their number, plus the second."""
        party = self["party"]
        return _cross(party, party, self.records, is_same=True)

    @cached_property
    def cells(self) -> Facet:
        """A sector and a party of one record, as in `pairs`."""
        return _cross(self["sector"], self["party"], self.records, is_same=False)

    @cached_property
    def core_cells(self) -> Facet:
        """A core sector and a party of one record, as in `pairs`."""
        return _cross(self["core"], self["party"], self.records, is_same=False)


def _cross(left: Facet, right: Facet, records: int, *, is_same: bool) -> Facet:
    """Every two codes of one record, as one number; of one facet with itself, each two once and in order."""
    starts = np.searchsorted(right.owners, np.arange(records + 1)).astype(np.int32)
    kind = np.uint16 if len(left.codes) * len(right.codes) <= 2**16 else np.int32
    parts: list[tuple[Numbers, Numbers]] = [(np.zeros(0, np.int32), np.zeros(0, kind))]
    for row in range(0, len(left.owners), _ROWS):
        own, values = left.owners[row : row + _ROWS], left.values[row : row + _ROWS]
        times = starts[own + 1] - starts[own]
        ends = np.cumsum(times)
        within = np.arange(int(ends[-1])) - np.repeat(ends - times, times)
        owners, first = np.repeat(own, times), np.repeat(values, times).astype(np.int32)
        second = right.values[starts[owners] + within].astype(np.int32)
        keep = first < second if is_same else slice(None)
        parts.append((owners[keep], (first * len(right.codes) + second)[keep].astype(kind)))
    return Facet((), np.concatenate([part[0] for part in parts]), np.concatenate([part[1] for part in parts]))


def read_facets(connection: duckdb.DuckDBPyConnection) -> Facets:
    """Read every facet; a code that a record has twice counts once."""
    with connection.cursor() as cursor:
        found = cursor.execute(
            "select coalesce(date_diff('day', date '1970-01-01', date_start), $none)::integer as first,"
            " coalesce(date_diff('day', date '1970-01-01', coalesce(date_end, date_start)), $none)::integer as last,"
            " confidence::float as sure, engagement_no as number from engagement order by engagement_no",
            {"none": NO_DATE},
        ).fetchnumpy()
        facets = {name: read_facet(cursor, sql, is_named=name != "article") for name, sql in FACTS.items()}
        parents = read_parents(cursor)
        history = cursor.execute(
            "select coalesce(epoch(first_seen), 0)::bigint as came, coalesce(epoch(changed_at), 0)::bigint as changed"
            " from engagement left join history using (engagement_no) order by engagement_no"
        ).fetchnumpy()
    facets |= {"group": rename_codes(facets["sector"], parents), "core_group": rename_codes(facets["core"], parents)}
    numbers = np.asarray(found["number"])
    present = np.zeros(int(numbers.max(initial=-1)) + 1, dtype=bool)
    present[numbers] = True
    first, last = (_spread(numbers, present, np.asarray(found[name]), NO_DATE) for name in ("first", "last"))
    came, changed = (_spread(numbers, present, np.asarray(history[name]), 0) for name in ("came", "changed"))
    sure = _spread(numbers, present, np.asarray(found["sure"]), 0)
    return Facets(_write_history(came, changed), facets, present, first=first, last=last, sure=sure)


def read_parents(cursor: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """The group of each sector."""
    return dict(cursor.execute("select code, coalesce(parent, code) from label where kind = 'sector'").fetchall())


def _spread(numbers: Numbers, present: Mask, values: Numbers, empty: int) -> Numbers:
    """Values of records by their number; those of gaps are never asked for."""
    if len(numbers) == len(present):
        return values
    spread = np.full(len(present), empty, dtype=values.dtype)
    spread[numbers] = values
    return spread


def _write_history(came: Numbers, changed: Numbers) -> History:
    moments = np.union1d(np.unique(came), np.unique(changed))
    places = (np.searchsorted(moments, times).astype(np.uint16) for times in (came, np.maximum(came, changed)))
    return History(moments, *places)


def rename_codes(facet: Facet, names: Mapping[str, str]) -> Facet:
    """The facet with each code in the place of another, such as a sector's group."""
    codes = tuple(sorted({names.get(code, code) for code in facet.codes}))
    places = np.array([codes.index(names.get(code, code)) for code in facet.codes], dtype=np.int64)
    many = max(len(codes), 1)
    numbers = facet.owners.astype(np.int64) * many + (places[facet.values] if len(facet.values) else 0)
    owners, values = np.divmod(_once(numbers), many)
    return Facet(codes, owners.astype(np.int32), values.astype(np.uint8))


def _once(numbers: Numbers) -> Numbers:
    """The numbers in order, each once; fast where they nearly are in order, as rows read by several threads."""
    ordered = np.sort(numbers, kind="stable")
    is_new = np.ones(len(ordered), dtype=bool)
    is_new[1:] = ordered[1:] != ordered[:-1]
    return ordered[is_new]


def read_facet(cursor: duckdb.DuckDBPyConnection, sql: str, *, is_named: bool) -> Facet:
    """Read one facet: `sql` gives a record's number and a code, one row a fact."""
    facts = f"from (select * from ({sql}) as found(owner, code) where code is not null) as facts"
    codes: tuple[str, ...] = ()
    if is_named:
        codes = tuple(row[0] for row in cursor.execute(f"select distinct code {facts} order by code").fetchall())
        if not codes:
            return Facet((), np.zeros(0, np.int32), np.zeros(0, np.uint8))
        literals = ", ".join("'" + code.replace("'", "''") + "'" for code in codes)
        read = cursor.execute(f"select owner, enum_code(code::enum({literals}))::integer as place {facts}").fetchnumpy()
        values = np.asarray(read["place"])
    else:
        read = cursor.execute(f"select owner, hash(code) as place {facts}").fetchnumpy()
        values = np.unique(read["place"], return_inverse=True)[1]
    many = int(values.max(initial=0)) + 1
    owners, values = np.divmod(_once(np.asarray(read["owner"]).astype(np.int64) * many + values), many)
    small = np.uint8 if many < 2**8 else np.uint16 if many < 2**16 else np.int32
    return Facet(codes, owners.astype(np.int32), values.astype(small))
