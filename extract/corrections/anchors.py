"""What a correction stands on: the record that it is about, found again after whatever was extracted anew.

A record is found by its id; else by the articles' own records that it was merged from; else by the words that it rests on: of
the records of its articles the one with most of the same evidence, of the same kind and parties.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from copy import copy
from pathlib import Path
from typing import Any

import duckdb

from extract.corrections.model import Anchor, Correction, CorrectionError
from extract.corrections.values import write_statements, write_value
from extract.errors import StoreError
from extract.models import Engagement, Evidence, Merge
from extract.store import UNMERGED, open_store, read_engagements, read_merges

# Of its evidence, the least share that another record has to rest on to be the same, and that of its parties.
_LEAST_EVIDENCE = 0.3
_LEAST_PARTIES = 0.5


class Ground:
    """The extractor's own records and articles, as the register has them; each is read once."""

    def __init__(self, connection: duckdb.DuckDBPyConnection | None) -> None:
        """None stands for no register: nothing is found."""
        self._connection = connection
        self._records: dict[tuple[str, str], Engagement | None] = {}
        self._merges: dict[str, list[Merge]] = {}
        self._merged_into: dict[str, str | None] = {}
        self._texts: dict[str, str | None] = {}
        self._digests: dict[str, str | None] = {}
        self._words: dict[str, tuple[Engagement, frozenset[str]]] = {}

    def moved(self, connection: duckdb.DuckDBPyConnection | None) -> Ground:
        """What is known, on another connection to the same register; on none it is kept alone, and reads nothing more."""
        ground = copy(self)
        ground._connection = connection
        return ground

    def words(self, record: Engagement, find: Callable[[Engagement], frozenset[str]]) -> frozenset[str]:
        """The words that `find` gives of a record; found once for as long as the record stays as it is."""
        known = self._words.get(record.engagement_id)
        if known is None or known[0] != record:
            known = self._words[record.engagement_id] = (record, find(record))
        return known[1]

    def prepare(self, corrections: Sequence[Correction]) -> None:
        """Read what corrections are about all at once: one after another, a hundred took 26 s of 100,000 records."""
        names = {name for one in corrections for name in (*one.records, *(one.anchor.members if one.anchor else ()))}
        self._read_merges(names)
        merges = [merge for merges in self._merges.values() for merge in merges]
        self._read_records(names | set(filter(None, self._merged_into.values())), "main")
        self._read_records(names | {merge.member_id for merge in merges}, UNMERGED)
        articles = {source.article_id for record in self._records.values() if record for source in record.sources}
        for one in corrections:
            articles |= {evidence.article_id for evidence in one.evidence}
            articles |= {article_id for article_id, _ in one.anchor.texts} if one.anchor else set()
        self._read_texts(articles)

    def _ask(self, sql: str, ids: Iterable[str]) -> list[tuple[Any, ...]]:
        wanted = list(ids)
        return list(self._connection.execute(sql, {"ids": wanted}).fetchall()) if self._connection and wanted else []

    def _read_records(self, names: Iterable[str], schema: str) -> None:
        wanted = [name for name in names if (schema, name) not in self._records]
        self._records |= {(schema, name): None for name in wanted}
        if self._connection and wanted:
            for record in read_engagements(self._connection, wanted, schema=schema):
                self._records[schema, record.engagement_id] = record

    def _read_merges(self, names: Iterable[str]) -> None:
        wanted = [name for name in names if name not in self._merged_into or name not in self._merges]
        into = dict.fromkeys(wanted, "") | dict(
            self._ask("select member_id, engagement_id from merge where member_id in (select unnest($ids))", wanted)
        )
        self._merged_into |= {name: found or None for name, found in into.items()}
        groups = [name for name in {*wanted, *filter(None, into.values())} if name not in self._merges]
        self._merges |= {name: [] for name in groups}
        for merge in read_merges(self._connection, *groups) if self._connection and groups else ():
            self._merges[merge.engagement_id].append(merge)

    def _read_texts(self, articles: Iterable[str]) -> None:
        wanted = [name for name in articles if name not in self._texts]
        self._texts |= dict.fromkeys(wanted)
        sql = "select article_id, text from article where article_id in (select unnest($ids))"
        self._texts |= dict(self._ask(sql, wanted))

    def record(self, engagement_id: str, schema: str = "main") -> Engagement | None:
        """One record, of those that are shown, or, with the schema "unmerged", of those that were merged."""
        self._read_records([engagement_id], schema)
        return self._records[schema, engagement_id]

    def member(self, engagement_id: str) -> Engagement | None:
        """One article's own record, whether it was merged or not."""
        return self.record(engagement_id, UNMERGED) or self.record(engagement_id)

    def merges(self, engagement_id: str) -> list[Merge]:
        """The members of a merged record."""
        self._read_merges([engagement_id])
        return self._merges[engagement_id]

    def merged_into(self, member_id: str) -> str | None:
        """The record that an article's own one was merged into."""
        self._read_merges([member_id])
        return self._merged_into[member_id]

    def text(self, article_id: str) -> str | None:
        """The text of an article."""
        self._read_texts([article_id])
        return self._texts[article_id]

    def find_reporting(self, article_ids: Iterable[str]) -> dict[str, list[str]]:
        """The ids of the records that each article reports, read all at once."""
        sql = (
            "select source.article_id, engagement_id from source join engagement using (engagement_no)"
            " where source.article_id in (select unnest($ids)) order by all"
        )
        found: dict[str, list[str]] = {}
        for article_id, name in self._ask(sql, article_ids):
            found.setdefault(article_id, []).append(name)
        self._read_records({name for names in found.values() for name in names}, "main")
        return found

    def records_of(self, article_ids: Iterable[str]) -> list[Engagement]:
        """All records that any of these articles reports."""
        sql = (
            "select distinct engagement_id from source join engagement using (engagement_no)"
            " where source.article_id in (select unnest($ids)) order by engagement_id"
        )
        names = [name for (name,) in self._ask(sql, article_ids)]
        self._read_records(names, "main")
        return [record for name in names if (record := self._records["main", name])]

    def check(self, evidence: Sequence[Evidence]) -> None:
        """Raise CorrectionError where evidence is not the words of its article at its place."""
        for one in evidence:
            if not self.holds(one):
                raise CorrectionError(f"the article does not have the words «{one.quote}» at that place")

    def holds(self, evidence: Evidence) -> bool:
        """Whether evidence is the words of its article at its place; without a register nobody can say no."""
        text = self.text(evidence.article_id)
        if text is None:
            return self._connection is None
        return text[evidence.start : evidence.end] == evidence.quote

    def anchor(self, correction: Correction) -> Anchor | None:
        """What finds the record of a correction again; None for what is about no record of the register."""
        record = self.record(correction.engagement_id) or self.member(correction.engagement_id)
        if isinstance(correction.new, Engagement):
            record = correction.new
        if record is None:
            return None
        digests = ((source.article_id, self.digest(source.article_id)) for source in record.sources)
        base: Any = None
        if correction.field:
            base = write_value(correction.field, getattr(record, correction.field))
            if correction.article_id:
                base = [row for row in base if row[0] == correction.article_id]
        elif correction.action == "confirm":
            base = write_statements(record)
        return Anchor(
            texts=tuple((name, digest) for name, digest in digests if digest),
            type=record.type,
            parties=record.parties,
            spans=tuple(dict.fromkeys((one.article_id, one.start, one.end) for one in record.evidence)),
            members=tuple(merge.member_id for merge in self.merges(record.engagement_id)),
            base=base,
        )

    def digest(self, article_id: str) -> str | None:
        """What tells one text of an article from another."""
        if article_id not in self._digests:
            text = self.text(article_id)
            self._digests[article_id] = None if text is None else _digest(text)
        return self._digests[article_id]

    def find(self, correction: Correction) -> str | None:
        """The id of the present record that a correction is about."""
        if self.record(correction.engagement_id):
            return correction.engagement_id
        anchor = correction.anchor
        if anchor is None:
            return None
        for member in (correction.engagement_id, *anchor.members):
            if self.record(member):
                return member
            if (merged := self.merged_into(member)) and self.record(merged):
                return merged
        alike = [
            (_likeness(anchor, one), one.engagement_id) for one in self.records_of(name for name, _ in anchor.texts)
        ]
        best = max((share for share, _ in alike), default=0.0)
        found = [name for share, name in alike if share == best > 0]
        return found[0] if len(found) == 1 else None  # of two that are as like, neither: a person has to say


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode(errors="surrogatepass"), digest_size=12).hexdigest()


def _likeness(anchor: Anchor, record: Engagement) -> float:
    """How much of a record's evidence is that of the anchor; 0 where it is another record."""
    spans = {(one.article_id, one.start, one.end) for one in record.evidence}
    known = set(anchor.spans)
    shared = len(spans & known) / max(1, min(len(spans), len(known)))
    parties = len(set(anchor.parties) & set(record.parties)) / max(1, len(set(anchor.parties) | set(record.parties)))
    if parties < _LEAST_PARTIES or (shared < _LEAST_EVIDENCE and record.type != anchor.type):
        return 0.0
    return shared + parties + (record.type == anchor.type)


@contextmanager
def open_ground(store_dir: Path) -> Iterator[Ground]:
    """The ground of a store; one without a register has nothing on it."""
    try:
        connection = open_store(store_dir)
    except StoreError:
        yield Ground(None)
        return
    with connection:
        yield Ground(connection)
