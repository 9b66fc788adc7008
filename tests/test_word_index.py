"""A sought word is found in exactly the records in whose text it stands, however the index was built."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract import word_index
from extract.search import fold_for_search
from extract.word_index import WordIndexWriter, find_word, write_words

# Few letters, so that words repeat and stand in one another.
TEXT = st.text("البةك 1", max_size=30).map(fold_for_search)
NUMBERED = st.lists(TEXT, max_size=20).flatmap(lambda texts: st.permutations(list(enumerate(texts))))
SCHEMA = "create or replace table word (word varchar, first integer, width tinyint, gaps blob)"


@pytest.fixture(scope="module")
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as one:
        yield one


def build_index(connection: duckdb.DuckDBPyConnection, folder: Path, texts: list[str], numbers: list[int]) -> None:
    connection.execute(SCHEMA)
    writer = WordIndexWriter(folder)
    for at, text in enumerate(texts):
        writer.add(at, text)
    writer.fill(connection, np.array(numbers, dtype=np.int32))


@settings(max_examples=1_000, deadline=None)
@given(NUMBERED, st.text("البةك1", min_size=1, max_size=4).map(fold_for_search), st.sampled_from([1, 7, 100]))
def test_an_index_finds_what_a_scan_of_the_texts_finds(
    connection: duckdb.DuckDBPyConnection,
    tmp_path_factory: pytest.TempPathFactory,
    numbered: list[tuple[int, str]],
    word: str,
    held: int,
) -> None:
    numbers, texts = [number for number, _ in numbered], [text for _, text in numbered]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(word_index, "_HELD", held)
        build_index(connection, tmp_path_factory.getbasetemp(), texts, numbers)
    found = find_word(connection, word, len(texts))
    words = [row[0] for row in connection.execute("select word from word").fetchall()]
    assert {int(at) for at in np.flatnonzero(found)} == {
        number for number, text in zip(numbers, texts, strict=True) if word in text
    }
    assert words == sorted({one for text in texts for one in text.split()})


@settings(max_examples=100, deadline=None)
@given(st.sets(st.integers(0, 3_000_000), min_size=1, max_size=30))
def test_numbers_far_apart_come_back(connection: duckdb.DuckDBPyConnection, numbers: set[int]) -> None:
    connection.execute(SCHEMA)
    write_words(connection, [("ميناء", np.array(list(numbers))), ("مينا", np.array([5]))])
    found = find_word(connection, "مينا", 3_000_001)
    assert set(np.flatnonzero(found).tolist()) == numbers | {5}
