"""One record: its fields, blanks with their reasons, and the articles with its evidence marked."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

import pandas as pd
import streamlit as st

from extract.models import Amount, Engagement, Evidence, Official, Source
from extract.queries import read_articles
from pages.shared.evidence import draw_legend, mark_article
from pages.shared.tables import show_table, write_date
from pages.shared.view import View
from pages.shared.words import Words

# What the values of a field are codes of; the values of other fields are words already.
_VALUE_KINDS = {
    "type": "type",
    "status": "status",
    "role": "role",
    "parties": "party",
    "venue_country": "party",
    "sectors": "sector",
    "sectors_context": "sector",
    "outcomes": "outcome",
    "date_precision": "precision",
    "date_basis": "basis",
}


def show_record(view: View, record: Engagement) -> None:
    """Show a record: fields beside its articles, then the list of its evidence."""
    words = view.words
    fields, reading = st.columns([2, 3], gap="large")
    with fields:
        st.header(words("record.fields"), anchor=False)
        st.html(write_fields(words, record))
    with reading:
        st.header(words("record.article"), anchor=False)
        st.html(draw_legend(words, record.evidence))
        names = {one: name_value(words, one) for one in record.evidence}
        for article in read_articles(view.register, [source.article_id for source in record.sources]):
            st.html(mark_article(words, article, record.evidence, names))
    st.header(words("record.evidence"), anchor=False)
    show_table(words, list_evidence(words, record), name="evidence")


def list_evidence(words: Words, record: Engagement) -> pd.DataFrame:
    """The evidence as a table: field, value, words, rule, place and article."""
    columns = ["field", "value", "quote", "rule", "start_char", "end_char", "article_id"]
    rows = [
        (words.field(one.field), name_value(words, one), one.quote, one.rule, one.start, one.end, one.article_id)
        for one in record.evidence
    ]
    return pd.DataFrame(rows, columns=columns)


def name_value(words: Words, evidence: Evidence) -> str:
    """The value that a piece of evidence is for, in words."""
    if kind := _VALUE_KINDS.get(evidence.field):
        return words.name(kind, evidence.value)
    return words.field("summary") if evidence.field == "summary" else evidence.value


def write_fields(words: Words, record: Engagement) -> str:
    """The fields as an HTML list of names and values, everything escaped; a blank field says why it is blank."""
    blanks = {blank.field: words.name("reason", blank.reason) for blank in record.blanks}
    if blanks.get("date_end") == blanks.get("date_start"):
        blanks.pop("date_end", None)
    shown = dict(_values(words, record))
    rows = []
    for field in dict.fromkeys((*shown, *blanks)):
        values = shown.get(field) or []
        if values:
            cells = "".join(f"<dd><bdi>{escape(value)}</bdi></dd>" for value in values)
        elif field in blanks:
            cells = f'<dd class="blank">{escape(words("record.blank", reason=blanks[field]))}</dd>'
        else:
            continue
        rows.append(f'<dt>{escape(words.field(field))}</dt><div data-field="{escape(field)}">{cells}</div>')
    return f'<dl class="fields">{"".join(rows)}</dl>'


def _values(words: Words, record: Engagement) -> Iterator[tuple[str, list[str]]]:
    """Field by field, the values in words; no value where the field is blank."""
    date = write_date(record.date_start, record.date_end, record.date_precision)
    sectors = [_sector(words, one.code, one.is_core) for one in sorted(record.sectors, key=lambda one: not one.is_core)]
    yield "summary", [record.summary] if words.is_arabic else [record.summary_en, record.summary]
    yield "parties", [words.name("party", code) for code in record.parties]
    yield "type", [words.name("type", record.type)]
    yield "status", [words.name("status", record.status)]
    yield "role", [words.name("role", record.role)]
    yield "date_start", [date] if date else []
    yield "date_words", [record.date_words] if record.date_words else []
    yield "date_precision", [words.name("precision", record.date_precision)]
    yield "date_basis", [words.name("basis", record.date_basis)]
    yield "venue_country", [words.name("party", record.venue_country)] if record.venue_country else []
    city = record.venue_city if words.is_arabic else record.venue_city_en or record.venue_city
    yield "venue_city", [city] if city else []
    yield "officials", [_official(words, one) for one in record.officials]
    yield "sectors", sectors
    yield "projects", [one.name for one in record.projects]
    yield "amounts", [_amount(words, one) for one in record.amounts]
    yield "outcomes", [f"{words.name('outcome', one.type)}: {one.quote}" for one in record.outcomes]
    yield "confidence", [f"{record.confidence:.2f}"]
    yield "sources", [_source(words, one) for one in record.sources]


def _sector(words: Words, code: str, is_core: bool) -> str:
    name = words.name("sector", code)
    return name if is_core else f"{name} ({words('record.context')})"


def _official(words: Words, official: Official) -> str:
    """Name, title or rank, and country."""
    name = official.name_canonical if words.is_arabic else f"{official.name_latin} ({official.name_canonical})"
    post = official.title if words.is_arabic and official.title else words.name("rank", official.rank)
    country = words.name("party", official.country) if official.country else None
    return words.comma.join(part for part in (name, post, official.institution, country) if part)


def _amount(words: Words, amount: Amount) -> str:
    growth = None if amount.growth is None else words("record.growth", percent=f"{amount.growth:g}")
    measures = words.name("measure", amount.measures) if amount.measures else None
    parts = (words.amount(amount.value, amount.unit), measures, growth)
    return words.comma.join(part for part in parts if part)


def _source(words: Words, source: Source) -> str:
    published = source.published.isoformat() if source.published else None
    return words.comma.join(
        part for part in (source.title or source.article_id, source.outlet, published, source.url) if part
    )
