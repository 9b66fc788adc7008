"""Every format and encoding is read, and everything else is refused by name, with the rest going on."""

from __future__ import annotations

import gzip
import json
import os
import struct
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.models import Article, Refusal
from extract.read import read_inputs
from extract.read.fields import MOST_TEXT_BYTES, is_at_night, outlet_of, parse_published
from tests.factories import TEXT, texts

ARTICLES = Path(__file__).with_name("articles")
PICTURE = (ARTICLES / "photo.png").read_bytes()


def read(*paths: object) -> list[Article | Refusal]:
    return list(read_inputs(map(str, paths)))


def read_one(path: Path) -> Article:
    (article,) = read(path)
    assert isinstance(article, Article), article
    return article


def refusals(*paths: object) -> list[tuple[str, str]]:
    """The reasons of what was refused, with the last part of the paths."""
    return [(os.path.basename(item.path), item.reason) for item in read(*paths) if isinstance(item, Refusal)]


ENCODINGS = {
    "utf-8": TEXT.encode(),
    "utf-8-mark": TEXT.encode("utf-8-sig"),
    "utf-16-mark": TEXT.encode("utf-16"),
    "utf-16-big-mark": b"\xfe\xff" + TEXT.encode("utf-16-be"),
    "utf-16-little": TEXT.encode("utf-16-le"),
    "utf-16-big": TEXT.encode("utf-16-be"),
    "utf-32-mark": TEXT.encode("utf-32"),
    "windows-1256": TEXT.encode("cp1256"),
    "iso-8859-6": TEXT.encode("iso8859_6"),
}


@pytest.mark.parametrize("data", ENCODINGS.values(), ids=ENCODINGS.keys())
def test_a_text_is_read_in_its_encoding(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "news.1.txt").write_bytes(data)
    assert read(tmp_path / "news.1.txt") == [Article(article_id="news.1", text=TEXT)]


