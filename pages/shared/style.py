"""The page's direction and language, and the few rules that Streamlit's theme has no setting for."""

from __future__ import annotations

import json
from pathlib import Path

import streamlit as st

from pages.shared.pictures import read_script
from pages.shared.words import Words, base_language, read_catalogue

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
[data-testid="stElementToolbar"] { right: auto !important; left: 0 !important }
[data-testid="stPagination"] [data-testid="stIconMaterial"], [data-testid="stPagination"] svg,
[data-testid="stExpandSidebarButton"], [data-testid="stSidebarCollapseButton"],
[data-testid="stExpander"] summary [data-testid="stIconMaterial"] { transform: scaleX(-1) }
[class*="st-key-citation"] code { direction: rtl }
section[role="dialog"] > button:first-child { right: auto; left: 1.5rem }
[data-testid="stDateInputCalendar"] header svg, [data-testid="stDateInputCalendar"] header [data-testid="stIconMaterial"] {
  transform: scaleX(-1) }
h1, h2, h3, p, label { text-align: start }
"""

_COMMON = """
html { direction: ltr !important }
.st-key-late { display: none !important }
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
.fields { display: flex; flex-direction: column; gap: 0.45rem; margin: 0 !important; padding: 0 !important }
.fields > div { display: grid; grid-template-columns: 8.5rem 1fr; gap: 0 0.8rem }
.fields dt { font-weight: 600; grid-row: 1 / span 50 }
.fields dt small, .codes th small { display: block; font-weight: 400 }
.fields dd { margin: 0; grid-column: 2; overflow-wrap: anywhere }
.fields dd + dd { margin-top: 0.3rem }
.fields .blank { font-style: italic }
.st-key-record [tabindex]:focus, a:focus-visible, button:focus-visible, summary:focus-visible, [role="tab"]:focus-visible,
[role="spinbutton"]:focus, [data-testid="stDataFrame"]:focus-within, label:has(input:focus-visible),
:is([data-testid="stMultiSelect"], [data-testid="stSelectbox"], [data-testid="stTextInput"]) > div:has(:focus-visible) {
  outline: 2px solid currentColor !important; outline-offset: 2px }
[data-testid="stMain"]:focus-visible { outline: 2px solid currentColor; outline-offset: -2px }
.figures { display: grid; grid-template-columns: repeat(3, 1fr); gap: 0.6rem;
  margin: 0 !important; padding: 0 !important }
.figures > div { border: 1px solid rgba(128, 128, 128, 0.35); border-radius: 0.4rem; padding: 0.3rem 0.7rem }
.figures dd { margin: 0; font-size: 1.4rem; font-weight: 600 }
.bars, .codes { width: 100%; border-collapse: collapse; margin-bottom: 1rem }
.bars caption, .codes caption { text-align: start; font-weight: 600; padding-block: 0.3rem; caption-side: top }
.bars th, .bars td, .codes th, .codes td { text-align: start; font-weight: 400; padding: 0.2rem 0.4rem;
  border-bottom: 1px solid rgba(128, 128, 128, 0.25); vertical-align: top }
.bars { table-layout: fixed }
.bars td { white-space: nowrap }
.bars tbody th { width: 38% }
.bars:has(thead) tbody th { width: 34% }
.codes:not(:has(thead)) { table-layout: fixed }
.codes code { overflow-wrap: anywhere; white-space: normal }
.codes .day { white-space: nowrap }
.sides th { width: 14rem }
.bars thead th, .codes thead th { font-weight: 600 }
.bars i { display: inline-block; height: 0.8em; min-width: 1px; border-radius: 2px; vertical-align: -0.05em }
[data-testid="stCaptionContainer"], [data-testid="stCaptionContainer"] p { color: inherit !important; opacity: 1 !important }
.steps { margin: 0; padding-inline-start: 1.4rem !important }
.fields [data-field="summary"] bdi { display: block; text-align: start }
.card + [data-testid="stPageLink"] a, [data-testid="stElementContainer"]:has(.card) + [data-testid="stElementContainer"] a {
  padding-inline: 0 }
[data-testid="stElementContainer"]:has(.figures) ~ [data-testid="stElementContainer"] [data-testid="stPageLink"] a {
  padding-inline: 0 }
.pictures { display: flex; flex-wrap: wrap; gap: 0.4rem; align-items: center }
.pictures button { display: flex; gap: 0.35rem; align-items: center; min-height: 2.1rem; padding: 0.1rem 0.4rem;
  font: inherit; font-size: 0.875rem; color: inherit; cursor: pointer;
  background: none; border: 1px solid rgba(128, 128, 128, 0.35); border-radius: 0.4rem }
