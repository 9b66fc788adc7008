"""Downloads of all of 1,000,000 records through a running server: seconds, megabytes, and what the server holds meanwhile.

The records are those of `dashboard.py`. A reader presses the button of each format on the records page, waits for the link
and fetches the file to its last byte.
"""

from __future__ import annotations

import asyncio
import re
import urllib.request
from pathlib import Path
from time import perf_counter
from typing import Any

from extract.run import run
from pages.shared.tables import FORMATS
from tests.benchmarks.dashboard import repeat_register
from tests.viewer import Server, Viewer

RECORDS = 1_000_000
_PIECE = 1 << 20
_PATIENCE = 3600.0  # seconds


def measure(corpus: Path, work: Path, records: int = RECORDS) -> dict[str, Any]:
    """By format: seconds until the link and until the last byte, megabytes, and the server's peak memory before and after."""
    source, store = work / "source", work / str(records)
    run([str(corpus)], source, workers=2)
    repeat_register(source, store, records)
    return measure_store(store)


def measure_store(store: Path, endings: tuple[str, ...] = tuple(FORMATS)) -> dict[str, Any]:
    """The figures of one register."""
    server = Server(store)
    try:
        return asyncio.run(_download_each(server, endings))
    finally:
        server.stop()


async def _download_each(server: Server, endings: tuple[str, ...]) -> dict[str, Any]:
    figures: dict[str, Any] = {}
    async with Viewer(server) as viewer:
        await viewer.show("records", {})
        await viewer.show("records", {})
        figures["page alone, peak MB"] = server.memory()
        for ending in endings:
            server.forget_peak()
            work, started = server.work(), perf_counter()
            watch = asyncio.create_task(_watch_aside(server))
            await viewer.show("records", {}, press=f"records-{ending}", patience=_PATIENCE)
            watch.cancel()
            figures[f"{ending}, made s"] = round(perf_counter() - started, 1)
            (address,) = re.findall(r'href="(downloads/[^"]+)"', "\n".join(viewer.html))
            figures[f"{ending}, MB"] = round(_fetch(f"http://localhost:{server.port}/{address}") / 1e6, 1)
            figures[f"{ending}, whole s"] = round(perf_counter() - started, 1)
            figures[f"{ending}, processor s"] = round((server.work() - work) / 1000, 1)
            figures[f"{ending}, peak MB"] = server.memory()
            figures[f"{ending}, peak MB beside it"] = max(await watch)
    return figures


async def _watch_aside(server: Server) -> list[int]:
    """The peak memory of the process that writes the file, once a second until told to stop."""
    seen = [0]
    try:
        while True:
            seen.append(server.aside_memory())
            await asyncio.sleep(1)
    except asyncio.CancelledError:
        return seen


def _fetch(url: str) -> int:
    """The bytes of a file, none of which are kept."""
    size = 0
    with urllib.request.urlopen(url) as answer:
        while piece := answer.read(_PIECE):
            size += len(piece)
    return size
