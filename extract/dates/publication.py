"""Tells on which day an article was written, and whether the feed's stamp can be trusted.

Three things may say so, the surer first: the text's own dateline, the issue's date in the article's address, and the
feed's stamp. What the text says of today's weekday mends a day or refuses both of the latter.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from extract.dates.calendar import make_date
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
# «/2015/20150805/», «/2018/05/17/», «/20180606-»: the day in an address. Of 107 articles of three Saudi papers that have
# one and name their weekday, 102 agree with the address, 91 with the stamp, which is else mostly a day late.
_ADDRESS_DAY = re.compile(r"(?<!\d)(20[0-4]\d)(?:([/-])(\d{1,2})\2(\d{1,2})|(\d{2})(\d{2}))(?!\d)")
# A dateline and a stamp further apart than this disagree.
_SAME_NEWS_DAYS = 3


def find_publication_date(article: Article, folded: FoldedText) -> Publication:
    """Return the day on which an article was written: its dateline's, its address's or the feed's, as the text allows.

    `folded` is the fold of the article's text. A stamp one day later than «اليوم الجمعة» is mended to that Friday; one
    further off is not used, nor is one that a collector set at night, unless such words confirm it. A date that the page
    prints on a line of its own is never the day of writing.
    """
    runs = find_runs(folded.text)
    stated = _stated_days(article)
    dateline = find_dateline(folded.text, runs)
    if dateline is not None and dateline.date_start is not None:
        return _by_dateline(folded.text, dateline, dateline.date_start, stated)
    named = _first_named_weekday(runs)
    refused = Publication(None, "no_stamp", None, "none")
    for how, day, words in stated:
        found = _checked(folded.text, day, how, named)
        if found.date is not None and how == "stamp" and article.published_at_night and named is None:
            found = Publication(None, "stamp_at_night", None, "none")
        if found.date is not None:
            other = next((w for _, d, w in stated if d != day), None) if how == "stamp" else words
            differs = any(d != day for _, d, _ in stated)
            return replace(found, conflict=found.conflict or (other if differs else None))
        refused = found
    return refused


def _stated_days(article: Article) -> list[tuple[str, date, str]]:
    """Return the days that an article's address and its stamp give, each with its name and its words."""
    match = _ADDRESS_DAY.search(article.url or "")
    found: list[tuple[str, date, str]] = []
    if match is not None:
        month, day = match[3] or match[5], match[4] or match[6]
        value = make_date(int(match[1]), int(month), int(day))
        if value is not None:
            found.append(("address", value, match.group()))
    if article.published is not None:
        found.append(("stamp", article.published, str(article.published)))
    return found


def _by_dateline(text: str, dateline: DateMention, day: date, stated: list[tuple[str, date, str]]) -> Publication:
    far = [d for _, d, _ in stated if abs((d - day).days) > _SAME_NEWS_DAYS]
    if not far:
        return Publication(day, None, None, "dateline")
    words = text[dateline.start : dateline.end]
    if page_role(text, dateline) == "dateline":
        return Publication(day, None, words, "dateline")
    return Publication(None, "stamp_contradicted", words, "none")


def _checked(text: str, day: date, how: str, named: tuple[int, int, int, int] | None) -> Publication:
    """Hold a day against the first «اليوم الثلاثاء» of the text: it stands, is a day late, or is refused."""
    if named is None:
        return Publication(day, None, None, how)
    start, end, weekday, offset = named
    late = (day.weekday() + offset - weekday) % 7
    if late > _LATE_DAYS:
        return Publication(None, "stamp_contradicted", text[start:end], "none")
    return Publication(day - timedelta(days=late), None, text[start:end] if late else None, how)


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
