"""Legends as HTML, since those of the chart libraries cannot be laid out from right to left."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape


def write_legend(items: Iterable[tuple[str, str]], *, title: str = "") -> str:
    """A legend of (background, name): the background is a CSS value made by us, the name any text."""
    swatches = "".join(f'<span><i style="background: {style}"></i>{escape(name)}</span>' for style, name in items)
    head = f"<b>{escape(title)}</b>" if title else ""
    return f'<div class="legend">{head}{swatches}</div>'
