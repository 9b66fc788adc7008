"""Whom the pages must not shut out: readers of other digits, on paper, with a keyboard, with a screen reader (axe-core)."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from extract.contacts import list_people
from extract.queries import Filters, Register, list_records
from pages.shared.main import PAGES
from tests.browser.steps import Server, settle, visit, wait_until, word

AXE = files("axe_core_python").joinpath("axe.min.js").read_text(encoding="utf-8")
# What Streamlit itself draws: its grid, menus, tabs, and charts' own canvases; not ours to mend.
THEIRS = [
    "[data-testid='stDataFrame']",
    "[data-testid='stToolbar']",
    "[data-testid='stDeckGlJsonChart']",
    ".js-plotly-plot",
]


def test_digits_of_the_readers_choice_are_kept_in_the_address(server: Server, register: Register, page: Page) -> None:
    visit(page, server, "/people?lang=ar-u-nu-arab", "nav.people")
    count = "".join(chr(0x660 + int(digit)) for digit in str(len(list_people(register, Filters()))))
    expect(page.get_by_text(word("people.count", count=count))).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "ar")
    page.get_by_test_id("stPageLink").get_by_text(word("nav.quality"), exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(word("nav.quality"))
    assert "lang=ar-u-nu-arab" in page.url


def test_a_record_prints_whole_without_the_sidebar(server: Server, register: Register, page: Page) -> None:
    first = list_records(register, Filters())["engagement_id"].iloc[0]
    visit(page, server, f"/records?record={first}", "nav.records")
    page.emulate_media(media="print")
    expect(page.get_by_test_id("stSidebar")).to_be_hidden()
    expect(page.locator(".st-key-menu")).to_be_hidden()
    expect(page.locator("article")).to_have_css("overflow-y", "visible")
    expect(page.get_by_test_id("stMain")).to_have_css("overflow-y", "visible")


@pytest.mark.parametrize("language", ["ar", "en"])
def test_axe_finds_nothing_serious_of_ours(server: Server, register: Register, browser: Browser, language: str) -> None:
    first = list_records(register, Filters())["engagement_id"].iloc[0]
    found = {}
    with browser.new_context(bypass_csp=True, viewport={"width": 1366, "height": 768}) as context:
        page = context.new_page()
        for name in (*PAGES, f"records?record={first}"):
            page.goto(f"{server.url}/{name}{'&' if '?' in name else '?'}lang={language}")
            expect(page.get_by_role("heading", level=1)).to_be_visible()
            settle(page)
            found[name] = serious(page)
    assert {name: faults for name, faults in found.items() if faults} == {}


def serious(page: Page) -> list[Any]:
    # A page fades in: half-way its words are pale.
    wait_until(page, "document.getAnimations().every(one => one.playState !== 'running')")
    expect(page.locator("[data-stale='true']")).to_have_count(0)
    page.evaluate(AXE)
    options = json.dumps({"resultTypes": ["violations"]})
    context = json.dumps({"include": [["[data-testid='stMainBlockContainer']"]], "exclude": [[one] for one in THEIRS]})
    result = page.evaluate(f"axe.run({context}, {options})")
    return [
        (one["id"], [node["html"][:160] for node in one["nodes"][:3]])
        for one in result["violations"]
        if one["impact"] in ("serious", "critical")
    ]
