"""What an analyst does on any page: open it by its address, filter it, click to narrow it, switch the language."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from extract.queries import Filters, Register, open_register, read_figures
from pages.shared.main import PAGES
from tests.browser.conftest import running_server
from tests.browser.steps import Server, choose, metric, parameters, visit, wait_until, word

# From `streamlit run` to the first answer, on two cores.
ANSWER_SECONDS = 10

BARS, GRID = ".js-plotly-plot .barlayer .point", "[data-testid='stDataFrame']"
MAIN_ELEMENTS = {
    "sectors": BARS,
    "timeline": BARS,
    "countries": BARS,
    "people": GRID,
    "records": GRID,
    "quality": "table.codes",
    "review": ".st-key-doubts",
    "add": '[data-testid="stTextArea"]',
}


def test_answers_soon_and_builds_its_register(server: Server, page: Page) -> None:
    assert server.seconds < ANSWER_SECONDS
    visit(page, server)
    expect(metric(page, "articles")).to_have_text("5")
    figures = read_figures(open_register(server.store), Filters())
    expect(metric(page, "engagements")).to_have_text(str(figures.engagements))
    assert page.evaluate("[document.documentElement.lang, document.documentElement.dir]") == ["ar", "rtl"]


# A server's first page is where Streamlit's own discovery of pages would step in: one of each kind of page.
@pytest.mark.parametrize("name", ["map", "countries", "records"])
def test_a_cold_link_opens_any_page_of_a_new_server(register: Register, server: Server, page: Page, name: str) -> None:
    with running_server(server.store) as fresh:
        open_link(page, fresh, name, "ar")


@pytest.mark.parametrize("name", PAGES)
def test_a_cold_link_opens_any_page_in_english(register: Register, server: Server, page: Page, name: str) -> None:
    open_link(page, server, name, "en")


def open_link(page: Page, server: Server, name: str, language: str) -> None:
    title = "app.name" if name == PAGES[0] else f"nav.{name}"
    visit(page, server, f"/{name}?lang={language}", title, language)
    expect(page.get_by_test_id("stException")).to_have_count(0)
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert_is_laid_out_for(page, language)
    assert_is_drawn(page, name)


def assert_is_laid_out_for(page: Page, language: str) -> None:
    expect(page.locator("html")).to_have_attribute("dir", "rtl" if language == "ar" else "ltr")
    expect(page.locator("html")).to_have_attribute("lang", language)
    sidebar = page.get_by_test_id("stSidebar").bounding_box()
    assert sidebar
    assert (sidebar["x"] > 600) == (language == "ar")
    wait_until(page, "[...document.fonts].some(one => one.family.includes('PlexAr') && one.status === 'loaded')")


def assert_is_drawn(page: Page, name: str) -> None:
    """The page's main element is there: a map with its polygons, bars, a table, a record to review, a place for files."""
    if name in {"overview", "map"}:
        expect(page.locator('[data-testid="stDeckGlJsonChart"] canvas').first).to_be_visible()
        polygons = "location.origin + '/app/static/countries.geojson'"
        wait_until(page, f"performance.getEntriesByName({polygons}).some(one => one.responseStatus === 200)")
    elif name in MAIN_ELEMENTS:
        expect(page.locator(MAIN_ELEMENTS[name]).first).to_be_visible()


def test_an_address_of_no_page_says_so_in_arabic_beside_its_button(
    server: Server, register: Register, page: Page
) -> None:
    page.goto(f"{server.url}/nowhere")
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("heading")).to_have_text(word("streamlit.page_not_found"))
    expect(dialog.get_by_text(word("streamlit.page_not_found_why"))).to_be_visible()
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    close = dialog.get_by_role("button", name=word("streamlit.close"), exact=True)
    wait_until(page, "getComputedStyle(document.querySelector('[role=dialog] > button')).left === '24px'")
    close.click()
    expect(dialog).to_have_count(0)


