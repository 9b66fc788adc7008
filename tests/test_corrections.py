"""What analysts decide: kept, found again after everything was extracted anew, and undone."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from extract.corrections import (
    CORRECTIONS_FILE,
    Correction,
    CorrectionError,
    CorrectionLog,
    Stale,
)
from extract.errors import StoreError
from extract.models import Evidence
from extract.store import REGISTER_FILE, open_store, read_engagements
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
from tests.factories import TEXT, make_evidence, make_official


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return build(tmp_path / "store")


def test_a_corrected_field_is_shown_and_the_register_is_as_it_was(store: Path) -> None:
    before = (store / REGISTER_FILE).read_bytes()
    quote = make_evidence("type", "visit", "بحثا التعاون")
    decide(store, set_field(FIRST, "type", "visit", evidence=(replace(quote, rule="analyst"),), why="زيارة"))
    record = shown(store)[FIRST]
    assert record.type == "visit"
    assert [one.rule for one in record.evidence if one.field == "type"] == ["analyst"]
    assert (store / REGISTER_FILE).read_bytes() == before
    with open_store(store) as raw:
        assert next(read_engagements(raw, [FIRST])).type == "meeting"


def test_the_line_of_english_says_what_was_corrected_unless_it_was_written_by_hand(store: Path) -> None:
    decide(store, set_field(FIRST, "type", "visit"), set_field(FIRST, "status", "planned"))
    assert "visit (planned)" in shown(store)[FIRST].summary_en
    decide(store, set_field(FIRST, "summary_en", "A visit of friends."), set_field(FIRST, "status", "held"))
    assert shown(store)[FIRST].summary_en == "A visit of friends."


FIELDS: dict[str, object] = {
    "role": "background", "type": "call", "status": "planned", "parties": ("KWT", "PAK"), "date_start": date(2024, 5, 7),
    "date_end": None, "date_precision": "month", "date_basis": "relative", "date_words": "أمس", "venue_country": None,
    "venue_city": "صلالة", "venue_city_en": "Salalah", "officials": (make_official(rank="minister", title=None),),
    "sectors": (), "projects": (), "amounts": (), "outcomes": (), "summary": "ملخص", "summary_en": "A line.",
}  # fmt: skip


@pytest.mark.parametrize("field", FIELDS)
def test_any_field_can_be_corrected(store: Path, field: str) -> None:
    decide(store, set_field(FIRST, field, FIELDS[field]))
    assert getattr(shown(store)[FIRST], field) == FIELDS[field]
    assert set(shown(store)) == {FIRST, SECOND, THIRD}


WRONG: dict[str, Correction] = {
    "no_code": set_field(FIRST, "type", "picnic"),
    "no_party": set_field(FIRST, "parties", ()),
    "no_such_country": set_field(FIRST, "venue_country", "ATLANTIS"),
    "no_rank": set_field(FIRST, "officials", (make_official(rank="boss"),)),
    "no_name": set_field(FIRST, "officials", (make_official(name="  "),)),
    "no_sector": Correction(FIRST, "set", "Amal", field="sectors", new=[["gossip", True]]),
    "no_day": Correction(FIRST, "set", "Amal", field="date_start", new="yesterday"),
    "no_list": Correction(FIRST, "set", "Amal", field="parties", new=7),
    "no_field": Correction(FIRST, "set", "Amal", field="engagement_id", new="x"),
    "no_action": Correction(FIRST, "burn", "Amal"),
    "no_author": Correction(FIRST, "confirm", " "),
    "no_others": Correction(FIRST, "merge", "Amal", new=()),
    "nothing_to_undo": Correction(FIRST, "undo", "Amal", new="none"),
    "words_elsewhere": set_field(
        FIRST, "type", "visit", evidence=(Evidence("type", "visit", "muscat-0", 0, 4, "زيار", "analyst"),)
    ),
    "words_of_no_length": set_field(
        FIRST, "type", "visit", evidence=(Evidence("type", "visit", "muscat-0", 0, 9, "زيار", "analyst"),)
    ),
}


@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG)
def test_what_cannot_be_is_refused_before_anything_is_written(store: Path, wrong: Correction) -> None:
    with pytest.raises(CorrectionError):
        decide(store, Correction(SECOND, "confirm", "Amal"), wrong)
    assert CorrectionLog(store).read() == []


def test_the_second_writer_of_a_record_is_told_and_overwrites_nothing(store: Path) -> None:
    log = CorrectionLog(store)
    seen = log.version()
    log.append([set_field(FIRST, "status", "planned")], seen=seen)
    with pytest.raises(Stale, match="Amal") as stale:
        log.append([replace(set_field(FIRST, "status", "cancelled"), author="Basim")], seen=seen)
    assert [one.new for one in stale.value.newer] == ["planned"]
    log.append([set_field(SECOND, "status", "cancelled")], seen=seen)  # another record: nobody is in the way
    assert [shown(store)[name].status for name in (FIRST, SECOND)] == ["planned", "cancelled"]


def test_a_correction_stands_when_all_is_extracted_anew_under_the_same_rules(store: Path) -> None:
    decide(store, set_field(FIRST, "date_start", date(2024, 5, 4)))
    build(store)
    assert shown(store)[FIRST].date_start == date(2024, 5, 4)
    assert conflicts(store) == []


def test_a_correction_stands_under_other_rules_that_give_the_record_another_id(store: Path) -> None:
    decide(store, set_field(FIRST, "status", "planned"), Correction(SECOND, "reject", "Amal"))
    renamed = [replace(one, engagement_id=f"new-{one.engagement_id}") for one in RECORDS]
    build(store, [replace(renamed[0], officials=(), confidence=0.5), renamed[1]])
    assert {name: one.status for name, one in shown(store).items()} == {f"new-{FIRST}": "planned"}
    assert conflicts(store) == []


def test_where_the_extractor_reads_another_value_now_both_are_kept_until_someone_decides(store: Path) -> None:
    decide(store, set_field(FIRST, "status", "planned"))
    build(store, [replace(RECORDS[0], status="cancelled"), RECORDS[1]])
    (conflict,) = conflicts(store)
    assert (conflict.reason, conflict.theirs, conflict.then, conflict.now) == (
        "value_changed", "planned", "held", "cancelled",
    )  # fmt: skip
    assert shown(store)[FIRST].status == "planned"
    decide(store, Correction(FIRST, "keep", "Basim", field="status"))
    assert (conflicts(store), shown(store)[FIRST].status) == ([], "planned")
    decide(store, Correction(FIRST, "take", "Basim", field="status"))
    assert (conflicts(store), shown(store)[FIRST].status) == ([], "cancelled")


def test_an_article_that_was_changed_asks_for_a_decision(store: Path) -> None:
    quote = replace(make_evidence("type", "visit", "بحثا التعاون", ARTICLES[0]), rule="analyst")
    decide(store, set_field(FIRST, "type", "visit", evidence=(quote,)))
    build(store, [replace(RECORDS[0], evidence=())], text=f"عاجل: {TEXT}")
    assert [one.reason for one in conflicts(store)] == ["text_changed"]
    record = shown(store)[FIRST]
    assert (record.type, record.evidence) == ("visit", ())
    decide(store, Correction(FIRST, "take", "Basim", field="type"))
    assert (conflicts(store), shown(store)[FIRST].type) == ([], "meeting")


def test_a_record_that_is_no_longer_extracted_keeps_its_correction_in_sight(store: Path) -> None:
    decide(store, set_field(FIRST, "type", "visit"), Correction(SECOND, "confirm", "Amal"))
    build(store, [MERGED])
    assert [(one.correction.engagement_id, one.reason) for one in conflicts(store)] == [
        (SECOND, "record_gone"), (FIRST, "record_gone"),
    ]  # fmt: skip


def test_a_report_is_split_off_and_put_back(store: Path) -> None:
    split = Correction(THIRD, "split", "Amal", new=(MEMBERS[1].engagement_id,))
    decide(store, split)
    assert {name: len(one.sources) for name, one in shown(store).items()} == {
        FIRST: 1, SECOND: 1, THIRD: 1, MEMBERS[1].engagement_id: 1,
    }  # fmt: skip
    decide(store, Correction(THIRD, "undo", "Basim", new=split.correction_id))
    assert shown(store)[THIRD] == MERGED


def test_the_first_report_of_a_merged_record_can_be_the_one_that_leaves(store: Path) -> None:
    decide(store, Correction(THIRD, "split", "Amal", new=(MEMBERS[0].engagement_id,)))
    found = shown(store)
    assert [found[one.engagement_id].sources for one in MEMBERS] == [one.sources for one in MEMBERS]


def test_two_records_are_made_one_with_all_sources(store: Path) -> None:
    decide(store, set_field(SECOND, "status", "planned"), Correction(FIRST, "merge", "Amal", new=(SECOND, THIRD)))
    found = shown(store)
    assert set(found) == {FIRST}
    assert {one.article_id for one in found[FIRST].sources} == {article.article_id for article in ARTICLES}


def test_a_record_is_added_by_hand(store: Path) -> None:
    record = replace(
        RECORDS[0], engagement_id="", type="agreement", evidence=(make_evidence("type", "x", "بحثا", ARTICLES[0]),)
    )
    decide(store, Correction("", "add", "Amal", new=record))
    (added,) = set(shown(store)) - {FIRST, SECOND, THIRD}
    assert shown(store)[added] == replace(record, engagement_id=added)
    decide(store, set_field(added, "type", "call"))
    assert shown(store)[added].type == "call"
    build(store)
    assert shown(store)[added].type == "call"


def test_a_store_without_a_register_keeps_what_is_imported(tmp_path: Path) -> None:
    assert CorrectionLog(tmp_path).version() == 0
    assert not (tmp_path / CORRECTIONS_FILE).exists()
    CorrectionLog(tmp_path).append([Correction("elsewhere", "confirm", "Amal")], seen=None)
    assert [one.engagement_id for one in CorrectionLog(tmp_path).read()] == ["elsewhere"]


def test_nothing_in_the_log_can_be_changed_or_removed(store: Path) -> None:
    decide(store, Correction(FIRST, "confirm", "Amal"))
    with sqlite3.connect(store / CORRECTIONS_FILE) as log:
        for sql in ("update correction set line = ''", "delete from correction"):
            with pytest.raises(sqlite3.IntegrityError, match="append-only"):
                log.execute(sql)
    log.close()


def test_a_file_that_is_no_log_is_told(store: Path) -> None:
    (store / CORRECTIONS_FILE).write_bytes(b"no database at all, but long enough to look like one" * 40)
    with pytest.raises(StoreError, match="corrections"):
        CorrectionLog(store).read()
