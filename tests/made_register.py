"""Registers of made-up records: one that has one of everything that a page must cope with, and a large one."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

from extract.build import build_store
from extract.history import keep_history
from extract.lexicon import labels
from extract.models import Amount, Article, Blank, Disagreement, Engagement, Evidence, Outcome, Project, Sector
from extract.store import REGISTER_FILE
from tests.factories import make_article, make_engagement, make_evidence, make_official, make_source

MUSCAT = make_article()
HOSTILE = make_article(
    article_id="hostile-1",
    title="<img src=x onerror=alert(1)>",
    text='قال <script>alert("x")</script> الوزير & =1+1 في الكويت.',
)

# A register in the place of another is of a run a second later.
BUILT_AT = "2026-11-21T10:20:00+00:00"

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
    build_store(fresh, articles=[MUSCAT, HOSTILE], engagements=records, labels=labels(), meta={"built_at": BUILT_AT})
    keep_history(fresh, store_dir / REGISTER_FILE)
    fresh.replace(store_dir / REGISTER_FILE)
    return store_dir


# Of a large made register: its records, the parties that meet Kuwait, and the first of the days on which they do.
MANY = 360
PARTNERS = ("SAU", "OMN", "PAK", "CHN", "RUS", "EGY", "USA", "FRA", "JPN", "ARAB_LEAGUE")
FIRST_DAY = date(2022, 1, 5)

_TYPES = ("meeting", "visit", "agreement", "call", "summit", "message", "aid")
_STATUSES = ("held", "held", "planned", "held", "cancelled")
_SECTORS = ("ports", "renewables", "oil_gas", "trade", "defence", "health")
_RANKS = ("foreign_minister", "head_of_state", "minister", "ambassador")
_NAMES = ("سالم", "راشد", "نوال", "هند", "طارق", "ليلى", "جابر", "مريم")
_LATIN = ("Salem", "Rashed", "Nawal", "Hind", "Tareq", "Layla", "Jaber", "Maryam")


def make_many(count: int = MANY) -> tuple[list[Article], list[Engagement]]:
    """Articles and their records, the same on every run: of all types, sectors, statuses, precisions and ranks.

    Every third record is of two partners and not of Kuwait; of each eleven one has no date, and of each thirteen one a
    year alone. Every fourth is told by two articles, which differ on its status. Half of what is planned is held.
    """
    articles, records = [], []
    for at in range(count):
        own = [_make_article(at, 0), *([_make_article(at, 1)] if at % 4 == 0 else [])]
        articles += own
        records.append(_make_record(at, own))
    return articles, records


def make_many_store(store_dir: Path) -> Path:
    """Build the register of `make_many` in `store_dir`, and give the folder back."""
    store_dir.mkdir(parents=True, exist_ok=True)
    articles, records = make_many()
    build_store(store_dir / REGISTER_FILE, articles=articles, engagements=records, labels=labels())
    return store_dir


def _make_article(at: int, copy: int) -> Article:
    name = _NAMES[at % len(_NAMES)]
    return make_article(
        article_id=f"made-{at:04}-{copy}",
        title=f"خبر {at} من مصدر {copy + 1}",
        text=f"استقبل الوزير {name} الضيف في الكويت، وبحثا مشروع رصيف {at % 5} بقيمة {at + 1} مليون دولار.",
        published=FIRST_DAY + timedelta(days=4 * at),
        url=f"https://news{copy}.example/{at}",
        outlet=f"news{copy}.example",
    )


def _make_record(at: int, articles: list[Article]) -> Engagement:
    status = _STATUSES[at % len(_STATUSES)]
    # What the next record tells was planned here.
    told = at + 1 if status == "planned" and at % 2 else at
    day = FIRST_DAY + timedelta(days=4 * told)
    partner = (3 * told + told // len(PARTNERS)) % len(PARTNERS)
    parties = ("KWT" if told % 3 else PARTNERS[(partner + 1 + told % 4) % len(PARTNERS)], PARTNERS[partner])
    when: dict[str, Any] = {"date_start": day, "date_end": day, "date_precision": "day", "date_words": None}
    if at % 11 == 5:
        when = dict(_UNDATED)
    elif at % 13 == 4:
        when |= {"date_start": day.replace(month=1, day=1), "date_end": day.replace(month=12, day=31)}
        when |= {"date_precision": "year", "date_basis": "inferred"}
    article, name = articles[0], _NAMES[at % len(_NAMES)]
    officials = (
        make_official(
            name=name,
            name_canonical=f"{name} بن {parties[0].lower()}",
            name_latin=f"{_LATIN[at % len(_LATIN)]} of {parties[0]}",
            title="الوزير",
            rank=_RANKS[at % len(_RANKS)],
            country=parties[0],
        ),
        make_official(
            name="الضيف",
            name_canonical=f"ضيف {at % 7}",
            name_latin=f"Guest {at % 7}",
            title=None,
            rank=_RANKS[(at // 2) % len(_RANKS)],
            country=parties[-1],
        ),
    )
    return make_engagement(
        article,
        engagement_id=f"made{at:04}",
        role="main" if at % 5 else "background",
        type=_TYPES[at % len(_TYPES)],
        status=status,
        parties=parties,
        officials=officials,
        sectors=tuple(
            Sector(_SECTORS[(5 * at + at // 6 + step) % len(_SECTORS)], is_core=step == 0) for step in range(1 + at % 2)
        ),
        projects=(Project(f"مشروع رصيف {at % 5}", "ports", "KWT"),) if at % 7 in (0, 3) else (),
        amounts=(Amount(float(at + 1) * 1_000_000, "USD", "project", None),) if at % 4 == 1 else (),
        outcomes=(Outcome("agreement", "وبحثا"),) if at % 4 == 2 else (),
        summary=f"استقبل الوزير {name} الضيف في الكويت.",
        summary_en=f"Record {at} of the made register.",
        evidence=(
            make_evidence("officials", officials[0].name_canonical, f"الوزير {name}", article),
            make_evidence("venue_country", "KWT", "الكويت", article),
            make_evidence("summary", "s", f"استقبل الوزير {name} الضيف في الكويت", article),
        ),
        venue_country="KWT",
        confidence=0.5 + (at % 50) / 100,
        disagreements=(Disagreement("status", "planned", articles[1].article_id),) if len(articles) > 1 else (),
        sources=tuple(map(make_source, articles)),
        **when,
    )
