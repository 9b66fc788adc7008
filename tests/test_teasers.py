"""The first lines of other stories at the end of a page are no part of its article."""

from __future__ import annotations

import pytest

from extract.models import Article
from extract.teasers import body_of
from tests.reading import records_of

BODY = (
    "دبي (CNN)-- التقى وزير الخارجية المصري سامح فوزي نظيره الأردني أيمن الصفدي في القاهرة أمس.\n"
    "وأكد الوزيران أهمية التعاون.\n"
    '"نحن متفقون"، هكذا لخص الصفدي اللقاء.\n'
)
TEASERS = (
    "كشف مصدر مطلع تفاصيل اللقاء الذي دار بين وزير الخارجية الأمريكي مايك بومبيو وولي العهد السعودي محمد بن سلمان.\n"
    "أعلنت شركة كبرى عن نتائجها المالية، الأربعاء.\n"
    "رفض الرئيس الأمريكي دونالد ترامب التعليق على الأنباء، الثلاثاء.\n"
)


def body(text: str) -> str:
    return body_of(Article("case", text)).text


def test_the_list_is_cut_off_and_nothing_else() -> None:
    assert body(BODY + TEASERS) == BODY


def test_other_stories_make_no_record() -> None:
    assert records_of(BODY + TEASERS) == [("main", "meeting", "held", "EGY JOR")]


WHOLE = [
    ("no_list", BODY),
    ("two_lines_are_no_list", BODY + "".join(TEASERS.splitlines(keepends=True)[:2])),
    ("joined_by_and", BODY + "\n".join(f"و{line}" for line in TEASERS.splitlines())),
    ("all_paragraphs_open_bare", TEASERS + TEASERS),
    ("one_line", BODY.splitlines()[0]),
    ("empty", ""),
]


@pytest.mark.parametrize("text", [c[1] for c in WHOLE], ids=[c[0] for c in WHOLE])
def test_articles_stay_whole(text: str) -> None:
    assert body(text) == text
