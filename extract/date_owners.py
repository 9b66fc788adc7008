"""Tells whether a date of a clause is the day of its event, or of something else that the clause tells: a statement, a
deal that came before, what a relative clause adds.

The words between the event and the date decide; they are data (`_owner` in `lexicons/dates.toml`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import zip_longest

from extract.annotate import Annotated
from extract.cues import speech_verbs
from extract.dates import DateMention
from extract.events import EventMention
from extract.fold import Token, fold_word
from extract.lexicon import load, words

_AND = ("\u0648", "\u0641")
_OBJECT_PRONOUNS = ("\u0647\u0627", "\u0647\u0645\u0627", "\u0647")
_FOR = "\u0644"
_WILL = "\u0633"
_HYPHEN, _COMMA = "-", ","
MAX_DISTANCE = (
    400  # letters between an event's word and its date: of 90 right ones of the annotated articles none has more
)
_REACH_SET = 3  # tokens between a word of plan and its day: "was set for the afternoon of Wednesday"
_REACH_VERB = 2  # tokens after a relative pronoun in which its verb stands: «التي كان قد أجراها»
_REACH_DURING = 3  # tokens before an event's word in which "during" stands: «في ختام أعمال القمة»
_REACH_YEAR = 12  # letters between an event and the year that names it: «قمة الرياض لعام 2009»


def is_own_date(doc: Annotated, event: EventMention, date: DateMention, dates: Sequence[DateMention]) -> bool:
    """Whether nothing between an event's word and a date of its sentence ties the date to something else.

    Meant for «التقى الوزير نظيره أمس»; not for «التقى الوزير نظيره بعد اتفاق وقع أمس», nor for the day of a statement.
    """
    trigger = event.trigger
    if _names_a_thing(doc, event, date) or _is_of_print(doc, date) or distance(event, date) > MAX_DISTANCE:
        return False
    if date.start >= trigger.start:
        return not _is_parted_after(_between(doc, trigger.end, date.start, dates), event)
    sentence = doc.sentences[event.sentence]
    if date.start < sentence.start:
        return True
    said = _is_day_of_saying(_between(doc, sentence.start, date.start, dates))
    return not _is_parted_before(_between(doc, date.end, trigger.word_start, dates), event, said=said)


def distance(event: EventMention, date: DateMention) -> int:
    """Return the letters between a trigger and a date."""
    trigger = event.trigger
    return trigger.word_start - date.end if date.start < trigger.start else date.start - trigger.end


def bare(token: Token) -> str:
    """Return a token's letters without the conjunction before them."""
    return token.text[1:] if token.text[:1] in _AND and len(token.text) > 3 else token.text


@lru_cache(maxsize=1)
def _approving() -> frozenset[str]:
    return frozenset(load("dates")["_owner"]["approving"])


@cache
def _owner(name: str) -> frozenset[str]:
    return words("dates", "_owner", name)


def _between(doc: Annotated, start: int, end: int, dates: Sequence[DateMention]) -> list[Token]:
    """Return the tokens between two places, without other dates and the bounds before them ("for the first time since 2001")."""
    tokens = list(doc.tokens_in(start, end))
    inside = [d for d in dates if start <= d.start < end]
    kept = []
    for token, after in zip_longest(tokens, tokens[1:]):
        is_bound = after is not None and any(d.start <= after.start < d.end for d in inside)
        if not is_bound and not any(d.start <= token.start < d.end for d in inside):
            kept.append(token)
    return kept


def _names_a_thing(doc: Annotated, event: EventMention, date: DateMention) -> bool:
    """ "the nuclear deal of 2015", "the revolution of 23 July": such a date names what stands before it."""
    index = doc.token_index(date.start)
    if index > 0 and bare(doc.tokens[index - 1]) in _owner("named_for"):
        return True
    if not date.rule.startswith("date.year") or doc.text[date.start - 1 : date.start] != _FOR:
        return False
    return not 0 <= date.start - event.trigger.end <= _REACH_YEAR


def _is_of_print(doc: Annotated, date: DateMention) -> bool:
    """ "in its issue of yesterday": the day of a newspaper."""
    index = doc.token_index(date.start)
    before = [bare(t) for t in doc.tokens[max(0, index - 2) : index] if t.text != _COMMA]
    return bool(before) and before[-1] in _owner("printed")


def _is_day_of_saying(tokens: Sequence[Token]) -> bool:
    """Whether a verb of speaking governs the date after these words: «قال الوزير», not «قال الوزير إن بلاده ستوقع»."""
    verb = max((i for i, t in enumerate(tokens) if bare(t) in speech_verbs() | _owner("saying")), default=-1)
    return verb >= 0 and not any(_opens_that(tokens, i) for i in range(verb, len(tokens)))


def _opens_that(tokens: Sequence[Token], at: int) -> bool:
    """Whether a clause of its own begins: «أن», but not in «من المقرر أن», nor the last syllable of a Korean name."""
    if bare(tokens[at]) not in _owner("that"):
        return False
    before = bare(tokens[at - 1]) if at else ""
    after = tokens[at + 1].text if at + 1 < len(tokens) else ""
    return before != _HYPHEN and after != _COMMA and before not in _owner("that_not_after")


def _is_parted_after(tokens: Sequence[Token], event: EventMention) -> bool:
    others = [t.start for t in event.triggers if t.start >= event.trigger.end]
    for at, token in enumerate(tokens):
        word = bare(token)
        if word in _owner("parting_after") or _opens_that(tokens, at):
            return True
        if word in _owner("signed") and event.trigger.phrase.text.split()[0] in _approving():
            return True
        follows_relative = at > 0 and bare(tokens[at - 1]) in _owner("relative")
        is_own_verb = token.text == word and _is_of_place(token) and not any(s < tokens[-1].end for s in others)
        if word in _owner("ahead") and word.startswith(_WILL) and not (follows_relative or is_own_verb):
            return True
        if word in _owner("relative"):
            is_of_another = any(start < token.start for start in others)
            if is_of_another or not any(_is_of_place(t) for t in tokens[at + 1 : at + 1 + _REACH_VERB]):
                return True
    return False


