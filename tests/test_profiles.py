"""Countries compared, people and whom they met, and where a record stands: against plain counts over the same records."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from extract.accuracy import Accuracy, read_accuracy, write_accuracy
from extract.contacts import Person, count_people, list_contacts, list_encounters, list_people
from extract.profiles import BREAKDOWNS, NO_RANK, count_contacts, count_shared, list_planned, read_profiles
from extract.provenance import count_refusals, find_place, list_refusals, read_meta
from extract.queries import Filters, Register, list_records, open_register
from tests.factories import make_engagement, make_official
from tests.made_register import MUSCAT, RECORDS, make_store

KUWAITI = make_official(
    name="عبدالله اليحيا", name_canonical="عبدالله اليحيا", name_latin="Abdullah Al Yahya", country="KWT"
)
AMIR = make_official(name="مشعل", name_canonical="مشعل", name_latin="Mishal", rank="head_of_state", country="KWT")


def plan(key: str, day: date, **changes: object) -> object:
    dates = {"date_start": day, "date_end": day, "status": "planned", "officials": ()}
    return make_engagement(MUSCAT, engagement_id=key, **(dates | changes))


MORE = (
    make_engagement(MUSCAT, engagement_id="both", officials=(make_official(), KUWAITI, AMIR)),
    make_engagement(MUSCAT, engagement_id="letter", type="message", officials=(make_official(), KUWAITI)),
    plan("kept", date(2024, 5, 8)),
    plan("far", date(2024, 1, 20)),
    plan("ahead", date(2031, 1, 1)),
    plan("others", date(2024, 5, 6), parties=("OMN", "PAK")),
)


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Register:
    return open_register(make_store(tmp_path_factory.mktemp("profiles") / "store", (*RECORDS, *MORE)))  # type: ignore[arg-type]


ALL = [*RECORDS, *MORE]


def test_the_first_contact_is_news_and_no_history_told_in_passing(tmp_path: Path) -> None:
    past = make_engagement(
        MUSCAT, engagement_id="past", role="background", parties=("OMN", "PAK"),
        date_start=date(1926, 1, 1), date_end=date(1926, 12, 31), date_precision="year",
    )  # fmt: skip
    alone = replace(past, engagement_id="alone", parties=("OMN", "FRA"))
    frame = read_profiles(
        open_register(make_store(tmp_path / "store", (*RECORDS, past, alone))), Filters(), ("OMN", "FRA")
    )
    assert frame["first_id"].tolist()[0] != "past"
    assert frame.loc[0, "first_date"].year == 2024
    assert frame.loc[1, ["first_id", "last_id"]].tolist() == ["alone", "alone"]


def test_figures_of_two_countries_side_by_side(register: Register) -> None:
    frame = read_profiles(register, Filters(), ("PAK", "KWT", "FRA"))
    assert frame["party_code"].tolist() == ["PAK", "KWT", "FRA"]
    for row in frame.to_dict("records"):
        own = [one for one in ALL if row["party_code"] in one.parties]  # type: ignore[attr-defined]
        assert row["engagements"] == len(own)
        for status in ("held", "planned", "cancelled"):
            assert row[status] == sum(one.status == status for one in own)  # type: ignore[attr-defined]
    assert frame.loc[1, "last_date"].date() == date(2024, 5, 6)
    assert frame.loc[1, "partners"] == 3
    assert count_shared(register, Filters(), ("KWT", "OMN")) == sum({"KWT", "OMN"} <= set(one.parties) for one in ALL)  # type: ignore[attr-defined]


@pytest.mark.parametrize("by", BREAKDOWNS)
def test_a_breakdown_adds_up(register: Register, by: str) -> None:
    counts = count_contacts(register, Filters(), ("KWT",), by)
    kuwait = read_profiles(register, Filters(), ("KWT",)).iloc[0]
    total = int(counts["engagements"].sum())
    if by in ("type", "status", "own_rank", "other_rank"):
        assert total == kuwait["engagements"]
    elif by == "year":
        assert total == kuwait["engagements"] - kuwait["undated"]
    elif by == "month":
        precise = list_records(register, Filters(country=("KWT",)))["date_precision"].isin(("day", "month"))
        assert total == precise.sum() < kuwait["engagements"] - kuwait["undated"]
    else:
        assert total > 0


def test_a_record_counts_under_the_highest_rank_of_each_side(register: Register) -> None:
    own = count_contacts(register, Filters(), ("KWT",), "own_rank").groupby("code")["engagements"].sum()
    other = count_contacts(register, Filters(), ("KWT",), "other_rank").groupby("code")["engagements"].sum()
    assert own["head_of_state"] == 1
    assert own["foreign_minister"] == 1
    assert other["foreign_minister"] == 5
    assert NO_RANK in own.index


def test_what_came_of_plans(register: Register) -> None:
    frame = list_planned(register, Filters(status=("planned",)), "OMN", limit=10)
    found = dict(zip(frame["engagement_id"], frame["came_of_it"], strict=True))
    assert found == {"ahead": "ahead", "far": "not_found", "kept": "held", "others": "not_found"}
    assert frame.set_index("engagement_id")["followed_id"]["kept"] in {"day", "both", "letter"}


def test_people_and_whom_they_met(register: Register) -> None:
    people = list_people(register, Filters())
    assert count_people(register, Filters()) == len(people) == 3
    assert people["name_latin"].iloc[0] == "Badr Al Busaidi"
    assert list_people(register, Filters(), countries=("KWT",))["name_latin"].tolist() == [
        "Abdullah Al Yahya",
        "Mishal",
    ]
    assert list_people(register, Filters(), beside="KWT")["party_code"].tolist() == ["OMN"]

    met = list_contacts(register, Filters(), Person("عبدالله اليحيا", "KWT"))
    # The amir is of the same country, and the letter was no meeting.
    assert met[["name_latin", "engagements"]].to_numpy().tolist() == [["Badr Al Busaidi", 1]]
    told = list_encounters(register, Filters(), Person("عبدالله اليحيا", "KWT"))
    assert sorted(told["engagement_id"]) == ["both", "letter"]
    assert list_encounters(register, Filters(), Person("عبدالله اليحيا")).empty


@pytest.mark.parametrize("filters", [Filters(), Filters(country=("OMN",)), Filters(type=("visit",))], ids=repr)
def test_neighbours_are_those_of_the_list(register: Register, filters: Filters) -> None:
    ids = list_records(register, filters)["engagement_id"].tolist()
    for at, key in enumerate(ids):
        place = find_place(register, filters, key)
        assert place is not None
        assert (place.number, place.total) == (at + 1, len(ids))
        assert place.previous_id == (ids[at - 1] if at else None)
        assert place.next_id == (ids[at + 1] if at + 1 < len(ids) else None)
    outside = find_place(register, Filters(type=("visit",)), "undated")
    assert outside is not None
    assert (outside.number, outside.previous_id, outside.next_id) == (None, "year", None)
    assert find_place(register, filters, "gone") is None


def test_a_register_of_no_refusals(register: Register) -> None:
    assert count_refusals(register).empty
    assert list_refusals(register, limit=5).empty
    assert read_meta(register)["schema_version"]


def test_figures_are_replaced_by_name_and_the_unseen_come_first(tmp_path: Path) -> None:
    path = tmp_path / "accuracy.json"
    path.write_text("[]")
    seeds = Accuracy("seeds", "2026-01-01", 5, False, {"date": 1.0})
    unseen = Accuracy("unseen", "2026-01-01", 88, True, {"date": 0.66})
    write_accuracy((seeds, unseen), path)
    better = replace(seeds, figures={"date": 0.9})
    write_accuracy((better,), path)
    assert read_accuracy(path) == (unseen, better)


def test_the_figures_shown_are_not_below_what_the_floors_gate() -> None:
    floors = tomllib.loads((Path(__file__).parent / "truth" / "floors.toml").read_text(encoding="utf-8"))["dev"]
    (dev,) = [one for one in read_accuracy() if one.name == "dev"]
    stale = {name for name, floor in floors.items() if abs(dev.figures[name] - floor) > 0.0006}
    assert stale == set(), "run `python -m extract score --publish` anew"
