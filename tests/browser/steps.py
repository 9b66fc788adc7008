"""What a reader does on a page, and what stands on it: the steps that browser tests are made of."""

from __future__ import annotations

import csv
import io
import re
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Locator, Page, expect

from extract.queries import Register
from pages.shared.words import read_catalogue

# What the name of a chart's file ends with.
_DAY = r"-\d{4}-\d\d-\d\d"


@dataclass(frozen=True)
class Server:
    """A running dashboard: its address, its store, and the seconds until it answered."""

    url: str
    store: Path
    seconds: float


@dataclass(frozen=True)
class Desk:
    """A reader's page on a server, its register, the page's language, and a party that meets Kuwait often."""

    page: Page
    server: Server
    register: Register
    language: str
    partner: str

    def open(self, name: str, query: str = "") -> None:
        """Open a page in the reader's language."""
        path = f"/{name}?lang={self.language}{'&' if query else ''}{query}"
        visit(self.page, self.server, path, "app.name" if name == "overview" else f"nav.{name}", self.language)

    def word(self, key: str, **values: object) -> str:
        return word(key, self.language, **values)

    def see(self, key: str, **values: object) -> None:
        """Wait for a text of the catalogue."""
        expect(self.page.get_by_text(self.word(key, **values), exact=True)).to_be_visible()

    def compare(self, name: str, place: int | None = None) -> list[dict[str, str]]:
        """Hold the drawn rows of the grid above the downloads of `name` against its CSV, and give the CSV's rows."""
        rows = download_table(self.page, name)
        grids = self.page.get_by_test_id("stDataFrame")
        grid = grids.nth(place) if place is not None else grids.first
        grid.scroll_into_view_if_needed()
        for shown, row in zip(read_grid(grid), rows, strict=False):
            for heading, cell in shown.items():
                told = row[heading]
                # A list is written in another way, an empty cell has no word of its own, a number its marks of thousands.
                if " | " not in told and told:
                    plain = told.removesuffix(".0").replace(",", "")
                    assert cell.replace(",", "").strip() == plain.strip(), (heading, cell, told)
        return rows


def word(key: str, language: str = "ar", **values: object) -> str:
    section, name = key.split(".")
    return read_catalogue()[section][name][language].format(**values)


def visit(page: Page, server: Server, path: str = "/", title: str = "app.name", language: str = "ar") -> None:
    """Open an address cold and wait until the page is drawn."""
    page.goto(server.url + path)
    expect(page.get_by_role("heading", level=1)).to_have_text(word(title, language))
    settle(page)


def settle(page: Page) -> None:
    """Wait until no script is running, and all that it sent is in its place."""
    expect(page.locator('[data-testid="stApp"][data-test-script-state="notRunning"]')).to_be_visible()
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0)


def wait_until(page: Page, condition: str) -> None:
    """Wait for a condition in JavaScript (Playwright's own wait needs eval, which the page's policy forbids)."""
    until = time.monotonic() + 30
    while not page.evaluate(condition):
        assert time.monotonic() < until, condition
        page.wait_for_timeout(100)


def choose(page: Page, label: str, name: str) -> None:
    """Pick the choice that has `name` in the sidebar's list `label`, once the list has narrowed to such choices."""
    settle(page)
    page.get_by_test_id("stSidebar").get_by_role("combobox", name=label, exact=True).fill(name)
    expect(page.get_by_role("option").filter(has_not_text=name)).to_have_count(0)
    page.get_by_role("option", name=re.compile(name)).first.click()


def metric(page: Page, name: str, language: str = "ar") -> Locator:
    box = page.get_by_test_id("stMetric").filter(has_text=word(f"figure.{name}", language))
    return box.get_by_test_id("stMetricValue")


def parameters(page: Page) -> dict[str, list[str]]:
    """What the address says once the run has ended that sets it."""
    settle(page)
    return parse_qs(urlsplit(page.url).query)


def _press(button: Locator) -> None:
    """Press a button with the keyboard: one that moves under the mouse, as a box opens above it, is not clicked."""
    button.press("Enter")


def download(page: Page, name: str) -> bytes:
    """The file behind the page's only button of this name, such as CSV."""
    with page.expect_download() as started:
        _press(page.get_by_role("button", name=name))
    return Path(started.value.path()).read_bytes()


def download_table(page: Page, name: str) -> list[dict[str, str]]:
    """The rows of the CSV of the table or the chart `name` of a page, by its headings."""
    with page.expect_download() as started:
        _press(page.locator(f".st-key-{name}-csv").get_by_role("button"))
    assert re.fullmatch(rf"rawabit-{name}({_DAY})?\.csv", started.value.suggested_filename)
    content = Path(started.value.path()).read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def save_picture(page: Page, name: str, kind: str) -> bytes:
    """The chart `name` of a page, which is drawn, as the browser saves it: `kind` is svg or png."""
    with page.expect_download() as started:
        _press(page.locator(f".st-key-drawn-{name} .pictures [data-kind={kind}]"))
    assert re.fullmatch(rf"rawabit-{name}{_DAY}\.{kind}", started.value.suggested_filename)
    return Path(started.value.path()).read_bytes()


def read_grid(grid: Locator) -> list[dict[str, str]]:
    """The drawn rows of a grid by heading: a canvas, with a table of the same cells for those who cannot see it."""
    table = grid.locator("table[role=grid]")
    expect(table.locator("tbody tr").first).to_be_attached()
    # The box that chooses a row has no heading.
    rows = table.evaluate("e => [...e.rows].map(r => [...r.cells].map(c => c.textContent))")
    return [{name: cell for name, cell in zip(rows[0], row, strict=True) if name} for row in rows[1:]]


def click_row(grid: Locator, at: int = 0) -> None:
    """Choose a row of a grid, which is one canvas: its rows are below the heading."""
    grid.click(position={"x": 16, "y": 52 + 35 * at})
