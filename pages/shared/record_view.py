"""One record: its fields, blanks with their reasons, and the articles with its evidence marked."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

import pandas as pd
import streamlit as st

from extract.models import Amount, Disagreement, Engagement, Evidence, Official, Source
from extract.provenance import find_place
from extract.queries import read_articles
from pages.shared.citation import write_citation
from pages.shared.evidence import Items, draw_legend, link_fields, link_items, mark_article, number_items
from pages.shared.records_table import record_address
from pages.shared.tables import show_table
from pages.shared.view import View, page_path
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
    """Show a record: its place in the list, fields beside its articles, citations, then the list of its evidence."""
    words = view.words
    _show_place(view, record)
    items = number_items(record.evidence)
    with st.container(key="record"):
        st.html(f"<style>{link_items(items.values())}\n{link_fields(record.evidence)}</style>")
        _show_fields_and_articles(view, record, items)
    if record.disagreements:
        st.header(words("record.differences"), anchor=False)
        show_table(words, list_differences(words, record), name="differences")
    st.header(words("record.cite"), anchor=False)
    with st.container(key="citation"):
        for source in record.sources:
            st.code(write_citation(view, record, source), language=None, wrap_lines=True)
    st.header(words("record.evidence"), anchor=False)
    show_table(words, list_evidence(words, record), name="evidence")


def _show_place(view: View, record: Engagement) -> None:
    """Which of the chosen records this is, and the ways to the one before and the one after."""
    words = view.words
    place = find_place(view.register, view.filters, record.engagement_id)
    if place is None:
        return
    with st.container(horizontal=True, key="place"):
        for key, engagement_id in (("previous", place.previous_id), ("next", place.next_id)):
            if engagement_id:
                label = words(f"record.{key}")
                st.page_link(page_path("records"), label=label, query_params=record_address(view, engagement_id))
    if place.number is None:
        st.caption(words("record.outside", total=place.total))
    else:
        st.caption(words("record.place", number=place.number, total=place.total))


def _show_fields_and_articles(view: View, record: Engagement, items: Items) -> None:
    words = view.words
    fields, reading = st.columns([2, 3], gap="large")
    with fields:
        st.header(words("record.fields"), anchor=False)
        st.html(write_fields(words, record, items))
    with reading:
        st.header(words("record.article"), anchor=False)
        st.html(draw_legend(words, record.evidence))
        st.caption(words("record.hint"))
        names = {one: name_value(words, one) for one in record.evidence}
        articles = {one.article_id: one for one in read_articles(view.register, [s.article_id for s in record.sources])}
        labels = [f"{at}. {source.outlet or source.article_id}" for at, source in enumerate(record.sources, start=1)]
        several = len(labels) > 1
        for source, place in zip(record.sources, st.tabs(labels) if several else [st.container()], strict=True):
            with place:
                if article := articles.get(source.article_id):
                    st.html(mark_article(words, article, record.evidence, names, items))
                else:
                    st.caption(words("record.no_text"))


def list_evidence(words: Words, record: Engagement) -> pd.DataFrame:
    """The evidence as a table: field, value, words, rule, place and article."""
    columns = ["field", "value", "quote", "rule", "start_char", "end_char", "article_id"]
    rows = [
        (words.field(one.field), name_value(words, one), one.quote, one.rule, one.start, one.end, one.article_id)
        for one in record.evidence
    ]
    return pd.DataFrame(rows, columns=columns)


def list_differences(words: Words, record: Engagement) -> pd.DataFrame:
    """What the sources of a record say differently, as a table: field, value, article."""
    rows = [(words.field(one.field), name_difference(words, one), one.article_id) for one in record.disagreements]
    return pd.DataFrame(rows, columns=["field", "value", "article_id"])


def name_difference(words: Words, one: Disagreement) -> str:
    """What one article says of a field, in words."""
    match one.field:
        case "parties":
            return words.names("party", one.value.split())
        case "officials.rank":
            name, rank = one.value.rsplit(": ", 1)
            return f"{name}: {words.name('rank', rank)}"
        case "amounts":
            measures, amount = one.value.rsplit(": ", 1)
            value, unit = amount.split(" ", 1)
            return f"{words.name('measure', measures)}: {words.amount(float(value), unit)}"
        case _:
            return _name(words, one.field, one.value)


def name_value(words: Words, evidence: Evidence) -> str:
    """The value that a piece of evidence is for, in words."""
    return words.field("summary") if evidence.field == "summary" else _name(words, evidence.field, evidence.value)


def _name(words: Words, field: str, value: str) -> str:
    kind = _VALUE_KINDS.get(field)
    return words.name(kind, value) if kind else value


def write_fields(words: Words, record: Engagement, items: Items) -> str:
    """The fields as an HTML list of names and values, everything escaped; a blank field says why it is blank."""
    blanks = {blank.field: words.name("reason", blank.reason) for blank in record.blanks}
    if blanks.get("date_end") == blanks.get("date_start"):
        blanks.pop("date_end", None)
    shown = dict(_values(words, record))
    shares = dict(record.field_confidence)
    rows = []
    for field in dict.fromkeys((*shown, *blanks)):
        values = shown.get(field) or []
        if values:
            keys = _evidence_keys(record, field)
            own = keys if len(keys) == len(values) else [sum(keys, ())] * len(values)
            cells = "".join(_cell(value, key, items) for value, key in zip(values, own, strict=True))
        elif field in blanks:
            cells = f'<dd class="blank">{escape(words("record.blank", reason=blanks[field]))}</dd>'
        else:
            continue
        share = shares.get(field)
        said = "" if share is None else words("record.field_confidence", percent=words.percent(share))
        name = f"{escape(words.field(field))}{f'<small>{escape(said)}</small>' if said else ''}"
        rows.append(f'<div data-field="{escape(field)}"><dt>{name}</dt>{cells}</div>')
    return f'<dl class="fields">{"".join(rows)}</dl>'


def _cell(value: str, keys: tuple[tuple[str, str], ...], items: Items) -> str:
    """A value; where words of the article belong to it, it can be pointed at and reached with the keyboard."""
    numbers = sorted({items[key] for key in keys if key in items})
    linked = f' data-items="{" ".join(map(str, numbers))}" tabindex="0"' if numbers else ""
    return f"<dd{linked}><bdi>{escape(value)}</bdi></dd>"


def _evidence_keys(record: Engagement, field: str) -> list[tuple[tuple[str, str], ...]]:
    """For each value of a field, the fields and values of its evidence; the keys of all where values have none of their own."""
    match field:
        case "parties":
            return [((field, code),) for code in record.parties]
        case "officials":
            parts = ("officials", "officials.title", "officials.country", "officials.rank", "officials.institution")
            return [tuple((part, one.name) for part in parts) for one in record.officials]
        case "sectors":
            ordered = sorted(record.sectors, key=lambda one: not one.is_core)
            return [(("sectors", one.code), ("sectors_context", one.code)) for one in ordered]
        case "projects":
            return [((field, one.name),) for one in record.projects]
        case _:
            return [tuple((one.field, one.value) for one in record.evidence if one.field == field)]


def _values(words: Words, record: Engagement) -> Iterator[tuple[str, list[str]]]:
    """Field by field, the values in words; no value where the field is blank."""
    date = words.date(record.date_start, record.date_end, record.date_precision)
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
    yield "confidence", [words.percent(record.confidence)]
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
    growth = None if amount.growth is None else words("record.growth", percent=words.number(amount.growth))
    measures = words.name("measure", amount.measures) if amount.measures else None
    parts = (words.amount(amount.value, amount.unit), measures, growth)
    return words.comma.join(part for part in parts if part)


def _source(words: Words, source: Source) -> str:
    published = words.date(source.published)
    return words.comma.join(
        part for part in (source.title or source.article_id, source.outlet, published, source.url) if part
    )
