"""Add articles: paste or upload, see what is read out of them, add them to the register or not; names of one's own."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from extract.errors import InputError
from extract.models import Article
from extract.queries import find_record
from extract.run.uploads import FORMATS, MOST_ARTICLES, MOST_PASTED, PACKED, is_web_address, pasted_article
from pages.shared.adding import Desk, current_desk
from pages.shared.auth import require_writing
from pages.shared.days import read_day
from pages.shared.extraction_view import show_found, show_refusals
from pages.shared.lexicon_view import show_lexicon
from pages.shared.records_table import record_address
from pages.shared.style import localise_uploader
from pages.shared.view import View, current_view, page_path, say_if_nothing, store_dir
from pages.shared.words import Words, keep_order, write_literal

_EVERY_SECONDS = 0.5
_LINKS = 20
_COMMAND = "python -m extract add"


def show_page(view: View) -> None:
    """The forms, then what was read, then the names; while a job is at work, only how far it has come."""
    words = view.words
    desk = current_desk(store_dir())
    st.title(words("nav.add"), anchor=False)
    require_writing(words)
    say_if_nothing(view)
    st.caption(words("add.intro"))
    if desk.follow():
        _watch(words, desk)
        return
    _show_outcome(view, desk)
    labels = [words("add.paste"), words("add.upload")]
    paste, upload = st.tabs(labels, default=labels[desk.has_files])
    with paste:
        _ask_text(words, desk)
    with upload:
        _ask_files(words, desk)
    show_refusals(words, desk.refusals)
    if desk.articles:
        with st.container(horizontal=True, key="decide"):
            st.button(words("add.add", count=len(desk.articles)), on_click=desk.add, type="primary", key="add")
            st.button(words("add.discard"), on_click=desk.clear, key="discard")
        show_found(words, desk)
    st.divider()
    if show_lexicon(words, desk.store_dir):
        desk.seen.clear()  # read anew with the names as they are now
        st.rerun()


@st.fragment(run_every=_EVERY_SECONDS)
def _watch(words: Words, desk: Desk) -> None:
    """How far the job has come, drawn anew by itself; the rest of the page, and other sessions, go on meanwhile."""
    if not desk.follow():
        st.rerun()
    if not desk.is_adding:
        st.progress(0.0, words("add.reading", articles=len(desk.articles), refused=len(desk.refusals)))
    elif desk.progress is None:
        st.progress(0.0, words("add.waiting"))
    else:
        done = min(desk.progress.articles + desk.progress.refused, desk.total)
        said = words("add.adding", done=done, total=desk.total) if done < desk.total else words("add.building")
        st.progress(done / max(desk.total, 1), said)
    if st.button(words("add.stop"), icon=":material/stop_circle:", key="stop"):
        if desk.job is not None:
            desk.job.stop()
        desk.follow()
        st.rerun()


def _show_outcome(view: View, desk: Desk) -> None:
    """What came of the last job."""
    words = view.words
    if desk.error or desk.note == "ended":
        st.error(words("add.failed"))
        st.code(desk.error or words("add.ended"), language=None, wrap_lines=True)
    elif desk.note:
        st.warning(words(f"add.{desk.note}"))
    if desk.report is None:
        return
    known = desk.report.repeated + desk.report.same_text
    refused = len(desk.report.refusals)
    added = desk.report.articles - known - refused
    st.success(words("add.done", articles=added, records=len(desk.report.records)))
    if known:
        st.info(words("add.known", count=known))
    with st.container(key="added"):
        for engagement_id in desk.report.records[:_LINKS]:
            if record := find_record(view.register, engagement_id):
                date = words.date(record.date_start, record.date_end, record.date_precision)
                parts = (words.name("type", record.type), words.names("party", record.parties), date)
                label = words.comma.join(part for part in parts if part)
                st.page_link(page_path("records"), label=label, query_params=record_address(view, engagement_id))


def _ask_text(words: Words, desk: Desk) -> None:
    with st.form(f"paste-{desk.round}", border=False):
        text = st.text_area(words("add.text"), height=220, key=f"text-{desk.round}")
        columns = st.columns(2)
        title = columns[0].text_input(words("add.title"), key=f"title-{desk.round}")
        outlet = columns[1].text_input(words("add.outlet"), key=f"outlet-{desk.round}")
        address = columns[0].text_input(words("add.address"), key=f"address-{desk.round}").strip()
        published = columns[1].text_input(
            words("add.published"), key=f"published-{desk.round}", placeholder=words.digits(words("day.hint"))
        )
        st.caption(words("add.optional") + " " + words("add.longest", letters=MOST_PASTED))
        is_sent = st.form_submit_button(words("add.read"), type="primary")
    if not is_sent:
        return
    desk.note, desk.report = "", None
    if address and not is_web_address(address):
        st.error(words("add.no_address", address=write_literal(address)))
        return
    try:
        day = read_day(published)
    except ValueError:
        st.error(words("day.not_read", text=write_literal(published)))
        return
    fields = {"text": text, "title": title, "source": outlet, "url": address, "published": day}
    article = _article_or_reason(fields)
    if isinstance(article, Article):
        desk.take(article)
    else:
        st.error(words("add.no_text", reason=words.name("refusal", article)))


def _article_or_reason(fields: Mapping[str, object]) -> Article | str:
    try:
        return pasted_article(fields)
    except InputError as error:
        return error.reason


def _ask_files(words: Words, desk: Desk) -> None:
    megabytes = int(st.get_option("server.maxUploadSize"))
    localise_uploader(words("add.drop"), words("add.browse"), words("add.too_big", megabytes=megabytes))
    files = st.file_uploader(words("add.files"), accept_multiple_files=True, key=f"files-{desk.round}")
    st.caption(
        words("add.formats", formats=keep_order(" ".join(FORMATS)), packed=keep_order(" ".join(PACKED)))
        + " "
        + words("add.limits", megabytes=megabytes, articles=MOST_ARTICLES, command=keep_order(_COMMAND))
    )
    if st.button(words("add.read_files"), type="primary", disabled=not files, key="read-files"):
        desk.read((file.name, file.getvalue()) for file in files)
        st.rerun()


show_page(current_view())
