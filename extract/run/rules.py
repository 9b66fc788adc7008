"""The version of the rules: a digest of all that decides which records an article gives."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial
from importlib.metadata import version
from pathlib import Path
from typing import Any

from extract.user_lexicon import Persons, use_persons

_EXTRACT = Path(__file__).resolve().parent.parent
# What only carries articles to the rules and records away from them; all else counts, a new file too.
_CARRIERS = frozenset({
    "__main__", "analyst_commands", "build", "compare", "explain", "merge", "progress", "queries", "read", "reliability",
    "rows", "run", "score", "search", "store", "write", "write_table",
})  # fmt: skip
# Libraries whose tables decide letters, tokens, dates and Latin names.
_LIBRARIES = ("camel-tools", "pyahocorasick", "hijridate", "arabic-name-romanizer")


@dataclass(frozen=True, slots=True)
class Knowing:
    """An extraction that knows the people whom a store's analysts told of; can be sent to another process."""

    extract: Callable[..., Any]
    persons: Persons

    def __call__(self, *given: Any) -> Any:
        """Extract with these people known, and no others."""
        use_persons(self.persons)
        return self.extract(*given)


def version_of(extract: Callable[..., Any]) -> str:
    """The version under which the records of `extract` are kept: of its rules, and of what it is given beside an article."""
    given = ""
    if isinstance(extract, Knowing):
        given = repr(extract.persons) if extract.persons else ""
        extract = extract.extract
    while isinstance(extract, partial):
        given += repr((extract.args, sorted(extract.keywords.items())))
        extract = extract.func
    name = f"{extract.__module__}.{extract.__qualname__}"
    return hashlib.blake2b("\0".join((rules_version(), name, given)).encode(), digest_size=8).hexdigest()


@cache
def rules_version() -> str:
    """The version of the rules and lexicons of this installation, sixteen hexadecimal digits."""
    digest = hashlib.blake2b(digest_size=8)
    for path in sorted((*_EXTRACT.rglob("*.py"), *_EXTRACT.rglob("*.toml"))):
        inside = path.relative_to(_EXTRACT)
        if inside.parts[0].removesuffix(".py") not in _CARRIERS:
            content = path.read_bytes()
            digest.update(f"{inside.as_posix()}\0{len(content)}\0".encode())
            digest.update(content)
    for library in _LIBRARIES:
        digest.update(f"{library} {version(library)}\0".encode())
    return digest.hexdigest()
