"""Finds the office-holders of `facts.toml` whom a text names with no title: "Trump met Kim Jong Un".

A surname alone counts where no other name stands beside it ("Ivanka Trump") and it is not said of another thing ("the
Trump administration").
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from extract.facts import holder_names, holder_words
from extract.name_words import Sort, grammar, sort_of
from extract.names import plain
from extract.title_groups import GroupReader
from extract.titles import title_lists
from extract.user_lexicon import follow

MAX_NAME_TOKENS = 6  # the longest name of the table has five
NAMES = (Sort.ARABIC, Sort.FOREIGN, Sort.FAMILY, Sort.UNKNOWN, Sort.JOIN)
_WA = "\u0648"
_PROCLITICS = ("\u0648", "\u0628", "\u0644", "\u0641")


def find_holders(reader: GroupReader) -> Iterator[tuple[int, int]]:
    """Yield the folded places of the names of the table, in order; "and" or "to" written to one is left out."""
    last = 0
    doc = reader.doc
    for index in sorted(index for word in doc.words & _beginnings().keys() for index in doc.indexes_of(word)):
        token = doc.tokens[index]
        first = _beginnings()[token.text]
        if token.start < last or index in reader.title_by_token or index in reader.place_by_token:
            continue
        start = token.end - len(first)
        length = _length(reader, index, first)
        if length and not _is_beside_name(reader, index, index + length, is_joined=start > token.start):
            last = doc.tokens[index + length - 1].end
            yield start, last


@follow
@lru_cache(maxsize=1)
def _beginnings() -> dict[str, str]:
    """The words that a name of the table may begin with: its first word, alone or with "and" or the like written to it."""
    firsts = holder_words()
    return {c + first: first for c in _PROCLITICS for first in firsts} | {first: first for first in firsts}


def _length(reader: GroupReader, index: int, first: str) -> int:
    """Return how many tokens from `index` are the longest name of the table; 0 if none is."""
    found, said = 0, ""
    for length, word in enumerate((first, *(reader.token(index + k) for k in range(1, MAX_NAME_TOKENS))), start=1):
        said = f"{said} {plain(word)}".strip()
        if said not in _openings():
            break
        if said in holder_names() and word.isalpha():
            found = length
    return found


@follow
@lru_cache(maxsize=1)
def _openings() -> frozenset[str]:
    """What a name of the table may go on from: its first words, and all of it."""
    names = (name.split() for name in holder_names())
    return frozenset(" ".join(name[:many]) for name in names for many in range(1, len(name) + 1))


def _is_beside_name(reader: GroupReader, first: int, end: int, *, is_joined: bool) -> bool:
    before, after = "" if is_joined else reader.token(first - 1), reader.token(end)
    if before in title_lists()["of_person"] or before.removeprefix(_WA) in grammar("namesakes"):
        return True
    return any(w and sort_of(w) in NAMES for w in (before, after)) and end == first + 1
