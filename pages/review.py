"""The review."""

from __future__ import annotations

import streamlit as st

from pages.shared.auth import ask_author
from pages.shared.view import View, current_view, stop_if_nothing


def show_page(view: View) -> None:
    """The review."""
    st.title(view.words("nav.review"), anchor=False)
    stop_if_nothing(view)
    ask_author(view.words)


show_page(current_view())
