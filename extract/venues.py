"""Says where an engagement took place: the goal of a visit, "in" a place, the host of a gathering or of a guest."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from extract.annotate import Annotated
from extract.clauses import is_owned
from extract.cues import event_patterns
from extract.drafts import Draft
from extract.event_types import CONTACTS, NEXT_ROUND
from extract.events import STOP_ROLES, EventMention
from extract.fold import fold_word
from extract.lexicon import Hit, load, tables, words
from extract.participants import Participant
from extract.people import Person
from extract.places import PlaceMention
from extract.venue_places import OF_EVENT, OF_PERSON, OPEN, SPOKEN, Scene, Scenes, city_states, is_city, opening_of

_LAM = "\u0644"
_REACH_BESIDE = 4  # letters: a comma and blanks
_REACH_HOST = 120  # folded letters after a verb of receiving in which the host stands
_REACH_GOAL = 6  # tokens between a word of visiting and its goal, people aside: "his first visit since to Moscow"
_REACH_OBJECT = 1  # tokens between a verb of visiting and its object: "visits today Rabat"
_GOAL_KINDS = ("country", "capital", "city")
_REMOTE = ("call", "message")


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
def receiving_words() -> frozenset[str]:
    """Return the words whose subject is the host, as the event lexicon writes them."""
    return frozenset(load("event_cues")["venue"]["receiving"])


@lru_cache(maxsize=1)
def _before_verb() -> frozenset[str]:
    return words("event_cues", "venue", "before_verb")


def find_venue(
    doc: Annotated, draft: Draft, people: Sequence[Person], elsewhere: Collection[int] = frozenset()
) -> Venue | None:
    """Return where the engagement took place, or None where the text does not say; calls and messages have no venue.

    `elsewhere` are numbers of sentences beside its own that go on about it.
    """
    if draft.type in _REMOTE:
        return None
    scenes = Scenes(doc, people)
    types = frozenset((*CONTACTS, NEXT_ROUND, draft.type))
    ranges = [(e.start, e.end) for e in draft.events]
    later = [(doc.sentences[n].start, doc.sentences[n].end) for n in sorted(elsewhere)]
    told = [scenes.find(*r, types) for r in ranges]
    venue = _destination(doc, draft) or _said(doc, draft, told) or _on_a_visit(doc, draft)
    venue = venue or _received(doc, draft) or _at_home(doc, draft, people)
    if venue is not None and venue.city is not None:
        return venue
    own = [s for found in told for s in found]
    others = [s for r in later if _is_of_parties(doc, draft, people, r) for s in scenes.find(*r, types)]
    if venue is None:
        for rule, scene in (
            ("venue.said_later", _said_elsewhere(draft, others)),
            ("venue.spoken_abroad", _spoken_abroad(draft, [*own, *others])),
        ):
            if scene is not None:
                venue = _of_place(doc, scene.place, rule)
                break
    if venue is None or venue.city is not None:
        return venue
    return _with_city(doc, venue, ranges, [*own, *(s for s in others if s.grade != OPEN)])


def _is_of_parties(doc: Annotated, draft: Draft, people: Sequence[Person], at: tuple[int, int]) -> bool:
    """Whether a stretch of text names no official of another country: what he held is another event."""
    there = {p.country for p in people for s in p.spans if at[0] <= s[0] < at[1] and p.country is not None}
    return there <= set(draft.parties)


def is_sent(event: EventMention) -> bool:
    """Whether the words of a message say that it was sent, not handed over."""
    words_of_it = fold_word(event.trigger.phrase.text).split()
    return not words("event_cues", "venue", "sent").isdisjoint(words_of_it)


def _of_place(doc: Annotated, place: PlaceMention, rule: str) -> Venue:
    at = (place.word_start, place.end)
    if place.city:
        return Venue(place.code, at, place.city, place.city_en, at, rule)
    if place.kind == "seat":  # "the palace in Jeddah" is one name, and holds its city
        inside = next((h for h in doc.hits if h.kind == "city" and place.start < h.start < place.end), None)
        if inside is not None:
            city = tables("cities")[inside.value]
            return Venue(place.code, at, city["name_ar"], city["name_en"], (inside.word_start, inside.end), rule)
    if place.code in city_states():
        names = tables("countries")[place.code]
        return Venue(place.code, at, names["capital_ar"], names["capital_en"], at, rule)
    return Venue(place.code, at, None, None, None, rule)


def _destination(doc: Annotated, draft: Draft) -> Venue | None:
    """ "arrived in Doha on a visit": where a visit goes; not "left Doha", nor a country that took no part."""
    if draft.type != "visit":
        return None
    return next((v for event in draft.events if (v := _goal_of(doc, event, draft, "venue.destination"))), None)


def _goal_of(doc: Annotated, event: EventMention, draft: Draft, rule: str) -> Venue | None:
    goals = [p for p in event.participants if p.role == "destination"]
    stops = [p for p in event.participants if p.role in STOP_ROLES]
    if len({p.code for p in stops}) == 1:  # one stop of a tour
        goals = stops
    for goal in goals:
        place = next((p for p in doc.places_in(event.start, event.end) if p.word_start == goal.start), None)
        if place is None or place.kind == "organisation" or place.code not in draft.parties:
            continue
        if opening_of(doc, place)[0] != "from":
            return _of_place(doc, place, rule)
    return None


def _may_be(scene: Scene, draft: Draft) -> bool:
    """Whether a scene can be the draft's: a country only where it is told of an event, or of a party."""
    if (scene.planned and draft.status == "held") or (scene.held and draft.status == "planned"):
        return False
    if scene.place.kind == "organisation":
        return False
    return is_city(scene.place) or scene.grade == OF_EVENT or scene.place.code in draft.parties


