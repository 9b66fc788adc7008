"""Says where an engagement took place: the destination of a visit, "in" a place, or the country of him who received."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from extract.annotate import Annotated
from extract.cues import kinds_of_place, to_words
from extract.drafts import Draft
from extract.event_types import CONTACTS
from extract.events import EventMention
from extract.lexicon import Hit, load, words
from extract.participants import Participant
from extract.people import Person
from extract.places import PlaceMention

_BA, _LAM, _AL = "\u0628", "\u0644", "\u0627\u0644"
_REACH_IN = 3  # tokens: "in the capital of the kingdom, Rabat"
_REACH_BESIDE = 4  # letters: a comma and blanks
_REACH_HOST = 120  # folded letters after a verb of receiving in which the host stands


@dataclass(frozen=True, slots=True)
class Venue:
    """Where: the country's code, the city if said, and the folded places of the words for each."""

    country: str
    country_at: tuple[int, int]
    city: str | None
    city_en: str | None
    city_at: tuple[int, int] | None
    rule: str


@lru_cache(maxsize=1)
def _in_words() -> frozenset[str]:
    return words("event_cues", "venue", "in")


@lru_cache(maxsize=1)
def receiving_words() -> frozenset[str]:
    """Return the words whose subject is the host, as the event lexicon writes them."""
    return frozenset(load("event_cues")["venue"]["receiving"])


def find_venue(doc: Annotated, draft: Draft, people: Sequence[Person]) -> Venue | None:
    """Return where the engagement took place, or None where the text does not say; calls and messages have no venue."""
    if draft.type in ("call", "message"):
        return None
    return _destination(doc, draft) or _said(doc, draft) or _on_a_visit(doc, draft) or _received(draft, people)


def inherits_venue(draft: Draft, other: Draft) -> bool:
    """A paper signed, or an aside held, where another contact of its parties was: of one day, or told in one sentence."""
    if draft is other or other.type not in CONTACTS or not set(draft.parties) <= set(other.parties):
        return False
    same_sentence = bool(set(draft.sentences[:1]) & set(other.sentences))
    if draft.type == "meeting":
        return same_sentence
    same_day = draft.date is None or other.date is None or draft.date.date_start == other.date.date_start
    return draft.type in ("agreement", "joint_committee") and (same_sentence or same_day)


def _of_place(place: PlaceMention, rule: str, city: PlaceMention | None = None) -> Venue:
    city = city or (place if place.city else None)
    at = (place.word_start, place.end)
    if city is None:
        return Venue(place.code, at, None, None, None, rule)
    return Venue(place.code, at, city.city, city.city_en, (city.word_start, city.end), rule)


def _destination(doc: Annotated, draft: Draft) -> Venue | None:
    if draft.type != "visit":
        return None
    for event in draft.events:
        goal = event.destination
        if goal is None:
            continue
        places = [p for p in doc.places_in(event.start, event.end) if p.code == goal.code]
        place = next((p for p in places if p.word_start == goal.start), None)
        if place is not None:
            city = next((p for p in places if p.city and _is_located(doc, p)), None)
            return _of_place(place, "venue.destination", place if place.city else city)
    return None


def _is_located(doc: Annotated, place: PlaceMention) -> bool:
    """Whether "in", or the preposition bi-, stands before a place, its kind and its country between at most."""
    prefix = doc.text[place.word_start : place.start]
    if prefix.endswith(_BA) or prefix.startswith(_BA):
        return True
    index = doc.token_index(place.word_start)
    for k in range(index - 1, max(index - 1 - _REACH_IN, -1), -1):
        token = doc.tokens[k].text
        if token in _in_words():
            return True
        if not (token.startswith(_AL) or token in kinds_of_place()):
            return False
    return False


def _said(doc: Annotated, draft: Draft) -> Venue | None:
    located: list[PlaceMention] = []
    for event in draft.events[:3]:
        for place in doc.places_in(event.start, event.end):
            if place.kind in ("capital", "city", "country", "seat") and _is_located(doc, place):
                located.append(place)
    for place in located:
        if place.city:
            return _of_place(place, "venue.said")
    for place in located:
        if place.code in draft.parties:
            return _of_place(place, "venue.said")
    return None


def _received(draft: Draft, people: Sequence[Person]) -> Venue | None:
    """ "The king received the envoy": the first official after the verb, or before it, is the host."""
    for event in draft.events[:2]:
        for trigger in event.triggers:
            if trigger.phrase.text not in receiving_words():
                continue
            host = _host_of(trigger, event)
            if host is not None:
                return Venue(host.code, (host.start, host.end), None, None, None, "venue.host")
    return None


def _on_a_visit(doc: Annotated, draft: Draft) -> Venue | None:
    """ "will meet his counterparts during a visit to Qatar": others meet where the visit of the same clause goes."""
    for event in draft.events:
        if not any(t.value == "visit" for t in event.triggers):
            continue
        for place in doc.places_in(event.start, event.end):
            prefix = doc.text[place.word_start : place.start]
            before = doc.tokens[max(doc.token_index(place.word_start) - 1, 0)].text
            if place.kind in ("country", "capital", "city") and (prefix in (_LAM, _LAM + _LAM) or before in to_words()):
                return _of_place(place, "venue.visit")
    return None


def _host_of(trigger: Hit, event: EventMention) -> Participant | None:
    """The official who ends right before the word of receiving, or the first after it; alone, he may be the guest."""
    officials = [p for p in event.participants if p.person is not None]
    if len({p.code for p in officials}) < 2:
        return None
    before = [p for p in officials if 0 <= trigger.word_start - p.end < _REACH_BESIDE]
    after = [p for p in officials if 0 <= p.start - trigger.end < _REACH_HOST]
    return next(iter(before + after), None)
