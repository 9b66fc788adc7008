"""Reports of one engagement become one record that keeps all of them; other engagements stay apart."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extract.build import build_store
from extract.merge import (
    Ledger,
    blocks,
    combine,
    find_merges,
    merge_engagements,
    sorter,
)
from extract.merge.blocks import find_candidates
from extract.merge.shelf import Shelf
from extract.merge.signals import THRESHOLD
from extract.models import Amount, Article, Blank, Disagreement, Engagement, Merge
from extract.run import run
from extract.store import REGISTER_FILE, open_store, read_engagements, read_merges, read_unmerged
from tests.benchmarks import merge as benchmark
from tests.factories import make_article, make_engagement, make_evidence, make_official, sketch_reports

Report = tuple[Article, tuple[Engagement, ...]]
KUWAITI = make_official(name="عبدالله اليحيا", name_canonical="عبدالله اليحيا", country="KWT")
OTHER_KUWAITI = make_official(name="طارق الرومي", name_canonical="طارق الرومي", country="KWT", rank="minister")
OTHER_OMANI = make_official(name="سالم العوفي", name_canonical="سالم العوفي", rank="minister")
MONDAY = date(2024, 5, 6)
TEXTS = (
    "استقبل وزير الخارجية العماني بدر البوسعيدي في مسقط نظيره الكويتي عبدالله اليحيا وبحثا الموانئ والربط البحري.",
    "بحث اليحيا والبوسعيدي في مسقط سبل تطوير الربط البحري بين البلدين الشقيقين وآفاق التجارة، بحسب وكالة الأنباء.",
    "أعلنت وزارة النفط برنامج زيارة وفد فني إلى حقول المنطقة الوسطى لمعاينة أنابيب جديدة وخطط الصيانة السنوية.",
)


def report(name: str, text: str = TEXTS[0], day: date | None = MONDAY, **changes: Any) -> Report:
    """One article, published the day after, and its record: the meeting of two foreign ministers in Muscat."""
    published = changes.pop("published", MONDAY + timedelta(days=1))
    article = make_article(article_id=name, text=text, published=published, title=changes.pop("title", "لقاء في مسقط"))
    undated = {"date_precision": "unknown", "date_basis": "none", "date_words": None} if day is None else {}
    people = {"officials": (make_official(), KUWAITI)}
    fields = people | undated | {"date_start": day, "date_end": day} | changes
    return article, (make_engagement(article, **fields),)


def groups(*reports: Report) -> list[list[str]]:
    """The ids of the articles that are told together, apart from those that stay alone."""
    found: dict[str, list[str]] = {}
    for merge in find_merges(sketch_reports(reports)):
        found.setdefault(merge.engagement_id, []).append(merge.member_id.removeprefix("e-"))
    return sorted(sorted(members) for members in found.values())


TOGETHER = {
    "other-words": report("b", TEXTS[1]),
    "a-day-later": report("b", TEXTS[1], MONDAY + timedelta(days=1)),
    "no-date-but-published-then": report("b", TEXTS[1], None),
    "a-visit-to-one-a-meeting-to-the-other": report("b", TEXTS[1], type="visit"),
    "announced-before": report("b", TEXTS[1], status="planned", published=MONDAY - timedelta(days=5)),
    "one-party-more": report("b", TEXTS[1], parties=("OMN", "KWT", "GCC")),
    "no-names": report("b", TEXTS[0] + " وأكدا متانة العلاقات.", officials=()),
    "one-minister-more": report("b", TEXTS[1], officials=(KUWAITI, make_official(), OTHER_OMANI)),
    "name-spelt-otherwise": report(
        "b", TEXTS[1], officials=(replace(KUWAITI, name="عبد الله اليحيا"), make_official())
    ),
    "recalled-with-its-day": report("b", TEXTS[2], role="background", published=MONDAY + timedelta(days=90)),
}
APART = {
    "two-days-later": report("b", TEXTS[1], MONDAY + timedelta(days=2)),
    "other-persons": report("b", TEXTS[2], officials=(OTHER_KUWAITI, OTHER_OMANI)),
    "other-minister-of-one-side": report(
        "b", TEXTS[2], MONDAY + timedelta(days=1), officials=(make_official(), OTHER_KUWAITI)
    ),
    "other-parties": report("b", parties=("OMN", "QAT"), officials=(make_official(),)),
    "one-party-in-common-of-many": report("b", parties=("OMN", "QAT", "BHR")),
    "an-agreement-is-not-the-meeting": report("b", type="agreement"),
    "a-call-is-not-the-meeting": report("b", type="call"),
    "held-and-cancelled": report("b", TEXTS[1], status="cancelled"),
    "undated-background": report("b", TEXTS[1], None, role="background"),
    "undated-and-published-later": report("b", TEXTS[1], None, published=MONDAY + timedelta(days=9)),
    "same-cable-next-year": report("b", TEXTS[0], date(2025, 5, 6), published=date(2025, 5, 7)),
    "no-names-other-words": report("b", TEXTS[2], officials=(), venue_country=None, venue_city=None, title="برنامج"),
}


@pytest.mark.parametrize("other", TOGETHER.values(), ids=TOGETHER.keys())
def test_reports_of_one_engagement(other: Report) -> None:
    assert groups(report("a"), other) == [["a", "b"]]


@pytest.mark.parametrize("other", APART.values(), ids=APART.keys())
def test_reports_of_two_engagements(other: Report) -> None:
    assert groups(report("a"), other) == []


def test_copies_of_a_wire_need_no_date_and_no_names() -> None:
    long = " ".join(TEXTS) * 3
    copies = [
        report(name, long, None, officials=(), published=None, role=role)
        for name, role in (("a", "background"), ("b", "background"))
    ]
    assert groups(*copies) == [["a", "b"]]


def test_two_records_of_one_article_are_never_merged() -> None:
    article, (one,) = report("a")
    assert groups((article, (one, replace(one, engagement_id="e-a2")))) == []
    other = report("b", TEXTS[1])
    found = list(find_merges(sketch_reports([(article, (one, replace(one, engagement_id="e-a2"))), other])))
    assert [merge.member_id for merge in found] == ["e-a", "e-b"]


def test_a_chain_of_days_does_not_join_what_is_a_week_apart() -> None:
    reports = [report(f"a{n}", TEXTS[n % 2], MONDAY + timedelta(days=n), published=None) for n in range(8)]
    days = {f"a{n}": n for n in range(8)}
    for members in groups(*reports):
        assert max(days[m] for m in members) - min(days[m] for m in members) <= 1


def test_a_merge_tells_why() -> None:
    first, second = find_merges(sketch_reports([report("b", TEXTS[1]), report("a", published=MONDAY)]))
    assert first == Merge("e-a", "e-a", None, None, ())
    assert (second.engagement_id, second.member_id, second.joined_id) == ("e-a", "e-b", "e-a")
    points = dict(second.signals)
    assert (points["date"], points["officials"], points["clashes"], points["type"]) == (2.0, 2.0, 0.0, 0.5)
    assert second.score == pytest.approx(sum(points.values()), abs=0.001)
    assert second.score >= THRESHOLD


def test_a_later_article_changes_no_id() -> None:
    before = list(find_merges(sketch_reports([report("b"), report("c", TEXTS[1])])))
    later = report("a", TEXTS[1], published=MONDAY + timedelta(days=3))
    after = list(find_merges(sketch_reports([later, report("b"), report("c", TEXTS[1])])))
    assert {merge.engagement_id for merge in before} == {merge.engagement_id for merge in after} == {"e-b"}


def test_a_merged_record_keeps_every_source_and_shows_what_they_differ_in() -> None:
    article, (one,) = report("a")
    amount = Amount(800_000_000.0, "USD", "trade volume", None)
    later = MONDAY + timedelta(days=1)
    other_article, (other,) = report(
        "b", day=later, officials=(replace(KUWAITI, rank="minister"), OTHER_OMANI), amounts=(amount,),
        venue_city="صلالة", venue_city_en="Salalah", parties=("OMN", "KWT", "GCC"),
    )  # fmt: skip
    one = replace(one, evidence=(make_evidence("parties", "OMN", "العماني", article),))
    other = replace(other, evidence=(make_evidence("parties", "OMN", "العماني", other_article),))
    merged = combine("e-a", [other, one])
    assert [source.article_id for source in merged.sources] == ["a", "b"]
    assert [piece.article_id for piece in merged.evidence] == ["a", "b"]
    assert [person.name for person in merged.officials] == ["بدر البوسعيدي", "عبدالله اليحيا", "سالم العوفي"]
    assert (merged.date_start, merged.venue_city, merged.parties) == (MONDAY, "مسقط", ("OMN", "KWT", "GCC"))
    assert [a.value for a in merged.amounts] == [790_000_000.0, 800_000_000.0]
    assert set(merged.disagreements) == {
        Disagreement("date", "2024-05-06", "a"),
        Disagreement("date", "2024-05-07", "b"),
        Disagreement("parties", "KWT OMN", "a"),
        Disagreement("parties", "GCC KWT OMN", "b"),
        Disagreement("venue_city", "Muscat", "a"),
        Disagreement("venue_city", "Salalah", "b"),
        Disagreement("officials.rank", "عبدالله اليحيا: foreign_minister", "a"),
        Disagreement("officials.rank", "عبدالله اليحيا: minister", "b"),
        Disagreement("amounts", "trade volume: 790000000 USD", "a"),
        Disagreement("amounts", "trade volume: 800000000 USD", "b"),
    }


def test_a_silent_article_disagrees_with_nobody_and_its_blanks_are_filled() -> None:
    _, (one,) = report("a", blanks=())
    silent = {"venue_country": None, "venue_city": None, "venue_city_en": None, "officials": (), "amounts": ()}
    _, (other,) = report("b", TEXTS[1], None, **silent, blanks=(Blank("venue_city", "not_in_text"),))
    merged = combine("e-a", [other, one])
    assert merged.disagreements == ()
    assert (merged.venue_city, merged.blanks) == ("مسقط", ())
    assert combine("e-b", [other]).blanks == (Blank("venue_city", "not_in_text"),)


def test_what_is_merged_can_be_undone(tmp_path: Path) -> None:
    reports = [report("a"), report("b", TEXTS[1]), report("c", parties=("OMN", "QAT"))]
    records = [one for _, own in reports for one in own]
    merges = list(find_merges(sketch_reports(reports)))
    ledger = Ledger(merges)
    build_store(
        tmp_path / REGISTER_FILE,
        articles=[article for article, _ in reports],
        engagements=merge_engagements(records, ledger),
        unmerged=ledger.records(),
        merges=merges,
    )
    with open_store(tmp_path) as connection:
        merged, alone = read_engagements(connection)
        assert [source.article_id for source in merged.sources] == ["a", "b"]
        assert list(read_unmerged(connection)) == records
        assert read_merges(connection, merged.engagement_id) == merges
        assert read_merges(connection, alone.engagement_id) == []
        assert connection.execute("select count(*) from engagement").fetchall() == [(2,)]


def test_the_seeds_stay_apart(tmp_path: Path) -> None:
    """Two of the seeds tell of meetings of Kuwait and China: they are two engagements."""
    run([str(Path(__file__).parent.parent / "seeds")], tmp_path)
    with open_store(tmp_path) as connection:
        assert connection.execute("from merge").fetchall() == []
        records = list(read_engagements(connection))
    both = [one for one in records if one.role == "main" and {"KWT", "CHN"} <= set(one.parties)]
    assert len({one.sources[0].article_id for one in both}) == 2


_DAYS = st.none() | st.integers(0, 4).map(lambda n: MONDAY + timedelta(days=n))
_PEOPLE = st.lists(st.sampled_from([make_official(), KUWAITI, OTHER_KUWAITI, OTHER_OMANI]), unique=True, max_size=3)


@st.composite
def made_reports(draw: st.DrawFn) -> list[Report]:
    made = []
    for number in range(draw(st.integers(0, 6))):
        article, (one,) = report(
            f"a{number}",
            draw(st.sampled_from(TEXTS)),
            draw(_DAYS),
            published=draw(_DAYS),
            type=draw(st.sampled_from(["meeting", "visit", "cooperation", "agreement"])),
            status=draw(st.sampled_from(["held", "planned", "cancelled"])),
            role=draw(st.sampled_from(["main", "background"])),
            parties=draw(st.sampled_from([("OMN", "KWT"), ("KWT", "OMN", "GCC"), ("OMN", "QAT"), ("UN",)])),
            officials=tuple(draw(_PEOPLE)),
        )
        more = (replace(one, engagement_id=f"e-a{number}x"),) if draw(st.booleans()) else ()
        made.append((article, (one, *more)))
    return made


@settings(max_examples=1000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(made_reports(), st.randoms())
def test_any_reports_are_merged_the_same_in_any_order_and_nothing_is_lost(
    reports: list[Report], chance: random.Random
) -> None:
    merges = list(find_merges(sketch_reports(reports)))
    shuffled = list(reports)
    chance.shuffle(shuffled)
    assert list(find_merges(sketch_reports(shuffled))) == merges
    records = {one.engagement_id: one for _, own in reports for one in own}
    assert len({merge.member_id for merge in merges}) == len(merges)
    merged = list(merge_engagements(records.values(), Ledger(merges)))
    told = [source.article_id for one in merged for source in one.sources]
    assert sorted(told) == sorted(one.sources[0].article_id for one in records.values())
    for one in merged:
        assert len({source.article_id for source in one.sources}) == len(one.sources)
        members = [records[merge.member_id] for merge in merges if merge.engagement_id == one.engagement_id]
        assert set(one.evidence) >= {piece for member in members for piece in member.evidence}
        assert one.engagement_id in records
        assert_held_together(members)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(made_reports())
def test_what_is_sorted_on_disk_is_merged_the_same(reports: list[Report]) -> None:
    merges = list(find_merges(sketch_reports(reports)))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sorter, "_HELD", 1)
        assert list(find_merges(sketch_reports(reports))) == merges


@settings(max_examples=100, deadline=None)
@given(st.lists(st.lists(st.tuples(st.integers(-2, 2), st.integers(0, 3), st.floats(-1, 1, width=16)), min_size=1)))
def test_rows_are_sorted_the_same_in_memory_and_on_disk(parts: list[list[tuple[int, int, float]]]) -> None:
    found = []
    for held in (1, 10_000):
        with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
            patch.setattr(sorter, "_HELD", held)
            rows = sorter.Sorter(Path(folder), "rows")
            for part in parts:
                rows.add(*(np.array(column) for column in zip(*part, strict=True)))
            found.append([row for batch in rows.batches() for row in zip(*(c.tolist() for c in batch), strict=True)])
            assert list(Path(folder).iterdir()) == []
    assert found[0] == found[1] == sorted({row for part in parts for row in part})


def test_blocks_go_on_from_one_batch_to_the_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reports = [report(f"a{n:02}", f"{TEXTS[n % 3]} {n}", officials=()) for n in range(60)]
    sketches = list(sketch_reports(reports))
    found = []
    for name, at_a_time in (("whole", 50_000), ("cut", 7)):
        (tmp_path / name).mkdir()
        monkeypatch.setattr(sorter, "_HELD", at_a_time)
        monkeypatch.setattr(sorter, "_READ_AT_A_TIME", at_a_time)
        monkeypatch.setattr(blocks, "_KEYS_AT_A_TIME", at_a_time)
        with Shelf(tmp_path / name, sketches) as shelf:
            found.append(list(find_candidates(shelf, tmp_path / name)))
    assert found[0] == found[1]
    assert len(found[0]) > 500


def assert_held_together(members: Sequence[Engagement]) -> None:
    days = [one.date_start for one in members if one.date_start]
    assert not days or max(days) - min(days) <= timedelta(days=1)
    for one, other in combinations(members, 2):
        assert len(set(one.parties) & set(other.parties)) >= 2


def test_a_crowded_week_costs_no_more_a_record(tmp_path: Path) -> None:
    """Of a thousand records of two parties on one day, each meets a bounded number of others."""
    reports = [report(f"a{n}", f"{TEXTS[n % 3]} {n}", officials=()) for n in range(1000)]
    sketches = list(sketch_reports(reports))
    with Shelf(tmp_path, sketches) as shelf:
        assert sum(1 for _ in find_candidates(shelf, tmp_path)) < 60 * len(sketches)


def test_the_benchmark_merges_a_third() -> None:
    figures = benchmark.measure(Path(), Path(), [5, 600])
    assert 380 <= figures["sizes"]["600"]["records_after"] <= 420
    assert figures["growth"] == []
