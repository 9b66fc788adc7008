"""What has been discussed, agreed and signed, by partner, with projects and amounts; and how relations moved over time."""

from __future__ import annotations

import io
import re
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

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
from tests.browser.steps import Desk, Server, click_row, download_table, save_picture, visit, wait_until

SVG = "{http://www.w3.org/2000/svg}"

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
    assert [int(row[count]) for row in download_table(desk.page, "sectors-chart")] == bars
    squares = (
        desk.page.get_by_test_id("stPlotlyChart")
        .nth(1)
        .evaluate("e => e.querySelector('.js-plotly-plot').data[0].text.map(Number)")
    )
    assert [int(row[count]) for row in download_table(desk.page, "sectors-by-partner-chart")] == squares
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
    expect(desk.page.locator(".st-key-drawn-months .barlayer .point").first).to_be_visible()
    assert_stands_alone(desk, save_picture(desk.page, "months", "svg"), save_picture(desk.page, "months", "png"))


def assert_stands_alone(desk: Desk, svg: bytes, png: bytes) -> None:
    """A saved picture of the months: its bars and ticks, its title, its filters, its register, its own font and ground."""
    picture = ElementTree.fromstring(svg)
    texts = [text.text or "" for text in picture.findall(f"{SVG}text")]
    ground = picture.find(f"{SVG}rect")
    ticks = picture.findall(f".//{SVG}g[@class='xtick']/{SVG}text")
    assert ground is not None
    assert ticks
    assert (ground.get("fill"), picture.get("fill")) == ("rgb(255, 255, 255)", "rgb(27, 42, 36)")
    assert {text.get("style") for text in ticks if "rgb(27, 42, 36)" not in (text.get("style") or "")} == set()
    assert picture.findall(f".//{SVG}g[@class='point']")
    assert svg.count(b"url(&quot;data:font/woff2") + svg.count(b'url("data:font/woff2') == 4
    told = "\n".join(texts)
    for part in (desk.word("timeline.rhythm"), desk.word("timeline.rhythm_rule"), desk.word("filter.country")):
        assert part in told
    assert desk.word("citation.register", version="").strip() in told
    # Among Latin neighbours a line of Arabic keeps its order by being a text of its own.
    assert all(text[0] == "\u2067" and text[-1] == "\u2069" for text in texts) == (desk.language == "ar")
    with Image.open(io.BytesIO(png)) as image:
        sizes = (round(float(picture.attrib[side]) * 2) for side in ("width", "height"))
        assert (image.format, *image.size) == ("PNG", *sizes)
        # The bars' colour in the whole, and that of letters in the line of the title, whose font must have been ready.
        title = image.convert("RGB").crop((0, 0, image.width, 80))
        assert (0, 114, 178) in {colour for _, colour in image.convert("RGB").getcolors(1 << 24)}
        assert {(255, 255, 255), (27, 42, 36)} <= {colour for _, colour in title.getcolors(1 << 24)}


@pytest.mark.parametrize(("language", "turn"), [("ar", "-90"), ("en", "90")])
def test_no_name_over_the_squares_lies_over_another(many: Server, page: Page, language: str, turn: str) -> None:
    page.set_viewport_size({"width": 900, "height": 768})
    visit(page, many, f"/sectors?lang={language}", "nav.sectors", language)
    names = page.locator(".st-key-grid .xtick text")
    expect(names.first).to_have_attribute("transform", re.compile(rf"rotate\({turn},"))
    places = names.evaluate_all("e => e.map(one => one.getBoundingClientRect()).map(box => [box.left, box.right])")
    assert all(right <= left for (_, right), (left, _) in pairwise(sorted(places)))


# Whether the map's canvas, which a copy of sixteen dots stands for, has the green of a country that has records.
MAP_IS_DRAWN = """(() => {
  const map = document.querySelector('.st-key-drawn-map canvas');
  if (!map) return false;
  const copy = Object.assign(document.createElement('canvas'), { width: 64, height: 64 }).getContext('2d');
  copy.drawImage(map, 0, 0, 64, 64);
  const { data } = copy.getImageData(0, 0, 64, 64);
  for (let at = 0; at < data.length; at += 4) if (data[at + 3] > 60 && data[at + 1] > data[at] + 40) return true;
  return false;
})()"""


def test_the_map_is_saved_as_it_is_drawn(many: Server, page: Page) -> None:
    visit(page, many, "/overview?lang=en&country=KWT", language="en")
    wait_until(page, MAP_IS_DRAWN)
    with Image.open(io.BytesIO(save_picture(page, "map", "png"))) as image:
        width, height = image.size
        middle = image.convert("RGB").crop((32, height // 3, width - 32, height * 2 // 3))
        # Land in grey, countries in green, arcs in orange: a canvas that could not be read would be of one colour.
        assert len(middle.getcolors(1 << 24)) > 100
    assert sum(int(row["Engagements"]) for row in download_table(page, "map")) > 0
