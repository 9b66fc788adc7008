"""The review queue: records in the order of doubt times weight, why each needs a look, and how far the review is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from extract.corrections import Conflict, Rejected
from extract.queries.filters import Filters
from extract.queries.register import Register
from extract.queries.selection import choose_records

# What makes a record doubtful, in the order in which it is told: the words are `doubt.<reason>` in the catalogue of the
# pages. A decision whose ground has changed comes before all else.
REASONS: tuple[str, ...] = ("conflict", "disagreement", "stamp", "crowded", "blank", "new_name", "low_confidence")
_LOW = 0.8
# Doubt is one less the confidence, and more for each reason; weight is that of a main record, of several sources and of
# high rank. Confidence lies between 0.68 and 0.87 for nearly all records: what is added, and the weights, stay small beside
# that, or they would decide alone. Found on the development articles (README, "the queue").
# A name that is new adds none: of the records with one fewer were wrong.
_QUEUE = """
    with disputed as (select distinct engagement_no from disagreement)
    , stamped as (select distinct engagement_no from blank where reason = 'stamp_contradicted')
    , doubtful as (
        select engagement_no, engagement_id, confidence, state is not null as is_conflict,
               d.engagement_no is not null as is_disputed, s.engagement_no is not null as is_stamped, is_crowded,
               venue_country is null or not is_named as is_blank,
               (1 - confidence) + 2 * (state is not null)::int + 0.3 * (d.engagement_no is not null)::int
               + 0.3 * (s.engagement_no is not null)::int + 0.05 * is_crowded::int
               + 0.05 * (venue_country is null)::int + 0.05 * (not is_named)::int as doubt,
               (case role when 'main' then 1.0 else 0.8 end) * (1 + 0.1 * least(sources - 1, 5))
               * (case when is_high then 1.1 else 1.0 end) as weight
        from passing join engagement using (engagement_no)
        left join review r using (engagement_no) left join disputed d using (engagement_no)
        left join stamped s using (engagement_no)
        where r.state is null or r.state = 'conflict'
    )
    , first as (from doubtful order by doubt * weight desc, engagement_id limit $limit)
    , names as (select engagement_no, name_canonical from official semi join first using (engagement_no))
    , once as (
        select name_canonical from official semi join names using (name_canonical)
        group by name_canonical having count(*) = 1
    )
    select engagement_id, confidence, is_conflict, is_disputed, is_stamped, is_crowded, is_blank,
           engagement_no in (select engagement_no from names semi join once using (name_canonical)) as is_new
    from first order by doubt * weight desc, engagement_id
"""
_HIGH = ("head_of_state", "royal", "head_of_government", "foreign_minister")
# Engagements that one article tells of, from which on they are easily mixed up.
_CROWD = 3


@dataclass(frozen=True, slots=True)
class Doubt:
    """A record to look at, and why: some of REASONS, none where it is only next."""

    engagement_id: str
    reasons: tuple[str, ...]


def next_to_review(register: Register, filters: Filters, limit: int) -> list[Doubt]:
    """The records of a selection that nobody has decided on, or whose decision is in conflict, the most doubtful first."""
    frame = register.ask(_QUEUE, {"limit": limit}, {"passing": _describe_chosen(register, filters)})
    return [
        Doubt(row[0], tuple(reason for reason, holds in zip(REASONS, (*row[2:], row[1] < _LOW), strict=True) if holds))
        for row in frame.itertuples(index=False)
    ]


def _describe_chosen(register: Register, filters: Filters) -> pa.Table:
    """The records that pass, and what the facets know of them that doubt and weight are made of."""
    facets = register.facets
    mask = choose_records(register, filters)
    numbers = np.arange(facets.records) if mask is None else np.flatnonzero(mask)
    articles, ranks = facets["article"], facets["rank"]
    is_crowded, is_named = np.zeros((2, facets.records), dtype=bool)
    is_crowded[articles.owners[articles.count(None)[articles.values] >= _CROWD]] = True
    is_named[ranks.owners] = True
    columns = {
        "engagement_no": np.arange(facets.records, dtype=np.int32),
        "is_crowded": is_crowded,
        "is_named": is_named,
        "is_high": ranks.find(_HIGH, facets.records),
        "sources": np.bincount(articles.owners, minlength=facets.records),
    }
    return pa.table({name: column[numbers] for name, column in columns.items()})


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
