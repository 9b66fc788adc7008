"""What a run has seen: ids and texts read before, articles that finished parts know, and which the register draws on.

All of it lies in one scratch database on disk, by digests of sixteen bytes, so that memory stays flat whatever the input.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from extract.models import Article, Refusal
from extract.read import Located
from extract.run.parts import KEY_BYTES, Known, find_parts, key_of, read_known

SCRATCH_FILE = "run.scratch.sqlite"
_SCHEMA = """
pragma journal_mode = off; pragma synchronous = off; pragma cache_size = -32768; pragma temp_store = file;
create table seen (id blob primary key, text blob not null) without rowid;
create table text (digest blob primary key) without rowid;
create table part (number integer primary key, path text not null unique);
create table known (key blob primary key, part integer not null, reason text, detail text, count integer) without rowid;
create table refusal (number integer, path text, reason text, detail text);
create table wanted (part integer not null, key blob not null, primary key (part, key)) without rowid;
"""


@dataclass(frozen=True, slots=True)
class Taken:
    """An article for the register, the `number`th thing read; `known` is what a part says of it, None where it is new."""

    number: int
    path: str
    article: Article
    key: bytes
    known: Known | None


class Intake:
    """Sorts what was read into new articles, known ones, and what is only counted or refused."""

    def __init__(self, store_dir: Path, rules: str) -> None:
        self.refused = 0
        self.counts: Counter[str] = Counter()
        self._path = store_dir / SCRATCH_FILE
        self._path.unlink(missing_ok=True)
        self._scratch = sqlite3.connect(self._path, isolation_level=None)
        self._scratch.executescript(_SCHEMA)
        for path in find_parts(store_dir, rules):
            number = self._number_of(path)
            rows = [(one.key, number, one.reason, one.detail, one.count) for one in read_known(path)]
            self._scratch.execute("begin")
            self._scratch.executemany("insert or ignore into known values (?, ?, ?, ?, ?)", rows)
            self._scratch.execute("commit")

    def close(self) -> None:
        """Let go of the scratch database and remove it."""
        self._scratch.close()
        self._path.unlink(missing_ok=True)

    def articles(self, found: Iterable[Located]) -> Iterator[Taken]:
        """The articles to be in the register, each id and each text once, in the order in which they were read."""
        for path, item in found:
            self.counts["read"] += 1
            if isinstance(item, Refusal):
                self.refuse(item)
            elif self._is_new(item, path):
                key = key_of(item)
                yield Taken(self.counts["read"], path, item, key, self._known(key))

    def refuse(self, refusal: Refusal, number: int | None = None) -> None:
        """Note a refusal of the `number`th thing read (None: of the last)."""
        self.refused += 1
        number = self.counts["read"] if number is None else number
        texts = (text.encode(errors="surrogatepass") for text in (refusal.path, refusal.reason, refusal.detail))
        self._scratch.execute("insert into refusal values (?, ?, ?, ?)", (number, *texts))

    def refusals(self) -> Iterator[Refusal]:
        """The refusals, in the order in which their inputs were read, whoever was done first."""
        rows = self._scratch.execute("select path, reason, detail from refusal order by number, rowid")
        return (Refusal(*(text.decode(errors="surrogatepass") for text in row)) for row in rows)

    def refused_by_reason(self) -> dict[str, int]:
        """How many refusals there are of each reason."""
        rows = self._scratch.execute("select reason, count(*) from refusal group by reason order by reason")
        return {reason.decode(): count for reason, count in rows}

    def want(self, path: Path | None, keys: Iterable[bytes]) -> None:
        """Note that the register draws on these articles of a part; None: of the parts that they are known from."""
        if path is None:
            sql = "insert or ignore into wanted select part, key from known where key = ?"
            self._scratch.executemany(sql, [(key,) for key in keys])
        else:
            number = self._number_of(path)
            self._scratch.executemany("insert or ignore into wanted values (?, ?)", [(number, key) for key in keys])

    def wanted(self) -> Iterator[tuple[Path, frozenset[bytes]]]:
        """Each part that the register draws on, with the keys of the articles that it takes from it."""
        parts = self._scratch.execute("select number, path from part order by path").fetchall()
        for number, path in parts:
            keys = frozenset(
                key for (key,) in self._scratch.execute("select key from wanted where part = ?", (number,))
            )
            if keys:
                yield Path(path), keys

    def _number_of(self, path: Path) -> int:
        self._scratch.execute("insert or ignore into part (path) values (?)", (str(path),))
        found: tuple[int] = self._scratch.execute("select number from part where path = ?", (str(path),)).fetchone()
        return found[0]

    def _known(self, key: bytes) -> Known | None:
        row = self._scratch.execute("select key, reason, detail, count from known where key = ?", (key,)).fetchone()
        return Known(*row) if row else None

    def _is_new(self, article: Article, path: str) -> bool:
        """Whether neither the id nor the text was read before; counts or refuses the article where one was."""
        name, text = _digest(article.article_id), _digest(article.text)
        if self._scratch.execute("insert or ignore into seen values (?, ?)", (name, text)).rowcount:
            if self._scratch.execute("insert or ignore into text values (?)", (text,)).rowcount:
                return True
            self.counts["same_text"] += 1
            return False
        (known,) = self._scratch.execute("select text from seen where id = ?", (name,)).fetchone()
        if known == text:
            self.counts["repeated"] += 1
        else:
            detail = f"another article with the id {article.article_id} and a different text was read before"
            self.refuse(Refusal(path, "duplicate_id", detail))
        return False


def _digest(text: str) -> bytes:
    return hashlib.blake2b(text.encode(errors="surrogatepass"), digest_size=KEY_BYTES).digest()
