"""The command line of corrections: list, export, import, and how right the extraction was on what was reviewed."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from extract.corrections.anchors import open_ground
from extract.corrections.exchange import read_corrections, write_correction
from extract.corrections.lay import open_corrected
from extract.corrections.log import CorrectionLog
from extract.corrections.measure import measure_reviewed, write_measure
from extract.corrections.model import Conflict, Correction
from extract.corrections.overlay import find_live

Command = Callable[[argparse.Namespace], int]


def add_commands(commands: Any, store: argparse.ArgumentParser) -> None:
    """Add `corrections list`, `export` and `import` to the command line; each sets its function as `command`."""
    parser = commands.add_parser("corrections", help="list, export and import what analysts decided on records")
    kinds = parser.add_subparsers(required=True, metavar="WHAT")
    one = kinds.add_parser("list", parents=[store], help="show the decisions, and those in conflict")
    one.set_defaults(command=_list)
    one = kinds.add_parser("export", parents=[store], help="write the decisions as JSON Lines, for another desk")
    one.add_argument("--out", type=Path, metavar="FILE", help="where to write (default: standard output)")
    one.set_defaults(command=_export)
    one = kinds.add_parser(
        "import", parents=[store], help="add another desk's decisions; those that are here stay once"
    )
    one.add_argument("file", type=Path, metavar="FILE")
    one.set_defaults(command=_import)


def _list(options: argparse.Namespace) -> int:
    connection, overlay = open_corrected(options.store)
    connection.close()
    corrections = CorrectionLog(options.store).read()
    live = {one.correction_id for one in find_live(corrections)}
    for one in corrections:
        _say(_told(one, is_live=one.correction_id in live))
    for conflict in overlay.conflicts:
        _say(_told_conflict(conflict))
    return 0


def _told(one: Correction, *, is_live: bool) -> str:
    what = f"{one.action} {one.field}" if one.field else one.action
    value = f": {_short(one.old)} -> {_short(one.new)}" if one.action == "set" else ""
    undone = "" if is_live or one.action == "undo" else " (undone)"
    return f"{one.number}  {one.at:%Y-%m-%d %H:%M}  {one.author}  {one.engagement_id}  {what}{value}{undone}"


def _told_conflict(conflict: Conflict) -> str:
    one, rival = conflict.correction, conflict.rival
    if rival:
        both = f"{_short(conflict.theirs)} by {one.author}, and {_short(rival.new)} by {rival.author}"
        return f"conflict  {one.engagement_id}  {one.field}  {conflict.reason}: {both} before the records were merged"
    values = f"{_short(conflict.theirs)} was set where {_short(conflict.then)} was read; now {_short(conflict.now)} is"
    return f"conflict  {one.engagement_id}  {one.field or one.action}  {conflict.reason}: {values}"


def _say(line: str) -> None:
    """Print a line that another desk may have written: nothing in it moves a terminal's cursor or the words' direction."""
    print("".join(letter if letter.isprintable() else " " for letter in line))


def _short(value: Any) -> str:
    text = "nothing" if value is None else str(value)
    return text if len(text) <= 60 else f"{text[:59]}…"


def _export(options: argparse.Namespace) -> int:
    lines = (f"{write_correction(one)}\n" for one in CorrectionLog(options.store).read())
    if options.out is None:
        sys.stdout.writelines(lines)
        return 0
    with options.out.open("w", encoding="utf-8") as out:
        out.writelines(lines)
    return 0


def _import(options: argparse.Namespace) -> int:
    log = CorrectionLog(options.store)
    before = log.version()
    with options.file.open(encoding="utf-8") as file:
        log.append(list(read_corrections(file)), seen=None)
    print(f"{len(log.read(before))} corrections added", file=sys.stderr)
    return 0


def score_corrections(store_dir: Path) -> int:
    """Print how right the extraction was on what analysts decided on."""
    with open_ground(store_dir) as ground:
        fields, rules, reviewed = measure_reviewed(ground, CorrectionLog(store_dir).read())
    print("\n".join(write_measure(fields, rules, reviewed)))
    return 0
