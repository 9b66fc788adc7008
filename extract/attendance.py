"""Says who took part in an engagement: those whom its clauses name, and those whom the text lists as present.

A person who only spoke about it (a spokesman, an expert, a minister at home) did not, nor one whose greetings were
conveyed or by whose orders it was done.
"""

from __future__ import annotations

from collections.abc import Sequence

from extract.annotate import Annotated
from extract.clauses import is_owned
from extract.cues import attendance_words, event_patterns, presence_words, speech_verbs, that_words
from extract.drafts import Draft
from extract.event_types import CONTACTS
from extract.events import EventMention
from extract.fold import Token
from extract.people import Person

LEAD = 2  # sentences
LEADING = ("head_of_state", "head_of_government", "foreign_minister", "royal", "minister")
_REACH_SPEECH = 3  # tokens between a verb of speaking and the speaker's first title
_REACH_RELATIVE = 2  # tokens between a speaker and the "who" that tells what he did, and
_REACH_DURING = 2  # ... between "at the end of" and the word of the event
_REACH_TALK = 3  # tokens before a title in which a word such as "greetings of" makes its holder absent
_REACH_LIST = 8  # tokens from a word of presence to the first person of its list
_REACH_NEXT = 10  # tokens between two persons of a list: titles that were not read may stand there
_REACH_TOPIC = 3  # tokens between "to discuss" and the gathering that is only discussed


def find_attending(doc: Annotated, draft: Draft, people: Sequence[Person], scope: set[int]) -> set[int]:
    """Return the numbers of the people who took part: of a party's country, in the draft's own clauses or lists.

    `scope` are the sentences whose lists of those present are the draft's; see `list_scopes`.
    """
    spans = sorted(s for p in people for s in p.spans)
    absent = _find_absent(doc, spans) if draft.type != "message" else set()
    found = set()
    for person in people:
        if person.country not in draft.parties or person.is_spokesman:
            continue
        told = [
            ((p.start, p.end), e)
            for e in draft.events
            for p in e.participants
            if p.person == person.number and (p.start, p.end) not in absent
        ]
        if any(not _only_speaks(doc, s, e) and not _is_topic(doc, s, e) for s, e in told) or any(
            _is_listed(doc, s, spans) for s in person.spans if s not in absent and doc.sentence_at(s[0]).number in scope
        ):
            found.add(person.number)
    if draft.role == "main":
        found |= _of_lead(doc, draft, people, found, absent)
    return found


def list_scopes(drafts: Sequence[Draft], scopes: Sequence[set[int]]) -> list[set[int]]:
    """Return the sentences whose lists of those present belong to each draft: a message or a paper has no guests.

    Where the news is such a paper, the lists that no other draft claims are of the first contact that is news as well.
    """
    found = [set(scope) for scope in scopes]
    contact = next((n for n, d in enumerate(drafts) if d.type in CONTACTS and d.role == "main"), 0)
    if contact:
        found[contact] |= found[0]
        found[0] = set(drafts[0].sentences)
    return found


def _of_lead(
    doc: Annotated, draft: Draft, people: Sequence[Person], found: set[int], absent: set[tuple[int, int]]
) -> set[int]:
    """Return the people of the lead who stand for a party of the news that has nobody in its clauses.

    "the Spanish minister announced the reopening of the crossings ... after talks between the two countries".
    """
    held = {p.country for p in people if p.number in found}
    lead = doc.sentences[min(LEAD, len(doc.sentences)) - 1].end
    return {
        p.number
        for p in people
        if p.country in draft.parties and p.country not in held and not p.is_spokesman and p.rank in LEADING
        if any(s[0] < lead and s not in absent for s in p.spans)
    }


def _find_absent(doc: Annotated, spans: Sequence[tuple[int, int]]) -> set[tuple[int, int]]:
    """Return the places of persons who are named as the authors of something, with those joined to them by "and".

    "conveyed the greetings of the king and the crown prince", "under the directives of"; not "a message from".
    """
    absent: set[tuple[int, int]] = set()
    led: set[tuple[int, int]] = set()  # "under the leadership of the king, and his brother": the comma ends that list
    for number, span in enumerate(spans):
        index = doc.token_index(span[0])
        before = doc.tokens[max(index - _REACH_TALK, 0) : index]
        last = spans[number - 1] if number else span
        joined = number > 0 and last in absent and _is_next(doc, last, span, over_comma=last not in led)
        if any(_bare(t) in attendance_words("led") or t.text in attendance_words("led") for t in before):
            led.add(span)
        if joined or any(w in attendance_words("talked") for t in before for w in (t.text, _bare(t))):
            absent.add(span)
    return absent


