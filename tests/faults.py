"""Runs that are killed or run out of disk: `python -m tests.faults WORK --kills N --seed S`, one JSON line a fault.

Each run is a fork of this process, which starts no threads of its own: a start of the interpreter for each of a hundred
runs would take longer than the runs. A kill falls at a random moment of the time that a whole run takes; some runs
begin with no parts. After each fault the register must open with the records that it had.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import select
import shutil
import signal
import time
from collections.abc import Callable
from pathlib import Path

from extract.errors import StoreError
from extract.rows import write_line
from extract.run import run
from extract.store import open_store, read_engagements

ROOT = Path(__file__).resolve().parent.parent
COPIES = 6
FULL_DISKS = (0, 100, 4_000, 20_000, 60_000, 200_000, 500_000)  # bytes that a file may have


def write_inputs(folder: Path) -> tuple[Path, Path]:
    """The seeds once, and several times with texts of their own: a small input and a larger one that holds it."""
    texts = {path.stem: path.read_text(encoding="utf-8") for path in sorted((ROOT / "seeds").glob("*.txt"))}
    small, large = folder / "small.jsonl", folder / "large.jsonl"
    for path, copies in ((small, 1), (large, COPIES)):
        lines = [
            {"id": f"{name}-{copy}", "text": f"{text}\n{copy}"}
            for copy in range(copies)
            for name, text in texts.items()
        ]
        path.write_text("".join(f"{json.dumps(line)}\n" for line in lines), encoding="utf-8")
    return small, large


def fork(work: Callable[[], int]) -> int:
    """Begin some work in a fork, whose exit status is what it returns, and return the fork's id."""
    if pid := os.fork():
        return pid
    status = 99
    try:
        status = work()
    finally:
        os._exit(status)


def status_of(pid: int) -> int:
    """The exit status of a fork, waited for; negative if a signal ended it."""
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def records_in(store: Path) -> str:
    """All records of a register, read in a fork of its own."""
    ours, theirs = os.pipe()

    def read() -> int:
        with open_store(store) as connection, os.fdopen(theirs, "w") as pipe:
            pipe.writelines(f"{write_line(record)}\n" for record in read_engagements(connection))
        return 0

    pid = fork(read)
    os.close(theirs)
    with os.fdopen(ours) as pipe:
        found = pipe.read()
    if status_of(pid):
        raise AssertionError(f"the register of {store} does not open")
    return found


def run_on(source: Path, store: Path) -> Callable[[], int]:
    """The work of a whole run: 0 done, 3 an error that is told."""

    def work() -> int:
        try:
            run([str(source)], store)
        except StoreError:
            return 3
        return 0

    return work


def kill_after(seconds: float, work: Callable[[], int]) -> bool:
    """Kill the work after some time; whether it was still going on."""
    ours, theirs = os.pipe()
    pid = fork(work)
    os.close(theirs)  # its end of the pipe is the fork's alone, and closes with it
    select.select([ours], [], [], seconds)
    os.close(ours)
    os.kill(pid, signal.SIGKILL)
    return status_of(pid) == -signal.SIGKILL


def limited(size: int, work: Callable[[], int]) -> Callable[[], int]:
    """The work where no file may grow past a size, as where the disk is full."""

    def limit() -> int:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
        return work()

    return limit


def main() -> None:
    """Do as the docstring of the module says."""
    parser = argparse.ArgumentParser()
    parser.add_argument("work", type=Path)
    parser.add_argument("--kills", type=int, default=5)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    small, large = write_inputs(options.work)
    store, whole = options.work / "store", options.work / "whole"
    started = time.monotonic()
    assert status_of(fork(run_on(large, whole))) == 0
    duration = time.monotonic() - started
    assert status_of(fork(run_on(small, store))) == 0
    before, wanted = records_in(store), records_in(whole)
    for size in FULL_DISKS:
        status = status_of(fork(limited(size, run_on(large, store))))
        print(json.dumps({"disk": size, "status": status, "kept": records_in(store) == (before if status else wanted)}))
    shutil.rmtree(store)
    assert status_of(fork(run_on(small, store))) == 0
    chance = random.Random(options.seed)
    for _ in range(options.kills):
        if chance.random() < 0.5:
            shutil.rmtree(store / "parts", ignore_errors=True)
        was_killed = kill_after(chance.uniform(0, duration), run_on(large, store))
        found = records_in(store)
        if found == wanted:  # done before it was killed: back to the small register
            assert status_of(fork(run_on(small, store))) == 0
        print(json.dumps({"killed": was_killed, "kept": found in (before, wanted), "parts": count_parts(store)}))
    assert status_of(fork(run_on(large, store))) == 0
    print(json.dumps({"equal": records_in(store) == wanted, "left": sorted(path.name for path in store.iterdir())}))


def count_parts(store: Path) -> int:
    """How many finished parts a store has."""
    return len(list((store / "parts").glob("*.parquet")))


if __name__ == "__main__":
    main()
