"""Finds the words that report engagements, and what each stretch of a sentence says of one: type, status, parties.

Each frame of a sentence (see `clauses.py`) gives one event mention a type, which `engagements.py` gathers into records.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from extract.annotate import Annotated
from extract.clauses import Frame, cut_frames, find_triggers, is_discarded, is_owned, is_relative, split_clauses
from extract.cues import between, event_patterns, presence_words
from extract.event_heads import VERBS, find_heads, has_article, is_concluded, is_plural, is_spoken_of
from extract.event_status import is_this, status_of
from extract.event_types import CONTACTS, DEEDS
from extract.lexicon import Hit
from extract.participants import Participant, find_participants
from extract.people import Person
from extract.sentences import Sentence

SUBJECT_ROLES = ("official", "noun", "subject")
STOP_ROLES = ("destination", "joined", "member")
GOAL_ROLES = ("destination", "joined")
_SUPPORT = frozenset({"event_support"})
_REACH_RECALLED = 20  # characters between "the agreement" and "that": "nuclear", "concluded lately"
_REACH_OWNER = 12  # characters between the word of an engagement and "between" its parties: "the coming summit"
_WA = "\u0648"
_REACH_WITH = 12  # letters after a verb in which "with" begins


@dataclass(frozen=True, slots=True)
class EventMention:
    """One frame's report of an engagement; offsets are folded. `is_known`: "his visit", "this visit", told of before;
    `is_weak`: by a word that reports nothing where no verb of its own supports it ("the agreement", but "signed the agreement");
    `is_recalled`: a paper or letter that is spoken of ("withdrew from the agreement concluded in 2015");
    `is_attended`: the clause lists who was at it ("the reception was attended by").
    `is_bound`: it only says when something else was ("good relations before the summit").
    """

    sentence: int
    start: int
    end: int
    type: str
    status: str
    trigger: Hit
    triggers: tuple[Hit, ...]
    participants: tuple[Participant, ...]
    refers_to_pair: bool
    status_at: tuple[int, int] | None
    is_present: bool = False
    is_known: bool = False
    is_weak: bool = False
    is_recalled: bool = False
    is_attended: bool = False
    is_bound: bool = False

    @property
    def parties(self) -> tuple[str, ...]:
        """Codes of the parties that this clause alone proves, in order of place."""
        return tuple(dict.fromkeys(p.code for p in self.participants if p.is_strong))

    @property
    def destination(self) -> Participant | None:
        """Where a visit goes, if the clause says; "to Palestine and Israel" are two visits, the second's goal joined."""
        goals = [p for role in ("destination", "joined") for p in self.participants if p.role == role]
        return next(iter(goals), None)


def find_events(doc: Annotated, people: Sequence[Person]) -> tuple[EventMention, ...]:
    """Return every event mention of an article in order of place, whatever its parties."""
    triggers = find_triggers(doc)
    found: list[EventMention] = []
    for sentence in doc.sentences:
        first = len(found)
        subject: Participant | None = None
        here = [t for t in triggers if sentence.start <= t.start < sentence.end]
        for clause in split_clauses(doc, sentence, here):
            inside = [t for t in here if clause[0] <= t.start < clause[1] and not is_discarded(doc, t)]
            participants = find_participants(doc, people, *clause, inside) if inside else ()
            for frame in cut_frames(doc, clause, inside, participants) if inside else ():
                known = _with_traveller(frame, subject)
                found.extend(_read_frame(doc, people, sentence, clause, known))
                subject = next((p for p in known.participants if p.role in SUBJECT_ROLES), subject)
        found[first:] = _after_plans(doc, found[first:])
    return tuple(found)


def _after_plans(doc: Annotated, mentions: Sequence[EventMention]) -> list[EventMention]:
    """ "will head for Brussels before he visits Jordan": after a verb in the future the present tells of the future.

    Not so in "will receive the minister, who visits the country".
    """
    read: list[EventMention] = []
    for mention in mentions:
        ahead = next((m for m in read if m.trigger.kind == "event_future" and m.status == "planned"), None)
        verb = mention.trigger
        follows = ahead and verb.kind == "event_present" and mention.status == "held" and not is_relative(doc, verb)
        read.append(replace(mention, status=ahead.status, status_at=ahead.status_at) if ahead and follows else mention)
    return read


def _is_the_one(doc: Annotated, head: Hit, parts: Sequence[Participant]) -> bool:
    """ "the visit falls within ...", with the article and no party beside it: the one told of already."""
    return head.kind == "event_noun" and has_article(doc, head) and not any(p.is_strong for p in parts)


def _is_attended(doc: Annotated, head: Hit) -> bool:
    index = doc.token_index(head.word_start)
    before = doc.tokens[index - 1].text if index else ""
    return has_article(doc, head) and bool({before, before.removeprefix(_WA)} & presence_words())


