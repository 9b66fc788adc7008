"""What a single word can be to a person's name: known from lists of names and of prose, or guessed from its letters."""

from __future__ import annotations

import re
from enum import Enum, auto
from functools import cache, lru_cache

from extract.lexicon import load, phrases_of, words
from extract.user_lexicon import active_persons, follow, words_of

_NO_PERSONS = ("countries", "organisations", "titles")  # lexicons whose words end a name, unless they are names as well
_WA = "\u0648"
AL = "\u0627\u0644"  # the article, and the house of a ruling family
_CONJOINED = ("\u0648", "\u0641", "\u0644", "\u0643")  # before a known name these are conjunctions and prepositions
_SA = "\u0633"  # of the future, before the prefixes of the present
_PRESENT = ("\u064a", "\u062a", "\u0646")
_PARTICIPLE = re.compile("\u0645[^\u0627\u0648\u064a]\\w{2,}\u0627")  # "apologising", in the accusative
_TA_MARBUTA = "\u0647"  # as folded
MIN_BARE = 3  # letters that must stay when the article or "and" is taken off
MIN_BARE_OTHERS = 4  # ... any other proclitic: they are first letters of many names


class Sort(Enum):
    """What a word can be to a name."""

    MARK = auto()  # punctuation, digits, Latin letters
    PROSE = auto()  # ends a name
    ARABIC = auto()  # a given name
    FOREIGN = auto()  # a given name from elsewhere
    FAMILY = auto()  # follows a given name
    FAMILY_WORD = auto()  # prose, but a family name right after a single given name
    DOUBTFUL = auto()  # a name and a word of prose
    FOREIGN_WORD = auto()  # prose, but a name right after a foreign one
    JOIN = auto()  # bin, Al, Abu, Abd, de, van
    COMPLETES = auto()  # al-Din, Allah
    ORDINAL = auto()  # the Sixth
    UNKNOWN = auto()  # in no list: a name if its letters allow


GIVEN = (Sort.ARABIC, Sort.FOREIGN)
SURE = (Sort.ARABIC, Sort.FOREIGN, Sort.FAMILY, Sort.JOIN)


@cache
def grammar(name: str) -> frozenset[str]:
    """Return one of the lists of small words that build names, folded."""
    return words("given_names", "grammar", name)


@follow
@lru_cache(maxsize=1)
def _sorts() -> dict[str, Sort]:
    """Every listed word with its sort; of a word in several lists the later one here decides."""
    table = {stem: Sort.PROSE for name in _NO_PERSONS for stem, _, _ in phrases_of(name) if " " not in stem}
    table.update(dict.fromkeys(words("common_words", "prose", "words"), Sort.PROSE))
    for name, sort in (
        ("family", Sort.FAMILY), ("family_words", Sort.FAMILY_WORD), ("foreign", Sort.FOREIGN), ("arabic", Sort.ARABIC),
        ("also_words", Sort.DOUBTFUL), ("foreign_words", Sort.FOREIGN_WORD),
    ):  # fmt: skip
        table.update(dict.fromkeys(words("given_names", name, "names"), sort))
    for name, sort in (("completes", Sort.COMPLETES), ("ordinals", Sort.ORDINAL), ("joins", Sort.JOIN)):
        table.update(dict.fromkeys(grammar(name), sort))
    table.update(dict.fromkeys(load("given_names")["grammar"]["madda"], Sort.FOREIGN))
    first, later = words_of(active_persons())
    told = dict.fromkeys(later, Sort.FAMILY) | dict.fromkeys(first, Sort.ARABIC)
    return told | table


@cache
def _ordered(name: str) -> tuple[str, ...]:
    return tuple(sorted(grammar(name), key=lambda affix: (-len(affix), affix)))


@follow
@lru_cache(maxsize=200_000)
def sort_of(word: str) -> Sort:
    """Return what a folded word can be to a name."""
    if not word or not ("\u0621" <= word[0] <= "\u064a") or not word.isalpha():
        return Sort.MARK
    listed = _sorts().get(word)
    if listed is not None:
        return listed
    if len(word) == 1:
        return Sort.PROSE if word == _WA else Sort.UNKNOWN
    return Sort.PROSE if _is_inflected(word) or _ends_like_prose(word) else Sort.UNKNOWN


def is_listed(word: str) -> bool:
    """Whether a list holds a folded word as it stands, no affix taken off: "arrived" and no name after "and"."""
    return word in _sorts()


def is_guessed(word: str) -> bool:
    """Whether no list speaks of a folded word, with affixes or without: its sort is a guess from its letters."""
    if sort_of(word) is Sort.UNKNOWN:
        return True
    return sort_of(word) is Sort.PROSE and len(word) > 1 and word not in _sorts() and not _is_inflected(word)


def _is_inflected(word: str) -> bool:
    """Whether an unlisted word is one of prose with something before or after it, or a name after "and" or "to"."""
    if _is_bare_prose(word):
        return True
    for article in _ordered("articles"):
        if word.startswith(article) and len(word) - len(article) >= MIN_BARE:
            return article != AL or _is_bare_prose(word[len(article) :])
    for proclitic in _ordered("proclitics"):
        bare = word.removeprefix(proclitic)
        is_light = proclitic == _WA or (proclitic[-1] == _SA and bare[:1] in _PRESENT)
        if bare == word or len(bare) < (MIN_BARE if is_light else MIN_BARE_OTHERS):
            continue
        if _is_bare_prose(bare) or (proclitic in _CONJOINED and bare in _sorts()):
            return True
    return False


def _is_bare_prose(word: str) -> bool:
    table = _sorts()
    if table.get(word) is Sort.PROSE:
        return True
    return any(
        word.endswith(ending)
        and len(word) - len(ending) >= MIN_BARE
        and table.get(word[: -len(ending)]) in (Sort.PROSE, Sort.DOUBTFUL)
        for ending in _ordered("inflections")
    )


def _ends_like_prose(word: str) -> bool:
    """Judge an unlisted word by its letters: plurals, possessives, definite feminines, present verbs are no names."""
    if len(word) > MIN_BARE_OTHERS and word.endswith(_ordered("endings")):
        return True
    if len(word) >= MIN_BARE_OTHERS and word.startswith(_ordered("verb_beginnings")):
        return True
    if _PARTICIPLE.fullmatch(word):
        return True
    return word.startswith(AL) and word.endswith(_TA_MARBUTA)
