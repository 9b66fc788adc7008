"""Tables that are counted from records download all of their rows under the filter, held to a plain count of the records."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from extract.queries import Filters, list_records, open_register
from pages.shared.words import Words
from tests.made_register import make_many_store
from tests.test_pages import open_page

KUWAIT = Filters(country=("KWT",))
PAGES = ("map", "sectors", "people", "countries", "timeline")


@pytest.fixture
def downloads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], dict[str, pd.DataFrame]]:
    """What the tables of a page hold for downloads, by name; its grids show few rows of many."""
    monkeypatch.setenv("RAWABIT_STORE", str(make_many_store(tmp_path / "store")))
    kept: dict[str, pd.DataFrame] = {}

    def keep(_: Words, name: str, table: Callable[[], pd.DataFrame], **__: Any) -> None:
        kept[name] = table()

    monkeypatch.setattr("pages.shared.tables.draw_buttons", keep)
    monkeypatch.setattr("pages.shared.pictures.draw_buttons", keep)

    def open_one(page: str) -> dict[str, pd.DataFrame]:
        kept.clear()
        open_page(page, lang="en", country="KWT", profile="KWT")
        return dict(kept)

    return open_one


def test_all_rows_are_downloaded(
    downloads: Callable[[str], dict[str, pd.DataFrame]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    records = list_records(open_register(tmp_path / "store"), KUWAIT)
    dated = records.dropna(subset=["date_start"])
    tables = {name: table for page in PAGES for name, table in downloads(page).items()}

    def counted(name: str) -> list[int]:
        return sorted(tables[name]["Engagements"])

    for name in ("countries", "map"):
        assert counted(name) == sorted(Counter(records["party_codes"].explode()).values())
    for name in ("sectors", "sectors-chart"):
        assert counted(name) == sorted(Counter(records["core_sectors"].explode().dropna()).values())
    assert sum(counted("projects")) == len(records["projects"].explode().dropna())
    assert len(tables["amounts"]) == len(records["amounts"].explode().dropna())
    assert sum(counted("people")) == len(records["officials"].explode().dropna())
    assert sum(counted("months")) == sum(dated["date_precision"] != "year")
    assert sum(counted("times-chart")) == len(dated)
    # The grids of the page on a country show ten people and fifty plans.
    people = tables["people"]
    assert len(tables["people-own-KWT"]) == sum(people["Country or organisation"] == "Kuwait")
    assert len(tables["people-others-KWT"]) == sum(people["Country or organisation"] != "Kuwait")
    assert len(tables["plans-KWT"]) == sum(records["status"] == "planned")
