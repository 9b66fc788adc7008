"""Which records are looked at together: those that share two parties, a kind of contact and a few days, or a text.

Every record gets the keys of its blocks; within a block it meets only a bounded number of neighbours, so that the work
grows with the number of records, however many tell of the same two countries in one week.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from itertools import combinations

import numpy as np

from extract.merge.sketches import PERMUTATIONS, Sketch

# Types that outlets use for one thing. What is read as joint work may be any of them.
_IN_PERSON = ("meeting", "visit", "consultations", "joint_committee", "summit")
_FAMILIES = dict.fromkeys(_IN_PERSON, "in_person")
_ANY_FAMILY = ("in_person", "agreement", "aid", "cooperation")

_DAYS_A_BIN = 4
_LONGEST_STAY = 14
_NEIGHBOURS = 24
_BANDS = 8
_BAND_BYTES = PERMUTATIONS * 4 // _BANDS


def family_of(kind: str) -> str:
    """The family of a type; types of different families are different engagements, but for joint work."""
    return _FAMILIES.get(kind, kind)


def find_candidates(sketches: Sequence[Sketch]) -> Iterator[tuple[int, int]]:
    """Pairs of positions in `sketches` that are worth comparing, each once, the lower first."""
    order, starts = _block(sketches)
    seen: set[int] = set()
    for start, end in zip(starts[:-1].tolist(), starts[1:].tolist(), strict=True):
        if end - start < 2:
            continue
        block = sorted(order[start:end].tolist(), key=lambda at: _place(sketches[at]))
        for first, one in enumerate(block):
            for other in block[first + 1 : first + 1 + _NEIGHBOURS]:
                low, high = min(one, other), max(one, other)
                pair = low * len(sketches) + high
                if pair not in seen and sketches[low].article_id != sketches[high].article_id:
                    seen.add(pair)
                    yield low, high


def _block(sketches: Sequence[Sketch]) -> tuple[np.ndarray, np.ndarray]:
    """The positions of sketches block by block, and where each block begins, with the end at last."""
    # Arrays, not lists: a list's numbers take five times the room.
    keys, owners = array("q"), array("q")
    for at, sketch in enumerate(sketches):
        found = {hash(key) for key in _keys(sketch)}
        keys.extend(found)
        owners.extend([at] * len(found))
    all_keys = np.array(keys, dtype=np.int64)
    by_key = np.argsort(all_keys, kind="stable")
    ordered = all_keys[by_key]
    starts = np.flatnonzero(np.concatenate([[True], ordered[1:] != ordered[:-1]])) if len(ordered) else np.array([0])
    return np.array(owners, dtype=np.int64)[by_key], np.append(starts, len(ordered))


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


def _place(sketch: Sketch) -> tuple[bytes, str]:
    """Where a record stands in its block: beside copies of its article, whose signatures begin alike."""
    return sketch.signature, sketch.engagement_id
