"""A register with corrections laid over it answers as a register would that was built of what is shown."""

from __future__ import annotations

import gc
import random
import weakref
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from extract.contacts import Person, count_countries, count_people, list_contacts, list_encounters, list_people
from extract.corrections import Correction, CorrectionLog, open_corrected, write_value
from extract.profiles import list_planned, read_profiles
from extract.queries import (
    CHOICES,
    Filters,
    Register,
    count_choices,
    count_months,
    count_pairs,
    count_parties,
    count_sector_parties,
    count_sectors,
    count_stages,
    describe_parties,
    list_records,
    open_register,
    read_figures,
)
from extract.store import read_engagements
from tests.factories import make_official
from tests.made_register import MUSCAT, make_store
from tests.test_queries import COUNTRIES, MADE, TYPES, random_filters

FILTERS = [Filters(), *random_filters(12)]
MINISTER = Person("بدر البوسعيدي", "OMN")


def _set(name: str, field: str, value: object) -> Correction:
    return Correction(name, "set", "Amal", field=field, new=write_value(field, value))


def _decide(store: Path) -> None:
    """Every kind of decision, on a third of the records: new days far from the old ones above all."""
    chance = random.Random(3)
    made: list[Correction] = []
    for one in chance.sample(MADE[:60], 25):
        name = one.engagement_id
        day = date(2018, 1, 1) + timedelta(days=chance.randrange(4000))
        made += chance.choice(
            [
                [_set(name, "date_start", day), _set(name, "date_end", day)],
                [_set(name, "date_start", None), _set(name, "date_end", None)],
                [_set(name, "type", chance.choice(TYPES)), _set(name, "parties", chance.sample(COUNTRIES, 2))],
                [_set(name, "officials", (make_official(name_canonical="سامي", rank="minister", country="KWT"),))],
                [_set(name, "sectors", ()), _set(name, "summary", "omega")],
                [Correction(name, "reject", "Amal")],
            ]
        )
    made.append(Correction("made-060", "merge", "Amal", new=("made-061", "made-062")))
    made += [Correction("made-079", "reject", "Amal"), Correction("made-078", "confirm", "Amal")]
    added = replace(MADE[70], engagement_id="", date_start=date(2019, 3, 3), date_end=date(2019, 3, 3))
    made.append(Correction("", "add", "Amal", new=added))
    CorrectionLog(store).append(made, seen=0)


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> tuple[Register, Register]:
    """The corrected register, and one that is built of the records that it shows."""
    store = make_store(tmp_path_factory.mktemp("corrected"), MADE)
    _decide(store)
    connection, _ = open_corrected(store)
    with connection:
        shown = tuple(read_engagements(connection))
    assert MUSCAT.article_id in {source.article_id for one in shown for source in one.sources}
    plain = make_store(tmp_path_factory.mktemp("plain"), shown)
    return open_register(store), open_register(plain)


def _choices(key: str, register: Register, filters: Filters) -> pd.DataFrame:
    return count_choices(register, filters, key)


QUESTIONS: dict[str, Callable[[Register, Filters], Any]] = {
    "figures": read_figures,
    # When a record came and changed is the runs' own history.
    "records": lambda register, filters: list_records(register, filters).drop(columns=["first_seen", "changed_at"]),
    "dated": lambda register, filters: list_records(register, filters, dated=True, limit=5)["engagement_id"].to_frame(),
    "parties": count_parties,
    "pairs": count_pairs,
    "sectors": count_sectors,
    "cells": count_sector_parties,
    "months": count_months,
    "stages": count_stages,
    "describe": describe_parties,
    "people": list_people,
    "people_counted": count_people,
    "countries": count_countries,
    "encounters": lambda register, filters: list_encounters(register, filters, MINISTER),
    "contacts": lambda register, filters: list_contacts(register, filters, MINISTER),
    "profiles": lambda register, filters: read_profiles(register, filters, COUNTRIES),
    "planned": lambda register, filters: list_planned(register, filters, "KWT", limit=100),
    **{f"choices_{key}": partial(_choices, key) for key in CHOICES if key != "review"},
}


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_question_is_answered_from_what_is_shown(pair: tuple[Register, Register], question: str) -> None:
    ask = QUESTIONS[question]
    for filters in FILTERS:
        corrected, plain = (_comparable(ask(register, filters)) for register in pair)
        assert corrected == plain, filters


def _comparable(answer: Any) -> Any:
    """An answer as rows; those of one day may stand in another order, for a corrected record keeps its number."""
    if not isinstance(answer, pd.DataFrame):
        return answer
    return sorted(map(str, answer.astype(object).to_dict("records")))


def test_what_was_made_of_records_is_a_filter(pair: tuple[Register, Register]) -> None:
    register, _ = pair
    counts = dict(count_choices(register, Filters(), "review").itertuples(index=False))
    assert set(counts) == {"unreviewed", "confirmed", "corrected", "added"}
    for state, count in counts.items():
        found = list_records(register, Filters(review=(state,)))["engagement_id"]
        assert len(found) == count
        assert {register.overlay.reviews.get(name, "unreviewed") for name in found} == {state}


def test_the_list_is_in_order_of_time(pair: tuple[Register, Register]) -> None:
    for register in pair:
        days = list_records(register, Filters())["date_start"].dropna()
        assert days.is_monotonic_decreasing


def test_a_register_that_a_correction_replaced_is_let_go(tmp_path: Path) -> None:
    store = make_store(tmp_path / "store", MADE)
    old = open_register(store)
    for ask in QUESTIONS.values():
        ask(old, FILTERS[1])
    gone = weakref.ref(old)
    CorrectionLog(store).append([Correction("made-001", "confirm", "Amal")], seen=0)
    assert open_register(store) is not old
    del old
    gc.collect()
    assert gone() is None
