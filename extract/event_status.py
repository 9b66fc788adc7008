"""Whether an engagement was held, is planned or was called off, by the words around the one that reports it."""

from __future__ import annotations

from extract.annotate import Annotated
from extract.cues import between, event_patterns
from extract.event_types import CHANNELS, NEXT_ROUND
from extract.lexicon import Hit

_REACH_BEFORE = 45  # folded letters before a trigger in which a word of plan or denial still governs it
_REACH_AFTER = 40
_REACH_PARTIES = 160  # letters of two parties with their titles
_REACH_CANCELLED = 50  # "the Turkish minister cancelled his visit": the subject stands between
_REACH_AFTER_HEAD = 80  # a committee's name is long: its verb stands behind its fields
_REACH_BETWEEN = 12  # characters between a noun and "between" its parties
_REACH_THREAT = 4  # tokens from "threatened" to "to call off": who threatens, and on what day
_REACH_PERHAPS = 6  # letters right before a verb: "may"
_REVOKED = ("agreement", "message")  # "the abolition of the agreement": it was concluded all the same
_WA = "\u0648"


def status_of(doc: Annotated, head: Hit, clause: tuple[int, int]) -> tuple[str, tuple[int, int] | None]:
    """Return the status and the folded place of the word that says so, None where none does: it was held."""
    cues = event_patterns()
    start, end = clause
    low = max(start, head.word_start - _REACH_BEFORE)
    called_off = cues.cancelled.search(doc.text, max(start, head.word_start - _REACH_CANCELLED), head.word_start)
    if called_off is None and head.kind == "event_noun":
        called_off = cues.cancelled_after.search(doc.text, head.end, min(head.end + _REACH_PARTIES, end))
        is_own = called_off and not (_is_of_relative(doc, called_off.start()) or called_off.group().startswith(_WA))
        called_off = called_off if is_own else None
    if called_off and head.value not in _REVOKED:
        return ("planned" if _is_threatened(doc, *called_off.span()) else "cancelled"), called_off.span()
    if head.kind == "event_future":
        return "planned", (head.word_start, head.end)
    plan = head.kind == "event_past" and event_patterns().plan_right_before.search(doc.text, low, head.word_start)
    if (head.kind == "event_past" and not plan) or is_this(doc, head):
        return "held", None  # "intends to discuss" is no past, though its word is spelt like one
    if head.value == NEXT_ROUND:
        return "planned", (head.word_start, head.end)
    ahead = cues.planned_before.search(doc.text, low, head.word_start)
    if ahead is None:
        reach = _REACH_AFTER_HEAD if head.value in CHANNELS else _REACH_AFTER
        ahead = cues.planned_after.search(doc.text, head.end, min(head.end + reach, end))
    if ahead is None and _is_between(doc, head):
        verbs = cues.ahead.finditer(doc.text, head.end, min(head.end + _REACH_PARTIES, end))
        ahead = next((verb for verb in verbs if not _is_of_relative(doc, verb.start())), None)
    return ("planned", ahead.span()) if ahead else ("held", None)


def _is_threatened(doc: Annotated, start: int, end: int) -> bool:
    """ "threatened to call off the summit", "may put off the talks": it is still to come; not "had put off"."""
    index = doc.token_index(start)
    before = doc.tokens[max(index - _REACH_THREAT, 0) : index]
    cues = event_patterns()
    if doc.text[start:end] in cues.calls_off and cues.perhaps.search(doc.text, max(start - _REACH_PERHAPS, 0), start):
        return True
    return any(t.text.removeprefix(_WA) in event_patterns().threatened for t in before)


def is_called_off(doc: Annotated, head: Hit) -> bool:
    """Whether a word of calling off, and no threat of it, stands shortly before the word of an event."""
    low = max(doc.sentence_at(head.start).start, head.word_start - _REACH_CANCELLED)
    found = event_patterns().cancelled.search(doc.text, low, head.word_start)
    return found is not None and not _is_threatened(doc, *found.span())


def is_this(doc: Annotated, head: Hit) -> bool:
    """ "this call": what has been told of already, whatever may follow it."""
    index = doc.token_index(head.word_start)
    return index > 0 and doc.tokens[index - 1].text in event_patterns().this


def _is_between(doc: Annotated, head: Hit) -> bool:
    """Whether "between" stands right behind a noun, and the parties behind that."""
    return doc.text.find(between(), head.end, head.end + _REACH_BETWEEN + len(between())) >= 0


def _is_of_relative(doc: Annotated, at: int) -> bool:
    """Whether "which" stands right before a place: "the canal, which will be opened today"."""
    index = doc.token_index(at)
    return index > 0 and doc.tokens[index - 1].text.lstrip(_WA) in event_patterns().relatives
