"""Words of `lexicons/event_cues.toml`, folded: single ones for stages that look at one token at a time, and patterns."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from extract.fold import fold_word
from extract.lexicon import load, words

_CONJUNCTIONS = ("\u0648", "\u0641")


@lru_cache(maxsize=1)
def between() -> str:
    """Return "between" as it stands in a text, a blank on either side."""
    (word,) = words("event_cues", "between", "alone")
    return f" {word} "


@lru_cache(maxsize=1)
def speech_verbs() -> frozenset[str]:
    """Return the verbs of speaking, without "and" before them."""
    return words("event_cues", "speech", "verbs")


def is_speech_verb(token: str) -> bool:
    """Whether a word is a verb of speaking, with "and" or "so" written to it or without."""
    return token in speech_verbs() or (token[:1] in _CONJUNCTIONS and token[1:] in speech_verbs())


@lru_cache(maxsize=1)
def that_words() -> frozenset[str]:
    """Return the words between a verb of speaking and what is said."""
    return words("event_cues", "speech", "that")


@lru_cache(maxsize=1)
def presence_words() -> frozenset[str]:
    """Return the words that open a list of those present."""
    return words("event_cues", "presence", "words")


@cache
def attendance_words(name: str) -> frozenset[str]:
    """Return one of the lists that tell who was absent: "talked", "said", "purpose", ..."""
    return words("event_cues", "absence", name)


@lru_cache(maxsize=1)
def discussed_verbs() -> frozenset[str]:
    """Return the verbs of talking that do not say whether the two met."""
    return words("event_cues", "discussed", "verbs")


@lru_cache(maxsize=1)
def about_words() -> frozenset[str]:
    """Return the words after which a headline names what was talked about."""
    return words("event_cues", "about", "words")


@lru_cache(maxsize=1)
def institution_words() -> frozenset[str]:
    """Return the nouns with which the name of an institution begins inside a title."""
    return words("title_words", "institution", "words")


@lru_cache(maxsize=1)
def sport_words() -> frozenset[str]:
    """Return the words of matches, clubs and tournaments."""
    return words("event_cues", "sport", "words")


def _pattern(table: str, list_name: str) -> re.Pattern[str]:
    found = sorted((fold_word(w) for w in load("event_cues")[table][list_name]), key=len, reverse=True)
    return re.compile(r"(?<!\w)[\u0648\u0641]?(?:" + "|".join(map(re.escape, found)) + r")(?!\w)")


def _says() -> re.Pattern[str]:
    """ "..., and he affirmed that", "..., adding that": where the content of speech begins within a sentence."""
    table = load("event_cues")["speech"]
    verbs, also = (
        "|".join(sorted(map(re.escape, map(fold_word, table[k])), key=len, reverse=True)) for k in ("verbs", "also")
    )
    return re.compile(rf"(?<!\w)(?:[\u0648\u0641](?:{verbs})|\u0648?(?:{also}))(?!\w)")


def _interview() -> re.Pattern[str]:
    """ "in a telephone call with «the paper»": what stands between the word of a call and a quoted name."""
    found = sorted((fold_word(w) for w in load("event_cues")["interview"]["words"]), key=len, reverse=True)
    return re.compile(rf"\s*(?:{'|'.join(map(re.escape, found))})?\s*\"")


def _not_held() -> re.Pattern[str]:
    """ "will not hold any direct talks", "did not hold a meeting": a negation and the verb that carries an event's noun."""
    table = load("event_cues")
    particles = "|".join(fold_word(w) for w in table["negation"]["particles"])
    verbs = "|".join(sorted((re.escape(fold_word(w)) for w in table["light"]["present"]), key=len, reverse=True))
    return re.compile(rf"(?<!\w)[\u0648\u0641]?(?:{particles})\s+(?:{verbs})(?!\w)")


