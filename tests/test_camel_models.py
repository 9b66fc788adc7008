"""CAMeL Tools' models vote only when asked, only on what the rules guess, and never by way of the network.

The models are those of `camel_data.py`: tiny, and made anew for each run.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import NoReturn

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.__main__ import main
from extract.annotate import annotate
from extract.camel_models import CamelModels, find_data, load_models
from extract.models import Article
from extract.officials import OfficialMention, find_officials
from extract.pipeline import extract_article
from extract.store import open_store, read_unmerged
from tests.arabic import news, random_texts
from tests.camel_data import DATABASE_PATH, LABELS, NER_PATH, write_catalogue, write_database, write_recogniser
from tests.reading import faults_of

ROOT = Path(__file__).resolve().parent.parent
INSTALL_NER, INSTALL_MORPHOLOGY = "`camel_data -i ner-arabert`", "`camel_data -i morphology-db-msa-r13`"


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_recogniser(write_database(write_catalogue(tmp_path_factory.mktemp("camel") / "tools")))


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    asked: list[object] = []

    def refuse(*arguments: object, **_: object) -> NoReturn:
        asked.append(arguments)
        raise OSError("the network was asked")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    for name in ("HF_HUB_OFFLINE", "HF_HUB_DISABLE_PROGRESS_BARS", "OMP_NUM_THREADS"):
        monkeypatch.setenv(name, "")  # so that what loading sets is taken back after the test
        monkeypatch.delenv(name)
    yield
    assert asked == []


@pytest.fixture
def models(installed: Path, monkeypatch: pytest.MonkeyPatch) -> CamelModels:
    monkeypatch.setenv("CAMELTOOLS_DATA", str(installed))
    return load_models(find_data())


def people(text: str, models: CamelModels | None = None) -> list[tuple[str, str]]:
    """Name, as the text has it, and rule of each official."""
    doc = annotate(Article("case", text), models)

    def name(mention: OfficialMention) -> str:
        return text[slice(*doc.folded.span(mention.name_start, mention.name_end))]

    return [(name(mention), mention.rule) for mention in find_officials(doc)]


RULES, VOTED = "official.title_then_name", "official.title_then_name.camel"
NAMES = [
    ("shorter", "وزير الخارجية العماني أزكنبوت فلطحوش قرمشه في مسقط", "أزكنبوت فلطحوش قرمشه", "أزكنبوت فلطحوش"),
    ("longer", "وزير الخارجية العماني أزكنبوت وفلطح في مسقط", "أزكنبوت", "أزكنبوت وفلطح"),
    ("where_rules_read_none", "وزير الخارجية العماني يرمقان فلطحوش في مسقط", None, "يرمقان فلطحوش"),
    ("with_marks", "وزير الخارجية العماني أَزكنبوت فلطحُوش قرمشه", "أَزكنبوت فلطحُوش قرمشه", "أَزكنبوت فلطحُوش"),
    ("in_a_later_sentence", "وصل الوفد. قال الوزير أزكنبوت وفلطح ذلك", "أزكنبوت", "أزكنبوت وفلطح"),
]
KEPT = [
    ("of_listed_words", "وزير الخارجية العماني بدر البوسعيدي في صلالة", "بدر البوسعيدي"),
    ("a_place_is_no_name", "وزير الخارجية العماني أزكنبوت مسقط", "أزكنبوت"),
    ("agreed", "وزير الخارجية العماني أزكنبوت فلطحوش في صلالة", "أزكنبوت فلطحوش"),
    ("nobody_seen", "وزير الخارجية العماني قرمشه شنكار في صلالة", "قرمشه شنكار"),
]


@pytest.mark.parametrize(("text", "read", "voted"), [c[1:] for c in NAMES], ids=[c[0] for c in NAMES])
def test_a_name_of_unlisted_words_ends_where_the_recogniser_says(
    models: CamelModels, text: str, read: str | None, voted: str
) -> None:
    assert people(text) == ([(read, RULES)] if read else [])
    assert people(text, models) == [(voted, VOTED)]


@pytest.mark.parametrize(("text", "name"), [c[1:] for c in KEPT], ids=[c[0] for c in KEPT])
def test_what_the_rules_know_stands(models: CamelModels, text: str, name: str) -> None:
    assert people(text) == people(text, models) == [(name, RULES)]


SPLITS = [
    ("a_name_is_not_split", "السفير كبيرو شنكار", {"PER"}, set()),
    ("an_and_of_the_word", "السفير وتشاد شنكار", {"TCD"}, set()),
    ("a_split_that_is_possible", "اجتماع بقطر", {"QAT"}, {"QAT"}),
    ("two_proclitics", "وبقطر أيضا", {"QAT"}, {"QAT"}),
    ("lam_and_article", "وللكويت دور", {"KWT"}, {"KWT"}),
    ("a_word_without_analyses", "اجتماع بكندا", {"CAN"}, {"CAN"}),
    ("nothing_to_split", "قطر", {"QAT"}, {"QAT"}),
]


@pytest.mark.parametrize(("text", "split", "voted"), [c[1:] for c in SPLITS], ids=[c[0] for c in SPLITS])
def test_a_split_that_the_analyser_refuses_is_refused(
    models: CamelModels, text: str, split: set[str], voted: set[str]
) -> None:
    plain, doc = annotate(Article("case", text)), annotate(Article("case", text), models)
    assert {place.code for place in plain.places} == split
    assert {place.code for place in doc.places} == voted
    assert {hit.value for hit in doc.refused} == split - voted
    assert set(plain.hits) == {*doc.hits, *doc.refused}


# Split, the name Kabiro is "like Peru", and Peru one of those who talk.
NEWS = "بحث وزير الخارجية العماني أزكنبوت فلطحوش قرمشه مع كبيرو شنكار ووزير الخارجية الكويتي في مسقط التعاون."


def test_the_evidence_shows_the_vote(models: CamelModels) -> None:
    (plain,), (record,) = (extract_article(Article("a", NEWS), camel).engagements for camel in (None, models))
    assert (plain.parties, record.parties) == (("OMN", "PER", "KWT"), ("OMN", "KWT"))
    (read,), (voted,) = ([e for e in one.evidence if e.field == "officials"] for one in (plain, record))
    assert (read.quote, read.rule) == ("أزكنبوت فلطحوش قرمشه", RULES)
    assert (voted.quote, voted.rule) == ("أزكنبوت فلطحوش", VOTED)


class Whim:
    """Votes at random, as recogniser and as analyser."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)

    def predict_sentence(self, words: list[str]) -> list[str]:
        return self.random.choices(LABELS, k=len(words) - (self.random.random() < 0.1))

    def analyze(self, word: str) -> list[dict[str, str]]:
        return self.random.choice(
            ([], [{"prc1": "0"}], [{"prc1": "bi_prep", "prc2": "wa_conj"}, {"source": "foreign"}])
        )


