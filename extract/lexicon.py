"""Loads, checks and matches the word lists in `lexicons/*.toml`.

A lexicon file has one table a value (a country, a sector, a type of engagement, ...) with named lists of phrases. Its
table `_lists` says for each list what a match is called and how its phrases inflect:

    [_lists]
    names = { kind = "country" }                                  # as written: the article is part of the name
    nisba = { kind = "nisba", article = "any", inflect = "nisba" }

`article`: "as_written" (default), or "any": with and without. `inflect`: "none" (default), "nisba" (gender, number),
"noun" (possessive suffixes), "past" and "present" (third persons of a verb), "future" (the same with sa-); a list may
take its phrases `from` another. Proclitics (wa, fa, bi, li, ka) are taken off every match. `examples` of a table must
yield one of its values, `not_examples` must not: tests run them. `_never.words` are whole words that are never split into
proclitic and phrase.
"""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import ahocorasick

from extract.errors import LexiconError
from extract.fold import fold_word
from extract.models import Label

FOLDER = Path(__file__).parent / "lexicons"
_ARTICLE = "\u0627\u0644"  # al-
_LAM = "\u0644"
_TA = "\u062a"
_HA = "\u0647"  # what ta marbuta folds to
_YA = "\u064a"
_SA = "\u0633"  # the future
_CONJUNCTIONS = ("", "\u0648", "\u0641")
_PREPOSITIONS = ("", "\u0628", "\u0644", "\u0643")
_PROCLITICS = frozenset(c + p for c in _CONJUNCTIONS for p in _PREPOSITIONS)
_WITH_ARTICLE = frozenset({p + _ARTICLE for p in _PROCLITICS} | {c + _LAM + _LAM for c in _CONJUNCTIONS})
_POSSESSIVES = ("\u0647", "\u0647\u0627", "\u0647\u0645", "\u0647\u0645\u0627", "\u0646\u0627", "\u0643\u0645")
_NISBA_ENDINGS = (
    "", "\u0627", "\u0647", "\u0648\u0646", "\u064a\u0646",
    "\u0627\u0646", "\u062a\u0627\u0646", "\u062a\u064a\u0646", "\u0627\u062a",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase of a lexicon: what it means, and where it came from."""

    kind: str
    value: str
    text: str
    file: str
    list_name: str


class Hit(NamedTuple):  # a text has hundreds: a tuple is made in half the time of a dataclass
    """A phrase found in folded text; `word_start` is where its word begins, proclitics and article included.

    `kind` and `value` (a code) are the phrase's: asked for more often than anything else.
    """

    start: int
    end: int
    word_start: int
    phrase: Phrase
    kind: str
    value: str


@cache
def load(name: str) -> dict[str, Any]:
    """Return one lexicon file as parsed; `LexiconError` if it is missing, malformed, or holds letters that no text has."""
    path = FOLDER / f"{name}.toml"
    try:
        content = path.read_text(encoding="utf-8")
        table = tomllib.loads(content)
    except (OSError, tomllib.TOMLDecodeError) as fault:
        raise LexiconError(f"{path.name}: {fault}") from fault
    if unicodedata.normalize("NFKC", content) != content:
        raise LexiconError(f"{path.name}: holds presentation forms or other compatibility characters")
    return table


def tables(name: str) -> dict[str, dict[str, Any]]:
    """Return the value tables of a lexicon file: those whose name does not begin with an underscore."""
    return {k: v for k, v in load(name).items() if isinstance(v, dict) and not k.startswith("_")}


def phrase_files() -> tuple[str, ...]:
    """Return the names of the lexicon files that hold phrases, in order."""
    return tuple(sorted(p.stem for p in FOLDER.glob("*.toml") if "_lists" in load(p.stem)))


def words(name: str, table: str, list_name: str) -> frozenset[str]:
    """Return one list of a lexicon, folded, for look-ups of single words."""
    return frozenset(fold_word(w) for w in load(name)[table][list_name])


def _split_article(text: str, how: dict[str, str]) -> tuple[str, str]:
    """Return a phrase folded without its article, and whether a match needs one: "with", "without" or "any".

    The article is looked for in the text as written: folding would take the first letters of a word such as "Germany"
    for it. A verb has none, whatever it begins with.
    """
    folded = fold_word(text)
    is_any = how.get("article") == "any"
    if how.get("inflect") in ("past", "present", "future"):
        return folded, "without"
    if text.startswith(_ARTICLE) and len(folded) > 3:
        return folded[2:], "any" if is_any else "with"
    return folded, "any" if is_any else "without"


def _inflect(stem: str, inflect: str) -> Iterator[str]:
    yield stem
    if inflect == "nisba":
        yield from (stem + ending for ending in _NISBA_ENDINGS[1:])
    elif inflect == "noun":
        base = stem[:-1] + _TA if stem.endswith(_HA) else stem
        parts = stem.split()
        if not any(part.endswith((_HA, "\u0627", "\u0621")) for part in parts):
            yield " ".join(part + "\u0627" for part in parts)  # the accusative of an indefinite noun and its adjectives
        yield from (base + ending for ending in _POSSESSIVES)
        if stem.endswith("\u0621"):  # hamza takes a seat before a suffix
            yield from (stem[:-1] + seat + ending for ending in _POSSESSIVES for seat in ("\u0648", "\u064a"))
    elif inflect == "past":
        yield from _inflect_past(stem)
    elif inflect in ("present", "future"):
        yield from _inflect_present(stem)
    elif inflect != "none":
        raise LexiconError(f"unknown inflection {inflect!r}")


def _inflect_past(stem: str) -> Iterator[str]:
    """Yield the third persons of a past verb, given in the masculine singular; words after the verb stay."""
    verb, _, rest = stem.partition(" ")
    base = verb[:-1] if verb.endswith(_YA) else verb  # final ya (maqsura) falls before the feminine and the plural
    for form in (
        base + _TA,
        verb + "\u0627",
        base + _TA + "\u0627",
        base + "\u0648\u0627",
        verb + _HA,
        verb + _HA + "\u0627",
    ):
        yield f"{form} {rest}".strip()


def _inflect_present(stem: str) -> Iterator[str]:
    """Yield the third persons of a present verb, given in the masculine singular with its prefix ya-."""
    verb, _, rest = stem.partition(" ")
    base = verb[:-1] if verb.endswith(_YA) else verb
    for prefix in (_YA, _TA):
        for form in (verb[1:], verb[1:] + "\u0627\u0646", base[1:] + "\u0648\u0646"):
            yield f"{prefix}{form} {rest}".strip()


def phrases_of(name: str) -> Iterator[tuple[str, str, Phrase]]:
    """Yield (folded stem, article mode, phrase) for every phrase of a lexicon file; mode is with, without or any.

    A table with `members` (a group of states) gives its phrases once for each of them.
    """
    lists = load(name).get("_lists", {})
    for value, table in tables(name).items():
        for list_name, how in lists.items():
            for text in table.get(how.get("from", list_name), ()):
                stem, article = _split_article(text, how)
                inflect = how.get("inflect", "none")
                forms = list(dict.fromkeys(_inflect(stem, inflect)))
                for code in table.get("members", (value,)):
                    phrase = Phrase(how["kind"], code, text, name, list_name)
                    for form in forms:
                        yield (_SA + form if inflect == "future" else form), article, phrase


class Matcher:
    """One automaton over many lexicons: every phrase, at word boundaries that know proclitics."""

    def __init__(self, names: Sequence[str]) -> None:
        by_stem: dict[str, list[tuple[str, Phrase]]] = {}
        for name in names:
            for stem, article, phrase in phrases_of(name):
                entries = by_stem.setdefault(stem, [])
                if (article, phrase) not in entries:
                    entries.append((article, phrase))
        self._never = frozenset(fold_word(w) for n in names for w in load(n).get("_never", {}).get("words", ()))
        self._automaton = ahocorasick.Automaton()
        for stem, entries in by_stem.items():
            self._automaton.add_word(stem, (len(stem), entries))
        self._automaton.make_automaton()

    def find(self, folded: str) -> list[Hit]:
        """Return every hit in folded text in order of place, longest first; overlaps are kept for the caller to judge."""
        hits = []
        for last, (length, entries) in self._automaton.iter(folded):
            end = last + 1
            if end < len(folded) and folded[end].isalnum():
                continue
            start = end - length
            word_start = start
            while word_start and folded[word_start - 1].isalnum() and start - word_start < 6:
                word_start -= 1
            prefix = folded[word_start:start]
            if prefix and folded[word_start:end] in self._never:
                continue
            for article, phrase in entries:
                if (article != "without" and prefix in _WITH_ARTICLE) or (article != "with" and prefix in _PROCLITICS):
                    hits.append(Hit(start, end, word_start, phrase, phrase.kind, phrase.value))
        hits.sort(key=lambda h: (h.word_start, -h.end))
        return hits


def keep_longest(hits: Iterable[Hit]) -> list[Hit]:
    """Drop every hit that lies inside a longer one, and of two that cross, the later: the overlap policy of the lexicons."""
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda h: (h.word_start, -h.end)):
        if not kept or hit.word_start >= kept[-1].end:
            kept.append(hit)
        elif hit.end - hit.word_start > kept[-1].end - kept[-1].word_start:
            kept[-1] = hit
    return kept


def check_examples(name: str) -> list[str]:
    """Return a line for each example of a lexicon that its own phrases do not find, or not_example that they do."""
    matcher = Matcher([name])
    faults = []
    for value, table in tables(name).items():
        for wanted, list_name in ((True, "examples"), (False, "not_examples")):
            for text in table.get(list_name, ()):
                codes = table.get("members", (value,))
                found = any(h.value in codes for h in keep_longest(matcher.find(fold_word(text))))
                if found is not wanted:
                    faults.append(f"{name}.toml, {value}: {'nothing' if wanted else 'something'} found in {text!r}")
    return faults


def labels() -> tuple[Label, ...]:
    """Return the Arabic and English names of every code, for the store and the pages."""
    found = []
    for kind, codes in load("labels").items():
        for code, names in codes.items():
            found.append(Label(kind, code, names["ar"], names["en"], names.get("parent")))
    for name in ("countries", "organisations"):
        for code, table in tables(name).items():
            found.append(Label("party", code, table["name_ar"], table["name_en"]))
    for code, table in tables("sectors").items():
        found.append(Label("sector", code, table["name_ar"], table["name_en"], table["group"]))
    return tuple(found)
