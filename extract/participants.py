"""Tells the parties of an event from the countries that are merely talked about, by the words around each.

    "talks between Egypt and Ethiopia on the situation in Sudan"   -> EGY, ETH; Sudan is a topic
    "the Chinese side", "Kuwaiti-Pakistani relations", "received the Omani minister" -> CHN; KWT, PAK; OMN
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from extract.annotate import Annotated
from extract.lexicon import Hit, words
from extract.people import Person
from extract.places import PlaceMention

# How surely each role makes a party; those under 2 count only where another proof of the same party is found.
ROLE_STRENGTH = {"official": 3, "between": 3, "pair": 2, "noun": 2, "with": 2, "subject": 2, "destination": 2, "joined": 2, "mention": 0}
STRONG = 2
_WA, _BA, _LAM = "\u0648", "\u0628", "\u0644"
_REACH_BETWEEN = 26  # tokens after "between" in which its parties stand, titles and portfolios included
_REACH_TRIGGER = 4  # tokens between a verb and the country that is its subject or object


@dataclass(frozen=True, slots=True)
class Participant:
    """A party that a stretch of text names, by the folded place of its words and the role they give it."""

    code: str
    start: int
    end: int
    role: str
    person: int | None = None

    @property
    def is_strong(self) -> bool:
        """Whether this mention alone proves that the party took part."""
        return ROLE_STRENGTH[self.role] >= STRONG


@lru_cache(maxsize=1)
def _cues() -> dict[str, frozenset[str]]:
    return {
        "noun": words("event_cues", "party_noun", "words"),
        "topic": words("event_cues", "topic", "before"),
        "between": words("event_cues", "between", "words"),
        "with": words("event_cues", "with", "words"),
        "to": words("event_cues", "to", "words"),
    }


def find_participants(
    doc: Annotated, people: Sequence[Person], start: int, end: int, triggers: Sequence[Hit]
) -> tuple[Participant, ...]:
    """Return the participants named between two folded offsets, in order of place, strong and weak."""
    found: list[Participant] = []
    covered: list[tuple[int, int]] = []
    for person in people:
        for span in person.spans:
            if start <= span[0] < end:
                covered.append(span)
                if person.country and not person.is_spokesman:
                    found.append(Participant(person.country, *span, "official", person.number))
    places = [p for p in doc.places_in(start, end) if not any(s <= p.start < e for s, e in covered)]
    roles = _Roles(doc, places, triggers)
    for i, place in enumerate(places):
        found.append(Participant(place.code, place.word_start, place.end, roles.of(i)))
    return tuple(sorted(found, key=lambda p: p.start))


class _Roles:
    """The roles of the places of one stretch of text."""

    def __init__(self, doc: Annotated, places: Sequence[PlaceMention], triggers: Sequence[Hit]) -> None:
        self.doc = doc
        self.places = places
        self.first = [doc.token_index(p.word_start) for p in places]
        self.last = [doc.token_index(p.end - 1) for p in places]
        self.triggers = [(doc.token_index(t.word_start), doc.token_index(t.end - 1), t) for t in triggers]
        self.roles: dict[int, str] = {}

    def of(self, i: int) -> str:
        """Return the role of place number `i`; later places may lean on earlier ones."""
        role = self._find(i)
        self.roles[i] = role
        return role

    def _token(self, index: int) -> str:
        return self.doc.tokens[index].text if 0 <= index < len(self.doc.tokens) else ""

    def _find(self, i: int) -> str:
        place, cues = self.places[i], _cues()
        before = self._token(self.first[i] - 1)
        if self._is_pair(i):
            return "pair"
        if self._after_between(i):
            return "between"
        if place.kind == "nisba":
            return self._of_nisba(i, before)
        prefix = self.doc.text[place.word_start : place.start]
        if self._is_destination(i, before, prefix):
            return "destination"
        if before in cues["with"]:
            return "with"
        if prefix.startswith(_WA) and i > 0 and self.roles.get(i - 1) not in (None, "mention") and self._adjacent(i):
            return "joined"
        if before in cues["topic"] or prefix[-1:] == _BA or prefix[:1] == _BA:
            return "mention"
        if before in cues["noun"] and place.kind in ("country", "organisation"):
            return "noun"
        return "subject" if self._is_subject(i) else "mention"

    def _of_nisba(self, i: int, before: str) -> str:
        nouns = _cues()["noun"]
        if before in nouns or before.lstrip(_WA + _LAM) in nouns:
            return "noun"
        if self._token(self.first[i] - 2) in nouns and before.startswith("\u0627\u0644"):
            return "noun"
        return "mention"

    def _adjacent(self, i: int) -> bool:
        return self.first[i] - self.last[i - 1] <= 1

    def _is_pair(self, i: int) -> bool:
        """Two nationalities side by side, with or without a dash, of two parties: "Kuwaiti - Chinese"."""
        if self.places[i].kind != "nisba":
            return False
        for j in (i - 1, i + 1):
            if 0 <= j < len(self.places) and self.places[j].kind == "nisba" and self.places[j].code != self.places[i].code:
                left, right = min(i, j), max(i, j)
                gap = [self._token(k) for k in range(self.last[left] + 1, self.first[right])]
                if gap in ([], ["-"], ["/"]):
                    return True
        return False

    def _after_between(self, i: int) -> bool:
        for k in range(self.first[i] - 1, max(self.first[i] - _REACH_BETWEEN, -1), -1):
            token = self._token(k)
            if token in (".", ";", '"'):
                return False
            if token in _cues()["between"]:
                inner = [j for j in range(len(self.places)) if k < self.first[j] < self.first[i]]
                # The first place after "between" is a party, and so is one that "and" joins to it.
                if not inner:
                    return self._token(self.first[i] - 1) not in ("\u0641\u064a",) or True
                word = self.doc.tokens[self.first[i]].text
                joined = word.startswith(_WA) or any(
                    self._token(m).startswith(_WA) and self._token(m) not in _cues()["topic"]
                    for m in range(self.last[i - 1] + 1, self.first[i])
                )
                return joined and len({self.places[j].code for j in inner}) < 4
        return False

    def _is_destination(self, i: int, before: str, prefix: str) -> bool:
        """After a word of visiting: its object, or the place after "to"."""
        place = self.places[i]
        if place.kind not in ("country", "capital", "city"):
            return False
        for first, last, hit in self.triggers:
            if hit.value != "visit" or last >= self.first[i] or self.first[i] - last > 22:
                continue
            gap = self.first[i] - last - 1
            if before in _cues()["to"] or prefix in (_LAM, _LAM + _LAM, _WA + _LAM) or gap <= 1:
                return True
            if first >= 0 and gap <= 3 and before not in _cues()["topic"] and not prefix:
                return True
        return False

    def _is_subject(self, i: int) -> bool:
        """Right before or after a verb of the event, or joined to such a place."""
        for first, last, hit in self.triggers:
            if not hit.kind.startswith("event_") or hit.kind == "event_noun":
                continue
            if 0 < self.first[i] - last <= _REACH_TRIGGER or 0 < first - self.last[i] <= _REACH_TRIGGER:
                return True
        return False
