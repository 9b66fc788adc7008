"""Every figure that a page shows agrees with a plain computation over the records themselves."""

from __future__ import annotations

import io
import random
from collections import Counter
from dataclasses import fields, replace
from datetime import date, datetime, timedelta
from functools import partial
from itertools import chain, combinations
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from extract.errors import StoreError
from extract.lexicon import labels
from extract.models import Engagement, Sector
from extract.queries import (
    FILTERS,
    Changes,
    Figures,
    Filters,
    Register,
    count_changes,
    count_choices,
    count_months,
    count_pairs,
    count_parties,
    count_sector_parties,
    count_sectors,
    count_stages,
    describe_parties,
    find_record,
    list_gone,
    list_records,
    list_runs,
    open_register,
    read_articles,
    read_figures,
    read_labels,
)
from extract.search import fold_for_search
from extract.write_table import table_to_csv
from pages.shared.tables import name_codes, prepare_records
from pages.shared.words import Words
from tests.factories import make_article, make_engagement, make_official, make_source
from tests.made_register import HOSTILE, MUSCAT, RECORDS, make_store

COUNTRIES = ("KWT", "OMN", "PAK", "CHN", "ARAB_LEAGUE")
SECTORS = ("ports", "oil_gas", "trade", "health")
TYPES = ("meeting", "visit", "agreement")
STATUSES = ("held", "planned", "cancelled")
OUTLETS = ("a.example", "b.example", None)
ROLES = ("main", "background")
RANKS = ("minister", "ambassador", "foreign_minister")
GROUPS = {label.code: label.parent for label in labels() if label.kind == "sector"}
WORDS = ("zeta", "omega", "الإسكان")


def make_records(number: int) -> tuple[Engagement, ...]:
    """Records of every mixture, the same at each run; every fifth has no date."""
    chance = random.Random(7)
    records = []
    for at in range(number):
        start = date(2020, 1, 1) + timedelta(days=chance.randrange(2000))
        end = start + timedelta(days=chance.choice([0, 0, 3, 29]))
        undated: dict[str, Any] = {"date_start": None, "date_end": None, "date_precision": "unknown"}
        dated: dict[str, Any] = {"date_start": start, "date_end": end, "date_precision": "day"}
        codes = chance.sample(SECTORS, chance.randrange(4))
        records.append(
            make_engagement(
                chance.choice([MUSCAT, HOSTILE]),
                engagement_id=f"made-{at:03}",
                type=chance.choice(TYPES),
                status=chance.choice(STATUSES),
                role=chance.choice(ROLES),
                confidence=chance.choice([0.35, 0.5, 0.57, 0.7, 0.92]),
                officials=tuple(make_official(rank=rank) for rank in chance.sample(RANKS, chance.randrange(3))),
                sources=(make_source(make_article(outlet=chance.choice(OUTLETS))),),
                parties=tuple(chance.sample(COUNTRIES, chance.randrange(1, 4))),
                sectors=tuple(Sector(code, is_core=chance.random() < 0.5) for code in codes),
                summary=" ".join(chance.sample(WORDS, 1)),
                **(undated if at % 5 == 0 else dated),
            )
        )
    return tuple(records)


MADE = make_records(80)
# The register before: a quarter had not come yet, another said something else, and two are gone since.
NEW = {one.engagement_id for one in MADE[::4]}
CHANGED = {one.engagement_id for one in MADE[1::4]}
BEFORE = (
    *(
        replace(one, date_words="other") if one.engagement_id in CHANGED else one
        for one in MADE
        if one.engagement_id not in NEW
    ),
    *(replace(one, engagement_id=f"gone-{one.engagement_id}") for one in MADE[:2]),
)
FIRST_RUN = datetime(2026, 11, 21, 10, 20)
LAST_RUN = FIRST_RUN + timedelta(seconds=1)


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Register:
    store = make_store(tmp_path_factory.mktemp("made"), BEFORE)
    return open_register(make_store(store, MADE))


def passes(one: Engagement, filters: Filters) -> bool:
    """The filters in plain Python, as a person would read them."""
    in_context = {sector.code for sector in one.sectors if sector.is_core or filters.context}
    return all(
        (
            not filters.country or set(filters.country) & set(one.parties),
            not filters.partner or set(filters.partner) & set(one.parties),
            not filters.sector or set(filters.sector) & in_context,
            not filters.group or set(filters.group) & {GROUPS[code] for code in in_context},
            not filters.role or one.role in filters.role,
            not filters.rank or set(filters.rank) & {official.rank for official in one.officials},
            not filters.outlet or set(filters.outlet) & {source.outlet for source in one.sources},
            round(one.confidence * 100) >= filters.confidence,
            not filters.type or one.type in filters.type,
            not filters.status or one.status in filters.status,
            filters.since is None or one.date_end is None or one.date_end >= filters.since,
            filters.until is None or one.date_start is None or one.date_start <= filters.until,
            filters.undated or one.date_start is not None,
            filters.changed_since is None or touched_at(one) > filters.changed_since,
            all(word in fold_for_search(one.summary) for word in fold_for_search(filters.text).split()),
        )
    )


