"""Whatever is broken, hostile or gone is refused by its reason, and the run goes on with the rest."""

from __future__ import annotations

import gzip
import io
import json
import os
import re
import shutil
import tempfile
import tracemalloc
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.lexicon import labels
from extract.models import Article, Refusal
from extract.read import Source, read_inputs, read_source
from extract.read.formats import READERS
from tests.arabic import ALPHABET, MARKS
from tests.factories import TEXT

GOOD = Article(article_id="z-good", text=TEXT)
LINE = json.dumps({"id": "line", "text": TEXT}).encode() + b"\n"
EXTRACT = Path(__file__).parents[1] / "extract"


def read_beside_good(folder: Path) -> list[Article | Refusal]:
    """What a folder gives before the good article that is read last, which no fault may hide."""
    (folder / "z-good.txt").write_text(TEXT)
    *found, last = read_inputs([str(folder)])
    assert last == GOOD
    return found


def faults(folder: Path) -> list[tuple[str, str]]:
    found = read_beside_good(folder)
    assert all(isinstance(item, Article) or (item.detail and "\n" not in item.detail) for item in found)
    return [(os.path.relpath(item.path, folder), item.reason) for item in found if isinstance(item, Refusal)]


def parquet(rows: int, **options: object) -> bytes:
    out = io.BytesIO()
    pq.write_table(pa.table({"text": [f"{TEXT} {number}" for number in range(rows)]}), out, **options)
    return out.getvalue()


def zipped(members: dict[str, bytes], change: Callable[[zipfile.ZipInfo], None] = lambda _: None) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            info = zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_DEFLATED
            change(info)
            archive.writestr(info, data)
    return out.getvalue()


def as_link(info: zipfile.ZipInfo) -> None:
    info.external_attr = 0o120777 << 16


def with_password(data: bytes) -> bytes:
    """The archive with the bit set that says that its members are locked."""
    place = data.index(b"PK\x01\x02") + 8
    return data[:place] + b"\x01" + data[place + 1 :]


def bomb(opened: Callable[[io.BytesIO], object]) -> bytes:
    out = io.BytesIO()
    with opened(out) as packed:  # type: ignore[attr-defined]
        for _ in range(110):
            packed.write(bytes(1_000_000))
    return out.getvalue()


def zip_bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("a.jsonl", "w") as member:
        for _ in range(110):
            member.write(bytes(1_000_000))
    return out.getvalue()


GZIP_BOMB = bomb(lambda out: gzip.GzipFile(fileobj=out, mode="wb"))
ZSTD_BOMB = bomb(lambda out: zstandard.ZstdCompressor().stream_writer(out, closefd=False))

