"""The words that say whether a place beside them is a party, and which: lists of `lexicons/event_cues.toml`."""

from __future__ import annotations

from functools import lru_cache

from extract.lexicon import load, words

_WA, _LAM = "\u0648", "\u0644"


@lru_cache(maxsize=1)
def party_cues() -> dict[str, frozenset[str]]:
    """Return the lists of words beside a place that give it a role, folded, by name."""
    return {
        "noun": words("event_cues", "party_noun", "words"),
        "cities": frozenset(load("event_cues")["party_noun"]["cities"]),
        "from": words("event_cues", "party_noun", "from"),
        "things": words("event_cues", "party_noun", "things"),
        "topic": words("event_cues", "topic", "before"),
        "between": words("event_cues", "between", "words"),
        "between_ends": words("event_cues", "between", "ends"),
        "light": words("event_cues", "between_verb", "words"),
        "both": words("event_cues", "between", "both"),
        "with": words("event_cues", "with", "words"),
        "with_topic": words("event_cues", "with_topic", "words"),
        "relation": words("event_cues", "relation", "words"),
        "held_between": words("event_cues", "held_between", "words"),
        "pair_word": words("event_cues", "pair", "words"),
        "crowd": words("event_cues", "crowd", "words"),
        "counterparts": words("event_cues", "counterparts", "words"),
        "to": words("event_cues", "to", "words"),
        "members": words("event_cues", "members", "words"),
        "posts": words("event_cues", "venue", "posts"),
        "posted": words("event_cues", "venue", "posted"),
    }


@lru_cache(maxsize=1)
def landing_verbs() -> frozenset[str]:
    """Return the verbs after which a goal stands behind "in", as the lexicon writes them."""
    return frozenset(load("event_cues")["landing"]["verbs"])


@lru_cache(maxsize=1)
def leaving_verbs() -> frozenset[str]:
    """Return the verbs whose object is where one leaves, as the lexicon writes them."""
    return frozenset(load("event_cues")["leaving"]["verbs"])


def is_topic_word(token: str) -> bool:
    """Whether a word, "and" before it aside, makes the country after it one that is talked about."""
    topics = party_cues()["topic"]
    return token in topics or (token[:1] == _WA and token[1:] in topics)


def is_noun_of_party(token: str) -> bool:
    """Whether a word, "and" and "to" before it aside, is one that a nationality turns into a party."""
    nouns = party_cues()["noun"]
    return token in nouns or (token[:1] in (_WA, _LAM) and token[1:] in nouns)
