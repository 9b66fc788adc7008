"""Facets made of the last ones: where a decision changed some records, the facts of all others are not read again.

What no decision changed is shared between the old and the new register, down to the same arrays.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import duckdb
import numpy as np

from extract.corrections import Overlay
from extract.models import Engagement
from extract.queries.facets import (
    FACTS,
    NO_DATE,
    Facet,
    Facets,
    History,
    Mask,
    Numbers,
    read_facet,
    read_facets,
    read_parents,
    rename_codes,
)

# More records than these at once, as from an import, are read with all others.
_MANY = 5_000
# What facets work out when they are first asked, and what each is made of.
_DERIVED = {
    "pairs": ("party",), "cells": ("sector", "party"), "core_cells": ("core", "party"),
    "has_month": (), "is_dated": (), "shown_order": (), "shown_places": (), "_is_in_time": (),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class State:
    """What became of a record: as it is shown (None: as it was extracted), whether it is at all, and its review."""

    record: Engagement | None = None
    is_hidden: bool = False
    review: str | None = None


_AS_EXTRACTED = State()


def list_states(overlay: Overlay) -> dict[int, State]:
    """What became of each record that anyone decided on, by its number."""
    return {
        number: State(overlay.records.get(name), name in overlay.hidden, overlay.reviews.get(name))
        for name, number in overlay.numbers.items()
    }


def patch_facets(
    connection: duckdb.DuckDBPyConnection, old: Facets, before: Mapping[int, State], now: Mapping[int, State]
) -> Facets:
    """The facets of a register, made of those of the same file under earlier decisions, `before`."""
    sides = ((number, before.get(number, _AS_EXTRACTED), now.get(number, _AS_EXTRACTED)) for number in {*before, *now})
    changed = sorted(number for number, was, is_now in sides if was != is_now)
    if not changed:
        return old
    if len(changed) > _MANY:
        return read_facets(connection)
    with connection.cursor() as cursor:
        columns = _patch_columns(cursor, old, changed)
        if columns is None:
            return read_facets(connection)
        facets = {name: _patch_facet(cursor, old[name], FACTS[name], changed) for name in FACTS if name != "article"}
        facets["article"] = _patch_articles(cursor, old["article"], changed, before)
        parents = read_parents(cursor)
    for name, source in (("group", "sector"), ("core_group", "core")):
        facets[name] = old[name] if facets[source] is old[source] else rename_codes(facets[source], parents)
    new = Facets(columns.history, facets, columns.present, first=columns.first, last=columns.last, sure=columns.sure)
    _share_derived(old, new)
    return new


def _share_derived(old: Facets, new: Facets) -> None:
    is_same_time = all(getattr(old, name) is getattr(new, name) for name in ("present", "first", "last"))
    for name, sources in _DERIVED.items():
        is_same = all(old[source] is new[source] for source in sources) if sources else is_same_time
        if name in old.__dict__ and is_same and old.records == new.records:
            new.__dict__[name] = old.__dict__[name]


@dataclass(frozen=True, slots=True)
class _Columns:
    present: Mask
    first: Numbers
    last: Numbers
    sure: Numbers
    history: History


def _patch_columns(cursor: duckdb.DuckDBPyConnection, old: Facets, changed: Sequence[int]) -> _Columns | None:
    """What facets hold of each record; None where a run's time is there that no record had."""
    numbers = _write_list(changed)
    day = "coalesce(date_diff('day', date '1970-01-01', {}), $none)::integer"
    rows = cursor.execute(
        f"select engagement_no, {day.format('date_start')}, {day.format('coalesce(date_end, date_start)')},"
        " confidence::float, coalesce(epoch(first_seen), 0)::bigint, coalesce(epoch(changed_at), 0)::bigint"
        f" from engagement left join history using (engagement_no) where engagement_no in ({numbers})",
        {"none": NO_DATE},
    ).fetchall()
    many = max(old.records, *(row[0] + 1 for row in rows), 0) if rows else old.records
    present = np.ones(old.records, dtype=bool) if old.present is None else old.present
    there = _put(present, many, changed, {row[0]: True for row in rows}, empty=False)
    many = int(np.flatnonzero(there)[-1]) + 1 if there.any() else 0
    places = dict(zip(old.history.moments.tolist(), range(len(old.history.moments)), strict=True))
    if not all(moment in places for row in rows for moment in (row[4], max(row[4:6]), 0)):
        return None
    nothing = places.get(0, 0)
    first, last, sure, came, touched = (
        _put(column, many, changed, values, empty=empty)
        for column, values, empty in (
            (old.first, {row[0]: row[1] for row in rows}, NO_DATE),
            (old.last, {row[0]: row[2] for row in rows}, NO_DATE),
            (old.confidence, {row[0]: row[3] for row in rows}, 0),
            (old.history.came, {row[0]: places[row[4]] for row in rows}, nothing),
            (old.history.touched, {row[0]: places[max(row[4:6])] for row in rows}, nothing),
        )
    )
    history = old.history
    if came is not history.came or touched is not history.touched:
        history = History(history.moments, came, touched)
    return _Columns(there if many == len(there) else there[:many], first, last, sure, history)


