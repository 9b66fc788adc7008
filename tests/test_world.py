"""The polygons of the map: who is where, and drawn in a way that every library takes."""

from __future__ import annotations

import json
from collections import Counter

import pytest
from shapely import Point
from shapely.geometry import LinearRing, shape
from shapely.geometry.base import BaseGeometry

from pages.shared.places import POLYGONS, read_places, thin_out
from pages.shared.world import make_shades

FEATURES = json.loads(POLYGONS.read_text(encoding="utf-8"))["features"]
SHAPES: dict[str, BaseGeometry] = {one["id"]: shape(one["geometry"]) for one in FEATURES}

PLACES = [
    ("east-jerusalem", "PSE", 35.2345, 31.7767),
    ("gaza", "PSE", 34.45, 31.5),
    ("ramallah", "PSE", 35.2, 31.9),
    ("golan", "SYR", 35.8, 33.0),
    ("laayoune", "ESH", -13.2, 27.15),
    ("halaib", "EGY", 36.64, 22.22),
    ("pristina", "XKX", 21.16, 42.66),
    ("kuwait", "KWT", 47.9, 29.2),
    ("beijing", "CHN", 116.4, 39.9),
    ("juba", "SSD", 31.6, 4.85),
    ("abyei", "X-ABY", 28.43, 9.59),
]


@pytest.mark.parametrize(("code", "longitude", "latitude"), [pytest.param(*row[1:], id=row[0]) for row in PLACES])
def test_a_place_is_in_its_country_only(code: str, longitude: float, latitude: float) -> None:
    assert [one for one, area in SHAPES.items() if area.contains(Point(longitude, latitude))] == [code]


@pytest.mark.parametrize("code", ["BHR", "MLT", "COM", "MDV", "SGP", "VAT", "PSE", "XKX"])
def test_small_states_have_an_area_and_a_place(code: str) -> None:
    assert SHAPES[code].area > 0
    assert code in read_places()


def test_codes_are_unique_and_names_are_in_both_languages() -> None:
    assert [code for code, times in Counter(one["id"] for one in FEATURES).items() if times > 1] == []
    assert len(FEATURES) > 240
    for one in FEATURES:
        assert one["properties"]["iso3"] == one["id"]
        assert one["properties"]["ar"]
        assert one["properties"]["en"]


def test_outer_rings_are_clockwise_as_plotly_needs_them() -> None:
    for one in FEATURES:
        parts = one["geometry"]["coordinates"]
        for part in parts if one["geometry"]["type"] == "MultiPolygon" else [parts]:
            assert not LinearRing(part[0]).is_ccw, one["id"]


def test_neighbours_of_the_golan_neither_overlap_nor_leave_a_gap() -> None:
    syria, neighbours = SHAPES["SYR"], [SHAPES[code] for code in ("ISR", "LBN", "JOR")]
    assert all(syria.intersection(one).area < 1e-6 for one in neighbours)
    together = syria.union(neighbours[0]).union(neighbours[1]).union(neighbours[2]).union(SHAPES["PSE"])
    parts = getattr(together, "geoms", [together])
    assert [hole for part in parts for hole in part.interiors] == []


@pytest.mark.parametrize(
    ("counts", "bounds"),
    [
        pytest.param([], [], id="none"),
        pytest.param([1], [(1, 1)], id="one"),
        pytest.param([1, 3], [(1, 1), (2, 2), (3, 3)], id="few"),
        pytest.param([2, 1000], [(1, 3), (4, 15), (16, 62), (63, 250), (251, 1000)], id="an-outlier"),
    ],
)
def test_shades_cover_every_count_once(counts: list[int], bounds: list[tuple[int, int]]) -> None:
    assert [(shade.low, shade.high) for shade in make_shades(counts)] == bounds


@pytest.mark.parametrize("most", range(1, 200))
def test_shades_meet_without_gaps_and_darken(most: int) -> None:
    shades = make_shades([most])
    covered = [count for shade in shades for count in range(shade.low, shade.high + 1)]
    assert covered == list(range(1, most + 1))
    opacities = [shade.opacity for shade in shades]
    assert opacities == sorted(set(opacities))


def test_discs_that_would_lie_over_a_larger_one_become_dots() -> None:
    rows = [
        {"position": [45.0, 24.0], "radius": 16, "number": "20"},
        {"position": [47.5, 29.3], "radius": 13, "number": "7"},
        {"position": [104.0, 35.0], "radius": 13, "number": "5"},
    ]
    thin_out(rows, 1.4)
    assert [row["number"] for row in rows] == ["20", "", "5"]
    assert rows[1]["radius"] < rows[2]["radius"]
