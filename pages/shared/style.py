"""The page's direction and language, and the few rules that Streamlit's theme has no setting for."""

from __future__ import annotations

import streamlit as st

# Streamlit lays out left to right. `direction` on the whole app would put the sidebar over the page where the screen
# is narrow; these rules turn the content, put the sidebar on the right, and leave alone what draws itself.
_RIGHT_TO_LEFT = """
[data-testid="stMainBlockContainer"], [data-testid="stSidebarContent"], [role="dialog"], [role="listbox"],
[data-testid="stToast"], [data-testid="stTooltipContent"] { direction: rtl }
[data-testid="stDataFrame"], .js-plotly-plot, [data-testid="stDeckGlJsonChart"],
[data-testid="stDateInput"] > div:last-child { direction: ltr }
[data-testid="stAppViewContainer"] { flex-direction: row-reverse }
[data-testid="stSidebar"] { left: auto !important; right: 0 !important }
[data-testid="stSidebar"][data-collapsed="true"] { display: none !important }
[data-testid="stToolbar"] > div { flex-direction: row-reverse }
[data-testid="stToolbar"] > div > div:last-child { justify-content: flex-start; margin: 0 auto 0 0 }
h1, h2, h3, p, label { text-align: start }
"""

_COMMON = """
html { direction: ltr !important }
[data-testid="stMainBlockContainer"] { padding: 1.2rem 2.5rem 3rem }
[data-testid="stHeader"] { background: none }
[data-testid="stHeader"], [data-testid="stHeader"] * { pointer-events: none }
[data-testid="stHeader"] button, [data-testid="stHeader"] button * { pointer-events: auto }
[data-testid="stSidebarHeader"] { height: 2.5rem; padding-block: 0.4rem; margin: 0 }
[data-testid="stSidebarUserContent"] [data-testid="stVerticalBlock"] { gap: 0.6rem }
.st-key-menu { border-bottom: 1px solid rgba(128, 128, 128, 0.3); padding-bottom: 0.4rem }
.legend { display: flex; flex-wrap: wrap; gap: 0.3rem 1rem; align-items: center; font-size: 0.85rem }
.legend i { display: inline-block; width: 1.1em; height: 0.9em; margin-inline-end: 0.35em; border-radius: 2px;
  border: 1px solid rgba(128, 128, 128, 0.5); vertical-align: -0.1em }
.card { display: flex; flex-direction: column; gap: 0.3rem }
.card small { display: flex; flex-wrap: wrap; gap: 0.4rem }
.card small span { background: rgba(128, 128, 128, 0.16); border-radius: 1rem; padding: 0.05rem 0.6rem }
.card p { margin: 0; display: -webkit-box; -webkit-line-clamp: 3; -webkit-box-orient: vertical; overflow: hidden }
.article { white-space: pre-wrap; line-height: 2; max-height: 46rem; overflow-y: auto; padding: 0.8rem 1rem;
  border: 1px solid rgba(128, 128, 128, 0.3); border-radius: 0.4rem }
.article mark, .legend mark { color: inherit; padding: 0 }
.fields { display: grid; grid-template-columns: max-content 1fr; gap: 0.45rem 1rem; margin: 0 !important;
  padding: 0 !important }
.fields dt { font-weight: 600; opacity: 0.75 }
.fields dd { margin: 0 }
.fields .blank { opacity: 0.7; font-style: italic }
h1 { font-size: 2rem !important; padding-block: 0.4rem 0.7rem !important }
h2 { font-size: 1.35rem !important }
h3 { font-size: 1.1rem !important }
"""


def set_direction(language: str) -> None:
    """Lay the page out for a language, and tell the browser which one it is."""
    direction = "rtl" if language == "ar" else "ltr"
    st.html(f"<style>{_COMMON}{_RIGHT_TO_LEFT if direction == 'rtl' else ''}</style>")
    # A script made of these two words only, never of data.
    script = f"Object.assign(document.documentElement, {{lang: '{language}', dir: '{direction}'}})"
    st.html(f"<script>{script}</script>", unsafe_allow_javascript=True)
