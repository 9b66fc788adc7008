"""Gives a country to the people whose titles name none.

In order: the office-holders' table, where the name is in it; the last free country of the sentence ("a visit to Pakistan,
in which he met foreign minister Qureshi"); the outlet's own country, since a home paper says "the minister" and no more;
the country that the article is mostly about.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from extract.annotate import Annotated
from extract.facts import find_country_of
from extract.lexicon import load
from extract.models import Article
from extract.people import Person

DOMINANT_SHARE = 0.34  # of all mentions of countries: below it no one country is the article's own


def settle_countries(doc: Annotated, people: Sequence[Person]) -> tuple[Person, ...]:
    """Return the people with ranks, each with a country where the text, the table or the outlet leaves only one."""
    home = find_home(doc.article) or _dominant(doc)
    settled = []
    for person in people:
        country = person.country
        if country is None and person.rank is not None:
            known = find_country_of(doc.text[slice(*person.name_at)])
            country = known or _before(doc, person, people) or home
        settled.append(replace(person, country=country))
    return tuple(settled)


def find_home(article: Article) -> str | None:
    """Return the country that the article's outlet writes from, by its address or name; None if not known."""
    for text in (article.url or "", article.outlet or ""):
        host = text.split("//")[-1].split("/")[0].lower() if "//" in text else text.lower()
        for part, code in load("outlets")["home"].items():
            if part in host:
                return str(code)
        last = host.rsplit(".", 1)[-1]
        if "." in host and last in load("outlets")["top_level"]:
            return str(load("outlets")["top_level"][last])
    return None


def _dominant(doc: Annotated) -> str | None:
    counts = Counter(p.code for p in doc.places if p.kind in ("country", "nisba", "capital"))
    if not counts:
        return None
    code, count = counts.most_common(1)[0]
    return code if count >= DOMINANT_SHARE * sum(counts.values()) else None


def _before(doc: Annotated, person: Person, people: Sequence[Person]) -> str | None:
    """Return the last country named before him in his sentence, if no other official there holds it."""
    sentence = doc.sentence_at(person.name_at[0])
    before = [p for p in doc.places_in(sentence.start, person.name_at[0]) if p.kind in ("country", "capital")]
    taken = {q.country for q in people if q.country and any(sentence.start <= s[0] < sentence.end for s in q.spans)}
    free = [p.code for p in before if p.code not in taken]
    return free[-1] if free else None
