"""Reading and writing behind a login, with a provider of our own: who is asked, who is let in, who may write."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Server, find_port, running_server
from tests.browser.identity import CLIENT, Provider, running_provider
from tests.browser.steps import settle, word


@pytest.fixture(scope="module")
def provider() -> Iterator[Provider]:
    with running_provider() as running:
        yield running


@pytest.fixture(scope="module")
def closed_server(provider: Provider, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server whose reading asks for a login, and where one analyst may write."""
    folder: Path = tmp_path_factory.mktemp("closed")
    port = find_port()
    secrets = folder / "secrets.toml"
    secrets.write_text(
        f"""
        [auth]
        redirect_uri = "http://localhost:{port}/oauth2callback"
        cookie_secret = "a secret of this test, of no use elsewhere"
        client_id = "{CLIENT}"
        client_secret = "of no use elsewhere"
        server_metadata_url = "{provider.url}/.well-known/openid-configuration"

        [rawabit]
        read = "login"
        writers = ["layla@mofa.example"]
        """,
        encoding="utf-8",
    )
    with running_server(folder / "store", "--secrets.files", str(secrets), port=port) as running:
        yield running


def log_in(page: Page, server: Server, path: str) -> None:
    """Log in as one who was not here before: the tests share one browser, and a cookie is for all ports of a host."""
    page.context.clear_cookies()
    page.goto(f"{server.url}/{path}")
    page.get_by_role("button", name=word("access.log_in")).click()
    page.wait_for_url(f"{server.url}/")
    settle(page)


def test_nothing_is_read_without_a_login_and_the_listed_may_write(
    closed_server: Server, provider: Provider, page: Page
) -> None:
    page.goto(f"{closed_server.url}/records")
    expect(page.get_by_text(word("access.login_to_read"))).to_be_visible()
    expect(page.get_by_test_id("stDataFrame")).to_have_count(0)
    expect(page.get_by_test_id("stSidebar")).to_have_count(0)

    provider.user = {"email": "layla@mofa.example", "email_verified": True, "name": "Layla <b>Haddad</b>"}
    log_in(page, closed_server, "records")
    page.goto(f"{closed_server.url}/review")
    expect(page.get_by_text("Layla <b>Haddad</b> <layla@mofa.example>")).to_be_visible()

    # The page is closed to the reader before the browser has been told to forget the login.
    with page.expect_response("**/auth/logout"):
        page.get_by_role("button", name=word("access.log_out")).click()
    page.wait_for_url(f"{closed_server.url}/")
    page.goto(f"{closed_server.url}/records")
    expect(page.get_by_text(word("access.login_to_read"))).to_be_visible()


def test_a_reader_who_is_not_listed_is_told(closed_server: Server, provider: Provider, page: Page) -> None:
    provider.user = {"email": "omar@mofa.example", "name": "Omar"}
    log_in(page, closed_server, "records")
    page.goto(f"{closed_server.url}/review")
    expect(page.get_by_text(word("access.not_listed"))).to_be_visible()
