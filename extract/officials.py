"""Finds officials: a name with the offices that stand before or after it, their rank, and the country they serve.

    "the Kuwaiti ambassador to Pakistan, Nassar Al-Mutairi"   -> ambassador, KWT (the place after "to" is the host)
    "Badr Abdelatty, spokesman of the Egyptian ministry"      -> found, and marked as a spokesman: he only spoke

A title group is read forward from its first word through portfolio, nationality, further titles and honorifics until a
name begins; titles in apposition after a name are read the same way.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from extract.annotate import Annotated
from extract.lexicon import Hit, keep_longest
from extract.name_words import Sort, is_guessed, sort_of
from extract.names import find_names, read_name
from extract.places import PlaceMention
from extract.titles import (
    TITLE_KINDS,
    TitleGroup,
    blessings,
    country_of_title,
    is_complement,
    is_run_word,
    joins,
    opens_another,
    rank_of,
    title_lists,
    title_range,
)

EVENT_NOUNS = ("event_noun", "event_weak")
MAX_NAME_TOKENS = 6
MIN_LONE_NAME = 4  # letters of an unlisted name that stands alone: shorter ones were particles
SURE_NAMES = (Sort.ARABIC, Sort.FOREIGN, Sort.FAMILY)
MAX_TITLE_TOKENS = 24  # the longest title group of the development articles has 19 words
_WA, _BA, _LAM = "\u0648", "\u0628", "\u0644"


@dataclass(frozen=True, slots=True)
class OfficialMention:
    """A person with an office, by folded offsets; `start` and `end` take in the titles and the name."""

    name_start: int
    name_end: int
    start: int
    end: int
    rank: str | None
    country: str | None
    country_at: tuple[int, int] | None
    host: str | None
    title_at: tuple[int, int] | None
    is_spokesman: bool
    is_counterpart: bool
    rule: str


def find_officials(doc: Annotated) -> tuple[OfficialMention, ...]:
    """Return every official that the text names, in order of place."""
    reader = _Reader(doc)
    found: list[OfficialMention] = []
    index = 0
    starts = sorted(reader.title_by_token)
    for start in starts:
        if start < index:
            continue
        mentions, index = reader.read_titled(start, index)
        found.extend(mentions)
    taken = [(m.start, m.end) for m in found]
    for first, last in find_names(doc.tokens, doc.text):
        begin, end = doc.tokens[first].start, doc.tokens[last - 1].end
        if not any(s < end and begin < e for s, e in taken):
            mention = reader.read_untitled(first, last)
            if mention is not None:
                found.append(mention)
    return tuple(_rank_counterparts(doc, sorted(found, key=lambda m: m.name_start)))


def _rank_counterparts(doc: Annotated, mentions: list[OfficialMention]) -> list[OfficialMention]:
    """Give "his Syrian counterpart" the rank of the official before him in the sentence, or else of the one after."""
    ranked: list[OfficialMention] = []
    for number, mention in enumerate(mentions):
        if mention.is_counterpart and mention.rank is None:
            sentence = doc.sentence_at(mention.name_start)
            before = [m.rank for m in ranked if m.rank and m.name_start >= sentence.start]
            after = [m.rank for m in mentions[number + 1 :] if m.rank and m.name_start < sentence.end]
            earlier = [m.rank for m in ranked if m.rank]
            ranks = before[::-1] or after or earlier[::-1]
            ranked.append(replace(mention, rank=ranks[0] if ranks else None))
        else:
            ranked.append(mention)
    return ranked


class _Reader:
    """Reads the title groups of one article."""

    def __init__(self, doc: Annotated) -> None:
        self.doc = doc
        self.place_by_token = {doc.token_index(p.word_start): p for p in doc.places}
        self.event_tokens = {doc.token_index(h.word_start) for h in doc.of_kind(EVENT_NOUNS)}
        titles = keep_longest(h for h in doc.hits if h.kind in TITLE_KINDS and self._is_title(h))
        self.title_by_token = {doc.token_index(h.word_start): h for h in titles}

    def read_titled(self, start: int, floor: int) -> tuple[list[OfficialMention], int]:
        """Read the group that begins at token `start`, its name or names; return them and the index to go on from.

        A name before the title is looked for from token `floor` on: what lies before it belongs to another.
        """
        group = TitleGroup()
        at = self._read_group(start, group)
        delegation = self.place_by_token.get(start - 1)
        if delegation is not None and not group.countries and self._token(start - 2) in title_lists()["delegation"]:
            group.countries.append(delegation)
        read_end = self._name_end(at)
        end = self._voted_end(at, read_end)
        if end == at:
            before = self._read_name_before(start, floor, group)
            return ([before] if before else []), max(at, start + 1)
        begin = self.doc.tokens[start].start
        rule = "official.title_then_name" if end == read_end else "official.title_then_name.camel"
        first = _build(self.doc, group, (at, end), begin, rule)
        first, at = self._add_titles_after(first, group, end)
        found = [first]
        while True:
            more = self._read_coordinated(at, group, first)
            if more is None:
                return found, at
            found.append(more)
            at = self.doc.token_index(more.end)

    def _read_name_before(self, start: int, floor: int, group: TitleGroup) -> OfficialMention | None:
        """Read "Aziz Akhannouch, head of government": the longest name that ends where the title begins."""
        if not group.has_office or group.is_plural:
            return None
        last = start - 1 if self._token(start - 1) == "," else start
        for first in range(max(last - MAX_NAME_TOKENS, floor), last - 1):
            if not self._token(first).isalpha() or self._name_end(first) != last:
                continue
            return _build(self.doc, group, (first, last), self.doc.tokens[first].start, "official.name_then_title")
        return None

    def read_untitled(self, first: int, last: int) -> OfficialMention | None:
        """Read a name without a title before it: an official only if a title, or a nationality, stands beside it."""
        group = TitleGroup()
        begin = self.doc.tokens[first].start
        place = self.place_by_token.get(first - 1)
        if place is not None and place.kind == "nisba" and place.definite:
            group.countries.append(place)
        bare = _build(self.doc, group, (first, last), begin, "official.name_then_title")
        mention, _ = self._add_titles_after(bare, group, last)
        return mention if mention.rank is not None or mention.is_spokesman else None

    def _is_title(self, hit: Hit) -> bool:
        """A head of state's bare word needs a country beside it, and a chancellor a nationality or a name."""
        after = self.doc.token_index(hit.end)
        place = self.place_by_token.get(after)
        if place is None and self._token(after) in title_lists()["state"]:
            place = self.place_by_token.get(after + 1)
        if hit.kind == "title_of_country":
            return place is not None and place.kind in ("country", "nisba")
        if hit.kind == "title_with_nisba":
            return place is not None and place.kind == "nisba"
        return True

    def _token(self, index: int) -> str:
        return self.doc.tokens[index].text if 0 <= index < len(self.doc.tokens) else ""

    def _is_taken(self, index: int) -> bool:
        return index in self.place_by_token or index in self.title_by_token or index in self.event_tokens

    def _name_end(self, index: int) -> int:
        if index >= len(self.doc.tokens) or self._is_taken(index):
            return index
        end = read_name(self.doc.tokens, index, self.doc.text)
        return index if end == index + 1 and not _may_stand_alone(self._token(index)) else end

    def _voted_end(self, at: int, end: int) -> int:
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

    def _read_group(self, index: int, group: TitleGroup, *, after_name: bool = False) -> int:
        """Read title words from token `index` into `group`; return the index where a name may begin.

        After a name, a comma and a courtesy open the next person; before one they belong to the same.
        """
        stop = index + MAX_TITLE_TOKENS
        while index < min(stop, len(self.doc.tokens)):
            token = self._token(index)
            title, place = self.title_by_token.get(index), self.place_by_token.get(index)
            if title is not None:
                if not self._may_join(title, index, group, after_name=after_name):
                    break
                if not is_complement(title, group):
                    group.titles.append(title)
                    group.end = title.end if title.value != "honorific" else group.end
                index = self.doc.token_index(title.end)
            elif place is not None and group.titles:
                if not self._take_place(place, index, group):
                    break
                group.end = place.end
                index = self.doc.token_index(place.end)
            elif (after := self._skip_blessing(index)) > index:
                index = after
            elif token in (",", "/", "-") and self._goes_on(index + 1):
                index += 1
            elif self._name_end(index) == index and group.has_office and is_run_word(token):
                if token not in title_lists()["host"]:
                    group.portfolio_ends.append(self.doc.tokens[index].end)
                index += 1
            else:
                break
        return index

    def _may_join(self, title: Hit, index: int, group: TitleGroup, *, after_name: bool) -> bool:
        """Whether a title at token `index` is still of the same person; after a name, a comma opens another's."""
        if is_complement(title, group):
            return True
        if group.titles and self._has_preposition(title):
            return False
        before = self._token(index - 1)
        if group.has_office and opens_another(title, before, group):
            return False
        return not (after_name and group.has_office and before == ",")

    def _take_place(self, place: PlaceMention, index: int, group: TitleGroup) -> bool:
        """Note a place of a title group as the official's own country or as his host's; False: it is neither."""
        prefix = self.doc.text[place.word_start : place.start]
        after_host_word = self._token(index - 1) in title_lists()["host"]
        marked = after_host_word or (place.kind != "nisba" and prefix[:1] in (_BA, _LAM))
        if not marked:
            group.countries.append(place)
        elif group.has("ambassador"):
            is_own = prefix[:1] == _LAM and not group.countries and not after_host_word
            (group.countries if is_own else group.hosts).append(place)
        elif place.kind in ("country", "organisation") and not group.countries:
            group.countries.append(place)
        else:
            return False
        return True

    def _has_preposition(self, title: Hit) -> bool:
        """ "with the deputy ...": a preposition before a title opens another person's."""
        return self.doc.text[title.word_start : title.start].lstrip(_WA).startswith((_BA, _LAM))

    def _goes_on(self, index: int) -> bool:
        return index in self.title_by_token or self._name_end(index) > index

    def _skip_blessing(self, index: int) -> int:
        """Return the index after a blessing that starts at `index`, with the dashes around it, or `index`."""
        at = index + 1 if self._token(index) in ("-", "(") else index
        for phrase in blessings():
            if all(self._token(at + k) == word for k, word in enumerate(phrase)):
                at += len(phrase)
                return at + 1 if self._token(at) in ("-", ")") else at
        return index

    def _add_titles_after(self, mention: OfficialMention, group: TitleGroup, at: int) -> tuple[OfficialMention, int]:
        """Take in titles that stand after a name, unless they open the next person's."""
        start = self._skip_blessing(at)
        has_comma = self._token(start) in (",", "(", "-")
        start += has_comma
        title = self.title_by_token.get(start)
        if (
            title is None
            or title.kind == "title_plural"
            or self._has_preposition(title)
            or title.value == "counterpart"
        ):
            return mention, at  # "X and his American counterpart" are two
        after = TitleGroup()
        end = self._read_group(start, after, after_name=True)
        if self._name_end(end) > end:
            return mention, at  # "Mohammed bin Salman, the American president Donald ..."
        tells_more = after.has("spokesman") or (after.has("head_of_state") and group.has("head_of_state"))
        if group.has_office and not has_comma and not joins(title, self.doc) and not tells_more:
            return mention, at
        group.titles += after.titles
        group.countries += after.countries
        group.hosts += after.hosts
        group.portfolio_ends += after.portfolio_ends
        group.end = max(group.end, after.end)
        name = (self.doc.token_index(mention.name_start), self.doc.token_index(mention.name_end - 1) + 1)
        return _build(self.doc, group, name, mention.start, mention.rule), end

    def _read_coordinated(self, at: int, group: TitleGroup, first: OfficialMention) -> OfficialMention | None:
        """Read "and the Saudi Adel Al-Jubeir" after an official: of his rank, with a nationality of his own."""
        place = self.place_by_token.get(at)
        if place is None or place.kind != "nisba" or not self._token(at).startswith(_WA):
            return None
        start = self.doc.token_index(place.end)
        end = self._name_end(start)
        if end == start:
            return None
        own = TitleGroup(titles=list(group.titles), countries=[place])
        mention = _build(self.doc, own, (start, end), place.word_start, "official.coordinated")
        return replace(mention, rank=first.rank, title_at=None)


