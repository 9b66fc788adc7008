"""When: dated records on a line, as wide as their dates are vague, and the undated ones beside it."""

from __future__ import annotations

import streamlit as st

from extract.queries import read_figures
from pages.shared.charts import CONFIG, draw_timeline, write_status_legend
from pages.shared.records_table import read_rows, show_records
from pages.shared.view import View, current_view, stop_if_nothing

# Bars on one screen, and the height at which they still have their names beside them.
_BARS = 40

_DATED_COLUMNS = ("date", "type", "status", "party_codes", "summary")


def show_timeline(view: View) -> None:
    """The line of dated records, the list of the undated ones beside it, and that of the dated ones below."""
    words = view.words
    st.title(words("nav.timeline"), anchor=False)
    stop_if_nothing(view)
    figures = read_figures(view.register, view.filters)
    dated = figures.engagements - figures.undated
    drawn, beside = st.columns([2, 1]) if figures.undated else (st.container(), None)
    with drawn:
        st.header(words("timeline.dated", count=dated), anchor=False)
        if dated:
            rows = read_rows(view, name="dated", dated=True, rows=_BARS)
            st.caption(words("timeline.width"))
            st.html(write_status_legend(words))
            st.plotly_chart(draw_timeline(words, rows), key="timeline", config=CONFIG, alt=words("timeline.alt"))
            show_records(view, rows, name="dated", dated=True, columns=_DATED_COLUMNS)
        else:
            st.info(words("timeline.none"))
    if beside:
        with beside:
            st.header(words("timeline.undated", count=figures.undated), anchor=False)
            st.caption(words("timeline.undated_why"))
            undated = read_rows(view, name="undated", dated=False, rows=_BARS)
            show_records(view, undated, name="undated", dated=False, columns=("party_codes", "type"))


show_timeline(current_view())
