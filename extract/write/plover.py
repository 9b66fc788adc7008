"""Engagements as PLOVER events, one JSON object a line, with the CAMEO code of the codebook's table beside.

Field names are those of the PLOVER manual (Open Event Data Alliance, draft 0.8); `cameo`, `status` and
`date_precision` are added, as the manual allows.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, BinaryIO

from extract.models import Engagement, Official
from extract.write.geojson import country_points
from extract.write.records import write_json_lines

# By type: CAMEO code of what was held, PLOVER event. Codes that end in x in the codebook are given as their root.
_EVENTS = {
    "meeting": ("040", "CONSULT"),
    "call": ("041", "CONSULT"),
    "visit": ("042", "CONSULT"),
    "consultations": ("046", "CONSULT"),
    "joint_committee": ("046", "CONSULT"),
    "summit": ("046", "CONSULT"),
    "agreement": ("057", "AGREE"),
    "message": ("050", "SUPPORT"),
    "credentials": ("054", "CONSULT"),
    "aid": ("070", "AID"),
    "cooperation": ("060", "COOPERATE"),
}
# An intent to meet or to give is another CAMEO code.
_PLANNED_CAMEO = {"meeting": "036", "aid": "033"}
_MODES = {"call": "phone", "visit": "visit", "summit": "multilateral"}
_VERBAL, _MATERIAL = 1, 2
_QUADS = {"CONSULT": _VERBAL, "AGREE": _VERBAL, "SUPPORT": _VERBAL, "AID": _MATERIAL, "COOPERATE": _MATERIAL}

# PLOVER's contexts are coarser than the sectors; sectors that fit none of them have none.
_CONTEXTS = {
    "oil_gas": "resource",
    "water_sanitation": "human_security",
    "trade": "economic",
    "investment_finance": "economic",
    "industry_mining": "economic",
    "economy_general": "economic",
    "free_zones": "economic",
    "environment": "enviro_disaster",
    "humanitarian": "humanitarian",
    "defence": "military",
    "political": "diplomatic",
}
_STATUS_CONTEXTS = {"planned": "future", "cancelled": "negation"}
_SECTORS = {"legislature": "LEG", "military": "MIL"}


def write_plover(engagements: Iterable[Engagement], out: BinaryIO) -> None:
    """One event a line.

    In a visit whose host is known, the others are the source and the host the recipient; else all parties are the
    source, as the manual has it for meetings. Core sectors give the contexts.
    """
    write_json_lines(map(to_event, engagements), out)


def to_event(one: Engagement) -> dict[str, Any]:
    """One engagement as a PLOVER event; fields that PLOVER leaves optional and that are unknown are left out."""
    cameo, event = _EVENTS[one.type]
    hosts = [code for code in one.parties if one.type == "visit" and code == one.venue_country]
    guests = [code for code in one.parties if code not in hosts]
    sources, recipients = (guests, hosts) if guests else (hosts, [])
    mode = _MODES.get(one.type)
    found = [_CONTEXTS.get(sector.code) for sector in one.sectors if sector.is_core]
    contexts = dict.fromkeys(context for context in [*found, _STATUS_CONTEXTS.get(one.status)] if context)
    first = one.sources[0]
    return _known(
        id=one.engagement_id,
        date=one.date_start,
        enddate=one.date_end,
        date_precision=one.date_precision,
        source=_actors(sources, one.officials),
        recipient=_actors(recipients, one.officials),
        event=[event],
        cameo=_PLANNED_CAMEO.get(one.type, cameo) if one.status == "planned" else cameo,
        mode=[mode] if mode else None,
        context=list(contexts),
        status=one.status,
        quad_code=_QUADS[event],
        event_loc=_known(name=one.venue_city, asciiname=one.venue_city_en, cc3=one.venue_country),
        event_text=[one.summary_en],
        cite_info=_known(citation=first.article_id, title=first.title, url=first.url, publication=first.outlet),
    ) | {"date": one.date_start}


def _actors(codes: Iterable[str], officials: Sequence[Official]) -> list[dict[str, Any]]:
    """An actor for each official of a party, or one for the party itself where no official is named."""
    actors = []
    for code in codes:
        people = [official for official in officials if official.country == code]
        actors += [_actor(code, official) for official in people] or [_actor(code, None)]
    return actors


def _actor(code: str, official: Official | None) -> dict[str, Any]:
    is_country = code in country_points()
    party = {"code": code} if is_country else {"code": "IGO", "identifier_id": code}
    if official is None:
        return party
    return party | _known(
        sector=_SECTORS.get(official.rank, "GOV") if is_country else None,
        actor_text=official.name,
        identifier_text=official.name_latin,
        office=official.title,
    )


def _known(**fields: Any) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value not in (None, [], {}, "")}
