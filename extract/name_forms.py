"""Compares names of persons: whether two may be one person's, and the part by which news copy repeats one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from extract.fold import fold_word
from extract.name_words import AL, Sort, grammar, sort_of
from extract.user_lexicon import follow

MIN_FOREIGN = 4  # letters of a foreign word that may be spelt in two ways
_SEPARATORS = re.compile(r"[\s_\-.#]+")
# Writers of foreign names vary long vowels and the letters for g, s and t.
_BONES = str.maketrans({
    "\u0627": None, "\u0648": None, "\u064a": None,
    "\u062c": "\u063a", "\u0634": "\u0633", "\u0632": "\u0633", "\u062b": "\u062a", "\u0637": "\u062a",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Lineage:
    """A name in units ("Abd Al-Aziz", "Abu Al-Gheit" are one): one's own, one's fathers' after bin, and the rest."""

    own: tuple[str, ...]
    fathers: tuple[str, ...]
    house: str | None

    @property
    def units(self) -> tuple[str, ...]:
        return (*self.own, *self.fathers, *((self.house,) if self.house else ()))


@lru_cache(maxsize=20_000)
def _parse(name: str) -> _Lineage:
    """Split a folded name; a family name after the fathers counts among the own units, a house (Al Sabah) apart."""
    own: list[str] = []
    fathers: list[str] = []
    house: str | None = None
    pending = ""
    after_bin = False
    for word in (w for w in _SEPARATORS.split(name) if w):
        if word in grammar("filiation"):
            after_bin = True
        elif word in grammar("houses"):
            pending = word
        elif word in grammar("joins"):
            pending += word
        elif word in grammar("completes") and (own or fathers):
            units = fathers if fathers and (not pending or not own) else own
            units[-1] += word
        elif pending in grammar("houses"):
            house, pending = _bare(word), ""
        else:
            unit = pending + (word if pending else _bare(word))
            (fathers if after_bin else own).append(unit)
            pending, after_bin = "", False
    return _Lineage(tuple(own), tuple(fathers), house)


def _bare(word: str) -> str:
    return word[2:] if word.startswith(AL) and len(word) > 4 else word


def without_tag(name: str) -> str:
    """Return a name as written without the marks of a tag: "#Mohammed_bin_Salman"."""
    return name.replace("#", "").replace("_", " ")


@lru_cache(maxsize=100_000)
def plain(name: str) -> str:
    """Return a name's words, folded, with a blank between: "Moon Jae-in" and the tag "Moon_Jae_in" are one."""
    return " ".join(w for w in _SEPARATORS.split(fold_word(name)) if w)


def same_person(a: str, b: str) -> bool:
    """Whether two names, folded or not, may be one person's: a short form of the other, or another spelling.

    Meant for "Lavrov" and "Sergey Lavrov"; not for the brothers "Khalifa bin Zayed" and "Mohamed bin Zayed".
    """
    one, two = _parse(fold_word(a)), _parse(fold_word(b))
    if not one.units or not two.units:
        return False
    short, long = (one, two) if len(one.units) <= len(two.units) else (two, one)
    if len(short.units) == 1:
        return _is_short_form(short.units[0], long)
    if short.fathers and long.fathers:
        fathers_agree = _same_unit(short.fathers[0], long.fathers[0])
        return fathers_agree and _same_unit(short.own[0] if short.own else "", long.own[0] if long.own else "")
    if _same_unit(short.units[0], long.units[0]):
        return _is_subsequence(short.units[1:], long.units[1:])
    return not short.fathers and not long.fathers and _is_subsequence(short.units, long.units[-len(short.units) :])


def _is_short_form(unit: str, name: _Lineage) -> bool:
    """A family name stands for the whole name; a given name does so for a prince or a king, a first word in China."""
    if len(name.units) == 1 or not name.own:
        return _same_unit(unit, name.units[0])
    is_ruler = bool(name.fathers or name.house) or name.own[-1] in {_bare(o) for o in grammar("ordinals")}
    if _same_unit(unit, name.own[0]):
        return is_ruler or name.own[0] in grammar("family_first")
    return _same_unit(unit, name.own[-1])


def _is_subsequence(short: Sequence[str], long: Sequence[str]) -> bool:
    rest = iter(long)
    return all(any(_same_unit(s, other) for other in rest) for s in short)


@follow
@lru_cache(maxsize=50_000)
def _same_unit(a: str, b: str) -> bool:
    """Whether two units are one word, or two spellings of a foreign word; Arabic names a letter apart are two names."""
    if a == b or not a or not b:
        return a == b
    exact = (Sort.ARABIC, Sort.DOUBTFUL)
    if sort_of(a) in exact or sort_of(b) in exact or min(len(a), len(b)) < MIN_FOREIGN:
        return False
    bones_a, bones_b = a.translate(_BONES), b.translate(_BONES)
    return bones_a == bones_b and (len(bones_a) > MIN_FOREIGN - 1 or abs(len(a) - len(b)) <= 1)


def surname_of(name: str) -> str:
    """Return the part, folded, by which news copy repeats a person.

    "Lavrov", "Abu Al-Gheit", "Xi"; for "Mohamed bin Zayed Al Nahyan" it is "Mohamed bin Zayed".
    """
    words_ = [w for w in _SEPARATORS.split(fold_word(name)) if w]
    if not words_:
        return ""
    if words_[0] in grammar("family_first"):
        return words_[0]
    last = len(words_) - 1
    filiations = [i for i, w in enumerate(words_) if w in grammar("filiation")]
    if words_[-1] in grammar("ordinals"):
        return " ".join(words_)
    while last > 0 and (words_[last] in grammar("completes") or words_[last - 1] in grammar("joins")):
        last -= 1
    if filiations and (words_[last] in (*grammar("houses"), *grammar("filiation")) or last <= filiations[-1] + 1):
        end = filiations[0] + 2
        while end < len(words_) and (words_[end - 1] in grammar("joins") or words_[end] in grammar("completes")):
            end += 1
        return " ".join(words_[:end])
    return " ".join(words_[last:])
