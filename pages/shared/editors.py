"""The inputs for each field of a record: what an analyst sets, as the values that the record would then have.

An editor draws its inputs with what the record says now and gives the fields that it is about, each with its new value,
whether changed or not. It runs inside a form: nothing is heard of before the form is sent, and what is missing raises
EntryError on every run, to be shown when the form was sent. A list is edited an item at a time.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

import streamlit as st

from extract.models import PRECISIONS, Amount, Engagement, Official, Outcome, Project, Sector, Source
from pages.shared.days import read_day
from pages.shared.words import Words

Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Form:
    """What an editor draws with: the words, the record as it is shown now, and the key that its widgets share.

    `item` is the place of the list's item in hand, or None for a new one.
    """

    words: Words
    record: Engagement
    key: str
    item: int | None = None

    def label(self, field: str) -> str:
        """The name of an input: that of the field, or of the part of a list's item."""
        return self.words(f"entry.{field.replace('.', '_')}") if "." in field else self.words.field(field)

    def code(self, field: str, kind: str, value: str | None, *, is_optional: bool = False) -> str | None:
        """A list of the codes of a kind; None is "not known" where that is allowed."""
        codes = self._codes(kind, value)
        options: list[str | None] = [None, *codes] if is_optional else [*codes]
        return st.selectbox(
            self.label(field),
            options,
            options.index(value),
            format_func=lambda code: self.words.name(kind, code) if code else self.words("correct.not_known"),
            key=f"{self.key}-{field}",
            filter_mode="contains",
        )

    def codes(self, field: str, kind: str, values: Sequence[str]) -> tuple[str, ...]:
        """A list of codes of a kind, in the order of choice."""
        chosen = st.multiselect(
            self.label(field),
            self._codes(kind, *values),
            list(values),
            format_func=lambda code: self.words.name(kind, code),
            key=f"{self.key}-{field}",
            placeholder=self.words("correct.choose"),
            filter_mode="contains",
            select_all=False,
        )
        return tuple(chosen)

    def text(self, field: str, value: str | None, *, is_long: bool = False) -> str | None:
        """A text on one line, or a long one; None where nothing stands in it."""
        draw = st.text_area if is_long else st.text_input
        longest = max(_LONGEST[is_long], len(value or ""))
        written: str = draw(self.label(field), value or "", key=f"{self.key}-{field}", max_chars=longest)
        return value if written == (value or "") else " ".join(written.split()) or None

    def number(self, field: str, value: float | None) -> float | None:
        """A number, or None."""
        drawn: float | None = st.number_input(self.label(field), value=value, key=f"{self.key}-{field}")
        return drawn

    def day(self, field: str, value: date | None) -> str:
        """A day as it is written."""
        shown = value.isoformat() if value else ""
        hint = self.words.digits(self.words("day.hint"))
        written: str = st.text_input(self.label(field), shown, key=f"{self.key}-{field}", placeholder=hint)
        return written

    def _codes(self, kind: str, *values: str | None) -> list[str]:
        """The codebook's codes of a kind; one that the record has and the codebook does not know stays choosable."""
        known = self.words.codes(kind)
        return [*known, *(value for value in values if value and value not in known)]


_LONGEST = {False: 300, True: 4_000}


class EntryError(Exception):
    """What was entered cannot be a value; the message is the key of a word for the person at the form."""


def _edit_code(field: str, kind: str) -> Callable[[Form], Values]:
    return lambda form: {field: form.code(field, kind, getattr(form.record, field))}


def _edit_parties(form: Form) -> Values:
    parties = form.codes("parties", "party", form.record.parties)
    return {"parties": parties}


def _edit_date(form: Form) -> Values:
    record = form.record
    precision = form.code("date_precision", "precision", record.date_precision) or "unknown"
    first, last = st.columns(2)
    with first:
        start = form.day("date.start", record.date_start)
    with last:
        end = form.day("date.end", record.date_end)
    st.caption(form.words("correct.date_help"))
    return write_period(record, precision, _read_day(start), _read_day(end))


def _read_day(written: str) -> date | None:
    """The day that was written; raises EntryError where it is none."""
    try:
        return read_day(written)
    except ValueError:
        raise EntryError("correct.bad_day") from None


def write_period(record: Engagement, precision: str, start: date | None, end: date | None) -> Values:
    """The fields of a date: whole months or years where it is no more precise; none where it is unknown.

    Raises EntryError where a date lacks its day, or ends before it begins.
    """
    if precision not in PRECISIONS:
        raise EntryError("correct.no_precision")
    if precision == "unknown":
        nothing = {"date_start": None, "date_end": None, "date_words": None}
        return {**nothing, "date_precision": "unknown", "date_basis": "none"}
    if start is None:
        raise EntryError("correct.no_day")
    # Where only the first day was moved past the last, or the last was never set, the date is that one day.
    last = start if end is None or (end == record.date_end and end < start) else end
    if last < start:
        raise EntryError("correct.reversed")
    if precision != "day":
        start = start.replace(day=1, month=1 if precision == "year" else start.month)
        month = 12 if precision == "year" else last.month
        last = last.replace(day=monthrange(last.year, month)[1], month=month)
    basis = "explicit" if record.date_basis == "none" else record.date_basis
    return {"date_start": start, "date_end": last, "date_precision": precision, "date_basis": basis}


