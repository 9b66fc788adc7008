"""The catalogue of words: whole in both languages, all of it used, and no page with words of its own."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest
import streamlit

from extract.queries import Filters, find_record, list_records, open_register, read_labels
from extract.run import ensure_store
from extract.write.package import to_package
from extract.write.tables import COLUMNS, SCHEMA
from pages.shared.style import list_streamlit_words
from pages.shared.words import LANGUAGES, Words, read_catalogue

ROOT = Path(__file__).resolve().parents[1]
SOURCES = [*(ROOT / "pages").rglob("*.py"), ROOT / "dashboard.py"]
KEYS = [f"{section}.{word}" for section, entries in read_catalogue().items() for word in entries]
ARABIC = re.compile(r"[\u0600-\u06ff]")


@cache
def patterns() -> tuple[str, ...]:
    """Every text in the pages' code that can be the key of a word, as a pattern: {…} stands for any word."""
    found = []
    for node in (node for path in SOURCES for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            found.append(re.escape(node.value))
        elif isinstance(node, ast.JoinedStr):
            parts = (re.escape(str(part.value)) if isinstance(part, ast.Constant) else r"\w+" for part in node.values)
            found.append("".join(parts))
    return tuple(pattern for pattern in found if re.match(r"\w+\\\.\S", pattern))


@pytest.mark.parametrize("key", KEYS)
def test_a_word_is_in_both_languages_and_used(key: str) -> None:
    section, word = key.split(".")
    texts = read_catalogue()[section][word]
    assert sorted(texts) == sorted(LANGUAGES)
    assert all(text.strip() for text in texts.values())
    placeholders = [sorted(re.findall(r"{\w+}", text)) for text in texts.values()]
    assert placeholders[0] == placeholders[1]
    assert section == "language" or ARABIC.search(texts["ar"])
    if section not in {"column", "field", "meaning", "streamlit"}:
        assert any(re.fullmatch(pattern, key) for pattern in patterns()), f"{key} is used nowhere"


@pytest.mark.parametrize("section", ["column", "field", "meaning"])
def test_names_of_columns_and_fields_are_of_ones_that_exist(section: str) -> None:
    known = "\n".join(path.read_text(encoding="utf-8") for path in (*SOURCES, *(ROOT / "extract").rglob("*.py")))
    assert [
        word for word in read_catalogue()[section] if not re.search(rf"\b{word.replace('_', '[_.]')}\b", known)
    ] == []


def test_no_page_asks_for_a_word_that_is_missing() -> None:
    calls = [
        node
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and ast.unparse(node.func) in {"words", "view.words"} and node.args
    ]
    asked = [arg.value for call in calls for arg in call.args if isinstance(arg, ast.Constant)]
    assert len(asked) > 30
    assert [key for key in asked if key not in KEYS] == []


def test_no_page_holds_arabic_words_of_its_own() -> None:
    assert [path.name for path in SOURCES if ARABIC.search(path.read_text(encoding="utf-8"))] == []


def test_every_code_and_field_of_the_seeds_has_a_name(tmp_path: Path) -> None:
    ensure_store(tmp_path, [ROOT / "seeds"])
    register = open_register(tmp_path)
    named = {(label.kind, label.code) for label in read_labels(register)}
    ids = list_records(register, Filters())["engagement_id"]
    records = [one for one in (find_record(register, key) for key in ids) if one]
    assert len(records) == len(ids) > 5
    for one in records:
        codes = {
            *(("party", code) for code in one.parties),
            *(("sector", sector.code) for sector in one.sectors),
            *(("rank", official.rank) for official in one.officials),
            *(("outcome", outcome.type) for outcome in one.outcomes),
            *(("reason", blank.reason) for blank in one.blanks),
            ("type", one.type),
            ("status", one.status),
            ("role", one.role),
            ("precision", one.date_precision),
            ("basis", one.date_basis),
        }
        assert codes - named == set()
        fields = {item.field.replace(".", "_") for item in (*one.evidence, *one.blanks)}
        assert fields - set(read_catalogue()["field"]) == set()


def test_the_words_that_are_streamlits_are_still_its_words() -> None:
    scripts = Path(streamlit.__file__).parent / "static" / "static" / "js"
    told = "\n".join(path.read_text(encoding="utf-8") for path in scripts.glob("*.js"))
    parts = {
        part.strip(", :") for texts in read_catalogue()["streamlit"].values() for part in texts["en"].split("{rest}")
    }
    assert len(parts) > 50
    # Put together of several words, by Streamlit or by its library of fields.
    composed = {f"Press {key} to {what}" for key in ("Enter", "Ctrl+Enter") for what in ("apply", "submit form")}
    composed |= {"option available.", "options available."}
    composed.add("The page that you have requested does not seem to exist. Running the app's main page.")
    assert {part for part in parts if part not in told} == composed


def test_streamlits_words_can_be_put_back_when_the_language_changes() -> None:
    words = list_streamlit_words("ar")
    assert len({arabic for _, arabic in words}) == len({english for english, _ in words}) == len(words)
    assert list_streamlit_words("en") == []


def test_every_field_of_a_download_or_an_export_is_in_the_codebook_table(tmp_path: Path) -> None:
    ensure_store(tmp_path, [ROOT / "seeds"])
    # What the table of records has under other names.
    others = {
        "party_codes": "parties",
        "core_sectors": "sectors",
        "context_sectors": "sectors_context",
        "officials_en": "officials_name_latin",
        "titles": "title",
        "article_ids": "article_id",
    }
    downloaded = {others.get(name, name) for name in list_records(open_register(tmp_path), Filters(), limit=1).columns}
    exported = {*SCHEMA.names, *COLUMNS, *feature_fields()}
    described = read_catalogue()["codebook"]
    assert exported | downloaded | {"amounts"} == set(described)
    assert [name for name in described if Words("ar").field(name) == name] == []


def feature_fields() -> list[str]:
    package = to_package("a.geojson", "geojson")
    return [field["name"] for field in package["resources"][0]["schema"]["fields"]]
