"""What a page asks about countries as partners: how often, of what kind, at what rank, and what came of plans.

Every question is put to the records that pass the filters, as in `queries`, so that the figures agree with every other page.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from extract.models import RANKS
from extract.queries import Filters, Register, ask_chosen

# A plan for a day may be met this many days earlier or later and still be the same one.
DAYS_OFF = 3
# The code of a rank where the record names no official of that side.
NO_RANK = "none"

_HIGHEST = (
    "(select min(list_position($ranks, o.rank)) from official o where o.engagement_no = c.engagement_no and {side})"
)
_RANK = f"coalesce($ranks[{_HIGHEST}], '{NO_RANK}')"

# What the contacts of a party can be counted by: the code, and what it takes beside `chosen c` and its `party p`.
_BREAKDOWNS: Mapping[str, tuple[str, str]] = {
    "type": ("c.type", ""),
    "status": ("c.status", ""),
    "sector": ("s.sector_code", "join sector s on s.engagement_no = c.engagement_no and (s.is_core or $context)"),
    "partner": (
        "other.party_code",
        "join party other on other.engagement_no = c.engagement_no and other.party_code <> p.party_code",
    ),
    "own_rank": (_RANK.format(side="o.party_code = p.party_code"), ""),
    "other_rank": (_RANK.format(side="o.party_code <> p.party_code"), ""),
    "month": ("case when c.date_precision <> 'year' then strftime(c.date_start, '%Y-%m') end", ""),
    "year": ("strftime(c.date_start, '%Y')", ""),
}
BREAKDOWNS: tuple[str, ...] = tuple(_BREAKDOWNS)


def read_profiles(register: Register, filters: Filters, parties: Sequence[str]) -> pd.DataFrame:
    """One row a party, in the order given, with nothing but zeros where no record has it.

    Columns `party_code`, `engagements`, `held`, `planned`, `cancelled`, `undated`, `partners`; and of the held ones with
    a date the first and the last: `first_date`, `first_end`, `first_precision`, `first_id`, and `last_` likewise.
    """
    dated = "filter (c.status = 'held' and c.date_start is not null)"

    def edge(name: str, pick: str) -> str:
        # In the order of the register records of one day differ by number, so that the pick is always the same.
        columns = {
            "date": "c.date_start",
            "end": "c.date_end",
            "precision": "c.date_precision",
            "id": "c.engagement_id",
        }
        return ", ".join(f"{pick}({sql}, c.engagement_no) {dated} as {name}_{key}" for key, sql in columns.items())

    sql = f"""
        select p.party_code, count(*) as engagements,
               count(*) filter (c.status = 'held') as held,
               count(*) filter (c.status = 'planned') as planned,
               count(*) filter (c.status = 'cancelled') as cancelled,
               count(*) filter (c.date_start is null) as undated,
               {edge("first", "arg_min")}, {edge("last", "arg_max")}
        from chosen c join party p using (engagement_no) where p.party_code in $parties group by all
    """
    found = ask_chosen(register, filters, sql, parties=list(parties)).set_index("party_code")
    partners = count_contacts(register, filters, parties, "partner").groupby("party_code")["code"].nunique()
    found["partners"] = partners.reindex(found.index, fill_value=0)
    ordered = found.reindex(list(dict.fromkeys(parties))).rename_axis("party_code").reset_index()
    counted = ["engagements", "held", "planned", "cancelled", "undated", "partners"]
    ordered[counted] = ordered[counted].fillna(0).astype(int)
    return ordered


def count_contacts(register: Register, filters: Filters, parties: Sequence[str], by: str) -> pd.DataFrame:
    """Columns `party_code`, `code`, `status`, `engagements`: the records of each party by one of BREAKDOWNS.

    By `own_rank` a record counts once, under the highest rank among the officials of the party itself, by `other_rank` among
    those of others; `NO_RANK` where there is none. By `sector` and `partner` it counts under each; by `month` and `year` under
    its first day, an undated one not at all, and by `month` none that is known by its year alone. With `status`, the rows of
    one code add up to its records.
    """
    code, joined = _BREAKDOWNS[by]
    sql = f"""
        select party_code, code, status, count(distinct engagement_no) as engagements
        from (select p.party_code, {code} as code, c.status, c.engagement_no
              from chosen c join party p on p.engagement_no = c.engagement_no {joined} where p.party_code in $parties)
        where code is not null group by all order by all
    """
    return ask_chosen(register, filters, sql, parties=list(parties), ranks=list(RANKS))


def count_shared(register: Register, filters: Filters, parties: Sequence[str]) -> int:
    """In how many records all of the parties took part."""
    sql = """
        select count(*) as engagements from
        (select engagement_no from chosen join party using (engagement_no) where party_code in $parties
         group by engagement_no having count(distinct party_code) = len($parties))
    """
    return int(ask_chosen(register, filters, sql, parties=list(parties))["engagements"].iloc[0])


def list_planned(register: Register, filters: Filters, party: str, *, limit: int) -> pd.DataFrame:
    """What was planned with a party, the latest first, and what the register knows came of it.

    Columns `engagement_id`, `date_start`, `date_end`, `date_precision`, `type`, `party_codes`, `summary`, `summary_en`,
    `came_of_it` and `followed_id`. `held` or `cancelled`: a record with all of the plan's parties says so for the same
    days (DAYS_OFF off, where the plan named a day), and `followed_id` is its id; it is looked for in the whole register,
    whatever the filters. `ahead`: the plan is later than all that the register tells of; `not_found`; `undated`.
    """
    sql = f"""
        , plan as (
            select c.* from chosen c join party p using (engagement_no)
            where p.party_code = $party and c.status = 'planned'
            order by c.date_start desc nulls last, c.engagement_no limit $limit
        ),
        told as (
            select greatest(
                (select max(date_start) from engagement where status = 'held'), (select max(published) from source)
            ) as last_day
        ),
        outcome as (
            select plan.engagement_no, arg_max(e.status, (e.status = 'held', e.engagement_no)) as status,
                   arg_max(e.engagement_id, (e.status = 'held', e.engagement_no)) as followed_id
            from plan
            join engagement e on e.date_start <= coalesce(plan.date_end, plan.date_start) + {_slack("plan")}
                and coalesce(e.date_end, e.date_start) >= plan.date_start - {_slack("plan")}
            join party own on own.engagement_no = e.engagement_no and own.party_code = $party
            where e.status in ('held', 'cancelled') and not exists (
                select 1 from party wanted where wanted.engagement_no = plan.engagement_no and wanted.party_code not in
                    (select party_code from party had where had.engagement_no = e.engagement_no)
            )
            group by plan.engagement_no
        )
        select plan.engagement_id, plan.date_start, plan.date_end, plan.date_precision, plan.type,
               (select list(party_code order by position) from party where engagement_no = plan.engagement_no) as party_codes,
               plan.summary, plan.summary_en,
               case when plan.date_start is null then 'undated' when outcome.status is not null then outcome.status
                    when plan.date_start > told.last_day then 'ahead' else 'not_found' end as came_of_it,
               outcome.followed_id
        from plan cross join told left join outcome using (engagement_no)
        order by plan.date_start desc nulls last, plan.engagement_no
    """
    return ask_chosen(register, filters, sql, party=party, limit=limit)


def _slack(plan: str) -> str:
    """The days by which what came of a plan may differ from it: none where the plan is of a month or a year."""
    return f"case when {plan}.date_precision = 'day' then {DAYS_OFF} else 0 end"
