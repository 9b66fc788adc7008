"""Facts of public record that prove a year where the feed gives no date: anniversaries, terms of office, first days.

The facts are data (`lexicons/facts.toml`); nothing is inferred unless they leave exactly one year.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from extract.dates import DateMention, ReferenceYear, find_dates
from extract.fold import FoldedText, fold_word
from extract.lexicon import Matcher, load, words
from extract.numbers import find_numbers
from extract.sentences import Sentence, split_sentences
from extract.user_lexicon import active_persons, follow

__all__ = [
    "ReferenceYear",
    "find_country_of",
    "find_offices_of",
    "holder_names",
    "holder_words",
    "infer_reference_year",
]

# How far before a name the words of his office may stand, and after it a word that says he has left it.
_TITLE_REACH = 60
_FORMER_REACH = 20
# Between the words of an anniversary: «الذكرى السنوية الـ55 ل».
_ANNIVERSARY_REACH = 40
# The offices of people whom an analyst gave a rank; other ranks are of no single office.
_OFFICE_OF_RANK = {
    "head_of_state": "president",
    "head_of_government": "head_of_government",
    "foreign_minister": "foreign_minister",
}
_SHIFTS = {"date.year_word.past": 1, "date.year_word.current": 0, "date.year_word.next": -1}


@dataclass(frozen=True, slots=True)
class Term:
    """An office-holder: his country's code, his office, and the spans of days in which he held it."""

    country: str
    office: str
    held: tuple[tuple[date, date], ...]

    def holds(self, first: date, last: date) -> bool:
        """Tell whether he held the office on all days of a range."""
        return any(start <= first and last <= end for start, end in self.held)


@follow
@lru_cache(maxsize=1)
def _terms() -> dict[str, tuple[Term, ...]]:
    """Return the terms by folded name."""
    by_name: dict[str, tuple[Term, ...]] = {}
    for entry in load("facts")["holders"]["terms"]:
        held = tuple((date.fromisoformat(h[0]), date.fromisoformat(h[1]) if h[1:] else date.max) for h in entry["held"])
        term = Term(entry["country"], entry["office"], held)
        for name in entry["names"]:
            by_name[fold_word(name)] = (*by_name.get(fold_word(name), ()), term)
    for person in active_persons():
        if person.country:  # the analyst's word goes before the table's
            told = (Term(person.country, _OFFICE_OF_RANK.get(person.rank or "", ""), ((date.min, date.max),)),)
            by_name |= {fold_word(form): told for form in (person.name, *person.also)}
    return by_name


def find_country_of(name: str, on: date | None = None) -> str | None:
    """Return the country of an office-holder of the table, named in full or as papers shorten it; None if not known.

    A longer name counts where it begins or ends with one of the table («سيرغي فيكتوروفيتش لافروف»). Who has served two
    (his country, then the European Union) is of the one that he served on the day given; else two give None.
    """
    terms = _terms_of(name)
    serving = [t for t in terms if on is not None and t.holds(on, on)]
    found = {t.country for t in serving or terms}
    return found.pop() if len(found) == 1 else None


def find_offices_of(name: str, on: date | None = None) -> frozenset[str]:
    """Return the offices that the table knows for a name: president, monarch, head_of_government, ...; see `facts.toml`.

    With a day given, only those held on it: a crown prince of 2018 is not the president that he became.
    """
    return frozenset(t.office for t in _terms_of(name) if on is None or t.holds(on, on))


def holder_names() -> Collection[str]:
    """Return every name of the table, folded."""
    return _terms().keys()


@follow
@lru_cache(maxsize=1)
def holder_words() -> frozenset[str]:
    """Return the first words of the table's names, folded."""
    return frozenset(name.split()[0] for name in _terms())


@lru_cache(maxsize=1)
def _sons() -> frozenset[str]:
    return words("given_names", "grammar", "filiation")


def _terms_of(name: str) -> tuple[Term, ...]:
    folded = fold_word(name).strip()
    if folded in _terms():
        return _terms()[folded]
    split = folded.split()
    parts = {" ".join(split[:n]) for n in range(2, len(split))}
    # A son is not his father: Khaled bin Salman bin Abdulaziz is not Salman bin Abdulaziz.
    parts |= {" ".join(split[-n:]) for n in range(2, len(split)) if split[-n - 1] not in _sons()}
    return tuple(t for part in sorted(parts) for t in _terms().get(part, ()))


def infer_reference_year(folded: FoldedText) -> ReferenceYear | None:
    """Return the year in which an article without a trusted date was written, if facts prove it.

    By an anniversary («العام المقبل يصادف الذكرى السنوية الـ55 لإقامة العلاقات الدبلوماسية بين الصين والكويت»), or by a
    day of the current month («6 أبريل الجاري») on which those named with their offices beside it all held them, in one
    year alone.
    """
    sentences = split_sentences(folded.text)
    return _by_anniversary(folded, sentences) or _by_terms(folded, sentences)