def _is_of_place(token: Token) -> bool:
    """Whether a verb says that an event took place, its object's pronoun aside."""
    word = bare(token)
    stems = (word, *(word.removesuffix(p) for p in _OBJECT_PRONOUNS if word.endswith(p)))
    return any(stem in _owner("takes_place") for stem in stems)


def _is_parted_before(tokens: Sequence[Token], event: EventMention, *, said: bool) -> bool:
    """The day of a statement is that of the event only where the event is what was going on: «قال أمس خلال لقائه»."""
    if tokens and bare(tokens[-1]) in _owner("from") | _owner("topic"):
        return True
    opened = [at for at in range(len(tokens)) if _opens_that(tokens, at)]
    if event.status == "held" and _is_going_on(tokens, after_that=bool(opened)):
        return any(bare(t) in _owner("parting_before") for t in tokens)
    return said or bool(opened) or any(_parts_before(tokens, at, event) for at in range(len(tokens)))


def _is_going_on(tokens: Sequence[Token], *, after_that: bool) -> bool:
    """Whether "during" stands before the event: «خلال لقائه»; behind a statement, «وذلك خلال لقائه»; not «بعد أن التقى»."""
    low = max(0, len(tokens) - _REACH_DURING)
    at = next((i for i in range(low, len(tokens)) if bare(tokens[i]) in _owner("during")), None)
    if at is None or (at + 1 < len(tokens) and bare(tokens[at + 1]) in _owner("that")):
        return False
    before = bare(tokens[at - 1]) if at else ""
    return not after_that or before == _COMMA or before in _owner("resumed")


def _parts_before(tokens: Sequence[Token], at: int, event: EventMention) -> bool:
    word = bare(tokens[at])
    that_follows = at + 1 < len(tokens) and bare(tokens[at + 1]) in _owner("that")
    if word in _owner("relative"):
        return event.trigger.kind == "event_past"
    if word in _owner("parting_without_that"):
        return not that_follows
    return word in _owner("parting_before") or (that_follows and word in _owner("parting_with_that"))


@cache
def _pattern(name: str) -> re.Pattern[str]:
    found = sorted((fold_word(w) for w in load("dates")["_owner"][name]), key=len, reverse=True)
    return re.compile(r"(?<!\w)[\u0648\u0641]?(?:" + "|".join(map(re.escape, found)) + r")(?!\w)")


@lru_cache(maxsize=1)
def _said() -> re.Pattern[str]:
    return re.compile(r"(?<!\w)[\u0648\u0641]?(?:" + "|".join(map(re.escape, sorted(speech_verbs()))) + r")(?!\w)")


def lies_ahead(doc: Annotated, date: DateMention) -> bool:
    """Whether the last verb before a date in its sentence is one of what is to come: «القمة التي تستضيفها الرياض الأحد».

    Not «أعلن المتحدث الأحد», nor where a verb of the past stands nearer.
    """
    start = doc.sentence_at(date.start).start
    ahead = max((m.end() for m in _pattern("ahead").finditer(doc.text, start, date.start)), default=-1)
    past = [m.end() for m in _pattern("behind").finditer(doc.text, start, date.start)]
    said = [m.end() for m in _said().finditer(doc.text, start, date.start)]
    return ahead >= max([*past, *said, start])


def is_behind(doc: Annotated, date: DateMention) -> bool:
    """Whether a verb of the past, after "had" or "which", is the last before a date: «القمة السابقة قد عقدت في 29 مارس»."""
    start = doc.sentence_at(date.start).start
    past = max((m.end() for m in _told_as_past().finditer(doc.text, start, date.start)), default=-1)
    return past > max((m.end() for m in _pattern("ahead").finditer(doc.text, start, date.start)), default=-1)


@lru_cache(maxsize=1)
def _told_as_past() -> re.Pattern[str]:
    before = "|".join(sorted(map(re.escape, _owner("told_as_past"))))
    return re.compile(rf"(?<!\w)(?:{before})\s+(?:{_pattern('behind').pattern})")


def is_set_for(doc: Annotated, date: DateMention) -> bool:
    """Whether a word of plan stands right before a date: «لقاء كان مقررا مساء الأربعاء»."""
    index = doc.token_index(date.start)
    return any(bare(t) in _owner("ahead") for t in doc.tokens[max(index - _REACH_SET, 0) : index])


def came_in_it(doc: Annotated, event: EventMention, *, reach: int | None = None) -> bool:
    """Whether a sentence says of the one before it that it came in the event: «جاء ذلك خلال لقائه نظيره»; within its
    first `reach` words, if that is given.
    """
    sentence = doc.sentences[event.sentence]
    opening = [bare(t) for t in doc.tokens_in(sentence.start, event.trigger.word_start)]
    return any(
        word in _owner("during") and any(w in _owner("resumed") for w in opening[max(0, at - 2) : at])
        for at, word in enumerate(opening[:reach])
    )


def comes_after(doc: Annotated, event: EventMention) -> bool:
    """Whether "before" stands right before an event's word: «قبل زيارة الرئيس الاثنين»."""
    index = doc.token_index(event.trigger.word_start)
    return index > 0 and bare(doc.tokens[index - 1]) in _owner("parting_without_that")
