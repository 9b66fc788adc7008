"""Every lexicon file loads, holds only letters that texts have, and keeps to its own examples."""

from __future__ import annotations

import re

import pytest

from extract.errors import LexiconError
from extract.fold import fold_word
from extract.lexicon import FOLDER, Matcher, check_examples, keep_longest, labels, load, phrases_of, tables
from extract.models import OUTCOME_TYPES, RANKS, ROLES, STATUSES, TYPES

NAMES = sorted(p.stem for p in FOLDER.glob("*.toml"))
PHRASE_FILES = [n for n in NAMES if "_lists" in load(n)]


@pytest.mark.parametrize("name", NAMES)
def test_file_loads(name: str) -> None:
    assert load(name)


@pytest.mark.parametrize("name", PHRASE_FILES)
def test_examples_hold(name: str) -> None:
    assert check_examples(name) == []


@pytest.mark.parametrize("name", PHRASE_FILES)
def test_phrases_are_words(name: str) -> None:
    for stem, _, phrase in phrases_of(name):
        assert len(stem) > 1, phrase
        assert not re.search(r"\s{2}|^\s|\s$", phrase.text), phrase


@pytest.mark.parametrize(
    ("kind", "codes"),
    [("type", TYPES), ("rank", RANKS), ("role", ROLES), ("status", STATUSES), ("outcome", OUTCOME_TYPES)],
)
def test_every_code_has_labels(kind: str, codes: tuple[str, ...]) -> None:
    named = {label.code: label for label in labels() if label.kind == kind}
    assert set(codes) == set(named)
    assert all(label.name_ar and label.name_en for label in named.values())


def test_event_types_are_the_codebooks() -> None:
    assert set(tables("events")) - {"next_round"} == set(TYPES)


def test_presentation_forms_are_refused(tmp_path, monkeypatch) -> None:
    (tmp_path / "odd.toml").write_text('[a]\nwords = ["\ufefb"]\n', encoding="utf-8")
    monkeypatch.setattr("extract.lexicon.FOLDER", tmp_path)
    with pytest.raises(LexiconError, match="presentation"):
        load("odd")


def test_missing_file_is_named() -> None:
    with pytest.raises(LexiconError, match=r"no_such\.toml"):
        load("no_such")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("وللكويت دور", {"KWT"}, id="lam_takes_alef_of_article"),
        pytest.param("بالكويتيين", {"KWT"}, id="nisba_plural_with_clitic"),
        pytest.param("ألماني", {"DEU"}, id="hamza_lam_is_no_article"),
        pytest.param("والألمانية", {"DEU"}, id="article_before_hamza_lam"),
        pytest.param("مستكويتي", set(), id="inside_a_word"),
    ],
)
def test_clitics(text: str, found: set[str]) -> None:
    hits = keep_longest(Matcher(["countries"]).find(fold_word(text)))
    assert {h.value for h in hits} == found
