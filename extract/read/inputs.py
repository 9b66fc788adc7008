"""Paths to articles: files, folders, globs, archives, addresses, in a fixed order; what cannot be read is refused by name."""

from __future__ import annotations

import glob
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from extract.errors import InputError
from extract.models import Article, Refusal
from extract.read.archive import find_members
from extract.read.formats import ENDINGS, Reader, find_reader, is_archive, read_format
from extract.read.lines import read_json_lines
from extract.read.remote import find_remote, is_address
from extract.read.source import STANDARD_INPUT, Source, local_source, standard_input

Located = tuple[str, Article | Refusal]

_HALVES = re.compile("[\ud800-\udfff]")


def read_inputs(paths: Iterable[str]) -> Iterator[Article | Refusal]:
    """The articles of files, folders (with all below them), globs, addresses and `-`, in the order of the paths.

    One at a time, so that memory stays flat. Each input that is no article comes as a Refusal in its place, and the rest
    goes on; the codes of its reasons are the kind `refusal` of lexicons/labels.toml. Files of a folder come in the order
    of their names; those whose names begin with a dot or an underscore are skipped, as are folders behind symbolic links.
    """
    return (item for _, item in read_located(paths))


def read_located(paths: Iterable[str]) -> Iterator[Located]:
    """What `read_inputs` gives, each with the path of its file."""
    for found in find_sources(paths):
        yield from [(_spellable(found.path), _spelled(found))] if isinstance(found, Refusal) else read_source(found)


def find_sources(paths: Iterable[str]) -> Iterator[Source | Refusal]:
    """The files that the paths name, none of them opened; a Refusal for what names none."""
    for path in paths:
        try:
            if path == "-":
                yield standard_input()
            elif is_address(path):
                yield from find_remote(path)
            elif os.path.lexists(path):
                yield from _find_local(path)
            elif found := _find_glob(path):
                for one in found:
                    yield from _find_local(one)
            else:
                yield Refusal(path, "missing", "there is no such file or folder")
        except InputError as error:
            yield Refusal(error.path, error.reason, error.detail)


def read_source(source: Source) -> Iterator[Located]:
    """The articles of one file, or of all files of an archive; a file that gives nothing at all is refused as empty."""
    articles = found = 0
    try:
        for path, item in _read_source(source):
            found += 1
            articles += isinstance(item, Article)
            yield _spellable(path), _spelled(item)
    except InputError as error:
        refusal = Refusal(
            error.path, error.reason, error.detail + (f" (after {articles} articles)" if articles else "")
        )
    except OSError as error:
        refusal = Refusal(source.path, "unreadable", f"the file cannot be read: {error.strerror or error}")
    else:
        if found:
            return
        refusal = Refusal(source.path, "empty", "there is no article in the file")
    yield _spellable(source.path), _spelled(refusal)


def _read_source(source: Source) -> Iterator[Located]:
    reader = _reader_of(source)
    with source.open() as file:
        if reader is not None:
            yield from ((source.path, item) for item in read_format(reader, file, source.path))
            return
        for member in find_members(file, source.path):
            yield from [(member.path, member)] if isinstance(member, Refusal) else read_source(member)


def _reader_of(source: Source) -> Reader | None:
    """The reader for a file; None for an archive."""
    if source.path == STANDARD_INPUT:
        return read_json_lines
    reader = find_reader(source.name)
    if reader is None and not is_archive(source.name):
        with source.open():  # a file that is empty or cannot be opened is told of as such
            raise InputError(source.path, "unsupported_format", f"its ending is none of {ENDINGS}")
    return reader


def _find_glob(pattern: str) -> list[str]:
    if "**" not in pattern:
        return sorted(glob.glob(pattern))
    # glob.glob follows links to folders, and would go round in a loop of them; pathlib does not, but shows what is hidden.
    head = Path(pattern).anchor
    found = Path(head).glob(pattern.removeprefix(head))
    names = sorted(str(one) for one in found if not any(map(_is_hidden, one.parts)))
    folders = {name for name in names if os.path.isdir(name)}
    return [name for name in names if not any(str(parent) in folders for parent in Path(name).parents)]


def _find_local(path: str) -> Iterator[Source | Refusal]:
    """A file, or those of a folder and all below it, which are looked for as they are asked for."""
    if not os.path.isdir(path):
        yield local_source(path)
        return
    unreadable: list[OSError] = []
    unknown: list[Source] | None = []  # files of no known format, until one of a known format is found
    for file in map(local_source, _walk(path, unreadable)):
        if unknown is not None:
            unknown.append(file)
            if not (find_reader(file.name) or is_archive(file.name)):
                continue
            yield from unknown
            unknown = None
        else:
            yield file
    if unknown is not None and not unreadable:
        yield Refusal(
            path, "no_articles", f"the folder has no file of a known format: their endings are none of {ENDINGS}"
        )
    for error in unreadable:
        yield Refusal(str(error.filename), "unreadable", f"the folder cannot be read: {error.strerror}")


def _walk(folder: str, unreadable: list[OSError]) -> Iterator[str]:
    for parent, folders, names in os.walk(folder, onerror=unreadable.append):
        folders[:] = sorted(name for name in folders if not _is_hidden(name))
        yield from (os.path.join(parent, name) for name in sorted(names) if not _is_hidden(name))


def _is_hidden(name: str) -> bool:
    return name.startswith((".", "_"))


def _spelled(item: Article | Refusal) -> Article | Refusal:
    if isinstance(item, Refusal):
        return replace(item, path=_spellable(item.path))
    return replace(item, article_id=_spellable(item.article_id))


def _spellable(name: str) -> str:
    """Linux takes any bytes for a file's name, and such a name reaches Python as text that UTF-8 cannot hold."""
    return _HALVES.sub("\N{REPLACEMENT CHARACTER}", name)
