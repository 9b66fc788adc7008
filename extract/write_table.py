"""Flat tables as files that open rightly in Excel: CSV, XLSX and JSON, with no cell that can become a formula.

Every writer takes a DataFrame and looks at its columns only, never at its index. A missing value, and a number that is
not finite, is an empty cell (`null` in JSON); a list is one cell, joined with ' | ' (a list in JSON).
"""

from __future__ import annotations

import csv
import io
import json
import math
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from typing import Any

import numpy as np
import pandas as pd
import xlsxwriter

LIST_SEPARATOR = " | "

Scalar = str | bool | int | float | date | datetime
Cell = Scalar | list[Any] | None

# Excel and its kin read a cell as a formula by its first sign, some of them after blanks, and some in full width.
_FORMULA = re.compile(r"[\t\r\n]|\s*[=+\-@＝＋－＠]")

# What an XLSX sheet can hold (the file format's own limits); a longer text ends in an ellipsis.
_XLSX_CELL_CHARACTERS = 32_767
XLSX_ROWS = 1_048_576

# A workbook carries its time of making; a constant one keeps the bytes equal from run to run.
_CREATED = datetime(2000, 1, 1)

_WIDEST_COLUMN = 60
_ROWS_MEASURED = 200


def table_to_csv(frame: pd.DataFrame) -> bytes:
    """The table as CSV in UTF-8 with a byte-order mark (Excel needs it for Arabic); dates in ISO 8601.

    A text that a spreadsheet would take for a formula gets a leading apostrophe; numbers stay numbers.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([_guarded(str(name)) for name in frame.columns])
    writer.writerows(zip(*([_csv_cell(cell) for cell in column] for column in _columns(frame)), strict=True))
    return out.getvalue().encode("utf-8-sig")


def table_to_json(frame: pd.DataFrame) -> bytes:
    """The table as a JSON list of records, one a line, in UTF-8; dates in ISO 8601."""
    names = [str(name) for name in frame.columns]
    rows = zip(*_columns(frame), strict=True)
    lines = (
        json.dumps(dict(zip(names, row, strict=True)), ensure_ascii=False, allow_nan=False, default=_iso)
        for row in rows
    )
    body = ",\n".join(lines)
    return f"[\n{body}\n]\n".encode() if body else b"[]\n"


def table_to_xlsx(frame: pd.DataFrame, *, right_to_left: bool) -> bytes:
    """The table as one XLSX sheet: real dates and numbers, the heading frozen, a filter on it; no formulas, no links.

    The same table gives the same bytes at any time. Raises ValueError for more rows than a sheet holds.
    """
    if len(frame) >= XLSX_ROWS:
        raise ValueError(f"an XLSX sheet holds {XLSX_ROWS - 1:,} rows, and the table has {len(frame):,}")
    out = io.BytesIO()
    workbook = xlsxwriter.Workbook(
        out,
        {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False},
    )
    workbook.set_properties({"created": _CREATED})
    sheet = workbook.add_worksheet()
    if right_to_left:
        sheet.right_to_left()
    heading = workbook.add_format({"bold": True})
    as_date = workbook.add_format({"num_format": "yyyy-mm-dd"})
    as_time = workbook.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
    # Excel's own mark of "this is text": the value stays as it is, and editing the cell does not run it.
    as_text = workbook.add_format({"quote_prefix": True})

    for at, (name, column) in enumerate(zip(frame.columns, _columns(frame), strict=True)):
        sheet.set_column(at, at, _width(str(name), column))
        sheet.write_string(0, at, str(name), heading)
        for row, cell in enumerate(column, start=1):
            match cell:
                case None:
                    continue
                case bool():
                    sheet.write_boolean(row, at, cell)
                case int() | float():
                    sheet.write_number(row, at, cell)
                case datetime():
                    sheet.write_datetime(row, at, cell.replace(tzinfo=None), as_time)
                case date():
                    sheet.write_datetime(row, at, cell, as_date)
                case _:
                    text = _shortened(_joined(cell) if isinstance(cell, list) else cell)
                    sheet.write_string(row, at, text, as_text if _FORMULA.match(text) else None)
    sheet.freeze_panes(1, 0)
    if len(frame.columns):
        sheet.autofilter(0, 0, len(frame), len(frame.columns) - 1)
    workbook.close()
    return out.getvalue()


def _columns(frame: pd.DataFrame) -> list[list[Cell]]:
    """The cells of each column as plain Python values; a column of times that are all midnight is one of dates."""
    columns = []
    for _, series in frame.items():
        cells = [_plain(value) for value in series.array]
        stamps = [cell for cell in cells if isinstance(cell, datetime)]
        if stamps and all(stamp.time() == time.min for stamp in stamps):
            cells = [cell.date() if isinstance(cell, datetime) else cell for cell in cells]
        columns.append(cells)
    return columns


def _plain(value: Any) -> Cell:
    if isinstance(value, np.generic):
        value = value.item()
    match value:
        case str() | bool() | int():
            return value
        case float():
            return _number(value)
        case list() | tuple() | np.ndarray():
            return [_plain(item) for item in value]
        case _ if value is None or value is pd.NA or value is pd.NaT:
            return None
        case pd.Timestamp():
            return value.to_pydatetime(warn=False)
        case _:
            return value if isinstance(value, date) else str(value)


def _number(value: float) -> int | float | None:
    if not math.isfinite(value):
        return None
    # A count beside a missing one is a float to pandas; a person expects 5, not 5.0.
    return int(value) if value.is_integer() and abs(value) < 2**53 else value


def _csv_cell(cell: Cell) -> str:
    match cell:
        case None:
            return ""
        case bool():
            return "true" if cell else "false"
        case str():
            return _guarded(cell)
        case list():
            return _guarded(_joined(cell))
        case date():
            return _iso(cell)
        case _:
            return str(cell)


def _joined(cell: Sequence[Any]) -> str:
    return LIST_SEPARATOR.join(_iso(item) if isinstance(item, date) else str(item) for item in cell if item is not None)


def _guarded(text: str) -> str:
    return f"'{text}" if _FORMULA.match(text) else text


def _shortened(text: str) -> str:
    return text if len(text) <= _XLSX_CELL_CHARACTERS else text[: _XLSX_CELL_CHARACTERS - 1] + "…"


def _iso(value: date) -> str:
    return value.isoformat(sep=" ") if isinstance(value, datetime) else value.isoformat()


def _width(name: str, column: Iterable[Cell]) -> int:
    """Room for the widest of the first cells and the heading with its filter button, within reason."""
    cells = [len(_csv_cell(cell)) for _, cell in zip(range(_ROWS_MEASURED), column, strict=False)]
    return min(_WIDEST_COLUMN, max([len(name) + 4, *cells]) + 2)
