"""Answers kept with the register that gave them: each correction makes a register anew, and theirs must go with the old."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from functools import wraps
from threading import Lock
from typing import Any, Concatenate, ParamSpec, TypeVar
from weakref import WeakKeyDictionary

# Of each question; `lru_cache` would hold every register that it was ever asked of: 25 MB each, of 100,000 records.
_KEPT_ANSWERS = 256
_KEPT_LARGE = 16

_Register = TypeVar("_Register")
_Asked = ParamSpec("_Asked")
_Answer = TypeVar("_Answer")


class Kept:
    """What was made of registers, by key: of each register the last `limit`, and nothing of one that is gone."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._lock = Lock()
        self._made: WeakKeyDictionary[object, OrderedDict[object, Any]] = WeakKeyDictionary()

    def get(self, register: object, key: object, make: Callable[[], _Answer]) -> _Answer:
        """What is kept under a key, or is made now; what was not asked for longest gives way."""
        with self._lock:
            kept = self._made.setdefault(register, OrderedDict())
            if key in kept:
                kept.move_to_end(key)
                known: _Answer = kept[key]
                return known
        made = make()
        with self._lock:
            kept[key] = made
            while len(kept) > self._limit:
                kept.popitem(last=False)
        return made


def keep_answers(
    question: Callable[Concatenate[_Register, _Asked], _Answer],
) -> Callable[Concatenate[_Register, _Asked], _Answer]:
    """The question, answered once for each register and all else that it is asked with."""
    return _keep(question, _KEPT_ANSWERS)


def keep_few_answers(
    question: Callable[Concatenate[_Register, _Asked], _Answer],
) -> Callable[Concatenate[_Register, _Asked], _Answer]:
    """As `keep_answers`, for answers of megabytes, such as a number a record."""
    return _keep(question, _KEPT_LARGE)


def _keep(
    question: Callable[Concatenate[_Register, _Asked], _Answer], limit: int
) -> Callable[Concatenate[_Register, _Asked], _Answer]:
    kept = Kept(limit)

    @wraps(question)
    def answer(register: _Register, /, *asked: _Asked.args, **named: _Asked.kwargs) -> _Answer:
        key = (asked, *sorted(named.items()))
        return kept.get(register, key, lambda: question(register, *asked, **named))

    return answer
