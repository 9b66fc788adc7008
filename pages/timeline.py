"""When: dated records on a line, as wide as their dates are vague, and the undated ones beside it."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import streamlit as st

from extract.queries import count_months, describe_parties, read_figures
from pages.shared.charts import draw_timeline, list_statuses, write_config, write_status_legend
from pages.shared.clicks import brushed_days, show_records_chart
from pages.shared.pictures import Picture, offer_picture
from pages.shared.records_table import read_rows, show_records
from pages.shared.sidebar import go_to
from pages.shared.tables import FORMATS, prepare_records, show_table, write_last_dates
from pages.shared.times import draw_periods, find_start
from pages.shared.view import View, current_view, stop_if_nothing, version_of

# Bars of one page.
_BARS = 25

# What of a record its bar shows.
_DRAWN_COLUMNS = ("engagement_id", "date", "date_start", "date_end", "date_precision", "type", "status", "party_codes")

_DATED_COLUMNS = ("date", "party_codes", "type", "status", "summary")


def show_timeline(view: View) -> None:
    """The line of dated records, the list of the undated ones beside it, and that of the dated ones below."""
    words = view.words
    st.title(words("nav.timeline"), anchor=False)
    stop_if_nothing(view)
    show_rhythm(view)
    figures = read_figures(view.register, view.filters)
    dated = figures.engagements - figures.undated
    drawn, beside = st.columns([2, 1]) if figures.undated else (st.container(), None)
    with drawn:
        st.header(words("timeline.dated", count=dated), anchor=False)
        if dated:
            rows = read_rows(view, name="dated", dated=True, rows=_BARS)
            st.caption(words("timeline.width"))
            st.html(write_status_legend(words))
            key = f"timeline-{version_of(view.filters)}-{rows['engagement_id'].iloc[0]}"
            with offer_picture(view, _picture_records(view, rows, dated)):
                show_records_chart(
                    view, draw_timeline(words, rows, view.filters.country), key=key, alt=words("timeline.alt")
                )
            show_records(view, rows, name="dated", dated=True, columns=_DATED_COLUMNS)
        else:
            st.info(words("timeline.none"))
    if beside:
        with beside:
            st.header(words("timeline.undated", count=figures.undated), anchor=False)
            st.caption(words("timeline.undated_why"))
            undated = read_rows(view, name="undated", dated=False, rows=_BARS)
            show_records(view, undated, name="undated", dated=False, columns=("party_codes", "type"))
    show_silent(view)


def show_rhythm(view: View) -> None:
    """Records by month and status; a box over them narrows the page to that time."""
    words = view.words
    months = count_months(view.register, view.filters)
    if months.empty:
        return
    st.header(words("timeline.rhythm"), anchor=False)
    st.caption(words("timeline.rhythm_why"))
    st.html(write_status_legend(words))
    periods = months.rename(columns={"month": "period"}).assign(row="")
    start, earlier = find_start(periods)
    cut = words("timeline.earlier", date=words.date(start, None, "month"), count=earlier) if earlier else ""
    picture = Picture(
        "months",
        words("timeline.rhythm"),
        lambda: months,
        legend=list_statuses(words),
        notes=(words("timeline.rhythm_rule"), cut),
        endings=tuple(FORMATS),
    )
    with offer_picture(view, picture):
        state = st.plotly_chart(
            draw_periods(words, periods, [""], by="month", chooses=True),
            key=f"months-{version_of(view.filters)}",
            config=write_config(words),
            alt=words("timeline.rhythm_alt"),
            on_select="rerun",
            selection_mode="box",
        )
        if cut:
            st.caption(cut)
    if days := brushed_days(state):
        go_to(words.language, replace(view.filters, since=days[0], until=days[1]))


def _picture_records(view: View, rows: pd.DataFrame, dated: int) -> Picture:
    """The line of these records, of `dated` in all."""
    words = view.words
    shown = "" if len(rows) == dated else words("timeline.page", count=len(rows))
    return Picture(
        "timeline",
        words("timeline.dated", count=dated),
        lambda: prepare_records(rows, words)[list(_DRAWN_COLUMNS)],
        legend=list_statuses(words),
        notes=(words("timeline.width_rule"), shown),
    )


def show_silent(view: View) -> None:
    """The parties by the months since their last dated engagement."""
    words = view.words
    parties = describe_parties(view.register, view.filters).dropna(subset=["silent_months"])
    if parties.empty:
        return
    st.header(words("timeline.silent"), anchor=False)
    st.caption(words("timeline.silent_why"))
    parties = parties.sort_values(["silent_months", "engagements"], ascending=False, kind="stable")
    columns = ["party_code", "silent_months", "last_date", "engagements"]
    show_table(words, write_last_dates(parties)[columns].reset_index(drop=True), name="silent")


show_timeline(current_view())