def _said(doc: Annotated, draft: Draft, told: Sequence[Sequence[Scene]]) -> Venue | None:
    for scenes in told:
        fit = [s for s in scenes if s.grade >= OPEN and _may_be(s, draft)]
        if fit:
            best = max(fit, key=lambda s: (s.grade, -s.place.start))
            return _of_place(doc, best.place, "venue.said")
    return None


def _on_a_visit(doc: Annotated, draft: Draft) -> Venue | None:
    """ "will meet his counterparts during a visit to Qatar": others meet where the visit of the same sentence goes."""
    for event in draft.events:
        goals = {p.start for p in event.participants if p.role == "destination"}
        start = doc.sentences[event.sentence].start
        told = [h for h in doc.hits if h.value == "visit" and start <= h.start < event.end]
        own = [t for t in event.triggers if t.value == "visit"]
        for place in doc.places_in(start, event.end):
            visits = [t for t in own or told if t.end <= place.word_start]
            is_of_draft = place.code in draft.parties or (bool(own) and draft.type != "visit")
            if visits and is_of_draft and place.kind in _GOAL_KINDS and _goes_to(doc, visits[-1], place, event, goals):
                return _of_place(doc, place, "venue.visit")
    return None


def _goes_to(doc: Annotated, visit: Hit, place: PlaceMention, event: EventMention, goals: Collection[int]) -> bool:
    """Whether a place is where a word of visiting goes: after "to", near where that is one letter; or its object."""
    opening, at = opening_of(doc, place)
    gap = _gap(doc, visit, place, event)
    if opening == "to":
        return gap <= _REACH_GOAL or doc.tokens[at].start != place.word_start
    return opening == "" and place.word_start in goals and gap <= _REACH_OBJECT


def _gap(doc: Annotated, visit: Hit, place: PlaceMention, event: EventMention) -> int:
    """Return the number of tokens between a word of visiting and a place, people aside."""
    tokens = doc.tokens_in(visit.end, place.word_start)
    people = [p for p in event.participants if p.person is not None]
    return sum(not any(p.start <= t.start < p.end for p in people) for t in tokens)


def _received(doc: Annotated, draft: Draft) -> Venue | None:
    """ "The king received the envoy": the first official after the verb, or before it, is the host."""
    for event in draft.events[:2]:
        for trigger in event.triggers:
            if trigger.phrase.text not in receiving_words():
                continue
            host = _host_of(doc, trigger, event)
            if host is not None and host.code in draft.parties:
                return Venue(host.code, (host.start, host.end), None, None, None, "venue.host")
    return None


