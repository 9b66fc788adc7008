"""What was decided on a record, when, by whom and why: each decision with its values in words, and a way to undo it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from html import escape
from itertools import groupby
from typing import Any

import streamlit as st

from extract.corrections import Correction, CorrectionError, check_value, read_value
from extract.models import Article, Engagement
from pages.shared.auth import read_access
from pages.shared.desk import Opened, read_history, tell, undo
from pages.shared.field_values import name_field
from pages.shared.records_by_hand import blank_record
from pages.shared.view import View
from pages.shared.words import Words


def show_history(view: View, shown: Opened) -> None:
    """The decisions on a record, the latest first; each can be undone where this session has an author."""
    words, history = view.words, read_history(view, shown.record.engagement_id)
    if not history:
        return
    access = read_access()
    author = access.author if access.may_write else None
    undone = {one.new for one in history if one.action == "undo"}
    st.header(words("desk.history"), anchor=False)
    for decisions in reversed([list(group) for _, group in groupby(history, key=_occasion)]):
        first = decisions[0]
        is_undone = first.correction_id in undone
        with st.container(horizontal=True, key=f"history-{first.correction_id}", vertical_alignment="center"):
            st.html(write_decision(words, decisions, shown.record, history=history, is_undone=is_undone))
            if author and first.action != "undo" and not is_undone:
                ids = tuple(one.correction_id for one in decisions)
                st.button(
                    words("desk.undo"),
                    key=f"undo-{first.correction_id}",
                    type="tertiary",
                    on_click=undo,
                    args=(shown, ids, author),
                )


def show_hidden(view: View, engagement_id: str) -> bool:
    """What was decided on a record that tables leave out (rejected, merged, split); False where nothing was."""
    tell(view.words)
    if not read_history(view, engagement_id):
        return False
    st.info(view.words("desk.hidden"))
    nothing = blank_record(Article(article_id="", text=""))
    show_history(view, Opened(replace(nothing, engagement_id=engagement_id), view.register.corrections))
    return True


def _occasion(one: Correction) -> tuple[object, ...]:
    """What corrections that were saved together share: the days of a date, the city and country of a venue."""
    return one.at, one.author, one.action, one.why


def write_decision(
    words: Words,
    decisions: Sequence[Correction],
    record: Engagement,
    *,
    history: Sequence[Correction] = (),
    is_undone: bool = False,
) -> str:
    """What was decided at once as HTML: what, from which value to which, who, when, why, on which words; all escaped."""
    first = decisions[0]
    parts = [f"<b>{escape(_name_decision(words, decisions, history))}</b>"]
    if is_undone:
        parts.append(f"<em>({escape(words('desk.undone'))})</em>")
    for one in decisions:
        if one.action == "set" and one.field:
            old, new = (_tell(words, record, one.field, it) for it in (one.old, one.new))
            arrow = "←" if words.is_arabic else "→"
            parts.append(
                f"<span><del><bdi>{escape(old)}</bdi></del> {arrow} <ins><bdi>{escape(new)}</bdi></ins></span>"
            )
    when = words.digits(f"{first.at:%Y-%m-%d %H:%M}")
    parts.append(f"<small><bdi>{escape(first.author)}</bdi> · <bdi>{escape(when)} UTC</bdi></small>")
    if first.why:
        parts.append(f"<p><bdi>{escape(first.why)}</bdi></p>")
    quotes = dict.fromkeys(item.quote for one in decisions for item in one.evidence)
    parts += [f'<blockquote dir="rtl" lang="ar">{escape(quote)}</blockquote>' for quote in quotes]
    return f'<div class="decision{" undone" if is_undone else ""}">{"".join(parts)}</div>'


def _tell(words: Words, record: Engagement, field: str, value: Any) -> str:
    """A value of a correction in words; what another desk says was there before may be no value of this field: as it stands."""
    if value is None:
        return words("correct.nothing")
    try:
        check_value(field, value)
    except CorrectionError:
        return str(value)
    return name_value_of(words, record, field, read_value(field, value))


def _name_decision(words: Words, decisions: Sequence[Correction], history: Sequence[Correction]) -> str:
    """What was decided; of an undoing, what it undid, where the history has it."""
    action, ids = decisions[0].action, {one.new for one in decisions if one.action == "undo"}
    fields = words.comma.join(words.field(one.field) for one in decisions if one.field)
    name = words(f"action.{action}", field=fields)
    undone = [one for one in history if one.correction_id in ids]
    return f"{name}: {_name_decision(words, undone, ())}" if undone else name


def name_value_of(words: Words, record: Engagement, field: str, value: Any) -> str:
    """A value of a field in words, as the models have it."""
    return name_field(words, replace(record, **{field: value}), field)
