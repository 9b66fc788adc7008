"""What changed between the runs that built a store's registers: new, changed and gone records."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np
import pandas as pd

from extract.queries.filters import Filters
from extract.queries.kept import keep_answers
from extract.queries.register import Register
from extract.queries.selection import choose_records


@dataclass(frozen=True, slots=True)
class Changes:
    """Since `since`: records under the filters that came, and that were there and changed; and all that went.

    Those that went are in no register any more, so that the filters cannot tell which of them they would show.
    """

    since: datetime
    new: int
    changed: int
    gone: int


@keep_answers
def list_runs(register: Register) -> tuple[datetime, ...]:
    """When the registers of this store were built, in UTC, the latest first."""
    runs = register.ask("select built_at from run order by built_at desc")
    return tuple(run.to_pydatetime() for run in runs["built_at"])


@keep_answers
def count_changes(register: Register, filters: Filters, since: datetime) -> Changes:
    """What changed after `since` (in UTC), whatever time the filters ask for; a record that came and changed is new."""
    history = register.facets.history
    after = history.after(since)
    chosen = choose_records(register, replace(filters, changed_since=None))
    is_new = history.came >= after
    is_changed = ~is_new & (history.touched >= after)
    if chosen is not None:
        is_new, is_changed = is_new & chosen, is_changed & chosen
    gone = register.ask("select count(*) as gone from gone where gone_at > $since", {"since": since})
    return Changes(since, int(np.count_nonzero(is_new)), int(np.count_nonzero(is_changed)), int(gone["gone"].iloc[0]))


def list_gone(register: Register, since: datetime, *, limit: int | None = None) -> pd.DataFrame:
    """The records that went after `since`, the latest first.

    Columns `gone_at`, `engagement_id`, `date_start`, `date_end`, `date_precision`, `type`, `status`, `party_codes`,
    `summary`, `summary_en`.
    """
    sql = """
        select gone_at, engagement_id, date_start, date_end, date_precision, type, status, party_codes, summary, summary_en
        from gone where gone_at > $since
        order by gone_at desc, date_start desc nulls last, engagement_id limit $limit
    """
    return register.ask(sql, {"since": since, "limit": limit})
