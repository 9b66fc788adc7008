"""Finds the words that report engagements, and cuts sentences into the stretches that each report one.

A sentence is cut into clauses where a conjunction opens another report ("as well", "while"), and a clause into frames
where a further word of an engagement brings parties of its own: "received his counterpart | to prepare a summit that
brings together Iran, Russia and Turkey".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from extract.annotate import Annotated
from extract.cues import event_patterns, is_speech_verb, that_words
from extract.event_types import CONTACTS, DEEDS
from extract.fold import fold_word
from extract.lexicon import Hit, keep_longest
from extract.participants import Participant
from extract.places import PlaceMention
from extract.sentences import Sentence

EVENT_KINDS = ("event_past", "event_present", "event_future", "event_noun", "event_weak")
_REACH_PAPER = 45  # letters from a verb of signing to what is signed, its subject between
_REACH_WORD = 16  # letters that the word right before or after a trigger may have
_REACH_CANCELLED = 50  # "the Turkish minister cancelled his visit": the subject stands between
_REACH_ANTECEDENT = 60  # letters from a paper to the "which" of its signing: its adjectives and subject between
_REACH_JOINT = 40
_REACH_SIGNED = 160  # letters from a verb of signing to the paper: two officials with their titles between
_REACH_MONEY = (
    70  # letters from a pledge to its sum: "pledged to Iraq, in the shape of export credit, a billion dollars"
)
_SUBJECTS = ("official", "noun", "subject")
_HOLDERS = ("official", "between", "member")  # roles of those who surely held what is told of
_BEFORE_ARRIVING, _BEHIND_ARRIVING = 2, 7  # tokens around a verb of arriving in which what arrives stands
_TEH_MARBUTA = "\u0629"  # no verb ends in it
_POSSESSIVE_ENDINGS = ("\u0647", "\u0647\u0627")


@dataclass(frozen=True, slots=True)
class Frame:
    """A stretch of a clause that reports one engagement, by folded offsets, with its words and those whom it names."""

    start: int
    end: int
    triggers: tuple[Hit, ...]
    participants: tuple[Participant, ...]


def find_triggers(doc: Annotated) -> list[Hit]:
    """Return the words of events, longest first at each place; a bare committee counts only where it is a joint one."""
    nisbas = [p for p in doc.places if p.kind == "nisba"]
    heads = [h for h in doc.of_kind(("event_head",)) if _is_joint(doc, h, nisbas)]
    taken = {h.start for h in heads}
    found = keep_longest(h for h in doc.hits if h.kind in EVENT_KINDS and not _is_misread(doc, h))
    words = [h for h in found if h.start not in taken or " " in h.phrase.text]
    longer = {h.start for h in words}
    return sorted([h for h in heads if h.start not in longer] + words, key=lambda h: h.word_start)


def _is_joint(doc: Annotated, head: Hit, nisbas: Sequence[PlaceMention]) -> bool:
    """ "the Russian-Pakistani committee", "the committee of trade cooperation ... joint"."""
    reach = doc.text[head.end : head.end + _REACH_JOINT]
    if any(word in event_patterns().joint for word in reach.split()):
        return True
    near = [p.code for p in nisbas if head.end <= p.start < head.end + _REACH_JOINT // 2]
    return len(set(near)) > 1


def split_clauses(doc: Annotated, sentence: Sentence, triggers: Sequence[Hit]) -> list[tuple[int, int]]:
    """Cut a sentence before each opener that has a trigger on both sides."""
    if len(triggers) < 2:
        return [(sentence.start, sentence.end)]
    cuts = [sentence.start]
    for match in event_patterns().clause.finditer(doc.text, sentence.start, sentence.end):
        at = match.start()
        if any(cuts[-1] <= t.start < at for t in triggers) and any(t.start >= at for t in triggers):
            cuts.append(at)
    return list(zip(cuts, [*cuts[1:], sentence.end], strict=True))


def is_discarded(doc: Annotated, trigger: Hit) -> bool:
    """An interview or a match is no engagement; what is denied or refused makes none."""
    before = doc.text[max(0, trigger.word_start - _REACH_WORD) : trigger.word_start].rstrip()
    after = doc.text[trigger.end : trigger.end + _REACH_WORD].lstrip()
    cues = event_patterns()
    governed = (len(before), len(cues.carried.sub("", before)))
    governing = [cues.not_before, cues.negation, cues.unreal] + [cues.perhaps] * (trigger.kind == "event_present")
    ends = {m.end() for pattern in governing for m in pattern.finditer(before)}
    if trigger.phrase.list_name.startswith("pledges") and not cues.money.search(
        doc.text, trigger.end, _money_end(doc, trigger)
    ):
        return True
    if trigger.phrase.list_name.startswith("signing") and not _has_paper(doc, trigger):
        return True
    if trigger.phrase.list_name.startswith("motion") and _is_of_things(doc, trigger):
        return True
    if trigger.value in ("call", "meeting") and cues.interview.match(doc.text, trigger.end):
        return True
    if trigger.value == "agreement" and cues.to_meet.match(doc.text, trigger.end):
        return True
    if trigger.value == "agreement" and cues.own_paper.search(doc.text, trigger.end, trigger.end + _REACH_PAPER):
        return True
    return bool(cues.not_after.match(after)) or not ends.isdisjoint(governed) or _is_refused(doc, trigger)


def _is_of_things(doc: Annotated, trigger: Hit) -> bool:
    """ "there arrived at the airport on Monday the remains of ...", "the ship arrived": nobody came on a visit."""
    index = doc.token_index(trigger.word_start)
    sentence = doc.sentence_at(trigger.start)
    near = doc.tokens[max(index - _BEFORE_ARRIVING, 0) : index + _BEHIND_ARRIVING]
    arriving = event_patterns().arriving
    return any(t.text in arriving for t in near if sentence.start <= t.start < sentence.end)


def _is_misread(doc: Annotated, trigger: Hit) -> bool:
    """Whether the letters as written say another word: "here" for "congratulated", "renewable" for "met"; a noun right
    after "which" is a verb: "which it granted", not "its grant".
    """
    index = doc.token_index(trigger.word_start)
    is_noun = trigger.kind in ("event_noun", "event_weak") and trigger.word_start == trigger.start
    if is_noun and index and doc.tokens[index - 1].text in event_patterns().pronouns:
        return True
    written = doc.folded.written(trigger.start, trigger.end)
    if doc.text.startswith(event_patterns().idiom, trigger.start):
        return True
    wanted = event_patterns().spelling.get(doc.text[trigger.start : trigger.end], written)
    is_verb = trigger.kind in ("event_past", "event_present", "event_future")
    return written != wanted or (is_verb and " " not in written and written.endswith(_TEH_MARBUTA))


def _has_paper(doc: Annotated, trigger: Hit) -> bool:
    """ "signed with X a memorandum", "the two sides signed", "the deal that was signed"; not "the blast that occurred"."""
    low = max(doc.sentence_at(trigger.start).start, trigger.word_start - _REACH_ANTECEDENT)
    is_of_paper = is_relative(doc, trigger) and event_patterns().paper.search(doc.text, low, trigger.word_start)
    if doc.text[trigger.start : trigger.end].endswith(_POSSESSIVE_ENDINGS) or is_of_paper:
        return True
    end = min(trigger.end + _REACH_SIGNED, doc.sentence_at(trigger.start).end)
    if event_patterns().paper.search(doc.text, trigger.end, end):
        return True
    return any(t.text in event_patterns().pair for t in doc.tokens_in(trigger.end, trigger.end + _REACH_WORD))


def is_relative(doc: Annotated, trigger: Hit) -> bool:
    """Whether "which" or "who" stands right before a word: "the agreement that was concluded"."""
    index = doc.token_index(trigger.word_start)
    return index > 0 and doc.tokens[index - 1].text in event_patterns().relatives


def _money_end(doc: Annotated, trigger: Hit) -> int:
    """Return where the reach of a pledge ends: its sum stands within a few words of it, in its own sentence."""
    return min(trigger.end + _REACH_MONEY, doc.sentence_at(trigger.start).end)


def _is_refused(doc: Annotated, trigger: Hit) -> bool:
    """ "the minister refused to meet his counterpart", "the anniversary of ...": a word before its subject rules the noun."""
    if trigger.kind not in ("event_noun", "event_weak"):
        return False
    low = max(doc.sentence_at(trigger.start).start, trigger.word_start - _REACH_CANCELLED)
    ruled_out = (event_patterns().refusal, event_patterns().anniversary, event_patterns().not_held)
    return any(pattern.search(doc.text, low, trigger.word_start) for pattern in ruled_out)


def cut_frames(
    doc: Annotated, clause: tuple[int, int], triggers: Sequence[Hit], participants: Sequence[Participant]
) -> list[Frame]:
    """Cut a clause where a report of its own, or the content of speech, begins; see `_opens_frame` and `_opens_speech`."""
    cuts = [clause[0]]
    openers: list[tuple[int, Hit | None]] = [(_frame_start(doc, t, participants), t) for t in triggers[1:]]
    speech: list[tuple[int, Hit | None]] = [
        (m.start(), None) for m in event_patterns().says.finditer(doc.text, clause[0] + 1, clause[1])
    ]
    said = _content_start(doc, clause, triggers, participants)
    if said is not None:
        cuts.append(said)
    behind = _content_behind(doc, clause, triggers[0], participants) if said is None else None
    if behind is not None:
        speech.append((behind, None))
    for at, trigger in sorted(openers + speech, key=lambda o: o[0]):
        inside = [p for p in participants if cuts[-1] <= p.start]
        signed = any(t.value == "agreement" and cuts[-1] <= t.start < at for t in triggers)
        opens = _opens_speech(at, inside) if trigger is None else _opens_frame(doc, trigger, at, inside, signed=signed)
        if (opens or at == behind) and at > cuts[-1]:
            cuts.append(at)
    frames = []
    for start, end in zip(cuts, [*cuts[1:], clause[1]], strict=True):
        here = tuple(t for t in triggers if start <= t.word_start < end)
        if here:
            frames.append(Frame(start, end, here, tuple(p for p in participants if start <= p.start < end)))
    return frames


def _content_start(
    doc: Annotated, clause: tuple[int, int], triggers: Sequence[Hit], participants: Sequence[Participant]
) -> int | None:
    """ "the Egyptian minister said that the talks between X of Russia and Y of Iran": where what he says of others begins."""
    if is_owned(doc, triggers[0]):
        return None  # "said that his meeting with"
    spoken = False
    for token in doc.tokens_in(clause[0], triggers[0].word_start):
        spoken = spoken or is_speech_verb(token.text)
        if spoken and token.text in that_words():
            others = {p.code for p in participants if p.role in _HOLDERS and p.start > token.end}
            is_his = any(t.text in event_patterns().own_side for t in doc.tokens_in(token.end, clause[1]))
            return token.start if len(others) > 1 and not is_his else None
    return None


def _content_behind(
    doc: Annotated, clause: tuple[int, int], trigger: Hit, participants: Sequence[Participant]
) -> int | None:
    """ "he said after his talks with X of Russia that the acts of ...": where his words begin, once his partner is named."""
    before = [t.text for t in doc.tokens_in(clause[0], trigger.word_start)]
    if not any(map(is_speech_verb, before)) or not that_words().isdisjoint(before):
        return None  # nobody speaks, or what he tells of is what he says
    partner = next((p for p in participants if p.is_strong and p.start >= trigger.end), None)
    after = doc.tokens_in(partner.end, clause[1]) if partner else ()
    return next((t.start for t in after if t.text in that_words()), None)


def _opens_speech(at: int, participants: Sequence[Participant]) -> bool:
    """ "met X of Yemen in Riyadh, and affirmed the support of ...": what is said names no one who took part."""
    return len({p.code for p in participants if p.is_strong and p.start < at}) > 1


def _frame_start(doc: Annotated, trigger: Hit, participants: Sequence[Participant]) -> int:
    """Return where the report of a trigger begins: at its word, or at the subject right before a verb ("that X will visit")."""
    if trigger.kind in ("event_noun", "event_weak") or trigger.word_start < trigger.start:
        return trigger.word_start  # a noun, or "to discuss", whose subject stands elsewhere
    subjects = (p for p in participants if p.role in _SUBJECTS and p.end <= trigger.word_start)
    subject = max(subjects, key=lambda p: p.end, default=None)
    gap = doc.text[subject.end : trigger.word_start].strip(" ,") if subject else ""
    if subject is None or (gap and gap not in event_patterns().relatives):
        return trigger.word_start
    return subject.start


def _opens_frame(doc: Annotated, trigger: Hit, at: int, participants: Sequence[Participant], *, signed: bool) -> bool:
    """Whether a trigger has parties of its own, other than those before it in its frame (`signed`: that tells of a signing).

    "met X of Qatar before he holds a three-way meeting with Y of Russia and Z of Turkey", "during his visit to Kenya"
    where Kenya has not been named; not "met X of Qatar and discussed relations between Kuwait and Qatar".
    """
    strong = [p for p in participants if p.is_strong]
    before = {p.code for p in strong if p.start < at}
    after = {p.code for p in strong if p.start >= at}
    if (
        trigger.kind == "event_weak"
        and trigger.value == "agreement"
        and not signed
        and _has_parties(trigger, participants)
    ):
        return True  # "the agreement between Iran and ...": its parties are not those of the talks before it
    if len(before) < 2:
        return False
    if _is_prepared(doc, trigger) and len({p.code for p in strong if p.start >= at and p.role in _HOLDERS}) > 1:
        return True  # "talks between the two ministers, to prepare the summit of X and Y"
    if trigger.value in DEEDS and is_relative(doc, trigger):
        return True  # "discussed with the Gulf states the agreement that was concluded last month with Iran"
    goal = next((p.code for p in strong if p.role == "destination" and p.start > trigger.end), None)
    if trigger.value == "visit" and is_owned(doc, trigger):
        return goal is not None and goal not in before
    gone = next((p.code for p in strong if p.role == "destination" and p.start < at), None)
    if trigger.value == "visit" and None not in (goal, gone) and goal != gone and len(after) > 1:
        return True  # "said during a visit to Cairo that the Egyptian president will visit Khartoum"
    if trigger.value == "call" and not is_owned(doc, trigger):
        return len(after) > 1  # a call is never part of the visit or the meeting told before it
    return len(after) > 1 and not after <= before


def _is_prepared(doc: Annotated, trigger: Hit) -> bool:
    """Whether a word of preparing stands right before the noun of a gathering."""
    low = max(0, trigger.word_start - _REACH_WORD)
    is_noun = trigger.kind == "event_noun" and trigger.value in CONTACTS
    return is_noun and event_patterns().plan_right_before.search(doc.text, low, trigger.word_start) is not None


def _has_parties(trigger: Hit, participants: Sequence[Participant]) -> bool:
    """Whether a paper is told of with its parties: between whom it is."""
    named = {p.code for p in participants if p.role in ("between", "member") and p.start > trigger.end}
    return len(named) > 1


def is_owned(doc: Annotated, trigger: Hit) -> bool:
    """Whether the noun of an event carries a possessive: "his visit"."""
    if trigger.kind != "event_noun":
        return False
    word = doc.text[trigger.start : trigger.end]
    return word not in _bare_forms(trigger.phrase.text) and word.endswith(_POSSESSIVE_ENDINGS)


@cache
def _bare_forms(phrase: str) -> frozenset[str]:
    folded = fold_word(phrase)
    return frozenset({folded, folded.removeprefix("\u0627\u0644"), folded + "\u0627"})
