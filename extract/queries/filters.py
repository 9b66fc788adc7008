"""What a reader asks for: `Filters`, and the table of filters that says how each narrows the records."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Filters:
    """What a reader wants to see; the defaults let everything through.

    Codes of one field are alternatives; fields narrow each other. `country` keeps the records that one of these focal
    countries took part in, and `partner` those of them in which one of these took part too. A sector counts where it is core, and
    with `context` also where it is only the writer's background. `rank` is that of any official. Days are inclusive;
    `undated` keeps the records without a date. `confidence` is the least that a record may have, in per cent. `review` is
    what analysts made of a record; those that they rejected are in no selection. `changed_since` keeps the records that
    came into the register, or changed, in a run after this time (UTC).
    """

    country: tuple[str, ...] = ()
    partner: tuple[str, ...] = ()
    group: tuple[str, ...] = ()
    sector: tuple[str, ...] = ()
    context: bool = False
    type: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    role: tuple[str, ...] = ()
    rank: tuple[str, ...] = ()
    outlet: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    undated: bool = True
    confidence: int = 0
    text: str = ""
    review: tuple[str, ...] = ()
    changed_since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Filter:
    """One filter: a field of `Filters`, and the column of facets that it looks at.

    `widget` is what a reader sets it with: a list of codes, a day, a switch, a number, words or a run. `kind` is the kind of
    label that names its codes.
    """

    key: str
    facet: str
    widget: str
    kind: str = ""


# In the order of the sidebar. The words of each are `filter.<key>` in the catalogue of the pages.
FILTERS: tuple[Filter, ...] = (
    Filter("country", "party", "codes", "party"),
    Filter("partner", "party", "codes", "party"),
    Filter("group", "group", "codes", "sector_group"),
    Filter("sector", "sector", "codes", "sector"),
    Filter("context", "sector", "switch"),
    Filter("type", "type", "codes", "type"),
    Filter("status", "status", "codes", "status"),
    Filter("since", "date", "day"),
    Filter("until", "date", "day"),
    Filter("undated", "date", "switch"),
    Filter("role", "role", "codes", "role"),
    Filter("rank", "rank", "codes", "rank"),
    Filter("outlet", "outlet", "codes", "outlet"),
    Filter("confidence", "confidence", "number"),
    Filter("text", "text", "words"),
    Filter("review", "review", "codes", "review"),
    Filter("changed_since", "history", "run"),
)
CHOICES = {one.key: one for one in FILTERS if one.widget == "codes"}
