"""What a session decides on records: written to the log of corrections with what the page had shown, and told.

A form is drawn from the record as it stood when the form was opened, and its corrections are refused where anyone else
has decided on the record since: then nothing is written, both values are shown, and the person chooses.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

import streamlit as st

from extract.corrections import (
    SOURCES,
    Conflict,
    Correction,
    CorrectionError,
    CorrectionLog,
    Stale,
    read_value,
    write_value,
)
from extract.errors import StoreError
from extract.models import Engagement, Evidence
from pages.shared.view import View, store_dir
from pages.shared.words import Words

_OPENED, _CLASH, _TOLD, _LAST, _OWN = "desk-opened", "desk-clash", "desk-told", "desk-last", "desk-own"
_NOTHING_WRITTEN = ("review.decided_already", "review.nothing_to_undo")


@dataclass(frozen=True, slots=True)
class Opened:
    """A record as the page showed it, and the number of the last correction then."""

    record: Engagement
    seen: int

    @property
    def stamp(self) -> str:
        """What tells this showing of a record from any other: a button that is called so decides on nothing else."""
        return f"{self.record.engagement_id}-{self.seen}"

    @property
    def key(self) -> str:
        """What the widgets of its form are called by: another opening has others, with what stands then."""
        return f"correct-{self.stamp}"


@dataclass(frozen=True, slots=True)
class Draft:
    """A correction before it is written: `old` and `new` are values as the models have them."""

    action: str
    field: str | None = None
    old: Any = None
    new: Any = None
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Clash:
    """Drafts that were refused, since others have decided on the record after it was shown: `newer`."""

    opened: Opened
    drafts: tuple[Draft, ...]
    why: str
    newer: tuple[Correction, ...]


def open_log() -> CorrectionLog:
    """The log of corrections of the page's store."""
    return CorrectionLog(store_dir())


def read_history(view: View, engagement_id: str) -> list[Correction]:
    """What was decided on a record, under its present id or an earlier one, in the order in which it was written."""
    log, current = open_log(), view.register.overlay.current
    ids = dict.fromkeys((engagement_id, *(known for known, now in current.items() if now == engagement_id)))
    found = {one.number: one for name in ids for one in log.history(name)}
    return [found[number] for number in sorted(found)]


def opened_form(engagement_id: str) -> Opened | None:
    """The form that this session has open on a record."""
    opened: Opened | None = st.session_state.get(_OPENED)
    return opened if opened and opened.record.engagement_id == engagement_id else None


def current_clash() -> Clash | None:
    """What of this session was last refused, until it is settled or something else is written."""
    clash: Clash | None = st.session_state.get(_CLASH)
    return clash


def clash_of(engagement_id: str) -> Clash | None:
    """What of this session was refused on a record."""
    clash = current_clash()
    return clash if clash and clash.opened.record.engagement_id == engagement_id else None


def open_form(opened: Opened) -> None:
    """Open the form on a record as the page shows it; for a button's click."""
    st.session_state[_OPENED] = opened
    st.session_state.pop(_CLASH, None)


def close_form() -> None:
    """Close the form, and forget what was entered; for a button's click."""
    st.session_state.pop(_OPENED, None)
    st.session_state.pop(_CLASH, None)


def decide(opened: Opened, action: str, author: str) -> None:
    """Confirm or reject a record as the page shows it; for a button's click."""
    _write(opened, (Draft(action),), "", author, f"review.did_{action}")


def settle(opened: Opened, action: str, conflict: Conflict, author: str) -> None:
    """Keep the corrected value of a field in conflict, or take the extractor's; for a button's click."""
    draft = Draft(action, conflict.correction.field, new=conflict.correction.article_id)
    _write(opened, (draft,), "", author, "desk.saved")


def keep_setting(opened: Opened, setting: Correction, author: str) -> None:
    """Keep the one of two settings of a field that is shown; for a button's click."""
    _write(opened, (Draft("keep", setting.field),), "", author, "desk.saved")


def take_setting(opened: Opened, setting: Correction, author: str) -> None:
    """Set a field to what another setting of it says, on the same words; for a button's click."""
    field = str(setting.field)
    old, new = getattr(opened.record, field), read_value(field, setting.new)
    _write(opened, (Draft("set", field, old, new, setting.evidence),), setting.why, author, "desk.saved")


