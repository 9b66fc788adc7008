"""Gives a country to the people whose titles name none: the visited country's ministers, the outlet's own, the other side's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from extract.annotate import Annotated
from extract.people import Person

_DOMINANT_SHARE = 0.34  # of all mentions of countries: below it no one country is the article's own


def settle_countries(doc: Annotated, people: Sequence[Person]) -> tuple[Person, ...]:
    """Return the people, each with a country where the text gives one or leaves only one."""
    home = _home(doc)
    return tuple(p if p.country or p.rank is None else replace(p, country=_near(doc, p, people) or home) for p in people)


def _home(doc: Annotated) -> str | None:
    counts = Counter(p.code for p in doc.places if p.kind in ("country", "nisba", "capital"))
    if not counts:
        return None
    code, count = counts.most_common(1)[0]
    return code if count >= _DOMINANT_SHARE * sum(counts.values()) else None


def _near(doc: Annotated, person: Person, people: Sequence[Person]) -> str | None:
    """The last country named before him in his sentence, if no other official holds it."""
    sentence = doc.sentence_at(person.name_at[0])
    before = [p for p in doc.places_in(sentence.start, person.name_at[0]) if p.kind in ("country", "capital")]
    taken = {q.country for q in people if q.country and any(sentence.start <= s[0] < sentence.end for s in q.spans)}
    free = [p.code for p in before if p.code not in taken]
    return free[-1] if free else None
