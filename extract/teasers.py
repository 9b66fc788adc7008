"""Cuts off what a page prints below its article: the first lines of other stories.

    "... and affirmed that they agree. | Announced the minister ... | Revealed a source ... | Said the president ..."

Paragraphs of one article lean on each other ("and he added"); a run of lines at its end that each open a story of their
own, with a bare verb of reporting, is a list of links.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from extract.fold import fold_word
from extract.lexicon import load
from extract.models import Article

MIN_RUN = 3  # fewer bare openings happen in ordinary articles; the pages that print such lists print three to six
MIN_BODY = 2  # lines before the list
MAX_BARE_SHARE = 0.34  # of the lines before it: where most paragraphs open bare, the run says nothing
_LINE = re.compile(r"[^\n]+")
_WORD = re.compile(r"\w+")


def body_of(article: Article) -> Article:
    """Return the article without the list of other stories at its end; offsets in the rest are unchanged."""
    lines = [m for m in _LINE.finditer(article.text) if m.group().strip()]
    bare = [_opens_story(m.group()) for m in lines]
    run = 0
    while run < len(lines) and bare[len(lines) - 1 - run]:
        run += 1
    before = bare[1 : len(lines) - run]  # the first line is the article's own lead
    if run < MIN_RUN or len(before) + 1 < MIN_BODY or sum(before) > MAX_BARE_SHARE * len(before):
        return article
    return replace(article, text=article.text[: lines[len(lines) - run].start()])


@lru_cache(maxsize=1)
def _openers() -> frozenset[str]:
    return frozenset(fold_word(w) for w in load("event_cues")["teaser"]["openers"])


def _opens_story(line: str) -> bool:
    """Whether a line opens with a verb of reporting, masculine or feminine, with no "and" before it."""
    first = _WORD.search(line)
    if first is None or line[: first.start()].strip(" \u00a0\u200f-"):
        return False
    word = fold_word(first.group())
    return word in _openers() or word.removesuffix("\u062a") in _openers()
