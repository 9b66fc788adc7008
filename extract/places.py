"""Turns hits of the gazetteer into mentions of countries, organisations, capitals, seats of power and cities.

A name is not yet a place: a river, a newspaper, a currency or a family name may hold it, and some words are shared by
several countries. What decides is data: `lexicons/place_traps.toml` lists longer names that swallow places and rules on the
neighbouring words; shared words go to the country that the article names most.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from extract.fold import FoldedText, fold_word
from extract.lexicon import Hit, load, tables, words

_PLACE_KINDS = frozenset({"country", "nisba", "capital", "seat", "city", "organisation"})
_SHARED = {"shared_country": "country", "shared_nisba": "nisba", "shared_capital": "capital"}
_TRAP = "place_trap"
_HINT = "country_hint"
_ARTICLE = "\u0627\u0644"
_LAMS = "\u0644\u0644"  # the article after li-
_HA = "\u0647"  # the feminine ending, folded
_YA = "\u064a"
_PROCLITICS = "\u0648\u0641\u0628\u0644\u0643"
_CLEAR = 2.0  # a shared word goes to a country named at least twice as often as the next
_REACH = 64  # characters of context on either side: six words and more
_OUTLET_REACH = 5  # words between an outlet's head word and its demonym
_MARK = re.compile(r"[\u064b-\u0652]")
_CLAUSE_END = re.compile(r"[\n.;:!?,()\[\]\-/]")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A place in folded text: `start` is the stem (no proclitics, no article), `word_start` where its word begins.

    `kind` is country, nisba, capital, seat, city or organisation; `code` the party it belongs to (a city's country). `city`
    is the canonical Arabic name of a capital or city. `is_definite` says that the article stands before a nisba or a name.
    """

    start: int
    end: int
    word_start: int
    kind: str
    code: str
    city: str | None
    city_en: str | None
    definite: bool


@dataclass(frozen=True, slots=True)
class _Rule:
    """One rule of `place_traps.toml`, folded."""

    kinds: frozenset[str]
    not_after: frozenset[str]
    not_before: frozenset[str]
    only_after: frozenset[str]
    is_exact: bool
    needs_country: bool


@dataclass(frozen=True, slots=True)
class _Traps:
    """Everything of `place_traps.toml` but its phrases, folded and indexed."""

    by_phrase: dict[str, tuple[_Rule, ...]]
    by_kind: dict[str, tuple[_Rule, ...]]
    outlets: frozenset[str]
    stops: frozenset[str]
    capital_words: frozenset[str]
    given: frozenset[str]
    defaults: dict[str, str]


@lru_cache(maxsize=1)
def _traps() -> _Traps:
    table = load("place_traps")
    by_phrase: dict[str, list[_Rule]] = {}
    by_kind: dict[str, list[_Rule]] = {}
    for entry in table["_rules"]:
        rule = _read_rule(entry)
        for phrase in entry.get("phrases", ()):
            by_phrase.setdefault(fold_word(phrase), []).append(rule)
        for kind in () if "phrases" in entry else rule.kinds:
            by_kind.setdefault(kind, []).append(rule)
    return _Traps(
        by_phrase={k: tuple(v) for k, v in by_phrase.items()},
        by_kind={k: tuple(v) for k, v in by_kind.items()},
        outlets=words("place_traps", "_outlets", "words"),
        stops=words("place_traps", "_outlets", "stops"),
        capital_words=words("place_traps", "_capital", "words"),
        given=words("given_names", "arabic", "names") - words("given_names", "also_words", "names"),
        defaults={fold_word(k): v for k, v in table["_defaults"].items()},
    )


def _read_rule(entry: dict[str, Any]) -> _Rule:
    def folded(key: str) -> frozenset[str]:
        return frozenset(fold_word(w) for w in entry.get(key, ()))

    return _Rule(
        kinds=frozenset(entry.get("kinds", _PLACE_KINDS)),
        not_after=folded("not_after"),
        not_before=folded("not_before"),
        only_after=folded("only_after"),
        is_exact=entry.get("exact", False),
        needs_country=entry.get("needs_country", False),
    )


