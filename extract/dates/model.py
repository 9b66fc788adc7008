"""What the reading of dates hands on: a mention of a date, and the day on which the article was written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

# How the reasons end that a trusted day of writing would remove.
_WITHOUT = ("_without_publication_date", "_without_year")


@dataclass(frozen=True, slots=True)
class DateMention:
    """Words that name a day, a month or a year.

    `start` and `end` are folded offsets; `date_start` and `date_end` are inclusive, both None where the words cannot be
    resolved, and then `reason` says why. `precision` is day, month, year or unknown; `basis` explicit, relative,
    inferred or none. `rule` is the id of the rule; a bound has its word in it («منذ 2015»: "date.year.since").
    `orientation` is past, present, future or unknown, as the words say, or as the value lies to the day of writing.
    """

    start: int
    end: int
    date_start: date | None
    date_end: date | None
    precision: str
    basis: str
    reason: str | None
    rule: str
    orientation: str

    @property
    def needs_publication(self) -> bool:
        """Whether it has no value because the day of writing is not known."""
        return self.reason is not None and self.reason.endswith(_WITHOUT)


@dataclass(frozen=True, slots=True)
class Publication:
    """The day on which an article was written, as far as it can be trusted.

    `how` is "dateline" (the text's own full date), "address" (the day of the issue in the article's address), "stamp"
    (the feed's) or "none". `reason` says why there is no date: no_stamp, stamp_contradicted (by the text), stamp_at_night
    (a collector's clock). `conflict` holds what the feed's stamp disagrees with, also where that mended it: folded words
    of the text, or the day in the address.
    """

    date: date | None
    reason: str | None
    conflict: str | None
    how: str

    @property
    def is_refused(self) -> bool:
        """Whether there is a stamp that is not trusted."""
        return self.reason in {"stamp_contradicted", "stamp_at_night"}


@dataclass(frozen=True, slots=True)
class ReferenceYear:
    """The year of writing, proved by `rule` from the words between the folded offsets `start` and `end`."""

    year: int
    start: int
    end: int
    rule: str


@dataclass(frozen=True, slots=True)
class Clock:
    """What relative words are resolved against: the day of writing, or only its year, or nothing.

    `last_is_yesterday` tells «الثلاثاء الماضي» in a Wednesday's article: True, the day before; False, the week before;
    None, the text does not say.
    """

    published: date | None
    reference_year: int | None = None
    last_is_yesterday: bool | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """The value that a rule reads out of the words it matched; `variant` is added to the rule's id."""

    start: date | None
    end: date | None
    precision: str
    basis: str
    orientation: str
    reason: str | None = None
    variant: str = ""
