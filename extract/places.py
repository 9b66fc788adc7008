"""Turns hits of the gazetteer into mentions of countries, organisations, capitals, seats of power and cities.

A name is not yet a place: a river, a newspaper, a currency or a family name may hold it, and some words are shared
by several countries. What decides is data: `lexicons/place_traps.toml` lists longer names that swallow places, and
rules on the neighbouring words; shared words go to the country that the article names most.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from extract.fold import FoldedText, fold_word
from extract.lexicon import Hit, tables
from extract.place_rules import NOT_SHARED, PLACE_KINDS, Context, traps, without_proclitics

_SHARED = {"shared_country": "country", "shared_nisba": "nisba", "shared_capital": "capital"}
_TRAP = "place_trap"
_HINT = "country_hint"
_SPANS = PLACE_KINDS | _SHARED.keys() | {_TRAP, _HINT}
_ARTICLE = "\u0627\u0644"
_LAMS = "\u0644\u0644"  # the article after li-
_HA = "\u0647"  # the feminine ending, folded
_YA = "\u064a"
_WAW = "\u0648"
_BA = "\u0628"
_ALEF = "\u0627"
_FEMININE = (_HA, "\u0627\u062a")  # how feminine nouns and plurals end
_PROCLITICS = "\u0648\u0641\u0628\u0644\u0643"
_CLEAR = 2.0  # a shared word goes to a country named at least twice as often as the next
_OUTLET_REACH = 5  # words between an outlet's head word and its demonym
_MARK = re.compile(r"[\u064b-\u0652]")


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A place in folded text: `start` is its stem (without proclitics and article), `word_start` its word's start.

    `kind`: country, nisba, capital, seat, city, organisation; `code` the party it belongs to (a city's country).
    `city` and `city_en` are the canonical names of a capital or city. `definite`: the article is before it.
    """

    start: int
    end: int
    word_start: int
    kind: str
    code: str
    city: str | None
    city_en: str | None
    definite: bool


@lru_cache(maxsize=1)
def _cities() -> dict[tuple[str, str], tuple[str, str, str]]:
    """Map (lexicon, value) to (country code, Arabic name, English name) for cities and capitals."""
    found = {("cities", k): (t["country"], t["name_ar"], t["name_en"]) for k, t in tables("cities").items()}
    for code, t in tables("countries").items():
        if "capital_ar" in t:
            found["countries", code] = (code, t["capital_ar"], t["capital_en"])
    return found


def find_places(folded: FoldedText, hits: Iterable[Hit], *, home: str | None = None) -> tuple[PlaceMention, ...]:
    """Return the places of one article in order, no two overlapping; of hits that overlap, the longest stands.

    `hits` may hold other kinds, which are passed over; those of `place_traps` swallow what they hold. A word for two
    countries at once gives two mentions of the same place. `home` is the outlet's own country, to which shared words go
    where the article itself does not decide.
    """
    text = folded.text
    spans = [span for span in _longest(hits) if span[0].kind != _TRAP]
    contexts = [Context(text, span[0].word_start, span[0].end) for span in spans]
    named = _count_named(spans)
    family = _family_names(text, spans, contexts)
    found: list[PlaceMention] = []
    for i, (span, context) in enumerate(zip(spans, contexts, strict=True)):
        if _is_family_name(text, span[0], context, family) or _is_outlet(text, span[0], context):
            continue
        standing = [h for h in span if h.kind != _HINT and _stands(folded, h, context, named)]
        own = [h for h in standing if h.kind not in _SHARED]
        if own:
            chosen = _one_a_code(text, own, context)
        else:
            chosen = _share(folded, standing, context, kinds=_kinds_beside(text, spans, i), named=named, home=home)
        found.extend(_mention(text, h, context) for h in chosen)
    return tuple(found)


