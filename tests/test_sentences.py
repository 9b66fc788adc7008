"""Cutting folded text into sentences."""

from __future__ import annotations

import pytest

from extract.fold import fold_word
from extract.sentences import split_sentences


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        pytest.param("التقى الوزيران. ثم غادرا.", ["التقي الوزيران.", "ثم غادرا."], id="full_stops"),
        pytest.param("العنوان\n\nالنص هنا", ["العنوان", "النص هنا"], id="lines"),
        pytest.param("بلغ 1.5 مليار. وزاد", ["بلغ 1.5 مليار.", "وزاد"], id="decimal_point_is_no_end"),
        pytest.param("السفير ج. بي. سنغ وصل", ["السفير ج. بي.", "سنغ وصل"], id="one_letter_initial_is_no_end"),
        pytest.param("قال «نعم.» وذهب", ['قال "نعم."', "وذهب"], id="quote_after_stop"),
        pytest.param("غادر الوفد البلاد.وقال الوزير", ["غادر الوفد البلاد.", "وقال الوزير"], id="lost_blank"),
        pytest.param(
            'قال "كانت مفيدة."وعاد الوفد',
            ['قال "كانت مفيده."', "وعاد الوفد"],
            id="lost_blank_after_quote",
        ),
        pytest.param("قناة سي.إن.إن وموقع العربية.نت", ["قناه سي.ان.ان وموقع العربيه.نت"], id="letters_of_a_name"),
        pytest.param(" ... \n --- ", [], id="nothing_to_read"),
    ],
)
def test_split(text: str, sentences: list[str]) -> None:
    folded = fold_word(text)
    assert [folded[s.start : s.end] for s in split_sentences(folded)] == sentences


def test_paragraphs_count_lines_with_words() -> None:
    found = split_sentences(fold_word("سطر أول. جملة.\n\nسطر ثان"))
    assert [s.paragraph for s in found] == [0, 0, 1]
    assert [s.number for s in found] == [0, 1, 2]
