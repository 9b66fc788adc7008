"""What an analyst does, in a browser: open, filter, read the evidence, download, switch the language, share a link."""

from __future__ import annotations

import csv
import io
import json
import re
import time
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import openpyxl
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from extract.queries import Filters, Register, find_record, list_records, open_register, read_articles, read_figures
from pages.shared.main import PAGES
from pages.shared.words import read_catalogue
from tests.browser.conftest import ROOT, Server, running_server

# From `streamlit run` to the first answer, on two cores.
ANSWER_SECONDS = 10


def word(key: str, language: str = "ar", **values: object) -> str:
    section, name = key.split(".")
    return read_catalogue()[section][name][language].format(**values)


def visit(page: Page, server: Server, path: str = "/", title: str = "app.name", language: str = "ar") -> None:
    """Open an address cold and wait until the page is drawn."""
    page.goto(server.url + path)
    expect(page.get_by_role("heading", level=1)).to_have_text(word(title, language))
    settle(page)


def settle(page: Page) -> None:
    """Wait until no script is running."""
    expect(page.locator('[data-testid="stApp"][data-test-script-state="notRunning"]')).to_be_visible()


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


def metric(page: Page, name: str) -> Locator:
    box = page.get_by_test_id("stMetric").filter(has_text=word(f"figure.{name}"))
    return box.get_by_test_id("stMetricValue")


def parameters(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


@pytest.fixture(scope="module")
def register(server: Server, browser: Browser) -> Register:
    """The register that the server builds when its first page is opened."""
    with browser.new_page() as first:
        visit(first, server)
    return open_register(server.store)


def test_answers_soon_and_builds_its_register(server: Server, page: Page) -> None:
    assert server.seconds < ANSWER_SECONDS
    visit(page, server)
    expect(metric(page, "articles")).to_have_text("5")
    figures = read_figures(open_register(server.store), Filters())
    expect(metric(page, "engagements")).to_have_text(str(figures.engagements))
    assert page.evaluate("[document.documentElement.lang, document.documentElement.dir]") == ["ar", "rtl"]


@pytest.mark.parametrize("name", PAGES)
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
    """The page's main element is there: a map with its polygons, bars, or a table."""
    if name in {"overview", "map"}:
        expect(page.locator('[data-testid="stDeckGlJsonChart"] canvas').first).to_be_visible()
        polygons = "location.origin + '/app/static/countries.geojson'"
        wait_until(page, f"performance.getEntriesByName({polygons}).some(one => one.responseStatus === 200)")
    elif name in {"sectors", "timeline"}:
        expect(page.locator(".js-plotly-plot .barlayer .point").first).to_be_visible()
    if name == "quality":
        expect(page.locator("table.codes").first).to_be_visible()
    elif name != "overview":
        expect(page.get_by_test_id("stDataFrame").first).to_be_visible()


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


def test_a_click_on_a_row_leads_to_its_evidence(server: Server, register: Register, page: Page) -> None:
    visit(page, server, "/records", "nav.records")
    grid = page.get_by_test_id("stDataFrame").first
    # The grid is one canvas: its first row is below the heading.
    grid.click(position={"x": 16, "y": 52})
    expect(page.locator("article")).to_be_visible()

    first = list_records(register, Filters(), limit=1)["engagement_id"].iloc[0]
    assert parameters(page) == {"record": [first]}
    assert_evidence_is_marked(page, register, first)

    page.get_by_text(word("records.back")).click()
    expect(page.locator("article")).to_have_count(0)
    expect(page.get_by_test_id("stDataFrame").first).to_be_visible()


def test_a_card_of_the_overview_leads_to_its_evidence(server: Server, register: Register, page: Page) -> None:
    visit(page, server)
    page.get_by_text(word("overview.open")).first.click()
    expect(page.locator("article")).to_be_visible()
    assert_evidence_is_marked(page, register, parameters(page)["record"][0])


def assert_evidence_is_marked(page: Page, register: Register, engagement_id: str) -> None:
    """The article on the page is the stored one, and what is marked in it is the record's evidence, field by field."""
    record = find_record(register, engagement_id)
    assert record is not None
    assert record.evidence
    (article,) = read_articles(register, [source.article_id for source in record.sources])
    assert article.text == (ROOT / "seeds" / f"{article.article_id}.txt").read_text(encoding="utf-8")
    pieces = json.loads(
        page.locator("article").evaluate(
            "e => JSON.stringify([...e.childNodes].map(n => [n.textContent, n.dataset ? n.dataset.field : '']))"
        )
    )
    assert "".join(text for text, _ in pieces) == article.text
    marked = [set(fields.split()) for text, fields in pieces for _ in text]
    assert marked == [
        {one.field for one in record.evidence if one.start <= at < one.end} for at in range(len(article.text))
    ]
    assert page.locator("article").evaluate("e => getComputedStyle(e).direction") == "rtl"


def download(page: Page, name: str) -> bytes:
    with page.expect_download() as started:
        page.get_by_role("button", name=name).click()
    return Path(started.value.path()).read_bytes()


def test_downloads_hold_what_is_shown(server: Server, register: Register, page: Page) -> None:
    visit(page, server, "/records?country=PAK", "nav.records")
    expected = list_records(register, Filters(country=("PAK",)))
    ids, heading = expected["engagement_id"].tolist(), word("column.engagement_id")
    expect(page.get_by_text(word("records.count", count=len(ids)))).to_be_visible()

    content = download(page, "CSV")
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert [row[heading] for row in rows] == ids
    assert [row[word("column.summary")] for row in rows] == expected["summary"].tolist()
    assert all("باكستان" in row[word("column.party_codes")] for row in rows)

    lines = download(page, "JSON Lines").decode().splitlines()
    assert [json.loads(line)[heading] for line in lines] == ids

    book = openpyxl.load_workbook(io.BytesIO(download(page, "Excel")))
    assert book.sheetnames[1:] == [word("download.dictionary"), word("download.about")]
    about = dict(book.worksheets[2].iter_rows(values_only=True))
    assert about[word("filter.country")] == "باكستان"
    assert about[word("download.rows")] == str(len(ids))
    sheet = book.worksheets[0]
    assert sheet.sheet_view.rightToLeft
    headings, *cells = sheet.iter_rows(values_only=True)
    assert [row[headings.index(heading)] for row in cells] == ids


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
