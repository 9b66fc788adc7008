"""One process, two processes and a Dask cluster of two workers give the same register to the byte."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from distributed import LocalCluster

from extract.errors import RawabitError
from extract.rows import LISTS
from extract.run import run
from extract.store import open_store, read_engagements
from extract.write import FORMATS
from tests.faults import write_inputs

TABLES = ("article", "engagement", "refusal", "label", "word", *(part.table for part in LISTS))


def contents(store: Path) -> dict[str, object]:
    """Every table of a register, row by row as it lies there, and the export."""
    with open_store(store) as connection:
        tables: dict[str, object] = {table: connection.execute(f"from {table}").fetchall() for table in TABLES}
        out = io.BytesIO()
        FORMATS["jsonl"](read_engagements(connection), out)
        return tables | {"export": out.getvalue()}


def test_the_register_is_the_same_whoever_does_the_work(tmp_path: Path) -> None:
    _, large = write_inputs(tmp_path)
    (tmp_path / "broken.jsonl").write_text("{\n")
    inputs = [str(large), str(tmp_path / "broken.jsonl")]
    reports = [run(inputs, tmp_path / "one"), run(inputs, tmp_path / "two", workers=2)]
    cluster = LocalCluster(
        n_workers=2, threads_per_worker=1, host="127.0.0.1", dashboard_address=None, local_directory=str(tmp_path)
    )
    with cluster:
        reports.append(run(inputs, tmp_path / "cluster", scheduler=cluster.scheduler_address))
    one, two, many = (contents(tmp_path / name) for name in ("one", "two", "cluster"))
    assert one["export"]
    assert one == two == many
    assert len({(report.articles, report.records, report.refusals) for report in reports}) == 1
    parts = [sorted(path.name for path in (tmp_path / name / "parts").iterdir()) for name in ("one", "two", "cluster")]
    assert parts[0] == parts[1] == parts[2]


def test_no_cluster_at_an_address_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extract.run.workers._TIMEOUT", "1s")
    small, _ = write_inputs(tmp_path)
    with pytest.raises(RawabitError, match=r"no cluster at tcp://127\.0\.0\.1:9"):
        run([str(small)], tmp_path / "store", scheduler="tcp://127.0.0.1:9")