.pictures button:hover { border-color: currentColor }
.pictures i { font: normal 1.1rem/1 "Material Symbols Rounded" }
.pictures span:empty { margin-inline-start: -0.4rem }
[data-testid="stDownloadButton"] button { min-height: 2.1rem; padding: 0.1rem 0.4rem; font-size: 0.875rem }
:is([data-testid="stHorizontalBlock"], [data-testid="stVerticalBlock"]):has(> * > [data-testid="stDownloadButton"]):not(
  :has([data-testid="stDataFrame"])) { gap: 0.4rem }
.js-plotly-plot :is(.xtick, .ytick, .y2tick) text, .js-plotly-plot .bartext-outside,
.js-plotly-plot .annotation-text { fill: currentColor !important }
/* Else the map cuts what is said of a country near its side, in Arabic at the first word. */
.deck-tooltip { width: max-content; max-width: 15rem; translate: -50% 1rem }
@media (min-width: 641px) { [data-testid="stDeckGlJsonChart"] div:has(.deck-tooltip) { overflow: visible !important } }
.state { border: 1px solid currentColor; border-radius: 1rem; padding: 0.1rem 0.8rem; font-size: 0.9rem }
.state.conflict, .state.rejected { border-style: dashed; font-weight: 600 }
blockquote { margin: 0.3rem 0 !important; padding: 0.1rem 0.8rem !important; line-height: 1.9;
  border-inline-start: 3px solid rgba(128, 128, 128, 0.6) !important; border-inline-end: none !important }
