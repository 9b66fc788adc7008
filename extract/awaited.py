"""Finds the engagements that a text speaks of by a bare noun and elsewhere says lie ahead, or were called off.

"worried about a coup during the summit with X ... the summit, which is to be held on 12 June": the noun alone would be
read as held. Not so where a verb, or "during" and its like, tells of it as having happened.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from extract.annotate import Annotated
from extract.dates import DateMention
from extract.drafts import Draft
from extract.event_dates import date_of, dates_differ, settle_status
from extract.event_types import CONTACTS
from extract.events import EventMention
from extract.lexicon import words

_AL = "\u0627\u0644"
_WA = "\u0648"
GATHERINGS = ("meeting", "summit")  # a visit to come is seldom the visit told of
_REACH_RECALLED = 8  # tokens behind a noun in which "that was held", "the last" stands
_REACH_ASSERTED = 4  # tokens before a noun in which "during", "after" or a verb of holding stands


@lru_cache(maxsize=1)
def _asserting() -> frozenset[str]:
    return words("event_cues", "asserted", "before")


def settle_awaited(
    doc: Annotated,
    drafts: Sequence[Draft],
    events: Sequence[EventMention],
    dates: Sequence[DateMention],
    published: date | None,
) -> list[Draft]:
    """Return the drafts, those as plans whose noun the text, elsewhere, says is still to come, each plan once."""
    told = [(e, settle_status(doc, e, date_of(doc, e, dates, events), published)) for e in events if _is_plan(doc, e)]
    plans = [(event, settled) for event, settled in told if settled[0].status == "planned"]
    kept: list[Draft] = []
    for draft in drafts:
        found = None
        if draft.status == "held" and draft.type in GATHERINGS and not _is_told_as_held(doc, draft, published):
            found = next((p for p in plans if _is_of(p[0], draft) and not dates_differ(draft.date, p[1][1])), None)
        if found is not None:
            event, day = found[1]
            draft.status, draft.date = event.status, draft.date or day
            draft.events.append(event)
        twin = next((d for d in kept if found is not None and _is_twin(d, draft)), None)
        if twin is None:
            kept.append(draft)
        else:
            twin.events.extend(draft.events)
    return kept


def _is_twin(a: Draft, b: Draft) -> bool:
    """Whether two plans are of the same parties, and nothing says that their days differ."""
    same = a.type in CONTACTS and a.status == b.status and set(a.parties) == set(b.parties)
    return same and not dates_differ(a.date, b.date)


def _is_plan(doc: Annotated, event: EventMention) -> bool:
    """Whether a mention is of a known gathering, by its article, that words around it say is to come."""
    has_article = doc.text[event.trigger.word_start : event.trigger.start].endswith(_AL)
    is_noun = event.trigger.kind == "event_noun" and event.type in GATHERINGS
    return is_noun and has_article and event.status == "planned" and event.status_at is not None


def _is_of(event: EventMention, draft: Draft) -> bool:
    """Whether a mention is of a draft's gathering: by the same noun, and no party besides."""
    named = {e.trigger.phrase.text.split()[0].removeprefix(_AL) for e in draft.events}
    noun = event.trigger.phrase.text.split()[0].removeprefix(_AL)
    return noun in named and set(event.parties) <= set(draft.parties)


def _is_told_as_held(doc: Annotated, draft: Draft, published: date | None) -> bool:
    day = draft.date
    if day is not None and day.date_start is not None and (published is None or day.date_start <= published):
        return True
    return any(e.trigger.kind != "event_noun" or _is_asserted(doc, e) for e in draft.events if e.status == "held")


def _is_asserted(doc: Annotated, event: EventMention) -> bool:
    """ "during their meeting", "after the summit", "they held a meeting": what is named by a noun took place."""
    index = doc.token_index(event.trigger.word_start)
    before = [t.text for t in doc.tokens[max(index - _REACH_ASSERTED, 0) : index]]
    known = _asserting()
    if any(word in known or (word[:1] == _WA and word[1:] in known) for word in before):
        return True
    behind = [t.text for t in doc.tokens_in(event.trigger.end, event.end)][:_REACH_RECALLED]
    return any(word in words("event_cues", "asserted", "after") for word in behind)
