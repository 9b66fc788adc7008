"""Records put together and taken apart: merged with another of the same engagement, a report split off, one added by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pandas as pd
import streamlit as st

from extract.corrections.anchors import Ground
from extract.models import Article, Engagement, Source
from extract.queries import Filters, find_record, list_records
from pages.shared.correct import Grounds, draw_grounds, find_fault
from pages.shared.desk import Draft, Opened, save_drafts
from pages.shared.tables import write_date
from pages.shared.view import View
from pages.shared.words import Words

# Two reports of one engagement lie within days of each other; a vague date may be off by a month.
_NEAR = timedelta(days=31)
_LIKE = 20
# What a record that is added by hand begins with; the rest is corrected into it.
_ADDED = ("parties", "type", "status", "date_start", "venue_country", "summary")


def find_like(view: View, record: Engagement) -> pd.DataFrame:
    """Records that could be of the same engagement: two of the same parties, near in time or without a date."""
    since = record.date_start and record.date_start - _NEAR
    until = record.date_end and record.date_end + _NEAR
    filters = Filters(country=record.parties[:1], partner=record.parties[1:], since=since, until=until)
    found = list_records(view.register, filters, limit=_LIKE + 1)
    return found[found["engagement_id"] != record.engagement_id].head(_LIKE)


def show_merge_form(view: View, opened: Opened, articles: Sequence[Article], author: str) -> None:
    """Choose the record of the same engagement, by likeness or by its number."""
    words = view.words
    like = find_like(view, opened.record)
    names = {row["engagement_id"]: _name_row(words, row) for _, row in like.iterrows()}
    with st.form(f"{opened.key}-merge", border=False):
        chosen = None
        if names:
            chosen = st.selectbox(
                words("join.like"), list(names), None, format_func=names.__getitem__, key=f"{opened.key}-like",
                placeholder=words("correct.choose"),
            )  # fmt: skip
        else:
            st.caption(words("join.none_like"))
        typed = st.text_input(words("join.by_id"), key=f"{opened.key}-other", max_chars=80).strip()
        grounds = draw_grounds(words, articles, f"{opened.key}-merge")
        is_sent = st.form_submit_button(words("join.do_merge"), type="primary", key=f"{opened.key}-do-merge")
    if not is_sent:
        return
    other = typed or chosen
    if not other or other == opened.record.engagement_id or find_record(view.register, other) is None:
        st.error(words("join.no_such"))
        return
    _save(view, opened, Draft("merge", new=(other,)), grounds, author)


def list_members(view: View, record: Engagement) -> list[tuple[str, str]]:
    """The articles' own records that a record was merged from, each with its article's id; none where it was not merged."""
    with view.register.connection.cursor() as cursor:
        ground = Ground(cursor)
        members = [ground.member(merge.member_id) for merge in ground.merges(record.engagement_id)]
    return [(one.engagement_id, one.sources[0].article_id) for one in members if one]


def show_split_form(
    view: View, opened: Opened, members: Sequence[tuple[str, str]], articles: Sequence[Article], author: str
) -> None:
    """Choose the report that is of another engagement; `members` are ids of merged records with their articles' ids."""
    words = view.words
    names = {
        source.article_id: f"{at}. {_name_source(source) or source.article_id}"
        for at, source in enumerate(opened.record.sources, start=1)
    }
    with st.form(f"{opened.key}-split", border=False):
        chosen = st.selectbox(
            words("join.member"),
            members,
            format_func=lambda one: names.get(one[1], one[1]),
            key=f"{opened.key}-member",
        )
        grounds = draw_grounds(words, articles, f"{opened.key}-split")
        is_sent = st.form_submit_button(words("join.do_split"), type="primary", key=f"{opened.key}-do-split")
    if is_sent and chosen:
        _save(view, opened, Draft("split", new=(chosen[0],)), grounds, author)


def _save(view: View, opened: Opened, draft: Draft, grounds: Grounds, author: str) -> None:
    if fault := find_fault(grounds):
        st.error(view.words(fault))
        return
    evidence = tuple(grounds.as_evidence("type", [opened.record.type]))
    save_drafts(opened, [replace(draft, evidence=evidence)], why=grounds.why, author=author)
    st.rerun()


def _name_row(words: Words, row: pd.Series) -> str:
    """A record in a list: day, type, parties, the beginning of its summary, and its number: a list tells by names alone."""
    day = write_date(row["date_start"], row["date_end"], row["date_precision"]) or words("correct.not_known")
    parties = words.names("party", row["party_codes"])
    summary = str(row["summary"] if words.is_arabic else row["summary_en"])[:80]
    return f"{words.digits(day)} · {words.name('type', row['type'])} · {parties} · {summary} · {row['engagement_id']}"


def _name_source(source: Source) -> str:
    return " · ".join(part for part in (source.outlet, source.title) if part)
