"""Finds the office-holders of `facts.toml` whom a text names with no title: "Trump met Kim Jong Un".

A surname alone counts where no other name stands beside it ("Ivanka Trump") and it is not said of another thing ("the
Trump administration").
"""

from __future__ import annotations

from collections.abc import Iterator

from extract.facts import holder_names, holder_words
from extract.name_words import Sort, grammar, sort_of
from extract.names import plain
from extract.title_groups import GroupReader
from extract.titles import title_lists

MAX_NAME_TOKENS = 6  # the longest name of the table has five
NAMES = (Sort.ARABIC, Sort.FOREIGN, Sort.FAMILY, Sort.UNKNOWN, Sort.JOIN)
_WA = "\u0648"
_PROCLITICS = ("\u0648", "\u0628", "\u0644", "\u0641")


def find_holders(reader: GroupReader) -> Iterator[tuple[int, int]]:
    """Yield the folded places of the names of the table, in order; "and" or "to" written to one is left out."""
    last = 0
    firsts = holder_words()
    for index, token in enumerate(reader.doc.tokens):
        word = token.text
        if word in firsts:
            first = word
        elif word[:1] in _PROCLITICS and word[1:] in firsts:
            first = word[1:]
        else:
            continue
        if token.start < last or index in reader.title_by_token or index in reader.place_by_token:
            continue
        start = token.end - len(first)
        length = _length(reader, index, first)
        if length and not _is_beside_name(reader, index, index + length, is_joined=start > token.start):
            last = reader.doc.tokens[index + length - 1].end
            yield start, last


def _length(reader: GroupReader, index: int, first: str) -> int:
    """Return how many tokens from `index` are the longest name of the table; 0 if none is."""
    words = [first, *(reader.token(k) for k in range(index + 1, index + MAX_NAME_TOKENS))]
    for length in range(MAX_NAME_TOKENS, 0, -1):
        if plain(" ".join(words[:length])) in holder_names() and words[length - 1].isalpha():
            return length
    return 0


def _is_beside_name(reader: GroupReader, first: int, end: int, *, is_joined: bool) -> bool:
    before, after = "" if is_joined else reader.token(first - 1), reader.token(end)
    if before in title_lists()["of_person"] or before.removeprefix(_WA) in grammar("namesakes"):
        return True
    return any(w and sort_of(w) in NAMES for w in (before, after)) and end == first + 1
