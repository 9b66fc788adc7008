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
from extract.numbers import Number, find_numbers

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
# «25/3/2018», «2015-08-10», «1436/10/25», with blanks about the strokes too.
_NUMERIC_DATE = re.compile(r"(\d{1,4}) ?[/.-] ?(\d{1,2}) ?[/.-] ?(\d{1,4})(?![\d/]|[.-]\d)")
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
    taken = []
    for match in _NUMERIC_DATE.finditer(text):
        taken.append(range(match.start(), match.end()))
        token = _read_numeric_date(match, text)
        if token is not None:
            yield token
    for number in find_numbers(text, hits):
        if number.value == int(number.value) and not any(number.start in span for span in taken):
            token = _number_token(number, text)
            if token is not None:
                yield token


def _number_token(number: Number, text: str) -> Token | None:
    value, end = int(number.value), number.end
    symbol = ("D" if number.is_digits or number.is_ordinal else "K") if 1 <= value <= 31 else "N"
    if number.is_digits and end - number.start == 4:
        symbol = "H" if value in _HIJRI_YEARS else "Y" if value in _YEARS else "N"
        era = _era().match(text, end)
        end = era.end() if era and symbol != "N" else end
    if number.is_digits and (text[end : end + 1] == "%" or text[end : end + 1].isalpha()):
        return None
    return Token(symbol, value, "ordinal" if number.is_ordinal else "", number.word_start, number.start, end)


def _read_numeric_date(match: re.Match[str], text: str) -> Token | None:
    first, month, last = (int(part) for part in match.groups())
    if text[match.start() - 1 : match.start()] in {"/", "-", "."} and match.start():
        return None
    year, day = (first, last) if len(match[1]) == 4 else (last, first)
    if month > 12 >= day:  # the American order, where no other is possible
        month, day = day, month
    value = None
    if year in _HIJRI_YEARS:
        value = from_hijri(year, month, day)
    elif year in _YEARS:
        value = make_date(year, month, day)
    if value is None:
        return None
    era = _era().match(text, match.end())
    return Token("G", 0, "", match.start(), match.start(), era.end() if era else match.end(), day=value)


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
