"""A gold folder of two short articles for the tests of `extract score`, with a scorer that counts engagements alone.

The real scorer lies beside the records that it scores, outside the project; this one has the same names and no more.
"""

from __future__ import annotations

import json
from pathlib import Path

SCORER = """
import json, sys

def match(gold, pred):
    left, pairs = list(pred), []
    for g in gold:
        for p in left:
            if set(g["parties"]) == set(p["parties"]):
                left.remove(p)
                pairs.append((g, p))
                break
    return pairs, [g for g in gold if not any(g is x for x, _ in pairs)], left

def date_of(e):
    d = e.get("date") or {}
    return (e.get("date_start") or d.get("start"), e.get("date_end") or d.get("end"), None)

def day(x):
    return str(x)[:10] if x else None

def codes(xs):
    return [x["code"] for x in xs]

def same_name(a, b):
    return a == b

def pair_sets(gold, pred, same):
    pairs = [(g, p) for g in gold for p in pred if same(g, p)]
    return len(pairs), len(pred) - len(pairs), len(gold) - len(pairs), pairs

if __name__ == "__main__":
    gold = [json.loads(line) for line in open(sys.argv[1], encoding="utf-8")]
    pred = [json.loads(line) for line in open(sys.argv[2], encoding="utf-8")]
    found = 0
    for g in gold:
        mine = [p for p in pred if any(s["article_id"] == g["article_id"] for s in p["sources"])]
        found += len(match(g["engagements"], mine)[0])
    wanted = sum(len(g["engagements"]) for g in gold)
    if "--json" in sys.argv:
        print(json.dumps({"articles": len(gold), "engagements": {"share": found / wanted, "hit": found, "of": wanted}}))
    else:
        print("  engagement missed: an example")
"""
TEXTS = {
    "made-1": "التقى وزير الخارجية المصري سامح فوزي نظيره الأردني أيمن الصفدي في القاهرة أمس.",
    "made-2": "زار الرئيس التركي رجب طيب أردوغان قطر. وبحث التعاون في مجال الموانئ.",
}
PARTIES = {"made-1": ["EGY", "JOR"], "made-2": ["TUR", "OMN"]}


def make_gold(folder: Path) -> Path:
    """Write the folder: the second record names a party that its article does not."""
    folder.mkdir(parents=True, exist_ok=True)
    articles = [{"id": key, "title": "", "text": text, "published": None} for key, text in TEXTS.items()]
    records = [
        {
            "article_id": key,
            "is_engagement": True,
            "engagements": [
                {
                    "role": "main",
                    "type": "meeting",
                    "status": "held",
                    "parties": parties,
                    "date": {"start": None, "end": None},
                    "venue_country": "EGY",
                    "officials": [],
                    "sectors": {"core": [], "context": []},
                    "projects": [],
                    "amounts": [],
                }
            ],
        }
        for key, parties in PARTIES.items()
    ]
    _write(folder / "dev_articles.jsonl", articles)
    _write(folder / "dev.jsonl", records)
    (folder / "score.py").write_text(SCORER, encoding="utf-8")
    return folder


def _write(path: Path, records: list[dict[str, object]]) -> None:
    path.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in records), encoding="utf-8")
