"""Records as short cards: what, when, who, and a way to the evidence."""

from __future__ import annotations

from html import escape

import pandas as pd
import streamlit as st

from pages.shared.records_table import record_address
from pages.shared.view import View, page_path


def show_cards(view: View, records: pd.DataFrame) -> None:
    """One card a record of `list_records`, two in a row."""
    words = view.words
    for at, record in enumerate(records.to_dict("records")):
        if at % 2 == 0:
            columns = st.columns(2)
        with columns[at % 2].container(border=True, height="stretch"):
            date = words.date(record["date_start"], record["date_end"], record["date_precision"])
            facts = (
                date or words("citation.no_date"),
                words.name("type", record["type"]),
                words.name("status", record["status"]),
            )
            summary = record["summary"] if words.is_arabic else record["summary_en"]
            st.html(
                f'<div class="card"><b>{escape(words.names("party", record["party_codes"]))}</b>'
                f"<small>{''.join(f'<span>{escape(fact)}</span>' for fact in facts)}</small>"
                f'<p dir="auto">{escape(summary)}</p></div>'
            )
            st.page_link(
                page_path("records"),
                label=words("overview.open"),
                query_params=record_address(view, record["engagement_id"]),
            )