def _at_home(doc: Annotated, draft: Draft, people: Sequence[Person]) -> Venue | None:
    """ "met the envoy in his office", "at the ministry": the office of the subject, who is no envoy."""
    ranks = {p.number: p.rank for p in people}
    for event in draft.events[:2]:
        match = event_patterns().own_premises.search(doc.text, event.start, event.end)
        subject = next((p for p in event.participants if p.person is not None), None)
        if match is None or subject is None or ranks.get(subject.person or 0) == "ambassador":
            continue
        if subject.end <= match.start() and subject.code in draft.parties:
            return Venue(subject.code, (subject.start, subject.end), None, None, None, "venue.host_at_home")
    return None


def _host_of(doc: Annotated, trigger: Hit, event: EventMention) -> Participant | None:
    """The official who ends right before the word of receiving, or the first after it; alone, he may be the guest."""
    officials = [p for p in event.participants if p.person is not None]
    if len({p.code for p in officials}) < 2:
        return None
    earlier = [p for p in officials if p.start < trigger.word_start]
    if is_owned(doc, trigger):  # "on receiving him": whose receiving it is was named before
        return earlier[-1] if earlier else None
    if trigger.kind == "event_noun":  # the first after "the reception of" is its host only where a guest is told
        return next((p for p in officials if p.start - trigger.end in (0, 1) and _has_guest(doc, p.end)), None)
    start = trigger.word_start
    before = doc.token_index(start) - 1
    while before >= 0 and doc.tokens[before].text in _before_verb():
        start = doc.tokens[before].start
        before -= 1
    beside = [p for p in earlier if 0 <= start - p.end < _REACH_BESIDE]
    after = [p for p in officials if 0 <= p.start - trigger.end < _REACH_HOST]
    return next(iter(beside + after), None)


def _has_guest(doc: Annotated, at: int) -> bool:
    """ "the king's reception of (li-) the envoy", "of him": whether the next word is marked as the object."""
    return doc.text[at : at + 3].lstrip(" ,-").startswith(_LAM)


def _said_elsewhere(draft: Draft, scenes: Sequence[Scene]) -> Scene | None:
    """ "the meeting that was held in Geneva": a later sentence that names the event gives its place."""
    if draft.type not in CONTACTS:
        return None
    ahead = draft.role == "background"  # of what no sentence of its own says, only a plan is surely its
    return next((s for s in scenes if s.grade == OF_EVENT and _may_be(s, draft) and (s.planned or not ahead)), None)


def _spoken_abroad(draft: Draft, scenes: Sequence[Scene]) -> Scene | None:
    """ "said the Turkish minister in Rabat, after talks": who speaks in a city of the other party has gone there."""
    if draft.status != "held":
        return None
    spoken = (
        s for s in scenes if s.grade in (SPOKEN, OPEN, OF_PERSON) and is_city(s.place) and s.place.code in draft.parties
    )
    return next((s for s in spoken if s.speaker in draft.parties and s.speaker != s.place.code), None)


def _with_city(doc: Annotated, venue: Venue, ranges: Iterable[tuple[int, int]], scenes: Sequence[Scene]) -> Venue:
    """Add the one city of the country that the clauses go to, or that is a scene there or later: "in Amman", "to Amman"."""
    goals = [
        place
        for start, end in ranges
        for place in doc.places_in(start, end)
        if place.city is not None and opening_of(doc, place)[0] == "to"
    ]
    for places in (
        [*goals, *(s.place for s in scenes if s.grade > SPOKEN)],
        [s.place for s in scenes if s.grade <= SPOKEN and s.place.kind == "capital"],
    ):
        cities = {p.city: p for p in reversed(places) if p.city is not None and p.code == venue.country}
        if len(cities) == 1:
            place = next(iter(cities.values()))
            return replace(venue, city=place.city, city_en=place.city_en, city_at=(place.word_start, place.end))
        if cities:
            return venue
    return venue
