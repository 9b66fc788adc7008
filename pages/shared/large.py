"""Downloads of many records: made beside the server with a bar that shows how far it is, then offered as a link."""

from __future__ import annotations

from functools import partial
from html import escape

import streamlit as st

from extract.errors import WriteError
from extract.queries import list_numbers
from extract.write_table import XLSX_ROWS
from pages.shared.files import is_kept, make_file
from pages.shared.making import Order, make_aside, name_version
from pages.shared.tables import FORMATS, describe_download
from pages.shared.view import View, store_dir, version_of

# Records from which on a file is not made in memory.
LARGE = 20_000


def offer_records(view: View, name: str, *, dated: bool | None, total: int) -> None:
    """Buttons that make a file of all chosen records, as CSV, XLSX, JSON Lines or Parquet, and the link to the last one."""
    words = view.words
    st.caption(words("download.large", count=total))
    if total >= XLSX_ROWS:
        st.caption(words("download.sheets", count=XLSX_ROWS - 1))
    pressed = None
    with st.container(horizontal=True, gap="small"):
        for ending, (label, _) in FORMATS.items():
            if st.button(
                label,
                icon=":material/hourglass_top:",
                help=words("download.make", format=label),
                key=f"{name}-{ending}",
            ):
                pressed = ending
    key = f"{name}-file"
    version = (version_of(view.filters), words.language)
    if pressed:
        st.session_state[key] = (version, pressed, _make(view, name, pressed, dated=dated))
    made, ending, address = st.session_state.get(key, (None, None, None))
    if made == version and address and is_kept(address):
        text = words("download.ready", format=FORMATS[ending][0])
        st.html(f'<a href="{escape(address)}" download>{escape(text)}</a>')


def _make(view: View, name: str, ending: str, *, dated: bool | None) -> str | None:
    words = view.words
    label, mime = FORMATS[ending]
    numbers = list_numbers(view.register, view.filters, dated=dated)
    order = Order(
        str(store_dir().absolute()),
        name_version(view.register),
        words.language,
        ending,
        describe_download(words),
    )
    bar = st.progress(0.0, words("download.making", format=label))

    def tell(rows: int) -> None:
        text = words("download.made_rows", format=label, count=rows, total=len(numbers))
        bar.progress(rows / max(len(numbers), 1), text)

    try:
        return make_file(f"rawabit-{name}.{ending}", mime, partial(make_aside, order, numbers, on_rows=tell))
    except (WriteError, OSError) as error:
        st.error(words("download.failed", format=label))
        st.code(str(error), language=None, wrap_lines=True)
        return None
    finally:
        bar.empty()
