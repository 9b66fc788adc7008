"""Squares of sector by partner, as plain plotly dictionaries; they can be clicked."""

from __future__ import annotations

import math
from html import escape
from typing import Any

import pandas as pd

from pages.shared.charts import Figure
from pages.shared.words import Words

# Partners that fit beside each other with their names.
MOST_PARTNERS = 14
_ROW_HEIGHT = 34
_LONG = 10


def draw_grid(words: Words, pairs: pd.DataFrame, sectors: list[str], partners: list[str]) -> Figure:
    """`count_sector_parties` as squares: a heat map gives no points to click, a scatter of squares does."""
    shown = partners[:MOST_PARTNERS]
    rows = pairs[pairs["party_code"].isin(shown)]
    counts = rows["engagements"].tolist()
    most = max(counts, default=1)
    names = {code: words.name("party", code) for code in shown}
    titles = {code: words.name("sector", code) for code in sectors}
    hover = f"%{{y}} · %{{x}}<br>{escape(words('column.engagements'))}: %{{text}}<extra></extra>"
    trace: dict[str, Any] = {
        "type": "scatter",
        "mode": "markers+text",
        "x": [names[code] for code in rows["party_code"]],
        "y": [titles[code] for code in rows["sector_code"]],
        "text": [words.number(count) for count in counts],
        "customdata": [list(pair) for pair in zip(rows["sector_code"], rows["party_code"], strict=True)],
        "hovertemplate": hover,
        "textfont": {"color": [_ink(count, most) for count in counts], "size": 12},
        "marker": {
            "symbol": "square",
            "size": 28,
            "opacity": 1,
            "color": [_shade(count, most) for count in counts],
        },
    }
    start = "right" if words.is_arabic else "left"
    order = [names[code] for code in shown]
    layout = {
        "height": 130 + _ROW_HEIGHT * max(len(sectors), 1),
        "margin": {"l": 8, "r": 8, "t": 8, "b": 8},
        "showlegend": False,
        "xaxis": {
            "automargin": True,
            "fixedrange": True,
            "side": "top",
            "type": "category",
            "categoryorder": "array",
            "categoryarray": order[::-1] if words.is_arabic else order,
            "tickmode": "array",
            "tickvals": order,
            "ticktext": list(map(_break, order)),
            # Upright where they do not fit: aslant, a name of two lines lies over its neighbour. Reading starts at the top.
            "autotickangles": [0, -90 if words.is_arabic else 90],
            "showgrid": False,
        },
        "yaxis": {
            "automargin": True,
            "fixedrange": True,
            "side": start,
            "type": "category",
            "categoryorder": "array",
            "categoryarray": [titles[code] for code in sectors][::-1],
            "showgrid": False,
            "zeroline": False,
        },
        "dragmode": False,
    }
    return {"data": [trace], "layout": layout}


def _break(name: str) -> str:
    """A long name on two lines, which leaves room beside it."""
    if len(name) <= _LONG:
        return name
    spaces = [at for at, letter in enumerate(name) if letter == " "]
    middle = min(spaces, key=lambda at: abs(at - len(name) / 2), default=None)
    return name if middle is None else f"{name[:middle]}<br>{name[middle + 1 :]}"


def _depth(count: int, most: int) -> float:
    """How dark a square is, from 0 to 1: by ratio, so that one large count does not pale all others."""
    return math.log1p(count) / math.log1p(max(most, 1))


def _shade(count: int, most: int) -> str:
    light, dark = (214, 234, 226), (11, 110, 79)
    depth = _depth(count, most)
    return "#" + "".join(f"{round(a + (b - a) * depth):02x}" for a, b in zip(light, dark, strict=True))


def _ink(count: int, most: int) -> str:
    return "#ffffff" if _depth(count, most) > 0.6 else "#14281f"
