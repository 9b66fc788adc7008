"""Reads one group of titles in a row: portfolio, nationality, further titles and courtesies, until a name begins.

    "the | Kuwaiti | ambassador | to Pakistan | Doctor | Nassar ..."   -> the group ends before "Nassar"

What is a person's own country and what his host's, and where the next person's titles begin, is decided here.
"""

from __future__ import annotations

from extract.annotate import Annotated
from extract.fold import Token, fold_word
from extract.lexicon import Hit, load
from extract.name_words import AL, GIVEN, SURE, Sort, grammar, is_guessed, is_listed, sort_of
from extract.names import read_name
from extract.places import PlaceMention
from extract.titles import (
    AIDES,
    NOT_OFFICES,
    TITLE_KINDS,
    TitleGroup,
    blessings,
    country_of_title,
    is_complement,
    is_run_word,
    opens_another,
    title_lists,
)

EVENT_NOUNS = ("event_noun", "event_weak")
MAX_TITLE_TOKENS = 24  # the longest title group of the development articles has 19 words
MIN_LONE_NAME = 4  # letters of an unlisted name that stands alone: shorter ones were particles
KNOWN_NAMES = (*GIVEN, Sort.FAMILY, Sort.DOUBTFUL, Sort.FOREIGN_WORD)
SURE_NAMES = (Sort.ARABIC, Sort.FOREIGN, Sort.FAMILY)
AFFAIRS_REACH = 2  # words of prose that a portfolio may have after "affairs", besides definite ones
MAX_ASIDE = 5  # tokens of an abbreviation in brackets between an office and a name
_WA, _BA, _LAM = "\u0648", "\u0628", "\u0644"
_CLOSING = {'"': '"', "(": ")"}


def _with_names_in_madda(doc: Annotated) -> tuple[Token, ...]:
    """Return the tokens with the names that only their madda tells from particles left as written: "Ann", not "that"."""
    names = {fold_word(name): name for name in load("given_names")["grammar"]["madda"]}
    found = list(doc.tokens)
    for index in (index for word in doc.words & names.keys() for index in doc.indexes_of(word)):
        token = doc.tokens[index]
        written = names[token.text]
        if doc.folded.written(token.start, token.end) == written:
            found[index] = Token(written, token.start, token.end)
    return tuple(found)


def _keep_leftmost(hits: list[Hit]) -> list[Hit]:
    """Of titles that cross keep the first, the longest from its place: "deputy minister | of foreign affairs"."""
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda h: (h.word_start, -h.end)):
        if not kept or hit.word_start >= kept[-1].end:
            kept.append(hit)
    return kept


