"""The rules of `lexicons/place_traps.toml` that tell places from their look-alikes, and the words beside a span."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from extract.fold import fold_word
from extract.lexicon import load, words

PLACE_KINDS = frozenset({"country", "nisba", "capital", "seat", "city", "organisation"})
_FILE = "place_traps"
_ARTICLE = "\u0627\u0644"
_LAMS = "\u0644\u0644"  # the article after li-
_PROCLITICS = "\u0648\u0641\u0628\u0644\u0643"
_REACH = 64  # characters of context on either side: six words and more
_CLAUSE_END = re.compile(r"[\n.;:!?,()\[\]\-/]")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of `placetraps.toml`, folded."""

    kinds: frozenset[str]
    not_after: frozenset[str]
    not_before: frozenset[str]
    only_after: frozenset[str]
    is_exact: bool
    is_bare: bool
    needs_country: bool


@dataclass(frozen=True, slots=True)
class Shared:
    """How a word of several countries is decided; `placetraps.toml` says what each field does."""

    default: str | None
    weights: dict[str, float]
    code: str | None
    after: frozenset[str]


NOT_SHARED = Shared(None, {}, None, frozenset())


@dataclass(frozen=True, slots=True)
class Traps:
    """Everything of `placetraps.toml` but its phrases, folded and indexed."""

    by_phrase: dict[str, tuple[Rule, ...]]
    by_kind: dict[str, tuple[Rule, ...]]
    feminine_outlets: frozenset[str]
    masculine_outlets: frozenset[str]
    stops: frozenset[str]
    capital_words: frozenset[str]
    city_words: frozenset[str]
    not_nouns: frozenset[str]
    given: frozenset[str]
    shared: dict[str, Shared]


@lru_cache(maxsize=1)
def traps() -> Traps:
    """Return the rules, read once a process."""
    table = load(_FILE)
    given = words("given_names", "arabic", "names") - words("given_names", "also_words", "names")
    by_phrase: dict[str, list[Rule]] = {}
    by_kind: dict[str, list[Rule]] = {}
    for entry in table["_rules"]:
        rule = _read_rule(entry)
        for phrase in entry.get("phrases", ()):
            by_phrase.setdefault(fold_word(phrase), []).append(rule)
        for kind in () if "phrases" in entry else rule.kinds:
            by_kind.setdefault(kind, []).append(rule)
    return Traps(
        by_phrase={k: tuple(v) for k, v in by_phrase.items()},
        by_kind={k: tuple(v) for k, v in by_kind.items()},
        feminine_outlets=words(_FILE, "_outlets", "feminine"),
        masculine_outlets=words(_FILE, "_outlets", "masculine"),
        stops=words(_FILE, "_outlets", "stops"),
        capital_words=words(_FILE, "_capital", "words"),
        city_words=words(_FILE, "_city", "words"),
        not_nouns=words(_FILE, "_not_nouns", "words"),
        given=frozenset(w for w in given if not w.startswith(_ARTICLE)) | words(_FILE, "_given", "names"),
        shared={fold_word(e["phrase"]): _read_shared(e) for e in table["_shared"]},
    )


def _read_rule(entry: dict[str, Any]) -> Rule:
    def folded(key: str) -> frozenset[str]:
        return frozenset(fold_word(w) for w in entry.get(key, ()))

    return Rule(
        kinds=frozenset(entry.get("kinds", PLACE_KINDS)),
        not_after=folded("not_after"),
        not_before=folded("not_before"),
        only_after=folded("only_after"),
        is_exact=entry.get("exact", False),
        is_bare=entry.get("bare", False),
        needs_country=entry.get("needs_country", False),
    )


def _read_shared(entry: dict[str, Any]) -> Shared:
    after = frozenset(fold_word(w) for w in entry.get("after", ()))
    return Shared(entry.get("default"), entry.get("weights", {}), entry.get("code"), after)


class Context:
    """The words on either side of one span of folded text, within its clause."""

    def __init__(self, text: str, word_start: int, end: int) -> None:
        before = text[max(0, word_start - _REACH) : word_start]
        cuts = [m.end() for m in _CLAUSE_END.finditer(before)]
        self.before = _WORD.findall(before[cuts[-1] :] if cuts else before)
        after = text[end : end + _REACH]
        cut = _CLAUSE_END.search(after)
        self.after = _WORD.findall(after[: cut.start()] if cut else after)
        self.is_quoted = text[word_start - 1 : word_start] == '"' and text[end : end + 1] == '"'

    def follows(self, phrases: frozenset[str]) -> bool:
        """Whether one of the phrases (of up to three words) stands right before the span."""
        return not phrases.isdisjoint(self._tails) if phrases else False

    @cached_property
    def _tails(self) -> frozenset[str]:
        tails = (self.before[-n:] for n in (1, 2, 3) if len(self.before) >= n)
        return frozenset(phrase for tail in tails for phrase in without_proclitics(tail))

    def precedes(self, phrases: frozenset[str]) -> bool:
        """Whether one of the phrases (of up to two words) stands right behind the span."""
        if not phrases:
            return False
        head = ["#" if w.isdigit() else w for w in self.after[:2]]
        return any(" ".join(head[:n]) in phrases for n in (1, 2))


def without_proclitics(some_words: Sequence[str]) -> Iterator[str]:
    """Yield a phrase as it stands, and with one or two proclitics taken off its first word."""
    phrase = " ".join(some_words)
    for _ in range(3):
        yield phrase
        if phrase.startswith(_LAMS):
            yield _ARTICLE + phrase[2:]
        if len(phrase) < 3 or phrase[0] not in _PROCLITICS:
            return
        phrase = phrase[1:]
