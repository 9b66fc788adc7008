"""Tables, web archives, zip archives, compressed files, addresses and standard input give the articles that they hold."""

from __future__ import annotations

import gzip
import io
import subprocess
import sys
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import fsspec
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard

from extract.models import Article, Refusal
from extract.read import read_inputs
from tests.factories import TEXT

ARTICLES = Path(__file__).with_name("articles")
LINES = (ARTICLES / "articles.jsonl").read_bytes()
PAGE = (ARTICLES / "page.html").read_bytes()
TABLE = (ARTICLES / "table.csv").read_text("utf-8")
ROWS = [
    Article(
        article_id="muscat-2",
        text='استقبل وزير الخارجية العماني نظيره الكويتي في مسقط،\nوبحثا "التعاون" في الموانئ, والنقل.',
        title="لقاء عماني كويتي",
        published=date(2024, 5, 7),
        url="https://www.news.example/muscat-2",
        outlet="news.example",
    ),
    Article(article_id="doha-2", text="وقعت قطر وباكستان مذكرة تفاهم في الدوحة."),
]


def read(*paths: object) -> list[Article | Refusal]:
    return list(read_inputs(map(str, paths)))


def ids(*paths: object) -> list[str]:
    """The ids of articles, the reasons of refusals."""
    return [item.article_id if isinstance(item, Article) else item.reason for item in read(*paths)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1256", "iso8859_6"])
def test_a_table_in_any_encoding(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "a.csv").write_bytes(TABLE.encode(encoding))
    assert read(tmp_path / "a.csv") == ROWS


@pytest.mark.parametrize("delimiter", [",", ";", "\t"], ids=["comma", "semicolon", "tab"])
def test_a_table_as_spreadsheets_part_its_cells(tmp_path: Path, delimiter: str) -> None:
    (tmp_path / "a.CSV").write_text(f"ID{delimiter} Text \r\n1{delimiter}{TEXT}\r\n\r\n", newline="")
    assert read(tmp_path / "a.CSV") == [Article(article_id="1", text=TEXT)]


@pytest.mark.parametrize("pack", [gzip.compress, zstandard.compress], ids=["gz", "zst"])
@pytest.mark.parametrize("name", ["articles.jsonl", "table.csv", "page.html", "utf-16.txt"])
def test_a_compressed_file_is_what_is_in_it(tmp_path: Path, name: str, pack: Callable[[bytes], bytes]) -> None:
    data = (ARTICLES / name).read_bytes()
    packed = tmp_path / f"{name}.{(pack.__name__ == 'compress' and pack.__module__[:1] == 'g' and 'gz') or 'zst'}"
    packed.write_bytes(pack(data[:40]) + pack(data[40:]))  # files are often joined from parts
    assert read(packed) == read(ARTICLES / name)


def record(number: int, kind: str, content_type: str, body: bytes) -> bytes:
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-00000000000{number}>\r\n"
        f"WARC-Target-URI: https://www.paper.example/{number}\r\nWARC-Date: 2024-06-01T00:00:00Z\r\n"
        f"Content-Type: {content_type}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body + b"\r\n\r\n"


def response(number: int, status: str, content_type: str, body: bytes) -> bytes:
    head = f"HTTP/1.1 {status}\r\nContent-Type: {content_type}\r\n\r\n".encode()
    return record(number, "response", "application/http", head + body)


# A page, the same page not found, a picture, a page of nothing, a request, and a text that a crawl made.
WEB_ARCHIVE = (
    response(1, "200 OK", "text/html; charset=utf-8", PAGE),
    response(2, "404 Not Found", "text/html", PAGE),
    response(3, "200 OK", "image/png", b"\x89PNG"),
    response(4, "200 OK", "text/html", b"<html></html>"),
    record(5, "request", "application/http", b"GET / HTTP/1.1\r\nHost: paper.example\r\n\r\n"),
    record(6, "conversion", "text/plain", TEXT.encode()),
)


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz", "whole.warc.gz"])
def test_the_pages_of_a_web_archive(tmp_path: Path, name: str) -> None:
    data = b"".join(map(gzip.compress, WEB_ARCHIVE)) if name == "a.warc.gz" else b"".join(WEB_ARCHIVE)
    (tmp_path / name).write_bytes(gzip.compress(data) if name == "whole.warc.gz" else data)
    page, empty, text = read(tmp_path / name)
    (alone,) = read(ARTICLES / "page.html")
    assert isinstance(page, Article)
    assert isinstance(alone, Article)
    assert (page.text, page.title, page.published, page.url) == (alone.text, alone.title, alone.published, alone.url)
    assert isinstance(empty, Refusal)
    assert (empty.path, empty.reason) == (f"{tmp_path / name}#4", "missing_text")
    assert isinstance(text, Article)
    assert (text.text, text.url, text.outlet) == (TEXT, "https://www.paper.example/6", "paper.example")
    assert page.article_id == "00000000-0000-0000-0000-000000000001"


def test_an_archive_is_read_like_a_folder_and_unpacks_nothing(tmp_path: Path) -> None:
    table = io.BytesIO()
    pq.write_table(pa.table({"id": ["row"], "text": [TEXT]}), table)
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("b/articles.jsonl.gz", gzip.compress(LINES))
        archive.writestr("b/table.parquet", table.getvalue())
        archive.writestr("a.txt", TEXT)
        archive.writestr("__MACOSX/a.txt", "x")
        archive.writestr("photo.png", b"\x89PNG")
        archive.writestr("pages.warc.gz", b"".join(map(gzip.compress, WEB_ARCHIVE)))
    assert ids(path)[:4] == ["a", "muscat-1", "doha-1", "row"]
    assert len(ids(path)) == 8
    (refused,) = [item for item in read(path) if isinstance(item, Refusal) and item.reason == "unsupported_format"]
    assert refused.path == f"{path}/photo.png"
    assert [one.name for one in tmp_path.iterdir()] == ["a.zip"]


def test_a_page_in_windows_1256_that_is_mostly_markup(tmp_path: Path) -> None:
    markup = '<div class="something-in-latin-letters"></div>' * 200
    for name, head in (("a.html", '<meta charset="windows-1256">'), ("b.html", "")):
        page = (
            f"<html><head>{head}</head><body>{markup}<article><p>{TEXT}</p><p>{TEXT[20:]}</p></article></body></html>"
        )
        (tmp_path / name).write_bytes(page.encode("cp1256"))
    assert [TEXT in item.text for item in read(tmp_path) if isinstance(item, Article)] == [True, True]


def test_addresses_through_fsspec(tmp_path: Path) -> None:
    memory = fsspec.filesystem("memory")
    table = io.BytesIO()
    pq.write_table(pa.table({"id": ["row"], "text": [TEXT], "file_path": ["crawl/part-1"]}), table)
    files = {"b.jsonl.gz": gzip.compress(LINES), "a/t.parquet": table.getvalue(), ".x.txt": b"x", "c.png": b"x"}
    for name, data in files.items():
        memory.pipe(f"/desk/{name}", data)
    try:
        assert ids("memory://desk") == ["row", "muscat-1", "doha-1", "unsupported_format"]
        assert ids("memory://desk/*.gz") == ids("memory://desk/b.jsonl.gz") == ["muscat-1", "doha-1"]
        assert ids("memory://nowhere", "memory://desk/none.txt", ARTICLES / "table.csv") == [
            "missing", "missing", "muscat-2", "doha-2"
        ]  # fmt: skip
    finally:
        memory.rm("/desk", recursive=True)


@pytest.mark.parametrize(("address", "reason"), [("s3://desk/a.jsonl", "no_driver"), ("nosuch://a", "unreadable")])
def test_an_address_without_its_driver_is_one_clear_line(address: str, reason: str) -> None:
    (refused,) = read(address)
    assert isinstance(refused, Refusal)
    assert (refused.path, refused.reason) == (address, reason)
    assert "\n" not in refused.detail


def test_standard_input_is_json_lines() -> None:
    code = "from extract.read import read_inputs; print(*(item for item in read_inputs(['-'])), sep='\\n')"
    done = subprocess.run([sys.executable, "-c", code], input=LINES + b"{", capture_output=True, check=True)
    first, second, bad = done.stdout.decode().splitlines()
    assert "muscat-1" in first
    assert "doha-1" in second
    assert "<stdin>#3" in bad


def test_a_glob_of_any_depth_follows_no_link_and_reads_nothing_twice(tmp_path: Path) -> None:
    for name in ("a/1.txt", "a/b/2.txt", ".hidden/3.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(TEXT)
    (tmp_path / "a" / "loop").symlink_to(tmp_path)
    (tmp_path / "a" / "b" / "loop").symlink_to(tmp_path)
    assert ids(tmp_path / "**" / "*.txt") == ["1", "2"]
    assert ids(tmp_path / "**") == ["1", "2"]