@lru_cache(maxsize=1)
def _cities() -> dict[tuple[str, str], tuple[str, str, str]]:
    """Map (lexicon, value) to (country code, Arabic name, English name) for cities and capitals."""
    found = {("cities", k): (t["country"], t["name_ar"], t["name_en"]) for k, t in tables("cities").items()}
    for code, t in tables("countries").items():
        if "capital_ar" in t:
            found["countries", code] = (code, t["capital_ar"], t["capital_en"])
    return found


class _Context:
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
        return any(p in phrases for n in (1, 2, 3) if len(self.before) >= n for p in _without_proclitics(self.before[-n:]))

    def precedes(self, phrases: frozenset[str]) -> bool:
        """Whether one of the phrases (of up to two words) stands right behind the span."""
        head = ["#" if w.isdigit() else w for w in self.after[:2]]
        return any(" ".join(head[:n]) in phrases for n in (1, 2))


def _without_proclitics(some_words: Sequence[str]) -> Iterator[str]:
    """Yield a phrase as it stands, and with one or two proclitics taken off its first word."""
    phrase = " ".join(some_words)
    for _ in range(3):
        yield phrase
        if phrase.startswith(_LAMS):
            yield _ARTICLE + phrase[2:]
        if len(phrase) < 3 or phrase[0] not in _PROCLITICS:
            return
        phrase = phrase[1:]


def find_places(folded: FoldedText, hits: Iterable[Hit], *, home: str | None = None) -> tuple[PlaceMention, ...]:
    """Return the places of one article in order, no two overlapping; of hits that overlap, the longest stands.

    `hits` may hold other kinds, which are passed over; those of `place_traps` swallow what they hold. `home` is the
    outlet's own country, to which shared words go where the article itself does not decide.
    """
    spans = [(span, _Context(folded.text, span[0].word_start, span[0].end)) for span in _longest(hits)]
    spans = [(span, context) for span, context in spans if span[0].kind != _TRAP]
    named = _count_named([span for span, _ in spans])
    family = _family_names(folded.text, spans)
    found: list[PlaceMention] = []
    for span, context in spans:
        standing = [h for h in span if h.kind != _HINT and _stands(folded, h, context, named)]
        if not standing or _is_family_name(folded.text, standing[0], context, family) or _is_outlet(folded.text, standing[0], context):
            continue
        found.extend(_mention(folded.text, h, context) for h in _choose(folded, standing, named, home))
    return tuple(found)


def _longest(hits: Iterable[Hit]) -> list[list[Hit]]:
    """Group the hits of places and traps by span, and keep the longest spans."""
    spans: list[list[Hit]] = []
    wanted = (h for h in hits if h.kind in _PLACE_KINDS or h.kind in _SHARED or h.kind in (_TRAP, _HINT))
    for hit in sorted(wanted, key=lambda h: (h.word_start, -h.end, h.phrase.value)):
        last = spans[-1][0] if spans else None
        if last is None or hit.word_start >= last.end:
            spans.append([hit])
        elif (hit.word_start, hit.end) == (last.word_start, last.end):
            spans[-1].append(hit)
        elif hit.end - hit.word_start > last.end - last.word_start:
            spans[-1] = [hit]
    return spans


def _count_named(spans: Sequence[Sequence[Hit]]) -> Counter[str]:
    """Count how often each country is named by words that are its own."""
    return Counter(_code(h) for span in spans for h in span if h.kind not in _SHARED)


def _code(hit: Hit) -> str:
    return _cities()["cities", hit.value][0] if hit.kind == "city" else hit.value


def _stands(folded: FoldedText, hit: Hit, context: _Context, named: Counter[str]) -> bool:
    """Apply the rules for a hit's kind and for its phrase; it stands where none is against it."""
    kind = _SHARED.get(hit.kind, hit.kind)
    traps = _traps()
    for rule in (*traps.by_kind.get(kind, ()), *traps.by_phrase.get(fold_word(hit.phrase.text), ())):
        if kind not in rule.kinds:
            continue
        if context.follows(rule.not_after) or context.precedes(rule.not_before):
            return False
        if rule.only_after and not context.follows(rule.only_after):
            return False
        if rule.needs_country and named[_code(hit)] < 2:  # the hit itself is one
            return False
        if rule.is_exact and folded.source[folded.position(hit.end - 1)] != hit.phrase.text[-1]:
            return False
    return True


