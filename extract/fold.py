"""The only place that changes characters: folding for matching, with the index back to the source.

Arabic writers vary hamza seats, final ya, ta marbuta, marks, tatweel, digits and quotation marks. Words are matched in
folded text; nothing is ever quoted from it. The letter rules are those of CAMeL Tools (`camel_tools.utils`), asked once
for every character and kept as a table, because its functions return no offsets; to them are added the seats of hamza on
waw and ya, digits, blanks and punctuation.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from camel_tools.tokenizers.word import simple_word_tokenize
from camel_tools.utils.dediac import dediac_ar
from camel_tools.utils.normalize import normalize_alef_ar, normalize_alef_maksura_ar, normalize_teh_marbuta_ar
from numpy.typing import NDArray

TATWEEL = "\u0640"
_HASH, _UNDERSCORE = "#", "_"
# What CAMeL Tools leaves alone: hamza on waw and ya, letters of Persian keyboards, digits, punctuation.
_EXTRA = {
    "\u0624": "\u0648", "\u0626": "\u064a", "\u06cc": "\u064a", "\u06a9": "\u0643", "\u06be": "\u0647", "\u06c1": "\u0647",
    "\u060c": ",", "\u061b": ";", "\u061f": "?", "\u066a": "%", "\u066b": ".", "\u066c": ",", "\u2026": ".",
    "\u00ab": '"', "\u00bb": '"', "\u201c": '"', "\u201d": '"', "\u201e": '"', "\u2018": "'", "\u2019": "'",
    "\u2013": "-", "\u2014": "-", "\u2212": "-", "\u2010": "-", "\u2011": "-", "\u00a0": " ", "\u202f": " ", "\t": " ", "\r": " ",
    "\u2028": "\n", "\u2029": "\n",
}  # fmt: skip
_INVISIBLE = "\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\x00-\x08\x0b\x0c\x0e-\x1f"
_PRESENTATION = "\ufb50-\ufdff\ufe70-\ufefc"
_MARKS = "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u08d3-\u08ff"


def _fold_letter(char: str) -> str:
    folded: str = dediac_ar(normalize_teh_marbuta_ar(normalize_alef_maksura_ar(normalize_alef_ar(char))))
    folded = _EXTRA.get(folded, folded)
    if folded.isdigit() and not folded.isascii():
        return str(unicodedata.digit(folded))
    return folded.lower() if folded.isascii() else folded


def _build_table() -> NDArray[np.uint32]:
    """What each character folds to, by their codes; those that vanish or grow are left to `_IRREGULAR`."""
    blocks = [range(0x41, 0x5B), range(0x600, 0x700), *(range(ord(c), ord(c) + 1) for c in _EXTRA)]
    codes = [code for block in blocks for code in block]
    table = np.arange(max(codes) + 1, dtype=np.uint32)
    for code in codes:
        folded = _fold_letter(chr(code))
        if len(folded) == 1:
            table[code] = ord(folded)
    return table


_TABLE = _build_table()
_LETTER = "\u0621-\u063a\u0641-\u064a\u066e-\u06d3\ufb50-\ufdff\ufe70-\ufefc"
# Characters whose folded form is not one character: marks and controls vanish, ligatures grow, blanks shrink to one,
# tatweel vanishes inside a word and is a dash where it stands alone. A tag is read as its words: "#North_Korea".
_IRREGULAR = re.compile(
    rf"#(?=[{_LETTER}])|(?<=[{_LETTER}])_(?=[{_LETTER}])|[{_MARKS}{_INVISIBLE}]+|[{_PRESENTATION}]|(?<![{_LETTER}]){TATWEEL}+(?![{_LETTER}])|{TATWEEL}+"
    r"|[ \t\r\u00a0\u202f]{2,}|[ \t\r\u00a0\u202f]+(?=\n)"
)
_VANISHING = re.compile(f"[{_MARKS}{_INVISIBLE}]")
# A run without blanks; the group says that it is letters alone, which are one word to the tokenizer.
_CHUNK = re.compile(r"([\u0621-\u064a]+)(?!\S)|\S+")


def _fold_irregular(match: re.Match[str], source: str) -> str:
    found = match.group()
    if found == _HASH or _VANISHING.match(found):
        return ""
    if found == _UNDERSCORE:
        return " "
    if found[0] == TATWEEL:
        alone = not _is_letter(source, match.start() - 1) and not _is_letter(source, match.end())
        return "-" if alone else ""
    if found.isspace():
        return "" if source[match.end() : match.end() + 1] == "\n" else " "
    return "".join(_fold_letter(c) for c in unicodedata.normalize("NFKC", found) if _fold_letter(c) != TATWEEL)


def _is_letter(source: str, at: int) -> bool:
    return 0 <= at < len(source) and re.match(f"[{_LETTER}{_MARKS}]", source[at]) is not None


class Token(NamedTuple):  # of a million words: a tuple is made in half the time of a dataclass
    """A word or a punctuation mark of the folded text."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class FoldedText:
    """Folded text and the way back. `breaks` are folded positions from which `shifts` must be added to get the source's."""

    source: str
    text: str
    breaks: tuple[int, ...]
    shifts: tuple[int, ...]

    def position(self, at: int) -> int:
        """Return the source offset of the folded offset `at`."""
        return at + self.shifts[bisect_right(self.breaks, at) - 1]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the source offsets of a folded range: marks that hang on its last letter are taken in."""
        if start >= end:
            raise ValueError(f"empty range {start}:{end}")
        first, last = self.position(start), self.position(end - 1) + 1
        while last < len(self.source) and self.source[last] != TATWEEL and _HANGING.match(self.source[last]):
            last += 1
        return first, last

    def written(self, start: int, end: int) -> str:
        """Return the words of a folded range in the source's letters, as a person would write them; never empty."""
        return without_marks(self.source[slice(*self.span(start, end))]) or self.text[start:end]


