"""An engagement in the making, between the clauses that tell of it and the record that it becomes; what a title says."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from extract.dates import DateMention
from extract.event_types import CONTACTS
from extract.events import EventMention
from extract.participants import Participant


@dataclass(slots=True)
class Draft:
    """An engagement in the making: the clauses that tell of it, and what they agree on."""

    events: list[EventMention]
    type: str
    status: str
    parties: dict[str, Participant]
    role: str = "background"
    date: DateMention | None = None
    attending: set[int] = field(default_factory=set)

    @property
    def sentences(self) -> list[int]:
        """Numbers of the sentences that tell of it, in order, each once."""
        return sorted({e.sentence for e in self.events})

    @property
    def people(self) -> set[int]:
        """Numbers of the people named in its clauses."""
        return {p.person for e in self.events for p in e.participants if p.person is not None}


@dataclass(frozen=True, slots=True)
class Headline:
    """What the title alone says: types of event in order, parties, and whether one was called off."""

    types: tuple[str, ...]
    parties: tuple[str, ...]
    is_cancelled: bool = False


def family(kind: str) -> str:
    """Return "contact" for the types that a later sentence may use for one another, else the type itself."""
    return "contact" if kind in CONTACTS else kind


def is_firm(event: EventMention) -> bool:
    """Whether a weak word ("talks", "dialogue") has two parties that surely held them: officials, or "between"."""
    return len({p.code for p in event.participants if p.role in ("official", "between")}) > 1


def goes_back(draft: Draft, event: EventMention) -> bool:
    """A visit to the one is not the visit to the other: "Afwerki arrived in Addis Ababa after Abiy's visit to Eritrea"."""
    goal = _goal([event], draft.parties)
    return goal is not None and _goal(draft.events, draft.parties) not in (None, goal)


def _goal(events: Iterable[EventMention], parties: Iterable[str]) -> str | None:
    """Return the party to which the first visit that says so goes."""
    goals = (e.destination.code for e in events if e.type == "visit" and e.destination is not None)
    return next((code for code in goals if code in parties), None)
