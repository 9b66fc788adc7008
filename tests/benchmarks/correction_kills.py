"""A hundred kills of a writer of corrections: the file opens after each, and holds all that was acknowledged."""

from __future__ import annotations

from pathlib import Path

from tests.corrected import build, kill_while_writing

KILLS = 100


def measure(corpus: Path, work: Path) -> dict[str, float]:
    """Kills, and corrections that were acknowledged and kept; an AssertionError where one was lost."""
    store = build(work / "store")
    return {"kills": KILLS, "acknowledged and kept": kill_while_writing(store, KILLS)}
