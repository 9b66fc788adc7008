"""Small records with good defaults, and hypothesis strategies for any record that the store must hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from hypothesis import strategies as st

from extract import models
from extract.imprint import take_imprint
from extract.merge import Sketch, sketch_articles
from extract.models import (
    Amount,
    Article,
    Blank,
    Engagement,
    Evidence,
    Label,
    Official,
    Outcome,
    Project,
    Sector,
    Source,
)

TEXT = "استقبل وزير الخارجية العماني بدر البوسعيدي نظيره الكويتي في مسقط يوم 6 مايو 2024 وبحثا التعاون في الموانئ."


def make_article(**changes: Any) -> Article:
    """An article in which two ministers meet in Muscat."""
    fields: dict[str, Any] = {
        "article_id": "muscat-1",
        "text": TEXT,
        "title": "لقاء عماني كويتي في مسقط",
        "published": date(2024, 5, 7),
        "url": "https://news.example/muscat-1",
        "outlet": "news.example",
    }
    return Article(**(fields | changes))


def make_source(article: Article | None = None) -> Source:
    """The article as a record's source."""
    article = article or make_article()
    return Source(article.article_id, article.title, article.outlet, article.url, article.published)


def make_official(**changes: Any) -> Official:
    """The Omani foreign minister."""
    fields: dict[str, Any] = {
        "name": "بدر البوسعيدي",
        "name_canonical": "بدر البوسعيدي",
        "name_latin": "Badr Al Busaidi",
        "title": "وزير الخارجية العماني",
        "rank": "foreign_minister",
        "country": "OMN",
        "institution": None,
    }
    return Official(**(fields | changes))


def make_evidence(field: str, value: str, quote: str, article: Article | None = None) -> Evidence:
    """Evidence for a value at the first place of the quote in the article."""
    article = article or make_article()
    start = article.text.index(quote)
    return Evidence(field, value, article.article_id, start, start + len(quote), quote, f"{field}_rule")


def make_engagement(article: Article | None = None, **changes: Any) -> Engagement:
    """The meeting that `make_article` tells, with one item in most of its lists."""
    article = article or make_article()
    fields: dict[str, Any] = {
        "engagement_id": f"e-{article.article_id}",
        "role": "main",
        "type": "meeting",
        "status": "held",
        "parties": ("OMN", "KWT"),
        "date_start": date(2024, 5, 6),
        "date_end": date(2024, 5, 6),
        "date_precision": "day",
        "date_basis": "explicit",
        "date_words": "يوم 6 مايو 2024",
        "venue_country": "OMN",
        "venue_city": "مسقط",
        "venue_city_en": "Muscat",
        "officials": (make_official(),),
        "sectors": (Sector("ports", is_core=True), Sector("trade", is_core=False)),
        "projects": (Project("ميناء الدقم", "ports", "OMN"),),
        "amounts": (Amount(790_000_000.0, "USD", "trade volume", 12.5),),
        "outcomes": (Outcome("commitment", "وبحثا التعاون في الموانئ"),),
        "summary": "استقبل وزير الخارجية العماني نظيره الكويتي.",
        "summary_en": "Oman and Kuwait met in Muscat on 6 May 2024.",
        "evidence": (make_evidence("parties", "OMN", "العماني", article),) if "العماني" in article.text else (),
        "blanks": (Blank("institution", "not_in_text"),),
        "confidence": 0.9,
        "field_confidence": (("parties", 0.95), ("date_start", 0.8)),
        "sources": (make_source(article),),
    }
    return Engagement(**(fields | changes))


