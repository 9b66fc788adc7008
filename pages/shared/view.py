"""What a page draws from: the register, the filters and the words of this run."""

from __future__ import annotations

import os
import zlib
from dataclasses import dataclass
from pathlib import Path

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from extract.errors import RawabitError, StoreError
from extract.queries import Filters, Register, open_register, read_figures
from extract.run import ensure_store
from pages.shared.words import Words

ROOT = Path(__file__).resolve().parents[2]
_VIEW_KEY = "view"


@dataclass(frozen=True, slots=True)
class View:
    """The register, what of it the reader chose, and the language to show it in."""

    register: Register
    filters: Filters
    words: Words


def page_path(name: str) -> Path:
    """The file of a page."""
    return ROOT / "pages" / f"{name}.py"


def store_dir() -> Path:
    """The folder of the store: RAWABIT_STORE, or `.data` in the project."""
    return Path(os.environ.get("RAWABIT_STORE") or ROOT / ".data")


def open_or_build_register(words: Words) -> Register:
    """The register; where there is none, it is built from seeds/ behind a progress bar.

    Where that cannot be done, says so in a plain sentence and stops the page.
    """
    store = store_dir()
    try:
        return open_register(store)
    except StoreError:
        bar = st.progress(0.0, words("state.building"))
    try:
        ensure_store(store, [ROOT / "seeds"], lambda done, total: _show_progress(bar, words, done, total))
        return open_register(store)
    except (RawabitError, OSError) as error:
        st.error(words("state.missing"))
        st.code(str(error), language=None, wrap_lines=True)
        st.stop()
    finally:
        bar.empty()


def _show_progress(bar: DeltaGenerator, words: Words, done: int, total: int) -> None:
    bar.progress(min(done / max(total, 1), 1.0), words("state.building"))


def set_view(view: View) -> None:
    """Hand the view of this run to the page that is about to run."""
    st.session_state[_VIEW_KEY] = view


def current_view() -> View:
    """The view of this run, for a page."""
    view: View = st.session_state[_VIEW_KEY]
    return view


def version_of(filters: Filters) -> str:
    """A short name of the filters: under others, page numbers and what was clicked mean other things."""
    return f"{zlib.crc32(repr(filters).encode()):08x}"


def stop_if_nothing(view: View) -> None:
    """Say in a plain sentence that there is nothing to show, and stop the page, where no record passes the filters."""
    if say_if_nothing(view):
        st.stop()


def say_undated(view: View) -> None:
    """Say how many of the chosen records no period has: undated ones are chosen in any, unless they are left out."""
    filters = view.filters
    undated = read_figures(view.register, filters).undated if filters.since or filters.until else 0
    if undated:
        st.caption(view.words("state.undated", count=undated))


def say_if_nothing(view: View) -> bool:
    """Say in a plain sentence that no record passes the filters, or that there is none at all; whether it is so."""
    if read_figures(view.register, view.filters).engagements:
        return False
    is_empty = not read_figures(view.register, Filters()).engagements
    st.info(view.words("state.no_records" if is_empty else "state.no_match"))
    return True
