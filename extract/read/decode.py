"""Bytes to text: the encodings that Arabic articles are kept in, and no guess where none fits."""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

from extract.errors import InputError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark is the beginning of this one
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_ONE_BYTE = ["cp1256", "iso8859_6", "cp720"]
_TWO_BYTES = ["utf_16_le", "utf_16_be"]

# What no text has: NUL, and halves of characters (JSON can spell them, UTF-8 cannot hold them).
_BROKEN = re.compile("[\0\ud800-\udfff]")
# Control characters, but for those that lay out a text. Content systems leave a few of them in real articles.
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1b\x7f]")
_MOST_CONTROLS = 0.01
_ARABIC = re.compile("[\u0600-\u06ff]")
_LETTERS = re.compile(r"[^\W\d_]")
_LEAST_ARABIC = 0.5
# A page is judged by its words.
_TAG = re.compile("<[^>]*>")


def decode(data: bytes, path: str, *, declared: str | None = None) -> str:
    """The text of a file without its byte-order mark, its newlines untouched; raises InputError as `find_encoding` does."""
    encoding = find_encoding(data, path, declared=declared)
    try:
        return checked(data.decode(encoding), path)
    except UnicodeDecodeError as error:
        detail = f"its byte-order mark says {encoding}, but it breaks off or is damaged at byte {error.start}"
        raise InputError(path, "unknown_encoding", detail) from error


def find_encoding(data: bytes, path: str, *, declared: str | None = None, is_whole: bool = True) -> str:
    """The Python name of the encoding that the bytes are in; `is_whole` is false for the beginning of a longer file.

    A byte-order mark decides, then whether the bytes are UTF-8, then what a page or a server has `declared`, where that
    gives Arabic; otherwise the likeliest of windows-1256, ISO 8859-6, cp720 and UTF-16 is taken, if it gives a text that
    is mostly Arabic.
    Raises InputError: `not_text` for pictures and other binary data, `unknown_encoding` for text in any other encoding.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding
    text = _decoded(data, "utf-8", is_whole=is_whole)
    if text is not None and _is_text(text):
        return "utf-8"
    # UTF-16 shows itself by its empty halves: NUL beside each blank, or a control character beside each Arabic letter.
    has_halves = bool(_CONTROLS.search(data.decode("latin-1")))
    if declared and not has_halves:
        said = _decoded(data, declared, is_whole=is_whole)
        if said is not None and _is_text(said) and _ARABIC.search(said):
            return declared
    for encodings in [_TWO_BYTES, _ONE_BYTE] if has_halves else [_ONE_BYTE]:
        guess = from_bytes(data if is_whole else data[: len(data) // 2 * 2], cp_isolation=encodings).best()
        if guess is not None and _is_text(str(guess)) and _is_arabic(_TAG.sub("", str(guess))):
            return guess.encoding
    if text is not None or has_halves:
        raise InputError(path, "not_text", "it is a picture or other binary data, not text")
    raise InputError(path, "unknown_encoding", "its encoding is none of UTF-8, UTF-16, windows-1256 and ISO 8859-6")


def checked(text: str, path: str) -> str:
    """The text itself; raises InputError (`not_text`) where it holds what no text holds."""
    if _BROKEN.search(text):
        raise InputError(path, "not_text", "it holds NUL or half characters, as binary data does")
    return text


def _decoded(data: bytes, encoding: str, *, is_whole: bool) -> str | None:
    try:
        return codecs.getincrementaldecoder(encoding)().decode(data, is_whole)
    except (UnicodeError, LookupError):
        return None


def _is_text(text: str) -> bool:
    return not _BROKEN.search(text) and len(_CONTROLS.findall(text)) <= _MOST_CONTROLS * len(text)


def _is_arabic(text: str) -> bool:
    return len(_ARABIC.findall(text)) >= _LEAST_ARABIC * len(_LETTERS.findall(text)) > 0
