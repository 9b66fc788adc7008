"""Records as a table in pages of rows; choosing a row opens the record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st

from extract.queries import list_records, read_figures
from pages.shared.address import RECORD_KEY, write_address
from pages.shared.large import LARGE, offer_records
from pages.shared.tables import MANY_ROWS, RECORD_COLUMNS, prepare_records, show_table
from pages.shared.view import View, page_path, version_of


def read_rows(view: View, *, name: str, dated: bool | None = None, rows: int) -> pd.DataFrame:
    """One page of the chosen records, as `list_records` gives them; draws the page numbers where there are several."""
    pages = -(-count_rows(view, dated) // rows)
    page = st.pagination(pages, key=f"{name}-page-{version_of(view.filters)}") if pages > 1 else 1
    return list_records(view.register, view.filters, dated=dated, limit=rows, offset=(page - 1) * rows)


def count_rows(view: View, dated: bool | None) -> int:
    """How many of the chosen records are dated, undated, or either."""
    figures = read_figures(view.register, view.filters)
    return {None: figures.engagements, True: figures.engagements - figures.undated, False: figures.undated}[dated]


def show_records(
    view: View, records: pd.DataFrame, *, name: str, dated: bool | None = None, columns: Sequence[str] = RECORD_COLUMNS
) -> None:
    """Show rows of `read_rows`, a chosen one of which opens; the downloads have all chosen records, not just these.

    The focal countries, which are in every row, stand after the others: a narrow column would show nothing but them.
    """
    words, focal = view.words, view.filters.country
    if not words.is_arabic:
        columns = [f"{column}_en" if column in ("officials", "summary") else column for column in columns]
    total = count_rows(view, dated)
    is_large = total > LARGE
    parties = records["party_codes"].map(lambda codes: sorted(codes, key=lambda code: code in focal))
    row = show_table(
        words,
        prepare_records(records.assign(party_codes=parties), words),
        name=name,
        columns=columns,
        whole=lambda: prepare_records(list_records(view.register, view.filters, dated=dated), words),
        version=version_of(view.filters),
        is_choosable=True,
        has_downloads=not is_large,
        rows=MANY_ROWS,
    )
    if is_large:
        offer_records(view, name, dated=dated, total=total)
    if row is not None:
        st.switch_page(page_path("records"), query_params=record_address(view, records["engagement_id"].iloc[row]))


def record_address(view: View, engagement_id: str) -> Mapping[str, str | list[str]]:
    """The query parameters of a record under the present filters."""
    return write_address(view.words.language, view.filters) | {RECORD_KEY: engagement_id}
