"""What an analyst does to add articles, in a browser: paste, upload, look, add, stop; and hostile text, which never runs."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import FilePayload, Page, expect

from extract.queries import Filters, count_parties, list_records, open_register
from extract.run import run
from extract.run.added import FOLDER
from extract.store import REGISTER_FILE
from tests.browser.conftest import ROOT, Server, running_server
from tests.browser.steps import settle, visit, word

SEED, BELGIAN = (ROOT / "seeds" / f"{name}.txt" for name in ("002_b40dba48844b8837", "003_f2787d2bddbf57ad"))
OTHERS = [path for path in sorted((ROOT / "seeds").glob("*.txt")) if path not in (SEED, BELGIAN)]
# Each would set `window.ran` if it ran.
SCRIPT = "<script>window.ran = 1</script>"
HANDLER = "<img src=x onerror='window.ran = 1'>"
FORMULA = '=HYPERLINK("http://x.example","x")'
MEETING = "الكويت - التقى وزير التجارة الكويتي خالد الفهري اليوم في مسقط وزير المالية العماني {} وبحثا التعاون التجاري."
HOSTILE = f"{SCRIPT} {HANDLER} [x](javascript:window.ran=1) {FORMULA}"


@pytest.fixture(scope="module")
def adding(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server whose register lacks two seeds, and may be changed by the tests of this module."""
    store = tmp_path_factory.mktemp("adding") / "store"
    run([str(path) for path in OTHERS], store)
    with running_server(store) as running:
        yield running


def open_add(page: Page, server: Server, language: str = "ar") -> None:
    visit(page, server, f"/add?lang={language}", "nav.add", language)


def fill(page: Page, language: str, **fields: str) -> None:
    """Fill fields of the form for a pasted text, by their words, and send it."""
    for name, value in fields.items():
        page.get_by_label(word(f"add.{name}", language), exact=True).fill(value)
    page.get_by_role("button", name=word("add.read", language), exact=True).click()


def upload(page: Page, language: str, *files: FilePayload | Path) -> None:
    page.get_by_role("tab", name=word("add.upload", language)).click()
    page.locator("input[type=file]").set_input_files(list(files))  # type: ignore[arg-type]
    expect(page.get_by_test_id("stFileChip")).to_have_count(len(files))


def read_files(page: Page, language: str) -> None:
    page.get_by_role("button", name=word("add.read_files", language)).click()


def payload(name: str, text: str | bytes) -> FilePayload:
    content = text.encode() if isinstance(text, str) else text
    return {"name": name, "mimeType": "application/octet-stream", "buffer": content}


def expect_nothing_ran(page: Page) -> None:
    settle(page)
    assert page.evaluate("window.ran") is None
    assert page.locator("a[href^='javascript' i]").count() == 0


def count_of(server: Server, code: str) -> int:
    counted = count_parties(open_register(server.store), Filters()).set_index("party_code")["engagements"]
    return int(counted.get(code, 0))


