"""Words that a person pastes, found in the article: evidence is what the text says at a place, never what was typed."""

from __future__ import annotations

import re

from extract.models import Article


class SpanError(Exception):
    """The words are at no place or at several; the message is the key of a word for the person at the form."""


def find_span(article: Article, words: str) -> tuple[int, int]:
    """Where the words stand in the article, as half-open positions; line breaks and runs of spaces count as one space.

    Raises SpanError where they stand nowhere, or where several places have them and more words are needed to tell which.
    """
    parts = words.split()
    if not parts:
        raise SpanError("correct.no_words")
    exact = re.compile(re.escape(words.strip()))
    for pattern in (exact, re.compile(r"\s+".join(map(re.escape, parts)))):
        found = [(one.start(), one.end()) for one in pattern.finditer(article.text)]
        if len(found) == 1:
            return found[0]
        if found:
            raise SpanError("correct.words_twice")
    raise SpanError("correct.words_nowhere")
