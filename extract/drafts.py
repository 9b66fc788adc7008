"""An engagement in the making, between the clauses that tell of it and the record that it becomes; what a title says."""

from __future__ import annotations

from dataclasses import dataclass, field

from extract.dates import DateMention
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
