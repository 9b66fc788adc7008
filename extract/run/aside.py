"""The work of pages in processes of its own: `python -m extract.run.aside MODE STORE [FOLDER]`, lines of JSON in and out.

The process that serves pages reads no file, extracts nothing and builds no register: extraction is Python code that would
take turns with every page that is being drawn, and a big register takes minutes and memory. What is done here can be
stopped by ending the process, since a register is replaced whole or not at all. It works at a lower priority than pages.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from extract.errors import RawabitError
from extract.models import Article, Engagement, Refusal
from extract.rows import read_line, write_line
from extract.run.added import read_article, write_article
from extract.run.adding import AddReport, add_articles, preview
from extract.run.earlier import read_earlier
from extract.run.runs import Progress
from extract.run.uploads import read_uploads

_ROOT = Path(__file__).resolve().parents[2]
_NICE = 10
_PAUSE = 0.2  # seconds between two lines on how far it has come
# A long article takes a second or two on a slow core, and the lexicons take three to load.
PREVIEW_SECONDS = 60


class AsideError(RawabitError):
    """The process that did the work was ended, or took too long."""


@dataclass(frozen=True, slots=True)
class Preview:
    """The records of one article, or why a first look gave none."""

    records: tuple[Engagement, ...]
    dropped: str | None


class Job:
    """One piece of work in a process of its own; `lines` is what it is given, `messages` what it says."""

    def __init__(self, mode: str, store_dir: Path, lines: Iterable[str], folder: Path | None = None) -> None:
        self._told: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - it lives as long as the job
        self._at = 0
        self.is_stopped = False
        with tempfile.TemporaryFile() as given:
            given.writelines(f"{line}\n".encode(errors="replace") for line in lines)
            given.seek(0)
            arguments = [mode, str(store_dir.absolute()), *([str(folder)] if folder else [])]
            self._process = subprocess.Popen(_command(arguments), cwd=_ROOT, stdin=given, stdout=self._told)

    @property
    def is_running(self) -> bool:
        """Whether it is still at work."""
        return self._process.poll() is None

    @property
    def has_failed(self) -> bool:
        """Whether it ended before it was done."""
        return bool(self._process.poll())

    def messages(self) -> list[dict[str, Any]]:
        """What it has said since it was last asked."""
        self._told.seek(self._at)
        said = self._told.read()
        whole = said[: said.rfind(b"\n") + 1]
        self._at += len(whole)
        return [json.loads(line) for line in whole.splitlines()]

    def stop(self) -> None:
        """End it, and wait until it has tidied up."""
        self.is_stopped = True
        if self.is_running:
            self._process.terminate()
        try:
            self._process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def close(self) -> None:
        """Let go of what it has said."""
        self._told.close()


class Previewer:
    """Reads articles one at a time in a process that stays, since to load the lexicons takes seconds; any thread may ask."""

    def __init__(self, store_dir: Path) -> None:
        self._store_dir = store_dir
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None

    def read(self, article: Article, seconds: float = PREVIEW_SECONDS) -> Preview:
        """The records of an article; raises AsideError where that takes too long, RawabitError where it cannot be read."""
        with self._lock:
            answer = self._ask(f"{write_article(article)}\n".encode(errors="replace"), seconds)
        if "error" in answer:
            raise RawabitError(answer["error"])
        return Preview(tuple(map(read_line, answer["records"])), answer["dropped"])

    def close(self) -> None:
        """Let the process go."""
        with self._lock:
            self._end()

    def _ask(self, line: bytes, seconds: float) -> dict[str, Any]:
        if self._process is None or self._process.poll() is not None:
            self._end()
            self._process = subprocess.Popen(
                _command(["preview", str(self._store_dir.absolute())]),
                cwd=_ROOT,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
            )
        given, said = self._process.stdin, self._process.stdout
        assert given is not None
        assert said is not None
        timer = threading.Timer(seconds, self._process.kill)
        timer.start()
        try:
            given.write(line)
            given.flush()
            answer = said.readline()
        except OSError:
            answer = b""
        finally:
            timer.cancel()
        if not answer.endswith(b"\n"):
            self._end()
            raise AsideError(f"the article was not read within {seconds:.0f} seconds, or its process was ended")
        found: dict[str, Any] = json.loads(answer)
        return found

    def _end(self) -> None:
        if self._process is None:
            return
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            with contextlib.suppress(OSError):
                if pipe is not None:
                    pipe.close()
        self._process = None


def start_reading(store_dir: Path, folder: Path, names: dict[str, str]) -> Job:
    """Read uploaded files of a folder; the job says articles and refusals: see `read_message`."""
    return Job("read", store_dir, [json.dumps(names)], folder)


def start_adding(store_dir: Path, articles: Iterable[Article]) -> Job:
    """Add articles to a register; the job says how far it has come, then its report: see `read_message`."""
    return Job("add", store_dir, map(write_article, articles))


def read_message(said: dict[str, Any]) -> Article | Refusal | AddReport | Progress | str | int:
    """One message of a job: an article, a refusal, progress, a report, how many articles there will be, or an error's text."""
    ((kind, value),) = said.items()
    match kind:
        case "article":
            return read_article(value)
        case "refusal":
            return Refusal(*value)
        case "progress":
            return Progress(*value)
        case "total":
            return int(value)
        case "report":
            articles, records, repeated, same_text, refusals = value
            return AddReport(articles, tuple(records), repeated, same_text, tuple(Refusal(*one) for one in refusals))
        case _:
            return str(value)


