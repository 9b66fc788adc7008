"""Measures how often each rule is right on records written by hand, and how well the confidences foretell it.

The shares are what `lexicons/confidence.toml` holds. They are judged fairly: each half of the development articles by the
shares that the other half gives.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from pathlib import Path
from types import ModuleType

from extract.confidence import Shares, kind_of_record, share_of
from extract.score import GoldSet, Record, by_article, load_scorer

MIN_SEEN = 8  # a rule seen less often takes the share of the longest beginning of its id that was seen as often
BINS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.01)
DEFAULT = 0.7  # of a rule that was never seen: about the share of all values together, less a doubt
_HEAD = """\
# Shares of right values by rule on the {articles} development articles: (right + 1) / (all + 2), rules seen {seen} times or more.
# A rule that is not here takes the share of the longest beginning of its id that is, or `default`. The comment is the count.
# Written by `python -m extract score --calibrate`, {day}; the values of a record that answers to no gold record count as
# wrong for type and parties, and not at all for the rest.
"""


@dataclass
class Counts:
    """How many values were right, of how many, by rule id and each of its beginnings."""

    right: defaultdict[str, int] = field(default_factory=lambda: defaultdict(int))
    seen: defaultdict[str, int] = field(default_factory=lambda: defaultdict(int))

    def add(self, rule: str, is_right: bool) -> None:
        """Count one value under its rule and under each beginning of its id."""
        parts = rule.split(".")
        for n in range(1, len(parts) + 1):
            self.seen[".".join(parts[:n])] += 1
            self.right[".".join(parts[:n])] += is_right

    def shares(self) -> dict[str, float]:
        """Return the share of each rule seen often enough, and `default`."""
        often = {rule: count for rule, count in self.seen.items() if count >= MIN_SEEN}
        return {"default": DEFAULT, **{r: round((self.right[r] + 1) / (n + 2), 2) for r, n in sorted(often.items())}}


def judge(folder: Path, gold: GoldSet, predicted: Sequence[Record]) -> Iterator[tuple[str, str, bool]]:
    """Yield ("rule" or "record", its id, whether it was right) for every value and record of one gold set."""
    scorer = load_scorer(folder)
    mine = by_article(predicted)
    for article in gold.gold:
        pairs, _, extra = scorer.match(article["engagements"], mine[article["article_id"]])
        for truth, record in [*pairs, *((None, one) for one in extra)]:
            yield "record", _kind(record), truth is not None and truth["type"] == record["type"]
            for item in record["evidence"]:
                verdict = _is_right(scorer, truth, record, item)
                if verdict is not None:
                    yield "rule", item["rule"], verdict


def _kind(record: Record) -> str:
    return kind_of_record(record["role"], [(e["field"], e["value"], e["rule"]) for e in record["evidence"]])


def _is_right(scorer: ModuleType, truth: Record | None, record: Record, item: Record) -> bool | None:
    """Return whether one value agrees with the gold record; None for fields that gold does not have."""
    name, value = item["field"], item["value"]
    if truth is None:
        return False if name in ("type", "parties") else None
    if name in ("type", "status"):
        return bool(truth[name] == record[name])
    if name == "parties":
        return value in truth["parties"]
    if name == "date_start":
        wanted, given = scorer.date_of(truth), scorer.date_of(record)
        return [scorer.day(d) for d in wanted[:2]] == [scorer.day(d) for d in given[:2]]
    if name == "venue_country":
        return bool(truth.get("venue_country") == value)
    if name == "venue_city":
        return bool(truth.get("venue_city")) and scorer.same_name(truth["venue_city"], value)
    if name in ("officials", "officials.country"):
        same = [o for o in truth["officials"] if scorer.same_name(o["name"], value)]
        country = next((o["country"] for o in record["officials"] if o["name"] == value), None)
        return bool(same) if name == "officials" else any(o["country"] == country for o in same) if same else None
    if name == "sectors":
        neutral = {*truth["sectors"].get("context", ()), "energy_general", "economy_general"}
        return None if value in neutral else value in truth["sectors"]["core"]
    if name == "projects":
        return any(scorer.same_name(p, value) for p in truth["projects"])
    if name == "amounts":
        return any(f"{float(a['value']):g} {a['unit']}" == value for a in truth["amounts"])
    return None


def count(verdicts: Iterable[tuple[str, str, bool]]) -> dict[str, Counts]:
    """Count verdicts by what they judge."""
    found = {"rule": Counts(), "record": Counts()}
    for what, rule, is_right in verdicts:
        found[what].add(rule, is_right)
    return found


def write_shares(counts: dict[str, Counts], articles: int, day: date) -> str:
    """Return the text of `lexicons/confidence.toml`."""
    lines = [_HEAD.format(articles=articles, seen=MIN_SEEN, day=day)]
    for what, note in (("rule", ""), ("record", "# Records that are a gold engagement of the same type.\n")):
        lines.append(f"{note}[{what}]")
        for rule, share in counts[what].shares().items():
            seen = f" # {counts[what].seen[rule]}" if rule != "default" else ""
            lines.append(f'"{rule}" = {share:.2f}{seen}' if rule != "default" else f"default = {share:.2f}")
        lines.append("")
    return "\n".join(lines)


def reliability(halves: Sequence[Sequence[tuple[str, str, bool]]]) -> Iterator[str]:
    """Yield the lines of the table: for each bin of confidence, how many values and records, and the share that was right."""
    bins: dict[str, dict[float, list[tuple[float, bool]]]] = {"rule": defaultdict(list), "record": defaultdict(list)}
    for number, verdicts in enumerate(halves):
        others = count(v for n, half in enumerate(halves) if n != number for v in half)
        shares: dict[str, Shares] = {what: counts.shares() for what, counts in others.items()}
        for what, rule, is_right in verdicts:
            share = share_of(shares[what], rule)
            low = max(b for b in BINS if b <= share)
            bins[what][low].append((share, is_right))
    yield f"{'confidence':12}{'values':>8}{'said':>8}{'right':>8}{'records':>10}{'said':>8}{'right':>8}"
    for low, high in pairwise(BINS):
        cells = "".join(_cells(bins[what][low], width) for what, width in (("rule", 8), ("record", 10)))
        yield f"{low:.2f}-{min(high, 1.0):.2f}   {cells}"


def _cells(values: Sequence[tuple[float, bool]], width: int) -> str:
    if not values:
        return f"{0:>{width}}{'':>8}{'':>8}"
    said = sum(share for share, _ in values) / len(values)
    right = sum(is_right for _, is_right in values) / len(values)
    return f"{len(values):>{width}}{said:>8.2f}{right:>8.2f}"
