"""The command line: `python -m extract run | add | lexicon | diff | info | export | show | score`.

Exit status: 0 done; 1 done, but some inputs were refused (each named on standard error with its reason); 2 usage, or
nothing could be done.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import partial
from pathlib import Path

import duckdb

from extract import analyst_commands
from extract.accuracy import write_accuracy
from extract.camel_models import CamelData, find_data
from extract.compare import compare_registers
from extract.corrections import CorrectionLog, open_corrected
from extract.corrections import commands as correction_commands
from extract.errors import EvidenceError, RawabitError
from extract.explain import explain
from extract.models import TYPES, Article, Engagement, Refusal
from extract.pipeline import (
    Extraction,
    Records,
    extract_article,
    extract_records,
    extract_records_with_models,
    extract_with_models,
)
from extract.progress import telling
from extract.read import read_inputs
from extract.reliability import count, judge, reliability, write_shares
from extract.run import run
from extract.score import (
    GOLD,
    SETS,
    compare,
    extract_sets,
    read_gold,
    read_lines,
    score,
    summarise,
    write_lines,
    write_table,
)
from extract.store import open_store, read_engagements, read_unmerged
from extract.write import FORMATS, write_package

DONE, SOME_REFUSED, NOTHING_DONE = 0, 1, 2

_PUBLISHED = ("seeds", "dev")  # the halves of dev are for those who write rules

_BINARY_FORMATS = {"xlsx", "parquet"}


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the arguments say and return the exit status; usage errors exit by themselves, with 2."""
    options = _build_parser().parse_args(arguments)
    command: Callable[[argparse.Namespace], int] = options.command
    try:
        status = command(options)
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever reads our output (`head`) has had enough; what is left goes nowhere, without a complaint at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except (RawabitError, OSError) as error:
        _say(f"error: {error}")
        return NOTHING_DONE
    return status


def _build_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m extract", description="Arabic news in, diplomatic engagements out."
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    store = argparse.ArgumentParser(add_help=False)
    store.add_argument("--store", type=Path, default=Path(".data"), metavar="DIR", help="the store (default: .data)")
    models = argparse.ArgumentParser(add_help=False)
    models.add_argument(
        "--camel-models",
        action="store_true",
        help="let CAMeL Tools' models vote on names and clitics; `camel_data` installs their data",
    )

    command = commands.add_parser(
        "run",
        parents=[store, models],
        help="read articles and build the register anew; what is known of them is not read again",
    )
    command.add_argument(
        "inputs",
        nargs="+",
        metavar="INPUT",
        help="a file, folder, glob or address (s3://...), or - for JSON lines from standard input; "
        ".txt .html .jsonl .csv .warc, each also as .gz or .zst, .parquet, and .zip of these",
    )
    command.add_argument("--workers", type=_positive, default=1, metavar="N", help="processes to share the work")
    command.add_argument(
        "--scheduler", metavar="ADDRESS", help="a Dask cluster to share the work, such as tcp://host:8786"
    )
    command.set_defaults(command=_run)

    analyst_commands.add_commands(commands, store)
    command = commands.add_parser("diff", help="list the records gained, lost and changed between two stores")
    command.add_argument("old", type=Path, metavar="A")
    command.add_argument("new", type=Path, metavar="B")
    command.set_defaults(command=_diff)

    command = commands.add_parser("info", parents=[store], help="show the run's own record: rules, counts, time, rate")
    command.set_defaults(command=_info)

    command = commands.add_parser("export", parents=[store], help="write the register's records to a file")
    command.add_argument("--format", required=True, choices=FORMATS)
    command.add_argument("--country", action="append", metavar="C", help="a party's code, such as KWT; may be repeated")
    command.add_argument("--sector", action="append", metavar="S", help="a core sector's code; may be repeated")
    command.add_argument("--type", action="append", choices=TYPES, metavar="T", help="a type; may be repeated")
    command.add_argument("--from", dest="since", type=date.fromisoformat, metavar="D", help="first day, YYYY-MM-DD")
    command.add_argument("--to", dest="until", type=date.fromisoformat, metavar="D", help="last day, YYYY-MM-DD")
    command.add_argument(
        "--unmerged",
        action="store_true",
        help="each article's own records, before reports of one engagement were merged into one",
    )
    command.add_argument(
        "--without-corrections", action="store_true", help="as it was extracted, without what analysts decided"
    )
    command.add_argument("--out", type=Path, metavar="FILE", help="where to write (default: standard output)")
    command.set_defaults(command=_export)

    command = commands.add_parser(
        "show", parents=[models], help="show step by step what is read out of a file's articles"
    )
    command.add_argument("file", metavar="FILE")
    command.set_defaults(command=_show)

    command = commands.add_parser(
        "score", parents=[store], help="measure the extraction against records written by hand"
    )
    command.add_argument("--gold", type=Path, default=GOLD, metavar="DIR", help="the folder of gold records and scorer")
    command.add_argument(
        "--set", action="append", choices=SETS, dest="sets", help="a set; may be repeated (default: all)"
    )
    command.add_argument(
        "--errors", type=int, default=0, metavar="N", help="show up to N disagreements a field and set"
    )
    command.add_argument(
        "--against", type=Path, metavar="OLD", help="list what was gained and lost since an earlier --out"
    )
    command.add_argument("--out", type=Path, metavar="FILE", help="keep the records for a later --against")
    command.add_argument(
        "--calibrate",
        type=Path,
        metavar="FILE",
        help="write the shares of right values by rule; show how reliable they are",
    )
    command.add_argument("--publish", action="store_true", help="write the figures to the dashboard's quality page")
    command.add_argument(
        "--corrections", action="store_true", help="on the records of the store that analysts decided on instead"
    )
    command.set_defaults(command=_score)
    correction_commands.add_commands(commands, store)
    return parser


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError
    return number


