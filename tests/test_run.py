"""A run builds the register that its inputs tell of, whole or not at all, the same for any number of workers."""

from __future__ import annotations

import json
import multiprocessing
import os
from dataclasses import dataclass
from pathlib import Path

import pytest

from extract.errors import EvidenceError, RawabitError, StoreError
from extract.models import Article, Engagement, Refusal
from extract.run import Progress, RunReport, ensure_store, run
from extract.store import REGISTER_FILE, open_store, read_engagements
from extract.write import FORMATS, to_bytes
from tests.factories import TEXT, make_engagement


@dataclass(frozen=True)
class Found:
    engagements: tuple[Engagement, ...]
    dropped: str | None = None


def extract(article: Article) -> Found:
    """One record for each article, but for texts that ask for something else."""
    if article.text == "nothing":
        return Found(())
    if article.text == "misquoted":
        raise EvidenceError("no such words")
    if article.text == "killed":
        os._exit(1)
    return Found((make_engagement(article),))


def write_articles(folder: Path, **texts: str) -> Path:
    folder.mkdir(exist_ok=True)
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder


def ids_in(store_dir: Path) -> list[str]:
    with open_store(store_dir) as connection:
        return [record.engagement_id for record in read_engagements(connection)]


def reasons(report: RunReport) -> list[str]:
    return [refusal.reason for refusal in report.refusals]


def test_a_run_builds_the_register_and_counts(tmp_path: Path) -> None:
    inputs = write_articles(tmp_path / "in", a=TEXT, b="nothing", c="misquoted", d="")
    told: list[Progress] = []
    report = run([str(inputs)], tmp_path / "store", extract=extract, on_progress=told.append)
    assert (report.articles, report.records, report.refused, report.repeated) == (2, 1, 2, 0)
    assert reasons(report) == ["evidence_mismatch", "empty"]
    assert report.refusals[0].path == str(inputs / "c.txt")
    assert told[-1] == Progress(2, 1, 2)
    assert ids_in(tmp_path / "store") == ["e-a"]
    with open_store(tmp_path / "store") as connection:
        assert connection.execute("select article_id from article order by 1").fetchall() == [("a",)]
        assert connection.execute("select reason from refusal").fetchall() == [("evidence_mismatch",), ("empty",)]
        meta = dict(connection.execute("from meta").fetchall())
        assert connection.execute("select count(*) > 100 from label").fetchall() == [(True,)]
    assert (meta["articles"], meta["records"], meta["refused"], meta["repeated"]) == ("2", "1", "2", "0")


def test_a_second_run_replaces_the_register(tmp_path: Path) -> None:
    for name in ("a", "b"):
        run([str(write_articles(tmp_path / name, **{name: TEXT}))], tmp_path / "store", extract=extract)
    assert ids_in(tmp_path / "store") == ["e-b"]
    assert {path.name for path in (tmp_path / "store").glob("*.duckdb*")} == {REGISTER_FILE}


def test_one_id_twice(tmp_path: Path) -> None:
    first = write_articles(tmp_path / "first", a=TEXT, b=f"{TEXT} b")
    second = write_articles(tmp_path / "second", a=TEXT, b="other")
    report = run([str(first), str(second)], tmp_path / "store", extract=extract)
    assert (report.articles, report.repeated) == (2, 1)
    assert [(refusal.path, refusal.reason) for refusal in report.refusals] == [(str(second / "b.txt"), "duplicate_id")]
    assert "the id b " in report.refusals[0].detail


def test_many_refusals_lie_in_the_register_and_are_told_in_order(tmp_path: Path) -> None:
    lines = [
        json.dumps({"id": "a", "text": TEXT}),
        *("{" for _ in range(150)),
        json.dumps({"id": "b", "text": "misquoted"}),
    ]
    (tmp_path / "in.jsonl").write_text("\n".join(lines))
    told: list[Refusal] = []
    report = run([str(tmp_path / "in.jsonl")], tmp_path / "store", extract=extract, on_refusal=told.append)
    assert (report.refused, len(report.refusals)) == (151, 100)
    assert [one.path.partition("#")[2] for one in told[:-1]] == [str(n) for n in range(2, 152)]
    assert report.refusals == tuple(told[:100])
    with open_store(tmp_path / "store") as connection:
        assert connection.execute("from refusal").fetchall() == [(one.path, one.reason, one.detail) for one in told]
        meta = dict(connection.execute("from meta").fetchall())
    assert json.loads(meta["refused_by_reason"]) == {"bad_json": 150, "evidence_mismatch": 1}


def test_nothing_read_leaves_the_store_as_it_was(tmp_path: Path) -> None:
    run([str(write_articles(tmp_path / "in", a=TEXT))], tmp_path / "store", extract=extract)
    before = (tmp_path / "store" / REGISTER_FILE).read_bytes()
    report = run([str(tmp_path / "missing")], tmp_path / "store", extract=extract)
    assert (report.articles, reasons(report)) == (0, ["missing"])
    assert (tmp_path / "store" / REGISTER_FILE).read_bytes() == before


