"""One record: its fields, blanks with their reasons, and the articles with its evidence marked."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import fields
from html import escape

import pandas as pd
import streamlit as st

from extract.models import Article, Disagreement, Engagement, Evidence
from extract.provenance import find_place
from extract.queries import read_articles
from pages.shared.citation import write_citation
from pages.shared.desk import Opened, opened_form
from pages.shared.desk_view import show_correction, show_desk
from pages.shared.evidence import Items, draw_legend, link_fields, link_items, mark_article, number_items
from pages.shared.field_values import list_values
from pages.shared.history import show_history
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


def show_record(view: View, shown: Opened) -> None:
    """Show a record: its place, what is decided on it, fields beside its articles, citations, evidence and history."""
    words, record = view.words, shown.record
    _show_place(view, record)
    show_desk(view, shown)
    show_fields_and_articles(view, record)
    if record.disagreements:
        st.header(words("record.differences"), anchor=False)
        _show_rows(words, list_differences(words, record), name="differences")
    show_history(view, shown)
    st.header(words("record.cite"), anchor=False)
    with st.container(key="citation"):
        for source in record.sources:
            st.code(write_citation(view, record, source), language=None, wrap_lines=True)
    st.header(words("record.evidence"), anchor=False)
    _show_rows(words, list_evidence(words, record), name="evidence")


def _show_rows(words: Words, rows: pd.DataFrame, *, name: str) -> None:
    show_table(words, rows, name=name, columns=list(rows.columns.drop("article_id")))


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


def show_fields_and_articles(view: View, record: Engagement) -> None:
    """The fields of a record, or the form that corrects them, beside its articles with the evidence marked."""
    words, items = view.words, number_items(record.evidence)
    articles = read_articles(view.register, [source.article_id for source in record.sources])
    opened = opened_form(record.engagement_id)
    with st.container(key="record"):
        st.html(f"<style>{link_items(items.values())}\n{link_fields(record.evidence)}</style>")
        left, reading = st.columns([2, 3], gap="large")
        with left:
            if opened:
                st.header(words("desk.open"), anchor=False)
                show_correction(view, opened, record, articles)
            else:
                st.header(words("record.fields"), anchor=False)
                st.html(write_fields(words, record, items, list_corrected(view, record)))
        with reading:
            _show_articles(words, record, {one.article_id: one for one in articles}, items)


def _show_articles(words: Words, record: Engagement, articles: Mapping[str, Article], items: Items) -> None:
    st.header(words("record.article"), anchor=False)
    st.html(draw_legend(words, record.evidence))
    st.caption(words("record.hint"))
    names = {one: name_value(words, one) for one in record.evidence}
    labels = list(number_sources(words, record).values())
    several = len(labels) > 1
    for source, place in zip(record.sources, st.tabs(labels) if several else [st.container()], strict=True):
        with place:
            if article := articles.get(source.article_id):
                st.html(mark_article(words, article, record.evidence, names, items))
            else:
                st.caption(words("record.no_text"))


def number_sources(words: Words, record: Engagement) -> dict[str, str]:
    """What each article of a record is called on its page, by its id: its number and who published it."""
    named = enumerate(record.sources, start=1)
    return {one.article_id: f"{words.number(at)}. {one.outlet or one.article_id}" for at, one in named}


def list_evidence(words: Words, record: Engagement) -> pd.DataFrame:
    """The evidence as a table: field, value, words, rule, place and article."""
    columns = ["field", "value", "quote", "rule", "start_char", "end_char", "article_id"]
    rows = [
        (words.field(one.field), name_value(words, one), one.quote, one.rule, one.start, one.end, one.article_id)
        for one in record.evidence
    ]
    return _name_sources(words, record, pd.DataFrame(rows, columns=columns))


def list_differences(words: Words, record: Engagement) -> pd.DataFrame:
    """What the sources of a record say differently, as a table: field, value, article."""
    rows = [
        (words.field(one.field), name_difference(words, one, record.evidence), one.article_id)
        for one in record.disagreements
    ]
    return _name_sources(words, record, pd.DataFrame(rows, columns=["field", "value", "article_id"]))


def _name_sources(words: Words, record: Engagement, rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with what their articles are called on the page; their ids are for the download."""
    rows.insert(len(rows.columns) - 1, "source", rows["article_id"].map(number_sources(words, record)))
    return rows


def name_difference(words: Words, one: Disagreement, evidence: Sequence[Evidence] = ()) -> str:
    """What one article says of a field, in words; a city, which is known by its English name, as its evidence has it."""
    match one.field:
        case "venue_city" if words.is_arabic:
            said = (it.value for it in evidence if (it.field, it.article_id) == (one.field, one.article_id))
            return next(said, one.value)
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


def list_corrected(view: View, record: Engagement) -> frozenset[str]:
    """The fields of a record that say what analysts set, not what was extracted."""
    own = view.register.overlay.original.get(record.engagement_id)
    names = (one.name for one in fields(Engagement)) if own else ()
    return frozenset(name for name in names if getattr(own, name) != getattr(record, name))


def write_fields(words: Words, record: Engagement, items: Items, corrected: Collection[str] = frozenset()) -> str:
    """The fields as an HTML list of names and values, everything escaped; a blank field says why it is blank.

    `corrected` are marked as set by analysts, of which no confidence is told.
    """
    blanks = {blank.field: words.name("reason", blank.reason) for blank in record.blanks}
    if blanks.get("date_end") == blanks.get("date_start"):
        blanks.pop("date_end", None)
    shown = dict(list_values(words, record))
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
        said = words("record.corrected") if field in corrected else said
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
