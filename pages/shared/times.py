"""Records by month or year as stacked bars, one colour and pattern a status, as plain plotly dictionaries."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from html import escape
from typing import Any

import pandas as pd

from pages.shared.axes import choose_start, tick_counts, tick_days
from pages.shared.charts import STATUS_STYLES, Figure
from pages.shared.words import Words

# Of a bar: what of its period is written, its days (fewer than the period has: a gap tells two apart), and its middle.
_BARS = {"month": (7, 26, 14), "year": (4, 330, 181)}
_DAY = 24 * 3600 * 1000
_HEIGHT, _ROOM = 160, 60


def find_start(periods: pd.DataFrame) -> tuple[date, int]:
    """Where `draw_periods` begins, and how many records lie before; see `choose_start`."""
    counts = periods.groupby("period")["engagements"].sum()
    return choose_start([day.date() for day in counts.index], counts.tolist())


def draw_periods(words: Words, periods: pd.DataFrame, rows: Sequence[str], *, by: str, chooses: bool = False) -> Figure:
    """Columns `row`, `period` (its first day), `status`, `engagements` as bars, a row of bars above another.

    `rows` are the names of the rows (none is written where there is one only), all with one time and one scale; `by` is
    month or year. Where it `chooses`, a box over the bars is a choice of time.
    """
    written, wide, middle = _BARS[by]
    first, last = find_start(periods)[0], periods["period"].max().date()
    most = int(periods.groupby(["row", "period"])["engagements"].sum().max())
    traces = [
        {
            "type": "bar",
            "x": [(day + timedelta(days=middle)).strftime("%Y-%m-%d") for day in own["period"]],
            "y": own["engagements"].tolist(),
            "yaxis": f"y{_place(at)}",
            "width": wide * _DAY,
            "customdata": [
                f"{words.digits(str(day)[:written])}<br>{escape(words.name('status', status))}: {words.number(number)}"
                for day, number in zip(own["period"], own["engagements"], strict=True)
            ],
            "hovertemplate": "%{customdata}<extra></extra>",
            "marker": {"color": colour, "line": {"color": colour, "width": 1}, "pattern": {"shape": pattern}},
        }
        for at, row in enumerate(rows)
        for status, (colour, pattern, _) in STATUS_STYLES.items()
        if not (own := periods[(periods["row"] == row) & (periods["status"] == status)]).empty
    ]
    margin = timedelta(days=wide // 2)
    layout: dict[str, Any] = {
        "height": _ROOM + _HEIGHT * len(rows),
        "barmode": "stack",
        # The name of the first row of bars stands over it.
        "margin": {"l": 8, "r": 8, "t": 24 if len(rows) > 1 else 8, "b": 8},
        "showlegend": False,
        "xaxis": {
            "automargin": True,
            "fixedrange": True,
            "anchor": f"y{_place(len(rows) - 1)}",
            "range": [(first - margin).isoformat(), (last + timedelta(days=middle) + margin).isoformat()],
            **tick_days(words, first, last, into=middle),
        },
        "dragmode": "select" if chooses else False,
        "selectdirection": "h",
        "annotations": [_title(words, name, at, len(rows)) for at, name in enumerate(rows) if len(rows) > 1],
    }
    for at in range(len(rows)):
        layout[f"yaxis{_place(at)}"] = _scale(words, most, at, len(rows))
    return {"data": traces, "layout": layout}


def _place(at: int) -> str:
    """What plotly numbers the axes of a row with: the first has none, the second is 2."""
    return str(at + 1) if at else ""


def _scale(words: Words, most: int, at: int, rows: int) -> dict[str, Any]:
    """The axis of one row of bars, the first row on top."""
    return {
        "automargin": True,
        "fixedrange": True,
        "side": "right" if words.is_arabic else "left",
        "range": [0, most * 1.08],
        "domain": [1 - (at + 0.82) / rows, 1 - at / rows] if rows > 1 else [0, 1],
        **tick_counts(words, most),
    }


def _title(words: Words, name: str, at: int, rows: int) -> dict[str, Any]:
    """A row's name, over its start."""
    side = "right" if words.is_arabic else "left"
    return {
        "text": f"<b>{escape(name)}</b>",
        "showarrow": False,
        "xref": "paper",
        "yref": "paper",
        "x": 1 if words.is_arabic else 0,
        "y": 1 - at / rows,
        "xanchor": side,
        "yanchor": "bottom",
    }
