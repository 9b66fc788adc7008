"""Files behind an address (`s3://`, `gs://`, `memory://`, ...) through fsspec and the driver that the user has installed."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from functools import partial
from typing import IO, Any

from extract.errors import InputError
from extract.read.source import GuardedStream, Source

_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")
_GLOB = re.compile(r"[*?\[]")


def is_address(path: str) -> bool:
    """Whether a path names a place beyond this machine's files."""
    return bool(_ADDRESS.match(path))


def find_remote(address: str) -> Iterator[Source]:
    """The files at an address: a file, all below a folder, or a glob, in the order of their names.

    Raises InputError: `no_driver` where fsspec needs a package that is not installed, `missing`, `unreadable`.
    """
    files, root = _connect(address)
    if "://" in root:
        found = [root]  # a web server lists nothing
    elif _GLOB.search(root):
        found = _ask(address, files.glob, root)
    else:
        found = _ask(address, files.find, root)  # a file is all that is below itself
    if not found:
        raise InputError(address, "missing", "there is nothing at this address")
    for name in sorted(found):
        if not any(part.startswith((".", "_")) for part in name.removeprefix(root).split("/")):
            full = files.unstrip_protocol(name)
            yield Source(full, partial(_open_remote, full))


def _connect(address: str) -> tuple[Any, str]:
    # fsspec is asked for no more than the user named: importing it here keeps it out of every other run.
    from fsspec.core import url_to_fs  # noqa: PLC0415

    try:
        files, root = url_to_fs(address)
    except ImportError as error:
        raise InputError(address, "no_driver", f"the driver for it is not installed: {_first_line(error)}") from error
    except Exception as error:  # each driver has an error tree of its own
        raise InputError(address, "unreadable", f"it cannot be reached: {_first_line(error)}") from error
    return files, root


def _open_remote(address: str) -> IO[bytes]:
    files, root = _connect(address)
    file = _ask(address, files.open, root, "rb")
    return io.BufferedReader(GuardedStream(file, address, "unreadable"))


def _ask(address: str, function: Any, *arguments: str) -> Any:
    try:
        return function(*arguments)
    except FileNotFoundError as error:
        raise InputError(address, "missing", "there is nothing at this address") from error
    except Exception as error:  # each driver has an error tree of its own
        raise InputError(address, "unreadable", f"it cannot be read: {_first_line(error)}") from error


def _first_line(error: Exception) -> str:
    return (str(error) or type(error).__name__).splitlines()[0]
