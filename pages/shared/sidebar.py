"""The filters and the language, the same on every page: the address says what is chosen, the widgets change it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from typing import Any

import streamlit as st

from extract.models import Label
from extract.queries import (
    CHOICES,
    FILTERS,
    Filter,
    Filters,
    Register,
    count_choices,
    keep_answers,
    list_runs,
    read_labels,
)
from pages.shared.address import EARLIEST, LANGUAGE_KEY, LATEST, RECORD_KEY, Address, read_address, write_address
from pages.shared.chips import write_least
from pages.shared.words import LOCALES, Words, write_literal

# The least confidences that are offered, in per cent; an address may ask for any.
_CONFIDENCES = (0, 50, 60, 70, 80, 90)

# The runs that "changed since" offers; an address may ask for any time.
_RUNS = 30

_SHOWN_IN = "language_of_widgets"
_KNOWN_CODES = "known_codes"


def read_page_address(register: Register | None = None) -> Address:
    """The view that the browser's address asks for; without a register only its language is known."""
    parameters = {key: st.query_params.get_all(key) for key in st.query_params}
    if register is None:
        parameters = {key: value for key, value in parameters.items() if key == LANGUAGE_KEY}
    codes = {key: _read_codes(register, key) for key in CHOICES} if register else {}
    return read_address(parameters, codes)


def draw_sidebar(register: Register, labels: Sequence[Label], address: Address) -> None:
    """Draw the widgets with what the address asks for; a change is written into the address, and the page runs anew.

    Each widget also has what it shows as its default: a browser that mounts one late, or again, falls back to it.
    """
    words = Words(address.language, labels)
    _show(address)
    st.session_state[_KNOWN_CODES] = {key: frozenset(_read_codes(register, key)) for key in CHOICES}
    with st.sidebar:
        st.radio(
            words("language.label"),
            LOCALES,
            LOCALES.index(address.language),
            format_func=lambda locale: words(f"language.{locale.replace('-', '_')}"),
            key=LANGUAGE_KEY,
            horizontal=True,
            label_visibility="collapsed",
            on_change=_change_language,
        )
        for one in FILTERS:
            _draw_widget(register, words, one, address.filters)
        st.button(words("filter.clear"), on_click=_clear_filters, key="clear", width="stretch")


def draw_warnings(words: Words, address: Address) -> None:
    """Say what of the address could not be followed."""
    filters = address.filters
    if filters.since and filters.until and filters.since > filters.until:
        st.warning(words("filter.reversed"))
    if address.ignored:
        st.warning(words("filter.ignored", what=words.comma.join(map(write_literal, address.ignored))))


def narrow_filters(filters: Filters, key: str, code: str) -> Filters:
    """The filters with one more code chosen: what a click on a country, a bar or a square asks for."""
    values: dict[str, Any] = {field.name: getattr(filters, field.name) for field in fields(Filters)}
    values[key] = tuple(dict.fromkeys((*values[key], code)))
    return Filters(**values)


def go_to(language: str, filters: Filters) -> None:
    """Make these filters the page's, as if they had been chosen in the sidebar."""
    st.query_params.from_dict(write_address(language, filters))
    st.rerun()


def _draw_widget(register: Register, words: Words, one: Filter, filters: Filters) -> None:
    value, name = getattr(filters, one.key), words(f"filter.{one.key}")
    match one.widget:
        case "codes":
            _draw_choice(register, words, one, filters)
        case "switch":
            st.checkbox(name, value, key=one.key, on_change=_change_filters)
        case "day":
            st.date_input(
                name,
                value,
                key=one.key,
                min_value=EARLIEST,
                max_value=LATEST,
                format="YYYY-MM-DD",
                on_change=_change_filters,
            )
        case "number":
            offered = sorted({*_CONFIDENCES, value})
            st.selectbox(
                name,
                offered,
                offered.index(value),
                format_func=lambda least: write_least(words, least),
                key=one.key,
                on_change=_change_filters,
            )
        case "run":
            runs = list_runs(register)[:_RUNS]
            offered = [None, *sorted({*runs, *((value,) if value else ())}, reverse=True)]
            st.selectbox(
                name,
                offered,
                offered.index(value),
                format_func=lambda run: words.moment(run) if run else words("filter.any"),
                key=one.key,
                placeholder=words("filter.any"),
                on_change=_change_filters,
            )
        case _:
            hint = words("filter.text_hint")
            st.text_input(name, value, key=one.key, placeholder=hint, on_change=_change_filters)


def _draw_choice(register: Register, words: Words, one: Filter, filters: Filters) -> None:
    """A list of the codes that occur in the register, each with its number of records under the other filters."""
    found = count_choices(register, filters, one.key)
    counts = dict(zip(found["code"], found["engagements"].tolist(), strict=True))

    def label(code: str) -> str:
        group = words.parent(one.kind, code)
        prefix = f"{words.name('sector_group', group)}: " if group else ""
        return f"{prefix}{words.name(one.kind, code)} ({words.number(counts.get(code, 0))})"

    chosen = getattr(filters, one.key)
    st.multiselect(
        words(f"filter.{one.key}"),
        # Those that would show nothing are left out, but for what is chosen: that must stay in sight.
        [code for code in _read_codes(register, one.key) if code in counts or code in chosen],
        list(chosen),
        format_func=label,
        key=one.key,
        placeholder=words("filter.any"),
        filter_mode="contains",
        select_all=False,
        on_change=_change_filters,
    )


@keep_answers
def _read_codes(register: Register, key: str) -> tuple[str, ...]:
    """The codes that a filter offers, those that occur, in the order of the codebook."""
    counts = set(count_choices(register, Filters(context=True), key)["code"])
    known = [label.code for label in read_labels(register) if label.kind == CHOICES[key].kind]
    return tuple(code for code in dict.fromkeys((*known, *sorted(counts))) if code in counts)


def _show(address: Address) -> None:
    """Make the widgets show what the address says.

    A widget's value is set only where it differs, for a value set while a person types would undo the typing. Choices
    are set always: the browser knows them by their names, and those change with their counts and the language.
    """
    is_new_language = st.session_state.get(_SHOWN_IN) != address.language
    st.session_state[_SHOWN_IN] = address.language
    wanted: dict[str, Any] = {LANGUAGE_KEY: address.language}
    for field in fields(Filters):
        value = getattr(address.filters, field.name)
        wanted[field.name] = list(value) if isinstance(value, tuple) else value
    for key, value in wanted.items():
        if is_new_language or key in CHOICES or key not in st.session_state or st.session_state[key] != value:
            st.session_state[key] = value


def _change_filters() -> None:
    """Write what the widgets show into the address; a record that was open gives way to what is filtered now."""
    shown = {field.name: st.session_state.get(field.name, field.default) for field in fields(Filters)}
    values: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in shown.items()}
    known = st.session_state[_KNOWN_CODES]
    # A name that the browser sends from before its count changed is no code; what is chosen stays as the address has it.
    stale = [key for key in CHOICES if not set(values[key]) <= known[key]]
    values |= {key: tuple(one for one in st.query_params.get_all(key) if one in known[key]) for key in stale}
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
