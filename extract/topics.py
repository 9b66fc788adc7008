"""Says which places of a clause or a headline are only talked about, so that nothing else may make parties of them.

"met in the Chinese capital": a headline that names China proves it. "met to discuss the Israeli attacks", "the situation in
Syria", "pressure on Iran": whatever the headline names, it is a subject.
"""

from __future__ import annotations

from functools import lru_cache

from extract.annotate import Annotated
from extract.lexicon import words
from extract.places import PlaceMention

_WA, _AL = "\u0648", "\u0627\u0644"
_BESIDE = 2  # tokens from one nationality to the next, a dash between
_ADJECTIVES = 2  # definite words between a noun and its nationality: "the military Israeli escalation"


@lru_cache(maxsize=1)
def _nouns() -> frozenset[str]:
    return words("event_cues", "topic", "nouns")


@lru_cache(maxsize=1)
def _prepositions() -> frozenset[str]:
    return words("event_cues", "topic", "before") - words("event_cues", "topic", "scenes")


@lru_cache(maxsize=1)
def _openers() -> frozenset[str]:
    return words("event_cues", "topic", "openers")


@lru_cache(maxsize=1)
def _closers() -> frozenset[str]:
    lists = (("with", "words"), ("between", "words"), ("to", "words"), ("relation", "words"), ("topic", "closers"))
    return frozenset().union(*(words("event_cues", table, name) for table, name in lists))


def is_topic(doc: Annotated, place: PlaceMention, start: int) -> bool:
    """Whether a place is only talked about, by the words from a folded offset, its clause's first, to it.

    Meant for "to condemn the Israeli attacks"; not for "to discuss with the Israeli side", nor "in the Israeli capital".
    """
    first = doc.token_index(place.word_start)
    tokens = [t.text for t in doc.tokens[max(doc.token_index(start), 0) : first]]
    if tokens and _in(tokens[-1], _prepositions()):
        return True
    if place.kind == "nisba" and _qualifies_topic(tokens) and not _is_beside_another(doc, place):
        return True
    opened = max((k for k, token in enumerate(tokens) if _in(token, _openers())), default=None)
    return opened is not None and not any(_in(token, _closers()) for token in tokens[opened + 1 :])


def _qualifies_topic(tokens: list[str]) -> bool:
    for token in reversed(tokens[-1 - _ADJECTIVES :]):
        if _in(token, _nouns()):
            return True
        if not token.startswith((_AL, _WA + _AL)):
            return False
    return False


def _is_beside_another(doc: Annotated, place: PlaceMention) -> bool:
    """ "a Saudi - Egyptian agreement": two nationalities name the parties, not a subject."""
    at = doc.token_index(place.word_start)
    others = (p for p in doc.places if p.kind == "nisba" and p.code != place.code)
    return any(abs(doc.token_index(p.word_start) - at) <= _BESIDE for p in others)


def _in(token: str, known: frozenset[str]) -> bool:
    return token in known or (token[:1] == _WA and token[1:] in known)
