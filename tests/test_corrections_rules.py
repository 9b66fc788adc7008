"""Decisions that meet each other: merges in a row, what was rejected or added, what was confirmed, and what cannot be kept."""

from __future__ import annotations

import csv
import io
import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from extract.__main__ import main
from extract.corrections import (
    Correction,
    CorrectionError,
    CorrectionLog,
    Stale,
    open_corrected,
    write_correction,
    write_value,
)
from extract.corrections.exchange import read_correction, read_corrections
from extract.models import Amount, Engagement, Evidence, Source
from extract.write import to_bytes
from tests.corrected import (
    ARTICLES,
    FIRST,
    MEMBERS,
    MERGED,
    RECORDS,
    SECOND,
    THIRD,
    build,
    conflicts,
    decide,
    set_field,
    shown,
)
from tests.factories import make_official

WRITERS = 50


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return build(tmp_path / "store")


def reviews(store: Path) -> dict[str, str]:
    connection, overlay = open_corrected(store)
    connection.close()
    return overlay.reviews


def test_merges_in_a_row_end_in_one_record_that_has_what_was_set_on_each(store: Path) -> None:
    decide(store, set_field(THIRD, "venue_city", "صلالة"))
    decide(store, Correction(SECOND, "merge", "Amal", new=(THIRD,)), Correction(FIRST, "merge", "Amal", new=(SECOND,)))
    (record,) = shown(store).values()
    assert (record.engagement_id, record.venue_city, len(record.sources)) == (FIRST, "صلالة", 4)
    assert conflicts(store) == []


def test_of_two_settings_on_records_that_were_merged_since_neither_is_dropped_in_silence(store: Path) -> None:
    merge = Correction(FIRST, "merge", "Amal", new=(SECOND,))
    decide(store, set_field(FIRST, "venue_city", "صلالة"), set_field(FIRST, "type", "visit"))
    decide(store, set_field(SECOND, "venue_city", "نزوى"), set_field(SECOND, "type", "visit"), merge)
    (conflict,) = conflicts(store)
    assert conflict.rival
    assert (conflict.reason, conflict.theirs, conflict.rival.new) == ("set_on_both", "نزوى", "صلالة")
    assert (shown(store)[FIRST].venue_city, reviews(store)[FIRST]) == ("نزوى", "conflict")
    settling = [Correction(FIRST, "keep", "Basim", field="venue_city"), set_field(FIRST, "venue_city", "صلالة")]
    for one, city in zip(settling, ("نزوى", "صلالة"), strict=True):
        decide(store, one)
        assert (conflicts(store), shown(store)[FIRST].venue_city) == ([], city)
        decide(store, Correction(FIRST, "undo", "Basim", new=one.correction_id))
        assert len(conflicts(store)) == 1
    decide(store, Correction(FIRST, "undo", "Basim", new=merge.correction_id))
    assert conflicts(store) == []
    assert {name: shown(store)[name].venue_city for name in (FIRST, SECOND)} == {FIRST: "صلالة", SECOND: "نزوى"}


def test_of_two_settings_on_reports_that_the_extractor_merges_now_both_are_shown(store: Path) -> None:
    left, right = (one.engagement_id for one in MEMBERS)
    build(store, [*RECORDS, *MEMBERS])
    decide(store, set_field(left, "status", "planned"), set_field(right, "status", "cancelled"))
    assert conflicts(store) == []
    build(store)
    assert [one.reason for one in conflicts(store)] == ["set_on_both"]
    decide(store, set_field(THIRD, "status", "planned"))
    assert (conflicts(store), shown(store)[THIRD].status) == ([], "planned")


def source_of(store: Path, name: str, article_id: str) -> Source:
    return next(one for one in shown(store)[name].sources if one.article_id == article_id)


def test_what_is_known_of_an_article_is_corrected_for_all_of_its_records_and_through_another_run(store: Path) -> None:
    old = source_of(store, FIRST, ARTICLES[0].article_id)
    new = replace(old, outlet="وكالة الأنباء العمانية", title="عنوان آخر", published=date(2024, 5, 9))
    other = replace(RECORDS[0], engagement_id="other", type="call")
    build(store, [*RECORDS, other])
    one = Correction(
        FIRST, "set", "Amal", field="sources", old=write_value("sources", (old,)), new=write_value("sources", (new,))
    )
    decide(store, one)
    for name in (FIRST, "other"):
        assert source_of(store, name, old.article_id) == new
    assert reviews(store) == {FIRST: "corrected"}
    assert read_correction(write_correction(one)) == one
    assert "وكالة الأنباء العمانية" in to_bytes("csv", [shown(store)["other"]]).decode("utf-8-sig")

    build(store, [replace(RECORDS[0], engagement_id="renamed", type="visit"), RECORDS[1]])
    assert (source_of(store, "renamed", old.article_id), conflicts(store)) == (new, [])
    found = replace(old, outlet="صحيفة")
    build(store, [replace(RECORDS[0], sources=(found,)), RECORDS[1]])
    (conflict,) = conflicts(store)
    assert (conflict.reason, conflict.now) == ("value_changed", write_value("sources", (found,)))
    decide(store, Correction(FIRST, "keep", "Amal", field="sources", new=old.article_id))
    assert (source_of(store, FIRST, old.article_id), conflicts(store)) == (new, [])
    decide(store, Correction(FIRST, "take", "Amal", field="sources", new=old.article_id))
    assert (source_of(store, FIRST, old.article_id), conflicts(store)) == (found, [])


