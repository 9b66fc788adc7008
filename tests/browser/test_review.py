"""The analyst in the loop, in a browser: review by key, correct and re-run, two at one record, and text that is no markup."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from extract.corrections import CorrectionLog
from extract.queries import Filters, list_records, open_register
from extract.run import ensure_store
from tests.browser.conftest import ROOT, Server, running_server
from tests.browser.steps import settle, visit, word
from tests.browser.test_access import serious
from tests.corrected import FIRST, SECOND, THIRD, build

LAYLA, OMAR = "ليلى حداد", "عمر السالم"
HOSTILE = (
    "<script>window.ran=1</script><img src=x onerror=window.ran=1> [a](javascript:window.ran=1) =1+1 `$x$` :red[b]"
)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server of its own: what is decided here must not show in other tests."""
    store = tmp_path_factory.mktemp("desk") / "store"
    ensure_store(store, [ROOT / "seeds"])
    with running_server(store) as running:
        yield running


@pytest.fixture(scope="module")
def other(browser: Browser) -> Iterator[Page]:
    """A second person's browser."""
    with browser.new_context(viewport={"width": 1366, "height": 768}) as context:
        yield context.new_page()


def ids_of(server: Server, **filters: tuple[str, ...]) -> list[str]:
    return list(list_records(open_register(server.store), Filters(**filters))["engagement_id"])


def say_name(page: Page, name: str, language: str = "ar") -> None:
    page.get_by_role("textbox", name=word("access.name", language)).fill(name)
    page.get_by_role("button", name=word("access.keep_name", language)).click()
    expect(page.get_by_text(word("access.you_are", language, name=name))).to_be_visible()
    settle(page)


def open_form(page: Page, server: Server, record: str, name: str, language: str = "ar") -> None:
    visit(page, server, f"/records?record={record}&lang={language}", "nav.records", language)
    page.get_by_role("button", name=word("desk.open", language)).click()
    say_name(page, name, language)


def choose(page: Page, label: str, option: str) -> None:
    """Pick an option of a select box of the page."""
    settle(page)
    page.get_by_test_id("stMain").get_by_role("combobox", name=label).click()
    page.get_by_role("option", name=option, exact=True).click()
    settle(page)


def box(page: Page, label: str) -> Locator:
    return page.get_by_test_id("stMain").get_by_role("textbox", name=label, exact=True)


def save(page: Page, language: str = "ar") -> None:
    settle(page)
    page.get_by_role("button", name=word("correct.save", language)).click()


def shown(page: Page, field: str) -> Locator:
    return page.locator(f".fields [data-field='{field}'] dd")


def find_key(page: Page, name: str) -> str:
    """The key that a button shows, once the button is there: a key before that is nobody's."""
    settle(page)
    key = word("streamlit.shortcut", rest="").strip()
    button = page.get_by_role("button", name=re.compile(f"^{re.escape(word(name))}.*{key}"))
    expect(button).to_be_visible()
    return button.inner_text().split()[-1]


def press(page: Page, name: str) -> None:
    """Press the key that a button shows."""
    page.keyboard.press(find_key(page, name))


def test_keys_decide_and_show_the_next(desk: Server, page: Page) -> None:
    total = len(ids_of(desk))
    visit(page, desk, "/review", "nav.review")
    expect(page.get_by_text(word("review.progress", done=0, total=total))).to_be_visible()
    say_name(page, LAYLA)
    first = page.locator("article").first.inner_text()
    press(page, "review.skip")
    expect(page.locator("article").first).not_to_have_text(first)
    press(page, "review.confirm")
    expect(page.get_by_text(word("review.did_confirm"))).to_be_visible()
    expect(page.get_by_text(word("review.progress", done=1, total=total))).to_be_visible()
    press(page, "review.undo_last")
    expect(page.get_by_text(word("review.did_undo"))).to_be_visible()
    expect(page.get_by_text(word("review.progress", done=0, total=total))).to_be_visible()
    actions = [(one.action, one.author) for one in CorrectionLog(desk.store).read()]
    assert actions == [("confirm", LAYLA), ("undo", LAYLA)]


def test_keys_in_a_row_decide_on_the_record_on_the_screen_alone(desk: Server, page: Page) -> None:
    visit(page, desk, "/review", "nav.review")
    say_name(page, LAYLA)
    log = CorrectionLog(desk.store)
    before = log.version()
    assert find_key(page, "review.confirm") == "1"
    on_screen = page.locator("[class*='st-key-desk-confirm-']").first.get_attribute("class") or ""
    keyboard = page.context.new_cdp_session(page)
    # Twice and at once, on an Arabic keyboard; then held down.
    for code, is_repeated in ((0x661, False), (0x661, False), (0x661, True), (0x31, True)):
        key = {"key": chr(code), "code": "Digit1", "autoRepeat": is_repeated}
        keyboard.send("Input.dispatchKeyEvent", {"type": "keyDown", **key})
    expect(page.get_by_text(word("review.progress", done=1, total=len(ids_of(desk))))).to_be_visible()
    shown_next = page.locator("article").first.inner_text()
    press(page, "review.skip")  # what was sent before it has been answered when it is
    expect(page.locator("article").first).not_to_have_text(shown_next)
    (decided,) = log.read(before)
    assert decided.action == "confirm"
    assert f"desk-confirm-{decided.engagement_id}-{before}" in on_screen


