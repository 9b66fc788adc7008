"""Engagements as GeoJSON: one point for each country that took part, at that country's label point."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, BinaryIO

from extract.models import Engagement
from extract.write.records import to_json

_POINTS = Path(__file__).parents[1] / "lexicons" / "country_points.toml"


def write_geojson(engagements: Iterable[Engagement], out: BinaryIO) -> None:
    """A FeatureCollection, one feature a line: every engagement once for each of its countries.

    An engagement none of whose parties is a country (or has a known point) is one feature without a place, so that no
    record is lost. Lists are texts joined with ' | ', since maps' tables hold no lists.
    """
    out.write(b'{"type": "FeatureCollection", "features": [')
    between = "\n"
    for one in engagements:
        for feature in _features(one):
            out.write(f"{between}{to_json(feature)}".encode())
            between = ",\n"
    out.write(b"\n]}\n")


def _features(one: Engagement) -> Iterator[dict[str, Any]]:
    points = country_points()
    located: list[str | None] = [code for code in one.parties if code in points]
    for code in located or [None]:
        yield {
            "type": "Feature",
            "geometry": None if code is None else {"type": "Point", "coordinates": points[code]},
            "properties": {
                "engagement_id": one.engagement_id,
                "country": code,
                "parties": " | ".join(one.parties),
                "role": one.role,
                "type": one.type,
                "status": one.status,
                "date_start": one.date_start,
                "date_end": one.date_end,
                "date_precision": one.date_precision,
                "venue_country": one.venue_country,
                "sectors": " | ".join(sector.code for sector in one.sectors if sector.is_core),
                "officials": " | ".join(official.name for official in one.officials),
                "summary": one.summary,
                "summary_en": one.summary_en,
                "confidence": one.confidence,
                "article_id": " | ".join(source.article_id for source in one.sources),
            },
        }


@cache
def country_points() -> dict[str, list[float]]:
    """Longitude and latitude, in degrees, by party code."""
    points: dict[str, list[float]] = tomllib.loads(_POINTS.read_text(encoding="utf-8"))["points"]
    return points
