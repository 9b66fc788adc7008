"""Adding: what the register has stays, what is added comes to it and is kept by later runs; a stop leaves all as it was."""

from __future__ import annotations

import io
import json
import os
import signal
import time
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.errors import InputError, RawabitError
from extract.models import Article, Refusal
from extract.run import AddReport, add_articles, preview, run
from extract.run.added import FOLDER, read_added, read_article, write_added, write_article
from extract.run.aside import AsideError, Job, Previewer, read_message, start_adding, start_reading
from extract.run.uploads import TOO_MANY, is_web_address, keep_uploads, own_name, pasted_article, read_uploads
from extract.store import REGISTER_FILE, open_store, read_unmerged
from tests.arabic import LETTERS
from tests.factories import TEXT, make_article
from tests.reading import SEEDS
from tests.test_run import extract, write_articles

SEED = "002_b40dba48844b8837"


def add(store: Path, *articles: Article) -> AddReport:
    return add_articles(store, articles, extract=extract)


def article(name: str, text: str = TEXT) -> Article:
    return make_article(article_id=name, text=f"{text} {name}")


def seed() -> Article:
    return Article(SEED, (SEEDS / f"{SEED}.txt").read_text(encoding="utf-8"))


def ids_in(store: Path) -> list[str]:
    """The articles' own records: those of the made-up articles tell of one meeting and are merged."""
    with open_store(store) as connection:
        return sorted(one.engagement_id for one in read_unmerged(connection))


def meta_of(store: Path) -> dict[str, str]:
    with open_store(store) as connection:
        return dict(connection.execute("from meta").fetchall())


@pytest.fixture
def store(tmp_path: Path) -> Path:
    inputs = write_articles(tmp_path / "in", a=f"{TEXT} a", b="nothing", c="misquoted", d="")
    run([str(inputs)], tmp_path / "store", extract=extract)
    return tmp_path / "store"


class TestAdding:
    def test_what_is_there_stays(self, store: Path) -> None:
        report = add(store, article("new"))
        assert (report.articles, len(report.records), report.repeated, report.refusals) == (1, 1, 0, ())
        assert ids_in(store) == ["e-a", "e-new"]
        meta = meta_of(store)
        assert (meta["articles"], meta["records"], meta["refused"], meta["from_parts"]) == ("3", "2", "2", "1")
        with open_store(store) as connection:
            kept = connection.execute("select reason from refusal order by 1").fetchall()
        assert kept == [("empty",), ("evidence_mismatch",)]

    def test_later_runs_keep_it(self, store: Path, tmp_path: Path) -> None:
        add(store, article("new"))
        run([str(write_articles(tmp_path / "other", z=f"{TEXT} z"))], store, extract=extract)
        assert ids_in(store) == ["e-new", "e-z"]

    def test_a_run_without_an_article_changes_nothing(self, store: Path, tmp_path: Path) -> None:
        add(store, article("new"))
        before = (store / REGISTER_FILE).read_bytes()
        assert run([str(tmp_path / "missing")], store, extract=extract).articles == 0
        assert (store / REGISTER_FILE).read_bytes() == before

    def test_twice_is_once(self, store: Path) -> None:
        add(store, article("new"))
        again = add(store, article("new"))
        assert (again.repeated, len(again.records)) == (1, 1)
        assert meta_of(store)["articles"] == "3"
        assert len(list((store / FOLDER).iterdir())) == 1

    def test_another_text_under_a_known_id_is_refused(self, store: Path) -> None:
        report = add(store, make_article(article_id="a", text="another"), article("new"))
        assert [one.reason for one in report.refusals] == ["duplicate_id"]
        assert ids_in(store) == ["e-a", "e-new"]

    def test_other_rules_read_the_register_anew(self, store: Path) -> None:
        def other(one: Article) -> object:
            found = extract(one)
            return replace(found, engagements=tuple(replace(e, type="call") for e in found.engagements))

        add_articles(store, [article("new")], extract=other)  # type: ignore[arg-type]
        with open_store(store) as connection:
            assert connection.execute("select distinct type from engagement").fetchall() == [("call",)]
        assert ids_in(store) == ["e-a", "e-new"]

    def test_a_stamp_of_the_night_stays_one(self, tmp_path: Path) -> None:
        add(tmp_path, replace(article("night"), published=date(2024, 5, 6), published_at_night=True))
        add(tmp_path, article("new"))
        # Were the stamp forgotten, the article would be another and be read again.
        assert meta_of(tmp_path)["from_parts"] == "1"

    @pytest.mark.parametrize("there", [True, False], ids=["register", "no-register"])
    def test_a_stop_leaves_all_as_it_was(self, store: Path, tmp_path: Path, there: bool) -> None:
        place = store if there else tmp_path / "fresh"

        def stopped(one: Article) -> None:
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            add_articles(place, [article("new")], extract=stopped)  # type: ignore[arg-type]
        assert list((place / FOLDER).iterdir()) == []
        assert ids_in(store) == ["e-a"]
        assert (place / REGISTER_FILE).exists() is there

    @settings(max_examples=1000, deadline=None)
    @given(st.builds(
        Article, st.text(), st.text(), st.text(), st.none() | st.dates(), st.none() | st.text(), st.none() | st.text(),
        st.booleans(),
    ))  # fmt: skip
    def test_a_line_is_its_article(self, one: Article) -> None:
        assert read_article(write_article(one)) == one

    @pytest.mark.parametrize(
        "line", ["", "{", "[]", "{}", '{"text": 1}', write_article(article("a")).replace("false", "1")]
    )
    def test_a_line_that_is_none_is_refused_and_the_rest_goes_on(self, tmp_path: Path, line: str) -> None:
        path, is_new = write_added(tmp_path, [article("a")])
        assert is_new
        path.write_text(f"{line}\n{path.read_text(encoding='utf-8')}", encoding="utf-8")
        (_, bad), (place, good) = read_added(path)
        assert isinstance(bad, Refusal)
        assert (place, good) == (f"{FOLDER}/{path.name}#2", article("a"))


