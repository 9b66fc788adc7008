"""Tells the dates that a page or an agency prints about the article from the dates that the article speaks of."""

from __future__ import annotations

import re
from functools import lru_cache

from extract.dates.model import DateMention
from extract.dates.readings import context
from extract.fold import fold_word
from extract.lexicon import load

# A dateline begins after a place name of this many letters at most, in one of the first lines.
_PLACE = 30
_LINES = 4
_WORD = re.compile(r"\w+")
_DASH = re.compile(r" ?[-:]")


def page_role(text: str, mention: DateMention) -> str:
    """Return what a full date is to the page, empty if it is a date of the text.

    "template": it stands alone on its line («الجمعة - 19 أبريل 2024»), the day the page was fetched. "dateline": it
    opens the report after a place, before an agency's mark («الكويت 25 شوال 1436 هـ الموافق 10 اغسطس 2015 م واس»).
    "published": the page labels it («تاريخ النشر: 25/3/2018»).
    """
    if mention.precision != "day" or mention.basis != "explicit":
        return ""
    start = text.rfind("\n", 0, mention.start) + 1
    end = text.find("\n", mention.end)
    before, after = text[start : mention.start], text[mention.end : len(text) if end < 0 else end]
    if _WORD.search(before) is None and _WORD.search(after) is None:
        return "template"
    if _label().search(before[-_PLACE:]):
        return "published"
    if text.count("\n", 0, start) >= _LINES or len(before) > _PLACE:
        return ""
    word = _WORD.search(after[:_PLACE])
    by_agency = word is not None and word.group() in context("agencies")
    by_dash = start == 0 and 1 <= len(_WORD.findall(before)) <= 2 and _DASH.match(after) is not None
    return "dateline" if by_agency or by_dash else ""


@lru_cache(maxsize=1)
def _label() -> re.Pattern[str]:
    labels = "|".join(fold_word(w) for w in load("dates")["_context"]["published_labels"])
    return re.compile(rf"(?<!\w)(?:{labels})\W{{0,3}}$")
