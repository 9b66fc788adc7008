"""Gives each engagement of an article its venue: its own, or that of another at which the same people were.

A paper is signed where its signatories met; who met one minister in Doha met the next one there on the same day; a summit
ahead is told of twice, its place once. What one engagement takes from another, a third may take from it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from extract.annotate import Annotated
from extract.drafts import Draft
from extract.event_types import CONTACTS
from extract.people import Person
from extract.venues import Venue, find_venue, is_sent

_GATHERINGS = ("meeting", "summit")


def find_venues(doc: Annotated, drafts: Sequence[Draft], people: Sequence[Person]) -> list[Venue | None]:
    """Return where each engagement took place, in the drafts' order; None where the text does not say.

    The main engagement's, and that of the only one planned, may be said where no other is told of.
    """
    planned = [d for d in drafts if d.status == "planned" and d.type in CONTACTS]
    free = {s.number for s in doc.sentences} - {n for d in drafts for n in d.sentences}
    found: list[Venue | None] = []
    for draft in drafts:
        may_be_elsewhere = draft is drafts[0] or planned == [draft]
        found.append(find_venue(doc, draft, people, free if may_be_elsewhere else frozenset()))
    for _ in drafts:
        shared = [venue or _shared(n, drafts, found) for n, venue in enumerate(found)]
        if shared == found:
            break
        found = shared
    return found


def _shared(number: int, drafts: Sequence[Draft], venues: Sequence[Venue | None]) -> Venue | None:
    draft = drafts[number]
    others = [(d, v) for n, (d, v) in enumerate(zip(drafts, venues, strict=True)) if n != number and v is not None]
    venue = next((v for d, v in others if inherits_venue(draft, d)), None)
    return venue or next((v for d, v in others if _is_beside(draft, d, v)), None)


def inherits_venue(draft: Draft, other: Draft) -> bool:
    """A paper signed, or an aside held, where another contact of its parties was: of one day, or told in one sentence."""
    if other.type not in CONTACTS or not set(draft.parties) <= set(other.parties):
        return False
    if draft.type == "joint_committee" and draft.status != other.status:
        return False  # the next session may be anywhere
    same_sentence = bool(set(draft.sentences[:1]) & set(other.sentences))
    if draft.type == "meeting" and same_sentence:
        return True
    if draft.type in _GATHERINGS:
        return _is_one_plan(draft, other)
    if draft.type == "message":  # handed over when they met; not a cable
        return draft.status == other.status and not any(is_sent(e) for e in draft.events)
    same_day = draft.date is None or other.date is None or draft.date.date_start == other.date.date_start
    return draft.type in ("agreement", "joint_committee") and (same_sentence or same_day)


def _is_one_plan(draft: Draft, other: Draft) -> bool:
    """Whether two drafts tell of one gathering ahead, or called off: its parties are those of the other, and dates agree."""
    if "held" in (draft.status, other.status) or other.type not in _GATHERINGS:
        return False
    mine, theirs = _days_of(draft), _days_of(other)
    return mine is None or theirs is None or (mine[0] <= theirs[1] and theirs[0] <= mine[1])


def _is_beside(draft: Draft, other: Draft, venue: Venue) -> bool:
    """Whether somebody was at both on one day, or the host was: "he will meet the emir, before he sees his counterparts"."""
    if draft.type not in _GATHERINGS or other.type not in CONTACTS:
        return False
    mine = _days_of(draft)
    if mine is None or mine[0] != mine[1] or mine != _days_of(other):
        return False
    return bool(draft.attending & other.attending) or venue.country in draft.parties


def _days_of(draft: Draft) -> tuple[date, date] | None:
    found = draft.date
    if found is None or found.date_start is None or found.date_end is None:
        return None
    return found.date_start, found.date_end