class GroupReader:
    """Reads the title groups of one article."""

    def __init__(self, doc: Annotated) -> None:
        self.doc = doc
        self.name_tokens = _with_names_in_madda(doc)
        self.place_by_token = {doc.token_index(p.word_start): p for p in doc.places}
        self.event_tokens = {doc.token_index(h.word_start) for h in doc.of_kind(EVENT_NOUNS)}
        titles = _keep_leftmost([h for h in doc.hits if h.kind in TITLE_KINDS and self._is_title(h)])
        self.title_by_token = {doc.token_index(h.word_start): h for h in titles}
        for index in [k for k, p in self.place_by_token.items() if p.kind == "nisba" and self._is_given_name(k)]:
            del self.place_by_token[index]

    def token(self, index: int) -> str:
        """Return the folded token at an index, or nothing outside the text."""
        return self.doc.tokens[index].text if 0 <= index < len(self.doc.tokens) else ""

    def _is_title(self, hit: Hit) -> bool:
        """A head of state's bare word needs a country beside it, a chancellor a nationality, an "amin" what he heads."""
        before = self.token(self.doc.token_index(hit.word_start) - 1)
        if before in grammar("joins") or self._heads_a_body(hit):
            return False  # "Abd al-Malik", "Ould Cheikh"
        after = self.doc.token_index(hit.end)
        place = self.place_by_token.get(after)
        if place is None and self.token(after) in title_lists()["state"]:
            place = self.place_by_token.get(after + 1)
        if hit.kind == "title_of_country":
            return place is not None and place.kind in ("country", "nisba")
        if hit.kind == "title_with_nisba":
            return place is not None and place.kind == "nisba"
        if hit.kind == "title_of_body":
            return place is not None or (self.token(after).startswith(AL) and sort_of(self.token(after)) is Sort.PROSE)
        if hit.kind == "title_plural":
            return before not in title_lists()["body"]
        return True

    def _heads_a_body(self, hit: Hit) -> bool:
        """ "the former president of the committee of ..." is no head of state."""
        if hit.value != "head_of_state" or hit.phrase.list_name != "definite":
            return False
        at = self.doc.token_index(hit.end)
        words = [self.token(k) for k in (at, at + 1)]
        bodies = title_lists()["institution"]
        return any(w[:1] == _LAM and (w[1:] in bodies or w[2:] in bodies) for w in words)

    def _is_given_name(self, index: int) -> bool:
        """ "the ambassador to Niger, | Turki Al-Ali": the word is a nationality too, but one with an article follows."""
        word, after = self.token(index), self.token(index + 1)
        return sort_of(word) in GIVEN and (sort_of(after) is Sort.JOIN or (after[:2] == AL and sort_of(after) in SURE))

    def name_end(self, index: int) -> int:
        """Return the index after the name that begins at a token, or the index itself if none does."""
        if index >= len(self.doc.tokens) or self._is_taken(index) or self._is_joined_name(index):
            return index
        end = self._before_blessing(index, read_name(self.name_tokens, index, self.doc.text))
        return index if end == index + 1 and not self._may_stand_alone(index) else end

    def _is_taken(self, index: int) -> bool:
        return index in self.place_by_token or index in self.title_by_token or index in self.event_tokens

    def voted_end(self, at: int, end: int) -> int:
        """Return where the recogniser ends the person's name behind a title at token `at`, or the rules' own `end`.

        It is asked only where the rules guess: no list may know a word that they took, nor the one that they stopped at
        if its person goes further. What they read as a place, a title or an event is no part of a name.
        """
        doc = self.doc
        if doc.camel is None or not 0 <= at < len(doc.tokens):
            return end
        read, stopped_at = doc.tokens[at : max(end, at + 1)], doc.tokens[end : end + 1]
        if not all(is_guessed(t.text) for t in read):
            return end
        sentence = doc.sentence_at(doc.tokens[at].start)
        begin = doc.token_index(sentence.start)
        words = [doc.folded.written(t.start, t.end) for t in doc.tokens_in(sentence.start, sentence.end)]
        voted = begin + doc.camel.find_persons(words).get(at - begin, end - begin)
        if voted > end and not all(is_guessed(t.text) for t in stopped_at):
            return end
        return end if any(self._is_taken(index) for index in range(at, voted)) else voted

    def _before_blessing(self, index: int, end: int) -> int:
        """ "Saud Al-Faisal, may God have mercy on him": the blessing's words are parts of names too."""
        return next((k for k in range(index + 1, end) if self.skip_blessing(k) > k), end)

    def _may_stand_alone(self, index: int) -> bool:
        """Whether one word may be all of a name: a known name, or an unknown word that is no noun behind a preposition.

        A definite one before a courtesy is still of the title: "the head of the Hashemite court, Doctor Fayez".
        """
        word, after = self.token(index), self.title_by_token.get(index + 1)
        if word.startswith(AL) and after is not None and after.value in NOT_OFFICES:
            return False
        if word in title_lists()["adjective"]:
            return False
        if sort_of(word) in SURE_NAMES:
            return True
        if word.startswith(AL):
            return False  # "the London team", "the septuagenarian president"
        behind = word[:1] in (_BA, _LAM) and sort_of(word[1:]) is Sort.PROSE
        return len(word) >= MIN_LONE_NAME and not behind

    def joined_name_end(self, index: int) -> int:
        """Return the index after a name that "and" is written to, as in "and Anwar Gargash"; the index if none is."""
        token = self.doc.tokens[index] if index < len(self.doc.tokens) else None
        if token is None or token.text[:1] != _WA or index in self.title_by_token or index in self.place_by_token:
            return index
        if is_listed(token.text) or len(token.text) < MIN_LONE_NAME - 1:
            return index
        bare = Token(token.text[1:], token.start + 1, token.end)
        rest = self.name_tokens[index + 1 : index + MAX_TITLE_TOKENS]
        length = read_name((bare, *rest), 0, self.doc.text)
        is_known = sort_of(bare.text) in (*SURE, Sort.DOUBTFUL)
        return index + length if length > 1 and (is_known or self._has_sure_part(index + 1, index + length)) else index

    def _is_joined_name(self, index: int) -> bool:
        """Whether an unlisted word is "and" with a known name after it."""
        word = self.token(index)
        return word[:1] == _WA and sort_of(word) is Sort.UNKNOWN and sort_of(word[1:] or _WA) in KNOWN_NAMES

    def _has_sure_part(self, first: int, end: int) -> bool:
        return any(sort_of(self.token(k)) in SURE for k in range(first, end))

    def skip_marks(self, index: int) -> int:
        """Step over what is set between an office and the name: a quotation mark or bracket around the name, an
        abbreviation in brackets. The index if no name follows."""
        mark = self.token(index)
        if mark not in _CLOSING:
            return index
        end = self.name_end(index + 1)
        if end > index + 1 and self.token(end) == _CLOSING[mark]:
            return index + 1
        if mark == "(":
            close = next((k for k in range(index + 1, index + MAX_ASIDE + 1) if self.token(k) == ")"), None)
            if close is not None and self.name_end(close + 1) > close + 1:
                return close + 1
        return index

    def _announces_name(self, index: int) -> bool:
        """Whether the titles that begin at a token stand before a name."""
        end = self.read_group(index, TitleGroup())
        return self.name_end(end) > end

    def read_group(self, index: int, group: TitleGroup, *, after_name: bool = False) -> int:
        """Read title words from token `index` into `group`; return the index where a name may begin.

        After a name, a comma and a courtesy open the next person; before one they belong to the same.
        """
        stop = index + MAX_TITLE_TOKENS
        while index < min(stop, len(self.doc.tokens)):
            token = self.token(index)
            title, place = self.title_by_token.get(index), self.place_by_token.get(index)
            if title is not None:
                if not self._may_join(title, index, group, after_name=after_name):
                    break
                group.is_served_last = is_complement(title, group)
                if group.is_served_last:
                    group.served = title
                else:
                    group.titles.append(title)
                    group.end = title.end if title.value != "honorific" else group.end
                index = self.doc.token_index(title.end)
            elif place is not None and group.titles:
                if not self._take_place(place, index, group):
                    break
                group.end = place.end
                group.is_served_last = False
                index = self.doc.token_index(place.end)
            elif (after := self.skip_blessing(index)) > index:
                index = after
            elif token in (",", "/", "-") and self._goes_on(index + 1):
                index += 1
            elif group.has_office and self.name_end(index) == index and self._runs_on(index):
                if token not in title_lists()["host"]:
                    group.portfolio_ends.append(self.doc.tokens[index].end)
                group.is_served_last = False
                index += 1
            else:
                break
        return index

    def _runs_on(self, index: int) -> bool:
        """Whether a title runs through a token; after "affairs" any word of prose does: "for affairs of human rights"."""
        if self.token(index) in title_lists()["host"] and self.name_end(index + 1) > index + 1:
            return False  # "the American president to Kim": a host is a place
        if is_run_word(self.token(index)):
            return True
        is_near = any(self.token(k) in title_lists()["affairs"] for k in range(index - AFFAIRS_REACH, index))
        return is_near and sort_of(self.token(index)) is Sort.PROSE and self.token(index) not in title_lists()["stop"]

    def _may_join(self, title: Hit, index: int, group: TitleGroup, *, after_name: bool) -> bool:
        """Whether a title at token `index` is still of the same person; after a name, a comma opens another's."""
        if after_name and group.titles and self.is_joined(title) and self._announces_name(index):
            return False  # "minister of the National Guard and His Royal Highness prince Mohammed": the next person's
        if is_complement(title, group):
            return True
        if group.titles and self.has_preposition(title):
            return False
        before = self.token(index - 1)
        if group.has_office and opens_another(title, before, group):
            return False
        courtesy = title.value in NOT_OFFICES
        if self.is_joined(title) and (group.is_plural or (group.has_office and (courtesy or before == ","))):
            return (
                False  # "the minister of defence and His Excellency the minister ...", "ministers ..., and minister X"
            )
        return not (after_name and group.has_office and before == ",")

    def _take_place(self, place: PlaceMention, index: int, group: TitleGroup) -> bool:
        """Note a place of a title group as the official's own country or as his host's; False: it is neither."""
        prefix = self.doc.text[place.word_start : place.start]
        if self.token(index - 1) in title_lists()["affairs"]:
            return True  # "deputy minister for affairs of Africa": a portfolio
        after_host_word = self.token(index - 1) in title_lists()["host"]
        if self.token(index - 1) in title_lists()["towards"] and not group.countries and not group.has_aide:
            return False  # "the visit of the minister of defence to France"
        marked = after_host_word or (place.kind != "nisba" and prefix[:1] in (_BA, _LAM))
        if not marked:
            group.countries.append(place)
        elif group.has("ambassador") or any(country_of_title(t) for t in group.titles):
            is_own = prefix[:1] == _LAM and not group.countries and not after_host_word and group.served is None
            (group.countries if is_own else group.hosts).append(place)
        elif after_host_word and group.countries and any(t.value in AIDES for t in group.titles):
            group.hosts.append(place)  # "the Saudi military attaché in Jordan"
        elif place.kind in ("country", "organisation") and not group.countries:
            group.countries.append(place)
        else:
            return False
        return True

    def has_preposition(self, title: Hit) -> bool:
        """ "with the deputy ...": a preposition before a title opens another person's."""
        return self.doc.text[title.word_start : title.start].lstrip(_WA).startswith((_BA, _LAM))

    def is_joined(self, title: Hit) -> bool:
        """Whether "and" is written to a title."""
        return self.doc.text[title.word_start : title.start].startswith(_WA)

    def _goes_on(self, index: int) -> bool:
        return index in self.title_by_token or self.name_end(index) > index

    def skip_blessing(self, index: int) -> int:
        """Return the index after a blessing that starts at `index`, with the dashes around it, or `index`."""
        at = index + 1 if self.token(index) in ("-", "(") else index
        for phrase in blessings().get(self.token(at), ()):
            if all(self.token(at + k) == word for k, word in enumerate(phrase)):
                at += len(phrase)
                return at + 1 if self.token(at) in ("-", ")") else at
        return index
