"""A web page to an article: trafilatura finds the main text; the date is only ever the page's own statement of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import trafilatura
from trafilatura.settings import Document

from extract.errors import InputError
from extract.models import Article
from extract.read.fields import article_from, parse_published

# Where pages state their day of publication, the plainest first; names are compared in small letters.
_DATE_NAMES = (
    "article:published_time", "og:article:published_time", "datepublished", "dc.date.issued", "dcterms.issued",
    "dc.date", "pubdate", "publishdate", "publish-date", "parsely-pub-date", "sailthru.date", "date",
)  # fmt: skip


def article_from_html(page: str, path: str, *, default_id: str) -> Article:
    """The article of a web page; raises InputError (`missing_text`) where no main text is found.

    trafilatura's own date is not taken: where the metadata are silent it settles for any date in the page, such as a
    masthead's day of fetching or a footer's year.
    """
    tree = trafilatura.load_html(page)
    published = None if tree is None else next((day for day in map(parse_published, _stated_dates(tree)) if day), None)
    found = trafilatura.bare_extraction(page, with_metadata=True, include_comments=False, include_images=False)
    if not isinstance(found, Document) or not found.text:
        raise InputError(path, "missing_text", "no article was found in the page")
    fields = {
        "text": found.text,
        "title": found.title,
        "published": published,
        "url": found.url,
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
