"""Facets that are made of the last ones say what those say that are read anew, after each decision of many."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from extract.corrections import Correction, CorrectionLog, write_value
from extract.queries import Register, open_register
from extract.queries.facets import Facet, Facets, read_facets
from tests.factories import make_official
from tests.made_register import make_store
from tests.test_queries import COUNTRIES, MADE, TYPES

DERIVED = ("pairs", "cells", "core_cells", "has_month", "is_dated", "shown_order", "shown_places")
STEPS = 120


def draw_decisions(chance: random.Random) -> Iterator[Correction]:
    """Decisions of every kind, the last records among them; a third is undone later."""
    made: list[Correction] = []
    names = [one.engagement_id for one in MADE[:6] + MADE[-6:]]
    for step in range(STEPS):
        name, other = chance.sample(names, 2)
        day = write_value("date_start", date(2018, 1, 1) + timedelta(days=chance.randrange(4000)))
        fields = {
            "date_start": day, "date_end": None, "type": chance.choice(TYPES), "sectors": [], "status": "planned",
            "parties": [[one] for one in chance.sample([*COUNTRIES, "SYC"], 2)], "venue_city": "صلالة",
            "officials": write_value("officials", (make_official(rank="minister"),)),
            "sources": write_value("sources", (replace(MADE[0].sources[0], outlet=chance.choice("ab")),)),
        }  # fmt: skip
        field = chance.choice(list(fields))
        added = replace(MADE[chance.randrange(9)], engagement_id="")
        kinds = [
            Correction(name, "set", "Amal", field=field, new=fields[field]),
            Correction(name, chance.choice(("confirm", "reject")), "Amal"),
            Correction(name, "merge", "Amal", new=(other,)),
            Correction("", "add", "Amal", new=added),
        ]
        one = chance.choices(kinds, (6, 4, 1, 1))[0]
        if made and step % 3 == 2:
            undone = made.pop(chance.randrange(len(made)))
            one = Correction(undone.engagement_id, "undo", "Amal", new=undone.correction_id)
        else:
            made.append(one)
        yield one


def columns_of(facets: Facets) -> dict[str, Any]:
    """All that facets hold, as lists; articles have no names, so that one is the records that it is of."""
    articles: dict[int, list[int]] = {}
    for owner, value in zip(facets["article"].owners.tolist(), facets["article"].values.tolist(), strict=True):
        articles.setdefault(value, []).append(owner)
    found: dict[str, Any] = {"article": sorted(articles.values()), "records": facets.records}
    for name, facet in facets.facets.items():
        if name != "article":
            found[name] = [facet.codes, *(column.tolist() for column in (facet.owners, facet.values))]
    for name in ("present", "first", "last", "confidence", *DERIVED):
        column = getattr(facets, name)
        if isinstance(column, Facet):
            found[name] = [column.owners.tolist(), column.values.tolist()]
        else:
            found[name] = None if column is None else np.asarray(column).tolist()
    for name in ("came", "touched"):
        found[name] = facets.history.moments[getattr(facets.history, name)].tolist()
    return found


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return make_store(tmp_path / "store", MADE)


@pytest.mark.parametrize("seed", range(3))
def test_they_are_those_of_a_register_read_anew(store: Path, seed: int) -> None:
    log = CorrectionLog(store)
    columns_of(open_register(store).facets)
    for one in draw_decisions(random.Random(seed)):
        log.append([one], seen=None)
        register = open_register(store)
        assert columns_of(register.facets) == columns_of(read_facets(register.connection)), one


def test_what_a_decision_leaves_as_it_was_is_shared(store: Path) -> None:
    before = open_register(store).facets
    before.pairs  # noqa: B018 - worked out when asked
    CorrectionLog(store).append([Correction(MADE[1].engagement_id, "confirm", "Amal")], seen=None)
    after = open_register(store).facets
    assert [name for name in after.facets if after[name] is not before[name]] == ["review"]
    assert (after.pairs is before.pairs, after.first is before.first) == (True, True)


def test_a_register_that_was_asked_nothing_hands_on_what_the_one_before_had(store: Path) -> None:
    def decide(at: int) -> Register:
        CorrectionLog(store).append([Correction(MADE[at].engagement_id, "reject", "Amal")], seen=None)
        return open_register(store)

    read = open_register(store).facets
    decide(1)
    last = decide(2)
    assert last.facets["party"].codes == read["party"].codes
    assert columns_of(last.facets) == columns_of(read_facets(last.connection))
