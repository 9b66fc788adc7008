"""Flat tables as CSV, XLSX and JSON, read back by the readers that people use."""

from __future__ import annotations

import csv
import io
import json
from datetime import date, datetime

import numpy as np
import openpyxl
import pandas as pd
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.utils.escape import unescape

from extract.write_table import table_to_csv, table_to_json, table_to_jsonl, table_to_parquet, table_to_xlsx

FRAME = pd.DataFrame(
    {
        "الدولة": ["الكويت", None],
        "start_date": pd.to_datetime(["2024-05-06", None]),
        "count": [3, None],
        "share": [0.5, -2.25],
        "is_core": [True, False],
        "parties": [np.array(["KWT", "PAK"], dtype=object), ["OMN"]],
    }
)


def read_csv(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def read_xlsx(data: bytes) -> openpyxl.worksheet.worksheet.Worksheet:
    return openpyxl.load_workbook(io.BytesIO(data)).active


def test_csv_opens_with_a_byte_order_mark_and_reads_back() -> None:
    data = table_to_csv(FRAME)
    assert data.startswith(b"\xef\xbb\xbf")
    assert read_csv(data) == [
        ["الدولة", "start_date", "count", "share", "is_core", "parties"],
        ["الكويت", "2024-05-06", "3", "0.5", "true", "KWT | PAK"],
        ["", "", "", "-2.25", "false", "OMN"],
    ]


def test_json_is_records_with_iso_dates_and_nulls() -> None:
    data = table_to_json(FRAME)
    assert json.loads(data) == [
        {"الدولة": "الكويت", "start_date": "2024-05-06", "count": 3, "share": 0.5, "is_core": True,
         "parties": ["KWT", "PAK"]},
        {"الدولة": None, "start_date": None, "count": None, "share": -2.25, "is_core": False, "parties": ["OMN"]},
    ]  # fmt: skip
    assert "الكويت".encode() in data


def test_xlsx_has_real_dates_and_numbers_and_a_frozen_filtered_heading() -> None:
    sheet = read_xlsx(table_to_xlsx(FRAME, right_to_left=True))
    assert [cell.value for cell in sheet[1]] == list(FRAME.columns)
    assert [cell.value for cell in sheet[2]] == ["الكويت", datetime(2024, 5, 6), 3, 0.5, True, "KWT | PAK"]
    assert [cell.value for cell in sheet[3]] == [None, None, None, -2.25, False, "OMN"]
    assert sheet["B2"].number_format == "yyyy-mm-dd"
    assert sheet.sheet_view.rightToLeft
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:F3"


def test_xlsx_runs_left_to_right_when_asked() -> None:
    assert not read_xlsx(table_to_xlsx(FRAME, right_to_left=False)).sheet_view.rightToLeft


def test_xlsx_bytes_do_not_depend_on_the_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    first = table_to_xlsx(FRAME, right_to_left=True)
    monkeypatch.setattr("time.time", lambda: 4_000_000_000.0)
    assert table_to_xlsx(FRAME, right_to_left=True) == first


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+965", "-5", "@SUM(A1)", "\tx", "\rx", "\nx", "  =1", "\u00a0=1", "＝1+1", '=HYPERLINK("http://a.b")'],
    ids=["equals", "plus", "minus", "at", "tab", "cr", "lf", "blanks", "no-break-space", "full-width", "hyperlink"],
)  # fmt: skip
def test_no_text_becomes_a_formula(text: str) -> None:
    frame = pd.DataFrame({text: [text], "list": [[text, "b"]]})
    for cell in [cell for row in read_csv(table_to_csv(frame)) for cell in row if cell != "list"]:
        assert cell.startswith(f"'{text}")
    sheet = read_xlsx(table_to_xlsx(frame, right_to_left=True))
    assert {cell.data_type for row in sheet for cell in row} == {"s"}
    assert sheet["A2"].hyperlink is None
    assert sheet["A2"].quotePrefix
    assert unescape(sheet["A2"].value).strip() == text.strip()
    assert json.loads(table_to_json(frame))[0][text] == text


