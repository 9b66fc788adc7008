"""What can go wrong, as a caller sees it.

RawabitError                 anything that this project raises on purpose
├── InputError               one input cannot be read: it is refused, listed, and the run goes on
├── LexiconError             a word list is wrong: nothing can be extracted until it is mended
├── EvidenceError            a record does not match its own text: the record is refused
├── StoreError               the register is missing, unreadable or of another version
└── WriteError               records cannot be written in the format that was asked for
"""

from __future__ import annotations


class RawabitError(Exception):
    """Base of every error that this project raises on purpose."""


class InputError(RawabitError):
    """One input cannot be read; `reason` is a short code, `detail` a sentence for a person."""

    def __init__(self, path: str, reason: str, detail: str) -> None:
        super().__init__(f"{path}: {detail}")
        self.path = path
        self.reason = reason
        self.detail = detail


class LexiconError(RawabitError):
    """A lexicon file is malformed, or an entry breaks its own examples."""


class EvidenceError(RawabitError):
    """A record quotes words that its article does not have at that place."""


class StoreError(RawabitError):
    """The register is missing, cannot be opened, or was written by another version."""


class WriteError(RawabitError):
    """Records cannot be written in the format that was asked for."""
