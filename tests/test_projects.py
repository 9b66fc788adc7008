"""Named projects: known ones, quoted ones, works with a proper name, lines between two places."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.fold import fold, tokenize
from extract.lexicon import Matcher, words
from extract.projects import ProjectMention, find_projects
from extract.sentences import split_sentences

MATCHER = Matcher(["countries", "cities", "sectors", "projects"])


def read(text: str) -> tuple[ProjectMention, ...]:
    folded = fold(text)
    return find_projects(folded, MATCHER.find(folded.text), tokenize(folded.text), split_sentences(folded.text))


def names(text: str) -> list[str]:
    folded = fold(text)
    return [text[slice(*folded.span(p.start, p.end))] for p in read(text)]


NAMED = [
    ("known", "التعاون في ميناء مبارك الكبير", "ميناء مبارك الكبير", "ports", "project.known"),
    ("known_with_proclitic", "واتفقا على بمحطة الضبعة النووية", "محطة الضبعة النووية", "nuclear", "project.known"),
    ("known_with_article", "إحياء الحزام والطريق", "الحزام والطريق", "trade", "project.known"),
    ("longest_known", "بحثا سد النهضة الكبير", "سد النهضة الكبير", "water_sanitation", "project.known"),
    ("quoted", "إطلاق مشروع «جسور الأمل» بين البلدين", "مشروع «جسور الأمل»", None, "project.quoted"),
    ("quoted_field", "الغاز من حقل \"شروق\" البحري", "حقل \"شروق\"", "oil_gas", "project.quoted"),
    ("built_king", "بناء جسر الملك خالد بن سعود غدا", "جسر الملك خالد بن سعود", "transport", "project.built"),
    ("built_with_adjective", "تمويل إنشاء ميناء منصور الكبير", "ميناء منصور الكبير", "ports", "project.built"),
    ("built_at_a_city", "تطوير ميناء بيروت بالكامل", "ميناء بيروت", "ports", "project.built"),
    ("zone_of_a_state", "اتفقا على إقامة منطقة صناعية هندية في عمان", "منطقة صناعية هندية", "free_zones", "project.built"),
    ("between_both", "عقد لخط الربط الكهربائي بين البلدين", "خط الربط الكهربائي بين البلدين", "electricity", "project.route"),
    ("from_to", "مد خط غاز من الشمال إلى الجنوب غدا", "خط غاز من الشمال إلى الجنوب", "oil_gas", "project.route"),
    ("between", "بحثا أنبوب الغاز بين مصر وقبرص", "أنبوب الغاز بين مصر وقبرص", "oil_gas", "project.route"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "name", "sector", "rule"), [c[1:] for c in NAMED], ids=[c[0] for c in NAMED])
def test_a_named_project_is_found_as_written(text: str, name: str, sector: str | None, rule: str) -> None:
    assert names(text) == [name]
    (mention,) = read(text)
    assert (mention.sector_code, mention.rule) == (sector, rule)


UNNAMED = [
    ("kind_of_project", "مشاريع الطاقة المتجددة"),
    ("port_passed_by", "وصلت السفينة إلى ميناء بيروت"),
    ("new_thing", "بناء سد جديد في الجنوب"),
    ("thing_of_a_kind", "إنشاء مفاعل نووي"),
    ("metaphor", "بناء جسر الثقة بين الشعبين"),
    ("filling_a_gap", "لسد العجز في الميزانية"),
    ("closing_quote", "«هذا مشروع» و«ذاك آخر»"),
    ("line_of_defence", "خط الدفاع من الشمال"),
    ("route_without_ends", "بحثا خط أنابيب الغاز"),
    ("draft_law", "مشروع القرار في مجلس الأمن"),
]


@pytest.mark.parametrize("text", [c[1] for c in UNNAMED], ids=[c[0] for c in UNNAMED])
def test_what_has_no_name_is_no_project(text: str) -> None:
    assert read(text) == ()


def test_the_country_is_the_one_that_the_text_gives() -> None:
    assert [p.country_code for p in read("سد النهضة الإثيوبي")] == ["ETH"]
    assert [p.country_code for p in read("سد النهضة")] == [None]
    assert [p.country_code for p in read("خط غاز من قطر إلى تركيا")] == [None]


def test_mentions_of_one_project_share_a_key() -> None:
    first, second, third = read("بحثا سد «النهضة»، ثم سد النهضة الكبير. وزارا مدينة نيوم.")
    assert first.key == second.key
    assert third.key != first.key


@given(
    st.lists(
        st.sampled_from(
            ["مشروع", "سد", "النهضة", "بناء", "جسر", "الملك", "«", "»", "من", "إلى", "خط غاز", "بين", "و", ".", "\n"]
        ),
        max_size=14,
    )
)
def test_any_text_gives_ordered_ranges_inside_it(parts: list[str]) -> None:
    text = " ".join(parts)
    end = 0
    for mention in read(text):
        assert end <= mention.start < mention.end <= len(fold(text).text)
        end = mention.end


def test_the_word_lists_are_there() -> None:
    for name in ("builders", "stops", "common", "honours", "joints", "from", "to", "between"):
        assert words("projects", "_words", name)
