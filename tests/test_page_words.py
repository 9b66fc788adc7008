"""What pages say: in the reader's digits, with names for every code, plainly where a day is not understood, whole on paper."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from extract.lexicon import labels
from pages.shared.charts import GROUP_COLOURS, draw_timeline, list_groups, order_sectors
from pages.shared.printed import write_printed
from pages.shared.words import Words, write_web_address
from tests.made_register import make_store
from tests.test_pages import html, open_page, words


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = make_store(tmp_path / "store")
    monkeypatch.setenv("RAWABIT_STORE", str(folder))
    return folder


class TestSidebar:
    def test_counts_beside_choices_have_the_readers_digits(self, store: Path) -> None:
        app = open_page("records", lang="ar-u-nu-arab", confidence="60")
        options = [text for box in (*app.sidebar.multiselect, *app.sidebar.selectbox) for text in box.options]
        assert len(options) > 20
        assert [text for text in options if re.search("[0-9]", text) and "UTC" not in text] == []
        assert any("(٤)" in text for text in options)


class TestAdd:
    def test_a_day_that_is_not_understood_is_said_and_nothing_is_read(self, store: Path) -> None:
        app = open_page("add", lang="en")
        app.text_input(key="published-0").set_value("May 2024")
        app.button(key=next(str(one.key) for one in app.button if "paste-0" in str(one.key))).click().run()
        assert [one.value for one in app.error] == [words("day.not_read", "en", text="`May 2024`")]


class TestQuality:
    def test_refusals_and_fields_are_named(self, store: Path) -> None:
        shown = html(open_page("quality", lang="ar"))
        assert all(words(f"field.{name}", "ar") in shown for name in ("first_seen", "changed_at", "blanks"))
        assert words("codebook.changed_at", "ar") in shown


class TestPaper:
    def test_a_printed_table_has_the_grids_rows_and_says_how_many_it_leaves_out(self, store: Path) -> None:
        app = open_page("records", lang="en")
        printed = next(one.proto.body for one in app.get("html") if 'class="printed"' in one.proto.body)
        table = app.dataframe[0].value
        assert printed.count("<tr>") == len(table) + 1
        assert all(f"<bdi>{cell}</bdi>" in printed for cell in table["Date"].dropna())
        assert "nan" not in printed.lower()

    def test_a_long_table_is_cut_and_escaped(self) -> None:
        long = write_printed(Words("en"), pd.DataFrame({"Name": ["<b>", None, *"abc" * 34]}))
        assert "<bdi>&lt;b&gt;</bdi></td></tr><tr><td><bdi></bdi>" in long
        assert long.count("<tr>") == 51
        assert words("download.more_rows", "en", count=54) in long


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://a.example/1-%D9%82%D9%85%D8%A9-%d9%86?x=%D8%A7%26%20", "https://a.example/1-قمة-ن?x=ا%26%20"),
        ("https://a.example/%E2%80%AE%D9%82", "https://a.example/%E2%80%AE%D9%82"),
        ("https://a.example/%D9%82%D9", "https://a.example/%D9%82%D9"),
        ("https://a.example/100%25", "https://a.example/100%25"),
        (None, ""),
    ],
)
def test_a_web_address_has_its_letters_and_nothing_that_disguises_it(url: str | None, shown: str) -> None:
    assert write_web_address(url).strip("\N{LEFT-TO-RIGHT ISOLATE}\N{POP DIRECTIONAL ISOLATE}") == shown


@pytest.mark.parametrize(("focal", "first"), [((), "المملكة العربية السعودية"), (("SAU",), "الإمارات العربية المتحدة")])
def test_a_short_label_of_the_timeline_names_the_partner(focal: tuple[str, ...], first: str) -> None:
    row = {
        "engagement_id": "1", "party_codes": ["SAU", "ARE"], "type": "visit", "status": "held",
        "date_start": date(2024, 5, 6), "date_end": None, "date_precision": "day",
    }  # fmt: skip
    figure = draw_timeline(Words("ar", labels()), pd.DataFrame([row]), focal)
    assert figure["layout"]["yaxis"]["ticktext"][0].startswith(f"\N{RIGHT-TO-LEFT ISOLATE}{first}، …")


def test_a_group_of_sectors_keeps_its_colour_whatever_is_filtered() -> None:
    names = Words("en", labels())
    counts = pd.DataFrame({"sector_code": ["oil_gas", "ports", "political"], "core": 1, "engagements": 1})
    every = {name: colour for colour, _, name in list_groups(names, order_sectors(names, counts))}
    alone = list_groups(names, order_sectors(names, counts[2:]))
    assert len(set(every.values())) == len(every) == 3
    assert alone == [(every["Politics"], "", "Politics")]
    assert len(names.codes("sector_group")) <= len(GROUP_COLOURS)


def test_two_days_in_arabic_digits_keep_their_parts() -> None:
    assert Words("ar-u-nu-arab").digits("2024-05-06/2024-05-08") == "٢٠٢٤-٠٥-٠٦/\N{RIGHT-TO-LEFT MARK}٢٠٢٤-٠٥-٠٨"
    assert Words("ar").digits("2024-05-06/2024-05-08") == "2024-05-06/2024-05-08"
