"""Finds the places that the words around them make the scene of an event, and grades how surely.

"held talks with his counterpart in Geneva" is a scene; "the situation in Syria", "the embassy in Tunis" and "said in Rome"
are none. What stands before the preposition decides: the words of an event, a person or a day, or something else.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from extract.annotate import Annotated
from extract.clauses import EVENT_KINDS
from extract.cues import event_patterns, is_speech_verb, that_words
from extract.lexicon import Hit, load, words
from extract.people import Person
from extract.places import PlaceMention
from extract.titles import TITLE_KINDS

_BA, _LAM, _AL, _WA, _FA = "\u0628", "\u0644", "\u0627\u0644", "\u0648", "\u0641"
_REACH_OPENING = 5  # tokens between "in" and its place: "in the capital of the kingdom, Rabat"
_REACH_ANCHOR = 24  # tokens between an event's word and "in": two officials with their titles may stand there
_REACH_PREMISES = 5  # tokens between the word of a building and the city: "at the Ritz-Carlton hotel in Singapore"
_REACH_HOSTED = 7  # tokens between a host and what it hosts: "hosts tomorrow, under the patronage of"
_REACH_HOSTED_BEFORE = 5
_REACH_TOPIC = 4  # tokens between the word of a situation or an institution and "in"
_REACH_LETTERS = 60  # folded letters before a place in which its country may stand
_MARKS = frozenset({",", '"', "("})
SCENE_KINDS = frozenset({"capital", "city", "country", "seat"})
# How surely a place is a scene: told by an event's word, by a person or a day, by nothing against it; or it is none, but
# where one spoke, or where an envoy serves.
OF_EVENT, OF_PERSON, OPEN, SPOKEN, POSTED = 3, 2, 1, 0, -1


@dataclass(frozen=True, slots=True)
class Scene:
    """A place that may be where an event was held; `planned` and `held` where the words say that it lies ahead or behind.

    Where somebody only spoke there (`SPOKEN`), `speaker` is his country.
    """

    place: PlaceMention
    grade: int
    planned: bool = False
    held: bool = False
    speaker: str | None = None


@lru_cache(maxsize=16)
def _words(list_name: str) -> frozenset[str]:
    return words("event_cues", "venue", list_name)


@lru_cache(maxsize=1)
def city_states() -> frozenset[str]:
    """Return the codes of the countries whose name is their city's too: Singapore."""
    return frozenset(load("event_cues")["venue"]["city_states"])


def is_city(place: PlaceMention) -> bool:
    """Whether a place is a city, or a country that is one."""
    return place.city is not None or (place.kind == "country" and place.code in city_states())


def _is(token: str, list_name: str) -> bool:
    """Whether a token is a word of a list of the venue's cues, with "and" before it or without."""
    found = _words(list_name)
    return token in found or (token[:1] in (_WA, _FA) and token[1:] in found)


