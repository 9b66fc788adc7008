"""Folding for search: spellings that a reader takes for one word must meet, others must not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.search import fold_for_search

SAME = {
    "alef-hamza": ("إتفاقية", "اتفاقيه"),
    "alef-maqsura": ("مستشفى", "مستشفي"),
    "hamza-on-waw": ("مسؤول", "مسوول"),
    "hamza-on-yeh": ("الطائرات", "طايرات"),
    "marks": ("مُحَمَّد", "محمد"),
    "tatweel": ("الكـــويت", "كويت"),
    "article": ("الكويت", "كويت"),
    "article-before-alef-lam": ("الألمانية", "ألمانية"),
    "presentation-forms": ("ﻻﻋﺐ", "لاعب"),
    "direction-marks": ("\u200fعُمان\u200e", "عمان"),
    "arabic-digits": ("٢٠٢٤", "2024"),
    "latin-case": ("OPEC", "opec"),
    "punctuation": ("«وزير الخارجية»، أمس", "وزير الخارجية أمس"),
    "like-wildcards": ("50%_", "50"),
    "spaces": ("  وزير\n\tالنفط ", "وزير النفط"),
}
DIFFERENT = {
    "oman-lebanon": ("عمان", "لبنان"),
    "niger-nigeria": ("النيجر", "نيجيريا"),
    "short-word-keeps-its-letters": ("الله", "له"),
}


@pytest.mark.parametrize(("left", "right"), SAME.values(), ids=SAME.keys())
def test_one_word_in_two_spellings(left: str, right: str) -> None:
    assert fold_for_search(left) == fold_for_search(right) != ""


@pytest.mark.parametrize(("left", "right"), DIFFERENT.values(), ids=DIFFERENT.keys())
def test_two_words(left: str, right: str) -> None:
    assert fold_for_search(left) != fold_for_search(right)


def test_a_word_is_found_behind_its_clitics() -> None:
    assert fold_for_search("الكويت") in fold_for_search("وبالكويت، وللكويت")


@given(st.text() | st.text(st.sampled_from("الأإآىةؤئءبم ـًّ٣9aE،_%\u200f")))
def test_folding_is_stable_and_leaves_only_words(text: str) -> None:
    folded = fold_for_search(text)
    assert fold_for_search(folded) == folded
    assert all(word.isalnum() or any(not sign.isascii() for sign in word) for word in folded.split())
    assert "  " not in folded
    assert "%" not in folded
    assert "_" not in folded
