"""Charts that narrow the page: what is clicked becomes a filter, and a chip that takes it off."""

from __future__ import annotations

from datetime import date
from typing import Any

import streamlit as st

from pages.shared.charts import Figure, write_config
from pages.shared.records_table import record_address
from pages.shared.sidebar import go_to, narrow_filters
from pages.shared.view import View, page_path


def click_key(view: View) -> str:
    """The filter that a clicked country sets: the partner where a focal country is chosen, else the focal one."""
    return "partner" if view.filters.country else "country"


def show_clickable(view: View, figure: Figure, *, key: str, alt: str, keys: tuple[str, ...]) -> None:
    """Show a chart whose points carry a code for each of `keys` in their custom data; a click chooses those codes.

    `key` must change with the filters, or a click would be obeyed again when its chip is taken off.
    """
    filters = view.filters
    for name, code in zip(keys, read_click(view, figure, key=key, alt=alt), strict=False):
        filters = narrow_filters(filters, name, code)
    if filters != view.filters:
        go_to(view.words.language, filters)


def show_records_chart(view: View, figure: Figure, *, key: str, alt: str) -> None:
    """Show a chart whose points carry the id of a record; a click opens the record."""
    for engagement_id in read_click(view, figure, key=key, alt=alt)[:1]:
        st.switch_page(page_path("records"), query_params=record_address(view, engagement_id))


def read_click(view: View, figure: Figure, *, key: str, alt: str) -> list[Any]:
    """Show a chart, and give the custom data of the point that was clicked, or nothing."""
    config = write_config(view.words)
    state: Any = st.plotly_chart(figure, key=key, config=config, alt=alt, on_select="rerun", selection_mode="points")
    return next((list(point.get("customdata", ())) for point in state["selection"]["points"]), [])


def brushed_days(state: Any) -> tuple[date, date] | None:
    """The first and the last day of the box that was drawn over a chart of time, or None."""
    for box in state["selection"]["box"][:1]:
        first, last = sorted(str(end)[:10] for end in box["x"])
        return date.fromisoformat(first), date.fromisoformat(last)
    return None
