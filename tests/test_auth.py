"""Who may read and who may write, for what secrets and users say; nothing that is not understood opens a page."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pages.shared.auth import Access, clean_name, decide_access

AUTH = {"auth": {"client_id": "rawabit"}}
LAYLA = {"is_logged_in": True, "email": "layla@mofa.example", "name": "Layla Haddad", "email_verified": True}
NOBODY = {"is_logged_in": False}


def own(**settings_of_ours: Any) -> dict[str, Any]:
    return {"rawabit": settings_of_ours}


# What secrets hold, who it is, whether the page is this machine's own; may read, may write, why not.
CASES: list[tuple[str, dict[str, Any], dict[str, Any], bool, tuple[bool, bool, str]]] = [
    ("nothing-set-on-this-machine", {}, {}, True, (True, True, "")),
    ("nothing-set-on-the-network", {}, {}, False, (True, False, "not_local")),
    ("open-on-purpose", own(write="open"), {}, False, (True, True, "")),
    ("auth-and-nobody", AUTH, NOBODY, True, (True, False, "login_to_write")),
    ("auth-and-no-list", AUTH, LAYLA, True, (True, False, "not_listed")),
    ("auth-and-empty-list", AUTH | own(writers=[]), LAYLA, True, (True, False, "not_listed")),
    ("listed", AUTH | own(writers=["layla@mofa.example"]), LAYLA, False, (True, True, "")),
    ("listed-in-other-case", AUTH | own(writers=[" Layla@MOFA.example "]), LAYLA, False, (True, True, "")),
    ("her-domain", AUTH | own(writers=["@mofa.example"]), LAYLA, False, (True, True, "")),
    ("part-of-her-domain", AUTH | own(writers=["@example", "mofa.example"]), LAYLA, False, (True, False, "not_listed")),
    ("whoever-logs-in", AUTH | own(writers=["*"]), LAYLA, False, (True, True, "")),
    ("whoever-logs-in-has-to", AUTH | own(writers=["*"]), NOBODY, False, (True, False, "login_to_write")),
    ("another", AUTH | own(writers=["omar@mofa.example"]), LAYLA, False, (True, False, "not_listed")),
    ("reading-asks", AUTH | own(read="login"), NOBODY, True, (False, False, "login_to_read")),
    ("reading-asks-and-is-told", AUTH | own(read="login"), LAYLA, True, (True, False, "not_listed")),
    ("reading-asks-but-no-auth", own(read="login"), {}, True, (False, False, "login_to_read")),
    ("a-list-but-no-auth", own(writers=["layla@mofa.example"]), {}, True, (True, False, "login_to_write")),
    ("a-proxy-vouches", own(writers=["layla@mofa.example"]), {"email": "layla@mofa.example"}, False, (True, True, "")),
    ("a-proxy-sends-none", own(writers=["*"]), {"email": None}, False, (True, False, "login_to_write")),
    (
        "an-unverified-address",
        AUTH | own(writers=["layla@mofa.example"]),
        LAYLA | {"email_verified": False, "sub": "77"},
        True,
        (True, False, "not_listed"),
    ),
    (
        "a-number-for-an-address",
        AUTH | own(writers=["77"]),
        {"is_logged_in": True, "sub": "77"},
        True,
        (True, True, ""),
    ),
    ("a-word-that-is-none", own(read="opne"), {}, True, (False, False, "not_understood")),
    ("a-key-that-is-none", own(writer=["*"]), {}, True, (False, False, "not_understood")),
    ("one-address-is-no-list", own(writers="*"), {}, True, (False, False, "not_understood")),
    ("a-list-of-numbers", own(writers=[7]), {}, True, (False, False, "not_understood")),
    ("no-section", {"rawabit": "open"}, {}, True, (False, False, "not_understood")),
]


@pytest.mark.parametrize(("secrets", "user", "is_local", "wanted"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_rights(secrets: dict[str, Any], user: dict[str, Any], is_local: bool, wanted: tuple[bool, bool, str]) -> None:
    access = decide_access(secrets, user, is_local=is_local)
    assert (access.may_read, access.may_write, access.why) == wanted


def test_an_author_is_a_name_and_an_address() -> None:
    assert decide_access(AUTH, LAYLA, is_local=True).author == "Layla Haddad <layla@mofa.example>"
    assert decide_access(AUTH, {"email": "x@y.example"}, is_local=True).author == "x@y.example"
    assert decide_access(AUTH, NOBODY, is_local=True).author is None
    assert decide_access({}, {}, is_local=True) == Access(True, True, None)


def test_a_name_is_one_line_of_letters() -> None:
    assert clean_name("  ليلى \n حداد\t\x00\x1b ") == "ليلى حداد"
    assert len(clean_name("س" * 500)) == 80


ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.sampled_from(["open", "login", "*", "a@b", ""]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["read", "write", "writers"]), inner),
    max_leaves=6,
)


@settings(max_examples=1000, deadline=None)
@given(ANY, ANY, st.booleans(), st.booleans())
def test_whatever_stands_there_a_writer_is_a_reader_and_closed_stays_closed(
    rawabit: Any, email: Any, has_auth: bool, is_local: bool
) -> None:
    secrets = {"rawabit": rawabit} | (AUTH if has_auth else {})
    access = decide_access(secrets, {"is_logged_in": False, "email": email}, is_local=is_local)
    assert access.author is None
    assert access.may_read or not access.may_write
    assert bool(access.why) == (not access.may_write)
    asks = isinstance(rawabit, dict) and "login" in (rawabit.get("read"), rawabit.get("write"))
    assert not (asks and access.may_write and rawabit.get("write") != "open")
