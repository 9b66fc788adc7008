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
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, time
from itertools import chain, islice
from shutil import copyfileobj
from tempfile import TemporaryFile
from typing import Any, BinaryIO

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import xlsxwriter
from xlsxwriter.exceptions import FileCreateError

from extract.errors import WriteError

# Sheets beside the table: by name, pairs of words.
Notes = Mapping[str, Sequence[tuple[str, str]]]

LIST_SEPARATOR = " | "

Scalar = str | bool | int | float | date | datetime
Cell = Scalar | list[Any] | None

# Excel and its kin read a cell as a formula by its first sign, some of them after blanks, and some in full width.
_FORMULA = re.compile(r"[\t\r\n]|\s*[=+\-@＝＋－＠]")

# What an XLSX sheet can hold (the file format's own limits); a longer text ends in an ellipsis.
_XLSX_CELL_CHARACTERS = 32_767
XLSX_ROWS = 1_048_576
_XLSX_SHEET_NAME = 31

# A workbook carries its time of making; a constant one keeps the bytes equal from run to run.
_CREATED = datetime(2000, 1, 1)

_WIDEST_COLUMN = 60
_ROWS_MEASURED = 200


def table_to_csv(frame: pd.DataFrame) -> bytes:
    """The table as CSV; see `write_csv_rows`."""
    out = io.BytesIO()
    write_csv_rows(_names(frame), zip(*frame_columns(frame), strict=True), out)
    return out.getvalue()


