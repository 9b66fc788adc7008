"""JSON Lines to articles."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import IO

from extract.models import Article, Refusal
from extract.read.fields import MOST_RECORD_BYTES, article_or_refusal


def read_json_lines(file: IO[bytes], path: str) -> Iterator[Article | Refusal]:
    """One JSON object a line; a line that is not one is refused and the rest goes on."""
    number = 0
    while line := file.readline(MOST_RECORD_BYTES):
        number += 1
        if len(line) == MOST_RECORD_BYTES and not line.endswith(b"\n"):
            _skip_line(file)
            yield Refusal(f"{path}#{number}", "too_large", "the line is too long for one article")
        elif line.strip():
            yield _read_line(line, path, number)


def _read_line(line: bytes, path: str, number: int) -> Article | Refusal:
    try:
        record = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return Refusal(f"{path}#{number}", "bad_json", "the line is not JSON in UTF-8")
    if not isinstance(record, dict):
        return Refusal(f"{path}#{number}", "bad_json", "the line is not a JSON object")
    return article_or_refusal(record, path, number)


def _skip_line(file: IO[bytes]) -> None:
    while (part := file.readline(MOST_RECORD_BYTES)) and not part.endswith(b"\n"):
        pass
