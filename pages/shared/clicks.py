"""Charts that narrow the page: what is clicked becomes a filter, and a chip that takes it off."""

from __future__ import annotations

from datetime import date
from typing import Any

import streamlit as st

from pages.shared.charts import CONFIG
from pages.shared.sidebar import go_to, narrow_filters
from pages.shared.view import View


def click_key(view: View) -> str:
    """The filter that a clicked country sets: the partner where a focal country is chosen, else the focal one."""
    return "partner" if view.filters.country else "country"


def show_clickable(view: View, figure: dict[str, Any], *, key: str, alt: str, keys: tuple[str, ...]) -> None:
    """Show a chart whose points carry a code for each of `keys` in their custom data; a click chooses those codes.

    `key` must change with the filters, or a click would be obeyed again when its chip is taken off.
    """
    state: Any = st.plotly_chart(figure, key=key, config=CONFIG, alt=alt, on_select="rerun", selection_mode="points")
    filters = view.filters
    for point in state["selection"]["points"][:1]:
        for name, code in zip(keys, point.get("customdata", ()), strict=False):
            filters = narrow_filters(filters, name, code)
    if filters != view.filters:
        go_to(view.words.language, filters)


def brushed_days(state: Any) -> tuple[date, date] | None:
    """The first and the last day of the box that was drawn over a chart of time, or None."""
    for box in state["selection"]["box"][:1]:
        first, last = sorted(str(end)[:10] for end in box["x"])
        return date.fromisoformat(first), date.fromisoformat(last)
    return None