def open_from_menu(page: Page, name: str, language: str) -> None:
    page.locator(".st-key-menu").get_by_role("link", name=word(f"nav.{name}", language), exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(word(f"nav.{name}", language))
    settle(page)


@pytest.mark.parametrize("language", ["ar", "en"])
def test_a_seed_is_pasted_seen_added_and_on_the_map(adding: Server, page: Page, language: str) -> None:
    seed, code, name = {"ar": (SEED, "PSE", "فلسطين"), "en": (BELGIAN, "BEL", "Belgium")}[language]
    before = set(list_records(open_register(adding.store), Filters())["engagement_id"])
    assert count_of(adding, code) == 0
    open_add(page, adding, language)
    fill(page, language, text=seed.read_text(encoding="utf-8"), title="خبر", published="7/5/2025")
    article = page.locator("article.article")
    expect(article).to_have_attribute("dir", "rtl")
    expect(article.locator("mark[data-field~=parties]").first).to_be_visible()
    expect(page.locator("dl.fields").first).to_contain_text(word("field.parties", language))
    expect(page.locator("dl.fields .blank").first).to_contain_text(
        word("record.blank", language, reason="").split(":")[0]
    )
    assert list(set(list_records(open_register(adding.store), Filters())["engagement_id"]) - before) == []
    page.get_by_role("button", name=word("add.add", language, count=1)).click()
    links = page.locator(".st-key-added a")
    expect(links.first).to_be_visible()
    added = set(list_records(open_register(adding.store), Filters())["engagement_id"]) - before
    assert links.count() == len(added) > 0
    done = word("add.done", language, articles=1, records=len(added))
    expect(page.get_by_test_id("stAlert").filter(has_text=done)).to_be_visible()
    # The page that is open draws from the new register, with no other start of the server.
    open_from_menu(page, "map", language)
    row = page.get_by_test_id("stDataFrame").first.locator("tr", has_text=name)
    expect(row).to_contain_text(str(count_of(adding, code)))
    assert count_of(adding, code) > 0


@pytest.mark.parametrize("language", ["ar", "en"])
def test_what_is_no_article_gets_a_line_each(adding: Server, page: Page, tmp_path: Path, language: str) -> None:
    big = tmp_path / "big.txt"
    big.write_bytes(b"x" * 60_000_000)
    (tmp_path / "photo.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "torn.zip").write_bytes(b"PK\x03\x04")
    open_add(page, adding, language)
    upload(page, language, big, *(tmp_path / name for name in ("photo.png", "empty.txt", "torn.zip")))
    refused = page.get_by_test_id("stFileChip").filter(has_text="big.txt").get_by_role("alert")
    expect(refused).to_be_visible()
    said = refused.evaluate("one => getComputedStyle(one, '::after').content")
    assert json.loads(said) == word("add.too_big", language, megabytes=20)
    read_files(page, language)
    lines = page.locator("ul.steps li")
    expect(lines).to_have_count(3)
    reasons = {"photo.png": "صيغة غير معروفة", "empty.txt": "لا مقال فيه", "torn.zip": "ملف ناقص أو تالف"}
    if language == "en":
        reasons = {
            "photo.png": "Its format is not known",
            "empty.txt": "There is no article in it",
            "torn.zip": "The file is incomplete or damaged",
        }
    assert sorted(lines.all_text_contents()) == sorted(f"{name}: {reason}" for name, reason in reasons.items())
    expect(page.get_by_role("button", name=re.compile(word("add.discard", language)))).to_have_count(0)


@pytest.mark.parametrize("language", ["ar"])
def test_hostile_text_is_shown_and_never_runs(adding: Server, page: Page, language: str) -> None:
    text = f"{MEETING.format('سامي النهري')}\n{HOSTILE}"
    open_add(page, adding, language)
    fill(page, language, text=text, address="javascript:window.ran=1")
    expect(page.get_by_test_id("stAlert").filter(has_text="javascript:window.ran=1")).to_be_visible()
    fill(page, language, title=HOSTILE, outlet=HOSTILE, address="https://x.example/?q=<script>")
    expect(page.locator("article.article")).to_contain_text(HOSTILE)
    expect(page.locator("bdi", has_text=HOSTILE).first).to_be_visible()
    expect_nothing_ran(page)
    page.get_by_role("button", name=word("add.add", language, count=1)).click()
    page.locator(".st-key-added a").first.click()
    expect(page.locator("article.article").first).to_contain_text(HOSTILE)
    expect(page.locator("dl.fields")).to_contain_text(HOSTILE)
    expect_nothing_ran(page)


@pytest.mark.parametrize("language", ["en"])
def test_hostile_files_are_shown_and_never_run(adding: Server, page: Page, language: str) -> None:
    row = {"id": HOSTILE, "text": f"{SEED.read_text(encoding='utf-8')} {HOSTILE}", "title": HOSTILE,
           "url": "javascript:window.ran=1", "source": FORMULA}  # fmt: skip
    other = {"id": "../../x", "text": f"{HOSTILE} {language} نص", "url": "javascript:window.ran=1"}
    before = {path for path in adding.store.parent.rglob("*") if "added" not in path.parts}
    open_add(page, adding, language)
    upload(
        page,
        language,
        payload("../../x.jsonl", "\n".join(map(json.dumps, (row, other)))),
        payload(f"{HANDLER}.txt", ""),
        payload("=1+1.exe", "x"),
    )
    read_files(page, language)
    lines = page.locator("ul.steps li")
    expect(lines).to_have_count(2)
    # A browser hands over the last part of a file's name only.
    assert HANDLER in "".join(lines.all_text_contents())
    assert "=1+1.exe" in "".join(lines.all_text_contents())
    expect(page.locator("article.article")).to_contain_text(HOSTILE)
    expect(page.locator("bdi", has_text="javascript:window.ran=1").first).to_be_visible()
    expect_nothing_ran(page)
    page.get_by_role("combobox", name=word("add.which", language)).click()
    expect(page.get_by_role("option").nth(1)).to_contain_text("<script>")
    page.keyboard.press("Escape")
    page.get_by_role("button", name=word("add.add", language, count=2)).click()
    expect(page.get_by_test_id("stAlert").first).to_be_visible()
    expect_nothing_ran(page)
    there = {path for path in adding.store.parent.rglob("*") if "added" not in path.parts}
    assert {path.suffix for path in there - before} <= {".parquet"}


@pytest.mark.parametrize("language", ["ar"])
def test_an_addition_can_be_stopped(adding: Server, page: Page, language: str) -> None:
    seed = SEED.read_text(encoding="utf-8")
    rows = "\n".join(json.dumps({"id": f"{language}-{n}", "text": f"{seed} {language} {n}"}) for n in range(40))
    before = (adding.store / REGISTER_FILE).stat()
    kept = sorted(adding.store.glob(f"{FOLDER}/*.jsonl"))
    open_add(page, adding, language)
    upload(page, language, payload("rows.jsonl", rows))
    read_files(page, language)
    page.get_by_role("button", name=word("add.add", language, count=40)).click()
    page.get_by_role("button", name=word("add.stop", language)).click()
    expect(page.get_by_test_id("stAlert").filter(has_text=word("add.stopped_add", language))).to_be_visible()
    assert (adding.store / REGISTER_FILE).stat().st_mtime_ns == before.st_mtime_ns
    assert sorted(adding.store.glob(f"{FOLDER}/*.jsonl")) == kept
    page.get_by_role("button", name=word("add.discard", language)).click()
    expect(page.locator("article.article")).to_have_count(0)


@pytest.mark.parametrize("language", ["en"])
def test_names_are_listed_and_removed(adding: Server, page: Page, language: str) -> None:
    name = "بعطوط الزرنجاني"
    open_add(page, adding, language)
    page.get_by_label(word("lexicon.name", language), exact=True).fill(HOSTILE[:90])
    page.get_by_label(word("lexicon.latin", language), exact=True).fill("Zatut")
    page.get_by_role("button", name=word("lexicon.keep", language)).click()
    expect(page.get_by_test_id("stAlert").filter(has_text=word("lexicon.refused", language))).to_be_visible()
    page.get_by_label(word("lexicon.name", language), exact=True).fill(name)
    page.get_by_label(word("lexicon.latin", language), exact=True).fill("Zatut Al-Bernjani")
    page.get_by_role("button", name=word("lexicon.keep", language)).click()
    expect(page.locator("p", has_text=name)).to_contain_text("Zatut Al-Bernjani")
    fill(
        page,
        language,
        text=MEETING.format(name),
    )
    expect(page.locator("dl.fields").first).to_contain_text("Zatut Al-Bernjani" if language == "en" else name)
    page.get_by_role("button", name=word("lexicon.remove", language)).click()
    expect(page.get_by_role("button", name=word("lexicon.remove", language))).to_have_count(0)
    expect_nothing_ran(page)
