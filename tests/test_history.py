"""A new register knows of each record when it came, when it last changed, and which records went."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.build import build_store
from extract.errors import StoreError
from extract.history import keep_history
from extract.models import Engagement, Sector
from extract.store import REGISTER_FILE, open_store
from tests.factories import make_article, make_engagement


def build(store: Path, records: list[Engagement], day: int) -> None:
    """One run's end: a register of the records, of that day of November 2026, in the place of the old one."""
    new = store / "new.duckdb"
    built = datetime(2026, 11, day, tzinfo=UTC).isoformat(timespec="seconds")
    build_store(new, articles=[make_article()], engagements=records, meta={"built_at": built})
    keep_history(new, store / REGISTER_FILE)
    new.replace(store / REGISTER_FILE)


def history(store: Path) -> dict[str, tuple[int, int | None]]:
    """By record, the day of November on which it came and that on which it changed."""
    with open_store(store) as connection:
        rows = connection.execute(
            "select engagement_id, day(first_seen), day(changed_at) from engagement join history using (engagement_no)"
        ).fetchall()
    return {name: (first, changed) for name, first, changed in rows}


def runs(store: Path) -> list[tuple[int, ...]]:
    with open_store(store) as connection:
        return connection.execute("select day(built_at), records, new, changed, gone from run order by 1").fetchall()


def gone(store: Path) -> list[tuple[int, str]]:
    with open_store(store) as connection:
        return connection.execute("select day(gone_at), engagement_id from gone order by all").fetchall()


def named(*names: str) -> list[Engagement]:
    return [make_engagement(engagement_id=name) for name in names]


def test_records_come_change_and_go(tmp_path: Path) -> None:
    build(tmp_path, named("a", "b", "c"), 1)
    a, b = named("a", "b")
    build(tmp_path, [a, replace(b, status="planned"), *named("d")], 3)
    assert history(tmp_path) == {"a": (1, None), "b": (1, 3), "d": (3, None)}
    assert gone(tmp_path) == [(3, "c")]
    build(tmp_path, [a, replace(b, status="planned"), *named("c", "d")], 5)
    assert history(tmp_path) == {"a": (1, None), "b": (1, 3), "c": (5, None), "d": (3, None)}
    assert runs(tmp_path) == [(1, 3, 3, 0, 0), (3, 3, 1, 1, 1), (5, 4, 1, 0, 0)]
    assert gone(tmp_path) == []


CHANGES = {
    "a-field": ({"summary": "other"}, True),
    "an-item": ({"sectors": (Sector("health", is_core=True),)}, True),
    "no-item": ({"officials": ()}, True),
    "a-source": ({"sources": make_engagement(make_article(article_id="other")).sources}, True),
    "the-order-of-parties": ({"parties": make_engagement().parties[::-1]}, True),
    "nothing": ({}, False),
    "confidence": ({"confidence": 0.123}, False),
    "evidence": ({"evidence": ()}, False),
}


@pytest.mark.parametrize(("values", "is_change"), CHANGES.values(), ids=CHANGES.keys())
def test_what_counts_as_a_change(tmp_path: Path, values: dict[str, object], is_change: bool) -> None:
    build(tmp_path, named("a"), 1)
    build(tmp_path, [replace(one, **values) for one in named("a")], 2)  # type: ignore[arg-type]
    assert history(tmp_path) == {"a": (1, 2 if is_change else None)}


def test_runs_of_one_second_are_told_apart(tmp_path: Path) -> None:
    build(tmp_path, named("a"), 1)
    build(tmp_path, named("b"), 1)
    with open_store(tmp_path) as connection:
        times = connection.execute("select built_at from run order by 1").fetchall()
    assert times == [(datetime(2026, 11, 1),), (datetime(2026, 11, 1, 0, 0, 1),)]
    assert gone(tmp_path) == [(1, "a")]


def test_a_register_of_another_version_keeps_its_time(tmp_path: Path) -> None:
    build(tmp_path, named("a"), 1)
    with duckdb.connect(tmp_path / REGISTER_FILE) as connection:
        connection.execute("update meta set value = '1' where key = 'schema_version'")
        connection.execute("drop table history; drop table run; drop table gone")
    build(tmp_path, [*(replace(one, summary="other") for one in named("a")), *named("b")], 2)
    assert history(tmp_path) == {"a": (1, None), "b": (2, None)}


def test_what_is_no_register_has_no_history(tmp_path: Path) -> None:
    (tmp_path / REGISTER_FILE).write_text("no register")
    build(tmp_path, named("a"), 2)
    assert history(tmp_path) == {"a": (2, None)}


def test_a_register_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "new.duckdb").write_text("no register")
    with pytest.raises(StoreError, match="history"):
        keep_history(tmp_path / "new.duckdb", tmp_path / REGISTER_FILE)


@settings(max_examples=8, deadline=None)
@given(st.lists(st.dictionaries(st.sampled_from("abcde"), st.sampled_from("xy")), min_size=2, max_size=4))
def test_history_is_that_of_plain_python(
    tmp_path_factory: pytest.TempPathFactory, registers: list[dict[str, str]]
) -> None:
    store = tmp_path_factory.mktemp("store")
    known: dict[str, tuple[int, int | None]] = {}
    before: dict[str, str] = {}
    for day, said in enumerate(registers, start=1):
        build(store, [make_engagement(engagement_id=name, summary=summary) for name, summary in said.items()], day)
        known = {
            name: (day, None)
            if name not in known
            else known[name]
            if before[name] == summary
            else (known[name][0], day)
            for name, summary in said.items()
        }
        before = said
        assert history(store) == known
