"""A record added by hand: what a person reads in an article that the extractor did not see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from extract.models import Article, Engagement, Source
from pages.shared.correct import draw_editor, draw_grounds, find_fault, write_evidence
from pages.shared.desk import Draft, Opened, save_drafts
from pages.shared.editors import Form, Values
from pages.shared.view import View

# What such a record begins with; the rest is corrected into it.
_ADDED = ("parties", "type", "status", "date_start", "venue_country", "summary")


def show_add_form(view: View, opened: Opened, articles: Sequence[Article], author: str) -> None:
    """The fields of an engagement that the extractor did not see, on words of an article of the record that is shown."""
    words, key = view.words, f"{opened.key}-add"
    values: Values = {}
    faults: list[str | None] = []
    with st.form(f"{key}-form", border=False):
        for field in _ADDED:
            entered, fault = draw_editor(Form(words, blank_record(articles[0]), key), field)
            values |= entered
            faults.append(fault)
        grounds = draw_grounds(words, articles, key)
        is_sent = st.form_submit_button(words("join.do_add"), type="primary", key=f"{key}-save")
    if not is_sent:
        return
    faults.append(None if values.get("parties") else "correct.no_parties")
    faults.append(find_fault(grounds) if grounds.quote else "correct.no_words")
    if fault := next(filter(None, faults), None):
        st.error(words(fault))
        return
    blank = blank_record(grounds.article or articles[0])
    record = replace(blank, **(values | {"summary": values["summary"] or " ".join(grounds.quote.split())}))
    found = [write_evidence(blank, field, getattr(record, field), grounds) for field in ("type", "parties", "summary")]
    record = replace(record, evidence=sum(found, ()))
    save_drafts(Opened(record, opened.seen), [Draft("add", new=record)], why=grounds.why, author=author)
    st.rerun()


def blank_record(article: Article) -> Engagement:
    """A record of which nothing is known yet but its article."""
    source = Source(article.article_id, article.title, article.outlet, article.url, article.published)
    return Engagement(
        engagement_id="", role="main", type="meeting", status="held", parties=(), date_start=None, date_end=None,
        date_precision="unknown", date_basis="none", date_words=None, venue_country=None, venue_city=None,
        venue_city_en=None, officials=(), sectors=(), projects=(), amounts=(), outcomes=(), summary="", summary_en="",
        evidence=(), blanks=(), confidence=1.0, field_confidence=(), sources=(source,),
    )  # fmt: skip
