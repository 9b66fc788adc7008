"""Amounts: numbers in digits and words, scales, currencies, units, what they measure, and what is no amount."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.amounts import find_amounts
from extract.fold import fold
from extract.lexicon import Matcher
from extract.numbers import find_numbers, read_digits

NUMBERS = Matcher(["numbers"])


def read(text: str, home: str | None = None) -> list[tuple[float, str]]:
    return [(m.value, m.unit) for m in find_amounts(fold(text), home)]


@pytest.mark.parametrize(
    ("digits", "value"),
    [
        ("790", 790),
        ("1.5", 1.5),
        ("1,5", 1.5),
        ("1,500", 1500),
        ("1,500,000.5", 1500000.5),
        ("1.500.000", 1500000),
        ("1.2.3", None),
    ],
)
def test_digits(digits: str, value: float | None) -> None:
    assert read_digits(digits) == value


@pytest.mark.parametrize(
    ("text", "values"),
    [
        pytest.param("خمسة وعشرين عاما", [25], id="ones_and_tens"),
        pytest.param("الرابع والعشرين من", [24], id="ordinals"),
        pytest.param("ثلاثمئة وخمسين", [350], id="hundreds"),
        pytest.param("ثلاثة عشر", [13], id="teen"),
        pytest.param("خمسة، عشرين", [5, 20], id="a_comma_parts"),
        pytest.param("6 و7 أبريل", [6, 7], id="clitic_on_digits"),
        pytest.param("الذكرى الـ55 لإقامة", [55], id="article_on_digits"),
        pytest.param("طائرة ميج29", [], id="part_of_a_name"),
    ],
)
def test_numbers(text: str, values: list[float]) -> None:
    folded = fold(text).text
    assert [n.value for n in find_numbers(folded, NUMBERS.find(folded)) if n.end <= len(folded)][
        : len(values) or 1
    ] == values


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        pytest.param("نحو 790 مليون دولار", [(790e6, "USD")], id="million"),
        pytest.param("بلغ مليارا و300 مليون دولار", [(1.3e9, "USD")], id="one_in_the_accusative"),
        pytest.param("قرض بقيمة مليارا دولار", [(2e9, "USD")], id="two_before_the_unit"),
        pytest.param("تسلمت القوات الجوية ثماني مقاتلات", [(8, "aircraft")], id="aircraft"),
        pytest.param("تسلمت القوات الجوية مقاتلات جديدة", [], id="aircraft_without_a_number"),
        pytest.param("18 مليار دولار أميركي", [(18e9, "USD")], id="nationality_said"),
        pytest.param("ملياري ريال سعودي", [(2e9, "SAR")], id="dual"),
        pytest.param("مليونا دولار", [(2e6, "USD")], id="dual_nominative"),
        pytest.param("20 مليونا دولار", [(20e6, "USD")], id="accusative_after_a_number"),
        pytest.param("مليون دولار", [(1e6, "USD")], id="scale_alone"),
        pytest.param("مليار ونصف المليار دولار", [(1.5e9, "USD")], id="and_a_half"),
        pytest.param("نصف مليار يورو", [(0.5e9, "EUR")], id="half"),
        pytest.param("1,5 مليار يورو", [(1.5e9, "EUR")], id="decimal_comma"),
        pytest.param("3 مليارات و500 مليون دولار", [(3.5e9, "USD")], id="sum"),
        pytest.param("أربعة مليارات دولار", [(4e9, "USD")], id="number_word"),
        pytest.param("خمسة وعشرين مليون درهم إماراتي", [(25e6, "AED")], id="number_words"),
        pytest.param("10 مليارات جنيه إسترليني", [(10e9, "GBP")], id="sterling"),
        pytest.param("50 مليون دولار أسترالي", [(50e6, "AUD")], id="other_dollar"),
        pytest.param("50 مليون من الدولارات", [(50e6, "USD")], id="of_dollars"),
        pytest.param("$50 مليون", [(50e6, "USD")], id="sign_before"),
        pytest.param("تريليون دولار", [(1e12, "USD")], id="trillion"),
        pytest.param("7 بلايين دولار", [(7e9, "USD")], id="billion_of_the_east"),
        pytest.param("ستة آلاف ميغاواط", [(6000, "MW")], id="megawatt"),
        pytest.param("400 ألف برميل في اليوم", [(400e3, "barrel")], id="barrel"),
        pytest.param("خمسين ألف طن من القمح", [(50e3, "tonne")], id="tonne"),
        pytest.param("50 ألف جرعة ثم 150 ألف جرعة إضافية", [(50e3, "dose"), (150e3, "dose")], id="dose_twice"),
        pytest.param("بين 3 و5 مليارات دولار", [(3e9, "USD"), (5e9, "USD")], id="range"),
        pytest.param("من 10 إلى 12 مليون طن", [(10e6, "tonne"), (12e6, "tonne")], id="range_to"),
        pytest.param(
            "من 2.4 مليار دولار في 2014 إلى 10 مليارات دولار", [(2.4e9, "USD"), (1e10, "USD")], id="year_is_no_low_end"
        ),
        pytest.param("من 2000 إلى 3000 طن", [(2000, "tonne"), (3000, "tonne")], id="low_end_like_a_year"),
        pytest.param("وقع الوزيران اتفاقا لبيع 24 طائرة", [(24, "aircraft")], id="aircraft_sold"),
    ],
)
def test_amounts(text: str, amounts: list[tuple[float, str]]) -> None:
    assert read(text) == amounts


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("ملايين الدولارات", id="no_number"),
        pytest.param("عشرات مليارات الدولارات", id="tens_of"),
        pytest.param("بنسبة 45% في المئة", id="per_cent"),
        pytest.param("60 دولارا للبرميل", id="price"),
        pytest.param("3.75 ريال سعودي للدولار", id="rate"),
        pytest.param("600 ألف تذكرة", id="no_unit_of_ours"),
        pytest.param("في 2017 بين أسوأ", id="between_is_no_yen"),
        pytest.param("الوطن 5 وطن", id="homeland"),
        pytest.param("1.500 دولار", id="point_of_two_meanings"),
        pytest.param("30 مليون دينار", id="shared_currency_of_no_state"),
        pytest.param("بين الكويت والأردن 30 مليون دينار", id="shared_currency_of_two_states"),
        pytest.param("أسقطت القوات 3 طائرات حربية", id="aircraft_shot_down"),
        pytest.param("شاركت في المناورات 100 طائرة", id="aircraft_that_take_part"),
    ],
)
def test_no_amounts(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "home", "unit"),
    [
        pytest.param("قدمت الكويت للبنان 30 مليون دينار", None, "KWD", id="the_one_state_with_dinars"),
        pytest.param("أعلنت قطر ذلك. وبلغت القيمة 30 مليون ريال", None, "QAR", id="the_articles_state"),
        pytest.param("وبلغت القيمة 30 مليون ريال", "SAU", "SAR", id="the_outlets_state"),
        pytest.param("أعلنت قطر 30 مليون ريال", "SAU", "QAR", id="the_sentence_over_the_outlet"),
        pytest.param("بين مصر وبريطانيا 30 مليون جنيه مصري", None, "EGP", id="said_outright"),
    ],
)
def test_shared_currencies(text: str, home: str | None, unit: str) -> None:
    assert read(text, home) == [(30e6, unit)]


def test_conversion_in_brackets_is_not_a_second_amount() -> None:
    assert read("186 مليار ريال سعودي (49.6 مليار دولار)") == [(186e9, "SAR")]


@pytest.mark.parametrize(
    ("text", "measures", "growth"),
    [
        pytest.param(
            "بلغ حجم التبادل التجاري 790 مليون دولار أي بزيادة قدرها 45% عن", "trade_volume", 45, id="trade_and_rise"
        ),
        pytest.param("تراجعت الصادرات إلى 2 مليار دولار بانخفاض نسبته 10 في المئة", "trade_volume", -10, id="fall"),
        pytest.param("قدمت مساعدات بقيمة 5 ملايين دولار", "aid", None, id="aid"),
        pytest.param("وقعا قرضا بقيمة 5 ملايين دولار", "loan", None, id="loan"),
        pytest.param("ضخ استثمارات بقيمة 5 مليارات دولار", "investment", None, id="investment"),
        pytest.param("محطة بقدرة 300 ميغاواط", "capacity", None, id="capacity"),
        pytest.param("تسلمت 50 ألف جرعة", "quantity", None, id="quantity"),
        pytest.param("أنفق 5 ملايين دولار", None, None, id="not_said"),
    ],
)
def test_measures_and_growth(text: str, measures: str | None, growth: float | None) -> None:
    (mention,) = find_amounts(fold(text))
    assert (mention.measures, mention.growth) == (measures, growth)


VOCABULARY = """
5 1,5 1.500 ملياري مليون مليونا ملايين نصف و و7 من إلى - ( ) $ € دولار ريال دينار قطري طن جرعة ميغاواط
للبرميل عشرات بين خمسة وعشرين مئة الكويت قطر بزيادة 45% .
"""
WORDS = st.sampled_from([*VOCABULARY.split(), "\n"])


@given(st.lists(WORDS, max_size=14).map(" ".join) | st.text(max_size=80))
def test_any_text_gives_sound_amounts(text: str) -> None:
    folded = fold(text)
    for mention in find_amounts(folded):
        assert 0 <= mention.start < mention.end <= len(folded.text)
        assert mention.value > 0
        assert mention.unit
        start, end = folded.span(mention.start, mention.end)
        assert text[start:end]
