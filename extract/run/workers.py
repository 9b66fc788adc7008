"""Who does the work: this process, processes of this machine, or a Dask cluster; each gives the same part for a batch."""

from __future__ import annotations

import gc
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import get_context
from typing import Any, Protocol, TypeVar

from extract.errors import EvidenceError, RawabitError
from extract.models import Article, Engagement
from extract.run.parts import Finished, Known, encode, key_of

# Batches that wait for a worker or for their turn: enough to keep workers busy, few enough to keep memory flat.
_BATCHES_A_WORKER = 3
_TIMEOUT = "10s"  # to reach a cluster


class Extracted(Protocol):
    """What a run needs to know of an extraction."""

    @property
    def engagements(self) -> tuple[Engagement, ...]:
        """The records of one article."""

    @property
    def dropped(self) -> str | None:
        """Why a first look dropped the article; None where it was read in full."""


B = TypeVar("B")
Extract = Callable[[Article], Extracted]
# The bytes of a part, and what it says of each article.
Part = tuple[bytes, list[Known]]


class Job(Protocol):
    """A batch that is being worked on."""

    def result(self) -> Part:
        """The finished part, waited for."""


class Crew(Protocol):
    """Takes batches and gives finished parts; `width` batches are worked on at a time."""

    width: int

    def submit(self, batch: list[Article]) -> Job:
        """Begin the work on a batch."""


def extract_batch(extract: Extract, batch: list[Article], on_article: Callable[[Known], None] | None = None) -> Part:
    """Extract a batch into a part; an article that breaks a rule of evidence is refused, and the rest goes on."""
    finished, known = [], []
    with uncollected():
        for article in batch:
            one = _extract_one(extract, article)
            finished.append(one)
            known.append(Known(one.key, one.reason, one.detail, len(one.records)))
            if on_article:
                on_article(known[-1])
    return encode(finished), known


@contextmanager
def uncollected() -> Iterator[None]:
    """Put off the search for cycles: it looks through all lexicons again and again, for a tenth of the time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _extract_one(extract: Extract, article: Article) -> Finished:
    key = key_of(article)
    try:
        found = extract(article)
    except EvidenceError as error:
        detail = f"a record of article {article.article_id} misquotes it: {error}"
        return Finished(key, article, reason="evidence_mismatch", detail=detail)
    return Finished(key, article, found.engagements, found.dropped)


def work_through(
    crew: Crew, batches: Iterable[B], articles_of: Callable[[B], list[Article]]
) -> Iterator[tuple[B, Part]]:
    """Each batch with its part, in the order of the batches, whatever worker is done first."""
    waiting: deque[tuple[B, Job]] = deque()
    for batch in batches:
        waiting.append((batch, crew.submit(articles_of(batch))))
        if len(waiting) > crew.width:
            yield _next(waiting)
    while waiting:
        yield _next(waiting)


def _next(waiting: deque[Any]) -> Any:
    batch, job = waiting.popleft()
    return batch, job.result()


class _Here:
    """This process, article by article."""

    width = 0

    def __init__(self, extract: Extract, on_article: Callable[[Known], None]) -> None:
        self._extract, self._on_article = extract, on_article

    def submit(self, batch: list[Article]) -> Job:
        return _Done(extract_batch(self._extract, batch, self._on_article))


class _Done:
    def __init__(self, part: Part) -> None:
        self._part = part

    def result(self) -> Part:
        return self._part


class _Sent:
    """Processes or a cluster: whatever has a `submit` that gives futures."""

    def __init__(self, submit: Callable[..., Job], extract: Extract, workers: int) -> None:
        self._submit, self._extract = submit, extract
        self.width = _BATCHES_A_WORKER * workers

    def submit(self, batch: list[Article]) -> Job:
        return self._submit(extract_batch, self._extract, batch)


@contextmanager
def open_crew(
    extract: Extract, workers: int, scheduler: str | None, on_article: Callable[[Known], None]
) -> Iterator[Crew]:
    """Whoever is to work; `on_article` is told of each article where that is this process, at once.

    Raises RawabitError where a worker is killed, or the cluster cannot be reached or loses a batch.
    """
    if scheduler is not None:
        with _cluster(extract, scheduler) as crew:
            yield crew
    elif workers == 1:
        yield _Here(extract, on_article)
    else:
        try:
            # Spawned, not forked: a fork of a program with threads (DuckDB's, Arrow's) may hang.
            with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
                yield _Sent(pool.submit, extract, workers)
        except BrokenProcessPool as error:
            raise RawabitError("a worker process was killed (out of memory?): try fewer workers") from error


@contextmanager
def _cluster(extract: Extract, address: str) -> Iterator[Crew]:
    # Imported only where asked for: it takes most of a second.
    from distributed import Client, KilledWorker  # noqa: PLC0415
    from distributed.client import FutureCancelledError  # noqa: PLC0415
    from distributed.comm.core import CommClosedError  # noqa: PLC0415

    try:
        client: Any = Client(address, timeout=_TIMEOUT, set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, TimeoutError, ValueError) as error:
        raise RawabitError(f"there is no cluster at {address}: {error}") from error

    def submit(*work: Any) -> Job:
        job: Job = client.submit(*work, pure=False)
        return job

    with client:
        try:
            yield _Sent(submit, extract, max(len(client.scheduler_info(n_workers=-1)["workers"]), 1))
        except (KilledWorker, FutureCancelledError, CommClosedError) as error:
            raise RawabitError(f"the cluster at {address} lost its work: {error}") from error
