"""The date of an engagement: which of an article's dates is its own, and what status and date say of each other."""

from __future__ import annotations

from datetime import date

import pytest

from tests.reading import main_of, read

TUESDAY = date(2024, 5, 7)
HELD = "held"
PLANNED = "planned"

# The status and the days of the first record of an article of Tuesday, 7 May 2024; None: its date stays blank.
CASES: list[tuple[str, str, str, str | None]] = [
    (
        "after_the_event",
        "استقبل وزير الخارجية المصري سامح فوزي نظيره الأردني أيمن الصفدي في القاهرة الأحد.",
        HELD,
        "2024-05-05",
    ),
    (
        "day_of_what_came_before",
        "استقبل وزير الخارجية المصري سامح فوزي نظيره الأردني أيمن الصفدي بعد انفجار وقع الأحد.",
        HELD,
        None,
    ),
    (
        "relative_clause_of_another",
        "استقبل وزير الخارجية المصري سامح فوزي نظيره الأردني أيمن الصفدي الذي غادر دمشق الأحد.",
        HELD,
        None,
    ),
    (
        "relative_clause_of_its_own",
        "قال مسؤول إن القمة التي عقدها الرئيس المصري مع الرئيس التونسي في القاهرة الأحد كانت ناجحة.",
        HELD,
        "2024-05-05",
    ),
    (
        "day_of_a_report",
        "استقبل وزير الخارجية المصري سامح فوزي نظيره الأردني أيمن الصفدي، حسب بيان صدر الأحد.",
        HELD,
        None,
    ),
    (
        "day_of_a_statement",
        "أعلنت الوزارة الأحد أن وزير الخارجية المصري سامح فوزي التقى نظيره الأردني أيمن الصفدي.",
        HELD,
        None,
    ),
    (
        "said_during_it",
        "قال وزير الخارجية المصري سامح فوزي الأحد خلال لقائه نظيره الأردني أيمن الصفدي إن بلاده تدعم الحوار.",
        HELD,
        "2024-05-05",
    ),
    (
        "came_during_it",
        "أكد وزير الخارجية المصري سامح فوزي الأحد دعم الحوار. وجاء ذلك خلال لقائه نظيره الأردني أيمن الصفدي.",
        HELD,
        "2024-05-05",
    ),
    (
        "a_wish",
        "أعرب وزير الخارجية المصري سامح فوزي الأحد عن شكره على زيارة وزير الخارجية الأردني أيمن الصفدي إلى مصر.",
        HELD,
        None,
    ),
    ("back_from_it", "عاد الوفد المصري الأحد من محادثات بين مصر والسودان.", HELD, None),
    (
        "what_follows_it",
        "التقى وزير الخارجية المصري سامح فوزي نظيره الأردني أيمن الصفدي الأحد، فيما يصل وفد آخر الخميس.",
        HELD,
        "2024-05-05",
    ),
    (
        "newspaper",
        "قالت صحيفة في عددها الصادر أمس إن وزير الخارجية المصري سامح فوزي التقى نظيره الأردني أيمن الصفدي.",
        HELD,
        None,
    ),
    (
        "day_that_names_a_revolution",
        "بعث الرئيس المصري عبد الفتاح السيسي برقية إلى نظيره التونسي قيس سعيد بمناسبة ثورة 23 مارس.",
        HELD,
        None,
    ),
    (
        "approved_not_signed",
        "قرر مجلس الوزراء الموافقة على اتفاقية بين وزارة العدل المصرية ووزارة العدل الأردنية، الموقعة في 5 مارس 2024.",
        HELD,
        None,
    ),
    (
        "will_be_held_on",
        "أعلن الوزير أن القمة بين الرئيس المصري عبد الفتاح السيسي ونظيره التونسي قيس سعيد ستعقد في 15 يونيو.",
        PLANNED,
        "2024-06-15",
    ),
    (
        "had_been_held_on",
        "وكانت القمة السابقة بين الرئيس المصري عبد الفتاح السيسي ونظيره التونسي قيس سعيد قد عقدت في 29 مايو.",
        HELD,
        "2023-05-29",
    ),
    (
        "called_off_for",
        "أعلن الرئيس المصري عبد الفتاح السيسي إلغاء قمة كانت مقررة في 12 يونيو مع نظيره التونسي قيس سعيد.",
        "cancelled",
        "2024-06-12",
    ),
    (
        "day_of_calling_off",
        "ألغى الرئيس المصري عبد الفتاح السيسي الاثنين قمته مع نظيره التونسي قيس سعيد.",
        "cancelled",
        None,
    ),
    (
        "year_of_a_deal",
        "التقى وزير الخارجية المصري سامح فوزي نظيره الأردني أيمن الصفدي وبحثا الاتفاق النووي لعام 2015.",
        HELD,
        None,
    ),
    (
        "last_week",
        "التقى وزير الخارجية المصري سامح فوزي نظيره الأردني أيمن الصفدي الأسبوع الماضي.",
        HELD,
        None,
    ),
    (
        "last_month",
        "التقى وزير الخارجية المصري سامح فوزي نظيره الأردني أيمن الصفدي الشهر الماضي.",
        HELD,
        "2024-04-01..2024-04-30",
    ),
    (
        "next_weekday",
        "يلتقي وزير الخارجية المصري سامح فوزي الخميس نظيره الأردني أيمن الصفدي.",
        PLANNED,
        "2024-05-09",
    ),
    (
        "will_be_held",
        "سيعقد الرئيس المصري والرئيس التونسي قيس سعيد قمة في القاهرة يوم الخميس.",
        PLANNED,
        "2024-05-09",
    ),
    (
        "agreed_to_hold",
        "اتفق الرئيس المصري والرئيس التونسي قيس سعيد على عقد محادثات الخميس.",
        PLANNED,
        "2024-05-09",
    ),
    (
        "today_and_tomorrow",
        "يزور وزير الخارجية المصري سامح فوزي الأردن اليوم وغدا.",
        PLANNED,
        "2024-05-07..2024-05-08",
    ),
    (
        "lasts",
        "وصل وزير الخارجية المصري سامح فوزي إلى الأردن الأحد في زيارة رسمية ليومين.",
        HELD,
        "2024-05-05..2024-05-06",
    ),
    (
        "stay",
        "وصل وزير الخارجية المصري سامح فوزي إلى الأردن الأحد. والتقى فوزي أمس وزير الخارجية الأردني أيمن الصفدي.",
        HELD,
        "2024-05-05..2024-05-06",
    ),
    (
        "month_of_a_later_sentence",
        "التقى وزير الخارجية المصري سامح فوزي نظيره الأردني أيمن الصفدي. وبحث الوزيران التجارة. وأشادا بالتعاون. "
        "وذكر البيان محادثات الوزيرين في يناير الماضي.",
        HELD,
        None,
    ),
]