def _extractor(options: argparse.Namespace) -> Callable[[Article], Extraction]:
    """What reads an article step by step, by the switch. RawabitError where the models' data is absent."""
    if not options.camel_models:
        return extract_article
    return partial(extract_with_models, data=_camel_data())


def _camel_data() -> CamelData:
    data = find_data()
    _say(f"CAMeL Tools: {data}")
    return data


def _run(options: argparse.Namespace) -> int:
    extract: Callable[[Article], Records] = extract_records
    if options.camel_models:
        extract = partial(extract_records_with_models, data=_camel_data())
    with telling(options.inputs) as tell:
        report = run(
            options.inputs,
            options.store,
            workers=options.workers,
            scheduler=options.scheduler,
            extract=extract,
            on_progress=tell,
            on_refusal=_say_refused,
        )
    if not report.articles:
        _say(f"error: no article could be read; the store {options.store} is as it was")
        return NOTHING_DONE
    counted = {
        "merged into others": report.merged,
        "repeated": report.repeated,
        "with a text read before": report.same_text,
        "known": report.known,
    }
    more = "".join(f", {number} {what}" for what, number in counted.items() if number)
    _say(f"{report.articles} articles, {report.records} records, {report.refused} refused{more}: {options.store}")
    return SOME_REFUSED if report.refused else DONE


def _diff(options: argparse.Namespace) -> int:
    with open_store(options.old) as old, open_store(options.new) as new:
        for line in compare_registers(old, new):
            print(line.replace("\n", " "))
    return DONE


def _info(options: argparse.Namespace) -> int:
    connection, overlay = open_corrected(options.store)
    with connection:
        meta = connection.execute("select key, value from meta order by key").fetchall()
    if decided := CorrectionLog(options.store).version():
        meta += [("corrections", str(decided)), ("conflicts", str(len(overlay.conflicts)))]
    width = max(len(key) for key, _ in meta)
    for key, value in meta:
        print(f"{key:{width}}  {value}")
    return DONE


def _export(options: argparse.Namespace) -> int:
    if options.format in _BINARY_FORMATS and options.out is None and sys.stdout.isatty():
        raise RawabitError(f"{options.format} is not for a terminal: name a file with --out")
    # Each article's own records are the extractor's alone.
    is_raw = options.without_corrections or options.unmerged
    with open_store(options.store) if is_raw else open_corrected(options.store)[0] as connection:
        chosen = _choose(connection, options)
        if options.out is None:
            FORMATS[options.format](chosen, sys.stdout.buffer)
            return DONE
        # Beside its place first, so that nobody opens half of it and a fault leaves the last one.
        part = options.out.with_name(f"{options.out.name}.part")
        try:
            with part.open("wb") as out:
                FORMATS[options.format](chosen, out)
            part.replace(options.out)
        finally:
            part.unlink(missing_ok=True)
    write_package(options.out, options.format)
    return DONE


