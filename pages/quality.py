"""How far the register can be trusted: its accuracy, how records are made, the codebook, how to cite, refused inputs."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

import streamlit as st

from extract.accuracy import read_accuracy
from extract.provenance import count_refusals, list_refusals, read_meta
from pages.shared.citation import write_version
from pages.shared.tables import show_table
from pages.shared.view import View, current_view, say_if_nothing
from pages.shared.words import Words, read_catalogue

_REFUSALS = 200
_STEPS = ("read", "mention", "frame", "fill", "prove")
_LIMITS = ("language", "missed", "country", "undated", "boundaries")
# The codes of the codebook, in the order in which a reader meets them.
_KINDS = ("type", "status", "role", "rank", "precision", "basis", "outcome")


def show_quality(view: View) -> None:
    """All of it on one page, so that it prints whole."""
    words = view.words
    st.title(words("nav.quality"), anchor=False)
    # How the register is made does not depend on what is chosen of it.
    say_if_nothing(view)
    _show_accuracy(words)
    st.header(words("quality.made"), anchor=False)
    st.html(f'<ol class="steps">{_items(words(f"step.{name}") for name in _STEPS)}</ol>')
    st.header(words("quality.limits"), anchor=False)
    st.html(f'<ul class="steps">{_items(words(f"limit.{name}") for name in _LIMITS)}</ul>')
    st.header(words("quality.cite"), anchor=False)
    st.html(f"<p>{escape(words('quality.cite_how'))}</p>")
    with st.container(key="citation"):
        st.code(words("citation.register", version=write_version(view)), language=None, wrap_lines=True)
    _show_refusals(view)
    st.header(words("quality.codebook"), anchor=False)
    _show_codebook(words)


def _show_accuracy(words: Words) -> None:
    """A row a figure, a column a measured set; the unseen articles first, for they stand for new ones."""
    st.header(words("quality.accuracy"), anchor=False)
    st.html(f"<p>{escape(words('quality.accuracy_how'))}</p>")
    sets = read_accuracy()
    figures = list(dict.fromkeys(name for one in sets for name in one.figures))
    known = read_catalogue()["accuracy"]
    heads = "".join(
        f'<th scope="col">{escape(words(f"gold.{one.name}"))}<small>{escape(words("quality.gold", articles=one.articles))}'
        f'<br><span class="day">{escape(words.digits(one.measured))}</span></small></th>'
        for one in sets
    )
    rows = []
    for figure in figures:
        key = "".join(letter if letter.isalnum() else "_" for letter in figure)
        name = words(f"accuracy.{key}") if key in known else figure
        cells = "".join(
            f"<td>{escape(words.percent(one.figures[figure]))}</td>" if figure in one.figures else "<td>–</td>"
            for one in sets
        )
        rows.append(f'<tr><th scope="row">{escape(name)}</th>{cells}</tr>')
    table = f"<thead><tr><td></td>{heads}</tr></thead><tbody>{''.join(rows)}</tbody>"
    st.html(f'<table class="codes">{table}</table>')


def _show_refusals(view: View) -> None:
    words = view.words
    st.header(words("quality.refused"), anchor=False)
    total = int(count_refusals(view.register)["inputs"].sum())
    built = read_meta(view.register).get("articles")
    if built is not None:
        st.caption(words("quality.last_run", articles=int(built), refused=total))
    if not total:
        st.html(f"<p>{escape(words('quality.none_refused'))}</p>")
        return
    rows = list_refusals(view.register, limit=_REFUSALS)
    # The detail is for whoever mends the input, and is in English.
    columns = ("path", "reason") if words.is_arabic else None
    show_table(words, rows, name="refused", columns=columns, whole=lambda: list_refusals(view.register))


def _show_codebook(words: Words) -> None:
    """Fields, then the codes of each kind, then sectors by group: code, name and, for types and fields, what it is."""
    fields = [(name, name_exported(words, name), words(f"codebook.{name}")) for name in read_catalogue()["codebook"]]
    st.html(f"<p>{escape(words('quality.fields_why'))}</p>")
    st.html(_table(words, words("quality.fields"), fields))
    for kind in _KINDS:
        notes = read_catalogue()["type_note"] if kind == "type" else {}
        rows = [
            (code, words.name(kind, code), words(f"type_note.{code}") if code in notes else "")
            for code in words.codes(kind)
        ]
        st.html(_table(words, words(f"kind.{kind}"), rows))
    sectors = [
        (code, words.name("sector", code), words.name("sector_group", words.parent("sector", code) or ""))
        for code in words.codes("sector")
    ]
    st.html(_table(words, words("kind.sector"), sectors))


def name_exported(words: Words, field: str) -> str:
    """What a field of the exports is called; a date has one name on a record, and its two days have their own in files."""
    return words(f"column.{field}") if field in ("date_start", "date_end") else words.field(field)


def _table(words: Words, title: str, rows: Iterable[tuple[str, str, str]]) -> str:
    body = "".join(
        f'<tr><td><code dir="ltr">{escape(code)}</code></td><th scope="row">{escape(name)}</th><td>{escape(note)}</td></tr>'
        for code, name, note in rows
    )
    return f'<table class="codes"><caption>{escape(title)}</caption><tbody>{body}</tbody></table>'


def _items(texts: Iterable[str]) -> str:
    return "".join(f"<li>{escape(text)}</li>" for text in texts)


show_quality(current_view())
