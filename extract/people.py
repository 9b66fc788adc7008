"""Gathers the mentions of each person in an article: the full name once, short names and titles after it.

"the Russian foreign minister Sergey Lavrov ... Lavrov said"   -> one person, two mentions
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from extract.annotate import Annotated
from extract.fold import fold_word
from extract.name_words import GIVEN, Sort, grammar, sort_of
from extract.names import plain, same_person, surname_of
from extract.officials import OfficialMention
from extract.titles import RANK_ORDER

_CLITICS = ("", "\u0648", "\u0641", "\u0628", "\u0644", "\u0643")
BY_TABLE = "official.country.office_holder"  # the rule of a country that the table of office-holders gave
CORRECTED = f"{BY_TABLE}.corrected"  # and where the text was read as giving another
MIN_SHORT_NAME = 3  # letters: shorter short names are too often words


@dataclass(frozen=True, slots=True)
class Person:
    """One person of an article. `spans` are folded places of every mention, long or short, in order."""

    number: int
    name_at: tuple[int, int]
    rank: str | None
    country: str | None
    title_at: tuple[int, int] | None
    country_at: tuple[int, int] | None
    country_rule: str
    is_spokesman: bool
    spans: tuple[tuple[int, int], ...]
    mentions: tuple[OfficialMention, ...]
    rule: str


def resolve_people(doc: Annotated, officials: tuple[OfficialMention, ...]) -> tuple[Person, ...]:
    """Return the people of an article in order of first mention; see `Person`."""
    clusters: list[list[OfficialMention]] = []
    names: list[list[str]] = []
    for mention in officials:
        name = doc.text[mention.name_start : mention.name_end]
        for cluster, known in zip(clusters, names, strict=True):
            same = any(same_person(name, other) for other in known) or _is_given_name_of(name, mention, cluster, known)
            if same and _agree(cluster, mention):
                cluster.append(mention)
                known.append(name)
                break
        else:
            clusters.append([mention])
            names.append([name])
    people = [_build(doc, number, cluster) for number, cluster in enumerate(clusters)]
    named = {doc.token_index(m.start): m for m in officials} | {doc.token_index(m.name_start): m for m in officials}
    taken = [(m.name_start, m.name_end) for m in officials]
    by_rank = sorted(people, key=lambda p: RANK_ORDER.index(p.rank or "official"))  # of two the higher goes by the name
    for person in by_rank:
        spans = {(m.start, m.end) for m in person.mentions}
        short = _short_mentions(doc, doc.text[slice(*person.name_at)], [*taken, *spans], named)
        taken += sorted(short)
        people[person.number] = replace(person, spans=tuple(sorted(spans | short)))
    return tuple(people)


def _is_given_name_of(
    name: str, mention: OfficialMention, cluster: Sequence[OfficialMention], known: Sequence[str]
) -> bool:
    """ "president Isaias", where president Isaias Afwerki has been named: of the same rank, by the first of his names."""
    ranks = {m.rank for m in cluster if m.rank}
    return mention.rank in ranks and any(" " in other and plain(other).split()[0] == plain(name) for other in known)


def _agree(cluster: list[OfficialMention], mention: OfficialMention) -> bool:
    """Two mentions that give different countries are two people, whatever their names."""
    known = {m.country for m in cluster if m.country and m.country_at}
    return not (mention.country and mention.country_at and known) or mention.country in known


def _build(doc: Annotated, number: int, cluster: list[OfficialMention]) -> Person:
    full = next((m for m in cluster if " " in doc.text[m.name_start : m.name_end]), cluster[0])
    ranked = [m for m in cluster if m.rank is not None]
    best = min(ranked, key=lambda m: RANK_ORDER.index(m.rank or "official")) if ranked else full
    first_ranked = ranked[0] if ranked else full
    # The first title is the one that counts, unless it is only a courtesy and a later one names an office.
    chosen = first_ranked if first_ranked.rank not in ("royal", "military", "official") else best
    countries = Counter(m.country for m in cluster if m.country)
    country = countries.most_common(1)[0][0] if countries else None
    with_country = next((m for m in cluster if m.country == country and m.country_at), None)
    return Person(
        number=number,
        name_at=(full.name_start, full.name_end),
        rank=chosen.rank,
        country=country,
        title_at=chosen.title_at or full.title_at,
        country_at=with_country.country_at if with_country else full.title_at if country else None,
        country_rule="official.country.said" if with_country else "official.country.of_title",
        is_spokesman=any(m.is_spokesman for m in cluster),
        spans=(),
        mentions=tuple(cluster),
        rule=full.rule,
    )


def _short_mentions(
    doc: Annotated, name: str, taken: Sequence[tuple[int, int]], named: Mapping[int, OfficialMention]
) -> set[tuple[int, int]]:
    """Return the places where the text repeats a person by surname: "Lavrov", not the "Trump" of "Ivanka Trump".

    `taken` are places that belong to names already, `named` the tokens where these begin.
    """
    surname = fold_word(surname_of(name))
    words = surname.split()
    is_given = plain(name) == surname and sort_of(words[0]) in GIVEN if len(words) == 1 else False
    if len(surname) < MIN_SHORT_NAME or is_given:
        return set()
    firsts = {c + words[0] for c in _CLITICS}
    given = name.split()[: -len(words)] if name.split()[-len(words) :] == words else []
    found = set()
    for i in chain.from_iterable(map(doc.indexes_of, firsts)):
        last = i + len(words) - 1
        if last >= len(doc.tokens):
            continue
        span = (doc.tokens[i].start, doc.tokens[last].end)
        is_whole = [t.text for t in doc.tokens[i + 1 : last + 1]] == words[1:]
        if not is_whole or any(s < span[1] and span[0] < e for s, e in taken):
            continue
        whole = _start_of_whole(doc, i, given)
        if whole is not None:
            found.add((whole, span[1]))
        elif not _is_in_name(doc, i, last, named):
            found.add(span)
    return found


def _start_of_whole(doc: Annotated, index: int, given: Sequence[str]) -> int | None:
    """Return where his whole name begins, if his own first names stand before the surname at token `index`."""
    before = [t.text for t in doc.tokens[max(index - len(given), 0) : index]]
    if not given or len(before) < len(given) or before[1:] != list(given[1:]):
        return None
    return doc.tokens[index - len(given)].start if before[0] in {c + given[0] for c in _CLITICS} else None


def _is_in_name(doc: Annotated, first: int, last: int, named: Mapping[int, OfficialMention]) -> bool:
    """Whether a word that looks like a surname is part of another's name, which no title announces."""
    tokens = doc.tokens
    before = sort_of(tokens[first - 1].text) if first else Sort.MARK
    after = sort_of(tokens[last + 1].text) if last + 1 < len(tokens) and last + 1 not in named else Sort.MARK
    parts = (*GIVEN, Sort.FAMILY, Sort.JOIN, *((Sort.UNKNOWN,) if tokens[last].text in grammar("family_first") else ()))
    is_joined = tokens[first].text[:1] in _CLITICS and sort_of(tokens[first].text) is Sort.PROSE
    return (before in (*GIVEN, Sort.JOIN) and not is_joined) or after in parts