class TestPasted:
    def test_what_is_known_of_it(self) -> None:
        fields = {"text": f" {TEXT}", "title": "t", "url": "https://x.example/1", "published": date(2024, 5, 6)}
        one = pasted_article(fields)
        assert (one.text, one.title, one.outlet, one.published) == (f" {TEXT}", "t", "x.example", date(2024, 5, 6))
        named = pasted_article({**fields, "source": " Kuna "})
        assert (named.outlet, named.article_id) == ("Kuna", one.article_id)

    @pytest.mark.parametrize(
        ("text", "reason"),
        [("", "missing_text"), (" \n", "missing_text"), ("12 / 3", "no_letters"), ("\x00a", "not_text"),
         ("a" * 200_001, "too_large")],
        ids=["empty", "blank", "digits", "nul", "long"],
    )  # fmt: skip
    def test_what_is_no_article(self, text: str, reason: str) -> None:
        with pytest.raises(InputError) as error:
            pasted_article({"text": text})
        assert error.value.reason == reason

    @pytest.mark.parametrize("text", ["https://x.example/a?b=1", "http://مثال.example/خبر"])
    def test_addresses(self, text: str) -> None:
        assert is_web_address(text)

    @pytest.mark.parametrize(
        "text",
        ["javascript:alert(1)", "JaVaScRiPt://x.example/%0aalert(1)", "data:text/html,x", "//x.example", "x.example",
         "https://",
         "https://x.example/a b", "https://x.example/\u202e", "file:///etc/passwd", "http://[x",
         f"https://x.example/{'a' * 2000}"],
    )  # fmt: skip
    def test_no_addresses(self, text: str) -> None:
        assert not is_web_address(text)


