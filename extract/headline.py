"""What the title of an article says by itself: it decides which engagement is the news."""

from __future__ import annotations

from dataclasses import replace

from extract.annotate import Annotated, annotate
from extract.cues import about_words
from extract.drafts import Headline
from extract.events import find_events
from extract.models import Article
from extract.officials import find_officials
from extract.people import resolve_people
from extract.places import PlaceMention
from extract.topics import is_topic

HEADLINE_LINES = 6  # a page may print a date or a section above its title
MIN_HEADLINE_LETTERS = 20  # more than a masthead's weekday and month
MAX_HEADLINE = 160


def read_headline(doc: Annotated) -> Headline:
    """Return what the title alone says; where the feed gives none, the text's first line without a full stop is taken."""
    title = title_of(doc.article)
    if not title:
        return Headline((), ())
    first = annotate(replace(doc.article, text=title), doc.camel)
    people = resolve_people(first, find_officials(first))
    events = find_events(first, people)
    types = dict.fromkeys(e.type for e in events if not e.is_weak or e.type == "visit")
    places = [p for p in first.places if not (_is_talked_about(first, p) or is_topic(first, p, 0))]
    parties = dict.fromkeys([p.code for p in places] + [p.country for p in people if p.country])
    return Headline(tuple(types), tuple(parties), any(e.status == "cancelled" for e in events))


def _is_talked_about(title: Annotated, place: PlaceMention) -> bool:
    """ "a summit of four about Syria"."""
    index = title.token_index(place.word_start)
    return index > 0 and title.tokens[index - 1].text in about_words()


def title_of(article: Article) -> str:
    """Return the feed's title, or else the text's first line that has words beside a date and does not end as a sentence."""
    if article.title:
        return article.title
    for line in article.text.splitlines()[:HEADLINE_LINES]:
        if sum(c.isalpha() for c in line) > MIN_HEADLINE_LETTERS:
            return "" if line.rstrip().endswith(".") or len(line) > MAX_HEADLINE else line.strip()
    return ""
