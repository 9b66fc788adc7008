"""A plain text to an article."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO

from extract.models import Article
from extract.read.decode import decode
from extract.read.fields import article_from, read_whole, stem_of


def read_text(file: IO[bytes], path: str) -> Iterator[Article]:
    """A plain text: the id is the file's name without its ending; the title stands in the text."""
    text = decode(read_whole(file, path), path)
    yield article_from({"text": text}, path, default_id=stem_of(path))
