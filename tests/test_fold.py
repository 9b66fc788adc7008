"""Folding for matching, and the way back to the source."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.fold import fold, fold_word, tokenize, without_marks

# An Arabic alphabet of its own: letters in all seats of hamza, marks, tatweel, ligatures, digits, controls, punctuation.
ALPHABET = "ابتثجحخدذرزسشصضطظعغفقكلمنهويىةأإآٱؤئءًٌٍَُِّْٰـﻻﷺیک٠١٢٣۴0123456789 \t\n\r\u00a0\u200f\u202b،؛؟.«»“”-–—%٪()abXY"


@pytest.mark.parametrize(
    ("source", "folded"),
    [
        pytest.param("قَالَ الرّئيسُ", "قال الرييس", id="marks"),
        pytest.param("الإمارات والأردن وآسيا", "الامارات والاردن واسيا", id="alef"),
        pytest.param("مبنى وزارة", "مبني وزاره", id="final_letters"),
        pytest.param("مـحـمـد", "محمد", id="tatweel_inside_word"),
        pytest.param("روسية ـ باكستانية", "روسيه - باكستانيه", id="tatweel_as_dash"),
        pytest.param("٢٥/٣/٢٠١٨، ١٢٪", "25/3/2018, 12%", id="digits_and_marks"),
        pytest.param("ﻻ تنتهي", "لا تنتهي", id="ligature"),
        pytest.param("أ😀\ud83d\ude00إ", "ا😀\ud83d\ude00ا", id="pair_and_halves_of_one"),
        pytest.param("«نص»  مكرر", '"نص" مكرر', id="quotes_and_blanks"),
        pytest.param("سطر \r\nآخر", "سطر\nاخر", id="line_ends"),
    ],
)
def test_fold(source: str, folded: str) -> None:
    assert fold(source).text == folded


@pytest.mark.parametrize(
    ("source", "word", "quote"),
    [
        pytest.param("قَالَ الرّئيسُ أمس", "الرييس", "الرّئيسُ", id="marks_come_along"),
        pytest.param("في ﻻهاي اليوم", "لاهاي", "ﻻهاي", id="ligature_comes_whole"),
        pytest.param("مـحـمـد علي", "محمد", "مـحـمـد", id="tatweel_comes_along"),
        pytest.param("أ   ب", "ب", "ب", id="after_shrunk_blanks"),
    ],
)
def test_span_leads_back(source: str, word: str, quote: str) -> None:
    folded = fold(source)
    start = folded.text.index(word)
    begin, end = folded.span(start, start + len(word))
    assert source[begin:end] == quote


@settings(max_examples=1000, deadline=None)
@given(st.text(alphabet=ALPHABET, max_size=60))
def test_every_token_leads_back_to_words_that_fold_to_it(source: str) -> None:
    folded = fold(source)
    for token in tokenize(folded.text):
        assert folded.text[token.start : token.end] == token.text
        begin, end = folded.span(token.start, token.end)
        assert 0 <= begin < end <= len(source)
        assert token.text in fold_word(source[begin:end]) or "-" in token.text


@settings(max_examples=1000, deadline=None)
@given(st.text(alphabet=ALPHABET, max_size=60))
def test_positions_never_turn_back(source: str) -> None:
    folded = fold(source)
    places = [folded.position(i) for i in range(len(folded.text))]
    assert places == sorted(places)


@settings(max_examples=1000, deadline=None)
@given(st.text(alphabet=ALPHABET, max_size=60))
def test_folding_twice_changes_nothing(source: str) -> None:
    once = fold_word(source)
    assert fold_word(once).split() == once.split()  # blanks may meet where marks stood between them


def test_empty_range_is_refused() -> None:
    with pytest.raises(ValueError, match="empty range"):
        fold("نص").span(1, 1)


@pytest.mark.parametrize(
    ("words", "plain"),
    [
        pytest.param("مَحمد عبد النباوي", "محمد عبد النباوي", id="marks"),
        pytest.param("#محمد_بن_سلمان", "محمد بن سلمان", id="hashtag"),
        pytest.param("خالد العطيـة", "خالد العطية", id="tatweel_and_ta_marbuta_kept"),
        pytest.param("أردوغان", "أردوغان", id="hamza_kept"),
    ],
)
def test_without_marks(words: str, plain: str) -> None:
    assert without_marks(words) == plain
