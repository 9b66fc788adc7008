"""Frames of codes made into tables of names, shown, and offered for download as they are filtered."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st
from pandas.api.types import is_numeric_dtype
from streamlit.delta_generator import DeltaGenerator

from extract.queries import read_version
from extract.write_table import table_to_csv, table_to_jsonl, table_to_parquet, table_to_xlsx
from pages.shared.chips import list_chips
from pages.shared.digits import write_cells
from pages.shared.printed import show_printed
from pages.shared.view import current_view
from pages.shared.words import Words, read_catalogue

# The kind of label that names the codes of a column; of the second group, each cell holds a list.
_KINDS = {
    "party_code": "party",
    "party_a": "party",
    "party_b": "party",
    "venue_country": "party",
    "sector_code": "sector",
    "sector_group": "sector_group",
    "type": "type",
    "status": "status",
    "role": "role",
    "date_precision": "precision",
    "measures": "measure",
    "reason": "refusal",
}
_LIST_KINDS = {"party_codes": "party", "core_sectors": "sector", "context_sectors": "sector", "top_sectors": "sector"}
_LISTS = (*_LIST_KINDS, "officials", "officials_en", "projects", "amounts", "titles", "article_ids")

# What of a record is shown in a row of a table, first what a phone has room for; the download has every column.
RECORD_COLUMNS = ("date", "party_codes", "type", "status", "core_sectors", "officials", "summary")

# In pixels: a table as wide as its place needs no scrolling, which in Arabic would begin at the wrong end.
_WIDTHS = {
    "party_code": 150,
    "party_a": 148,
    "party_b": 148,
    "engagements": 100,
    "name_latin": 235,
    "last_date": 95,
    "date": 175,
    "type": 120,
    "status": 65,
    "party_codes": 135,
    "core_sectors": 160,
    "officials": 160,
    "officials_en": 160,
    "summary": 120,
    "summary_en": 135,
    "field": 130,
    "value": 120,
    "quote": 190,
    "rule": 180,
    "start_char": 75,
    "end_char": 75,
    "source": 150,
    "article_id": 175,
}

_ROW_HEIGHT = 35  # pixels, of Streamlit's grid and its heading
MANY_ROWS = 18  # of a table that is what its page is for

# Of each ending, what it is called and its media type.
FORMATS = {
    "csv": ("CSV", "text/csv"),
    "xlsx": ("Excel", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "jsonl": ("JSON Lines", "application/jsonl"),
    "parquet": ("Parquet", "application/vnd.apache.parquet"),
}


def name_codes(frame: pd.DataFrame, words: Words) -> pd.DataFrame:
    """The frame with the names of its codes, under headings in the reader's language; lists stay lists.

    A column that is itself a party's code, as in a cross table, is headed by the party's name.
    """
    named = {}
    for column in map(str, frame.columns):
        cells = frame[column]
        if column in _KINDS:
            cells = cells.map(lambda code, kind=_KINDS[column]: words.name(kind, code), na_action="ignore")
        elif column == "unit":
            cells = cells.map(words.unit, na_action="ignore")
        elif column in _LISTS:
            cells = pd.Series([_name_list(words, column, cell) for cell in cells], index=frame.index, dtype=object)
        named[_heading(words, column)] = cells
    return pd.DataFrame(named)


def prepare_records(frame: pd.DataFrame, words: Words) -> pd.DataFrame:
    """Records as `list_records` gives them: a readable date in front, city and summary in the reader's language."""
    ready = frame.copy()
    dates = zip(frame["date_start"], frame["date_end"], frame["date_precision"], strict=True)
    ready.insert(1, "date", [write_date(*date) for date in dates])
    if words.is_arabic:
        ready = ready.drop(columns=["summary_en", "officials_en"])
    else:
        ready["venue_city"] = ready["venue_city_en"].fillna(ready["venue_city"])
    return ready.drop(columns="venue_city_en")


def write_date(start: Any, end: Any, precision: str) -> str | None:
    """A date as precise as it is known: 2024-05-06, 2024-05-06/2024-05-08, 2024-05, 2024; None where it is not."""
    length = {"day": 10, "month": 7, "year": 4}.get(precision)
    if length is None or pd.isna(start):
        return None
    first = start.strftime("%Y-%m-%d")[:length]
    last = first if pd.isna(end) else end.strftime("%Y-%m-%d")[:length]
    return first if first == last else f"{first}/{last}"


def write_span(first: Any, last: Any) -> str | None:
    """The first day of a record, as precise as its days show: a whole month is 2024-05, a whole year 2024."""
    if pd.isna(first):
        return None
    if first.day == 1 and (last + timedelta(days=1)).day == 1 and first != last:
        is_year = first.month == 1 and last.month == 12
        return str(first.strftime("%Y" if is_year else "%Y-%m"))
    return str(first.strftime("%Y-%m-%d"))


def write_last_dates(parties: pd.DataFrame) -> pd.DataFrame:
    """The rows of `describe_parties` with `last_date` as text, as precise as it is known."""
    written = pd.Series(list(map(write_span, parties["last_date"], parties["last_until"])), parties.index, dtype=object)
    return parties.assign(last_date=written).drop(columns="last_until")


