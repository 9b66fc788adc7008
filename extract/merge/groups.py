"""Which records tell of one engagement: pairs that compare well, the best first, into groups that hold together."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from extract.merge.blocks import find_candidates
from extract.merge.shelf import Shelf
from extract.merge.signals import THRESHOLD, compare
from extract.merge.sketches import Sketch
from extract.merge.sorter import Sorter
from extract.models import Merge

# What the first records of two groups must score, so that a chain of likenesses does not join strangers.
_HEADS_SCORE = 1.5
_DAYS_APART = 1
_NO_END = 10**9  # of a record that may be of any day
_LINKS_AT_A_TIME = 50_000


def find_merges(sketches: Iterable[Sketch], folder: Path | None = None) -> Iterator[Merge]:
    """For each group of records of one engagement, a `Merge` a member; records that stay alone have none.

    The result depends on the records only, not on their order. The group's id is that of the member whose article
    came first, so that a later article changes no id. Sketches, pairs and links lie on disk meanwhile, in `folder`.
    """
    with TemporaryDirectory(dir=folder, prefix="merging.", ignore_cleanup_errors=True) as name:
        scratch = Path(name)
        with Shelf(scratch, sketches) as shelf:
            groups = _Groups(shelf)
            for one, other in _find_links(shelf, scratch):
                groups.join(one, other)
            yield from _explain(groups, shelf)


def _find_links(shelf: Shelf, folder: Path) -> Iterator[tuple[int, int]]:
    """Pairs of places of records that are of one engagement, those that compare best first.

    What the score is made of is found again for the few that are used: there are several links a record.
    """
    links = Sorter(folder, "links")
    found: list[tuple[float, int, int]] = []
    for one, other in find_candidates(shelf, folder):
        signals = compare(shelf[one], shelf[other])
        if signals and signals.score >= THRESHOLD:
            found.append((-signals.score, one, other))
        if len(found) >= _LINKS_AT_A_TIME:
            _lay_down(links, found)
    _lay_down(links, found)
    for _, ones, others in links.batches():
        yield from zip(ones.tolist(), others.tolist(), strict=True)


def _lay_down(links: Sorter, found: list[tuple[float, int, int]]) -> None:
    if found:
        scores, ones, others = zip(*found, strict=True)
        links.add(np.array(scores), np.array(ones, np.int32), np.array(others, np.int32))
        found.clear()


class _Groups:
    """Which records are together, by place: a forest whose roots are the groups' first records, in some bytes a record.

    Members of a group are a ring; the days that all of them can share are kept at the root. No article is in a group twice.
    """

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._parent = array("i", range(len(shelf)))
        self._next = array("i", range(len(shelf)))
        self._size = array("i", [1]) * len(shelf)
        self._last_start, self._first_end, articles = array("i"), array("i"), array("q")
        for sketch in shelf:
            first, last = sketch.days or (0, _NO_END)
            self._last_start.append(first)
            self._first_end.append(last)
            articles.append(int.from_bytes(blake2b(sketch.article_id.encode(), digest_size=7).digest()))
        self._article = articles
        self._by_article = np.argsort(np.array(articles, np.int64), kind="stable").astype(np.int32)
        self._sorted_articles = np.array(articles, np.int64)[self._by_article]
        self.used = array("i")

    def join(self, one: int, other: int) -> None:
        """Join the groups of two records, if the groups go together, and note the link that did it in `used`."""
        ours, theirs = self._root(one), self._root(other)
        if ours == theirs:
            return
        last_start = max(self._last_start[ours], self._last_start[theirs])
        first_end = min(self._first_end[ours], self._first_end[theirs])
        large, small = (ours, theirs) if self._size[ours] >= self._size[theirs] else (theirs, ours)
        if last_start - first_end > _DAYS_APART or self._share_an_article(large, small):
            return
        heads = compare(self._shelf[ours], self._shelf[theirs])
        if heads is None or heads.score < _HEADS_SCORE:
            return
        self._parent[small] = large
        self._size[large] += self._size[small]
        self._next[large], self._next[small] = self._next[small], self._next[large]
        self._last_start[large], self._first_end[large] = last_start, first_end
        self.used.extend((one, other))

    def _root(self, at: int) -> int:
        parent = self._parent
        while parent[at] != at:
            parent[at] = parent[parent[at]]
            at = parent[at]
        return at

    def _share_an_article(self, large: int, small: int) -> bool:
        at = small
        while True:
            if any(self._root(sibling) == large for sibling in self._siblings(at)):
                return True
            at = self._next[at]
            if at == small:
                return False

    def _siblings(self, at: int) -> list[int]:
        """The places of all records of a record's article."""
        article = self._article[at]
        first, end = np.searchsorted(self._sorted_articles, (article, article + 1))
        places: list[int] = self._by_article[first:end].tolist()
        return places


def _explain(groups: _Groups, shelf: Shelf) -> Iterator[Merge]:
    """One `Merge` a member, the first of its group before the others, each with the link by which it is reached."""
    # Both ends of each link that was used, by place and in the order of use.
    used = np.array(groups.used, np.int32).reshape(-1, 2)
    ends, others = used.ravel(), used[:, ::-1].ravel()
    order = np.argsort(ends, kind="stable")
    ends, others = ends[order], others[order]
    is_told = bytearray(len(shelf))
    for first in np.unique(ends).tolist():
        if is_told[first]:
            continue
        is_told[first] = True
        name = shelf[first].engagement_id
        yield Merge(name, name, None, None, ())
        waiting = [first]
        while waiting:
            at = waiting.pop()
            start, end = np.searchsorted(ends, (at, at + 1))
            for other in others[start:end].tolist():
                if not is_told[other]:
                    is_told[other] = True
                    waiting.append(other)
                    yield _told(name, shelf[at], shelf[other])


def _told(name: str, known: Sketch, joined: Sketch) -> Merge:
    signals = compare(known, joined)
    if signals is None:
        raise ValueError(f"{joined.engagement_id} was linked to {known.engagement_id}, and does not compare")
    return Merge(name, joined.engagement_id, known.engagement_id, signals.score, signals.points)
