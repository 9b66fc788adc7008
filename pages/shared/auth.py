"""Who may read and who may write: settings and user in, rights out; and the asking of a name or a login.

Secrets say what holds here: `[auth]` is Streamlit's own (OpenID Connect), `[rawabit]` is ours: `read` and `write` are
"open" or "login", `writers` lists who may write: an address, "@domain" for all of one, "*" for whoever is logged in.
What cannot be understood closes the page: a typing mistake must not open it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import streamlit as st

from pages.shared.words import Words

_LOOPBACK = {"localhost", "127.0.0.1", "::1"}
_FORWARDED = ("X-Forwarded-For", "Forwarded", "X-Real-Ip")
_KNOWN = {"read": ("open", "login"), "write": ("open", "login")}
_LONGEST_NAME = 80
_AUTHOR_KEY = "author"


@dataclass(frozen=True, slots=True)
class Access:
    """What the person at the browser may do, and the name that their corrections carry.

    `author` is None where it is not known and has to be asked. `why` says why they may not read or not write: one of
    login_to_read, login_to_write, not_listed, not_local, not_understood; empty where they may.
    """

    may_read: bool
    may_write: bool
    author: str | None
    why: str = ""
    has_login: bool = False


def decide_access(secrets: Mapping[str, Any], user: Mapping[str, Any], *, is_local: bool) -> Access:
    """The rights of `user` (what `st.user` holds; empty where nobody is known) under the sections of `secrets`.

    `is_local`: only this machine reaches the page. Then reading and writing are open; elsewhere writing needs a login,
    or `write = "open"`. A user counts whom an identity provider vouched for, or a proxy's trusted header.
    """
    has_login = bool(secrets.get("auth"))
    own = secrets.get("rawabit", {})
    if not _is_understood(own):
        return Access(False, False, None, "not_understood")
    name = _name_of(user)
    reading = own.get("read", "open")
    if reading == "login" and name is None:
        return Access(False, False, None, "login_to_read", has_login)
    writing = own.get("write", "login" if has_login or own.get("writers") or reading == "login" else "local")
    if writing == "open" or (writing == "local" and is_local):
        return Access(True, True, name, "", has_login)
    if writing == "local":
        return Access(True, False, name, "not_local", has_login)
    if name is None:
        return Access(True, False, None, "login_to_write", has_login)
    may_write = _is_listed(user, own.get("writers", []))
    return Access(True, may_write, name, "" if may_write else "not_listed", has_login)


def _is_understood(own: Any) -> bool:
    if not isinstance(own, Mapping) or set(own) - {"writers", *_KNOWN}:
        return False
    writers = own.get("writers", [])
    is_list = isinstance(writers, (list, tuple)) and all(isinstance(one, str) for one in writers)
    return is_list and all(own.get(key, allowed[0]) in allowed for key, allowed in _KNOWN.items())


def _name_of(user: Mapping[str, Any]) -> str | None:
    """`Name <address>` of a user who is known, else None; an address that the provider calls unverified is none."""
    address = _address_of(user)
    if user.get("is_logged_in") is False or not address:
        return None
    name = clean_name(str(user.get("name") or ""))
    return f"{name} <{address}>" if name and name != address else address


def _address_of(user: Mapping[str, Any]) -> str:
    is_refused = user.get("email_verified") is False
    return clean_name(str((None if is_refused else user.get("email")) or user.get("sub") or ""))


def _is_listed(user: Mapping[str, Any], writers: list[str]) -> bool:
    address = _address_of(user).casefold()
    domain = "@" + address.rpartition("@")[2] if "@" in address else ""
    return any(one.strip().casefold() in {"*", address, domain} - {""} for one in writers)


def clean_name(text: str) -> str:
    """A name on one line, without control characters, not longer than a name is."""
    return "".join(letter for letter in " ".join(text.split()) if letter.isprintable())[:_LONGEST_NAME].strip()


def read_access() -> Access:
    """The rights of this session."""
    secrets, is_broken = _read_secrets()
    if is_broken:
        return Access(False, False, None, "not_understood")
    is_local = st.get_option("server.address") in _LOOPBACK
    is_local = is_local and not any(name in st.context.headers for name in _FORWARDED)
    access = decide_access(secrets, dict(st.user), is_local=is_local)
    if access.may_write and access.author is None:
        return Access(True, True, st.session_state.get(_AUTHOR_KEY), "", access.has_login)
    return access


def _read_secrets() -> tuple[Mapping[str, Any], bool]:
    """The sections that matter here, and whether there is a secrets file that cannot be read."""
    if not st.secrets.load_if_toml_exists():
        return {}, any(Path(one).exists() for one in st.get_option("secrets.files"))
    return {name: st.secrets[name] for name in ("auth", "rawabit") if name in st.secrets}, False


def require_reading(words: Words) -> None:
    """Stop the page, with a way to log in, where this session may not read."""
    access = read_access()
    if access.may_read:
        return
    st.title(words("app.name"), anchor=False)
    st.info(words(f"access.{access.why}"))
    if access.has_login:
        _offer_login(words)
    st.stop()


def require_writing(words: Words) -> None:
    """Stop the page, with a way to log in, where this session may not change what the store holds."""
    access = read_access()
    if not access.may_write:
        _say_why(words, access)
        st.stop()


def ask_author(words: Words) -> str | None:
    """The name for this session's corrections, or None where they cannot be made (yet); draws what there is to say."""
    access = read_access()
    if not access.may_write:
        _say_why(words, access)
        return None
    if access.author is None:
        with st.form("author-form", border=False), st.container(horizontal=True, vertical_alignment="bottom"):
            st.text_input(words("access.name"), key="author-asked", max_chars=_LONGEST_NAME, width=320)
            st.form_submit_button(words("access.keep_name"), on_click=_keep_author)
        st.caption(words("access.why_name"))
        return None
    with st.container(horizontal=True, vertical_alignment="center", key="author-line"):
        st.text(words("access.you_are", name=access.author), width="content")
        if access.has_login:
            st.button(words("access.log_out"), key="log-out", on_click=st.logout, type="tertiary")
        else:
            st.button(words("access.change_name"), key="change-author", on_click=_forget_author, type="tertiary")
    return access.author


def _say_why(words: Words, access: Access) -> None:
    st.info(words(f"access.{access.why}"))
    if access.has_login and access.author is None:
        _offer_login(words)


def _offer_login(words: Words) -> None:
    st.button(words("access.log_in"), key="log-in", on_click=st.login, type="primary")


def _keep_author() -> None:
    if name := clean_name(st.session_state["author-asked"]):
        st.session_state[_AUTHOR_KEY] = name


def _forget_author() -> None:
    st.session_state.pop(_AUTHOR_KEY, None)
