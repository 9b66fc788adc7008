"""Latin spellings: the hand table, the romaniser behind it, and capitals."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.fold import fold_word
from extract.latin import common_spelling, latin_name
from extract.lexicon import load


@pytest.mark.parametrize(
    ("name", "country", "latin"),
    [
        pytest.param("سيرغي لافروف", "RUS", "Sergey Lavrov", id="person"),
        pytest.param("سيرجي لافروف", None, "Sergey Lavrov", id="other_spelling_no_country"),
        pytest.param("شي جين بينغ", "CHN", "Xi Jinping", id="chinese_order"),
        pytest.param("عبدالفتاح السيسي", "EGY", "Abdel Fattah El-Sisi", id="joined_servant"),
        pytest.param("محمد_بن_سلمان", "SAU", "Mohammed bin Salman", id="hashtag"),
        pytest.param("محمد السادس", "MAR", "Mohammed VI", id="king"),
        pytest.param("كيم جونغ-أون", "PRK", "Kim Jong-un", id="hyphen"),
        pytest.param("خوسيه لوبيز", "ESP", "José Lopez", id="parts"),
        pytest.param("بشار الأسد", "SYR", "Bashar Al-Assad", id="article_has_a_capital"),
        pytest.param("محمد بن عيسى", "MAR", "Mohamed Ben Issa", id="maghreb_ben"),
        pytest.param("محمد ولد بلال", "MRT", "Mohamed Ould Bilal", id="mauritania_ould"),
        pytest.param("سالم بن ناصر آل ثاني", "QAT", "Salem bin Nasser Al Thani", id="house"),
        pytest.param("فهد المطيري", "KWT", "Fahad Al-Mutairi", id="romaniser"),
        pytest.param("سلطان الظاهري", "ARE", "Sultan Al-Zahiri", id="correction"),
        pytest.param("", None, "", id="empty"),
    ],
)
def test_latin_name(name: str, country: str | None, latin: str) -> None:
    assert latin_name(name, country) == latin


WORDS = "محمد بن آل عبد الله سيرغي كلاوس ظافر الهاجري دي بوتين ولد"


@given(
    st.lists(st.sampled_from(WORDS.split()), min_size=1, max_size=5),
    st.sampled_from([None, "KWT", "MAR", "RUS", "IRN", "EU"]),
)
@settings(deadline=None, max_examples=60)
def test_no_arabic_is_left(parts: list[str], country: str | None) -> None:
    latin = latin_name(" ".join(parts), country)
    assert latin
    assert not re.search("[\u0600-\u06ff]", latin)
    assert latin[0].isupper() or not latin[0].isalpha()
    assert latin_name.__wrapped__(" ".join(parts), country) == latin


@pytest.mark.parametrize("table", ["grammar", "corrections", "people", "words"])
def test_each_arabic_form_has_one_spelling(table: str) -> None:
    counts = Counter(
        fold_word(form) for forms in load("latin_names")[table].values() for form in set(map(fold_word, forms))
    )
    assert [form for form, n in counts.items() if n > 1] == []


SPELLINGS = [
    ("listed", "دونالد ترمب", "دونالد ترامب"),
    ("listed_first", "دونالد ترامب", "دونالد ترامب"),
    ("written_otherwise", "دونالد  ترمب", "دونالد ترامب"),
    ("unknown", "سامح فوزي", "سامح فوزي"),
    ("empty", "", ""),
]


@pytest.mark.parametrize(("name", "wanted"), [c[1:] for c in SPELLINGS], ids=[c[0] for c in SPELLINGS])
def test_one_person_has_one_spelling(name: str, wanted: str) -> None:
    assert common_spelling(name) == wanted
