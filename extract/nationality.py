"""Gives a country to the people whose titles name none.

In order: the office-holders' table, where the name is in it; the last free country of the sentence ("a visit to Pakistan,
in which he met foreign minister Qureshi"); the outlet's own country, since a home paper says "the minister" and no more;
the country that the article is mostly about.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from extract.annotate import Annotated
from extract.facts import find_country_of, find_offices_of
from extract.lexicon import load, words
from extract.models import Article
from extract.people import BY_TABLE, CORRECTED, Person
from extract.places import PlaceMention

RANK_OF_OFFICE = {
    "president": "head_of_state",
    "monarch": "head_of_state",
    "head_of_government": "head_of_government",
    "foreign_minister": "foreign_minister",
    "crown_prince": "royal",
    "secretary_general": "organisation",
}
_LABELS = re.compile(r"[a-z0-9-]+")
SIDE_REACH = 40  # letters between the words of a delegation and its nationality, or its head
LEADERS = ("head_of_state", "head_of_government")  # a home paper need not mean its own by "the prime minister"
DOMINANT_SHARE = 0.34  # of all mentions of countries: below it no one country is the article's own


def settle_countries(doc: Annotated, people: Sequence[Person]) -> tuple[Person, ...]:
    """Return the people with ranks, each with a country where the text, the table or the outlet leaves only one."""
    home = find_home(doc.article)
    main = _dominant(doc)
    known = tuple(_correct(doc, p) for p in people)
    return tuple(_settle(doc, p, known, home, main) if p.country is None and p.rank is not None else p for p in known)


def _correct(doc: Annotated, person: Person) -> Person:
    """Hold a person to the office-holders' table: "the Korean leader Trump" is a list read as one title.

    A counterpart's rank is only that of the official before him; the table knows his own.
    """
    name = doc.text[slice(*person.name_at)]
    known = find_country_of(name)
    if known is None:
        return person
    is_misread = person.country is not None and person.country != known
    if is_misread:
        person = replace(person, country=known, country_at=person.name_at, country_rule=CORRECTED)
    offices = find_offices_of(name)
    borrowed = is_misread or person.rank is None or any(m.is_counterpart for m in person.mentions)
    ranks = {RANK_OF_OFFICE[o] for o in offices if o in RANK_OF_OFFICE}
    if borrowed and len(ranks) == 1:
        return replace(person, rank=ranks.pop())
    return person


def _settle(doc: Annotated, person: Person, people: Sequence[Person], home: str | None, main: str | None) -> Person:
    known = find_country_of(doc.text[slice(*person.name_at)])
    if known:
        return replace(person, country=known, country_at=person.name_at, country_rule=BY_TABLE)
    side = _side(doc, person, people)
    if side is not None:
        return replace(person, country=side[0], country_at=side[1], country_rule="official.country.delegation")
    near = _before(doc, person, people)
    if near is not None:
        at = (near.word_start, near.end)
        return replace(person, country=near.code, country_at=at, country_rule="official.country.named_before")
    if home is not None and person.rank not in LEADERS:
        return replace(person, country=home, country_at=person.title_at, country_rule="official.country.outlet")
    if main is not None:
        return replace(person, country=main, country_at=person.title_at, country_rule="official.country.article")
    return person


def find_home(article: Article) -> str | None:
    """Return the country that the article's outlet writes from, by its address or name; None if not known."""
    for text in (article.url or "", article.outlet or ""):
        host = text.split("//")[-1].split("/")[0].lower() if "//" in text else text.lower()
        labels = frozenset(_LABELS.findall(host))
        for part, code in load("outlets")["home"].items():
            if part in labels or ("." in part and part in host):
                return str(code)
        last = host.rsplit(".", 1)[-1]
        if "." in host and last in load("outlets")["top_level"]:
            return str(load("outlets")["top_level"][last])
    return None


def _side(doc: Annotated, person: Person, people: Sequence[Person]) -> tuple[str, tuple[int, int]] | None:
    """Return the country of the delegation that a list names him in: "on the Nigerien side ...", "accompanied by ..."."""
    sentence = doc.sentence_at(person.name_at[0])
    sides, guests = words("event_cues", "side", "words"), words("event_cues", "side", "guests")
    first = doc.token_index(sentence.start)
    found = None
    for index in range(first, doc.token_index(person.name_at[0])):
        token = doc.tokens[index].text
        if token in sides:
            after = doc.tokens[index].end
            place = next((p for p in doc.places_in(after, after + SIDE_REACH)), None)
            found = (place.code, (place.word_start, place.end)) if place else found
        elif token in guests:
            host = _guest_of(doc, people, doc.tokens[index].start)
            found = (host.country, host.name_at) if host and host.country else found
    return found


def _guest_of(doc: Annotated, people: Sequence[Person], at: int) -> Person | None:
    """Return the one who is accompanied: the person named last before the words of accompanying, or right after them."""
    named = [(s[0], p) for p in people for s in p.spans if p.country and s[0] < at + SIDE_REACH]
    return max(named, key=lambda n: n[0], default=(0, None))[1]


def _dominant(doc: Annotated) -> str | None:
    counts = Counter(p.code for p in doc.places if p.kind in ("country", "nisba", "capital"))
    if not counts:
        return None
    code, count = counts.most_common(1)[0]
    return code if count >= DOMINANT_SHARE * sum(counts.values()) else None


def _before(doc: Annotated, person: Person, people: Sequence[Person]) -> PlaceMention | None:
    """Return the last country named before him in his sentence, if no other official there holds it."""
    sentence = doc.sentence_at(person.name_at[0])
    kinds = ("country", "capital", "nisba") if person.rank in LEADERS else ("country", "capital")
    before = [p for p in doc.places_in(sentence.start, person.name_at[0]) if p.kind in kinds]
    taken = {q.country for q in people if q.country and any(sentence.start <= s[0] < sentence.end for s in q.spans)}
    free = [p for p in before if p.code not in taken]
    return free[-1] if free else None
