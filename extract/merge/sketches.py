"""What records are compared by: a sketch of each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING
from zlib import crc32

import numpy as np

from extract.models import Article, Engagement
from extract.search import fold_for_search

if TYPE_CHECKING:
    from datasketch import MinHash

# A report without a date of its own tells of the last days before it, an announcement of those after it. A stamp that is
# not trusted may be of the next day.
_REPORTED_WITHIN = timedelta(days=2)
_ANNOUNCED_WITHIN = timedelta(days=7)

# The head of an article is what outlets tell alike; further down each adds background of its own.
_HEAD_CHARACTERS = 600
_WORDS_KEPT = 60
_SHORTEST_WORD = 3
_PREFIXES = re.compile(r"^[\u0648\u0641]?(?:[\u0628\u0643]?\u0627\u0644|\u0644\u0644)(?=\w{3})")

PERMUTATIONS = 64
_SHINGLE_WORDS = 3
_SHINGLES_READ = 2_000


@dataclass(frozen=True, slots=True)
class Sketch:
    """One record as merging sees it.

    `days` are the first and last day (ordinals) that it may have happened on, None where nothing tells; `is_dated` where
    the record itself gives the days, rather than the day of the report. `officials` are pairs of a party (or None) and a
    name. `words` are hashes of those in the headline and the head of the article; `signature` is the article's
    MinHash; `published` is an ordinal too, the last of all where no day is known.
    """

    engagement_id: str
    article_id: str
    role: str
    type: str
    status: str
    parties: frozenset[str]
    days: tuple[int, int] | None
    is_dated: bool
    officials: tuple[tuple[str | None, str], ...]
    venue: tuple[str | None, str | None]
    words: bytes
    signature: bytes
    published: int


def sketch_article(article: Article, engagements: Sequence[Engagement]) -> list[Sketch]:
    """The sketches of one article's own records."""
    if not engagements:
        return []
    words = _words_of(f"{article.title} {article.text[:_HEAD_CHARACTERS]}")
    signature = _sign(article.text)
    return [_sketch(one, article, words, signature) for one in engagements]


def _sketch(one: Engagement, article: Article, words: bytes, signature: bytes) -> Sketch:
    reported = one.sources[0].published or article.published
    days, is_dated = _days_of(one, reported)
    return Sketch(
        one.engagement_id,
        article.article_id,
        one.role,
        one.type,
        one.status,
        frozenset(one.parties),
        days,
        is_dated,
        tuple((person.country, person.name) for person in one.officials),
        (one.venue_country, fold_for_search(one.venue_city) if one.venue_city else None),
        words,
        signature,
        reported.toordinal() if reported else date.max.toordinal(),
    )


def _days_of(one: Engagement, reported: date | None) -> tuple[tuple[int, int] | None, bool]:
    """The days that a record may be of, and whether it says so itself."""
    if one.date_precision == "day" and one.date_start:
        return (one.date_start.toordinal(), (one.date_end or one.date_start).toordinal()), True
    if one.role != "main" or reported is None:
        return None, False
    first, last = reported - _REPORTED_WITHIN, reported
    if one.status == "planned":
        first, last = reported, reported + _ANNOUNCED_WITHIN
    if one.date_start:
        first, last = max(first, one.date_start), min(last, one.date_end or last)
    return ((first.toordinal(), last.toordinal()), False) if first <= last else (None, False)


def _words_of(text: str) -> bytes:
    """The first words of a text, each once, folded and without the article: four bytes of hash a word."""
    found = (_PREFIXES.sub("", word) for word in fold_for_search(text).split())
    seen = dict.fromkeys(word for word in found if len(word) >= _SHORTEST_WORD)
    return np.array([crc32(word.encode()) for word in islice(seen, _WORDS_KEPT)], dtype=np.uint32).tobytes()


@lru_cache(maxsize=1)
def _hasher() -> MinHash:
    # Imported where articles are read: it brings SciPy, 38 MB that a server of pages would hold for nothing.
    from datasketch import MinHash  # noqa: PLC0415

    return MinHash(num_perm=PERMUTATIONS, seed=1)


def _sign(text: str) -> bytes:
    """The MinHash of a text's runs of three words."""
    signature = _hasher().copy()
    words = fold_for_search(text).split()[:_SHINGLES_READ]
    runs = (" ".join(words[at : at + _SHINGLE_WORDS]) for at in range(max(1, len(words) - _SHINGLE_WORDS + 1)))
    signature.update_batch(sorted({run.encode() for run in runs}))
    return bytes(signature.hashvalues.astype(np.uint32).tobytes())


def sketch_articles(reports: Iterable[tuple[Article, Sequence[Engagement]]]) -> Iterator[Sketch]:
    """The sketches of many articles, one after another."""
    for article, engagements in reports:
        yield from sketch_article(article, engagements)
