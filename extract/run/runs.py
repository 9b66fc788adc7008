"""A run, in order: read, take known articles from finished parts, extract the rest, build the register, swap it in."""

from __future__ import annotations

import json
import shutil
import sqlite3
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import chain, islice
from pathlib import Path
from tempfile import TemporaryDirectory

from filelock import FileLock

from extract.build import build_store
from extract.errors import StoreError
from extract.history import keep_history
from extract.lexicon import labels
from extract.merge import Ledger, find_merges, merge_engagements, sketch_articles
from extract.models import Engagement, Refusal
from extract.pipeline import extract_records
from extract.read import Located, read_located
from extract.run.added import with_added
from extract.run.earlier import Earlier, read_earlier
from extract.run.intake import Intake, Taken
from extract.run.parts import Known, clear_parts, find_parts, read_articles, read_records, read_reports, write_part
from extract.run.rules import Knowing, version_of
from extract.run.workers import Extract, open_crew, work_through
from extract.store import REGISTER_FILE
from extract.user_lexicon import read_persons

_NEW_FILE = "register.new.duckdb"
# Held by a run from its first article on, and while the first register of a store is made.
_RUN_LOCK = "register.lock"
_FIRST_LOCK = "first-register.lock"

# A part has a share of the articles before it, between these: a short run is told of early and shares its work evenly,
# a long one leaves no more files than need be.
_SHARE, _SMALLEST, _LARGEST = 64, 16, 1024
_REFUSALS_REPORTED = 100
_MISMATCH = "evidence_mismatch"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run has come: articles read, records found, inputs refused."""

    articles: int
    records: int
    refused: int


@dataclass(frozen=True, slots=True)
class RunReport:
    """What a run did.

    `repeated` articles were read again under the same id with the same text, `same_text` under another id: both are
    counted once. `known` articles were taken from finished parts. `dropped` counts, by reason, articles that a first look
    found to be of no engagement; they are among `articles`. Of the `refused` inputs `refusals` are the first hundred; the
    register has all. `records` are the articles' own; `merged` of them went into
    others, since they report the same engagement.
    """

    articles: int
    records: int
    repeated: int
    same_text: int
    known: int
    dropped: dict[str, int]
    refused: int
    refusals: tuple[Refusal, ...]
    seconds: float
    merged: int = 0


@dataclass(frozen=True, slots=True)
class _Plan:
    """Where the register goes, and who makes it how."""

    store_dir: Path
    extract: Extract
    workers: int = 1
    scheduler: str | None = None
    keeps: bool = False  # what the register has already stays in it

    @property
    def rules(self) -> str:
        """The version under which what is extracted is kept."""
        return version_of(self.extract)


@dataclass(slots=True)
class _Count:
    """What has been done so far, and who is told of it."""

    intake: Intake
    on_progress: Callable[[Progress], None] | None
    articles: int = 0
    records: int = 0
    known: int = 0
    dropped: Counter[str] = field(default_factory=Counter)

    def add(self, one: Known, taken: Taken) -> None:
        """Count one article."""
        if one.reason == _MISMATCH:
            self.intake.refuse(Refusal(taken.path, _MISMATCH, one.detail or ""), taken.number)
        else:
            self.articles += 1
            self.records += one.count
            if one.reason:
                self.dropped[one.reason] += 1
        if self.on_progress:
            self.on_progress(Progress(self.articles, self.records, self.intake.refused))


def run(
    inputs: Iterable[str],
    store_dir: Path,
    *,
    workers: int = 1,
    scheduler: str | None = None,
    extract: Extract = extract_records,
    on_progress: Callable[[Progress], None] | None = None,
    on_refusal: Callable[[Refusal], None] | None = None,
) -> RunReport:
    """Read the inputs, extract their records, and put a new register in the place of the old one.

    Articles that an earlier run, finished or killed, extracted under the same rules are taken from its parts. Several
    workers, or the Dask cluster at `scheduler`, share the rest; the register is the same for any number of them. Reports
    of one engagement by several articles become one record on their way from the parts, which keep each article's own.
    Where no input gives an article (`report.articles` is 0), the store keeps what it had. `on_refusal` is told of every
    refusal at the end, in the order of the inputs.
    Raises StoreError where the store cannot be written, RawabitError where a worker or the cluster is lost.
    """
    plan = _Plan(store_dir, Knowing(extract, read_persons(store_dir)), workers, scheduler)
    return _run(plan, with_added(store_dir, read_located(inputs)), on_progress, on_refusal)


def extend(
    store_dir: Path,
    found: Iterable[Located],
    *,
    workers: int = 1,
    extract: Extract = extract_records,
    on_progress: Callable[[Progress], None] | None = None,
    on_refusal: Callable[[Refusal], None] | None = None,
) -> RunReport:
    """Do as `run`, and keep what the register has: its articles come first, from finished parts where the rules are as they were.

    Articles that gave no record are kept as numbers; where the rules have changed, only a run of their inputs reads them anew.
    """
    plan = _Plan(store_dir, Knowing(extract, read_persons(store_dir)), workers, keeps=True)
    return _run(plan, found, on_progress, on_refusal)


def ensure_store(
    store_dir: Path,
    inputs: Sequence[Path],
    on_progress: Callable[[int, int], None] | None = None,
    *,
    extract: Extract = extract_records,
) -> None:
    """Build the register from the inputs if there is none; of callers at the same time one builds, the others wait.

    `on_progress` gets the articles done and their number. Raises StoreError where no register can be built.
    """
    with _locked(store_dir, _FIRST_LOCK):
        if (store_dir / REGISTER_FILE).exists():
            return
        found = list(with_added(store_dir, read_located(map(str, inputs))))

        def tell(progress: Progress) -> None:
            if on_progress:
                on_progress(progress.articles + progress.refused, len(found))

        plan = _Plan(store_dir, Knowing(extract, read_persons(store_dir)))
        report = _run(plan, found, tell)
    if not report.articles:
        why = "; ".join(f"{refusal.path}: {refusal.detail}" for refusal in report.refusals) or "no inputs were given"
        raise StoreError(f"no register can be built in {store_dir}: {why}")


def _run(
    plan: _Plan,
    found: Iterable[Located],
    on_progress: Callable[[Progress], None] | None,
    on_refusal: Callable[[Refusal], None] | None = None,
) -> RunReport:
    started = time.monotonic()
    with _locked(plan.store_dir, _RUN_LOCK):
        earlier = read_earlier(plan.store_dir) if plan.keeps else Earlier()
        intake = Intake(plan.store_dir, plan.rules)
        try:
            intake.counts["read"] = earlier.counted
            count = _Count(intake, on_progress, earlier.counted, dropped=Counter(earlier.dropped))
            _extract_all(plan, count, chain(earlier.found, found))
            report = _report(count, time.monotonic() - started)
            if report.articles:
                report = _build(plan, intake, report)
            if on_refusal:
                for refusal in intake.refusals():
                    on_refusal(refusal)
        finally:
            intake.close()
    return report


def _report(count: _Count, seconds: float) -> RunReport:
    return RunReport(
        articles=count.articles,
        records=count.records,
        repeated=count.intake.counts["repeated"],
        same_text=count.intake.counts["same_text"],
        known=count.known,
        dropped=dict(sorted(count.dropped.items())),
        refused=count.intake.refused,
        refusals=tuple(islice(count.intake.refusals(), _REFUSALS_REPORTED)),
        seconds=seconds,
    )


def _extract_all(plan: _Plan, count: _Count, found: Iterable[Located]) -> None:
    """Leave a finished part for every new article, and note what the register is to draw on."""
    waiting: dict[bytes, Taken] = {}
    told: set[bytes] = set()

    def tell(one: Known) -> None:
        told.add(one.key)
        count.add(one, waiting[one.key])

    with open_crew(plan.extract, plan.workers, plan.scheduler, tell) as crew:
        batches = _batches(count, found, waiting)
        for batch, (data, known) in work_through(crew, batches, lambda batch: [taken.article for taken in batch]):
            keys = [taken.key for taken in batch]
            count.intake.want(write_part(plan.store_dir, plan.rules, keys, data), keys)
            for one in known:
                if one.key not in told:
                    tell(one)
                told.discard(one.key)
                del waiting[one.key]


def _batches(count: _Count, found: Iterable[Located], waiting: dict[bytes, Taken]) -> Iterator[list[Taken]]:
    """The new articles, in batches; those that parts know are counted, and wanted from there."""
    batch: list[Taken] = []
    new = 0
    for taken in count.intake.articles(found):
        if taken.known is not None:
            count.known += 1
            count.intake.want(None, [taken.key])
            count.add(taken.known, taken)
            continue
        new += 1
        waiting[taken.key] = taken
        batch.append(taken)
        if len(batch) >= min(max(new // _SHARE, _SMALLEST), _LARGEST):
            yield batch
            batch = []
    if batch:
        yield batch


def _records(intake: Intake) -> Iterator[Engagement]:
    """Each article's own records."""
    return (record for path, keys in intake.wanted() for record in read_records(path, keys))


