"""Outcomes: agreements, commitments, announcements and next meetings, quoted clause by clause."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.fold import fold
from extract.lexicon import Matcher
from extract.models import OUTCOME_TYPES
from extract.outcomes import MAX_LENGTH, OutcomeMention, find_outcomes
from extract.sentences import split_sentences

MATCHER = Matcher(["outcomes"])


def read(text: str) -> tuple[OutcomeMention, ...]:
    folded = fold(text)
    return find_outcomes(folded, split_sentences(folded.text), MATCHER.find(folded.text))


def quotes(text: str) -> list[tuple[str, str]]:
    folded = fold(text)
    return [(o.type, text[slice(*folded.span(o.start, o.end))]) for o in read(text)]


FOUND = [
    ("agreed_on", "واتفق الجانبان على مواصلة الحوار، كما غادر الوفد.", "agreement", "اتفق الجانبان على مواصلة الحوار"),
    ("passive", "كما تم الاتفاق على فتح خط جوي مباشر.", "agreement", "تم الاتفاق على فتح خط جوي مباشر"),
    ("signed", "ووقع الوزيران مذكرة تفاهم في مجال الصحة.", "agreement", "وقع الوزيران مذكرة تفاهم في مجال الصحة"),
    ("signing", "حضرا مراسم توقيع اتفاقية النقل البري.", "agreement", "مراسم توقيع اتفاقية النقل البري"),
    ("article_kept", "شهد اللقاء التوقيع على بروتوكول جديد.", "agreement", "التوقيع على بروتوكول جديد"),
    ("commitment", "أكد الوزير التزام بلاده بدعم جارتها.", "commitment", "أكد الوزير التزام بلاده بدعم جارتها"),
    ("pledge", "وتعهد الطرفان بتقديم المساعدات العاجلة.", "commitment", "تعهد الطرفان بتقديم المساعدات العاجلة"),
    ("next_round", "على عقد الجولة المقبلة في عاصمة أخرى.", "next_meeting", "عقد الجولة المقبلة في عاصمة أخرى"),
    ("will_convene", "اللجنة ستعقد اجتماعها في شهر مايو.", "next_meeting", "ستعقد اجتماعها في شهر مايو"),
    ("announced", "أعلن الرئيس عن إطلاق مبادرة جديدة.", "announcement", "أعلن الرئيس عن إطلاق مبادرة جديدة"),
    ("bounded", "اتفقا على لقاء سنوي بين الوزيرين فيما بقي الخلاف.", "agreement", "اتفقا على لقاء سنوي بين الوزيرين"),
]


@pytest.mark.parametrize(("text", "code", "quote"), [c[1:] for c in FOUND], ids=[c[0] for c in FOUND])
def test_an_outcome_is_the_clause_that_states_it(text: str, code: str, quote: str) -> None:
    assert (code, quote) in quotes(text)


NOT_FOUND = [
    ("no_object", "اتفق الوزير مع ضيفه"),
    ("denied", "لم يتفق الجانبان على موعد للحوار"),
    ("occurred", "وقعت انفجارات في وسط المدينة أمس"),
    ("speech", "أعلن الوزير أن بلاده تنتظر الرد عن كثب"),
    ("importance_only", "أكد الوزير أن الوضع صعب في المنطقة"),
    ("past_round", "شهدت العاصمة انعقاد الجولة الخامسة"),
    ("too_short", "تم الاتفاق على كل"),
    ("nothing", "التقى الوزيران أمس"),
]


@pytest.mark.parametrize("text", [c[1] for c in NOT_FOUND], ids=[c[0] for c in NOT_FOUND])
def test_no_outcome(text: str) -> None:
    assert read(text) == ()


def test_a_long_clause_is_cut_between_words() -> None:
    text = "اتفق الجانبان على " + " ".join(["مواصلة التنسيق والعمل"] * 30)
    ((_, quote),) = quotes(text)
    assert MAX_LENGTH - 20 < len(quote) <= MAX_LENGTH
    assert text.startswith(quote)
    assert text[len(quote)] == " "


def test_an_agreement_may_hold_the_next_meeting() -> None:
    found = [o.type for o in read("تم الاتفاق على مواصلة الحوار وعقد الجولة المقبلة في العاصمة.")]
    assert found == ["agreement", "next_meeting"]


PARTS = [
    "اتفق",
    "الجانبان",
    "على",
    "وقع",
    "مذكرة",
    "،",
    ".",
    "\n",
    "لم",
    "عقد",
    "الجولة",
    "المقبلة",
    "أعلن",
    "عن",
    "كما",
]


@given(st.lists(st.sampled_from(PARTS), max_size=60))
def test_any_text_gives_ordered_ranges_within_one_sentence(parts: list[str]) -> None:
    text = " ".join(parts)
    sentences = split_sentences(fold(text).text)
    reached = dict.fromkeys(OUTCOME_TYPES, 0)
    for outcome in read(text):
        assert any(s.start <= outcome.start < outcome.end <= s.end for s in sentences)
        assert reached[outcome.type] <= outcome.start
        assert outcome.end - outcome.start <= MAX_LENGTH + 2
        reached[outcome.type] = outcome.end
