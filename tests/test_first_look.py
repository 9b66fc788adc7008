"""A first look drops what can give no record, and never an article that would have given one."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.models import Article
from extract.pipeline import extract_article, extract_records
from extract.read import read_inputs
from tests.arabic import news

ROOT = Path(__file__).resolve().parent.parent

DROPPED = {
    "weather": ("درجات الحرارة ترتفع غدا في الكويت وعمان والبحرين", "no_event"),
    "alone": ("التقى المدير موظفي الشركة، ثم زار المصنع", "no_party"),
    "match": ("فاز منتخب عمان على منتخب قطر في مباراة سجل فيها اللاعب هدفين في الشوط الثاني ثم اجتمع الفريق", "sport"),
}


@pytest.mark.parametrize(("text", "reason"), DROPPED.values(), ids=DROPPED.keys())
def test_dropped_with_its_reason(text: str, reason: str) -> None:
    found = extract_records(Article("a", text))
    assert (found.dropped, found.engagements) == (reason, ())
    assert extract_article(Article("a", text)).engagements == ()


KEPT = {
    "two-countries": "بحث وزير الخارجية الكويتي مع نظيره العماني التعاون",
    "office-holder": "اجتمع لافروف مع نظيره الصيني",
    "bloc": "عقدت القمة العربية الصينية اجتماعها الأول",
}


@pytest.mark.parametrize("text", KEPT.values(), ids=KEPT.keys())
def test_read_in_full(text: str) -> None:
    assert extract_records(Article("a", text)).dropped is None
    assert extract_records(Article("a", text)).engagements == extract_article(Article("a", text)).engagements


def test_the_seeds_are_read_the_same() -> None:
    articles = [item for item in read_inputs([str(ROOT / "seeds")]) if isinstance(item, Article)]
    assert len(articles) == 5
    for article in articles:
        assert extract_records(article).engagements == extract_article(article).engagements


@settings(max_examples=1_000, deadline=None)
@given(news(), st.sampled_from([None, "https://example.om/a", "https://example.kw/b"]))
def test_no_text_loses_a_record(text: str, url: str | None) -> None:
    article = Article("a", text, url=url)
    if not extract_records(article).engagements:
        assert extract_article(article).engagements == ()