@settings(max_examples=200, deadline=None)
@given(text=news() | random_texts, seed=st.integers(0, 2**32))
def test_no_vote_breaks_a_promise(text: str, seed: int) -> None:
    found = extract_article(Article("case", text), CamelModels(Whim(seed), Whim(seed)))
    assert faults_of(found) == []
    officials = find_officials(found.doc)
    assert all(one.name_end <= other.name_start for one, other in pairwise(officials))


def test_show_tells_of_votes(
    installed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.txt").write_text(NEWS, encoding="utf-8")
    monkeypatch.setenv("CAMELTOOLS_DATA", str(installed))
    assert main(["show", str(tmp_path / "a.txt")]) == 0
    off = capsys.readouterr()
    assert main(["show", str(tmp_path / "a.txt"), "--camel-models"]) == 0
    on = capsys.readouterr()
    assert (off.err, on.err) == ("", "CAMeL Tools: names by arabert, clitics by calima-msa-r13\n")
    assert "camel" not in off.out.lower()
    assert "SPLITS REFUSED (1)" in on.out
    assert "country.refused.camel" in on.out
    assert VOTED in on.out


def test_either_alone_votes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.txt").write_text(NEWS, encoding="utf-8")
    for name, write, told in (
        ("names", write_recogniser, f"names by arabert, no clitics ({INSTALL_MORPHOLOGY})"),
        ("clitics", write_database, f"no names ({INSTALL_NER}), clitics by calima-msa-r13"),
    ):
        monkeypatch.setenv("CAMELTOOLS_DATA", str(write(write_catalogue(tmp_path / name))))
        assert main(["show", str(tmp_path / "a.txt"), "--camel-models"]) == 0
        shown = capsys.readouterr()
        assert shown.err == f"CAMeL Tools: {told}\n"
        assert (VOTED in shown.out, "SPLITS REFUSED (1)" in shown.out) == (name == "names", name == "clitics")


def nothing(folder: Path) -> None:
    pass


def catalogue_alone(folder: Path) -> None:
    write_catalogue(folder)


def empty_catalogue(folder: Path) -> None:
    write_catalogue(folder).joinpath("catalogue.json").write_text('{"components": {}}')


def no_catalogue(folder: Path) -> None:
    write_catalogue(folder).joinpath("catalogue.json").write_text("<html>")


def data_without_catalogue(folder: Path) -> None:
    write_database(folder)


ABSENT = [
    (nothing, ("no CAMeL Tools data is installed in", INSTALL_NER, INSTALL_MORPHOLOGY)),
    (catalogue_alone, ("neither a model of names nor a morphology database", INSTALL_NER, INSTALL_MORPHOLOGY)),
    (empty_catalogue, ("neither a model of names nor a morphology database", INSTALL_NER, INSTALL_MORPHOLOGY)),
    (data_without_catalogue, ("no CAMeL Tools data is installed in", INSTALL_NER, INSTALL_MORPHOLOGY)),
    (no_catalogue, ("is no catalogue of CAMeL Tools", INSTALL_NER)),
]


@pytest.mark.parametrize(("lay_out", "told"), ABSENT, ids=[case[0].__name__ for case in ABSENT])
def test_absent_data_is_told_at_once_and_nothing_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], lay_out, told
) -> None:
    lay_out(tmp_path / "tools")
    monkeypatch.setenv("CAMELTOOLS_DATA", str(tmp_path / "tools"))
    file, store = str(tmp_path / "missing.txt"), str(tmp_path / "store")
    for arguments in (["run", file, "--store", store, "--workers", "2"], ["show", file]):
        begun = time.monotonic()
        assert main([*arguments, "--camel-models"]) == 2
        assert time.monotonic() - begun < 2
        (line,) = capsys.readouterr().err.splitlines()
        assert line.startswith("error: ")
        assert str(tmp_path / "tools") in line
        assert [words for words in told if words not in line] == []
    assert not list((tmp_path / "store").glob("*.duckdb"))


