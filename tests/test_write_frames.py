"""A table written in pieces is the table written at once."""

from __future__ import annotations

import io
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pandas as pd
import pyarrow.parquet as pq
import pytest

from extract.write_frames import write_frames
from extract.write_table import table_to_csv, table_to_jsonl, table_to_xlsx

NOTES = {"about": [("rows", "5")]}
FRAME = pd.DataFrame(
    {
        "name": ["=1+1", "ميناء", None, "d", "e"],
        "day": pd.to_datetime(["2024-05-06", None, "2024-05-08", None, "2024-01-01"]),
        "at": pd.to_datetime(["2024-05-06 10:20", None, None, None, "2024-01-01 08:00"], format="mixed"),
        "codes": [["KWT", "OMN"], [], ["PAK"], [], ["CHN"]],
        "late": [None, None, None, None, "only here"],
        "number": [1.0, 2.5, None, 4.0, 5.0],
    }
)


def in_pieces(path: Path, ending: str, rows: int) -> bytes:
    pieces = [FRAME.iloc[at : at + rows] for at in range(0, len(FRAME), rows)]
    write_frames(ending, path, pieces, right_to_left=True, notes=NOTES)
    return path.read_bytes()


@pytest.mark.parametrize("rows", range(1, 7))
def test_pieces_make_up_the_whole(tmp_path: Path, rows: int) -> None:
    path = tmp_path / "table"
    assert in_pieces(path, "csv", rows) == table_to_csv(FRAME)
    assert in_pieces(path, "jsonl", rows) == table_to_jsonl(FRAME)
    assert in_pieces(path, "xlsx", rows) == table_to_xlsx(FRAME, right_to_left=True, notes=NOTES)
    in_pieces(path, "parquet", rows)
    table = pq.read_table(path)
    assert table.column("name").to_pylist() == ["=1+1", "ميناء", None, "d", "e"]
    assert table.column("day").to_pylist()[::2] == [date(2024, 5, 6), date(2024, 5, 8), date(2024, 1, 1)]
    assert table.column("at").to_pylist()[::4] == [datetime(2024, 5, 6, 10, 20), datetime(2024, 1, 1, 8)]
    assert table.column("codes").to_pylist() == FRAME["codes"].tolist()
    assert table.column("late").to_pylist() == [None] * 4 + ["only here"]
    assert table.column("number").to_pylist() == [1.0, 2.5, None, 4.0, 5.0]


@pytest.mark.parametrize(("full", "sheets"), [(6, [5]), (5, [4, 1]), (3, [2, 2, 1])])
def test_a_full_sheet_goes_on_in_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, full: int, sheets: list[int]
) -> None:
    monkeypatch.setattr("extract.write_table.XLSX_ROWS", full)
    *own, notes = openpyxl.load_workbook(io.BytesIO(in_pieces(tmp_path / "table", "xlsx", 2)))
    assert [sheet.max_row - 1 for sheet in own] == sheets
    assert [[cell.value for cell in sheet[1]] for sheet in own] == [list(FRAME.columns)] * len(sheets)
    assert [sheet.cell(row, 6).value for sheet in own for row in range(2, sheet.max_row + 1)] == [1, 2.5, None, 4, 5]
    assert {(sheet.freeze_panes, sheet.sheet_view.rightToLeft) for sheet in own} == {("A2", True)}
    assert notes.title == "about"
