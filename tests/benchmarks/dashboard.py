"""How fast the dashboard answers on five, 100,000 and 1,000,000 records, and how much memory it takes.

The records are those of the corpus repeated under new ids, their dates shuffled over twenty
years. A real `streamlit run` is asked by one reader over its own protocol; `analysts.py` measures many.
"""

from __future__ import annotations

import asyncio
import os
import statistics
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
from numpy.typing import NDArray

from extract.run import run
from extract.store import REGISTER_FILE
from extract.word_index import unpack, write_words
from tests.viewer import Server, Viewer

ROOT = Path(__file__).resolve().parents[2]
SIZES = (5, 100_000, 1_000_000)
PAGES = ("overview", "map", "sectors", "timeline", "countries", "people", "records", "quality")
# Looked for one after the other, each for the first time: short and long, frequent and rare, two words, none.
TEXTS = ("ميناء", "اتفاقية", "ميناء مبارك", "بن سلمان", "qqqq")
FILTERS = (
    {}, {"type": "visit"}, {"country": "KWT"}, {"status": "planned"}, {"since": "2015-01-01"}, {"sector": "trade"},
    {"role": "main"}, {"country": "CHN"}, {"type": "meeting", "since": "2012-01-01"}, {"rank": "minister"},
    {"confidence": "80"}, {"undated": "0"}, {"country": "KWT", "type": "meeting"},
)  # fmt: skip
_LISTS = ("party", "sector", "official", "project", "amount", "outcome", "source")


def repeat_register(source: Path, target: Path, records: int) -> None:
    """Write a register of `records` records to the folder `target`: those of `source`, under new ids and on new days."""
    target.mkdir(parents=True, exist_ok=True)
    with duckdb.connect(target / REGISTER_FILE, config={"threads": 2}) as made:
        made.execute((ROOT / "extract" / "schema.sql").read_text(encoding="utf-8"))
        made.execute(f"attach '{source / REGISTER_FILE}' as old (read_only)")
        for table in ("meta", "label", "refusal", "article", "run"):
            made.execute(f"insert into {table} from old.{table}")
        made.execute("select setseed(0.5)")
        # The days are drawn first, so that numbers can follow them, as in any register.
        made.execute(
            f"""
            create temp table plan as
            select (row_number() over (order by shift is null, shift, copy, engagement_no) - 1)::integer as number,
                   engagement_no as old_no, copy, shift
            from (select e.engagement_no, copy,
                         case when date_start is null then null else (random() * 7300)::integer end as shift
                  from range({records}) as copies(copy) join old.engagement e
                  on e.engagement_no = copy % (select count(*) from old.engagement)) as drawn
            """
        )
        day = "date '2005-01-01' + plan.shift"
        made.execute(
            f"""
            insert into engagement
            select number, e.engagement_id || '-' || copy, role, type, status, {day},
                   {day} + coalesce(date_end - date_start, 0)::integer, date_precision, date_basis, date_words,
                   venue_country, venue_city, venue_city_en, summary, summary_en, confidence, article_id
            from plan join old.engagement e on e.engagement_no = old_no order by number
            """
        )
        for table in _LISTS:
            columns = ", ".join(
                row[0] for row in made.execute(f"describe {table}").fetchall() if row[0] != "engagement_no"
            )
            made.execute(
                f"insert into {table} select number, {columns} from plan join old.{table} t"
                " on t.engagement_no = old_no order by number, position"
            )
        made.execute(
            "insert into history select number, first_seen, changed_at from plan join old.history on engagement_no = old_no"
            " order by number"
        )
        plan = made.execute("select number, old_no from plan order by old_no").fetchnumpy()
        write_words(made, _repeat_words(made, np.asarray(plan["number"]), np.asarray(plan["old_no"])))
        made.execute("checkpoint")


def _repeat_words(
    made: duckdb.DuckDBPyConnection, numbers: NDArray[np.int32], old: NDArray[np.int32]
) -> Iterator[tuple[str, NDArray[np.int32]]]:
    """Each word with the numbers of all copies of its records; `numbers` are those of `old`, which rise."""
    starts = np.searchsorted(old, np.arange(int(old.max(initial=-1)) + 2))
    rows = made.execute("select word, first, width, gaps from old.word order by word").fetchall()
    for word, *packed in rows:
        records = np.sort(np.concatenate(list(unpack([tuple(packed)]))))
        copies = [numbers[starts[one] : starts[one + 1]] for one in records.tolist() if one < len(starts) - 1]
        if any(map(len, copies)):
            yield word, np.concatenate(copies)


def _measure_store(store: Path) -> dict[str, Any]:
    """The figures of one register: first page, a filter change on each page, a search, memory.

    Of each page the median time until the answer is there, and after it the mean of the server's processor time.
    """
    server = Server(store)
    try:
        figures = asyncio.run(_look(server, store))
        return figures | {"memory_mb": server.memory(), "load": round(os.getloadavg()[0], 1)}
    finally:
        server.stop()


async def _look(server: Server, store: Path) -> dict[str, Any]:
    async with Viewer(server) as viewer:
        figures: dict[str, Any] = {"first_page_ms": round(await viewer.show("overview", {}))}
        for name, page, parameters in [(page, page, {}) for page in PAGES] + _views_of_one(store):
            await viewer.show(page, parameters)
            figures |= await _ask_each(server, viewer, name, page, [one | parameters for one in FILTERS])
        return figures | await _ask_each(server, viewer, "text", "records", [{"text": text} for text in TEXTS])


def _views_of_one(store: Path) -> list[tuple[str, str, dict[str, str]]]:
    """The view of one record and that of the person who is named most often."""
    with duckdb.connect(store / REGISTER_FILE, read_only=True) as register:
        (record,) = register.execute("select engagement_id from engagement order by engagement_no").fetchone() or ("",)
        sql = "select name_canonical, party_code from official group by all order by count(*) desc, name_canonical limit 1"
        name, country = register.execute(sql).fetchone() or ("", None)
    person = {"person": name} | ({"person_country": country} if country else {})
    return [("record", "records", {"record": record}), ("person", "people", person)]


async def _ask_each(
    server: Server, viewer: Viewer, name: str, page: str, asked: Sequence[Mapping[str, str]]
) -> dict[str, float]:
    before = server.work()
    times = [await viewer.show(page, one) for one in asked]
    worked = (server.work() - before) / len(asked)
    return {f"{name}_ms": round(statistics.median(times)), f"{name}_cpu_ms": round(worked)}


def measure(corpus: Path, work: Path, sizes: tuple[int, ...] = SIZES) -> dict[str, Any]:
    """Figures by number of records: those of the corpus, repeated."""
    source = work / "source"
    run([str(corpus)], source, workers=2)
    found = {}
    for size in sizes:
        store = work / str(size)
        repeat_register(source, store, size)
        found[f"{size}"] = _measure_store(store) | {"register_mb": (store / REGISTER_FILE).stat().st_size // 2**20}
    return found
