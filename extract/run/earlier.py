"""What a register has already, to be kept while more is added to it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from extract.models import Article, Refusal
from extract.read import Located
from extract.run.parts import read_at_night
from extract.store import REGISTER_FILE, open_store

_AT_A_TIME = 256
_ARTICLES = "select article_id, text, title, published, url, outlet from article"


@dataclass(frozen=True, slots=True)
class Earlier:
    """A register's articles and refusals, read as they are asked for, and what its run only counted.

    `counted` articles gave no record: their texts are not kept, and only a run of the inputs reads them anew. `dropped`
    are those of them that a first look dropped, by reason; `known` is how many articles `found` gives.
    """

    found: Iterator[Located] = field(default_factory=lambda: iter(()))
    known: int = 0
    counted: int = 0
    dropped: Mapping[str, int] = field(default_factory=dict)


def read_earlier(store_dir: Path) -> Earlier:
    """What the register of a store has; nothing where there is no register. Raises StoreError where it cannot be read."""
    if not (store_dir / REGISTER_FILE).exists():
        return Earlier()
    with open_store(store_dir) as connection:
        meta = dict(connection.execute("select key, value from meta").fetchall())
        (known,) = connection.execute("select count(*) from article").fetchone() or (0,)
    counted = max(int(meta.get("articles", known)) - known, 0)
    return Earlier(_read_found(store_dir), known, counted, json.loads(meta.get("dropped", "{}")))


def _read_found(store_dir: Path) -> Iterator[Located]:
    at_night = read_at_night(store_dir)
    with open_store(store_dir) as connection:
        for path, reason, detail in connection.execute("select path, reason, detail from refusal").fetchall():
            yield path, Refusal(path, reason, detail)
        rows = connection.execute(_ARTICLES)
        while some := rows.fetchmany(_AT_A_TIME):
            for values in some:
                yield values[0], replace(Article(*values), published_at_night=values[0] in at_night)
