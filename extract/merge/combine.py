"""One record out of several of one engagement: nothing averaged, nothing lost, what the sources differ in kept beside it."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import chain
from typing import Any

from extract.merge.ledger import Ledger
from extract.models import Blank, Disagreement, Engagement, Official, Sector, Source
from extract.name_forms import same_person

# Fields that stand or fall together: they are taken from the first record that has them.
_DATE = ("date_start", "date_end", "date_precision", "date_basis", "date_words")
_CITY = ("venue_city", "venue_city_en")
_PRECISIONS = ("day", "month", "year", "unknown")


def merge_engagements(engagements: Iterable[Engagement], merges: Ledger) -> Iterator[Engagement]:
    """The register's records: those that are alone as they come, then each group's members as one.

    Members wait on disk, in `merges`; no more than one group is held.
    """
    for one in engagements:
        if not merges.keep(one):
            yield one
    for name, members in merges.groups():
        yield combine(name, members)


def combine(engagement_id: str, members: Sequence[Engagement]) -> Engagement:
    """One record of all members.

    Each value is that of one member: of the one that says most, or, where that is silent, of the next. Lists hold what
    any member has, a person or thing once. Evidence stays that of every article; `disagreements` say who says what.
    """
    ordered = sorted(members, key=_preference)
    first = ordered[0]
    dated = next((one for one in ordered if one.date_start), first)
    placed = next((one for one in ordered if one.venue_country), first)
    in_city = next((one for one in ordered if one.venue_city and one.venue_country == placed.venue_country), placed)
    values: dict[str, Any] = {
        **{field: getattr(dated, field) for field in _DATE},
        "venue_country": placed.venue_country,
        **{field: getattr(in_city, field) for field in _CITY},
        "parties": _once(ordered, "parties", lambda code: code),
        "officials": _officials(ordered),
        "sectors": _sectors(ordered),
        "projects": _once(ordered, "projects", lambda project: project.name),
        "amounts": _once(ordered, "amounts", lambda amount: (amount.value, amount.unit, amount.measures)),
        "outcomes": _once(ordered, "outcomes", lambda outcome: outcome),
        "evidence": tuple(dict.fromkeys(chain.from_iterable(one.evidence for one in ordered))),
        "sources": tuple(sorted(chain.from_iterable(one.sources for one in ordered), key=_by_day)),
        "field_confidence": tuple(
            dict(chain.from_iterable(reversed(one.field_confidence) for one in reversed(ordered))).items()
        ),
    }
    merged = replace(first, engagement_id=engagement_id, **values)
    return replace(merged, blanks=_blanks(merged), disagreements=tuple(_disagreements(ordered)))


def _preference(one: Engagement) -> tuple[Any, ...]:
    """The record that says most comes first: of its article's main engagement, held, with a day, a place, more persons."""
    return (
        one.role != "main",
        _PRECISIONS.index(one.date_precision),
        one.status != "held",
        one.venue_country is None,
        -len(one.officials),
        -one.confidence,
        one.engagement_id,
    )


def _by_day(source: Source) -> tuple[date, str]:
    return (source.published or date.max, source.article_id)


def _once(ordered: Sequence[Engagement], field: str, key: Callable[[Any], Hashable]) -> tuple[Any, ...]:
    found: dict[Hashable, Any] = {}
    for one in ordered:
        for item in getattr(one, field):
            found.setdefault(key(item), item)
    return tuple(found.values())


def _officials(ordered: Sequence[Engagement]) -> tuple[Official, ...]:
    """Every person once; those of one record are different persons, whatever their names."""
    found: list[Official] = list(ordered[0].officials)
    for one in ordered[1:]:
        found += [person for person in one.officials if not any(_is_same(person, known) for known in found)]
    return tuple(found)


def _is_same(a: Official, b: Official) -> bool:
    return (a.country == b.country or None in (a.country, b.country)) and same_person(a.name, b.name)


def _sectors(ordered: Sequence[Engagement]) -> tuple[Sector, ...]:
    """Every sector once, core where one article has it so."""
    core: dict[str, bool] = {}
    for sector in chain.from_iterable(one.sectors for one in ordered):
        core[sector.code] = core.get(sector.code, False) or sector.is_core
    return tuple(Sector(code, is_core) for code, is_core in core.items())


def _blanks(merged: Engagement) -> tuple[Blank, ...]:
    """The reasons of the fields that are empty still."""
    return tuple(blank for blank in merged.blanks if not getattr(merged, blank.field, None))


def _disagreements(ordered: Sequence[Engagement]) -> Iterator[Disagreement]:
    """What the articles say of each field that they do not say the same of; an article that is silent says nothing."""
    for field, read in _READ.items():
        said = [(value, one.sources[0].article_id) for one in ordered for value in [read(one)] if value]
        if len({value for value, _ in said}) > 1:
            yield from (Disagreement(field, value, article) for value, article in said)
    yield from _of_officials(ordered)
    yield from _of_amounts(ordered)


def _of_officials(ordered: Sequence[Engagement]) -> Iterator[Disagreement]:
    for known in _officials(ordered):
        ranks = [
            (person.rank, one.sources[0].article_id)
            for one in ordered
            for person in one.officials
            if person == known or _is_same(person, known)
        ]
        if len({rank for rank, _ in ranks}) > 1:
            yield from (Disagreement("officials.rank", f"{known.name}: {rank}", article) for rank, article in ranks)


def _of_amounts(ordered: Sequence[Engagement]) -> Iterator[Disagreement]:
    """Amounts of one measure and unit of which no two articles that give any share a value."""
    said: dict[tuple[str, str], dict[str, list[float]]] = {}
    for one in ordered:
        for amount in one.amounts:
            if amount.measures:
                of_article = said.setdefault((amount.measures, amount.unit), {})
                of_article.setdefault(one.sources[0].article_id, []).append(amount.value)
    for (measures, unit), articles in said.items():
        if len({frozenset(values) for values in articles.values()}) > 1:
            for article, values in articles.items():
                yield from (Disagreement("amounts", f"{measures}: {value:.15g} {unit}", article) for value in values)


def _days(one: Engagement) -> str | None:
    if one.date_start is None:
        return None
    end = one.date_end or one.date_start
    return str(one.date_start) if one.date_start == end else f"{one.date_start}/{end}"


_READ: dict[str, Callable[[Engagement], str | None]] = {
    "type": lambda one: one.type,
    "status": lambda one: one.status,
    "parties": lambda one: " ".join(sorted(one.parties)),
    "date": _days,
    "venue_country": lambda one: one.venue_country,
    "venue_city": lambda one: one.venue_city_en or one.venue_city,
}
