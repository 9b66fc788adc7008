"""Finds what came of an engagement: agreements, commitments, announcements and the next meeting, as the article says.

A verb (`lexicons/outcomes.toml`) opens an outcome where one of its objects follows in the same sentence: "the two sides
agreed on", but not "he agrees with him"; "signed a memorandum", but not "explosions occurred", which is the same verb.
The outcome is that clause, from the verb to the next mark of punctuation or conjunction.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from extract.fold import FoldedText, fold_word
from extract.lexicon import Hit, keep_longest, load
from extract.sentences import Sentence

MAX_LENGTH = 200  # folded letters of a quote: two lines on the screen
MIN_LENGTH = 20  # less states nothing
_OBJECT_REACH = 70  # letters from a verb to its object: its subject, with titles, stands between
_DENIAL_REACH = 8  # letters before a verb: a word of denial and a blank
_KINDS = frozenset({"outcome", "outcome_verb", "outcome_sign", "outcome_coming"})
# The list of objects that a cue needs, where it is not that of its type.
_OBJECT_LISTS = {"outcome_sign": "signing", "outcome_coming": "coming"}
_ARTICLE = "\u0627\u0644"  # al-
_PREFIX = "[\u0648\u0641]?[\u0628\u0644]?"  # and, then; with, for
_MARK = re.compile(r'[,;:!?\n]|\.(?=\s|$)|"(?=\s?[,;.])')


@dataclass(frozen=True, slots=True)
class OutcomeMention:
    """An outcome (`type` is one of `OUTCOME_TYPES`) and the folded range of its clause."""

    type: str
    start: int
    end: int
    rule: str


@lru_cache(maxsize=16)
def _any_of(table: str, list_name: str, prefix: str = "") -> re.Pattern[str]:
    found = sorted((fold_word(w) for w in load("outcomes")[table][list_name]), key=len, reverse=True)
    return re.compile(rf"(?<!\w){prefix}(?:{'|'.join(map(re.escape, found))})(?!\w)")


def find_outcomes(folded: FoldedText, sentences: Sequence[Sentence], hits: Sequence[Hit]) -> tuple[OutcomeMention, ...]:
    """Return the outcomes of a text in order of place; two of one type never overlap, two of different types may."""
    by_type: dict[str, list[Hit]] = {}
    for hit in hits:
        if hit.kind in _KINDS:
            by_type.setdefault(hit.value, []).append(hit)
    starts = [s.start for s in sentences]
    found: list[OutcomeMention] = []
    for code, cues in by_type.items():
        reached = 0
        for hit in keep_longest(cues):
            sentence = sentences[max(bisect_right(starts, hit.start) - 1, 0)]
            end = _clause_end(folded.text, hit, sentence) if hit.start >= reached else None
            if end is not None:
                found.append(OutcomeMention(code, _start(folded.text, hit), end, f"outcome.{hit.phrase.list_name}"))
                reached = end
    return tuple(sorted(found, key=lambda o: (o.start, o.end)))


def _start(text: str, hit: Hit) -> int:
    """Return where the cue's own first letter is: an article belongs to it, the proclitics before do not."""
    start = hit.start - len(_ARTICLE)
    return start if start >= hit.word_start and text.startswith(_ARTICLE, start) else hit.start


def _clause_end(text: str, hit: Hit, sentence: Sentence) -> int | None:
    """Return where the clause ends that a cue opens, or None if it is denied, lacks its object or states too little."""
    if _any_of("_denials", "words").search(text, max(hit.word_start - _DENIAL_REACH, sentence.start), hit.word_start):
        return None
    at = hit.end
    if hit.kind != "outcome":
        objects = _any_of("_objects", _OBJECT_LISTS.get(hit.kind, hit.value), _PREFIX)
        needed = objects.search(text, at, min(at + _OBJECT_REACH, sentence.end))
        if needed is None or _any_of("_speech", "words").search(text, at, needed.start()):
            return None
        at = needed.end()
    limit = min(sentence.end, hit.start + MAX_LENGTH)
    ends = [m.start() for m in (_MARK.search(text, at, limit), _bound(text, at, limit)) if m is not None]
    end = min(ends) if ends else _whole_words(text, at, limit)
    end = hit.start + len(text[hit.start : end].rstrip(' "'))
    return end if end - hit.start >= MIN_LENGTH else None


def _bound(text: str, at: int, limit: int) -> re.Match[str] | None:
    return _any_of("_bounds", "words").search(text, at, limit) if at < limit else None


def _whole_words(text: str, at: int, limit: int) -> int:
    """Return the limit, drawn back to the end of a word where it would cut one."""
    if limit < len(text) and text[limit].isalnum() and text[limit - 1].isalnum():
        return max(text.rfind(" ", at, limit), at)
    return limit
