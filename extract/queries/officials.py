"""The officials of all records as small numbers, read once a register as facets are: who, of which party, at what rank.

A person is a canonical name and a party's code (or none). Names stay in the register: a person is known here by its place
in the order of names and codes, and found by the hash that DuckDB gives the two.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from extract.models import RANKS
from extract.queries.facets import Mask, Numbers
from extract.queries.kept import keep_answers
from extract.queries.register import Register

NO_RANK = len(RANKS)
_RANKS = NO_RANK + 1
_HASH = "hash(name_canonical, party_code)"


@dataclass(frozen=True, slots=True)
class Officials:
    """Each person of each record once, by record and from the lowest rank to the highest.

    `owners` are the records' numbers, `persons` places in `parties` and `hashes`, `ranks` places in RANKS. Of each person,
    `parties` has the place of its party in `codes`, or `len(codes)` where none is known.
    """

    owners: Numbers
    persons: Numbers
    ranks: Numbers
    parties: Numbers
    hashes: Numbers
    by_hash: Numbers
    codes: tuple[str, ...]

    def find_persons(self, hashes: Numbers) -> Numbers:
        """The places of the persons of these hashes; those that are of nobody are left out."""
        ordered = self.hashes[self.by_hash]
        at = np.minimum(np.searchsorted(ordered, hashes), max(len(ordered) - 1, 0))
        return self.by_hash[at[ordered[at] == hashes]] if len(ordered) else np.zeros(0, np.int64)

    def are_of(self, codes: Sequence[str]) -> Mask:
        """The persons whose party is one of these."""
        is_wanted = np.array([code in codes for code in (*self.codes, "")])
        return np.asarray(is_wanted[self.parties])

    def highest_ranks(self, is_counted: Mask, records: int) -> Numbers:
        """Of each record the highest rank, as a place in RANKS, among the rows that count; NO_RANK where none does."""
        highest = np.full(records, NO_RANK, dtype=np.uint8)
        # From low to high within a record, and of several values for one place numpy keeps the last.
        highest[self.owners[is_counted]] = self.ranks[is_counted]
        return highest


@keep_answers
def read_officials(register: Register) -> Officials:
    """The officials of a register."""
    with register.connection.cursor() as cursor:
        found = cursor.execute(
            f"select {_HASH} as hash, party_code from (select distinct name_canonical, party_code from official)"
            " order by name_canonical, party_code nulls last"
        ).fetchnumpy()
        rows = cursor.execute(
            f"select engagement_no, {_HASH} as hash, coalesce(list_position($ranks, rank) - 1, {NO_RANK}) as rank"
            " from official",
            {"ranks": list(RANKS)},
        ).fetchnumpy()
    given = [
        "" if code is None or code is np.ma.masked else str(code) for code in np.ma.filled(found["party_code"], "")
    ]
    codes = tuple(sorted(set(given) - {""}))
    places = {code: at for at, code in enumerate(codes)} | {"": len(codes)}
    hashes = np.asarray(found["hash"])
    by_hash = np.argsort(hashes, kind="stable").astype(np.int32)
    numbers, hashed, ranked = (np.asarray(rows[name]) for name in ("engagement_no", "hash", "rank"))
    owners, persons, ranks = _once(numbers, hashed, ranked, hashes, by_hash)
    return Officials(
        owners=owners,
        persons=persons,
        ranks=ranks,
        parties=np.array([places[code] for code in given], dtype=np.uint16),
        hashes=hashes,
        by_hash=by_hash,
        codes=codes,
    )


def _once(
    owners: Numbers, hashed: Numbers, ranks: Numbers, hashes: Numbers, by_hash: Numbers
) -> tuple[Numbers, Numbers, Numbers]:
    """Each person of a record once, at the highest of its ranks there, in the order of `Officials`."""
    if not len(hashes):
        return np.zeros(0, np.int32), np.zeros(0, np.int32), np.zeros(0, np.uint8)
    persons = by_hash[np.searchsorted(hashes[by_hash], hashed)]
    # One number a row, which sorts by record, person and rank: numpy sorts numbers much faster than rows.
    rows = (owners.astype(np.int64) * len(hashes) + persons) * _RANKS + ranks
    rows.sort()
    is_new = np.ones(len(rows), dtype=bool)
    is_new[1:] = rows[1:] // _RANKS != rows[:-1] // _RANKS
    pairs, ranks = np.divmod(rows[is_new], _RANKS)
    owners, persons = np.divmod(pairs, len(hashes))
    order = np.argsort(owners * _RANKS + (NO_RANK - ranks), kind="stable")
    return owners[order].astype(np.int32), persons[order].astype(np.int32), ranks[order].astype(np.uint8)


def hash_person(register: Register, name: str, codes: Sequence[str | None]) -> Numbers:
    """The hashes of a name with each of these parties."""
    sql = "select hash($name, code) as hash from (select unnest($codes::varchar[]) as code)"
    return np.asarray(register.ask(sql, {"name": name, "codes": list(codes)})["hash"].to_numpy())