def test_of_a_merged_record_one_source_is_corrected_and_stays_when_a_report_is_split_off(store: Path) -> None:
    left, right = MERGED.sources
    new = replace(right, title="عنوان آخر")
    decide(store, Correction(THIRD, "set", "Amal", field="sources", new=write_value("sources", (new,))))
    assert shown(store)[THIRD].sources == (left, new)
    decide(store, Correction(THIRD, "split", "Amal", new=(MEMBERS[1].engagement_id,)))
    assert shown(store)[MEMBERS[1].engagement_id].sources == (new,)


def test_what_was_rejected_before_it_was_merged_rejects_not_the_whole(store: Path) -> None:
    decide(store, Correction(SECOND, "reject", "Amal"), Correction(FIRST, "merge", "Basim", new=(SECOND,)))
    assert set(shown(store)) == {FIRST, THIRD}


def test_all_reports_of_a_merged_record_can_be_told_apart(store: Path) -> None:
    decide(store, Correction(THIRD, "split", "Amal", new=tuple(one.engagement_id for one in MEMBERS)))
    assert {name: len(one.sources) for name, one in shown(store).items() if name not in (FIRST, SECOND)} == {
        one.engagement_id: 1 for one in MEMBERS
    }


def test_a_rejected_record_stays_hidden_whatever_is_read_now_and_asks_for_nothing(store: Path) -> None:
    decide(store, set_field(FIRST, "status", "planned"), Correction(FIRST, "reject", "Amal"))
    build(store, [replace(RECORDS[0], status="cancelled"), RECORDS[1]])
    assert (FIRST in shown(store), conflicts(store), reviews(store)) == (False, [], {FIRST: "rejected"})


def test_a_record_that_was_confirmed_is_asked_about_again_where_it_reads_otherwise(store: Path) -> None:
    decide(store, Correction(FIRST, "confirm", "Amal"))
    build(store, [replace(RECORDS[0], confidence=0.1, summary="ملخص آخر"), RECORDS[1]])
    assert (conflicts(store), reviews(store)) == ([], {FIRST: "confirmed"})
    build(store, [replace(RECORDS[0], status="planned"), RECORDS[1]])
    (conflict,) = conflicts(store)
    assert (conflict.reason, conflict.then, conflict.now) == (
        "value_changed", {"status": "held"}, {"status": "planned"},
    )  # fmt: skip
    assert reviews(store) == {FIRST: "conflict"}
    decide(store, Correction(FIRST, "confirm", "Basim"))
    assert (conflicts(store), reviews(store)) == ([], {FIRST: "confirmed"})


def test_an_added_record_can_be_corrected_again_and_again_and_its_adding_undone(store: Path) -> None:
    added = Correction("", "add", "Amal", new=replace(RECORDS[0], engagement_id=""))
    decide(store, added)
    (name,) = set(shown(store)) - {FIRST, SECOND, THIRD}
    for day in (date(2020, 1, 1), date(2021, 1, 1)):
        decide(store, set_field(name, "date_start", day))
    assert (shown(store)[name].date_start, conflicts(store), reviews(store)) == (day, [], {name: "added"})
    decide(store, Correction(name, "undo", "Amal", new=added.correction_id))
    assert (set(shown(store)), conflicts(store)) == ({FIRST, SECOND, THIRD}, [])


def test_the_history_follows_a_record_to_its_new_id(store: Path) -> None:
    decide(store, set_field(FIRST, "status", "planned"))
    build(store, [replace(RECORDS[0], engagement_id="renamed", officials=()), RECORDS[1]])
    connection, overlay = open_corrected(store)
    connection.close()
    assert overlay.names("renamed") == ("renamed", FIRST)
    decide(store, set_field("renamed", "type", "visit"))
    assert [one.field for one in CorrectionLog(store).history(*overlay.names("renamed"))] == ["status", "type"]