def _choose(connection: duckdb.DuckDBPyConnection, options: argparse.Namespace) -> Iterator[Engagement]:
    """The records that the options ask for, one after another."""
    countries = _known_codes(connection, "party", options.country)
    sectors = _known_codes(connection, "sector", options.sector)
    found = read_unmerged(connection) if options.unmerged else read_engagements(connection)
    return (
        engagement
        for engagement in found
        if (not countries or countries.intersection(engagement.parties))
        and (not sectors or any(one.is_core and one.code in sectors for one in engagement.sectors))
        and (not options.type or engagement.type in options.type)
        and _is_within(engagement, options.since, options.until)
    )


def _known_codes(connection: duckdb.DuckDBPyConnection, kind: str, codes: Sequence[str] | None) -> set[str]:
    """The codes as the register spells them; an unknown one is an error, since its export would be silently empty."""
    rows = connection.execute("select lower(code), code from label where kind = $kind", {"kind": kind}).fetchall()
    known = dict(rows)
    for code in codes or ():
        if code.lower() not in known:
            raise RawabitError(f"there is no {kind} with the code {code}")
    return {known[code.lower()] for code in codes or ()}


def _is_within(engagement: Engagement, since: date | None, until: date | None) -> bool:
    """Whether some day of the engagement lies in the period; one without a date lies in none."""
    if since is None and until is None:
        return True
    first, last = engagement.date_start, engagement.date_end or engagement.date_start
    if first is None or last is None:
        return False
    return (since is None or last >= since) and (until is None or first <= until)


def _show(options: argparse.Namespace) -> int:
    extract = _extractor(options)
    shown = refused = 0
    for item in read_inputs([options.file]):
        if isinstance(item, Refusal):
            _say_refused(item)
            refused += 1
            continue
        try:
            print(explain(extract(item)))
            shown += 1
        except EvidenceError as error:
            _say(f"refused: {item.article_id}: a record misquotes its article: {error}")
            refused += 1
    if not shown:
        return NOTHING_DONE
    return SOME_REFUSED if refused else DONE


def _score(options: argparse.Namespace) -> int:
    if options.corrections:
        return correction_commands.score_corrections(options.store)
    sets = read_gold(options.gold, options.sets or SETS)
    predicted = extract_sets(sets)
    scored = {gold.name: score(options.gold, gold, predicted, options.errors) for gold in sets}
    print("\n".join(write_table({name: figures for name, (figures, _) in scored.items()})))
    if options.publish:
        write_accuracy(tuple(summarise(name, figures) for name, (figures, _) in scored.items() if name in _PUBLISHED))
    for name, (_, told) in scored.items():
        if told:
            print(f"\n{name}:\n{told}")
    if options.against:
        old = read_lines(options.against)
        halves = [gold for gold in sets if gold.name != "dev"] or list(sets)
        print("\n".join(line for gold in halves for line in compare(options.gold, gold, old, predicted)) or "no change")
    if options.out:
        write_lines(options.out, predicted)
    if options.calibrate:
        _calibrate(options, predicted)
    return DONE


def _calibrate(options: argparse.Namespace, predicted: Sequence[dict[str, object]]) -> None:
    halves = [list(judge(options.gold, half, predicted)) for half in read_gold(options.gold, ("dev A", "dev B"))]
    (dev,) = read_gold(options.gold, ("dev",))
    text = write_shares(count([v for half in halves for v in half]), len(dev.gold), date.today())
    options.calibrate.write_text(text, encoding="utf-8")
    print("\nReliability: each half by the shares of the other")
    print("\n".join(reliability(halves)))


def _say_refused(refusal: Refusal) -> None:
    _say(f"refused: {refusal.path}: {refusal.detail} ({refusal.reason})")


def _say(line: str) -> None:
    print(line.replace("\n", " "), file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
