"""The day of writing: dateline, address, stamp, and what the text says against them."""

from __future__ import annotations

from datetime import date

import pytest

from extract.dates import find_publication_date
from extract.fold import fold
from extract.models import Article


def publication(text: str, stamp: date | None) -> tuple[str | None, str | None, str]:
    found = find_publication_date(Article("a", text, published=stamp), fold(text))
    return (str(found.date) if found.date else None, found.reason, found.how)


SATURDAY = date(2015, 7, 25)


@pytest.mark.parametrize(
    ("text", "stamp", "expected"),
    [
        pytest.param("التقى الوزير نظيره", SATURDAY, ("2015-07-25", None, "stamp"), id="plain_stamp"),
        pytest.param("التقى أمس الجمعة نظيره", SATURDAY, ("2015-07-25", None, "stamp"), id="yesterday_agrees"),
        pytest.param("التقى اليوم الجمعة نظيره", SATURDAY, ("2015-07-24", None, "stamp"), id="a_day_late"),
        pytest.param("التقى أول أمس الأربعاء نظيره", SATURDAY, ("2015-07-24", None, "stamp"), id="a_day_late_by_two"),
        pytest.param("يلتقي غدا السبت نظيره", SATURDAY, ("2015-07-24", None, "stamp"), id="a_day_late_by_tomorrow"),
        pytest.param("التقى اليوم الثلاثاء نظيره", SATURDAY, (None, "stamp_contradicted", "none"), id="contradicted"),
        pytest.param("التقى اليوم الثلاثاء نظيره", None, (None, "no_stamp", "none"), id="no_stamp"),
        pytest.param(
            "الكويت 25 شوال 1436 هـ الموافق 10 اغسطس 2015 م واس\nجرى اليوم",
            date(2015, 8, 20),
            ("2015-08-10", None, "dateline"),
            id="dateline_over_stamp",
        ),
        pytest.param("القاهرة 10 أغسطس 2015 (رويترز) - قال", None, ("2015-08-10", None, "dateline"), id="agency"),
        pytest.param("تاريخ النشر: 25/3/2018\nقال", None, ("2018-03-25", None, "dateline"), id="label"),
        pytest.param("وقع اليوم الجمعة 5 مايو 2017 اتفاقا", None, ("2017-05-05", None, "dateline"), id="today_in_full"),
        pytest.param(
            "وقع اليوم الجمعة 15 ماي 2016 اتفاقا", date(2015, 5, 15), ("2015-05-15", None, "stamp"), id="misprint"
        ),
        pytest.param(
            "الجمعة - 19 أبريل 2024\nالجمعة - 19 أبريل 2024\n\nعلاقات\n",
            None,
            (None, "no_stamp", "none"),
            id="masthead",
        ),
        pytest.param("وقع في 14 مايو 1998 اتفاقا قديما", None, (None, "no_stamp", "none"), id="date_in_the_text"),
    ],
)
def test_publication_date(text: str, stamp: date | None, expected: tuple[str | None, str | None, str]) -> None:
    assert publication(text, stamp) == expected


ADDRESS = "http://paper.example/2015/20150724/page4.htm"


@pytest.mark.parametrize(
    ("text", "url", "stamp", "at_night", "expected"),
    [
        pytest.param("التقى نظيره", ADDRESS, None, False, ("2015-07-24", "address", None), id="address"),
        pytest.param(
            "التقى نظيره", ADDRESS, SATURDAY, False, ("2015-07-24", "address", "20150724"), id="address_over_stamp"
        ),
        pytest.param(
            "التقى اليوم الجمعة نظيره", "http://a.example/2015/07/24/x", SATURDAY, False,
            ("2015-07-24", "address", "2015/07/24"), id="address_with_strokes",
        ),
        pytest.param(
            "التقى اليوم السبت نظيره", "http://a.example/20150721", SATURDAY, False, ("2015-07-25", "stamp", "20150721"),
            id="text_refuses_the_address",
        ),
        pytest.param("التقى نظيره", "http://a.example/id/20151345", SATURDAY, False, ("2015-07-25", "stamp", None), id="number"),
        pytest.param("التقى أمس نظيره", "http://a.example/1", SATURDAY, True, (None, "none", None), id="night"),
        pytest.param(
            "التقى أمس الجمعة نظيره", "http://a.example/1", SATURDAY, True, ("2015-07-25", "stamp", None), id="night_proved"
        ),
        pytest.param("التقى أمس نظيره", ADDRESS, SATURDAY, True, ("2015-07-24", "address", "20150724"), id="night_address"),
    ],
)  # fmt: skip
def test_the_address_and_the_hour(
    text: str, url: str, stamp: date | None, at_night: bool, expected: tuple[str | None, str, str | None]
) -> None:
    article = Article("a", text, published=stamp, url=url, published_at_night=at_night)
    found = find_publication_date(article, fold(text))
    assert (str(found.date) if found.date else None, found.how, found.conflict) == expected


def test_conflict_is_recorded() -> None:
    text = "التقى اليوم الثلاثاء نظيره"
    found = find_publication_date(Article("a", text, published=SATURDAY), fold(text))
    assert found.conflict == fold("اليوم الثلاثاء").text
