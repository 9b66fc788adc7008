"""The rows of a grid as a plain table for paper: a grid draws only what is in sight of it."""

from __future__ import annotations

from html import escape

import pandas as pd
import streamlit as st

from pages.shared.words import Words

# Some pages of paper; whoever wants more wants the download. All of them would be sent with every run of a page.
_MOST_ROWS = 50


def show_printed(words: Words, table: pd.DataFrame) -> None:
    """Put `write_printed` on the page, where print alone shows it."""
    st.html(write_printed(words, table))


def write_printed(words: Words, table: pd.DataFrame) -> str:
    """The table as the grid has it, as HTML with everything escaped; it says how many rows it leaves out."""
    heads = "".join(f'<th scope="col">{escape(str(name))}</th>' for name in table.columns)
    rows = "".join(
        f"<tr>{''.join(f'<td><bdi>{escape(str(cell).strip())}</bdi></td>' for cell in row)}</tr>"
        for row in table.head(_MOST_ROWS).astype(object).fillna("").itertuples(index=False)
    )
    left = len(table) - _MOST_ROWS
    note = f"<p>{escape(words('download.more_rows', count=left))}</p>" if left > 0 else ""
    head = f"<thead><tr>{heads}</tr></thead>"
    return f'<div class="printed"><table class="codes">{head}<tbody>{rows}</tbody></table>{note}</div>'
