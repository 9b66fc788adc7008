"""Chooses the date of an event among those that the text gives, and holds it and the event's status to each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from extract.annotate import Annotated
from extract.date_owners import came_in_it, comes_after, distance, is_behind, is_own_date, is_set_for, lies_ahead
from extract.dates import DateMention, Duration, as_future, as_past
from extract.drafts import Draft
from extract.events import EventMention

LEAD_SENTENCES = 3  # the news stands in the first three sentences of every development article that has any
MAX_YEAR_DISTANCE = 60  # letters: names and titles of both sides fit between
# The rules of weekdays' names alone: the last ones, or with a word of plan the next.
BARE_WEEKDAYS = ("date.weekday", "date.weekdays")
# ... of days without a year, whose value lies ahead or behind as the text says.
BARE_DAYS = ("date.day_month", "date.days", "date.days_across", "date.month")
STAY = ".stay"  # ends the rule of a date that several clauses give the days of
MAX_STAY_GAP = timedelta(days=2)  # between two days that are told of one visit
MAX_STAY = timedelta(days=6)  # from the first of its days to the last, where the text gives no range
REACH_SENTENCE = 250  # letters to a date of the sentence outside the clause
LEAD_RULES = ("date.near", "date.weekday")
WINDOWS = ("date.week", "date.ago.window")  # rules whose month is but the one in which all their days lie
BOUNDS = frozenset({"since", "before", "until", "after", "document"})


def date_of(
    doc: Annotated, event: EventMention, dates: Sequence[DateMention], events: Sequence[EventMention] = ()
) -> DateMention | None:
    """Return the date nearest to the trigger within the clause, else a relative one of its sentence.

    A bound ("since 2001", "before the end of the month") dates nothing, nor does the day of something else that the
    sentence tells, nor the day on which a tour begins its later stops (`events` are all of the article's); a resolved
    date comes before one that is not.
    """
    sentence = doc.sentences[event.sentence]
    usable = [
        d
        for d in dates
        if sentence.start <= d.start < sentence.end
        and not (_is_bound(d) or _is_far_year(event, d))
        and is_own_date(doc, event, d, dates)
    ]
    inside = [d for d in usable if event.start <= d.start < event.end]
    if not inside:
        inside = [
            d
            for d in usable
            if d.orientation in ("past", "present")
            and d.precision in ("day", "unknown")
            and (d.basis == "relative" or d.reason)
            and distance(event, d) <= REACH_SENTENCE
        ]
    found = min(inside, key=lambda d: (d.date_start is None, distance(event, d)), default=None)
    if found is not None and found.date_start == found.date_end and _is_later_stop(event, events):
        return None
    return _without_window(found)


def _is_later_stop(event: EventMention, events: Sequence[EventMention]) -> bool:
    """ "began on Monday a tour of Switzerland and Austria": Monday is the day of the first stop."""
    stops = [e for e in events if e.type == "visit" == event.type and e.trigger.start == event.trigger.start]
    return len(stops) > 1 and event is not stops[0]


def _without_window(date: DateMention | None) -> DateMention | None:
    """ "last week", "some days ago": the month in which such days lie is not when the event was; it stays unknown."""
    if date is None or date.date_start is None or date.precision != "month" or not date.rule.startswith(WINDOWS):
        return date
    return replace(date, date_start=None, date_end=None, precision="unknown", basis="none", reason="vague_period")


def _is_far_year(event: EventMention, date: DateMention) -> bool:
    """A bare year far from the trigger is of something else: "interference in the elections of 2016"."""
    return date.rule == "date.year" and distance(event, date) > MAX_YEAR_DISTANCE


def date_of_lead(
    doc: Annotated, draft: Draft, dates: Sequence[DateMention], events: Sequence[EventMention]
) -> DateMention | None:
    """Return the day of the lead for news that has none of its own, if the lead's day is of the same thing.

    "the company signed on Sunday a deal ...; the signing was attended by ..."; "the envoy affirmed today ...; this came in
    a meeting"; a dateline. Not "the cabinet, which met today, ...", whatever it then speaks of.
    """
    first = draft.sentences[0]
    if first > LEAD_SENTENCES or draft.status != "held":
        return None
    near = [
        e
        for e in events
        if e.status == "held"
        and ((e.type == draft.type and e.sentence <= first + 1) or (e.sentence == first + 1 and came_in_it(doc, e)))
    ]
    found = [d for e in near if (d := date_of(doc, e, dates)) is not None]
    if first > 0 and came_in_it(doc, draft.events[0]):
        before = doc.sentences[first - 1]
        found += [d for d in dates if before.start <= d.start < before.end]
    found = [d for d in found if d.rule.startswith(LEAD_RULES) and d.orientation != "future"]
    return next(iter([*found, *(d for d in dates if d.rule == "date.dateline")]), None)


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
    doc: Annotated, event: EventMention, date: DateMention | None, published: date | None
) -> tuple[EventMention, DateMention | None]:
    """Hold the status and the date to each other: what is planned for a bare weekday is the next; the past is held.

    A day that the status cannot have is none of the event's: "Wednesday ..., before a summit that is to be held".
    """
    if event.status == "held" and _lies_ahead(doc, event, date, published):
        event = replace(event, status="planned")
    if date is None:
        return event, None
    if event.status == "planned" and _is_day_before(doc, event, date):
        return event, None
    if event.status == "cancelled" and date.rule.startswith(LEAD_RULES) and not is_set_for(doc, date):
        return event, None  # "the president called off on Thursday": the day of his saying so
    if event.status == "held" and date.rule in BARE_WEEKDAYS and comes_after(doc, event):
        return event, None  # "a stage before the visit of the president on Monday": the last one, or the next
    if published is not None:
        date = as_past(date, published) if event.status == "held" else as_future(date, published)
    if _lies_behind(event, date, published):
        event = replace(event, status="held")
    return event, None if _is_impossible(event, date, published) else date


def _lies_ahead(doc: Annotated, event: EventMention, date: DateMention | None, published: date | None) -> bool:
    """ "the minister meets his counterpart today": the present tense with a day that is not past announces."""
    if date is None or event.trigger.kind == "event_past":
        return False
    if (
        date.date_start is not None
        and published is not None
        and date.date_start < published
        and date.precision == "day"
    ):
        has_begun = date.rule not in BARE_WEEKDAYS  # «التي تنعقد يومي 4 و5 مارس», written on the fifth
        if has_begun:
            return False
    if date.orientation == "future":
        return not (date.rule in BARE_DAYS and is_behind(doc, date))
    if date.rule in BARE_WEEKDAYS and lies_ahead(doc, date):
        return True
    return event.is_present and (date.orientation == "present" or date.rule in BARE_WEEKDAYS)


def _is_day_before(doc: Annotated, event: EventMention, date: DateMention) -> bool:
    """ "handed them over on Wednesday, which clears the way for a summit": a bare day before the noun of a plan."""
    is_noun = event.trigger.kind in ("event_noun", "event_weak")
    return is_noun and date.rule in BARE_WEEKDAYS and date.start < event.trigger.start and not lies_ahead(doc, date)


def _lies_behind(event: EventMention, date: DateMention | None, published: date | None) -> bool:
    if event.status != "planned" or event.trigger.kind == "event_future" or date is None or date.date_end is None:
        return False
    return published is not None and date.date_end < published


def _is_impossible(event: EventMention, date: DateMention, published: date | None) -> bool:
    if published is None or date.date_start is None or date.date_end is None:
        return False
    return (
        date.date_start > published
        if event.status == "held"
        else (event.status == "planned" and date.date_end < published)
    )


def _length(date: DateMention) -> timedelta:
    return date.date_end - date.date_start if date.date_start and date.date_end else timedelta.max


def dates_differ(a: DateMention | None, b: DateMention | None) -> bool:
    """Whether two dates are known and cannot be of one engagement: no day in common, or of another precision."""
    if a is None or b is None:
        return False
    if a.date_start is None or b.date_start is None or a.date_end is None or b.date_end is None:
        return False
    return a.date_end < b.date_start or b.date_end < a.date_start or a.precision != b.precision


def is_of_other_days(draft: Draft, event: EventMention, date: DateMention | None) -> bool:
    """Whether a clause's date is not of a draft: neither the same, nor a day more of a stay, nor its plan told more closely."""
    if _is_of_old(draft, event, date):
        return True
    return dates_differ(draft.date, date) and not (_goes_on(draft, event, date) or _refines(draft, event, date))


def _is_of_old(draft: Draft, event: EventMention, date: DateMention | None) -> bool:
    """A month or year that a later sentence names is not when the news of the lead was: "at the conference of last November"."""
    if draft.date is not None or date is None or date.date_start is None or date.precision == "day":
        return False
    return draft.status == "held" and draft.sentences[0] < LEAD_SENTENCES <= event.sentence


def _goes_on(draft: Draft, event: EventMention, date: DateMention | None) -> bool:
    """Whether another day is one more of a stay: "arrived on Friday", "held talks yesterday" are days of one visit."""
    own = draft.date
    if (
        date is None
        or own is None
        or "visit" not in (draft.type, event.type)
        or not draft.status == event.status == "held"
    ):
        return False
    if not (own.date_start and own.date_end and date.date_start and date.date_end):
        return False
    if own.precision != "day" or date.date_start != date.date_end or date.orientation == "future":
        return False
    first, last = min(own.date_start, date.date_start), max(own.date_end, date.date_end)
    apart = max(date.date_start - own.date_end, own.date_start - date.date_end)
    return apart <= MAX_STAY_GAP and last - first <= MAX_STAY


def _refines(draft: Draft, event: EventMention, date: DateMention | None) -> bool:
    """Whether a plan's day is told more closely: "next month", then "on 12 June"."""
    own = draft.date
    if own is None or date is None or "held" in (draft.status, event.status):
        return False
    if draft.status != event.status and draft.sentences[0] >= LEAD_SENTENCES:
        return False  # what was called off once may be planned again
    if not (own.date_start and own.date_end and date.date_start and date.date_end):
        return False
    return (own.date_start <= date.date_start and date.date_end <= own.date_end) or (
        date.date_start <= own.date_start and own.date_end <= date.date_end
    )


def join_dates(draft: Draft, event: EventMention, date: DateMention | None) -> DateMention | None:
    """Return a draft's date when a clause with this date joins it: its first value, or all the days of a stay."""
    own = draft.date
    if date is None or event.status != draft.status:
        return own
    if own is None or (own.date_start is None and date.date_start is not None):
        return date
    if not (own.date_start and own.date_end and date.date_start and date.date_end):
        return own
    if _refines(draft, event, date) and own.precision != date.precision:
        return min(own, date, key=_length)
    if _goes_on(draft, event, date):
        first, last = min(own.date_start, date.date_start), max(own.date_end, date.date_end)
        is_same = (first, last) == (own.date_start, own.date_end)
        rule = own.rule if own.rule.endswith(STAY) else own.rule + STAY
        return own if is_same else replace(own, date_start=first, date_end=last, rule=rule)
    return own
