"""Exports, each read back by a reader that people use."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import date, datetime

import openpyxl
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings

from extract import models
from extract.models import Article, Engagement, Outcome, Sector
from extract.write import FORMATS, to_bytes
from extract.write.geojson import country_points
from extract.write.plover import to_event
from extract.write.records import to_record
from tests.factories import make_engagement, make_official, make_source, registers

RECORD = make_engagement()
BARE = make_engagement(
    engagement_id="bare",
    parties=("UN", "ARAB_LEAGUE"),
    date_start=None,
    date_end=None,
    date_precision="unknown",
    date_basis="none",
    date_words=None,
    venue_country=None,
    venue_city=None,
    venue_city_en=None,
    officials=(),
    sectors=(),
    projects=(),
    amounts=(),
    outcomes=(),
    evidence=(),
    blanks=(),
    field_confidence=(),
)


def test_json_lines_have_the_codebooks_fields() -> None:
    first, second = map(json.loads, to_bytes("jsonl", [RECORD, BARE]).decode().splitlines())
    assert first == {
        "engagement_id": "e-muscat-1",
        "role": "main",
        "type": "meeting",
        "status": "held",
        "parties": ["OMN", "KWT"],
        "date_start": "2024-05-06",
        "date_end": "2024-05-06",
        "date_precision": "day",
        "date_basis": "explicit",
        "date_words": "يوم 6 مايو 2024",
        "venue_country": "OMN",
        "venue_city": "مسقط",
        "venue_city_en": "Muscat",
        "officials": [
            {
                "name": "بدر البوسعيدي",
                "name_canonical": "بدر البوسعيدي",
                "name_latin": "Badr Al Busaidi",
                "title": "وزير الخارجية العماني",
                "rank": "foreign_minister",
                "country": "OMN",
                "institution": None,
            }
        ],
        "sectors": [{"code": "ports"}],
        "sectors_context": [{"code": "trade"}],
        "projects": [{"name": "ميناء الدقم", "sector": "ports", "country": "OMN"}],
        "amounts": [{"value": 790_000_000.0, "unit": "USD", "measures": "trade volume", "growth": 12.5}],
        "outcomes": [{"type": "commitment", "quote": "وبحثا التعاون في الموانئ"}],
        "summary": "استقبل وزير الخارجية العماني نظيره الكويتي.",
        "summary_en": "Oman and Kuwait met in Muscat on 6 May 2024.",
        "evidence": [
            {
                "field": "parties",
                "value": "OMN",
                "article_id": "muscat-1",
                "start": 21,
                "end": 28,
                "quote": "العماني",
                "rule": "parties_rule",
            }
        ],
        "blanks": [{"field": "institution", "reason": "not_in_text"}],
        "confidence": 0.9,
        "field_confidence": {"parties": 0.95, "date_start": 0.8},
        "sources": [
            {
                "article_id": "muscat-1",
                "title": "لقاء عماني كويتي في مسقط",
                "outlet": "news.example",
                "url": "https://news.example/muscat-1",
                "published": "2024-05-07",
            }
        ],
        "disagreements": [],
    }
    assert second.keys() == first.keys()
    assert (second["date_start"], second["officials"], second["field_confidence"]) == (None, [], {})


def read_csv(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_csv_has_one_row_a_record_and_joins_lists() -> None:
    unnamed = make_official(name="مسؤول", name_latin="An official", title=None, country=None)
    record = replace(RECORD, officials=(*RECORD.officials, unnamed))
    first, second = read_csv(to_bytes("csv", [record, BARE]))
    assert first["parties"] == "OMN | KWT"
    assert first["date_start"] == "2024-05-06"
    assert first["officials"] == "بدر البوسعيدي | مسؤول"
    assert first["officials_country"] == "OMN | "
    assert first["officials_institution"] == ""
    assert (first["sectors"], first["sectors_context"]) == ("ports", "trade")
    assert (first["amounts_value"], first["amounts_unit"]) == ("790000000", "USD")
    assert (first["confidence"], first["published"]) == ("0.9", "2024-05-07")
    assert (second["engagement_id"], second["date_start"], second["amounts_value"]) == ("bare", "", "")


def test_no_text_of_an_article_becomes_a_formula() -> None:
    record = replace(RECORD, summary='=HYPERLINK("http://a.b","x")', outcomes=(Outcome("agreement", "-1+1"),))
    (row,) = read_csv(to_bytes("csv", [record]))
    assert (row["summary"][:2], row["outcomes"]) == ("'=", "'-1+1")
    sheet = openpyxl.load_workbook(io.BytesIO(to_bytes("xlsx", [record]))).active
    assert all(cell.data_type != "f" and cell.hyperlink is None for line in sheet for cell in line)


def test_xlsx_has_dates_as_dates_on_a_right_to_left_sheet() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(to_bytes("xlsx", [RECORD, BARE]))).active
    names = [cell.value for cell in sheet[1]]
    first, second = ({name: cell.value for name, cell in zip(names, sheet[row], strict=True)} for row in (2, 3))
    assert first["date_start"] == datetime(2024, 5, 6)
    assert first["confidence"] == 0.9
    assert second["date_start"] is None
    assert sheet.sheet_view.rightToLeft


def test_parquet_holds_the_whole_record() -> None:
    first, second = pq.read_table(io.BytesIO(to_bytes("parquet", [RECORD, BARE]))).to_pylist(maps_as_pydicts="strict")
    assert first == to_record(RECORD)
    assert second == to_record(BARE)
    assert first["date_start"] == date(2024, 5, 6)


def test_geojson_has_a_point_for_each_country() -> None:
    collection = json.loads(to_bytes("geojson", [RECORD, BARE]))
    assert collection["type"] == "FeatureCollection"
    oman, kuwait, nowhere = collection["features"]
    assert oman["geometry"] == {"type": "Point", "coordinates": country_points()["OMN"]}
    assert (kuwait["properties"]["country"], kuwait["properties"]["engagement_id"]) == ("KWT", "e-muscat-1")
    assert kuwait["properties"]["date_start"] == "2024-05-06"
    assert nowhere["geometry"] is None
    assert nowhere["properties"]["parties"] == "UN | ARAB_LEAGUE"


def test_country_points_lie_in_their_countries_bounds() -> None:
    bounds = {"KWT": (46, 49, 28, 31), "PSE": (34, 36, 31, 33), "OMN": (52, 60, 16, 27), "XKX": (20, 22, 41, 44)}
    for code, (west, east, south, north) in bounds.items():
        longitude, latitude = country_points()[code]
        assert west < longitude < east
        assert south < latitude < north


def test_plover_event() -> None:
    (event,) = map(json.loads, to_bytes("plover", [RECORD]).decode().splitlines())
    assert event == {
        "id": "e-muscat-1",
        "date": "2024-05-06",
        "enddate": "2024-05-06",
        "date_precision": "day",
        "source": [
            {
                "code": "OMN",
                "sector": "GOV",
                "actor_text": "بدر البوسعيدي",
                "identifier_text": "Badr Al Busaidi",
                "office": "وزير الخارجية العماني",
            },
            {"code": "KWT"},
        ],
        "event": ["CONSULT"],
        "cameo": "040",
        "status": "held",
        "quad_code": 1,
        "event_loc": {"name": "مسقط", "asciiname": "Muscat", "cc3": "OMN"},
        "event_text": ["Oman and Kuwait met in Muscat on 6 May 2024."],
        "cite_info": {
            "citation": "muscat-1",
            "title": "لقاء عماني كويتي في مسقط",
            "url": "https://news.example/muscat-1",
            "publication": "news.example",
        },
    }


PLOVER_CASES = {
    "visit-has-a-host": (replace(RECORD, type="visit"), {"mode": ["visit"], "recipient": "OMN", "cameo": "042"}),
    "planned-meeting": (replace(RECORD, status="planned"), {"cameo": "036", "context": ["future"]}),
    "planned-aid": (replace(RECORD, type="aid", status="planned"), {"cameo": "033", "event": ["AID"]}),
    "cancelled": (replace(RECORD, status="cancelled"), {"context": ["negation"]}),
    "agreement": (replace(RECORD, type="agreement"), {"cameo": "057", "event": ["AGREE"], "quad_code": 1}),
    "material": (replace(RECORD, type="cooperation"), {"event": ["COOPERATE"], "quad_code": 2}),
    "contexts-once": (
        replace(RECORD, sectors=(Sector("trade", is_core=True), Sector("investment_finance", is_core=True))),
        {"context": ["economic"]},
    ),
    "undated": (BARE, {"date": None, "date_precision": "unknown"}),
}


@pytest.mark.parametrize(("record", "expected"), PLOVER_CASES.values(), ids=PLOVER_CASES.keys())
def test_plover_cases(record: Engagement, expected: dict[str, object]) -> None:
    event = to_event(record)
    event["recipient"] = event["recipient"][0]["code"] if "recipient" in event else None
    assert {name: event[name] for name in expected} == expected


def test_plover_knows_organisations() -> None:
    assert to_event(BARE)["source"] == [
        {"code": "IGO", "identifier_id": "UN"},
        {"code": "IGO", "identifier_id": "ARAB_LEAGUE"},
    ]


@pytest.mark.parametrize("type_", models.TYPES)
def test_every_type_has_its_plover_event(type_: str) -> None:
    event = to_event(replace(RECORD, type=type_))
    assert event["event"][0] in {"CONSULT", "AGREE", "SUPPORT", "AID", "COOPERATE"}
    assert len(event["cameo"]) == 3


@pytest.mark.parametrize("format_", FORMATS)
def test_no_records_make_an_empty_file_of_the_format(format_: str) -> None:
    data = to_bytes(format_, [])
    if format_ == "geojson":
        assert json.loads(data)["features"] == []
    elif format_ in ("jsonl", "plover"):
        assert data == b""
    elif format_ == "csv":
        assert data.startswith(b"\xef\xbb\xbfengagement_id,")
        assert read_csv(data) == []
    elif format_ == "parquet":
        assert pq.read_table(io.BytesIO(data)).num_rows == 0
    else:
        assert openpyxl.load_workbook(io.BytesIO(data)).active.max_row == 1


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(registers())
def test_any_record_can_be_written_twice_the_same(register: tuple[list[Article], list[Engagement]]) -> None:
    _, engagements = register
    for name in FORMATS:
        assert to_bytes(name, engagements) == to_bytes(name, engagements)
    lines = to_bytes("jsonl", engagements).decode().split("\n")[:-1]
    assert [json.loads(line)["engagement_id"] for line in lines] == [one.engagement_id for one in engagements]
    assert [len(json.loads(line)["sources"]) for line in lines] == [len(one.sources) for one in engagements]


def test_several_sources_are_all_named() -> None:
    record = replace(RECORD, sources=(*RECORD.sources, replace(make_source(), article_id="muscat-2", published=None)))
    assert [source["article_id"] for source in to_record(record)["sources"]] == ["muscat-1", "muscat-2"]
    (row,) = read_csv(to_bytes("csv", [record]))
    assert (row["article_id"], row["published"]) == ("muscat-1 | muscat-2", "2024-05-07 | ")
