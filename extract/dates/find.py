"""Finds the dates of an article: the rules over runs of date words, left to right; the first rule that reads wins."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from extract.dates.calendar import make_date, month_range, weekday_on_or_after, weekday_on_or_before
from extract.dates.lexer import Run, Token, find_runs
from extract.dates.model import Clock, DateMention, ReferenceYear
from extract.dates.page import page_role
from extract.dates.readings import Found
from extract.dates.relative import RELATIVE
from extract.dates.rules import ABSOLUTE
from extract.fold import FoldedText

_RULES = (*ABSOLUTE, *RELATIVE)


def find_dates(
    folded: FoldedText, published: date | None, reference: ReferenceYear | None = None
) -> tuple[DateMention, ...]:
    """Return the dates of an article in order of place, those without a value too, with the reason.

    `published` is the day of writing where it can be trusted (`find_publication_date`); `reference` its year, where
    other facts prove that alone (`extract.facts`). The page's own date on a line of its own is left out; a
    dateline's rule is "date.dateline".
    """
    runs = find_runs(folded.text)
    clock = Clock(published, reference.year if reference else None, _last_is_yesterday(runs, published))
    mentions = []
    for run in runs:
        for mention in read_run(folded.text, run, clock):
            role = page_role(folded.text, mention)
            if role != "template":
                mentions.append(replace(mention, rule=f"date.{role}") if role else mention)
    return tuple(mentions)


def read_run(text: str, run: Run, clock: Clock) -> list[DateMention]:
    """Return the dates of one run of date words."""
    mentions = []
    at = 0
    while at < len(run.symbols):
        mention, length = _read_at(text, run, at, clock)
        if mention is not None:
            mentions.append(mention)
        at += length
    return mentions


def _read_at(text: str, run: Run, at: int, clock: Clock) -> tuple[DateMention | None, int]:
    """Return the date that begins at a symbol, and how many symbols it took: one, where none begins."""
    if run.tokens[at] is None:
        return None, 1
    for rule in _RULES:
        match = rule.pattern.match(run.symbols, at)
        if match is None:
            continue
        found = Found(text, run, match)
        reading = rule.read(found, clock)
        if reading is None:
            continue
        tokens = found.tokens()
        rule_id = ".".join(part for part in (rule.id, reading.variant, found.bound()) if part)
        mention = DateMention(
            tokens[0].start, tokens[-1].end, reading.start, reading.end, reading.precision, reading.basis,
            reading.reason, rule_id, reading.orientation,
        )  # fmt: skip
        return mention, len(match.group())
    return None, 1


def _last_is_yesterday(runs: tuple[Run, ...], published: date | None) -> bool | None:
    """Tell whether «الماضي» beside yesterday's weekday means yesterday: no, if the text says «أمس» for that.

    Nor where the newest bare weekday of the text lies before yesterday: what the article tells as the last such day
    came before its own news.
    """
    tokens = [t for run in runs for t in run.tokens if t is not None]
    if published is None:
        return None
    if any(t.symbol == "E" for t in tokens):
        return False
    ages = [(published.weekday() - t.value) % 7 for run in runs for t in _bare_weekdays(run)]
    return False if ages and min(ages) > 1 and max(ages) < 6 else None


def _bare_weekdays(run: Run) -> list[Token]:
    return [
        t
        for i, t in enumerate(run.tokens)
        if t is not None and t.symbol == "W" and run.symbols[i + 1 : i + 2] not in set("PLXZ")
    ]


def as_future(mention: DateMention, published: date | None) -> DateMention:
    """Read a bare weekday, day and month, or month again as the next one: for «يصل الاثنين», «سيعقد في مايو».

    Other mentions, and those without a value, come back as they are.
    """
    return _turn(mention, published, 1)


def as_past(mention: DateMention, published: date | None) -> DateMention:
    """Read a bare weekday, day and month, or month again as the last one, for «عقد في نوفمبر»: see `as_future`."""
    return _turn(mention, published, -1)


def _turn(mention: DateMention, published: date | None, sign: int) -> DateMention:
    if published is None or mention.date_start is None or mention.date_end is None:
        return mention
    start, end = mention.date_start, mention.date_end
    moved: date | None = None
    if mention.rule in {"date.weekday", "date.weekdays"}:
        search = weekday_on_or_after if sign > 0 else weekday_on_or_before
        moved = search(published, start.weekday())
        end = moved + (end - start)
    elif (end < published) if sign > 0 else (start > published):
        if mention.rule in {"date.day_month", "date.days", "date.days_across"}:
            later = make_date(end.year + sign, end.month, end.day)
            moved, end = (later - (end - start), later) if later else (None, end)
        elif mention.rule == "date.month":
            moved, end = month_range(start.year + sign, start.month)
    if moved is None:
        return mention
    return replace(mention, date_start=moved, date_end=end, orientation="future" if sign > 0 else "past")