def _put(column: Numbers, many: int, changed: Sequence[int], values: Mapping[int, object], *, empty: object) -> Numbers:
    """A column of `many` numbers with new values in the changed ones; the same array where nothing is new."""
    at = np.array([number for number in changed if number < many], dtype=np.int64)
    new = np.array([values.get(number, empty) for number in at.tolist()], dtype=column.dtype)
    if many == len(column) and (column[at] == new).all():
        return column
    put = np.full(many, empty, dtype=column.dtype)
    put[: len(column)] = column[:many]
    put[at] = new
    return put


def _find_facts(facet: Facet, numbers: Sequence[int]) -> list[slice]:
    """Where the facts of each record stand."""
    wanted = np.array(numbers, dtype=np.int32)
    starts, ends = np.searchsorted(facet.owners, wanted), np.searchsorted(facet.owners, wanted, side="right")
    return [slice(start, end) for start, end in zip(starts.tolist(), ends.tolist(), strict=True)]


def _drop(facet: Facet, places: Sequence[slice]) -> tuple[Numbers, Numbers]:
    """The facts of a facet but those at some places."""
    keep = np.ones(len(facet.owners), dtype=bool)
    for place in places:
        keep[place] = False
    return facet.owners[keep], facet.values[keep]


def _patch_facet(cursor: duckdb.DuckDBPyConnection, facet: Facet, sql: str, changed: Sequence[int]) -> Facet:
    wanted = f"owner in ({_write_list(changed)}) and code is not null"
    rows = cursor.execute(f"select distinct owner, code from ({sql}) as found(owner, code) where {wanted}").fetchall()
    places = _find_facts(facet, changed)
    old = {
        (number, facet.codes[value])
        for number, place in zip(changed, places, strict=True)
        for value in facet.values[place].tolist()
    }
    if old == set(rows):
        return facet
    owners, values = _drop(facet, places)
    counts = np.bincount(values, minlength=len(facet.codes))
    used = {code for code, count in zip(facet.codes, counts.tolist(), strict=True) if count}
    codes = tuple(sorted(used | {code for _, code in rows}))
    place = {code: at for at, code in enumerate(codes)}
    small = np.uint8 if len(codes) <= 2**8 else np.uint16 if len(codes) <= 2**16 else np.int32
    moved = np.array([place.get(code, 0) for code in facet.codes], dtype=small)
    values = moved[values] if len(values) else values.astype(small)
    added = sorted((number, place[code]) for number, code in rows)
    new_owners = np.array([number for number, _ in added], dtype=np.int32)
    at = np.searchsorted(owners, new_owners)
    return Facet(codes, np.insert(owners, at, new_owners), np.insert(values, at, [value for _, value in added]))


def _patch_articles(
    cursor: duckdb.DuckDBPyConnection, facet: Facet, changed: Sequence[int], before: Mapping[int, State]
) -> Facet:
    """The articles of records: no name of them is kept, so that they are read anew where a changed record has others."""
    now, extracted = (_read_articles(cursor, source, changed) for source in ("source", "register.main.source"))
    gone = []
    for number in changed:
        state = before.get(number, _AS_EXTRACTED)
        shown = {one.article_id for one in state.record.sources} if state.record else extracted.get(number, set())
        if now.get(number, set()) == (set() if state.is_hidden else shown):
            continue
        if number in now:
            return read_facet(cursor, FACTS["article"], is_named=False)
        gone.append(number)
    if not gone:
        return facet
    return Facet((), *_drop(facet, _find_facts(facet, gone)))


def _read_articles(cursor: duckdb.DuckDBPyConnection, table: str, changed: Sequence[int]) -> dict[int, set[str]]:
    found: dict[int, set[str]] = {}
    sql = f"select engagement_no, article_id from {table} where engagement_no in ({_write_list(changed)})"
    for number, article_id in cursor.execute(sql).fetchall():
        found.setdefault(number, set()).add(article_id)
    return found


def _write_list(numbers: Sequence[int]) -> str:
    """Numbers written out, so that DuckDB skips the rows of all others."""
    return ", ".join(map(str, numbers))
