"""Reads numbers in folded text: digits with their separators, and number words joined by "and"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from extract.lexicon import Hit

_WAW = "\u0648"
_ARTICLE = "\u0627\u0644"
_DIGITS = re.compile(r"\d+(?:[.,]\d+)*(?![.,:/]?\d)")
# Digits may carry proclitics and the article («و7», «ال55»), never other letters.
_CLITICS = re.compile(r"[\u0648\u0641]?[\u0628\u0644\u0643]?(?:\u0627?\u0644)?")
_LONGEST_CLITICS = 4
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,3}(?:\.\d{3}){2,}")
_JOIN = re.compile(rf"\s{_WAW}\s?(?:\u0627\u0644)?")


@dataclass(frozen=True, slots=True)
class Number:
    """A number of the text: `start` and `end` are those of its digits or words, `word_start` counts proclitics in."""

    word_start: int
    start: int
    end: int
    value: float
    is_digits: bool
    is_ordinal: bool


def read_digits(digits: str) -> float | None:
    """Return the value of digits with separators: «1,5» and «1.5» are one and a half, «1,500» is thousands.

    None where the separators make no number, as in «1.2.3».
    """
    if _THOUSANDS.fullmatch(digits):
        dots = digits.count(".") > 1
        return float(digits.replace("." if dots else ",", ""))
    plain = digits.replace(",", ".")
    return float(plain) if plain.count(".") <= 1 else None


def find_numbers(text: str, hits: Iterable[Hit]) -> list[Number]:
    """Return the numbers of a folded text in order, given the hits of the lexicon `numbers`.

    "Five and twenty" («خمسة وعشرين», «الرابع والعشرين») is one number; "five, twenty" is two.
    """
    found = [n for m in _DIGITS.finditer(text) if (n := _read_match(text, m)) is not None]
    words = (h for h in hits if h.kind in {"cardinal", "ordinal"})
    for hit in sorted(words, key=lambda h: h.start):
        start = hit.start - len(_ARTICLE) if text[max(0, hit.start - 2) : hit.start] == _ARTICLE else hit.start
        number = Number(
            hit.word_start, max(start, hit.word_start), hit.end, float(hit.value), False, hit.kind == "ordinal"
        )
        previous = found[-1] if found and not found[-1].is_digits else None
        if previous and _joins(text, previous, number):
            found[-1] = Number(
                previous.word_start,
                previous.start,
                number.end,
                previous.value + number.value,
                False,
                previous.is_ordinal,
            )
        else:
            found.append(number)
    return sorted(found, key=lambda n: n.start)


def _read_match(text: str, match: re.Match[str]) -> Number | None:
    start = word_start = match.start()
    while word_start and text[word_start - 1].isalnum() and start - word_start <= _LONGEST_CLITICS:
        word_start -= 1
    value = read_digits(match.group())
    if value is None or text[word_start - 1 : word_start] in {"_", ".", ":", "/"}:
        return None
    if _CLITICS.fullmatch(text, word_start, start) is None:
        return None
    return Number(word_start, start, match.end(), value, True, False)


def _joins(text: str, left: Number, right: Number) -> bool:
    if _JOIN.fullmatch(text[left.end : right.start]) is None:
        return False
    if right.value >= 100:
        return False
    if left.value % 1000 >= 100:
        return left.value % 100 == 0
    return left.value < 10 and right.value >= 20 and right.value % 10 == 0
