"""Whom the pages must not shut out: readers of other digits, on paper, with a keyboard, with a screen reader (axe-core)."""

from __future__ import annotations

import json
import re
from importlib.resources import files
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from extract.contacts import list_people
from extract.queries import FILTERS, Filters, Register, list_records, open_register, read_figures
from pages.shared.main import PAGES
from pages.shared.words import ARABIC_DIGITS, Words
from tests.browser.steps import Server, metric, read_grid, settle, visit, wait_until, word

AXE = files("axe_core_python").joinpath("axe.min.js").read_text(encoding="utf-8")
# What Streamlit itself draws: its grid, menus, tabs, charts' own canvases; not ours to mend.
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


def test_no_latin_digit_is_left_in_grids_charts_and_figures(many: Server, page: Page) -> None:
    visit(page, many, "/timeline?lang=ar-u-nu-arab", "nav.timeline")
    latin = re.compile("[0-9]")
    ticks = page.locator(":is(.xtick, .ytick) text")
    expect(ticks.first).to_be_visible()
    assert [text for text in ticks.all_text_contents() if latin.search(text)] == []
    pages = page.locator("[data-testid^='stPaginationPage']")
    expect(pages.first).to_have_text("\u0661")
    assert [text for text in pages.all_text_contents() if latin.search(text)] == []
    silent = read_grid(page.get_by_test_id("stDataFrame").nth(2))
    assert silent
    assert [cell for row in silent for cell in row.values() if latin.search(cell)] == []
    visit(page, many, "/overview?lang=ar-u-nu-arab")
    engagements = read_figures(open_register(many.store), Filters()).engagements
    expect(metric(page, "engagements")).to_have_text(Words(ARABIC_DIGITS).number(engagements))


# What a screen reader says of the sidebar and the menu, and the few words that Streamlit writes there.
NAMES = """[...document.querySelectorAll('[data-testid="stSidebar"] *, [data-testid="stMainMenuButton"]')]
  .flatMap(e => ['aria-label', 'placeholder', 'aria-valuetext'].map(name => e.getAttribute(name)))
  .concat(document.querySelector('[data-testid="stSkipToContent"]').textContent).filter(Boolean)"""


