"""The description beside an export: what the Data Package specification asks for, and the very fields of the file."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from shapely.geometry import shape

from extract.__main__ import main
from extract.models import Engagement
from extract.write import FORMATS, to_bytes, write_package
from extract.write.package import to_package
from tests.factories import make_engagement
from tests.made_register import RECORDS, make_store

# Field types of Table Schema 1.
TYPES = {"string", "number", "integer", "boolean", "object", "array", "date", "time", "datetime", "year", "any"}


@pytest.mark.parametrize("format_", FORMATS)
def test_a_package_has_what_the_specification_requires(format_: str) -> None:
    package = to_package("My File (1).csv", format_)
    assert re.fullmatch(r"[a-z0-9._-]+", package["name"])
    (resource,) = package["resources"]
    assert re.fullmatch(r"[a-z0-9._-]+", resource["name"])
    assert resource["path"] == "My File (1).csv"
    fields = resource["schema"]["fields"]
    assert len({field["name"] for field in fields}) == len(fields) > 0
    assert {field["type"] for field in fields} <= TYPES
    assert all(field["description"] for field in fields)
    assert json.loads(json.dumps(package)) == package


def fields_of(format_: str) -> list[str]:
    return [field["name"] for field in to_package("f", format_)["resources"][0]["schema"]["fields"]]


def test_the_fields_are_those_of_the_files() -> None:
    data = {format_: to_bytes(format_, RECORDS) for format_ in FORMATS}
    heading = next(csv.reader(io.StringIO(data["csv"].decode("utf-8-sig"))))
    assert heading == fields_of("csv") == fields_of("xlsx")
    assert pq.read_schema(io.BytesIO(data["parquet"])).names == fields_of("parquet")
    assert list(json.loads(data["jsonl"].splitlines()[0])) == fields_of("jsonl")
    assert list(json.loads(data["geojson"])["features"][0]["properties"]) == fields_of("geojson")
    events = [json.loads(line) for line in data["plover"].splitlines()]
    assert {name for event in events for name in event} <= set(fields_of("plover"))


def test_values_keep_to_their_types_and_lists() -> None:
    fields = to_package("f", "csv")["resources"][0]["schema"]["fields"]
    for row in csv.DictReader(io.StringIO(to_bytes("csv", RECORDS).decode("utf-8-sig"), newline="")):
        for field in fields:
            value, rules = row[field["name"]], field.get("constraints", {})
            assert value or not rules.get("required")
            assert not value or value in rules.get("enum", [value])
            if value and field["type"] == "number":
                float(value)
            if value and field["type"] == "date":
                assert re.fullmatch(r"\d{4}-\d\d-\d\d", value)


def test_units_are_the_codebooks() -> None:
    units = {f["name"]: f.get("unit", "") for f in to_package("f", "csv")["resources"][0]["schema"]["fields"]}
    assert "ISO 3166-1" in units["parties"]
    assert "ISO 4217" in units["amounts_unit"]
    assert units["amounts_growth"] == "per cent"
    assert "foreign_minister" in units["officials_rank"]


@pytest.mark.parametrize("format_", FORMATS)
def test_an_export_to_a_file_is_described_beside_it(tmp_path: Path, format_: str) -> None:
    store = make_store(tmp_path / "store")
    out = tmp_path / f"records.{format_}"
    assert main(["export", "--store", str(store), "--format", format_, "--out", str(out)]) == 0
    package = json.loads((tmp_path / f"records.{format_}.datapackage.json").read_text(encoding="utf-8"))
    assert (tmp_path / package["resources"][0]["path"]).read_bytes() == to_bytes(format_, RECORDS_IN_ORDER)
    assert {path.name for path in tmp_path.iterdir()} == {"store", out.name, f"{out.name}.datapackage.json"}


RECORDS_IN_ORDER = sorted(RECORDS, key=lambda one: (one.date_start is None, str(one.date_start)))


def test_a_fault_leaves_the_last_export_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = make_store(tmp_path / "store")
    out = tmp_path / "records.csv"
    arguments = ["export", "--store", str(store), "--format", "csv", "--out", str(out)]
    assert main(arguments) == 0
    before = out.read_bytes()

    def fail(*_: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr("extract.__main__.FORMATS", {"csv": fail})
    assert main(arguments) == 2
    assert out.read_bytes() == before
    assert not list(tmp_path.glob("*.part"))


def test_every_format_writes_as_records_come() -> None:
    """Long before the last record is asked for, the first have left: nothing gathers them all."""

    class Sink(io.BytesIO):
        written = 0

        def write(self, data: object) -> int:
            Sink.written += 1
            return super().write(data)  # type: ignore[arg-type]

    seen: list[int] = []

    def records(count: int) -> Iterator[Engagement]:
        for number in range(count):
            seen.append(Sink.written)
            yield make_engagement(engagement_id=f"e{number}")

    # Parquet's row groups have 5,000 records.
    for format_, count in {"jsonl": 100, "csv": 100, "geojson": 100, "plover": 100, "parquet": 5_100}.items():
        Sink.written, seen = 0, []
        FORMATS[format_](records(count), Sink())
        assert seen[-1] > seen[0], format_


class Pipe(io.RawIOBase):
    """Takes bytes in order and can go nowhere else, as standard output does."""

    def __init__(self) -> None:
        self.data = b""

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self.data += bytes(data)
        return len(data)


@pytest.mark.parametrize("format_", FORMATS)
def test_every_format_goes_through_a_pipe(format_: str) -> None:
    pipe = Pipe()
    FORMATS[format_](RECORDS, pipe)  # type: ignore[arg-type]
    assert pipe.data == to_bytes(format_, RECORDS)


def test_geojson_is_valid(tmp_path: Path) -> None:
    """RFC 7946: a collection of features with a geometry or null, longitude first, inside the world."""
    collection = json.loads(to_bytes("geojson", RECORDS))
    assert collection.keys() == {"type", "features"}
    for feature in collection["features"]:
        assert feature.keys() == {"type", "geometry", "properties"}
        assert feature["type"] == "Feature"
        if feature["geometry"] is not None:
            point = shape(feature["geometry"])
            assert point.is_valid
            assert point.geom_type == "Point"
            assert -180 <= point.x <= 180
            assert -90 <= point.y <= 90
    beside = write_package(tmp_path / "map.geojson", "geojson")
    assert json.loads(beside.read_text(encoding="utf-8"))["resources"][0]["mediatype"] == "application/geo+json"
