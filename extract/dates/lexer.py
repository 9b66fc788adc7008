"""Cuts folded text into runs of date words, each a string of one-letter symbols that the rules match.

| symbol | stands for | symbol | stands for |
|---|---|---|---|
| `M` | Gregorian month | `D` | number from 1 to 31 |
| `I` | Hijri month | `K`, `N` | such a number in words of counting; any other number |
| `W` | weekday | `Y`, `H` | Gregorian, Hijri year |
| `T E F` | today, yesterday, the day before | `G` | date in digits |
| `O V` | tomorrow, the day after | `S` | "corresponding to" |
| `P L X C Z` | last, latest, next, this, another | `J` | "this" |
| `d w o y` | day, week, month, year | `u`, `s` | a unit in the dual, in the plural |
| `n` | part of a day | `B` | part of a period |
| `q` | season | `A` | "ago" or "since" |
| `a`, `v` | "about", "a few" | `z` | "soon" |

Between them: `&` and, `f` of, `i` in, `~` to, and the punctuation `,` `-` `/` `(` `)` as it stands; blanks and
quotation marks are nothing. Any other word, and a line's end, ends the run.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from extract.dates.calendar import from_hijri, make_date
from extract.fold import fold_word
from extract.lexicon import Hit, Matcher, keep_longest, load
from extract.numbers import find_numbers

_ARTICLE = "\u0627\u0644"
_LAM = "\u0644"
_CONJUNCTIONS = ("\u0648", "\u0641")
_BY_VALUE = {
    "today": "T", "yesterday": "E", "before_yesterday": "F", "tomorrow": "O", "after_tomorrow": "V",
    "past": "P", "latest": "L", "next": "X", "current": "C", "other": "Z",
}  # fmt: skip
_BY_KIND = {
    "month": "M", "month_short": "M", "hijri_month": "I", "weekday": "W", "this": "J", "part_of_day": "n",
    "part_of_period": "B", "season": "q", "ago": "A", "vague": "v", "about": "a", "corresponding": "S", "soon": "z",
    "unit_dual": "u", "unit_plural": "s",
}  # fmt: skip
_UNITS = {"day": "d", "week": "w", "month": "o", "year": "y"}
_PUNCTUATION = frozenset(",-/()")
_MARKS = frozenset("\"' ")
_YEARS = range(1800, 2101)
_HIJRI_YEARS = range(1300, 1501)


@dataclass(frozen=True, slots=True)
class Token:
    """A date word: `value` is its number (month, weekday, day, count), `name` the lexicon's value.

    `word_start` counts its proclitics in, `start` does not (but for the article). `is_short` marks a month's name that
    is also another word.
    """

    symbol: str
    value: int
    name: str
    word_start: int
    start: int
    end: int
    is_definite: bool = False
    is_short: bool = False
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """Date words that stand side by side: `symbols` has a letter a token and a mark a connector.

    `tokens` is as long as `symbols`; a connector has None there.
    """

    symbols: str
    tokens: tuple[Token | None, ...]


@lru_cache(maxsize=1)
def _matcher() -> Matcher:
    return Matcher(["dates", "numbers"])


@lru_cache(maxsize=1)
def _connectors() -> dict[str, str]:
    symbols = {"and": "&", "of": "f", "in": "i", "to": "~"}
    return {fold_word(w): symbols[name] for name, words in load("dates")["_connectors"].items() for w in words}


@lru_cache(maxsize=1)
def _numeric_date() -> re.Pattern[str]:
    """Match «25/3/2018», «2015-08-10», «1436/10/25», with blanks about the strokes too."""
    return re.compile(
        r"(?<![\d/.-])(?:(?P<y1>\d{4})(?P<s1> ?[/.-] ?)(?P<m1>\d{1,2})(?P=s1)(?P<d1>\d{1,2})"
        r"|(?P<d2>\d{1,2})(?P<s2> ?[/.-] ?)(?P<m2>\d{1,2})(?: ?[/.-] ?)(?P<y2>\d{4}))(?![\d/]|[.-]\d)"
    )


@lru_cache(maxsize=1)
def _era() -> re.Pattern[str]:
    context = load("dates")["_context"]
    gregorian, hijri = ("|".join(fold_word(w) for w in context[f"{era}_marks"]) for era in ("gregorian", "hijri"))
    return re.compile(rf" ?(?:(?P<gregorian>{gregorian})|(?P<hijri>{hijri}))(?!\w)")


def _token_of(hit: Hit, text: str) -> Token | None:
    by_value = _UNITS if hit.kind == "unit" else _BY_VALUE
    symbol = by_value.get(hit.value) or _BY_KIND.get(hit.kind, "")
    if not symbol:
        return None
    prefix = text[hit.word_start : hit.start]
    is_definite = prefix.endswith((_ARTICLE, _LAM + _LAM))
    start = hit.start - 2 if is_definite else hit.start
    number = hit.value.rpartition("_")[2]
    return Token(
        symbol,
        int(number) if number.isdigit() else 0,
        hit.value,
        hit.word_start,
        start,
        hit.end,
        is_definite,
        hit.kind == "month_short",
    )


def _number_tokens(text: str, hits: list[Hit]) -> Iterator[Token]:
    taken_until = 0
    dates = {m.start(): m for m in _numeric_date().finditer(text)}
    for match in dates.values():
        day, end = _read_numeric_date(match, text)
        if day is not None:
            yield Token("G", 0, "", match.start(), match.start(), end, day=day)
    spans = [(m.start(), m.end()) for m in dates.values()]
    for number in find_numbers(text, hits):
        if number.value != int(number.value) or number.start < taken_until:
            continue
        if any(start <= number.start < end for start, end in spans):
            continue
        value = int(number.value)
        symbol = ("D" if number.is_digits or number.is_ordinal else "K") if 1 <= value <= 31 else "N"
        end = number.end
        if number.is_digits and end - number.start == 4:
            era = _era().match(text, end)
            if value in _HIJRI_YEARS:
                symbol = "H"
            elif value in _YEARS:
                symbol = "Y"
            end = era.end() if era and symbol in "HY" else end
        elif text[end : end + 1] == "%" or (number.is_digits and text[end : end + 1].isalpha()):
            continue
        yield Token(symbol, value, "ordinal" if number.is_ordinal else "", number.word_start, number.start, end)
        taken_until = end


def _read_numeric_date(match: re.Match[str], text: str) -> tuple[date | None, int]:
    year, month, day = (int(match[f"{part}1"] or match[f"{part}2"]) for part in "ymd")
    if month > 12 >= day:  # the American order, where no other is possible
        month, day = day, month
    era = _era().match(text, match.end())
    end = era.end() if era else match.end()
    if year in _HIJRI_YEARS:
        return from_hijri(year, month, day), end
    return (make_date(year, month, day) if year in _YEARS else None), end


def _connect(gap: str) -> str | None:
    """Return the symbols of what stands between two words, or None if it parts them."""
    if "\n" in gap:
        return None
    symbols = ""
    word = ""
    for char in gap + " ":
        if char not in _PUNCTUATION and char not in _MARKS:
            word += char
            continue
        if word:
            if word not in _connectors():
                return None
            symbols += _connectors()[word]
            word = ""
        if char in _PUNCTUATION:
            symbols += char
    return symbols if len(symbols) <= 3 else None


@lru_cache(maxsize=2)  # asked twice for each article: for its publication date, then for its dates
def find_runs(text: str) -> tuple[Run, ...]:
    """Return the runs of date words of a folded text, in order."""
    hits = keep_longest(_matcher().find(text))
    tokens = [t for t in (_token_of(h, text) for h in hits) if t is not None]
    tokens.extend(_number_tokens(text, hits))
    tokens.sort(key=lambda t: t.start)
    runs: list[Run] = []
    symbols = ""
    row: list[Token | None] = []
    last: Token | None = None
    for token in tokens:
        if last is not None:
            if token.start < last.end:
                continue
            conjunction = text[token.word_start : token.start][:1]
            gap = text[last.end : token.word_start] + (conjunction if conjunction in _CONJUNCTIONS else "")
            joined = _connect(gap)
            if joined is None:
                runs.append(Run(symbols, tuple(row)))
                symbols, row = "", []
            else:
                symbols += joined
                row.extend([None] * len(joined))
        symbols += token.symbol
        row.append(token)
        last = token
    if row:
        runs.append(Run(symbols, tuple(row)))
    return tuple(runs)
