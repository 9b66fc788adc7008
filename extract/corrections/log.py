"""The log of corrections: one SQLite file beside the register, to which lines are added and in which none is changed.

Writers wait for one another (write-ahead log, a limit on the wait), and what `append` has returned is on the disk.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

from extract.corrections.anchors import Ground, open_ground
from extract.corrections.exchange import check_correction, read_correction, write_correction
from extract.corrections.model import ADDED, Correction, CorrectionError, Stale
from extract.errors import StoreError
from extract.models import Engagement

CORRECTIONS_FILE = "corrections.sqlite"
_VERSION = 1
_WAIT = 20.0  # seconds that a writer waits for others before it gives up
_SCHEMA = f"""
begin immediate;
create table if not exists correction (
    number integer primary key autoincrement, correction_id text not null unique, line text not null
);
create table if not exists concerns (engagement_id text not null, number integer not null references correction);
create index if not exists concerns_by_record on concerns (engagement_id, number);
create trigger if not exists no_update before update on correction begin select raise(abort, 'append-only'); end;
create trigger if not exists no_delete before delete on correction begin select raise(abort, 'append-only'); end;
pragma user_version = {_VERSION};
commit;
"""


class CorrectionLog:
    """The corrections of one store; any thread or process may have its own."""

    def __init__(self, store_dir: Path) -> None:
        """Nothing is opened yet, and the file is made by the first correction alone."""
        self._store_dir = store_dir
        self._path = store_dir / CORRECTIONS_FILE

    def append(self, corrections: Sequence[Correction], *, seen: int | None) -> int:
        """Write corrections, all or none, and return the number of the last; what is there already is not written again.

        `seen` is the version of the log that the page showed: Stale is raised where a correction after it is about one of
        the same records. None writes whatever others did, as an import does. Raises CorrectionError where one
        is against the codebook or quotes words that are not there, StoreError where the file cannot be written.
        """
        named = [_named(one) for one in corrections]
        for one in named:
            check_correction(one)
        anchored = list(self._anchored(named))
        with self._connected() as log:
            log.execute("begin immediate")
            try:
                number = self._write(log, anchored, seen)
            except BaseException:
                log.execute("rollback")
                raise
            log.execute("commit")
        return number

    def read(self, since: int = 0) -> list[Correction]:
        """The corrections after a version, in the order in which they were written."""
        return self._read("select line, number from correction where number > ? order by number", (since,))

    def history(self, *engagement_ids: str) -> list[Correction]:
        """The corrections of one record, under any of its ids, in order; those that undo them are among them."""
        marks = ", ".join("?" * len(engagement_ids))
        concerning = f"correction join concerns using (number) where engagement_id in ({marks})"
        return self._read(f"select distinct line, number from {concerning} order by number", engagement_ids)

    def version(self) -> int:
        """The number of the last correction; 0 where there is none."""
        if not self._path.exists():
            return 0
        with self._connected() as log:
            found: tuple[int] = log.execute("select coalesce(max(number), 0) from correction").fetchone()
        return found[0]

    def _read(self, sql: str, values: tuple[object, ...]) -> list[Correction]:
        if not self._path.exists():
            return []
        with self._connected() as log:
            return [read_correction(line, number) for line, number in log.execute(sql, values)]

    @contextmanager
    def _connected(self) -> Iterator[sqlite3.Connection]:
        try:
            with closing(sqlite3.connect(self._path, timeout=_WAIT, isolation_level=None)) as log:
                (version,) = log.execute("pragma user_version").fetchone()
                if version not in (0, _VERSION):
                    raise StoreError(f"{self._path} was written by another version")
                log.execute("pragma synchronous = full")
                if version == 0:
                    log.execute("pragma journal_mode = wal")
                    log.executescript(_SCHEMA)
                yield log
        except sqlite3.Error as error:
            raise StoreError(f"the corrections in {self._path} cannot be read or written: {error}") from error

    def _anchored(self, corrections: Sequence[Correction]) -> Iterator[Correction]:
        """The corrections, each with what finds its record again; one that brings its anchor keeps it."""
        if all(one.anchor for one in corrections):
            yield from corrections
            return
        with open_ground(self._store_dir) as ground:
            ground.prepare(corrections)
            for one in corrections:
                yield one if one.anchor else _anchor(ground, one)

    @staticmethod
    def _write(log: sqlite3.Connection, corrections: Sequence[Correction], seen: int | None) -> int:
        concerned = tuple(dict.fromkeys(record for one in corrections for record in one.records))
        if seen is not None:
            marks = ", ".join("?" * len(concerned))
            concerning = f"correction join concerns using (number) where number > ? and engagement_id in ({marks})"
            sql = f"select distinct number, line from {concerning} order by number"
            newer = tuple(read_correction(line, number) for number, line in log.execute(sql, (seen, *concerned)))
            if newer:
                raise Stale(newer)
        for one in corrections:
            if one.action == "undo" and not _is_there(log, one.new):
                raise CorrectionError("there is no such correction to undo")
            written = log.execute(
                "insert or ignore into correction (correction_id, line) values (?, ?)",
                (one.correction_id, write_correction(one)),
            )
            if written.rowcount:
                number = written.lastrowid
                log.executemany("insert into concerns values (?, ?)", [(name, number) for name in one.records])
        found: tuple[int] = log.execute("select coalesce(max(number), 0) from correction").fetchone()
        return found[0]


def _named(correction: Correction) -> Correction:
    """A record that is added is called after its correction, where it has no name."""
    if correction.action != "add" or correction.engagement_id or not isinstance(correction.new, Engagement):
        return correction
    name = f"{ADDED}{correction.correction_id[:16]}"
    return replace(correction, engagement_id=name, new=replace(correction.new, engagement_id=name))


def _is_there(log: sqlite3.Connection, correction_id: str) -> bool:
    return log.execute("select 1 from correction where correction_id = ?", (correction_id,)).fetchone() is not None


def _anchor(ground: Ground, correction: Correction) -> Correction:
    ground.check(correction.evidence)
    return replace(correction, anchor=ground.anchor(correction))