def _is_bound(doc: Annotated, head: Hit) -> bool:
    index = doc.token_index(head.word_start)
    return head.kind == "event_noun" and index > 0 and doc.tokens[index - 1].text in event_patterns().bounding


def _is_stop(kind: str, parts: Sequence[Participant]) -> bool:
    """Whether these are of one stop of a tour: someone, and where the tour takes him."""
    roles = {p.role for p in parts}
    return kind == "visit" and bool(roles & set(SUBJECT_ROLES)) and "member" in roles


def _with_traveller(frame: Frame, subject: Participant | None) -> Frame:
    """ "arrived in Britain within a tour that took in Spain", "... before he heads for Spain": both are of him who arrived."""
    strong = [p for p in frame.participants if p.is_strong]
    is_tour = any(t.value == "visit" and t.kind == "event_weak" for t in frame.triggers)
    goes_on = _goes_on(frame.triggers, strong)
    if not (is_tour or goes_on) or subject is None or any(p.role in SUBJECT_ROLES for p in frame.participants):
        return frame
    return replace(frame, participants=(subject, *frame.participants))


def _goes_on(triggers: Sequence[Hit], strong: Sequence[Participant]) -> bool:
    """Whether a verb of visiting has goals and no subject: "then visits Malaysia", "before he heads for Jordan and Iraq"."""
    is_visit = any(t.value == "visit" and t.kind in VERBS for t in triggers)
    return is_visit and bool(strong) and all(p.role in GOAL_ROLES for p in strong) and strong[0].role == "destination"


def _read_frame(
    doc: Annotated, people: Sequence[Person], sentence: Sentence, clause: tuple[int, int], frame: Frame
) -> list[EventMention]:
    start, end, triggers = frame.start, frame.end, list(frame.triggers)
    supporting = [h for h in doc.all_of(_SUPPORT) if start <= h.start < end]
    participants = _with_pronoun(doc, people, sentence, triggers, frame.participants)
    words_here = doc.tokens[doc.token_index(start) : doc.token_index(end - 1) + 1]
    pair = any(t.text in event_patterns().pair or t.text[1:] in event_patterns().pair for t in words_here)
    supports = frozenset(h.value for h in supporting)
    light = event_patterns().light.search(doc.text, clause[0], end) is not None
    mentions = []
    for kind, head, parts in _split(doc, find_heads(doc, triggers, participants, supports), triggers, participants):
        status, status_at = status_of(doc, head, (clause[0], end))
        mentions.append(
            EventMention(
                sentence=sentence.number,
                start=start,
                end=end,
                type=kind,
                status=status,
                trigger=head,
                triggers=tuple(triggers),
                participants=parts,
                refers_to_pair=pair,
                status_at=status_at,
                is_present=head.kind == "event_present" or (light and head.kind == "event_noun"),
                is_known=is_owned(doc, head) or is_this(doc, head) or _is_the_one(doc, head, parts),
                is_weak=head.kind == "event_weak"
                and not (_is_stop(kind, parts) or is_concluded(doc, head, parts))
                and (head.value not in supports or is_plural(doc, head)),
                is_recalled=is_spoken_of(doc, head, parts, supporting),
                is_attended=_is_attended(doc, head),
                is_bound=_is_bound(doc, head) and status == "held",
            )
        )
    return mentions


def _with_pronoun(
    doc: Annotated,
    people: Sequence[Person],
    sentence: Sentence,
    triggers: Sequence[Hit],
    participants: tuple[Participant, ...],
) -> tuple[Participant, ...]:
    """ "after his meeting with", "then he visits Malaysia": he is the person named last before, here or a sentence before."""
    implied = _without_subject(doc, triggers, participants)
    owned = next((t for t in triggers if is_owned(doc, t)), None) or implied
    if owned is None or len({p.code for p in participants if p.is_strong and p.role not in GOAL_ROLES}) > 1:
        return participants
    before = doc.sentences[max(sentence.number - 1, 0)]
    is_near = before.paragraph == sentence.paragraph or implied is not None
    low = before.start if is_near else sentence.start
    named = [
        (s, p) for p in people for s in p.spans if low <= s[0] < owned.word_start and p.country and not p.is_spokesman
    ]
    if not named:
        return participants
    span, person = max(named, key=lambda n: n[0])
    own = Participant(person.country or "", *span, "official", person.number)
    return participants if own in participants else (own, *participants)


def _without_subject(doc: Annotated, triggers: Sequence[Hit], participants: Sequence[Participant]) -> Hit | None:
    """Return the verb that names no subject of its own: "then visits Malaysia", "and spoke by telephone with the Amir"."""
    strong = [p for p in participants if p.is_strong]
    if _goes_on(triggers, strong):
        return next(t for t in triggers if t.value == "visit" and t.kind in VERBS)
    if len({p.code for p in strong}) != 1:
        return None
    for verb in triggers:
        if verb.kind not in VERBS:
            continue
        after = doc.tokens_in(verb.end, verb.end + _REACH_WITH)
        if strong[0].start > verb.end and after and after[0].text in event_patterns().with_words:
            return verb
    return None


