"""A record with another value in one field: what the old value rested on goes, what the new one rests on comes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from extract.models import Blank, Engagement, Evidence

# The reason of a field that an analyst left blank, and how sure a value is that one gave.
BLANK = "analyst"
_SURE = 1.0
_KEYS = ("name", "code", "type", "quote")


def correct_field(record: Engagement, field: str, value: Any, evidence: Sequence[Evidence]) -> Engagement:
    """The record with a new value, as the models have it.

    Evidence of items that stay in a list stays; blanks and confidence of the field are the analyst's.
    """
    old = getattr(record, field)
    kept = list_names([item for item in old if item in value]) if isinstance(old, tuple) else frozenset()
    others = (one for one in record.evidence if not _is_of(one.field, field) or one.value in kept)
    is_blank = value in (None, (), "")
    blanks = [blank for blank in record.blanks if blank.field != field]
    sure = dict(record.field_confidence) | {field: _SURE}
    changes: dict[str, Any] = {field: value}
    return replace(
        record,
        **changes,
        evidence=(*others, *evidence),
        blanks=(*blanks, *([Blank(field, BLANK)] if is_blank else [])),
        field_confidence=tuple((name, share) for name, share in sure.items() if not (is_blank and name == field)),
    )


def _is_of(name: str, field: str) -> bool:
    """Whether evidence of this name is of the field: "officials.rank" of officials, "sectors_context" of sectors."""
    return name.split(".", maxsplit=1)[0] == field or name.startswith(f"{field}_context")


def list_names(value: Any) -> frozenset[str]:
    """What evidence calls a value: each item of a list by its name, code or type, an amount by its value and unit."""
    items = value if isinstance(value, list | tuple) else [value]
    names = [item if isinstance(item, str) else getattr(item, key, None) for item in items for key in _KEYS]
    amounts = [f"{item.value:g} {item.unit}" for item in items if hasattr(item, "unit")]
    return frozenset(str(name) for name in (*names, *amounts) if name is not None)
