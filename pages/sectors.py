"""What the engagements were about: sectors by group, and sectors by partner."""

from __future__ import annotations

import streamlit as st

from extract.queries import count_sector_parties, count_sectors
from pages.shared.charts import CONFIG, draw_sectors, order_sectors, write_group_legend
from pages.shared.tables import show_table
from pages.shared.view import View, current_view, stop_if_nothing


def show_sectors(view: View) -> None:
    """Bars and a cross table of the selection."""
    words = view.words
    st.title(words("nav.sectors"), anchor=False)
    stop_if_nothing(view)
    counts = order_sectors(words, count_sectors(view.register, view.filters))
    if counts.empty:
        st.info(words("sectors.none"))
        return
    st.caption(words("sectors.with_context" if view.filters.context else "sectors.core_only"))
    st.header(words("sectors.by_sector"), anchor=False)
    st.html(write_group_legend(words, counts))
    st.plotly_chart(draw_sectors(words, counts), key="sectors", config=CONFIG, alt=words("sectors.alt"))
    show_table(words, counts if view.filters.context else counts.drop(columns="core"), name="sectors")

    st.header(words("sectors.by_partner"), anchor=False)
    pairs = count_sector_parties(view.register, view.filters)
    frequent = pairs.groupby("party_code")["engagements"].sum().sort_values(ascending=False, kind="stable").index
    cross = pairs.pivot_table(index="sector_code", columns="party_code", values="engagements", fill_value=0)
    cross = cross.reindex(index=counts["sector_code"], columns=frequent).astype(int).reset_index()
    cross.columns.name = None
    show_table(words, cross, name="sectors-by-partner")


show_sectors(current_view())
