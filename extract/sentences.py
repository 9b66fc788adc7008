"""Cuts folded text into sentences: at line ends and at full stops, question and exclamation marks that end a word."""

from __future__ import annotations

import re
from dataclasses import dataclass

# A mark ends a sentence where a blank or a closing quotation mark follows it and more than an initial stands before it; a
# full stop, and a quotation mark behind it, also where their blank was lost: between two words of three letters, for those
# of «سي.إن.إن» and «نت» are shorter.
_WORD = r"[\u0621-\u064a]{3}"
_END = re.compile(
    # What stands before a mark is asked behind it, so that the search can skip from mark to mark.
    r"\n+|[.!?](?<=[^\W_]{2}.)[.!?]*[\"')\]]*(?=\s|$)|[.!?](?<=[\"')\]%].)[.!?]*(?=\s|$)"
    rf"|\.(?<={_WORD}.)\"?(?={_WORD})"
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence by its place in folded text and its number in the article; `paragraph` counts lines with words."""

    number: int
    paragraph: int
    start: int
    end: int


def split_sentences(folded: str) -> tuple[Sentence, ...]:
    """Return the sentences of a folded text in order; each holds at least one letter or digit."""
    found: list[Sentence] = []
    start = 0
    paragraph = 0
    cuts = [(m.start(), m.end(), "\n" in m.group()) for m in _END.finditer(folded)]
    for cut_start, cut_end, is_line_end in [*cuts, (len(folded), len(folded), True)]:
        end = cut_start if is_line_end else cut_end
        if any(c.isalnum() for c in folded[start:end]):
            first = start + len(folded[start:end]) - len(folded[start:end].lstrip())
            found.append(Sentence(len(found), paragraph, first, start + len(folded[start:end].rstrip())))
        if is_line_end and found and found[-1].paragraph == paragraph:
            paragraph += 1
        start = cut_end
    return tuple(found)
