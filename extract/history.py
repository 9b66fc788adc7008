"""What changed from register to register: when each record came, when it last changed, and which are gone.

A register is built anew by every run; this carries the history of the old one over to the new one by the records' ids,
inside DuckDB and within its bound of memory. Records of one run share that run's time, so that whoever did the work, the
history is the same.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from extract.errors import StoreError
from extract.rows import LISTS, PLAIN_FIELDS
from extract.store import OFFLINE, SCHEMA_VERSION

_MEMORY = "400MB"
_THREADS = 2
# Runs whose gone records are still named: rules that change may drop many, run after run.
_RUNS_OF_GONE = 20
# A change of these is one of how the record was read, not of what it says.
_NOT_CONTENT = {"engagement_id", "confidence", "evidence", "blank", "field_confidence", "disagreement"}
_TOLD = "engagement_id, type, status, date_start, date_end, date_precision, summary, summary_en"


def keep_history(new: Path, old: Path) -> None:
    """Fill the tables `history`, `run` and `gone` of the register `new`, with `old` as the one before it, if it is there.

    Where `old` was written by another version, its records keep the time at which they came, and none counts as changed.
    Raises StoreError where `new` cannot be written.
    """
    with TemporaryDirectory(prefix=f"{new.name}.", dir=new.parent, ignore_cleanup_errors=True) as folder:
        limits: dict[str, str | bool | int | float | list[str]] = {
            "memory_limit": _MEMORY,
            "threads": _THREADS,
            "temp_directory": folder,
        }
        try:
            with duckdb.connect(new, config=OFFLINE | limits) as connection:
                _fill(connection, is_compared=_attach(connection, old))
        except duckdb.Error as error:
            raise StoreError(f"the history of the register cannot be written to {new}: {error}") from error


def _attach(connection: duckdb.DuckDBPyConnection, old: Path) -> bool | None:
    """Lay down what is known of the old records as `before`; None where there are none, False where another version's."""
    connection.execute("""
        create temp table before
        (engagement_id varchar, first_seen timestamp, changed_at timestamp, content uhugeint)
    """)
    if not old.is_file():
        return None
    quoted = str(old).replace("'", "''")
    try:
        connection.execute(f"attach '{quoted}' as old (read_only)")
        meta = dict(connection.execute("from old.meta").fetchall())
    except duckdb.Error:
        return None  # no register: the run that builds a new one is what mends it
    if meta.get("schema_version") == SCHEMA_VERSION:
        connection.execute(f"""
            insert into before select e.engagement_id, h.first_seen, h.changed_at, content
            from ({_contents("old.main")}) e left join old.history h using (engagement_no)
        """)
        return True
    built = _time_of(meta.get("built_at"))
    connection.execute(
        "insert into before select engagement_id, $built, null, null from old.engagement", {"built": built}
    )
    return False


def _fill(connection: duckdb.DuckDBPyConnection, *, is_compared: bool | None) -> None:
    (built,) = connection.execute("select max(value) from meta where key = 'built_at'").fetchone() or (None,)
    now = _time_of(built) or datetime.now(UTC).replace(tzinfo=None, microsecond=0)
    if is_compared:
        (last,) = connection.execute("select max(built_at) from old.run").fetchone() or (None,)
        # Runs are told apart by their time: one that comes within a second of another is a second later.
        now = max(now, last + timedelta(seconds=1)) if last else now
    connection.execute(
        f"""
        insert into history
        select e.engagement_no, coalesce(b.first_seen, $now),
               case when b.content <> e.content then $now else b.changed_at end
        from ({_contents("main")}) e left join before b using (engagement_id) order by e.engagement_no
        """,
        {"now": now},
    )
    if is_compared:
        _keep_gone(connection, now)
    connection.execute(
        """
        insert into run
        select $now, count(*), count(*) filter (first_seen = $now), count(*) filter (changed_at = $now),
               (select count(*) from gone where gone_at = $now)
        from history
        """,
        {"now": now},
    )


def _keep_gone(connection: duckdb.DuckDBPyConnection, now: datetime) -> None:
    parties = "select list(party_code order by position) from old.party p where p.engagement_no = e.engagement_no"
    connection.execute("insert into run from old.run order by built_at")
    connection.execute(
        f"""
        insert into gone
        select $now as gone_at, {_TOLD}, ({parties}) from old.engagement e
        where not exists (from engagement n where n.engagement_id = e.engagement_id)
        union all
        from old.gone g where not exists (from engagement n where n.engagement_id = g.engagement_id)
          and gone_at >= (select min(built_at) from (from run order by built_at desc limit {_RUNS_OF_GONE}))
        order by gone_at, engagement_id
        """,
        {"now": now},
    )


def _contents(schema: str) -> str:
    """A question for `engagement_no`, `engagement_id` and `content`, a number that differs where the record says other things."""
    plain = ", ".join(name for name in PLAIN_FIELDS if name not in _NOT_CONTENT)
    lists = " union all ".join(
        # Hashed twice: DuckDB's hash of several values is such that those of two parties in another order sum up to the same.
        f"select engagement_no, hash(hash('{part.table}', position, {', '.join(part.columns)})) as facts"
        f" from {schema}.{part.table}"
        for part in LISTS
        if part.table not in _NOT_CONTENT
    )
    return f"""
        select e.engagement_no, e.engagement_id, hash({plain})::uhugeint + coalesce(facts, 0) as content
        from {schema}.engagement e
        left join (select engagement_no, bit_xor(facts) as facts from ({lists}) group by engagement_no)
        using (engagement_no)
    """


def _time_of(text: str | None) -> datetime | None:
    """A time as `built_at` has it, in UTC, without its zone as the register keeps times."""
    return datetime.fromisoformat(text).astimezone(UTC).replace(tzinfo=None) if text else None