def _choose(folded: FoldedText, span: Sequence[Hit], named: Counter[str], home: str | None) -> list[Hit]:
    """Return the hits of one span that count: those with a code of their own, or the one that a shared word means here."""
    own = [h for h in span if h.kind not in _SHARED]
    if own:
        by_code = {h.value: h for h in sorted(own, key=lambda h: h.kind == "nisba")}
        return list(by_code.values())
    marked = [h for h in span if _is_marked(folded, h)]
    if marked:
        return marked[:1]
    ranked = sorted(span, key=lambda h: -named[h.value])
    best, rest = named[ranked[0].value], (named[ranked[1].value] if len(ranked) > 1 else 0)
    if best and best >= _CLEAR * rest:
        return ranked[:1]
    fallback = home or _traps().defaults.get(fold_word(span[0].phrase.text)) if not best else None
    return [h for h in span if h.value == fallback][:1]


def _is_marked(folded: FoldedText, hit: Hit) -> bool:
    """Whether the source writes the vowel marks that tell this reading of a shared word from the others."""
    source = folded.source[slice(*folded.span(hit.start, hit.end))]
    mark, wanted = _MARK.search(source), _MARK.search(hit.phrase.text)
    return mark is not None and wanted is not None and source[: mark.end()].endswith(hit.phrase.text[: wanted.end()][-2:])


def _is_singular_masculine(text: str, hit: Hit) -> bool:
    return hit.kind in ("nisba", "shared_nisba") and text[hit.end - 1] == _YA


def _family_names(text: str, spans: Sequence[tuple[Sequence[Hit], _Context]]) -> frozenset[str]:
    """Return the demonyms that the article uses as family names: those that stand behind a given name."""
    given = _traps().given
    return frozenset(
        text[span[0].start : span[0].end]
        for span, context in spans
        if _is_singular_masculine(text, span[0]) and context.before and context.before[-1] in given
    )


def _is_family_name(text: str, hit: Hit, context: _Context, family: frozenset[str]) -> bool:
    """Whether a demonym is a person's name: behind a given name, or alone where the article has such a person."""
    if not _is_singular_masculine(text, hit) or text[hit.start : hit.end] not in family:
        return False
    if not context.before:
        return True
    last = context.before[-1]
    is_described = _ARTICLE in last[:4] or last.startswith(_LAMS) or last.endswith(_HA)
    return last in _traps().given or not is_described


def _is_outlet(text: str, hit: Hit, context: _Context) -> bool:
    """Whether a demonym is an outlet's, or a lone quoted place its name, or the feminine demonym a language."""
    traps = _traps()
    if hit.kind != "nisba":
        return context.is_quoted and hit.kind in ("capital", "city")
    if text[hit.word_start : hit.start].endswith("\u0628" + _ARTICLE) and text[hit.end - 1] == _HA:
        return True
    for n in range(1, min(_OUTLET_REACH, len(context.before)) + 1):
        if context.before[-n] in traps.stops:
            return False
        if any(p in traps.outlets for k in (1, 2) for p in _without_proclitics(context.before[-n:][:k])):
            return True
    return False


def _mention(text: str, hit: Hit, context: _Context) -> PlaceMention:
    kind = _SHARED.get(hit.kind, hit.kind)
    prefix = text[hit.word_start : hit.start]
    if kind == "nisba" and hit.phrase.file == "countries" and context.follows(_traps().capital_words):
        kind = "capital"
    city = _cities().get((hit.phrase.file, hit.value)) if kind in ("capital", "city") else None
    return PlaceMention(
        start=hit.start,
        end=hit.end,
        word_start=hit.word_start,
        kind=kind,
        code=_code(hit),
        city=city[1] if city else None,
        city_en=city[2] if city else None,
        definite=prefix.endswith((_ARTICLE, _LAMS)),
    )