def test_articles_without_engagements_make_an_empty_register(tmp_path: Path) -> None:
    report = run([str(write_articles(tmp_path / "in", a="nothing"))], tmp_path / "store", extract=extract)
    assert (report.articles, report.records) == (1, 0)
    assert ids_in(tmp_path / "store") == []


def test_what_a_killed_run_left_behind_is_cleared(tmp_path: Path) -> None:
    (tmp_path / "store").mkdir()
    for name in ("register.new.duckdb", "register.new.duckdb.wal"):
        (tmp_path / "store" / name).write_bytes(b"half")
    run([str(write_articles(tmp_path / "in", a=TEXT))], tmp_path / "store", extract=extract)
    assert ids_in(tmp_path / "store") == ["e-a"]
    assert not list((tmp_path / "store").glob("register.new*"))


def test_a_store_that_cannot_be_made_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "store").write_text("a file")
    with pytest.raises(StoreError, match="cannot be written"):
        run([str(write_articles(tmp_path / "in", a=TEXT))], tmp_path / "store", extract=extract)


def test_workers_do_not_change_a_byte(tmp_path: Path) -> None:
    lines = [{"id": f"n{number}", "text": f"{TEXT} {number}"} for number in range(200)]
    lines[7]["text"] = "nothing"
    (tmp_path / "in.jsonl").write_text("".join(f"{json.dumps(line)}\n" for line in lines) + "{\n")
    exports = []
    for workers in (1, 2):
        store = tmp_path / str(workers)
        report = run([str(tmp_path / "in.jsonl")], store, workers=workers, extract=extract)
        assert (report.articles, report.records, reasons(report)) == (200, 199, ["bad_json"])
        with open_store(store) as connection:
            records = list(read_engagements(connection))
        exports.append({name: to_bytes(name, records) for name in FORMATS})
    assert exports[0] == exports[1]


def test_a_killed_worker_is_told_and_the_store_kept(tmp_path: Path) -> None:
    run([str(write_articles(tmp_path / "in", a=TEXT))], tmp_path / "store", extract=extract)
    bad = str(write_articles(tmp_path / "bad", b="killed"))
    with pytest.raises(RawabitError, match="a worker process was killed"):
        run([bad], tmp_path / "store", workers=2, extract=extract)
    assert ids_in(tmp_path / "store") == ["e-a"]


def test_the_first_register_is_built_when_there_is_none(tmp_path: Path) -> None:
    inputs = write_articles(tmp_path / "in", a=TEXT, b="nothing")
    told: list[tuple[int, int]] = []
    ensure_store(tmp_path / "store", [inputs], lambda done, total: told.append((done, total)), extract=extract)
    assert told == [(1, 2), (2, 2)]
    assert ids_in(tmp_path / "store") == ["e-a"]


def test_a_register_that_is_there_is_left_alone(tmp_path: Path) -> None:
    ensure_store(tmp_path / "store", [write_articles(tmp_path / "a", a=TEXT)], extract=extract)
    ensure_store(tmp_path / "store", [write_articles(tmp_path / "b", b=TEXT)], extract=extract)
    assert ids_in(tmp_path / "store") == ["e-a"]


def test_no_first_register_without_an_article(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="missing: there is no such file"):
        ensure_store(tmp_path / "store", [tmp_path / "missing"], extract=extract)


def ensure(store: Path, inputs: Path, marks: Path) -> None:
    def mark(article: Article) -> Found:
        (marks / f"{os.getpid()}-{article.article_id}").touch()
        return extract(article)

    ensure_store(store, [inputs], extract=mark)
    assert ids_in(store) == ["e-a"]  # two articles with one text tell of one engagement


def test_of_several_at_once_one_builds_and_all_find_the_register(tmp_path: Path) -> None:
    inputs = write_articles(tmp_path / "in", a=TEXT, b=f"{TEXT} b")
    marks = tmp_path / "marks"
    marks.mkdir()
    context = multiprocessing.get_context("spawn")
    started = [context.Process(target=ensure, args=(tmp_path / "store", inputs, marks)) for _ in range(3)]
    for process in started:
        process.start()
    for process in started:
        process.join(60)
    assert [process.exitcode for process in started] == [0, 0, 0]
    assert len(list(marks.iterdir())) == 2


def test_the_seeds_give_records_and_every_quote_stands_in_its_article(tmp_path: Path) -> None:
    report = run([str(Path(__file__).parents[1] / "seeds")], tmp_path / "store")
    assert (report.articles, report.refusals) == (5, ())
    assert report.records >= 5
    with open_store(tmp_path / "store") as connection:
        texts = dict(connection.execute("select article_id, text from article").fetchall())
        for record in read_engagements(connection):
            assert record.evidence
            for one in record.evidence:
                assert texts[one.article_id][one.start : one.end] == one.quote
