"""How long analysts wait when many look at once: each changes a filter every four seconds, on overview and records in turn.

Each is a session of its own over a web socket of its own, on the machine that serves them, so that their own work counts in.
"""

from __future__ import annotations

import asyncio
import os
import random
import statistics
from pathlib import Path
from typing import Any

from extract.run import run
from tests.benchmarks.dashboard import FILTERS, SIZES, repeat_register
from tests.viewer import Server, Viewer

ANALYSTS = (20, 50)
PAGES = ("overview", "records")
_EVERY = 4.0  # seconds
_CLICKS = 10


def measure(corpus: Path, work: Path, sizes: tuple[int, ...] = SIZES) -> dict[str, Any]:
    """By number of records and of analysts, the median and the 95th percentile of the wait for each page, in milliseconds."""
    source = work / "source"
    run([str(corpus)], source, workers=2)
    found = {}
    for size in sizes:
        store = work / str(size)
        repeat_register(source, store, size)
        found[str(size)] = measure_store(store)
    return found


def measure_store(store: Path) -> dict[str, Any]:
    """The figures of one register."""
    server = Server(store)
    try:
        figures: dict[str, Any] = {}
        for many in ANALYSTS:
            before = server.work()
            waits = asyncio.run(_look(server, many))
            clicks = sum(map(len, waits.values()))
            for page, times in waits.items():
                cuts = statistics.quantiles(times, n=20)
                figures |= {f"{many}, {page}, p50 ms": round(cuts[9]), f"{many}, {page}, p95 ms": round(cuts[18])}
            figures[f"{many}, processor ms a click"] = round((server.work() - before) / clicks)
        return figures | {"memory_mb": server.memory(), "load": round(os.getloadavg()[0], 1)}
    finally:
        server.stop()


async def _look(server: Server, many: int) -> dict[str, list[float]]:
    """The waits of all analysts by page; the first look at a page counts as little as opening the session."""
    waits: dict[str, list[float]] = {page: [] for page in PAGES}

    async def look(number: int) -> None:
        chance = random.Random(number)
        async with Viewer(server) as viewer:
            await viewer.show(PAGES[0], {})
            await asyncio.sleep(chance.random() * _EVERY)
            for click in range(_CLICKS):
                page = PAGES[click % len(PAGES)]
                wait = await viewer.show(page, chance.choice(FILTERS))
                waits[page].append(wait)
                await asyncio.sleep(max(_EVERY - wait / 1000, 0))

    await asyncio.gather(*map(look, range(many)))
    return waits
