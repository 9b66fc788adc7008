"""Articles that analysts added to a store: JSON Lines in `STORE/added/`, which every later run of that store reads too.

A file is one addition. Its name is a digest of what is in it, never a name from outside, so that the same addition made
twice is one file.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import asdict, fields
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Any

from extract.models import Article, Refusal
from extract.read import Located

FOLDER = "added"
_ENDING = ".jsonl"
_FIELDS = frozenset(field.name for field in fields(Article))


def write_article(article: Article) -> str:
    """An article as a line of JSON, with all that is known of it."""
    return json.dumps(asdict(article), ensure_ascii=False, separators=(",", ":"), default=date.isoformat)


def read_article(line: str) -> Article:
    """The article of a line that `write_article` wrote, as it was; raises ValueError for any other line."""
    values = json.loads(line)
    if not isinstance(values, dict) or set(values) != _FIELDS or not _are_texts(values):
        raise ValueError("it is not an article as Rawabit writes one")
    published = values.pop("published")
    return Article(published=date.fromisoformat(published) if published else None, **values)


def _are_texts(values: dict[str, Any]) -> bool:
    required = (values[name] for name in ("article_id", "text", "title"))
    optional = (values[name] for name in ("published", "url", "outlet"))
    return (
        all(isinstance(value, str) for value in required)
        and all(value is None or isinstance(value, str) for value in optional)
        and isinstance(values["published_at_night"], bool)
    )


def write_added(store_dir: Path, articles: Iterable[Article]) -> tuple[Path, bool]:
    """Keep an addition in its place, whole, and return its file, and whether it was not there before."""
    folder = store_dir / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    beside = folder / f".{os.getpid()}"
    digest = hashlib.blake2b(digest_size=16)
    try:
        with beside.open("wb") as out:
            for article in articles:
                line = f"{write_article(article)}\n".encode(errors="replace")
                digest.update(line)
                out.write(line)
        path = folder / f"{digest.hexdigest()}{_ENDING}"
        is_new = not path.exists()
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
    return path, is_new


def read_added(path: Path) -> Iterator[Located]:
    """The articles of one addition, each with the place that it has in the store; a line that is none is refused."""
    with path.open(encoding="utf-8", errors="replace") as lines:
        for number, line in enumerate(lines, start=1):
            place = f"{FOLDER}/{path.name}#{number}"
            try:
                yield place, read_article(line)
            except (ValueError, RecursionError) as error:
                yield place, Refusal(place, "bad_json", str(error))


def with_added(store_dir: Path, found: Iterable[Located]) -> Iterator[Located]:
    """What was found, and after it all that was added; inputs without an article leave a register as it was, added or not."""
    has_article = False
    for path, item in found:
        has_article = has_article or isinstance(item, Article)
        yield path, item
    if has_article:
        yield from chain.from_iterable(map(read_added, sorted((store_dir / FOLDER).glob(f"*{_ENDING}"))))
