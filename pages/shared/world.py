"""The world map: countries shaded by their number of engagements, ties as arcs, counts that can be pointed at."""

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
import streamlit as st

from extract.queries import count_pairs
from pages.shared.legend import write_legend
from pages.shared.pictures import Picture, offer_picture
from pages.shared.sidebar import go_to, narrow_filters
from pages.shared.tables import write_last_dates, write_span
from pages.shared.view import View, version_of
from pages.shared.words import Words

POLYGONS = Path(__file__).parent / "static" / "countries.geojson"

# More arcs than this are a hairball; the table beside the map has them all.
MOST_ARCS = 60

_SHADES = 5
_COLOUR = (11, 110, 79)
_ARC_COLOUR = [213, 94, 0, 120]
# Of the distance; and how far to its side an arc leans, in degrees.
_ARC_HEIGHT, _ARC_TILT = 0.35, 40
_EMPTY_FILL = [128, 128, 128, 40]
_OUTLINE = [128, 128, 128, 150]

# Arcs rise over the map and would hide what lies under them.
_ON_TOP = {"depthCompare": "always"}

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


@dataclass(frozen=True, slots=True)
class Shade:
    """The countries with `low` to `high` engagements share one opacity, 0-255."""

    low: int
    high: int
    opacity: int


@cache
def read_places() -> Mapping[str, Place]:
    """The place of every country that the map has, by its code."""
    features = json.loads(POLYGONS.read_text(encoding="utf-8"))["features"]
    return {one["id"]: Place(one["properties"]["lon"], one["properties"]["lat"]) for one in features}


def make_shades(counts: Sequence[int]) -> list[Shade]:
    """Up to five shades whose bounds grow by a constant factor, so that one large partner does not pale all others."""
    if not counts:
        return []
    most = max(counts)
    is_few = most <= _SHADES
    bounds = sorted(range(1, most + 1) if is_few else {round(most ** (step / _SHADES)) for step in range(_SHADES)})
    highs = [low - 1 for low in bounds[1:]] + [most]
    steps = max(len(bounds) - 1, 1)
    return [
        Shade(low, high, round(80 + 160 * at / steps)) for at, (low, high) in enumerate(zip(bounds, highs, strict=True))
    ]


def draw_map(view: View, parties: pd.DataFrame, pairs: pd.DataFrame, *, width: int, height: int) -> None:
    """Draw `describe_parties` and `count_pairs`, a legend, and what the map can not or should not say.

    The map is as wide as its place; `width` is what that is on a small desk, in pixels.

    A click on a country narrows the page to it: as the partner where a focal country is chosen, else as that one.
    """
    words, filters = view.words, view.filters
    places = read_places()
    counts = {code: int(count) for code, count in zip(parties["party_code"], parties["engagements"], strict=True)}
    placed = {code: count for code, count in counts.items() if code in places}
    shades = make_shades(list(placed.values()))
    opening = _view_state(placed, width, height)
    deck = pdk.Deck(
        [_polygon_layer(placed, shades), _arc_layer(words, pairs), *_count_layers(words, parties, opening.zoom)],
        # With map_style given, even None, deck.gl would ask another machine for tiles.
        map_provider=None,
        initial_view_state=opening,
        tooltip={
            "html": "<b>{name}</b><br/>{count}<br/>{last}<br/>{sectors}",
            "style": {"direction": "rtl" if words.is_arabic else "ltr"},
        },
    )
    off_map = [code for code in counts if code not in places]
    notes = (
        words("map.off_map", names=words.names("party", off_map)) if off_map else "",
        words("map.pairs_cut", count=MOST_ARCS) if len(pairs) >= MOST_ARCS else "",
        words("map.note"),
    )
    picture = Picture(
        "map",
        words("overview.map"),
        lambda: write_last_dates(parties),
        legend=[(colour, "", name) for colour, name in _list_shades(words, shades)],
        notes=notes,
        kinds=("png",),  # a map is drawn in dots
    )
    with offer_picture(view, picture):
        key = f"map-{version_of(filters)}"
        state = st.pydeck_chart(deck, height=height, key=key, alt=words("map.alt"), on_select="rerun")
    for disc in state["selection"]["objects"].get("discs", ()):
        narrowed = narrow_filters(filters, "partner" if filters.country else "country", disc["code"])
        if narrowed != filters and disc["code"] not in filters.country:
            go_to(words.language, narrowed)
    st.caption(words("map.click"))
    st.html(write_legend(_list_shades(words, shades), title=words("map.legend")))
    for note in filter(None, notes):
        st.caption(note)


def list_ties(view: View, limit: int | None = None) -> pd.DataFrame:
    """The ties of `count_pairs`; where focal countries are chosen, theirs only."""
    pairs = count_pairs(view.register, view.filters)
    if focal := view.filters.country:
        pairs = pairs[pairs["party_a"].isin(focal) | pairs["party_b"].isin(focal)].reset_index(drop=True)
    return pairs if limit is None else pairs.head(limit)


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