def test_a_corrected_date_stands_after_another_run(desk: Server, page: Page) -> None:
    (record,) = ids_of(desk, country=("PAK",), partner=("RUS",), type=("visit",))
    open_form(page, desk, record, LAYLA)
    box(page, word("entry.date_start")).fill("5/5/2021")
    box(page, word("correct.words")).fill("6 و7 أبريل")
    save(page)
    expect(page.get_by_text(word("desk.saved"))).to_be_visible()
    expect(shown(page, "date_start")).to_contain_text("5 مايو 2021")
    expect(page.get_by_text(word("desk.history"))).to_be_visible()

    command = [sys.executable, "-m", "extract", "run", str(ROOT / "seeds"), "--store", str(desk.store)]
    subprocess.run(command, check=True, capture_output=True, cwd=ROOT)
    page.reload()
    expect(shown(page, "date_start")).to_contain_text("5 مايو 2021")
    expect(page.locator(".decision blockquote")).to_have_text(["6 و7 أبريل"])


def test_the_second_of_two_writers_is_told(desk: Server, page: Page, other: Page) -> None:
    record = ids_of(desk, type=("meeting",))[0]
    held, planned, cancelled = "انعقد", "مقرر", "ملغى"
    open_form(page, desk, record, LAYLA)
    open_form(other, desk, record, OMAR)
    for writer, status in ((other, cancelled), (page, planned)):
        choose(writer, word("correct.what"), word("field.status"))
        choose(writer, word("field.status"), status)
        box(writer, word("correct.why")).fill("كما في البيان الرسمي")
        save(writer)
    expect(other.get_by_text(word("desk.saved"))).to_be_visible()
    clash = page.locator(".st-key-clash")
    expect(clash.get_by_text(word("desk.changed_meanwhile"))).to_be_visible()
    expect(clash.locator("table tbody td")).to_have_text([held, cancelled, planned])
    expect(clash).to_contain_text(OMAR)
    log = CorrectionLog(desk.store)
    assert [(one.author, one.new) for one in log.history(record)] == [(OMAR, "cancelled")]

    clash.get_by_role("button", name=word("desk.save_mine")).click()
    expect(clash).to_have_count(0)
    expect(shown(page, "status")).to_have_text(planned)
    assert [(one.author, one.old) for one in log.history(record)] == [(OMAR, "held"), (LAYLA, "cancelled")]


def test_a_report_is_split_off_a_merged_record_and_put_back(page: Page, tmp_path: Path) -> None:
    store = build(tmp_path / "store")
    with running_server(store) as server:
        open_form(page, server, THIRD, LAYLA)
        expect(page.get_by_role("tab")).to_have_count(2)
        choose(page, word("correct.what"), word("join.split"))
        page.get_by_test_id("stMain").get_by_role("combobox", name=word("join.member")).click()
        page.get_by_role("option").nth(1).click()
        settle(page)
        box(page, word("correct.why")).fill("لقاء آخر في يوم آخر")
        page.get_by_role("button", name=word("join.do_split")).click()
        expect(page.get_by_text(word("desk.saved"))).to_be_visible()
        expect(page.get_by_role("tab")).to_have_count(0)
        assert len(ids_of(server)) == 4
        expect(page.locator(".decision")).to_contain_text("لقاء آخر في يوم آخر")
        page.get_by_role("button", name=word("desk.undo"), exact=True).click()
        expect(page.get_by_text(word("review.did_undo"))).to_be_visible()
        expect(page.get_by_role("tab")).to_have_count(2)
        assert sorted(ids_of(server)) == sorted([FIRST, SECOND, THIRD])


def test_what_is_typed_is_text_wherever_it_shows(desk: Server, page: Page) -> None:
    page.on("dialog", lambda dialog: pytest.fail(f"ran: {dialog.message}"))
    record = ids_of(desk, type=("aid",))[0]
    open_form(page, desk, record, HOSTILE[:80])
    choose(page, word("correct.what"), word("field.officials"))
    for part in ("name", "name_canonical", "name_latin", "title", "institution"):
        box(page, word(f"entry.officials_{part}")).fill(HOSTILE)
    box(page, word("correct.words")).fill(HOSTILE)
    box(page, word("correct.why")).fill(HOSTILE)
    save(page)
    expect(page.get_by_text(word("correct.words_nowhere"))).to_be_visible()
    box(page, word("correct.words")).fill("")
    save(page)
    expect(shown(page, "officials")).to_contain_text(HOSTILE)
    for field, inputs in (("summary", ("summary", "summary_en")), ("venue_country", ("venue_city", "venue_city_en"))):
        settle(page)
        page.get_by_role("button", name=word("desk.open")).click()
        choose(page, word("correct.what"), word(f"field.{field}"))
        for one in inputs:
            box(page, word(f"field.{one}")).fill(HOSTILE)
        box(page, word("correct.why")).fill(HOSTILE)
        save(page)
        expect(shown(page, inputs[0])).to_have_text(HOSTILE)
    for path in (
        f"records?record={record}",
        f"records?record={record}&lang=en",
        "people?lang=en",
        "review",
        "?lang=en",
    ):
        page.goto(f"{desk.url}/{path}")
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        settle(page)
        if "record=" in path:
            # What other tests decided on the record stands there too.
            expect(page.locator(".decision").filter(has_text=HOSTILE)).to_have_count(3)
        assert page.evaluate("window.ran") is None
        assert page.locator("a[href^='javascript'], img[src='x']").count() == 0


@pytest.mark.parametrize("language", ["ar", "en"])
def test_axe_finds_nothing_serious_in_review_and_form(desk: Server, browser: Browser, language: str) -> None:
    record = ids_of(desk, type=("summit",))[0]
    with browser.new_context(bypass_csp=True, viewport={"width": 1366, "height": 768}) as context:
        page = context.new_page()
        visit(page, desk, f"/review?lang={language}", "nav.review", language)
        say_name(page, LAYLA, language)
        assert serious(page) == []
        open_form(page, desk, record, LAYLA, language)
        for field in ("officials", "date_start", "sectors"):
            choose(page, word("correct.what", language), word(f"field.{field}", language))
            assert serious(page) == []
