"""The world map: countries shaded by their number of engagements, ties as arcs, counts that can be pointed at."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import pydeck as pdk
import streamlit as st

from extract.queries import count_pairs
from pages.shared.legend import write_legend
from pages.shared.pictures import Picture, offer_picture
from pages.shared.places import POLYGONS, find_view, read_places, thin_out
from pages.shared.sidebar import go_to, narrow_filters
from pages.shared.tables import write_last_dates, write_span
from pages.shared.view import View, version_of
from pages.shared.words import Words

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


@dataclass(frozen=True, slots=True)
class Shade:
    """The countries with `low` to `high` engagements share one opacity, 0-255."""

    low: int
    high: int
    opacity: int


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
    opening = find_view(placed, width, height)
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


def _list_shades(words: Words, shades: Sequence[Shade]) -> list[tuple[str, str]]:
    """The legend: colour and name."""
    colour = ", ".join(map(str, _COLOUR))
    items = [("rgba(128, 128, 128, 0.16)", words("map.none"))]
    for shade in shades:
        bounds = (shade.low,) if shade.low == shade.high else (shade.low, shade.high)
        name = "–".join(map(words.number, bounds))
        items.append((f"rgba({colour}, {shade.opacity / 255:.2f})", name))
    return items