def _build(doc: Annotated, group: TitleGroup, name: tuple[int, int], start: int, rule: str) -> OfficialMention:
    name_start, name_end = doc.tokens[name[0]].start, doc.tokens[name[1] - 1].end
    own = next((p for p in group.countries if p.kind not in ("capital", "city")), None) or next(
        iter(group.countries), None
    )
    code = own.code if own else next(
        (c for t in group.titles if (c := country_of_title(t))), None
    )  # fmt: skip
    rank = rank_of(group)
    if rank == "official" and own is not None and own.kind == "organisation":
        rank = "organisation"
    title_at = title_range(doc, group, name_start)
    return OfficialMention(
        name_start=name_start,
        name_end=name_end,
        start=min(start, name_start),
        end=max(name_end, group.end),
        rank=rank,
        country=code,
        country_at=(own.word_start, own.end) if own else None,
        host=group.hosts[0].code if group.hosts else None,
        title_at=title_at,
        is_spokesman=group.has("spokesman"),
        is_counterpart=group.has("counterpart"),
        rule=rule,
    )


def _may_stand_alone(word: str) -> bool:
    """Whether one word may be all of a name: a known name, or an unknown word that is no noun behind a preposition."""
    if sort_of(word) in SURE_NAMES:
        return True
    behind = word[:1] in (_BA, _LAM) and sort_of(word[1:]) is Sort.PROSE
    return len(word) >= MIN_LONE_NAME and not behind
