"""Everything that later stages look up in one article's text: folded text, tokens, sentences, lexicon hits, places.

Computed once an article, by one pass of one automaton; offsets are those of the folded text.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, KeysView, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from extract.camel_models import CamelModels, refused_splits
from extract.fold import FoldedText, Token, fold, tokenize
from extract.lexicon import Hit, Matcher, keep_longest, phrase_files
from extract.models import Article
from extract.places import PlaceMention, find_places
from extract.sentences import Sentence, split_sentences

# Lexicons whose words mean something only inside a grammar of their own, which matches them itself.
OWN_GRAMMARS = frozenset({"dates", "numbers", "units"})

Seen = tuple[FoldedText, tuple[Hit, ...]]


@lru_cache(maxsize=1)
def matcher() -> Matcher:
    """Return the automaton over every lexicon of phrases, built once a process."""
    return Matcher([name for name in phrase_files() if name not in OWN_GRAMMARS])


def look(article: Article) -> Seen:
    """Fold an article and find the phrases of every lexicon in it: all that a first look needs."""
    folded = fold(article.text)
    return folded, tuple(matcher().find(folded.text))


@dataclass(frozen=True, slots=True)
class Annotated:
    """An article's text with all that was found in it, each list in order of place.

    `camel` are the models that vote, if any do; `refused` are the hits that they voted out.
    """

    article: Article
    folded: FoldedText
    tokens: tuple[Token, ...]
    token_starts: tuple[int, ...]
    sentences: tuple[Sentence, ...]
    hits: tuple[Hit, ...]
    places: tuple[PlaceMention, ...]
    camel: CamelModels | None = None
    refused: tuple[Hit, ...] = ()
    _indexes: dict[str, list[int]] = field(default_factory=dict, compare=False, repr=False)
    # Asked for clause by clause, looked up once an article.
    _of_kinds: dict[frozenset[str], tuple[Hit, ...]] = field(default_factory=dict, compare=False, repr=False)
    _longest: dict[frozenset[str], list[Hit]] = field(default_factory=dict, compare=False, repr=False)

    @property
    def text(self) -> str:
        """The folded text."""
        return self.folded.text

    def token_index(self, at: int) -> int:
        """Return the index of the token that holds folded offset `at`, or of the first one after it."""
        index = bisect_right(self.token_starts, at) - 1
        if index >= 0 and self.tokens[index].end > at:
            return index
        return index + 1

    @property
    def words(self) -> KeysView[str]:
        """The tokens of the text, each once."""
        return self._indexes.keys()

    def indexes_of(self, word: str) -> Sequence[int]:
        """Return the indexes of the tokens that are a word, in order."""
        return self._indexes.get(word, ())

    def sentence_at(self, at: int) -> Sentence:
        """Return the sentence that holds folded offset `at`, or the last one before it."""
        index = bisect_right([s.start for s in self.sentences], at) - 1
        return self.sentences[max(index, 0)]

    def tokens_in(self, start: int, end: int) -> tuple[Token, ...]:
        """Return the tokens that begin between two folded offsets."""
        return self.tokens[bisect_left(self.token_starts, start) : bisect_left(self.token_starts, end)]

    def of_kind(self, kinds: Iterable[str]) -> list[Hit]:
        """Return the longest hits among those of the given kinds."""
        wanted = frozenset(kinds)
        if wanted not in self._longest:
            self._longest[wanted] = keep_longest(self.all_of(wanted))
        return list(self._longest[wanted])

    def all_of(self, kinds: frozenset[str]) -> tuple[Hit, ...]:
        """Return every hit of the given kinds, in order of place."""
        if kinds not in self._of_kinds:
            self._of_kinds[kinds] = tuple(h for h in self.hits if h.kind in kinds)
        return self._of_kinds[kinds]

    def places_in(self, start: int, end: int) -> list[PlaceMention]:
        """Return the places whose first letter lies between two folded offsets."""
        starts = [p.start for p in self.places]
        return list(self.places[bisect_left(starts, start) : bisect_left(starts, end)])


def annotate(article: Article, camel: CamelModels | None = None, seen: Seen | None = None) -> Annotated:
    """Fold an article and find everything that the lexicons know in it, but for what the models vote out.

    `seen` is what `look` gave for it, where that was asked before.
    """
    folded, hits = seen or look(article)
    refused = refused_splits(folded, hits, camel) if camel else ()
    if refused:
        hits = tuple(h for h in hits if h not in refused)
    tokens = tuple(tokenize(folded.text))
    indexes: dict[str, list[int]] = {}
    for index, token in enumerate(tokens):
        indexes.setdefault(token.text, []).append(index)
    return Annotated(
        article=article,
        folded=folded,
        tokens=tokens,
        token_starts=tuple(t.start for t in tokens),
        sentences=split_sentences(folded.text),
        hits=hits,
        places=find_places(folded, hits),
        camel=camel,
        refused=refused,
        _indexes=indexes,
    )
