"""What comes from a page: a pasted text, or uploaded files, which are read under names of our own making.

A file's own name only says its format and what a person is told; it is never part of a path.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

from extract.errors import InputError
from extract.models import Article, Refusal
from extract.read import read_located
from extract.read.fields import article_from
from extract.read.formats import ARCHIVE, READERS, find_reader, is_archive
from extract.read.source import COMPRESSIONS

# What one addition from a page may hold; more is for `python -m extract add`.
MOST_ARTICLES = 2_000
MOST_LETTERS = 20_000_000
MOST_PASTED = 200_000  # letters of one pasted text
FORMATS = (*READERS, ARCHIVE)
PACKED = tuple(COMPRESSIONS)
TOO_MANY = "too_many"
_LONGEST_ADDRESS = 2_000


def is_web_address(text: str) -> bool:
    """Whether a text is the address of a page: http or https, a host, and no blanks or letters that nobody sees."""
    try:
        parts = urlsplit(text)
        host = parts.hostname
    except ValueError:
        return False
    is_plain = len(text) <= _LONGEST_ADDRESS and text.isprintable() and not any(letter.isspace() for letter in text)
    return is_plain and parts.scheme in ("http", "https") and bool(host)


def pasted_article(fields: Mapping[str, object]) -> Article:
    """The article of a pasted text: `text`, `title`, `published` (a date), `url`, `source` (the outlet).

    Its id is a digest of the text: the same text pasted again is the same article. Raises InputError where the text is no
    article's.
    """
    text = str(fields.get("text") or "")
    if len(text) > MOST_PASTED:
        raise InputError("", "too_large", f"it has more than {MOST_PASTED} letters")
    digest = hashlib.blake2b(text.encode(errors="replace"), digest_size=8).hexdigest()
    article = article_from(fields, "", default_id=f"pasted-{digest}")
    return replace(article, outlet=str(fields.get("source") or "").strip() or article.outlet)


def own_name(name: str, content: bytes) -> str | None:
    """A name for an uploaded file by its content, with the endings of its own that a reader knows; None if none does."""
    stem, last = os.path.splitext(name.lower())
    if find_reader(f"x{last}") is not None or is_archive(f"x{last}"):
        endings = last
    elif last in COMPRESSIONS and find_reader(f"x{(inner := os.path.splitext(stem)[1])}{last}") is not None:
        endings = inner + last
    else:
        return None
    return f"upload-{hashlib.blake2b(content, digest_size=8).hexdigest()}{endings}"


def keep_uploads(folder: Path, files: Iterator[tuple[str, bytes]]) -> tuple[dict[str, str], list[Refusal]]:
    """Write files into a folder; returns what each is called by its person, by our name, and refusals of the rest."""
    names: dict[str, str] = {}
    refusals = []
    for name, content in files:
        own = own_name(name, content)
        if not content:
            refusals.append(Refusal(name, "empty", "the file is empty"))
        elif own is None:
            refusals.append(Refusal(name, "unsupported_format", "its ending is of no known format"))
        elif own not in names:
            (folder / own).write_bytes(content)
            names[own] = name
    return names, refusals


def read_uploads(folder: Path, names: Mapping[str, str]) -> Iterator[Article | Refusal]:
    """The articles of kept files, and a refusal for each part that is none, under the names that people know.

    Once there are more than MOST_ARTICLES, or they have more than MOST_LETTERS, a refusal (TOO_MANY) is the last.
    """
    articles = letters = 0
    for own, name in names.items():
        for path, item in read_located([str(folder / own)]):
            if isinstance(item, Refusal):
                yield _named(item, str(folder / own), name)
                continue
            articles += 1
            letters += len(item.text)
            if articles > MOST_ARTICLES or letters > MOST_LETTERS:
                yield Refusal(name, TOO_MANY, f"more than {MOST_ARTICLES} articles or {MOST_LETTERS} letters at once")
                return
            yield _with_own_id(item, own, path)


def _named(refusal: Refusal, path: str, name: str) -> Refusal:
    return Refusal(refusal.path.replace(path, name), refusal.reason, refusal.detail.replace(path, name))


def _with_own_id(article: Article, own: str, path: str) -> Article:
    """The article; if its id is only the name of its file in an archive ("1"), with an id that no other archive gives."""
    if not is_archive(own):
        return article
    member = os.path.basename(path)
    is_named_by_file = article.article_id.partition("#")[0] in {member, os.path.splitext(member)[0]}
    return replace(article, article_id=f"{own}/{article.article_id}") if is_named_by_file else article
