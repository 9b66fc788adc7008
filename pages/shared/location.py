"""The browser's address bar: a link from a page to itself changes what is shown, and Streamlit leaves the address as it was."""

from __future__ import annotations

import json
from urllib.parse import urlencode

import streamlit as st


def show_address() -> None:
    """Make the browser's address say what this run has shown, without a step in its history.

    To be called at the end of a run: what the page itself writes into the address is on its way to the browser before.
    """
    query = urlencode({key: st.query_params.get_all(key) for key in st.query_params}, doseq=True)
    # Encoded for an address, the parameters hold letters, digits and %&=+-._~ alone: nothing that could end the script.
    script = f"""{{
      const query = {json.dumps(query)};
      const is_same = new URLSearchParams(location.search).toString() === new URLSearchParams(query).toString();
      if (!is_same) history.replaceState(history.state, '', location.pathname + (query ? '?' + query : ''));
    }}"""
    st.html(f"<script>{script}</script>", unsafe_allow_javascript=True)