LABELS: tuple[Label, ...] = (
    Label("type", "meeting", "لقاء", "Meeting"),
    Label("type", "visit", "زيارة", "Visit"),
    Label("type", "agreement", "اتفاقية", "Agreement"),
    Label("status", "held", "عُقد", "Held"),
    Label("role", "main", "رئيسي", "Main"),
    Label("sector_group", "infrastructure", "البنية التحتية", "Infrastructure"),
    Label("sector", "ports", "الموانئ", "Ports", "infrastructure"),
    Label("sector", "oil_gas", "النفط والغاز", "Oil and gas", "energy"),
    Label("party", "KWT", "الكويت", "Kuwait"),
    Label("party", "OMN", "عُمان", "Oman"),
    Label("party", "PAK", "باكستان", "Pakistan"),
    Label("rank", "foreign_minister", "وزير خارجية", "Foreign minister"),
)

# Any text that UTF-8 can hold; a store may be handed every one of them but NUL, which `read` refuses.
texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)
ids = st.text("abcdefghijklmnopqrstuvwxyz0123456789-", min_size=1, max_size=8)
codes = st.sampled_from(["KWT", "OMN", "PAK", "UN"])
shares = st.floats(0, 1)
numbers = st.floats(allow_nan=False, allow_infinity=False)
dates = st.dates(date(1, 1, 1), date(9999, 12, 31))


def sketch_reports(reports: Iterable[tuple[Article, Sequence[Engagement]]]) -> Iterator[Sketch]:
    """What records are merged by, from their articles, as a run makes it in two places."""
    return sketch_articles((take_imprint(article), own) for article, own in reports)


def tuples_of(items: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(items, max_size=3).map(tuple)


articles = st.builds(
    Article,
    article_id=ids,
    text=texts,
    title=texts,
    published=st.none() | dates,
    url=st.none() | texts,
    outlet=st.none() | texts,
)

_evidence = st.builds(
    Evidence,
    field=texts,
    value=texts,
    article_id=ids,
    start=st.integers(0, 2**31 - 1),
    end=st.integers(0, 2**31 - 1),
    quote=texts,
    rule=texts,
)


def engagements_of(sources: tuple[Source, ...]) -> st.SearchStrategy[Engagement]:
    """Any engagement that these sources report."""
    return st.builds(
        Engagement,
        engagement_id=ids,
        role=st.sampled_from(models.ROLES),
        type=st.sampled_from(models.TYPES),
        status=st.sampled_from(models.STATUSES),
        parties=tuples_of(codes),
        date_start=st.none() | dates,
        date_end=st.none() | dates,
        date_precision=st.sampled_from(models.PRECISIONS),
        date_basis=st.sampled_from(models.BASES),
        date_words=st.none() | texts,
        venue_country=st.none() | codes,
        venue_city=st.none() | texts,
        venue_city_en=st.none() | texts,
        officials=tuples_of(
            st.builds(Official, texts, texts, texts, st.none() | texts, texts, st.none() | codes, st.none() | texts)
        ),
        sectors=tuples_of(st.builds(Sector, texts, st.booleans())),
        projects=tuples_of(st.builds(Project, texts, st.none() | texts, st.none() | codes)),
        amounts=tuples_of(st.builds(Amount, numbers, texts, st.none() | texts, st.none() | numbers)),
        outcomes=tuples_of(st.builds(Outcome, texts, texts)),
        summary=texts,
        summary_en=texts,
        evidence=tuples_of(_evidence),
        blanks=tuples_of(st.builds(Blank, texts, texts)),
        confidence=shares,
        field_confidence=tuples_of(st.tuples(texts, shares)),
        sources=st.just(sources),
    )


@st.composite
def registers(draw: st.DrawFn) -> tuple[list[Article], list[Engagement]]:
    """Some articles, and some engagements that they report, ids unique."""
    found = draw(st.lists(articles, min_size=1, max_size=3, unique_by=lambda article: article.article_id))
    told: list[Engagement] = []
    for _ in range(draw(st.integers(0, 4))):
        reporting = draw(st.lists(st.sampled_from(found), min_size=1, unique=True))
        told.append(draw(engagements_of(tuple(make_source(article) for article in reporting))))
    return found, list({engagement.engagement_id: engagement for engagement in told}.values())
