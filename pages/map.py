"""The map of partners, with the same numbers in tables for those who cannot use a map."""

from __future__ import annotations

import streamlit as st

from extract.queries import count_pairs, count_parties
from pages.shared.tables import show_table
from pages.shared.view import View, current_view, stop_if_nothing
from pages.shared.world import MOST_ARCS, draw_map


def show_map(view: View) -> None:
    """The map, and beside it the count of each party and each tie."""
    words = view.words
    st.title(words("nav.map"), anchor=False)
    stop_if_nothing(view)
    parties = count_parties(view.register, view.filters)
    pairs = count_pairs(view.register, view.filters)
    picture, numbers = st.columns([2, 1])
    with picture:
        draw_map(words, parties, pairs.head(MOST_ARCS), height=520)
    with numbers:
        st.subheader(words("map.by_country"), anchor=False)
        show_table(words, parties, name="countries")
        st.subheader(words("map.by_pair"), anchor=False)
        show_table(words, pairs, name="ties")


show_map(current_view())