def show_table(
    words: Words,
    frame: pd.DataFrame,
    *,
    name: str,
    columns: Sequence[str] | None = None,
    whole: Callable[[], pd.DataFrame] | None = None,
    version: object = "",
    is_choosable: bool = False,
    has_downloads: bool = True,
    rows: int = 10,
) -> int | None:
    """Show a frame of codes as a table of names, with its downloads under it; give the row that the reader chose.

    `name` is the table's own on its page and its files' name; `columns` are those shown, all by default; the download
    holds all columns of `whole()` or of the frame. A new `version` forgets the chosen row. Beyond `rows` it scrolls.
    """
    seen = frame[list(columns)] if columns else frame
    named = name_codes(write_cells(words, seen), words)
    for column, heading in zip(map(str, seen.columns), named.columns, strict=True):
        if column in _LISTS:
            named[heading] = [words.comma.join(cell) for cell in named[heading]]
    # The grid knows no right to left: its columns are put in the order in which Arabic is read.
    order = list(named.columns)[::-1] if words.is_arabic else list(named.columns)
    state = st.dataframe(
        named,
        hide_index=True,
        column_order=order,
        column_config={
            heading: st.column_config.Column(
                width=_WIDTHS.get(column),
                alignment="right" if words.is_arabic or is_numeric_dtype(seen[column]) else None,
            )
            for column, heading in zip(seen.columns, named.columns, strict=True)
        },
        key=f"{name}-table-{words.language}-{version}",
        on_select="rerun" if is_choosable else "ignore",
        selection_mode="single-row",
        placeholder="",
        height=_ROW_HEIGHT * (min(len(named), rows) + 1) + 2 if len(named) else "auto",
    )
    show_printed(words, named)
    if has_downloads:
        offer_downloads(words, name, lambda: name_codes(whole() if whole else frame, words))
    if isinstance(state, DeltaGenerator):
        return None
    return next(iter(state["selection"]["rows"]), None)


def offer_downloads(words: Words, name: str, table: Callable[[], pd.DataFrame]) -> None:
    """A row of the buttons of `draw_buttons`."""
    with st.container(horizontal=True, gap="small"):
        draw_buttons(words, name, table)


def draw_buttons(
    words: Words,
    name: str,
    table: Callable[[], pd.DataFrame],
    *,
    endings: Iterable[str] = FORMATS,
    file: str | None = None,
) -> None:
    """Buttons that give `table()`, made when one is pressed, in the FORMATS with these endings."""
    # Made now: a press of a button is answered outside the run of the page, which knows the filters.
    about = describe_download(words)
    makers: dict[str, Callable[[], bytes]] = {
        "csv": lambda: table_to_csv(table()),
        "xlsx": lambda: _write_workbook(words, table(), about),
        "jsonl": lambda: table_to_jsonl(table()),
        "parquet": lambda: table_to_parquet(table()),
    }
    for ending in endings:
        label, mime = FORMATS[ending]
        st.download_button(
            label,
            makers[ending],
            icon=":material/download:",
            help=words("download.help", format=label),
            file_name=f"rawabit-{file or name}.{ending}",
            mime=mime,
            key=f"{name}-{ending}",
            on_click="ignore",
        )


def _write_workbook(words: Words, table: pd.DataFrame, about: list[tuple[str, str]]) -> bytes:
    notes = write_notes(words, table, len(table), about)
    return table_to_xlsx(table, right_to_left=words.is_arabic, notes=notes)


def write_notes(
    words: Words, table: pd.DataFrame, rows: int, about: Sequence[tuple[str, str]]
) -> dict[str, list[tuple[str, str]]]:
    """Two more sheets of a workbook: what its columns mean, and which filters and register made its rows."""
    means = {words(f"column.{key}"): words(f"meaning.{key}") for key in read_catalogue()["meaning"]}
    dictionary = [(str(name), means.get(str(name), "")) for name in table.columns]
    return {
        words("download.dictionary"): dictionary,
        words("download.about"): [(words("download.rows"), f"{rows:,}"), *about],
    }


def describe_download(words: Words) -> list[tuple[str, str]]:
    """What a table was made from, as lines of name and value: each filter, the register, the day."""
    view = current_view()
    chosen = [text.replace("`", "").partition(": ") for _, text, _ in list_chips(words, view.filters)]
    filters = [(name, value or words("download.yes")) for name, _, value in chosen]
    if (view.filters.since or view.filters.until) and view.filters.undated:
        filters.append((words("filter.undated"), words("download.yes")))
    return [
        *(filters or [(words("filter.title"), words("filter.any"))]),
        (words("download.register"), read_version(view.register)),
        (words("download.made"), f"{date.today():%Y-%m-%d}"),
    ]


def _heading(words: Words, column: str) -> str:
    known = read_catalogue()["column"]
    return words(f"column.{column}") if column in known else words.name("party", column)


def _name_list(words: Words, column: str, cell: Any) -> list[str]:
    if not isinstance(cell, (list, np.ndarray)):
        return []
    if column in _LIST_KINDS:
        return [words.name(_LIST_KINDS[column], code) for code in cell]
    return [words.amount(*item.split(" ", 1)) if column == "amounts" else item for item in cell]
