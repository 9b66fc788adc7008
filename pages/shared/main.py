"""The list of pages, and what is on each of them: language, sidebar, direction. `dashboard.py` starts it."""

from __future__ import annotations

import gc
from functools import cache
from pathlib import Path

import streamlit as st

from extract.queries import read_labels
from pages.shared.address import write_address
from pages.shared.auth import require_reading
from pages.shared.chips import draw_chips
from pages.shared.location import show_address
from pages.shared.sidebar import draw_sidebar, draw_warnings, read_page_address
from pages.shared.style import set_direction
from pages.shared.view import View, open_or_build_register, page_path, say_undated, set_view
from pages.shared.words import Words

# In the order of the menu; the first is the one at the address without a path.
PAGES = ("overview", "map", "sectors", "timeline", "countries", "people", "records", "review", "add", "quality")
ICON = Path(__file__).parent / "static" / "icon.png"


def main() -> None:
    """Run the page that the address asks for."""
    language = read_page_address().language
    words = Words(language)
    st.set_page_config(page_title=words("app.name"), page_icon=str(ICON), layout="wide")
    set_direction(language)
    named = [st.Page(page_path(name), title=words(f"nav.{name}"), url_path=name) for name in PAGES]
    # Streamlit serves its default page at the address without a path only; the first page has its own name too.
    start = st.Page(page_path(PAGES[0]), title=words(f"nav.{PAGES[0]}"), url_path="start", default=True)
    page = st.navigation([start, *named], position="hidden")
    require_reading(words)
    register = open_or_build_register(words)
    labels = read_labels(register)
    address = read_page_address(register)
    draw_sidebar(register, labels, address)
    with st.container(horizontal=True, key="menu"):
        for one in (page if page in (start, named[0]) else start, *named[1:]):
            # Streamlit's own menu would drop the filters from the address.
            st.page_link(one, query_params=write_address(address.language, address.filters))
    named_words = Words(address.language, labels)
    draw_warnings(words, address)
    draw_chips(named_words, address.filters)
    view = View(register, address.filters, named_words)
    say_undated(view)
    set_view(view)
    page.run()
    show_address()
    _settle(page.url_path)


@cache
def _settle(_: str) -> None:
    """Take what a page's first run left in memory for good out of every later collection of garbage, which stops all readers."""
    gc.collect()
    gc.freeze()


if __name__ == "__main__":
    main()