def test_plain_text_is_left_alone() -> None:
    frame = pd.DataFrame({"a": ["بحث الجانبان - أمس = اليوم", "a@b", "1-2"]})
    assert [row[0] for row in read_csv(table_to_csv(frame))[1:]] == list(frame["a"])


def test_times_keep_their_hours() -> None:
    frame = pd.DataFrame({"at": pd.to_datetime(["2024-05-06 10:30:00", "2024-05-07 00:00:00"])})
    assert read_csv(table_to_csv(frame))[1:] == [["2024-05-06 10:30:00"], ["2024-05-07 00:00:00"]]
    assert read_xlsx(table_to_xlsx(frame, right_to_left=True))["A2"].value == datetime(2024, 5, 6, 10, 30)


def test_python_dates_and_missing_kinds() -> None:
    frame = pd.DataFrame({"a": [date(2024, 1, 2), None, pd.NA, float("nan"), float("inf")]}, dtype=object)
    assert [row[0] for row in read_csv(table_to_csv(frame))[1:]] == ["2024-01-02", "", "", "", ""]
    assert [row["a"] for row in json.loads(table_to_json(frame))] == ["2024-01-02", None, None, None, None]


def test_empty_tables_keep_their_heading() -> None:
    frame = pd.DataFrame({"a": [], "b": []})
    assert read_csv(table_to_csv(frame)) == [["a", "b"]]
    assert json.loads(table_to_json(frame)) == []
    assert [cell.value for cell in read_xlsx(table_to_xlsx(frame, right_to_left=True))[1]] == ["a", "b"]
    assert read_csv(table_to_csv(pd.DataFrame())) == [[]]
    assert read_xlsx(table_to_xlsx(pd.DataFrame(), right_to_left=True)).max_row == 1


def test_a_text_too_long_for_a_cell_is_cut_with_a_mark() -> None:
    value = read_xlsx(table_to_xlsx(pd.DataFrame({"a": ["م" * 40_000]}), right_to_left=True))["A2"].value
    assert len(value) == 32_767
    assert value.endswith("…")


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=1))
def test_csv_reads_back_as_written_but_for_the_guard(texts: list[str]) -> None:
    rows = read_csv(table_to_csv(pd.DataFrame({"id": range(len(texts)), "text": texts})))[1:]
    assert len(rows) == len(texts)
    for text, (_, cell) in zip(texts, rows, strict=True):
        assert cell in (text, f"'{text}")
        assert not cell.lstrip().startswith(("=", "+", "-", "@"))


def test_json_lines_and_parquet_hold_what_the_table_holds() -> None:
    frame = pd.DataFrame(
        {"day": [date(2024, 5, 6), None], "names": [["\u0639\u0645\u0627\u0646"], []], "count": [3, 4]}
    )
    lines = [json.loads(line) for line in table_to_jsonl(frame).decode().splitlines()]
    assert lines == [
        {"day": "2024-05-06", "names": ["\u0639\u0645\u0627\u0646"], "count": 3},
        {"day": None, "names": [], "count": 4},
    ]
    rows = pq.read_table(io.BytesIO(table_to_parquet(frame))).to_pylist()
    assert rows == [
        {"day": date(2024, 5, 6), "names": ["\u0639\u0645\u0627\u0646"], "count": 3},
        {"day": None, "names": [], "count": 4},
    ]


def test_notes_are_sheets_of_their_own() -> None:
    notes = {"About": [("=filter", "=1+1"), ("rows", "2")]}
    book = openpyxl.load_workbook(io.BytesIO(table_to_xlsx(pd.DataFrame({"a": [1]}), right_to_left=True, notes=notes)))
    assert book.sheetnames == ["Sheet1", "About"]
    cells = [[(cell.value, cell.data_type) for cell in row] for row in book["About"].iter_rows()]
    assert cells == [[("=filter", "s"), ("=1+1", "s")], [("rows", "s"), ("2", "s")]]
    assert book["About"].sheet_view.rightToLeft