def touched_at(one: Engagement) -> datetime:
    return LAST_RUN if one.engagement_id in NEW | CHANGED else FIRST_RUN


def random_filters(number: int) -> list[Filters]:
    chance = random.Random(11)

    def some(codes: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(chance.sample(codes, chance.choice([0, 0, 1, 2])))

    def day() -> date | None:
        return chance.choice([None, None, date(2020, 1, 1) + timedelta(days=chance.randrange(2000))])

    return [
        Filters(
            country=some(COUNTRIES),
            partner=some(COUNTRIES) if chance.random() < 0.5 else (),
            group=some(("energy", "infrastructure")) if chance.random() < 0.3 else (),
            role=some(ROLES) if chance.random() < 0.3 else (),
            rank=some(RANKS) if chance.random() < 0.3 else (),
            outlet=some(("a.example", "b.example")) if chance.random() < 0.3 else (),
            confidence=chance.choice([0, 0, 0, 50, 57, 60]),
            sector=some(SECTORS),
            context=chance.random() < 0.5,
            type=some(TYPES),
            status=some(STATUSES),
            since=day(),
            until=day(),
            undated=chance.random() < 0.7,
            text=chance.choice(["", "", "zeta", "الاسكان", "meg", "لاسك"]),
            changed_since=chance.choice([None] * 6 + [FIRST_RUN, LAST_RUN, FIRST_RUN - timedelta(days=1)]),
        )
        for _ in range(number)
    ]


@pytest.mark.parametrize("filters", [Filters(), *random_filters(300)], ids=[f"f{at}" for at in range(301)])
def test_figures_agree_with_the_records(register: Register, filters: Filters) -> None:
    chosen = [one for one in MADE if passes(one, filters)]
    sectors = {
        one.engagement_id: {sector.code for sector in one.sectors if sector.is_core or filters.context}
        for one in chosen
    }

    assert read_figures(register, filters) == Figures(
        engagements=len(chosen),
        undated=sum(one.date_start is None for one in chosen),
        parties=len({code for one in chosen for code in one.parties}),
        sectors=len({code for codes in sectors.values() for code in codes}),
        articles=len({one.sources[0].article_id for one in chosen}),
    )
    assert counted(count_parties(register, filters)) == Counter((code,) for one in chosen for code in one.parties)
    assert counted(count_pairs(register, filters)) == Counter(
        pair for one in chosen for pair in combinations(sorted(one.parties), 2)
    )
    assert counted(count_sectors(register, filters)[["sector_code", "engagements"]]) == Counter(
        (code,) for codes in sectors.values() for code in codes
    )
    assert counted(count_sector_parties(register, filters)) == Counter(
        (sector, party) for one in chosen for sector in sectors[one.engagement_id] for party in one.parties
    )
    rows = list_records(register, filters)
    assert set(rows["engagement_id"]) == {one.engagement_id for one in chosen}
    assert_the_csv_says_the_same(register, filters, rows)
    assert counted(count_months(register, filters)) == Counter(
        (pd.Timestamp(one.date_start.replace(day=1)), one.status) for one in chosen if one.date_start
    )
    last = {
        code: max((one.date_start for one in chosen if one.date_start and code in one.parties), default=None)
        for one in chosen
        for code in one.parties
    }
    described = describe_parties(register, filters)
    assert dict(zip(described["party_code"], described["last_date"], strict=True)) == last
    held = [one for one in chosen if one.status == "held"]
    stages = count_stages(register, filters)
    assert counted(stages[["sector_code", "discussed"]]) == Counter(
        (code,) for one in held for code in sectors[one.engagement_id]
    )
    signed = Counter(code for one in held if one.type == "agreement" for code in sectors[one.engagement_id])
    assert {code: count for code, count in zip(stages["sector_code"], stages["signed"], strict=True) if count} == signed
    for key in ("country", "partner", "type", "status", "role", "rank"):
        others: dict[str, Any] = {key: ()}
        open_to = [one for one in MADE if passes(one, replace(filters, **others))]
        codes = [codes_of(one, key) for one in open_to]
        assert counted(count_choices(register, filters, key)) == Counter((code,) for many in codes for code in many)


def assert_the_csv_says_the_same(register: Register, filters: Filters, rows: pd.DataFrame) -> None:
    """The file that a reader downloads, read by pandas and counted there, against the map and the sectors."""
    words = Words("en", read_labels(register))
    written = table_to_csv(name_codes(prepare_records(rows, words), words))
    table = pd.read_csv(io.BytesIO(written), dtype=str, keep_default_na=False)
    assert table["Record id"].tolist() == rows["engagement_id"].tolist()

    def many(column: str) -> pd.Series[Any]:
        cells = table[column].str.split(" | ", regex=False).explode()
        return cells[cells != ""]

    parties = count_parties(register, filters)
    named = dict(zip(map(partial(words.name, "party"), parties["party_code"]), parties["engagements"], strict=True))
    assert many("Parties").value_counts().to_dict() == named
    sectors = count_sectors(register, filters)
    named = dict(zip(map(partial(words.name, "sector"), sectors["sector_code"]), sectors["core"], strict=True))
    assert many("Sectors").value_counts().to_dict() == {name: count for name, count in named.items() if count}
    undated = read_figures(register, filters).undated
    assert (table["Date"] == "").sum() == undated


def codes_of(one: Engagement, key: str) -> set[str]:
    if key in ("country", "partner"):
        return set(one.parties)
    return {official.rank for official in one.officials} if key == "rank" else {getattr(one, key)}


def counted(frame: Any) -> Counter[tuple[str, ...]]:
    """A frame whose last column is a count, as a counter of the columns before it."""
    return Counter({tuple(row[:-1]): row[-1] for row in frame.itertuples(index=False)})


def test_rows_are_the_records_latest_first_undated_last(register: Register) -> None:
    rows = list_records(register, Filters())
    by_id = {one.engagement_id: one for one in MADE}
    records = [by_id[key] for key in rows["engagement_id"]]

    dates = [one.date_start for one in records]
    assert dates == sorted(dates, key=lambda day: (day is not None, day or date.min), reverse=True)
    for row, one in zip(rows.to_dict("records"), records, strict=True):
        assert tuple(row["party_codes"]) == one.parties
        core = [sector.code for sector in one.sectors if sector.is_core]
        assert (list(row["core_sectors"]) if core else []) == core
        assert list(row["amounts"]) == ["790000000 USD"]
        assert list(row["titles"]) == [one.sources[0].title]


def test_pages_of_rows_make_up_the_whole(register: Register) -> None:
    whole = list_records(register, Filters())["engagement_id"].tolist()
    pages = [list_records(register, Filters(), limit=30, offset=at)["engagement_id"].tolist() for at in (0, 30, 60)]
    assert list(chain.from_iterable(pages)) == whole
    dated = list_records(register, Filters(), dated=True)["engagement_id"].tolist()
    undated = list_records(register, Filters(), dated=False)["engagement_id"].tolist()
    assert dated + undated == whole
    assert len(undated) == 16


def test_what_changed_since_a_run(register: Register) -> None:
    assert list_runs(register) == (LAST_RUN, FIRST_RUN)
    changes = count_changes(register, Filters(), FIRST_RUN)
    assert (changes.new, changes.changed, changes.gone) == (len(NEW), len(CHANGED), 2)
    visits = Filters(type=("visit",), changed_since=LAST_RUN)
    changes = count_changes(register, visits, FIRST_RUN)
    wanted = [one.engagement_id for one in MADE if one.type == "visit"]
    assert (changes.new, changes.changed) == (len(NEW & set(wanted)), len(CHANGED & set(wanted)))
    assert count_changes(register, Filters(), LAST_RUN) == Changes(LAST_RUN, 0, 0, 0)
    assert set(list_gone(register, FIRST_RUN)["engagement_id"]) == {"gone-made-000", "gone-made-001"}
    rows = list_records(register, Filters()).set_index("engagement_id")
    assert set(rows.index[rows["first_seen"] == LAST_RUN]) == NEW
    assert set(rows.index[rows["changed_at"].notna()]) == CHANGED


def test_every_filter_is_in_the_table_and_has_a_default_that_lets_all_through() -> None:
    assert {one.key for one in FILTERS} == {field.name for field in fields(Filters)}
    assert all(passes(one, Filters()) for one in MADE)


@pytest.mark.parametrize("text", ["'; drop table engagement; --", "%", "_", "\\", "()[]*", "qqq' or '1'='1"])
def test_search_text_is_data(register: Register, text: str) -> None:
    found = read_figures(register, Filters(text=text)).engagements
    assert found == sum(passes(one, Filters(text=text)) for one in MADE)


def test_a_record_is_found_whole_with_its_article(register: Register) -> None:
    assert find_record(register, "made-007") == MADE[7]
    assert find_record(register, "no-such-record") is None
    assert read_articles(register, ["hostile-1", "gone", "muscat-1"]) == [HOSTILE, MUSCAT]
    assert [label.code for label in read_labels(register) if label.kind == "status"] == list(STATUSES)


def test_a_rebuilt_register_is_seen_while_the_old_one_is_open(tmp_path: Path) -> None:
    make_store(tmp_path, RECORDS)
    old = open_register(tmp_path)
    assert open_register(tmp_path) is old
    make_store(tmp_path, RECORDS[:1])
    assert read_figures(open_register(tmp_path), Filters()).engagements == 1
    assert read_figures(old, Filters()).engagements == len(RECORDS)


def test_no_register_and_no_readable_one_are_store_errors(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no register"):
        open_register(tmp_path / "absent")
    (tmp_path / "register.duckdb").write_bytes(b"not a register")
    with pytest.raises(StoreError, match="not a register"):
        open_register(tmp_path)