@lru_cache(maxsize=1)
def _anniversary() -> re.Pattern[str]:
    table = load("facts")["anniversary"]
    before, after = ("|".join(fold_word(w) for w in table[part]) for part in ("before", "after"))
    return re.compile(rf"(?<!\w)(?:{before})(?!\w)(?P<number>.{{0,{_ANNIVERSARY_REACH}}}?)(?:{after})(?!\w)")


@lru_cache(maxsize=1)
def _countries() -> Matcher:
    return Matcher(["countries"])


@lru_cache(maxsize=1)
def _numbers() -> Matcher:
    return Matcher(["numbers"])


def _by_anniversary(folded: FoldedText, sentences: tuple[Sentence, ...]) -> ReferenceYear | None:
    for match in _anniversary().finditer(folded.text):
        words = match["number"]
        numbers = [n.value for n in find_numbers(words, _numbers().find(words))]
        sentence = next(s for s in sentences if s.start <= match.start() < s.end)
        parties = {h.value for h in _countries().find(folded.text[sentence.start : sentence.end])}
        years = {y for a, b, y in _relations() if a in parties and b in parties}
        shifts = {_SHIFTS[m.rule] for m in find_dates(folded, None) if _is_in(m, sentence) and m.rule in _SHIFTS}
        if len(numbers) == 1 and len(years) == 1 and len(shifts) == 1:
            year = years.pop() + int(numbers[0]) + shifts.pop()
            return ReferenceYear(year, match.start(), match.end(), "facts.anniversary")
    return None


def _relations() -> Iterator[tuple[str, str, int]]:
    for a, others in load("facts")["relations"].items():
        for b, year in others.items():
            yield a, b, year


def _is_in(mention: DateMention, sentence: Sentence) -> bool:
    return sentence.start <= mention.start < sentence.end


def _by_terms(folded: FoldedText, sentences: tuple[Sentence, ...]) -> ReferenceYear | None:
    for mention in find_dates(folded, None):
        if mention.rule not in {"date.day_month.current", "date.days.current"} or mention.reason is None:
            continue
        sentence = next(s for s in sentences if _is_in(mention, s))
        holders = _holders_in(folded.text[sentence.start : sentence.end])
        earliest = _earliest(folded.text)
        years = [y for y in _years_to_try(holders) if _holds_in(folded, mention, y, holders, earliest)]
        if len(years) == 1:
            return ReferenceYear(years[0], mention.start, mention.end, "facts.terms")
    return None


def _holds_in(
    folded: FoldedText, mention: DateMention, year: int, holders: list[tuple[Term, ...]], earliest: date
) -> bool:
    trial = ReferenceYear(year, mention.start, mention.end, "facts.terms")
    dated = next((m for m in find_dates(folded, None, trial) if m.start == mention.start), mention)
    if dated.date_start is None or dated.date_end is None or dated.date_start < earliest:
        return False
    first, last = dated.date_start, dated.date_end
    return all(any(t.holds(first, last) for t in terms) for terms in holders)


def _years_to_try(holders: list[tuple[Term, ...]]) -> range:
    """Return the years of the shortest tenure among holders: none where nobody named has left his office."""
    spans = [
        (min(t.held[0][0].year for t in terms), max(t.held[-1][1].year for t in terms))
        for terms in holders
        if all(t.held[-1][1] < date.max for t in terms)
    ]
    return range(max(s for s, _ in spans), min(e for _, e in spans) + 1) if spans else range(0)


def _holders_in(sentence: str) -> list[tuple[Term, ...]]:
    """Return the terms of those named in a folded sentence with the words of their office before the name."""
    found = []
    for name, terms in _terms().items():
        match = re.search(rf"(?<!\w){re.escape(name)}(?!\w)", sentence)
        if match is None:
            continue
        before = sentence[max(0, match.start() - _TITLE_REACH) : match.start()]
        beside = before + sentence[match.end() : match.end() + _FORMER_REACH]
        in_office = tuple(t for t in terms if t.office and _has_word(before, _offices()[t.office]))
        if in_office and not _has_word(beside, _former()):
            found.append(in_office)
    return found


@lru_cache(maxsize=1)
def _offices() -> dict[str, frozenset[str]]:
    return {office: frozenset(fold_word(w) for w in words) for office, words in load("facts")["offices"].items()}


@lru_cache(maxsize=1)
def _former() -> frozenset[str]:
    return frozenset(fold_word(w) for w in load("facts")["former"]["words"])


def _has_word(text: str, words: frozenset[str]) -> bool:
    return any(re.search(rf"(?<!\w)[\u0648\u0628\u0644]?{re.escape(w)}(?!\w)", text) for w in words)


def _earliest(text: str) -> date:
    """Return the first day on which a text can have been written, by the things that it names."""
    days = [
        date.fromisoformat(day)
        for day, names in load("facts")["not_before"].items()
        if any(fold_word(name) in text for name in names)
    ]
    return max(days, default=date.min)
