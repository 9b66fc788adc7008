"""Any decisions in any order, by many at once, in a process that is killed: none is lost, and desks share them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.__main__ import main
from extract.corrections import (
    Correction,
    CorrectionLog,
    Overlay,
    read_corrections,
    write_correction,
    write_value,
)
from extract.corrections.anchors import Ground
from extract.corrections.model import Anchor
from extract.corrections.overlay import build_overlay
from extract.store import open_store
from tests.corrected import (
    FIRST,
    MEMBERS,
    RECORDS,
    SECOND,
    THIRD,
    build,
    decide,
    kill_while_writing,
    set_field,
    shown,
)
from tests.factories import TEXT, make_official

KILLS = 10
WRITERS = 50


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return build(tmp_path / "store")


# ---- any sequence of decisions


def _values(field: str) -> st.SearchStrategy[object]:
    return st.sampled_from({
        "type": ["meeting", "visit", "call"], "status": ["held", "planned"], "date_start": ["2024-05-06", "2024-05-09", None],
        "parties": [[["OMN"], ["KWT"]], [["OMN"]], [["PAK"], ["OMN"]]],
        "officials": [[], write_value("officials", [make_official()])],
    }[field])  # fmt: skip


NAMES = st.sampled_from([FIRST, SECOND, THIRD, MEMBERS[1].engagement_id, "gone"])
DECISIONS = st.one_of(
    st.sampled_from(["type", "status", "date_start", "parties", "officials"]).flatmap(
        lambda field: st.builds(
            lambda name, new: Correction(name, "set", "Amal", field=field, new=new), NAMES, _values(field)
        )
    ),
    st.builds(Correction, NAMES, st.sampled_from(["confirm", "reject"]), st.just("Basim")),
    st.builds(
        lambda name, what: Correction(name, what, "Amal", field="type"), NAMES, st.sampled_from(["keep", "take"])
    ),
    st.builds(lambda one, two: Correction(one, "merge", "Amal", new=(two,)), NAMES, NAMES),
    st.builds(lambda two: Correction(THIRD, "split", "Amal", new=(two,)), NAMES),
    st.integers(0, 9),  # undo what was decided so many decisions ago
)


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ground]:
    with open_store(build(tmp_path_factory.mktemp("ground") / "store")) as connection:
        yield Ground(connection)


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> CorrectionLog:
    return CorrectionLog(tmp_path_factory.mktemp("log"))


def _anchored(ground: Ground, drawn: list[Correction | int]) -> list[Correction]:
    made: list[Correction] = []
    for one in drawn:
        if isinstance(one, Correction):
            made.append(one)
        elif made:
            target = made[-1 - one % len(made)]
            made.append(Correction(target.engagement_id, "undo", "Amal", new=target.correction_id))
    return [replace(one, anchor=ground.anchor(one) or Anchor()) for one in made]


def _fresh(correction: Correction) -> Correction:
    """A decision as `given` drew it, with an id of its own: one that was drawn twice was made twice."""
    return replace(correction, correction_id=os.urandom(8).hex())


@settings(max_examples=1_000, deadline=None)
@given(st.lists(DECISIONS, min_size=1, max_size=8))
def test_any_decisions_are_kept_undone_exactly_and_the_same_after_export_and_import(
    ground: Ground, log: CorrectionLog, drawn: list[Correction | int]
) -> None:
    made = _anchored(ground, [_fresh(one) if isinstance(one, Correction) else one for one in drawn])
    if not made:
        return
    before, after = build_overlay(ground, made[:-1]), build_overlay(ground, made)
    undo = Correction(made[-1].engagement_id, "undo", "Amal", new=made[-1].correction_id)
    assert _seen(build_overlay(ground, [*made, undo])) == _seen(before)
    for record in after.records.values():
        assert all(TEXT[item.start : item.end] == item.quote for item in record.evidence)
    version = log.version()
    log.append(made, seen=None)
    kept = log.read(version)
    assert [one.correction_id for one in kept] == [one.correction_id for one in made]
    again = list(read_corrections(map(write_correction, kept)))
    assert list(map(write_correction, again)) == list(map(write_correction, kept))
    assert _seen(build_overlay(ground, again)) == _seen(after)


def _seen(overlay: Overlay) -> object:
    """What an overlay shows, without the numbers that decisions have in one log."""
    told = [(replace(one.correction, number=0, anchor=None), one.reason) for one in overlay.conflicts]
    return (overlay.records, overlay.hidden, overlay.reviews, told)


def test_fifty_writers_at_once_lose_nothing(store: Path) -> None:
    def write(number: int) -> int:
        one = Correction(SECOND, "confirm", f"analyst {number}")
        return CorrectionLog(store).append([one], seen=None)

    with ThreadPoolExecutor(WRITERS) as crew:
        numbers = list(crew.map(write, range(WRITERS)))
    kept = CorrectionLog(store).read()
    assert {one.author for one in kept} == {f"analyst {number}" for number in range(WRITERS)}
    assert sorted(one.number for one in kept) == list(range(1, WRITERS + 1))
    assert max(numbers) == WRITERS


def test_a_writer_that_is_killed_loses_nothing_that_it_acknowledged(store: Path) -> None:
    assert kill_while_writing(store, KILLS) >= KILLS


# ---- the command line


def test_the_command_line_lists_shares_and_measures(
    store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    decide(store, set_field(FIRST, "type", "visit"), Correction(SECOND, "reject", "Amal"))
    build(store, [replace(RECORDS[0], type="call"), RECORDS[1]])
    assert main(["corrections", "list", "--store", str(store)]) == 0
    listed = capsys.readouterr().out
    assert "set type: meeting -> visit" in listed
    assert "value_changed: visit was set where meeting was read; now call is" in listed
    assert main(["corrections", "export", "--store", str(store), "--out", str(tmp_path / "shared.jsonl")]) == 0
    other = build(tmp_path / "other")
    for _ in range(2):
        assert main(["corrections", "import", "--store", str(other), str(tmp_path / "shared.jsonl")]) == 0
    assert [one.type for one in shown(other).values()] == ["visit", "meeting"]
    for switch, count in (([], 2), (["--without-corrections"], 3)):
        capsys.readouterr()
        assert main(["export", "--format", "jsonl", "--store", str(other), *switch]) == 0
        assert len(capsys.readouterr().out.splitlines()) == count
    assert main(["score", "--corrections", "--store", str(other)]) == 0
    measured = capsys.readouterr().out
    assert "2 reviewed records" in measured
    assert "record 0.500 1/2" in " ".join(measured.split())
    assert main(["info", "--store", str(other)]) == 0
    assert "corrections" in capsys.readouterr().out


def test_a_line_that_is_no_correction_stops_an_import(store: Path, tmp_path: Path) -> None:
    good = write_correction(Correction(FIRST, "confirm", "Amal"))
    for bad in ("{}", "not json", '["list"]', good.replace("confirm", "burn")):
        (tmp_path / "shared.jsonl").write_text(f"{good}\n{bad}\n", encoding="utf-8")
        assert main(["corrections", "import", "--store", str(store), str(tmp_path / "shared.jsonl")]) != 0
    assert CorrectionLog(store).read() == []
