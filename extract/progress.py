"""How far a run has come: a bar on a terminal, a plain line every so often elsewhere; both on standard error."""

from __future__ import annotations

import gzip
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from glob import glob
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from tqdm import tqdm

from extract.run import Progress

# Seconds between two plain lines, and between two drawings of the bar.
_PAUSE, _PAUSE_ON_TERMINAL = 10.0, 0.2
_SAMPLE = 1 << 20  # bytes of a file from which the length of its lines is guessed


@contextmanager
def telling(inputs: Sequence[str]) -> Iterator[Callable[[Progress], None]]:
    """What is to be told of each article; `inputs` are looked at for how many there may be."""
    total = guess_articles(inputs)
    if not sys.stderr.isatty():
        yield _plain_lines(total)
        return
    with tqdm(total=total, unit=" articles", mininterval=_PAUSE_ON_TERMINAL, dynamic_ncols=True, leave=False) as bar:

        def tell(progress: Progress) -> None:
            bar.set_postfix_str(f"{progress.records} records, {progress.refused} refused", refresh=False)
            bar.update(progress.articles + progress.refused - bar.n)

        yield tell


def _plain_lines(total: int | None) -> Callable[[Progress], None]:
    started = last = time.monotonic()

    def tell(progress: Progress) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last >= _PAUSE:
            last = now
            print(write_line(progress, now - started, total), file=sys.stderr, flush=True)

    return tell


def write_line(progress: Progress, seconds: float, total: int | None) -> str:
    """One line for a log: counts, rate, and the time left where the number of articles can be guessed."""
    done = progress.articles + progress.refused
    rate = done / seconds
    left = f", about {tqdm.format_interval((total - done) / rate)} left" if total and total > done and rate else ""
    counts = f"{progress.articles} articles, {progress.records} records, {progress.refused} refused"
    return f"{counts}, {rate:.0f} articles a second{left}"


def guess_articles(inputs: Sequence[str]) -> int | None:
    """About how many articles the inputs hold, by their sizes; None where that cannot be told without reading them."""
    paths = [path for one in inputs for path in ([one] if Path(one).exists() else glob(one, recursive=True))]
    files = [file for path in map(Path, paths) for file in (path.rglob("*") if path.is_dir() else (path,))]
    try:
        return round(sum(_guess(file) for file in files if file.is_file())) or None
    except (OSError, EOFError, pa.ArrowException):
        return None


def _guess(path: Path) -> float:
    if path.suffix == ".parquet":
        return float(pq.read_metadata(path).num_rows)
    if path.suffix == ".jsonl":
        with path.open("rb") as file:
            return _lines(file.read(_SAMPLE), path.stat().st_size, min(_SAMPLE, path.stat().st_size))
    if path.name.endswith(".jsonl.gz"):
        with path.open("rb") as raw, gzip.open(raw) as file:
            sample = file.read(_SAMPLE)
            return _lines(sample, path.stat().st_size, raw.tell())
    return 1.0


def _lines(sample: bytes, size: int, read: int) -> float:
    """The lines of a file of `size` bytes, of which `read` gave the sample."""
    return max(sample.count(b"\n"), 1) * size / max(read, 1)
