"""The command line as a person meets it: in a process of its own, by its exit status and what it prints."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from extract import store as stores
from extract.__main__ import main
from extract.build import build_store
from tests.factories import LABELS, make_article, make_engagement

ROOT = Path(__file__).parents[1]
ARTICLES = ROOT / "tests" / "articles"


def command(*arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "extract", *map(str, arguments)],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )


def build(store: Path) -> Path:
    """A store of three records: a meeting in May, a visit in June, an undated agreement."""
    store.mkdir()
    article = make_article()
    build_store(
        store / stores.REGISTER_FILE,
        articles=[article],
        engagements=[
            make_engagement(article, engagement_id="may"),
            make_engagement(article, engagement_id="june", type="visit", parties=("OMN", "PAK"),
                            date_start=date(2024, 6, 1), date_end=date(2024, 6, 3)),
            make_engagement(article, engagement_id="undated", type="agreement", sectors=(),
                            date_start=None, date_end=None),
        ],
        labels=LABELS,
    )  # fmt: skip
    return store


def exported(capfdbinary: pytest.CaptureFixture[bytes], *arguments: object) -> list[str]:
    assert main(["export", "--format", "jsonl", *map(str, arguments)]) == 0
    return [json.loads(line)["engagement_id"] for line in capfdbinary.readouterr().out.splitlines()]


FILTERS = {
    "none": ([], ["may", "june", "undated"]),
    "unmerged": (["--unmerged"], ["may", "june", "undated"]),
    "country": (["--country", "KWT"], ["may", "undated"]),
    "country-in-small-letters": (["--country", "pak"], ["june"]),
    "two-countries": (["--country", "KWT", "--country", "PAK"], ["may", "june", "undated"]),
    "sector": (["--sector", "ports"], ["may", "june"]),
    "context-sector": (["--sector", "oil_gas"], []),
    "type": (["--type", "visit"], ["june"]),
    "from": (["--from", "2024-06-02"], ["june"]),
    "to": (["--to", "2024-05-31"], ["may"]),
    "last-day-counts": (["--from", "2024-06-03", "--to", "2024-06-03"], ["june"]),
    "all-together": (["--country", "OMN", "--type", "meeting", "--from", "2024-05-06", "--to", "2024-05-06"], ["may"]),
}


@pytest.mark.parametrize(("arguments", "expected"), FILTERS.values(), ids=FILTERS.keys())
def test_an_export_is_filtered(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes], arguments: list[str], expected: list[str]
) -> None:
    assert exported(capfdbinary, "--store", build(tmp_path / "store"), *arguments) == expected


def test_an_export_goes_to_a_file(tmp_path: Path) -> None:
    out = tmp_path / "records.xlsx"
    assert main(["export", "--store", str(build(tmp_path / "store")), "--format", "xlsx", "--out", str(out)]) == 0
    assert openpyxl.load_workbook(out).active.max_row == 4


USAGE = {
    "no-command": [],
    "unknown-command": ["rune"],
    "no-input": ["run"],
    "no-workers": ["run", "seeds", "--workers", "0"],
    "no-format": ["export"],
    "unknown-format": ["export", "--format", "doc"],
    "unknown-type": ["export", "--format", "csv", "--type", "war"],
    "no-date": ["export", "--format", "csv", "--from", "May"],
}


@pytest.mark.parametrize("arguments", USAGE.values(), ids=USAGE.keys())
def test_wrong_usage_exits_with_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as exit_:
        main(arguments)
    assert exit_.value.code == 2
    assert "usage:" in capsys.readouterr().err


NOTHING_DONE = {
    "no-store": (["export", "--format", "csv", "--store", "{}/nowhere"], "no register"),
    "unknown-country": (["export", "--format", "csv", "--store", "{}/store", "--country", "XYZ"], "code XYZ"),
    "unknown-sector": (["export", "--format", "csv", "--store", "{}/store", "--sector", "gold"], "code gold"),
    "no-folder": (["export", "--format", "csv", "--store", "{}/store", "--out", "{}/no/a.csv"], "No such file"),
    "show-missing": (["show", "{}/missing.txt"], "missing.txt: there is no such file"),
}


@pytest.mark.parametrize(("arguments", "told"), NOTHING_DONE.values(), ids=NOTHING_DONE.keys())
def test_nothing_done_exits_with_2_and_one_line(
    tmp_path: Path, arguments: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    build(tmp_path / "store")
    assert main([argument.format(tmp_path) for argument in arguments]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert told in line


def test_a_run_of_the_seeds_twice_exports_the_same_bytes(tmp_path: Path) -> None:
    exports = []
    for name, workers in (("one", 1), ("two", 2)):
        done = command("run", "seeds/", "--store", tmp_path / name, "--workers", workers)
        assert (done.returncode, done.stdout) == (0, "")
        assert done.stderr.splitlines()[-1].startswith("5 articles, ")  # lines of progress may stand before it
        formats = ("jsonl", "csv", "xlsx", "parquet", "geojson", "plover")
        for format_ in formats:
            out = tmp_path / f"{name}.{format_}"
            assert main(["export", "--store", str(tmp_path / name), "--format", format_, "--out", str(out)]) == 0
        exports.append([(tmp_path / f"{name}.{format_}").read_bytes() for format_ in formats])
    assert exports[0] == exports[1]
    assert all(exports[0])


def test_bad_inputs_beside_good_ones_exit_with_1_and_a_line_each(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").touch()
    (tmp_path / "folder").mkdir()
    bad = {
        tmp_path / "missing.txt": "missing",
        tmp_path / "empty.txt": "empty",
        ARTICLES / "photo.png": "unsupported_format",
        tmp_path / "folder": "no_articles",
    }
    good = [ARTICLES / "windows-1256.txt", ARTICLES / "utf-16.txt"]
    done = command("run", *bad, *good, "--store", tmp_path / "store")
    assert done.returncode == 1
    *refused, last = done.stderr.splitlines()
    assert last.startswith("1 articles, ")  # both files hold the same text
    assert ", 4 refused, 1 with a text read before" in last
    for line, (path, reason) in zip(refused, bad.items(), strict=True):
        assert line.startswith(f"refused: {path}: ")
        assert line.endswith(f"({reason})")
    with stores.open_store(tmp_path / "store") as connection:
        assert connection.execute("select reason from refusal").fetchall() == [(reason,) for reason in bad.values()]


def test_bad_inputs_alone_exit_with_2_and_the_store_keeps_what_it_had(tmp_path: Path) -> None:
    store = build(tmp_path / "store")
    before = (store / stores.REGISTER_FILE).read_bytes()
    done = command("run", tmp_path / "missing.txt", ARTICLES / "photo.png", "--store", store)
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 3
    assert "is as it was" in done.stderr
    assert (store / stores.REGISTER_FILE).read_bytes() == before


def test_show_explains_a_file_of_an_article() -> None:
    done = command("show", "seeds/004_ed9f55617d7db0d4.txt")
    assert (done.returncode, done.stderr) == (0, "")
    assert len(done.stdout.splitlines()) > 5


def test_a_reader_that_stops_early_is_no_error(tmp_path: Path) -> None:
    store = build(tmp_path / "store")
    line = f"{sys.executable} -m extract export --format jsonl --store '{store}' | true"
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", line], cwd=ROOT, capture_output=True, encoding="utf-8", check=False
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
