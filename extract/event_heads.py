"""Chooses the words by which a clause reports engagements, one for each kind of contact and of act, and tells papers that
are signed from those that are spoken of.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from extract.annotate import Annotated
from extract.cues import event_patterns
from extract.event_status import is_called_off
from extract.event_types import CHANNELS, CONTACTS, PAPERS
from extract.fold import fold_word
from extract.lexicon import Hit, tables
from extract.participants import Participant

VERBS = ("event_past", "event_present", "event_future")
_SPOKEN_OF = ("agreement", "message")  # a visit that is spoken of took place or will; a paper may be years old
_UNDER_WAY = "motion_under_way"
_REACH_OPENED = 2  # tokens from "opened" to the gathering: "opened the works of the summit"
_AL = "\u0627\u0644"


def find_heads(
    doc: Annotated, triggers: list[Hit], participants: Sequence[Participant], supports: frozenset[str]
) -> dict[str, Hit]:
    """Return the types that a clause reports, each with its head trigger: one kind of contact, and each kind of act."""
    heads: dict[str, Hit] = {}
    for trigger in triggers:
        is_full = trigger.kind != "event_weak" or trigger.value in supports or is_concluded(doc, trigger, participants)
        if trigger.value == "cooperation" and _is_of_another(doc, trigger, triggers, participants):
            continue
        if is_full and trigger.value not in CONTACTS and trigger.value not in heads:
            heads[trigger.value] = trigger
    names_paper = any(t.value == "agreement" and (t.kind == "event_weak" or " " in t.phrase.text) for t in triggers)
    if not names_paper and len({p.code for p in participants if p.is_strong}) < 2:
        heads.pop("agreement", None)  # what one signs alone may be a guest book
    if heads.keys() & PAPERS:
        heads.pop("cooperation", None)  # what is received or handed over is the paper
    contacts = [t for t in triggers if t.value in CONTACTS and not _is_stranded(t, participants)]
    if "credentials" in heads:
        contacts = []  # the reception at which they are presented is no meeting beside it
    if contacts and "call" not in heads:
        kind, trigger = _contact_type(doc, contacts, participants)
        heads[kind] = trigger
    elif (put_off := next((t for t in contacts if t.value == "visit" and is_called_off(doc, t)), None)) is not None:
        heads["visit"] = put_off  # "told him by telephone that his visit is put off"
    return heads


def _is_of_another(doc: Annotated, trigger: Hit, triggers: Sequence[Hit], participants: Sequence[Participant]) -> bool:
    """ "a protocol on establishing relations", "opened the summit": the paper, or the gathering, is what took place."""
    at = doc.token_index(trigger.word_start)
    for other in triggers:
        is_paper = other.value == "agreement" and doc.token_index(other.end - 1) == at - 1
        gap = [
            t
            for t in doc.tokens_in(trigger.end, other.word_start)
            if not any(p.role == "official" and p.start <= t.start < p.end for p in participants)
        ]
        is_opened = other.value in CONTACTS and trigger.kind in VERBS and other.start > trigger.end
        if is_paper or (is_opened and len(gap) <= _REACH_OPENED):
            return True
    return False


def _is_stranded(trigger: Hit, participants: Sequence[Participant]) -> bool:
    """A verb of arriving without a place to arrive at says something else: "trade reached 790 million"; on its way to a
    place is many an aeroplane, so that there an official has to be on his.
    """
    if not trigger.phrase.list_name.startswith("motion"):
        return False
    if trigger.phrase.list_name == _UNDER_WAY and not any(p.role == "official" for p in participants):
        return True
    return not any(p.role == "destination" for p in participants)


def _contact_type(doc: Annotated, contacts: list[Hit], participants: Sequence[Participant]) -> tuple[str, Hit]:
    for channel in CHANNELS:
        for trigger in contacts:
            if trigger.value == channel:
                return channel, trigger
    parties = {p.code for p in participants if p.is_strong}
    first = next((t for t in contacts if t.kind != "event_weak"), contacts[0])
    if first.value == "summit" or any(t.value == "summit" for t in contacts):
        summit = next(t for t in contacts if t.value == "summit")
        is_gathering = (
            doc.text[summit.start : summit.end] in event_patterns().gathering
            or summit.phrase.text in event_patterns().gathering
        )
        if len(parties) > 2 or parties & organisations() or is_gathering:
            return "summit", summit
        if first is summit:
            return "meeting", summit
    if first.value == "visit":
        return "visit", first
    for trigger in contacts:
        if trigger.value == "visit" and not _is_relative(doc, trigger, first):
            return "visit", trigger
    return ("meeting" if first.value == "summit" else first.value), first


@lru_cache(maxsize=1)
def organisations() -> frozenset[str]:
    """Return the codes of parties that are no states."""
    return frozenset(tables("organisations"))


def _is_relative(doc: Annotated, visit: Hit, head: Hit) -> bool:
    """ "received X, who is on a visit" is a reception; "met X during his visit" is a visit."""
    return bool(event_patterns().relative.search(doc.text, head.end, visit.end)) or visit.phrase.list_name != "nouns"


def is_concluded(doc: Annotated, head: Hit, parts: Sequence[Participant]) -> bool:
    """ "the nuclear agreement between Iran and ...": a paper with the article and its parties is one that was concluded."""
    between = {p.code for p in parts if p.role in ("between", "member") and p.start > head.end}
    if event_patterns().on.match(doc.text, head.end):
        return False  # "it was agreed on": no paper
    return head.value == "agreement" and has_article(doc, head) and len(between) > 1


def is_spoken_of(doc: Annotated, head: Hit, parts: Sequence[Participant], supporting: Sequence[Hit]) -> bool:
    """Whether a paper is not signed here, but spoken of: with the article, in the plural, or without those between whom it is.

    Meant for "pressure to leave the nuclear agreement"; not for "reached the agreement", "an agreement between Oman and Qatar".
    """
    if head.kind != "event_weak" or head.value not in _SPOKEN_OF:
        return False
    if any(h.value == head.value and h.phrase.list_name == "support" for h in supporting):
        return False
    if has_article(doc, head):
        return True
    is_done = any(h.value == head.value for h in supporting) or is_plural(doc, head)
    between = {p.code for p in parts if p.role in ("between", "member", "with", "pair") and p.start > head.end}
    return head.value == "agreement" and (is_done or len(between) < 2)


def is_plural(doc: Annotated, head: Hit) -> bool:
    """Whether papers are meant, not one: "the agreements between the two"."""
    return (
        doc.text[head.start : head.end] in event_patterns().papers
        or fold_word(head.phrase.text) in event_patterns().papers
    )


def has_article(doc: Annotated, head: Hit) -> bool:
    """Whether a word has the article: the one that is known."""
    return doc.text[head.word_start : head.start].endswith(_AL)
