"""Corrections on real runs: articles are read again, by the same rules, by others, or with another text, and decisions stand."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest

from extract.corrections import Correction, CorrectionLog, Overlay, Stale, open_corrected, write_value
from extract.models import Article, Engagement, Evidence
from extract.pipeline import extract_records
from extract.run import run
from extract.store import open_store, read_engagements

TEXT = "استقبل وزير الخارجية العماني بدر البوسعيدي نظيره الكويتي في مسقط يوم 6 مايو 2024."
OTHER = "زار وزير الخارجية المصري سامح فوزي تونس يوم 3 مارس 2023."


@dataclass(frozen=True)
class Found:
    engagements: tuple[Engagement, ...]
    dropped: str | None = None


def other_rules(article: Article, **changes: Any) -> Found:
    """The records as other rules would have them: under other ids, some values changed."""
    found = extract_records(article).engagements
    return Found(tuple(replace(one, engagement_id=f"v2-{one.engagement_id}", **changes) for one in found))


@pytest.fixture
def inputs(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "muscat.txt").write_text(TEXT, encoding="utf-8")
    (folder / "tunis.txt").write_text(OTHER, encoding="utf-8")
    return folder


@pytest.fixture
def store(tmp_path: Path, inputs: Path) -> Path:
    run([str(inputs)], tmp_path / "store")
    return tmp_path / "store"


def _shown(store: Path) -> tuple[dict[str, Engagement], Overlay]:
    connection, overlay = open_corrected(store)
    with connection:
        return {one.sources[0].article_id: one for one in read_engagements(connection)}, overlay


def _correct(store: Path) -> str:
    """The day of the meeting is the fifth, as the words say that are quoted."""
    record = _shown(store)[0]["muscat"]
    start = TEXT.index("6 مايو")
    quote = Evidence("date_start", "2024-05-05", "muscat", start, start + 6, "6 مايو", "analyst")
    days = [
        Correction(
            record.engagement_id, "set", "Amal", field=field, old="2024-05-06", new="2024-05-05", evidence=(quote,)
        )
        for field in ("date_start", "date_end")
    ]
    CorrectionLog(store).append(days, seen=0)
    return record.engagement_id


FIFTH = date(2024, 5, 5)
RULES: dict[str, tuple[Callable[[Article], Any], int]] = {
    "same": (extract_records, 0),
    "other_ids": (other_rules, 0),
    "other_type": (partial(other_rules, type="visit"), 0),
    "other_day": (partial(other_rules, date_start=date(2024, 5, 8), date_end=date(2024, 5, 8)), 2),
    "agreeing": (partial(other_rules, date_start=FIFTH, date_end=FIFTH), 0),
}


@pytest.mark.parametrize("rules", RULES)
def test_a_corrected_day_stands_after_every_run(store: Path, inputs: Path, rules: str) -> None:
    _correct(store)
    extract, conflicts = RULES[rules]
    run([str(inputs)], store, extract=extract)
    records, overlay = _shown(store)
    assert (records["muscat"].date_start, records["muscat"].date_end) == (FIFTH, FIFTH)
    assert len(records) == 2
    assert [one.reason for one in overlay.conflicts] == ["value_changed"] * conflicts


def test_an_article_with_another_text_keeps_the_correction_and_asks(store: Path, inputs: Path) -> None:
    _correct(store)
    (inputs / "muscat.txt").write_text(f"خبر عاجل اليوم\n{TEXT}", encoding="utf-8")
    run([str(inputs)], store)
    records, overlay = _shown(store)
    assert records["muscat"].date_start == FIFTH
    assert {one.correction.field for one in overlay.conflicts} == {"date_start", "date_end"}
    with open_store(store) as connection:
        texts = dict(connection.execute("select article_id, text from article").fetchall())
    for one in records.values():
        assert all(texts[item.article_id][item.start : item.end] == item.quote for item in one.evidence)


def test_an_article_that_left_and_came_back_finds_its_correction(store: Path, inputs: Path) -> None:
    _correct(store)
    run([str(inputs / "tunis.txt")], store)
    records, overlay = _shown(store)
    assert set(records) == {"tunis"}
    assert [one.reason for one in overlay.conflicts] == ["record_gone", "record_gone"]
    run([str(inputs)], store)
    records, overlay = _shown(store)
    assert (records["muscat"].date_start, overlay.conflicts) == (FIFTH, ())


def test_a_rejected_record_stays_away_and_one_added_by_hand_stays(store: Path, inputs: Path) -> None:
    records, _ = _shown(store)
    added = replace(records["tunis"], engagement_id="", type="call")
    reject = Correction(records["muscat"].engagement_id, "reject", "Amal")
    CorrectionLog(store).append([reject, Correction("", "add", "Amal", new=added)], seen=0)
    for extract in (extract_records, other_rules):
        run([str(inputs)], store, extract=extract)
        connection, _ = open_corrected(store)
        with connection:
            assert sorted(one.type for one in read_engagements(connection)) == ["call", records["tunis"].type]


def _write(store: Path, number: int, seen: int) -> str:
    """Correct one of two records in a process of its own: what became of it."""
    name = f"e-{number % 2}"
    one = Correction(name, "set", f"analyst {number}", field="status", new=write_value("status", "planned"))
    try:
        CorrectionLog(store).append([one], seen=seen)
    except Stale as stale:
        return f"told of {len(stale.newer)}"
    return "written"


def _write_all(store: Path, first: int) -> list[str]:
    """Half of the writers, all at once, each with its own connection."""
    with ThreadPoolExecutor(25) as crew:
        return list(crew.map(lambda number: _write(store, number, 0), range(first, first + 25)))


def test_of_fifty_writers_in_two_processes_who_saw_the_same_one_a_record_writes_and_the_others_are_told(
    tmp_path: Path,
) -> None:
    with get_context("spawn").Pool(2) as crew:
        became = [one for some in crew.starmap(_write_all, [(tmp_path, 0), (tmp_path, 25)]) for one in some]
    kept = CorrectionLog(tmp_path).read()
    assert sorted(one.engagement_id for one in kept) == ["e-0", "e-1"]
    assert became.count("written") == 2
    assert became.count("told of 1") == 48
