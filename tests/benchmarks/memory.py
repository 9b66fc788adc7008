"""(b) Peak memory of a run over the corpus repeated with new ids: flat, however many articles.

What is repeated is extracted once: memory of the rules is an article's, not the run's, and a million real extractions
take hours. All else is the run's own work on real records: reading, telling known from new, parts, the register.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from time import perf_counter

from extract.models import Article
from extract.pipeline import Records, extract_records
from extract.read import read_inputs
from extract.rows import read_line, write_line
from extract.run import run

SIZES = (9_000, 90_000, 900_000)


def measure(corpus: Path, work: Path) -> dict[str, float]:
    """Peak memory in MB by number of articles, and of the largest to the next."""
    articles = [item for item in read_inputs([str(corpus)]) if isinstance(item, Article)]
    with (work / "once.jsonl").open("w", encoding="utf-8") as file:
        for article in articles:
            lines = [write_line(record) for record in extract_records(article).engagements]
            file.write(f"{json.dumps([article.article_id, article.title, article.text, lines])}\n")
    peaks, figures = [], {}
    for size in SIZES:
        (work / str(size)).mkdir()
        command = [sys.executable, "-m", "tests.benchmarks.memory", work / "once.jsonl", work / str(size), str(size)]
        began = perf_counter()
        done = subprocess.run(command, check=True, stdout=subprocess.PIPE, encoding="utf-8")
        peaks.append(float(done.stdout))
        figures |= {f"{size} articles, MB": peaks[-1], f"{size} articles, s": round(perf_counter() - began, 1)}
    return figures | {f"{SIZES[-1]} / {SIZES[-2]}": round(peaks[-1] / peaks[-2], 3)}


def _repeat(once: Path, size: int) -> Iterator[str]:
    number = 0
    while True:
        with once.open(encoding="utf-8") as file:
            for line in file:
                if number == size:
                    return
                name, title, text, _ = json.loads(line)
                yield f"{json.dumps({'id': f'{name}:{number}', 'title': title, 'text': f'{text} {number}'})}\n"
                number += 1


@lru_cache(maxsize=1)
def _known(once: str) -> dict[str, list[str]]:
    with open(once, encoding="utf-8") as file:
        return {row[0]: row[3] for row in map(json.loads, file)}


def _extract(article: Article) -> Records:
    """The records that the first copy of an article gave, with ids of their own."""
    name, _, number = article.article_id.rpartition(":")
    records = (read_line(line) for line in _known(sys.argv[1])[name])
    return Records(
        tuple(
            replace(
                record,
                engagement_id=f"{record.engagement_id}{number}",
                sources=tuple(replace(source, article_id=article.article_id) for source in record.sources),
            )
            for record in records
        )
    )


def main() -> None:
    """Write the articles, run over them, and print the peak memory of this process in MB."""
    once, work, size = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
    with (work / "articles.jsonl").open("w", encoding="utf-8") as file:
        file.writelines(_repeat(once, size))
    run([str(work / "articles.jsonl")], work / "store", extract=_extract)
    print(round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024))


if __name__ == "__main__":
    main()
