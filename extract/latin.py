"""Writes names of persons in Latin letters: by a hand table first, then by arabic-name-romanizer, offline throughout.

A foreign minister's whole name is in the table; of a Spaniard whom nobody listed, the parts that are; a Kuwaiti
ambassador's goes to the romaniser with Kuwait as its hint, with "bin" and "Al" as the Gulf writes them.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from arabic_name_romanizer import Transliterator
from arabic_name_romanizer.api import default_resources_dir
from arabic_name_romanizer.inference import OnnxModel
from camel_tools.utils.charmap import CharMapper

from extract.fold import fold_word
from extract.lexicon import load
from extract.name_words import Sort, sort_of
from extract.user_lexicon import active_persons, follow

_BLANKS = re.compile(r"[\s_\-\u2010-\u2014.#]+")
_ARABIC = re.compile("[\u0621-\u064a]")
_HOUSE = re.compile(r"\b[Aa]l (?=\w)")  # houses are in the table, so what the romaniser writes so is an article
_ARTICLE = re.compile(r"^(al|el)-", re.IGNORECASE)


@follow
@cache
def _table(name: str) -> dict[str, str]:
    """One table of the lexicon, from folded Arabic to Latin; analysts' people are among `people`."""
    told = [(one.latin, (one.name, *one.also)) for one in active_persons() if one.latin] if name == "people" else []
    return {
        " ".join(_split(fold_word(arabic))): latin
        for latin, forms in (*load("latin_names")[name].items(), *told)
        for arabic in forms
    }


@follow
@cache
def _spellings() -> dict[str, str]:
    """Every spelling of a whole name that the hand table or an analyst knows, folded, to the one that it gives first."""
    forms = [*load("latin_names")["people"].values(), *([one.name, *one.also] for one in active_persons())]
    return {" ".join(_split(fold_word(form))): some[0] for some in forms for form in some}


def common_spelling(name: str) -> str:
    """Return a person's name as the hand table spells it first, or as it is: one person's records are found together."""
    return _spellings().get(" ".join(_split(fold_word(name))), name)


@follow
@cache
def _longest() -> int:
    return max(key.count(" ") + 1 for key in _table("people"))


@cache
def _romaniser() -> Transliterator:
    # Opens its index and models: 0.3 s, once. Left to itself it takes two threads a model, and those spin while they wait
    # for the next name: a third of a run's processor time, and the second core of two workers.
    folder = default_resources_dir()
    model, persian = (OnnxModel(path, intra_op_threads=1) for path in (folder, folder / "persian"))
    return Transliterator(model=model, persian_model=persian)


@cache
def _scholar() -> CharMapper:
    return CharMapper.builtin_mapper("ar2hsb")


def _split(name: str) -> list[str]:
    return [word for word in _BLANKS.split(name) if word]


@follow
@lru_cache(maxsize=50_000)
def latin_name(name: str, country: str | None) -> str:
    """Return a person's name in Latin letters; `country` is a party code, or None where it is not known.

    The same name and country always give the same letters. An empty name gives an empty string.
    """
    words = _split(name)
    keys = [fold_word(word) for word in words]
    pieces: list[str] = []
    loose: list[str] = []  # words in a row that no table knows: they are romanised together
    at = 0
    while at < len(words):
        latin, length = _look_up(keys, at, country)
        if latin is None:
            loose.append(words[at])
        else:
            pieces += [*_romanise(loose, country), latin]
            loose = []
        at += length
    return _capitalise([*pieces, *_romanise(loose, country)])


def _look_up(keys: list[str], at: int, country: str | None) -> tuple[str | None, int]:
    """Return what the tables write for the words from `at`, and how many words that takes."""
    for length in range(min(len(keys) - at, _longest()), 0, -1):
        latin = _table("people").get(" ".join(keys[at : at + length]))
        if latin is not None:
            return latin, length
    key = keys[at]
    particle = _table("grammar").get(key)
    if particle is not None and at + 1 < len(keys):
        return load("latin_names")["custom"].get(country, {}).get(particle, particle), 1
    corrected = _table("corrections").get(key)
    if corrected is not None:
        return corrected, 1
    is_romanised = country in load("latin_names")["romaniser"] and sort_of(key) is not Sort.FOREIGN
    return (None if is_romanised else _table("words").get(key)), 1


def _romanise(words: list[str], country: str | None) -> list[str]:
    if not words:
        return []
    hint = load("latin_names")["romaniser"].get(country)
    latin = str(_romaniser().transliterate(" ".join(words), country=hint))
    if not latin or _ARABIC.search(latin):
        latin = str(_scholar().map_string(" ".join(words)))
    return [_HOUSE.sub("Al-", latin)]


def _capitalise(pieces: list[str]) -> str:
    """Give every word its capital, but not the particles inside a name; the article has one too: "Al-Sabah"."""
    particles = {p for p in load("latin_names")["grammar"] if p.islower()}
    words = " ".join(pieces).split()
    return " ".join(
        word if i and word in particles else _ARTICLE.sub(lambda m: m.group().capitalize(), word[:1].upper() + word[1:])
        for i, word in enumerate(words)
    )
