"""The table of formats: an ending, and the function that reads a file of it; to add a format is to add a line here."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from typing import IO

from extract.models import Article, Refusal
from extract.read.html import read_html
from extract.read.lines import read_json_lines
from extract.read.source import COMPRESSIONS
from extract.read.tables import read_csv, read_parquet
from extract.read.text import read_text
from extract.read.warc import read_warc

# An open file and the path that its refusals name, to articles, one at a time, and a refusal for each part that is
# not one. What ends the file before its end is an InputError.
Reader = Callable[[IO[bytes], str], Iterator[Article | Refusal]]

READERS: Mapping[str, Reader] = {
    ".txt": read_text,
    ".html": read_html,
    ".htm": read_html,
    ".jsonl": read_json_lines,
    ".csv": read_csv,
    ".parquet": read_parquet,
    ".warc": read_warc,
}
ARCHIVE = ".zip"
ENDINGS = f"{', '.join((*READERS, ARCHIVE))}, nor one of these with {' or '.join(COMPRESSIONS)}"


def find_reader(name: str) -> Reader | None:
    """The reader for a file's ending, in small or capital letters; None for an ending that no reader knows.

    A compressed file is read as what its name says before that: `a.csv.gz` as `a.csv`.
    """
    stem, ending = os.path.splitext(name.lower())
    if ending in COMPRESSIONS:
        ending = os.path.splitext(stem)[1]
    return READERS.get(ending)


def read_format(reader: Reader, file: IO[bytes], path: str) -> Iterator[Article | Refusal]:
    """What a reader finds in a file, unpacked first if its ending says that it is compressed."""
    unpack = COMPRESSIONS.get(os.path.splitext(path.lower())[1])
    return reader(unpack(file, path) if unpack else file, path)


def is_archive(name: str) -> bool:
    """Whether a file holds others."""
    return name.lower().endswith(ARCHIVE)