class Scenes:
    """The scenes of one article; what every stretch of text needs is worked out once."""

    def __init__(self, doc: Annotated, people: Sequence[Person]) -> None:
        self.doc = doc
        self.countries = {span: person.country for person in people for span in person.spans}
        self.people = sorted(self.countries)
        self.titles = {h.start: h.end for h in doc.of_kind(TITLE_KINDS)}
        hits = [h for h in doc.hits if h.kind in EVENT_KINDS or h.kind == "event_support"]
        self.events: dict[int, Hit] = {doc.token_index(h.end - 1): h for h in hits}

    def find(self, start: int, end: int, types: frozenset[str]) -> list[Scene]:
        """Return the scenes between two folded offsets in order of place; `types` are those of the events meant."""
        found = []
        for place in self.doc.places_in(start, end):
            if place.kind not in SCENE_KINDS or self._person_at(place.start) is not None:
                continue
            opening, at = opening_of(self.doc, place)
            scene = None
            if opening == "in":
                scene = self._grade(place, self._past_premises(at), self.doc.token_index(start), types)
            elif opening == "host" and self._is_gathering_near(place, at, types):
                scene = Scene(place, OF_EVENT, _is(self._token(at), "planned_holding"))
            if scene is not None:
                found.append(scene)
        return found

    def _is_gathering_near(self, place: PlaceMention, verb: int, types: frozenset[str]) -> bool:
        """Whether what a place hosted is an event, after it or before the verb: "the talks that Doha hosted"."""
        last = self.doc.token_index(place.end - 1)
        around = [*range(verb - _REACH_HOSTED_BEFORE, verb), *range(last + 1, last + 1 + _REACH_HOSTED)]
        return any(k in self.events and self.events[k].value in types for k in around)

    def _token(self, index: int) -> str:
        return self.doc.tokens[index].text if 0 <= index < len(self.doc.tokens) else ""

    def _person_at(self, at: int) -> tuple[int, int] | None:
        return next((s for s in self.people if s[0] <= at < s[1]), None)

    def _past_premises(self, at: int) -> int:
        """ "in the hotel ... in Singapore": return where the phrase of the building opens, or `at` itself."""
        for k in range(at - 1, max(at - 1 - _REACH_PREMISES, -1), -1):
            token = self._token(k)
            if not token.isalnum():
                break
            if (token in _words("premises") or _is_kind(token)) and self._token(k - 1) in _words("in"):
                return k - 1
            if token[:1] == _BA and (token[1:] in _words("premises") or _is_kind(token[1:])):
                return k
        return at

    def _grade(self, place: PlaceMention, at: int, low: int, types: frozenset[str]) -> Scene | None:
        """Read back from the token before the preposition to what the place belongs to."""
        planned = passed_person = is_open = False
        is_dated = at == low or _is(self._token(at - 1), "days")
        speaker: str | None = None
        k = at - 1
        while k >= max(low, at - _REACH_ANCHOR):
            token = self._token(k)
            planned = planned or _is(token, "planned_holding")
            person = self._person_at(self.doc.tokens[k].start)
            if k in self.events:
                return self._of_event(place, k, types, is_open, planned)
            if _is(token, "holding"):
                return Scene(place, OPEN if is_open else OF_EVENT, planned)
            if is_speech_verb(token):
                return Scene(place, SPOKEN, speaker=speaker)
            is_name = self._is_in_place(k)  # "the states" of the Gulf are no topic
            if _is(token, "topic") and not passed_person and not is_name and at - k <= _REACH_TOPIC:
                return None
            if _is(token, "posts") and not passed_person and at - k <= _REACH_TOPIC:
                return Scene(place, POSTED)
            if token in that_words() or event_patterns().clause.fullmatch(token):
                break
            if person is not None:
                passed_person, speaker = True, self.countries[person]
                k = self.doc.token_index(person[0])
            elif not self._is_neutral(k):
                is_open = True
            k -= 1
        grade = OF_PERSON if is_dated or (passed_person and not is_open) else OPEN
        return Scene(place, grade, planned, speaker=speaker) if is_city(place) or grade == OF_PERSON else None

    def _of_event(
        self, place: PlaceMention, index: int, types: frozenset[str], is_open: bool, planned: bool
    ) -> Scene | None:
        event = self.events[index]
        if event.value not in types or (is_open and not is_city(place)):
            return None
        held = event.kind == "event_past" or not _words("press").isdisjoint(event.phrase.text.split())
        return Scene(place, OPEN if is_open else OF_EVENT, planned or event.kind == "event_future", held)

    def _is_neutral(self, index: int) -> bool:
        """Whether a token may stand between an event and its place: a mark, a day, a title, a place, a light word."""
        token = self.doc.tokens[index]
        if not token.text.isalpha() or _is(token.text, "light"):
            return True
        if any(s <= token.start < e for s, e in self.titles.items() if s <= token.start):
            return True
        return self._is_in_place(index)

    def _is_in_place(self, index: int) -> bool:
        token = self.doc.tokens[index]
        near = self.doc.places_in(token.start - _REACH_LETTERS, token.end)  # a name may be of several words
        return any(p.word_start <= token.start < p.end for p in near)


def opening_of(doc: Annotated, place: PlaceMention) -> tuple[str, int]:
    """Return what opens a place ("in", "to", "from", "host", or "" for nothing) and the index of the token that does.

    Between may stand the kind of place and its country: "in the Chinese capital, Beijing", "at the palace in Jeddah".
    """
    index = doc.token_index(place.word_start)
    prefix = doc.text[place.word_start : place.start].lstrip(_WA + _FA)
    if prefix.startswith(_BA):
        return "in", index
    if prefix.startswith(_LAM):
        return "to", index
    near = [p for p in doc.places_in(place.word_start - _REACH_LETTERS, place.word_start) if p.code == place.code]
    k = index - 1
    while k >= max(index - 1 - _REACH_OPENING, 0):
        token = doc.tokens[k]
        name = _opens(token.text)
        if name is not None:
            return name, k
        is_of_place = any(p.word_start <= token.start < p.end for p in near)
        is_mark = token.text in _MARKS and any(0 <= token.start - p.end <= 1 for p in near)
        is_mark = is_mark or (token.text == '"' and token.end == place.word_start)
        if not (is_of_place or is_mark or _is_kind(token.text)):
            break
        k -= 1
    return "", k


def _opens(token: str) -> str | None:
    """Return what a word before a place makes of it: "in", "to", "from", "host", or None."""
    for name in ("in", "to", "from"):
        if _is(token, name):
            return name
    if _is(token, "hosting"):
        return "host"
    if token[:1] in (_BA, _LAM):
        stem = token[2:] if token.startswith(_LAM + _LAM) else token[1:].removeprefix(_AL)
        if _is_kind(stem):
            return "in" if token[0] == _BA else "to"
    return None


def _is_kind(token: str) -> bool:
    """Whether a word names a kind of place: "city", "the capital"."""
    return _is(token, "kinds") or token.removeprefix(_AL) in _words("kinds")
