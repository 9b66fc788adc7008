"""Cells of a table in the reader's digits."""

from __future__ import annotations

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from pages.shared.digits import write_cells
from pages.shared.words import ARABIC_DIGITS, Words

FRAME = pd.DataFrame(
    {
        "date": ["2024-05-06", None],
        "engagements": [7, 1200],
        "value": [790_000_000.0, None],
        "summary": ["زيارة في 2024", "3"],
    }
)


def test_numbers_and_dates_have_the_readers_digits_and_texts_keep_theirs() -> None:
    cells = write_cells(Words(ARABIC_DIGITS), FRAME)
    assert cells["date"].dropna().tolist() == ["٢٠٢٤-٠٥-٠٦"]
    assert [cell.strip() for cell in cells["engagements"]] == ["٧", "١٬٢٠٠"]
    assert cells["value"].tolist() == ["٧٩٠٬٠٠٠٬٠٠٠", None]
    assert cells["summary"].tolist() == FRAME["summary"].tolist()


def test_with_latin_digits_only_columns_with_long_numbers_are_written() -> None:
    cells = write_cells(Words("en"), FRAME.assign(few=[7, 120]))
    assert cells["value"].tolist() == ["790,000,000", None]
    assert [cell.strip() for cell in cells["engagements"]] == ["7", "1,200"]
    assert cells["few"].tolist() == [7, 120]
    assert cells["date"].tolist() == FRAME["date"].tolist()


def test_a_column_of_numbers_may_be_empty_or_unknown() -> None:
    frame = pd.DataFrame({"value": pd.array([None, None], "Int64"), "engagements": [float("nan")] * 2})
    assert write_cells(Words("en"), frame).isna().all(axis=None)
    assert write_cells(Words("en"), frame[:0]).empty


@settings(max_examples=1000)
@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=6))
def test_written_numbers_sort_as_the_numbers_do(numbers: list[int]) -> None:
    frame = pd.DataFrame({"engagements": numbers})
    cells = write_cells(Words(ARABIC_DIGITS), frame)["engagements"].tolist()
    assert len({len(cell) for cell in cells}) == 1
    # The grid compares letters: a blank, then digits; the marks of thousands stand in the same places.
    rank = {" ": 0} | {chr(0x660 + digit): digit + 1 for digit in range(10)} | {"٬": 0}
    assert sorted(cells, key=lambda cell: [rank[letter] for letter in cell.replace("\N{FIGURE SPACE}", " ")]) == [
        cell for _, cell in sorted(zip(numbers, cells, strict=True))
    ]
