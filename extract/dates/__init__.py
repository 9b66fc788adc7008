"""Dates of an article: the day it was written, and every date that its text names.

`find_publication_date` says which day can be trusted, `find_dates` resolves the text's words against it, `as_future`
and `as_past` read a bare weekday or day again where a verb says that it is still to come, or over; `find_durations`
gives how long a visit lasts.
"""

from __future__ import annotations

from extract.dates.durations import Duration, find_durations
from extract.dates.find import as_future, as_past, find_dates
from extract.dates.model import DateMention, Publication, ReferenceYear
from extract.dates.publication import find_publication_date

__all__ = [
    "DateMention",
    "Duration",
    "Publication",
    "ReferenceYear",
    "as_future",
    "as_past",
    "find_dates",
    "find_durations",
    "find_publication_date",
]
