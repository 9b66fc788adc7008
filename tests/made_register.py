"""A register of made-up records that has one of everything that a page must cope with."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from extract.build import build_store
from extract.lexicon import labels
from extract.models import Article, Blank, Engagement, Evidence, Sector
from extract.store import REGISTER_FILE
from tests.factories import make_article, make_engagement, make_evidence

MUSCAT = make_article()
HOSTILE = make_article(
    article_id="hostile-1",
    title="<img src=x onerror=alert(1)>",
    text='قال <script>alert("x")</script> الوزير & =1+1 في الكويت.',
)

_UNDATED = {
    "date_start": None,
    "date_end": None,
    "date_precision": "unknown",
    "date_basis": "none",
    "date_words": None,
    "blanks": (Blank("date_start", "no_date_in_text"), Blank("date_end", "no_date_in_text")),
}


def _overlapping(article: Article) -> tuple[Evidence, ...]:
    """Evidence in which pieces hold, cross and repeat each other."""
    return (
        make_evidence("summary", "s", article.text, article),
        make_evidence("officials", "بدر البوسعيدي", "وزير الخارجية العماني بدر البوسعيدي", article),
        make_evidence("parties", "OMN", "العماني بدر", article),
        make_evidence("venue_city", "مسقط", "مسقط", article),
        make_evidence("venue_country", "OMN", "مسقط", article),
    )


RECORDS: tuple[Engagement, ...] = (
    make_engagement(engagement_id="day", evidence=_overlapping(MUSCAT)),
    make_engagement(
        engagement_id="year",
        type="visit",
        status="planned",
        role="background",
        parties=("KWT", "PAK"),
        date_start=date(2025, 1, 1),
        date_end=date(2025, 12, 31),
        date_precision="year",
        date_basis="inferred",
        sectors=(Sector("oil_gas", is_core=True), Sector("ports", is_core=True)),
        officials=(),
        projects=(),
        amounts=(),
    ),
    make_engagement(
        engagement_id="month",
        type="agreement",
        status="cancelled",
        parties=("KWT", "ARAB_LEAGUE"),
        date_start=date(2023, 9, 1),
        date_end=date(2023, 9, 30),
        date_precision="month",
        venue_country=None,
        venue_city=None,
        venue_city_en=None,
        sectors=(),
    ),
    make_engagement(HOSTILE, engagement_id="undated", evidence=(), summary="=1+1", **_UNDATED),
)


def make_store(store_dir: Path, records: tuple[Engagement, ...] = RECORDS) -> Path:
    """Build a register of the records in `store_dir`, in the place of any other, and give the folder back."""
    store_dir.mkdir(parents=True, exist_ok=True)
    fresh = store_dir / "fresh.duckdb"
    build_store(fresh, articles=[MUSCAT, HOSTILE], engagements=records, labels=labels())
    fresh.replace(store_dir / REGISTER_FILE)
    return store_dir
