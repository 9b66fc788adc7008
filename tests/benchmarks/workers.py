"""(c) Two worker processes against one, over the whole of a run; only a machine with two idle cores can tell."""

from __future__ import annotations

import os
from pathlib import Path
from time import perf_counter

from extract.run import run


def measure(corpus: Path, work: Path) -> dict[str, float]:
    """Seconds by number of workers, their ratio, and how busy the machine was before (its load, of so many cores)."""
    load = os.getloadavg()[0]
    seconds = {}
    for workers in (1, 2):
        began = perf_counter()
        report = run([str(corpus)], work / str(workers), workers=workers)
        seconds[workers] = perf_counter() - began
    return {
        "articles": report.articles,
        "one worker, s": round(seconds[1], 1),
        "two workers, s": round(seconds[2], 1),
        "one / two": round(seconds[1] / seconds[2], 2),
        "cores": os.cpu_count() or 0,
        "load before": round(load, 1),
    }
