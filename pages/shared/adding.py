"""What one session is about to add: the articles that were read, the job at work on them, and what came of it."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import streamlit as st

from extract.models import Article, Refusal
from extract.run import AddReport, Progress
from extract.run.aside import Job, Preview, Previewer, read_message, start_adding, start_reading
from extract.run.uploads import keep_uploads

_KEY = "adding"


@dataclass(slots=True)
class Desk:
    """A session's addition, from the first file that was read to the report; `note` is a word of the catalogue."""

    store_dir: Path
    articles: list[Article] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    seen: dict[int, Preview | str] = field(default_factory=dict)
    job: Job | None = None
    is_adding: bool = False
    has_files: bool = False
    total: int = 0
    progress: Progress | None = None
    report: AddReport | None = None
    error: str = ""
    note: str = ""
    round: int = 0  # a new one empties the widgets
    folder: tempfile.TemporaryDirectory[str] | None = None

    def clear(self) -> None:
        """Forget all of it."""
        if self.job is not None:
            self.job.stop()
            self.job.close()
        if self.folder is not None:
            self.folder.cleanup()
        self.articles, self.refusals, self.seen = [], [], {}
        self.job, self.folder, self.progress, self.report = None, None, None, None
        self.error = self.note = ""
        self.round += 1

    def take(self, article: Article) -> None:
        """Have one article, that was pasted, to be looked at."""
        number = self.round
        self.clear()
        self.round = number  # the text stays where it was pasted, to be mended
        self.articles, self.has_files = [article], False

    def read(self, files: Iterable[tuple[str, bytes]]) -> None:
        """Begin to read uploaded files: names as their person has them, and contents."""
        self.clear()
        self.has_files, self.folder = True, tempfile.TemporaryDirectory()
        folder = Path(self.folder.name)
        names, self.refusals = keep_uploads(folder, iter(files))
        if names:
            self.job, self.is_adding = start_reading(self.store_dir, folder, names), False
        else:
            self.note = "nothing"

    def add(self) -> None:
        """Begin to add the articles to the register."""
        self.job, self.is_adding = start_adding(self.store_dir, self.articles), True
        self.total, self.progress, self.error, self.note = 0, None, "", ""

    def follow(self) -> bool:
        """Take in what the job has said since; whether it is still at work."""
        if self.job is None:
            return False
        is_running = self.job.is_running
        for said in self.job.messages():
            match read_message(said):
                case Article() as article:
                    self.articles.append(article)
                case Refusal() as refusal:
                    self.refusals.append(refusal)
                case Progress() as progress:
                    self.progress = progress
                case AddReport() as report:
                    self.report = report
                case int() as total:
                    self.total = total
                case str() as error:
                    self.error = error
        if not is_running:
            self._end(self.job)
        return is_running

    def _end(self, job: Job) -> None:
        self.job = None
        job.close()
        if self.folder is not None:
            self.folder.cleanup()
            self.folder = None
        if self.is_adding and self.report is not None:
            # Done, even where the stop came too late.
            self.articles, self.refusals, self.seen = [], list(self.report.refusals), {}
            self.round += 1
        elif job.is_stopped:
            self.note = "stopped_add" if self.is_adding else "stopped_read"
        elif job.has_failed and not self.error:
            self.note = "ended"
        elif not self.is_adding and not self.articles:
            self.note = "nothing"


def current_desk(store_dir: Path) -> Desk:
    """This session's desk."""
    desk: Desk = st.session_state.setdefault(_KEY, Desk(store_dir))
    return desk


@st.cache_resource
def open_previewer(store_dir: str) -> Previewer:
    """The process that reads single articles for all sessions."""
    return Previewer(Path(store_dir))
