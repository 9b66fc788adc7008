"""The READMEs name only what exists: files, modules, commands with their options; and leave no module out."""

from __future__ import annotations

import importlib
import re
import shlex
from importlib.util import find_spec
from pathlib import Path

import pytest

from extract.__main__ import _build_parser
from tests.reading import SEED_IDS, read_seed

ROOT = Path(__file__).resolve().parent.parent
DOCS = {name: ROOT / name for name in ("README.md", "extract/README.md", "tests/README.md")}
TOP = {path.name for path in ROOT.iterdir()}
SUFFIXES = {".py", ".toml", ".md", ".sql", ".txt", ".css", ".geojson"}
START = "python3 -m venv .venv && . .venv/bin/activate && pip install -r requirements.txt && streamlit run dashboard.py"


def spans(text: str) -> list[str]:
    """What stands between backticks in a line, and each line of a code block."""
    blocks = re.findall(r"^```\w*\n(.*?)^```", text, re.M | re.S)
    prose = re.sub(r"^```\w*\n.*?^```", "", text, flags=re.M | re.S)
    indented = re.findall(r"^ {4,}(.+)$", prose, re.M)
    return re.findall(r"`([^`\n]+)`", prose) + [line.strip() for line in indented + "\n".join(blocks).splitlines()]


def commands(text: str) -> list[list[str]]:
    """Every `python -m ...` that can be run as it stands; a usage line with brackets or dots is none."""
    parts = [part for span in spans(text) for part in re.split(r"&&|\||;", span.split(" #")[0])]
    found = [part.strip() for part in parts if re.match(r"\s*python3? -m ", part)]
    return [shlex.split(part) for part in found if not re.search(r"\[|\.\.\.|…|<", part)]


def paths(text: str) -> list[str]:
    """Every span that is a path of the project by its first folder or by its ending; what lies beside it (`../`) is not."""
    found = [s.rstrip("/") for s in spans(text) if re.fullmatch(r"[\w.*/-]+", s) and not s.startswith("../")]
    return [path for path in found if path.split("/")[0] in TOP or Path(path).suffix in SUFFIXES]


def is_there(path: str, beside: Path) -> bool:
    return any(list(folder.glob(path)) for folder in (ROOT, beside)) or any(beside.rglob(path))


@pytest.mark.parametrize("name", DOCS)
def test_paths_exist(name: str) -> None:
    doc = DOCS[name]
    assert [path for path in paths(doc.read_text(encoding="utf-8")) if not is_there(path, doc.parent)] == []


@pytest.mark.parametrize("name", DOCS)
def test_links_lead_somewhere(name: str) -> None:
    doc = DOCS[name]
    links = re.findall(r"\]\(([^)#\s]+)[^)]*\)", doc.read_text(encoding="utf-8"))
    assert [link for link in links if "://" not in link and not (doc.parent / link).exists()] == []


@pytest.mark.parametrize("name", DOCS)
def test_modules_exist(name: str) -> None:
    dotted = [
        s
        for s in spans(DOCS[name].read_text(encoding="utf-8"))
        if re.fullmatch(r"(?:extract|pages|tests)(?:\.\w+)+", s)
    ]
    for span in dotted:
        module, _, attribute = span.rpartition(".")
        assert _is_module(span) or hasattr(importlib.import_module(module), attribute), span


def _is_module(name: str) -> bool:
    parent = name.rpartition(".")[0]
    return (not parent or _is_module(parent)) and find_spec(name) is not None


@pytest.mark.parametrize("name", DOCS)
def test_commands_can_be_run(name: str) -> None:
    for command in commands(DOCS[name].read_text(encoding="utf-8")):
        module, arguments = command[2], command[3:]
        assert find_spec(module) is not None, command
        if module == "extract":
            _build_parser().parse_args(arguments)
        named = [argument for argument in arguments if argument.split("/")[0] in TOP]
        assert [argument for argument in named if not is_there(argument.rstrip("/"), ROOT)] == [], command


def test_commands_are_found() -> None:
    text = (
        "Use `python -m extract run seeds/` or\n\n```sh\npython -m extract show A.txt | head  # a trace\n```\n\n"
        "    python3 -m venv .venv && x\n"
    )
    assert commands(text) == [
        ["python", "-m", "extract", "run", "seeds/"],
        ["python3", "-m", "venv", ".venv"],
        ["python", "-m", "extract", "show", "A.txt"],
    ]
    assert paths("see `extract/fold.py`, `fold.py`, `no/such`, `--store`, `KWT`") == ["extract/fold.py", "fold.py"]


def test_the_first_commands_are_the_readmes() -> None:
    text = DOCS["README.md"].read_text(encoding="utf-8")
    assert START in text
    assert "python -m tests" in text
    assert "python -m tests" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


def test_the_record_shown_first_is_what_the_machine_reads() -> None:
    text = DOCS["README.md"].read_text(encoding="utf-8")
    (seed,) = [seed for seed in SEED_IDS if f"`seeds/{seed}.txt`" in text]
    main = read_seed(seed).engagements[0]
    said = [main.type, main.status, *main.parties, str(main.date_start), str(main.date_end), main.date_basis]
    said += [part for official in main.officials for part in (official.name_latin, official.rank, official.name)]
    said += [sector.code for sector in main.sectors if sector.is_core and not sector.code.endswith("_general")]
    said += [project.name for project in main.projects] + [f"{amount.value:,.0f}" for amount in main.amounts]
    assert [value for value in said if value not in text] == []


def test_every_format_is_told_of() -> None:
    text = DOCS["README.md"].read_text(encoding="utf-8")
    assert [word for word in ("jsonl", "csv", "xlsx", "parquet", "geojson", "plover") if word not in text.lower()] == []


@pytest.mark.parametrize(
    "module", sorted({p.name for p in (ROOT / "extract").iterdir()} - {"__init__.py", "__pycache__", "README.md"})
)
def test_the_tour_leaves_no_module_out(module: str) -> None:
    text = DOCS["extract/README.md"].read_text(encoding="utf-8")
    name = re.escape(module if module.endswith((".py", ".sql", ".json")) else f"{module}/")
    assert re.search(rf"(?<![\w/]){name}", text), module


@pytest.mark.parametrize("kind", ["truth", "articles", "browser"])
def test_the_tests_readme_says_where_things_live(kind: str) -> None:
    assert f"{kind}/" in DOCS["tests/README.md"].read_text(encoding="utf-8")