def _command(arguments: list[str]) -> list[str]:
    return [sys.executable, "-m", "extract.run.aside", *arguments]


def main(arguments: list[str]) -> int:
    """Do the work of one process; ends with SystemExit, having tidied up, where it is told to stop."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    if hasattr(os, "nice"):
        os.nice(_NICE)
    mode, store_dir, *folder = arguments
    try:
        match mode:
            case "read":
                _read(Path(folder[0]), json.loads(sys.stdin.readline()))
            case "add":
                _add(Path(store_dir))
            case "preview":
                _preview(Path(store_dir))
    except (RawabitError, OSError) as error:
        _say(error=str(error))
        return 1
    return 0


def _read(folder: Path, names: dict[str, str]) -> None:
    for item in read_uploads(folder, names):
        if isinstance(item, Refusal):
            _say(refusal=[item.path, item.reason, item.detail])
        else:
            _say(article=write_article(item))


def _add(store_dir: Path) -> None:
    articles = [read_article(line) for line in sys.stdin]
    _say(total=read_earlier(store_dir).known + len(articles))
    last = 0.0

    def tell(progress: Progress) -> None:
        nonlocal last
        if time.monotonic() - last > _PAUSE:
            last = time.monotonic()
            _say(progress=[progress.articles, progress.records, progress.refused])

    report = add_articles(store_dir, articles, on_progress=tell)
    refusals = [[one.path, one.reason, one.detail] for one in report.refusals]
    _say(report=[report.articles, report.records, report.repeated, report.same_text, refusals])


def _preview(store_dir: Path) -> None:
    """Answer each article with its records, until nobody asks any more."""
    for line in _lines_of(sys.stdin.buffer):
        try:
            found = preview(read_article(line.decode()), store_dir)
        except RawabitError as error:
            _say(error=str(error))
        else:
            _say_all({"records": [write_line(one) for one in found.engagements], "dropped": found.dropped})


def _lines_of(stream: IO[bytes]) -> Iterator[bytes]:
    yield from iter(stream.readline, b"")


def _say(**message: Any) -> None:
    _say_all(message)


def _say_all(message: dict[str, Any]) -> None:
    # Letters beyond ASCII are escaped: the encoding of this process's output is its user's affair.
    sys.stdout.write(f"{json.dumps(message)}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
