"""Says how far each field can be trusted: the share of right values that its rule had on the development articles."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

from extract.engagements import Draft
from extract.lexicon import load
from extract.models import Evidence


@lru_cache(maxsize=1)
def _shares() -> dict[str, float]:
    return {str(k): float(v) for k, v in load("confidence")["rule"].items()}


def field_confidences(evidence: Iterable[Evidence]) -> dict[str, float]:
    """Return the confidence of each field with evidence: the mean of its rules' measured shares of right values."""
    values: dict[str, list[float]] = {}
    for item in evidence:
        values.setdefault(item.field, []).append(_share_of(item))
    return {field: round(sum(v) / len(v), 3) for field, v in values.items()}


def _share_of(item: Evidence) -> float:
    """Return the share measured for a rule, or for the longest beginning of its id that has one."""
    parts = item.rule.split(".")
    shares = _shares()
    for n in range(len(parts), 0, -1):
        if ".".join(parts[:n]) in shares:
            return shares[".".join(parts[:n])]
    return shares["default"]


def record_confidence(draft: Draft, fields: Mapping[str, float]) -> float:
    """Return the confidence that the engagement took place as typed, between these parties."""
    base = load("confidence")["record"][draft.role]
    return round(float(base) * fields.get("parties", 0.5) * fields.get("type", 0.5), 3)
