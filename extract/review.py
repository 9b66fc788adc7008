"""The review queue: records in the order of doubt times weight, why each needs a look, and how far the review is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from extract.corrections import Conflict, Rejected
from extract.queries.filters import Filters
from extract.queries.register import Register
from extract.queries.selection import ask_chosen, choose_records

# What makes a record doubtful, in the order in which it is told: the words are `doubt.<reason>` in the catalogue of the
# pages. A decision whose ground has changed comes before all else.
REASONS: tuple[str, ...] = ("conflict", "disagreement", "stamp", "new_name", "low_confidence")
_LOW = 0.8
# Doubt is one less the confidence, and more for each reason; weight is that of a main record, of several sources and of
# high rank. Found by looking through the queue of the pool: no more than an order to begin with.
_QUEUE = """
    , disputed as (select distinct engagement_no from disagreement)
    , stamped as (select distinct engagement_no from blank where reason = 'stamp_contradicted')
    , newcomer as (
        select distinct engagement_no from (
            select engagement_no, count(*) over (partition by name_canonical) as times from official
        ) where times = 1
    )
    , told as (select engagement_no, count(*) as sources from source group by engagement_no)
    , high as (
        select distinct engagement_no from official
        where rank in ('head_of_state', 'royal', 'head_of_government', 'foreign_minister')
    )
    , doubtful as (
        select engagement_no, engagement_id, confidence, state is not null as is_conflict,
               d.engagement_no is not null as is_disputed, s.engagement_no is not null as is_stamped,
               n.engagement_no is not null as is_new,
               (1 - confidence) + 2 * (state is not null)::int + 0.3 * (d.engagement_no is not null)::int
               + 0.3 * (s.engagement_no is not null)::int + 0.1 * (n.engagement_no is not null)::int as doubt,
               (case role when 'main' then 1.0 else 0.5 end) * (1 + 0.1 * least(coalesce(sources, 1) - 1, 5))
               * (case when h.engagement_no is not null then 1.25 else 1.0 end) as weight
        from chosen c
        left join review r using (engagement_no) left join disputed d using (engagement_no)
        left join stamped s using (engagement_no) left join newcomer n using (engagement_no)
        left join told using (engagement_no) left join high h using (engagement_no)
        where r.state is null or r.state = 'conflict'
    )
    select engagement_id, confidence, is_conflict, is_disputed, is_stamped, is_new
    from doubtful order by doubt * weight desc, engagement_id limit $limit
"""


@dataclass(frozen=True, slots=True)
class Doubt:
    """A record to look at, and why: some of REASONS, none where it is only next."""

    engagement_id: str
    reasons: tuple[str, ...]


def next_to_review(register: Register, filters: Filters, limit: int) -> list[Doubt]:
    """The records of a selection that nobody has decided on, or whose decision is in conflict, the most doubtful first."""
    frame = ask_chosen(register, filters, _QUEUE, limit=limit)
    return [
        Doubt(row[0], tuple(reason for reason, holds in zip(REASONS, (*row[2:], row[1] < _LOW), strict=True) if holds))
        for row in frame.itertuples(index=False)
    ]


def count_reviewed(register: Register, filters: Filters) -> tuple[int, int]:
    """How many records of a selection are decided on, and how many there are."""
    facets = register.facets
    chosen = choose_records(register, filters)
    mask = np.ones(facets.records, dtype=bool) if chosen is None else chosen
    open_ = facets["review"].find(("unreviewed", "conflict"), facets.records)
    return int(np.count_nonzero(mask & ~open_)), int(np.count_nonzero(mask))


def read_review(register: Register, engagement_id: str) -> str:
    """What analysts made of a record: "unreviewed" and the like, as the labels of kind "review" name it."""
    return register.overlay.reviews.get(engagement_id, "unreviewed")


def list_rejected(register: Register) -> list[Rejected]:
    """The records that analysts said are none, whichever filters are set, the last to be rejected first."""
    return list(reversed(register.overlay.rejected))


def list_conflicts(register: Register, engagement_id: str | None = None) -> list[Conflict]:
    """The decisions whose ground has changed; of one record, or of all."""
    current = register.overlay.current
    return [
        one
        for one in register.overlay.conflicts
        if engagement_id in (None, one.correction.engagement_id, current.get(one.correction.engagement_id))
    ]
