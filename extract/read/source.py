"""A file's bytes, wherever they lie, as a stream whose faults are all InputErrors."""

from __future__ import annotations

import gzip
import io
import os
import stat
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import IO, Any

import pyarrow as pa

from extract.errors import InputError

# A stream that unpacks to more than this many times its size is no text: the pool of articles unpacks to 3.5 times,
# zeros in gzip to 1,032 times. Small files may do what they like.
MOST_RATIO = 200
_SMALL_BYTES = 100_000_000

_BUFFER_BYTES = 1 << 17
# Arrow loses the part that it was reading when it finds a file cut short, so parts are shorter than an article.
_ZSTD_STEP = 1 << 9


# The path that refusals name, which no file on disk is likely to have.
STANDARD_INPUT = "<stdin>"


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read: its path as a person is told of it, and what opens it; can be sent to another process."""

    path: str
    open: Callable[[], IO[bytes]]

    @property
    def name(self) -> str:
        """The last part of the path."""
        return os.path.basename(self.path)


class GuardedStream(io.RawIOBase):
    """A stream in which every fault is an InputError, `reason` being its code, and a bomb stops before it grows.

    `packed` tells how many bytes were taken from the compressed file so far; without it nothing is a bomb.
    """

    def __init__(
        self, inner: Any, path: str, reason: str, *, step: int = _BUFFER_BYTES, packed: Callable[[], int] | None = None
    ) -> None:
        self._inner, self._path, self._reason, self._step, self._packed = inner, path, reason, step, packed
        # What a stream gives at once, where it can: to fill a whole buffer it would lose what comes before the damage.
        self._read = getattr(inner, "read1", inner.read)
        self._size = 0

    def readable(self) -> bool:
        """It can be read."""
        return True

    def seekable(self) -> bool:
        """Whether the reader may move in it; in what is being unpacked it may not."""
        return self._packed is None and bool(self._inner.seekable())

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Move to a place."""
        return int(self._guard(self._inner.seek, offset, whence))

    def tell(self) -> int:
        """The place it is at."""
        return int(self._inner.tell())

    def readinto(self, buffer: Any) -> int:
        """Fill the buffer, or as much of it as one step gives."""
        part = self._guard(self._read, min(len(buffer), self._step))
        buffer[: len(part)] = part
        self._size += len(part)
        if self._packed is not None and is_bomb(self._size, self._packed()):
            raise InputError(self._path, "bomb", f"it unpacks to more than {MOST_RATIO} times its size")
        return len(part)

    def close(self) -> None:
        """Close what lies below too."""
        if not self.closed:
            self._inner.close()
        super().close()

    def _guard(self, function: Callable[..., Any], *arguments: Any) -> Any:
        try:
            return function(*arguments)
        except (InputError, MemoryError):
            raise
        except Exception as error:  # each driver and decompressor has a tree of its own
            said = "the file breaks off or is damaged" if self._reason == "damaged" else f"it cannot be read: {error}"
            raise InputError(self._path, self._reason, said.splitlines()[0]) from error


def is_bomb(size: int, packed: int) -> bool:
    """Whether so many bytes out of so few are what no text gives."""
    return size > _SMALL_BYTES and size > MOST_RATIO * max(packed, 1)


def local_source(path: str) -> Source:
    """A file on this machine; opening it raises InputError (`empty`, `unreadable`) or OSError."""
    return Source(path, partial(_open_file, path))


def standard_input() -> Source:
    """What is piped in; it stays open for whoever reads on."""
    return Source(STANDARD_INPUT, lambda: open(sys.stdin.fileno(), "rb", closefd=False))


def _open_file(path: str) -> IO[bytes]:
    found = os.stat(path)
    if not stat.S_ISREG(found.st_mode):
        raise InputError(path, "unreadable", "it is not a regular file")
    if found.st_size == 0:
        raise InputError(path, "empty", "the file is empty")
    return open(path, "rb")


def _unpack_gzip(file: IO[bytes], path: str) -> IO[bytes]:
    counted = _Counted(file)
    return _buffered(GuardedStream(gzip.GzipFile(fileobj=counted), path, "damaged", packed=lambda: counted.size))


def _unpack_zstd(file: IO[bytes], path: str) -> IO[bytes]:
    counted = _Counted(file)
    # zstandard's own reader takes a file that is cut short for a whole one.
    inner = pa.CompressedInputStream(pa.PythonFile(counted, mode="r"), "zstd")
    return _buffered(GuardedStream(inner, path, "damaged", step=_ZSTD_STEP, packed=lambda: counted.size))


def _buffered(stream: GuardedStream) -> IO[bytes]:
    return io.BufferedReader(stream, _BUFFER_BYTES)


class _Counted(io.RawIOBase):
    """Counts the bytes taken from a file."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.size = 0

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        part = self._file.read(size)
        self.size += len(part)
        return part


# Endings of compressed files, and what unpacks them as they are read.
COMPRESSIONS: Mapping[str, Callable[[IO[bytes], str], IO[bytes]]] = {".gz": _unpack_gzip, ".zst": _unpack_zstd}
