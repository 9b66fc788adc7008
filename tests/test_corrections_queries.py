"""What is laid over a register is asked as any register is: selections, search, the queue, conflicts, hostile text."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from extract.corrections import Correction, CorrectionLog, write_value
from extract.models import Evidence
from extract.queries import (
    Filters,
    Register,
    count_choices,
    find_record,
    list_records,
    open_register,
    read_figures,
)
from extract.review import REASONS, count_reviewed, list_conflicts, next_to_review, read_review
from extract.store import open_store, read_engagements
from tests.corrected import set_field
from tests.factories import make_official
from tests.made_register import HOSTILE, MUSCAT, RECORDS, make_store

NAMES = tuple(one.engagement_id for one in RECORDS)
SELECTIONS = (Filters(), Filters(country=("KWT",), undated=False), Filters(text="مسقط", context=True))


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return make_store(tmp_path / "store")


def decide(store: Path, *corrections: Correction) -> Register:
    CorrectionLog(store).append(corrections, seen=None)
    return open_register(store)


def test_a_rejected_record_is_in_no_selection_and_the_last_of_all_may_be_one(store: Path) -> None:
    register = decide(store, *(Correction(name, "reject", "Amal") for name in NAMES[1:]))
    assert list(list_records(register, Filters())["engagement_id"]) == ["day"]
    assert read_figures(register, Filters()).engagements == 1
    assert find_record(register, "year") is None
    assert [one.engagement_id for one in read_engagements(register.connection)] == ["day"]
    register = decide(store, Correction("day", "reject", "Amal"))
    assert (read_figures(register, Filters()).engagements, len(list_records(register, Filters()))) == (0, 0)


def test_the_filter_of_review_counts_what_was_decided(store: Path) -> None:
    register = decide(store, Correction("day", "confirm", "Amal"), set_field("year", "status", "held"))
    counts = count_choices(register, Filters(), "review").set_index("code")["engagements"].to_dict()
    assert counts == {"unreviewed": 2, "confirmed": 1, "corrected": 1}
    assert list(list_records(register, Filters(review=("confirmed",)))["engagement_id"]) == ["day"]


def test_a_corrected_record_is_found_by_its_new_words_and_those_of_its_article_alone(store: Path) -> None:
    register = decide(store, set_field("undated", "venue_city", "صلالة"), set_field("undated", "summary", "ملخص جديد"))
    found = [list(list_records(register, Filters(text=text))["engagement_id"]) for text in ("صلالة", "script", "ملخص")]
    assert found == [["undated"]] * 3


def test_the_queue_has_the_doubtful_first_and_shrinks_with_each_decision(store: Path) -> None:
    register = open_register(store)
    first, *others = [one.engagement_id for one in next_to_review(register, Filters(), 9)]
    assert {first, *others} == set(NAMES)
    assert count_reviewed(register, Filters()) == (0, 4)
    register = decide(store, Correction(first, "confirm", "Amal"))
    assert [one.engagement_id for one in next_to_review(register, Filters(), 9)] == others
    assert count_reviewed(register, Filters()) == (1, 4)
    assert (read_review(register, first), read_review(register, others[0])) == ("confirmed", "unreviewed")
    assert len(next_to_review(register, Filters(), 2)) == 2


def test_doubt_goes_before_weight_and_its_reasons_are_told(store: Path) -> None:
    sure = replace(RECORDS[0], engagement_id="sure", confidence=0.87)
    background = replace(sure, engagement_id="background", role="background", confidence=0.7, officials=())
    nowhere = replace(sure, engagement_id="nowhere", venue_country=None, sources=RECORDS[-1].sources)
    other = make_official(name="سامي", name_canonical="سامي")
    named = replace(sure, engagement_id="named", officials=(*sure.officials, other))
    register = open_register(make_store(store, (sure, background, nowhere, named)))
    queue = {one.engagement_id: one.reasons for one in next_to_review(register, Filters(), 9)}
    assert list(queue) == ["background", "named", "nowhere", "sure"]  # the last three are as doubtful
    assert queue == {
        "background": ("crowded", "blank", "low_confidence"), "named": ("crowded", "new_name"), "sure": ("crowded",),
        "nowhere": ("blank",),
    }  # fmt: skip
    assert [one.engagement_id for one in next_to_review(register, Filters(role=("main",)), 2)] == ["named", "nowhere"]


def test_a_decision_in_conflict_comes_before_all_else(store: Path) -> None:
    decide(store, set_field("month", "status", "held"))
    changed = [replace(one, status="planned") if one.engagement_id == "month" else one for one in RECORDS]
    register = open_register(make_store(store, tuple(changed)))
    first = next_to_review(register, Filters(), 1)[0]
    assert (first.engagement_id, first.reasons[0]) == ("month", REASONS[0])
    assert [one.reason for one in list_conflicts(register, "month")] == ["value_changed"]
    assert count_reviewed(register, Filters()) == (0, 4)


def test_a_register_is_opened_anew_for_each_correction_and_only_then(store: Path) -> None:
    before = open_register(store)
    assert open_register(store) is before
    after = decide(store, Correction("day", "confirm", "Amal"))
    assert after is not before
    assert open_register(store) is after


def test_markup_and_formulas_in_a_correction_are_kept_as_text(store: Path) -> None:
    hostile = "<img src=x onerror=alert(1)>=1+1\t@SUM(A1)\u202e\"'; drop table engagement"
    evidence = Evidence("summary", "s", HOSTILE.article_id, 0, 3, HOSTILE.text[:3], "analyst")
    one = set_field("undated", "summary", hostile, evidence=(evidence,), why=hostile)
    register = decide(store, replace(one, author=hostile), set_field("undated", "venue_city", hostile))
    record = find_record(register, "undated")
    assert record is not None
    assert (record.summary, record.venue_city) == (hostile, hostile)
    assert CorrectionLog(store).history("undated")[0].author == hostile
    with open_store(store) as raw:
        assert next(read_engagements(raw, ["undated"])).venue_city == "مسقط"


def test_what_an_article_says_is_quoted_as_it_stands(store: Path) -> None:
    at = MUSCAT.text.index("مسقط")
    evidence = Evidence("venue_city", "مسقط", MUSCAT.article_id, at, at + 4, "مسقط", "any")
    register = decide(store, set_field("day", "venue_city", "مسقط", evidence=(evidence,)))
    record = find_record(register, "day")
    assert record is not None
    assert [(one.quote, one.rule) for one in record.evidence if one.field == "venue_city"] == [("مسقط", "analyst")]
    assert write_value("venue_city", record.venue_city) == "مسقط"
