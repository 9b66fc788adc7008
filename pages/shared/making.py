"""A file of many records, made in a process of its own: `python -m pages.shared.making`, an order in, counts of rows out.

In the process that serves pages, minutes of Python code would take turns with every page that is being drawn. What is made here
works at a lower priority, holds some thousand records at a time, and ends when nobody waits for it any more.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import BoundedSemaphore

import numpy as np
import pandas as pd

from extract.errors import RawabitError, WriteError
from extract.provenance import read_meta
from extract.queries import Register, open_register, read_labels
from extract.queries.facets import Numbers
from extract.queries.records import read_rows
from extract.write_frames import write_frames
from pages.shared.tables import name_codes, prepare_records, write_notes
from pages.shared.view import ROOT
from pages.shared.words import Words

_ROWS = 5_000
_NICE = 10
# A process takes some 500 MB for a million records; the third waits.
_ABREAST = BoundedSemaphore(2)
_PAUSE = 0.5  # seconds


@dataclass(frozen=True, slots=True)
class Order:
    """How records of a register of this version are to be written: as `ending`, in a language, with notes about them."""

    store_dir: str
    version: str
    language: str
    ending: str
    about: Sequence[Sequence[str]]


def name_version(register: Register) -> str:
    """What tells a register in which the numbers of records mean the same."""
    return json.dumps([sorted(read_meta(register).items()), register.corrections])


def make_aside(order: Order, numbers: Numbers, path: Path, on_rows: Callable[[int], None]) -> None:
    """Have a process write the records of these numbers to a file.

    `on_rows` hears how many are done, and may end it all by raising. Raises WriteError where the file cannot be made.
    """
    while not _ABREAST.acquire(timeout=_PAUSE):
        on_rows(0)
    try:
        # What a process that is ended leaves behind goes with its folder.
        with TemporaryDirectory(dir=path.parent) as folder:
            _follow(order, numbers, path, on_rows, folder)
    finally:
        _ABREAST.release()


def _follow(order: Order, numbers: Numbers, path: Path, on_rows: Callable[[int], None], folder: str) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "pages.shared.making", str(path)],
        cwd=ROOT,
        env=os.environ | {"TMPDIR": folder},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        with process.stdin as given:
            given.write(f"{json.dumps(asdict(order))}\n".encode())
            given.write(numbers.astype(np.int32).tobytes())
        for line in process.stdout:
            said = json.loads(line)
            if "error" in said:
                raise WriteError(said["error"])
            on_rows(said["rows"])
        if process.wait():
            raise WriteError("the process that made the file was ended")
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


def write_order(order: Order, numbers: Numbers, path: Path, on_rows: Callable[[int], None]) -> None:
    """Write the file of `make_aside`.

    Raises StoreError where the register is gone, WriteError where it is another by now.
    """
    register = open_register(Path(order.store_dir))
    if name_version(register) != order.version:
        raise WriteError("the register has changed in the meantime: try again")
    words = Words(order.language, read_labels(register))
    frames = _read_frames(register, words, numbers, on_rows)
    about = [(name, value) for name, value in order.about]
    notes = write_notes(words, _read(register, words, numbers[:0]), len(numbers), about)
    write_frames(order.ending, path, frames, right_to_left=words.is_arabic, notes=notes)


def _read_frames(
    register: Register, words: Words, numbers: Numbers, on_rows: Callable[[int], None]
) -> Iterator[pd.DataFrame]:
    for at in range(0, max(len(numbers), 1), _ROWS):
        yield _read(register, words, numbers[at : at + _ROWS])
        on_rows(min(at + _ROWS, len(numbers)))


def _read(register: Register, words: Words, numbers: Numbers) -> pd.DataFrame:
    return name_codes(prepare_records(read_rows(register, numbers), words), words)


def main(path: Path) -> int:
    """Do the work of one process."""
    if hasattr(os, "nice"):
        os.nice(_NICE)
    try:
        order = Order(**json.loads(sys.stdin.buffer.readline()))
        numbers = np.frombuffer(sys.stdin.buffer.read(), np.int32)
        write_order(order, numbers, path, lambda rows: _say(rows=rows))
    except BrokenPipeError:  # the server is gone
        return 1
    except (RawabitError, OSError) as error:
        _say(error=str(error))
        return 1
    return 0


def _say(**message: int | str) -> None:
    sys.stdout.write(f"{json.dumps(message)}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
