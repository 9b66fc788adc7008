"""Holds every record to its article: a quote that is not there, word for word at its place, refuses the record."""

from __future__ import annotations

from extract.annotate import Annotated
from extract.errors import EvidenceError
from extract.models import Article, Engagement, Evidence


def quote(doc: Annotated, field: str, value: str, at: tuple[int, int], rule: str) -> Evidence:
    """Return the evidence for one value: the source words at a range of folded offsets."""
    start, end = doc.folded.span(*at)
    return Evidence(field, value, doc.article.article_id, start, end, doc.article.text[start:end], rule)


def check_evidence(engagement: Engagement, article: Article) -> None:
    """Raise `EvidenceError` unless every quote of `article` in the record stands at its offsets."""
    for item in engagement.evidence:
        if item.article_id == article.article_id and article.text[item.start : item.end] != item.quote:
            raise EvidenceError(
                f"{article.article_id}: {item.field} quotes {item.quote!r}, the text has {article.text[item.start : item.end]!r}"
            )
        if not item.quote:
            raise EvidenceError(f"{article.article_id}: {item.field} quotes nothing")
