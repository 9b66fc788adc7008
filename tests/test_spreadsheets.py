"""What LibreOffice makes of our CSV and XLSX: Arabic intact, dates are dates, numbers are numbers, no cell a formula."""

from __future__ import annotations

import subprocess
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pandas as pd
import pytest

from extract.write_table import table_to_csv, table_to_xlsx

FRAME = pd.DataFrame({
    "الطرف": ["عُمان | الكويت", "=1+1", "@SUM(A1)"],
    "date": [date(2024, 5, 6), None, date(1999, 12, 31)],
    "amount": [790_000_000.0, 12.5, None],
    "engagements": [7, 0, 41],
    "quote": ["«بحثا التعاون»", "line\nbreak", "-1"],
})  # fmt: skip
# Commas, double quotes, UTF-8, from the first line; numbers and dates are recognised, as a double click does.
_AS_CSV = "CSV:44,34,76,1,,0,false,true,false"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
Cell = tuple[str | None, str | None]


@pytest.fixture(scope="module")
def sheets(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[list[Cell]]]:
    """The first sheet of each file as LibreOffice reads it: of each cell its kind and its value."""
    folder = tmp_path_factory.mktemp("sheets")
    (folder / "table.csv").write_bytes(table_to_csv(FRAME))
    (folder / "book.xlsx").write_bytes(table_to_xlsx(FRAME, right_to_left=True))
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "fods", "--outdir", str(folder)]
    for name, how in (("table.csv", [f"--infilter={_AS_CSV}"]), ("book.xlsx", [])):
        subprocess.run([*command, *how, str(folder / name)], check=True, capture_output=True, timeout=120)
    return {name: _read_sheet(folder / f"{name}.fods") for name in ("table", "book")}


def _read_sheet(path: Path) -> list[list[Cell]]:
    table = next(ElementTree.parse(path).iter(f"{_TABLE}table"))
    rows = []
    for row in table.iter(f"{_TABLE}table-row"):
        cells: list[Cell] = []
        for cell in row.iter(f"{_TABLE}table-cell"):
            assert f"{_TABLE}formula" not in cell.attrib
            kind = cell.get(f"{_OFFICE}value-type")
            said = "\n".join("".join(part.itertext()) for part in cell.iter(f"{_TEXT}p"))
            value = cell.get(f"{_OFFICE}date-value") or cell.get(f"{_OFFICE}value") or said or None
            cells += [(kind, value)] * min(int(cell.get(f"{_TABLE}number-columns-repeated", "1")), len(FRAME.columns))
        if any(kind for kind, _ in cells):
            rows.append(cells[: len(FRAME.columns)])
    return rows


@pytest.mark.parametrize("name", ["table", "book"])
def test_arabic_dates_and_numbers_are_what_they_were(sheets: dict[str, list[list[Cell]]], name: str) -> None:
    head, *rows = sheets[name]
    assert [value for _, value in head] == list(FRAME.columns)
    parties, days, amounts, counts, quotes = zip(*rows, strict=True)
    assert [value and value[:10] for _, value in days] == ["2024-05-06", None, "1999-12-31"]
    assert {kind for kind, value in days if value} == {"date"}
    assert [value and float(value) for _, value in amounts] == [790_000_000.0, 12.5, None]
    assert [float(value or "nan") for _, value in counts] == [7, 0, 41]
    assert {kind for kind, value in (*amounts, *counts) if value} == {"float"}
    assert parties[0] == ("string", "عُمان | الكويت")
    assert quotes[0] == ("string", "«بحثا التعاون»")
    assert {kind for kind, _ in (*parties, *quotes)} == {"string"}


@pytest.mark.parametrize("name", ["table", "book"])
def test_what_looks_like_a_formula_is_shown_as_text(sheets: dict[str, list[list[Cell]]], name: str) -> None:
    _, *rows = sheets[name]
    for at, text in ((0, "=1+1"), (4, "-1")):
        kind, value = rows[1][at] if at == 0 else rows[2][at]
        assert kind == "string"
        assert (value or "").lstrip("'") == text