def _build(plan: _Plan, intake: Intake, report: RunReport) -> RunReport:
    """Merge reports of one engagement, and swap in a register of all; the report, with how many were merged."""
    for left_behind in plan.store_dir.glob(f"{_NEW_FILE}*"):
        shutil.rmtree(left_behind) if left_behind.is_dir() else left_behind.unlink()
    with TemporaryDirectory(prefix=f"{_NEW_FILE}.", dir=plan.store_dir, ignore_cleanup_errors=True) as name:
        scratch = Path(name)
        reports = (report for path, keys in intake.wanted() for report in read_reports(path, keys))
        merges = find_merges(sketch_articles(reports), scratch)
        with Ledger(merges, scratch / "merges.sqlite") as ledger:
            report = replace(report, merged=ledger.merged)
            _swap_in(plan, intake, ledger, report)
    return report


def _swap_in(plan: _Plan, intake: Intake, merges: Ledger, report: RunReport) -> None:
    """Build the register beside the old one and rename it over that: a reader sees one or the other, whole."""
    new = plan.store_dir / _NEW_FILE
    build_store(
        new,
        articles=(article for path, keys in intake.wanted() for article in read_articles(path, keys)),
        engagements=merge_engagements(_records(intake), merges),
        unmerged=merges.records(),
        merges=merges,
        refusals=intake.refusals(),
        labels=labels(),
        meta=_meta(report, intake, plan.rules),
    )
    keep_history(new, plan.store_dir / REGISTER_FILE)
    new.replace(plan.store_dir / REGISTER_FILE)
    kept = find_parts(plan.store_dir, plan.rules) if plan.keeps else []
    clear_parts(plan.store_dir, {*kept, *(path for path, _ in intake.wanted())})


