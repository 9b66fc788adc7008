"""Where countries lie on the map: their places, the view that holds them all, and which discs would lie over each other."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import hypot
from pathlib import Path
from typing import Any

import pandas as pd
import pydeck as pdk

from pages.shared.tables import write_span
from pages.shared.words import Words

POLYGONS = Path(__file__).parent / "static" / "countries.geojson"

# The map keeps to where the partners are, and never closer than a few countries across.
_WIDEST_ZOOM, _CLOSEST_ZOOM = 0.2, 3.2
# The part of a map's width that its partners take; the whole world at zoom 0, in pixels.
_FILLED, _WORLD = 0.8, 512
# Of the engagements, so many may be with partners who are off the map when it opens.
_FAR = 0.06
_DOT = 4
_FALLBACK_CENTRE = (45.0, 25.0)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a country's name is put on a map, in degrees."""

    longitude: float
    latitude: float


@cache
def read_places() -> Mapping[str, Place]:
    """The place of every country that the map has, by its code."""
    features = json.loads(POLYGONS.read_text(encoding="utf-8"))["features"]
    return {one["id"]: Place(one["properties"]["lon"], one["properties"]["lat"]) for one in features}


def write_places(words: Words, parties: pd.DataFrame) -> bytes:
    """`describe_parties` as GeoJSON: a point a country; a party without a place has none."""
    places = read_places()
    features = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [places[code].longitude, places[code].latitude]}
            if (code := one["party_code"]) in places
            else None,
            "properties": {
                "code": code,
                "name": words.name("party", code),
                "engagements": one["engagements"],
                "last_date": write_span(one["last_date"], one["last_until"]),
                "top_sectors": " | ".join(one["top_sectors"]),
            },
        }
        for one in parties.to_dict("records")
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False).encode()


def thin_out(rows: list[dict[str, Any]], zoom: float) -> None:
    """Make a dot without a number of every disc that would lie over one before it; the table beside has all numbers."""
    kept: list[tuple[float, float, float]] = []
    for row in rows:
        scale = _WORLD * 2**zoom / 360
        x, y = row["position"][0] * scale, _mercator(row["position"][1]) * scale
        if any(hypot(x - a, y - b) < row["radius"] + radius for a, b, radius in kept):
            row |= {"radius": _DOT, "number": ""}
        else:
            kept.append((x, y, row["radius"]))


def find_view(counts: Mapping[str, int], width: int, height: int) -> pdk.ViewState:
    """Where the map opens: on all partners but a few far ones, as near as they allow."""
    places = {read_places()[code]: count for code, count in counts.items()}
    if not places:
        return pdk.ViewState(longitude=_FALLBACK_CENTRE[0], latitude=_FALLBACK_CENTRE[1], zoom=_WIDEST_ZOOM)
    west, east = _span({place: place.longitude for place in places}, places)
    south, north = _span({place: place.latitude for place in places}, places)
    low, high = _mercator(south), _mercator(north)
    zoom = math.log2(_FILLED * min(width / max(east - west, 1), height / max(high - low, 1)) * 360 / _WORLD)
    return pdk.ViewState(
        longitude=(west + east) / 2,
        latitude=math.degrees(math.atan(math.sinh(math.radians((low + high) / 2)))),
        zoom=round(min(max(zoom, _WIDEST_ZOOM), _CLOSEST_ZOOM), 2),
    )


def _mercator(latitude: float) -> float:
    """How far north a latitude is drawn, in degrees of longitude."""
    return math.degrees(math.asinh(math.tan(math.radians(latitude))))


def _span(degrees: Mapping[Place, float], counts: Mapping[Place, int]) -> tuple[float, float]:
    """The least and the greatest of the degrees, without the outermost that have few engagements."""
    ordered = sorted(degrees, key=degrees.__getitem__)
    spare = _FAR / 2 * sum(counts.values())

    def edge(places: Sequence[Place]) -> float:
        passed = 0.0
        for place in places:
            passed += counts[place]
            if passed > spare:
                return degrees[place]
        return degrees[places[-1]]

    return edge(ordered), edge(ordered[::-1])
