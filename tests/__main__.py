"""Runs every check: lint, format, types, then all tests; `python -m tests [pytest options]`."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
CHECKS = (
    ("ruff", "check", "."),
    ("ruff", "format", "--check", "."),
    ("mypy",),
)
# A page that is waited for is slow beside other work: the browser's tests come after the others, one by one.
SUITES = (
    ("--ignore=tests/browser", "--numprocesses=auto", "--maxprocesses=4"),
    ("tests/browser",),
)


def main() -> int:
    """Run the checks in order, then every suite; return the first failure's status."""
    for check in CHECKS:
        print("==", *check, flush=True)
        if status := _run(*check):
            return status
    statuses = []
    for suite in SUITES:
        print("== pytest", *suite, flush=True)
        statuses.append(_run("pytest", *suite, *sys.argv[1:]))
    found = [status for status in statuses if status != pytest.ExitCode.NO_TESTS_COLLECTED]
    return max(found, default=pytest.ExitCode.NO_TESTS_COLLECTED)


def _run(*command: str) -> int:
    return subprocess.run([sys.executable, "-m", *command], cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