.quotes { display: grid; grid-template-columns: 8.5rem 1fr; gap: 0.2rem 0.8rem; margin: 0 !important; padding: 0 !important }
.quotes dt { font-weight: 600 }
.quotes dd { margin: 0; text-align: start; overflow-wrap: anywhere }
.reasons { margin: 0; padding-inline-start: 1.2rem !important }
.decision { display: flex; flex-wrap: wrap; gap: 0.1rem 0.8rem; align-items: baseline }
.decision p, .decision blockquote { flex-basis: 100%; margin: 0 !important }
.decision.undone > :not(em) { opacity: 0.75 }
.decision del { text-decoration: line-through } .decision ins { text-decoration: none; font-weight: 600 }
[data-testid="stTextArea"] textarea, [data-testid="stTextInput"] input { unicode-bidi: plaintext; text-align: start }
/* "Press Enter" lies over what is typed: a form has its button, and elsewhere it stands below. */
[data-testid="stForm"] [data-testid="InputInstructions"] { display: none }
[data-testid="stTextInput"] [data-testid="InputInstructions"] { bottom: -1.3rem }
[class*="st-key-citation"] :is(pre, code, code *) { font-family: "PlexAr", sans-serif !important }
[data-testid="stMultiSelect"] [data-tag] button { margin-inline-start: 0.3rem }
[data-testid^="stBaseButton-primary"], [data-testid="stMultiSelect"] [data-tag],
[data-testid="stMultiSelect"] [data-tag] * { color: light-dark(#fff, #08130f) !important }
[data-testid="stPageLink"] a { height: auto; min-height: 1.75rem }
[data-testid="stPageLink"] :is(span, p) { white-space: normal !important; overflow-wrap: anywhere }
[data-testid="stPageLink"] p { text-decoration: underline; text-decoration-color: rgba(128, 128, 128, 0.7);
  text-underline-offset: 0.25em }
.st-key-menu [data-testid="stPageLink"] p { text-decoration: none }
button code { unicode-bidi: plaintext; font: inherit !important; color: inherit !important;
  background: none !important; padding: 0 }
[data-testid="stDateInputFieldsScroller"] [role="spinbutton"] { unicode-bidi: isolate }
[data-testid="stTabs"] [role="tablist"] { flex-wrap: wrap; row-gap: 0.4rem }
[data-testid="stTabsScrollLeft"], [data-testid="stTabsScrollRight"] { display: none }
.st-key-lang [role="radiogroup"] { gap: 0.2rem 0.7rem }
[data-testid="stElementContainer"]:has(.printed) { display: none }
@media print {
  @page { margin: 12mm }
  [data-testid="stElementContainer"]:has(.printed) { display: block }
  [data-testid="stElementContainer"]:has([data-testid="stDataFrame"]) { display: none }
  .printed .codes { font-size: 0.75rem }
  [data-testid="stVerticalBlock"], [data-testid="stHorizontalBlock"]:not(:has([data-testid="stMetric"])),
  [data-testid="stColumn"]:not(:has([data-testid="stMetric"])) { display: block !important; width: auto !important }
  [data-testid="stElementContainer"] { width: auto !important; margin-bottom: 0.7rem }
  :root :is([data-testid="stSidebar"], [data-testid="stHeader"], [data-testid="stToolbar"], .st-key-menu, .st-key-place,
  [data-testid="stDownloadButton"], .pictures, [data-testid="stExpandSidebarButton"], [data-testid="stElementToolbar"],
  [data-testid="stPagination"], .st-key-chip-all, .st-key-desk [data-testid="stButton"], .modebar) { display: none !important }
  html, body, #root, .stApp, [data-testid="stAppViewContainer"], [data-testid="stMain"], #root > div {
    position: static !important; overflow: visible !important; height: auto !important; display: block !important }
  [data-testid="stMainBlockContainer"] { padding: 0; max-width: none }
  .article { max-height: none; overflow: visible }
  mark, .bars i, .legend i { print-color-adjust: exact }
  tr, .card, .fields > div { break-inside: avoid }
}
@media (max-width: 640px) {
  [data-testid="stMainBlockContainer"] { padding: 3.2rem 1rem 2rem }
  [data-testid="stHorizontalBlock"]:has([data-testid="stMetric"]) > [data-testid="stColumn"] {
    min-width: calc(50% - 0.5rem); flex: 1 1 calc(50% - 0.5rem) }
  .st-key-grid { overflow-x: auto }
  .st-key-grid [data-testid="stElementContainer"] { min-width: 46rem }
  .codes { font-size: 0.85rem }
  .codes:not(:has(thead)) td:first-child { width: 40% }
  .codes code { font-size: 0.68rem; padding-inline: 0 }
  .quotes { grid-template-columns: 1fr }
  .fields > div { grid-template-columns: 1fr }
  .fields dt { grid-row: auto }
  .fields dd { grid-column: 1 }
}
h1 { font-size: 2rem !important; padding-block: 0.4rem 0.7rem !important }
h2 { font-size: 1.35rem !important }
h3 { font-size: 1.1rem !important }
"""

_SCRIPT = Path(__file__).with_name("page.js").read_text(encoding="utf-8")


def set_direction(language: str) -> None:
    """Lay the page out for a language, and tell the browser which one it is."""
    base = base_language(language)
    direction = "rtl" if base == "ar" else "ltr"
    st.html(f"<style>{_COMMON}{_RIGHT_TO_LEFT if direction == 'rtl' else ''}</style>")
    # A script made of words of ours only, never of data.
    script = f"Object.assign(document.documentElement, {{lang: '{base}', dir: '{direction}'}});"
    words = json.dumps(list_streamlit_words(base), ensure_ascii=False)
    calls = f"fitPaper(); showStart(); putWords({words}, '{Words(language).digits('0123456789')}');"
    own = f"{{{_SCRIPT}{script} {calls}}}{read_script()}"
    st.html(f"<script>{own}</script>", unsafe_allow_javascript=True)


def list_streamlit_words(base: str) -> list[tuple[str, str]]:
    """Streamlit's own words beside those of a language: none in English, which Streamlit speaks."""
    if base == "en":
        return []
    return [(texts["en"], texts[base]) for texts in read_catalogue()["streamlit"].values()]


# Streamlit says that a file was not uploaded to screen readers alone: others would see an icon.
_REFUSED = '[data-testid="stFileChip"] [role="alert"]'
_SEEN = f"""
{_REFUSED} {{ position: static !important; width: auto !important; height: auto !important; clip: auto !important;
  clip-path: none !important; overflow: visible !important; white-space: normal !important; margin: 0 !important }}
[data-testid="stFileChip"]:has([role="alert"]) {{ flex-wrap: wrap; height: auto; max-width: none }}
"""


def localise_uploader(drop: str, browse: str, too_big: str) -> None:
    """Say in the reader's language what Streamlit's uploader says in English; the texts are the catalogue's own."""
    zone = '[data-testid="stFileUploaderDropzone"]'
    said = {
        '[data-testid="stFileUploaderDropzoneInstructions"]': drop,
        f"{zone} button p": browse,
        _REFUSED: too_big,
    }
    rules = "\n".join(
        f"{place} > * {{ display: none }} {place} {{ font-size: 0 }}"
        f" {place}::after {{ content: {json.dumps(text, ensure_ascii=False)}; font-size: 0.9rem }}"
        for place, text in said.items()
    )
    st.html(f"<style>{rules}{_SEEN}</style>")