def _edit_venue(form: Form) -> Values:
    record = form.record
    return {
        "venue_country": form.code("venue_country", "party", record.venue_country, is_optional=True),
        "venue_city": form.text("venue_city", record.venue_city),
        "venue_city_en": form.text("venue_city_en", record.venue_city_en),
    }


def _edit_sectors(form: Form) -> Values:
    core = form.codes("sectors", "sector", [one.code for one in form.record.sectors if one.is_core])
    context = form.codes("sectors_context", "sector", [one.code for one in form.record.sectors if not one.is_core])
    around = [Sector(code, is_core=False) for code in context if code not in core]
    return {"sectors": (*(Sector(code, is_core=True) for code in core), *around)}


def _edit_summary(form: Form) -> Values:
    summary = form.text("summary", form.record.summary, is_long=True)
    summary_en = form.text("summary_en", form.record.summary_en, is_long=True)
    return {"summary": summary or "", "summary_en": summary_en or ""}


def _edit_official(form: Form, old: Official | None) -> Official | None:
    left, right = st.columns(2)
    with left:
        name = form.text("officials.name", old.name if old else None)
        canonical = form.text("officials.name_canonical", old.name_canonical if old else None)
        latin = form.text("officials.name_latin", old.name_latin if old else None)
        title = form.text("officials.title", old.title if old else None)
    with right:
        rank = form.code("officials.rank", "rank", old.rank if old else "official")
        country = form.code("officials.country", "party", old.country if old else None, is_optional=True)
        institution = form.text("officials.institution", old.institution if old else None)
    if not name:
        return None
    # A name that is mended under an unchanged "known as" is mended there too, where the two were one.
    if not canonical or (old and old.name == old.name_canonical == canonical):
        canonical = name
    return Official(name, canonical, latin or name, title, rank or "official", country, institution)


def _edit_project(form: Form, old: Project | None) -> Project | None:
    name = form.text("projects.name", old.name if old else None)
    sector = form.code("projects.sector", "sector", old.sector_code if old else None, is_optional=True)
    country = form.code("projects.country", "party", old.country_code if old else None, is_optional=True)
    return Project(name, sector, country) if name else None


def _edit_amount(form: Form, old: Amount | None) -> Amount | None:
    left, right = st.columns(2)
    with left:
        value = form.number("amounts.value", old.value if old else None)
        growth = form.number("amounts.growth", old.growth if old else None)
    with right:
        unit = form.text("amounts.unit", old.unit if old else None)
        measures = form.code("amounts.measures", "measure", old.measures if old else None, is_optional=True)
    return Amount(value, unit, measures, growth) if value is not None and unit else None


def _edit_outcome(form: Form, old: Outcome | None) -> Outcome | None:
    kind = form.code("outcomes.type", "outcome", old.type if old else "agreement")
    quote = form.text("outcomes.quote", old.quote if old else None, is_long=True)
    return Outcome(kind, quote) if kind and quote else None


_ITEMS: Mapping[str, Callable[[Form, Any], Any]] = {
    "officials": _edit_official,
    "projects": _edit_project,
    "amounts": _edit_amount,
    "outcomes": _edit_outcome,
}


def _edit_source(form: Form) -> Values:
    """What is known of one article, in its place among the record's sources."""
    sources = form.record.sources
    at = form.item or 0
    old = sources[at]
    title = form.text("sources.title", old.title, is_long=True)
    outlet = form.text("sources.outlet", old.outlet)
    url = form.text("sources.url", old.url, is_long=True)
    published = form.day("sources.published", old.published)
    st.caption(form.words("correct.source_help"))
    if url and not url.startswith(("http://", "https://")):
        raise EntryError("correct.no_address")
    new = Source(old.article_id, title or "", outlet, url, _read_day(published))
    return {"sources": (*sources[:at], new, *sources[at + 1 :])}


def _edit_items(field: str) -> Callable[[Form], Values]:
    def edit(form: Form) -> Values:
        items = list(getattr(form.record, field))
        old = items[form.item] if form.item is not None else None
        new = _ITEMS[field](form, old)
        is_removed = old is not None and st.checkbox(form.words("correct.remove"), key=f"{form.key}-remove")
        if is_removed and form.item is not None:
            return {field: (*items[: form.item], *items[form.item + 1 :])}
        if new is None:
            raise EntryError("correct.incomplete")
        at = len(items) if form.item is None else form.item
        return {field: (*items[:at], new, *items[at + 1 :])}

    return edit


# In the order of the form's list; several fields that make one fact are corrected as one.
EDITORS: Mapping[str, Callable[[Form], Values]] = {
    "date_start": _edit_date,
    "type": _edit_code("type", "type"),
    "status": _edit_code("status", "status"),
    "role": _edit_code("role", "role"),
    "parties": _edit_parties,
    "officials": _edit_items("officials"),
    "venue_country": _edit_venue,
    "sectors": _edit_sectors,
    "projects": _edit_items("projects"),
    "amounts": _edit_items("amounts"),
    "outcomes": _edit_items("outcomes"),
    "summary": _edit_summary,
    "sources": _edit_source,
}
# The fields that are corrected an item at a time; sources are those of the articles, none is added here.
ITEM_FIELDS = (*_ITEMS, "sources")
CLOSED_FIELDS = ("sources",)


def find_changes(record: Engagement, values: Values) -> Values:
    """Those of the values that the record does not have already."""
    known = {field.name for field in fields(Engagement)}
    return {field: value for field, value in values.items() if field in known and getattr(record, field) != value}