def test_without_a_folder_named_the_one_in_the_home_is_meant(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("CAMELTOOLS_DATA", raising=False)
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    assert main(["show", str(tmp_path / "missing.txt"), "--camel-models"]) == 2
    assert str(tmp_path / ".camel_tools") in capsys.readouterr().err


DAMAGED = [
    ("database", "ner-arabert", NER_PATH / "config.json"),
    ("recogniser", "morphology-db-msa-r13", DATABASE_PATH / "morphology.db"),
]


@pytest.mark.parametrize(("package", "file"), [c[1:] for c in DAMAGED], ids=[c[0] for c in DAMAGED])
def test_damaged_data_is_told_with_its_cure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], package: str, file: Path
) -> None:
    folder = write_catalogue(tmp_path / "tools")
    (folder / file.parent).mkdir(parents=True)
    (folder / file).write_text("damaged")
    (tmp_path / "a.txt").write_text(NEWS, encoding="utf-8")
    monkeypatch.setenv("CAMELTOOLS_DATA", str(folder))
    assert main(["run", str(tmp_path / "a.txt"), "--camel-models", "--store", str(tmp_path / "store")]) == 2
    _, line = capsys.readouterr().err.splitlines()
    assert line.startswith("error: ")
    assert f"`camel_data -f -i {package}`" in line
    assert not list((tmp_path / "store").glob("*.duckdb"))


def command(folder: Path, *arguments: object) -> subprocess.CompletedProcess[str]:
    """Run a program in which, as in every process that it starts, the network cannot be asked."""
    (folder / "sitecustomize.py").write_text(
        "import socket\ndef refuse(*_, **__): raise AssertionError('the network was asked')\n"
        "socket.socket.connect = socket.getaddrinfo = refuse\n"
    )
    return subprocess.run(
        [sys.executable, "-W", "error", *map(str, arguments)],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(folder)},
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )


def test_workers_vote_alike(installed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CAMELTOOLS_DATA", str(installed))
    lines = [{"id": f"n{number}", "text": f"{NEWS}\n{number}"} for number in range(20)]  # more than one batch
    (tmp_path / "in.jsonl").write_text("".join(f"{json.dumps(line)}\n" for line in lines))
    run = ["run", str(tmp_path / "in.jsonl"), "--store"]
    assert main([*run, str(tmp_path / "off")]) == 0
    assert main([*run, str(tmp_path / "one"), "--camel-models"]) == 0
    done = command(tmp_path, "-m", "extract", *run, tmp_path / "two", "--camel-models", "--workers", 2)
    assert (done.returncode, done.stdout) == (0, "")
    first, *_, last = done.stderr.splitlines()
    assert first == "CAMeL Tools: names by arabert, clitics by calima-msa-r13"
    assert last.startswith("20 articles, 20 records, 0 refused")
    records = {}
    for name in ("off", "one", "two"):
        with open_store(tmp_path / name) as connection:
            records[name] = list(read_unmerged(connection))
    voted = {name: [VOTED in {item.rule for item in record.evidence} for record in records[name]] for name in records}
    assert voted == {"off": [False] * 20, "one": [True] * 20, "two": [True] * 20}
    assert records["one"] == records["two"]


def test_without_the_switch_nothing_heavy_is_imported(tmp_path: Path) -> None:
    heavy = "{'torch', 'transformers', 'camel_tools.data', 'camel_tools.ner', 'camel_tools.morphology'}"
    done = command(tmp_path, "-c", f"import sys, extract.__main__; print({heavy} & set(sys.modules))")
    assert (done.stdout, done.stderr) == ("set()\n", "")
