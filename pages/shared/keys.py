"""The keys of the review: digits of Arabic and Persian keyboards press what 0 to 9 do, and a key held down presses once."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

_SCRIPT = Path(__file__).with_name("keys.js").read_text(encoding="utf-8")


def take_digits() -> None:
    """Let the keys of the page be pressed on any keyboard."""
    # A script of fixed words, never of data.
    st.html(f"<script>{_SCRIPT}</script>", unsafe_allow_javascript=True)
