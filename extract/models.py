"""The records that the stages hand to each other: frozen, typed, with no behaviour but their own checks.

Offsets are half-open code-point positions in `Article.text` as stored. Codes are those of the codebook; a field that
cannot be known is None and has a `Blank` that says why.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

ROLES: tuple[str, ...] = ("main", "background")
STATUSES: tuple[str, ...] = ("held", "planned", "cancelled")
PRECISIONS: tuple[str, ...] = ("day", "month", "year", "unknown")
BASES: tuple[str, ...] = ("explicit", "relative", "inferred", "none")
TYPES: tuple[str, ...] = (
    "meeting", "call", "visit", "consultations", "joint_committee", "summit",
    "agreement", "message", "credentials", "aid", "cooperation",
)  # fmt: skip
RANKS: tuple[str, ...] = (
    "head_of_state", "head_of_government", "royal", "foreign_minister", "minister", "deputy_minister",
    "ambassador", "legislature", "military", "organisation", "official",
)  # fmt: skip
OUTCOME_TYPES: tuple[str, ...] = ("agreement", "commitment", "next_meeting", "announcement")


@dataclass(frozen=True, slots=True)
class Article:
    """One news article. `text` is what was read, unchanged; `published` is the feed's own stamp, not yet trusted.

    `published_at_night`: the stamp has an hour of the night and no time zone, as a collector's own clock sets it.
    """

    article_id: str
    text: str
    title: str = ""
    published: date | None = None
    url: str | None = None
    outlet: str | None = None
    published_at_night: bool = False


@dataclass(frozen=True, slots=True)
class Refusal:
    """An input that was not taken in: its path (or path#line), a short reason code, and a sentence for a person."""

    path: str
    reason: str
    detail: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """The words of an article that one value of one field rests on.

    `field` is a field of `Engagement`; `value` says which item of it (a party's code, an official's name, a sector's
    code), or is the value itself. `rule` is the id of the rule that read it.
    """

    field: str
    value: str
    article_id: str
    start: int
    end: int
    quote: str
    rule: str


@dataclass(frozen=True, slots=True)
class Blank:
    """A field that stays empty, and the short code of the reason."""

    field: str
    reason: str


@dataclass(frozen=True, slots=True)
class Official:
    """A person who took part. `name` is as first written in full, without titles; `country` is a party code or None."""

    name: str
    name_canonical: str
    name_latin: str
    title: str | None
    rank: str
    country: str | None
    institution: str | None


@dataclass(frozen=True, slots=True)
class Sector:
    """A subject of cooperation; `is_core` is False where it is only the writer's background."""

    code: str
    is_core: bool


@dataclass(frozen=True, slots=True)
class Project:
    """A named project, with the sector and country it belongs to where the text says."""

    name: str
    sector_code: str | None
    country_code: str | None


@dataclass(frozen=True, slots=True)
class Amount:
    """A quantity: `unit` is ISO 4217 or an English singular; `measures` says of what; `growth` is in per cent."""

    value: float
    unit: str
    measures: str | None
    growth: float | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of the engagement, in the article's words."""

    type: str
    quote: str


@dataclass(frozen=True, slots=True)
class Source:
    """An article that reports the engagement. `published` is its publication date where one can be trusted."""

    article_id: str
    title: str
    outlet: str | None
    url: str | None
    published: date | None


@dataclass(frozen=True, slots=True)
class Disagreement:
    """What one article says of a field of which another article of the same record says something else."""

    field: str
    value: str
    article_id: str


@dataclass(frozen=True, slots=True)
class Merge:
    """One article's own record that was merged into another record, and why.

    `engagement_id` is the merged record, `member_id` the article's own, `joined_id` the member that it was found to match
    (None for the first of a group). `signals` are points by name, which sum up to `score`.
    """

    engagement_id: str
    member_id: str
    joined_id: str | None
    score: float | None
    signals: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Engagement:
    """One engagement as one article, or several merged ones, report it: the codebook's record."""

    engagement_id: str
    role: str
    type: str
    status: str
    parties: tuple[str, ...]
    date_start: date | None
    date_end: date | None
    date_precision: str
    date_basis: str
    date_words: str | None
    venue_country: str | None
    venue_city: str | None
    venue_city_en: str | None
    officials: tuple[Official, ...]
    sectors: tuple[Sector, ...]
    projects: tuple[Project, ...]
    amounts: tuple[Amount, ...]
    outcomes: tuple[Outcome, ...]
    summary: str
    summary_en: str
    evidence: tuple[Evidence, ...]
    blanks: tuple[Blank, ...]
    confidence: float
    field_confidence: tuple[tuple[str, float], ...]
    sources: tuple[Source, ...]
    disagreements: tuple[Disagreement, ...] = ()


@dataclass(frozen=True, slots=True)
class Label:
    """The names of a code. `kind` is type, status, role, rank, sector, sector_group, party, ...; `parent` a sector's group."""

    kind: str
    code: str
    name_ar: str
    name_en: str
    parent: str | None = None
