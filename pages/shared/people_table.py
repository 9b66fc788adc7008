"""People as rows of a table, their codes in words."""

from __future__ import annotations

import pandas as pd

from pages.shared.tables import write_span
from pages.shared.words import Words, write_literal


def name_people(words: Words, people: pd.DataFrame) -> pd.DataFrame:
    """Rows of `list_people` with the rank in words, the party's code for the table to name, and dates as text."""
    ready = people.copy()
    ready["rank"] = [words.name("rank", code) for code in people["rank"]]
    for column, until in (("date_first", "first_until"), ("date_last", "last_until")):
        ready[column] = list(map(write_span, people[column], people[until]))
    return ready


def name_asked(words: Words, code: str) -> str:
    """The name of a party that the address asks for; what is no code is shown as it stands there."""
    name = words.name("party", code)
    return write_literal(code) if name == code else name
