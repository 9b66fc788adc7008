"""How right the extraction was on the records that analysts decided on, field by field and rule by rule."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from extract.corrections.anchors import Ground
from extract.corrections.fields import list_names
from extract.corrections.model import Correction, Overlay
from extract.corrections.overlay import build_overlay, find_live
from extract.corrections.values import FIELDS
from extract.models import Engagement

# What is judged of a record as a whole: that there is such an engagement.
RECORD = "record"


@dataclass(slots=True)
class Judged:
    """How many values were right, of how many that were judged, by name of the field or by id of the rule."""

    right: Counter[str] = field(default_factory=Counter)
    of: Counter[str] = field(default_factory=Counter)

    def add(self, name: str, *, is_right: bool) -> None:
        """Count one value."""
        self.of[name] += 1
        self.right[name] += is_right

    def rows(self) -> list[tuple[str, int, int]]:
        """Name, right, of how many: the least right first, of equals the most judged."""
        return sorted(
            ((name, self.right[name], count) for name, count in self.of.items()),
            key=lambda row: (row[1] / row[2], -row[2], row[0]),
        )


def measure_reviewed(ground: Ground, corrections: Sequence[Correction]) -> tuple[Judged, Judged, int]:
    """What was right by field and by rule, and on how many reviewed records.

    Of a record that was confirmed, every value counts as right; of one that was corrected, what was not changed; of one that
    was rejected, nothing is asked but whether it is a record. What analysts added is the extractor's miss, not its error.
    """
    overlay = build_overlay(ground, corrections)
    live = find_live(corrections)
    fields, rules = Judged(), Judged()
    reviewed = 0
    for name, review in overlay.reviews.items():
        own = ground.record(name) or ground.member(name)
        if own is None or review in ("added", "conflict"):
            continue
        reviewed += 1
        fields.add(RECORD, is_right=review != "rejected")
        if review == "rejected":
            for rule in {one.rule for one in own.evidence if one.field == "type"}:
                rules.add(rule, is_right=False)
            continue
        shown = _corrected_fields(overlay, name, live)
        for one, is_right in _judge(own, shown):
            fields.add(one, is_right=is_right)
        for evidence in own.evidence:
            changed = shown.get(evidence.field.split(".")[0].removesuffix("_context"))
            rules.add(evidence.rule, is_right=changed is None or evidence.value in list_names(changed[0]))
    return fields, rules, reviewed


def _corrected_fields(overlay: Overlay, name: str, live: Sequence[Correction]) -> dict[str, tuple[Any]]:
    """The fields of a record that were set to another value, with that value."""
    shown = overlay.records.get(name)
    about = {known for known, present in overlay.current.items() if present == name} | {name}
    settings = {one.field for one in live if one.action == "set" and one.engagement_id in about and one.field}
    return {field: (getattr(shown, field),) for field in settings} if shown else {}


def _judge(own: Engagement, changed: dict[str, tuple[Any]]) -> Iterator[tuple[str, bool]]:
    """Every value that the extractor gave, by field, and whether it stands: of a list each item."""
    for name in FIELDS:
        value = getattr(own, name)
        if name in ("summary", "summary_en") or value in (None, (), "", "none", "unknown"):
            continue
        new = changed.get(name, (value,))[0]
        if isinstance(value, tuple):
            yield from ((name, item in new) for item in value)
        else:
            yield name, value == new


def write_measure(fields: Judged, rules: Judged, reviewed: int) -> Iterator[str]:
    """The figures as lines of text, the weakest field and rule first."""
    yield f"{reviewed} reviewed records"
    for title, judged in (("field", fields), ("rule", rules)):
        rows = judged.rows()
        width = max((len(name) for name, _, _ in rows), default=0)
        yield ""
        yield f"{title:{width}}  precision  right/of"
        yield from (f"{name:{width}}  {right / of:9.3f}  {right}/{of}" for name, right, of in rows)
