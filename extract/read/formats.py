"""One reader a format: a path to articles, one at a time, and a refusal for each part of the file that is not one."""

from __future__ import annotations

import contextlib
import gzip
import io
import json
import zlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from extract.errors import InputError
from extract.models import Article, Refusal
from extract.read.decode import decode
from extract.read.fields import FIELDS, MOST_TEXT_BYTES, article_from, check_size
from extract.read.html import article_from_html

Found = Iterator[Article | Refusal]
Reader = Callable[[Path], Found]

# JSON may spell a letter of two bytes as six (\u0645), and has the other fields beside the text.
_MOST_LINE_BYTES = 4 * MOST_TEXT_BYTES
_ROWS_A_BATCH = 500


def read_text(path: Path) -> Found:
    """A plain text: the id is the file's name without its ending; the title stands in the text."""
    yield Article(article_id=path.stem, text=_read_whole(path))


def read_html(path: Path) -> Found:
    """A web page: its main text, and the title, date and site that its own metadata give."""
    yield article_from_html(_read_whole(path), str(path), default_id=path.stem)


def read_json_lines(path: Path) -> Found:
    """One JSON object a line, plain or in gzip; a line that is not one is refused and the rest goes on."""
    with contextlib.ExitStack() as opened:
        file: io.BufferedIOBase = opened.enter_context(path.open("rb"))
        if path.suffix.lower() == ".gz":
            file = opened.enter_context(gzip.open(file))
        number = 0
        try:
            while line := file.readline(_MOST_LINE_BYTES):
                number += 1
                if len(line) == _MOST_LINE_BYTES and not line.endswith(b"\n"):
                    _skip_line(file)
                    yield Refusal(f"{path}#{number}", "too_large", "the line is too long for one article")
                elif line.strip():
                    yield _read_line(line, path, number)
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            raise InputError(str(path), "damaged", f"the file breaks off or is damaged after line {number}") from error
    if number == 0:
        raise InputError(str(path), "empty", "the file is empty")


def read_parquet(path: Path) -> Found:
    """A Parquet table, row group by row group, of which only the columns that an article has are read."""
    try:
        with pq.ParquetFile(path) as file:
            columns = [name for name in FIELDS if name in file.schema_arrow.names]
            if "text" not in columns:
                raise InputError(str(path), "missing_text", "the table has no column named text")
            number = 0
            for batch in file.iter_batches(batch_size=_ROWS_A_BATCH, columns=columns):
                for row in batch.to_pylist():
                    number += 1
                    yield _article_or_refusal(row, path, number)
            if number == 0:
                raise InputError(str(path), "empty", "the table has no rows")
    except (pa.ArrowException, OSError) as error:
        raise InputError(str(path), "damaged", "the file is not a whole Parquet file") from error


READERS: Mapping[str, Reader] = {
    ".txt": read_text,
    ".html": read_html,
    ".htm": read_html,
    ".jsonl": read_json_lines,
    ".jsonl.gz": read_json_lines,
    ".parquet": read_parquet,
}


def find_reader(path: Path) -> Reader | None:
    """The reader for a file's ending, in small or capital letters; None for an ending that no reader knows."""
    name = path.name.lower()
    return next((reader for ending, reader in READERS.items() if name.endswith(ending)), None)


def _read_whole(path: Path) -> str:
    check_size(path.stat().st_size, str(path))
    text = decode(path.read_bytes(), str(path))
    if not text.strip():
        raise InputError(str(path), "empty", "the file is empty")
    return text


def _read_line(line: bytes, path: Path, number: int) -> Article | Refusal:
    try:
        record = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return Refusal(f"{path}#{number}", "bad_json", "the line is not JSON in UTF-8")
    if not isinstance(record, dict):
        return Refusal(f"{path}#{number}", "bad_json", "the line is not a JSON object")
    return _article_or_refusal(record, path, number)


def _article_or_refusal(fields: Mapping[str, Any], path: Path, number: int) -> Article | Refusal:
    try:
        return article_from(fields, f"{path}#{number}", default_id=f"{path.name}#{number}")
    except InputError as error:
        return Refusal(error.path, error.reason, error.detail)


def _skip_line(file: io.BufferedIOBase) -> None:
    while (part := file.readline(_MOST_LINE_BYTES)) and not part.endswith(b"\n"):
        pass
