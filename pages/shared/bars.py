"""Counts of one or two countries side by side as an HTML table with bars: read from right to left, spoken, and printed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

import pandas as pd

from pages.shared.words import Words

# Told apart by colour-blind readers, and from the colours of statuses.
COLOURS = ("#009E73", "#CC79A7")
# As wide as the number beside a bar, so that it never falls under it.
_NUMBER = 3.6


def write_bars(words: Words, counts: pd.DataFrame, parties: Sequence[str], names: Mapping[str, str], title: str) -> str:
    """A table of `party_code`, `code`, `engagements`: a row a code of `names`, in their order, a column a party."""
    cells = counts.groupby(["code", "party_code"])["engagements"].sum().to_dict()
    most = max(cells.values(), default=1)
    heads = "".join(f'<th scope="col">{escape(words.name("party", party))}</th>' for party in parties)
    rows = []
    for code, name in names.items():
        values = [int(cells.get((code, party), 0)) for party in parties]
        if any(values):
            drawn = "".join(_write_cell(words, value, most, at) for at, value in enumerate(values))
            rows.append(f'<tr><th scope="row">{escape(name)}</th>{drawn}</tr>')
    head = f"<thead><tr><td></td>{heads}</tr></thead>" if len(parties) > 1 else ""
    return f'<table class="bars"><caption>{escape(title)}</caption>{head}<tbody>{"".join(rows)}</tbody></table>'


def _write_cell(words: Words, value: int, most: int, at: int) -> str:
    if not value:
        return f"<td>{escape(words.number(0))}</td>"
    style = f"width: calc((100% - {_NUMBER}em) * {value / most:.3f}); background: {COLOURS[at % len(COLOURS)]}"
    return f'<td><i style="{style}"></i> {escape(words.number(value))}</td>'
