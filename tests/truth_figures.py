"""Compares the machine's records of the seed articles with those written by hand: `python -m tests.truth_figures`.

Each figure is an F1 over values (a value that is wrong counts as one missed and one too many), but `dates_wrong`, which
counts. Printed with every difference, so that a fall can be read.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from extract.fold import fold_word
from extract.models import Blank, Engagement
from tests.reading import SEED_IDS, read_seed

TRUTH = Path(__file__).parent / "truth"
GENERAL = {"energy_general", "economy_general"}  # the codebook never scores a vague phrase


@dataclass
class Count:
    """How many values of one field are right, too many, and missed; F1 of nothing at all is 1."""

    right: int = 0
    extra: int = 0
    missed: int = 0

    @property
    def f1(self) -> float:
        total = 2 * self.right + self.extra + self.missed
        return 2 * self.right / total if total else 1.0


@dataclass
class Report:
    """The counts by figure, the number of wrong dates, and a line for each difference."""

    counts: defaultdict[str, Count] = field(default_factory=lambda: defaultdict(Count))
    differences: list[str] = field(default_factory=list)
    dates_wrong: int = 0

    def compare(self, figure: str, where: str, wanted: Iterable[Any], got: Iterable[Any]) -> None:
        """Count one field's values, given as two collections."""
        missed, extra = list(wanted), []
        count = self.counts[figure]
        for value in got:
            if value in missed:
                missed.remove(value)
                count.right += 1
            else:
                extra.append(value)
        count.extra += len(extra)
        count.missed += len(missed)
        if missed or extra:
            self.differences.append(f"{where} {figure}: missed {missed}, extra {extra}")

    def same(self, figure: str, where: str, wanted: object, got: object) -> None:
        """Count one value."""
        self.compare(figure, where, [wanted], [got])

    def figures(self) -> dict[str, float]:
        """The F1 of every figure, and the number of wrong dates."""
        found = {name: round(count.f1, 3) for name, count in self.counts.items()}
        return {**found, "dates_wrong": self.dates_wrong}


def read_truth(seed: str) -> dict[str, Any]:
    """The record set of one seed, as written by hand."""
    truth: dict[str, Any] = json.loads((TRUTH / f"{seed}.json").read_text(encoding="utf-8"))
    return truth


def compare_seeds(seeds: Iterable[str] = SEED_IDS) -> Report:
    """Compare every record of the seeds, field by field."""
    report = Report()
    for seed in seeds:
        wanted, got = read_truth(seed)["engagements"], list(read_seed(seed).engagements)
        pairs = _pair(wanted, got)
        for number, truth in enumerate(wanted):
            record = pairs.get(number)
            where = f"{seed[:3]} {truth['role']} {truth['type']}"
            report.compare("engagements", where, [True], [True] if record else [])
            if truth["role"] == "main":
                report.compare("main_found", where, [True], [True] if record and record.role == "main" else [])
            if record is not None:
                _compare_record(report, where, truth, record)
        for record in got:
            if not any(record is paired for paired in pairs.values()):
                where = f"{seed[:3]} {record.role} {record.type} {record.parties}"
                report.compare("engagements", where, [], [True])
    return report


def _pair(wanted: list[dict[str, Any]], got: list[Engagement]) -> dict[int, Engagement]:
    """Pair each record by hand with the likest of the machine's that shares half of its parties, likest pairs first."""

    def likeness(truth: dict[str, Any], record: Engagement) -> float:
        here, there = set(truth["parties"]), set(record.parties)
        shared = len(here & there) / len(here | there)
        alike = (truth["type"] == record.type) + 0.5 * (truth["role"] == record.role)
        return 2 * shared + alike + 0.5 * (truth["status"] == record.status) if shared >= 0.5 else 0.0

    ranked = sorted(((likeness(t, r), n, k) for n, t in enumerate(wanted) for k, r in enumerate(got)), reverse=True)
    pairs: dict[int, Engagement] = {}
    used: set[int] = set()
    for score, number, index in ranked:
        if score and number not in pairs and index not in used:
            pairs[number] = got[index]
            used.add(index)
    return pairs


