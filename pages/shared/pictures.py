"""A chart with its downloads under it: a picture as it is drawn, which the browser makes, and the numbers behind it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cache
from html import escape
from pathlib import Path

import pandas as pd
import streamlit as st

from pages.shared.citation import write_version
from pages.shared.tables import describe_download, draw_buttons, name_codes
from pages.shared.view import View
from pages.shared.words import Words

_SCRIPT = Path(__file__).with_name("pictures.js")


@dataclass(frozen=True, slots=True)
class Picture:
    """What is told beside a chart that stands alone, and the numbers that it draws."""

    name: str  # on its page, and of its files
    title: str
    numbers: Callable[[], pd.DataFrame]
    # Of each entry the colour, plotly's pattern and the name.
    legend: Iterable[tuple[str, str, str]] = ()
    # What is shown and what is left out, before the filters and the register.
    notes: Sequence[str] = ()
    kinds: Sequence[str] = ("png", "svg")
    endings: Sequence[str] = ("csv",)


@contextmanager
def offer_picture(view: View, picture: Picture) -> Iterator[None]:
    """Put buttons under the chart that is drawn inside: PNG and SVG, made in the browser, and its numbers as files."""
    words = view.words
    with st.container(key=_frame(picture)):
        yield
        with st.container(horizontal=True, gap="small"):
            st.html(write_buttons(view, picture), width="content")
            file = f"{picture.name}-{date.today():%Y-%m-%d}"
            draw_buttons(
                words, picture.name, lambda: name_codes(picture.numbers(), words), endings=picture.endings, file=file
            )


def write_buttons(view: View, picture: Picture) -> str:
    """The buttons that the script of `read_script` answers, with all that it needs to know of the picture."""
    words = view.words
    told = {
        "frame": _frame(picture),
        "file": f"rawabit-{picture.name}-{date.today():%Y-%m-%d}",
        "title": picture.title,
        "legend": [list(item) for item in picture.legend],
        "notes": [note for note in (*picture.notes, *_describe(view)) if note],
        "is_arabic": words.is_arabic,
        "failed": words("picture.failed"),
    }
    buttons = "".join(_button(words, kind) for kind in picture.kinds)
    data = escape(json.dumps(told, ensure_ascii=False))
    return f'<div class="pictures" data-picture="{data}">{buttons}<span role="status"></span></div>'


@cache
def read_script() -> str:
    """The script that makes pictures; it does its work once a page, however often it is sent."""
    return _SCRIPT.read_text(encoding="utf-8")


def _button(words: Words, kind: str) -> str:
    label = kind.upper()
    help_ = escape(words("picture.help", format=label))
    return (
        f'<button type="button" data-kind="{kind}" title="{help_}"><i aria-hidden="true">download</i>{label}</button>'
    )


def _describe(view: View) -> Iterator[str]:
    """Which filters and which register made it, and when: as an analyst cites it."""
    words = view.words
    *filters, _, made = describe_download(words)
    yield " · ".join(f"{name}: {value}" for name, value in filters)
    yield f"{words('citation.register', version=write_version(view))} · {made[0]}: \N{LEFT-TO-RIGHT MARK}{words.digits(made[1])}"


def _frame(picture: Picture) -> str:
    return f"drawn-{picture.name}"
