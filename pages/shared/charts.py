"""Charts as plain plotly dictionaries: plotly's own figure classes cost twenty times as much on the server."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from html import escape
from typing import Any

import pandas as pd

from pages.shared.axes import tick_counts, tick_days
from pages.shared.legend import write_legend
from pages.shared.tables import write_date
from pages.shared.words import Words

Figure = dict[str, Any]

# Okabe and Ito's colours, told apart by colour-blind readers; statuses also differ by pattern.
GROUP_COLOURS = ("#E69F00", "#0072B2", "#009E73", "#CC79A7", "#D55E00", "#56B4E9")
# Of each status: its colour, plotly's pattern, and the same for a legend.
STATUS_STYLES: Mapping[str, tuple[str, str, str]] = {
    "held": ("#0072B2", "", "#0072B2"),
    "planned": ("#E69F00", "/", "repeating-linear-gradient(135deg, #E69F00 0 2px, transparent 2px 5px)"),
    "cancelled": ("#7F7F7F", "x", "repeating-conic-gradient(#7F7F7F 0 25%, transparent 0 50%) 0 / 6px 6px"),
}

_ROW_HEIGHT, _TWO_LINES = 30, 40
_DAY = 24 * 3600 * 1000


# Beside long names a phone leaves an axis of numbers this many.
_FEW_TICKS = 4

# As much of the parties' names as leaves the line itself most of the width.
_LONGEST_NAME = 31


def write_config(words: Words) -> dict[str, Any]:
    """Plotly's settings: its bar of tools has no use here, and its own pictures would lack the page's font."""
    return {"displaylogo": False, "displayModeBar": False, "locale": words.base}


def draw_sectors(words: Words, rows: pd.DataFrame) -> Figure:
    """Bars of `order_sectors`, one a sector, coloured by group; they grow from where reading starts."""
    groups = list(dict.fromkeys(rows["sector_group"]))
    traces = []
    for group in groups:
        own = rows[rows["sector_group"] == group]
        names = [words.name("sector", code) for code in own["sector_code"]]
        traces.append(
            {
                "type": "bar",
                "orientation": "h",
                "y": names,
                "x": own["engagements"].tolist(),
                "customdata": [[code] for code in own["sector_code"]],
                "text": [words.number(count) for count in own["engagements"]],
                "textposition": "outside",
                "cliponaxis": False,
                "marker": {"color": _group_colour(words, group)},
                "hovertemplate": f"%{{y}}<br>{escape(words('column.engagements'))}: %{{text}}<extra></extra>",
            }
        )
    layout = _layout(words, rows=len(rows))
    most = int(rows["engagements"].max())
    span = [0, most]
    # Room for the number at the end of the longest bar, on a phone too.
    layout["margin"]["l" if words.is_arabic else "r"] = 48
    layout["xaxis"] |= {"range": span[::-1] if words.is_arabic else span, **tick_counts(words, most, _FEW_TICKS)}
    return {"data": traces, "layout": layout}


def list_groups(words: Words, rows: pd.DataFrame) -> list[tuple[str, str, str]]:
    """The legend of `draw_sectors`: colour, plotly's pattern, name."""
    groups = dict.fromkeys(rows["sector_group"])
    return [(_group_colour(words, group), "", words.name("sector_group", group)) for group in groups]


def write_group_legend(words: Words, rows: pd.DataFrame) -> str:
    """The legend of `draw_sectors`."""
    return write_legend((colour, name) for colour, _, name in list_groups(words, rows))


def list_statuses(words: Words) -> list[tuple[str, str, str]]:
    """The legend of `draw_timeline`: colour, plotly's pattern, name."""
    return [(colour, pattern, words.name("status", status)) for status, (colour, pattern, _) in STATUS_STYLES.items()]


def write_status_legend(words: Words) -> str:
    """The legend of `draw_timeline`."""
    return write_legend((style[-1], words.name("status", status)) for status, style in STATUS_STYLES.items())


def order_sectors(words: Words, counts: pd.DataFrame) -> pd.DataFrame:
    """The rows of `count_sectors` with their `sector_group` in front, in the order of the codebook."""
    rows = counts.copy()
    rows.insert(0, "sector_group", [words.parent("sector", code) or code for code in rows["sector_code"]])
    groups, sectors = words.codes("sector_group"), words.codes("sector")
    order = [
        (_place(groups, group), _place(sectors, code))
        for group, code in zip(rows["sector_group"], rows["sector_code"], strict=True)
    ]
    return rows.iloc[sorted(range(len(rows)), key=order.__getitem__)].reset_index(drop=True)


