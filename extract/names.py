"""Reads names of persons: where one that is expected ends, and where full names stand with nothing to announce them.

    "the Russian president | Vladimir Putin | Thursday his counterpart"   -> read_name gives the end of "Putin"

A name is read word by word, by the sorts of `name_words`; a word that names and prose share needs a neighbour that
speaks for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from extract.fold import Token
from extract.name_forms import plain, same_person, surname_of, without_tag
from extract.name_words import AL, GIVEN, SURE, Sort, grammar, sort_of
from extract.user_lexicon import follow

__all__ = ["find_names", "plain", "read_name", "same_person", "surname_of", "without_tag"]

MAX_TOKENS = 12  # the longest name of the development articles has eight
_HYPHEN = "-"
_PREPOSITIONS = "\u0628\u0644"
_WA = "\u0648"
_LIKE_ARABIC = (Sort.ARABIC, Sort.DOUBTFUL, Sort.COMPLETES, Sort.FAMILY_WORD)
_SHORT = 3  # letters of an unlisted word that begins with "and" and may yet be a name


class _Reader:
    """Reads one name from a place in the tokens; `parts` are its words so far."""

    def __init__(self, tokens: Sequence[Token], at: int, folded: str) -> None:
        self.tokens, self.at, self.folded = tokens, at, folded
        self.parts: list[str] = []

    def read(self) -> int:
        """Return the index after the last token of the name, or the start if there is none."""
        end = self.at
        while end - self.at < MAX_TOKENS:
            index = self._skip_mark(end)
            taken = self._take(index)
            if not taken:
                break
            end = index + taken
            self.parts += [t.text for t in self.tokens[index:end]]
        return end

    def _sort(self, index: int) -> Sort:
        """The sort of a token on the same line as the one before it; MARK beyond."""
        if not 0 <= index < len(self.tokens):
            return Sort.MARK
        if index > self.at and self._opens_line(index):
            return Sort.MARK
        return sort_of(self.tokens[index].text)

    def _opens_line(self, index: int) -> bool:
        return "\n" in self.folded[self.tokens[index - 1].end : self.tokens[index].start]

    def _text(self, index: int) -> str:
        return self.tokens[index].text if 0 <= index < len(self.tokens) else ""

    def _skip_mark(self, index: int) -> int:
        """Step over a hyphen inside a name, or the full stop after an initial."""
        if not self.parts or index + 1 >= len(self.tokens):
            return index
        before, mark, after = self.tokens[index - 1 : index + 2]
        if before.end != mark.start:
            return index
        is_tight = mark.end == after.start
        if mark.text == _HYPHEN:
            return index + (is_tight and (self._sort(index + 1) is not Sort.PROSE or self._is_korean_last(index + 1)))
        is_initial = mark.text == "." and len(before.text) <= 1 + is_tight
        return index + (is_initial and self._sort(index + 1) in (*SURE, Sort.UNKNOWN))

    def _take(self, index: int) -> int:
        """Return how many tokens from `index` are the next part of the name: none, one, or a join and what it joins."""
        sort = self._sort(index)
        if sort is Sort.JOIN:
            return self._count_joined(index) or int(self._is_lone(index))
        return int(sort in GIVEN or self._is_part(index, sort))

    def _is_part(self, index: int, sort: Sort) -> bool:
        """Judge one word; the first word of a name and a later one are asked different questions."""
        if sort is Sort.UNKNOWN:
            return self._is_likely(index)
        if not self.parts:
            is_korean = self._text(index) in grammar("korean_first") and self._sort(index + 1) in (Sort.UNKNOWN, *GIVEN)
            return sort is Sort.FAMILY or is_korean or (sort is Sort.DOUBTFUL and self._is_first_here(index))
        first = sort_of(self.parts[0])
        is_part = {
            Sort.FAMILY: self._is_after_arabic() or not self._is_definite(index),
            Sort.COMPLETES: self._is_after_arabic(),
            Sort.ORDINAL: len(self.parts) <= 2 and first in (*GIVEN, Sort.JOIN),
            Sort.FAMILY_WORD: len(self.parts) == 1 and first in (Sort.ARABIC, Sort.DOUBTFUL),
            Sort.FOREIGN_WORD: not self._is_after_arabic(),
            Sort.DOUBTFUL: sort is Sort.DOUBTFUL and (self._is_korean_last(index) or self._is_later_here(index)),
            Sort.PROSE: self._is_korean_last(index),
        }
        return is_part.get(sort, False)

    def _is_korean_last(self, index: int) -> bool:
        """Whether a word that is prose elsewhere is the third syllable of a Korean name."""
        names = [p for p in self.parts if p != _HYPHEN]
        return len(names) == 2 and names[0] in grammar("korean_first") and self._text(index) in grammar("korean_last")

    def _is_definite(self, index: int) -> bool:
        return self._text(index).startswith(AL)

    def _is_after_arabic(self) -> bool:
        """Whether the last part is Arabic, so that a family name with the article may follow."""
        last = self.parts[-1]
        if len(self.parts) > 1 and sort_of(self.parts[-2]) is Sort.JOIN:
            return self.parts[-2] not in grammar("foreign_joins")
        if sort_of(last) is Sort.FAMILY:  # of any country: the name's first word tells
            last = self.parts[0]
        return last.startswith(AL) or sort_of(last) in _LIKE_ARABIC

    def _count_joined(self, index: int) -> int:
        """Return how many tokens a join and what it joins take: "bin Abd Al-Aziz" is three; 0 if nothing follows."""
        start = index + 1
        after = self._sort(start)
        if after is Sort.MARK:
            return 0
        if after is Sort.JOIN and (more := self._count_joined(start)):
            return start - index + more
        word = self._text(index)
        if word in grammar("servant"):
            fits = True
        elif word in grammar("foreign_joins"):
            is_needed = word not in grammar("foreign_only") or (bool(self.parts) and not self._is_after_arabic())
            fits = is_needed and after in (*SURE, Sort.UNKNOWN, Sort.DOUBTFUL, Sort.FOREIGN_WORD)
        else:
            is_family = bool(self.parts) and self._is_after_arabic() and self._is_definite(start)
            fits = after is not Sort.PROSE or is_family
        return start - index + 1 if fits else 0

    def _is_lone(self, index: int) -> bool:
        return self._text(index) in grammar("foreign_lone") and bool(self.parts) and not self._is_after_arabic()

    def _is_first_here(self, index: int) -> bool:
        """Judge a word that names and prose share, where it would begin the name."""
        word, after = self._text(index), self._sort(index + 1)
        if index and self._text(index - 1) in grammar("honorifics"):
            return word not in grammar("verbs") or after is not Sort.PROSE
        if after in (*SURE, Sort.COMPLETES):
            return True
        if word in grammar("verbs"):
            return False
        if after in (Sort.UNKNOWN, Sort.DOUBTFUL):
            return not self._text(index + 1).startswith(_WA)
        return after is Sort.FAMILY_WORD or (after is Sort.MARK and word not in grammar("like_on"))

    def _is_later_here(self, index: int) -> bool:
        """Judge a word that names and prose share, after a part of the name."""
        word, after = self._text(index), self._sort(index + 1)
        closes = after is Sort.MARK or self._text(index + 1) in grammar("after_names")
        is_second = len(self.parts) == 1 and sort_of(self.parts[0]) in (Sort.ARABIC, Sort.DOUBTFUL)
        if not self._is_after_arabic():
            is_followed = after in (Sort.UNKNOWN, *GIVEN) and not self._is_definite(index + 1)
            return is_followed and word not in grammar("like_on") and word not in grammar("verbs")
        if word in grammar("like_on"):
            return closes or after in (Sort.ARABIC, Sort.FAMILY, Sort.JOIN, Sort.COMPLETES)
        if after in (*SURE, Sort.COMPLETES):
            return True
        if word in grammar("verbs"):
            return False
        return closes or after in (Sort.UNKNOWN, Sort.DOUBTFUL, Sort.FAMILY_WORD) or is_second

    def _is_likely(self, index: int) -> bool:
        """Judge an unlisted word: "and" or the article before it speaks against it."""
        word = self._text(index)
        if len(word) == 1:  # an initial; alone it is a preposition cut off by a quotation mark
            return bool(self.parts) and self._text(index + 1) == "."
        if word[0] in _PREPOSITIONS and sort_of(word[1:]) in SURE:
            return False  # "received by Macron", "the minister met | with Sameh": another's name begins
        if not self.parts:
            return True
        if word.startswith(_WA) and len(word) > _SHORT:
            return False
        return self._is_after_arabic() if word.startswith(AL) else True


def read_name(tokens: Sequence[Token], at: int, folded: str) -> int:
    """Return the index after the last token of the person's name that is expected at token `at`; `at` if there is none.

    `tokens` are those of the folded text `folded`. Meant for "| Nasser Bourita | in Rabat", not for "| Thursday".
    """
    return _Reader(tokens, at, folded).read()


_BEGINNING = frozenset({Sort.DOUBTFUL, *GIVEN})


def find_names(tokens: Sequence[Token], folded: str) -> list[tuple[int, int]]:
    """Return the token ranges that read as full names, with no title to announce them: a given name and more.

    Precision first: things called after a person ("the airport of ...") are left out, and a word that is prose as well
    begins a name only where "bin" or the like follows.
    """
    found = []
    last = 0
    for index in [at for at, token in enumerate(tokens) if not _never_begins(token.text)]:
        if index < last or not _may_begin(tokens, index):
            continue
        last = read_name(tokens, index, folded)
        if any(sort_of(t.text) in (*SURE, Sort.UNKNOWN, Sort.FOREIGN_WORD) for t in tokens[index + 1 : last]):
            found.append((index, last))
    return found


@follow
@lru_cache(maxsize=200_000)  # most words of a text: asked for each of them
def _never_begins(word: str) -> bool:
    return sort_of(word) not in _BEGINNING and word not in grammar("servant")


def _may_begin(tokens: Sequence[Token], index: int) -> bool:
    word = tokens[index].text
    sort = sort_of(word)
    if sort is Sort.DOUBTFUL and index + 1 < len(tokens):
        after = sort_of(tokens[index + 1].text)
        begins = after in (Sort.JOIN, Sort.COMPLETES, Sort.DOUBTFUL) and word not in grammar("verbs")
    else:
        begins = sort in GIVEN or word in grammar("servant")
    return begins and not (index and tokens[index - 1].text.removeprefix(AL) in grammar("namesakes"))