_HANGING = re.compile(f"[{_MARKS}]")


def _fold_letters(text: str) -> str:
    """Fold each character to one other, as `str.translate` would in ten times the time."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    folded = np.where(codes < len(_TABLE), _TABLE.take(codes, mode="clip"), codes)
    return folded.tobytes().decode("utf-32-le", "surrogatepass")


def fold(source: str) -> FoldedText:
    """Fold a text for matching; offsets of the result lead back to `source` by `FoldedText.span`."""
    parts: list[str] = []
    breaks, shifts = [0], [0]
    at = length = 0
    for match in _IRREGULAR.finditer(source):
        parts.append(source[at : match.start()])
        length += match.start() - at
        folded = _fold_irregular(match, source)
        parts.append(folded)
        at = match.end()
        if folded:  # every character of a ligature leads back to the ligature
            for k in range(len(folded)):
                breaks.append(length + k)
                shifts.append(match.start() - length - k)
            length += len(folded)
        breaks.append(length)
        shifts.append(at - length)
    parts.append(source[at:])
    return FoldedText(source, _fold_letters("".join(parts)), tuple(breaks), tuple(shifts))


@lru_cache(maxsize=100_000)  # every phrase of the lexicons, asked for again wherever a hit is judged
def fold_word(word: str) -> str:
    """Fold a word or phrase of a lexicon, as `fold` would."""
    return fold(word).text if _IRREGULAR.search(word) else _fold_letters(word)


def without_marks(words: str) -> str:
    """Return words as a person would write them: no vowel marks, tatweel or controls, hashtag underscores as blanks."""
    plain = _VANISHING.sub("", unicodedata.normalize("NFKC", words)).replace(TATWEEL, "")
    return " ".join(plain.replace("_", " ").replace("#", " ").split())


@lru_cache(maxsize=200_000)
def _tokenize_chunk(chunk: str) -> tuple[str, ...]:
    return tuple(simple_word_tokenize(chunk))


def tokenize(folded: str, start: int = 0, end: int | None = None) -> list[Token]:
    """Split folded text into words and marks with CAMeL Tools, and give each its place.

    The tokenizer returns no offsets; asked for one blank-free run at a time, its tokens are that run in order.
    """
    tokens = []
    for chunk in _CHUNK.finditer(folded, start, len(folded) if end is None else end):
        at, end_of_chunk = chunk.span()
        if chunk.lastindex:
            tokens.append(Token(folded[at:end_of_chunk], at, end_of_chunk))
            continue
        for word in _tokenize_chunk(chunk.group()):
            start = at
            at += len(word)
            tokens.append(Token(word, start, at))
    return tokens
