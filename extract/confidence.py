"""Says how far each field, and each record, can be trusted: the share of right values measured by rule (`reliability.py`)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from extract.lexicon import load
from extract.models import Evidence

Shares = Mapping[str, float]
SURE_ROLES = ("party.official", "party.between")  # rules by which a party surely took part


def field_confidences(evidence: Iterable[Evidence], shares: Shares | None = None) -> dict[str, float]:
    """Return the confidence of each field with evidence, 0 to 1: the mean of its rules' measured shares of right values.

    `shares` are those of `lexicons/confidence.toml` unless others are given.
    """
    known = load("confidence")["rule"] if shares is None else shares
    values: dict[str, list[float]] = {}
    for item in evidence:
        values.setdefault(item.field, []).append(share_of(known, item.rule))
    return {field: round(sum(v) / len(v), 3) for field, v in values.items()}


def record_confidence(role: str, evidence: Sequence[Evidence], shares: Shares | None = None) -> float:
    """Return the share of records of this kind, see `kind_of_record`, that were right in type and parties."""
    known = load("confidence")["record"] if shares is None else shares
    return share_of(known, kind_of_record(role, [(e.field, e.value, e.rule) for e in evidence]))


def kind_of_record(role: str, evidence: Iterable[tuple[str, str, str]]) -> str:
    """Return what tells good records from doubtful ones: "main.firm.event_past".

    By role, by whether two parties surely took part ("firm", else "loose"), by the kind of word that reports it.
    `evidence` are triples of field, value and rule.
    """
    sure: set[str] = set()
    word = ""
    for field, value, rule in evidence:
        if field == "parties" and rule in SURE_ROLES:
            sure.add(value)
        if field == "type":
            word = rule.removeprefix("type.")
    return f"{role}.{'firm' if len(sure) > 1 else 'loose'}.{word}"


def share_of(shares: Shares, rule: str) -> float:
    """Return the share measured for a rule, or for the longest beginning of its id that has one, or for `default`."""
    parts = rule.split(".")
    for n in range(len(parts), 0, -1):
        if ".".join(parts[:n]) in shares:
            return float(shares[".".join(parts[:n])])
    return float(shares["default"])
