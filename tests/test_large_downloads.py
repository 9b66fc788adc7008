"""Downloads of many records: a file made in a process of its own, offered as a link, and gone after an hour."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from functools import partial
from pathlib import Path

import pandas as pd
import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from extract.errors import WriteError
from extract.queries import Filters, list_numbers, list_records, open_register
from extract.queries.facets import Numbers
from pages.shared.files import ROUTE, is_kept, make_file
from pages.shared.making import Order, make_aside, name_version, write_order
from pages.shared.tables import FORMATS
from tests.made_register import make_store
from tests.test_pages import html, open_page


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = make_store(tmp_path / "store")
    monkeypatch.setenv("RAWABIT_STORE", str(folder))
    return folder


def test_a_file_is_made_and_then_offered(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pages.shared.records_table.LARGE", 1)
    ending = "xlsx"
    app = open_page("records", lang="en", role="main")
    app.button(key=f"records-{ending}").click().run()
    (address,) = re.findall(r'href="(downloads/[^"]+)"', html(app))
    answer = TestClient(Starlette(routes=[ROUTE])).get(f"/{address}")
    assert f'filename="rawabit-records.{ending}"' in answer.headers["content-disposition"]
    assert answer.headers["cache-control"] == "no-store"
    whole = list_records(open_register(store), Filters(role=("main",)))["engagement_id"].tolist()
    assert len(whole) == 3
    assert read_ids(answer.content, ending) == whole
    app.query_params["context"] = "1"
    app.run()
    assert address not in html(app)


@pytest.mark.parametrize("ending", FORMATS)
def test_a_file_has_all_rows_of_its_order(
    store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: str
) -> None:
    monkeypatch.setattr("pages.shared.making._ROWS", 2)
    done: list[int] = []
    order, numbers, ids = make_order(store, ending)
    write_order(order, numbers, tmp_path / "file", done.append)
    assert read_ids((tmp_path / "file").read_bytes(), ending) == ids
    assert done == [2, len(ids)]


def test_an_order_on_another_register_is_refused(store: Path, tmp_path: Path) -> None:
    order, numbers, _ = make_order(store, "csv")
    with pytest.raises(WriteError, match="the register has changed"):
        write_order(replace(order, version="of yesterday"), numbers, tmp_path / "file", print)


def test_who_stops_waiting_ends_the_work(store: Path, tmp_path: Path) -> None:
    def leave(_: int) -> None:
        raise KeyboardInterrupt

    order, numbers, _ = make_order(store, "jsonl")
    with pytest.raises(KeyboardInterrupt):
        make_aside(order, numbers, tmp_path / "file", on_rows=leave)
    assert not list(tmp_path.glob("tmp*"))


def test_a_file_that_is_gone_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    address = make_file("a.csv", "text/csv", lambda path: path.write_bytes(b"a"))
    client = TestClient(Starlette(routes=[ROUTE]))
    assert client.get(f"/{address}").text == "a"
    monkeypatch.setattr("pages.shared.files._KEPT", -1)
    assert client.get(f"/{address}").status_code == 404
    assert client.get("/downloads/..%2F..%2Fetc%2Fpasswd").status_code == 404
    assert not is_kept(address)


def make_order(store: Path, ending: str) -> tuple[Order, Numbers, list[str]]:
    """An order, and the numbers and ids of all main records."""
    register, main = open_register(store), Filters(role=("main",))
    numbers = list_numbers(register, main)
    ids = list_records(register, main)["engagement_id"].tolist()
    return Order(str(store), name_version(register), "en", ending, [("Filters", "main")]), numbers, ids


def read_ids(content: bytes, ending: str) -> list[str]:
    read = {
        "csv": pd.read_csv,
        "xlsx": pd.read_excel,
        "jsonl": partial(pd.read_json, lines=True),
        "parquet": pd.read_parquet,
    }[ending]
    return list(read(io.BytesIO(content))["Record id"])