def undo(opened: Opened, correction_ids: Sequence[str], author: str) -> None:
    """Undo what was decided at once on a record as the page shows it; for a button's click."""
    drafts = tuple(Draft("undo", new=one) for one in correction_ids)
    _write(opened, drafts, "", author, "review.did_undo")


def undo_last(author: str) -> None:
    """Undo this session's last decision, whichever it is by now: the page may be older than the key that was pressed."""
    if last := last_decision():
        undo(*last, author)
    else:
        st.session_state[_TOLD] = ("review.nothing_to_undo", "")


def save_drafts(opened: Opened, drafts: Sequence[Draft], *, why: str, author: str) -> bool:
    """Write what the form holds and close it; False where it clashes or is refused, which stays open and is told.

    The page must run anew afterwards, to show what came of it.
    """
    is_kept = _write(opened, tuple(drafts), why, author, "desk.saved")
    if is_kept:
        close_form()
    return is_kept


def save_mine(clash: Clash, record: Engagement, author: str) -> None:
    """Write refused drafts over what others have decided, now that the page has shown it; for a button's click."""
    seen = max(one.number for one in clash.newer)
    drafts = tuple(replace(one, old=_read_old(record, one)) if one.field else one for one in clash.drafts)
    if _write(Opened(record, seen), drafts, clash.why, author, "desk.saved"):
        close_form()


def _read_old(record: Engagement, draft: Draft) -> Any:
    """What a record says now of what a draft sets: of its sources, the one that is set."""
    old = getattr(record, str(draft.field))
    if draft.field != SOURCES:
        return old
    articles = {one.article_id for one in draft.new}
    return tuple(one for one in old if one.article_id in articles)


def tell(words: Words) -> None:
    """Say once what came of the last decision."""
    if told := st.session_state.pop(_TOLD, None):
        word, detail = told
        say = st.error if detail else st.warning if word in _NOTHING_WRITTEN else st.success
        say(words(word))
        if detail:
            st.code(detail, language=None, wrap_lines=True)


def last_decision() -> tuple[Opened, tuple[str, ...]] | None:
    """The record of this session's last decision as it stood then, and the ids of what was decided: one key undoes them."""
    last: tuple[Opened, tuple[str, ...]] | None = st.session_state.get(_LAST)
    return last


def _write(opened: Opened, drafts: tuple[Draft, ...], why: str, author: str, word: str) -> bool:
    """Write the drafts; say whether they are kept. Others' newer decisions become a clash, and a refusal is told."""
    at = datetime.now(UTC)
    corrections = [_as_correction(opened.record, draft, why, author, at) for draft in drafts]
    own: set[str] = st.session_state.setdefault(_OWN, set())
    try:
        number = open_log().append(corrections, seen=opened.seen)
    except Stale as error:
        if {one.correction_id for one in error.newer} <= own and not any(draft.field for draft in drafts):
            st.session_state[_TOLD] = ("review.decided_already", "")
        else:
            st.session_state[_CLASH] = Clash(opened, drafts, why, tuple(error.newer))
        return False
    except (CorrectionError, StoreError) as error:
        st.session_state[_TOLD] = ("desk.refused", str(error))
        return False
    own |= {one.correction_id for one in corrections}
    st.session_state.pop(_CLASH, None)
    st.session_state[_TOLD] = (word, "")
    st.session_state.pop(_LAST, None)
    if drafts[-1].action != "undo":
        st.session_state[_LAST] = (
            Opened(opened.record, number),
            tuple(one.correction_id for one in corrections),
        )
    return True


def _as_correction(record: Engagement, draft: Draft, why: str, author: str, at: datetime) -> Correction:
    old, new = (
        write_value(draft.field, one) if draft.action == "set" and draft.field else one
        for one in (draft.old, draft.new)
    )
    return Correction(
        engagement_id=record.engagement_id, action=draft.action, field=draft.field, old=old, new=new, author=author,
        why=why, evidence=draft.evidence, at=at,
    )  # fmt: skip
