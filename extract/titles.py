"""What the titles of one person say together: whose they are, where they stand, and which rank they give."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

from extract.annotate import Annotated
from extract.fold import fold_word
from extract.lexicon import Hit, load, tables, words
from extract.places import PlaceMention

TITLE_KINDS = ("title", "title_of_country", "title_with_nisba", "title_of_body", "title_plural")
# Of several titles of one person the first in this order gives the rank: the codebook puts a crown prince's other posts
# after his own, and foreign minister before deputy prime minister.
RANK_ORDER = (
    "head_of_state", "royal", "head_of_government", "foreign_minister", "deputy_minister", "minister", "legislature",
    "ambassador", "organisation", "military", "official",
)  # fmt: skip
LISTS = (
    "run",
    "stop",
    "host",
    "towards",
    "delegation",
    "state",
    "affairs",
    "body",
    "of_person",
    "institution",
    "adjective",
)  # of `title_words.toml`
AIDES = frozenset({"official", "ambassador", "military"})
NOT_OFFICES = frozenset({"honorific", "military_rank"})
_WA, _BA, _LAM, _AL = "\u0648", "\u0628", "\u0644", "\u0627\u0644"


@dataclass(slots=True)
class TitleGroup:
    """What a title group has said so far; `end` is the folded offset after its last word of meaning."""

    titles: list[Hit] = field(default_factory=list)
    countries: list[PlaceMention] = field(default_factory=list)
    hosts: list[PlaceMention] = field(default_factory=list)
    portfolio_ends: list[int] = field(default_factory=list)
    end: int = 0
    served: Hit | None = None  # the title of the one whom an aide serves, where one stands in the group
    is_served_last: bool = False  # and nothing stands after it: a name that follows may be his

    @property
    def has_office(self) -> bool:
        """Whether a title says more than "sheikh", "general" or "prince"."""
        return any(t.value not in NOT_OFFICES and not is_prince(t) for t in self.titles)

    @property
    def has_aide(self) -> bool:
        """Whether a title is of one who may be sent somewhere by another."""
        return any(t.value in AIDES or t.value == "organisation" for t in self.titles)

    @property
    def is_plural(self) -> bool:
        """Whether a title is of several people."""
        return any(t.kind == "title_plural" for t in self.titles)

    @property
    def is_owned(self) -> bool:
        """Whether a title says whose it is by a possessive: "his foreign minister"."""
        return any(t.phrase.list_name == "owned" for t in self.titles)

    def has(self, value: str) -> bool:
        """Whether a title has this value: a rank, or a kind of courtesy."""
        return any(t.value == value for t in self.titles)


@lru_cache(maxsize=1)
def title_lists() -> dict[str, frozenset[str]]:
    """Return the word lists of `title_words.toml`, folded, by name."""
    return {name: words("title_words", name, "words") for name in LISTS}


@lru_cache(maxsize=1)
def blessings() -> dict[str, list[tuple[str, ...]]]:
    """Return the blessings set beside a name, as tuples of folded words, by the first of these."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for phrase in load("title_words")["blessing"]["phrases"]:
        folded = tuple(fold_word(phrase).split())
        found.setdefault(folded[0], []).append(folded)
    return found


def country_of_title(hit: Hit) -> str | None:
    """Return the country that a title names by its own words, if it does."""
    return _country_of_title().get(fold_word(hit.phrase.text))


@lru_cache(maxsize=1)
def _country_of_title() -> dict[str, str]:
    return {fold_word(k): v for k, v in load("title_words")["country_of_title"].items()}


@lru_cache(maxsize=1)
def organisation_codes() -> frozenset[str]:
    """Return the codes of parties that are no states."""
    return frozenset(tables("organisations"))


def is_prince(title: Hit) -> bool:
    """Whether a title is a prince's, which any office outranks."""
    return title.value == "royal" and title.phrase.list_name == "definite"


