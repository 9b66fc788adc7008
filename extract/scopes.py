"""Says which sentences each engagement may draw on for what was discussed, agreed and said of it.

Its own sentences and those that go on with their lists; the first main one has besides all that no other claims, but for
what follows a turn to another subject ("in other news, the army said").
"""

from __future__ import annotations

from collections.abc import Sequence

from extract.annotate import Annotated
from extract.cues import event_patterns
from extract.drafts import Draft
from extract.event_dates import dates_differ
from extract.event_types import DEEDS
from extract.lexicon import words
from extract.sentences import Sentence
from extract.subjects import find_continuations

_REACH_RETOLD = 5  # tokens in which a sentence names what it goes on about: "and the said committee discussed"


def scopes_of(doc: Annotated, drafts: Sequence[Draft]) -> list[set[int]]:
    """Return the numbers of the sentences that each draft may draw on, in the drafts' order."""
    own = [_with_continuations(doc, set(d.sentences)) for d in drafts]
    taken = {n for d in drafts for n in d.sentences}
    for draft, scope in zip(drafts[1:], own[1:], strict=True):
        after = draft.sentences[-1] + 1
        is_next = draft.status == "planned" and drafts[0].status == "held"  # "the meeting" is then the one held
        if (
            not is_next
            and after < len(doc.sentences)
            and after not in taken
            and _goes_on(doc, draft, doc.sentences[after])
        ):
            scope.add(after)
    if own:
        claimed = set().union(*(o for d, o in zip(drafts[1:], own[1:], strict=True) if not _is_part_of(d, drafts[0])))
        free = {s.number for s in doc.sentences} - claimed
        own[0] |= free - _turned_away(doc, drafts[0], own[0])
    return own


def _goes_on(doc: Annotated, draft: Draft, sentence: Sentence) -> bool:
    """Whether the sentence after a background engagement is about it: "the committee discussed", "the agreement covers".

    Not one of "the two sides": they are those of the news.
    """
    if event_patterns().turn.match(doc.text, sentence.start, sentence.end) or has_pair(doc, sentence):
        return False
    tokens = [t.text for t in doc.tokens_in(sentence.start, sentence.end)]
    named = words("event_cues", "retold", "words")
    return any(t in named or t[1:] in named for t in tokens[:_REACH_RETOLD])


def has_pair(doc: Annotated, sentence: Sentence) -> bool:
    """Whether a sentence names both parties by one word: "the two sides", "between the two countries"."""
    pair = event_patterns().pair
    return any(t.text in pair or t.text[1:] in pair for t in doc.tokens_in(sentence.start, sentence.end))


def _is_part_of(draft: Draft, main: Draft) -> bool:
    """Whether what a draft tells belongs to the main engagement too: "met, and signed agreements on tourism"."""
    if not set(draft.parties) <= set(main.parties):
        return False
    return draft.role == "main" or (
        draft.type in DEEDS and not dates_differ(draft.date, main.date) and _is_undated(draft, main)
    )


def _is_undated(draft: Draft, main: Draft) -> bool:
    """Whether a paper has no date of its own that the main engagement lacks: one of last year is another matter."""
    return draft.date is None or draft.date.date_start is None or main.date is not None


def _turned_away(doc: Annotated, main: Draft, own: set[int]) -> set[int]:
    """Return the sentences from a turn to another subject on, until one that tells of the parties again."""
    found = set()
    is_away = False
    for sentence in doc.sentences:
        if sentence.number in own or _is_of_both(doc, main, sentence):
            is_away = False
        elif event_patterns().turn.match(doc.text, sentence.start, sentence.end):
            is_away = True
        if is_away:
            found.add(sentence.number)
    return found


def _is_of_both(doc: Annotated, main: Draft, sentence: Sentence) -> bool:
    """Whether a sentence names two parties, or both by one word: "the two sides"."""
    if has_pair(doc, sentence):
        return True
    return len({p.code for p in doc.places_in(sentence.start, sentence.end)} & set(main.parties)) > 1


def _with_continuations(doc: Annotated, sentences: set[int]) -> set[int]:
    """Add the sentences that go on with a list that one of these opened: "they also covered ..."."""
    going_on = find_continuations(doc.hits, doc.sentences)
    found = set(sentences)
    for number in sorted(sentences):
        while (number := number + 1) in going_on:
            found.add(number)
    return found
