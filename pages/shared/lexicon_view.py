"""The names that a store's analysts added: listed, removed, and a form to add one."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from html import escape
from pathlib import Path

import streamlit as st

from extract.errors import LexiconError, StoreError
from extract.models import RANKS
from extract.user_lexicon import MOST_LETTERS, UserPerson, add_person, read_persons, remove_person
from pages.shared.words import Words

_COMMA = re.compile("[,\N{ARABIC COMMA};\n]")
_SAID_KEY = "lexicon-said"


def show_lexicon(words: Words, store_dir: Path) -> bool:
    """Draw the section; whether the names were changed by it in this run of the page."""
    st.header(words("lexicon.title"), anchor=False)
    st.caption(words("lexicon.intro"))
    try:
        persons = read_persons(store_dir)
    except LexiconError as error:
        st.error(words("lexicon.broken"))
        st.code(str(error), language=None, wrap_lines=True)
        return False
    removed = _list_persons(words, store_dir, persons)
    return _ask_person(words, store_dir) or removed


def _list_persons(words: Words, store_dir: Path, persons: tuple[UserPerson, ...]) -> bool:
    if not persons:
        st.html(f"<p>{escape(words('lexicon.none'))}</p>")
    is_changed = False
    for number, person in enumerate(persons):
        with st.container(horizontal=True, vertical_alignment="center", key=f"person-{number}"):
            st.html(_write_person(words, person), width="stretch")
            if st.button(words("lexicon.remove"), key=f"remove-{number}-{person.name}"):
                is_changed = _change(words, partial(remove_person, store_dir, person.name))
    return is_changed


def _write_person(words: Words, person: UserPerson) -> str:
    country = words.name("party", person.country) if person.country else None
    rank = words.name("rank", person.rank) if person.rank else None
    rest = [one for one in (country, rank, person.latin, *person.also) if one]
    parts = words.comma.join(f"<bdi>{escape(one)}</bdi>" for one in rest)
    return f"<p><b><bdi>{escape(person.name)}</bdi></b>: {parts}</p>"


def _ask_person(words: Words, store_dir: Path) -> bool:
    with st.form("lexicon", clear_on_submit=True, border=True):
        columns = st.columns(2)
        name = columns[0].text_input(words("lexicon.name"), max_chars=MOST_LETTERS)
        latin = columns[1].text_input(words("lexicon.latin"), max_chars=MOST_LETTERS)
        country = columns[0].selectbox(
            words("lexicon.country"),
            words.codes("party"),
            index=None,
            format_func=lambda code: words.name("party", code),
            placeholder=words("lexicon.as_read"),
        )
        rank = columns[1].selectbox(
            words("lexicon.rank"),
            RANKS,
            index=None,
            format_func=lambda code: words.name("rank", code),
            placeholder=words("lexicon.as_read"),
        )
        also = st.text_input(words("lexicon.also"), max_chars=5 * MOST_LETTERS)
        is_sent = st.form_submit_button(words("lexicon.keep"))
    if said := st.session_state.pop(_SAID_KEY, None):
        st.success(words("lexicon.kept")) if said == "kept" else st.error(said)
    if not is_sent:
        return False
    person = UserPerson(name, country, rank, latin or None, tuple(_COMMA.split(also)))
    return _change(words, partial(add_person, store_dir, person))


def _change(words: Words, change: Callable[[], object]) -> bool:
    """Make a change; what there is to say of it is said by the next run of the page."""
    try:
        change()
    except LexiconError:
        st.error(words("lexicon.refused"))
        return False
    except StoreError as error:
        st.code(str(error), language=None, wrap_lines=True)
        return False
    st.session_state[_SAID_KEY] = "kept"
    return True
