"""Gathers the event mentions of one article into engagements: which clauses tell of the same one, and which is the news.

The lead decides the main engagement. A later clause joins an engagement whose parties, kind, status, people and date it
does not contradict; else it opens another. Rules are small functions, each with the phrase it is meant for.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from extract.annotate import Annotated
from extract.cues import speech_verbs, sport_words, that_words
from extract.dates import DateMention, Duration, as_future, as_past, find_durations
from extract.event_types import CHANNELS, CONTACTS, NEXT_ROUND
from extract.events import EventMention
from extract.participants import Participant

LEAD_SENTENCES = 3  # the news stands in the first three sentences of every development article that has any
LATE_LEAD = 8  # but a page may print captions and section names before its lead
MAX_PARTIES = 12
MAX_YEAR_DISTANCE = 60  # letters: names and titles of both sides fit between
MIN_SPORT_WORDS = 5
MIN_SPORT_SHARE = 0.02  # of all words: a visit that a football cup is a subject of has fewer
BARE_WEEKDAY = "date.weekday"  # the rule of a weekday's name alone: the last one, or with a word of plan the next
LEAD_RULES = ("date.near", "date.weekday")
BOUNDS = frozenset({"since", "before", "until", "after"})


@dataclass(slots=True)
class Draft:
    """An engagement in the making: the clauses that tell of it, and what they agree on."""

    events: list[EventMention]
    type: str
    status: str
    parties: dict[str, Participant]
    role: str = "background"
    date: DateMention | None = None
    attending: set[int] = field(default_factory=set)

    @property
    def sentences(self) -> list[int]:
        """Numbers of the sentences that tell of it, in order, each once."""
        return sorted({e.sentence for e in self.events})

    @property
    def people(self) -> set[int]:
        """Numbers of the people named in its clauses."""
        return {p.person for e in self.events for p in e.participants if p.person is not None}


@dataclass(frozen=True, slots=True)
class Headline:
    """What the title alone says: types of event in order, and parties."""

    types: tuple[str, ...]
    parties: tuple[str, ...]
    receives: bool


def gather(
    doc: Annotated,
    events: Sequence[EventMention],
    dates: Sequence[DateMention],
    headline: Headline,
    published: date | None,
) -> list[Draft]:
    """Return the engagements of an article, the main ones first, each with its events and the date they give."""
    if _is_sport(doc):
        return []
    drafts: list[Draft] = []
    for mention in events:
        event, date = mention, _date_of(doc, mention, dates)
        event, date = _settle_status(event, date, published)
        parties = _parties_of(event, drafts, headline)
        if len(parties) < 2 or len(parties) > MAX_PARTIES:
            continue
        same = next((d for d in drafts if _is_same(d, event, parties, date, headline)), None)
        if same is None:
            if (event.trigger.kind == "event_weak" and (drafts or not _is_firm(event))) or (
                not drafts and not _is_news(event, parties, headline)
            ):
                continue
            drafts.append(_open(event, parties, date))
        else:
            _join(same, event, parties, date)
    if not drafts:
        return []
    if drafts[0].date is None:
        drafts[0].date = _date_of_lead(doc, drafts[0], dates)
    for draft in drafts:
        draft.role = "main" if _is_main(draft, drafts[0], headline) else "background"
    kept = [d for d in drafts if d.role == "main" or _is_told_as_event(d, drafts[0])]
    _settle_types(kept, headline)
    durations = find_durations(doc.folded)
    for draft in kept:
        draft.date = _stretch(doc, draft, durations)
    for draft in kept:
        draft.type = _type_of_next(draft, kept[0])
    return sorted(kept, key=lambda d: d.role != "main")


def _is_sport(doc: Annotated) -> bool:
    """Whether words of sport are so many that the article reports a match, a club or a tournament."""
    count = sum(t.text in sport_words() for t in doc.tokens)
    return count >= MIN_SPORT_WORDS and count >= MIN_SPORT_SHARE * len(doc.tokens)


def _is_firm(event: EventMention) -> bool:
    """Whether a weak word ("talks", "dialogue") has two parties that surely held them: officials, or "between"."""
    return len({p.code for p in event.participants if p.role in ("official", "between")}) > 1


def _is_news(event: EventMention, parties: Iterable[str], headline: Headline) -> bool:
    """Whether a clause can be what the article is about: it stands in the lead, or the headline names its parties."""
    if event.sentence < LEAD_SENTENCES:
        return True
    return event.sentence <= LATE_LEAD and len(set(parties) & set(headline.parties)) > 1 - bool(headline.types)


def _open(event: EventMention, parties: dict[str, Participant], date: DateMention | None) -> Draft:
    return Draft([event], event.type, event.status, dict(parties), date=date)


def _join(draft: Draft, event: EventMention, parties: dict[str, Participant], date: DateMention | None) -> None:
    draft.events.append(event)
    if draft.date is None or (draft.date.date_start is None and date is not None and date.date_start is not None):
        draft.date = date or draft.date
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
    if not drafts and (
        own or headline.types
    ):  # the headline proves what the lead leaves to a weak mention: "in the Chinese capital"
        for participant in event.participants:
            if participant.code in headline.parties:
                own.setdefault(participant.code, participant)
    return own


def _date_of(doc: Annotated, event: EventMention, dates: Sequence[DateMention]) -> DateMention | None:
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


def _date_of_lead(doc: Annotated, draft: Draft, dates: Sequence[DateMention]) -> DateMention | None:
    """ "the envoy affirmed today ...; this came in a meeting": the day of the lead is the day of what it reports."""
    first = draft.sentences[0]
    if first > LEAD_SENTENCES or draft.status != "held":
        return None
    near = [d for d in dates if d.rule.startswith(LEAD_RULES) and doc.sentence_at(d.start).number <= first + 1]
    dateline = [d for d in dates if d.rule == "date.dateline"]
    return next(iter(near + dateline), None)


def _stretch(doc: Annotated, draft: Draft, durations: Sequence[Duration]) -> DateMention | None:
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


def _settle_status(
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


def _type_of_next(draft: Draft, main: Draft) -> str:
    """The next round is of the channel that met; where none did, it is a meeting."""
    if draft.type != NEXT_ROUND:
        return draft.type
    return main.type if main.type in CHANNELS else "meeting"


def _family(kind: str) -> str:
    return "contact" if kind in CONTACTS else kind


def _is_same(
    draft: Draft, event: EventMention, parties: dict[str, Participant], date: DateMention | None, headline: Headline
) -> bool:
    """Whether a clause tells of an engagement already found: nothing that it says contradicts it."""
    told_again = draft.type == "call" and event.type == "meeting" and event.status == "held" and date is None
    if _family(draft.type) != _family(event.type) and not told_again:
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
    if _dates_differ(draft.date, date):
        return False
    if draft.status != event.status and not _is_told_again(event, draft, date):
        return False
    mine = {p.person for p in event.participants if p.person is not None}
    strangers = bool(draft.people and mine and not mine & draft.people)
    undated = draft.date is None or draft.date.date_start is None
    dated_apart = undated and date is not None and date.basis == "explicit" and date.date_start is not None
    return not (dated_apart and (strangers or event.type != draft.type))


def _is_told_again(event: EventMention, draft: Draft, date: DateMention | None) -> bool:
    """ "he had said that he would discuss ... with him": of the same parties, and no other day, it is the same talks."""
    if event.refers_to_pair and len(event.parties) < 2:
        return True
    return date is None and event.type == "meeting" and set(event.parties) == set(draft.parties)


def _is_aside(event: EventMention, new: set[str], old: set[str]) -> bool:
    """Two of a summit's leaders who met on its margins held a meeting of their own."""
    officials = {p.code for p in event.participants if p.role == "official"}
    return len(old) > 2 and len(new) == 2 and new <= officials and event.type in ("meeting", "visit", "call")


