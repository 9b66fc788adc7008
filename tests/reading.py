"""Reads a short text as the pipeline does, and shows what a case table compares: people, events, records."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from extract.annotate import annotate
from extract.event_dates import LEAD_SENTENCES
from extract.models import Article, Engagement
from extract.officials import find_officials
from extract.pipeline import Extraction, extract_article

SEEDS = Path(__file__).resolve().parent.parent / "seeds"
SEED_IDS = tuple(sorted(path.stem for path in SEEDS.glob("*.txt")))

# Fields that are worked out from others and so rest on no words of their own.
LISTS = ("officials", "projects", "amounts", "outcomes")


def read(text: str, **about: Any) -> Extraction:
    """What the pipeline makes of a text; `about` are other fields of the article (title, published, url, ...)."""
    return extract_article(Article("case", text, **about))


@cache
def read_seed(seed: str) -> Extraction:
    """What the pipeline makes of one seed article."""
    return extract_article(Article(seed, (SEEDS / f"{seed}.txt").read_bytes().decode("utf-8")))


def people_of(text: str, **about: Any) -> list[tuple[str, str | None, str | None]]:
    """Name, rank and country of everyone with an office in a text, in order of first mention."""
    found = read(text, **about)
    source = found.article.text
    return [
        (source[slice(*found.doc.folded.span(*person.name_at))], person.rank, person.country)
        for person in found.findings.people
        if person.rank is not None or person.is_spokesman
    ]


def mentions_of(text: str) -> list[tuple[str, str | None, str | None]]:
    """Name, rank and country of each mention of an official, as its own words give them; the name as the text has it."""
    doc = annotate(Article("case", text))
    return [(text[slice(*doc.folded.span(m.name_start, m.name_end))], m.rank, m.country) for m in find_officials(doc)]


def records_of(text: str, **about: Any) -> list[tuple[str, str, str, str]]:
    """Role, type, status and parties (sorted, joined by blanks) of every record of a text."""
    return [(e.role, e.type, e.status, " ".join(sorted(e.parties))) for e in read(text, **about).engagements]


def main_of(text: str, **about: Any) -> Engagement:
    """The one main record of a text."""
    (main,) = [e for e in read(text, **about).engagements if e.role == "main"]
    return main


def unproven(record: Engagement) -> list[str]:
    """The values of a record that no evidence bears, and the empty fields that no blank explains."""
    proven = {(item.field, item.value) for item in record.evidence}
    wanted = [("type", record.type), ("status", record.status), ("summary", "summary")]
    wanted += [("parties", code) for code in record.parties]
    wanted += [("date_start", str(record.date_start))] if record.date_start else []
    wanted += [("venue_country", record.venue_country)] if record.venue_country else []
    wanted += [("venue_city", record.venue_city)] if record.venue_city else []
    wanted += [("officials", official.name) for official in record.officials]
    wanted += [("officials.title", official.name) for official in record.officials if official.title]
    wanted += [("sectors" if s.is_core else "sectors_context", s.code) for s in record.sectors]
    wanted += [("amounts", f"{amount.value:g} {amount.unit}") for amount in record.amounts]
    wanted += [("outcomes", outcome.type) for outcome in record.outcomes]
    missing = [f"{field} {value}" for field, value in wanted if (field, value) not in proven]
    quoted = {item.quote for item in record.evidence}
    missing += [f"projects {p.name}" for p in record.projects if p.name not in quoted]
    missing += [f"outcome {o.quote}" for o in record.outcomes if o.quote not in quoted]
    empty = {field for field in LISTS if not getattr(record, field)}
    empty |= {field for field in ("date_start", "venue_country", "venue_city") if getattr(record, field) is None}
    empty |= set() if any(s.is_core for s in record.sectors) else {"sectors"}
    explained = {blank.field for blank in record.blanks}
    return (
        missing
        + [f"no reason for {f}" for f in sorted(empty - explained)]
        + [f"reason for {f}" for f in sorted(explained - empty)]
    )


def faults_of(found: Extraction) -> list[str]:
    """Every promise of the codebook that an extraction breaks; empty for a sound one."""
    faults: list[str] = []
    text = found.article.text
    for record in found.engagements:
        faults += unproven(record)
        faults += [f"quote of {e.field}" for e in record.evidence if not e.quote or text[e.start : e.end] != e.quote]
        if len(set(record.parties)) < 2 or len(set(record.parties)) != len(record.parties):
            faults.append(f"parties {record.parties}")
        faults += _faults_of_date(record.date_start, record.date_end, record.date_precision, record.date_basis)
        shares = (record.confidence, *(share for _, share in record.field_confidence))
        faults += [f"confidence {share}" for share in shares if not 0 <= share <= 1]
        if record.type == "call" and record.venue_country:
            faults.append("a call has a venue")
        if record.venue_city and not record.venue_country:
            faults.append("a city without a country")
        if record.summary not in text or not record.summary:
            faults.append("summary is not the text's")
        if [s.article_id for s in record.sources] != [found.article.article_id]:
            faults.append("sources")
    ids = [record.engagement_id for record in found.engagements]
    roles = [record.role for record in found.engagements]
    if len(set(ids)) < len(ids):
        faults.append("an id twice")
    if roles != sorted(roles, key=lambda role: role != "main"):
        faults.append("background before news")
    # What stands below the lead, and no headline names, is background alone.
    if roles and roles[0] != "main" and len(annotate(found.article).sentences) <= LEAD_SENTENCES:
        faults.append("no main record")
    return faults


def _faults_of_date(start: date | None, end: date | None, precision: str, basis: str) -> list[str]:
    if start is None or end is None:
        return [] if (start, end, precision, basis) == (None, None, "unknown", "none") else ["half a date"]
    whole = {
        "day": True,
        "month": start.day == 1,
        "year": (start.month, start.day, end.month, end.day) == (1, 1, 12, 31),
    }.get(precision, False)
    return [] if start <= end and whole and basis != "none" else [f"date {start} {end} {precision} {basis}"]
