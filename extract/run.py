"""A run: inputs through the extraction into a new register, swapped in for the old one only when it is whole."""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from typing import Protocol

from filelock import FileLock

from extract.build import build_store
from extract.errors import EvidenceError, RawabitError, StoreError
from extract.lexicon import labels
from extract.models import Article, Engagement, Refusal
from extract.pipeline import extract_article
from extract.read import Located, read_located
from extract.store import REGISTER_FILE

_NEW_FILE = "register.new.duckdb"
# Held while a register is swapped in, and while the first one of a store is made.
_SWAP_LOCK = "register.lock"
_FIRST_LOCK = "first-register.lock"

_ARTICLES_A_BATCH = 16
# Batches that wait for a worker or for their turn: enough to keep workers busy, few enough to keep memory flat.
_BATCHES_A_WORKER = 4


class Extracted(Protocol):
    """What a run needs to know of an extraction."""

    @property
    def engagements(self) -> tuple[Engagement, ...]:
        """The records of one article."""


Extract = Callable[[Article], Extracted]
# The records of one article, or why it was refused.
_Result = tuple[Engagement, ...] | Refusal
_Batch = list[tuple[str, Article]]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run has come: articles read, records found, inputs refused."""

    articles: int
    records: int
    refused: int


@dataclass(frozen=True, slots=True)
class RunReport:
    """What a run did. `repeated` articles were read again under the same id with the same text, and counted once."""

    articles: int
    records: int
    repeated: int
    refusals: tuple[Refusal, ...]

    @property
    def refused(self) -> int:
        """How many inputs were refused."""
        return len(self.refusals)


@dataclass(slots=True)
class _Intake:
    """Sorts what was read into articles to extract, which it gives on, and what is only counted or refused."""

    refusals: list[Refusal] = field(default_factory=list)
    repeated: int = 0
    _texts: dict[str, bytes] = field(default_factory=dict)

    def articles(self, found: Iterable[Located]) -> Iterator[tuple[str, Article]]:
        for path, item in found:
            if isinstance(item, Refusal):
                self.refusals.append(item)
            elif self._is_new(item, path):
                yield path, item

    def _is_new(self, article: Article, path: str) -> bool:
        digest = hashlib.blake2b(article.text.encode(), digest_size=16).digest()
        known = self._texts.setdefault(article.article_id, digest)
        if known is digest:
            return True
        if known == digest:
            self.repeated += 1
        else:
            detail = f"another article with the id {article.article_id} and a different text was read before"
            self.refusals.append(Refusal(path, "duplicate_id", detail))
        return False


def run(
    inputs: Iterable[str],
    store_dir: Path,
    *,
    workers: int = 1,
    extract: Extract = extract_article,
    on_progress: Callable[[Progress], None] | None = None,
) -> RunReport:
    """Read the inputs, extract their records, and put a new register in the place of the old one.

    With several workers, processes share the extraction; the register is the same for any number of them.
    Where no input gives an article (`report.articles` is 0), the store keeps what it had.
    Raises StoreError where the store cannot be written, RawabitError where a worker is killed.
    """
    return _run(read_located(inputs), store_dir, workers, extract, on_progress)


def ensure_store(
    store_dir: Path,
    inputs: Sequence[Path],
    on_progress: Callable[[int, int], None] | None = None,
    *,
    extract: Extract = extract_article,
) -> None:
    """Build the register from the inputs if there is none; of callers at the same time one builds, the others wait.

    `on_progress` gets the articles done and their number. Raises StoreError where no register can be built.
    """
    with _locked(store_dir, _FIRST_LOCK):
        if (store_dir / REGISTER_FILE).exists():
            return
        found = list(read_located(map(str, inputs)))

        def tell(progress: Progress) -> None:
            if on_progress:
                on_progress(progress.articles + progress.refused, len(found))

        report = _run(found, store_dir, 1, extract, tell)
    if not report.articles:
        why = "; ".join(f"{refusal.path}: {refusal.detail}" for refusal in report.refusals) or "no inputs were given"
        raise StoreError(f"no register can be built in {store_dir}: {why}")


def _run(
    found: Iterable[Located],
    store_dir: Path,
    workers: int,
    extract: Extract,
    on_progress: Callable[[Progress], None] | None,
) -> RunReport:
    intake = _Intake()
    articles: list[Article] = []
    engagements: list[Engagement] = []
    for article, result in _extract_all(intake.articles(found), workers, extract):
        if isinstance(result, Refusal):
            intake.refusals.append(result)
        else:
            articles.append(article)
            engagements.extend(result)
        if on_progress:
            on_progress(Progress(len(articles), len(engagements), len(intake.refusals)))
    report = RunReport(len(articles), len(engagements), intake.repeated, tuple(intake.refusals))
    if articles:
        _swap_in(store_dir, articles, engagements, report)
    return report


def _extract_all(
    articles: Iterator[tuple[str, Article]], workers: int, extract: Extract
) -> Iterator[tuple[Article, _Result]]:
    """Each article with its result, in the order they were read, whatever worker is done first."""
    if workers == 1:
        yield from ((article, _extract_one(extract, path, article)) for path, article in articles)
        return
    # Spawned, not forked: a fork of a program with threads (DuckDB's, Arrow's) may hang.
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        waiting: deque[tuple[_Batch, Future[list[_Result]]]] = deque()
        try:
            while batch := list(islice(articles, _ARTICLES_A_BATCH)):
                waiting.append((batch, pool.submit(_extract_batch, extract, batch)))
                if len(waiting) > _BATCHES_A_WORKER * workers:
                    yield from _finished(*waiting.popleft())
            while waiting:
                yield from _finished(*waiting.popleft())
        except BrokenProcessPool as error:
            raise RawabitError("a worker process was killed (out of memory?): try fewer workers") from error


def _finished(batch: _Batch, future: Future[list[_Result]]) -> Iterator[tuple[Article, _Result]]:
    return zip((article for _, article in batch), future.result(), strict=True)


def _extract_batch(extract: Extract, batch: _Batch) -> list[_Result]:
    return [_extract_one(extract, path, article) for path, article in batch]


def _extract_one(extract: Extract, path: str, article: Article) -> _Result:
    try:
        return extract(article).engagements
    except EvidenceError as error:
        return Refusal(path, "evidence_mismatch", f"a record of article {article.article_id} misquotes it: {error}")


def _swap_in(store_dir: Path, articles: list[Article], engagements: list[Engagement], report: RunReport) -> None:
    """Build the register beside the old one and rename it over that: a reader sees one or the other, whole."""
    meta = {
        "articles": str(report.articles),
        "records": str(report.records),
        "refused": str(report.refused),
        "repeated": str(report.repeated),
        "built_at": datetime.now(UTC).isoformat(timespec="seconds"),
    }
    with _locked(store_dir, _SWAP_LOCK):
        new = store_dir / _NEW_FILE
        for left_behind in store_dir.glob(f"{_NEW_FILE}*"):
            left_behind.unlink()
        build_store(
            new,
            articles=articles,
            engagements=engagements,
            refusals=report.refusals,
            labels=labels(),
            meta=meta,
        )
        new.replace(store_dir / REGISTER_FILE)


@contextmanager
def _locked(store_dir: Path, name: str) -> Iterator[None]:
    """Hold one of the store's locks, which the system takes back if this process dies."""
    try:
        store_dir.mkdir(parents=True, exist_ok=True)
        with FileLock(store_dir / name):
            yield
    except OSError as error:
        raise StoreError(f"the store {store_dir} cannot be written: {error.strerror}") from error
