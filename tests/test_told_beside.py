"""What an article tells beside its news or leaves open: papers spoken of, gatherings that are to come, who attended one."""

from __future__ import annotations

from datetime import date

import pytest

from tests.reading import records_of

Row = tuple[str, str, str, str]
HELD = "held"

CASES: list[tuple[str, str, list[Row]]] = [
    (
        "attended",
        "استقبل أمير قطر الشيخ تميم بن حمد آل ثاني رئيس الوزراء اللبناني نواف سلام. "
        "وحضر الاستقبال وزير الدولة القطري محمد الخليفي وسفير لبنان لدى قطر فرح بري.",
        [("main", "meeting", HELD, "LBN QAT")],
    ),
    (
        "talks_before_a_summit",
        "بدأت محادثات بين أنقرة والقاهرة أمس، تمهيدا للقمة بين الرئيس التركي رجب طيب أردوغان والرئيس المصري عبد الفتاح السيسي.",
        [("main", "meeting", HELD, "EGY TUR"), ("background", "meeting", "planned", "EGY TUR")],
    ),
    (
        "protocol_of_relations",
        "وقعت سلطنة عمان مع جمهورية ناميبيا بروتوكول إقامة علاقات دبلوماسية بينهما.",
        [("main", "agreement", HELD, "NAM OMN")],
    ),
    (
        "opened_summit",
        "افتتح الرئيس التركي رجب طيب أردوغان قمة طارئة لمنظمة التعاون الإسلامي في إسطنبول.",
        [("main", "summit", HELD, "OIC TUR")],
    ),
    (
        "awaited",
        "قال مسؤول عماني إن القمة بين الرئيس التركي رجب طيب أردوغان والرئيس المصري عبد الفتاح السيسي مهمة. "
        "ويستعد منظمو القمة المقرر عقدها في مسقط لاستقبال الوفود.",
        [("main", "meeting", "planned", "EGY TUR")],
    ),
    (
        "held_before_the_awaited",
        "أشاد الخبراء بنتائج القمة بين الرئيس التركي رجب طيب أردوغان والرئيس المصري عبد الفتاح السيسي. "
        "ويبحثون القمة المقرر عقدها في مسقط.",
        [("main", "meeting", HELD, "EGY TUR")],
    ),
    (
        "spoken_of",
        "رحبت الكويت بالاتفاق الذي أبرمته إيران مع فرنسا. وقال وزير الدفاع الكويتي فهد اليوسف إن الاتفاق يهم المنطقة.",
        [],
    ),
    (
        "spoken_of_before_the_news",
        "رحب وزير الخارجية الكويتي عبدالله اليحيا بالاتفاق المبرم بين إيران وفرنسا. "
        "والتقى اليحيا وزير الخارجية العماني بدر البوسعيدي.",
        [("main", "meeting", HELD, "KWT OMN"), ("background", "agreement", HELD, "FRA IRN")],
    ),
    (
        "bound_in_time",
        "التقى وزير الخارجية العماني بدر البوسعيدي نظيره القطري محمد آل ثاني. وقال إن العلاقات كانت جيدة قبل القمة بين الرئيس "
        "التركي رجب طيب أردوغان والرئيس المصري عبد الفتاح السيسي.",
        [("main", "meeting", HELD, "OMN QAT")],
    ),
    (
        "things_received",
        "قال وزير الداخلية اللبناني أحمد الحجار إن استقبال اللاجئين من العراق لن يتوقف.",
        [],
    ),
    (
        "stations_that_receive",
        "قال وزير الطاقة القطري سعد الكعبي إن محطات استقبال الغاز في الصين جاهزة.",
        [],
    ),
    (
        "below_the_lead",
        "ارتفعت الأسعار.\nوتراجع الإنتاج.\nوقال محللون إن السوق هادئة.\nوتحسن الطقس.\n"
        "واستقبل الرئيس التركي رجب طيب أردوغان الرئيس المصري عبد الفتاح السيسي.",
        [("background", "meeting", HELD, "EGY TUR")],
    ),
]


@pytest.mark.parametrize(("text", "wanted"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_records(text: str, wanted: list[Row]) -> None:
    assert sorted(records_of(text)) == sorted(wanted)


@pytest.mark.parametrize(
    ("title", "role"),
    [("اللقاء الثنائي يبحث التجارة", "main"), ("الأسعار ترتفع", "background")],
    ids=["named_by_the_headline", "beside_the_headline"],
)
def test_news_below_the_lead_is_what_the_headline_speaks_of(title: str, role: str) -> None:
    text = (
        "ارتفعت الأسعار.\nوتراجع الإنتاج.\nوقال محللون إن السوق هادئة.\n"
        "وعقد الرئيس التركي رجب طيب أردوغان والرئيس المصري عبد الفتاح السيسي اجتماعا ثنائيا."
    )
    assert records_of(text, title=title) == [(role, "meeting", HELD, "EGY TUR")]


@pytest.mark.parametrize(
    ("day", "published", "role"),
    [
        ("يناير 1991", date(2024, 5, 6), "background"),
        ("يناير 2024", date(2024, 5, 6), "main"),
        ("ديسمبر 2023", date(2024, 5, 6), "main"),
        ("يناير 1991", None, "main"),
    ],
    ids=["long_over", "of_the_year", "of_last_winter", "article_of_no_day"],
)
def test_what_was_long_over_is_no_news_below_the_lead(day: str, published: date | None, role: str) -> None:
    text = (
        "ارتفعت الأسعار.\nوتراجع الإنتاج.\nوقال محللون إن السوق هادئة.\n"
        f"ووقعت إسبانيا وكوبا في {day} في هافانا اتفاقية للتعاون في الموانئ."
    )
    assert records_of(text, title="إسبانيا وكوبا والموانئ", published=published) == [
        (role, "agreement", HELD, "CUB ESP")
    ]


def test_what_the_lead_tells_of_is_news_whatever_the_stamp() -> None:
    """The stamp of a crawl may be that of fetching."""
    text = "وقعت إسبانيا وكوبا في يناير 1991 في هافانا اتفاقية للتعاون في الموانئ."
    assert records_of(text, published=date(2024, 5, 6)) == [("main", "agreement", HELD, "CUB ESP")]
