"""The commands by which analysts add to a store: `python -m extract add` and `python -m extract lexicon`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from extract.lexicon import tables
from extract.models import RANKS, Article, Refusal
from extract.read import read_inputs
from extract.run import add_articles
from extract.user_lexicon import UserPerson, add_person, read_persons, remove_person

DONE, SOME_REFUSED, NOTHING_DONE = 0, 1, 2


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser], store: argparse.ArgumentParser) -> None:
    """Add the commands to the parser of all."""
    command = commands.add_parser(
        "add",
        parents=[store],
        help="add articles to the register beside what it has; later runs of the store keep them",
    )
    command.add_argument("inputs", nargs="+", metavar="INPUT", help="as for run")
    command.add_argument("--workers", type=_positive, default=1, metavar="N", help="processes to share the work")
    command.set_defaults(command=_add)

    command = commands.add_parser("lexicon", help="list, add or remove the people that a store's own lexicon knows")
    actions = command.add_subparsers(required=True, metavar="ACTION")
    action = actions.add_parser("list", parents=[store], help="list them")
    action.set_defaults(command=_list)
    action = actions.add_parser("add", parents=[store], help="add one, known from the next run on")
    action.add_argument("name", metavar="NAME", help="the name in Arabic, as records are to have it")
    action.add_argument("--country", choices=_parties(), metavar="C", help="a party's code, such as KWT")
    action.add_argument("--rank", choices=RANKS, metavar="R", help=f"one of {', '.join(RANKS)}")
    action.add_argument("--latin", metavar="NAME", help="the name in Latin letters")
    action.add_argument(
        "--also", action="append", default=[], metavar="NAME", help="how else papers write it; may be repeated"
    )
    action.set_defaults(command=_add_person)
    action = actions.add_parser("remove", parents=[store], help="remove one")
    action.add_argument("name", metavar="NAME")
    action.set_defaults(command=_remove)


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError
    return number


def _parties() -> tuple[str, ...]:
    return (*tables("countries"), *tables("organisations"))


def _add(options: argparse.Namespace) -> int:
    refused: list[Refusal] = []
    report = add_articles(options.store, _read(options.inputs, refused.append), workers=options.workers)
    for one in report.refusals:
        _say(f"refused: {one.path}: {one.detail} ({one.reason})")
    if not report.articles:
        _say(f"error: no article could be read; the store {options.store} is as it was")
        return NOTHING_DONE
    known = report.repeated + report.same_text
    more = f", {known} of them there before" if known else ""
    _say(f"{report.articles} articles{more}, {len(report.records)} records rest on them: {options.store}")
    return SOME_REFUSED if refused or report.refusals else DONE


def _read(inputs: list[str], refuse: Callable[[Refusal], None]) -> Iterator[Article]:
    for item in read_inputs(inputs):
        if isinstance(item, Refusal):
            refuse(item)
            _say(f"refused: {item.path}: {item.detail} ({item.reason})")
        else:
            yield item


def _list(options: argparse.Namespace) -> int:
    for one in read_persons(options.store):
        parts = (one.name, one.country, one.rank, one.latin, *one.also)
        print("\t".join(part or "-" for part in parts))
    return DONE


def _add_person(options: argparse.Namespace) -> int:
    person = UserPerson(options.name, options.country, options.rank, options.latin, tuple(options.also))
    kept = add_person(options.store, person)
    _say(f"{kept.name} is known from the next run of {Path(options.store)} on")
    return DONE


def _remove(options: argparse.Namespace) -> int:
    if remove_person(options.store, options.name):
        _say(f"{options.name} is removed, from the next run on")
        return DONE
    _say(f"error: the lexicon of {options.store} has nobody of the name {options.name}")
    return NOTHING_DONE


def _say(line: str) -> None:
    print(line.replace("\n", " "), file=sys.stderr)
