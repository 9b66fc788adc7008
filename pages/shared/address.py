"""The address is the view: language and filters as query parameters, in codes, so that a link outlives a language.

A parameter that is at its default is left out; one that means nothing (any more) is ignored and told.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime
from typing import Any

from extract.queries import Filters
from pages.shared.words import LOCALES

LANGUAGE_KEY = "lang"
RECORD_KEY = "record"

# The days that a filter can ask for; the calendar of the page needs bounds.
EARLIEST, LATEST = date(1900, 1, 1), date(2100, 12, 31)

# Longer than any question, short enough for any address bar.
_LONGEST_TEXT = 200


@dataclass(frozen=True, slots=True)
class Address:
    """What an address asks for, and the `ignored` parameters (as key=value) that could not be followed."""

    language: str
    filters: Filters
    ignored: tuple[str, ...] = ()


def read_address(parameters: Mapping[str, Sequence[str]], codes: Mapping[str, Sequence[str]]) -> Address:
    """The view that query parameters describe; `codes` are those that each filter of codes knows."""
    wanted: dict[str, Any] = {}
    ignored: list[str] = []
    for field in fields(Filters):
        given = parameters.get(field.name, ())
        default = field.default
        if not given:
            continue
        if isinstance(default, tuple):
            wanted[field.name] = tuple(dict.fromkeys(code for code in given if code in codes[field.name]))
            ignored += [f"{field.name}={code}" for code in given if code not in codes[field.name]]
            continue
        try:
            is_moment = field.name == "changed_since"
            wanted[field.name] = _read_moment(given[-1]) if is_moment else _read_value(default, given[-1])
        except ValueError:
            ignored.append(f"{field.name}={given[-1]}")
    language = (parameters.get(LANGUAGE_KEY) or LOCALES[:1])[-1]
    if language not in LOCALES:
        ignored.append(f"{LANGUAGE_KEY}={language}")
        language = LOCALES[0]
    return Address(language, Filters(**wanted), tuple(ignored))


def write_address(language: str, filters: Filters) -> dict[str, str | list[str]]:
    """The query parameters of a view; `read_address` gives the view back."""
    parameters: dict[str, str | list[str]] = {}
    for field in fields(Filters):
        value = getattr(filters, field.name)
        if value != field.default:
            parameters[field.name] = _written(value)
    if language != LOCALES[0]:
        parameters[LANGUAGE_KEY] = language
    return parameters


def _read_value(default: object, text: str) -> object:
    """The value of a parameter that is not a list; raises ValueError where it cannot be one."""
    if isinstance(default, bool):
        return bool(("0", "1").index(text))
    if isinstance(default, str):
        return text.strip()[:_LONGEST_TEXT]
    if isinstance(default, int):
        return range(101).index(int(text))
    return _bounded(date.fromisoformat(text))


def _read_moment(text: str) -> datetime:
    """A time in UTC to the second, or the first moment of a day; raises ValueError where the text is neither."""
    moment = datetime.fromisoformat(text)
    _bounded(moment.date())
    moment = moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment
    return moment.replace(microsecond=0)


def _bounded(day: date) -> date:
    if not EARLIEST <= day <= LATEST:
        raise ValueError(day)
    return day


def _written(value: object) -> str | list[str]:
    match value:
        case tuple():
            return [str(code) for code in value]
        case bool():
            return "1" if value else "0"
        case date():
            return value.isoformat()
        case _:
            return str(value)
