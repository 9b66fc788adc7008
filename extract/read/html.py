"""A web page to an article: trafilatura finds the main text; the date is only ever the page's own statement of it."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator
from typing import IO, Any

import trafilatura
from trafilatura.settings import Document

from extract.errors import InputError
from extract.models import Article
from extract.read.decode import decode
from extract.read.fields import article_from, parse_published, read_whole, stem_of

# What an extraction lacks is told by a refusal; without a handler each would be a line on standard error too.
logging.getLogger("trafilatura").addHandler(logging.NullHandler())

# Where a page says its own encoding.
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset=[\"']?([\w-]+)", re.I)
_HEAD_BYTES = 4096
# Where pages state their day of publication, the plainest first; names are compared in small letters.
_DATE_NAMES = (
    "article:published_time", "og:article:published_time", "datepublished", "dc.date.issued", "dcterms.issued",
    "dc.date", "pubdate", "publishdate", "publish-date", "parsely-pub-date", "sailthru.date", "date",
)  # fmt: skip


def read_html(file: IO[bytes], path: str) -> Iterator[Article]:
    """A web page: its main text, and the title, date and site that its own metadata give."""
    yield article_from_html(read_whole(file, path), path, default_id=stem_of(path))


def article_from_html(
    data: bytes, path: str, *, default_id: str, url: str | None = None, charset: str | None = None
) -> Article:
    """The article of a web page; `url` and `charset` are what the server said, where the page was kept with that.

    Raises InputError: `missing_text` where no main text is found, `bad_page` where the page breaks the extractor, and
    those of `decode`. trafilatura's own date is not taken: where the metadata are silent it settles for any date in the
    page, such as a masthead's day of fetching or a footer's year.
    """
    declared = _CHARSET.search(data[:_HEAD_BYTES])
    page = decode(data, path, declared=declared[1].decode() if declared else charset)
    try:
        tree = trafilatura.load_html(page)
        published = (
            None if tree is None else next((day for day in map(parse_published, _stated_dates(tree)) if day), None)
        )
        found = trafilatura.bare_extraction(page, with_metadata=True, include_comments=False, include_images=False)
    except Exception as error:  # pages of the open web break parsers in more ways than can be named
        raise InputError(path, "bad_page", "the page is too broken to find an article in it") from error
    if not isinstance(found, Document) or not found.text:
        raise InputError(path, "missing_text", "no article was found in the page")
    fields = {
        "text": found.text,
        "title": found.title,
        "published": published,
        "url": found.url or url,
        "source": found.sitename or found.hostname,
    }
    return article_from(fields, path, default_id=default_id)


def _stated_dates(tree: Any) -> Iterator[str]:
    stated: dict[str, str] = {}
    for element in tree.iter("meta", "time"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or ""
        value = element.get("content") or element.get("datetime") or ""
        stated.setdefault(name.lower(), value)
    for name in _DATE_NAMES:
        if name in stated:
            yield stated[name]
    for script in tree.iter("script"):
        if script.get("type") == "application/ld+json":
            yield from _dates_in_json(script.text or "")


def _dates_in_json(text: str) -> Iterator[str]:
    try:
        nodes: list[Any] = [json.loads(text)]
    except (ValueError, RecursionError):
        return
    while nodes:
        match nodes.pop():
            case dict() as node:
                if isinstance(node.get("datePublished"), str):
                    yield node["datePublished"]
                nodes.extend(node.values())
            case list() as items:
                nodes.extend(items)
