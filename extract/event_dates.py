"""Chooses the date of an event among those that the text gives, and holds it and the event's status to each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from extract.annotate import Annotated
from extract.cues import speech_verbs, that_words
from extract.dates import DateMention, Duration, as_future, as_past
from extract.drafts import Draft
from extract.events import EventMention

LEAD_SENTENCES = 3  # the news stands in the first three sentences of every development article that has any
MAX_YEAR_DISTANCE = 60  # letters: names and titles of both sides fit between
BARE_WEEKDAY = "date.weekday"  # the rule of a weekday's name alone: the last one, or with a word of plan the next
LEAD_RULES = ("date.near", "date.weekday")
BOUNDS = frozenset({"since", "before", "until", "after"})


def date_of(doc: Annotated, event: EventMention, dates: Sequence[DateMention]) -> DateMention | None:
    """Return the date nearest to the trigger within the clause, else a relative one of its sentence.

    A bound ("since 2001", "before the end of the month") dates nothing, nor does the day of a statement about the event;
    a resolved date comes before one that is not.
    """
    usable = [d for d in dates if not (_is_bound(d) or _is_of_statement(doc, event, d) or _is_far_year(event, d))]
    inside = [d for d in usable if event.start <= d.start < event.end]
    if not inside:
        sentence = doc.sentences[event.sentence]
        inside = [
            d for d in usable if sentence.start <= d.start < sentence.end and d.orientation in ("past", "present")
        ]
        inside = [d for d in inside if d.basis == "relative" or d.reason]
    return min(inside, key=lambda d: (d.date_start is None, _distance(event, d)), default=None)


def _distance(event: EventMention, date: DateMention) -> int:
    """Return the letters between a trigger and a date."""
    trigger = event.trigger
    return trigger.word_start - date.end if date.start < trigger.start else date.start - trigger.end


def _is_far_year(event: EventMention, date: DateMention) -> bool:
    """A bare year far from the trigger is of something else: "interference in the elections of 2016"."""
    return date.rule == "date.year" and _distance(event, date) > MAX_YEAR_DISTANCE


def _is_of_statement(doc: Annotated, event: EventMention, date: DateMention) -> bool:
    """ "the ministry said on Saturday that the minister will meet": Saturday is the day of saying so."""
    if date.start > event.trigger.start:
        return False
    sentence = doc.sentences[event.sentence]
    if date.start < sentence.start:
        return False
    before = [t.text.lstrip("\u0648\u0641") for t in doc.tokens_in(sentence.start, date.start)]
    between = [t.text for t in doc.tokens_in(date.end, event.trigger.start)]
    return any(w in speech_verbs() for w in before) and any(w in that_words() for w in between)


def date_of_lead(doc: Annotated, draft: Draft, dates: Sequence[DateMention]) -> DateMention | None:
    """ "the envoy affirmed today ...; this came in a meeting": the day of the lead is the day of what it reports."""
    first = draft.sentences[0]
    if first > LEAD_SENTENCES or draft.status != "held":
        return None
    near = [d for d in dates if d.rule.startswith(LEAD_RULES) and doc.sentence_at(d.start).number <= first + 1]
    dateline = [d for d in dates if d.rule == "date.dateline"]
    return next(iter(near + dateline), None)


def stretch(doc: Annotated, draft: Draft, durations: Sequence[Duration]) -> DateMention | None:
    """ "arrives on Thursday on a visit that lasts two days": the visit's one day becomes its first."""
    date = draft.date
    if draft.type != "visit" or date is None or date.date_start is None or date.date_start != date.date_end:
        return date
    lasting = next((d for d in durations if doc.sentence_at(d.start).number in draft.sentences), None)
    if lasting is None or lasting.days < 2:
        return date
    return replace(date, date_end=date.date_start + timedelta(days=lasting.days - 1), rule=f"{date.rule}.lasting")


def _is_bound(date: DateMention) -> bool:
    return date.rule.rsplit(".", 1)[-1] in BOUNDS or ".vague" in date.rule


def settle_status(
    event: EventMention, date: DateMention | None, published: date | None
) -> tuple[EventMention, DateMention | None]:
    """Hold the status and the date to each other: what is planned for a bare weekday is the next; the past is held."""
    if event.status == "held" and _lies_ahead(event, date):
        event = replace(event, status="planned")
    if date is not None and published is not None:
        date = as_future(date, published) if event.status == "planned" else as_past(date, published)
    if _lies_behind(event, date, published):
        event = replace(event, status="held")
    return event, date


def _lies_ahead(event: EventMention, date: DateMention | None) -> bool:
    """ "the minister meets his counterpart today": the present tense with a day that is not past announces."""
    if date is None or event.trigger.kind == "event_past":
        return False
    if date.orientation == "future":
        return True
    return event.is_present and (date.orientation == "present" or date.rule == BARE_WEEKDAY)


def _lies_behind(event: EventMention, date: DateMention | None, published: date | None) -> bool:
    if event.status != "planned" or event.trigger.kind == "event_future" or date is None or date.date_end is None:
        return False
    return published is not None and date.date_end < published


def dates_differ(a: DateMention | None, b: DateMention | None) -> bool:
    """Whether two dates are known and cannot be of one engagement: no day in common, or of another precision."""
    if a is None or b is None:
        return False
    if a.date_start is None or b.date_start is None or a.date_end is None or b.date_end is None:
        return False
    return a.date_end < b.date_start or b.date_end < a.date_start or a.precision != b.precision