FAULTS: dict[str, tuple[str, bytes, list[tuple[str, str]]]] = {
    "cut-zst": ("a.jsonl.zst", zstandard.compress(LINE)[:-5], [("a.jsonl.zst", "damaged")]),
    "no-zst": ("a.csv.zst", b"text\nx\n", [("a.csv.zst", "damaged")]),
    "parquet-footer": ("a.parquet", parquet(9)[:-20] + b"\xff" * 12 + b"\0\1\0\0PAR1", [("a.parquet", "damaged")]),
    "parquet-in-gzip": ("a.parquet.gz", gzip.compress(parquet(1)), [("a.parquet.gz", "unsupported_format")]),
    "nul-bytes": ("a.txt", b"\0" * 500, [("a.txt", "not_text")]),
    "only-marks": ("a.txt", (MARKS * 9).encode(), [("a.txt", "no_letters")]),
    "csv-without-text": ("a.csv", b"id,body\n1,x\n", [("a.csv", "missing_text")]),
    "csv-row": ("a.csv", f"id,text\n1,{TEXT},x\n2,{TEXT}\n".encode(), [("a.csv#1", "bad_row")]),
    "csv-quote": ("a.csv", f'id,text\n1,{TEXT}\n2,"{TEXT}\n3,{TEXT}\n'.encode(), [("a.csv", "damaged")]),
    "csv-byte": ("a.csv", f"id,text\n{'1,' + TEXT}\n".encode() * 2000 + b"3,\xff\n", []),
    "csv-cut-utf-16": ("a.csv", b"\xff\xfe\0", [("a.csv", "damaged")]),
    "csv-without-rows": ("a.csv", b"id,text\n", [("a.csv", "empty")]),
    "warc": ("a.warc", b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 9\r\n\r\nHTTP/", [("a.warc", "damaged")]),
    "no-warc": ("a.warc", b"hello\n", [("a.warc", "damaged")]),
    "cut-warc": ("a.warc.gz", gzip.compress(b"WARC/1.0\r\n" * 99)[:-9], [("a.warc.gz", "damaged")]),
    "no-zip": ("a.zip", b"PK and nothing", [("a.zip", "damaged")]),
    "zip-of-nothing": ("a.zip", zipped({}), [("a.zip", "empty")]),
    "zip-outside": ("a.zip", zipped({"../out.txt": b"x"}), [("out.txt", "unsafe_path")]),
    "zip-root": ("a.zip", zipped({"/etc/out.txt": b"x"}), [("a.zip/etc/out.txt", "unsafe_path")]),
    "zip-drive": ("a.zip", zipped({"C:\\out.txt": b"x"}), [("a.zip/C:\\out.txt", "unsafe_path")]),
    "zip-backslash": ("a.zip", zipped({"a\\..\\..\\out.txt": b"x"}), [("a.zip/a\\..\\..\\out.txt", "unsafe_path")]),
    "zip-link": ("a.zip", zipped({"a.txt": b"/etc/passwd"}, as_link), [("a.zip/a.txt", "unsafe_path")]),
    "zip-in-zip": ("a.zip", zipped({"b.zip": zipped({})}), [("a.zip/b.zip", "nested_archive")]),
    "zip-locked": ("a.zip", with_password(zipped({"b.txt": b"x"})), [("a.zip/b.txt", "encrypted")]),
    "zip-of-pictures": ("a.zip", zipped({"b.png": b"x"}), [("a.zip/b.png", "unsupported_format")]),
    "zip-bomb": ("a.zip", zip_bomb(), [("a.zip", "bomb")]),
    "gzip-bomb": ("a.jsonl.gz", GZIP_BOMB, [("a.jsonl.gz", "bomb")]),
    "zst-bomb": ("a.jsonl.zst", ZSTD_BOMB, [("a.jsonl.zst", "bomb")]),
}  # fmt: skip


@pytest.mark.parametrize(("name", "data", "refused"), FAULTS.values(), ids=FAULTS.keys())
def test_a_fault_is_refused_and_the_rest_is_read(
    tmp_path: Path, name: str, data: bytes, refused: list[tuple[str, str]]
) -> None:
    (tmp_path / name).write_bytes(data)
    if name == "a.csv" and data.endswith(b"\xff\n"):
        assert faults(tmp_path)[-1] == ("a.csv#4000", "not_text")
    else:
        assert faults(tmp_path) == refused
    assert sorted(os.listdir(tmp_path)) == [name, "z-good.txt"]


# zstd gives nothing of its last block, of at most 128 KB, unless it has the whole of it.
@pytest.mark.parametrize(("ending", "least"), [("gz", 598), ("zst", 455)])
def test_records_before_the_cut_are_kept(tmp_path: Path, ending: str, least: int) -> None:
    lines = b"".join(json.dumps({"text": f"{TEXT} {os.urandom(200).hex()}"}).encode() + b"\n" for _ in range(600))
    pack = gzip.compress if ending == "gz" else zstandard.compress
    (tmp_path / f"a.jsonl.{ending}").write_bytes(pack(lines)[:-4])
    *kept, last = read_beside_good(tmp_path)
    assert len(kept) >= least
    assert all(isinstance(item, Article) for item in kept)
    assert isinstance(last, Refusal)
    assert (last.reason, f"(after {len(kept)} articles)" in last.detail) == ("damaged", True)


def test_rows_before_a_broken_page_are_kept(tmp_path: Path) -> None:
    data = parquet(4000, row_group_size=1000, compression="zstd")
    (tmp_path / "a.parquet").write_bytes(data[: len(data) // 2] + b"\xff" * 200 + data[len(data) // 2 + 200 :])
    *kept, last = read_beside_good(tmp_path)
    assert 1000 <= len(kept) < 4000
    assert isinstance(last, Refusal)
    assert last.reason == "damaged"


def test_a_text_of_a_table_that_is_not_utf_8_loses_its_row_only(tmp_path: Path) -> None:
    broken = pa.array([TEXT.encode(), b"\xff\xfe", TEXT.encode()]).view(pa.string())
    pq.write_table(pa.table({"text": broken}), tmp_path / "a.parquet")
    first, bad, last = read_beside_good(tmp_path)
    assert isinstance(bad, Refusal)
    assert [first, bad.reason, last] == [
        Article(article_id="a.parquet#1", text=TEXT), "not_text", Article(article_id="a.parquet#3", text=TEXT)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "head"), [("a.jsonl", b'{"text": "'), ("a.csv", b'text\n"'), ("a.txt", b""), ("a.jsonl.gz", b'{"text": "')]
)
def test_fifty_megabytes_in_one_line_take_bounded_memory(tmp_path: Path, name: str, head: bytes) -> None:
    with gzip.open(tmp_path / name, "wb", 1) if name.endswith(".gz") else (tmp_path / name).open("wb") as file:
        file.write(head)
        for _ in range(50):
            file.write(os.urandom(500_000).hex().encode())
    tracemalloc.start()
    assert [reason for _, reason in faults(tmp_path)] == ["too_large"]
    assert tracemalloc.get_traced_memory()[1] < 120_000_000
    tracemalloc.stop()


def test_controls_of_direction_stay_in_the_text(tmp_path: Path) -> None:
    text = f"\u202e{TEXT}\u202c\u2066\u2069"
    (tmp_path / "a.txt").write_text(text)
    assert read_beside_good(tmp_path) == [Article(article_id="a", text=text)]


def test_loops_of_links_end(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "loop").symlink_to(tmp_path)
    (tmp_path / "self.txt").symlink_to(tmp_path / "self.txt")
    assert faults(tmp_path) == [("self.txt", "unreadable")]
    assert [type(item) for item in read_inputs([str(tmp_path / "**" / "*.txt")])] == [Refusal, Article]


@contextmanager
def nobody() -> Iterator[None]:
    """What permissions forbid is forbidden; to the administrator, nothing is."""
    is_root = os.geteuid() == 0
    if is_root:
        os.seteuid(65534)
    try:
        yield
    finally:
        if is_root:
            os.seteuid(0)


def test_what_may_not_be_read_is_refused() -> None:
    folder = Path(tempfile.mkdtemp())
    try:
        folder.chmod(0o755)
        (folder / "a.txt").write_text(TEXT)
        (folder / "a.txt").chmod(0)
        (folder / "locked").mkdir(mode=0)
        (folder / "z-good.txt").write_text(TEXT)
        with nobody():
            found = list(read_inputs([str(folder)]))
        assert [(item.path, item.reason) for item in found if isinstance(item, Refusal)] == [
            (str(folder / "a.txt"), "unreadable"),
            (str(folder / "locked"), "unreadable"),
        ]
        assert GOOD in found
    finally:
        shutil.rmtree(folder)


def test_a_folder_that_vanishes_while_it_is_read(tmp_path: Path) -> None:
    for name in ("in/1.txt", "in/2.txt", "in/below/3.txt", "z-good.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(TEXT)
    found = read_inputs([str(tmp_path / "in"), str(tmp_path / "z-good.txt")])
    assert next(found) == Article(article_id="1", text=TEXT)
    shutil.rmtree(tmp_path / "in")
    *gone, last = found
    assert last == GOOD
    assert [item.reason for item in gone if isinstance(item, Refusal)] == ["unreadable", "unreadable"]


def test_every_reason_has_its_words() -> None:
    sources = [path.read_text("utf-8") for path in [*(EXTRACT / "read").glob("*.py"), *(EXTRACT / "run").glob("*.py")]]
    used = set(re.findall(r'(?:InputError|Refusal)\([^"()]+(?:\([^()]*\))?[^"()]*, "(\w+)"', "\n".join(sources)))
    used |= set(re.findall(r'(?:InputError|Refusal)\(f"[^"]*", "(\w+)"', "\n".join(sources)))
    assert {"bomb", "bad_json", "not_text", "no_driver"} <= used
    assert used <= {label.code for label in labels() if label.kind == "refusal"}


texts = st.text(st.sampled_from(ALPHABET), max_size=40)
values = st.none() | st.integers() | texts | st.lists(texts, max_size=2) | st.just("\ud800")
records = st.dictionaries(st.sampled_from(["id", "title", "text", "published", "date", "url", "source", "x"]), values)
pages = texts.map(lambda text: f"<html><meta charset=windows-1256><p>{text}<div><b>{text}</html>")
names = st.sampled_from([f"a{ending}{packed}" for ending in (*READERS, ".zip") for packed in ("", ".gz", ".zst")])


@st.composite
def files(draw: st.DrawFn) -> tuple[str, bytes]:
    """A name and bytes that may fit it: texts, lines, tables and pages in some encoding, with a part of it spoilt."""
    kind = draw(st.sampled_from(["text", "lines", "csv", "page", "bytes", "warc", "zip", "parquet"]))
    text = draw(texts | pages)
    if kind == "lines":
        text = "\n".join(map(json.dumps, draw(st.lists(records, max_size=4))))
    elif kind == "csv":
        text = "id,text\n" + "\n".join(map(",".join, draw(st.lists(st.lists(texts, max_size=3), max_size=4))))
    encoding = draw(st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1256", "iso8859_6"]))
    data = text.encode(encoding, errors="ignore")
    if kind == "bytes":
        data = draw(st.binary(max_size=60))
    elif kind == "warc":
        head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + data
        data = b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.example\r\n"
        data += b"Content-Type: application/http\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n" % (len(head), head)
    elif kind == "zip":
        data = zipped({draw(st.sampled_from(["a.txt", "b.jsonl", "../c.txt", "d.csv.gz"])): data})
    elif kind == "parquet":
        data = parquet(2)
    pack = draw(st.sampled_from([bytes, gzip.compress, zstandard.compress]))
    data = pack(data)
    cut, spoilt = draw(st.integers(0, 3)), draw(st.integers(0, len(data)))
    if cut == 1:
        data = data[:spoilt]
    elif cut == 2:
        data = data[:spoilt] + draw(st.binary(min_size=1, max_size=4)) + data[spoilt + 1 :]
    return draw(names), data


@given(files())
@settings(max_examples=1500, deadline=None)
def test_no_bytes_under_any_name_raise(file: tuple[str, bytes]) -> None:
    name, data = file
    found = list(read_source(Source(name, lambda: io.BytesIO(data))))
    assert found
    for _, item in found:
        assert isinstance(item, Article | Refusal)
        if isinstance(item, Article):
            item.text.encode()
            assert item.text.strip()
