"""Which records are looked at together: those that share two parties, a kind of contact and a few days, or a text.

Every record gets the keys of its blocks; within a block it meets only a bounded number of neighbours, so that the work
grows with the number of records, however many tell of the same two countries in one week. Keys and pairs are sorted on
disk where they are many.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from pathlib import Path

import numpy as np

from extract.imprint import PERMUTATIONS
from extract.merge.shelf import Shelf
from extract.merge.sketches import Sketch
from extract.merge.sorter import Columns, Sorter

# Types that outlets use for one thing. What is read as joint work may be any of them.
_IN_PERSON = ("meeting", "visit", "consultations", "joint_committee", "summit")
_FAMILIES = dict.fromkeys(_IN_PERSON, "in_person")
_ANY_FAMILY = ("in_person", "agreement", "aid", "cooperation")

_DAYS_A_BIN = 4
_LONGEST_STAY = 14
_NEIGHBOURS = 24
_KEYS_AT_A_TIME = 50_000
_BANDS = 8
_BAND_BYTES = PERMUTATIONS * 4 // _BANDS


def family_of(kind: str) -> str:
    """The family of a type; types of different families are different engagements, but for joint work."""
    return _FAMILIES.get(kind, kind)


def find_candidates(shelf: Shelf, folder: Path) -> Iterator[tuple[int, int]]:
    """Pairs of places in `shelf` that are worth comparing, each once, in order, the lower first."""
    pairs = Sorter(folder, "pairs")
    for low, high in _pair_up(_block(shelf, folder)):
        pairs.add(low, high)
    for low, high in pairs.batches():
        yield from zip(low.tolist(), high.tolist(), strict=True)


def _block(shelf: Shelf, folder: Path) -> Iterator[Columns]:
    """The keys of blocks in order, and the places of the records of each, copies side by side."""
    rows = Sorter(folder, "keys")
    stands = shelf.neighbours()
    keys, standing, owners = array("q"), array("i"), array("i")
    for at, sketch in enumerate(shelf):
        found = {hash(key) for key in _keys(sketch)}
        keys.extend(found)
        standing.extend([stands[at]] * len(found))
        owners.extend([at] * len(found))
        if len(keys) >= _KEYS_AT_A_TIME or at == len(shelf) - 1:
            rows.add(np.array(keys, np.int64), np.array(standing, np.int32), np.array(owners, np.int32))
            keys, standing, owners = array("q"), array("i"), array("i")
    yield from rows.batches()


def _pair_up(blocks: Iterable[Columns]) -> Iterator[Columns]:
    """Each record with those that stand next to it in a block, the lower place first; some pairs more than once."""
    last: Columns | None = None
    for keys, _, owners in blocks:
        if last is not None:  # a block may go on from one batch to the next
            keys, owners = np.concatenate((last[0], keys)), np.concatenate((last[1], owners))  # noqa: PLW2901
        for step in range(1, _NEIGHBOURS + 1):
            is_pair = keys[:-step] == keys[step:]
            one, other = owners[:-step][is_pair], owners[step:][is_pair]
            yield np.minimum(one, other), np.maximum(one, other)
        last = keys[-_NEIGHBOURS:], owners[-_NEIGHBOURS:]


def _keys(sketch: Sketch) -> Iterator[tuple[object, ...]]:
    families = _ANY_FAMILY if sketch.type == "cooperation" else (family_of(sketch.type),)
    bins: Sequence[object] = ("undated",) if sketch.role == "main" else ()
    if sketch.days:
        first, last = sketch.days[0] - 1, min(sketch.days[1] + 1, sketch.days[0] + _LONGEST_STAY)
        bins = range(first // _DAYS_A_BIN, last // _DAYS_A_BIN + 1)
    for pair in combinations(sorted(sketch.parties), 2):
        for family in families:
            yield from ((*pair, family, bin_) for bin_ in bins)
    if not sketch.days:
        for band in range(_BANDS):
            yield band, sketch.signature[band * _BAND_BYTES : (band + 1) * _BAND_BYTES], sketch.type
