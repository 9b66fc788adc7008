"""Adding articles to a register that stays as it is otherwise, and looking at what one would give before that."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

from extract.models import Article, Refusal
from extract.pipeline import Records, extract_records
from extract.run.added import FOLDER, read_added, write_added
from extract.run.rules import Knowing
from extract.run.runs import Progress, extend
from extract.run.workers import Extract
from extract.store import REGISTER_FILE, open_store
from extract.user_lexicon import read_persons

_RECORDS = """
select distinct engagement_id from source join engagement using (engagement_no)
where source.article_id in (select unnest($ids)) order by 1
"""


@dataclass(frozen=True, slots=True)
class AddReport:
    """What came of an addition: ids of the records that rest on its articles, and articles that were not new.

    `repeated` articles were in the register as they are; of `same_text` the text was, under another id.
    """

    articles: int
    records: tuple[str, ...]
    repeated: int
    same_text: int
    refusals: tuple[Refusal, ...]


def preview(article: Article, store_dir: Path | None = None) -> Records:
    """What one article would give to the register of a store, whose own lexicon is used; nothing is written.

    Raises EvidenceError where a record would misquote the article, LexiconError where the store's lexicon is wrong.
    """
    found: Records = Knowing(extract_records, read_persons(store_dir) if store_dir else ())(article)
    return found


def add_articles(
    store_dir: Path,
    articles: Iterable[Article],
    *,
    workers: int = 1,
    extract: Extract = extract_records,
    on_progress: Callable[[Progress], None] | None = None,
) -> AddReport:
    """Put articles into the register of a store beside what it has, and keep them for every later run of the store.

    `on_progress` is told of the register's own articles as well. Whatever ends it before the new register is in its
    place leaves the store as it was; a kill that lets nothing run leaves the addition to the next run.
    Raises StoreError where the store cannot be written.
    """
    path, is_new = write_added(store_dir, articles)
    ids = [item.article_id for _, item in read_added(path) if isinstance(item, Article)]
    try:
        report = extend(store_dir, read_added(path), workers=workers, extract=extract, on_progress=on_progress)
    except BaseException:
        if is_new and not _has_any(store_dir, ids):
            path.unlink(missing_ok=True)
        raise
    own = tuple(one for one in report.refusals if one.path.startswith(f"{FOLDER}/{path.name}#"))
    return AddReport(len(ids), _records_of(store_dir, ids), report.repeated, report.same_text, own)


def _has_any(store_dir: Path, ids: Collection[str]) -> bool:
    if not (store_dir / REGISTER_FILE).exists():
        return False
    with open_store(store_dir) as connection:
        sql = "select count(*) from article where article_id in (select unnest($ids))"
        return connection.execute(sql, {"ids": list(ids)}).fetchone() != (0,)


def _records_of(store_dir: Path, ids: Collection[str]) -> tuple[str, ...]:
    with open_store(store_dir) as connection:
        return tuple(row[0] for row in connection.execute(_RECORDS, {"ids": list(ids)}).fetchall())
