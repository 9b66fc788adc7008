"""What changed since an earlier run: new, changed and gone records, and the link that asks for it at the next visit.

Nothing is remembered of a reader: the address says since when, and whoever keeps it has his last visit.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pandas as pd
import streamlit as st

from extract.queries import count_changes, list_gone, list_runs
from pages.shared.address import write_address
from pages.shared.tables import show_table, write_date
from pages.shared.view import View, page_path

_GONE = 200


def show_changes(view: View) -> None:
    """What changed since the run that the filters name, else since the one before the last."""
    words, runs = view.words, list_runs(view.register)
    if not runs:
        return
    since = view.filters.changed_since or (runs[1] if len(runs) > 1 else None)
    if since:
        _show_counts(view, since)
    else:
        st.caption(words("changes.first"))
    st.page_link(
        page_path("overview"),
        label=words("changes.keep"),
        icon=":material/bookmark:",
        query_params=write_address(words.language, replace(view.filters, changed_since=runs[0])),
    )


def _show_counts(view: View, since: datetime) -> None:
    words = view.words
    changes = count_changes(view.register, view.filters, since)
    st.subheader(words("changes.title", run=words.moment(since)), anchor=False)
    if changes.new or changes.changed:
        st.page_link(
            page_path("records"),
            label=words("changes.show", new=changes.new, changed=changes.changed),
            icon=":material/history:",
            query_params=write_address(words.language, replace(view.filters, changed_since=since)),
        )
    else:
        st.caption(words("changes.none"))
    if changes.gone:
        with st.expander(words("changes.gone", count=changes.gone)):
            st.caption(words("changes.gone_why"))
            gone = list_gone(view.register, since, limit=_GONE)
            columns = ("date", "type", "party_codes", "summary" if words.is_arabic else "summary_en")
            show_table(
                words,
                _write_dates(gone),
                name="gone",
                columns=columns,
                whole=lambda: _write_dates(list_gone(view.register, since)),
            )


def _write_dates(gone: pd.DataFrame) -> pd.DataFrame:
    dates = zip(gone["date_start"], gone["date_end"], gone["date_precision"], strict=True)
    return gone.assign(date=pd.Series([write_date(*date) for date in dates], gone.index, dtype=object))
