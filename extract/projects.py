"""Finds named projects: known ones by name, others by how the text names them.

Four ways, with their words in `lexicons/projects.toml`: a known name; a head with a name in quotation marks (the
project "X"); a head after a word of building, with a proper name behind it (building the bridge of King Salman); a line
told by its two ends (a gas line from the north to the south). Precision first: "renewable energy projects" names none,
and a port that the news passes by is a place.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from extract.fold import FoldedText, Token
from extract.lexicon import Hit, keep_longest, words
from extract.sentences import Sentence

_ARTICLE = "\u0627\u0644"  # al-
_WAW = "\u0648"  # and
_NO_SECTOR = "any"  # the table of heads that tell no sector
_PLACE_KINDS = frozenset({"country", "capital", "city", "nisba"})
_COUNTRY_KINDS = frozenset({"country", "nisba"})
_COUNTRY_REACH = 4  # letters between a name and its country: a blank, or "in" between two
_QUOTED = re.compile(r'\s"\s?([^"\n]{3,45}?)\s?"')
_QUOTED_WORDS = 6
_WORD = re.compile(r"\w+")
_TAIL_WORDS = 5  # a king, his father and one adjective


@dataclass(frozen=True, slots=True)
class ProjectMention:
    """A named project at a folded range; sector and country (a party's code) are None where the text does not say.

    `key` is the same for every mention of one project in the article, short or long, with quotation marks or without.
    """

    key: str
    start: int
    end: int
    sector_code: str | None
    country_code: str | None
    rule: str


@dataclass(frozen=True, slots=True)
class _Name:
    start: int
    end: int
    sector: str
    rule: str


@lru_cache(maxsize=16)
def _words(list_name: str) -> frozenset[str]:
    return words("projects", "_words", list_name)


@lru_cache(maxsize=1)
def _route_pattern() -> re.Pattern[str]:
    lists = ("from", "to", "between", "both")
    start, end, between, both = ("|".join(map(re.escape, sorted(_words(n)))) for n in lists)
    first = rf"(?:{start})\s(?:\w+\s){{1,3}}?(?:{end})\s\w+"
    second = rf"(?:{between})\s(?:\w+(?:\s\w+)?\s{_WAW}\w+|(?:{both}))"
    return re.compile(rf"(?:\s\w+){{0,3}}?\s(?:{first}|{second})")


def find_projects(
    folded: FoldedText, hits: Sequence[Hit], tokens: Sequence[Token], sentences: Sequence[Sentence]
) -> tuple[ProjectMention, ...]:
    """Return the named projects of a text in order of place; of two that overlap, the longer."""
    text = folded.text
    names = [
        *_known_names(text, hits),
        *_routes(text, hits, sentences),
        *_quoted_names(text, hits),
        *_built_names(hits, tokens),
    ]
    kept: list[_Name] = []
    for name in sorted(names, key=lambda n: (n.start, -n.end)):
        if not kept or name.start >= kept[-1].end:
            kept.append(name)
        elif name.end - name.start > kept[-1].end - kept[-1].start:
            kept[-1] = name
    countries = sorted((h.word_start, h.value) for h in hits if h.kind in _COUNTRY_KINDS) if kept else []
    mentions = []
    for name, key in zip(kept, _keys([text[n.start : n.end] for n in kept]), strict=True):
        sector = None if name.sector == _NO_SECTOR else name.sector
        country = None if name.rule == "project.route" else _country_of(name, countries)  # a line has two
        mentions.append(ProjectMention(key, name.start, name.end, sector, country, name.rule))
    return tuple(mentions)


def _keys(names: Sequence[str]) -> list[str]:
    """Return one key a name; names of two words or more that hold one another share the first one's."""
    keys: dict[str, frozenset[str]] = {}
    found = []
    for name in names:
        parts = frozenset(_WORD.findall(name))
        same = (k for k, other in keys.items() if len(parts & other) > 1 and (parts <= other or other <= parts))
        key = next(same, " ".join(_WORD.findall(name)))
        keys.setdefault(key, parts)
        found.append(key)
    return found


def _country_of(name: _Name, countries: Sequence[tuple[int, str]]) -> str | None:
    """Return the country that the name holds or that follows it at once: the Ethiopian dam."""
    at = bisect_left(countries, (name.start, ""))
    if at < len(countries) and countries[at][0] <= name.end + _COUNTRY_REACH:
        return countries[at][1]
    return None


def _with_article(text: str, hit: Hit) -> int:
    """Return where the name starts: at its own article, not at the proclitics before it."""
    start = hit.start - len(_ARTICLE)
    return start if start >= hit.word_start and text.startswith(_ARTICLE, start) else hit.start


def _known_names(text: str, hits: Sequence[Hit]) -> Iterator[_Name]:
    for hit in keep_longest(h for h in hits if h.kind == "project_name"):
        yield _Name(_with_article(text, hit), hit.end, hit.value, "project.known")


def _routes(text: str, hits: Sequence[Hit], sentences: Sequence[Sentence]) -> Iterator[_Name]:
    starts = [s.start for s in sentences]
    for hit in keep_longest(h for h in hits if h.kind == "project_route"):
        sentence = sentences[max(bisect_right(starts, hit.start) - 1, 0)]
        match = _route_pattern().match(text, hit.end, max(sentence.end, hit.end))
        if match is not None:
            yield _Name(_with_article(text, hit), match.end(), hit.value, "project.route")


def _quoted_names(text: str, hits: Sequence[Hit]) -> Iterator[_Name]:
    for hit in keep_longest(h for h in hits if h.kind == "project_head"):
        match = _QUOTED.match(text, hit.end)
        if match is not None and len(match.group(1).split()) <= _QUOTED_WORDS:
            yield _Name(hit.start, match.end(), hit.value, "project.quoted")


def _built_names(hits: Sequence[Hit], tokens: Sequence[Token]) -> Iterator[_Name]:
    """Yield names that follow a head which itself follows a word of building."""
    starts = [t.start for t in tokens]
    described = {h.start for h in hits if h.kind == "sector"}
    places = {h.word_start for h in hits if h.kind in _PLACE_KINDS}
    for hit in keep_longest(h for h in hits if h.kind == "project_head" and h.value != _NO_SECTOR):
        before = bisect_left(starts, hit.word_start) - 1
        if before < 0 or tokens[before].text not in _words("builders") or tokens[before].end + 1 != hit.word_start:
            continue
        end = _proper_end(tokens, bisect_left(starts, hit.end), described, places)
        if end is not None:
            yield _Name(hit.start, end, hit.value, "project.built")


def _is_definite(token: Token) -> bool:
    return token.text.startswith(_ARTICLE) and len(token.text) > 4


def _proper_end(tokens: Sequence[Token], at: int, described: set[int], places: set[int]) -> int | None:
    """Return where the proper name ends that opens at a token, or None if the words there only describe a kind."""
    end = None
    for index in range(at, min(at + _TAIL_WORDS, len(tokens))):
        token, last = tokens[index], tokens[index - 1]
        if token.start != last.end + 1 or not token.text.isalpha() or token.text in _words("stops"):
            break
        follows_honour = index > at and (last.text in _words("honours") or last.text in _words("joints"))
        if index == at:
            is_common = token.text in _words("common") or {token.start, token.start + len(_ARTICLE)} & described
            is_bare = not _is_definite(token) and token.start not in places
            if is_common or (is_bare and not _opens_name(tokens, index)):
                return None
        elif not (follows_honour or _is_definite(token) or token.text in _words("joints")):
            break
        end = token.end
    return end


def _opens_name(tokens: Sequence[Token], index: int) -> bool:
    """Say if a bare word is a name by the definite adjective after it: Mubarak the Great."""
    after = tokens[index + 1] if index + 1 < len(tokens) else None
    return after is not None and _is_definite(after) and after.text not in _words("stops")