def _longest(hits: Iterable[Hit]) -> list[list[Hit]]:
    """Group the hits of places and traps by span, and keep the longest spans."""
    spans: list[list[Hit]] = []
    wanted = (h for h in hits if h.kind in _SPANS)
    for hit in sorted(wanted, key=lambda h: (h.word_start, -h.end, h.value)):
        last = spans[-1][0] if spans else None
        if last is None or hit.word_start >= last.end:
            spans.append([hit])
        elif (hit.word_start, hit.end) == (last.word_start, last.end):
            spans[-1].append(hit)
        elif hit.end - hit.word_start > last.end - last.word_start:
            spans[-1] = [hit]
    return spans


def _count_named(spans: Sequence[Sequence[Hit]]) -> Counter[str]:
    """Count how often each country is named by words that are its own and need no other beside them."""
    return Counter(_code(h) for span in spans for h in span if h.kind not in _SHARED and not _needs_country(h))


def _needs_country(hit: Hit) -> bool:
    return any(r.needs_country for r in traps().by_phrase.get(fold_word(hit.phrase.text), ()))


def _code(hit: Hit) -> str:
    return _cities()["cities", hit.value][0] if hit.kind == "city" else hit.value


def _stands(folded: FoldedText, hit: Hit, context: Context, named: Counter[str]) -> bool:
    """Apply the rules for a hit's kind and for its phrase; it stands where none is against it."""
    kind = _SHARED.get(hit.kind, hit.kind)
    rules = traps()
    for rule in (*rules.by_kind.get(kind, ()), *rules.by_phrase.get(fold_word(hit.phrase.text), ())):
        if kind not in rule.kinds or (rule.is_bare and hit.start > hit.word_start):
            continue
        if context.follows(rule.not_after) or context.precedes(rule.not_before):
            return False
        proclitic = folded.text[hit.start - 1 : hit.start] if hit.start > hit.word_start else ""
        if rule.only_after and proclitic not in rule.only_after and not context.follows(rule.only_after):
            return False
        if rule.needs_country and not named[_code(hit)]:
            return False
        if rule.is_exact and folded.source[folded.position(hit.end - 1)] != hit.phrase.text[-1]:
            return False
    return True


def _one_a_code(text: str, own: Sequence[Hit], context: Context) -> list[Hit]:
    """Return one hit a code: where a word is both a country's name and its demonym, its neighbours decide."""
    is_nisba = _reads_as_nisba(text, own[0], context)
    return list({h.value: h for h in sorted(own, key=lambda h: (h.kind == "nisba") == is_nisba)}.values())


def _reads_as_nisba(text: str, hit: Hit, context: Context) -> bool:
    """Whether a word stands as an adjective: definite behind a definite noun, or indefinite behind a feminine one."""
    last = context.before[-1] if context.before else ""
    prefix = text[hit.word_start : hit.start]
    if text[hit.end - 1] == _ALEF:
        return False  # Syria, not "a Syrian" in the accusative
    if prefix.endswith(_ARTICLE):
        return prefix[:-2] in ("", _WAW) and _has_article(last)
    return not prefix and last.endswith(_FEMININE) and not _has_article(last)


def _has_article(word: str) -> bool:
    """Whether a word is a definite noun or adjective, its proclitics aside."""
    if word in traps().not_nouns:
        return False
    return word.startswith((_ARTICLE, _LAMS)) or (word[:1] in _PROCLITICS and word[1:].startswith((_ARTICLE, _LAMS)))


def _kinds_beside(text: str, spans: Sequence[Sequence[Hit]], i: int) -> frozenset[str]:
    """Return the kinds of the places that are joined by "and" to place number `i`."""
    kinds: set[str] = set()
    for left, right in ((i - 1, i), (i, i + 1)):
        if left < 0 or right >= len(spans):
            continue
        first, second = spans[left][0], spans[right][0]
        is_joined = text[second.word_start] == _WAW and second.word_start < second.start
        if is_joined and not text[first.end : second.word_start].strip(' ,"()'):
            kinds.update(h.kind for h in spans[left + right - i])
    return frozenset(kinds)


