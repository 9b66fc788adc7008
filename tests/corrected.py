"""A small store to correct records in, and what is shown of it: for the tests and the benchmark of corrections."""

from __future__ import annotations

import os
import random
import signal
from dataclasses import replace
from pathlib import Path

from extract.build import build_store
from extract.corrections import (
    Conflict,
    Correction,
    CorrectionLog,
    open_corrected,
    write_value,
)
from extract.corrections.model import Anchor
from extract.lexicon import labels
from extract.models import Engagement, Merge
from extract.store import REGISTER_FILE, read_engagements
from tests.factories import TEXT, make_article, make_engagement, make_source
from tests.faults import fork, status_of

ARTICLES = [make_article(article_id=f"muscat-{at}", url=f"https://news.example/{at}") for at in range(4)]
RECORDS = [make_engagement(article) for article in ARTICLES[:2]]
MEMBERS = [make_engagement(article) for article in ARTICLES[2:]]
MERGED = replace(MEMBERS[0], sources=tuple(map(make_source, ARTICLES[2:])))
MERGES = [
    Merge(MERGED.engagement_id, MEMBERS[0].engagement_id, None, None, ()),
    Merge(MERGED.engagement_id, MEMBERS[1].engagement_id, MEMBERS[0].engagement_id, 4.0, (("date", 4.0),)),
]
FIRST, SECOND, THIRD = RECORDS[0].engagement_id, RECORDS[1].engagement_id, MERGED.engagement_id


def build(store: Path, records: list[Engagement] | None = None, text: str = TEXT) -> Path:
    """A store of four articles of one text, and three records, the last of which two articles report."""
    store.mkdir(exist_ok=True)
    new = store / "new.duckdb"
    build_store(
        new,
        articles=[replace(article, text=text) for article in ARTICLES],
        engagements=[*RECORDS, MERGED] if records is None else records,
        unmerged=MEMBERS if records is None else (),
        merges=MERGES if records is None else (),
        labels=labels(),
    )
    new.replace(store / REGISTER_FILE)
    return store


def decide(store: Path, *corrections: Correction) -> int:
    log = CorrectionLog(store)
    return log.append(corrections, seen=log.version())


def set_field(name: str, field: str, new: object, **more: object) -> Correction:
    old = next((getattr(one, field) for one in [*RECORDS, MERGED] if one.engagement_id == name), None)
    values = {"old": write_value(field, old) if old is not None else None, "new": write_value(field, new)}
    return Correction(name, "set", "Amal", field=field, **values | more)  # type: ignore[arg-type]


def shown(store: Path) -> dict[str, Engagement]:
    connection, _ = open_corrected(store)
    with connection:
        return {one.engagement_id: one for one in read_engagements(connection)}


def conflicts(store: Path) -> list[Conflict]:
    connection, overlay = open_corrected(store)
    connection.close()
    return list(overlay.conflicts)


def kill_while_writing(store: Path, times: int) -> int:
    """Kill a writer so many times at random; how many corrections it was told are kept. Raises where one is lost.

    A writer is a fork of this process: to start an interpreter for each takes longer than what it writes.
    """
    chance = random.Random(times)
    told: set[str] = set()
    for _ in range(times):
        answers, acknowledge = os.pipe()
        writer = fork(lambda told_to=acknowledge: _write_on(store, told_to))
        os.close(acknowledge)
        with open(answers, encoding="utf-8") as lines:
            told |= {lines.readline().strip() for _ in range(chance.randint(1, 20))}
            os.kill(writer, signal.SIGKILL)
            told |= {line.strip() for line in lines if line.endswith("\n")}
        status_of(writer)
        kept = {one.correction_id for one in CorrectionLog(store).read()}
        if lost := told - kept:
            raise AssertionError(f"{len(lost)} acknowledged corrections are lost")
    return len(told)


def _write_on(store: Path, acknowledge: int) -> int:
    while True:
        one = Correction(FIRST, "confirm", "Amal", why="x" * 5000, anchor=Anchor())
        CorrectionLog(store).append([one], seen=None)
        os.write(acknowledge, f"{one.correction_id}\n".encode())
