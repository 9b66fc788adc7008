"""What merging costs: made records of many sizes, of which a third report what another record reports too.

`measure` gives, by number of records, seconds of each step, microseconds a record, and how many were merged; `growth` is
the cost a record at one size against the one before. Near 1.0 is linear.
"""

from __future__ import annotations

import random
import resource
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

from extract.merge import Ledger, find_merges, merge_engagements
from extract.models import Article, Engagement
from extract.write.geojson import country_points
from tests.factories import make_article, make_engagement, make_official, sketch_reports

SIZES = (5, 10_000, 100_000)
_COUNTRIES = sorted(country_points())[:26]
_TYPES = ("meeting", "visit", "call", "agreement", "message")
_NAMES_LINE = "سالم ناصر بدر خالد فهد سعيد ماجد راشد حمد طارق وليد كريم عادل سامي نبيل هاني زياد منير رامي باسم"
_NAMES = _NAMES_LINE.split()
_WORDS = [f"{a}{b}" for a in ("تعاون", "ميناء", "تجار", "صناع", "اتفاق", "زيار", "مشروع", "مباحث") for b in _NAMES]
_RECORDS_A_DAY = 40


def make_reports(count: int, seed: int = 1) -> Iterator[tuple[Article, tuple[Engagement, ...]]]:
    """Made articles of one record each, over as many days as `count` fills; every third repeats one of the last."""
    chance = random.Random(seed)
    recent: list[tuple[Article, Engagement]] = []
    for number in range(count):
        if recent and number % 3 == 2:
            article, one = chance.choice(recent)
            words = article.text.split()
            chance.shuffle(words)
            told = " ".join(words) if chance.random() < 0.7 else article.text
            article = replace(article, article_id=f"a{number}", text=told)
        else:
            day = date(1990, 1, 1) + timedelta(days=number // _RECORDS_A_DAY)
            text = " ".join(chance.choices(_WORDS, k=120))
            article = make_article(article_id=f"a{number}", title=text[:40], text=text, published=day)
            one = _make_record(chance, article, day)
            recent = [*recent[-50:], (article, one)]
        source = replace(one.sources[0], article_id=article.article_id)
        yield article, (replace(one, engagement_id=f"e{number}", sources=(source,)),)


def _make_record(chance: random.Random, article: Article, day: date) -> Engagement:
    parties = tuple(chance.sample(_COUNTRIES, 2))
    people = tuple(
        make_official(name=" ".join(chance.sample(_NAMES, 2)), country=code)
        for code in parties
        if chance.random() < 0.8
    )
    return make_engagement(
        article,
        type=chance.choice(_TYPES),
        parties=parties,
        officials=people,
        date_start=day,
        date_end=day,
        evidence=(),
    )


def measure(_: Path, __: Path, sizes: Sequence[int] = SIZES) -> dict[str, Any]:
    """Merge as many made records as each of `sizes` says."""
    figures = {str(size): _measure(size) for size in sizes}
    costs = [figures[str(size)]["microseconds_a_record"] for size in sizes if size >= 1_000]
    growth = [round(after / before, 2) for before, after in pairwise(costs)]
    return {"sizes": figures, "growth": growth, "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024}


def _measure(count: int) -> dict[str, Any]:
    seconds = {"sketch": 0.0, "find": 0.0, "merge": 0.0}
    sketches = []
    for report in make_reports(count):
        start = time.perf_counter()
        sketches += sketch_reports([report])
        seconds["sketch"] += time.perf_counter() - start
    start = time.perf_counter()
    merges = Ledger(find_merges(sketches))
    seconds["find"] = time.perf_counter() - start
    del sketches
    records = (one for _, own in make_reports(count) for one in own)
    start = time.perf_counter()
    merged = sum(1 for _ in merge_engagements(records, merges))
    seconds["merge"] = time.perf_counter() - start - _making(count)
    total = sum(seconds.values())
    return {
        **{name: round(value, 3) for name, value in seconds.items()},
        "microseconds_a_record": round(total / count * 1e6, 1),
        "records_after": merged,
    }


def _making(count: int) -> float:
    """Seconds that making the records takes, which is no cost of merging."""
    start = time.perf_counter()
    for _ in make_reports(count):
        pass
    return time.perf_counter() - start
