"""How a record is cited, and how the register is: text to copy."""

from __future__ import annotations

from extract.models import Engagement, Source
from extract.provenance import read_meta
from pages.shared.view import View

# Among Arabic words the parts of a date would change places.
_KEEP_ORDER = "\N{LEFT-TO-RIGHT MARK}"


def write_citation(view: View, record: Engagement, source: Source) -> str:
    """One line: outlet, title, date and address of an article, then the record's id and the register's version."""
    words = view.words
    title = words("citation.title", title=source.title) if source.title else source.article_id
    published = f"{_KEEP_ORDER}{source.published.isoformat()}" if source.published else words("citation.no_date")
    parts = (source.outlet, title, published, source.url, words("citation.record", id=record.engagement_id))
    return words.comma.join(part for part in (*parts, write_version(view)) if part)


def write_version(view: View) -> str:
    """The register's version: when it was built."""
    built = read_meta(view.register).get("built_at")
    return view.words("citation.version", built=f"{_KEEP_ORDER}{built}") if built else view.words("citation.no_version")