def _dates_differ(a: DateMention | None, b: DateMention | None) -> bool:
    if a is None or b is None:
        return False
    if a.date_start is None or b.date_start is None or a.date_end is None or b.date_end is None:
        return False
    return a.date_end < b.date_start or b.date_end < a.date_start or a.precision != b.precision


def _is_main(draft: Draft, first: Draft, headline: Headline) -> bool:
    if draft is first:
        return True
    if not headline.types and not headline.parties:
        return _is_of_lead(draft, first)
    reach = first.sentences[0] + (0 if draft.type in CONTACTS else LEAD_SENTENCES)
    return draft.sentences[0] <= reach and _family(draft.type) in {_family(t) for t in headline.types}


def _is_of_lead(draft: Draft, first: Draft) -> bool:
    """Without a headline, what the next sentence reports as held, and not of another day, is news too."""
    near = draft.sentences[0] <= first.sentences[0] + 1
    dated = draft.date is not None and draft.date.date_start is not None
    return near and draft.status == "held" == first.status and draft.type != NEXT_ROUND and not dated


def _is_told_as_event(draft: Draft, main: Draft) -> bool:
    """Keep a background engagement only where its clause proves two parties itself and tells it apart from the news."""
    proven = any(len(e.parties) >= 2 for e in draft.events)
    if not proven and not (draft.type not in CONTACTS and any(e.refers_to_pair for e in draft.events)):
        return False
    if not set(draft.parties) & set(main.parties):
        return False
    differs = (
        set(draft.parties) != set(main.parties)
        or draft.status != main.status
        or _family(draft.type) != _family(main.type)
    )
    return differs or _dates_differ(draft.date, main.date) or draft.date is not None


def _settle_types(drafts: Iterable[Draft], headline: Headline) -> None:
    """Give each contact one type: a channel over the rest; between visit and meeting the headline decides."""
    for draft in drafts:
        if draft.type not in CONTACTS:
            continue
        first = draft.sentences[0]
        lead = [
            e.type
            for e in draft.events
            if e.sentence <= first + LEAD_SENTENCES and (e.type != "visit" or e.destination)
        ]
        channel = next((c for c in CHANNELS if c in lead), None)
        if channel is not None:
            draft.type = channel
        elif draft.role == "main" and "visit" in headline.types:
            draft.type = "visit"
        elif draft.role == "main" and headline.receives:
            draft.type = "meeting"
        elif draft.type == "meeting" and "visit" in lead:
            draft.type = "visit"
