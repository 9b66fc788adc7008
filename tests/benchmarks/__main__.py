"""`python -m tests.benchmarks [--only NAME] [--json] [--corpus FILE]`: run the benchmarks and print what they measured."""

from __future__ import annotations

import argparse
import json
import pkgutil
import tempfile
from importlib import import_module
from pathlib import Path

import tests.benchmarks

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus" / "pool.jsonl.gz"


def main() -> None:
    """Run the benchmarks asked for, one after the other."""
    names = sorted(one.name for one in pkgutil.iter_modules(tests.benchmarks.__path__) if one.name != "__main__")
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks")
    parser.add_argument("--only", choices=names, action="append", help="one benchmark; may be repeated")
    parser.add_argument("--json", action="store_true", help="one JSON line a benchmark")
    parser.add_argument("--corpus", type=Path, default=CORPUS, metavar="FILE", help="the articles to work on")
    options = parser.parse_args()
    for name in options.only or names:
        with tempfile.TemporaryDirectory() as work:
            figures = import_module(f"tests.benchmarks.{name}").measure(options.corpus, Path(work))
        if options.json:
            print(json.dumps({"benchmark": name, **figures}), flush=True)
        else:
            print(name, *(f"  {what:<40} {figure}" for what, figure in figures.items()), sep="\n", flush=True)


if __name__ == "__main__":
    main()