def _polygon_layer(counts: Mapping[str, int], shades: Sequence[Shade]) -> pdk.Layer:
    """Every country, from a file that the browser keeps: only the colours are sent with each run."""
    fill = json.dumps(_EMPTY_FILL)
    for shade in shades:
        codes = [code for code, count in sorted(counts.items()) if shade.low <= count <= shade.high]
        if codes:
            test = " || ".join(f"properties.iso3 == '{code}'" for code in codes)
            fill = f"({test}) ? {json.dumps([*_COLOUR, shade.opacity])} : {fill}"
    base = st.get_option("server.baseUrlPath").strip("/")
    return pdk.Layer(
        "GeoJsonLayer",
        f"{'/' + base if base else ''}/app/static/{POLYGONS.name}",
        id="countries",
        get_fill_color=fill,
        get_line_color=_OUTLINE,
        line_width_min_pixels=0.5,
        # Without it deck.gl keeps the colours of the first run, for the address of the polygons has not changed.
        update_triggers={"getFillColor": fill},
        pickable=False,
    )


def _arc_layer(words: Words, pairs: pd.DataFrame) -> pdk.Layer:
    places = read_places()
    rows = [
        {
            "source": [places[a].longitude, places[a].latitude],
            "target": [places[b].longitude, places[b].latitude],
            "width": 1 + 0.6 * math.log2(count),
            "name": f"{words.name('party', a)} – {words.name('party', b)}",
            "count": words("map.count", count=int(count)),
            "last": "",
            "sectors": "",
        }
        for a, b, count in pairs.itertuples(index=False)
        if a in places and b in places
    ]
    return pdk.Layer(
        "ArcLayer",
        rows,
        id="ties",
        get_source_position="source",
        get_target_position="target",
        get_source_color=_ARC_COLOUR,
        get_target_color=_ARC_COLOUR,
        get_width="width",
        # A high arc leans out of the picture, for the map is seen from above its middle.
        get_height=_ARC_HEIGHT,
        get_tilt=_ARC_TILT,
        pickable=True,
    )


def _count_layers(words: Words, parties: pd.DataFrame, zoom: float) -> list[pdk.Layer]:
    """A disc with its number on each country: pointing at polygons is too slow without a graphics card."""
    places = read_places()
    rows = [
        {
            "position": [places[one["party_code"]].longitude, places[one["party_code"]].latitude],
            "radius": 8 + 2.7 * len(f"{one['engagements']:,}"),
            "code": one["party_code"],
            "name": words.name("party", one["party_code"]),
            "count": words("map.count", count=one["engagements"]),
            "last": _write_last(words, one),
            "sectors": words.names("sector", one["top_sectors"]),
            "number": words.number(one["engagements"]),
        }
        for one in parties.to_dict("records")
        if one["party_code"] in places
    ]
    thin_out(rows, zoom)
    # Those drawn later lie above: the numbers.
    rows.sort(key=lambda row: bool(row["number"]))
    discs = pdk.Layer(
        "ScatterplotLayer",
        rows,
        id="discs",
        get_position="position",
        get_radius="radius",
        radius_units=pdk.types.String("pixels"),
        get_fill_color=[255, 255, 255, 235],
        get_line_color=[*_COLOUR, 255],
        stroked=True,
        line_width_min_pixels=1.5,
        parameters=_ON_TOP,
        pickable=True,
        auto_highlight=True,
    )
    numbers = pdk.Layer(
        "TextLayer",
        rows,
        id="numbers",
        get_position="position",
        get_text="number",
        character_set=pdk.types.String("auto"),
        get_size=13,
        get_color=[20, 40, 32, 255],
        font_weight=600,
        parameters=_ON_TOP,
        pickable=False,
    )
    return [discs, numbers]


def _write_last(words: Words, party: Mapping[Any, Any]) -> str:
    if not party["last_date"]:
        return ""
    day = words.digits(write_span(party["last_date"], party["last_until"]) or "")
    # Among Arabic words a date would be turned around.
    return words("map.last", date=f"\N{LEFT-TO-RIGHT MARK}{day}")


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


def _view_state(counts: Mapping[str, int], width: int, height: int) -> pdk.ViewState:
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


def _list_shades(words: Words, shades: Sequence[Shade]) -> list[tuple[str, str]]:
    """The legend: colour and name."""
    colour = ", ".join(map(str, _COLOUR))
    items = [("rgba(128, 128, 128, 0.16)", words("map.none"))]
    for shade in shades:
        bounds = (shade.low,) if shade.low == shade.high else (shade.low, shade.high)
        name = "–".join(map(words.number, bounds))
        items.append((f"rgba({colour}, {shade.opacity / 255:.2f})", name))
    return items
