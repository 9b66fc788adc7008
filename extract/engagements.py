"""Gathers the event mentions of one article into engagements: which clauses tell of the same one, and which is the news.

The lead decides the main engagement. A later clause joins an engagement whose parties, kind, status, people and date it
does not contradict; else it opens another. Rules are small functions, each with the phrase it is meant for.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from extract.annotate import Annotated
from extract.awaited import settle_awaited
from extract.cues import discussed_verbs, sport_words
from extract.dates import DateMention, find_durations
from extract.drafts import Draft, Headline, family, goes_back, is_firm
from extract.event_dates import (
    LEAD_SENTENCES,
    date_of,
    date_of_lead,
    is_of_other_days,
    join_dates,
    settle_status,
    stretch,
)  # fmt: skip
from extract.event_types import CHANNELS, CONTACTS, NEXT_ROUND
from extract.events import EventMention
from extract.news import is_history, is_main, is_news, is_of_headline, is_talk_of_countries, is_told_as_event
from extract.participants import Participant

MAX_PARTIES = 12
# Of 28 annotated records whose second party the headline gave 18 were right, none of these types; a call has two ends by nature.
UNPROVEN = ("call", "message", "cooperation")
MIN_SPORT_WORDS = 5
MIN_SPORT_SHARE = 0.02  # of all words: a visit that a football cup is a subject of has fewer


def gather(
    doc: Annotated,
    events: Sequence[EventMention],
    dates: Sequence[DateMention],
    headline: Headline,
    published: date | None,
) -> list[Draft]:
    """Return the engagements of an article, the main ones first, each with its events and the date they give."""
    drafts = [] if is_sport(doc) else _collect(doc, events, dates, headline, published)
    if not drafts:
        return []
    drafts = settle_awaited(doc, drafts, events, dates, published)
    recent = [d for d in drafts if not is_history(d, published)]
    found = next((d for d in recent if is_news(doc, d.events[0], d.parties, headline)), None)
    if found is None and drafts[0] in recent and is_of_headline(drafts[0], headline):
        found = drafts[0]
    news = found or drafts[0]
    if news.date is None:
        news.date = date_of_lead(doc, news, dates, events)
    named = [d for d in drafts if is_main(d, news, headline)]
    for draft in drafts:
        draft.role = "main" if found and draft in named and draft in recent else "background"
    kept = [d for d in drafts if d in named or is_told_as_event(d, news)]
    if found is None:
        kept = [d for d in kept if not is_talk_of_countries(d)]
    _settle_types(kept, headline)
    durations = find_durations(doc.folded)
    for draft in kept:
        draft.date = stretch(doc, draft, durations)
    for draft in kept:
        draft.type = _type_of_next(draft, news)
    return sorted(kept, key=lambda d: (d.role != "main", d.events[0].sentence))


def _collect(
    doc: Annotated,
    events: Sequence[EventMention],
    dates: Sequence[DateMention],
    headline: Headline,
    published: date | None,
) -> list[Draft]:
    """Return the drafts that an article's clauses open, in order of place, each with all clauses that tell of it."""
    drafts: list[Draft] = []
    # What is only spoken of may be told beside the news, and is looked at when that is known; it is never the news.
    for mention in sorted(events, key=lambda e: e.is_recalled):
        event, date = settle_status(doc, mention, date_of(doc, mention, dates, events), published)
        parties = _parties_of(event, drafts, headline)
        if not 1 < len(parties) <= MAX_PARTIES:
            continue
        same = next((d for d in drafts if _is_same(d, event, parties, date, headline)), None)
        if same is not None:
            _join(same, event, parties, date, headline)
        elif _may_open(doc, event, parties, drafts, headline):
            drafts.append(_open(event, parties, date))
    return drafts


def _may_open(
    doc: Annotated, event: EventMention, parties: Iterable[str], drafts: Sequence[Draft], headline: Headline
) -> bool:
    """A weak word opens only the first engagement, with two parties that surely held it, as does any word after the lead."""
    if (event.is_recalled and not drafts) or (event.is_bound and drafts):
        return False
    if event.is_weak:
        return not drafts and is_firm(event)
    if event.trigger.phrase.list_name.startswith("oral") and any(
        d.type in CONTACTS and d.status == event.status and set(parties) <= set(d.parties) for d in drafts
    ):
        return False
    return bool(drafts) or is_news(doc, event, parties, headline) or is_firm(event)


