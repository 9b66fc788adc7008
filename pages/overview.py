"""The first page: how much there is, where the partners are, and the latest records."""

from __future__ import annotations

import streamlit as st

from extract.queries import describe_parties, list_records, read_figures
from pages.shared.cards import show_cards
from pages.shared.changes import show_changes
from pages.shared.places import read_places
from pages.shared.view import View, current_view, stop_if_nothing
from pages.shared.world import MOST_ARCS, draw_map, list_ties

_LATEST = 6


def show_overview(view: View) -> None:
    """Figures, map and latest records of the selection."""
    words = view.words
    st.title(words("app.name"), anchor=False)
    st.caption(words("app.tagline"))
    show_changes(view)
    stop_if_nothing(view)
    parties = describe_parties(view.register, view.filters)
    figures = read_figures(view.register, view.filters)
    numbers = {
        "engagements": figures.engagements,
        "countries": int(parties["party_code"].isin(list(read_places())).sum()),
        "sectors": figures.sectors,
        "articles": figures.articles,
    }
    for column, (name, number) in zip(st.columns(len(numbers)), numbers.items(), strict=True):
        column.metric(words(f"figure.{name}"), words.number(number), border=True)
    st.header(words("overview.map"), anchor=False)
    draw_map(view, parties, list_ties(view, MOST_ARCS), width=980, height=440)
    st.header(words("overview.latest"), anchor=False)
    show_cards(view, list_records(view.register, view.filters, limit=_LATEST))


show_overview(current_view())
