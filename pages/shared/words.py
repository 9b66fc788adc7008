"""The words of the dashboard in the reader's language: the catalogue and the names of codes."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import cache
from pathlib import Path
from urllib.parse import unquote

from babel.dates import format_date, format_interval, format_skeleton
from babel.numbers import format_decimal, get_currency_name

from extract.models import Label

LANGUAGES: tuple[str, ...] = ("ar", "en")
# What the address and the switch offer: a language, or a language with its digits, as Unicode's locale tags have it.
ARABIC_DIGITS = "ar-u-nu-arab"
LOCALES: tuple[str, ...] = ("ar", ARABIC_DIGITS, "en")

_BABEL = {"ar": "ar", "en": "en_GB"}
# A code point a digit, then the separators that go with them: of thousands, of decimals, the sign of per cent.
_TO_ARABIC_DIGITS = str.maketrans("0123456789,.%", "".join(map(chr, (*range(0x660, 0x66A), 0x66C, 0x66B, 0x66A))))
_TO_ARABIC_DIGITS_ONLY = {ord(digit): _TO_ARABIC_DIGITS[ord(digit)] for digit in "0123456789"}

# Letters that are not Latin in a web address, as the web writes them.
_ESCAPED_LETTERS = re.compile(r"(?:%[89A-Fa-f][0-9A-Fa-f])+")

_CATALOGUE = Path(__file__).with_name("catalogue")

Catalogue = Mapping[str, Mapping[str, Mapping[str, str]]]


@cache
def read_catalogue() -> Catalogue:
    """The files of catalogue/ as one: section -> word -> language -> text.

    They hold every word of the dashboard that is not the name of a code (those are in the register's label table), one
    line a word: its Arabic and its English; {braces} are filled in by the page. Each section is in one file alone.
    """
    catalogue: dict[str, Mapping[str, Mapping[str, str]]] = {}
    for path in sorted(_CATALOGUE.glob("*.toml")):
        found = tomllib.loads(path.read_text(encoding="utf-8"))
        if twice := catalogue.keys() & found:
            raise ValueError(f"{path.name} has a section of another file: {', '.join(sorted(twice))}")
        catalogue |= found
    return catalogue


def write_literal(text: str) -> str:
    """Text from outside as Markdown that shows it letter by letter."""
    return "`" + " ".join(text.replace("`", "'").split()) + "`"


def keep_direction(text: str | None) -> str:
    """Text from outside that keeps its own direction inside a sentence of the other."""
    return f"\N{FIRST STRONG ISOLATE}{text}\N{POP DIRECTIONAL ISOLATE}" if text else ""


def keep_order(text: str | None) -> str:
    """What is written from left to right in every language, such as an address, a number or a day with its marks."""
    return f"\N{LEFT-TO-RIGHT ISOLATE}{text}\N{POP DIRECTIONAL ISOLATE}" if text else ""


def write_web_address(url: str | None) -> str:
    """A web address with its Arabic as letters, as browsers show it, and not as %D8%A7; it leads to the same page."""
    return keep_order(_ESCAPED_LETTERS.sub(_read_letters, url or ""))


def _read_letters(escaped: re.Match[str]) -> str:
    """The letters, or what stands there where it is no letters alone: a mark of direction could disguise an address."""
    letters = unquote(escaped[0], errors="replace")
    return letters if letters.isalpha() else escaped[0]


class Words:
    """Words and names in one language: `words("nav.map")` is a text, `words.name("sector", "ports")` a code's name."""

    def __init__(self, language: str, labels: Iterable[Label] = ()) -> None:
        """`language` is one of LOCALES, as the address has it; `labels` are the register's, in the codebook's order."""
        self.language = language
        self.has_arabic_digits = language == ARABIC_DIGITS
        self.base = base_language(language)
        self.is_arabic = self.base == "ar"
        self.comma = "\N{ARABIC COMMA} " if self.is_arabic else ", "
        self._labels = {(label.kind, label.code): label for label in labels}

    def __call__(self, key: str, **values: object) -> str:
        """The text of `section.word`, its {braces} filled; raises KeyError where the catalogue has no such word."""
        section, word = key.split(".")
        written = {name: self.number(value) if type(value) is int else value for name, value in values.items()}
        return read_catalogue()[section][word][self.base].format(**written)

    def field(self, field: str) -> str:
        """The name of a field, or of a part of it (officials.title); an unknown one is called by its code."""
        known = read_catalogue()["field"].get(field.replace(".", "_"))
        return known[self.base] if known else field

    def name(self, kind: str, code: str) -> str:
        """The name of a code; a code without a label is its own name."""
        label = self._labels.get((kind, code))
        if label is None:
            return code
        return label.name_ar if self.is_arabic else label.name_en

    def names(self, kind: str, codes: Iterable[str]) -> str:
        """The names of several codes, in their order, with the language's comma between."""
        return self.comma.join(self.name(kind, code) for code in codes)

    def codes(self, kind: str) -> list[str]:
        """The codes of a kind in the codebook's order."""
        return [code for known_kind, code in self._labels if known_kind == kind]

    def parent(self, kind: str, code: str) -> str | None:
        """What a code belongs to, such as the group of a sector."""
        label = self._labels.get((kind, code))
        return label.parent if label else None

    def number(self, value: float) -> str:
        """A number with at most two decimals, in the reader's digits: 1,234.5."""
        written = format_decimal(value, "#,##0.##", locale=_BABEL[self.base])
        return written.translate(_TO_ARABIC_DIGITS) if self.has_arabic_digits else written

    def percent(self, share: float) -> str:
        """A share as a whole number of per cent: 87%."""
        written = f"{share:.0%}"
        return written.translate(_TO_ARABIC_DIGITS) if self.has_arabic_digits else written

    def digits(self, text: str) -> str:
        """Text made by us (a date, a code) in the reader's digits."""
        if not self.has_arabic_digits:
            return text
        # Between Arabic digits a slash holds what is beside it together, from left to right: of two days it would mix the parts.
        return text.translate(_TO_ARABIC_DIGITS_ONLY).replace("/", "/\N{RIGHT-TO-LEFT MARK}")

    def date(self, start: date | None, end: date | None = None, precision: str = "day") -> str | None:
        """A date as precise as it is known: 6 May 2024, 6-8 May 2024, May 2024, 2024; None where it is not."""
        skeleton = {"day": "yMMMMd", "month": "yMMMM", "year": "y"}.get(precision)
        # A frame's empty date is the one value that differs from itself.
        start, end = (None if day is None or day != day else day for day in (start, end))  # noqa: PLR0124
        if start is None or skeleton is None:
            return None
        locale = _BABEL[self.base]
        if end is None or _cut(start, precision) == _cut(end, precision):
            is_day = precision == "day"
            written = format_date(start, "long", locale) if is_day else format_skeleton(skeleton, start, locale=locale)
        else:
            written = format_interval(start, end, skeleton, locale=locale)
        return self.digits(written)

    def moment(self, at: datetime) -> str:
        """A time in UTC, to the minute: 6 May 2024, 14:05 UTC."""
        return f"{self.date(at.date())}{self.comma}{self.digits(f'{at:%H:%M}')} UTC"

    def amount(self, value: float | str, unit: str) -> str:
        """A quantity and its unit: 790,000,000 US dollar."""
        return f"{self.number(float(value))} {self.unit(unit)}"

    def unit(self, unit: str) -> str:
        """The name of a unit or of a currency; one that nobody knows is its own name."""
        named = self.name("unit", unit)
        return get_currency_name(unit, locale=self.base) if named == unit else named


def base_language(locale: str) -> str:
    """The language of one of LOCALES."""
    return locale.partition("-")[0]


def _cut(day: date, precision: str) -> tuple[int, ...]:
    """As much of a day as its precision holds."""
    return (day.year, day.month, day.day)[: {"year": 1, "month": 2, "day": 3}[precision]]
