"""The readable trace of one article: what each stage found, which rules fired, the records, and why fields are blank."""

from __future__ import annotations

from collections.abc import Iterator

from extract.drafts import Draft
from extract.events import EventMention
from extract.models import Engagement
from extract.people import Person
from extract.pipeline import Extraction

RULE_WIDTH = 34


def explain(extraction: Extraction) -> str:
    """Return the trace of one extraction as lines of text, in the order of the stages."""
    doc, found = extraction.doc, extraction.findings
    lines = [f"ARTICLE {extraction.article.article_id}: {len(doc.sentences)} sentences, {len(doc.tokens)} tokens"]
    published = found.publication
    lines += ["", "PUBLICATION DATE", f"  {published.date or 'unknown'} ({published.reason or published.how})"]
    if published.conflict:
        lines.append(f"  the stamp is contradicted by: {published.conflict}")
    lines += ["", f"PLACES ({len(doc.places)})", *_tally(extraction)]
    if doc.camel:
        lines += ["", f"SPLITS REFUSED ({len(doc.refused)})"]
        lines += [
            _row(_words(extraction, h.word_start, h.end), h.value, f"{h.kind}.refused.camel") for h in doc.refused
        ]
    lines += ["", f"PEOPLE ({len(found.people)})", *(_person(extraction, p) for p in found.people)]
    lines += ["", f"DATES ({len(found.dates)})"]
    for date in found.dates:
        value = f"{date.date_start}..{date.date_end}" if date.date_start else f"none: {date.reason}"
        lines.append(_row(_words(extraction, date.start, date.end), value, date.rule))
    for name, mentions in (("SECTORS", found.sectors), ("PROJECTS", found.projects), ("AMOUNTS", found.amounts)):
        lines += ["", f"{name} ({len(mentions)})"]
        for mention in mentions:
            value = getattr(mention, "code", None) or getattr(mention, "unit", None) or ""
            lines.append(_row(_words(extraction, mention.start, mention.end), str(value), mention.rule))
    lines += ["", f"EVENTS ({len(extraction.events)})", *(_event(extraction, e) for e in extraction.events)]
    lines += ["", f"RECORDS ({len(extraction.engagements)})"]
    for draft, engagement in zip(extraction.drafts, extraction.engagements, strict=True):
        lines += [*_record(draft, engagement), ""]
    if not extraction.engagements:
        lines.append("  none: no clause names an engagement between two parties")
    return "\n".join(lines).rstrip() + "\n"


def _words(extraction: Extraction, start: int, end: int) -> str:
    first, last = extraction.doc.folded.span(start, end)
    return " ".join(extraction.article.text[first:last].split())


def _row(words: str, value: str, rule: str) -> str:
    return f"  {rule:<{RULE_WIDTH}} {value:<26} {words}"


def _tally(extraction: Extraction) -> Iterator[str]:
    by_code: dict[str, list[str]] = {}
    for place in extraction.doc.places:
        words = _words(extraction, place.word_start, place.end)
        if words not in by_code.setdefault(place.code, []):
            by_code[place.code].append(words)
    for code, forms in by_code.items():
        yield f"  {code:<12} " + ", ".join(forms)


def _person(extraction: Extraction, person: Person) -> str:
    name = _words(extraction, *person.name_at)
    title = _words(extraction, *person.title_at) if person.title_at else "no title"
    spoke = ", only spoke" if person.is_spokesman else ""
    return _row(
        f"{name} [{title}]", f"{person.rank or 'no rank'}, {person.country or 'no country'}{spoke}", person.rule
    )


def _event(extraction: Extraction, event: EventMention) -> str:
    parties = " ".join(f"{p.code}:{p.role}" for p in event.participants if p.is_strong) or "no party proven"
    pair = " +the two sides" if event.refers_to_pair else ""
    rule = f"event.{event.type}.{event.trigger.kind.removeprefix('event_')}"
    words = _words(extraction, event.trigger.word_start, event.trigger.end)
    return _row(words, f"sentence {event.sentence}, {event.status}", rule) + f" | {parties}{pair}"


def _record(draft: Draft, record: Engagement) -> Iterator[str]:
    yield f"  {record.engagement_id}  {record.role} {record.type}, {record.status}: {' - '.join(record.parties)}"
    yield f"    {record.summary_en}"
    yield f"    told in sentences {', '.join(map(str, draft.sentences))}; confidence {record.confidence}"
    for item in record.evidence:
        quote = " ".join(item.quote.split())
        yield f"    {item.field:<18} {item.value:<22.40} {item.rule:<28} [{item.start}:{item.end}] {quote:.80}"
    for blank in record.blanks:
        yield f"    {blank.field:<18} blank: {blank.reason}"
