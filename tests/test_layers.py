"""The flow of imports never turns back; screens know no more than queries; words are data; files stay short."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from functools import lru_cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SOURCES = sorted([ROOT / "dashboard.py", *(ROOT / "extract").rglob("*.py"), *(ROOT / "pages").rglob("*.py")])
CODE = [path for path in (*SOURCES, *sorted((ROOT / "tests").rglob("*.py"))) if path.stat().st_size]
MAX_LINES = 400

# The path of an article: a stage may lean on those before it, itself or by way of others, on none after it.
PATH = (
    "models", "errors", "fold", "lexicon", "user_lexicon", "sentences", "places", "annotate", "officials", "people",
    "participants", "clauses", "events",
    "drafts", "event_dates", "engagements", "records", "merge", "pipeline",
)  # fmt: skip
# They know records and errors, and one another.
APART = (
    "read", "store", "queries", "profiles", "contacts", "provenance", "accuracy", "search", "rows", "build", "write",
    "write_table", "history", "word_index", "write_frames", "corrections", "review",
)  # fmt: skip
# Corrections put records together as merging does, by names of persons, and know the codes of the codebook.
OF_MERGING = ("merge", "imprint", "name_forms", "name_words", "lexicon", "fold", "user_lexicon", "summary")
FOR_PAGES = {
    "queries",
    "profiles",
    "contacts",
    "provenance",
    "accuracy",
    "models",
    "errors",
    "write_table",
    "write_frames",
    "run",
    "corrections",
    "user_lexicon",
    "review",
}
SCREEN = {"streamlit", "plotly", "pydeck"}
PACKAGES = ("extract", "pages", "pages.shared")


def name_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def imports_of(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name}: imports are written in full"
            found |= {f"{node.module}.{a.name}" for a in node.names} if node.module in PACKAGES else {node.module or ""}
    return found


@lru_cache(maxsize=1)
def needs() -> dict[str, frozenset[str]]:
    """For each part of extract/ (a file, or a folder as one), the parts that it imports."""
    found: dict[str, set[str]] = {}
    for path in (ROOT / "extract").rglob("*.py"):
        part = path.relative_to(ROOT / "extract").parts[0].removesuffix(".py")
        inner = {name.split(".")[1] for name in imports_of(path) if name.startswith("extract.")}
        found.setdefault(part, set()).update(inner - {part})
    return {part: frozenset(inner) for part, inner in found.items()}


def reach(part: str, seen: frozenset[str] = frozenset()) -> frozenset[str]:
    """All that a part leans on, by way of others too; a circle is refused."""
    assert part not in seen, f"imports run in a circle through {part}"
    return frozenset().union(*({inner} | reach(inner, seen | {part}) for inner in needs()[part]))


@pytest.mark.parametrize("part", sorted(needs()))
def test_no_circle(part: str) -> None:
    reach(part)


@pytest.mark.parametrize("part", PATH)
def test_the_flow_never_turns_back(part: str) -> None:
    assert reach(part) & set(PATH[PATH.index(part) :]) == set()


@pytest.mark.parametrize("part", APART)
def test_what_stores_and_asks_knows_only_records(part: str) -> None:
    assert reach(part) <= {"models", "errors", *APART, *OF_MERGING}


@pytest.mark.parametrize("path", SOURCES, ids=map(name_of, SOURCES))
def test_each_file_imports_only_its_neighbours(path: Path) -> None:
    name, found = name_of(path), imports_of(path)
    outside = {module.split(".")[0] for module in found}
    if name.startswith("extract"):
        assert outside & (SCREEN | {"pages", "tests"}) == set()
    elif name.startswith("pages"):
        assert {module.split(".")[1] for module in found if module.startswith("extract.")} <= FOR_PAGES
        assert all(module.startswith("pages.shared.") for module in found if module.startswith("pages."))
        assert "tests" not in outside
    else:
        assert outside & {"extract", "tests"} == set()


@pytest.mark.parametrize("path", SOURCES, ids=map(name_of, SOURCES))
def test_arabic_words_are_data(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    docstrings = {
        node.body[0].lineno
        for node in ast.walk(ast.parse(source))
        if isinstance(node, documented) and ast.get_docstring(node, clean=False) is not None
    }
    strings = [
        t for t in tokenize.generate_tokens(io.StringIO(source).readline) if "STRING" in tokenize.tok_name[t.type]
    ]
    arabic = [
        t.string
        for t in strings
        if re.search("[\u0600-\u06ff\ufb50-\ufefc]", t.string) and t.start[0] not in docstrings
    ]
    assert arabic == []


@pytest.mark.parametrize("path", CODE, ids=map(name_of, CODE))
def test_no_file_grows_past_its_limit(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= MAX_LINES


@pytest.mark.parametrize("path", SOURCES, ids=map(name_of, SOURCES))
def test_every_file_says_what_it_is(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert not source.strip() or ast.get_docstring(ast.parse(source))
