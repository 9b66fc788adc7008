"""The records as a table, and the chosen one with its evidence."""

from __future__ import annotations

import streamlit as st

from extract.queries import find_record, read_figures
from pages.shared.address import RECORD_KEY, write_address
from pages.shared.desk import Opened
from pages.shared.history import show_hidden
from pages.shared.record_view import show_record
from pages.shared.records_table import read_rows, show_records
from pages.shared.view import View, current_view, page_path, stop_if_nothing
from pages.shared.words import write_literal

# As many as the grid shows without a lag; the downloads have them all.
_ROWS = 500


def show_page(view: View) -> None:
    """The record that the address names, or the table of the chosen records."""
    words = view.words
    st.title(words("nav.records"), anchor=False)
    engagement_id = st.query_params.get(RECORD_KEY)
    if engagement_id:
        st.page_link(
            page_path("records"),
            label=words("records.back"),
            icon=":material/list:",
            query_params=write_address(words.language, view.filters),
        )
        if record := find_record(view.register, engagement_id):
            show_record(view, Opened(record, view.register.corrections))
            return
        if show_hidden(view, engagement_id):
            return
        st.warning(words("state.no_such_record", id=write_literal(engagement_id)))
    stop_if_nothing(view)
    st.caption(words("records.count", count=read_figures(view.register, view.filters).engagements))
    show_records(view, read_rows(view, name="records", rows=_ROWS), name="records")


show_page(current_view())
