"""What a record rests on: the way to it, its evidence in the article, its sources, citation and downloads."""

from __future__ import annotations

import csv
import io
import json
import re

import openpyxl
from playwright.sync_api import Page, expect

from extract.queries import Filters, Register, find_record, list_records, read_articles
from tests.browser.conftest import ROOT
from tests.browser.steps import Desk, Server, click_row, download, download_table, parameters, visit, word


def test_a_click_on_a_row_leads_to_its_evidence(server: Server, register: Register, page: Page) -> None:
    visit(page, server, "/records", "nav.records")
    click_row(page.get_by_test_id("stDataFrame").first)
    expect(page.locator("article")).to_be_visible()

    first = list_records(register, Filters(), limit=1)["engagement_id"].iloc[0]
    assert parameters(page) == {"record": [first]}
    assert_evidence_is_marked(page, register, first)

    page.get_by_text(word("records.back")).click()
    expect(page.locator("article")).to_have_count(0)
    expect(page.get_by_test_id("stDataFrame").first).to_be_visible()
    # A link from a page to itself changes the address too.
    expect(page).to_have_url(f"{server.url}/records")


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


def test_what_a_record_rests_on(desk: Desk) -> None:
    page, language = desk.page, desk.language
    both = Filters(country=("KWT",), partner=(desk.partner,))
    first, second = list_records(desk.register, both)["engagement_id"].head(2)
    record = find_record(desk.register, first)
    assert record
    desk.open("records", f"country=KWT&partner={desk.partner}&record={first}")
    rows = download_table(page, "evidence")
    assert [(row[desk.word("column.quote")], row[desk.word("column.rule")]) for row in rows] == [
        (one.quote, one.rule) for one in record.evidence
    ]
    articles = {one.article_id: one for one in read_articles(desk.register, [s.article_id for s in record.sources])}
    for row, one in zip(rows, record.evidence, strict=True):
        assert articles[one.article_id].text[one.start : one.end] == row[desk.word("column.quote")]
    # Every source has its citation, with the record's id and the address of the article where it has one.
    citations = page.locator(".st-key-citation code")
    expect(citations).to_have_count(len(record.sources))
    for citation, source in zip(citations.all_text_contents(), record.sources, strict=True):
        assert first in citation
        assert (source.url or "") in citation
    if record.disagreements:
        assert len(download_table(page, "differences")) == len(record.disagreements)
    assert page.locator("article").first.evaluate("e => getComputedStyle(e).direction") == "rtl"
    page.get_by_text(word("record.next", language)).click()
    expect(page.locator(".st-key-citation")).to_contain_text(second)
    expect(page).to_have_url(re.compile(f"record={second}"))
    page.reload()
    expect(page.locator(".st-key-citation")).to_contain_text(second)


def test_a_value_and_its_words_light_each_other(server: Server, register: Register, page: Page) -> None:
    first = list_records(register, Filters())["engagement_id"].iloc[0]
    visit(page, server, f"/records?record={first}", "nav.records")
    value = page.locator(".fields [data-field='parties'] dd[data-items]").first
    number = value.get_attribute("data-items")
    words_of_it = page.locator(f"article mark[data-items~='{number}']").first
    expect(words_of_it).to_have_css("outline-style", "none")
    value.focus()
    expect(words_of_it).to_have_css("outline-style", "solid")
    words_of_it.focus()
    expect(value).to_have_css("outline-style", "solid")


def test_a_field_of_the_legend_lights_its_words(server: Server, register: Register, page: Page) -> None:
    first = list_records(register, Filters())["engagement_id"].iloc[0]
    visit(page, server, f"/records?record={first}", "nav.records")
    words_of_it = page.locator("article mark[data-field~='parties']").first
    others = page.locator("article mark:not([data-field~='parties'])").first
    for name in (".legend [data-field='parties']", ".fields [data-field='parties'] > dt"):
        page.get_by_role("heading", level=1).hover()
        expect(words_of_it).to_have_css("outline-style", "none")
        page.locator(name).hover()
        expect(words_of_it).to_have_css("outline-style", "solid")
        expect(others).to_have_css("outline-style", "none")
