"""The form that corrects one field of a record: its inputs, the words of the article that prove it, and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from extract.corrections import SOURCES
from extract.errors import LexiconError
from extract.models import Amount, Article, Engagement, Evidence, Outcome, Source
from extract.user_lexicon import UserPerson, add_person, check_person
from pages.shared.desk import Draft, Opened, save_drafts
from pages.shared.editors import CLOSED_FIELDS, EDITORS, ITEM_FIELDS, EntryError, Form, Values, find_changes
from pages.shared.spans import SpanError, find_span
from pages.shared.view import View, store_dir
from pages.shared.words import Words

# The rule of evidence that a person chose.
RULE = "analyst"
_LONGEST_WHY = 500
_LONGEST_WORDS = 2_000


def show_field_form(view: View, opened: Opened, field: str, articles: Sequence[Article], author: str) -> None:
    """The form for one field, as the record stood when it was opened; saving writes the correction."""
    words, record = view.words, opened.record
    item = _choose_item(words, record, field, opened.key) if field in ITEM_FIELDS else None
    key = f"{opened.key}-{field}-{item}"
    with st.form(f"{key}-form", border=False):
        values, fault = draw_editor(Form(words, record, key, item), field)
        grounds = draw_grounds(words, articles, key)
        is_remembered = field == "officials" and st.checkbox(words("correct.remember"), key=f"{key}-remember")
        is_sent = st.form_submit_button(words("correct.save"), type="primary", key=f"{key}-save")
    if not is_sent:
        return
    changes = find_changes(record, values)
    fault = fault or (None if changes else "correct.no_change") or find_fault(grounds)
    if fault:
        st.error(words(fault))
        return
    drafts = [
        Draft("set", name, *_narrow(record, name, value), write_evidence(record, name, value, grounds))
        for name, value in changes.items()
    ]
    persons = _name_persons(changes, record) if is_remembered else []
    try:
        for person in persons:
            check_person(person)
    except LexiconError as error:
        st.error(words("correct.not_remembered"))
        st.code(str(error), language=None, wrap_lines=True)
        return
    if save_drafts(opened, drafts, why=grounds.why, author=author):
        for person in persons:
            add_person(store_dir(), person)
    st.rerun()


def _narrow(record: Engagement, field: str, value: Any) -> tuple[Any, Any]:
    """The old and the new value of a field; of its sources, the one that is new."""
    old = getattr(record, field)
    if field != SOURCES:
        return old, value
    return tuple(one for one in old if one not in value), tuple(one for one in value if one not in old)


def _name_persons(changes: Values, record: Engagement) -> list[UserPerson]:
    """The officials that were entered, as the user's own lexicon is to have them for the next run."""
    fresh = [one for one in changes["officials"] if one not in record.officials]
    return [
        UserPerson(
            name=one.name_canonical,
            country=one.country,
            rank=one.rank,
            latin=one.name_latin if one.name_latin != one.name else None,
            also=(one.name,) if one.name != one.name_canonical else (),
        )
        for one in fresh
    ]


def find_fault(grounds: Grounds) -> str | None:
    """What is wrong with the grounds, as the key of a word, or None."""
    try:
        grounds.check()
    except (EntryError, SpanError) as error:
        return str(error)
    return None


# Streamlit's lists tell choices apart by their names alone: each has its number.
def _choose_item(words: Words, record: Engagement, field: str, key: str) -> int | None:
    items = getattr(record, field)
    chosen: int | None = st.selectbox(
        words("correct.which"),
        [*range(len(items)), *([] if field in CLOSED_FIELDS else [None])],
        format_func=lambda at: words("correct.new_item") if at is None else f"{at + 1}. {_name_item(words, items[at])}",
        key=f"{key}-{field}-which",
    )
    return chosen


def _name_item(words: Words, item: Any) -> str:
    """What an item of a list is called in a list of them."""
    if isinstance(item, Amount):
        return words.amount(item.value, item.unit)
    if isinstance(item, Source):
        return words.comma.join(part for part in (item.outlet, item.title or item.article_id) if part)
    return str(item.quote if isinstance(item, Outcome) else item.name)


def draw_editor(form: Form, field: str) -> tuple[Values, str | None]:
    """What is entered, and what is wrong with it as the key of a word: told only when the form is sent."""
    try:
        return EDITORS[field](form), None
    except EntryError as error:
        return {}, str(error)


@dataclass(frozen=True, slots=True)
class Grounds:
    """What a decision rests on: words pasted from an article, and why."""

    article: Article | None
    quote: str
    why: str

    def check(self) -> None:
        """Raises SpanError where the words are not in the article, EntryError where there are neither words nor a reason."""
        if self.quote and self.article:
            find_span(self.article, self.quote)
        elif not self.why:
            raise EntryError("correct.words_or_why")

    def as_evidence(self, field: str, values: Iterable[str]) -> Iterator[Evidence]:
        """The words as evidence for values of a field; none where a reason was given alone."""
        if self.quote and self.article:
            start, end = find_span(self.article, self.quote)
            quote = self.article.text[start:end]
            yield from (Evidence(field, one, self.article.article_id, start, end, quote, RULE) for one in values)


def draw_grounds(words: Words, articles: Sequence[Article], key: str) -> Grounds:
    """The inputs for what a decision rests on."""
    article = articles[0] if articles else None
    if len(articles) > 1:
        article = st.selectbox(
            words("correct.article"),
            articles,
            format_func=lambda one: (
                f"{articles.index(one) + 1}. {one.outlet or ''} {one.title or one.article_id}".strip()
            ),
            key=f"{key}-article",
        )
    quote = ""
    if articles:
        quote = st.text_area(words("correct.words"), key=f"{key}-words", max_chars=_LONGEST_WORDS, height=90)
    why = st.text_input(words("correct.why"), key=f"{key}-why", max_chars=_LONGEST_WHY)
    return Grounds(article, quote.strip(), " ".join(why.split()))


def write_evidence(record: Engagement, field: str, value: Any, grounds: Grounds) -> tuple[Evidence, ...]:
    """The words as evidence for what is new in a field."""
    return tuple(one for name, key in name_evidence(record, field, value) for one in grounds.as_evidence(name, [key]))


def name_evidence(record: Engagement, field: str, value: Any) -> list[tuple[str, str]]:
    """The fields and values that evidence of a new value is kept under: each new item of a list, or the value itself."""
    if not isinstance(value, tuple):
        return [(field, "" if value is None else str(value))]
    old = getattr(record, field)
    fresh = [item for item in value if item not in old] or list(value[:1])
    return [(_field_of(field, item), _key_of(item)) for item in fresh]


def _field_of(field: str, item: Any) -> str:
    return "sectors_context" if field == "sectors" and not item.is_core else field


def _key_of(item: Any) -> str:
    """What evidence calls an item of a list."""
    if isinstance(item, str):
        return item
    if isinstance(item, Amount):
        return f"{item.value:g} {item.unit}"
    if isinstance(item, Source):
        return item.article_id
    return str(item.type if isinstance(item, Outcome) else getattr(item, "code", None) or item.name)
