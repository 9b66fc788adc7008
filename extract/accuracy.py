"""The measured accuracy, as the quality page shows it: `accuracy.json` beside this file, written by `python -m extract score`."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ACCURACY_FILE = Path(__file__).with_name("accuracy.json")


@dataclass(frozen=True, slots=True)
class Accuracy:
    """What was measured on one set of articles annotated by hand: `figures` are F1 or shares from 0 to 1, by name."""

    name: str
    measured: str
    articles: int
    is_unseen: bool
    figures: dict[str, float]


def read_accuracy(path: Path = ACCURACY_FILE) -> tuple[Accuracy, ...]:
    """Every measured set; that of articles that no rule was written for comes first."""
    found: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
    return tuple(sorted((Accuracy(**one) for one in found), key=lambda one: not one.is_unseen))


def write_accuracy(measured: tuple[Accuracy, ...], path: Path = ACCURACY_FILE) -> None:
    """Put freshly measured sets in the place of those of the same name; the others stay."""
    kept = {one.name: one for one in read_accuracy(path)} | {one.name: one for one in measured}
    plain = [{name: getattr(one, name) for name in Accuracy.__slots__} for one in kept.values()]
    path.write_text(json.dumps(plain, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
