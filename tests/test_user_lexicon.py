"""People whom analysts told of: kept, refused, removed; and what a told name does to the records of an article."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.__main__ import main
from extract.errors import LexiconError
from extract.models import RANKS, Article, Official
from extract.pipeline import extract_records
from extract.run import preview, run
from extract.run.rules import Knowing, version_of
from extract.store import open_store
from extract.user_lexicon import (
    FOLDER,
    OWN_FILE,
    UserPerson,
    add_person,
    check_person,
    read_persons,
    remove_person,
    use_persons,
)
from tests.arabic import LETTERS

SAMI = UserPerson("سامي بن راشد النهري", "OMN", "minister", "Sammy Nahri", ("سامي النهري", "سامي النهرى"))
TEXT = "الكويت - التقى وزير التجارة الكويتي خالد الفهري اليوم في مسقط {name} وبحثا التعاون التجاري بين البلدين."


@pytest.fixture(autouse=True)
def nobody_known() -> Iterator[None]:
    yield
    use_persons(())


def official(text: str, *persons: UserPerson) -> Official | None:
    """The one who is met, as read with these people known."""
    use_persons(persons)
    records = extract_records(Article("a", TEXT.format(name=text))).engagements
    return next((one for record in records for one in record.officials if one.country != "KWT"), None)


class TestReading:
    @pytest.mark.parametrize(
        ("text", "told", "field", "value"),
        [
            ("سامي النهري", SAMI, "rank", "minister"),
            ("سامي النهري", SAMI, "country", "OMN"),
            ("السيد سامي النهري", SAMI, "name_canonical", "سامي بن راشد النهري"),
            ("وزير المالية العماني سامي النهري", SAMI, "name_latin", "Sammy Nahri"),
            ("وزير المالية العماني سامي النهري", UserPerson("سامي النهري", rank="ambassador"), "rank", "ambassador"),
            ("وزير المالية العماني سامي النهري", UserPerson("سامي النهري", country="QAT"), "country", "QAT"),
            (
                "وزير المالية العماني سامي النهري",
                UserPerson("سامي النهري", rank="organisation"),
                "rank",
                "organisation",
            ),
            # A shipped office-holder, as an analyst has him.
            ("الوزير سيرغي لافروف", UserPerson("سيرغي لافروف", "BLR", "official"), "country", "BLR"),
            ("الوزير سيرغي لافروف", UserPerson("سيرغي لافروف", "BLR", "official"), "rank", "official"),
        ],
    )
    def test_what_is_told_goes_first(self, text: str, told: UserPerson, field: str, value: str) -> None:
        found = official(text, told)
        assert getattr(found, field) == value
        without = official(text)
        assert without is None or getattr(without, field) != value

    def test_a_name_of_words_that_no_list_has_is_read_whole(self) -> None:
        strange = UserPerson("زعطوط البرنجاني", "OMN", "minister")
        found = official("الدكتور زعطوط البرنجاني", strange)
        assert found is not None
        assert found.name == "زعطوط البرنجاني"

    def test_what_is_forgotten_is_forgotten(self) -> None:
        before = official("وزير المالية العماني سامي النهري")
        official("وزير المالية العماني سامي النهري", SAMI)
        assert official("وزير المالية العماني سامي النهري") == before

    def test_the_evidence_says_that_an_analyst_told_it(self) -> None:
        use_persons((UserPerson("سامي النهري", country="QAT"),))
        (record,) = extract_records(Article("a", TEXT.format(name="وزير المالية العماني سامي النهري"))).engagements
        told = [one for one in record.evidence if one.rule == "official.country.user_lexicon"]
        assert [one.quote for one in told] == ["سامي النهري"]


class TestStore:
    def test_kept_listed_and_removed(self, tmp_path: Path) -> None:
        assert read_persons(tmp_path) == ()
        add_person(tmp_path, SAMI)
        other = add_person(tmp_path, UserPerson("  خالد   الفهري ", rank="minister"))
        assert other.name == "خالد الفهري"
        assert read_persons(tmp_path) == (SAMI, other)
        changed = add_person(tmp_path, UserPerson("سامي بن راشد النهري", country="QAT"))
        assert read_persons(tmp_path) == (other, changed)
        assert remove_person(tmp_path, "سامي بن راشد النهري")
        assert not remove_person(tmp_path, "سامي بن راشد النهري")
        assert read_persons(tmp_path) == (other,)

    def test_files_by_hand_are_read_too(self, tmp_path: Path) -> None:
        (tmp_path / FOLDER).mkdir()
        (tmp_path / FOLDER / "desk.toml").write_text(
            '[[persons]]\nname = "سامي النهري"\ncountry = "OMN"\n', encoding="utf-8"
        )
        assert read_persons(tmp_path) == (UserPerson("سامي النهري", "OMN"),)
        assert remove_person(tmp_path, "سامي النهري")

    @pytest.mark.parametrize(
        "content",
        ["persons = [", "[[persons]]\n", '[[persons]]\nname = "سامي"\nage = 3\n', '[[persons]]\nname = 3\n', "persons = 3",
         '[[persons]]\nname = "سامي"\ncountry = "ATLANTIS"\n', '[[persons]]\nname = "سامي"\nrank = "MINISTER"\n',
         "persons = [1]"],
    )  # fmt: skip
    def test_a_wrong_file_is_named(self, tmp_path: Path, content: str) -> None:
        (tmp_path / FOLDER).mkdir()
        (tmp_path / FOLDER / OWN_FILE).write_text(content, encoding="utf-8")
        with pytest.raises(LexiconError, match=OWN_FILE):
            read_persons(tmp_path)

    @pytest.mark.parametrize(
        "person",
        [
            UserPerson("<script>alert(1)</script>", "OMN"),
            UserPerson("../../x", "OMN"),
            UserPerson("=سامي", "OMN"),
            UserPerson("", "OMN"),
            UserPerson("س" * 101, "OMN"),
            UserPerson("سامي\u202e", "OMN"),
            UserPerson("سامي"),
            UserPerson("سامي", latin="=HYPERLINK(1)"),
            UserPerson("سامي", latin="<b>"),
            UserPerson("سامي", "OMN", also=("javascript:alert(1)",)),
        ],
    )
    def test_what_is_no_name_is_refused(self, tmp_path: Path, person: UserPerson) -> None:
        with pytest.raises(LexiconError):
            add_person(tmp_path, person)
        assert read_persons(tmp_path) == ()

    def test_many_at_once_are_all_kept(self, tmp_path: Path) -> None:
        names = [f"سامي {letter}{letter}" for letter in LETTERS[:20]]
        with ThreadPoolExecutor(8) as pool:
            list(pool.map(lambda name: add_person(tmp_path, UserPerson(name, "OMN")), names))
        assert {one.name for one in read_persons(tmp_path)} == set(names)

    @settings(max_examples=1000, deadline=None)
    @given(
        st.text(LETTERS + ' "\\\n<=\u202e', max_size=30), st.text(max_size=30), st.sampled_from([None, *RANKS]),
        st.lists(st.text(LETTERS, max_size=9), max_size=3),
    )  # fmt: skip
    def test_whatever_is_kept_is_read_as_it_was(
        self, tmp_path_factory: pytest.TempPathFactory, name: str, latin: str, rank: str | None, also: list[str]
    ) -> None:
        store = tmp_path_factory.getbasetemp() / "kept"
        try:
            kept = check_person(UserPerson(name, None, rank, latin, tuple(also)))
        except LexiconError:
            return
        add_person(store, kept)
        assert read_persons(store) == (kept,)
        assert remove_person(store, kept.name)


class TestRuns:
    def test_the_next_run_knows_them(self, tmp_path: Path) -> None:
        (tmp_path / "a.txt").write_text(TEXT.format(name="وزير المالية العماني سامي النهري"), encoding="utf-8")
        store = tmp_path / "store"

        def names() -> list[str]:
            report = run([str(tmp_path / "a.txt")], store)
            with open_store(store) as connection:
                rows = connection.execute("select name_latin from official where party_code = 'OMN'").fetchall()
            return [*(row[0] for row in rows), str(report.known)]

        before = names()
        add_person(store, SAMI)
        # Read anew, since the version of the rules is another; then known; then as it was.
        assert names() == ["Sammy Nahri", "0"]
        assert names() == ["Sammy Nahri", "1"]
        remove_person(store, SAMI.name)
        assert names() == [before[0], "0"]

    def test_without_anyone_the_version_is_that_of_the_rules(self) -> None:
        assert version_of(Knowing(extract_records, ())) == version_of(extract_records)
        assert version_of(Knowing(extract_records, (SAMI,))) != version_of(extract_records)

    def test_a_preview_knows_them(self, tmp_path: Path) -> None:
        add_person(tmp_path, SAMI)
        found = preview(Article("a", TEXT.format(name="سامي النهري")), tmp_path)
        assert "Sammy Nahri" in [one.name_latin for record in found.engagements for one in record.officials]

    def test_commands(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        store = ["--store", str(tmp_path)]
        assert main(["lexicon", "add", "سامي النهري", "--country", "OMN", "--also", "سامي النهرى", *store]) == 0
        assert main(["lexicon", "list", *store]) == 0
        assert capsys.readouterr().out == "سامي النهري\tOMN\t-\t-\tسامي النهرى\n"
        assert main(["lexicon", "remove", "سامي النهري", *store]) == 0
        assert main(["lexicon", "remove", "سامي النهري", *store]) == 2
        assert main(["lexicon", "add", "Sami", "--country", "OMN", *store]) == 2
