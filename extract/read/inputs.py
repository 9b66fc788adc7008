"""Paths to articles: files, folders and globs, in a fixed order; what cannot be read is refused by name."""

from __future__ import annotations

import glob
import itertools
import os
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from extract.errors import InputError
from extract.models import Article, Refusal
from extract.read.formats import READERS, Reader, find_reader

Located = tuple[str, Article | Refusal]


def read_inputs(paths: Iterable[str]) -> Iterator[Article | Refusal]:
    """The articles of files, folders (with all below them) and globs, one at a time, in the order of the paths.

    Each input that is no article comes as a Refusal in its place, and the rest goes on. Reasons: missing, unreadable,
    empty, unsupported_format, no_articles, not_text, unknown_encoding, too_large, bad_json, missing_text, damaged.
    Files of a folder come in the order of their names; those whose names begin with a dot or an underscore are skipped,
    as are folders behind symbolic links.
    """
    return (item for _, item in read_located(paths))


def read_located(paths: Iterable[str]) -> Iterator[Located]:
    """What `read_inputs` gives, each with the path of its file."""
    for path, item in itertools.chain.from_iterable(map(_read_input, paths)):
        # Linux takes any bytes for a file's name, and such a name reaches Python as text that UTF-8 cannot hold.
        if isinstance(item, Refusal):
            yield _spellable(path), replace(item, path=_spellable(item.path))
        else:
            yield _spellable(path), replace(item, article_id=_spellable(item.article_id))


def _spellable(name: str) -> str:
    return os.fsencode(name).decode(errors="replace")


def _read_input(path: str) -> Iterator[Located]:
    if os.path.lexists(path):
        yield from _read_path(Path(path))
    elif found := sorted(glob.glob(path, recursive=True)):
        for one in found:
            yield from _read_path(Path(one))
    else:
        yield path, Refusal(path, "missing", "there is no such file or folder")


def _read_path(path: Path) -> Iterator[Located]:
    if not path.is_dir():
        yield from _read_file(path)
        return
    unreadable: list[OSError] = []
    files = list(_walk(path, unreadable))
    if any(find_reader(file) for file in files):
        for file in files:
            yield from _read_file(file)
    elif not unreadable:
        detail = f"the folder has no file of a known format ({', '.join(READERS)})"
        yield str(path), Refusal(str(path), "no_articles", detail)
    for error in unreadable:
        folder = str(error.filename)
        yield folder, Refusal(folder, "unreadable", f"the folder cannot be read: {error.strerror}")


def _walk(folder: Path, unreadable: list[OSError]) -> Iterator[Path]:
    for parent, folders, names in os.walk(folder, onerror=unreadable.append):
        folders[:] = sorted(name for name in folders if not _is_hidden(name))
        yield from (Path(parent, name) for name in sorted(names) if not _is_hidden(name))


def _is_hidden(name: str) -> bool:
    return name.startswith((".", "_"))


def _read_file(path: Path) -> Iterator[Located]:
    name = str(path)
    try:
        for item in _reader_of(path)(path):
            yield name, item
    except InputError as error:
        yield name, Refusal(error.path, error.reason, error.detail)
    except OSError as error:
        yield name, Refusal(name, "unreadable", f"the file cannot be read: {error.strerror}")


def _reader_of(path: Path) -> Reader:
    size = path.stat().st_size
    if not path.is_file():
        raise InputError(str(path), "unreadable", "it is not a regular file")
    if size == 0:
        raise InputError(str(path), "empty", "the file is empty")
    if (reader := find_reader(path)) is None:
        raise InputError(str(path), "unsupported_format", f"its ending is none of {', '.join(READERS)}")
    return reader
