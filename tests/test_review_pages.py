"""Review, correction, conflicts and who may decide, headless: what a click writes, and what the pages then show."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from extract.corrections import Correction, CorrectionLog
from extract.lexicon import labels
from extract.queries import Filters, find_record, list_records, open_register
from extract.user_lexicon import UserPerson, read_persons
from extract.write_table import table_to_csv
from pages.shared.tables import prepare_records
from pages.shared.words import Words
from tests.made_register import RECORDS, make_store
from tests.test_pages import MAIN, html, words

LAYLA = "ليلى حداد"


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = make_store(tmp_path / "store")
    monkeypatch.setenv("RAWABIT_STORE", str(folder))
    return folder


def open_page(
    name: str, *, author: str | None = LAYLA, secrets: dict[str, Any] | None = None, **address: str
) -> AppTest:
    """A page in English as a session sees it whose name is known, on this machine."""
    app = AppTest.from_file(str(MAIN), default_timeout=30)
    app.user = {}
    for key, value in (secrets or {}).items():
        app.secrets[key] = value
    if author:
        app.session_state["author"] = author
    for key, value in {"lang": "en", **address}.items():
        app.query_params[key] = value
    app.run()
    app.switch_page(f"../{name}.py").run()
    assert not app.exception, app.exception[0].message
    return app


def click(app: AppTest, key: str) -> AppTest:
    """Click a button by its key, or the first that is seen by the beginning of its key: those for late keys come last."""
    next(one for one in app.button if str(one.key).startswith(key)).click().run()
    assert not app.exception, app.exception[0].message
    return app


def seen(app: AppTest, key: str) -> str:
    """The whole key of the first button whose key begins so; empty where there is none."""
    return next((str(one.key) for one in app.button if str(one.key).startswith(key)), "")


def open_form(app: AppTest, what: str) -> str:
    """Open the form for a field; the key that its widgets begin with."""
    click(app, "desk-open")
    choice = next(one for one in app.selectbox if one.key and one.key.endswith("-what"))
    choice.set_value(what).run()
    return str(choice.key).removesuffix("-what")


def ids(store: Path) -> list[str]:
    return list(list_records(open_register(store), Filters())["engagement_id"])


def written(store: Path) -> list[tuple[str, str, str | None]]:
    return [(one.engagement_id, one.action, one.field) for one in CorrectionLog(store).read()]


class TestReview:
    def test_a_name_is_asked_once(self, store: Path) -> None:
        app = open_page("review", author=None)
        assert not [one for one in app.button if str(one.key).startswith("desk-confirm")]
        app.text_input(key="author-asked").set_value("  ليلى   حداد ")
        next(one for one in app.button if one.label == words("access.keep_name", "en")).click().run()
        assert any(words("access.you_are", "en", name=LAYLA) == one.value for one in app.text)
        click(app, "desk-confirm")
        assert [one.author for one in CorrectionLog(store).read()] == [LAYLA]

    def test_all_are_decided_one_after_another(self, store: Path) -> None:
        app = open_page("review")
        for _ in RECORDS:
            click(app, "desk-confirm")
        assert sorted(name for name, _, _ in written(store)) == sorted(one.engagement_id for one in RECORDS)
        assert [one.value for one in app.info] == [words("review.all_done", "en")]
        click(app, "review-undo")
        assert words("review.did_undo", "en") in [one.value for one in app.success]
        assert not app.info

    def test_a_key_pressed_before_the_page_is_drawn_anew_is_of_the_record_on_the_screen(self, store: Path) -> None:
        app = open_page("review")
        confirm, skip = (seen(app, key) for key in ("desk-confirm", "review-skip"))
        first = confirm.removeprefix("desk-confirm-").rsplit("-", 1)[0]
        click(app, skip)
        click(app, confirm)  # the browser still showed the first record
        assert written(store) == [(first, "confirm", None)]
        second = seen(app, "desk-confirm")
        click(app, second)
        for late in (second, second.replace("confirm", "reject"), confirm):
            click(app, late)
            assert [one.value for one in app.warning] == [words("review.decided_already", "en")]
            assert len(written(store)) == 2

    def test_undo_is_of_the_last_decision_whenever_the_key_comes(self, store: Path) -> None:
        app = open_page("review")
        for _ in range(2):
            click(app, "desk-confirm")
        app.session_state["desk-last"] = None  # it was undone by a key that the page has not shown yet
        click(app, "review-undo")
        assert [one.value for one in app.warning] == [words("review.nothing_to_undo", "en")]
        assert [action for _, action, _ in written(store)] == ["confirm", "confirm"]

    def test_what_was_skipped_comes_back(self, store: Path) -> None:
        app = open_page("review")
        for _ in RECORDS:
            click(app, "review-skip")
        click(app, "review-again")
        assert not app.info
        assert written(store) == []

    def test_rejected_records_are_listed_with_who_and_why_and_come_back(self, store: Path) -> None:
        log = CorrectionLog(store)
        log.append([Correction("day", "reject", "Omar", why="خبر عن <b>مباراة</b>")], seen=0)
        app = click(open_page("review"), "desk-reject")  # another record, by this session
        assert [one.label for one in app.expander] == [words("rejected.title", "en", count=2)]
        told = html(app)
        assert all(text in told for text in ("Omar", "خبر عن &lt;b&gt;مباراة&lt;/b&gt;", LAYLA))
        (table,) = (one.value for one in app.dataframe if "Rejected by" in one.value)
        assert list(table["Rejected by"]) == [LAYLA, "Omar"]
        reject = next(one for one in log.read() if one.author == "Omar")
        click(app, f"rejected-undo-{reject.correction_id}")
        assert "day" in ids(store)
        assert [one.label for one in app.expander] == [words("rejected.title", "en", count=1)]

    def test_the_rejected_are_told_where_nothing_else_is_left(self, store: Path) -> None:
        CorrectionLog(store).append([Correction(one.engagement_id, "reject", "Omar") for one in RECORDS], seen=0)
        app = open_page("review")
        assert [one.label for one in app.expander] == [words("rejected.title", "en", count=len(RECORDS))]

    def test_who_must_log_in_sees_no_buttons(self, store: Path) -> None:
        app = open_page("review", author=None, secrets={"rawabit": {"write": "login"}})
        assert [one.value for one in app.info] == [words("access.login_to_write", "en")]
        assert not [one for one in app.button if str(one.key).startswith(("desk-", "review-"))]
        app = open_page("records", author=None, secrets={"rawabit": {"write": "login"}}, record="day")
        assert not [one for one in app.button if str(one.key).startswith("desk-")]

    def test_who_must_log_in_adds_no_articles(self, store: Path) -> None:
        app = open_page("add", author=None, secrets={"rawabit": {"write": "login"}})
        assert [one.value for one in app.info] == [words("access.login_to_write", "en")]
        assert not app.text_area

    def test_nothing_is_read_without_a_login(self, store: Path) -> None:
        app = AppTest.from_file(str(MAIN), default_timeout=30)
        app.user = {}
        app.secrets["rawabit"] = {"read": "login"}
        app.run()
        assert [one.value for one in app.info] == [words("access.login_to_read", "ar")]
        assert not app.dataframe
        assert not app.metric


class TestRecord:
    def test_a_rejected_record_is_hidden_and_comes_back(self, store: Path) -> None:
        app = click(open_page("records", record="day"), "desk-reject")
        assert words("desk.hidden", "en") in [one.value for one in app.info]
        assert "day" not in ids(store)
        others = [html(open_page("records", record=name)) for name in ids(store)]
        assert len(others) == len(RECORDS) - 1
        (undo,) = (str(one.key) for one in app.button if str(one.key).startswith("undo-"))
        click(app, undo)
        assert "day" in ids(store)

    def test_words_of_the_article_become_evidence(self, store: Path) -> None:
        app = open_page("records", record="day")
        key = f"{open_form(app, 'status')}-status-None"
        app.selectbox(key=f"{key}-status").set_value("planned")
        app.text_area(key=f"{key}-words").set_value("في صلالة")
        click(app, f"{key}-save")
        assert [one.value for one in app.error] == [words("correct.words_nowhere", "en")]
        app.text_area(key=f"{key}-words").set_value("في مسقط")
        click(app, f"{key}-save")
        record = find_record(open_register(store), "day")
        assert record
        assert (record.status, [one.quote for one in record.evidence if one.field == "status"]) == (
            "planned",
            ["في مسقط"],
        )
        assert written(store) == [("day", "set", "status")]
        assert '<blockquote dir="rtl" lang="ar">في مسقط</blockquote>' in html(app)

    def test_neither_words_nor_a_reason_is_not_enough(self, store: Path) -> None:
        app = open_page("records", record="day")
        key = f"{open_form(app, 'type')}-type-None"
        click(app, f"{key}-save")
        assert [one.value for one in app.error] == [words("correct.no_change", "en")]
        app.selectbox(key=f"{key}-type").set_value("visit")
        click(app, f"{key}-save")
        assert [one.value for one in app.error] == [words("correct.words_or_why", "en")]
        assert written(store) == []

    def test_the_outlet_of_an_article_is_corrected_on_all_of_its_records(self, store: Path) -> None:
        app = open_page("records", record="day")
        key = f"{open_form(app, 'sources')}-sources-0"
        app.text_area(key=f"{key}-sources.url").set_value("javascript:alert(1)")
        app.text_input(key=f"{key}-sources.outlet").set_value("وكالة الأنباء العمانية")
        app.text_input(key=f"{key}-why").set_value("كذا في رأس الخبر")
        click(app, f"{key}-save")
        assert [one.value for one in app.error] == [words("correct.no_address", "en")]
        app.text_area(key=f"{key}-sources.url").set_value("https://ona.example/1")
        app.text_input(key=f"{key}-sources.published").set_value("2024-05-08")
        click(app, f"{key}-save")
        assert "وكالة الأنباء العمانية" in html(app)
        assert f"<small>{words('record.corrected', 'en')}</small>" in html(app)
        article = RECORDS[0].sources[0].article_id
        register = open_register(store)
        outlets = {
            (source.outlet, source.url, source.published)
            for name in ids(store)
            if (record := find_record(register, name))
            for source in record.sources
            if source.article_id == article
        }
        assert outlets == {("وكالة الأنباء العمانية", "https://ona.example/1", date(2024, 5, 8))}
        assert len(list_records(register, Filters(outlet=("وكالة الأنباء العمانية",)))) > 1

    def test_an_official_is_taken_off(self, store: Path) -> None:
        app = open_page("records", record="day")
        key = f"{open_form(app, 'officials')}-officials-0"
        app.checkbox(key=f"{key}-remove").set_value(True)
        app.text_input(key=f"{key}-why").set_value("لم يحضر")
        click(app, f"{key}-save")
        record = find_record(open_register(store), "day")
        assert record
        assert record.officials == ()

    def test_a_corrected_person_is_kept_for_the_next_run(self, store: Path) -> None:
        app = open_page("records", record="day")
        key = f"{open_form(app, 'officials')}-officials-0"
        app.text_input(key=f"{key}-officials.name_latin").set_value("Badr Albusaidi")
        app.selectbox(key=f"{key}-officials.rank").set_value("minister")
        app.text_input(key=f"{key}-why").set_value("كذا في موقع الوزارة")
        app.checkbox(key=f"{key}-remember").set_value(True)
        click(app, f"{key}-save")
        assert read_persons(store) == (UserPerson("بدر البوسعيدي", "OMN", "minister", "Badr Albusaidi"),)

    def test_a_name_that_no_lexicon_takes_writes_nothing(self, store: Path) -> None:
        app = open_page("records", record="day")
        key = f"{open_form(app, 'officials')}-officials-0"
        app.text_input(key=f"{key}-officials.name").set_value("<b>Badr</b>")
        app.text_input(key=f"{key}-why").set_value("كذا")
        app.checkbox(key=f"{key}-remember").set_value(True)
        click(app, f"{key}-save")
        assert [one.value for one in app.error] == [words("correct.not_remembered", "en")]
        assert written(store) == []

    def test_two_records_become_one(self, store: Path) -> None:
        app = open_page("records", record="day")
        key = open_form(app, "merge")
        app.text_input(key=f"{key}-other").set_value("nobody")
        app.text_input(key=f"{key}-merge-why").set_value("خبر واحد")
        click(app, f"{key}-do-merge")
        assert [one.value for one in app.error] == [words("join.no_such", "en")]
        app.text_input(key=f"{key}-other").set_value("undated")
        click(app, f"{key}-do-merge")
        assert written(store) == [("day", "merge", None)]
        assert "undated" not in ids(store)
        record = find_record(open_register(store), "day")
        assert record
        assert len(record.sources) == 2

    def test_a_record_is_added_from_words_of_its_article(self, store: Path) -> None:
        app = open_page("records", record="day")
        key = f"{open_form(app, 'add')}-add"
        click(app, f"{key}-save")
        assert [one.value for one in app.error] == [words("correct.no_parties", "en")]
        app.multiselect(key=f"{key}-parties").set_value(["OMN", "PAK"])
        app.text_area(key=f"{key}-words").set_value("وبحثا التعاون في الموانئ")
        click(app, f"{key}-save")
        (added,) = set(ids(store)) - {one.engagement_id for one in RECORDS}
        record = find_record(open_register(store), added)
        assert record
        assert (record.parties, record.summary) == (("OMN", "PAK"), "وبحثا التعاون في الموانئ")
        assert {one.quote for one in record.evidence} == {"وبحثا التعاون في الموانئ"}


class TestConflict:
    @pytest.mark.parametrize(("action", "status"), [("keep", "planned"), ("take", "cancelled")])
    def test_both_values_are_shown_and_one_is_chosen(self, store: Path, action: str, status: str) -> None:
        mine = Correction("day", "set", LAYLA, field="status", old="held", new="planned", why="كما في البيان")
        CorrectionLog(store).append([mine], seen=0)
        make_store(store, (replace(RECORDS[0], status="cancelled"), *RECORDS[1:]))
        app = open_page("review" if action == "keep" else "records", record="day")
        assert words("conflict.value_changed", "en") in [one.value for one in app.text]
        table = next(one for one in html(app).split("<table") if words("conflict.mine", "en") in one)
        assert [table.find(name) > 0 for name in ("Planned", "Cancelled", "Held")] == [True] * 3
        click(app, f"{action}-0")
        assert not [one for one in app.button if str(one.key) == f"{action}-0"]
        record = find_record(open_register(store), "day")
        assert record
        assert record.status == status

    @pytest.mark.parametrize("status", ["planned", "cancelled"])
    def test_of_two_settings_that_a_merge_brought_together_one_is_chosen(self, store: Path, status: str) -> None:
        made = [
            Correction(name, "set", author, field="status", old=["no status"], new=new, why="كما في البيان")
            for name, author, new in (("day", LAYLA, "planned"), ("undated", "Omar", "cancelled"))
        ]
        CorrectionLog(store).append([*made, Correction("day", "merge", LAYLA, new=("undated",))], seen=0)
        app = open_page("records", record="day")
        assert words("conflict.set_on_both", "en") in [one.value for one in app.text]
        label = words("conflict.choose", "en", value=f"`{status.capitalize()}`")
        click(app, next(str(one.key) for one in app.button if one.label == label))
        assert not [one for one in app.button if str(one.key).startswith("conflict-")]
        record = find_record(open_register(store), "day")
        assert record
        assert record.status == status


class TestTwoAtOnce:
    def test_the_second_is_told_and_chooses(self, store: Path) -> None:
        first, second = open_page("records", record="day"), open_page("records", record="day", author="Omar")
        for app, day in ((first, date(2024, 5, 8)), (second, date(2024, 5, 9))):
            key = f"{open_form(app, 'date_start')}-date_start-None"
            app.text_input(key=f"{key}-date.start").set_value(f"{day:%d/%m/%Y}")
            app.text_input(key=f"{key}-why").set_value("كما في البيان")
        for app in (first, second):
            click(app, next(str(one.key) for one in app.button if str(one.key).endswith("-save")))
        assert words("desk.changed_meanwhile", "en") in [one.value for one in second.warning]
        assert {one.author for one in CorrectionLog(store).read()} == {LAYLA}
        shown = html(second)
        assert all(day in shown for day in ("2024-05-06", "2024-05-08", "2024-05-09"))
        click(second, "save-mine")
        record = find_record(open_register(store), "day")
        assert record
        assert record.date_start == record.date_end == date(2024, 5, 9)

    def test_a_confirmation_of_what_was_changed_is_refused(self, store: Path) -> None:
        app = open_page("records", record="day")
        theirs = Correction("day", "set", "Omar", field="type", old="meeting", new="visit", why="كما في البيان")
        CorrectionLog(store).append([theirs], seen=0)
        click(app, "desk-confirm")
        assert words("desk.changed_meanwhile", "en") in [one.value for one in app.warning]
        assert written(store) == [("day", "set", "type")]
        click(app, "desk-confirm")
        assert written(store) == [("day", "set", "type"), ("day", "confirm", None)]


class TestDownloads:
    def test_they_hold_the_corrected_value_and_no_formula(self, store: Path) -> None:
        hostile = "=HYPERLINK(0)"
        mine = Correction("day", "set", LAYLA, field="summary", old=RECORDS[0].summary, new=hostile, why="تجربة")
        CorrectionLog(store).append([mine], seen=0)
        frame = prepare_records(list_records(open_register(store), Filters()), Words("en", labels()))
        content = table_to_csv(frame).decode("utf-8-sig")
        assert f"'{hostile}" in content
        assert RECORDS[0].summary not in content.split("day,")[1].split("\r\n")[0]