def is_sport(doc: Annotated) -> bool:
    """Whether words of sport are so many that the article reports a match, a club or a tournament."""
    known = sport_words()
    count = sum(map(len, map(doc.indexes_of, known)))
    return count >= MIN_SPORT_WORDS and count >= MIN_SPORT_SHARE * len(doc.tokens)


def _open(event: EventMention, parties: dict[str, Participant], date: DateMention | None) -> Draft:
    return Draft([event], event.type, event.status, dict(parties), date=date)


def _join(
    draft: Draft, event: EventMention, parties: dict[str, Participant], date: DateMention | None, headline: Headline
) -> None:
    if _is_by_telephone(draft, event):
        draft.type = event.type
    if event.status == "planned" and all(e.is_present for e in draft.events) and draft.date is None:
        draft.status = event.status  # the lead's present tense told of what the next sentence says is to come
    draft.events.append(event)
    may_be_off = draft.type in CONTACTS and draft.sentences[0] < LEAD_SENTENCES and len(event.parties) > 1
    is_told_by_noun = draft.status == "planned" or all(e.trigger.kind == "event_noun" for e in draft.events)
    if event.status == "cancelled" and headline.is_cancelled and may_be_off and is_told_by_noun:
        draft.status = event.status
    draft.date = join_dates(draft, event, date)
    for code, participant in parties.items():
        if event.parties and code in event.parties:
            draft.parties.setdefault(code, participant)


def _parties_of(event: EventMention, drafts: Sequence[Draft], headline: Headline) -> dict[str, Participant]:
    """Return the parties of a clause; one that says "the two sides" means those of the engagement told before it."""
    own: dict[str, Participant] = {}
    for participant in event.participants:
        if participant.is_strong:
            own.setdefault(participant.code, participant)
    if len(own) >= 2:
        return own
    if (
        drafts
        and (event.refers_to_pair or event.type == NEXT_ROUND or set(own) & set(drafts[0].parties))
        and set(own) <= set(drafts[0].parties)
    ):
        return dict(drafts[0].parties)
    related = {p.code: p for p in event.participants if p.role == "relation"}
    if len(own.keys() | related.keys()) >= 2 and not event.is_weak:
        return {**related, **own}
    told = own and event.trigger.kind not in ("event_present", "event_future")
    if (
        not drafts and event.type not in UNPROVEN and (told or headline.types)
    ):  # the headline proves what the lead leaves to a weak mention: "in the Chinese capital"
        for participant in event.participants:
            if participant.code in headline.parties and participant.role not in ("crowd", "topic"):
                own.setdefault(participant.code, participant)
    return own


def _type_of_next(draft: Draft, main: Draft) -> str:
    """The next round is of the channel that met; where none did, it is a meeting."""
    if draft.type != NEXT_ROUND:
        return draft.type
    return main.type if main.type in CHANNELS else "meeting"


def _is_same(
    draft: Draft, event: EventMention, parties: dict[str, Participant], date: DateMention | None, headline: Headline
) -> bool:
    """Whether a clause tells of an engagement already found: nothing that it says contradicts it."""
    told_again = draft.type == "call" and event.type == "meeting" and event.status == "held" and date is None
    told_again = told_again or _is_by_telephone(draft, event)
    if family(draft.type) != family(event.type) and not told_again:
        return False
    if event.type == NEXT_ROUND or (event.type in CHANNELS and event.status != draft.status):
        return False
    if event.type in CHANNELS and draft.type not in CHANNELS and event.parties:
        named = set(headline.types) & set(CONTACTS)
        if (
            named and event.type not in named and event.sentence > draft.sentences[0]
        ) or event.sentence > draft.sentences[0] + LEAD_SENTENCES:
            return False
    old, new = set(draft.parties), set(parties)
    if not new <= old or _is_aside(event, new, old):
        return False
    if is_of_other_days(draft, event, date) or goes_back(draft, event):
        return False
    # "he visits Qatar to discuss", "during his visit": held or planned, as the rest says.
    timeless = (event.is_present or event.is_known) and date is None
    called_off = {draft.status, event.status} == {"planned", "cancelled"} and draft.sentences[0] < LEAD_SENTENCES
    if draft.status != event.status and not (timeless or called_off or _is_told_again(event, draft, date)):
        return False
    mine = {p.person for p in event.participants if p.person is not None}
    strangers = bool(draft.people and mine and not mine & draft.people)
    others = strangers and not event.is_attended
    if others and event.type in ("meeting", "call") and is_firm(event) and len(draft.people) > 1:
        return False  # the same two countries, by other people
    if others and event.destination is not None and _has_own_traveller(event, draft):
        return False
    undated = draft.date is None or draft.date.date_start is None
    dated_apart = undated and date is not None and date.basis == "explicit" and date.date_start is not None
    # "the memorandum signed on 22 December": a paper with a day of its own is another than the news
    recalled = event.trigger.kind == "event_weak" and not event.parties
    return not (dated_apart and (strangers or recalled or event.type != draft.type))