@dataclass(frozen=True)
class EventPatterns:
    """Words around an event, as patterns over folded text and as sets of words; see `event_cues.toml`."""

    planned_before: re.Pattern[str]
    planned_after: re.Pattern[str]
    cancelled: re.Pattern[str]
    cancelled_after: re.Pattern[str]
    threatened: frozenset[str]
    calls_off: frozenset[str]
    bounding: frozenset[str]
    negation: re.Pattern[str]
    not_before: re.Pattern[str]
    not_after: re.Pattern[str]
    clause: re.Pattern[str]
    joint: frozenset[str]
    this: frozenset[str]
    light: re.Pattern[str]
    refusal: re.Pattern[str]
    unreal: re.Pattern[str]
    perhaps: re.Pattern[str]
    not_held: re.Pattern[str]
    anniversary: re.Pattern[str]
    own_paper: re.Pattern[str]
    own_premises: re.Pattern[str]
    turn: re.Pattern[str]
    relative: re.Pattern[str]
    pair: frozenset[str]
    says: re.Pattern[str]
    interview: re.Pattern[str]
    gathering: frozenset[str]
    papers: frozenset[str]
    on: re.Pattern[str]
    relatives: frozenset[str]
    pronouns: frozenset[str]
    arriving: frozenset[str]
    with_words: frozenset[str]
    own_side: frozenset[str]
    money: re.Pattern[str]
    paper: re.Pattern[str]
    plan_right_before: re.Pattern[str]
    spelling: Mapping[str, str]
    idiom: tuple[str, ...]
    to_meet: re.Pattern[str]
    carried: re.Pattern[str]
    ahead: re.Pattern[str]
    concluded: frozenset[str]
    told_of: frozenset[str]


@lru_cache(maxsize=1)
def event_patterns() -> EventPatterns:
    """Return the patterns of `event_cues.toml`, made once a process."""
    return EventPatterns(
        planned_before=_pattern("planned", "before"),
        planned_after=_pattern("planned", "after"),
        cancelled=_pattern("cancelled", "words"),
        cancelled_after=_pattern("cancelled", "after"),
        threatened=words("event_cues", "cancelled", "threatened"),
        calls_off=words("event_cues", "cancelled", "present"),
        bounding=words("event_cues", "bounding", "words"),
        negation=_pattern("negation", "before"),
        not_before=_pattern("not_engagement", "before"),
        not_after=_pattern("not_engagement", "after"),
        clause=_pattern("clause", "openers"),
        joint=words("event_cues", "joint", "words"),
        this=words("event_cues", "this", "words"),
        light=_pattern("light", "present"),
        refusal=_pattern("refusal", "verbs"),
        unreal=_pattern("unreal", "before"),
        perhaps=_pattern("perhaps", "before"),
        not_held=_not_held(),
        anniversary=_pattern("anniversary", "words"),
        own_paper=_pattern("own_paper", "words"),
        own_premises=_pattern("venue", "own_premises"),
        turn=_pattern("turn", "words"),
        relative=_pattern("relative", "words"),
        pair=words("event_cues", "pair", "words"),
        says=_says(),
        interview=_interview(),
        gathering=words("event_cues", "gathering", "words"),
        papers=words("event_cues", "papers", "words"),
        on=re.compile(r"\s*" + _pattern("agreed", "on").pattern),
        relatives=words("event_cues", "relative", "words"),
        arriving=words("event_cues", "arriving", "things"),
        pronouns=words("event_cues", "relative", "pronouns"),
        with_words=words("event_cues", "with", "words"),
        own_side=words("event_cues", "own_side", "words"),
        money=_pattern("money", "words"),
        paper=_pattern("paper", "words"),
        plan_right_before=re.compile(_pattern("planned", "before").pattern + r"\s*$"),
        spelling={fold_word(word): word for word in load("event_cues")["spelling"]["words"]},
        concluded=words("event_cues", "concluded", "words"),
        told_of=words("event_cues", "told_of", "words"),
        idiom=tuple(fold_word(phrase) for phrase in load("event_cues")["idiom"]["words"]),
        carried=re.compile(r"\s*" + _pattern("carrier", "words").pattern + r"$"),
        ahead=_pattern("ahead", "verbs"),
        to_meet=re.compile(r"\s*" + _pattern("agreed_to_meet", "after").pattern),
    )
