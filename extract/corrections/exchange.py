"""Corrections as lines of JSON: what the log keeps, what desks share, and what is read back as it was."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from extract.corrections.model import ACTIONS, ON_A_FIELD, Anchor, Correction, CorrectionError
from extract.corrections.values import CORRECTABLE, SOURCES, check_value, fits, write_statements
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
    """The correction of a line; raises CorrectionError where the line is none.

    Whether the codebook allows it is asked when it comes in, not when it is read: a log outlives a codebook.
    """
    try:
        content = json.loads(line)
        anchor = content.pop("anchor")
        new = content["new"]
        if content["action"] == "add":
            new = read_line(new)
        elif isinstance(new, list) and content["action"] in ("merge", "split"):
            new = tuple(map(str, new))
        return Correction(
            **content
            | {
                "new": new,
                "at": datetime.fromisoformat(content["at"]),
                "evidence": tuple(Evidence(**one) for one in content["evidence"]),
                "anchor": _read_anchor(anchor) if anchor else None,
                "number": number,
            }
        )
    except (AttributeError, IndexError, KeyError, RecursionError, TypeError, ValueError) as error:
        raise CorrectionError(f"a line is no correction: {error}") from error


def _read_anchor(content: dict[str, Any]) -> Anchor:
    texts = tuple((str(name), str(digest)) for name, digest in content["texts"])
    spans = tuple((str(name), int(start), int(end)) for name, start, end in content["spans"])
    parties, members = tuple(content["parties"]), tuple(content["members"])
    return Anchor(texts, str(content["type"]), parties, spans, members, content["base"])


def check_correction(correction: Correction) -> None:
    """Raise CorrectionError where a correction says what cannot be."""
    if correction.action not in ACTIONS:
        raise CorrectionError(f"{correction.action!r} is no action")
    named = (correction.engagement_id, correction.correction_id, correction.author, correction.why)
    if not all(isinstance(one, str) for one in named) or not correction.author.strip() or not correction.correction_id:
        raise CorrectionError("a correction has an author and an id")
    if (correction.action in ON_A_FIELD) != (correction.field in CORRECTABLE):
        raise CorrectionError(f"{correction.action} of the field {correction.field!r} is none that can be made")
    if correction.action == "set" and correction.field is not None:
        check_value(correction.field, correction.new)
    elif correction.field == SOURCES and not isinstance(correction.new, str):
        raise CorrectionError("the source that is decided on is named by its article")
    if correction.action in ("merge", "split") and not (fits(correction.new, tuple[str, ...]) and correction.new):
        raise CorrectionError(f"{correction.action} names other records")
    if correction.action == "undo" and not isinstance(correction.new, str):
        raise CorrectionError("what is undone is named by its id")
    if correction.action == "add":
        _check_added(correction.new)
    for one in correction.evidence:
        if not fits(one, Evidence) or not one.quote or one.end - one.start != len(one.quote) or one.start < 0:
            raise CorrectionError("evidence is the article's words at their place")
    _check_letters(write_correction(correction))


def _check_letters(line: str) -> None:
    """Refuse halves of letters and NUL, which neither the log nor the register can hold."""
    try:
        line.encode()
    except UnicodeEncodeError as error:
        raise CorrectionError("a correction has letters that are none") from error
    if "\\u0000" in line:
        raise CorrectionError("a correction has letters that are none")


def _check_added(record: Any) -> None:
    if not (fits(record, Engagement) and record.sources):
        raise CorrectionError("a record that is added is whole, and names the article that it is from")
    for field, value in write_statements(record).items():
        check_value(field, value)


def read_corrections(lines: Iterable[str]) -> Iterator[Correction]:
    """The corrections of JSON Lines; raises CorrectionError with the number of the first line that is none."""
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                read = read_correction(line)
                check_correction(read)
                yield read
            except CorrectionError as error:
                raise CorrectionError(f"line {number}: {error}") from error


def renumbered(correction: Correction, number: int) -> Correction:
    """A correction at its place in a log."""
    return replace(correction, number=number)
