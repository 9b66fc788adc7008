"""Large downloads: written to a file first, then sent in pieces, so that neither step holds a table in memory.

A file is asked for by a random name that only the page of its reader knows; it is deleted after an hour.
"""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import Route

_KEPT = 3600  # seconds
_PATH = "downloads"


@dataclass(frozen=True, slots=True)
class _File:
    path: Path
    name: str
    mime: str
    made: float


_files: dict[str, _File] = {}
_lock = threading.Lock()
_folder = TemporaryDirectory(prefix="rawabit-downloads-", ignore_cleanup_errors=True)


def make_file(name: str, mime: str, write: Callable[[Path], None]) -> str:
    """Have `write` make a file, and give the address, from the page's own, at which it can be had for an hour."""
    _forget_old()
    token = secrets.token_urlsafe(32)
    path = Path(_folder.name) / token
    try:
        write(path)
    except BaseException:  # a reader who goes on to something else stops the writing
        path.unlink(missing_ok=True)
        raise
    with _lock:
        _files[token] = _File(path, name, mime, time.monotonic())
    return f"{_PATH}/{token}"


def is_kept(address: str) -> bool:
    """Whether the file at an address can still be had."""
    _forget_old()
    return address.rpartition("/")[2] in _files


def _forget_old() -> None:
    with _lock:
        for token in [token for token, one in _files.items() if time.monotonic() - one.made > _KEPT]:
            _files.pop(token).path.unlink(missing_ok=True)


async def _send(request: Request) -> Response:
    _forget_old()
    file = _files.get(request.path_params["token"])
    if file is None:
        return PlainTextResponse("This file is no longer kept: make it again on the page.", status_code=404)
    headers = {"Cache-Control": "no-store"}
    return FileResponse(file.path, media_type=file.mime, filename=file.name, headers=headers)


ROUTE = Route(f"/{_PATH}/{{token}}", _send, methods=["GET"])
