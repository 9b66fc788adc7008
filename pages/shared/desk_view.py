"""Above a record: whether it was reviewed, the buttons that decide on it, and what stands against a decision."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any

import streamlit as st

from extract.corrections import Correction, read_value
from extract.models import Article, Engagement
from extract.review import list_conflicts, read_review
from pages.shared.auth import ask_author, read_access
from pages.shared.correct import show_field_form
from pages.shared.desk import (
    Clash,
    Opened,
    clash_of,
    close_form,
    decide,
    keep_setting,
    open_form,
    opened_form,
    save_mine,
    settle,
    take_setting,
    tell,
)
from pages.shared.editors import EDITORS
from pages.shared.field_values import name_field
from pages.shared.history import name_value_of, write_decision
from pages.shared.join import list_members, show_merge_form, show_split_form
from pages.shared.records_by_hand import show_add_form
from pages.shared.view import View
from pages.shared.words import Words, write_literal

# Letters of a value on a button; the table above it has them all.
_LONGEST_CHOICE = 60


def show_desk(view: View, shown: Opened) -> None:
    """Whether the record was reviewed, and the buttons that decide on it for who may; what came of the last decision."""
    words, access = view.words, read_access()
    review = read_review(view.register, shown.record.engagement_id)
    with st.container(horizontal=True, key="desk", vertical_alignment="center"):
        state = f'<span class="state {escape(review)}">{escape(words.name("review", review))}</span>'
        st.html(state, width="content")
        if access.may_write and access.author:
            draw_decisions(words, shown, access.author)
        if access.may_write or access.has_login:
            st.button(words("desk.open"), key="desk-open", icon=":material/edit:", on_click=open_form, args=(shown,))
    tell(words)
    show_conflicts(view, shown, access.author if access.may_write else None)
    clash = clash_of(shown.record.engagement_id)
    if clash and access.author and not opened_form(shown.record.engagement_id):
        show_clash(words, clash, shown.record, access.author)


def show_conflicts(view: View, shown: Opened, author: str | None) -> None:
    """Each decision whose ground has changed, with the values of both sides and the choice between them."""
    words = view.words
    for at, one in enumerate(list_conflicts(view.register, shown.record.engagement_id)):
        with st.container(border=True, key=f"conflict-{at}"):
            field = one.correction.field
            what = words.field(field) if field else words(f"action.{one.correction.action}", field="")
            st.subheader(words("conflict.title", field=what), anchor=False)
            st.text(words(f"conflict.{one.reason}"))
            if field is None:
                continue
            sides = [("mine", one.theirs), ("now", one.now), ("before", one.then)]
            rows = [(words(f"conflict.{side}"), _name(view, shown, field, it)) for side, it in sides]
            if one.rival:
                setters = (one.correction, one.rival)
                both = [(words("conflict.of", author=it.author), _name(view, shown, field, it.new)) for it in setters]
                rows = [*both, rows[1]]
            st.html(_write_table(rows))
            if author and one.rival:
                _choose_setting(view, shown, one.correction, one.rival, author, key=f"conflict-{at}")
            elif author:
                with st.container(horizontal=True):
                    for action in ("keep", "take"):
                        st.button(
                            words(f"conflict.{action}"),
                            key=f"{action}-{at}",
                            on_click=settle,
                            args=(shown, action, one, author),
                        )


def _choose_setting(
    view: View, shown: Opened, setting: Correction, rival: Correction, author: str, *, key: str
) -> None:
    """The choice between two settings of one field, by their values: both may be of one person."""
    with st.container(horizontal=True):
        for one, choose in ((setting, keep_setting), (rival, take_setting)):
            value = _name(view, shown, str(one.field), one.new)
            st.button(
                view.words("conflict.choose", value=write_literal(value[:_LONGEST_CHOICE])),
                key=f"{key}-{one.correction_id}",
                on_click=choose,
                args=(shown, one, author),
            )


def _name(view: View, shown: Opened, field: str, value: Any) -> str:
    """A value of a conflict in words; the extractor has none where it no longer finds the record."""
    if value is None:
        return view.words("correct.nothing")
    return name_value_of(view.words, shown.record, field, read_value(field, value))


def _write_table(rows: Sequence[tuple[str, str]]) -> str:
    cells = (f"<tr><th scope='row'>{escape(name)}</th><td><bdi>{escape(value)}</bdi></td></tr>" for name, value in rows)
    return f'<table class="codes sides"><tbody>{"".join(cells)}</tbody></table>'


def draw_decisions(
    words: Words, shown: Opened, author: str, *, keys: tuple[str | None, str | None] = (None, None)
) -> None:
    """The buttons that confirm and reject the record that is shown; `keys` press them too.

    They are called after the record and the state in which it is shown: what is pressed before the page has caught up with the
    last decision names the record that was on the screen, and no other.
    """
    for action, icon, shortcut in zip(
        ("confirm", "reject"), (":material/check:", ":material/block:"), keys, strict=True
    ):
        st.button(
            words(f"review.{action}"),
            key=f"desk-{action}-{shown.stamp}",
            icon=icon,
            shortcut=shortcut,
            on_click=decide,
            args=(shown, action, author),
        )


def show_clash(words: Words, clash: Clash, record: Engagement, author: str) -> None:
    """What others decided after the record was shown, beside what was to be written, and the choice between the two."""
    with st.container(border=True, key="clash"):
        st.warning(words("desk.changed_meanwhile"))
        st.html("".join(write_decision(words, [one], record) for one in clash.newer))
        fields = [one for one in clash.drafts if one.field]
        if not fields:
            st.caption(words("desk.look_again"))
            return
        st.html(_write_clash(words, clash, record))
        with st.container(horizontal=True):
            st.button(words("desk.save_mine"), key="save-mine", on_click=save_mine, args=(clash, record, author))
            st.button(words("desk.keep_theirs"), key="keep-theirs", type="primary", on_click=close_form)


def _write_clash(words: Words, clash: Clash, record: Engagement) -> str:
    """The refused fields as an HTML table: as they were shown, as they are now, as they were to be."""
    heads = "".join(f"<th scope='col'>{escape(words(f'desk.{key}'))}</th>" for key in ("was", "theirs", "yours"))
    rows = []
    for one in clash.drafts:
        if one.field:
            was, now = name_field(words, clash.opened.record, one.field), name_field(words, record, one.field)
            cells = (was, now, name_value_of(words, record, one.field, one.new))
            written = "".join(f"<td><bdi>{escape(cell)}</bdi></td>" for cell in cells)
            rows.append(f"<tr><th scope='row'>{escape(words.field(one.field))}</th>{written}</tr>")
    return f'<table class="codes"><thead><tr><td></td>{heads}</tr></thead><tbody>{"".join(rows)}</tbody></table>'


def show_correction(view: View, opened: Opened, record: Engagement, articles: Sequence[Article]) -> None:
    """What is to be corrected, and the form for it, in the place of the record's fields."""
    words = view.words
    author = ask_author(words)
    clash = clash_of(opened.record.engagement_id)
    if author and clash:
        show_clash(words, clash, record, author)
        return
    if author:
        _choose_correction(view, opened, articles, author)
    st.button(words("desk.close"), key=f"{opened.key}-close", type="tertiary", on_click=close_form)


def _choose_correction(view: View, opened: Opened, articles: Sequence[Article], author: str) -> None:
    words = view.words
    members = list_members(view, opened.record)
    others = ["merge", *(["split"] if len(members) > 1 else []), *(["add"] if articles else [])]
    what = st.selectbox(
        words("correct.what"),
        [*EDITORS, *others],
        format_func=lambda one: words(f"join.{one}") if one in others else words.field(one),
        key=f"{opened.key}-what",
    )
    if what == "merge":
        show_merge_form(view, opened, articles, author)
    elif what == "split":
        show_split_form(view, opened, members, articles, author)
    elif what == "add":
        show_add_form(view, opened, articles, author)
    else:
        show_field_form(view, opened, what, articles, author)
