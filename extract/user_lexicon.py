"""People whom the analysts of a store have told us of: `STORE/lexicons/*.toml`, beside the shipped lexicons, not in them.

    [[persons]]
    name = "..."                # as records are to have it
    country = "KWT"             # a party's code; optional
    rank = "minister"           # a code of the codebook; optional
    latin = "Sami Al-Nahri"     # optional
    also = ["...", "..."]       # how else papers write the name; optional

What they tell goes before what the text and the shipped tables say of the name. A run takes them in as part of the
version of its rules, so that a change is seen by the next run, which reads all articles anew.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from filelock import FileLock

from extract.errors import LexiconError, StoreError
from extract.fold import fold_word
from extract.lexicon import tables
from extract.models import RANKS

FOLDER = "lexicons"
OWN_FILE = "persons.toml"
MOST_LETTERS = 100
_LOCK = "lexicons.lock"
_MOST_SPELLINGS = 10
_HEADER = "# Written by Rawabit; may be edited by hand. What each line means: extract/user_lexicon.py.\n"
_ARABIC_WORDS = re.compile(
    r"[\u0621-\u064a\u064b-\u0652\u0670 \-]*[\u0621-\u064a][\u0621-\u064a\u064b-\u0652\u0670 \-]*"
)
_LATIN_NAME = re.compile(r"[A-Za-z\u00c0-\u024f \-.'\u2019\u02bf\u02be]*")
_BLANKS = re.compile(r"[\s_\-]+")


@dataclass(frozen=True, slots=True)
class UserPerson:
    """One person: the name, and what of country, rank, Latin spelling and other spellings is known."""

    name: str
    country: str | None = None
    rank: str | None = None
    latin: str | None = None
    also: tuple[str, ...] = ()


Persons = tuple[UserPerson, ...]
F = TypeVar("F", bound=Callable[..., Any])

_active: Persons = ()
_followers: list[Any] = []


def follow(cached: F) -> F:
    """Mark a cached function as one whose values depend on these people: its cache is emptied when they change."""
    _followers.append(cached)
    return cached


def use_persons(persons: Persons) -> None:
    """Have this process read articles with these people, and no others, known."""
    global _active  # noqa: PLW0603 - tables that are built once a process are made from it
    if persons != _active:
        _active = persons
        for cached in (_by_spelling, *_followers):
            cached.cache_clear()


def active_persons() -> Persons:
    """The people that this process reads articles with."""
    return _active


def find_person(name: str) -> UserPerson | None:
    """The person of this name, in any spelling that was told; None for all others."""
    return _by_spelling().get(_key(name)) if _active else None


@cache
def _by_spelling() -> Mapping[str, UserPerson]:
    return {_key(form): person for person in _active for form in (person.name, *person.also)}


def _key(name: str) -> str:
    return " ".join(part for part in _BLANKS.split(fold_word(name)) if part)


def read_persons(store_dir: Path) -> Persons:
    """The people of a store, by file and line; of two of one name the later counts.

    Raises LexiconError, which names the file, where one cannot be read or has what the codebook does not know.
    """
    found: dict[str, UserPerson] = {}
    for path in sorted((store_dir / FOLDER).glob("*.toml")):
        for person in _read_file(path):
            found.pop(_key(person.name), None)
            found[_key(person.name)] = person
    return tuple(found.values())


def add_person(store_dir: Path, person: UserPerson) -> UserPerson:
    """Keep a person in the store, in the place of one of the same name, and return him as he is kept.

    Raises LexiconError in plain words where there is something wrong with him, StoreError where it cannot be written.
    """
    checked = check_person(person)
    path = store_dir / FOLDER / OWN_FILE

    def change() -> None:
        kept = [one for one in _read_file(path) if _key(one.name) != _key(checked.name)]
        _write_file(path, (*kept, checked))

    _with_lock(store_dir, change)
    return checked


def remove_person(store_dir: Path, name: str) -> bool:
    """Take the person of this name out of the store's files; False where there is none."""
    removed = []

    def change() -> None:
        for path in sorted((store_dir / FOLDER).glob("*.toml")):
            persons = _read_file(path)
            kept = [one for one in persons if _key(one.name) != _key(name)]
            if len(kept) < len(persons):
                _write_file(path, kept)
                removed.append(path)

    if (store_dir / FOLDER).is_dir():
        _with_lock(store_dir, change)
    return bool(removed)


