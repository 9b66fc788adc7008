"""Finished parts: Parquet files of what was extracted from some articles, for a later run to take instead of the work.

A part is written beside its place and renamed, so that there are only whole ones. Its name says under which rules it was
made and from which articles: `RULES-ARTICLES.parquet`. An article without records is kept by its key alone.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from extract.errors import StoreError
from extract.imprint import Imprint, take_imprint
from extract.models import Article, Engagement
from extract.rows import read_line, write_line

FOLDER = "parts"
KEY_BYTES = 16
_ENDING = ".parquet"
_ARTICLE = tuple(field.name for field in fields(Article))
_SCHEMA = pa.schema(
    [
        pa.field("key", pa.binary(KEY_BYTES), nullable=False),
        pa.field("reason", pa.string()),  # why there are no records; null where there are, or where none were told of
        pa.field("detail", pa.string()),
        pa.field("count", pa.int32(), nullable=False),
        pa.field("records", pa.list_(pa.string())),
        pa.field("words", pa.binary()),  # the article's imprint
        pa.field("signature", pa.binary()),
        *(
            pa.field(name, {"published": pa.date32(), "published_at_night": pa.bool_()}.get(name, pa.string()))
            for name in _ARTICLE
        ),
    ]
)
_READ_AT_A_TIME = 256


@dataclass(frozen=True, slots=True)
class Finished:
    """What one article gave: its records, or the reason why it was dropped or refused (`detail` tells a person)."""

    key: bytes
    article: Article
    records: tuple[Engagement, ...] = ()
    reason: str | None = None
    detail: str | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """What a part says of one article, in short."""

    key: bytes
    reason: str | None
    detail: str | None
    count: int


def key_of(article: Article) -> bytes:
    """The digest of an article's text and all that is known of it: the same for the same article alone."""
    digest = hashlib.blake2b(digest_size=KEY_BYTES)
    for name in _ARTICLE:
        value = getattr(article, name)
        digest.update(b"\0" if value is None else f"\1{value}\0".encode(errors="surrogatepass"))
    return digest.digest()


def encode(finished: Iterable[Finished]) -> bytes:
    """The bytes of a part."""
    rows = [_row_of(one) for one in finished]
    columns = [pa.array(values, type=kind) for values, kind in zip(zip(*rows, strict=True), _SCHEMA.types, strict=True)]
    sink = pa.BufferOutputStream()
    pq.write_table(
        pa.table(columns, schema=_SCHEMA), sink, compression="zstd", compression_level=3, row_group_size=_READ_AT_A_TIME
    )
    return bytes(sink.getvalue())


def _row_of(one: Finished) -> tuple[Any, ...]:
    told = (one.key, one.reason, one.detail, len(one.records))
    if not one.records:
        return (*told, *[None] * (len(_SCHEMA) - len(told)))
    imprint = take_imprint(one.article)
    lines = [write_line(record) for record in one.records]
    return (*told, lines, imprint.words, imprint.signature, *(getattr(one.article, name) for name in _ARTICLE))


def write_part(store_dir: Path, rules: str, keys: Iterable[bytes], data: bytes) -> Path:
    """Put a part in its place, whole, and return it."""
    folder = store_dir / FOLDER
    folder.mkdir(exist_ok=True)
    name = hashlib.blake2b(b"".join(keys), digest_size=KEY_BYTES).hexdigest()
    path = folder / f"{rules}-{name}{_ENDING}"
    beside = folder / f".{path.name}.{os.getpid()}"
    try:
        beside.write_bytes(data)
        beside.replace(path)
    except OSError:
        beside.unlink(missing_ok=True)
        raise
    return path


def find_parts(store_dir: Path, rules: str) -> list[Path]:
    """The parts made under these rules, in the order of their names."""
    return sorted((store_dir / FOLDER).glob(f"{rules}-*{_ENDING}"))


def read_known(path: Path) -> list[Known]:
    """What a part says of each of its articles; none where it cannot be read, so that they are extracted again."""
    try:
        table = pq.read_table(path, columns=["key", "reason", "detail", "count"])
    except (pa.ArrowException, OSError):
        return []
    return [Known(*row) for row in zip(*(column.to_pylist() for column in table.columns), strict=True)]


def read_at_night(store_dir: Path) -> frozenset[str]:
    """The ids of articles with a stamp of the night, which a register has no column for, of all parts of a store."""
    found: set[str] = set()
    for path in find_parts(store_dir, "*"):
        try:
            table = pq.read_table(path, columns=["article_id"], filters=[("published_at_night", "==", True)])
        except (pa.ArrowException, OSError):
            continue  # its articles are read anew by the next run of its inputs
        found.update(table.column("article_id").to_pylist())
    return frozenset(found)


def read_articles(path: Path, wanted: Collection[bytes]) -> Iterator[Article]:
    """The articles of a part that have records, of those with the wanted keys."""
    for key, count, *values in _read_rows(path, ["key", "count", *_ARTICLE]):
        if count and key in wanted:
            yield Article(**dict(zip(_ARTICLE, values, strict=True)))


def read_records(path: Path, wanted: Collection[bytes]) -> Iterator[Engagement]:
    """The records of a part's articles with the wanted keys, each article's own, in order."""
    for key, lines in _read_rows(path, ["key", "records"]):
        if lines and key in wanted:
            yield from map(read_line, lines)


def read_reports(path: Path, wanted: Collection[bytes]) -> Iterator[tuple[Imprint, list[Engagement]]]:
    """What each article of a part that has records is compared by, and its records; of those with the wanted keys."""
    for key, lines, *imprint in _read_rows(path, ["key", "records", "published", "words", "signature"]):
        if lines and key in wanted:
            yield Imprint(*imprint), list(map(read_line, lines))


def _read_rows(path: Path, columns: list[str]) -> Iterator[tuple[Any, ...]]:
    try:
        with pq.ParquetFile(path) as file:
            for batch in file.iter_batches(_READ_AT_A_TIME, columns=columns):
                yield from zip(*(batch.column(name).to_pylist() for name in columns), strict=True)
    except pa.ArrowException as error:
        path.unlink(missing_ok=True)
        raise StoreError(f"{path} was damaged and is removed: run again, and its articles are read anew") from error


def clear_parts(store_dir: Path, used: Collection[Path]) -> None:
    """Remove every part that the register does not draw on, and halves that a killed run left."""
    for path in (store_dir / FOLDER).iterdir():
        if path not in used and (path.suffix == _ENDING or path.name.startswith(".")):
            path.unlink(missing_ok=True)
