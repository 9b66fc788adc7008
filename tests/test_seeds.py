"""The five seed articles against the records written by hand: figures with floors, proof for every value, same every time."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from datetime import date
from pathlib import Path

import pytest

from extract.fold import fold_word
from extract.lexicon import FOLDER, labels, load
from extract.models import RANKS, TYPES
from tests.reading import SEED_IDS, SEEDS, faults_of, read_seed
from tests.truth_figures import TRUTH, Report, compare_seeds, read_truth

ROOT = SEEDS.parent
FLOORS = tomllib.loads((TRUTH / "floors.toml").read_text(encoding="utf-8"))
WORDS_OF_A_SENTENCE = (
    7  # a name or a title is shorter; a lexicon entry so long that a seed holds it is taken from there
)


@pytest.fixture(scope="module")
def report() -> Report:
    return compare_seeds()


@pytest.mark.parametrize("figure", sorted(FLOORS["today"]))
def test_no_figure_sinks(report: Report, figure: str) -> None:
    assert report.figures()[figure] >= FLOORS["today"][figure], "\n".join(report.differences)


def test_every_figure_has_a_floor(report: Report) -> None:
    assert set(report.figures()) - {"dates_wrong"} == set(FLOORS["today"])


@pytest.mark.parametrize("figure", sorted(FLOORS["issue"]))
def test_floors_keep_the_promise(figure: str) -> None:
    assert FLOORS["today"][figure] >= FLOORS["issue"][figure]


def test_no_date_is_wrong(report: Report) -> None:
    assert report.dates_wrong == 0, "\n".join(report.differences)


def test_each_seed_has_its_truth() -> None:
    assert {path.stem for path in TRUTH.glob("*.json")} == set(SEED_IDS)


@pytest.mark.parametrize("seed", SEED_IDS)
def test_truth_quotes_its_article(seed: str) -> None:
    truth, text = read_truth(seed), read_seed(seed).article.text
    assert truth["article_id"] == seed
    for record in truth["engagements"]:
        assert record["type"] in TYPES
        assert {o["rank"] for o in record["officials"]} <= set(RANKS)
        quotes = [*record["summary"], record["date"]["words"], record["venue"]["city"]]
        quotes += [o[part] for o in record["officials"] for part in ("name", "title")]
        quotes += [p["name"] for p in record["projects"]] + [o["quote"] for o in record["outcomes"]]
        assert [quote for quote in quotes if quote and quote not in text] == []


@pytest.mark.parametrize("seed", SEED_IDS)
def test_every_value_is_proven_and_every_blank_explained(seed: str) -> None:
    assert faults_of(read_seed(seed)) == []


@pytest.mark.parametrize("seed", SEED_IDS)
def test_every_code_has_a_label(seed: str) -> None:
    named = {(label.kind, label.code) for label in labels()}
    used: set[tuple[str, str | None]] = set()
    for record in read_seed(seed).engagements:
        used |= {("reason", blank.reason) for blank in record.blanks}
        used |= {("party", code) for code in record.parties}
        used |= {("sector", sector.code) for sector in record.sectors}
        used |= {("outcome", outcome.type) for outcome in record.outcomes}
        used |= {("rank", official.rank) for official in record.officials}
        used |= {("type", record.type), ("role", record.role), ("status", record.status)}
        used |= {("precision", record.date_precision), ("basis", record.date_basis)}
    assert used - named == set()


@pytest.mark.parametrize("seed", SEED_IDS)
def test_no_seed_says_when_it_was_published(seed: str) -> None:
    assert {source.published for record in read_seed(seed).engagements for source in record.sources} == {None}


def test_the_day_a_page_was_fetched_dates_nothing() -> None:
    (fetched,) = [seed for seed in SEED_IDS if "19 أبريل 2024" in read_seed(seed).article.text]
    dated = [d for record in read_seed(fetched).engagements for d in (record.date_start, record.date_end) if d]
    assert [d for d in dated if d.year == 2024] == []
    assert date(2024, 4, 6) not in dated


def _records_of_another_process(hash_seed: str, order: int) -> str:
    code = (
        "from tests.reading import SEED_IDS, read_seed\n"
        f"found = {{seed: read_seed(seed).engagements for seed in SEED_IDS[::{order}]}}\n"
        "print('\\n'.join(ascii(found[seed]) for seed in SEED_IDS))"
    )
    environment = {**os.environ, "PYTHONHASHSEED": hash_seed}
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, check=True)
    return done.stdout.decode("ascii")


def test_two_processes_read_the_same_to_the_byte() -> None:
    first, second = _records_of_another_process("1", 1), _records_of_another_process("4242", -1)
    assert first == second
    assert first.count("Engagement(") == sum(len(read_seed(seed).engagements) for seed in SEED_IDS)


def test_no_rule_or_word_list_names_a_seed() -> None:
    files = [path for path in (ROOT / "extract").rglob("*") if path.suffix in (".py", ".toml", ".sql")]
    names = [part for seed in SEED_IDS for part in (seed, seed.split("_")[1])]
    assert len(files) > 30
    assert [(path.name, name) for path in files for name in names if name in path.read_text(encoding="utf-8")] == []


@pytest.mark.parametrize("name", sorted(path.stem for path in FOLDER.glob("*.toml")))
def test_no_lexicon_holds_a_sentence_of_a_seed(name: str) -> None:
    seeds = [" ".join(fold_word(read_seed(seed).article.text).split()) for seed in SEED_IDS]
    phrases = [" ".join(fold_word(text).split()) for text in _strings(load(name))]
    long = [phrase for phrase in phrases if len(phrase.split()) >= WORDS_OF_A_SENTENCE]
    assert [phrase for phrase in long if any(phrase in text for text in seeds)] == []


def _strings(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [text for part in (*value, *value.values()) for text in _strings(part)]
    return [text for part in value for text in _strings(part)] if isinstance(value, list) else []


def test_the_folder_of_truth_is_only_hands() -> None:
    assert {path.suffix for path in Path(TRUTH).iterdir()} == {".json", ".toml"}