@pytest.mark.parametrize(("text", "status", "days"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_the_date_is_the_events_own(text: str, status: str, days: str | None) -> None:
    main = main_of(text, published=TUESDAY)
    start, end = main.date_start, main.date_end
    found = None if start is None else str(start) if start == end else f"{start}..{end}"
    assert (main.status, found) == (status, days)


def test_the_day_a_tour_begins_is_not_that_of_its_later_stops() -> None:
    text = "بدأ وزير الخارجية المصري سامح فوزي أمس زيارة إلى الأردن والعراق."
    by_party = {e.parties[-1]: e.date_start for e in read(text, published=TUESDAY).engagements}
    assert by_party == {"JOR": date(2024, 5, 6), "IRQ": None}


@pytest.mark.parametrize(
    ("text", "about", "reason"),
    [
        pytest.param(
            "التقى وزير الخارجية المصري سامح فوزي نظيره الأردني أيمن الصفدي بعد انفجار وقع الأحد.",
            {"published": TUESDAY},
            "dates_of_other_things",
            id="of_other_things",
        ),
        pytest.param(
            "التقى وزير الخارجية المصري سامح فوزي نظيره الأردني أيمن الصفدي الأسبوع الماضي.",
            {"published": date(2024, 5, 21)},
            "vague_period",
            id="a_week",
        ),
        pytest.param(
            "التقى وزير الخارجية المصري سامح فوزي نظيره الأردني أيمن الصفدي اليوم الجمعة.",
            {"published": TUESDAY},
            "stamp_contradicted",
            id="stamp_of_another_week",
        ),
        pytest.param(
            "التقى وزير الخارجية المصري سامح فوزي نظيره الأردني أيمن الصفدي أمس.",
            {"published": TUESDAY, "published_at_night": True},
            "stamp_at_night",
            id="stamp_of_the_night",
        ),
    ],
)
def test_a_blank_date_says_why(text: str, about: dict[str, object], reason: str) -> None:
    blanks = {b.field: b.reason for b in main_of(text, **about).blanks}
    assert blanks["date_start"] == reason
