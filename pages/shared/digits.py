"""Cells of a table in the reader's digits, for the grid writes numbers in its own."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd
from pandas.api.types import is_bool_dtype, is_numeric_dtype

from pages.shared.words import Words

# Written by us: text of articles keeps the digits that it has.
_DATES = ("date", "date_first", "date_last", "last_date", "month", "year")
# From here on a number is read with marks of thousands, which the grid does not write.
_LONG = 1_000
# As wide as a digit, and sorted before all of them: the grid sorts these cells as text.
_FILLER = "\N{FIGURE SPACE}"


def write_cells(words: Words, frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with its numbers and dates as text where the reader's digits, or their length, ask for it."""
    written = {str(column): _write(words, str(column), frame[column]) for column in frame.columns}
    return pd.DataFrame(written, index=frame.index)


def _write(words: Words, column: str, cells: pd.Series) -> pd.Series:
    if column in _DATES and words.has_arabic_digits:
        return cells.map(words.digits, na_action="ignore")
    is_number = is_numeric_dtype(cells) and not is_bool_dtype(cells)
    if is_number and (words.has_arabic_digits or (cells.abs() >= _LONG).any()):
        return pd.Series(_align(words, cells), index=cells.index, dtype=object)
    return cells


def _align(words: Words, cells: Iterable[float]) -> list[str | None]:
    written = [None if pd.isna(cell) else words.number(cell) for cell in cells]
    wide = max((len(text) for text in written if text), default=0)
    return [text and text.rjust(wide, _FILLER) for text in written]