def _split(
    doc: Annotated, heads: dict[str, Hit], triggers: Sequence[Hit], participants: tuple[Participant, ...]
) -> list[tuple[str, Hit, tuple[Participant, ...]]]:
    """Share out the participants of a clause among its heads.

    A visit is between the visitor's country and the one visited; others who meet on it hold a meeting of their own. A
    gathering that the clause only speaks of ("to discuss the summit of Iran, Russia and Turkey") is an event beside it.
    """
    found = []
    for kind, head in heads.items():
        parts = tuple(replace(p, role="noun") if p.role == "crowd" and kind in DEEDS else p for p in participants)
        if kind in DEEDS:
            parts = tuple(p for p in parts if p.role != "between" or _owner_of(doc, p, triggers, head) is head)
        behind = tuple(p for p in parts if p.start > head.end)
        if _is_recalled(doc, head) and len({p.code for p in behind if p.is_strong}) > 1:
            parts = behind
        members = tuple(p for p in parts if p.role == "member")
        others = tuple(p for p in parts if p.role != "member")
        codes = {p.code for p in others if p.is_strong}
        if len({p.code for p in members}) > 2 and len(codes) > 1:
            summit = next((t for t in triggers if t.value == "summit" or t.start > head.end), None)
            if summit is not None and summit.start > head.start:
                found.append(("summit", summit, members))
            parts = others
        if kind == "summit" and any(p.role == "bloc" for p in parts):
            parts = tuple(p for p in parts if p.role == "bloc")
        if kind == "visit":
            stops = _stops(parts, is_tour=any(t.value == "visit" and t.kind == "event_weak" for t in triggers))
            parts, rest = _visiting(parts)
            meeting = next((t for t in triggers if t.value == "meeting"), None)
            if rest and meeting is not None:
                found.append(("meeting", meeting, rest))
            if len(stops) > 1:
                found.extend((kind, _verb_of_stop(head, triggers, stop), stop) for stop in stops)
                continue
        found.append((kind, head, parts))
    return found


def _owner_of(doc: Annotated, party: Participant, triggers: Sequence[Hit], head: Hit) -> Hit:
    """ "to conclude a treaty before the summit between Korea and America": those between held what stands right before."""
    near = [t for t in triggers if head.end <= t.start < party.start]
    word = doc.text.rfind(between(), head.end, party.start)
    last = near[-1] if near else head
    return last if word >= 0 and 0 <= word - last.end < _REACH_OWNER and last.value in CONTACTS else head


def _is_recalled(doc: Annotated, head: Hit) -> bool:
    """ "worried by the nuclear agreement that Iran concluded": a paper that is recalled is of those named behind it."""
    if head.value != "agreement" or not has_article(doc, head):
        return False
    following = doc.tokens_in(head.end, head.end + _REACH_RECALLED)
    return any(t.text in event_patterns().concluded for t in following)


def _stops(participants: tuple[Participant, ...], *, is_tour: bool) -> list[tuple[Participant, ...]]:
    """Return the participants of each stop of a tour ("a tour that takes him to Switzerland and Austria")."""
    visitor = next((p for p in participants if p.role in ("official", "noun")), None)
    if visitor is None:
        return []
    hosts = {p.code for p in participants if p.role == "official"} - {visitor.code}
    goals = {p.code: p for p in participants if p.role in STOP_ROLES and p.code != visitor.code}
    has_goal = is_tour or any(p.role == "destination" for p in goals.values())
    if len(goals) < 2 or not has_goal or hosts - set(goals):
        return []
    return [tuple(p for p in participants if p.code in (visitor.code, code)) for code in goals]


def _verb_of_stop(head: Hit, triggers: Sequence[Hit], stop: Sequence[Participant]) -> Hit:
    """ "arrives in Sudan on Sunday, and from there will head for Addis Ababa": the verb right before the stop's goal."""
    goal = next((p for p in stop if p.role == "destination"), None)
    verbs = [t for t in triggers if t.value == "visit" and t.kind in VERBS and goal is not None and t.end <= goal.start]
    return verbs[-1] if verbs else head


def _visiting(participants: tuple[Participant, ...]) -> tuple[tuple[Participant, ...], tuple[Participant, ...]]:
    """Return the participants of a visit, and those of a meeting of others on it if there was one."""
    goal = next((p.code for p in participants if p.role == "destination"), None)
    if goal is None:
        return participants, ()
    strong = [p for p in participants if p.is_strong and p.code != goal]
    visitor = strong[0].code if strong else None
    if len({p.code for p in strong}) < 2:
        return participants, ()
    visit = tuple(p for p in participants if p.code in (goal, visitor) or not p.is_strong)
    hosted = any(p.code == goal and p.role == "official" for p in participants)
    return visit, tuple(p for p in participants if p.code != goal or hosted)