def write_csv_rows(names: Sequence[str], rows: Iterable[Sequence[Cell]], out: BinaryIO) -> None:
    """Rows as CSV in UTF-8 with a byte-order mark (Excel needs it for Arabic); dates in ISO 8601.

    A text that a spreadsheet would take for a formula gets a leading apostrophe; numbers stay numbers.
    """
    text = io.TextIOWrapper(out, encoding="utf-8-sig", newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([_guarded(name) for name in names])
    writer.writerows([_csv_cell(cell) for cell in row] for row in rows)
    text.flush()
    text.detach()


def table_to_json(frame: pd.DataFrame) -> bytes:
    """The table as a JSON list of records, one a line, in UTF-8; dates in ISO 8601."""
    names = [str(name) for name in frame.columns]
    rows = zip(*frame_columns(frame), strict=True)
    lines = (
        json.dumps(dict(zip(names, row, strict=True)), ensure_ascii=False, allow_nan=False, default=_iso)
        for row in rows
    )
    body = ",\n".join(lines)
    return f"[\n{body}\n]\n".encode() if body else b"[]\n"


def table_to_jsonl(frame: pd.DataFrame) -> bytes:
    """The table as JSON Lines: one record a line, in UTF-8; dates in ISO 8601."""
    names = [str(name) for name in frame.columns]
    rows = zip(*frame_columns(frame), strict=True)
    return "".join(
        json.dumps(dict(zip(names, row, strict=True)), ensure_ascii=False, allow_nan=False, default=_iso) + "\n"
        for row in rows
    ).encode()


def table_to_parquet(frame: pd.DataFrame) -> bytes:
    """The table as Parquet: real dates and numbers, lists as lists."""
    columns = [pa.array(column) for column in frame_columns(frame)]
    out = io.BytesIO()
    pq.write_table(pa.table(columns, names=[str(name) for name in frame.columns]), out, compression="zstd")
    return out.getvalue()


def table_to_xlsx(frame: pd.DataFrame, *, right_to_left: bool, notes: Notes | None = None) -> bytes:
    """The table as an XLSX workbook; see `write_xlsx_rows`."""
    out = io.BytesIO()
    write_xlsx_rows(
        _names(frame), zip(*frame_columns(frame), strict=True), out, right_to_left=right_to_left, notes=notes
    )
    return out.getvalue()


def write_xlsx_rows(
    names: Sequence[str],
    rows: Iterable[Sequence[Cell]],
    out: BinaryIO,
    *,
    right_to_left: bool,
    notes: Notes | None = None,
) -> None:
    """Rows as XLSX: real dates and numbers, the heading frozen, a filter on it; no formulas, no links.

    What does not fit on one sheet goes on in further ones, each with the heading. `notes` adds a sheet of two columns for
    each of its names, such as what the columns mean and what was filtered. One row is held at a time; the same rows give
    the same bytes at any time.
    """
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    # Whole before it goes out: a workbook needs a file that it can go back in, and `out` may be a pipe.
    with TemporaryFile() as whole:
        workbook = xlsxwriter.Workbook(whole, {"constant_memory": True, **options})
        workbook.set_properties({"created": _CREATED})
        # A full sheet can be larger than the 2 GB of a plain ZIP file; one that is not is written as before.
        workbook.use_zip64()
        try:
            _fill_sheets(workbook, names, rows, right_to_left=right_to_left)
            for name, lines in (notes or {}).items():
                _add_notes(workbook, name, lines, right_to_left=right_to_left)
        finally:
            _close(workbook)
        whole.seek(0)
        copyfileobj(whole, out)


def _close(workbook: Any) -> None:
    try:
        workbook.close()
    except FileCreateError as error:  # no OSError, though one is what it stands for
        raise WriteError(f"the workbook cannot be written: {error}") from error


def _fill_sheets(workbook: Any, names: Sequence[str], rows: Iterable[Sequence[Cell]], *, right_to_left: bool) -> None:
    """Write the rows on as many sheets as they take, at least one; columns are as wide as the first rows need."""
    remaining = iter(rows)
    measured = list(islice(remaining, _ROWS_MEASURED))
    widths = [_width(name, (row[at] for row in measured)) for at, name in enumerate(names)]
    remaining = chain(measured, remaining)
    first = list(islice(remaining, 1))
    while True:
        sheet = workbook.add_worksheet()
        if right_to_left:
            sheet.right_to_left()
        sheet.freeze_panes(1, 0)
        for at, width in enumerate(widths):
            sheet.set_column(at, at, width)
        last = _fill_sheet(workbook, sheet, names, chain(first, islice(remaining, XLSX_ROWS - 1 - len(first))))
        if names:
            sheet.autofilter(0, 0, last, len(names) - 1)
        if not (first := list(islice(remaining, 1))):
            return


def _fill_sheet(workbook: Any, sheet: Any, names: Sequence[str], rows: Iterable[Sequence[Cell]]) -> int:
    """Write the heading and the rows, and return how many rows there were."""
    write = _cell_writer(workbook, sheet)
    heading = workbook.add_format({"bold": True})
    for at, name in enumerate(names):
        sheet.write_string(0, at, name, heading)
    last = 0
    for last, cells in enumerate(rows, start=1):
        for at, cell in enumerate(cells):
            write(last, at, cell)
    return last


def _cell_writer(workbook: Any, sheet: Any) -> Callable[[int, int, Cell], None]:
    """What writes one cell in the form of its kind."""
    as_date = workbook.add_format({"num_format": "yyyy-mm-dd"})
    as_time = workbook.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
    # Excel's own mark of "this is text": the value stays as it is, and editing the cell does not run it.
    as_text = workbook.add_format({"quote_prefix": True})

    def write(row: int, at: int, cell: Cell) -> None:
        match cell:
            case None:
                return
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

    return write


def _names(frame: pd.DataFrame) -> list[str]:
    return [str(name) for name in frame.columns]


def _add_notes(
    workbook: xlsxwriter.Workbook, name: str, lines: Sequence[tuple[str, str]], *, right_to_left: bool
) -> None:
    sheet = workbook.add_worksheet(name[:_XLSX_SHEET_NAME])
    if right_to_left:
        sheet.right_to_left()
    sheet.set_column(0, 0, 30)
    sheet.set_column(1, 1, _WIDEST_COLUMN)
    for row, (left, right) in enumerate(lines):
        sheet.write_string(row, 0, left)
        sheet.write_string(row, 1, _shortened(right))


def frame_columns(frame: pd.DataFrame) -> list[list[Cell]]:
    """The cells of each column as plain Python values; a column of times that are all midnight is one of dates."""
    columns = []
    for _, series in frame.items():
        # Most cells are texts: not to ask what else they might be saves a third of the time.
        cells: list[Cell] = [value if type(value) is str else to_cell(value) for value in series.tolist()]
        stamps = [cell for cell in cells if isinstance(cell, datetime)]
        if stamps and all(stamp.time() == time.min for stamp in stamps):
            cells = [cell.date() if isinstance(cell, datetime) else cell for cell in cells]
        columns.append(cells)
    return columns


def to_cell(value: Any) -> Cell:
    """Any value as what a cell can hold: numbers of numpy and pandas become plain ones, unknown ones None."""
    if isinstance(value, np.generic):
        value = value.item()
    match value:
        case str() | bool() | int():
            return value
        case float():
            return _number(value)
        case list() | tuple() | np.ndarray():
            return [item if type(item) is str else to_cell(item) for item in value]
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
