"""All that a page may ask of the register: `Filters` in, DataFrames out. No page writes SQL.

Every question is put to the same mask of records, so that the figures of a map, a chart, a table and a download agree.
Columns carry codes; `read_labels` gives the names of the codes. A frame may be shared by sessions: copy before changing.
"""

from extract.queries.changes import Changes, count_changes, list_gone, list_runs
from extract.queries.counts import (
    Figures,
    count_choices,
    count_months,
    count_pairs,
    count_parties,
    count_sector_parties,
    count_sectors,
    count_stages,
    describe_parties,
    read_figures,
)
from extract.queries.filters import CHOICES, FILTERS, Filter, Filters
from extract.queries.kept import keep_answers
from extract.queries.records import find_record, list_amounts, list_projects, list_records, read_articles
from extract.queries.register import Register, open_register, read_labels, read_version
from extract.queries.selection import choose_records, list_numbers

__all__ = [
    "CHOICES",
    "FILTERS",
    "Changes",
    "Figures",
    "Filter",
    "Filters",
    "Register",
    "choose_records",
    "count_changes",
    "count_choices",
    "count_months",
    "count_pairs",
    "count_parties",
    "count_sector_parties",
    "count_sectors",
    "count_stages",
    "describe_parties",
    "find_record",
    "keep_answers",
    "list_amounts",
    "list_gone",
    "list_numbers",
    "list_projects",
    "list_records",
    "list_runs",
    "open_register",
    "read_articles",
    "read_figures",
    "read_labels",
    "read_version",
]