def _has_own_traveller(event: EventMention, draft: Draft) -> bool:
    """ "the minister met his counterpart in Moscow ... the prince's visit to Russia": another of the same country went there."""
    goal = event.destination.code if event.destination else None
    travelling = {p.code for p in event.participants if p.role == "official"} - {goal}
    known = {p.code for e in draft.events for p in e.participants if p.role == "official"}
    return event.type == "visit" and bool(travelling & known)


def _is_by_telephone(draft: Draft, event: EventMention) -> bool:
    """ "X discussed with Y ... X received a call from Y": the lead told of the call, and said only what was talked about."""
    if draft.type != "meeting" or event.type != "call" or not draft.status == event.status == "held":
        return False
    told = all(draft_event.trigger.phrase.text in discussed_verbs() for draft_event in draft.events)
    near = event.sentence <= draft.sentences[0] + LEAD_SENTENCES
    people = {p.person for p in event.participants if p.person is not None}
    return told and near and len(people) > 1 and people <= draft.people


def _is_told_again(event: EventMention, draft: Draft, date: DateMention | None) -> bool:
    """ "he had said that he would discuss ... with him": of the same parties, and no other day, it is the same talks."""
    if event.refers_to_pair and len(event.parties) < 2:
        return True
    if event.trigger.kind == "event_past" and is_firm(event) and draft.status == "planned":
        return False  # "X had met Y in Doha" is none of what is to come
    if event.trigger.value == "summit" and is_firm(event) and all(e.trigger.value != "summit" for e in draft.events):
        return False  # nor is a summit of the leaders the talks that prepare it
    named, known = set(event.parties), set(draft.parties)
    is_gathering = len(named) > 2  # three who met on the day on which four were to meet are of the same gathering
    same_day = (draft.type == "visit" or is_gathering) and _same_day(draft.date, date)
    told = named == known or (same_day and is_gathering and named < known)
    return (date is None or same_day) and event.type == "meeting" and told


def _same_day(a: DateMention | None, b: DateMention | None) -> bool:
    return a is not None and b is not None and a.date_start is not None and a.date_start == b.date_start


def _is_aside(event: EventMention, new: set[str], old: set[str]) -> bool:
    """Two of a summit's leaders who met on its margins held a meeting of their own."""
    officials = {p.code for p in event.participants if p.role == "official"}
    return len(old) > 2 and len(new) == 2 and new <= officials and event.type in ("meeting", "visit", "call")


def _settle_types(drafts: Iterable[Draft], headline: Headline) -> None:
    """Give each contact one type: a channel over the rest, a visit over a meeting where headline or text speak of one."""
    for draft in drafts:
        if draft.type not in CONTACTS:
            continue
        first = draft.sentences[0]
        lead = [e.type for e in draft.events if e.sentence == first or e.type in headline.types]
        channel = next((c for c in CHANNELS if c in lead), None)
        if channel is not None:
            draft.type = channel
            continue
        is_headline = draft.role == "main" and "visit" in headline.types
        is_told = draft.type == "meeting" and any(_tells_visit(e, draft) for e in draft.events)
        if is_headline or is_told:
            draft.type = "visit"


def _tells_visit(event: EventMention, draft: Draft) -> bool:
    """Whether a clause calls the engagement a visit: "the visit", or one to the country of a party."""
    if event.type != "visit" or (event.status != draft.status and not event.is_known):
        return False
    if event.destination is None:
        return not event.is_weak and (event.is_known or bool(event.parties))
    return event.destination.code in draft.parties
