"""Reads names of persons: where one begins and ends, whether two are one person's, and how news copy shortens one.

    "the Russian president | Vladimir Putin | Thursday his counterpart"   -> read_name gives the end of "Putin"

Every word is of one of a few classes (see `Sort`), known from the lists of `given_names.toml` and `common_words.toml` or
guessed from its letters; a name is read word by word, and a word that names and prose share needs a neighbour that
speaks for it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache

from extract.fold import Token, fold_word
from extract.lexicon import words

MAX_PARTS = 9  # "X bin Y bin Z Al W" with compound given names; no longer name in the development articles
_WA = "\u0648"
_AL = "\u0627\u0644"
_ALI = "\u0639\u0644\u064a"  # the name Ali and the preposition "on" fold to one word
_MARKS = ("-", "_")
_CONJOINED = ("\u0648", "\u0641", "\u0644", "\u0643")  # before a known name these are conjunctions and prepositions
MIN_BARE = 3  # letters that must stay when the article or "and" is taken off
MIN_BARE_OTHERS = 4  # ... any other proclitic: they are first letters of many names
MIN_FOREIGN = 4  # letters of a foreign word that may be spelt in two ways
_SEPARATORS = re.compile(r"[\s_\-.]+")
# Writers of foreign names vary long vowels and the letters for g, s and t.
_BONES = str.maketrans({
    "\u0627": None, "\u0648": None, "\u064a": None,
    "\u062c": "\u063a", "\u0634": "\u0633", "\u0632": "\u0633", "\u062b": "\u062a", "\u0637": "\u062a",
})  # fmt: skip


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


_GIVEN = (Sort.ARABIC, Sort.FOREIGN)
_SURE = (Sort.ARABIC, Sort.FOREIGN, Sort.FAMILY, Sort.JOIN)


@lru_cache(maxsize=None)
def _grammar(name: str) -> frozenset[str]:
    return words("given_names", "grammar", name)


@lru_cache(maxsize=1)
def _sorts() -> dict[str, Sort]:
    """Every listed word with its sort; of a word in several lists the later one here decides."""
    table = dict.fromkeys(words("common_words", "prose", "words"), Sort.PROSE)
    for name, sort in (
        ("family", Sort.FAMILY), ("family_words", Sort.FAMILY_WORD), ("foreign", Sort.FOREIGN), ("arabic", Sort.ARABIC),
        ("also_words", Sort.DOUBTFUL), ("foreign_words", Sort.FOREIGN_WORD),
    ):  # fmt: skip
        table.update(dict.fromkeys(words("given_names", name, "names"), sort))
    for name, sort in (("completes", Sort.COMPLETES), ("ordinals", Sort.ORDINAL), ("joins", Sort.JOIN)):
        table.update(dict.fromkeys(_grammar(name), sort))
    return table


@lru_cache(maxsize=None)
def _prefixes() -> tuple[tuple[str, ...], tuple[str, ...]]:
    return tuple(sorted(_grammar("articles"), key=len, reverse=True)), tuple(sorted(_grammar("proclitics"), key=len, reverse=True))


@lru_cache(maxsize=200_000)
def sort_of(word: str) -> Sort:
    """Return what a folded word can be to a name."""
    if not ("\u0621" <= word[0] <= "\u064a") or not word.isalpha():
        return Sort.MARK
    table = _sorts()
    if word in table:
        return table[word]
    if len(word) == 1:
        return Sort.UNKNOWN if word != _WA else Sort.PROSE
    articles, proclitics = _prefixes()
    for prefix in (*articles, *proclitics):
        bare = word[len(prefix) :]
        enough = MIN_BARE if prefix in articles or prefix == _WA else MIN_BARE_OTHERS
        if not word.startswith(prefix) or len(bare) < enough:
            continue
        sort = table.get(bare)
        if sort is Sort.PROSE or (prefix in _CONJOINED and sort is not None):
            return Sort.PROSE
        if prefix in articles and prefix != _AL:
            return Sort.PROSE
    return Sort.PROSE if _looks_like_prose(word) else Sort.UNKNOWN


def _looks_like_prose(word: str) -> bool:
    """Judge an unlisted word by its ending: plurals, possessives and definite feminines are no names."""
    ends = len(word) > 4 and word.endswith(tuple(_grammar("endings")))
    return ends or (word.startswith(_AL) and word.endswith("\u0647"))


class _Reader:
    """Reads one name from a place in the tokens."""

    def __init__(self, tokens: Sequence[Token], at: int, folded: str) -> None:
        self.tokens, self.at, self.folded = tokens, at, folded
        self.end = at
        self.parts: list[str] = []

    def read(self) -> int:
        """Return the index after the last token of the name, or the start if there is none."""
        index = self.at
        while len(self.parts) < MAX_PARTS:
            index = self._skip_mark(index)
            taken = self._take(index)
            if not taken:
                break
            self.parts += [self.tokens[k].text for k in range(index, index + taken)]
            index += taken
            self.end = index
        return self.end

    def _sort(self, index: int) -> Sort:
        """The sort of a token on the same line as the one before it; MARK beyond."""
        if not 0 <= index < len(self.tokens):
            return Sort.MARK
        if index > self.at and "\n" in self.folded[self.tokens[index - 1].end : self.tokens[index].start]:
            return Sort.MARK
        return sort_of(self.tokens[index].text)

    def _skip_mark(self, index: int) -> int:
        """Step over a hyphen or underscore inside a name, or the full stop after an initial."""
        if not self.parts or index + 1 >= len(self.tokens):
            return index
        mark, after = self.tokens[index], self.tokens[index + 1]
        is_tight = self.tokens[index - 1].end == mark.start
        if mark.text in _MARKS and is_tight and mark.end == after.start and self._sort(index + 1) is not Sort.PROSE:
            return index + 1
        is_initial = len(self.tokens[index - 1].text) == 1 or (len(self.tokens[index - 1].text) == 2 and mark.end == after.start)
        if mark.text == "." and is_tight and is_initial and self._sort(index + 1) in (*_SURE, Sort.UNKNOWN):
            return index + 1
        return index

    def _take(self, index: int) -> int:
        """Return how many tokens from `index` are the next part of the name: 0, 1, or 2 for a join and what it joins."""
        sort = self._sort(index)
        if sort in (*_GIVEN, Sort.FAMILY):
            return int(sort is not Sort.FAMILY or not self.parts or self._after_arabic() or not self._is_definite(index))
        if sort is Sort.JOIN:
            return self._joined(index)
        if sort in (Sort.COMPLETES, Sort.ORDINAL):
            return int(bool(self.parts) and (sort is Sort.COMPLETES or self._after_given()))
        if sort is Sort.FAMILY_WORD:
            return int(len(self.parts) == 1 and sort_of(self.parts[0]) in (Sort.ARABIC, Sort.DOUBTFUL))
        if sort is Sort.FOREIGN_WORD:
            return int(bool(self.parts) and not self._after_arabic())
        if sort is Sort.DOUBTFUL:
            return int(self._is_name_here(index))
        return int(sort is Sort.UNKNOWN and self._is_likely(index))

    def _is_definite(self, index: int) -> bool:
        return self.tokens[index].text.startswith(_AL)

    def _after_arabic(self) -> bool:
        """Whether the last part is Arabic, so that a family name with the article may follow."""
        last = self.parts[-1]
        return last.startswith(_AL) or sort_of(last) in (Sort.ARABIC, Sort.DOUBTFUL, Sort.COMPLETES, Sort.FAMILY) or (
            len(self.parts) > 1 and sort_of(self.parts[-2]) is Sort.JOIN and self.parts[-2] not in _grammar("foreign_joins")
        )  # fmt: skip

    def _after_given(self) -> bool:
        return len(self.parts) <= 2 and sort_of(self.parts[0]) in (*_GIVEN, Sort.JOIN)

    def _joined(self, index: int) -> int:
        """Return how many tokens a join and what it joins take: "bin Abd Al-Aziz" is three; 0 if nothing follows."""
        start = self._skip_tight(index + 1)
        after = self._sort(start)
        if after is Sort.MARK:
            return 0
        if after is Sort.JOIN and (more := self._joined(start)):
            return start - index + more
        word = self.tokens[index].text
        if word in _grammar("foreign_joins"):
            fits = after in (Sort.UNKNOWN, *_SURE, Sort.DOUBTFUL)
        else:
            is_announced = bool(self.parts) or word in _grammar("servant")
            fits = after is not Sort.PROSE or is_announced and (self._is_definite(start) or word in _grammar("servant"))
        return start - index + 1 if fits else 0

    def _skip_tight(self, index: int) -> int:
        """Step over an underscore that stands for a blank inside a name."""
        return index + (index < len(self.tokens) and self.tokens[index].text == "_")

    def _is_name_here(self, index: int) -> bool:
        """Judge a word that names and prose share by the words beside it."""
        word = self.tokens[index].text
        after = self._sort(index + 1)
        if not self.parts and index and self.tokens[index - 1].text in _grammar("honorifics"):
            return True
        if self.parts and not self._after_arabic():
            return after is Sort.UNKNOWN and word != _ALI and not self._is_definite(index + 1)
        if after in _SURE or after is Sort.COMPLETES:
            return word != _ALI or after is not Sort.FOREIGN
        if word == _ALI and self.parts:
            return after is Sort.MARK or self.tokens[index + 1].text in _grammar("after_names")
        if after in (Sort.UNKNOWN, Sort.DOUBTFUL, Sort.FAMILY_WORD):
            return word not in _grammar("not_before_those") and (after is not Sort.UNKNOWN or not self._is_clause(index + 1))
        if not self.parts or word in _grammar("not_before_those"):
            return after is Sort.MARK and word not in _grammar("not_before_those") and word != _ALI
        return after is Sort.MARK or self.tokens[index + 1].text in _grammar("after_names")

    def _is_clause(self, index: int) -> bool:
        return self.tokens[index].text.startswith(_WA)

    def _is_likely(self, index: int) -> bool:
        """Judge an unlisted word: a conjunction or an article before it speaks against it."""
        word = self.tokens[index].text
        if not self.parts:
            return len(word) > 1
        if word.startswith(_WA) and len(word) > MIN_BARE:
            return False
        return self._after_arabic() if word.startswith(_AL) else True


def read_name(tokens: Sequence[Token], at: int, folded: str) -> int:
    """Return the index after the last token of the person's name that is expected at token `at`; `at` if there is none.

    `tokens` are those of the folded text `folded`. Meant for "| Nasser Bourita | in Rabat", not for "| Thursday".
    """
    return _Reader(tokens, at, folded).read()


def find_names(tokens: Sequence[Token], folded: str) -> list[tuple[int, int]]:
    """Return the token ranges that read as full names, with no title to announce them: a given name and more.

    Precision first: names of things called after a person ("the airport of ...") are left out.
    """
    found = []
    index = 0
    while index < len(tokens):
        if _may_begin(tokens, index):
            end = read_name(tokens, index, folded)
            if end - index > 1 and any(sort_of(t.text) in (*_SURE, Sort.UNKNOWN) for t in tokens[index + 1 : end]):
                found.append((index, end))
                index = end
                continue
        index += 1
    return found


def _may_begin(tokens: Sequence[Token], index: int) -> bool:
    if sort_of(tokens[index].text) not in _GIVEN:
        return False
    before = tokens[index - 1].text if index else ""
    return before not in _grammar("namesakes") and before.removeprefix(_AL) not in _grammar("namesakes")


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
        if word in _grammar("filiation"):
            after_bin = True
        elif word in _grammar("houses"):
            pending = word
        elif word in _grammar("joins"):
            pending += word
        elif word in _grammar("completes") and (own or fathers):
            units = fathers if fathers and not pending else own
            units[-1] += word
        elif pending in _grammar("houses"):
            house, pending = _bare(word), ""
        else:
            unit = pending + (word if pending else _bare(word))
            (fathers if after_bin else own).append(unit)
            pending, after_bin = "", False
    return _Lineage(tuple(own), tuple(fathers), house)


def _bare(word: str) -> str:
    return word[2:] if word.startswith(_AL) and len(word) > 4 else word


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
    is_ruler = bool(name.fathers or name.house) or name.own[-1] in {_bare(o) for o in _grammar("ordinals")}
    if _same_unit(unit, name.own[0]):
        return is_ruler or name.own[0] in _grammar("family_first")
    return _same_unit(unit, name.own[-1])


def _is_subsequence(short: Sequence[str], long: Sequence[str]) -> bool:
    rest = iter(long)
    return all(any(_same_unit(s, other) for other in rest) for s in short)


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
    """Return the part, folded, by which news copy repeats a person: "Lavrov", "Abu Al-Gheit", "Xi", "Mohamed bin Zayed"."""
    words_ = [w for w in _SEPARATORS.split(fold_word(name)) if w]
    if not words_:
        return ""
    if words_[0] in _grammar("family_first"):
        return words_[0]
    last = len(words_) - 1
    filiations = [i for i, w in enumerate(words_) if w in _grammar("filiation")]
    if words_[-1] in _grammar("ordinals"):
        return " ".join(words_)
    while last > 0 and (words_[last] in _grammar("completes") or words_[last - 1] in _grammar("joins")):
        last -= 1
    if filiations and (words_[last] in (*_grammar("houses"), *_grammar("filiation")) or last <= filiations[-1] + 1):
        end = filiations[0] + 2
        while end < len(words_) and (words_[end - 1] in _grammar("joins") or words_[end] in _grammar("completes")):
            end += 1
        return " ".join(words_[:end])
    return " ".join(words_[last:])
