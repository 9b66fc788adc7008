"""Says how far each field can be trusted: the share of right values that its rule had on the development articles."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from extract.lexicon import load
from extract.models import Evidence


def field_confidences(evidence: Iterable[Evidence]) -> dict[str, float]:
    """Return the confidence of each field with evidence: the mean of its rules' measured shares of right values."""
    values: dict[str, list[float]] = {}
    for item in evidence:
        values.setdefault(item.field, []).append(_share_of(load("confidence")["rule"], item.rule))
    return {field: round(sum(v) / len(v), 3) for field, v in values.items()}


def record_confidence(role: str, word_kind: str) -> float:
    """Return the share of records of this role, reported by this kind of word, that were right in type and parties."""
    return _share_of(load("confidence")["record"], f"{role}.{word_kind}")


def _share_of(shares: Mapping[str, float], rule: str) -> float:
    """Return the share measured for a rule, or for the longest beginning of its id that has one."""
    parts = rule.split(".")
    for n in range(len(parts), 0, -1):
        if ".".join(parts[:n]) in shares:
            return float(shares[".".join(parts[:n])])
    return float(shares["default"])
