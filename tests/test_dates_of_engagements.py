"""The day of the main engagement: which date of an article it takes, and why it stays blank where none can be known."""

from __future__ import annotations

from datetime import date

import pytest

from tests.reading import main_of, read

DATES = [
    (
        "explicit",
        "التقى وزير الخارجية المصري نظيره الأردني في القاهرة يوم 6 مايو 2024.",
        None,
        date(2024, 5, 6),
        "explicit",
    ),
    ("arabic_indic", "التقى وزير الخارجية المصري نظيره الأردني يوم ٦ مايو ٢٠٢٤.", None, date(2024, 5, 6), "explicit"),
    ("today", "التقى وزير الخارجية المصري نظيره الأردني اليوم.", date(2024, 5, 7), date(2024, 5, 7), "relative"),
    (
        "yesterday",
        "التقى وزير الخارجية المصري نظيره الأردني أمس الاثنين.",
        date(2024, 5, 7),
        date(2024, 5, 6),
        "relative",
    ),
    (
        "weekday",
        "التقى وزير الخارجية المصري نظيره الأردني، الأحد، في عمان.",
        date(2024, 5, 7),
        date(2024, 5, 5),
        "relative",
    ),
]


@pytest.mark.parametrize(("text", "published", "day", "basis"), [c[1:] for c in DATES], ids=[c[0] for c in DATES])
def test_date_of_the_main_engagement(text: str, published: date | None, day: date, basis: str) -> None:
    main = main_of(text, published=published)
    assert (main.date_start, main.date_end, main.date_precision, main.date_basis) == (day, day, "day", basis)


BLANK = [
    ("none", "التقى وزير الخارجية المصري نظيره الأردني.", "no_date_in_text"),
    ("weekday", "التقى وزير الخارجية المصري نظيره الأردني اليوم الخميس.", "weekday_without_publication_date"),
    ("yesterday", "التقى وزير الخارجية المصري نظيره الأردني أمس.", "relative_without_publication_date"),
    ("no_year", "التقى وزير الخارجية المصري نظيره الأردني يوم 6 مايو.", "day_without_year"),
]


@pytest.mark.parametrize(("text", "reason"), [c[1:] for c in BLANK], ids=[c[0] for c in BLANK])
def test_a_date_that_cannot_be_known_is_blank_with_its_reason(text: str, reason: str) -> None:
    main = main_of(text)
    assert (main.date_start, main.date_end, main.date_precision) == (None, None, "unknown")
    assert ("date_start", reason) in [(blank.field, blank.reason) for blank in main.blanks]


def test_a_date_of_background_does_not_date_the_news() -> None:
    text = "التقى وزير الخارجية المصري نظيره الأردني. وكانت مصر والأردن قد وقعتا اتفاقية في عام 2019."
    by_role = {e.role: e.date_start for e in read(text).engagements}
    assert by_role == {"main": None, "background": date(2019, 1, 1)}
