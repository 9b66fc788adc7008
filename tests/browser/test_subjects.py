"""What has been discussed, agreed and signed, by partner, with projects and amounts; and how relations moved over time."""

from __future__ import annotations

from playwright.sync_api import expect

from extract.queries import (
    Filters,
    count_months,
    count_sectors,
    count_stages,
    list_amounts,
    list_projects,
    list_records,
    read_figures,
)
from tests.browser.steps import Desk, click_row, download_table

SUBJECTS = Filters(sector=("ports", "renewables"))
# Of both registers a party with projects and amounts.
PAKISTAN = Filters(country=("PAK",))


def test_what_was_discussed_agreed_and_signed(desk: Desk) -> None:
    desk.open("sectors", "sector=ports&sector=renewables")
    count = desk.word("column.engagements")
    bars = desk.page.get_by_test_id("stPlotlyChart").first.evaluate(
        "e => e.querySelector('.js-plotly-plot').data.flatMap(one => one.x)"
    )
    rows = desk.compare("sectors", 0)
    assert [int(row[count]) for row in rows] == bars
    assert sorted(bars) == sorted(count_sectors(desk.register, SUBJECTS)["engagements"])
    download_table(desk.page, "sectors-by-partner")
    stages = count_stages(desk.register, SUBJECTS)
    rows = desk.compare("stages", 2)
    for stage in ("discussed", "agreed", "signed"):
        assert [int(row[desk.word(f"column.{stage}")]) for row in rows] == stages[stage].tolist()


def test_projects_and_amounts_lead_to_their_records(desk: Desk) -> None:
    desk.open("sectors", "country=PAK")
    projects, amounts = (read(desk.register, PAKISTAN, limit=2_000) for read in (list_projects, list_amounts))
    rows = desk.compare("projects", 3)
    assert [row[desk.word("column.project")] for row in rows] == projects["project"].tolist()
    rows = desk.compare("amounts", 4)
    assert [float(row[desk.word("column.value")]) for row in rows] == amounts["value"].tolist()

    click_row(desk.page.get_by_test_id("stDataFrame").nth(4))
    expect(desk.page.locator("article")).to_be_visible()
    expect(desk.page.locator(".st-key-citation")).to_contain_text(amounts["engagement_id"].iloc[0])
    desk.page.go_back()
    expect(desk.page.get_by_role("heading", level=1)).to_have_text(desk.word("nav.sectors"))
    click_row(desk.page.get_by_test_id("stDataFrame").nth(3))
    name = projects["project"].iloc[0]
    found = read_figures(desk.register, Filters(country=PAKISTAN.country, text=name)).engagements
    assert found >= projects["engagements"].iloc[0]
    desk.see("records.count", count=found)


def test_how_relations_moved_over_time(desk: Desk) -> None:
    both = Filters(country=("KWT",), partner=(desk.partner,))
    desk.open("timeline", f"country=KWT&partner={desk.partner}")
    figures = read_figures(desk.register, both)
    desk.see("timeline.dated", count=figures.engagements - figures.undated)
    dated = desk.compare("dated", 0)
    ids = list_records(desk.register, both, dated=True)["engagement_id"].tolist()
    assert [row[desk.word("column.engagement_id")] for row in dated] == ids
    assert len(ids) == figures.engagements - figures.undated
    if figures.undated:
        desk.see("timeline.undated", count=figures.undated)
        assert len(download_table(desk.page, "undated")) == figures.undated
    months = download_table(desk.page, "months")
    counted = sum(int(row[desk.word("column.engagements")]) for row in months)
    drawn = desk.page.get_by_test_id("stPlotlyChart").first.evaluate(
        "e => e.querySelector('.js-plotly-plot').data.flatMap(one => one.y)"
    )
    assert counted == sum(drawn) == count_months(desk.register, both)["engagements"].sum()
