"""Says who took part in an engagement: those whom its clauses name, and those whom the text lists as present.

A person who only spoke about it (a spokesman, an expert, a minister at home) did not.
"""

from __future__ import annotations

from collections.abc import Sequence

from extract.annotate import Annotated
from extract.clauses import is_owned
from extract.cues import presence_words, speech_verbs
from extract.drafts import Draft
from extract.fold import Token
from extract.people import Person

_REACH_SPEECH = 3  # tokens between a verb of speaking and the speaker's first title


def find_attending(doc: Annotated, draft: Draft, people: Sequence[Person], scope: set[int]) -> set[int]:
    """Return the numbers of the people who took part: of a party's country, in the draft's own clauses or lists."""
    found = set()
    for person in people:
        if person.country not in draft.parties or person.is_spokesman:
            continue
        in_clauses = [s for s in person.spans if any(e.start <= s[0] < e.end for e in draft.events)]
        if (in_clauses and not all(_only_speaks(doc, s, draft) for s in in_clauses)) or any(
            _is_listed(doc, s) for s in person.spans if doc.sentence_at(s[0]).number in scope
        ):
            found.add(person.number)
    return found


def _only_speaks(doc: Annotated, span: tuple[int, int], draft: Draft) -> bool:
    """ "the envoy said that the minister would visit": who stands right after a verb of speaking, before the event.

    He who speaks "during his visit" takes part in it.
    """
    event = next(e for e in draft.events if e.start <= span[0] < e.end)
    index = doc.token_index(span[0])
    before = [_bare(t) for t in doc.tokens[max(index - _REACH_SPEECH, 0) : index]]
    owned = any(is_owned(doc, t) for t in event.triggers)
    return any(word in speech_verbs() for word in before) and event.trigger.start > span[1] and not owned


def _bare(token: Token) -> str:
    return token.text[1:] if token.text[:1] in ("\u0648", "\u0641") and len(token.text) > 3 else token.text


def _is_listed(doc: Annotated, span: tuple[int, int]) -> bool:
    """Whether the sentence opens a list of those present: "the meeting was attended by"."""
    sentence = doc.sentence_at(span[0])
    first = doc.token_index(sentence.start)
    return any(_bare(t) in presence_words() for t in doc.tokens[first : doc.token_index(span[0])])
