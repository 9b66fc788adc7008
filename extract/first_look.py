"""A first look at an article: most of a crawl is not about diplomacy, and this tells at the price of one scan.

It may drop only what could give no record in any case, so it asks less than the rules do: is there a word of an
engagement, and can two parties be named at all? Where it is not sure, the article is read in full.
"""

from __future__ import annotations

import re
from functools import lru_cache

import ahocorasick

from extract.annotate import Seen
from extract.clauses import EVENT_KINDS
from extract.facts import holder_names
from extract.models import Article
from extract.nationality import find_home, wire_words
from extract.participants import bloc_words
from extract.place_rules import PLACE_KINDS
from extract.titles import country_of_title
from extract.user_lexicon import follow

NO_EVENT, NO_PARTY = "no_event", "no_party"
_SEPARATORS = re.compile(r"[\W_]+")
_EVENTS = frozenset({*EVENT_KINDS, "event_head"})
_PLACES = frozenset({*PLACE_KINDS, *(f"shared_{kind}" for kind in PLACE_KINDS)})


def find_why_not(article: Article, seen: Seen) -> str | None:
    """Return why an article can give no record: `no_event`, no word of an engagement; `no_party`, fewer than two parties."""
    folded, hits = seen
    if not any(hit.kind in _EVENTS for hit in hits):
        return NO_EVENT
    codes = {hit.value for hit in hits if hit.kind in _PLACES}
    if len(codes) > 1:
        return None
    titles = (country_of_title(hit) for hit in hits if hit.kind.startswith("title"))
    codes.update(code for code in titles if code)
    if len(codes) > 1 or (codes and find_home(article) not in (None, *codes)):
        return None
    # A byline's agency, a bloc beside a nationality, an office-holder without a title: named by no phrase of a place.
    others = next(_other_names().iter(_plain(folded.text)), None)
    return NO_PARTY if others is None else None


@follow
@lru_cache(maxsize=1)
def _other_names() -> ahocorasick.Automaton:
    """Return the names by which a party may be named that no phrase of a place or title holds, in any word."""
    automaton = ahocorasick.Automaton()
    for name in (*holder_names(), *bloc_words(), *wire_words()):
        automaton.add_word(_plain(name), name)
    automaton.make_automaton()
    return automaton


def _plain(text: str) -> str:
    """Return a text's words one blank apart: a name may be written with a hyphen, as a tag, or over two lines."""
    return _SEPARATORS.sub(" ", text)
