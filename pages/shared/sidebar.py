"""The filters and the language, the same on every page: the address says what is chosen, the widgets change it."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import streamlit as st

from extract.models import Label
from extract.queries import Filters, Register, count_choices, read_labels
from pages.shared.address import LANGUAGE_KEY, RECORD_KEY, Address, read_address, write_address
from pages.shared.words import LANGUAGES, Words

# The filters that offer a list of codes, and the kind of label that names them.
CHOICES = {"country": "party", "sector": "sector", "type": "type", "status": "status"}

_SHOWN_IN = "language_of_widgets"


def read_page_address(register: Register | None = None) -> Address:
    """The view that the browser's address asks for; without a register only its language is known."""
    parameters = {key: st.query_params.get_all(key) for key in st.query_params}
    if register is None:
        parameters = {key: value for key, value in parameters.items() if key == LANGUAGE_KEY}
    codes = {key: _offered(register, key) for key in CHOICES} if register else {}
    return read_address(parameters, codes)


def draw_sidebar(register: Register, labels: list[Label], address: Address) -> None:
    """Draw the widgets with what the address asks for; a change is written into the address, and the page runs anew."""
    words = Words(address.language, labels)
    _show(address)
    with st.sidebar:
        st.radio(
            words("language.label"),
            LANGUAGES,
            format_func=lambda language: words(f"language.{language}"),
            key=LANGUAGE_KEY,
            horizontal=True,
            label_visibility="collapsed",
            on_change=_write_address,
        )
        for key in CHOICES:
            _draw_choice(register, words, key)
            if key == "sector":
                st.checkbox(words("filter.context"), key="context", on_change=_write_address)
        for key in ("since", "until"):
            st.date_input(
                words(f"filter.{key}"),
                key=key,
                value=None,
                min_value="1900-01-01",
                max_value="2100-12-31",
                format="YYYY-MM-DD",
                on_change=_write_address,
            )
        st.checkbox(words("filter.undated"), key="undated", on_change=_write_address)
        st.text_input(words("filter.text"), key="text", placeholder=words("filter.text_hint"), on_change=_write_address)
        st.button(words("filter.clear"), on_click=_clear, key="clear", width="stretch")


def draw_warnings(words: Words, address: Address) -> None:
    """Say what of the address could not be followed."""
    filters = address.filters
    if filters.since and filters.until and filters.since > filters.until:
        st.warning(words("filter.reversed"))
    if address.ignored:
        st.warning(words("filter.ignored", what=words.comma.join(f"`{one}`" for one in address.ignored)))


def _draw_choice(register: Register, words: Words, key: str) -> None:
    frame = count_choices(register, Filters(), key)
    counts = dict(zip(frame["code"], frame["engagements"], strict=True))
    kind = CHOICES[key]

    def label(code: str) -> str:
        group = words.parent(kind, code)
        prefix = f"{words.name('sector_group', group)}: " if group else ""
        return f"{prefix}{words.name(kind, code)} ({counts[code]})"

    st.multiselect(
        words(f"filter.{key}"),
        _offered(register, key),
        format_func=label,
        key=key,
        placeholder=words("filter.any"),
        filter_mode="contains",
        select_all=False,
        on_change=_write_address,
    )


def _offered(register: Register | None, key: str) -> list[str]:
    """The codes that a filter offers: those that occur, in the order of the codebook, any others last."""
    if register is None:
        return []
    occurring = count_choices(register, Filters(), key)["code"].tolist()
    order = {label.code: at for at, label in enumerate(read_labels(register)) if label.kind == CHOICES[key]}
    return sorted(occurring, key=lambda code: (order.get(code, len(order)), code))


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


def _write_address() -> None:
    """Write what the widgets show into the address."""
    shown = {field.name: st.session_state.get(field.name, field.default) for field in fields(Filters)}
    values: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in shown.items()}
    _set_address(st.session_state[LANGUAGE_KEY], Filters(**values))


def _clear() -> None:
    """Take every filter off; the language stays."""
    _set_address(st.session_state[LANGUAGE_KEY], Filters())


def _set_address(language: str, filters: Filters) -> None:
    record = st.query_params.get(RECORD_KEY)
    st.query_params.from_dict(write_address(language, filters) | ({RECORD_KEY: record} if record else {}))
