"""Tells two registers apart: records gained, lost and changed, field by field."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import fields
from typing import Any

import duckdb

from extract.models import Engagement
from extract.rows import write_line
from extract.store import read_engagements

_AT_A_TIME = 500
_FIELDS = tuple(field.name for field in fields(Engagement))


def compare_registers(old: duckdb.DuckDBPyConnection, new: duckdb.DuckDBPyConnection) -> Iterator[str]:
    """A line for each record gained (+), lost (-) or changed (~, with the fields below), and a last one that counts them.

    Records are the same if their ids are; what is held of each is a digest.
    """
    before, after = _digests(old), _digests(new)
    gained, lost = after.keys() - before.keys(), before.keys() - after.keys()
    changed = {name for name in after.keys() & before.keys() if after[name] != before[name]}
    for sign, register, names in (("+", new, gained), ("-", old, lost)):
        for record in _read(register, names):
            yield f"{sign} {_headline(record)}"
    for was, now in zip(_by_id(old, changed), _by_id(new, changed), strict=True):
        yield f"~ {_headline(now)}"
        yield from _changes(was, now)
    yield f"{len(gained)} gained, {len(lost)} lost, {len(changed)} changed, {len(after) - len(gained) - len(changed)} the same"


def _digests(register: duckdb.DuckDBPyConnection) -> dict[str, bytes]:
    records = read_engagements(register)
    return {one.engagement_id: hashlib.blake2b(write_line(one).encode(), digest_size=8).digest() for one in records}


def _read(register: duckdb.DuckDBPyConnection, names: set[str]) -> Iterator[Engagement]:
    for some in _batched(sorted(names)):
        yield from read_engagements(register, some)


def _by_id(register: duckdb.DuckDBPyConnection, names: set[str]) -> Iterator[Engagement]:
    for some in _batched(sorted(names)):
        yield from sorted(read_engagements(register, some), key=lambda one: one.engagement_id)


def _batched(names: list[str]) -> Iterator[list[str]]:
    yield from (names[at : at + _AT_A_TIME] for at in range(0, len(names), _AT_A_TIME))


def _headline(record: Engagement) -> str:
    parties = "-".join(record.parties)
    return f"{record.engagement_id} {record.date_start or 'undated'} {record.type} {parties} {record.sources[0].title}"


def _changes(was: Engagement, now: Engagement) -> Iterator[str]:
    for name in _FIELDS:
        old, new = getattr(was, name), getattr(now, name)
        if old == new:
            continue
        if isinstance(old, tuple):
            yield from (f"    {name}: - {_plain(item)}" for item in old if item not in new)
            yield from (f"    {name}: + {_plain(item)}" for item in new if item not in old)
        else:
            yield f"    {name}: {old} -> {new}"


def _plain(item: Any) -> str:
    """An item of a list in short: the values that it has."""
    if not hasattr(item, "__dataclass_fields__"):
        return str(item)
    values = (getattr(item, field.name) for field in fields(item))
    return " | ".join(str(value) for value in values if value is not None)
