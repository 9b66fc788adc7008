"""Who the people are, and whom they meet."""

from __future__ import annotations

from urllib.parse import quote

from playwright.sync_api import expect

from extract.contacts import Person, count_people, list_contacts, list_encounters, list_people
from extract.queries import Filters
from tests.browser.steps import Desk, click_row, parameters


def test_who_the_people_are(desk: Desk) -> None:
    desk.open("people", "of=KWT")
    people = list_people(desk.register, Filters(), countries=("KWT",))
    assert len(people) == count_people(desk.register, Filters(), countries=("KWT",))
    desk.see("people.count", count=len(people))
    rows = desk.compare("people")
    assert [row[desk.word("column.name")] for row in rows] == people["name"].tolist()
    assert [int(row[desk.word("column.engagements")]) for row in rows] == people["engagements"].tolist()
    click_row(desk.page.get_by_test_id("stDataFrame").first)
    name = people["name" if desk.language == "ar" else "name_latin"].iloc[0]
    expect(desk.page.get_by_role("heading", level=2)).to_have_text(name)
    desk.page.get_by_text(desk.word("people.back")).click()
    desk.see("people.count", count=len(people))
    assert parameters(desk.page)["of"] == ["KWT"]


def test_whom_a_person_met(desk: Desk) -> None:
    first = list_people(desk.register, Filters(), countries=("KWT",)).iloc[0]
    person = Person(first["name"], first["party_code"])
    desk.open("people", f"person={quote(person.name)}&person_country={person.country}")
    records = list_encounters(desk.register, Filters(), person)
    desk.see("people.records", count=len(records))
    met = list_contacts(desk.register, Filters(), person)
    if met.empty:
        desk.see("people.met_nobody")
    else:
        rows = desk.compare("met")
        assert [int(row[desk.word("column.engagements")]) for row in rows] == met["engagements"].tolist()
    # Each record that names him is a link to its evidence.
    links = desk.page.get_by_test_id("stMain").locator("a[href*='record=']")
    expect(links).to_have_count(min(len(records), 50))
    links.first.click()
    expect(desk.page.locator(".st-key-citation")).to_contain_text(records["engagement_id"].iloc[0])