def test_streamlits_own_words_are_in_the_readers_language(server: Server, page: Page) -> None:
    visit(page, server, "/overview?lang=ar")
    wait_until(page, f"{NAMES}.every(name => !/[A-Za-z]/.test(name))")
    # The list is drawn when it is opened.
    partner = page.get_by_test_id("stSidebar").get_by_role("combobox", name=word("filter.partner"), exact=True)
    partner.fill("zzz")
    expect(page.get_by_text(word("streamlit.no_choice"), exact=True)).to_be_visible()
    partner.fill("")
    page.keyboard.press("Escape")
    page.get_by_test_id("stSidebar").get_by_text(word("language.en"), exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(word("app.name", "en"))
    example = json.dumps(word("filter.text_hint", "en"))
    wait_until(page, f"{NAMES}.every(name => name === {example} || !/[\u0600-\u06ff]/.test(name))")
    expect(page.get_by_test_id("stSkipToContent")).to_have_text(word("streamlit.skip", "en"))


def test_a_grid_wider_than_a_phone_begins_where_reading_does(many: Server, browser: Browser) -> None:
    with browser.new_page(viewport={"width": 390, "height": 844}) as page:
        for language, is_far in (("ar", True), ("en", False)):
            visit(page, many, f"/records?lang={language}", "nav.records", language)
            grid = "document.querySelector('.dvn-scroller')"
            wait_until(page, f"{grid} && {grid}.scrollWidth > {grid}.clientWidth")
            wait_until(page, f"({grid}.scrollLeft > 0) === {str(is_far).lower()}")


def test_a_record_prints_whole_without_the_sidebar(server: Server, register: Register, page: Page) -> None:
    first = list_records(register, Filters())["engagement_id"].iloc[0]
    visit(page, server, f"/records?record={first}", "nav.records")
    page.emulate_media(media="print")
    expect(page.get_by_test_id("stSidebar")).to_be_hidden()
    expect(page.locator(".st-key-menu")).to_be_hidden()
    expect(page.locator(".st-key-desk [data-testid='stButton']")).to_be_hidden()
    expect(page.locator("article")).to_have_css("overflow-y", "visible")
    expect(page.get_by_test_id("stMain")).to_have_css("overflow-y", "visible")
    assert page.pdf().startswith(b"%PDF")


def test_charts_and_tables_are_as_narrow_as_paper_when_they_are_printed(many: Server, page: Page) -> None:
    visit(page, many, "/sectors", "nav.sectors")
    drawn = page.locator(".js-plotly-plot .main-svg:first-child, [data-testid='stDataFrame']")
    expect(drawn).to_have_count(7)
    widths = "e => e.map(one => Math.round(one.getBoundingClientRect().width))"
    wide = drawn.evaluate_all(widths)
    assert min(wide) > 900
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert max(drawn.evaluate_all(widths)) <= 700
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert drawn.evaluate_all(widths) == wide


# Where the focus is, and whether it shows: on the element itself, or on the box around it.
FOCUSED = """() => {
  const one = document.activeElement, around = [one];
  for (let up = one.parentElement; up && around.length < 20; up = up.parentElement) around.push(up);
  const shows = around.some(box => {
    const style = getComputedStyle(box);
    return (style.outlineStyle === 'solid' && parseFloat(style.outlineWidth) >= 2) || style.boxShadow.includes('0px 0px 0px 3');
  });
  return [one.tagName, (one.getAttribute('aria-label') || one.textContent).trim().slice(0, 60), shows];
}"""


@pytest.mark.parametrize("language", ["ar", "en"])
def test_the_keyboard_reaches_filters_menu_records_and_downloads(many: Server, page: Page, language: str) -> None:
    visit(page, many, f"/records?lang={language}", "nav.records", language)
    grid = page.get_by_test_id("stDataFrame").locator("canvas").first
    expect(grid).to_be_visible()
    reached: list[tuple[str, str]] = []
    while ("BUTTON", "downloadParquet") not in reached:
        page.keyboard.press("Tab")
        tag, name, shows = page.evaluate(FOCUSED)
        assert shows, f"the focus on {tag} {name!r} cannot be seen"
        reached.append((tag, name))
        assert len(reached) < 90, reached
    names = [name for _, name in reached]
    order = [
        *(word(f"filter.{one.key}", language) for one in FILTERS if one.widget in ("codes", "switch", "words")),
        *(word(f"nav.{name}", language) for name in ("overview", "map", "records", "quality")),
        "downloadCSV",
        "downloadParquet",
    ]
    assert [wanted for wanted in order if not any(name.startswith(wanted) for name in names)] == []
    places = [next(at for at, name in enumerate(names) if name.startswith(wanted)) for wanted in order]
    assert places == sorted(places)

    with page.expect_download():
        page.keyboard.press("Enter")
    # A row of the grid: down to it, and Shift with the space bar chooses it.
    grid.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Shift+Space")
    expect(page.locator("article").first).to_be_visible()
    page.get_by_role("link", name=word("records.back", language)).focus()
    page.keyboard.press("Enter")
    expect(page.locator("article")).to_have_count(0)
    expect(page).not_to_have_url(re.compile("record="))


@pytest.mark.parametrize(("language", "scheme"), [("ar", "light"), ("en", "dark")])
def test_axe_finds_nothing_serious_of_ours(
    server: Server, register: Register, browser: Browser, language: str, scheme: Literal["light", "dark"]
) -> None:
    first = list_records(register, Filters())["engagement_id"].iloc[0]
    found = {}
    viewport: ViewportSize = {"width": 1366, "height": 768}
    with browser.new_context(bypass_csp=True, viewport=viewport, color_scheme=scheme) as context:
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
