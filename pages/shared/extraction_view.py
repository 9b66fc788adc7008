"""What was read out of one article that is in no register yet: the article with its evidence, the records beside it."""

from __future__ import annotations

from html import escape

import streamlit as st

from extract.errors import RawabitError
from extract.models import Article, Refusal
from extract.run.aside import Preview
from extract.run.uploads import MOST_ARTICLES, MOST_LETTERS, TOO_MANY
from pages.shared.adding import Desk, open_previewer
from pages.shared.evidence import draw_legend, link_items, mark_article, number_items
from pages.shared.record_view import name_value, write_fields
from pages.shared.words import Words

_REFUSALS = 50
_TITLE = 80  # letters


def show_found(words: Words, desk: Desk) -> None:
    """One of the articles that were read, and its records."""
    st.header(words("add.found", count=len(desk.articles)), anchor=False)
    number = 0
    if len(desk.articles) > 1:
        number = st.selectbox(
            words("add.which"),
            range(len(desk.articles)),
            format_func=lambda at: f"{words.number(at + 1)}. {name_article(desk.articles[at])}",
            key=f"which-{desk.round}",
        )
    article = desk.articles[number]
    if number not in desk.seen:
        with st.spinner(words("add.extracting")):
            desk.seen[number] = _read(desk, article)
    seen = desk.seen[number]
    if isinstance(seen, str):
        st.error(words("add.unread"))
        st.code(seen, language=None, wrap_lines=True)
    else:
        _show_extraction(words, article, seen)


def _read(desk: Desk, article: Article) -> Preview | str:
    try:
        return open_previewer(str(desk.store_dir)).read(article)
    except RawabitError as error:
        return str(error)


def _show_extraction(words: Words, article: Article, seen: Preview) -> None:
    evidence = tuple(dict.fromkeys(one for record in seen.records for one in record.evidence))
    items = number_items(evidence)
    with st.container(key="record"):
        st.html(f"<style>{link_items(items.values())}</style>")
        fields, reading = st.columns([2, 3], gap="large")
        with fields:
            st.subheader(words("add.records"), anchor=False)
            if not seen.records:
                why = seen.dropped or "nothing"
                st.html(f"<p>{escape(words(f'add.why_{why}'))}</p>")
            numbered = enumerate(seen.records, start=1)
            labels = [f"{words.number(number)}. {words.name('type', record.type)}" for number, record in numbered]
            for record, tab in zip(seen.records, st.tabs(labels) if labels else (), strict=True):
                tab.html(write_fields(words, record, items))
        with reading:
            st.subheader(words("record.article"), anchor=False)
            if known := _describe(words, article):
                st.html(known)
            if evidence:
                st.html(draw_legend(words, evidence))
                st.caption(words("record.hint"))
            names = {one: name_value(words, one) for one in evidence}
            st.html(mark_article(words, article, evidence, names, items))


def name_article(article: Article) -> str:
    """An article's title, or its first words, or its id."""
    name = " ".join((article.title or article.text[:_TITLE] or article.article_id).split())
    return name if len(name) <= _TITLE else f"{name[:_TITLE]}…"


def _describe(words: Words, article: Article) -> str:
    """What is known of an article beside its text. An address is text here, whatever it is: nothing is a link."""
    known = (article.title, article.outlet, words.date(article.published), article.url)
    return "".join(f'<p><bdi dir="auto">{escape(part)}</bdi></p>' for part in known if part)


def show_refusals(words: Words, refusals: list[Refusal]) -> None:
    """Each refused input by the name that its person knows, and why."""
    if not refusals:
        return
    lines = [f"<li><bdi>{escape(one.path)}</bdi>: {escape(_reason(words, one))}</li>" for one in refusals[:_REFUSALS]]
    if more := len(refusals) - _REFUSALS:
        lines += [f"<li>{escape(words('add.more_refused', count=more))}</li>"] if more > 0 else []
    st.header(words("add.refused", count=len(refusals)), anchor=False)
    st.html(f'<ul class="steps">{"".join(lines)}</ul>')


def _reason(words: Words, refusal: Refusal) -> str:
    if refusal.reason == TOO_MANY:
        return words("add.too_many", articles=MOST_ARTICLES, letters=MOST_LETTERS)
    return words.name("refusal", refusal.reason)
