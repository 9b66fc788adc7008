"""Dates: words to days, months and years; the day of writing; and what is not a date."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.dates import (
    ReferenceYear,
    as_future,
    as_past,
    find_dates,
    find_durations,
    find_publication_date,
)
from extract.dates.lexer import find_runs
from extract.fold import fold
from extract.lexicon import labels
from extract.models import Article

WEDNESDAY = date(2015, 7, 22)


def read(text: str, published: date | None = WEDNESDAY) -> list[tuple[str, str]]:
    """Return (first day..last day or the reason, precision) of each date of a text; one day is written once."""
    found = []
    for m in find_dates(fold(text), published):
        value = m.reason if m.date_start is None else str(m.date_start)
        found.append((f"{value}..{m.date_end}" if m.date_end != m.date_start else str(value), m.precision))
    return found


@pytest.mark.parametrize(
    ("text", "value"),
    [
        pytest.param("يوم 25 أغسطس 2015 في", "2015-08-25", id="day_month_year"),
        pytest.param("الثلاثاء 25 أغسطس/ آب 2015 في", "2015-08-25", id="doubled_month"),
        pytest.param("في 7 تشرين الثاني (نوفمبر) من عام 2016", "2016-11-07", id="doubled_in_brackets_of_the_year"),
        pytest.param("الأربعاء القادم 21 جوان 2017، في", "2017-06-21", id="maghrebi_written_date_wins_over_weekday"),
        pytest.param("في ٥ كانون الثاني ٢٠١٨ قال", "2018-01-05", id="arabic_indic_digits"),
        pytest.param("في الرابع والعشرين من مارس 2016", "2016-03-24", id="compound_ordinal"),
        pytest.param("بتاريخ 25/3/2018 وقع", "2018-03-25", id="strokes"),
        pytest.param("بتاريخ 2015-08-10 وقع", "2015-08-10", id="iso"),
        pytest.param("بتاريخ 3/25/2018 وقع", "2018-03-25", id="american_order_only_where_it_must_be"),
        pytest.param("في 12 شوال 1436 هـ عقد", "2015-07-28", id="hijri_alone"),
        pytest.param("في 10 / 10 / 1436هـ عقد", "2015-07-26", id="hijri_in_digits"),
        pytest.param("في 25 شوال 1436 هـ الموافق 10 اغسطس 2015 م عقد", "2015-08-10", id="hijri_with_twin"),
        pytest.param("في 10 اغسطس 2015م الموافق 25 شوال 1436هـ عقد", "2015-08-10", id="twin_first"),
        pytest.param("يومي 6 و7 أبريل 2021 في", "2021-04-06..2021-04-07", id="two_days"),
        pytest.param("من 3 إلى 5 مايو 2017", "2017-05-03..2017-05-05", id="days_to"),
        pytest.param("بين 20 و22 مايو 2017", "2017-05-20..2017-05-22", id="days_between"),
        pytest.param("من 24 مارس إلى 2 أفريل 2017", "2017-03-24..2017-04-02", id="across_months"),
        pytest.param("بين 28 ديسمبر و3 يناير 2017", "2016-12-28..2017-01-03", id="across_years"),
    ],
)
def test_full_dates(text: str, value: str) -> None:
    assert read(text, None) == [(value, "day")]
    assert {m.basis for m in find_dates(fold(text), None)} == {"explicit"}


@pytest.mark.parametrize(
    ("text", "value", "precision"),
    [
        pytest.param("في ديسمبر 2017، حيث", "2017-12-01..2017-12-31", "month", id="month_year"),
        pytest.param("أواخر تشرين الثاني/نوفمبر 2013 في", "2013-11-01..2013-11-30", "month", id="late_in_month"),
        pytest.param("عام 2023 وقع", "2023-01-01..2023-12-31", "year", id="year_word"),
        pytest.param("في 2019 وقع", "2019-01-01..2019-12-31", "year", id="bare_year_after_in"),
        pytest.param("عامي 2015 و2016 معا", "2015-01-01..2016-12-31", "year", id="two_years"),
    ],
)
def test_months_and_years(text: str, value: str, precision: str) -> None:
    assert read(text, None) == [(value, precision)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        pytest.param("التقى اليوم نظيره", "2015-07-22", id="today"),
        pytest.param("التقى اليوم الأربعاء نظيره", "2015-07-22", id="today_weekday"),
        pytest.param("التقى اليوم (الأربعاء) نظيره", "2015-07-22", id="today_weekday_in_brackets"),
        pytest.param("التقى مساء أمس نظيره", "2015-07-21", id="yesterday_evening"),
        pytest.param("التقى أمس الثلاثاء نظيره", "2015-07-21", id="yesterday_weekday"),
        pytest.param("وصل الليلة الماضية إلى", "2015-07-21", id="last_night"),
        pytest.param("وصل أول من أمس إلى", "2015-07-20", id="day_before_yesterday"),
        pytest.param("وصل أول أمس الاثنين إلى", "2015-07-20", id="day_before_yesterday_weekday"),
        pytest.param("يصل غدا إلى", "2015-07-23", id="tomorrow"),
        pytest.param("يصل بعد غد الجمعة إلى", "2015-07-24", id="day_after_tomorrow"),
        pytest.param("استقبل الرئيس، الأربعاء، نظيره", "2015-07-22", id="bare_weekday_is_today"),
        pytest.param("استقبل الرئيس الخميس نظيره", "2015-07-16", id="bare_weekday_is_last"),
        pytest.param("يزور الخميس المقبل", "2015-07-23", id="next_weekday"),
        pytest.param("يزور الأربعاء المقبل", "2015-07-29", id="next_weekday_is_not_today"),
        pytest.param("زار الأحد الماضي", "2015-07-19", id="last_weekday"),
        pytest.param("زار الأربعاء الماضي", "2015-07-15", id="last_weekday_is_not_today"),
        pytest.param("زار الثلاثاء من الأسبوع الماضي", "2015-07-14", id="weekday_of_last_week"),
        pytest.param("يومي الاثنين والثلاثاء المقبلين", "2015-07-27..2015-07-28", id="two_weekdays_next"),
        pytest.param("من الأحد إلى الثلاثاء", "2015-07-19..2015-07-21", id="weekdays_to"),
        pytest.param("المقررة في 7 سبتمبر/ أيلول الحالي.", "2015-09-07", id="day_month_current"),
        pytest.param("في 30 يوليو القادم", "2015-07-30", id="day_month_next"),
        pytest.param("في 30 يوليو الماضي", "2014-07-30", id="day_month_past"),
        pytest.param("في 20 ديسمبر قال", "2015-12-20", id="day_month_of_the_year_if_none_is_near"),
        pytest.param("في 14 مارس من العام الماضي", "2014-03-14", id="day_month_of_last_year"),
        pytest.param("في الرابع عشر من الشهر الماضي", "2015-06-14", id="day_of_last_month"),
        pytest.param("في العشرين من الشهر الماضي", "2015-06-20", id="tens_of_last_month"),
        pytest.param("في الثلاثين من يونيو وصل", "2015-06-30", id="tens_of_a_month"),
        pytest.param("يومي 6 و7 من الشهر الجاري", "2015-07-06..2015-07-07", id="days_of_this_month"),
        pytest.param("يومي الثاني والثالث من أغسطس آب.", "2015-08-02..2015-08-03", id="two_ordinals"),
        pytest.param("في 12 شوال الجاري", "2015-07-28", id="hijri_without_year"),
        pytest.param("قتل قبل يومين في", "2015-07-20", id="two_days_ago"),
        pytest.param("يزور قطر اليوم وغدا.", "2015-07-22..2015-07-23", id="today_and_tomorrow"),
        pytest.param("أمس الثلاثاء واليوم", "2015-07-21..2015-07-22", id="yesterday_and_today"),
        pytest.param("في الأسبوع الأول من أغسطس المقبل", "2015-08-01..2015-08-07", id="first_week_of_a_month"),
        pytest.param("الأسبوع الأخير من يونيو الماضي", "2015-06-24..2015-06-30", id="last_week_of_a_month"),
        pytest.param("قتل قبل ثلاثة أيام في", "2015-07-19", id="three_days_ago"),
    ],
)
def test_relative_days(text: str, value: str) -> None:
    assert read(text) == [(value, "day")]
    assert {m.basis for m in find_dates(fold(text), WEDNESDAY)} == {"relative"}


@pytest.mark.parametrize(
    ("text", "value", "precision"),
    [
        pytest.param("الشهر الماضي", "2015-06-01..2015-06-30", "month", id="last_month"),
        pytest.param("منتصف الشهر الحالي", "2015-07-01..2015-07-31", "month", id="middle_of_this_month"),
        pytest.param("خلال هذا الشهر", "2015-07-01..2015-07-31", "month", id="this_month"),
        pytest.param("في مارس الماضي", "2015-03-01..2015-03-31", "month", id="march_past"),
        pytest.param("أواخر سبتمبر", "2015-09-01..2015-09-30", "month", id="late_september"),
        pytest.param("في سبتمبر (أيلول) المقبل", "2015-09-01..2015-09-30", "month", id="september_next"),
        pytest.param("في ديسمبر الماضي", "2014-12-01..2014-12-31", "month", id="december_past"),
        pytest.param("في أبريل من العام الماضي", "2014-04-01..2014-04-30", "month", id="april_of_last_year"),
        pytest.param("منذ نوفمبر", "2014-11-01..2014-11-30", "month", id="since_is_past"),
        pytest.param("العام المقبل", "2016-01-01..2016-12-31", "year", id="next_year"),
        pytest.param("أواخر العام الحالي", "2015-01-01..2015-12-31", "year", id="late_this_year"),
        pytest.param("صيف العام الماضي", "2014-01-01..2014-12-31", "year", id="summer_of_last_year"),
        pytest.param("قبل 13 عاما", "2002-01-01..2002-12-31", "year", id="years_ago"),
        pytest.param("قبل عامين", "2013-01-01..2013-12-31", "year", id="two_years_ago"),
        pytest.param("قبل أيام", "2015-07-01..2015-07-31", "month", id="days_ago_within_a_month"),
        pytest.param("الأسبوع الماضي", "2015-07-01..2015-07-31", "month", id="last_week_within_a_month"),
    ],
)
def test_relative_months_and_years(text: str, value: str, precision: str) -> None:
    assert read(text) == [(value, precision)]


@pytest.mark.parametrize(
    ("text", "published", "reason"),
    [
        pytest.param("اليوم الثلاثاء", None, "weekday_without_publication_date", id="weekday_no_stamp"),
        pytest.param("التقى أمس نظيره", None, "relative_without_publication_date", id="yesterday_no_stamp"),
        pytest.param("في 7 أبريل الجاري", None, "day_without_year", id="day_month_no_stamp"),
        pytest.param("في مارس الماضي", None, "month_without_year", id="month_no_stamp"),
        pytest.param("العام المقبل", None, "relative_without_publication_date", id="next_year_no_stamp"),
        pytest.param("الأسبوع الماضي", date(2015, 8, 3), "window_crosses_months", id="week_across_months"),
        pytest.param("في الشهر التالي", WEDNESDAY, "relative_to_another_date", id="following_month"),
        pytest.param("خلال الأيام القليلة المقبلة", WEDNESDAY, "vague_period", id="coming_days"),
        pytest.param("الصيف الماضي", WEDNESDAY, "season", id="season"),
        pytest.param("زار الثلاثاء الماضي", WEDNESDAY, "weekday_ambiguous", id="last_tuesday_on_a_wednesday"),
        pytest.param("اليوم السبت", WEDNESDAY, "weekday_contradicts_publication_date", id="today_another_weekday"),
        pytest.param("قبل عامين", date(2015, 1, 10), "window_crosses_years", id="years_ago_in_january"),
    ],
)
def test_unknown_with_a_reason(text: str, published: date | None, reason: str) -> None:
    assert read(text, published) == [(reason, "unknown")]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("قالت تيريزا ماي في لندن", id="may_is_a_name"),
        pytest.param("احتفالات اليوم الوطني السعودي", id="national_day"),
        pytest.param("400 ألف برميل في اليوم من النفط", id="a_day"),
        pytest.param("رئيس حزب الغد", id="party_of_tomorrow"),
        pytest.param("الأمين العام الحالي للجامعة", id="secretary_general"),
        pytest.param("في مونديال 2018 بروسيا", id="world_cup"),
        pytest.param("بموجب القانون رقم 89 لسنة 1998 بشأن", id="law"),
        pytest.param("قبل يومين من الانتخابات", id="before_another_event"),
        pytest.param("قبل أسابيع قليلة من الانتخابات", id="few_weeks_before_another_event"),
        pytest.param("أيام الجمعة من كل شهر", id="recurring"),
        pytest.param("خسر 2-1 أمام", id="score"),
        pytest.param("في الأيام الأربعة الأولى", id="counted_days"),
        pytest.param("الأب والابن", id="father"),
        pytest.param("في 45 مايو 2018", id="no_such_day"),
    ],
)
def test_not_dates(text: str) -> None:
    assert [v for v in read(text) if v[1] == "day"] == []


def test_last_weekday_is_a_week_ago_where_the_text_says_yesterday() -> None:
    assert read("وصل أمس. وكان زار الثلاثاء الماضي بلدا")[1] == ("2015-07-14", "day")


def test_last_weekday_is_a_week_ago_where_the_news_is_older() -> None:
    assert read("أعلن الاثنين في العاصمة بعد اتفاق يوم الثلاثاء الماضي") == [
        ("2015-07-20", "day"),
        ("2015-07-14", "day"),
    ]


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        pytest.param("منذ عام 2001 لم", "date.year.since", id="since"),
        pytest.param("بحلول عام 2030 ستكون", "date.year.until", id="by"),
        pytest.param("قبل نهاية سبتمبر المقبل", "date.month.next.before", id="before"),
        pytest.param("بعد الثلاثاء المقبل", "date.weekday.next.after", id="after"),
        pytest.param("القرار رقم 12 وتاريخ 5 مايو 2014", "date.full.document", id="of_a_decree"),
    ],
)
def test_bounds_are_marked(text: str, rule: str) -> None:
    assert [m.rule for m in find_dates(fold(text), WEDNESDAY)] == [rule]


@pytest.mark.parametrize(
    ("text", "orientation"),
    [
        pytest.param("أمس", "past", id="yesterday"),
        pytest.param("اليوم", "present", id="today"),
        pytest.param("الأحد المقبل", "future", id="next_sunday"),
        pytest.param("الأحد", "unknown", id="bare_weekday"),
        pytest.param("قريبا", "future", id="soon"),
    ],
)
def test_orientation_needs_no_stamp(text: str, orientation: str) -> None:
    assert {m.orientation for day in (None, WEDNESDAY) for m in find_dates(fold(text), day)} == {orientation}


@pytest.mark.parametrize(
    ("text", "future", "past"),
    [
        pytest.param("تنطلق الاثنين", "2015-07-27", "2015-07-20", id="weekday"),
        pytest.param("في 20 ديسمبر", "2015-12-20", "2014-12-20", id="day_month"),
        pytest.param("في مايو", "2016-05-01", "2015-05-01", id="month"),
        pytest.param("في مايو الماضي", "2015-05-01", "2015-05-01", id="modified_stays"),
    ],
)
def test_turning_to_future_and_past(text: str, future: str, past: str) -> None:
    (mention,) = find_dates(fold(text), WEDNESDAY)
    assert str(as_future(mention, WEDNESDAY).date_start) == future
    assert str(as_past(mention, WEDNESDAY).date_start) == past


def test_reference_year_gives_inferred_dates() -> None:
    reference = ReferenceYear(2025, 0, 1, "facts.anniversary")
    text = fold("في 6 أبريل الجاري وفي العام المقبل واليوم الأربعاء")
    found = [(str(m.date_start), m.precision, m.basis) for m in find_dates(text, None, reference)]
    assert found == [
        ("2025-04-06", "day", "inferred"),
        ("2026-01-01", "year", "inferred"),
        ("2025-01-01", "year", "inferred"),
    ]


SOURCES = sorted((Path(__file__).parents[1] / "extract" / "dates").glob("*.py"))


def test_every_reason_has_its_words() -> None:
    quoted = {
        r
        for p in SOURCES
        for r in re.findall(r'(?:unknown|missing|_month_of)\("(\w+)"|None, "(\w+)"', p.read_text("utf-8"))
    }
    reasons = {word for pair in quoted for word in pair if word} - {"none", "no_stamp", "unknown", "dateline"}
    assert {"stamp_at_night", "vague_period", "day_without_year"} <= reasons
    assert reasons <= {label.code for label in labels() if label.kind == "reason"}


def test_masthead_gives_no_date() -> None:
    text = "الجمعة - 19 أبريل 2024\nالجمعة - 19 أبريل 2024\n\nزار الوزير البلاد في 7 مايو 2021"
    assert read(text, None) == [("2021-05-07", "day")]


def test_dateline_is_told_by_its_rule() -> None:
    text = fold("الكويت 25 شوال 1436 هـ الموافق 10 اغسطس 2015 م واس\nجرى اتصال")
    assert [m.rule for m in find_dates(text, None)] == ["date.dateline"]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        pytest.param("في زيارة تستغرق يومين إلى", [2], id="dual"),
        pytest.param("زيارة رسمية لمدة ثلاثة أيام", [3], id="words"),
        pytest.param("زيارة تستغرق يوما واحدا", [1], id="one"),
        pytest.param("تستمر أسبوعا", [7], id="week"),
        pytest.param("خلال اليومين الماضيين", [], id="a_period_is_no_length"),
        pytest.param("تستغرق أياما", [], id="vague"),
        pytest.param("زيارة ستستمر ثلاثة أيام", [3], id="will_last"),
        pytest.param("في زيارة رسمية لثلاثة أيام", [3], id="for_days"),
        pytest.param("في زيارة ليومين إلى", [2], id="for_two"),
        pytest.param("انتظر ليومين", [], id="for_two_of_something_else"),
    ],
)
def test_durations(text: str, days: list[int]) -> None:
    assert [d.days for d in find_durations(fold(text))] == days


VOCABULARY = """
اليوم أمس غدا الثلاثاء والأربعاء الماضي المقبل الجاري نفسه شهر الشهر عام العام أسبوع يومي أيام قبل منذ من
إلى و في بين مارس أيار/مايو شوال ليل مطلع نهاية صيف هذا نحو عدة الموافق 5 31 2015 1436 1436هـ 45
25/3/2018 (آب) - ، . واس الرابع عشر ثلاثة تستغرق قريبا
"""
WORDS = st.sampled_from([*VOCABULARY.split(), "\n"])
DAYS = st.none() | st.dates(date(1995, 1, 1), date(2035, 12, 31))


@given(st.lists(WORDS, max_size=14).map(" ".join) | st.text(max_size=80), DAYS)
def test_any_text_gives_sound_mentions(text: str, published: date | None) -> None:
    folded = fold(text)
    last_end = 0
    for mention in find_dates(folded, published):
        assert last_end <= mention.start < mention.end <= len(folded.text)
        last_end = mention.end
        assert (mention.date_start is None) is (mention.date_end is None) is (mention.reason is not None)
        if mention.date_start is not None and mention.date_end is not None:
            assert mention.date_start <= mention.date_end
            assert mention.basis != "none"
        for turn in (as_future, as_past):
            turned = turn(mention, published)
            assert turned.date_start is None or turned.date_end is None or turned.date_start <= turned.date_end


@given(st.lists(WORDS, max_size=14).map(" ".join), DAYS)
def test_any_text_gives_a_sound_publication_date(text: str, stamp: date | None) -> None:
    found = find_publication_date(Article("a", text, published=stamp), fold(text))
    assert (found.date is None) is (found.reason is not None) is (found.how == "none")


@given(st.lists(WORDS, max_size=14).map(" ".join))
def test_runs_keep_symbols_and_tokens_in_step(text: str) -> None:
    for run in find_runs(fold(text).text):
        assert len(run.symbols) == len(run.tokens)
