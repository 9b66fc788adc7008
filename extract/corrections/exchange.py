"""Corrections as lines of JSON: what the log keeps, what desks share, and what is read back as it was."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from extract.corrections.model import ACTIONS, ON_A_FIELD, Anchor, Correction, CorrectionError
from extract.corrections.values import check_value
from extract.models import Engagement, Evidence
from extract.rows import read_line, write_line


def write_correction(correction: Correction) -> str:
    """One correction as a line of JSON, without its number, which is its place in one log alone."""
    new = write_line(correction.new) if isinstance(correction.new, Engagement) else correction.new
    content = {
        "correction_id": correction.correction_id,
        "engagement_id": correction.engagement_id,
        "action": correction.action,
        "field": correction.field,
        "old": correction.old,
        "new": new,
        "author": correction.author,
        "at": correction.at.isoformat(),
        "why": correction.why,
        "evidence": [asdict(one) for one in correction.evidence],
        "anchor": asdict(correction.anchor) if correction.anchor else None,
    }
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


def read_correction(line: str, number: int = 0) -> Correction:
    """The correction of a line; raises CorrectionError where the line is none, or says what the codebook does not allow."""
    try:
        content = json.loads(line)
        anchor = content.pop("anchor")
        new = content["new"]
        if content["action"] == "add":
            new = read_line(new)
        elif isinstance(new, list) and content["action"] in ("merge", "split"):
            new = tuple(map(str, new))
        read = Correction(
            **content
            | {
                "new": new,
                "at": datetime.fromisoformat(content["at"]),
                "evidence": tuple(Evidence(**one) for one in content["evidence"]),
                "anchor": _read_anchor(anchor) if anchor else None,
                "number": number,
            }
        )
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise CorrectionError(f"a line is no correction: {error}") from error
    check_correction(read)
    return read


def _read_anchor(content: dict[str, Any]) -> Anchor:
    texts = tuple((str(name), str(digest)) for name, digest in content["texts"])
    spans = tuple((str(name), int(start), int(end)) for name, start, end in content["spans"])
    parties, members = tuple(content["parties"]), tuple(content["members"])
    return Anchor(texts, str(content["type"]), parties, spans, members, content["base"])


def check_correction(correction: Correction) -> None:
    """Raise CorrectionError where a correction says what cannot be."""
    if correction.action not in ACTIONS:
        raise CorrectionError(f"{correction.action!r} is no action")
    if not correction.author.strip():
        raise CorrectionError("a correction has an author")
    if (correction.action in ON_A_FIELD) != (correction.field is not None):
        raise CorrectionError(f"{correction.action} is {'of' if correction.field is None else 'not of'} one field")
    if correction.action == "set" and correction.field is not None:
        check_value(correction.field, correction.new)
    if correction.action in ("merge", "split") and not (isinstance(correction.new, tuple) and correction.new):
        raise CorrectionError(f"{correction.action} names other records")
    if correction.action == "undo" and not isinstance(correction.new, str):
        raise CorrectionError("what is undone is named by its id")
    if correction.action == "add" and not (isinstance(correction.new, Engagement) and correction.new.parties):
        raise CorrectionError("a record that is added has at least one party")
    for one in correction.evidence:
        if one.end - one.start != len(one.quote) or one.start < 0:
            raise CorrectionError("evidence is the article's words at their place")


def read_corrections(lines: Iterable[str]) -> Iterator[Correction]:
    """The corrections of JSON Lines; raises CorrectionError with the number of the first line that is none."""
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                yield read_correction(line)
            except CorrectionError as error:
                raise CorrectionError(f"line {number}: {error}") from error


def renumbered(correction: Correction, number: int) -> Correction:
    """A correction at its place in a log."""
    return replace(correction, number=number)
