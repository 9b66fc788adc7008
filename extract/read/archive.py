"""A zip archive as a folder of files, none of which is ever written to disk."""

from __future__ import annotations

import io
import stat
import zipfile
from collections.abc import Iterator
from functools import partial
from pathlib import PureWindowsPath
from typing import IO

from extract.errors import InputError
from extract.models import Refusal
from extract.read.formats import is_archive
from extract.read.source import MOST_RATIO, GuardedStream, Source, is_bomb

_ENCRYPTED = 0x1


def find_members(file: IO[bytes], path: str) -> Iterator[Source | Refusal]:
    """The files of an archive in the order of their names, hidden ones left out, for as long as `file` is open.

    Refused are members that point outside the archive, links, archives inside it and encrypted ones. Raises
    InputError: `damaged`, or `bomb` for an archive whose members together are larger than any texts' could be.
    """
    try:
        archive = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, ValueError, EOFError, NotImplementedError, OverflowError) as error:
        raise InputError(path, "damaged", "the file is not a whole zip archive") from error
    members = sorted((one for one in archive.infolist() if not one.is_dir()), key=lambda one: one.filename)
    # No member gives more bytes than the archive says, so that the sizes it says are enough to go by.
    if is_bomb(sum(member.file_size for member in members), file.seek(0, io.SEEK_END)):
        raise InputError(path, "bomb", f"it unpacks to more than {MOST_RATIO} times its size")
    for member in members:
        name = PureWindowsPath(member.filename)  # knows drives and both slashes
        place = f"{path}/{member.filename}"
        if name.anchor or ".." in name.parts:
            yield Refusal(place, "unsafe_path", "its path points outside the archive")
        elif stat.S_ISLNK(member.external_attr >> 16):
            yield Refusal(place, "unsafe_path", "it is a link")
        elif any(part.startswith((".", "_")) for part in name.parts):
            continue
        elif is_archive(member.filename):
            yield Refusal(place, "nested_archive", "it is an archive inside an archive: unpack the outer one")
        elif member.flag_bits & _ENCRYPTED:
            yield Refusal(place, "encrypted", "it is locked with a password")
        else:
            yield Source(place, partial(_open_member, archive, member, place))


def _open_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, place: str) -> IO[bytes]:
    try:
        file = archive.open(member)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError, EOFError) as error:
        raise InputError(place, "damaged", "it is damaged, or packed in a way that is not known") from error
    return io.BufferedReader(GuardedStream(file, place, "damaged"))
