"""Finds officials: a name with the offices that stand before or after it, their rank, and the country they serve.

    "the Kuwaiti ambassador to Pakistan, Nassar Al-Mutairi"   -> ambassador, KWT (the place after "to" is the host)
    "Badr Abdelatty, spokesman of the Egyptian ministry"      -> found, and marked as a spokesman: he only spoke

A title group is read forward from its first word through portfolio, nationality, further titles and honorifics until a
name begins; titles in apposition after a name are read the same way.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from extract.annotate import Annotated
from extract.facts import find_country_of, find_offices_of
from extract.holders import find_holders
from extract.lexicon import Hit
from extract.name_words import AL, Sort, grammar, sort_of
from extract.names import find_names, plain
from extract.places import PlaceMention
from extract.title_groups import GroupReader
from extract.titles import (
    NOT_OFFICES,
    RANK_ORDER,
    TitleGroup,
    country_of_title,
    joins,
    organisation_codes,
    rank_of,
    serves,
    title_lists,
    title_range,
)

MAX_NAME_TOKENS = 6
HEADS = frozenset({"president", "monarch", "head_of_government", "crown_prince"})  # offices of those whom aides serve
RULED = frozenset({"minister", "foreign_minister", "deputy_minister", "official"})
COORDINATED = "official.coordinated"
_WA = "\u0648"
_MAQSURA = "\u0649"
_PROCLITICS = ("\u0648", "\u0628", "\u0644", "\u0641")


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
    is_owned: bool
    portfolio: bool  # whether the title says of what he is minister
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
    for first, last in find_names(reader.name_tokens, doc.text):
        begin, end = doc.tokens[first].start, doc.tokens[last - 1].end
        if not reader.is_preposition(first) and not any(s < end and begin < e for s, e in taken):
            mention = reader.read_untitled(first, last)
            if mention is not None:
                found.append(mention)
    taken = [(m.start, m.end) for m in found]
    found += [m for m in reader.read_holders() if not any(s < m.end and m.start < e for s, e in taken)]
    mentions = sorted(found, key=lambda m: m.name_start)
    return tuple(_rank_counterparts(doc, mentions, [reader.title_by_token[k] for k in starts]))


def _rank_counterparts(doc: Annotated, mentions: list[OfficialMention], titles: list[Hit]) -> list[OfficialMention]:
    """Give "his Syrian counterpart" the rank of the office named last before him in the sentence, or else next after.

    No Syrian's, though: "met the Syrian president and his Syrian counterpart". "His deputy" of a minister is a deputy
    minister; of a president, an official.
    """
    ranked: list[OfficialMention] = []
    for number, mention in enumerate(mentions):
        if not mention.is_counterpart or mention.rank is not None:
            ranked.append(mention)
            continue
        sentence = doc.sentence_at(mention.name_start)
        alone = [(t.end, t.value) for t in titles if sentence.start <= t.start < mention.start and _is_rank(t)]
        alone = [(end, value) for end, value in alone if not any(m.start < end <= m.end for m in mentions)]
        known = [m for m in ranked if m.rank and not _are_compatriots(doc, m, mention)]
        before = [(m.end, m.rank) for m in known if m.name_start >= sentence.start] + alone
        after = [m.rank for m in mentions[number + 1 :] if m.rank and m.name_start < sentence.end]
        earlier = [m.rank for m in known]
        ranks = [rank for _, rank in sorted(before, reverse=True)] or after or earlier[::-1]
        ranked.append(replace(mention, rank=ranks[0] if ranks else None))
    return ranked


def _are_compatriots(doc: Annotated, *mentions: OfficialMention) -> bool:
    one, other = (m.country or find_country_of(plain(doc.text[m.name_start : m.name_end])) for m in mentions)
    return one is not None and one == other


def _is_rank(title: Hit) -> bool:
    return title.value in RANK_ORDER and title.kind != "title_plural"


class _Reader(GroupReader):
    """Reads the officials of one article out of its title groups."""

    def read_titled(self, start: int, floor: int) -> tuple[list[OfficialMention], int]:
        """Read the group that begins at token `start`, its name or names; return them and the index to go on from.

        A name before the title is looked for from token `floor` on: what lies before it belongs to another.
        """
        if self._is_namesake(start):
            return [], start + 1
        host = self._accompanied(start)
        if host is not None:
            return [], self.doc.token_index(host.end)
        group = TitleGroup()
        at = self.skip_marks(self.read_group(start, group))
        delegation = self.place_by_token.get(start - 1)
        if delegation is not None and not group.countries and self.token(start - 2) in title_lists()["delegation"]:
            group.countries.append(delegation)
        read_end = self.name_end(at)
        end = self.voted_end(at, read_end)
        if group.is_plural and end == at + 1 and sort_of(self.token(at)) is Sort.UNKNOWN:
            end = at  # "the three presidents will-meet": of several, one unlisted word is no name
        if end == at:
            before = self._read_name_before(start, floor, group)
            return ([before] if before else []), max(at, start + 1)
        if self._is_owner(group, at, end):
            return [], end
        begin = self.doc.tokens[start].start
        if group.served is not None or serves(group):
            aide = self._read_name_before(start, floor, group)
            name = self._span(at, end)
            if self._is_name_of_served(group, aide, name):
                titles = [group.served] if group.served is not None else []
                of_served = TitleGroup(titles=titles, countries=group.countries)
                began = titles[0].word_start if titles else name[0]
                served = _build(self.doc, of_served, name, began, "official.title_then_name")
                return [*([aide] if aide else []), served], end
        rule = "official.title_then_name" if end == read_end else "official.title_then_name.camel"
        first = _build(self.doc, group, self._span(at, end), begin, rule)
        first, at = self._add_titles_after(first, group, end)
        found = [first]
        while True:
            more = self._read_coordinated(at, group, found)
            if more is None:
                return found, at
            found.append(more)
            at = self.doc.token_index(more.end)

    def read_holders(self) -> list[OfficialMention]:
        """Read the office-holders of the table whom the text names with no title; see `holders.py`."""
        return [_build(self.doc, TitleGroup(), at, at[0], "official.office_holder") for at in find_holders(self)]

    def _is_namesake(self, start: int) -> bool:
        """ "the King Salman Centre for Relief" is called after him."""
        is_ruler = self.title_by_token[start].value in ("head_of_state", "royal")
        before = self.token(start - 1)
        return is_ruler and any(
            w in grammar("namesakes") for w in (before, before[1:] if before[:1] in _PROCLITICS else "")
        )

    def _accompanied(self, start: int) -> Hit | None:
        """Return the title of a ruler whose company is listed: "the delegation with the crown prince: Doctor Majid"."""
        if not any(self.token(k) in title_lists()["delegation"] for k in (start - 1, start - 2)):
            return None
        at, first = start, self.title_by_token[start]
        while (title := self.title_by_token.get(at)) is not None and title.value == "honorific":
            at = self.doc.token_index(title.end)
        if title is None or title.value not in ("royal", "head_of_state") or not self.has_preposition(first):
            return None
        next_at = self.doc.token_index(title.end)
        after = self.title_by_token.get(next_at + (self.token(next_at) == ","))
        return title if after is not None and after.value in NOT_OFFICES | RULED else None

    def is_preposition(self, index: int) -> bool:
        """ "on the honour of": the preposition folds to the name Ali; no title before it, its last letter tells."""
        token = self.doc.tokens[index]
        return token.text in grammar("like_on") and self.doc.folded.written(token.start, token.end).endswith(_MAQSURA)

    def _span(self, first: int, end: int) -> tuple[int, int]:
        """Return the folded place of the tokens from `first` to before `end`."""
        return self.doc.tokens[first].start, self.doc.tokens[end - 1].end

    def _is_owner(self, group: TitleGroup, at: int, end: int) -> bool:
        """ "the foreign minister of Assad": a surname right after a title without article or country is whose he is."""
        if end != at + 1 or group.countries or len(group.titles) != 1 or group.portfolio_ends:
            return False
        title = group.titles[0]
        is_construct = " " in title.phrase.text and AL not in title.phrase.text
        return is_construct and sort_of(self.token(at)) is Sort.FAMILY and title.end + 1 == self.doc.tokens[at].start

    def _is_name_of_served(self, group: TitleGroup, aide: OfficialMention | None, name: tuple[int, int]) -> bool:
        """ "Yemane Gebreab, adviser to president Isaias": the name after an aide's title is not always the aide's."""
        if find_offices_of(self.doc.text[slice(*name)]) & HEADS:
            return True
        is_next = group.served is not None and group.is_served_last
        return is_next and (aide is not None or (group.served is not None and self.has_preposition(group.served)))

    def _read_name_before(self, start: int, floor: int, group: TitleGroup) -> OfficialMention | None:
        """Read "Aziz Akhannouch, head of government": the longest name that ends where the title begins.

        "And" may be written to it: "the minister of justice, and Noura Al-Kaabi, minister of culture".
        """
        if not group.has_office or group.is_plural or self.is_joined(self.title_by_token[start]):
            return None
        last = start - 1 if self.token(start - 1) == "," else start
        for first in range(max(last - MAX_NAME_TOKENS, floor), last - 1):
            if not self.token(first).isalpha() or self.is_preposition(first):
                continue
            if self.name_end(first) == last:
                name = self._span(first, last)
            elif self.joined_name_end(first) == last:
                name = (self.doc.tokens[first].start + len(_WA), self.doc.tokens[last - 1].end)
            else:
                continue
            return _build(self.doc, group, name, name[0], "official.name_then_title")
        return None

    def read_untitled(self, first: int, last: int) -> OfficialMention | None:
        """Read a name without a title before it: an official only if a title, or a nationality, stands beside it."""
        group = TitleGroup()
        begin = self.doc.tokens[first].start
        place = self.place_by_token.get(first - 1)
        if place is not None and place.kind == "nisba" and place.definite:
            group.countries.append(place)
        bare = _build(self.doc, group, self._span(first, last), begin, "official.name_then_title")
        mention, _ = self._add_titles_after(bare, group, last)
        return mention if mention.rank is not None or mention.is_spokesman else None

    def _add_titles_after(self, mention: OfficialMention, group: TitleGroup, at: int) -> tuple[OfficialMention, int]:
        """Take in titles that stand after a name, unless they open the next person's."""
        start = self.skip_blessing(at)
        has_comma = self.token(start) in (",", "(", "-")
        start += has_comma
        title = self.title_by_token.get(start)
        if title is None or title.kind == "title_plural" or self.has_preposition(title) or title.value == "counterpart":
            return mention, at  # "X and his American counterpart" are two
        if has_comma and self.is_joined(title):
            return mention, at  # "the ambassador of Kuwait Sami Al-Saleh, and the deputy minister ..."
        after = TitleGroup()
        end = self.read_group(start, after, after_name=True)
        if self.name_end(end) > end:
            return mention, at  # "Mohammed bin Salman, the American president Donald ..."
        tells_more = after.has("spokesman") or (after.has("head_of_state") and group.has("head_of_state"))
        if group.has_office and not has_comma and not joins(title, self.doc) and not tells_more:
            return mention, at
        group.titles += after.titles
        group.countries += after.countries
        group.hosts += after.hosts
        group.portfolio_ends += after.portfolio_ends
        group.end = max(group.end, after.end)
        name = (mention.name_start, mention.name_end)
        return _build(self.doc, group, name, mention.start, mention.rule), end

    def _read_coordinated(self, at: int, group: TitleGroup, found: list[OfficialMention]) -> OfficialMention | None:
        """Read "and the Saudi Adel Al-Jubeir" after an official: of his rank, with a nationality of his own.

        After a title of several a country stands for its nationality ("the foreign ministers of Egypt, Sameh ..., and
        Jordan, Ayman ..."), or a bare name takes the next country of the title ("of Egypt and Jordan, Sameh ... and ...").
        """
        index = at + (self.token(at) == ",")
        place = self.place_by_token.get(index)
        if not self.token(index).startswith(_WA):
            return None
        if place is None:
            end = self.joined_name_end(index) if group.is_plural and index == at else index
            if end == index:
                return None
            own = group.countries[len(found) : len(found) + 1]
            name = (self.doc.tokens[index].start + len(_WA), self.doc.tokens[end - 1].end)
            return self._of_same_office(group, own, name, name[0], found[0])
        if place.kind != "nisba" and not (place.kind == "country" and group.is_plural):
            return None
        start = self.doc.token_index(place.end)
        start += self.token(start) == ","
        while (title := self.title_by_token.get(start)) is not None and title.value in NOT_OFFICES:
            start = self.doc.token_index(title.end)
        end = self.name_end(start)
        if end == start:
            return None
        return self._of_same_office(group, [place], self._span(start, end), place.word_start, found[0])

    def _of_same_office(
        self, group: TitleGroup, own: list[PlaceMention], name: tuple[int, int], start: int, first: OfficialMention
    ) -> OfficialMention:
        mention = _build(self.doc, TitleGroup(titles=list(group.titles), countries=own), name, start, COORDINATED)
        return replace(mention, rank=first.rank, title_at=None)


def _build(doc: Annotated, group: TitleGroup, name: tuple[int, int], start: int, rule: str) -> OfficialMention:
    name_start, name_end = name
    own = next((p for p in group.countries if p.kind not in ("capital", "city")), None) or next(
        iter(group.countries), None
    )
    code = own.code if own else next(
        (c for t in group.titles if (c := country_of_title(t))), None
    )  # fmt: skip
    rank = rank_of(group)
    if code is not None:
        rank = rank_by_side(rank, is_organisation=code in organisation_codes())
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
        is_owned=group.is_owned,
        portfolio=bool(group.portfolio_ends) or any(" " in t.phrase.text for t in group.titles),
        rule=rule,
    )


def rank_by_side(rank: str | None, *, is_organisation: bool) -> str | None:
    """A secretary-general of a state's council is its official; an envoy of an organisation is the organisation's."""
    if is_organisation:
        return "organisation" if rank in ("official", "ambassador") else rank
    return "official" if rank == "organisation" else rank
