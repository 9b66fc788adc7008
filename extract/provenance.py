"""What a page asks about where a record and the register come from: neighbours in the list, version, refused inputs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import pandas as pd

from extract.queries import Filters, Register, ask_chosen


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
    # The order of the list (the latest first, the undated last) as a number that rises: day after day backwards, then by number.
    key = "(date_start is null, -coalesce(epoch(date_start), 0), engagement_no)"
    sql = f"""
        , own as (select engagement_no, {key} as at from engagement where engagement_id = $id),
        other as (select engagement_id, engagement_no, {key} as at from chosen)
        select count(other.engagement_no) as total,
               count(*) filter (other.at < own.at) as before,
               coalesce(bool_or(other.engagement_no = own.engagement_no), false) as is_chosen,
               arg_max(other.engagement_id, other.at) filter (other.at < own.at) as previous_id,
               arg_min(other.engagement_id, other.at) filter (other.at > own.at) as next_id
        from own left join other on true group by own.engagement_no
    """
    found = ask_chosen(register, filters, sql, id=engagement_id).astype(object)
    if found.empty:
        return None
    row = found.where(found.notna(), None).iloc[0]
    number = int(row["before"]) + 1 if row["is_chosen"] else None
    return Place(row["previous_id"], row["next_id"], number, int(row["total"]))


@lru_cache(maxsize=2)
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
