"""A real `streamlit run` and readers of it who speak its own protocol over web sockets, as a browser does without drawing."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlencode

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

ROOT = Path(__file__).resolve().parents[1]
_START, _ANSWER = 60, 120  # seconds


class Server:
    """`streamlit run dashboard.py` on a store, at a free port of this machine."""

    def __init__(self, store: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.process = subprocess.Popen(
            [sys.executable, "-m", "streamlit", "run", "dashboard.py", "--server.port", str(self.port)],
            cwd=ROOT,
            env=os.environ | {"RAWABIT_STORE": str(store)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        started = time.perf_counter()
        while True:
            try:
                urllib.request.urlopen(f"http://localhost:{self.port}/_stcore/health", timeout=5).read()
                break
            except OSError:
                if time.perf_counter() - started > _START:
                    self.stop()
                    raise
                time.sleep(0.05)

    def work(self) -> float:
        """Milliseconds of processor time of the server and its ended processes: what else runs here does not count."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        return sum(map(int, fields[11:15])) * 1000 / os.sysconf("SC_CLK_TCK")

    def memory(self) -> int:
        """The megabytes that the server has in memory at its largest."""
        return _peak(self.process.pid)

    def aside_memory(self) -> int:
        """The megabytes that the largest of its running processes has in memory at its largest; 0 where there are none."""
        pids: list[str] = []
        for task in Path(f"/proc/{self.process.pid}/task").glob("*/children"):
            with suppress(OSError):  # a thread that has just ended
                pids += task.read_text(encoding="ascii").split()
        return max((_peak(int(pid)) for pid in pids), default=0)

    def forget_peak(self) -> None:
        """Have `memory` begin anew from what the server has in memory now."""
        Path(f"/proc/{self.process.pid}/clear_refs").write_text("5", encoding="ascii")

    def stop(self) -> None:
        """End the server."""
        self.process.terminate()
        self.process.wait(20)


def _peak(pid: int) -> int:
    """The megabytes that a process has in memory at its largest; 0 where it has just ended."""
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    except (OSError, ValueError):
        return 0
    return int(next((line.split()[1] for line in status.splitlines() if line.startswith("VmHWM")), "0")) // 1024


class Viewer:
    """One reader's session; to be used in `async with`."""

    def __init__(self, server: Server) -> None:
        self._address = f"ws://localhost:{server.port}/_stcore/stream"
        self._socket: ClientConnection | None = None
        # Of the page shown last: the ids of its buttons by their keys, and the texts of st.html.
        self._buttons: dict[str, str] = {}
        self.html: list[str] = []

    async def __aenter__(self) -> Viewer:
        self._socket = await connect(self._address, subprotocols=["streamlit"], max_size=None)  # type: ignore[list-item]
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._socket is not None
        await self._socket.close()

    async def show(
        self, page: str, parameters: Mapping[str, str], *, press: str = "", patience: float = _ANSWER
    ) -> float:
        """Milliseconds until all of a page under these query parameters has come; a page that fails is an error.

        `press` is the key of a button that the page showed before, which is pressed; `patience` is in seconds.
        """
        assert self._socket is not None
        asked = BackMsg()
        asked.rerun_script.query_string = urlencode(parameters)
        asked.rerun_script.page_name = page
        if press:
            pressed = asked.rerun_script.widget_states.widgets.add()
            pressed.id, pressed.trigger_value = self._buttons[press], True
        self._buttons, self.html = {}, []
        started = time.perf_counter()
        await self._socket.send(asked.SerializeToString())
        while time.perf_counter() - started < patience:
            told = ForwardMsg()
            told.ParseFromString(bytes(await self._socket.recv()))  # type: ignore[arg-type]
            assert told.delta.new_element.WhichOneof("type") != "exception", told.delta.new_element.exception.message
            self._note(told)
            if told.WhichOneof("type") == "script_finished":
                assert told.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY
                return (time.perf_counter() - started) * 1000
        raise TimeoutError(page)

    def _note(self, told: ForwardMsg) -> None:
        """Keep what can be pressed, by its key, with which its id ends, and what is written."""
        element = told.delta.new_element
        if element.WhichOneof("type") == "button":
            self._buttons[element.button.id.split("-", 2)[-1]] = element.button.id
        elif element.WhichOneof("type") == "html":
            self.html.append(element.html.body)
