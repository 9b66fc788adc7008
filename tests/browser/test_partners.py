"""With whom a country engages, how often, at what rank; who has gone silent; how two partners compare; what came of plans."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from extract.profiles import list_planned, read_profiles
from extract.queries import Filters, describe_parties, read_figures
from tests.browser.steps import Desk, click_row, download_table, parameters, settle

KUWAIT = Filters(country=("KWT",))


def test_with_whom_and_how_often(desk: Desk) -> None:
    desk.open("map", "country=KWT")
    parties = describe_parties(desk.register, KUWAIT)
    rows = desk.compare("countries", 0)
    assert [int(row[desk.word("column.engagements")]) for row in rows] == parties["engagements"].tolist()
    ties = desk.compare("ties", 1)
    kuwait = {row[desk.word("column.party_code")]: row[desk.word("column.engagements")] for row in rows[1:]}
    sides = (desk.word("column.party_a"), desk.word("column.party_b"))
    others = {name: tie[desk.word("column.engagements")] for tie in ties for name in map(tie.get, sides)}
    assert {name: count for name, count in others.items() if name in kuwait} == kuwait
    expect(desk.page.get_by_role("button", name="GeoJSON")).to_be_visible()


def test_who_has_gone_silent(desk: Desk) -> None:
    desk.open("timeline", "country=KWT")
    rows = desk.compare("silent", 2)
    silent = describe_parties(desk.register, KUWAIT).dropna(subset=["silent_months"])["silent_months"]
    assert [int(row[desk.word("column.silent_months")]) for row in rows] == sorted(silent, reverse=True)


def test_how_two_partners_compare(desk: Desk) -> None:
    desk.open("countries", f"profile=KWT&profile={desk.partner}")
    profiles = read_profiles(desk.register, Filters(), ("KWT", desk.partner))
    figures = desk.page.locator(".figures > div:first-child dd")
    expect(figures).to_have_text([str(number) for number in profiles["engagements"]])

    rows = download_table(desk.page, "breakdowns")
    party, count = desk.word("column.party_code"), desk.word("column.engagements")
    for kind in ("by_type", "by_other_rank"):
        title = desk.word(f"countries.{kind}")
        table = desk.page.locator("table.bars").filter(has=desk.page.locator("caption", has_text=title))
        own = [row for row in rows if row[desk.word("column.breakdown")] == title]
        names = table.locator("thead th").all_text_contents()
        for line in table.locator("tbody tr").all():
            value, *numbers = (text.strip() for text in line.locator("th, td").all_text_contents())
            found = {row[party]: row[count] for row in own if row[desk.word("column.value")] == value}
            assert numbers == [found.get(name, "0") for name in names]
        for name, number in zip(names, profiles["engagements"], strict=True):
            assert sum(int(row[count]) for row in own if row[party] == name) == number

    desk.page.get_by_text(desk.word("countries.records"), exact=True).last.click()
    expected = read_figures(desk.register, Filters(country=(desk.partner,))).engagements
    desk.see("records.count", count=expected)
    assert parameters(desk.page)["country"] == [desk.partner]


def test_the_drawn_line_of_time_has_the_numbers_of_its_table(desk: Desk) -> None:
    desk.open("countries", f"profile=KWT&profile={desk.partner}")
    drawn = desk.page.get_by_test_id("stPlotlyChart").evaluate(
        "e => e.querySelector('.js-plotly-plot').data.map(one => [one.yaxis, one.y])"
    )
    expect(desk.page.locator(".barlayer .point").first).to_be_visible()
    numbers = [int(row[desk.word("column.engagements")]) for row in download_table(desk.page, "times-chart")]
    assert sum(numbers) == sum(sum(y) for _, y in drawn)
    desk.page.get_by_text(desk.word("countries.times_table")).click()
    expect(desk.page.get_by_test_id("stExpanderDetails")).not_to_have_attribute("inert", "")
    rows = download_table(desk.page, "times")
    for axis, name in zip(("y", "y2"), list(rows[0])[1:], strict=True):
        assert sum(sum(y) for own, y in drawn if own == axis) == sum(int(row[name]) for row in rows)


def test_what_was_planned_and_what_came_of_it(desk: Desk) -> None:
    desk.open("countries", "profile=KWT")
    plans = list_planned(desk.register, Filters(), "KWT", limit=50)
    rows = download_table(desk.page, "plans-KWT")
    came = [desk.word(f"came_of_it.{code}") for code in plans["came_of_it"]]
    assert [row[desk.word("column.came_of_it")] for row in rows] == came
    grid = desk.page.locator(".st-key-plans-KWT-csv").locator("xpath=preceding::*[@data-testid='stDataFrame'][1]")
    click_row(grid)
    expect(desk.page.locator(".st-key-citation")).to_contain_text(plans["engagement_id"].iloc[0])


@pytest.mark.parametrize("desk", ["made-ar"], indirect=True)
def test_a_click_on_the_timeline_opens_its_record_and_back_leads_to_the_line(desk: Desk) -> None:
    page = desk.page
    desk.open("timeline", "country=KWT&status=held")
    chart = page.get_by_test_id("stPlotlyChart").nth(1)
    ids = chart.evaluate("e => e.querySelector('.js-plotly-plot').data.at(-1).customdata.map(one => one[0])")
    chart.scroll_into_view_if_needed()
    chart.locator(".scatterlayer .point").nth(2).click(force=True)
    expect(page.locator(".st-key-citation")).to_contain_text(ids[2])
    assert parameters(page) == {"country": ["KWT"], "status": ["held"], "record": [ids[2]]}
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text(desk.word("nav.timeline"))
    settle(page)
    expect(page.locator(".scatterlayer .point").first).to_be_attached()
    chip = page.locator(".st-key-chips").get_by_role("button", name=desk.word("filter.status"))
    chip.click()
    expect(chip).to_have_count(0)
    assert parameters(page) == {"country": ["KWT"]}
