"""The stages in order, for one article: text in, records out, and what each stage saw for whoever asks why."""

from __future__ import annotations

from dataclasses import dataclass

from extract.amounts import find_amounts
from extract.annotate import Annotated, annotate, look
from extract.attendance import find_attending, list_scopes
from extract.camel_models import CamelData, CamelModels, load_models
from extract.dates import find_dates, find_publication_date
from extract.drafts import Draft
from extract.engagements import gather, is_sport
from extract.events import EventMention, find_events
from extract.evidence import check_evidence
from extract.facts import infer_reference_year
from extract.first_look import find_why_not
from extract.headline import read_headline
from extract.models import Article, Engagement
from extract.nationality import find_home, settle_countries
from extract.officials import find_officials
from extract.outcomes import find_outcomes
from extract.people import Person, resolve_people
from extract.projects import find_projects
from extract.records import Findings, build_records
from extract.scopes import scopes_of
from extract.subjects import find_sector_mentions
from extract.teasers import body_of

MIN_PARTIES = 2


@dataclass(frozen=True, slots=True)
class Extraction:
    """One article and its engagements; the rest is what the stages saw, for `explain`."""

    article: Article
    engagements: tuple[Engagement, ...]
    doc: Annotated
    findings: Findings
    events: tuple[EventMention, ...]
    drafts: tuple[Draft, ...]


@dataclass(frozen=True, slots=True)
class Records:
    """The engagements of one article; `dropped` is the reason if a first look found that it can have none."""

    engagements: tuple[Engagement, ...]
    dropped: str | None = None


def extract_with_models(article: Article, data: CamelData) -> Extraction:
    """Read the engagements of one article while CAMeL Tools' models vote, loaded by the first call of a process."""
    return extract_article(article, load_models(data))


def extract_records_with_models(article: Article, data: CamelData) -> Records:
    """Do as `extract_records` while CAMeL Tools' models vote, loaded by the first call of a process."""
    return extract_records(article, load_models(data))


def extract_records(article: Article, camel: CamelModels | None = None) -> Records:
    """Read the engagements of one article, as `extract_article` does, and stop as soon as it is sure that there are none."""
    body = body_of(article)
    seen = look(body)
    if (why_not := find_why_not(body, seen)) is not None:
        return Records((), why_not)
    doc = annotate(body, camel, seen)
    if is_sport(doc):
        return Records((), "sport")
    people = _find_people(doc)
    events = find_events(doc, people)
    # A clause may take parties from the headline or from an earlier record, but the first record needs two of its own.
    if all(len({p.code for p in event.participants}) < MIN_PARTIES for event in events):
        return Records(())
    return Records(_read(article, doc, people, events).engagements)


def extract_article(article: Article, camel: CamelModels | None = None) -> Extraction:
    """Read the engagements of one article; `EvidenceError` if a record does not match the text."""
    doc = annotate(body_of(article), camel)
    people = _find_people(doc)
    return _read(article, doc, people, find_events(doc, people))


def _find_people(doc: Annotated) -> tuple[Person, ...]:
    return settle_countries(doc, resolve_people(doc, find_officials(doc)))


def _read(article: Article, doc: Annotated, people: tuple[Person, ...], events: tuple[EventMention, ...]) -> Extraction:
    publication = find_publication_date(article, doc.folded)
    reference = infer_reference_year(doc.folded) if publication.date is None else None
    dates = find_dates(doc.folded, publication.date, reference)
    findings = Findings(
        people=people,
        dates=dates,
        sectors=find_sector_mentions(doc.text, doc.hits, doc.sentences),
        projects=find_projects(doc.folded, doc.hits, doc.tokens, doc.sentences),
        amounts=find_amounts(doc.folded, find_home(article)),
        outcomes=find_outcomes(doc.folded, doc.sentences, doc.hits),
        publication=publication,
    )
    drafts = gather(doc, events, dates, read_headline(doc), publication.date)
    for draft, scope in zip(drafts, list_scopes(drafts, scopes_of(doc, drafts)), strict=True):
        draft.attending = find_attending(doc, draft, people, scope)
    engagements = build_records(doc, drafts, findings)
    for engagement in engagements:
        check_evidence(engagement, article)
    return Extraction(article, engagements, doc, findings, events, tuple(drafts))
