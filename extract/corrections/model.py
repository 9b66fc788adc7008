"""What an analyst decides on a record, as it is kept: who, when, what was, what shall be, why, and on which words it rests."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from extract.errors import RawabitError
from extract.models import Engagement, Evidence

# set: a field (of its sources one, as a list of one); confirm, reject: the record; split: `new` are members that leave a merged
# record; merge: `new` are records that it takes in; add: `new` is a whole record; undo: `new` is the id of a correction;
# keep, take: of a conflict on a field, the analyst's value or the extractor's.
ACTIONS: tuple[str, ...] = ("set", "confirm", "reject", "split", "merge", "add", "undo", "keep", "take")
ON_A_FIELD = frozenset({"set", "keep", "take"})
REVIEWS: tuple[str, ...] = ("unreviewed", "confirmed", "corrected", "added", "conflict", "rejected")
# What the id of a record begins with that an analyst added.
ADDED = "added-"
# The rule under which a person's evidence is kept.
RULE = "analyst"


class CorrectionError(RawabitError):
    """A correction cannot be kept as it is: an unknown code, words that the article does not have, nothing to undo."""


class Stale(CorrectionError):  # noqa: N818 - a state, as the field calls it
    """Others have decided on the record since it was shown: `newer` are their corrections; nothing was written."""

    def __init__(self, newer: tuple[Correction, ...]) -> None:
        names = ", ".join(dict.fromkeys(one.author for one in newer))
        super().__init__(f"the record was changed meanwhile by {names}")
        self.newer = newer


@dataclass(frozen=True, slots=True)
class Anchor:
    """What finds a record again after it was extracted anew, and tells whether its ground has changed.

    `texts` are digests of its articles' texts by article id; `spans` are article id, start and end of what it rests on;
    `members` are the articles' own records that were merged into it; `base` is the extractor's own value of the field, or,
    where a record was confirmed, of each field.
    """

    texts: tuple[tuple[str, str], ...] = ()
    type: str = ""
    parties: tuple[str, ...] = ()
    spans: tuple[tuple[str, int, int], ...] = ()
    members: tuple[str, ...] = ()
    base: Any = None


@dataclass(frozen=True, slots=True)
class Correction:
    """One decision on one record.

    `old` and `new` are JSON values as `write_value` makes them of a field, for other actions what ACTIONS says; `at` is in
    UTC; `number` is its place in the log, 0 until it is written. `anchor` is filled in when it is written.
    """

    engagement_id: str
    action: str
    author: str
    field: str | None = None
    old: Any = None
    new: Any = None
    why: str = ""
    evidence: tuple[Evidence, ...] = ()
    at: datetime = dataclasses.field(default_factory=lambda: datetime.now(UTC))
    correction_id: str = dataclasses.field(default_factory=lambda: uuid4().hex)
    number: int = 0
    anchor: Anchor | None = None

    @property
    def article_id(self) -> str | None:
        """The article that a decision on a source is about: for `keep` and `take`, `new` is its id."""
        if self.field != "sources":
            return None
        return str(self.new[0][0]) if isinstance(self.new, list) else str(self.new)

    @property
    def records(self) -> tuple[str, ...]:
        """Ids of all records that the decision is about."""
        others = self.new if self.action in ("merge", "split") else ()
        return (self.engagement_id, *others)


@dataclass(frozen=True, slots=True)
class Conflict:
    """A decision whose ground has changed; until an analyst decides anew, theirs is what is shown.

    `reason`: value_changed (the extractor now reads another value), text_changed (the article is another), words_moved (the
    words that it rests on are no longer there), record_gone (nothing that is extracted now is that record), set_on_both (two
    records were merged on which analysts had set the field: the later value is shown, `rival` is the other setting). `theirs` is
    the analyst's value, `then` and `now` are the extractor's, all as JSON values.
    """

    correction: Correction
    reason: str
    theirs: Any
    then: Any
    now: Any
    rival: Correction | None = None


@dataclass(frozen=True, slots=True)
class Rejected:
    """A record that an analyst said is none, as it would be shown, and the decisions that say so, the last one last."""

    record: Engagement
    decisions: tuple[Correction, ...]


@dataclass(frozen=True, slots=True)
class Overlay:
    """What the corrections make of a register: `records` as they are shown, by id, in place of their own or beside all.

    `hidden` are ids that are shown no more; `reviews` are one of REVIEWS for each record that anyone decided on, by its
    present id; `original` are the extractor's own records behind the corrected ones; `current` gives, of each id
    that a decision names, the present one; `rejected` are in the order in which they were; `numbers` are those of the records
    concerned in the register as it was opened.
    """

    records: dict[str, Engagement] = dataclasses.field(default_factory=dict)
    hidden: frozenset[str] = frozenset()
    reviews: dict[str, str] = dataclasses.field(default_factory=dict)
    conflicts: tuple[Conflict, ...] = ()
    original: dict[str, Engagement] = dataclasses.field(default_factory=dict)
    current: dict[str, str] = dataclasses.field(default_factory=dict)
    rejected: tuple[Rejected, ...] = ()
    numbers: dict[str, int] = dataclasses.field(default_factory=dict)

    def names(self, engagement_id: str) -> tuple[str, ...]:
        """All ids under which decisions were made on what is now this record: `history` wants them."""
        return (engagement_id, *(name for name, now in self.current.items() if engagement_id == now != name))
