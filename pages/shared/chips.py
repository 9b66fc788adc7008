"""What is chosen, as a row of chips above the page; a click on one takes its filter off."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import streamlit as st

from extract.queries import FILTERS, Filters
from pages.shared.address import write_address
from pages.shared.words import Words, write_literal


def list_chips(words: Words, filters: Filters) -> Iterator[tuple[str, str, Filters]]:
    """Each choice as (key, words, the filters without it), in the order of the sidebar."""
    plain = Filters()
    for one in FILTERS:
        value = getattr(filters, one.key)
        if value == getattr(plain, one.key):
            continue
        name = words(f"filter.{one.key}")
        if one.widget == "codes":
            for code in value:
                rest: dict[str, Any] = {one.key: tuple(other for other in value if other != code)}
                yield f"{one.key}-{code}", f"{name}: {words.name(one.kind, code)}", replace(filters, **rest)
            continue
        default: dict[str, Any] = {one.key: getattr(plain, one.key)}
        yield one.key, _say(words, one.key, name, value), replace(filters, **default)


def draw_chips(words: Words, filters: Filters) -> None:
    """One chip a choice, and one that clears them all; nothing where nothing is chosen."""
    chips = list(list_chips(words, filters))
    if not chips:
        return
    with st.container(horizontal=True, gap="small", key="chips"):
        for key, text, rest in chips:
            st.button(
                text,
                key=f"chip-{key}",
                icon=":material/close:",
                help=words("filter.take_off"),
                on_click=_go,
                args=(words.language, rest),
            )
        st.button(
            words("filter.clear_all"), key="chip-all", type="tertiary", on_click=_go, args=(words.language, Filters())
        )


def _go(language: str, filters: Filters) -> None:
    st.query_params.from_dict(write_address(language, filters))


def _say(words: Words, key: str, name: str, value: Any) -> str:
    if key == "undated":
        return words("filter.without_undated")
    if key == "context":
        return name
    if key == "changed_since":
        return f"{name}: {words.moment(value)}"
    if key == "confidence":
        return f"{name}: {write_least(words, value)}"
    return f"{name}: {write_literal(words.digits(str(value)) if isinstance(value, date) else value)}"


def write_least(words: Words, least: int) -> str:
    """The least confidence asked for, in per cent; any will do where it is 0."""
    return words("filter.least", percent=words.percent(least / 100)) if least else words("filter.any")
