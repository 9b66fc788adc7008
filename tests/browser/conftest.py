"""A real browser on real servers: `streamlit run dashboard.py` with a register that it builds from seeds/ itself, or a made one.

There is one server a register and one browser context for the whole session; each test has a page of its own.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, WebSocket, expect

from extract.queries import Register, open_register
from tests.browser.steps import Desk, Server, visit
from tests.made_register import make_many_store

ROOT = Path(__file__).resolve().parents[2]
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
GET_ONE = (
    "no Chromium was found: on Debian or Ubuntu `apt-get install chromium`; elsewhere `python -m playwright install"
    " chromium`, or put a Chromium or Chrome on the PATH as one of " + ", ".join(BROWSERS)
)

# Two slow cores draw a page with a map in a few seconds, and add an article in five; beside three other busy processes
# adding took over half a minute.
_PATIENCE_MS = 90_000
_START_SECONDS = 60

# A browser's own errands (updates, sync) are not the page's requests; the last three draw WebGL in software.
_ARGUMENTS = (
    "--no-sandbox", "--no-first-run", "--disable-quic", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader",
)  # fmt: skip

expect.set_options(timeout=_PATIENCE_MS)


@contextmanager
def running_server(store: Path, *options: str, port: int = 0) -> Iterator[Server]:
    """`streamlit run dashboard.py` as the README has it, on a free port, until the end of the block."""
    port = port or find_port()
    log = store.parent / f"{store.name}-{port}.log"
    started = time.monotonic()
    with log.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "streamlit", "run", "dashboard.py", "--server.port", str(port), *options],
            cwd=ROOT,
            env=os.environ | {"RAWABIT_STORE": str(store)},
            stdout=out,
            stderr=subprocess.STDOUT,
        )
        try:
            url = f"http://localhost:{port}"
            while not _answers(url):
                if process.poll() is not None or time.monotonic() - started > _START_SECONDS:
                    pytest.fail(f"the dashboard did not start:\n{log.read_text(encoding='utf-8')}")
                time.sleep(0.05)
            yield Server(url, store, time.monotonic() - started)
        finally:
            process.terminate()
            process.wait(timeout=20)


def find_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    return port


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The server of the seeds for all tests; the first page that is opened builds its register."""
    with running_server(tmp_path_factory.mktemp("server") / "store") as running:
        yield running


@pytest.fixture(scope="session")
def register(server: Server, browser: Browser) -> Register:
    """The register that the server of the seeds builds when its first page is opened."""
    with browser.new_page() as first:
        visit(first, server)
    return open_register(server.store)


@pytest.fixture(scope="session")
def many(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The server of a made register of some hundreds of records."""
    with running_server(make_many_store(tmp_path_factory.mktemp("many") / "store")) as running:
        yield running


@pytest.fixture(params=["seeds-ar", "seeds-en", "made-ar", "made-en"])
def desk(request: pytest.FixtureRequest, page: Page) -> Desk:
    """A reader at a page, with the register to compare it with: both registers, both languages."""
    name, _, language = request.param.partition("-")
    if name == "seeds":
        return Desk(page, request.getfixturevalue("server"), request.getfixturevalue("register"), language, "CHN")
    running = request.getfixturevalue("many")
    return Desk(page, running, open_register(running.store), language, "SAU")


@pytest.fixture(scope="session")
def base_url() -> None:
    """In the place of pytest-base-url's own, which pytest 9 warns of; the server has its address."""


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any], playwright: Playwright) -> dict[str, Any]:
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    own = playwright.chromium.executable_path
    if found is None and not Path(own).exists():
        pytest.fail(GET_ONE)
    return {**browser_type_launch_args, "executable_path": found or own, "args": list(_ARGUMENTS)}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_context_args, "viewport": {"width": 1366, "height": 768}, "accept_downloads": True}


@pytest.fixture(scope="session")
def context(browser: Browser, browser_context_args: dict[str, Any]) -> Iterator[BrowserContext]:
    """One for all tests, so that the browser loads the files of the pages once."""
    with browser.new_context(**browser_context_args) as shared:
        yield shared


@pytest.fixture
def page(context: BrowserContext, requested: list[str]) -> Iterator[Page]:
    with context.new_page() as one:
        yield one


@pytest.fixture(scope="session")
def requested(context: BrowserContext) -> list[str]:
    """The addresses of every request and every socket of the tests' pages and their workers."""
    urls: list[str] = []

    def watch_sockets(page: Page) -> None:
        page.on("websocket", note_socket)

    def note_socket(opened: WebSocket) -> None:
        urls.append(opened.url)

    context.on("request", lambda request: urls.append(request.url))
    context.on("page", watch_sockets)
    return urls


@pytest.fixture(autouse=True)
def nothing_leaves_the_machine(requested: list[str], page: Page) -> Iterator[None]:
    """After each test: no request went anywhere but to this machine."""
    requested.clear()
    yield
    remote = [url for url in requested if urlsplit(url).scheme not in {"data", "blob"} and not _is_local(url)]
    assert remote == []


def _is_local(url: str) -> bool:
    return urlsplit(url).hostname in {"localhost", "127.0.0.1"}
