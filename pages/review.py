"""The review: the record that most needs a look, why, and its evidence; one click or one key decides and shows the next."""

from __future__ import annotations

from html import escape

import streamlit as st

from extract.models import Engagement
from extract.queries import find_record, read_figures
from extract.review import Doubt, count_reviewed, list_rejected, next_to_review
from pages.shared.auth import ask_author
from pages.shared.desk import Opened, current_clash, last_decision, open_form, opened_form, tell, undo_last
from pages.shared.desk_view import draw_decisions, show_clash, show_conflicts
from pages.shared.keys import take_digits
from pages.shared.record_view import show_fields_and_articles
from pages.shared.rejected import show_rejected
from pages.shared.view import View, current_view, stop_if_nothing
from pages.shared.words import Words

# The keys stand in one row on every keyboard, whichever letters it has.
_CONFIRM, _REJECT, _SKIP, _CORRECT, _UNDO = "1", "2", "3", "4", "9"
# As many as are looked through for one that was not skipped.
_AHEAD = 200
_SKIPPED = "review-skipped"
# The records that were shown before this one, as they were shown then: of so many a key that comes late is still understood.
_SHOWN, _LATE = "review-shown", 3
# What a look begins with: who, what, when, where.
_QUOTED = ("type", "status", "parties", "officials", "date_start", "venue_country", "sectors")


def show_page(view: View) -> None:
    """Progress, who decides, and the next record."""
    words = view.words
    st.title(words("nav.review"), anchor=False)
    if not read_figures(view.register, view.filters).engagements:
        if list_rejected(view.register):
            show_rejected(view, ask_author(words))
        stop_if_nothing(view)
    done, total = count_reviewed(view.register, view.filters)
    st.progress(done / total if total else 1.0, words("review.progress", done=done, total=total))
    author = ask_author(words)
    tell(words)
    clash = current_clash()
    if author and clash and not opened_form(clash.opened.record.engagement_id):
        # It may be of a record that others have reviewed, which is then no longer in the queue.
        now = find_record(view.register, clash.opened.record.engagement_id)
        show_clash(words, clash, now or clash.opened.record, author)
    skipped = st.session_state.setdefault(_SKIPPED, set())
    queue = next_to_review(view.register, view.filters, limit=_AHEAD)
    doubt = next((one for one in queue if one.engagement_id not in skipped), None)
    record = find_record(view.register, doubt.engagement_id) if doubt else None
    if doubt is None or record is None:
        st.info(words("review.all_done"))
        _offer_skipped(words, author, skipped)
        show_rejected(view, author)
        _keep_late_buttons(words, None, author)
        return
    shown = Opened(record, view.register.corrections)
    if author:
        _draw_buttons(words, shown, author)
    show_rejected(view, author)
    _show_doubts(words, doubt, record)
    show_conflicts(view, shown, author)
    show_fields_and_articles(view, record)
    _keep_late_buttons(words, shown, author)
    take_digits()


def _keep_late_buttons(words: Words, shown: Opened | None, author: str | None) -> None:
    """Keep the buttons of the records shown before, unseen: what is pressed while the page is drawn anew is of one of them.

    Streamlit forgets a button that was not drawn, and would drop the key without a word.
    """
    known: list[Opened] = st.session_state.get(_SHOWN, [])
    late = [one for one in known if shown is None or one.stamp != shown.stamp][-_LATE:]
    st.session_state[_SHOWN] = [*late, *([shown] if shown else [])]
    if author:
        with st.container(key="late"):
            for one in late:
                draw_decisions(words, one, author)
                _draw_skip(words, one)


def _draw_buttons(words: Words, shown: Opened, author: str) -> None:
    """What can be done with the record that is shown, by click or by key."""
    with st.container(horizontal=True, key="decisions", gap="small"):
        draw_decisions(words, shown, author, keys=(_CONFIRM, _REJECT))
        _draw_skip(words, shown, _SKIP)
        if not opened_form(shown.record.engagement_id):
            st.button(
                words("review.correct"),
                key=f"review-correct-{shown.stamp}",
                icon=":material/edit:",
                shortcut=_CORRECT,
                on_click=open_form,
                args=(shown,),
            )
        _offer_undo(words, author)


def _offer_undo(words: Words, author: str) -> None:
    if last_decision():
        st.button(
            words("review.undo_last"),
            key="review-undo",
            icon=":material/undo:",
            shortcut=_UNDO,
            type="tertiary",
            on_click=undo_last,
            args=(author,),
        )


def _draw_skip(words: Words, shown: Opened, shortcut: str | None = None) -> None:
    st.button(
        words("review.skip"),
        key=f"review-skip-{shown.stamp}",
        icon=":material/schedule:",
        shortcut=shortcut,
        on_click=_skip,
        args=(shown.record.engagement_id,),
    )


def _offer_skipped(words: Words, author: str | None, skipped: set[str]) -> None:
    with st.container(horizontal=True):
        if skipped:
            st.button(words("review.skipped", count=len(skipped)), key="review-again", on_click=skipped.clear)
        if author:
            _offer_undo(words, author)


def _skip(engagement_id: str) -> None:
    st.session_state[_SKIPPED].add(engagement_id)


def _show_doubts(words: Words, doubt: Doubt, record: Engagement) -> None:
    """Why the record needs a look, in words, beside the quotes that the doubtful fields rest on."""
    with st.container(border=True, key="doubts"):
        left, right = st.columns([2, 3], gap="large")
        with left:
            st.subheader(words("review.why"), anchor=False)
            st.html(_write_reasons(words, doubt))
        with right:
            st.html(_write_quotes(words, record))


def _write_reasons(words: Words, doubt: Doubt) -> str:
    reasons = [escape(words(f"doubt.{one}")) for one in doubt.reasons] or [escape(words("review.nothing_special"))]
    return f"<ul class='reasons'>{''.join(f'<li>{one}</li>' for one in reasons)}</ul>"


def _write_quotes(words: Words, record: Engagement) -> str:
    """The words that the fields rest on, field by field, each once."""
    quotes: dict[str, dict[str, None]] = {}
    for one in record.evidence:
        if one.field in _QUOTED:
            quotes.setdefault(one.field, {})[one.quote] = None
    cells = [
        f'<dt>{escape(words.field(field))}</dt><dd dir="rtl" lang="ar">{escape(" · ".join(quotes[field]))}</dd>'
        for field in _QUOTED
        if field in quotes
    ]
    return f'<dl class="quotes">{"".join(cells)}</dl>'


show_page(current_view())
