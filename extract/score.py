"""Measures the extraction against records written by hand: the quality gate of `python -m extract score`.

A gold folder holds `dev.jsonl` with its `dev_articles.jsonl`, `seeds.jsonl` for the articles that ship with the project,
and the scorer itself, `score.py`, whose figures these are: nothing is counted in two ways. The development articles are
cut into two fixed halves, so that rules written on one can be held to the other.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

from extract.accuracy import Accuracy
from extract.errors import RawabitError
from extract.models import Article, Engagement
from extract.pipeline import extract_article
from extract.read import read_inputs
from extract.write import to_bytes

Record = dict[str, Any]

ROOT = Path(__file__).resolve().parent.parent
GOLD = ROOT.parent / "shared" / "gold"
SETS = ("seeds", "dev", "dev A", "dev B")
_SCORER = "score.py"
_SPARE = "spare"  # a record that no gold record answers to


@dataclass(frozen=True, slots=True)
class GoldSet:
    """One measured set: records by hand, one an article, and where the articles are."""

    name: str
    gold: tuple[Record, ...]
    articles: Path


def half_of(article_id: str) -> str:
    """Return the fixed half, A or B, of a development article: by the first byte of the SHA-256 of its id."""
    return "B" if hashlib.sha256(article_id.encode()).digest()[0] % 2 else "A"


def read_gold(folder: Path, names: Sequence[str] = SETS) -> tuple[GoldSet, ...]:
    """Return the named sets of a gold folder; RawabitError where a file of theirs is missing."""
    found = []
    for name in names:
        base, _, half = name.partition(" ")
        gold = read_lines(folder / f"{base}.jsonl")
        articles = ROOT / "seeds" if base == "seeds" else folder / f"{base}_articles.jsonl"
        kept = tuple(g for g in gold if not half or half_of(g["article_id"]) == half)
        found.append(GoldSet(name, kept, articles))
    return tuple(found)


def read_lines(path: Path) -> list[Record]:
    """Return the objects of a JSON Lines file; RawabitError where there is no such file."""
    if not path.is_file():
        raise RawabitError(f"there is no {path.name} in {path.parent}: name another folder with --gold")
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def extract_sets(sets: Iterable[GoldSet]) -> list[Record]:
    """Return the records that the extractor makes of the sets' articles, as an unmerged export has them; each article once."""
    wanted: dict[Path, set[str]] = defaultdict(set)
    for gold in sets:
        wanted[gold.articles] |= {g["article_id"] for g in gold.gold}
    engagements: list[Engagement] = []
    for path, ids in wanted.items():
        for article in read_inputs([str(path)]):
            if isinstance(article, Article) and article.article_id in ids:
                engagements.extend(extract_article(article).engagements)
    return [json.loads(line) for line in to_bytes("jsonl", engagements).decode().splitlines()]


def score(folder: Path, gold: GoldSet, predicted: Sequence[Record], errors: int = 0) -> tuple[dict[str, Any], str]:
    """Return the scorer's figures for one set, and up to `errors` disagreements a field as it prints them."""
    with tempfile.TemporaryDirectory() as scratch:
        truth, mine = Path(scratch) / "gold.jsonl", Path(scratch) / "predicted.jsonl"
        write_lines(truth, gold.gold)
        write_lines(mine, predicted)
        command = [sys.executable, str(folder / _SCORER), str(truth), str(mine)]
        figures = json.loads(_run([*command, "--json"]))
        told = _run([*command, "--errors", str(errors)]) if errors else ""
    return figures, "\n".join(line for line in told.splitlines() if line.startswith("  "))


def write_lines(path: Path, records: Iterable[Record]) -> None:
    """Write records as JSON Lines."""
    lines = (json.dumps(record, ensure_ascii=False) for record in records)
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def _run(command: Sequence[str]) -> str:
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    if done.returncode:
        raise RawabitError(f"the scorer failed: {done.stderr.strip().splitlines()[-1:]}")
    return done.stdout


def value_of(figure: Mapping[str, Any]) -> float | None:
    """Return the one number of a figure: an F1, or a share (None where there was nothing to count)."""
    value = figure["f1"] if "f1" in figure else figure["share"]
    return None if value is None else float(value)