def test_newlines_stay_as_they_are() -> None:
    (first, *others) = [read_one(ARTICLES / f"{name}.txt").text for name in ("utf-8-mark", "utf-16", "windows-1256")]
    assert first.count("\r\n") == 2
    assert first.startswith("لقاء")
    assert others == [first, first]


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"])).map(lambda text: f"{text}ن"))
def test_any_utf_8_text_is_itself(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.getbasetemp() / "any.txt"
    path.write_bytes(text.encode())
    assert read_one(path).text == text.removeprefix("\ufeff")


BAD_FILES = {
    "empty": ("a.txt", b"", "empty"),
    "blank": ("a.txt", b"\xef\xbb\xbf \r\n", "empty"),
    "picture": ("a.png", PICTURE, "unsupported_format"),
    "picture-called-text": ("a.txt", PICTURE, "not_text"),
    "picture-called-page": ("a.html", PICTURE, "not_text"),
    "numbers-called-text": ("a.txt", struct.pack("<500d", *range(500)), "not_text"),
    "nul-in-utf-8": ("a.txt", "نص\0نص".encode(), "not_text"),
    "other-encoding": ("a.txt", "Ещё одна новость о встрече министров в Москве".encode("cp1251"), "unknown_encoding"),
    "half-utf-16": ("a.txt", TEXT.encode("utf-16")[:-1], "unknown_encoding"),
    "too-large": ("a.txt", b"a" * (MOST_TEXT_BYTES + 1), "too_large"),
    "page-without-article": ("a.html", b"<html><body></body></html>", "missing_text"),
    "empty-lines": ("a.jsonl", b"", "empty"),
    "damaged-gzip": ("a.jsonl.gz", gzip.compress(b'{"text": "x"}' * 99)[:-9], "damaged"),
    "no-gzip": ("a.jsonl.gz", b'{"text": "x"}', "damaged"),
    "empty-gzip": ("a.jsonl.gz", gzip.compress(b""), "empty"),
    "no-parquet": ("a.parquet", b"PAR1 and nothing", "damaged"),
}


@pytest.mark.parametrize(("name", "data", "reason"), BAD_FILES.values(), ids=BAD_FILES.keys())
def test_a_bad_file_is_refused(tmp_path: Path, name: str, data: bytes, reason: str) -> None:
    (tmp_path / name).write_bytes(data)
    found = read(tmp_path / name)
    assert [(type(item), item.path, item.reason) for item in found] == [(Refusal, str(tmp_path / name), reason)]
    assert found[0].detail
    assert "\n" not in found[0].detail


BAD_LINES = {
    "no-json": (b"{", "bad_json"),
    "no-object": (b"[1]", "bad_json"),
    "deep": (b"[" * 100_000, "bad_json"),
    "not-utf-8": (b'{"text": "\xcc"}', "bad_json"),
    "no-text": (b'{"id": "a", "text": null}', "missing_text"),
    "blank-text": (b'{"id": "a", "text": " "}', "missing_text"),
    "number-text": (b'{"id": "a", "text": 5}', "missing_text"),
    "nul": (b'{"id": "a", "text": "a\\u0000"}', "not_text"),
    "half-a-character": (b'{"id": "a", "text": "a\\ud800"}', "not_text"),
    "half-a-character-in-title": (b'{"id": "a", "text": "a", "title": "\\ud800"}', "not_text"),
    "too-large": (b'{"text": "%s"}' % (b"a" * (MOST_TEXT_BYTES + 1)), "too_large"),
    "endless": (b'{"text": "%s"}' % (b"a" * (9 * MOST_TEXT_BYTES)), "too_large"),
}


@pytest.mark.parametrize(("line", "reason"), BAD_LINES.values(), ids=BAD_LINES.keys())
def test_a_bad_line_is_refused_by_number_and_the_rest_goes_on(tmp_path: Path, line: bytes, reason: str) -> None:
    good = json.dumps({"id": "good", "text": TEXT}).encode()
    (tmp_path / "a.jsonl").write_bytes(good + b"\n\n" + line + b"\n" + good)
    first, bad, last = read(tmp_path / "a.jsonl")
    assert first == last == Article(article_id="good", text=TEXT)
    assert (bad.path, bad.reason) == (f"{tmp_path / 'a.jsonl'}#3", reason)


def test_json_lines_plain_and_in_gzip(tmp_path: Path) -> None:
    data = (ARTICLES / "articles.jsonl").read_bytes()
    (tmp_path / "articles.jsonl.gz").write_bytes(gzip.compress(data))
    expected = [
        Article(
            article_id="muscat-1",
            text="استقبل وزير الخارجية العماني نظيره الكويتي في مسقط.",
            title="لقاء عماني كويتي في مسقط",
            published=date(2024, 5, 7),
            url="https://www.news.example/muscat-1",
            outlet="news.example",
        ),
        Article(
            article_id="doha-1",
            text="وقعت قطر وباكستان مذكرة تفاهم في الدوحة.",
            published=date(2024, 5, 8),
            outlet="crawl/part-1",
        ),
    ]
    assert read(ARTICLES / "articles.jsonl") == read(tmp_path / "articles.jsonl.gz") == expected


def test_stray_control_characters_are_kept(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(json.dumps({"id": "a", "text": TEXT, "title": "\x1a لقاء"}))
    (tmp_path / "b.txt").write_text(f"{TEXT}\x02")
    (tmp_path / "c.txt").write_bytes(f"{TEXT}\x02".encode("cp1256"))
    assert read(tmp_path) == [
        Article(article_id="a", text=TEXT, title="\x1a لقاء"),
        Article(article_id="b", text=f"{TEXT}\x02"),
        Article(article_id="c", text=f"{TEXT}\x02"),
    ]


def test_what_was_read_before_the_damage_is_kept(tmp_path: Path) -> None:
    lines = b"".join(json.dumps({"text": os.urandom(300).hex()}).encode() + b"\n" for _ in range(2000))
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(lines)[:-20_000])
    *articles, last = read(tmp_path / "a.jsonl.gz")
    assert len(articles) > 100
    assert articles[1].article_id == "a.jsonl.gz#2"
    assert last.reason == "damaged"


def test_a_table_is_read_by_its_columns(tmp_path: Path) -> None:
    table = pa.table(
        {
            "id": [7, 8, None],
            "text": [TEXT, None, TEXT],
            "date": [datetime(2024, 5, 7, 23, 0), None, None],
            "language": ["ar", "ar", "ar"],
        }
    )
    path = tmp_path / "crawl.parquet"
    pq.write_table(table, path, row_group_size=1)
    assert read(path) == [
        Article(article_id="7", text=TEXT, published=date(2024, 5, 7)),
        Refusal(f"{path}#2", "missing_text", "it has no text"),
        Article(article_id="crawl.parquet#3", text=TEXT),
    ]


def test_a_table_without_text_or_rows_is_refused(tmp_path: Path) -> None:
    pq.write_table(pa.table({"body": ["x"]}), tmp_path / "a.parquet")
    pq.write_table(pa.table({"text": pa.array([], pa.string())}), tmp_path / "b.parquet")
    assert refusals(tmp_path) == [("a.parquet", "missing_text"), ("b.parquet", "empty")]


def test_a_page_gives_its_main_text_and_its_own_metadata() -> None:
    article = read_one(ARTICLES / "page.html")
    assert (article.article_id, article.title) == ("page", "لقاء عماني كويتي في مسقط")
    assert (article.published, article.outlet) == (date(2024, 5, 7), "news.example")
    assert article.url == "https://www.news.example/2024/muscat"
    assert "وبحثا التعاون في الموانئ والنقل البحري." in article.text
    assert "<b>" in article.text
    assert "الرئيسية" not in article.text
    assert "محفوظة" not in article.text


def page_with(head: str, body: str = "") -> str:
    return f"<html><head>{head}</head><body><article>{body}<p>{TEXT}</p><p>{TEXT[20:]}</p></article></body></html>"


DATED_PAGES = {
    "json-ld": ('<script type="application/ld+json">{"@graph": [{"datePublished": "2024-05-07"}]}</script>', True),
    "itemprop": ('<meta itemprop="datePublished" content="2024-05-07">', True),
    "broken-json-ld": ('<script type="application/ld+json">{"datePublished": </script>', False),
    "modified-only": ('<meta property="article:modified_time" content="2024-05-07">', False),
    "address-only": ('<link rel="canonical" href="https://news.example/2024/05/07/a">', False),
    "nothing": ("", False),
}


@pytest.mark.parametrize(("head", "is_dated"), DATED_PAGES.values(), ids=DATED_PAGES.keys())
def test_a_page_is_dated_by_its_own_statement_only(tmp_path: Path, head: str, is_dated: bool) -> None:
    (tmp_path / "a.html").write_text(page_with(head, "<div>الجمعة 19 أبريل 2024</div><div>2024-04-19</div>"))
    assert read_one(tmp_path / "a.html").published == (date(2024, 5, 7) if is_dated else None)


def test_a_page_in_windows_1256(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(page_with('<meta charset="windows-1256">').encode("cp1256"))
    assert TEXT in read_one(tmp_path / "a.html").text


def test_a_folder_is_read_in_order_and_below(tmp_path: Path) -> None:
    for name in ("b.txt", "a/2.txt", "a/1.TXT", ".hidden/x.txt", "_temporary/x.txt", ".x.txt", "c.png"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(TEXT)
    (tmp_path / "a" / "loop").symlink_to(tmp_path)
    found = read(tmp_path)
    assert [item.article_id for item in found if isinstance(item, Article)] == ["b", "1", "2"]
    assert refusals(tmp_path) == [("c.png", "unsupported_format")]


def test_a_glob_is_read_in_order(tmp_path: Path) -> None:
    for name in ("2.txt", "1.txt", "3.md"):
        (tmp_path / name).write_text(TEXT)
    assert [item.article_id for item in read(tmp_path / "*.txt")] == ["1", "2"]
    assert refusals(tmp_path / "*.csv") == [("*.csv", "missing")]


def test_a_name_that_looks_like_a_glob_is_taken_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "a[1].txt").write_text(TEXT)
    assert read_one(tmp_path / "a[1].txt").article_id == "a[1]"


def test_a_file_name_that_is_not_utf_8(tmp_path: Path) -> None:
    for name in (b"good\xff.txt", b"bad\xff.png"):
        Path(os.fsdecode(os.path.join(os.fsencode(tmp_path), name))).write_text(TEXT)
    bad, good = read(tmp_path)
    assert bad == Refusal(f"{tmp_path}/bad\ufffd.png", "unsupported_format", bad.detail)
    assert good == Article(article_id="good\ufffd", text=TEXT)


def test_paths_that_are_not_articles(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "notes.md").write_text(TEXT)
    (tmp_path / "nowhere.txt").symlink_to(tmp_path / "gone")
    os.mkfifo(tmp_path / "pipe.txt")
    assert refusals(tmp_path / "missing", tmp_path / "folder", tmp_path / "nowhere.txt", tmp_path / "pipe.txt") == [
        ("missing", "missing"),
        ("folder", "no_articles"),
        ("nowhere.txt", "unreadable"),
        ("pipe.txt", "unreadable"),
    ]


STAMPS: dict[str, tuple[Any, date | None]] = {
    "rfc-2822": ("Tue, 27 Mar 2018 22:09:14 +0400", date(2018, 3, 27)),
    "rfc-2822-gmt": ("Sun, 27 May 2018 06:12:44 GMT", date(2018, 5, 27)),
    "rfc-2822-without-weekday": ("7 May 2024 10:00:00 +0300", date(2024, 5, 7)),
    "iso-zone": ("2017-02-18T16:32:00+01:00", date(2017, 2, 18)),
    "iso-utc": ("2024-05-08T10:00:00Z", date(2024, 5, 8)),
    "iso-day": (" 2024-05-08 ", date(2024, 5, 8)),
    "blank-between": ("2015-07-24 05:55:02", date(2015, 7, 24)),
    "day-first": ("22/04/2017", date(2017, 4, 22)),
    "day-first-low": ("02/12/2016", date(2016, 12, 2)),
    "late-evening-stays": ("Tue, 27 Mar 2018 23:59:14 -0800", date(2018, 3, 27)),
    "day": (date(2024, 5, 8), date(2024, 5, 8)),
    "time": (datetime(2024, 5, 8, 23), date(2024, 5, 8)),
    "month-first": ("04/22/2017", None),
    "epoch": ("1970-01-01T00:00:00Z", None),
    "no-such-day": ("2024-02-30", None),
    "words": ("أمس", None),
    "year": ("2024", None),
    "number": (1_715_000_000, None),
    "none": (None, None),
    "empty": ("", None),
    "rfc-2822-broken": ("Tue, 47 Mar 2018 22:09:14", None),
    "far-zone": ("Tue, 27 Mar 2018 22:09:14 +9999", None),
}


@pytest.mark.parametrize(("stamp", "day"), STAMPS.values(), ids=STAMPS.keys())
def test_stamps(stamp: Any, day: date | None) -> None:
    assert parse_published(stamp) == day


@pytest.mark.parametrize(
    ("stamp", "at_night"),
    [
        pytest.param("2015-08-06 01:30:08", True, id="a-collectors-clock"),
        pytest.param("2015-08-06 13:30:08", False, id="noon"),
        pytest.param("2015-08-06T01:30:08+03:00", False, id="with-a-zone"),
        pytest.param("Tue, 27 Mar 2018 01:09:14 GMT", False, id="rfc-2822"),
        pytest.param("2015-08-06", False, id="a-day-has-no-hour"),
        pytest.param("2015-08-06 00:00:00", False, id="nor-has-midnight"),
        pytest.param(datetime(2024, 5, 8, 2), True, id="a-column-of-times"),
        pytest.param("أمس", False, id="words"),
        pytest.param(None, False, id="none"),
    ],
)
def test_stamps_of_the_night(stamp: Any, at_night: bool) -> None:
    assert is_at_night(stamp) is at_night


@given(texts)
def test_no_stamp_or_address_raises(text: str) -> None:
    assert parse_published(text) is None or isinstance(parse_published(text), date)
    assert outlet_of(text) is None or outlet_of(text)


def test_outlets() -> None:
    assert outlet_of("https://www.News.example:80/a") == "news.example"
    assert outlet_of("http://[broken") is None
    assert outlet_of("no address") is None
