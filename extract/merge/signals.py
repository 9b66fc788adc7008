"""What speaks for two records being of one engagement, what against it, and what forbids it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from extract.merge.blocks import family_of
from extract.merge.sketches import Sketch
from extract.name_forms import same_person

# Outlets may count one party more; of many, some.
_PARTIES_ALIKE = 0.6
_DAYS_APART = 1

# Points, found on half of the development articles' event groups and by reading merges of the pool; see README.md.
THRESHOLD = 3.0


@dataclass(frozen=True, slots=True)
class Signals:
    """How two records compare: what each of the signals weighs, by name, and their sum.

    Names are `date`, `officials`, `clashes` (parties for which both name only different persons), `venue`, `type`,
    `parties`, `words` (of headline and head, for main records) and `copy` (runs of words in the whole articles).
    """

    points: tuple[tuple[str, float], ...]

    @property
    def score(self) -> float:
        """The sum of all points; from `THRESHOLD` on two records are merged."""
        return round(sum(value for _, value in self.points), 3)


def compare(a: Sketch, b: Sketch) -> Signals | None:
    """The signals of two records, or None where they cannot be of one engagement."""
    parties = len(a.parties & b.parties) / len(a.parties | b.parties)
    if a.article_id == b.article_id or len(a.parties & b.parties) < 2 or parties < _PARTIES_ALIKE:
        return None
    if family_of(a.type) != family_of(b.type) and "cooperation" not in (a.type, b.type):
        return None
    if {a.status, b.status} == {"held", "cancelled"}:
        return None
    apart = _days_apart(a, b)
    if apart is not None and apart > _DAYS_APART:
        return None
    shared, clashes = _compare_officials(a, b)
    points = {
        "date": _date_points(a, b, apart),
        "officials": float(min(shared, 2)),
        "clashes": -1.0 * clashes,
        "venue": _venue_points(a, b),
        "type": _type_points(a, b),
        "parties": (parties - 1) * 2,
        "words": _word_points(a, b),
        "copy": _share_of_runs(a, b) * 3,
    }
    return Signals(tuple((name, round(value, 3)) for name, value in points.items()))


def _days_apart(a: Sketch, b: Sketch) -> int | None:
    if a.days is None or b.days is None:
        return None
    return max(0, max(a.days[0], b.days[0]) - min(a.days[1], b.days[1]))


def _date_points(a: Sketch, b: Sketch, apart: int | None) -> float:
    if apart is None:  # of two records without a day neither speaks against the other
        return 0.0 if a.days is b.days else -0.5
    return (0.0, 0.75, 2.0)[a.is_dated + b.is_dated] - 0.5 * apart


def _type_points(a: Sketch, b: Sketch) -> float:
    if a.type == b.type:
        return 0.5
    return 0.0 if family_of(a.type) == family_of(b.type) else -0.5


def _venue_points(a: Sketch, b: Sketch) -> float:
    (country, city), (other_country, other_city) = a.venue, b.venue
    if country is None or other_country is None:
        return 0.0
    if country != other_country:
        return -0.5
    return 0.5 if city and city == other_city else 0.25


def _compare_officials(a: Sketch, b: Sketch) -> tuple[int, int]:
    """How many persons both name, and for how many parties both name only different ones."""
    shared = clashes = 0
    for party in a.parties & b.parties:
        ours = [name for country, name in a.officials if country == party]
        theirs = [name for country, name in b.officials if country == party]
        found = min(_count_known(ours, theirs), _count_known(theirs, ours))
        shared += found
        clashes += bool(ours and theirs and not found)
    return shared, clashes


def _count_known(names: list[str], others: list[str]) -> int:
    return sum(any(same_person(name, other) for other in others) for name in names)


def _word_points(a: Sketch, b: Sketch) -> float:
    """Words of headline and head say what the main record is about, and nothing of the others."""
    if a.role != "main" or b.role != "main":
        return 0.0
    ours, theirs = set(np.frombuffer(a.words, np.uint32).tolist()), set(np.frombuffer(b.words, np.uint32).tolist())
    share = len(ours & theirs) / max(1, min(len(ours), len(theirs)))
    return (share - 0.25) * 4


def _share_of_runs(a: Sketch, b: Sketch) -> float:
    """The share of runs of words that the articles have in common, as their MinHash estimates it."""
    return float(np.mean(np.frombuffer(a.signature, np.uint32) == np.frombuffer(b.signature, np.uint32)))
