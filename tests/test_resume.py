"""What was extracted once is taken from finished parts; what breaks a run leaves the register before it whole."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest

from extract.build import build_store
from extract.compare import compare_registers
from extract.errors import StoreError
from extract.models import Article, Engagement
from extract.progress import guess_articles, write_line
from extract.run import Progress, RunReport, run
from extract.run.parts import find_parts, key_of
from extract.run.rules import rules_version, version_of
from extract.store import REGISTER_FILE, open_store, read_unmerged
from tests.factories import LABELS, TEXT, make_article, make_engagement

ROOT = Path(__file__).resolve().parent.parent
SEEN: list[str] = []


@dataclass(frozen=True)
class Found:
    engagements: tuple[Engagement, ...]
    dropped: str | None = None


def extract(article: Article, kind: str = "meeting") -> Found:
    """One record an article, noted in SEEN."""
    SEEN.append(article.article_id)
    if article.text.endswith(" 3"):
        return Found((), "no_event")
    return Found((make_engagement(article, type=kind),))


def run_on(store: Path, numbers: range, *, kind: str = "meeting") -> RunReport:
    SEEN.clear()
    lines = [{"id": f"n{number:03}", "text": f"{TEXT} {number}"} for number in numbers]
    source = store.with_suffix(".jsonl")
    source.write_text("".join(f"{json.dumps(line)}\n" for line in lines))
    return run([str(source)], store, extract=extract if kind == "meeting" else partial(extract, kind=kind))


def records_in(store: Path) -> list[Engagement]:
    with open_store(store) as connection:
        return list(read_unmerged(connection))


def test_known_articles_are_taken_from_parts(tmp_path: Path) -> None:
    run_on(tmp_path / "store", range(20))
    before = records_in(tmp_path / "store")
    report = run_on(tmp_path / "store", range(20))
    assert (SEEN, report.known, report.articles, report.records) == ([], 20, 20, 19)
    assert report.dropped == {"no_event": 1}
    assert records_in(tmp_path / "store") == before


def test_new_articles_cost_what_they_cost_wherever_they_stand(tmp_path: Path) -> None:
    run_on(tmp_path / "store", range(10, 40))
    run_on(tmp_path / "store", range(5, 42))
    assert SEEN == ["n005", "n006", "n007", "n008", "n009", "n040", "n041"]
    run_on(tmp_path / "fresh", range(5, 42))
    assert records_in(tmp_path / "store") == records_in(tmp_path / "fresh")


def test_articles_left_out_leave_the_register_and_unused_parts_go(tmp_path: Path) -> None:
    store = tmp_path / "store"
    run_on(store, range(40))
    parts = len(list((store / "parts").iterdir()))
    run_on(store, range(4))
    assert SEEN == []
    assert [record.engagement_id for record in records_in(store)] == ["e-n000", "e-n001", "e-n002"]
    assert len(list((store / "parts").iterdir())) == 1 < parts


def test_a_broken_run_leaves_the_register_and_its_finished_parts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = make_engagement

    def break_at_50(article: Article, **changes: str) -> Engagement:
        if len(SEEN) > 50:
            raise OSError(5, "the disk went away")
        return made(article, **changes)

    store = tmp_path / "store"
    run_on(store, range(5))
    before = (store / REGISTER_FILE).read_bytes()
    monkeypatch.setattr(f"{__name__}.make_engagement", break_at_50)
    with pytest.raises(StoreError, match="went away"):
        run_on(store, range(100, 200))
    monkeypatch.setattr(f"{__name__}.make_engagement", made)
    assert (store / REGISTER_FILE).read_bytes() == before
    report = run_on(store, range(100, 200))
    assert [f"n{number}" for number in range(148, 200)] == SEEN
    assert (report.known, report.records) == (48, 100)


def test_changed_rules_read_all_again_and_clear_the_old_parts(tmp_path: Path) -> None:
    store = tmp_path / "store"
    run_on(store, range(5))
    run_on(store, range(5), kind="visit")
    assert len(SEEN) == 5
    assert {record.type for record in records_in(store)} == {"visit"}
    assert find_parts(store, version_of(extract)) == []
    assert len(find_parts(store, version_of(partial(extract, kind="visit")))) == 1


def test_a_damaged_part_is_read_anew(tmp_path: Path) -> None:
    store = tmp_path / "store"
    run_on(store, range(5))
    (part,) = find_parts(store, version_of(extract))
    part.write_bytes(part.read_bytes()[:-10])
    report = run_on(store, range(5))
    assert (len(SEEN), report.known, report.records) == (5, 0, 4)


def test_the_version_of_rules_is_of_the_sources() -> None:
    assert rules_version() == rules_version()
    assert (
        len({version_of(extract), version_of(partial(extract, kind="a")), version_of(partial(extract, kind="b"))}) == 3
    )


ALIKE = [
    make_article(),
    make_article(title="x"),
    make_article(text="x"),
    make_article(outlet=None),
    make_article(outlet=""),
    make_article(url="x"),
    make_article(article_id="x"),
    make_article(published=None),
    make_article(published_at_night=True),
]


def test_any_change_of_an_article_makes_another_key() -> None:
    assert len({key_of(article) for article in ALIKE}) == len(ALIKE)
    assert key_of(make_article()) == key_of(make_article())


def test_killed_runs_and_full_disks_lose_nothing(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults", tmp_path, "--kills", "5"],
        cwd=ROOT, capture_output=True, encoding="utf-8", check=False, timeout=120,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    *faults, last = map(json.loads, done.stdout.splitlines())
    assert len(faults) == 12
    assert all(fault["kept"] for fault in faults)
    assert last == {"equal": True, "left": ["parts", "register.duckdb", "register.lock"]}


def test_registers_are_told_apart_field_by_field(tmp_path: Path) -> None:
    article = make_article()
    stores = {
        "old": [make_engagement(engagement_id=name, type="meeting") for name in ("kept", "changed", "lost")],
        "new": [
            make_engagement(engagement_id="kept", type="meeting"),
            make_engagement(engagement_id="changed", type="visit", parties=("KWT", "CHN")),
            make_engagement(engagement_id="gained", type="meeting"),
        ],
    }
    for name, records in stores.items():
        (tmp_path / name).mkdir()
        build_store(tmp_path / name / REGISTER_FILE, articles=[article], engagements=records, labels=LABELS)
    with open_store(tmp_path / "old") as old, open_store(tmp_path / "new") as new:
        lines = list(compare_registers(old, new))
        assert list(compare_registers(old, old)) == ["0 gained, 0 lost, 0 changed, 3 the same"]
    assert [line[:9] for line in lines[:3]] == ["+ gained ", "- lost 20", "~ changed"]
    assert "    type: meeting -> visit" in lines
    assert "    parties: + CHN" in lines
    assert lines[-1] == "1 gained, 1 lost, 1 changed, 1 the same"


def test_a_line_of_progress_tells_rate_and_time_left() -> None:
    assert write_line(Progress(90, 40, 10), 10.0, 700) == (
        "90 articles, 40 records, 10 refused, 10 articles a second, about 01:00 left"
    )
    assert write_line(Progress(0, 0, 0), 10.0, 700).endswith("0 articles a second")


def test_the_number_of_articles_is_guessed_without_reading_them(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text("{}\n" * 30)
    (tmp_path / "b.txt").write_text("text")
    assert guess_articles([str(tmp_path)]) == 31
    assert guess_articles([str(tmp_path / "*.jsonl"), str(tmp_path / "missing")]) == 30
    assert guess_articles([]) is None
