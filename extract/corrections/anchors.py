"""What a correction stands on: the record that it is about, found again after whatever was extracted anew.

A record is found by its id; else by the articles' own records that it was merged from; else by the words that it rests on: of
the records of its articles the one with most of the same evidence, of the same kind and parties.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import duckdb

from extract.corrections.model import Anchor, Correction, CorrectionError
from extract.corrections.values import write_value
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
        self._texts: dict[str, str | None] = {}

    def record(self, engagement_id: str, schema: str = "main") -> Engagement | None:
        """One record, of those that are shown, or, with the schema "unmerged", of those that were merged."""
        key = (schema, engagement_id)
        if key not in self._records:
            found = self._connection and next(read_engagements(self._connection, [engagement_id], schema=schema), None)
            self._records[key] = found or None
        return self._records[key]

    def member(self, engagement_id: str) -> Engagement | None:
        """One article's own record, whether it was merged or not."""
        return self.record(engagement_id, UNMERGED) or self.record(engagement_id)

    def merges(self, engagement_id: str) -> list[Merge]:
        """The members of a merged record."""
        return read_merges(self._connection, engagement_id) if self._connection else []

    def merged_into(self, member_id: str) -> str | None:
        """The record that an article's own one was merged into."""
        return self._one("select engagement_id from merge where member_id = $id", member_id)

    def text(self, article_id: str) -> str | None:
        """The text of an article."""
        if article_id not in self._texts:
            self._texts[article_id] = self._one("select text from article where article_id = $id", article_id)
        return self._texts[article_id]

    def records_of(self, article_ids: Iterable[str]) -> list[Engagement]:
        """All records that any of these articles reports."""
        if not self._connection:
            return []
        rows = self._connection.execute(
            "select distinct engagement_id from source join engagement using (engagement_no)"
            " where source.article_id in (select unnest($ids))",
            {"ids": list(article_ids)},
        ).fetchall()
        return list(read_engagements(self._connection, [name for (name,) in rows])) if rows else []

    def _one(self, sql: str, name: str) -> str | None:
        row = self._connection.execute(sql, {"id": name}).fetchone() if self._connection else None
        return str(row[0]) if row else None

    def check(self, evidence: Sequence[Evidence]) -> None:
        """Raise CorrectionError where evidence is not the words of its article at its place."""
        for one in evidence:
            if not self.holds(one):
                raise CorrectionError(f"the article does not have the words «{one.quote}» at that place")

    def holds(self, evidence: Evidence) -> bool:
        """Whether evidence is the words of its article at its place; also where there is no such article to look at."""
        text = self.text(evidence.article_id)
        return text is None or text[evidence.start : evidence.end] == evidence.quote

    def anchor(self, correction: Correction) -> Anchor | None:
        """What finds the record of a correction again; None for what is about no record of the register."""
        record = self.record(correction.engagement_id) or self.member(correction.engagement_id)
        if isinstance(correction.new, Engagement):
            record = correction.new
        if record is None:
            return None
        digests = ((source.article_id, self.digest(source.article_id)) for source in record.sources)
        base = write_value(correction.field, getattr(record, correction.field)) if correction.field else None
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
        text = self.text(article_id)
        return hashlib.blake2b(text.encode(errors="surrogatepass"), digest_size=12).hexdigest() if text else None

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
        likely = (
            (_likeness(anchor, one), one.engagement_id) for one in self.records_of(name for name, _ in anchor.texts)
        )
        best = max(likely, default=(0.0, ""))
        return best[1] if best[0] > 0 else None


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
