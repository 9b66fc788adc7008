"""Single words of `lexicons/event_cues.toml`, folded, for the stages that look at one token at a time."""

from __future__ import annotations

from functools import lru_cache

from extract.lexicon import words


@lru_cache(maxsize=1)
def speech_verbs() -> frozenset[str]:
    """Return the verbs of speaking, without "and" before them."""
    return words("event_cues", "speech", "verbs")


@lru_cache(maxsize=1)
def that_words() -> frozenset[str]:
    """Return the words between a verb of speaking and what is said."""
    return words("event_cues", "speech", "that")


@lru_cache(maxsize=1)
def presence_words() -> frozenset[str]:
    """Return the words that open a list of those present."""
    return words("event_cues", "presence", "words")


@lru_cache(maxsize=1)
def institution_words() -> frozenset[str]:
    """Return the nouns with which the name of an institution begins inside a title."""
    return words("title_words", "institution", "words")


@lru_cache(maxsize=1)
def sport_words() -> frozenset[str]:
    """Return the words of matches, clubs and tournaments."""
    return words("event_cues", "sport", "words")


@lru_cache(maxsize=1)
def to_words() -> frozenset[str]:
    """Return the words after which the goal of a visit stands."""
    return words("event_cues", "to", "words")


@lru_cache(maxsize=1)
def kinds_of_place() -> frozenset[str]:
    """Return the nouns that may stand between "in" and a place: city, capital, seat."""
    return words("event_cues", "venue", "kinds")
