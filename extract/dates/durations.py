"""Finds how long something lasts: «زيارة تستغرق يومين», «لمدة ثلاثة أيام», «زيارة رسمية لثلاثة أيام»."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extract.dates.lexer import find_runs
from extract.dates.readings import Found, context
from extract.fold import FoldedText

_LENGTH = {"day": 1, "week": 7}
_FOR = "\u0644"
_PATTERN = re.compile(r"(?P<count>[DKN])?a?(?P<unit>[dwsu])(?![PLXCZ])")


@dataclass(frozen=True, slots=True)
class Duration:
    """A length of time in days: `start` and `end` are folded offsets of its words."""

    start: int
    end: int
    days: int


def find_durations(folded: FoldedText) -> tuple[Duration, ...]:
    """Return the lengths in days or weeks that the text gives to something; not «خلال اليومين الماضيين»."""
    found = []
    for run in find_runs(folded.text):
        for match in _PATTERN.finditer(run.symbols):
            words = Found(folded.text, run, match)
            unit = words.token("unit")
            if unit is None or unit.name not in _LENGTH or not _lasts(words):
                continue
            counted = words.token("count")
            if counted is None and unit.symbol == "s" and folded.text[unit.start : unit.end] not in context("single"):
                continue
            count = counted.value if counted else 2 if unit.symbol == "u" else 1
            tokens = words.tokens()
            found.append(Duration(tokens[0].start, tokens[-1].end, count * _LENGTH[unit.name]))
    return tuple(found)


def _lasts(words: Found) -> bool:
    """«تستغرق يومين», «زيارة ليومين»; not «انتظر ليومين»."""
    before, first = words.word_before(), words.tokens()[0]
    for_length = words.text[first.word_start : first.start].endswith(_FOR)
    return before in context("lasting") or (for_length and before in context("lasting_noun"))