def _share(
    folded: FoldedText,
    span: Sequence[Hit],
    context: Context,
    *,
    kinds: frozenset[str],
    named: Counter[str],
    home: str | None,
) -> list[Hit]:
    """Return the hit that a shared word means here, or none.

    By the vowel marks, by the places it is joined to, by the word before it, by the country that is named most.
    """
    if not span:
        return []
    shared = traps().shared.get(fold_word(span[0].phrase.text), NOT_SHARED)
    for few in (
        [h for h in span if _is_marked(folded, h)],
        [h for h in span if _SHARED[h.kind] in kinds],
        [h for h in span if h.value == shared.code and named[h.value] and context.follows(shared.after)],
    ):
        if len(few) == 1:
            return few
    weights = sorted(((named[h.value] * shared.weights.get(h.value, 1.0), h.value) for h in span), reverse=True)
    if weights[0][0]:
        is_clear = len(weights) == 1 or weights[0][0] >= _CLEAR * weights[1][0]
        fallback = weights[0][1] if is_clear else home
    else:
        is_named = span[0].kind != "shared_nisba" or span[0].start > span[0].word_start
        fallback = home or (shared.default if is_named else None)
    return [h for h in span if h.value == fallback][:1]


def _is_marked(folded: FoldedText, hit: Hit) -> bool:
    """Whether the source writes the vowel marks that tell this reading of a shared word from the others."""
    source = folded.source[slice(*folded.span(hit.start, hit.end))]
    mark, wanted = _MARK.search(source), _MARK.search(hit.phrase.text)
    if mark is None or wanted is None:
        return False
    return source[: mark.end()].endswith(hit.phrase.text[wanted.start() - 1 : wanted.end()])


def _may_be_family_name(text: str, hit: Hit) -> bool:
    """Whether a demonym has the form of a family name: masculine, singular, definite, with no "and" before it."""
    is_masculine = hit.kind in ("nisba", "shared_nisba") and text[hit.end - 1] == _YA
    return is_masculine and text[hit.word_start : hit.start] == _ARTICLE


def _family_names(text: str, spans: Sequence[Sequence[Hit]], contexts: Sequence[Context]) -> frozenset[str]:
    """Return the demonyms that the article uses as family names: those that stand behind a given name."""
    given = traps().given
    return frozenset(
        text[span[0].start : span[0].end]
        for span, context in zip(spans, contexts, strict=True)
        if _may_be_family_name(text, span[0]) and context.follows(given)
    )


def _is_family_name(text: str, hit: Hit, context: Context, family: frozenset[str]) -> bool:
    """Whether a demonym is a person's name: behind a given name, or alone where the article has such a person."""
    if not _may_be_family_name(text, hit) or text[hit.start : hit.end] not in family:
        return False
    last = context.before[-1] if context.before else ""
    is_alone = hit.start - hit.word_start == len(_ARTICLE) and not (_has_article(last) or last.endswith(_HA))
    return is_alone or context.follows(traps().given)


def _is_outlet(text: str, hit: Hit, context: Context) -> bool:
    """Whether a demonym is an outlet's, or a lone quoted place its name, or the feminine demonym a language."""
    rules = traps()
    if hit.kind != "nisba":
        return context.is_quoted and hit.kind in ("capital", "city") and not context.follows(rules.city_words)
    is_feminine = text[hit.end - 1] == _HA
    if is_feminine and text[hit.word_start : hit.start].endswith(_BA + _ARTICLE):
        return True
    outlets = rules.feminine_outlets if is_feminine else rules.masculine_outlets
    for n in range(1, min(_OUTLET_REACH, len(context.before)) + 1):
        if context.before[-n] in rules.stops:
            return False
        if any(p in outlets for k in (1, 2) for p in without_proclitics(context.before[-n:][:k])):
            return True
    return False


def _mention(text: str, hit: Hit, context: Context) -> PlaceMention:
    kind = _SHARED.get(hit.kind, hit.kind)
    prefix = text[hit.word_start : hit.start]
    if kind == "nisba" and text[hit.end - 1] == _HA and context.follows(traps().capital_words):
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
