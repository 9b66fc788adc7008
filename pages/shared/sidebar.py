"""The filters and the language, the same on every page: the address says what is chosen, the widgets change it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields
from functools import lru_cache
from typing import Any

import streamlit as st

from extract.models import Label
from extract.queries import Filters, Register, count_choices, read_labels
from pages.shared.address import EARLIEST, LANGUAGE_KEY, LATEST, RECORD_KEY, Address, read_address, write_address
from pages.shared.words import LANGUAGES, Words, write_literal

# The filters that offer a list of codes, and the kind of label that names them.
CHOICES = {"country": "party", "sector": "sector", "type": "type", "status": "status"}

_SHOWN_IN = "language_of_widgets"


def read_page_address(register: Register | None = None) -> Address:
    """The view that the browser's address asks for; without a register only its language is known."""
    parameters = {key: st.query_params.get_all(key) for key in st.query_params}
    if register is None:
        parameters = {key: value for key, value in parameters.items() if key == LANGUAGE_KEY}
    codes = {key: list(_read_choices(register, key)) for key in CHOICES} if register else {}
    return read_address(parameters, codes)


def draw_sidebar(register: Register, labels: Sequence[Label], address: Address) -> None:
    """Draw the widgets with what the address asks for; a change is written into the address, and the page runs anew.

    Each widget also has what it shows as its default: a browser that mounts one late, or again, falls back to it.
    """
    words = Words(address.language, labels)
    _show(address)
    with st.sidebar:
        st.radio(
            words("language.label"),
            LANGUAGES,
            LANGUAGES.index(address.language),
            format_func=lambda language: words(f"language.{language}"),
            key=LANGUAGE_KEY,
            horizontal=True,
            label_visibility="collapsed",
            on_change=_change_language,
        )
        for key in CHOICES:
            _draw_choice(register, words, key, getattr(address.filters, key))
            if key == "sector":
                st.checkbox(words("filter.context"), address.filters.context, key="context", on_change=_change_filters)
        for key in ("since", "until"):
            st.date_input(
                words(f"filter.{key}"),
                getattr(address.filters, key),
                key=key,
                min_value=EARLIEST,
                max_value=LATEST,
                format="YYYY-MM-DD",
                on_change=_change_filters,
            )
        st.checkbox(words("filter.undated"), address.filters.undated, key="undated", on_change=_change_filters)
        st.text_input(
            words("filter.text"),
            address.filters.text,
            key="text",
            placeholder=words("filter.text_hint"),
            on_change=_change_filters,
        )
        st.button(words("filter.clear"), on_click=_clear_filters, key="clear", width="stretch")


def draw_warnings(words: Words, address: Address) -> None:
    """Say what of the address could not be followed."""
    filters = address.filters
    if filters.since and filters.until and filters.since > filters.until:
        st.warning(words("filter.reversed"))
    if address.ignored:
        st.warning(words("filter.ignored", what=words.comma.join(map(write_literal, address.ignored))))


def _draw_choice(register: Register, words: Words, key: str, chosen: Sequence[str]) -> None:
    counts = _read_choices(register, key)
    kind = CHOICES[key]

    def label(code: str) -> str:
        group = words.parent(kind, code)
        prefix = f"{words.name('sector_group', group)}: " if group else ""
        return f"{prefix}{words.name(kind, code)} ({counts[code]})"

    st.multiselect(
        words(f"filter.{key}"),
        list(counts),
        list(chosen),
        format_func=label,
        key=key,
        placeholder=words("filter.any"),
        filter_mode="contains",
        select_all=False,
        on_change=_change_filters,
    )


@lru_cache(maxsize=4)
def _read_choices(register: Register, key: str) -> Mapping[str, int]:
    """The codes that a filter offers, those that occur, in the order of the codebook; and in how many records each."""
    frame = count_choices(register, Filters(), key)
    counts = dict(zip(frame["code"], frame["engagements"], strict=True))
    known = [label.code for label in read_labels(register) if label.kind == CHOICES[key]]
    return {code: counts[code] for code in dict.fromkeys((*known, *counts)) if code in counts}


def _show(address: Address) -> None:
    """Make the widgets show what the address says.

    A widget's value is set only where it differs, for a value set while a person types would undo the typing; and in
    a new language always, for the browser holds the old names of the choices.
    """
    is_new_language = st.session_state.get(_SHOWN_IN) != address.language
    st.session_state[_SHOWN_IN] = address.language
    wanted: dict[str, Any] = {LANGUAGE_KEY: address.language}
    for field in fields(Filters):
        value = getattr(address.filters, field.name)
        wanted[field.name] = list(value) if isinstance(value, tuple) else value
    for key, value in wanted.items():
        if is_new_language or key not in st.session_state or st.session_state[key] != value:
            st.session_state[key] = value


def _change_filters() -> None:
    """Write what the widgets show into the address; a record that was open gives way to what is filtered now."""
    shown = {field.name: st.session_state.get(field.name, field.default) for field in fields(Filters)}
    values: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in shown.items()}
    st.query_params.from_dict(write_address(st.session_state[LANGUAGE_KEY], Filters(**values)))


def _clear_filters() -> None:
    """Take every filter off; the language stays."""
    st.query_params.from_dict(write_address(st.session_state[LANGUAGE_KEY], Filters()))


def _change_language() -> None:
    """Write the language into the address; all else in it stays."""
    record = st.query_params.get(RECORD_KEY)
    _change_filters()
    if record:
        st.query_params[RECORD_KEY] = record
