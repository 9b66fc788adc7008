"""What analysts decide on records, kept beside the register and laid over it; the register itself is never changed.

decisions (log) -> which record each is about (anchors) -> what is shown (overlay) -> the register's tables (lay)

log = CorrectionLog(store_dir)
log.append([Correction("id", "set", "Amal", field="type", old="meeting", new="visit", why="...")], seen=log.version())
connection, overlay = open_corrected(store_dir)
"""

from extract.corrections.exchange import read_corrections, write_correction
from extract.corrections.lay import open_corrected
from extract.corrections.log import CORRECTIONS_FILE, CorrectionLog
from extract.corrections.model import (
    ACTIONS,
    REVIEWS,
    RULE,
    Conflict,
    Correction,
    CorrectionError,
    Overlay,
    Rejected,
    Stale,
)
from extract.corrections.overlay import find_live
from extract.corrections.values import CORRECTABLE, FIELDS, SOURCES, check_value, read_value, write_value

__all__ = [
    "ACTIONS",
    "CORRECTABLE",
    "CORRECTIONS_FILE",
    "FIELDS",
    "REVIEWS",
    "RULE",
    "SOURCES",
    "Conflict",
    "Correction",
    "CorrectionError",
    "CorrectionLog",
    "Overlay",
    "Rejected",
    "Stale",
    "check_value",
    "find_live",
    "open_corrected",
    "read_corrections",
    "read_value",
    "write_correction",
    "write_value",
]
