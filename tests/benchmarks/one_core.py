"""(a) One core over the corpus, against the floor (JSON, folding, one scan) and against one pass of a BERT-base model."""

from __future__ import annotations

import json
from pathlib import Path
from time import process_time

import ahocorasick
import torch
from transformers import BertConfig, BertForTokenClassification

from extract.annotate import OWN_GRAMMARS, matcher
from extract.fold import fold
from extract.lexicon import phrase_files, phrases_of
from extract.models import Article
from extract.pipeline import extract_records
from extract.read import read_inputs
from extract.run.workers import uncollected

PIECES_A_WORD = 1.5  # of Arabic BERT vocabularies on news
WINDOW = 512
WINDOWS_TIMED = 4


def measure(corpus: Path, work: Path) -> dict[str, float]:
    """Seconds of processor time by stage, and their ratios."""
    articles = [item for item in read_inputs([str(corpus)]) if isinstance(item, Article)]
    lines = work / "articles.jsonl"
    lines.write_text("".join(f"{json.dumps({'id': a.article_id, 'text': a.text})}\n" for a in articles))
    for article in articles[:20]:  # lists are loaded and patterns compiled
        extract_records(article)
    floor = time_floor(lines)
    began = process_time()
    with uncollected():  # as runs do
        records = sum(len(extract_records(article).engagements) for article in articles)
    rules = process_time() - began
    began = process_time()
    found = [matcher().find(fold(article.text).text) for article in articles]
    scan = process_time() - began
    bert = time_bert([len(article.text.split()) for article in articles])
    return {
        "articles": len(articles),
        "records": records,
        "phrases found": sum(map(len, found)),
        "floor, s": round(floor, 2),
        "folding and scan with word boundaries, s": round(scan, 2),
        "rules, s": round(rules, 2),
        "BERT-base, s (from a sample)": round(bert),
        "articles a second": round(len(articles) / rules, 1),
        "rules / floor": round(rules / floor, 1),
        "BERT-base / rules": round(bert / rules),
    }


def time_floor(lines: Path) -> float:
    """The time to decode the articles, fold their texts and scan them once for every phrase."""
    automaton = ahocorasick.Automaton()
    for name in phrase_files():
        if name not in OWN_GRAMMARS:
            for stem, _, _ in phrases_of(name):
                automaton.add_word(stem, len(stem))
    automaton.make_automaton()
    began = process_time()
    with lines.open(encoding="utf-8") as file:
        for line in file:
            for _ in automaton.iter(fold(json.loads(line)["text"]).text):
                pass
    return process_time() - began


def time_bert(words: list[int]) -> float:
    """The time of one pass over texts of so many words, in windows, from the time of a few; random weights cost the same."""
    torch.set_num_threads(1)
    model = BertForTokenClassification(BertConfig(num_labels=9)).eval()
    pieces = torch.randint(0, 30_000, (1, WINDOW))
    with torch.inference_mode():
        model(pieces)
        began = process_time()
        for _ in range(WINDOWS_TIMED):
            model(pieces)
        full = (process_time() - began) / WINDOWS_TIMED
    # A short text is a short window: time is as good as linear below the full one.
    return full * sum(count * PIECES_A_WORD / WINDOW for count in words)