def summarise(name: str, figures: Mapping[str, Any]) -> Accuracy:
    """Return one set's figures, as measured today, for `accuracy.json`; what had nothing to count is left out."""
    values = {key: value_of(figure) for key, figure in figures.items() if isinstance(figure, dict)}
    found = {key: round(value, 3) for key, value in values.items() if value is not None}
    return Accuracy(name, date.today().isoformat(), int(figures["articles"]), is_unseen=False, figures=found)


def write_table(columns: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    """Yield the lines of a table: a figure a row, a set a column, counts beside shares."""
    figures = [name for name, value in next(iter(columns.values())).items() if isinstance(value, dict)]
    heads = [f"{name} ({column['articles']})" for name, column in columns.items()]
    yield f"{'':28}" + "".join(f"{head:>22}" for head in heads)
    for figure in figures:
        yield f"{figure:28}" + "".join(f"{_cell(columns[name][figure]):>22}" for name in columns)


def _cell(figure: Mapping[str, Any]) -> str:
    value = value_of(figure)
    if value is None:
        return "none"
    counts = f"{figure['tp']}+{figure['fp']}-{figure['fn']}" if "f1" in figure else f"{figure['hit']}/{figure['of']}"
    return f"{value:.3f} {counts:>11}"


def load_scorer(folder: Path) -> ModuleType:
    """Return the gold folder's scorer as a module, for its rules of matching; RawabitError where there is none."""
    path = folder / _SCORER
    spec = importlib.util.spec_from_file_location("rawabit_scorer", path)
    if not path.is_file() or spec is None or spec.loader is None:
        raise RawabitError(f"there is no scorer {_SCORER} in {folder}: name another folder with --gold")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def compare(folder: Path, gold: GoldSet, old: Sequence[Record], new: Sequence[Record]) -> Iterator[str]:
    """Yield a line for each gold record, field or spare record that one export has right and the other has not."""
    scorer = load_scorer(folder)
    before, after = by_article(old), by_article(new)
    for article in gold.gold:
        name = article["article_id"]
        was, now = (_verdicts(scorer, article, side[name]) for side in (before, after))
        for key in sorted(was.keys() | now.keys()):
            is_spare = key.startswith(_SPARE)
            if not is_spare and (key not in was or key not in now):
                continue  # a field of a record that one side has not found: the record's own line says so
            before_right, after_right = was.get(key, is_spare), now.get(key, is_spare)
            if before_right != after_right:
                yield f"{'gained' if after_right else 'lost  '} {name}: {key}"


def by_article(records: Iterable[Record]) -> defaultdict[str, list[Record]]:
    """Return records by the id of each article that they come from."""
    found: defaultdict[str, list[Record]] = defaultdict(list)
    for record in records:
        for source in record["sources"]:
            found[source["article_id"]].append(record)
    return found


def _verdicts(scorer: ModuleType, article: Record, predicted: Sequence[Record]) -> dict[str, bool]:
    """Return what is right in one article's records: a key a gold record and field, and a False for each spare record."""
    pairs, missed, extra = scorer.match(article["engagements"], predicted)
    found: dict[str, bool] = {}
    for number, gold in enumerate(article["engagements"]):
        where = f"{gold['role']} {gold['type']} {' '.join(gold['parties'])} #{number}"
        found[where] = not any(gold is one for one in missed)
        for truth, record in pairs:
            if truth is gold:
                found |= {f"{where}, {field}": right for field, right in _fields(scorer, truth, record).items()}
    for record in extra:
        found[f"{_SPARE} {record['role']} {record['type']} {' '.join(record['parties'])}"] = False
    return found


def _fields(scorer: ModuleType, truth: Record, record: Record) -> dict[str, bool]:
    wanted, given = scorer.date_of(truth), scorer.date_of(record)
    silent = given[0] is None and truth.get("date_optional")
    named = scorer.pair_sets(
        truth["officials"], record["officials"], lambda x, y: scorer.same_name(x["name"], y["name"])
    )
    neutral = set(truth["sectors"].get("context", [])) | {"energy_general", "economy_general"}
    return {
        **{name: truth[name] == record[name] for name in ("role", "type", "status")},
        "date": silent or [scorer.day(d) for d in wanted[:2]] == [scorer.day(d) for d in given[:2]],
        "venue": truth.get("venue_country") == record.get("venue_country"),
        "officials": not named[1] and not named[2],
        "sectors": set(truth["sectors"]["core"]) == set(scorer.codes(record["sectors"])) - neutral,
    }
