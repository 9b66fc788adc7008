"""A hundred runs killed at random moments, and some on a full disk: what each left, and what the last one ends in."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

KILLS = 100


def measure(_: Path, work: Path) -> dict[str, int]:
    """How many runs were killed, how many registers opened whole, whether the last equals an uninterrupted run's."""
    command = [sys.executable, "-m", "tests.faults", work, "--kills", str(KILLS)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=True)
    *faults, last = map(json.loads, done.stdout.splitlines())
    kills = [fault for fault in faults if "killed" in fault]
    return {
        "runs": len(kills),
        "killed before their end": sum(kill["killed"] for kill in kills),
        "registers that open, whole": sum(kill["kept"] for kill in kills),
        "full disks": len(faults) - len(kills),
        "registers kept on full disks": sum(fault["kept"] for fault in faults if "disk" in fault),
        "last equals the uninterrupted": int(last["equal"]),
    }
