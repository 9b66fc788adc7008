"""What pages say: in the reader's digits, with names for every code, plainly where a day is not understood, whole on paper."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
import pytest

from pages.shared.printed import write_printed
from pages.shared.words import Words
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


def test_two_days_in_arabic_digits_keep_their_parts() -> None:
    assert Words("ar-u-nu-arab").digits("2024-05-06/2024-05-08") == "٢٠٢٤-٠٥-٠٦/\N{RIGHT-TO-LEFT MARK}٢٠٢٤-٠٥-٠٨"
    assert Words("ar").digits("2024-05-06/2024-05-08") == "2024-05-06/2024-05-08"
