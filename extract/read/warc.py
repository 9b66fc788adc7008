"""A web archive to articles: its pages by the reader of pages, the plain texts that some crawls make of them as they are."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from typing import IO, Any

from warcio.archiveiterator import ArchiveIterator
from warcio.bufferedreaders import DecompressingBufferedReader
from warcio.exceptions import ArchiveLoadFailed
from warcio.statusandheaders import StatusAndHeadersParserException

from extract.errors import InputError
from extract.models import Article, Refusal
from extract.read.decode import decode
from extract.read.fields import MOST_TEXT_BYTES, article_from, check_size
from extract.read.html import article_from_html

_PAGE_TYPES = ("text/html", "application/xhtml+xml")
_MOST_HEADER_BYTES = 1 << 16
_RECORD_ID = re.compile(r"<urn:uuid:([\w-]+)>")
_CHARSET = re.compile(r"charset=[\"']?([\w-]+)", re.I)


def read_warc(file: IO[bytes], path: str) -> Iterator[Article | Refusal]:
    """The web pages that a server gave with status 200, and the texts of `conversion` records; all else is passed over.

    The id is the record's own. Its date is when the page was fetched, which dates nothing.
    """
    records = ArchiveIterator(file)
    records.reader = _ShortLines(file)
    number = 0
    try:
        for record in records:
            number += 1
            if _is_article(record):
                yield _read_record(record, path, number)
    except (ArchiveLoadFailed, StatusAndHeadersParserException, ValueError, AttributeError, IndexError) as error:
        # The last three are what warcio raises where a record has no address, no type or broken headers.
        raise InputError(path, "damaged", f"the archive breaks off or is damaged at record {number + 1}") from error


class _ShortLines(DecompressingBufferedReader):  # type: ignore[misc]
    """warcio's reader, which would hold a line of any length."""

    def readline(self, length: int | None = None) -> bytes:
        line: bytes = super().readline(min(length or _MOST_HEADER_BYTES, _MOST_HEADER_BYTES))
        return line


def _is_article(record: Any) -> bool:
    if record.rec_type == "conversion":
        return str(record.content_type).startswith("text/plain")
    if record.rec_type != "response" or record.http_headers is None:
        return False
    kind = record.http_headers.get_header("Content-Type") or ""
    return bool(record.http_headers.get_statuscode() == "200" and kind.lower().startswith(_PAGE_TYPES))


def _read_record(record: Any, path: str, number: int) -> Article | Refusal:
    place = f"{path}#{number}"
    url = record.rec_headers.get_header("WARC-Target-URI") or ""
    uuid = _RECORD_ID.fullmatch(record.rec_headers.get_header("WARC-Record-ID") or "")
    id_ = uuid[1] if uuid else f"{os.path.basename(path)}#{number}"
    try:
        check_size(record.length or 0, place)
        data = record.content_stream().read(MOST_TEXT_BYTES + 1)
        check_size(len(data), place)
        if record.rec_type == "conversion":
            return article_from({"text": decode(data, place), "url": url}, place, default_id=id_)
        charset = _CHARSET.search(record.http_headers.get_header("Content-Type"))
        return article_from_html(data, place, default_id=id_, url=url, charset=charset[1] if charset else None)
    except InputError as error:
        if error.path == path:  # the file itself breaks off
            raise
        return Refusal(error.path, error.reason, error.detail)
