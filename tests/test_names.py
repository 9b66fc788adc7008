"""Where a person's name ends, names without titles, one person's two names, and the lists behind them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.fold import fold, fold_word, tokenize
from extract.lexicon import load, words
from extract.name_words import Sort, sort_of
from extract.names import find_names, read_name, same_person, surname_of

# Each case: the words before the name, the name, the words after it.
READ = [
    pytest.param("الرئيس الروسي", "فلاديمير بوتين", "الخميس نظيره", id="weekday_ends"),
    pytest.param("الرئيس", "شي جين بينغ", "في بكين", id="chinese"),
    pytest.param("نائب الوزير", "مياودي يو", "في مقر الوزارة", id="unlisted_chinese"),
    pytest.param("الزعيم", "كيم جونغ-أون", "وأعرب", id="korean_hyphen"),
    pytest.param("الرئيس", "مون جيه إن", "في سيول", id="korean_word_of_prose"),
    pytest.param("الوزير", "ري سون هو", "إلى ستوكهولم", id="korean_family_first"),
    pytest.param("الرئيس", "يون سوك يول", "في سيول", id="korean_day_of_prose"),
    pytest.param("الرئيس", "حسن روحاني", "كضيف", id="as_a_guest"),
    pytest.param("الرئيس", "شي جينبينغ", "هو الذي", id="he_after_a_name"),
    pytest.param("الأمير", "محمد بن سلمان بن عبد العزيز آل سعود", "، ولي العهد", id="lineage_and_house"),
    pytest.param("الأمير", "محمد بن نايف بن عبدالعزيز", "ولي العهد", id="title_ends"),
    pytest.param("الأمير", "محمد_بن_سلمان", "أمس", id="hashtag"),
    pytest.param("الوزير", "جان-إيف لودريان", "اليوم", id="french_hyphen"),
    pytest.param("المبعوث", "ستافان دي ميستورا", "على أهمية", id="foreign_particle"),
    pytest.param("المستشار", "فرانك فالتر شتاينماير", "خلال", id="three_foreign_parts"),
    pytest.param("الوزير", "خوسيه مانويل ألباريس", "، وزير", id="comma_ends"),
    pytest.param("الأمين العام", "أنطونيو غوتيريش", "(António)", id="bracket_ends"),
    pytest.param("الوزير", "جون ف. كينيدي", "أن", id="initial"),
    pytest.param("الرئيس", "عبد الفتاح السيسي", "على هامش القمة", id="preposition_like_ali"),
    pytest.param("الرئيس", "باراك أوباما", "على كيم", id="preposition_before_name"),
    pytest.param("الوزير", "محمد علي", "في القاهرة", id="ali_before_preposition"),
    pytest.param("الوزير الباكستاني", "علي مالك", "، لمناقشة", id="ali_first"),
    pytest.param("الشيخ", "صباح خالد الحمد الصباح", "إلى", id="morning_as_name"),
    pytest.param("الوزير", "", "صباح اليوم", id="morning_as_time"),
    pytest.param("العاهل", "محمد السادس", "ملك المغرب", id="ordinal"),
    pytest.param("الرئيس", "عبد ربه منصور هادي", "عقب", id="servant"),
    pytest.param("الرئيس", "الباجي قائد السبسي", "ونظيره", id="leader_as_name"),
    pytest.param("الوزير", "حسين أمير عبد اللهيان", "مع", id="prince_as_name"),
    pytest.param("الأمين العام", "نبيل العربي", "أن", id="nisba_surname"),
    pytest.param("السفير", "عمر هلال", ".", id="doubtful_before_mark"),
    pytest.param("رئيسة الوزراء", "تيريزا ماي", "لنظيرها", id="month_as_name"),
    pytest.param("الرئيس", "دونالد ترامب", "وبوتين", id="conjoined_name_ends"),
    pytest.param("الوزير", "عادل الجبير", "سيصل غدا", id="future_verb_ends"),
    pytest.param("الرئيس", "جو بايدن", "يعربان", id="dual_verb_ends"),
    pytest.param("الوزير", "برونو لو مير", "، الجمعة", id="le_joins"),
    pytest.param("الرئيس", "إيمانويل ماكرون", "الملك سلمان", id="king_is_the_next"),
    pytest.param("الوزير", "رياض ياسين", "ل«الصحيفة»", id="letter_before_quotation"),
    pytest.param("الوزير", "", "ونظيره السعودي", id="no_name"),
    pytest.param("وزير", "", "الخارجية سامح شكري", id="portfolio_is_no_name"),
    pytest.param("الوزير", "سامح شكري", "\nأحمد", id="line_ends"),
]


@pytest.mark.parametrize(("before", "name", "after"), READ)
def test_read_name(before: str, name: str, after: str) -> None:
    text = fold(f"{before} {name}{'' if after[0] in '.،' else ' '}{after}".replace("  ", " ")).text
    tokens = tokenize(text)
    at = len(tokenize(fold_word(before)))
    end = read_name(tokens, at, text)
    read = text[tokens[at].start : tokens[end - 1].end] if end > at else ""
    assert read == fold_word(name)


@given(
    st.lists(
        st.sampled_from(["محمد", "بن", "-", "_", ".", "علي", "\n", "جو", "عبد", "الله", "في", "آل", "7", "x"]),
        max_size=14,
    )
)
def test_read_name_stays_in_its_line(parts: list[str]) -> None:
    text = fold(" ".join(parts)).text
    tokens = tokenize(text)
    for at in range(len(tokens)):
        end = read_name(tokens, at, text)
        assert at <= end <= len(tokens)
        if end > at:
            assert "\n" not in text[tokens[at].start : tokens[end - 1].end]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        pytest.param("أعلن خوسيه مانويل ألباريس، وزير الخارجية", ["خوسيه مانويل الباريس"], id="before_title"),
        pytest.param("التقى سامح شكري وعادل الجبير", ["سامح شكري"], id="one_of_two"),
        pytest.param("وصل إلى مطار محمد الخامس", [], id="airport"),
        pytest.param("أكد على محمد ضرورة", [], id="preposition"),
        pytest.param("بحث التعاون في مجالات الطاقة", [], id="prose"),
        pytest.param("قال علي بن حسين الهاجري", ["علي بن حسين الهاجري"], id="ali_with_lineage"),
    ],
)
def test_find_names(text: str, names: list[str]) -> None:
    folded = fold(text).text
    tokens = tokenize(folded)
    assert [folded[tokens[a].start : tokens[b - 1].end] for a, b in find_names(tokens, folded)] == names


SAME = [
    ("لافروف", "سيرغي لافروف"), ("سيرجي لافروف", "سيرغي لافروف"), ("الجابر", "جراح الجابر"),
    ("محمد بن سلمان", "محمد بن سلمان بن عبد العزيز آل سعود"), ("محمد بن سلمان آل سعود", "محمد بن سلمان بن عبدالعزيز"),
    ("ترامب", "ترمب"), ("دونالد ترامب", "دونالد ترمب"), ("نتنياهو", "بنيامين نتانياهو"),
    ("أردوغان", "رجب طيب إردوغان"), ("عبدالفتاح السيسي", "عبد الفتاح السيسي"),
    ("السيسي", "عبد الفتاح السيسي"),
    ("صباح الخالد", "صباح خالد الحمد الصباح"), ("خالد العطية", "خالد بن محمد العطية"),
    ("العطية", "خالد بن محمد العطية"),
    ("جواد ظريف", "محمد جواد ظريف"), ("سلمان", "سلمان بن عبد العزيز"), ("شي", "شي جين بينغ"),
    ("أبو الغيط", "أحمد أبو الغيط"), ("زيجمار جابريل", "سيغمار غابرييل"), ("محمد_بن_سلمان", "محمد بن سلمان"),
    ("عبد الله الثاني", "عبد الله الثاني بن الحسين"), ("مشعل الأحمد", "مشعل الأحمد الجابر الصباح"),
]  # fmt: skip
OTHERS = [
    ("سلمان بن عبد العزيز", "مقرن بن عبد العزيز"), ("خليفة بن زايد", "محمد بن زايد"),
    ("محمد بن سلمان", "سلمان بن عبد العزيز"),
    ("خالد بن سلمان", "محمد بن سلمان"), ("عادل الجبير", "سلطان الجابر"), ("السيسي", "السبسي"),
    ("محمد العطية", "خالد بن محمد العطية"), ("صباح الأحمد الجابر الصباح", "صباح الخالد الحمد الصباح"),
    ("محمد بن زايد", "محمد بن راشد"), ("محمد شكري", "سامح شكري"), ("حسن شكري", "حسين شكري"), ("محمد", "محمد شكري"),
    ("", "سامح شكري"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [pytest.param(a, b, True, id=f"same_{i}") for i, (a, b) in enumerate(SAME)]
    + [pytest.param(a, b, False, id=f"other_{i}") for i, (a, b) in enumerate(OTHERS)],
)
def test_same_person(a: str, b: str, expected: bool) -> None:
    assert same_person(a, b) is expected
    assert same_person(b, a) is expected


@pytest.mark.parametrize(
    ("name", "surname"),
    [
        pytest.param("عبد الفتاح السيسي", "السيسي", id="last"),
        pytest.param("محمد بن سلمان بن عبد العزيز آل سعود", "محمد بن سلمان", id="house"),
        pytest.param("تميم بن حمد آل ثاني", "تميم بن حمد", id="two_with_house"),
        pytest.param("خالد بن محمد العطية", "العطيه", id="family_after_father"),
        pytest.param("شي جين بينغ", "شي", id="chinese"),
        pytest.param("أحمد أبو الغيط", "ابو الغيط", id="compound"),
        pytest.param("ستافان دي ميستورا", "دي ميستورا", id="particle"),
        pytest.param("محمد السادس", "محمد السادس", id="king"),
        pytest.param("حسين أمير عبد اللهيان", "عبد اللهيان", id="servant"),
        pytest.param("جان-إيف لودريان", "لودريان", id="hyphen"),
        pytest.param("", "", id="empty"),
    ],
)
def test_surname_of(name: str, surname: str) -> None:
    assert surname_of(name) == surname


NAME_WORDS = st.lists(
    st.sampled_from(
        ["محمد", "بن", "آل", "سلمان", "عبد", "الله", "أبو", "الثاني", "شي", "دي", "لافروف", "الدين", "علي"]
    ),
    max_size=6,
)


@given(NAME_WORDS, NAME_WORDS)
def test_same_person_has_no_order(a: list[str], b: list[str]) -> None:
    one, two = " ".join(a), " ".join(b)
    assert same_person(one, two) == same_person(two, one)
    assert surname_of(one) in fold_word(one)


GIVEN_NAMES = (
    "محمد أحمد علي حسن حسين خالد سعيد صالح كريم عادل نصر محمود ناصر جمال سامح عبدالله سلمان فيصل تركي مشعل نواف"
    " صباح جابر سعود تميم"
    " هيثم قابوس بشار ميشال نبيه سعد حيدر برهم مصطفى عمر البشير قيس الباجي عزيز ناصر مارك جون دونالد فلاديمير"
    " سيرغي إيمانويل أنجيلا"
    " بوتين ماكرون لافروف ترامب ميركل أردوغان روحاني ظريف السيسي شكري الجبير بوريطة"
)


@pytest.mark.parametrize("name", sorted(set(GIVEN_NAMES.split())))
def test_no_name_is_only_prose(name: str) -> None:
    assert sort_of(fold_word(name)) not in (Sort.PROSE, Sort.MARK)


PROSE = (
    "استقبل التقى أكد وأكد فأكد قال وقال بحث وبحث يقوم وصل يصل سيصل سيزور ويصل التقيا استقبلت بالرئيس للوزير والتعاون"
    " اليوم أمس الخميس خلال نظيره ونظيره قوله وترامب لترامب وزير الوزير رئيس الروسي الفنلندية باكستان مباحثات"
    " بمباحثات تعاونا المنعقدة سيبحثان يعربان الاجتماعات لديهم"
)


@pytest.mark.parametrize("word", PROSE.split())
def test_prose_ends_a_name(word: str) -> None:
    assert sort_of(fold_word(word)) is Sort.PROSE


def test_lists_are_folded_unique_and_sorted() -> None:
    lists = [load("common_words")["prose"]["words"]]
    tables = load("given_names")
    lists += [
        tables[name]["names"] for name in ("arabic", "foreign", "family", "family_words", "also_words", "foreign_words")
    ]
    for entries in lists:
        assert entries == sorted(set(entries))
        assert [fold_word(w) for w in entries] == entries


def test_sure_names_are_no_prose() -> None:
    prose = words("common_words", "prose", "words")
    for name in ("arabic", "foreign", "family", "also_words"):
        assert not prose & words("given_names", name, "names"), name


def test_no_word_is_no_part_of_a_name() -> None:
    assert sort_of("") is Sort.MARK
