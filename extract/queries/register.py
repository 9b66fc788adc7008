"""A register opened for reading, once for each version of its file."""

from __future__ import annotations

import re
import threading
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray

from extract.corrections import CorrectionLog
from extract.corrections.anchors import Ground
from extract.corrections.lay import open_on_ground
from extract.errors import StoreError
from extract.models import Label
from extract.queries.facets import Facets, read_facets
from extract.queries.kept import keep_answers
from extract.queries.patch import State, list_states, patch_facets
from extract.store import REGISTER_FILE

# What DuckDB may hold of the file; the columns that filters look at are held apart, as facets.
_MEMORY = "96MB"


class Register:
    """A register opened for reading, with what analysts decided laid over it; any thread may ask it."""

    def __init__(self, store_dir: Path, before: Register | None = None) -> None:
        """Open the store; raises StoreError where it cannot be read.

        `before` is the same file under earlier decisions: what it has read is taken over, and it is not held on to.
        """
        # Asked before they are read: a correction that comes between the two is one that no page has shown yet.
        self.corrections = CorrectionLog(store_dir).version()
        self._ground: Ground | None
        self.connection, self.overlay, self._ground = open_on_ground(store_dir, before._ground if before else None)
        self._states = list_states(self.overlay)
        self._basis = before._give_facets() if before else None
        self.connection.execute(f"set memory_limit = '{_MEMORY}'")
        # The numbers of records that are shown as they were corrected, or no more; None where there are none.
        self.replaced = self._read_replaced() if self.overlay.records or self.overlay.hidden else None
        self._reading = threading.Lock()

    def _read_replaced(self) -> NDArray[np.int32]:
        found = self.connection.execute("select engagement_no from laid.gone").fetchnumpy()
        return np.asarray(found["engagement_no"]).astype(np.int32)

    def ask(
        self, sql: str, parameters: Mapping[str, Any] | None = None, tables: Mapping[str, pa.Table] | None = None
    ) -> pd.DataFrame:
        """The answer to `sql`, which may use any of `parameters` as $name, and `tables` beside the register's."""
        used = {name: (parameters or {})[name] for name in set(re.findall(r"\$(\w+)", sql))}
        with self.connection.cursor() as cursor:
            for name, table in (tables or {}).items():
                cursor.register(name, table)
            frame: pd.DataFrame = cursor.execute(sql, used).df()
        return frame

    def fetch(self, sql: str) -> list[tuple[Any, ...]]:
        """The rows that `sql` gives, as plain values."""
        with self.connection.cursor() as cursor:
            rows: list[tuple[Any, ...]] = cursor.execute(sql).fetchall()
        return rows

    @property
    def facets(self) -> Facets:
        """The columns that filters look at, read once and shared by all sessions."""
        with self._reading:
            return self._facets

    @cached_property
    def _facets(self) -> Facets:
        basis, self._basis = self._basis, None
        return patch_facets(self.connection, *basis, self._states) if basis else read_facets(self.connection)

    def _give_facets(self) -> tuple[Facets, dict[int, State]] | None:
        """The facets of this register, or those that it was to make its own of, and what was decided then."""
        known: Facets | None = self.__dict__.get("_facets")
        return (known, self._states) if known else self._basis


_Version = tuple[int, int, int, int]
_registers: dict[Path, tuple[_Version, Register]] = {}
_lock = threading.Lock()


def open_register(store_dir: Path) -> Register:
    """The register of a store, opened once for each version of it; raises StoreError where there is none.

    A rebuilt register is swapped in under the same name, so the file's number, time and size tell the versions apart, and
    the number of the last correction those of what is laid over it.
    """
    path = (store_dir / REGISTER_FILE).resolve()
    try:
        stat = path.stat()
    except OSError as error:
        raise StoreError(f"there is no register in {store_dir}") from error
    version = (stat.st_ino, stat.st_mtime_ns, stat.st_size, CorrectionLog(store_dir).version())
    with _lock:
        known = _registers.get(path)
        if known is None or known[0] != version:
            # The old register is not closed here: another session may be reading it; it goes when the last one is done.
            before = known[1] if known and known[0][:-1] == version[:-1] else None
            known = _registers[path] = (version, Register(store_dir, before))
        return known[1]


@keep_answers
def read_labels(register: Register) -> tuple[Label, ...]:
    """The names of every code, in the order of the codebook."""
    # DuckDB gives the rows of a table in the order in which they were written, which is the codebook's.
    frame = register.ask("select kind, code, name_ar, name_en, parent from label")
    return tuple(Label(*map(plain_cell, row)) for row in frame.itertuples(index=False))


@keep_answers
def read_version(register: Register) -> str:
    """What tells this register from another: what its making wrote down of itself, and its number of records."""
    lines = register.ask("select key, value from meta order by key")
    known = [f"{key} {value}" for key, value in lines.itertuples(index=False)]
    facets = register.facets
    records = facets.records if facets.present is None else int(facets.present.sum())
    return ", ".join(
        [*known, f"records {records}", *([f"corrections {count}"] if (count := register.corrections) else [])]
    )


def plain_cell(cell: Any) -> Any:
    """The cell of a frame as a value of the models."""
    if pd.isna(cell):
        return None
    return cell.date() if isinstance(cell, pd.Timestamp) else cell
