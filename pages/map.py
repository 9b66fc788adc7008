"""The map of partners, with the same numbers in tables for those who cannot use a map."""

from __future__ import annotations

import streamlit as st

from extract.queries import describe_parties
from pages.shared.places import write_places
from pages.shared.tables import show_table, write_last_dates
from pages.shared.view import View, current_view, stop_if_nothing
from pages.shared.world import MOST_ARCS, draw_map, list_ties


def show_map(view: View) -> None:
    """The map, and beside it the count of each party and each tie."""
    words = view.words
    st.title(words("nav.map"), anchor=False)
    stop_if_nothing(view)
    parties = describe_parties(view.register, view.filters)
    pairs = list_ties(view)
    picture, numbers = st.columns([10, 7])
    with picture:
        draw_map(view, parties, pairs.head(MOST_ARCS), width=570, height=520)
    with numbers:
        st.subheader(words("map.by_country"), anchor=False)
        table = write_last_dates(parties)
        show_table(words, table, name="countries", columns=("party_code", "engagements", "last_date"))
        st.download_button(
            "GeoJSON",
            lambda: write_places(words, parties),
            icon=":material/download:",
            help=words("download.help", format="GeoJSON"),
            file_name="rawabit-countries.geojson",
            mime="application/geo+json",
            key="countries-geojson",
            on_click="ignore",
        )
        st.subheader(words("map.by_pair"), anchor=False)
        show_table(words, pairs, name="ties")


show_map(current_view())
