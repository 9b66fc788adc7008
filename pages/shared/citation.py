"""How a record is cited, and how the register is: text to copy."""

from __future__ import annotations

from extract.models import Engagement, Source
from extract.provenance import read_meta
from pages.shared.view import View
from pages.shared.words import keep_direction, keep_order, write_web_address


def write_citation(view: View, record: Engagement, source: Source) -> str:
    """One line: outlet, title, date and address of an article, then the record's id and the register's version."""
    words = view.words
    parts = (
        keep_direction(source.outlet),
        words("citation.title", title=keep_direction(source.title))
        if source.title
        else keep_direction(source.article_id),
        keep_order(source.published.isoformat()) if source.published else words("citation.no_date"),
        write_web_address(source.url),
        words("citation.record", id=keep_order(record.engagement_id)),
        write_version(view),
    )
    return words.comma.join(part for part in parts if part)


def write_version(view: View) -> str:
    """The register's version: when it was built."""
    built = read_meta(view.register).get("built_at")
    return view.words("citation.version", built=keep_order(built)) if built else view.words("citation.no_version")
