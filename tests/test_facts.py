"""Facts: a year proved by an anniversary or by terms of office, and nothing where they leave a doubt."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from extract.dates import find_dates
from extract.facts import find_country_of, infer_reference_year
from extract.fold import fold
from extract.lexicon import load, tables

SEEDS = Path(__file__).parents[1] / "seeds"


@pytest.mark.parametrize(
    ("text", "year"),
    [
        pytest.param(
            "وقال إن العام المقبل يصادف الذكرى السنوية الـ55 لإقامة العلاقات الدبلوماسية بين الصين والكويت.",
            2025,
            id="next_year",
        ),
        pytest.param(
            "يصادف هذا العام الذكرى الستين لإقامة العلاقات الدبلوماسية بين فرنسا والصين.", 2024, id="this_year_in_words"
        ),
        pytest.param("صادف العام الماضي مرور 50 عاما على إقامة العلاقات بين قطر والهند.", 2024, id="last_year"),
        pytest.param(
            "يصادف العام المقبل الذكرى الـ55 لإقامة العلاقات الدبلوماسية بين البلدين.", None, id="parties_not_named"
        ),
        pytest.param("الذكرى الـ55 لإقامة العلاقات الدبلوماسية بين الصين والكويت.", None, id="which_year_not_said"),
        pytest.param("يصادف العام المقبل الذكرى الـ55 لتأسيس الشركة في الصين والكويت.", None, id="another_anniversary"),
        pytest.param("في 6 أبريل الجاري زار وزير الخارجية شاه محمود قريشي بلدا.", None, id="several_years_left"),
        pytest.param(
            "في 6 أبريل الجاري التقى وزير الخارجية الأميركي أنتوني بلينكن رئيس الوزراء البريطاني بوريس جونسون.",
            None,
            id="two_years_left",
        ),
        pytest.param(
            "في 6 نوفمبر الجاري التقى وزير الخارجية الأميركي أنتوني بلينكن رئيس الوزراء البريطاني بوريس جونسون.",
            2021,
            id="one_year_left",
        ),
        pytest.param(
            "في 6 نوفمبر الجاري التقى وزير الخارجية السابق أنتوني بلينكن رئيس الوزراء البريطاني بوريس جونسون.",
            None,
            id="former_holder_proves_nothing",
        ),
        pytest.param(
            "في 6 نوفمبر التقى وزير الخارجية الأميركي أنتوني بلينكن رئيس الوزراء بوريس جونسون.",
            None,
            id="not_this_month",
        ),
    ],
)
def test_reference_year(text: str, year: int | None) -> None:
    found = infer_reference_year(fold(text))
    assert (found.year if found else None) == year


@pytest.mark.parametrize(
    ("seed", "wanted"),
    [
        pytest.param("002_b40dba48844b8837", (date(2026, 1, 1), date(2026, 12, 31), "year"), id="anniversary"),
        pytest.param("004_ed9f55617d7db0d4", (date(2021, 4, 6), date(2021, 4, 7), "day"), id="terms_and_vaccine"),
    ],
)
def test_seeds(seed: str, wanted: tuple[date, date, str]) -> None:
    folded = fold((SEEDS / f"{seed}.txt").read_text(encoding="utf-8"))
    mentions = find_dates(folded, None, infer_reference_year(folded))
    assert wanted in {(m.date_start, m.date_end, m.precision) for m in mentions if m.basis == "inferred"}


@pytest.mark.parametrize(
    ("name", "country"),
    [
        pytest.param("سيرغي لافروف", "RUS", id="full"),
        pytest.param("لافروف", "RUS", id="short"),
        pytest.param("صباح الأحمد الجابر الصباح", "KWT", id="longer_than_the_table"),
        pytest.param("وليد كرم", None, id="not_known"),
        pytest.param("", None, id="empty"),
    ],
)
def test_country_of(name: str, country: str | None) -> None:
    assert find_country_of(name) == country


@pytest.mark.parametrize(
    ("day", "country"), [(date(2018, 6, 14), "ESP"), (date(2021, 6, 1), "EU"), (date(2012, 1, 1), None), (None, None)]
)
def test_who_has_served_two_is_of_the_one_of_that_day(day: date | None, country: str | None) -> None:
    assert find_country_of("جوزيب بوريل", day) == country


def test_terms_are_sound() -> None:
    offices = set(load("facts")["offices"])
    known = set(tables("countries")) | set(tables("organisations"))
    for entry in load("facts")["holders"]["terms"]:
        assert entry["office"] in offices, entry
        assert entry["country"] in known, entry
        days = [date.fromisoformat(d) for span in entry["held"] for d in span]
        assert days == sorted(days), entry
        assert all(len(span) == 2 for span in entry["held"][:-1]), entry


def test_relations_name_known_parties() -> None:
    known = set(tables("countries")) | set(tables("organisations"))
    for a, others in load("facts")["relations"].items():
        assert {a, *others} <= known
        assert all(1900 < year < 2014 for year in others.values())


def test_every_fact_has_a_source() -> None:
    facts = load("facts")
    sources = facts["sources"]
    assert {f"{t['country']}.{t['office']}" for t in facts["holders"]["terms"]} == sources["holders"].keys()
    assert facts["relations"].keys() == sources["relations"].keys()
    assert facts["not_before"].keys() == sources["not_before"].keys()
    assert all(note.strip() for table in sources.values() for note in table.values())
