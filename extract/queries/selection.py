"""The records that pass the filters, as a mask over the facets; every question is put to the same mask."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date
from typing import Any

import numpy as np

from extract.queries.facets import Facets, Mask, Numbers
from extract.queries.filters import CHOICES, Filters
from extract.queries.kept import Kept
from extract.queries.register import Register
from extract.search import fold_for_search
from extract.word_index import find_word

# Masks of a million records are a megabyte each; a page asks for some ten under one filter.
_KEPT_MASKS = 32
_EPOCH = date(1970, 1, 1)
_PLAIN = Filters()

_masks = Kept(_KEPT_MASKS)


def choose_records(register: Register, filters: Filters) -> Mask | None:
    """The records that pass, as a mask by record number; None where every number does."""
    active = [field.name for field in fields(Filters) if getattr(filters, field.name) != field.default]
    if not set(active) - {"context"}:
        return register.facets.present
    return _masks.get(register, filters, lambda: _combine(register, filters, active))


def without(filters: Filters, key: str) -> Filters:
    """The filters but `key`: what passes them is what another choice of it would be taken from."""
    default: dict[str, Any] = {key: getattr(_PLAIN, key)}
    return replace(filters, **default)


def list_numbers(register: Register, filters: Filters, *, dated: bool | None = None) -> Numbers:
    """The numbers of the records that pass, the latest first and the undated last."""
    facets = register.facets
    order = facets.shown_order
    chosen = choose_records(register, filters)
    if dated is not None:
        is_wanted = facets.is_dated if dated else ~facets.is_dated
        chosen = is_wanted if chosen is None else chosen & is_wanted
    return order if chosen is None else order[chosen[order]]


def _combine(register: Register, filters: Filters, active: list[str]) -> Mask:
    facets = register.facets
    chosen = np.ones(facets.records, dtype=bool) if facets.present is None else facets.present.copy()
    for key in active:
        if key != "context":
            chosen &= _pass(register, facets, filters, key)
    return chosen


def _pass(register: Register, facets: Facets, filters: Filters, key: str) -> Mask:
    """The records that pass one filter alone."""
    value = getattr(filters, key)
    if key in CHOICES:
        facet = choice_facet(key, is_context=filters.context)
        return _masks.get(register, (facet, value), lambda: facets[facet].find(value, facets.records))
    if key == "since":
        return np.asarray(~facets.is_dated | (facets.last >= (value - _EPOCH).days))
    if key == "until":
        return np.asarray(~facets.is_dated | (facets.first <= (value - _EPOCH).days))
    if key == "undated":
        return facets.is_dated
    if key == "confidence":
        return np.asarray(np.rint(facets.confidence * 100) >= value)
    if key == "changed_since":
        return np.asarray(facets.history.touched >= facets.history.after(value))
    words = tuple(fold_for_search(value).split())
    return _masks.get(register, ("text", words), lambda: _search(register, facets.records, words))


def choice_facet(key: str, *, is_context: bool) -> str:
    """The facet whose codes a filter offers; sectors and their groups count where core unless context is asked for."""
    name = CHOICES[key].facet
    return {"sector": "core", "group": "core_group"}.get(name, name) if not is_context else name


def _search(register: Register, records: int, words: tuple[str, ...]) -> Mask:
    found = np.ones(records, dtype=bool)
    for word in words:
        found &= _find_word(register, records, word)
    return found


def _find_word(register: Register, records: int, word: str) -> Mask:
    """The records that one word finds: of those that analysts changed, by what they are now."""
    found = find_word(register.connection, word, records)
    if register.replaced is not None:
        found[register.replaced] = False
        found |= find_word(register.connection, word, records, "laid.word")
    return found