def test_of_two_records_that_are_as_like_neither_is_taken(store: Path) -> None:
    decide(store, set_field(FIRST, "status", "planned"))
    build(store, [replace(RECORDS[0], engagement_id=name) for name in ("one", "other")])
    assert {name: one.status for name, one in shown(store).items()} == {"one": "held", "other": "held"}
    assert [one.reason for one in conflicts(store)] == ["record_gone"]


def test_of_fifty_who_saw_the_same_record_one_writes_and_the_others_are_told(store: Path) -> None:
    def write(number: int) -> bool:
        try:
            CorrectionLog(store).append([replace(set_field(FIRST, "status", "planned"), author=str(number))], seen=0)
        except Stale as error:
            return bool(error.newer) and False
        return True

    with ThreadPoolExecutor(WRITERS) as crew:
        assert sum(crew.map(write, range(WRITERS))) == 1
    assert len(CorrectionLog(store).read()) == 1


def added(**changes: Any) -> Correction:
    return Correction("", "add", "Amal", new=replace(RECORDS[0], engagement_id="", **changes))


POISON = {
    "infinite": set_field(FIRST, "amounts", (Amount(float("inf"), "USD", None, None),)),
    "no_number": Correction(FIRST, "set", "Amal", field="amounts", new=[["7", "USD", None, None]]),
    "title_a_number": set_field(FIRST, "officials", (make_official(title=5),)),
    "half_a_letter": set_field(FIRST, "venue_city", "\ud800"),
    "nul": set_field(FIRST, "venue_city", "a\0b"),
    "source_of_script": set_field(FIRST, "sources", (replace(MERGED.sources[0], url="javascript:alert(1)"),)),
    "source_of_no_day": Correction(FIRST, "set", "Amal", field="sources", new=[["a", "", None, None, "soon"]]),
    "sources_at_once": set_field(FIRST, "sources", MERGED.sources),
    "source_cut": Correction(FIRST, "set", "Amal", field="sources", new=[["a"]]),
    "keep_of_no_source": Correction(FIRST, "keep", "Amal", field="sources"),
    "field_of_keep": Correction(FIRST, "keep", "Amal", field="__class__"),
    "no_source": added(sources=()),
    "no_type": added(type="picnic"),
    "no_share": added(confidence="high"),
    "evidence_empty": set_field(FIRST, "type", "call", evidence=(Evidence("type", "call", "muscat-0", 2**40, 2**40, "", "x"),)),
    "evidence_of_nothing": set_field(FIRST, "type", "call", evidence=(Evidence("type", "call", "nowhere", 0, 1, "x", "x"),)),
}  # fmt: skip


@pytest.mark.parametrize("poison", POISON.values(), ids=POISON)
def test_what_a_register_could_not_hold_is_refused_when_it_comes_in(store: Path, poison: Correction) -> None:
    with pytest.raises(CorrectionError):
        CorrectionLog(store).append([poison], seen=None)
    assert len(shown(store)) == 3


@pytest.mark.parametrize(
    "changes", [{"author": 5}, {"why": None}, {"evidence": [{}]}, {"anchor": {"texts": 1}}, {"x": 1}]
)
def test_a_shared_line_with_parts_of_another_kind_is_refused(changes: dict[str, Any]) -> None:
    line = json.loads(write_correction(Correction(FIRST, "confirm", "Amal")))
    with pytest.raises(CorrectionError, match="line 1"):
        list(read_corrections([json.dumps(line | changes)]))


def test_a_corrected_record_is_whole_in_its_other_fields(store: Path) -> None:
    before: Engagement = shown(store)[FIRST]
    decide(store, set_field(FIRST, "status", "planned"))
    after = shown(store)[FIRST]
    own = {"field_confidence": before.field_confidence, "summary_en": before.summary_en}
    assert replace(after, status="held", **own) == before  # type: ignore[arg-type]


def test_a_correction_becomes_no_formula_and_moves_no_terminal(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    formula = '=HYPERLINK("x")\x1b[2J'
    decide(store, replace(set_field(FIRST, "venue_city", formula), author="Amal\x1b]0;x\x07\u202e"))
    (row,) = [
        one
        for one in csv.reader(io.StringIO(to_bytes("csv", [shown(store)[FIRST]]).decode("utf-8-sig")))
        if FIRST in one
    ]
    assert [cell for cell in row if "HYPERLINK" in cell]
    assert not [cell for cell in row if cell.startswith("=")]
    assert main(["corrections", "list", "--store", str(store)]) == 0
    assert all(line.isprintable() for line in capsys.readouterr().out.splitlines())