def zipped(**files: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return out.getvalue()


class TestUploads:
    def read(self, folder: Path, *files: tuple[str, bytes]) -> list[Article | Refusal]:
        names, refusals = keep_uploads(folder, iter(files))
        return [*refusals, *read_uploads(folder, names)]

    def test_a_bad_file_is_named_and_the_rest_goes_on(self, tmp_path: Path) -> None:
        found = self.read(
            tmp_path,
            ("photo.png", b"\x89PNG\r\n"),
            ("empty.txt", b""),
            ("torn.jsonl", b'{"text": "'),
            ("good.txt", TEXT.encode()),
        )
        refused = [(one.path, one.reason) for one in found if isinstance(one, Refusal)]
        assert refused == [("photo.png", "unsupported_format"), ("empty.txt", "empty"), ("torn.jsonl#1", "bad_json")]
        assert [one.text for one in found if isinstance(one, Article)] == [TEXT]

    @pytest.mark.parametrize(
        "name",
        [
            "../../x.txt",
            "/etc/passwd.txt",
            "..\\x.txt",
            "C:\\x.txt",
            "x\x00y.txt",
            "<img src=x>.txt",
            f"{'a' * 300}.txt",
        ],
    )
    def test_a_name_is_never_a_path(self, tmp_path: Path, name: str) -> None:
        (tmp_path / "in").mkdir()
        assert [one.text for one in self.read(tmp_path / "in", (name, TEXT.encode())) if isinstance(one, Article)] == [
            TEXT
        ]
        assert [path.parent for path in tmp_path.rglob("*.txt")] == [tmp_path / "in"]

    @settings(max_examples=1000, deadline=None)
    @given(st.text() | st.text("./\\%a" + LETTERS).map(lambda stem: f"{stem}.jsonl.gz"), st.binary())
    def test_own_names_are_plain(self, name: str, content: bytes) -> None:
        own = own_name(name, content)
        assert own is None or own.replace("upload-", "").replace(".", "").isalnum()

    def test_refusals_have_the_name_that_a_person_knows(self, tmp_path: Path) -> None:
        found = self.read(tmp_path, ("all.zip", zipped(**{"1.txt": TEXT, "../x.txt": TEXT, "p.png": "x"})))
        refused = [(one.path, one.reason) for one in found if isinstance(one, Refusal)]
        assert sorted(refused) == [("all.zip/../x.txt", "unsafe_path"), ("all.zip/p.png", "unsupported_format")]
        assert not any(str(tmp_path) in f"{one.path}{one.detail}" for one in found if isinstance(one, Refusal))

    def test_files_of_archives_have_ids_of_their_own(self, tmp_path: Path) -> None:
        archives = [
            (f"{n}.zip", zipped(**{"1.txt": f"{TEXT} {n}", "r.jsonl": json.dumps({"text": TEXT + n})})) for n in "ab"
        ]
        ids = [one.article_id for one in self.read(tmp_path, *archives) if isinstance(one, Article)]
        assert len(ids) == len(set(ids)) == 4

    def test_there_is_a_limit(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("extract.run.uploads.MOST_ARTICLES", 2)
        rows = "\n".join(json.dumps({"id": str(n), "text": f"{TEXT} {n}"}) for n in range(5))
        found = self.read(tmp_path, ("rows.jsonl", rows.encode()))
        assert [type(one) for one in found] == [Article, Article, Refusal]
        assert isinstance(found[-1], Refusal)
        assert (found[-1].path, found[-1].reason) == ("rows.jsonl", TOO_MANY)


def wait_for(job: Job) -> list[object]:
    """What a job says until it has ended."""
    until = time.monotonic() + 60
    while job.is_running:
        assert time.monotonic() < until
        time.sleep(0.02)
    said = [read_message(one) for one in job.messages()]
    job.close()
    return said


@pytest.fixture(scope="module")
def previewer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Previewer]:
    opened = Previewer(tmp_path_factory.mktemp("previewer"))
    yield opened
    opened.close()


class TestAside:
    def test_a_preview_is_what_a_run_gives(self, previewer: Previewer) -> None:
        found = previewer.read(seed())
        assert found.records == preview(seed()).engagements
        assert len(found.records) > 1

    def test_a_preview_says_why_there_is_none(self, previewer: Previewer) -> None:
        found = previewer.read(make_article(text="الطقس اليوم صحو"))
        assert (found.records, found.dropped) == ((), "no_event")

    def test_a_preview_that_takes_too_long_is_ended_and_the_next_is_read(self, previewer: Previewer) -> None:
        with pytest.raises(AsideError):
            previewer.read(seed(), seconds=0.0)
        assert previewer.read(seed()).records

    def test_a_wrong_lexicon_is_told_of(self, tmp_path: Path) -> None:
        (tmp_path / "lexicons").mkdir()
        (tmp_path / "lexicons" / "x.toml").write_text("persons = [", encoding="utf-8")
        opened = Previewer(tmp_path)
        with pytest.raises(RawabitError, match=r"x\.toml"):
            opened.read(seed())
        opened.close()

    def test_reading_and_adding(self, tmp_path: Path) -> None:
        (tmp_path / "in").mkdir()
        names, _ = keep_uploads(tmp_path / "in", iter([("a.txt", seed().text.encode()), ("b.jsonl", b"{")]))
        found = wait_for(start_reading(tmp_path / "store", tmp_path / "in", names))
        articles = [one for one in found if isinstance(one, Article)]
        assert [one.reason for one in found if isinstance(one, Refusal)] == ["bad_json"]
        said = wait_for(start_adding(tmp_path / "store", articles))
        assert said[0] == 1
        assert isinstance(said[-1], AddReport)
        assert set(said[-1].records) == set(ids_in(tmp_path / "store"))

    def test_stopped_it_leaves_nothing(self, tmp_path: Path) -> None:
        job = start_adding(tmp_path / "store", [replace(seed(), article_id=str(n)) for n in range(3)])
        job.stop()
        job.close()
        assert not job.is_running
        assert not list((tmp_path / "store" / FOLDER).glob("*.jsonl"))
        assert not (tmp_path / "store" / REGISTER_FILE).exists()

    def test_killed_it_leaves_the_register_whole(self, store: Path) -> None:
        before = (store / REGISTER_FILE).read_bytes()
        job = start_adding(store, [seed()])
        os.kill(job._process.pid, signal.SIGKILL)
        wait_for(job)
        assert job.has_failed
        assert (store / REGISTER_FILE).read_bytes() == before
