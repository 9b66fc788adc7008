"""Each page opened headless, in both languages, with records, with none, and with none that pass the filters."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from extract.queries import (
    CHOICES,
    Filters,
    count_parties,
    list_records,
    open_register,
    read_figures,
)
from pages.shared.main import PAGES
from pages.shared.tables import write_span
from pages.shared.words import LANGUAGES, read_catalogue
from tests.made_register import RECORDS, make_store

ROOT = Path(__file__).resolve().parents[1]
MAIN = ROOT / "pages" / "shared" / "main.py"
FOUND = sorted(path.stem for path in (ROOT / "pages").glob("*.py") if path.stem != "__init__")

ARABIC = re.compile(r"[\u0600-\u06ff]")


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = make_store(tmp_path / "store")
    monkeypatch.setenv("RAWABIT_STORE", str(folder))
    return folder


def open_page(name: str, **parameters: str | list[str]) -> AppTest:
    """The page as a reader sees it who pastes an address with these query parameters."""
    app = AppTest.from_file(str(MAIN), default_timeout=30)
    for key, value in parameters.items():
        app.query_params[key] = value
    app.run()
    if name != PAGES[0]:
        app.switch_page(f"../{name}.py").run()
    assert not app.exception, app.exception[0].message
    return app


def words(key: str, language: str, **values: object) -> str:
    section, word = key.split(".")
    return read_catalogue()[section][word][language].format(**values)


def html(app: AppTest) -> str:
    return "\n".join(element.proto.body for element in app.get("html"))


def charts(app: AppTest) -> list[dict[str, Any]]:
    return [json.loads(element.proto.spec) for element in app.get("plotly_chart")]


def test_every_page_file_is_in_the_menu() -> None:
    assert sorted(PAGES) == FOUND


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", FOUND)
class TestEachPage:
    def test_opens_with_records(self, store: Path, name: str, language: str) -> None:
        app = open_page(name, lang=language)
        title = "app.name" if name == PAGES[0] else f"nav.{name}"
        assert app.title[0].value == words(title, language)
        assert not app.info
        assert not app.warning
        assert app.sidebar.button(key="clear").label == words("filter.clear", language)
        assert [one.label for one in app.sidebar.multiselect] == [words(f"filter.{key}", language) for key in CHOICES]
        shown = [*app.caption, *app.header, *app.subheader, *app.title, *app.sidebar.multiselect, *app.metric]
        texts = [getattr(element, "label", None) or element.value for element in shown]
        assert all(bool(ARABIC.search(text)) == (language == "ar") for text in texts), texts

    def test_says_that_the_register_is_empty(self, store: Path, name: str, language: str) -> None:
        make_store(store, ())
        app = open_page(name, lang=language)
        assert [one.value for one in app.info] == [words("state.no_records", language)]

    def test_says_that_nothing_passes_the_filters(self, store: Path, name: str, language: str) -> None:
        app = open_page(name, lang=language, text="zzzzzz")
        assert [one.value for one in app.info] == [words("state.no_match", language)]

    def test_says_that_there_is_no_register(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, language: str
    ) -> None:
        (tmp_path / "file").write_text("not a folder")
        monkeypatch.setenv("RAWABIT_STORE", str(tmp_path / "file" / "store"))
        app = open_page(PAGES[0], lang=language)
        assert [one.value for one in app.error] == [words("state.missing", language)]

    def test_says_what_of_the_address_it_left_out(self, store: Path, name: str, language: str) -> None:
        app = open_page(name, lang=language, country=["KWT", "ATLANTIS"], since="yesterday")
        assert len(app.warning) == 1
        assert "ATLANTIS" in app.warning[0].value
        assert "yesterday" in app.warning[0].value
        assert app.sidebar.multiselect(key="country").value == ["KWT"]


class TestChanges:
    def test_says_that_there_is_no_register_before_this(self, store: Path) -> None:
        app = open_page("overview", lang="en")
        assert words("changes.first", "en") in [one.value for one in app.caption]
        assert "changed_since=2026-11-21T10%3A20%3A00" in links(app)[words("changes.keep", "en")]

    def test_counts_what_came_changed_and_went(self, store: Path) -> None:
        day, year, *_ = RECORDS
        make_store(store, (day, replace(year, status="held"), *(replace(day, engagement_id=name) for name in "ab")))
        app = open_page("overview", lang="en", country="OMN")
        assert words("changes.show", "en", new=2, changed=0) in links(app)
        assert app.expander[0].label == words("changes.gone", "en", count=2)
        app = open_page("records", lang="en", changed_since="2026-11-21T10:20:00")
        assert app.caption[0].value == words("records.count", "en", count=3)
        assert app.sidebar.selectbox(key="changed_since").value == datetime(2026, 11, 21, 10, 20)
        assert app.button(key="chip-changed_since").label == "New or changed since: 21 November 2026, 10:20 UTC"

    def test_nothing_new_is_said(self, store: Path) -> None:
        app = open_page("overview", lang="en", changed_since="2026-11-21T10:20:00")
        assert words("changes.none", "en") in [one.value for one in app.caption]
        assert [one.value for one in app.info] == [words("state.no_match", "en")]


def links(app: AppTest) -> dict[str, str]:
    """The query of each link, by its words."""
    return {one.proto.label: one.proto.query_string for one in app.get("page_link")}


class TestOverview:
    def test_figures(self, store: Path) -> None:
        app = open_page("overview")
        figures = read_figures(open_register(store), Filters())
        assert figures.engagements == len(RECORDS)
        # Four parties, one of them an organisation, which is no country.
        assert [one.value for one in app.metric] == ["4", "3", str(figures.sectors), str(figures.articles)]

    def test_latest_records_lead_to_their_evidence(self, store: Path) -> None:
        app = open_page("overview", lang="en")
        cards = [element.proto.body for element in app.get("html") if 'class="card"' in element.proto.body]
        latest = list_records(open_register(store), Filters())
        assert len(cards) == len(latest)
        assert "<b>Kuwait, Pakistan</b>" in cards[0]
        assert "<span>2025</span>" in cards[0]
        links = [element.proto.query_string.partition("record=")[2] for element in app.get("page_link")]
        assert [link for link in links if link] == latest["engagement_id"].tolist()


class TestMap:
    def test_numbers_beside_the_map_are_those_on_it(self, store: Path) -> None:
        app = open_page("map", lang="en")
        expected = count_parties(open_register(store), Filters())
        table = app.dataframe[0].value
        assert table["Engagements"].tolist() == expected["engagements"].tolist() == [4, 2, 1, 1]
        assert table["Country or organisation"].tolist() == ["Kuwait", "Oman", "League of Arab States", "Pakistan"]
        deck = json.loads(app.get("deck_gl_json_chart")[0].proto.json)
        discs = next(layer for layer in deck["layers"] if layer["id"] == "discs")
        assert {row["name"]: row["number"] for row in discs["data"]} == {"Kuwait": "4", "Oman": "2", "Pakistan": "1"}
        polygons = next(layer for layer in deck["layers"] if layer["id"] == "countries")
        assert polygons["data"] == "/app/static/countries.geojson"
        assert "KWT" in polygons["getFillColor"]
        assert any("League of Arab States" in one.value for one in app.caption)
        assert words("map.note", "en") in [one.value for one in app.caption]


class TestSectors:
    def test_bars_and_tables_count_what_was_discussed(self, store: Path) -> None:
        app = open_page("sectors", lang="en")
        bars = {
            name: count for trace in charts(app)[0]["data"] for name, count in zip(trace["y"], trace["x"], strict=True)
        }
        table = app.dataframe[0].value
        assert (
            bars
            == dict(zip(table["Sector"], table["Engagements"], strict=True))
            == {
                "Oil and gas": 1,
                "Ports and shipping": 3,
            }
        )
        assert table["Group"].tolist() == ["Energy", "Infrastructure"]
        cross = app.dataframe[1].value.set_index("Sector")
        assert cross.loc["Ports and shipping", ["Kuwait", "Oman", "Pakistan"]].tolist() == [3, 2, 1]

    def test_background_is_counted_where_it_is_asked_for(self, store: Path) -> None:
        app = open_page("sectors", lang="en", context="1")
        table = app.dataframe[0].value.set_index("Sector")
        assert table.loc["Trade", ["Engagements", "Core"]].tolist() == [2, 0]

    def test_records_without_a_sector(self, store: Path) -> None:
        app = open_page("sectors", type="agreement")
        assert [one.value for one in app.info] == [words("sectors.none", "ar")]


class TestTimeline:
    def test_a_bar_is_as_wide_as_its_date_is_vague(self, store: Path) -> None:
        app = open_page("timeline")
        held, planned, cancelled, points = charts(app)[1]["data"]
        days = 24 * 3600 * 1000
        assert (held["base"], held["x"]) == (["2024-05-06"], [1 * days])
        assert (planned["base"], planned["x"]) == (["2025-01-01"], [365 * days])
        assert (cancelled["base"], cancelled["x"]) == (["2023-09-01"], [30 * days])
        assert len({trace["marker"]["pattern"]["shape"] for trace in (held, planned, cancelled)}) == 3
        # What is clicked stands in the middle of each bar.
        middles = {record: day for (record, _), day in zip(points["customdata"], points["x"], strict=True)}
        assert middles == {"day": "2024-05-06", "year": "2025-07-02", "month": "2023-09-15"}

    def test_undated_records_are_listed(self, store: Path) -> None:
        app = open_page("timeline", lang="en")
        dated, undated, _ = (one.value for one in app.dataframe)
        assert dated["Date"].tolist() == ["2025", "2024-05-06", "2023-09"]
        assert len(undated) == 1
        assert [one.value for one in app.header][1:3] == ["Dated records: 3", "Undated records: 1"]

    def test_a_period_says_how_many_undated_records_it_counts(self, store: Path) -> None:
        undated = read_figures(open_register(store), Filters(since=date(2024, 1, 1))).undated
        assert undated
        told = words("state.undated", "ar", count=undated)
        assert told in [one.value for one in open_page("overview", since="2024-01-01").caption]
        for parameters in ({"since": "2024-01-01", "undated": "0"}, {"type": "visit"}):
            captions = [one.value for one in open_page("overview", **parameters).caption]
            assert not [one for one in captions if one.startswith(told[:20])]

    def test_only_undated_records(self, store: Path) -> None:
        app = open_page("timeline", since="2030-01-01")
        assert [one.value for one in app.info] == [words("timeline.none", "ar")]
        assert len(app.dataframe) == 1


@pytest.mark.parametrize(("name", "key"), [("countries", "profile"), ("people", "of")])
def test_a_party_of_the_address_that_has_no_records_is_named(store: Path, name: str, key: str) -> None:
    for code, said in (("CAN", "كندا"), ("<b>", "`<b>`")):
        app = open_page(name, **{key: code})
        assert [one.value for one in app.warning] == [words("countries.none_of", "ar", names=said)]
    assert not open_page(name, **{key: "OMN"}).warning


class TestRecords:
    def test_rows_are_what_is_filtered(self, store: Path) -> None:
        app = open_page("records", lang="en", country="OMN")
        table = app.dataframe[0].value
        assert table["Date"].tolist()[0] == "2024-05-06"
        # Which is in every row stands last.
        assert table["Parties"].tolist() == ["Kuwait, Oman"] * 2

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_a_record_shows_its_fields_and_its_evidence(self, store: Path, language: str) -> None:
        app = open_page("overview", lang=language)
        app.query_params["record"] = "day"
        app.switch_page("../records.py").run()
        assert not app.exception
        shown = html(app)
        assert '<article class="article" dir="rtl" lang="ar" tabindex="0">' in shown
        for field in ("parties", "officials", "venue_city", "summary"):
            assert f'data-field="{field}"' in shown or f" {field}" in shown
        assert '<mark data-field="summary officials parties"' in shown
        assert ("790,000,000 us dollar" if language == "en" else "790,000,000 دولار") in shown.lower()
        assert len(app.dataframe[0].value) == len(RECORDS[0].evidence)

    def test_blanks_have_their_reasons_in_words(self, store: Path) -> None:
        app = open_page("records", record="undated", lang="en")
        assert 'class="blank"' in html(app)
        assert "no_date_in_text" not in html(app)

    def test_hostile_words_are_shown_as_words(self, store: Path) -> None:
        shown = html(open_page("records", record="undated"))
        assert "alert(&quot;x&quot;)" in shown
        assert '<script>alert("x")' not in shown
        assert "<img" not in shown

    def test_a_record_that_is_gone(self, store: Path) -> None:
        app = open_page("records", record="gone")
        assert "gone" in app.warning[0].value
        assert len(app.dataframe[0].value) == len(RECORDS)


class TestSidebar:
    def test_a_language_keeps_the_open_record_and_a_filter_leaves_it(self, store: Path) -> None:
        app = open_page("records", record="day")
        app.sidebar.radio(key="lang").set_value("en").run()
        assert dict(app.query_params) == {"lang": "en", "record": "day"}
        app.sidebar.multiselect(key="type").select("visit").run()
        assert dict(app.query_params) == {"lang": "en", "type": "visit"}
        assert len(app.dataframe[0].value) == 1

    def test_a_choice_filters_every_page_and_is_in_the_address(self, store: Path) -> None:
        app = open_page("records", lang="en")
        app.sidebar.multiselect(key="country").select("PAK").run()
        assert app.query_params["country"] == "PAK"
        assert len(app.dataframe[0].value) == 1
        links = [link.proto.query_string for link in app.get("page_link")]
        assert links == ["country=PAK&lang=en"] * len(PAGES)

    def test_a_chip_takes_its_filter_off(self, store: Path) -> None:
        app = open_page("records", lang="en", country=["PAK", "KWT"], partner="OMN", undated="0", confidence="50")
        chips = {one.key: one.label for one in app.button if one.key and one.key.startswith("chip-")}
        assert chips["chip-country-PAK"] == "Focal country: Pakistan"
        assert set(chips) == {
            "chip-country-PAK", "chip-country-KWT", "chip-partner-OMN", "chip-undated", "chip-confidence", "chip-all",
        }  # fmt: skip
        app.button(key="chip-partner-OMN").click().run()
        assert dict(app.query_params) == {
            "lang": "en", "country": ["PAK", "KWT"], "undated": "0", "confidence": "50",
        }  # fmt: skip
        app.button(key="chip-all").click().run()
        assert dict(app.query_params) == {"lang": "en"}

    def test_counts_beside_choices_follow_the_other_filters(self, store: Path) -> None:
        app = open_page("records", lang="en", country="PAK")
        assert "Visit (1)" in app.sidebar.multiselect(key="type").options
        assert not [option for option in app.sidebar.multiselect(key="type").options if "Meeting" in option]
        assert "Kuwait (4)" in app.sidebar.multiselect(key="country").options

    def test_one_button_clears_all_but_the_language(self, store: Path) -> None:
        app = open_page(
            "records", lang="en", country="PAK", sector="ports", context="1", undated="0", since="2024-01-01", text="x"
        )
        app.sidebar.button(key="clear").click().run()
        assert dict(app.query_params) == {"lang": "en"}
        assert app.sidebar.multiselect(key="country").value == []
        assert app.sidebar.text_input(key="text").value == ""
        assert app.sidebar.checkbox(key="undated").value is True
        assert app.sidebar.date_input(key="since").value is None
        assert len(app.dataframe[0].value) == len(RECORDS)

    def test_a_switch_of_language_keeps_the_filters(self, store: Path) -> None:
        app = open_page("records", country="PAK", text="الكويت")
        app.sidebar.radio(key="lang").set_value("en").run()
        assert app.title[0].value == "Records"
        assert app.sidebar.multiselect(key="country").value == ["PAK"]
        assert dict(app.query_params) == {"country": "PAK", "text": "الكويت", "lang": "en"}

    def test_days_the_wrong_way_round_are_said_to_be_so(self, store: Path) -> None:
        app = open_page("records", lang="en", since="2024-02-01", until="2024-01-01")
        assert [one.value for one in app.warning] == [words("filter.reversed", "en")]


SPANS = [
    ("a_day", date(2024, 5, 6), date(2024, 5, 6), "2024-05-06"),
    ("some_days", date(2024, 5, 6), date(2024, 5, 8), "2024-05-06"),
    ("a_month", date(2024, 2, 1), date(2024, 2, 29), "2024-02"),
    ("a_year", date(2024, 1, 1), date(2024, 12, 31), "2024"),
    ("first_of_january", date(2024, 1, 1), date(2024, 1, 1), "2024-01-01"),
    ("none", None, None, None),
]


@pytest.mark.parametrize(("first", "last", "wanted"), [c[1:] for c in SPANS], ids=[c[0] for c in SPANS])
def test_a_year_is_never_written_as_a_day(first: date | None, last: date | None, wanted: str | None) -> None:
    assert write_span(first, last) == wanted
