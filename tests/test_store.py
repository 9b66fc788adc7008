"""The store gives back what it was given, in order, and says what is wrong with a file that is no register."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings

from extract.build import build_store
from extract.errors import StoreError
from extract.history import keep_history
from extract.models import Article, Disagreement, Engagement, Merge, Refusal
from extract.rows import read_line, write_line
from extract.search import fold_for_search
from extract.store import REGISTER_FILE, SCHEMA_VERSION, open_store, read_engagements, store_order
from tests.factories import LABELS, make_article, make_engagement, registers


def stored(store_dir: Path, articles: list[Article], engagements: list[Engagement]) -> list[Engagement]:
    build_store(store_dir / REGISTER_FILE, articles=articles, engagements=engagements, labels=LABELS)
    with open_store(store_dir) as connection:
        return list(read_engagements(connection))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(registers())
def test_any_register_reads_back_as_it_was(register: tuple[list[Article], list[Engagement]]) -> None:
    articles, engagements = register
    with tempfile.TemporaryDirectory() as folder:
        assert stored(Path(folder), articles, engagements) == sorted(engagements, key=store_order)


def test_records_stand_by_first_day_then_id_undated_last(tmp_path: Path) -> None:
    base = make_engagement()
    records = [
        replace(base, engagement_id="c", date_start=None, date_end=None),
        replace(base, engagement_id="b", date_start=date(2024, 5, 6)),
        replace(base, engagement_id="a", date_start=date(2024, 5, 6)),
        replace(base, engagement_id="d", date_start=date(1990, 1, 1)),
    ]
    assert [record.engagement_id for record in stored(tmp_path, [make_article()], records)] == ["d", "a", "b", "c"]


def test_chosen_records_only(tmp_path: Path) -> None:
    records = [make_engagement(engagement_id=name, parties=(name.upper(),)) for name in ("a", "b", "c")]
    stored(tmp_path, [make_article()], records)
    with open_store(tmp_path) as connection:
        assert list(read_engagements(connection, ["c", "a", "unknown"])) == [records[0], records[2]]
        assert list(read_engagements(connection, [])) == []


def test_a_record_of_many_copies_is_found_by_the_first_few(tmp_path: Path) -> None:
    articles = [make_article(article_id=f"a{number}", text=f"كلمة{number}") for number in range(100)]
    one = make_engagement(articles[0])
    sources = tuple(replace(one.sources[0], article_id=article.article_id) for article in articles)
    stored(tmp_path, articles, [replace(one, sources=sources, evidence=())])
    with open_store(tmp_path) as connection:
        words = {word for (word,) in connection.execute("select word from word").fetchall()}
    assert [number for number in range(100) if f"كلمه{number}" in words] == [0, 1, 2]


def test_every_table_is_filled(tmp_path: Path) -> None:
    refusal = Refusal("photo.png", "not_text", "It is a picture.")
    build_store(
        tmp_path / REGISTER_FILE,
        articles=[make_article()],
        engagements=[make_engagement(disagreements=(Disagreement("date", "2024-05-06", "muscat-1"),))],
        unmerged=[make_engagement()],
        merges=[Merge("e-muscat-1", "e-muscat-1", None, None, ())],
        refusals=[refusal],
        labels=LABELS,
        meta={"articles": "1"},
    )
    keep_history(tmp_path / REGISTER_FILE, tmp_path / "none")
    with open_store(tmp_path) as connection:
        counts = {
            table: connection.execute(f"select count(*) from {table}").fetchall()[0][0]
            for (table,) in connection.execute("select view_name from duckdb_views() where not internal").fetchall()
        }
        assert dict(connection.execute("from meta").fetchall()) == {"schema_version": SCHEMA_VERSION, "articles": "1"}
        assert connection.execute("from refusal").fetchall() == [("photo.png", "not_text", "It is a picture.")]
        words = [row[0] for row in connection.execute("select word from word").fetchall()]
    assert counts.keys() >= {"article", "engagement", "party", "official", "evidence", "source", "label"}
    assert {table for table, count in counts.items() if not count} == {"gone"}
    for sought in ("الكُويت", "Oman", "Badr Al Busaidi", "ميناء الدقم", "بحثا التعاون", "Muscat", "لقاء عماني"):
        assert all(any(part in word for word in words) for part in fold_for_search(sought).split())


def test_a_source_keeps_its_own_date_beside_the_feeds_stamp(tmp_path: Path) -> None:
    article = make_article(published=date(2024, 4, 19))
    record = make_engagement(article)
    record = replace(record, sources=(replace(record.sources[0], published=None),))
    assert stored(tmp_path, [article], [record]) == [record]


def test_an_open_reader_keeps_its_register_when_a_new_one_is_swapped_in(tmp_path: Path) -> None:
    stored(tmp_path, [make_article()], [make_engagement(engagement_id="old")])
    with open_store(tmp_path) as before:
        new = tmp_path / "new.duckdb"
        build_store(new, articles=[make_article()], engagements=[make_engagement(engagement_id="new")])
        new.replace(tmp_path / REGISTER_FILE)
        with open_store(tmp_path) as after:
            assert [record.engagement_id for record in read_engagements(after)] == ["new"]
        assert [record.engagement_id for record in read_engagements(before)] == ["old"]


def test_a_reader_cannot_write(tmp_path: Path) -> None:
    stored(tmp_path, [make_article()], [make_engagement()])
    with open_store(tmp_path) as connection, pytest.raises(duckdb.Error):
        connection.execute("delete from register.engagement")


def test_cursors_see_the_tables(tmp_path: Path) -> None:
    stored(tmp_path, [make_article()], [make_engagement()])
    with open_store(tmp_path) as connection:
        assert connection.cursor().execute("select count(*) from engagement").fetchall() == [(1,)]


def test_no_register_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no register"):
        open_store(tmp_path / "nowhere")


def test_another_versions_register_is_an_error(tmp_path: Path) -> None:
    build_store(tmp_path / REGISTER_FILE, articles=[], engagements=[], meta={"schema_version": "0"})
    with pytest.raises(StoreError, match="another version"):
        open_store(tmp_path)


@pytest.mark.parametrize("content", [b"", b"not a register " * 1000], ids=["empty", "noise"])
def test_a_file_that_is_no_register_is_an_error(tmp_path: Path, content: bytes) -> None:
    (tmp_path / REGISTER_FILE).write_bytes(content)
    with pytest.raises(StoreError, match="not a register"):
        open_store(tmp_path)


BROKEN = {
    "two-records-one-id": ([make_article()], [make_engagement(), make_engagement(type="visit")]),
    "two-articles-one-id": ([make_article(), make_article(text="x")], []),
    "no-source": ([make_article()], [make_engagement(sources=())]),
}


@pytest.mark.parametrize(("articles", "engagements"), BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_register_is_not_left_behind(
    tmp_path: Path, articles: list[Article], engagements: list[Engagement]
) -> None:
    with pytest.raises(StoreError):
        build_store(tmp_path / REGISTER_FILE, articles=articles, engagements=engagements)
    assert list(tmp_path.iterdir()) == []


def test_a_register_is_never_overwritten(tmp_path: Path) -> None:
    stored(tmp_path, [make_article()], [make_engagement()])
    with pytest.raises(StoreError, match="is there already"):
        build_store(tmp_path / REGISTER_FILE, articles=[], engagements=[])


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(registers())
def test_a_line_gives_back_its_record(register: tuple[list[Article], list[Engagement]]) -> None:
    for record in register[1]:
        assert read_line(write_line(record)) == record
