"""Gathers the mentions of each person in an article: the full name once, short names and titles after it.

"the Russian foreign minister Sergey Lavrov ... Lavrov said"   -> one person, two mentions
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from extract.annotate import Annotated
from extract.fold import fold_word
from extract.names import same_person, surname_of
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
            if _agree(cluster, mention) and any(same_person(name, other) for other in known):
                cluster.append(mention)
                known.append(name)
                break
        else:
            clusters.append([mention])
            names.append([name])
    return tuple(_build(doc, number, cluster) for number, cluster in enumerate(clusters))


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
    spans = {(m.start, m.end) for m in cluster}
    spans |= _short_mentions(doc, doc.text[full.name_start : full.name_end], full.name_end, spans)
    return Person(
        number=number,
        name_at=(full.name_start, full.name_end),
        rank=chosen.rank,
        country=country,
        title_at=chosen.title_at or full.title_at,
        country_at=with_country.country_at if with_country else full.title_at if country else None,
        country_rule="official.country.said" if with_country else "official.country.of_title",
        is_spokesman=any(m.is_spokesman for m in cluster),
        spans=tuple(sorted(spans)),
        mentions=tuple(cluster),
        rule=full.rule,
    )


def _short_mentions(doc: Annotated, name: str, after: int, taken: set[tuple[int, int]]) -> set[tuple[int, int]]:
    surname = fold_word(surname_of(name))
    if len(surname) < MIN_SHORT_NAME:
        return set()
    forms = {c + surname for c in _CLITICS}
    words = surname.split()
    found = set()
    for i, token in enumerate(doc.tokens):
        if token.text in forms or (len(words) > 1 and token.text in {c + words[0] for c in _CLITICS}):
            last = i + len(words) - 1
            if last < len(doc.tokens) and [t.text for t in doc.tokens[i + 1 : last + 1]] == words[1:]:
                span = (token.start, doc.tokens[last].end)
                if not any(s < span[1] and span[0] < e for s, e in taken):
                    found.add(span)
    return found
