"""The words of the dashboard in the reader's language: the catalogue words.toml and the names of codes."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from babel.numbers import get_currency_name

from extract.models import Label

LANGUAGES: tuple[str, ...] = ("ar", "en")

Catalogue = Mapping[str, Mapping[str, Mapping[str, str]]]


@cache
def read_catalogue() -> Catalogue:
    """words.toml as section -> word -> language -> text."""
    catalogue: Catalogue = tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))
    return catalogue


def write_literal(text: str) -> str:
    """Text from outside as Markdown that shows it letter by letter."""
    return "`" + " ".join(text.replace("`", "'").split()) + "`"


class Words:
    """Words and names in one language: `words("nav.map")` is a text, `words.name("sector", "ports")` a code's name."""

    def __init__(self, language: str, labels: Iterable[Label] = ()) -> None:
        """`language` is one of LANGUAGES; `labels` are the register's, in the codebook's order."""
        self.language = language
        self.is_arabic = language == "ar"
        self.comma = "\N{ARABIC COMMA} " if self.is_arabic else ", "
        self._labels = {(label.kind, label.code): label for label in labels}

    def __call__(self, key: str, **values: object) -> str:
        """The text of `section.word`, its {braces} filled; raises KeyError where the catalogue has no such word."""
        section, word = key.split(".")
        return read_catalogue()[section][word][self.language].format(**values)

    def field(self, field: str) -> str:
        """The name of a field, or of a part of it (officials.title); an unknown one is called by its code."""
        known = read_catalogue()["field"].get(field.replace(".", "_"))
        return known[self.language] if known else field

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

    def amount(self, value: float | str, unit: str) -> str:
        """A quantity and its unit: 790,000,000 US dollar."""
        number = f"{float(value):,.2f}".rstrip("0").rstrip(".")
        named = self.name("unit", unit)
        return f"{number} {get_currency_name(unit, locale=self.language) if named == unit else named}"
