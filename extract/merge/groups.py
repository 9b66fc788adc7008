"""Which records tell of one engagement: pairs that compare well, the best first, into groups that hold together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from extract.merge.blocks import find_candidates
from extract.merge.signals import THRESHOLD, compare
from extract.merge.sketches import Sketch
from extract.models import Merge

# What the first records of two groups must score, so that a chain of likenesses does not join strangers.
_HEADS_SCORE = 1.5
_DAYS_APART = 1


@dataclass(slots=True)
class _Group:
    """Members by position, the first being the head; no article twice; days that all members can share."""

    members: list[int]
    articles: set[str]
    last_start: int
    first_end: int


# Two records that are of one engagement: the score below zero, so that the best sorts first, and their positions. What
# the score is made of is found again for the few that are used: a million records have hundreds of thousands of links.
_Link = tuple[float, int, int]


def find_merges(sketches: Iterable[Sketch]) -> list[Merge]:
    """For each group of records of one engagement, a `Merge` a member; records that stay alone have none.

    The result depends on the records only, not on their order. The group's id is that of the member whose article
    came first, so that a later article changes no id.
    """
    known = sorted(sketches, key=lambda one: (one.published, one.article_id, one.engagement_id))
    links: list[_Link] = []
    for one, other in find_candidates(known):
        signals = compare(known[one], known[other])
        if signals and signals.score >= THRESHOLD:
            links.append((-signals.score, one, other))
    links.sort()
    groups: dict[int, _Group] = {}
    used = [(one, other) for _, one, other in links if _join(groups, known, one, other)]
    return _explain(groups, known, used)


def _join(groups: dict[int, _Group], known: list[Sketch], one: int, other: int) -> bool:
    """Join the groups of two records, if the groups go together."""
    ours = groups.get(one) or _alone(known, one)
    theirs = groups.get(other) or _alone(known, other)
    if ours is theirs or not ours.articles.isdisjoint(theirs.articles):
        return False
    if max(ours.last_start, theirs.last_start) - min(ours.first_end, theirs.first_end) > _DAYS_APART:
        return False
    heads = compare(known[ours.members[0]], known[theirs.members[0]])
    if heads is None or heads.score < _HEADS_SCORE:
        return False
    large, small = (ours, theirs) if len(ours.members) >= len(theirs.members) else (theirs, ours)
    large.members += small.members
    large.articles |= small.articles
    large.last_start, large.first_end = max(large.last_start, small.last_start), min(large.first_end, small.first_end)
    for member in (*small.members, one, other):
        groups[member] = large
    return True


def _alone(known: list[Sketch], at: int) -> _Group:
    days = known[at].days
    first, last = days or (0, 10**9)
    return _Group([at], {known[at].article_id}, first, last)


def _explain(groups: dict[int, _Group], known: list[Sketch], used: list[tuple[int, int]]) -> list[Merge]:
    """One `Merge` a member, the first of its group before the others, each with the link by which it is reached."""
    neighbours: dict[int, list[int]] = {}
    for one, other in used:
        neighbours.setdefault(one, []).append(other)
        neighbours.setdefault(other, []).append(one)
    merges: list[Merge] = []
    seen: set[int] = set()
    for first in sorted(groups):
        if first in seen:
            continue
        seen.add(first)
        name = known[first].engagement_id
        merges.append(Merge(name, name, None, None, ()))
        waiting = [first]
        while waiting:
            at = waiting.pop()
            for other in neighbours[at]:
                if other not in seen:
                    seen.add(other)
                    waiting.append(other)
                    merges.append(_told(name, known[at], known[other]))
    return merges


def _told(name: str, known: Sketch, joined: Sketch) -> Merge:
    signals = compare(known, joined)
    if signals is None:
        raise ValueError(f"{joined.engagement_id} was linked to {known.engagement_id}, and does not compare")
    return Merge(name, joined.engagement_id, known.engagement_id, signals.score, signals.points)