def draw_timeline(words: Words, records: pd.DataFrame, focal: Collection[str] = ()) -> Figure:
    """A row a dated record of `list_records`, one at least; a bar is as wide as its date is vague: a year is never a day.

    Time runs from left to right in both languages, as on most Arabic charts; the names stand where reading starts. Of a
    label that is too short for all parties, the `focal` ones are the first to go: they are in every row.
    """
    rows = records.to_dict("records")
    traces = []
    for status, (colour, pattern, _) in STATUS_STYLES.items():
        own = [(at, row) for at, row in enumerate(rows) if row["status"] == status]
        traces.append(
            {
                "type": "bar",
                "orientation": "h",
                "y": [at for at, _ in own],
                "base": [row["date_start"].strftime("%Y-%m-%d") for _, row in own],
                "x": [_width(row) for _, row in own],
                "hoverinfo": "skip",
                # A day among years is thinner than a pixel: its outline keeps it in sight.
                "marker": {"color": colour, "line": {"color": colour, "width": 3}, "pattern": {"shape": pattern}},
                "width": 0.6,
            }
        )
    traces.append(_points(words, rows))
    layout = _layout(words, rows=len(rows), height=_TWO_LINES)
    layout["xaxis"] |= tick_days(words, min(map(_first, rows)), max(map(_last, rows)), is_half=True)
    layout["yaxis"] |= {
        "tickmode": "array",
        "tickvals": list(range(len(rows))),
        "ticktext": [_label(words, row, focal) for row in rows],
        "range": [len(rows) - 0.4, -0.6],
        "autorange": False,
    }
    layout["barmode"] = "overlay"
    return {"data": traces, "layout": layout}


def _points(words: Words, rows: Sequence[Mapping[Any, Any]]) -> dict[str, Any]:
    """What is pointed at and clicked in the timeline: unseen, and wide enough to be hit where a bar is not."""
    middles = [_first(row) + (_last(row) - _first(row)) / 2 for row in rows]
    return {
        "type": "scatter",
        "mode": "markers",
        "y": list(range(len(rows))),
        "x": [day.isoformat() for day in middles],
        "customdata": [[row["engagement_id"], _hover(words, row)] for row in rows],
        "hovertemplate": "%{customdata[1]}<extra></extra>",
        "marker": {"size": 22, "opacity": 0},
        "selected": {"marker": {"opacity": 0}},
        "unselected": {"marker": {"opacity": 0}},
        "cliponaxis": False,
    }


def _group_colour(words: Words, group: str) -> str:
    """A group has one colour whichever others are beside it: a filter does not change what a colour means."""
    return GROUP_COLOURS[_place(words.codes("sector_group"), group) % len(GROUP_COLOURS)]


def _width(row: Mapping[Any, Any]) -> int:
    """The length of a record's date in milliseconds, its last day included."""
    return ((_last(row) - _first(row)).days + 1) * _DAY


def _first(row: Mapping[Any, Any]) -> date:
    return date.fromisoformat(str(row["date_start"])[:10])


def _last(row: Mapping[Any, Any]) -> date:
    return _first(row) if pd.isna(row["date_end"]) else date.fromisoformat(str(row["date_end"])[:10])


def _label(words: Words, row: Mapping[Any, Any], focal: Collection[str]) -> str:
    """Two short lines beside a bar: the parties, as many as fit; what they did, and when."""
    codes = sorted(row["party_codes"], key=lambda code: code in focal)
    fitting = [at for at in range(1, len(codes) + 1) if len(words.names("party", codes[:at])) <= _LONGEST_NAME]
    shown = max(fitting, default=1)
    names = words.names("party", codes[:shown]) + (f"{words.comma}…" if shown < len(codes) else "")
    when = words.digits(write_date(row["date_start"], row["date_end"], row["date_precision"]) or "").partition("/")[0]
    lines = (names, f"{words.name('type', row['type'])} · \N{LEFT-TO-RIGHT MARK}{when}")
    # A chart has one direction, that of Latin letters.
    start, end = ("\N{RIGHT-TO-LEFT ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}") if words.is_arabic else ("", "")
    return "<br>".join(f"{start}{escape(line)}{end}" for line in lines)


def _who(words: Words, row: Mapping[Any, Any]) -> str:
    """The parties, a few of them, and what they did."""
    shown = list(row["party_codes"])[:3]
    more = words.comma + "…" if len(row["party_codes"]) > len(shown) else ""
    return f"{words.names('party', shown)}{more} · {words.name('type', row['type'])}"


def _hover(words: Words, row: Mapping[Any, Any]) -> str:
    day = words.digits(write_date(row["date_start"], row["date_end"], row["date_precision"]) or "")
    precision = words.name("precision", row["date_precision"])
    lines = (_who(words, row), f"\N{LEFT-TO-RIGHT MARK}{day} ({precision})", words.name("status", row["status"]))
    return "<br>".join(escape(line) for line in lines)


def _layout(words: Words, *, rows: int, height: int = _ROW_HEIGHT) -> Figure:
    start = "right" if words.is_arabic else "left"
    return {
        "height": 50 + height * max(rows, 1),
        "margin": {"l": 8, "r": 8, "t": 8, "b": 8},
        "showlegend": False,
        "xaxis": {"automargin": True, "fixedrange": True},
        "yaxis": {"automargin": True, "side": start, "autorange": "reversed", "fixedrange": True},
        "dragmode": False,
    }


def _place(order: Sequence[str], code: str) -> int:
    return order.index(code) if code in order else len(order)
