"""Downloads of many records: made on the server with a bar that shows how far it is, then offered as a link."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from pathlib import Path

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from extract.errors import WriteError
from extract.queries import list_records
from extract.write_frames import write_frames
from pages.shared.files import is_kept, make_file
from pages.shared.tables import FORMATS, describe_download, name_codes, prepare_records, write_notes
from pages.shared.view import View, version_of

# Records from which on a file is not made in memory, and those that are read at a time.
LARGE = 20_000
_ROWS = 5_000


def offer_records(view: View, name: str, *, dated: bool | None, total: int) -> None:
    """Buttons that make a file of all chosen records, as CSV, XLSX, JSON Lines or Parquet, and the link to the last one."""
    words = view.words
    st.caption(words("download.large", count=total))
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
        st.session_state[key] = (version, pressed, _make(view, name, pressed, dated=dated, total=total))
    made, ending, address = st.session_state.get(key, (None, None, None))
    if made == version and address and is_kept(address):
        text = words("download.ready", format=FORMATS[ending][0])
        st.html(f'<a href="{escape(address)}" download>{escape(text)}</a>')


def _make(view: View, name: str, ending: str, *, dated: bool | None, total: int) -> str | None:
    words = view.words
    label, mime = FORMATS[ending]
    bar = st.progress(0.0, words("download.making", format=label))

    def write(path: Path) -> None:
        frames = _read_frames(view, dated, total, bar, words("download.making", format=label))
        first = name_codes(prepare_records(list_records(view.register, view.filters, limit=0), words), words)
        notes = write_notes(words, first, total, describe_download(words))
        write_frames(ending, path, frames, right_to_left=words.is_arabic, notes=notes)

    try:
        return make_file(f"rawabit-{name}.{ending}", mime, write)
    except (WriteError, OSError) as error:
        st.error(words("download.failed", format=label))
        st.code(str(error), language=None, wrap_lines=True)
        return None
    finally:
        bar.empty()


def _read_frames(view: View, dated: bool | None, total: int, bar: DeltaGenerator, text: str) -> Iterator[pd.DataFrame]:
    for at in range(0, max(total, 1), _ROWS):
        rows = list_records(view.register, view.filters, dated=dated, limit=_ROWS, offset=at)
        yield name_codes(prepare_records(rows, view.words), view.words)
        bar.progress(min((at + _ROWS) / max(total, 1), 1.0), text)