def _compare_record(report: Report, where: str, truth: dict[str, Any], record: Engagement) -> None:
    report.compare("parties", where, truth["parties"], record.parties)
    for name in ("role", "type", "status"):
        report.same(name, where, truth[name], getattr(record, name))
    _compare_date(report, where, truth["date"], record)
    venue = truth["venue"]
    report.same("venue_country", where, venue["country"], record.venue_country)
    report.same("venue_city", where, (venue["city"], venue["city_en"]), (record.venue_city, record.venue_city_en))
    _compare_officials(report, where, truth["officials"], record)
    core, context, either = (set(truth["sectors"][part]) for part in ("core", "context", "either"))
    machine = {s.code: s.is_core for s in record.sectors if s.code not in either | GENERAL}
    report.compare("sectors", where, core, {c for c, is_core in machine.items() if is_core} - context)
    report.compare("sectors_context", where, context, set(machine) - core)
    projects = {p.name: [p.sector_code, p.country_code] for p in record.projects}
    report.compare("projects", where, [p["name"] for p in truth["projects"]], projects)
    for project in truth["projects"]:
        if project["name"] in projects:
            found = projects[project["name"]]
            report.same("project_attributes", where, [project["sector"], project["country"]], found)
    _compare_amounts(report, where, truth["amounts"], record)
    _compare_outcomes(report, where, truth["outcomes"], record)
    report.compare("summary", where, [True], [record.summary in truth["summary"]])
    optional = {Blank("date_start", b.reason) for b in record.blanks} if truth["date"].get("optional") else set()
    blanks = {Blank(name, reason) for name, reason in truth["blanks"].items()}
    report.compare("blanks", where, blanks - optional, set(record.blanks) - optional)


def _compare_date(report: Report, where: str, truth: dict[str, Any], record: Engagement) -> None:
    """A date that is given must be right; one that only general knowledge proves may be missing."""
    got = (record.date_start, record.date_end, record.date_precision, record.date_basis)
    written = tuple(None if d is None else str(d) for d in got[:2]) + got[2:]
    wanted = (truth["start"], truth["end"], truth["precision"], truth["basis"])
    if not (truth.get("optional") and record.date_start is None):
        report.same("dates", where, wanted, written)
    report.dates_wrong += record.date_start is not None and written[:2] != wanted[:2]
    if truth["words"] is not None and record.date_words is not None:
        alike = truth["words"] in record.date_words or record.date_words in truth["words"]
        report.compare("date_words", where, [True], [alike])
    else:
        report.same("date_words", where, truth["words"], record.date_words)


def _compare_officials(report: Report, where: str, truth: list[dict[str, Any]], record: Engagement) -> None:
    got = {fold_word(o.name): o for o in record.officials}
    report.compare("officials", where, [fold_word(o["name"]) for o in truth], got)
    for official in truth:
        found = got.get(fold_word(official["name"]))
        if found is not None:
            report.same("official_rank", where, official["rank"], found.rank)
            report.same("official_country", where, official["country"], found.country)
            report.same("official_title", where, official["title"], found.title)
            report.same("official_latin", where, _letters(official["latin"]), _letters(found.name_latin))


def _compare_amounts(report: Report, where: str, truth: list[dict[str, Any]], record: Engagement) -> None:
    got = {(a.value, a.unit): a for a in record.amounts}
    report.compare("amounts", where, [(float(a["value"]), a["unit"]) for a in truth], got)
    for amount in truth:
        found = got.get((float(amount["value"]), amount["unit"]))
        if found is not None:
            wanted = (amount["measures"], amount["growth"])
            report.same("amount_attributes", where, wanted, (found.measures, found.growth))


def _compare_outcomes(report: Report, where: str, truth: list[dict[str, Any]], record: Engagement) -> None:
    """An outcome is found where one of its type shares half of the longer quote."""
    left = list(record.outcomes)
    got = []
    for outcome in truth:
        alike = [(_overlap(o.quote, outcome["quote"]), o) for o in left if o.type == outcome["type"]]
        score, found = max(alike, key=lambda pair: pair[0], default=(0.0, None))
        if found is not None and score >= 0.5:
            left.remove(found)
            got.append(outcome["quote"])
    report.compare("outcomes", where, [o["quote"] for o in truth], got + [o.quote for o in left])


def _overlap(one: str, other: str) -> float:
    shorter, longer = sorted((one, other), key=len)
    if shorter in longer:
        return max(len(shorter) / len(longer), 0.5)
    shared = set(shorter.split()) & set(longer.split())
    return len(shared) / len(set(longer.split()))


def _letters(name: str) -> str:
    return "".join(c for c in name.lower() if c.isalpha())


def main() -> None:
    """Print every figure and every difference."""
    report = compare_seeds()
    for name, value in sorted(report.figures().items()):
        count = report.counts.get(name)
        counts = f"  (right {count.right}, extra {count.extra}, missed {count.missed})" if count else ""
        print(f"{name:20} {value:.3f}{counts}")
    for line in report.differences:
        print(" ", line)


if __name__ == "__main__":
    main()
