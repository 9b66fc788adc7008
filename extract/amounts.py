"""Finds amounts: money in ISO currencies and physical quantities, with what they measure and the growth said with them.

Numbers, scales, units and the words that join them become a string of symbols, and patterns over it the amounts; the
words are those of the lexicons `numbers` and `units`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from extract.fold import FoldedText, fold_word
from extract.lexicon import Hit, Matcher, keep_longest, load
from extract.numbers import find_numbers, read_digits
from extract.sentences import Sentence, split_sentences

_ARTICLE = "\u0627\u0644"
_ALEF = "\u0627"
_ONE_OR_TWO = "one_or_two"  # a scale in alef: the dual before its unit, else the singular
_SCALES = {"thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
_FRACTIONS = {"half": 1 / 2, "quarter": 1 / 4, "third": 1 / 3}
_SYMBOLS = {
    "scale": "S", "scale_plural": "s", "scale_dual": "d", "fraction": "h", "currency": "U", "shared_currency": "U",
    "physical_unit": "U", "percent": "%",
}  # fmt: skip
_PART = r"(?:N[Ssd]?|hS?)"
_RANGE = re.compile(r"(?P<low>N[Ssd]?U?)[~&-](?P<high>N[Ssd]?)f?U")
_AMOUNT = re.compile(rf"\$?(?P<value>(?:{_PART}|S|d)(?:&{_PART})*)(?:f?(?P<unit>U)|\$)|\$(?P<after>N[Ssd]?)")
# How far from an amount the words stand that say what it measures, and its growth.
_CUE_BEFORE = 90
_CUE_AFTER = 40
_GROWTH_AFTER = 70
_BRACKET_REACH = 15
_GROWTH_NUMBER = 30
_WORD_BEFORE = re.compile(r"(\w+) ?$")
_WORD_AFTER = re.compile(r" (\w+)")
_YEAR = re.compile(r"(?:19|20)\d\d")
_ODD_THOUSANDS = re.compile(r"\d+\.\d{3}")
_QUANTITIES = frozenset({"tonne", "barrel", "dose", "cubic metre", "cubic foot", "aircraft"})
_MACHINES = frozenset({"aircraft"})  # what also flies and fights: counted only where it changes hands
_CLITICS = re.compile("^[\u0648\u0641]?[\u0628\u0644]?(?:\u0627\u0644)?(?=...)")
_CAPACITIES = frozenset({"MW", "GW"})


@dataclass(frozen=True, slots=True)
class AmountMention:
    """An amount by the folded offsets of its words: `unit` is ISO 4217 or an English singular (dose, tonne, MW).

    `measures` says of what (trade_volume, aid, grant, loan, contract, investment, cost, capacity, quantity), None where
    the sentence does not; `growth` is the per cent said with it, below zero for a fall.
    """

    start: int
    end: int
    value: float
    unit: str
    measures: str | None
    growth: float | None
    rule: str


@dataclass(frozen=True, slots=True)
class _Token:
    symbol: str
    value: float
    name: str
    word_start: int
    start: int
    end: int


@lru_cache(maxsize=1)
def _matcher() -> Matcher:
    return Matcher(["numbers", "units"])


@lru_cache(maxsize=1)
def _countries() -> Matcher:
    return Matcher(["countries"])


@cache
def _context(name: str) -> frozenset[str]:
    return frozenset(fold_word(w) for w in load("units")["_context"][name])


def find_amounts(folded: FoldedText, home: str | None = None) -> tuple[AmountMention, ...]:
    """Return the amounts of an article in order of place, but for prices, rates and conversions in brackets.

    A currency that several states share («ريال») is that of the one state with such a currency in the sentence, else in
    the article, else `home` (the country code of the outlet); where none or several are left, the amount is left out.
    """
    every = _matcher().find(folded.text)
    hits = keep_longest(every)
    if not any(h.kind in {"currency", "shared_currency", "physical_unit"} for h in hits) and "$" not in folded.text:
        return ()
    sentences = split_sentences(folded.text)
    cues = [h for h in every if h.kind in {"measure_cue", "rise", "fall"}]
    is_shared = any(h.kind == "shared_currency" for h in hits)
    countries = keep_longest(_countries().find(folded.text)) if is_shared else []
    found: list[AmountMention] = []
    for symbols, tokens in _runs(folded.text, hits):
        for mention in _read_run(folded.text, symbols, tokens):
            sentence = next((s for s in sentences if s.start <= mention.start < s.end), None)
            unit = _resolve_unit(mention.unit, sentence, countries, home)
            if unit is None or _is_conversion(folded.text, mention, found):
                continue
            if unit in _MACHINES and not _changes_hands(folded.text, mention):
                continue
            found.append(_describe(folded.text, replace(mention, unit=unit), sentence, cues))
    return tuple(found)


def _tokens(text: str, hits: list[Hit]) -> list[_Token]:
    tokens = [
        _Token("N", n.value, text[n.start : n.end], n.word_start, n.start, n.end)
        for n in find_numbers(text, hits)
        if not n.is_ordinal
    ]
    for hit in hits:
        symbol = _SYMBOLS.get(hit.kind)
        # A unit after its number has the article at most: «بين» is "between", not "by a yen".
        if symbol is not None and (symbol != "U" or text[hit.word_start : hit.start] in {"", _ARTICLE}):
            value = _SCALES.get(hit.value) or _FRACTIONS.get(hit.value, 0.0)
            name = _ONE_OR_TWO if symbol == "d" and text[hit.end - 1] == _ALEF else hit.value
            tokens.append(_Token(symbol, value, name, hit.word_start, hit.start, hit.end))
    for sign, code in load("units")["_symbols"].items():
        tokens.extend(_Token("$", 0.0, code, m.start(), m.start(), m.end()) for m in re.finditer(re.escape(sign), text))
    return sorted(tokens, key=lambda t: t.start)


def _connect(gap: str) -> str | None:
    """Return the symbol of what stands between two tokens, or None if it parts them."""
    words = gap.strip()
    if not words:
        return "" if "\n" not in gap else None
    if words == "-":
        return "-"
    return next((s for s, name in (("&", "and"), ("f", "of"), ("~", "to")) if words in _context(name)), None)


def _runs(text: str, hits: list[Hit]) -> Iterable[tuple[str, list[_Token | None]]]:
    symbols, row = "", list[_Token | None]()
    last: _Token | None = None
    for token in _tokens(text, hits):
        if last is not None:
            if token.start < last.end:
                continue
            clitic = text[token.word_start : token.start][:1]
            joined = _connect(text[last.end : token.word_start] + (clitic if clitic in _context("and") else ""))
            if joined is None:
                yield symbols, row
                symbols, row = "", []
            else:
                symbols += joined
                row.extend([None] * len(joined))
        symbols += token.symbol
        row.append(token)
        last = token
    if row:
        yield symbols, row


def _read_run(text: str, symbols: str, tokens: list[_Token | None]) -> Iterable[AmountMention]:
    at = 0
    while at < len(symbols):
        ranged = _RANGE.match(symbols, at)
        if ranged and "S" in ranged["high"].upper() and _is_year(tokens[ranged.start("low") : ranged.end("low")]):
            at = ranged.start("high")
            continue
        match = ranged or _AMOUNT.match(symbols, at)
        if match is None:
            at += 1
            continue
        at = match.end()
        inside = [t for t in tokens[match.start() : match.end()] if t is not None]
        if _is_vague(text, symbols[match.start()], inside) or _is_rate(text, inside[-1]):
            continue
        if ranged and not _is_sum(symbols, ranged, tokens):
            yield from _read_range(ranged, tokens, inside)
        else:
            unit = next(t for t in reversed(inside) if t.symbol in "U$")
            value = _value([t for t in inside if t.symbol not in "U$"])
            if value is not None:
                yield AmountMention(inside[0].start, inside[-1].end, value, unit.name, None, None, "amount.value")


def _is_year(low: list[_Token | None]) -> bool:
    """Tell the year of «من 2.4 مليار دولار في 2014 إلى 10 مليارات دولار» from the low end of a range."""
    parts = [t for t in low if t is not None]
    return len(parts) == 1 and _YEAR.fullmatch(parts[0].name) is not None


def _is_sum(symbols: str, match: re.Match[str], tokens: list[_Token | None]) -> bool:
    """Tell «3 مليارات و500 مليون», one amount, from «3 و5 مليارات», which are two: the first scale is the larger."""
    scales = [
        next((t.value for t in tokens[match.start(g) : match.end(g)] if t is not None and t.symbol in "Ssd"), 1.0)
        for g in ("low", "high")
    ]
    return symbols[match.end("low")] == "&" and "U" not in match["low"] and scales[0] > scales[1]


def _read_range(match: re.Match[str], tokens: list[_Token | None], inside: list[_Token]) -> Iterable[AmountMention]:
    """«بين 3 و5 مليارات دولار», «من 10 إلى 12 مليون طن»: both ends, the first in the scale of the second."""
    low, high = ([t for t in tokens[match.start(g) : match.end(g)] if t is not None] for g in ("low", "high"))
    scale = [t for t in high if t.symbol in "Ssd"]
    unit = inside[-1]
    ends = ([t for t in low if t.symbol in "NSsd"], high)
    for part in ends:
        value = _value(part if any(t.symbol in "Ssd" for t in part) else [*part, *scale])
        if value is not None:
            end = unit.end if part is high else low[-1].end
            yield AmountMention(part[0].start, end, value, unit.name, None, None, "amount.range")


def _value(parts: list[_Token]) -> float | None:
    """Return the sum that number words, scales and fractions make: «3 مليارات و500 مليون», «مليار ونصف»."""
    total = 0.0
    scale = 1.0
    index = 0
    while index < len(parts):
        token = parts[index]
        following = parts[index + 1] if index + 1 < len(parts) and parts[index + 1].symbol in "Ssd" else None
        if token.symbol == "N":
            if following is None and _ODD_THOUSANDS.fullmatch(token.name):
                return None
            scale = following.value if following else 1.0
            total += token.value * scale
            index += 2 if following else 1
        elif token.symbol == "h":
            total += token.value * (following.value if following else scale)
            index += 2 if following else 1
        else:
            scale = token.value
            # «مليارا دولار» is two, «مليارا و300 مليون دولار» one and three tenths
            is_one = token.symbol != "d" or (token.name == _ONE_OR_TWO and index + 1 < len(parts))
            total += scale * (1 if is_one else 2)
            index += 1
    return round(total, 6) or None


def _word_before(text: str, token: _Token) -> str:
    found = _WORD_BEFORE.search(text[max(0, token.word_start - 30) : token.word_start])
    return found.group(1) if found else ""


def _is_vague(text: str, first: str, inside: list[_Token]) -> bool:
    return first in "SdU" and _word_before(text, inside[0]) in _context("vague")


def _is_rate(text: str, last: _Token) -> bool:
    found = _WORD_AFTER.match(text, last.end)
    return found is not None and found.group(1) in _context("per")


def _is_conversion(text: str, mention: AmountMention, found: list[AmountMention]) -> bool:
    """Tell whether an amount in brackets says the one before it again in another currency."""
    if not found or found[-1].end > mention.start:
        return False
    gap = text[found[-1].end : mention.start]
    bracket = gap.find("(")
    return 0 <= bracket < _BRACKET_REACH and ")" not in gap and len(gap) < _CUE_AFTER


def _changes_hands(text: str, mention: AmountMention) -> bool:
    """Whether machines are delivered or sold: "delivered eight aircraft"; not "shot down three"."""
    around = text[max(0, mention.start - _CUE_BEFORE) : mention.end + _CUE_AFTER]
    return any(_CLITICS.sub("", w) in _context("handed") or w in _context("handed") for w in around.split())


def _resolve_unit(name: str, sentence: Sentence | None, countries: list[Hit], home: str | None) -> str | None:
    shared: dict[str, str] | None = load("units")["_shared"].get(name)
    if shared is None:
        return name
    named = [h for h in countries if h.value in shared]
    beside = [h for h in named if sentence is not None and sentence.start <= h.start < sentence.end]
    for hits in (beside, named):
        codes = {shared[h.value] for h in hits}
        if len(codes) == 1:
            return codes.pop()
    return shared.get(home or "")


def _describe(text: str, mention: AmountMention, sentence: Sentence | None, hits: list[Hit]) -> AmountMention:
    start, end = (sentence.start, sentence.end) if sentence else (mention.start, mention.end)
    near = [h for h in hits if start <= h.start < end]
    before = [h for h in near if h.kind == "measure_cue" and mention.start - _CUE_BEFORE <= h.start < mention.start]
    after = [h for h in near if h.kind == "measure_cue" and mention.end <= h.start < mention.end + _CUE_AFTER]
    cue = max(before, key=lambda h: h.start, default=None) or min(after, key=lambda h: h.start, default=None)
    measures = cue.value if cue else None
    if mention.unit in _CAPACITIES:
        measures = "capacity"
    elif mention.unit in _QUANTITIES and measures not in {"capacity", "aid"}:
        measures = "quantity"
    return replace(mention, measures=measures, growth=_growth(text, mention, near, end))


def _growth(text: str, mention: AmountMention, hits: list[Hit], end: int) -> float | None:
    """Return the per cent of «أي بزيادة قدرها 45%» after an amount; below zero after a word of falling."""
    for hit in hits:
        if hit.kind not in {"rise", "fall"} or not mention.end <= hit.start < mention.end + _GROWTH_AFTER:
            continue
        match = _percent().search(text, hit.end, min(end, hit.end + _GROWTH_NUMBER))
        value = read_digits(match["number"]) if match else None
        if value is not None:
            return -value if hit.kind == "fall" else value
    return None


@lru_cache(maxsize=1)
def _percent() -> re.Pattern[str]:
    words = "|".join(fold_word(w) for w in load("units")["percent"]["percent"])
    return re.compile(rf"(?P<number>\d+(?:[.,]\d+)?) ?(?:%|{words})")