def _meta(report: RunReport, intake: Intake, rules: str) -> dict[str, str]:
    """The run's own record, as it is kept in the register and shown by `extract info`."""
    return {
        "articles": str(report.articles),
        "records": str(report.records),
        "merged": str(report.merged),
        "refused": str(report.refused),
        "repeated": str(report.repeated),
        "same_text": str(report.same_text),
        "from_parts": str(report.known),
        "inputs": str(intake.counts["read"]),
        "dropped": json.dumps(report.dropped),
        "refused_by_reason": json.dumps(intake.refused_by_reason()),
        "rules": rules,
        "seconds": f"{report.seconds:.1f}",
        "articles_a_second": f"{report.articles / max(report.seconds, 0.001):.1f}",
        "built_at": datetime.now(UTC).isoformat(timespec="seconds"),
    }


@contextmanager
def _locked(store_dir: Path, name: str) -> Iterator[None]:
    """Hold one of the store's locks, which the system takes back if this process dies."""
    try:
        store_dir.mkdir(parents=True, exist_ok=True)
        with FileLock(store_dir / name):
            yield
    except (OSError, sqlite3.Error) as error:
        why = error.strerror if isinstance(error, OSError) else error
        raise StoreError(f"the store {store_dir} cannot be written: {why}") from error
