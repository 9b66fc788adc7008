"""The records that were rejected, which no table or map shows: who said so, when and why, and a way to take it back."""

from __future__ import annotations

from html import escape

import pandas as pd
import streamlit as st

from extract.corrections import Rejected
from extract.models import Engagement
from extract.review import list_rejected
from pages.shared.desk import Opened, undo
from pages.shared.history import write_decision
from pages.shared.records_table import record_address
from pages.shared.tables import show_table, write_date
from pages.shared.view import View, page_path
from pages.shared.words import Words

# As many are drawn with their buttons; the table below has them all.
_DRAWN = 10


def show_rejected(view: View, author: str | None) -> None:
    """The rejected records of the whole register, the last one first; nothing where there are none."""
    words, rejected = view.words, list_rejected(view.register)
    if not rejected:
        return
    with st.expander(words("rejected.title", count=len(rejected)), key="rejected", icon=":material/block:"):
        st.caption(words("rejected.help"))
        for one in rejected[:_DRAWN]:
            _draw(view, one, author)
        if len(rejected) > _DRAWN:
            st.caption(words("rejected.more", count=len(rejected) - _DRAWN))
        show_table(words, list_rows(words, rejected), name="rejected")


def _draw(view: View, one: Rejected, author: str | None) -> None:
    words, record = view.words, one.record
    with st.container(horizontal=True, key=f"rejected-{record.engagement_id}", vertical_alignment="center"):
        st.html(
            f"<b><bdi>{escape(name_record(words, record))}</bdi></b><p><bdi>{escape(_summary(words, record))}</bdi></p>"
            + write_decision(words, one.decisions[-1:], record)
        )
        address = record_address(view, record.engagement_id)
        st.page_link(page_path("records"), label=words("rejected.open"), query_params=address, width="content")
        if author:
            st.button(
                words("desk.undo"),
                key=f"rejected-undo-{one.decisions[-1].correction_id}",
                on_click=undo,
                args=(
                    Opened(record, view.register.corrections),
                    tuple(it.correction_id for it in one.decisions),
                    author,
                ),
            )


def name_record(words: Words, record: Engagement) -> str:
    """A record on one line: its day, its type and its parties."""
    date = words.date(record.date_start, record.date_end, record.date_precision)
    parts = (date, words.name("type", record.type), words.names("party", record.parties))
    return " · ".join(part for part in parts if part)


def _summary(words: Words, record: Engagement) -> str:
    return record.summary if words.is_arabic else record.summary_en or record.summary


def list_rows(words: Words, rejected: list[Rejected]) -> pd.DataFrame:
    """The rejected records as a table: what each is, and who rejected it, when and why."""
    rows = [
        {
            "engagement_id": one.record.engagement_id,
            "date": write_date(one.record.date_start, one.record.date_end, one.record.date_precision),
            "type": one.record.type,
            "party_codes": list(one.record.parties),
            "summary": _summary(words, one.record),
            "rejected_by": one.decisions[-1].author,
            "rejected_at": f"{one.decisions[-1].at:%Y-%m-%d %H:%M} UTC",
            "why": one.decisions[-1].why or None,
        }
        for one in rejected
    ]
    return pd.DataFrame(rows)
