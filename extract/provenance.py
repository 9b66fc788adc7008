"""What a page asks about where a record and the register come from: neighbours in the list, version, refused inputs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from extract.queries import Filters, Register, keep_answers, list_numbers
from extract.queries.records import numbers_in


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record stands in the list of chosen ones: the ids before and after it, its number from 1, and of how many.

    `number` is None where the filters leave the record itself out.
    """

    previous_id: str | None
    next_id: str | None
    number: int | None
    total: int


def find_place(register: Register, filters: Filters, engagement_id: str) -> Place | None:
    """The place of a record in the order of `list_records`, or None where the register has no such record."""
    found = register.ask("select engagement_no from engagement where engagement_id = $id", {"id": engagement_id})
    if found.empty:
        return None
    number = int(found["engagement_no"].iloc[0])
    places = register.facets.shown_places
    shown = places[list_numbers(register, filters)]
    at = int(np.searchsorted(shown, places[number]))
    is_chosen = at < len(shown) and shown[at] == places[number]
    near = [one for one in (at - 1, at + is_chosen) if 0 <= one < len(shown)]
    beside = register.facets.shown_order[shown[near]]
    ids = register.ask(f"select engagement_no, engagement_id from engagement where {numbers_in(beside)}")
    names = dict(zip(ids["engagement_no"], ids["engagement_id"], strict=True))
    named = {one: names[number] for one, number in zip(near, beside.tolist(), strict=True)}
    return Place(named.get(at - 1), named.get(at + is_chosen), at + 1 if is_chosen else None, len(shown))


@keep_answers
def read_meta(register: Register) -> Mapping[str, str]:
    """What the run that built the register wrote of itself: `built_at`, and numbers of `articles`, `records`, `refused`, ..."""
    frame = register.ask("select key, value from meta")
    return dict(zip(frame["key"], frame["value"], strict=True))


def count_refusals(register: Register) -> pd.DataFrame:
    """Columns `reason`, `inputs`: how many inputs of the last run were refused for each reason, most first."""
    return register.ask("select reason, count(*) as inputs from refusal group by all order by inputs desc, reason")


def list_refusals(register: Register, *, limit: int | None = None) -> pd.DataFrame:
    """Columns `path`, `reason`, `detail`: the inputs that the last run refused, in the order of their paths."""
    return register.ask("select path, reason, detail from refusal order by path, detail limit $limit", {"limit": limit})
