"""Scopes: which sentences an engagement may draw on, by what its records say was discussed."""

from __future__ import annotations

from extract.models import Engagement
from tests.reading import main_of, read

MEETING = "التقى وزير الخارجية المصري سامح فوزي نظيره الأردني أيمن الصفدي في القاهرة وبحثا العلاقات الثنائية. "


def core(record: Engagement) -> set[str]:
    return {s.code for s in record.sectors if s.is_core}


def test_a_later_sentence_of_the_two_sides_is_the_news() -> None:
    assert core(main_of(MEETING + "وأكد الجانبان أهمية تعزيز التعاون في مجال السياحة.")) == {"culture_tourism"}


def test_a_turn_to_another_subject_is_not() -> None:
    text = MEETING + "إلى ذلك، أكد الجيش ضرورة مكافحة الإرهاب. وشددت الوزارة على أهمية التعليم العالي."
    assert not core(main_of(text)) & {"security", "education_research"}


def test_the_parties_end_a_turn() -> None:
    text = MEETING + "من جهة أخرى، أكد الجيش ضرورة مكافحة الإرهاب. وناقش الوزيران التبادل التجاري."
    assert core(main_of(text)) == {"trade"}


def test_what_they_signed_is_a_subject_of_the_visit_too() -> None:
    text = (
        "قام الرئيس الكيني وليام روتو بزيارة إلى اليابان. "
        "ووقعت اليابان وكينيا مذكرة تفاهم في مجال الطاقة المتجددة خلال الزيارة."
    )
    found = {e.type: core(e) for e in read(text).engagements}
    assert found["visit"] == {"renewables"}


def test_the_sentence_after_goes_on_about_the_engagement_before_it() -> None:
    text = (
        "وصل وزير الطاقة الكيني ديفيس تشيرتشير إلى طوكيو في زيارة إلى اليابان لبحث الاستثمار. "
        "وكان الرئيس الكيني وليام روتو التقى الرئيس الهندي ناريندرا مودي في مايو الماضي. "
        "وتناول اللقاء التعاون العسكري."
    )
    assert {e.type: core(e) for e in read(text).engagements} == {
        "visit": {"investment_finance"},
        "meeting": {"defence"},
    }
