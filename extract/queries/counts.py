"""How many records there are of each kind under a filter: numbers of distinct records, never of facts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pandas as pd

from extract.queries.facets import NO_DATE, Facet, Mask, Numbers
from extract.queries.filters import Filters
from extract.queries.kept import keep_answers
from extract.queries.register import Register
from extract.queries.selection import choice_facet, choose_records, without

_EPOCH = date(1970, 1, 1)
_TOP_SECTORS = 3


@dataclass(frozen=True, slots=True)
class Figures:
    """The size of a selection: numbers of engagements (and those without a date), parties, sectors and articles."""

    engagements: int
    undated: int
    parties: int
    sectors: int
    articles: int


@keep_answers
def read_figures(register: Register, filters: Filters) -> Figures:
    """How much there is under a filter."""
    facets = register.facets
    chosen = choose_records(register, filters)
    is_dated = facets.is_dated if chosen is None else facets.is_dated[chosen]
    return Figures(
        engagements=len(is_dated),
        undated=int(len(is_dated) - np.count_nonzero(is_dated)),
        parties=int(np.count_nonzero(_count(register, "party", filters))),
        sectors=int(np.count_nonzero(_count(register, "sector" if filters.context else "core", filters))),
        articles=int(np.count_nonzero(facets["article"].count(chosen))),
    )


@keep_answers
def count_choices(register: Register, filters: Filters, key: str) -> pd.DataFrame:
    """Columns `code`, `engagements`: how many records each code of filter `key` would show beside the other filters."""
    name = choice_facet(key, is_context=filters.context)
    return _ranked(register.facets[name].codes, _count(register, name, without(filters, key)), "code")


@keep_answers
def _count(register: Register, facet: str, filters: Filters) -> Numbers:
    """In how many records each code of a facet is; several filters of codes, and several figures, ask for the same."""
    return register.facets[facet].count(choose_records(register, filters))


@keep_answers
def count_parties(register: Register, filters: Filters) -> pd.DataFrame:
    """Columns `party_code`, `engagements`: the most frequent first."""
    return _ranked(register.facets["party"].codes, _count(register, "party", filters), "party_code")


@keep_answers
def count_pairs(register: Register, filters: Filters, *, limit: int | None = None) -> pd.DataFrame:
    """Columns `party_a`, `party_b`, `engagements`: parties that took part together, the most frequent first."""
    codes = register.facets["party"].codes
    chosen = choose_records(register, filters)
    frame = _count_cells(register.facets.pairs, chosen, row=("party_a", codes), column=("party_b", codes))
    frame = frame.sort_values(["engagements", "party_a", "party_b"], ascending=[False, True, True], ignore_index=True)
    return frame if limit is None else frame.head(limit)


@keep_answers
def count_sectors(register: Register, filters: Filters) -> pd.DataFrame:
    """Columns `sector_code`, `engagements`, `core`: how many records have the sector, and in how many it is core."""
    facets = register.facets
    cores = dict(zip(facets["core"].codes, _count(register, "core", filters).tolist(), strict=True))
    name = "sector" if filters.context else "core"
    frame = _ranked(facets[name].codes, _count(register, name, filters), "sector_code")
    return frame.assign(core=[cores.get(code, 0) for code in frame["sector_code"]])


@keep_answers
def count_sector_parties(register: Register, filters: Filters) -> pd.DataFrame:
    """Columns `sector_code`, `party_code`, `engagements`."""
    facets = register.facets
    cells, sectors = (facets.cells, facets["sector"]) if filters.context else (facets.core_cells, facets["core"])
    chosen = choose_records(register, filters)
    return _count_cells(cells, chosen, row=("sector_code", sectors.codes), column=("party_code", facets["party"].codes))


@keep_answers
def count_months(register: Register, filters: Filters) -> pd.DataFrame:
    """Columns `month` (its first day), `status`, `engagements`, by the first day of each dated record, in order of time.

    Records that are known only by their year are left out: they have no month.
    """
    facets = register.facets
    chosen = choose_records(register, filters)
    is_known = facets.has_month if chosen is None else facets.has_month & chosen
    status = facets["status"]
    months = facets.first[is_known].astype("datetime64[D]").astype("datetime64[M]")
    numbers = months.astype(np.int64)
    statuses = facets.by_record("status")[is_known].astype(np.int64)
    found, counts = np.unique(numbers * len(status.codes) + statuses, return_counts=True)
    month, code = np.divmod(found, max(len(status.codes), 1))
    return pd.DataFrame(
        {
            "month": month.astype("datetime64[M]").astype("datetime64[s]"),
            "status": [status.codes[at] for at in code],
            "engagements": counts,
        }
    )


_AGREED = ("agreement", "commitment")


@keep_answers
def count_stages(register: Register, filters: Filters) -> pd.DataFrame:
    """Columns `sector_code`, `discussed`, `agreed`, `signed`: held records of each sector, as far as each came.

    All of them were discussed; agreed are those with an agreement or a commitment as their outcome, or signed; signed
    are the records of type agreement. So no number of a row is larger than the one before it.
    """
    facets = register.facets
    chosen = choose_records(register, filters)
    held = facets["status"].find(("held",), facets.records)
    held = held if chosen is None else held & chosen
    signed = held & facets["type"].find(("agreement",), facets.records)
    agreed = signed | (held & facets["outcome"].find(_AGREED, facets.records))
    facet = facets["sector" if filters.context else "core"]
    frame = _ranked(facet.codes, facet.count(held), "sector_code").rename(columns={"engagements": "discussed"})
    for name, mask in (("agreed", agreed), ("signed", signed)):
        counts = dict(zip(facet.codes, facet.count(mask).tolist(), strict=True))
        frame[name] = [counts[code] for code in frame["sector_code"]]
    return frame


@keep_answers
def describe_parties(register: Register, filters: Filters) -> pd.DataFrame:
    """Columns `party_code`, `engagements`, `last_date`, `last_until`, `silent_months`, `top_sectors`: the most frequent first.

    `last_date` is the first day of the latest dated record, held or not, and `last_until` its last; `silent_months` are
    those from the first to the latest of the whole selection. All are missing where no record has a date.
    `top_sectors` lists up to three codes.
    """
    facets = register.facets
    party = facets["party"]
    chosen = choose_records(register, filters)
    is_used = facets.is_dated if chosen is None else facets.is_dated & chosen
    is_used = is_used[party.owners]
    last, until = (np.full(len(party.codes), NO_DATE, dtype=np.int64) for _ in range(2))
    # Of several values for one place numpy keeps the last: in order of time, which records are in but for corrected ones.
    owners, values = party.owners[is_used], party.values[is_used]
    order = np.argsort(facets.first[owners], kind="stable")
    last[values[order]] = facets.first[owners[order]]
    until[values[order]] = facets.last[owners[order]]
    frame = count_parties(register, filters).copy()
    places = {code: at for at, code in enumerate(party.codes)}
    at = [places[code] for code in frame["party_code"]]
    days = last[at]
    latest = int(days.max(initial=NO_DATE))
    for name, numbers in (("last_date", days), ("last_until", until[at])):
        written = [None if day == NO_DATE else _EPOCH + timedelta(days=int(day)) for day in numbers]
        frame[name] = pd.Series(written, dtype=object)
    frame["silent_months"] = pd.array(
        [None if day == NO_DATE else _months_between(int(day), latest) for day in days], dtype="Int64"
    )
    tops: dict[str, list[str]] = {}
    cells = count_sector_parties(register, filters)
    ordered = cells.sort_values(["engagements", "sector_code"], ascending=[False, True])
    for sector, code in zip(ordered["sector_code"], ordered["party_code"], strict=True):
        tops.setdefault(code, []).append(sector)
    frame["top_sectors"] = pd.Series([tops.get(code, [])[:_TOP_SECTORS] for code in frame["party_code"]], dtype=object)
    return frame


def _months_between(earlier: int, later: int) -> int:
    """Whole months between two days, given as numbers of days."""
    first, second = (_EPOCH + timedelta(days=day) for day in (earlier, later))
    return (second.year - first.year) * 12 + second.month - first.month - (second.day < first.day)


def _ranked(codes: tuple[str, ...], counts: Numbers, name: str) -> pd.DataFrame:
    """The codes that occur, the most frequent first, else in alphabetical order as `codes` are."""
    order = np.argsort(-counts, kind="stable")
    order = order[counts[order] > 0]
    return pd.DataFrame({name: [codes[at] for at in order], "engagements": counts[order]})


def _count_cells(
    cells: Facet, chosen: Mask | None, *, row: tuple[str, tuple[str, ...]], column: tuple[str, tuple[str, ...]]
) -> pd.DataFrame:
    """Counts of `cells`, whose rows and columns are given as (name, codes)."""
    counts = cells.count_values(chosen, len(row[1]) * len(column[1]))
    found = np.flatnonzero(counts)
    first, second = np.divmod(found, max(len(column[1]), 1))
    return pd.DataFrame(
        {
            row[0]: [row[1][at] for at in first],
            column[0]: [column[1][at] for at in second],
            "engagements": counts[found],
        }
    )