def test_filtering_by_country_and_sector(server: Server, register: Register, page: Page) -> None:
    visit(page, server)
    everything = read_figures(register, Filters()).engagements

    choose(page, word("filter.country"), "الصين")
    with_china = read_figures(register, Filters(country=("CHN",))).engagements
    assert 0 < with_china < everything
    expect(metric(page, "engagements")).to_have_text(str(with_china))
    assert parameters(page) == {"country": ["CHN"]}

    page.keyboard.press("Escape")
    choose(page, word("filter.sector"), "الموانئ")
    with_ports = read_figures(register, Filters(country=("CHN",), sector=("ports",))).engagements
    assert 0 < with_ports < with_china
    expect(metric(page, "engagements")).to_have_text(str(with_ports))
    assert parameters(page) == {"country": ["CHN"], "sector": ["ports"]}

    page.keyboard.press("Escape")
    page.get_by_test_id("stPageLink").get_by_text(word("nav.records"), exact=True).click()
    expect(page.get_by_text(word("records.count", count=with_ports))).to_be_visible()
    assert parameters(page) == {"country": ["CHN"], "sector": ["ports"]}

    page.get_by_role("button", name=word("filter.clear")).click()
    expect(page.get_by_text(word("records.count", count=everything))).to_be_visible()
    assert parameters(page) == {}

    page.go_back()
    expect(page.get_by_text(word("records.count", count=with_ports))).to_be_visible()


def test_a_click_on_a_bar_narrows_and_its_chip_undoes_it(server: Server, register: Register, page: Page) -> None:
    visit(page, server, "/sectors?country=PAK&sector=ports", "nav.sectors")
    page.get_by_role("button", name=word("filter.country")).click()
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")
    expect(page.get_by_role("button", name=word("filter.country"))).to_have_count(0)
    assert parameters(page) == {"sector": ["ports"]}
    bar = page.locator(".js-plotly-plot .barlayer .point").last
    bar.click(force=True)
    expect(page.locator(".st-key-chips").get_by_role("button")).not_to_have_count(2)
    narrowed = parameters(page)["sector"]
    assert len(narrowed) == 2
    page.locator(".st-key-chips").get_by_text(word("filter.clear_all")).click()
    expect(page.locator(".st-key-chips")).to_have_count(0)
    assert parameters(page) == {}


def test_the_language_switch_keeps_the_filters(server: Server, page: Page, register: Register) -> None:
    visit(page, server, "/sectors?country=PAK", "nav.sectors")
    page.get_by_test_id("stSidebar").get_by_text("English", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sectors")
    expect(page.locator("html")).to_have_attribute("dir", "ltr")
    expect(page.get_by_test_id("stSidebar").get_by_text("Pakistan")).to_be_visible()
    assert parameters(page) == {"country": ["PAK"], "lang": ["en"]}
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sectors")


def test_search_finds_words_however_they_are_spelt(server: Server, page: Page, register: Register) -> None:
    visit(page, server, "/records", "nav.records")
    page.get_by_role("textbox", name=word("filter.text")).fill("الأرهاب")
    page.keyboard.press("Enter")
    found = read_figures(register, Filters(text="الإرهاب")).engagements
    assert found
    expect(page.get_by_text(word("records.count", count=found))).to_be_visible()
    assert parameters(page) == {"text": ["الأرهاب"]}


def test_the_browser_itself_is_told_to_load_nothing_from_elsewhere(server: Server, page: Page) -> None:
    answer = page.goto(server.url)
    assert answer
    policy = answer.headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "http" not in policy
    blocked = page.evaluate("fetch('http://203.0.113.1/').then(() => 'sent', () => 'blocked')")
    assert blocked == "blocked"


def test_what_lays_a_page_out_is_fetched_with_the_page_and_once(server: Server, page: Page) -> None:
    """Else Arabic stands from left to right until Streamlit asks for it, half a second later."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    visit(page, server)
    early = re.findall(r"<\./([^>]+)>; rel=modulepreload", page.request.get(server.url).headers["link"])
    assert [re.sub(r"\.[^.]+\.js$", "", path) for path in early] == ["static/js/Html", "static/js/purify.es"]
    assert [asked.count(f"{server.url}/{path}") for path in early] == [1, 1]
