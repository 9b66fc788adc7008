"""Tells on which day an article was written, and whether the feed's stamp can be trusted."""

from __future__ import annotations

import re
from datetime import date, timedelta

from extract.dates.find import read_run
from extract.dates.lexer import Run, find_runs
from extract.dates.model import Clock, DateMention, Publication
from extract.dates.page import page_role
from extract.dates.readings import OFFSETS
from extract.fold import FoldedText
from extract.models import Article

# Feeds stamp a day late, at night or where a paper's copy is read in the next day: one day is mended. Of 315 articles
# of the corpus that say "today, Weekday" under the stamp of an ingested paper, 223 agree, 65 are a day late, 10 two
# days, and each other weekday has nearly as many as that: beyond one day, the stamp is of another week.
_LATE_DAYS = 1
# A dateline and a stamp further apart than this disagree.
_SAME_NEWS_DAYS = 3


def find_publication_date(article: Article, folded: FoldedText) -> Publication:
    """Return the day on which an article was written: its dateline's, or the feed's stamp unless the text disproves it.

    `folded` is the fold of the article's text. A stamp one day later than «اليوم الجمعة» is mended to that Friday; one
    further off is not used. A date that the page prints on a line of its own is never the day of writing.
    """
    runs = find_runs(folded.text)
    dateline = find_dateline(folded.text, runs)
    if dateline is not None and dateline.date_start is not None:
        return _by_dateline(folded.text, dateline, dateline.date_start, article.published)
    return _by_stamp(folded.text, runs, article.published)


def _by_dateline(text: str, dateline: DateMention, day: date, stamp: date | None) -> Publication:
    if stamp is None or abs((stamp - day).days) <= _SAME_NEWS_DAYS:
        return Publication(day, None, None, "dateline")
    words = text[dateline.start : dateline.end]
    if page_role(text, dateline) == "dateline":
        return Publication(day, None, words, "dateline")
    return Publication(None, "stamp_contradicted", words, "none")


def _by_stamp(text: str, runs: tuple[Run, ...], stamp: date | None) -> Publication:
    if stamp is None:
        return Publication(None, "no_stamp", None, "none")
    named = _first_named_weekday(runs)
    if named is None:
        return Publication(stamp, None, None, "stamp")
    start, end, weekday, offset = named
    late = (stamp.weekday() + offset - weekday) % 7
    if late > _LATE_DAYS:
        return Publication(None, "stamp_contradicted", text[start:end], "none")
    return Publication(stamp - timedelta(days=late), None, text[start:end] if late else None, "stamp")


def find_dateline(text: str, runs: tuple[Run, ...]) -> DateMention | None:
    """Return the first full date that says when the report was written: see `page_role`, and «اليوم 12 مايو 2018».

    A date whose own weekday is wrong («الجمعة 15 مايو 2016») proves nothing, and is passed over.
    """
    clock = Clock(None)
    for run in runs:
        if not set(run.symbols) & {"Y", "G", "H"}:
            continue
        for mention in read_run(text, run, clock):
            if mention.precision != "day" or mention.basis != "explicit" or not _weekday_agrees(run, mention):
                continue
            if page_role(text, mention) in {"dateline", "published"} or _says_today(run, mention):
                return mention
    return None


def _weekday_agrees(run: Run, mention: DateMention) -> bool:
    days = [t.value for t in run.tokens if t is not None and t.symbol == "W" and mention.start <= t.start < mention.end]
    return not days or (mention.date_start is not None and days == [mention.date_start.weekday()])


def _says_today(run: Run, mention: DateMention) -> bool:
    return any(t is not None and t.symbol == "T" and mention.start <= t.start < mention.end for t in run.tokens)


def _first_named_weekday(runs: tuple[Run, ...]) -> tuple[int, int, int, int] | None:
    """Return (start, end, weekday, offset) of the first «اليوم الثلاثاء», «أمس الجمعة», «غدا الأحد» of the text."""
    for run in runs:
        match = re.search(r"([TEFOV])[,(]?[nd]*(W)", run.symbols)
        if match is None:
            continue
        near, day = run.tokens[match.start(1)], run.tokens[match.start(2)]
        if near is not None and day is not None:
            return near.start, day.end, day.value, OFFSETS[near.symbol]
    return None
