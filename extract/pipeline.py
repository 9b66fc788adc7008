"""The stages in order, for one article: text in, records out, and what each stage saw for whoever asks why."""

from __future__ import annotations

from dataclasses import dataclass, replace

from extract.amounts import find_amounts
from extract.annotate import Annotated, annotate
from extract.attendance import find_attending
from extract.dates import find_dates, find_publication_date
from extract.engagements import Draft, Headline, gather
from extract.events import EventMention, find_events, find_triggers
from extract.evidence import check_evidence
from extract.facts import infer_reference_year
from extract.models import Article, Engagement
from extract.nationality import find_home, settle_countries
from extract.officials import find_officials
from extract.outcomes import find_outcomes
from extract.people import resolve_people
from extract.projects import find_projects
from extract.records import Findings, build_records, scopes_of
from extract.subjects import find_sector_mentions
from extract.venues import receiving_words

HEADLINE_LINES = 6  # a page may print a date or a section above its title
MIN_HEADLINE_LETTERS = 20  # more than a masthead's weekday and month
MAX_HEADLINE = 160


@dataclass(frozen=True, slots=True)
class Extraction:
    """One article and its engagements; the rest is what the stages saw, for `explain`."""

    article: Article
    engagements: tuple[Engagement, ...]
    doc: Annotated
    findings: Findings
    events: tuple[EventMention, ...]
    drafts: tuple[Draft, ...]


def extract_article(article: Article) -> Extraction:
    """Read the engagements of one article; `EvidenceError` if a record does not match the text."""
    doc = annotate(article)
    publication = find_publication_date(article, doc.folded)
    reference = infer_reference_year(doc.folded) if publication.date is None else None
    dates = find_dates(doc.folded, publication.date, reference)
    people = settle_countries(doc, resolve_people(doc, find_officials(doc)))
    events = find_events(doc, people)
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
    for draft, scope in zip(drafts, scopes_of(doc, drafts), strict=True):
        draft.attending = find_attending(doc, draft, people, scope)
    engagements = build_records(doc, drafts, findings)
    for engagement in engagements:
        check_evidence(engagement, article)
    return Extraction(article, engagements, doc, findings, events, tuple(drafts))


def read_headline(doc: Annotated) -> Headline:
    """Return what the title alone says; where the feed gives none, the text's first line without a full stop is taken."""
    title = doc.article.title or _first_line(doc)
    if not title:
        return Headline((), (), receives=False)
    first = annotate(replace(doc.article, text=title))
    people = resolve_people(first, find_officials(first))
    triggers = [t for t in find_triggers(first) if t.kind != "event_weak"]
    types = dict.fromkeys(e.type for e in find_events(first, people) if e.trigger.kind != "event_weak")
    receives = any(t.phrase.text in receiving_words() for t in triggers)
    parties = dict.fromkeys([p.code for p in first.places] + [p.country for p in people if p.country])
    return Headline(tuple(types), tuple(parties), receives)


def _first_line(doc: Annotated) -> str:
    """Return the first line that has words beside a date and does not end as a sentence does."""
    for line in doc.article.text.splitlines()[:HEADLINE_LINES]:
        if sum(c.isalpha() for c in line) > MIN_HEADLINE_LETTERS:
            return "" if line.rstrip().endswith(".") or len(line) > MAX_HEADLINE else line
    return ""
