"""What records are compared by: a sketch of each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from extract.imprint import Imprint
from extract.models import Engagement
from extract.search import fold_for_search

# A report without a date of its own tells of the last days before it, an announcement of those after it. A stamp that is
# not trusted may be of the next day.
_REPORTED_WITHIN = timedelta(days=2)
_ANNOUNCED_WITHIN = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Sketch:
    """One record as merging sees it.

    `days` are the first and last day (ordinals) that it may have happened on, None where nothing tells; `is_dated` where
    the record itself gives the days, rather than the day of the report. `officials` are pairs of a party (or None) and a
    name. `words` and `signature` are those of the article's imprint; `published` is an ordinal too, the last of all where
    no day is known.
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


def sketch_article(imprint: Imprint, engagements: Sequence[Engagement]) -> list[Sketch]:
    """The sketches of one article's own records."""
    return [_sketch(one, imprint) for one in engagements]


def _sketch(one: Engagement, imprint: Imprint) -> Sketch:
    source = one.sources[0]
    reported = source.published or imprint.published
    days, is_dated = _days_of(one, reported)
    return Sketch(
        one.engagement_id,
        source.article_id,
        one.role,
        one.type,
        one.status,
        frozenset(one.parties),
        days,
        is_dated,
        tuple((person.country, person.name) for person in one.officials),
        (one.venue_country, fold_for_search(one.venue_city) if one.venue_city else None),
        imprint.words,
        imprint.signature,
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


def sketch_articles(reports: Iterable[tuple[Imprint, Sequence[Engagement]]]) -> Iterator[Sketch]:
    """The sketches of many articles, one after another."""
    for imprint, engagements in reports:
        yield from sketch_article(imprint, engagements)
