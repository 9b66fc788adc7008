"""What an article's fields may look like in files, and what they become."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from datetime import date, datetime, time
from email.utils import parsedate_to_datetime
from typing import IO, Any
from urllib.parse import urlsplit

from extract.errors import InputError
from extract.models import Article, Refusal
from extract.read.decode import checked

MOST_TEXT_BYTES = 5_000_000
# A line or a row: JSON may spell a letter of two bytes as six (\u0645), and has the other fields beside the text.
MOST_RECORD_BYTES = 4 * MOST_TEXT_BYTES

# JSON fields and Parquet columns; `date` and `file_path` are what public web corpora have.
FIELDS = ("id", "title", "text", "published", "date", "url", "source", "file_path")

# Marks and the dash that stretches words are no letters.
_LETTER = re.compile(r"[^\W\d_\u0640]")
_RFC_2822 = re.compile(r"(?:[A-Za-z]{3},\s*)?\d{1,2}\s+[A-Za-z]{3}\s+\d{4}\b")
_DAY_FIRST = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})\b")
# Of 99 articles of Saudi papers stamped before this hour that name their weekday, 18 agree with the stamp; of 441
# stamped later, 378 do.
NIGHT_ENDS = 5
# What software writes for "no date".
_EPOCH = date(1970, 1, 1)


def article_from(fields: Mapping[str, Any], path: str, *, default_id: str) -> Article:
    """The article that a JSON object or a table row tells; `default_id` is for one that has no id of its own.

    Raises InputError: `missing_text`, `no_letters`, `too_large`, or `not_text`.
    """
    text = fields.get("text")
    if not isinstance(text, str) or not text.strip():
        raise InputError(path, "missing_text", "it has no text")
    checked(text, path)
    check_size(len(text.encode()), path)
    if not _LETTER.search(text):
        raise InputError(path, "no_letters", "its text has no letter in it")
    id_, title, url, source, file_path = (
        checked(_string(fields.get(name)), path) for name in ("id", "title", "url", "source", "file_path")
    )
    return Article(
        article_id=id_ or default_id,
        text=text,
        title=title,
        published=parse_published(fields.get("published")) or parse_published(fields.get("date")),
        published_at_night=is_at_night(fields.get("published")),
        url=url or None,
        outlet=outlet_of(url) or source or file_path or None,
    )


def article_or_refusal(fields: Mapping[str, Any], path: str, number: int) -> Article | Refusal:
    """The article of one line or row of a file, counted from 1, or why there is none."""
    try:
        return article_from(fields, f"{path}#{number}", default_id=f"{os.path.basename(path)}#{number}")
    except InputError as error:
        return Refusal(error.path, error.reason, error.detail)


def stem_of(path: str) -> str:
    """The name of a file without its ending, nor that of its compression."""
    stem, ending = os.path.splitext(os.path.basename(path))
    return os.path.splitext(stem)[0] if ending.lower() in (".gz", ".zst") else stem


def read_whole(file: IO[bytes], path: str) -> bytes:
    """The bytes of a file that is one article; raises InputError (`too_large`, `empty`) having read no more of it."""
    data = file.read(MOST_TEXT_BYTES + 1)
    check_size(len(data), path)
    if not data.strip(b"\xef\xbb\xbf \t\r\n"):
        raise InputError(path, "empty", "the file is empty")
    return data


def check_size(size: int, path: str) -> None:
    """Raise InputError (`too_large`) for more bytes than an article may have."""
    if size > MOST_TEXT_BYTES:
        raise InputError(path, "too_large", f"it is larger than {MOST_TEXT_BYTES // 1_000_000} MB")


def parse_published(value: Any) -> date | None:
    """The day of a feed's stamp, on the stamp's own clock: ISO 8601, RFC 2822, or day/month/year; None for any other.

    Day before month, as every Arab outlet writes it: 02/12/2016 is 2 December.
    """
    if isinstance(value, datetime):
        day = value.date()
    elif isinstance(value, date):
        day = value
    elif isinstance(value, str):
        try:
            day = _parse_day(value.strip())
        except ValueError:
            return None
    else:
        return None
    return None if day == _EPOCH else day


def is_at_night(value: Any) -> bool:
    """Whether a stamp has an hour of the night and no time zone: "2015-08-06 01:30:08", not "2018-06-06T01:30:08+03:00".

    A collector that runs at night stamps the papers of the day before, or of any day.
    """
    try:
        stamp = datetime.fromisoformat(value.strip()) if isinstance(value, str) else value
    except ValueError:
        return False
    if not isinstance(stamp, datetime) or stamp.tzinfo is not None or stamp.time() == time():
        return False
    return stamp.hour < NIGHT_ENDS


def _parse_day(text: str) -> date:
    if match := _DAY_FIRST.match(text):
        day, month, year = map(int, match.groups())
        return date(year, month, day)
    if _RFC_2822.match(text):
        return parsedate_to_datetime(text).date()
    return datetime.fromisoformat(text).date()


def outlet_of(url: str) -> str | None:
    """The host of an address, without `www.`; None where there is none."""
    try:
        host = urlsplit(url).hostname
    except ValueError:
        return None
    return host.removeprefix("www.") if host else None


def _string(value: Any) -> str:
    """A text without blanks around it, or a number as one; any other value is as good as none."""
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return value.strip() if isinstance(value, str) else ""
