"""Tells the parties of an event from the countries that are merely talked about, by the words around each.

"talks between Egypt and Ethiopia on the situation in Sudan"   -> EGY, ETH; Sudan is a topic
"the Chinese side", "Kuwaiti-Pakistani relations", "received the Omani minister" -> CHN; KWT, PAK; OMN
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from extract.annotate import Annotated
from extract.cues import event_patterns
from extract.event_types import CONTACTS
from extract.fold import fold_word
from extract.lexicon import Hit, load
from extract.party_roles import ROLE_STRENGTH, STRONG, Roles
from extract.people import CORRECTED, Person
from extract.places import PlaceMention
from extract.titles import TITLE_KINDS, country_of_title
from extract.topics import is_topic

_SUPPORT = frozenset({"event_support"})
_WA = "\u0648"
_PREPOSITIONS = ("\u0628", "\u0644")
_AL = "\u0627\u0644"
_RELATIVE = 2  # tokens before a person at which "which" stands, his verb between
# "imposed them", "imposed it": how a verb refers back to what "which" stands for.
_OBJECTS = ("\u0647\u0627", "\u0647\u0645", "\u0647")


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
                    is_aside = _is_told_of(doc, span[0]) or _acts_aside(doc, span[0], triggers)
                    role = "mention" if is_aside else "official"
                    found.append(Participant(person.country, span[0], min(span[1], end), role, person.number))
    misread = {p.country: p.spans for p in people if p.country_rule == CORRECTED}
    places = [
        p
        for p in doc.places_in(start, end)
        if not any(s <= p.start < e for s, e in covered) or _is_of_another(p, misread)
    ]
    roles = Roles(doc, places, [*triggers, *_light_verbs(doc, triggers, start, end)], (start, end), covered)
    for place, given in zip(places, roles.all(), strict=True):
        role = "topic" if given == "mention" and is_topic(doc, place, start) else given
        found.append(Participant(place.code, place.word_start, place.end, role))
    found.extend(_joined_inside(doc, found, start, end))
    found.extend(_find_blocs(doc, places, start, end))
    found.extend(_find_offices(doc, covered, start, end))
    return tuple(sorted(found, key=lambda p: p.start))


def _is_told_of(doc: Annotated, start: int) -> bool:
    """ "the killing of prime minister ...", "the accusations of ...": he is the subject, and took no part."""
    index = doc.token_index(start)
    return index > 0 and doc.tokens[index - 1].text in event_patterns().told_of


def _acts_aside(doc: Annotated, start: int, triggers: Sequence[Hit]) -> bool:
    """ "facing the tariffs that president X imposed": who does something else within a relative clause took no part."""
    index = doc.token_index(start)
    if index < _RELATIVE or doc.tokens[index - _RELATIVE].text not in event_patterns().pronouns:
        return False
    if doc.tokens[index].text.startswith(_PREPOSITIONS):
        return False  # "the meeting that brought him together with the president"
    at = index - _RELATIVE - 1
    while at > 0 and doc.tokens[at].text.startswith(_AL) and not _is_in(doc.tokens[at].start, triggers):
        at -= 1
    if at >= 0 and _is_in(doc.tokens[at].start, triggers):
        return False  # "the important talks that president X held"
    verb = doc.tokens[index - 1]
    return verb.text.endswith(_OBJECTS) and not _is_in(verb.start, triggers)


def _is_in(at: int, triggers: Sequence[Hit]) -> bool:
    return any(t.word_start <= at < t.end for t in triggers)


def _is_of_another(place: PlaceMention, misread: Mapping[str | None, Sequence[tuple[int, int]]]) -> bool:
    """Whether a place stands among the titles of one who is known to serve another country: they are not all his."""
    return any(place.code != code and any(s <= place.start < e for s, e in spans) for code, spans in misread.items())


def _light_verbs(doc: Annotated, triggers: Sequence[Hit], start: int, end: int) -> list[Hit]:
    """Return the verbs that carry an event's noun and hold its subject: "Egypt and Jordan held a meeting"."""
    types = {t.value for t in triggers} | ({"meeting"} if any(t.value in CONTACTS for t in triggers) else set())
    return [h for h in doc.all_of(_SUPPORT) if start <= h.start < end and h.value in types]


def _joined_inside(doc: Annotated, found: Sequence[Participant], start: int, end: int) -> list[Participant]:
    """Return the second country of a title of two: "the ministers of Egypt and Cyprus, Sameh ...", read with the first."""
    joined = []
    for person in found:
        inside = [p for p in doc.places_in(max(start, person.start), min(end, person.end)) if person.role == "official"]
        for before, place in pairwise(inside):
            is_next = doc.token_index(place.word_start) - doc.token_index(before.end - 1) == 1
            is_second = doc.text[place.word_start] == _WA and before.code == person.code != place.code
            if is_next and is_second:  # not of "the minister for the affairs of the Union and the League"
                joined.append(Participant(place.code, place.word_start, place.end, "joined"))
    return joined


def _find_blocs(doc: Annotated, places: Sequence[PlaceMention], start: int, end: int) -> list[Participant]:
    """Return the blocs of "the Arab-Chinese summit", and the nationality beside each."""
    blocs, gatherings = _blocs()
    first, last = doc.token_index(start), doc.token_index(end - 1)
    nisbas = {doc.token_index(p.word_start): p for p in places if p.kind == "nisba"}
    found = []
    for k in range(first, last + 1):
        code = blocs.get(doc.tokens[k].text)
        if code is None or not any(doc.tokens[j].text in gatherings for j in range(max(k - 4, first), k)):
            continue
        beside = next((nisbas[j] for j in (k + 1, k + 2, k - 1, k - 2) if j in nisbas), None)
        if beside is not None:
            found.append(Participant(code, doc.tokens[k].start, doc.tokens[k].end, "bloc"))
            found.append(Participant(beside.code, beside.word_start, beside.end, "bloc"))
    return found


def _find_offices(doc: Annotated, covered: Sequence[tuple[int, int]], start: int, end: int) -> list[Participant]:
    """Return the offices that name their country by themselves, where no name follows: the Servant of the Two Mosques."""
    found = []
    for hit in doc.of_kind(TITLE_KINDS):
        code = country_of_title(hit) if start <= hit.start < end else None
        if code and not any(s <= hit.start < e for s, e in covered):
            found.append(Participant(code, hit.word_start, hit.end, "noun"))
    return found


def bloc_words() -> frozenset[str]:
    """Return the words that name a bloc beside a nationality ("the Arab-Chinese summit"), folded."""
    return frozenset(_blocs()[0])


@lru_cache(maxsize=1)
def _blocs() -> tuple[dict[str, str], frozenset[str]]:
    table = load("event_cues")["bloc"]
    codes = {fold_word(w): code for code, forms in table.items() if code != "gatherings" for w in forms}
    return codes, frozenset(fold_word(w) for w in table["gatherings"])
