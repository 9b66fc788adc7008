"""Tells which engagements of an article are its news, which stay in the background, and which are none.

Asked by `engagements.py` of its drafts; each rule has the phrase that it is meant for.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from extract.annotate import Annotated
from extract.date_owners import came_in_it
from extract.drafts import Draft, Headline, family, goes_back, is_firm
from extract.event_dates import LEAD_SENTENCES, dates_differ
from extract.event_types import CHANNELS, CONTACTS, NEXT_ROUND
from extract.events import EventMention

LATE_LEAD = 8  # sentences; a page may print captions and section names before its lead
_REACH_CAME = 3  # words of a sentence: "this came during"
NEWS_WITHIN = timedelta(days=200)  # before the article's day; of the annotated news none is older
PRESENT_ROLES = ("official", "noun", "member", "pair", "joined")  # of those who sat there, not only of their country


def is_news(doc: Annotated, event: EventMention, parties: Iterable[str], headline: Headline) -> bool:
    """Whether a clause can be what the article is about: it stands in the lead, what the lead tells came in it, or the
    headline names its parties.
    """
    if event.sentence < LEAD_SENTENCES or (event.sentence <= LATE_LEAD and came_in_it(doc, event, reach=_REACH_CAME)):
        return True
    return event.sentence <= LATE_LEAD and len(set(parties) & set(headline.parties)) > 1 - bool(headline.types)


def is_history(draft: Draft, published: date | None) -> bool:
    """Whether it was over long before the article, below whose lead it is told: one on Alaska's sale reports no talks of 1867.

    In the lead its own day is a better witness than the stamp, which may be that of fetching.
    """
    ended = draft.date.date_end if draft.date else None
    is_old = published is not None and ended is not None and ended < published - NEWS_WITHIN
    return is_old and draft.events[0].sentence >= LEAD_SENTENCES


def is_of_headline(draft: Draft, headline: Headline) -> bool:
    """Whether the headline speaks of such an engagement without its parties: "the three-way meeting in Doha"."""
    near = draft.events[0].sentence <= LATE_LEAD
    return near and family(draft.type) in {family(kind) for kind in headline.types}


def is_main(draft: Draft, first: Draft, headline: Headline) -> bool:
    """Whether a draft is news beside the first: the headline names its type and parties, or the lead tells of it as well."""
    if draft is first:
        return True
    if _is_second_contact(draft, first):
        return False
    if not headline.types and not headline.parties:
        return _is_of_lead(draft, first)
    if (
        draft.type in CONTACTS
        and headline.parties
        and not set(draft.parties) <= set(headline.parties) | set(first.parties)
    ):
        return False  # "received X to prepare a summit of Y and Z": the headline tells of the reception alone
    is_named = set(draft.parties) <= set(headline.parties)
    reach = first.sentences[0] + (0 if draft.type in CONTACTS and not is_named else LEAD_SENTENCES)
    return draft.sentences[0] <= reach and family(draft.type) in {family(t) for t in headline.types}


def _is_second_contact(draft: Draft, first: Draft) -> bool:
    """ "visits Moscow on Tuesday ... the king is to visit it later": of the same two parties one contact is the news, unless
    others met as well. Measured on 352 annotated articles: of ten such seven are background.
    """
    both = {draft.type, first.type} <= set(CONTACTS) - set(CHANNELS)
    others = draft.people and first.people and not draft.people & first.people
    as_well = others and draft.type == first.type == "meeting" and draft.sentences[0] <= first.sentences[0] + 1
    return both and not as_well and set(draft.parties) == set(first.parties)


def _is_of_lead(draft: Draft, first: Draft) -> bool:
    """Without a headline, what the next sentence reports as held, and not of another day, is news too; not a tour's stops."""
    if draft.events[0].trigger.kind == "event_weak":
        return False
    near = draft.sentences[0] <= first.sentences[0] + 1
    dated = draft.date is not None and draft.date.date_start is not None
    return near and draft.status == "held" == first.status and draft.type != NEXT_ROUND and not dated


def is_told_as_event(draft: Draft, main: Draft) -> bool:
    """Keep a background engagement only where its clause proves two parties itself and tells it apart from the news."""
    if draft.date is None and all(e.trigger.kind == "event_present" and e.status == "held" for e in draft.events):
        return False  # "the ministers meet regularly", "the state seeks": no event that happened or will
    if is_talk_of_countries(draft):
        return False
    proven = any(len(e.parties) >= 2 for e in draft.events)
    pairs = any(e.refers_to_pair for e in draft.events) and draft.type not in CONTACTS
    signed = draft.type == "agreement" and any(e.parties for e in draft.events)  # "... and memoranda were signed"
    if not (proven or pairs or signed):
        return False
    if not set(draft.parties) & set(main.parties) and not any(is_firm(e) for e in draft.events):
        return False
    differs = (
        set(draft.parties) != set(main.parties)
        or draft.status != main.status
        or family(draft.type) != family(main.type)
        or (draft.type in CHANNELS) != (main.type in CHANNELS)
        or goes_back(main, draft.events[0])
    )
    return differs or dates_differ(draft.date, main.date) or draft.date is not None


def is_talk_of_countries(draft: Draft) -> bool:
    """ "Washington is holding intensive talks with Israel", without a day or anyone who held them: a state of affairs.

    Measured on 295 annotated articles: none of 11 such was an engagement, of the rest 22 of 33.
    """
    if draft.type != "meeting" or draft.status != "held" or (draft.date and draft.date.date_start):
        return False
    roles = {p.role for e in draft.events for p in e.participants if p.code in draft.parties}
    named = {p.code for e in draft.events for p in e.participants if p.role in PRESENT_ROLES}
    return "official" not in roles or len(named & set(draft.parties)) < 2