def opens_another(title: Hit, before: str, group: TitleGroup) -> bool:
    """A king or a president after an office is another person, as is an office after a comma, save a spokesman's own."""
    if title.value in NOT_OFFICES or title.value in ("royal", "spokesman") or group.has("spokesman"):
        return False
    if title.value == "head_of_state" and group.has("head_of_state"):
        return False  # the Jordanian monarch King Abdullah is one
    return title.phrase.list_name in ("definite", "plural") or before == ","


def is_complement(title: Hit, group: TitleGroup) -> bool:
    """The king of "the king's adviser" is no one who is named here, nor is the minister of "the minister's envoy"."""
    offices = [t for t in group.titles if t.value not in NOT_OFFICES]
    if not offices:
        return False
    if title.value == "head_of_state" and title.phrase.list_name == "definite" and offices[-1].value in AIDES:
        return True
    is_next = title.word_start - group.titles[-1].end <= 1 and group.titles[-1] is offices[-1]
    return is_next and serves(group) and title.value not in (*NOT_OFFICES, "organisation")


def serves(group: TitleGroup) -> bool:
    """Whether the last office of a group is that of an aide, who serves a higher one: "adviser of"."""
    offices = [t for t in group.titles if t.value not in NOT_OFFICES]
    return bool(offices) and offices[-1].value in AIDES and offices[-1].phrase.text.removeprefix(_AL) in _aides()


@lru_cache(maxsize=1)
def _aides() -> frozenset[str]:
    return frozenset(load("title_words")["aide"]["titles"])


def joins(title: Hit, doc: Annotated) -> bool:
    """Whether a title goes on with the one before it: joined by "and", or a courtesy."""
    return doc.text[title.word_start : title.start].startswith(_WA) or title.value in NOT_OFFICES


def is_run_word(token: str) -> bool:
    """Whether a title may run through a word: a portfolio, an institution, a definite adjective."""
    lists = title_lists()
    if token in lists["stop"]:
        return False
    bare = token[1:] if token.startswith(_WA) and len(token) > 3 else token
    return token in lists["run"] or bare in lists["run"] or bare.startswith((_AL, _LAM + _LAM, _BA + _AL))


def title_range(doc: Annotated, group: TitleGroup, name_start: int) -> tuple[int, int] | None:
    """Return where the title stands: before the name, or after it where only a courtesy stands before."""
    offices = [t for t in group.titles if t.value != "honorific"]
    before = [t for t in offices if t.end <= name_start]
    after = [t for t in offices if t.start > name_start]
    has_office = any(t.value not in NOT_OFFICES and not is_prince(t) for t in before)
    told_after = any(p.start > name_start for p in group.countries) and not any(
        p.end <= name_start for p in group.countries
    )
    chosen = before if (has_office and not told_after) or not after else after
    if not chosen:
        return None
    ends = [p.end for p in (*group.countries, *group.hosts)] + [t.end for t in chosen] + group.portfolio_ends
    on_side = [e for e in ends if (e <= name_start) == (chosen is before)]
    return _without_proclitics(doc, chosen[0]), max(on_side)


def _without_proclitics(doc: Annotated, title: Hit) -> int:
    """Return where a title's words begin: its article is part of them, "and" and "with" are not."""
    return title.start - len(_AL) if doc.text[title.word_start : title.start].endswith(_AL) else title.start


def rank_of(group: TitleGroup) -> str | None:
    """Return the rank that the titles of one person give, by `RANK_ORDER`; None for courtesies alone."""
    ranks = {t.value for t in group.titles}
    only_prince = all(is_prince(t) or t.phrase.list_name == "rulers" for t in group.titles if t.value == "royal")
    if only_prince and ranks & (set(RANK_ORDER) - {"royal"}):
        ranks -= {"royal"}  # a prince who holds an office has the office's rank
    for rank in RANK_ORDER:
        if rank in ranks:
            return rank
    return "military" if "military_rank" in ranks else None
