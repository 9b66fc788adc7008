"""What an article is compared by, when reports of one engagement are looked for: made by the worker that reads it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING
from zlib import crc32

import numpy as np

from extract.models import Article
from extract.search import fold_for_search

if TYPE_CHECKING:
    from datasketch import MinHash

# The head of an article is what outlets tell alike; further down each adds background of its own.
_HEAD_CHARACTERS = 600
_WORDS_KEPT = 60
_SHORTEST_WORD = 3
_PREFIXES = re.compile(r"^[\u0648\u0641]?(?:[\u0628\u0643]?\u0627\u0644|\u0644\u0644)(?=\w{3})")

PERMUTATIONS = 64
_SHINGLE_WORDS = 3
_SHINGLES_READ = 2_000


@dataclass(frozen=True, slots=True)
class Imprint:
    """`words` are hashes of those in the headline and the head of the article, four bytes each; `signature` is its MinHash."""

    published: date | None
    words: bytes
    signature: bytes


def take_imprint(article: Article) -> Imprint:
    """What one article is compared by."""
    words = _words_of(f"{article.title} {article.text[:_HEAD_CHARACTERS]}")
    return Imprint(article.published, words, _sign(article.text))


def _words_of(text: str) -> bytes:
    """The first words of a text, each once, folded and without the article."""
    found = (_PREFIXES.sub("", word) for word in fold_for_search(text).split())
    seen = dict.fromkeys(word for word in found if len(word) >= _SHORTEST_WORD)
    return np.array([crc32(word.encode()) for word in islice(seen, _WORDS_KEPT)], dtype=np.uint32).tobytes()


@lru_cache(maxsize=1)
def _hasher() -> MinHash:
    # Imported where articles are read: it brings SciPy, 38 MB that a server of pages would hold for nothing.
    from datasketch import MinHash  # noqa: PLC0415

    return MinHash(num_perm=PERMUTATIONS, seed=1)


def _sign(text: str) -> bytes:
    """The MinHash of a text's runs of three words."""
    signature = _hasher().copy()
    words = fold_for_search(text).split()[:_SHINGLES_READ]
    runs = (" ".join(words[at : at + _SHINGLE_WORDS]) for at in range(max(1, len(words) - _SHINGLE_WORDS + 1)))
    signature.update_batch(sorted({run.encode() for run in runs}))
    return bytes(signature.hashvalues.astype(np.uint32).tobytes())