def check_person(person: UserPerson) -> UserPerson:
    """The person with blanks made plain; raises LexiconError where a name is no Arabic name or a code is not known."""
    name = _clean(person.name)
    also = tuple(dict.fromkeys(_clean(form) for form in person.also if form.strip()))
    for form in (name, *also):
        if not _ARABIC_WORDS.fullmatch(form) or len(_key(form)) < 2:
            raise LexiconError(f"{form or 'an empty text'} is not a name in Arabic letters")
    if len(also) > _MOST_SPELLINGS:
        raise LexiconError(f"{name} has more than {_MOST_SPELLINGS} other spellings")
    if person.country is not None and person.country not in _party_codes():
        raise LexiconError(f"there is no country or organisation with the code {person.country}")
    if person.rank is not None and person.rank not in RANKS:
        raise LexiconError(f"there is no rank {person.rank}: the ranks are {', '.join(RANKS)}")
    latin = _clean(person.latin or "") or None
    if latin and not _LATIN_NAME.fullmatch(latin):
        raise LexiconError(f"{latin} is not a name in Latin letters")
    if not (person.country or person.rank or latin or also):
        raise LexiconError(f"{name}: say a country, a rank, a Latin spelling or another spelling")
    return replace(person, name=name, also=also, latin=latin)


def _clean(text: str) -> str:
    """Text on one line; raises LexiconError for letters that nobody can see, or for more than a name has."""
    line = " ".join(text.split())
    if len(line) > MOST_LETTERS:
        raise LexiconError(f"a name has at most {MOST_LETTERS} letters")
    if not line.isprintable():
        raise LexiconError("a name holds characters that cannot be shown")
    return line


@cache
def _party_codes() -> frozenset[str]:
    return frozenset((*tables("countries"), *tables("organisations")))


def _read_file(path: Path) -> list[UserPerson]:
    if not path.exists():
        return []
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        return [check_person(_person_from(entry)) for entry in table.get("persons", [])]
    except (OSError, ValueError, TypeError, AttributeError, LexiconError) as error:
        raise LexiconError(f"{path}: {error}") from error


def _person_from(entry: Mapping[str, Any]) -> UserPerson:
    known = {field.name for field in fields(UserPerson)}
    if unknown := sorted(set(entry) - known):
        raise LexiconError(f"a person has no {', '.join(unknown)}")
    also = tuple(entry.get("also", ()))
    texts = {key: value for key, value in entry.items() if key != "also"}
    if not all(isinstance(text, str) for text in (*texts.values(), *also)):
        raise LexiconError("what is said of a person is text in quotation marks")
    return UserPerson(**texts, also=also)


def _write_file(path: Path, persons: Sequence[UserPerson]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.new")
    beside.write_text(_HEADER + "".join(map(_entry_of, persons)), encoding="utf-8")
    beside.replace(path)


def _entry_of(person: UserPerson) -> str:
    # A JSON text without control characters is a TOML text as well.
    values = ((field.name, getattr(person, field.name)) for field in fields(UserPerson))
    lines = (f"{name} = {json.dumps(value, ensure_ascii=False)}\n" for name, value in values if value)
    return "\n[[persons]]\n" + "".join(lines)


def _with_lock(store_dir: Path, change: Callable[[], None]) -> None:
    try:
        store_dir.mkdir(parents=True, exist_ok=True)
        with FileLock(store_dir / _LOCK):
            change()
    except OSError as error:
        raise StoreError(f"the store {store_dir} cannot be written: {error.strerror}") from error


def words_of(persons: Iterable[UserPerson]) -> tuple[frozenset[str], frozenset[str]]:
    """The folded words of their names: those that begin one, and those that follow."""
    forms = [_key(form).split() for person in persons for form in (person.name, *person.also)]
    return frozenset(form[0] for form in forms), frozenset(word for form in forms for word in form[1:])