def _is_next(doc: Annotated, one: tuple[int, int], two: tuple[int, int], *, over_comma: bool) -> bool:
    """Whether "and" sets a person right after another, a word of kinship between: "and his brother king Abdullah"."""
    between = [t for t in doc.tokens_in(one[1], two[0]) if not (over_comma and t.text == ",")]
    words = [*(t.text for t in between), doc.tokens[doc.token_index(two[0])].text]
    return words[0].startswith("\u0648") and all(w in attendance_words("kin") for w in map(_bare, between))


def _only_speaks(doc: Annotated, span: tuple[int, int], event: EventMention) -> bool:
    """ "the envoy said that the minister would visit": who stands right after a verb of speaking, before the event.

    He who speaks "during his visit" takes part in it.
    """
    index = doc.token_index(span[0])
    before = [_bare(t) for t in doc.tokens[max(index - _REACH_SPEECH, 0) : index]]
    owned = any(is_owned(doc, t) for t in event.triggers)
    says = (
        any(word in speech_verbs() for word in before) or before[-1:] == ["\u0639\u0646"] or _is_said(doc, index, span)
    )
    aside = len(before) > 1 and before[-2] in attendance_words("aside")
    return says and (event.trigger.start > span[1] or aside) and not owned and not _takes_part(doc, span, event)


def _takes_part(doc: Annotated, span: tuple[int, int], event: EventMention) -> bool:
    """ "said X, who met Y last month", "X announced at the end of a meeting with Y": the speaker was there."""
    after = doc.tokens_in(span[1], event.trigger.word_start)
    if any(t.text in event_patterns().relatives for t in after[:_REACH_RELATIVE]):
        return True
    return any(t.text in attendance_words("during") for t in after[-_REACH_DURING:])


def _is_said(doc: Annotated, index: int, span: tuple[int, int]) -> bool:
    """ "since the declaration of the minister", "the minister made clear that": nouns, and a verb that is a preposition."""
    word = _bare(doc.tokens[index - 1]) if index else ""
    after = doc.token_index(span[1])
    that = after < len(doc.tokens) and doc.tokens[after].text in that_words()
    return word in attendance_words("said") or (that and word in attendance_words("clear"))


def _is_topic(doc: Annotated, span: tuple[int, int], event: EventMention) -> bool:
    """ "met to discuss a summit with president X": he belongs to a gathering that this one only talked about."""
    for other in event.triggers:
        if not event.trigger.end < other.start < span[0] or other.kind not in ("event_noun", "event_weak"):
            continue
        index = doc.token_index(other.word_start)
        before = [_bare(t) for t in doc.tokens[max(index - _REACH_TOPIC, 0) : index + 1]]
        if any(word in attendance_words("purpose") for word in before):
            return True
    return False


def _bare(token: Token) -> str:
    return token.text[1:] if token.text[:1] in ("\u0648", "\u0641") and len(token.text) > 3 else token.text


def _is_listed(doc: Annotated, span: tuple[int, int], spans: Sequence[tuple[int, int]]) -> bool:
    """Whether a person stands in a list of those present: right after its opening words, or after another of the list.

    "the meeting was attended by the minister of ..., the governor of ..."; not "the deputy king headed the session in
    which ...".
    """
    sentence = doc.sentence_at(span[0])
    if any(phrase in doc.text[sentence.start : sentence.end] for phrase in attendance_words("cabinet")):
        return False
    before = [s for s in spans if sentence.start <= s[0] < span[0]]
    first = doc.token_index(sentence.start)
    index = doc.token_index(span[0])
    reach = _REACH_LIST
    while True:
        low = doc.token_index(before[-1][1] - 1) + 1 if before else first
        if any(_bare(t) in presence_words() for t in doc.tokens[max(low, index - reach) : index]):
            return True
        if not before or index - low > _REACH_NEXT:
            return False
        index = doc.token_index(before.pop()[0])
