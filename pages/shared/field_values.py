"""The values of a record's fields in words, as the record view, the history and the conflicts show them."""

from __future__ import annotations

from collections.abc import Iterator

from extract.models import Amount, Engagement, Official, Source
from pages.shared.words import Words, keep_direction, write_web_address


def list_values(words: Words, record: Engagement) -> Iterator[tuple[str, list[str]]]:
    """Field by field, the values in words; no value where the field is blank."""
    date = words.date(record.date_start, record.date_end, record.date_precision)
    sectors = [_sector(words, one.code, one.is_core) for one in sorted(record.sectors, key=lambda one: not one.is_core)]
    yield "summary", [record.summary] if words.is_arabic else [record.summary_en, record.summary]
    yield "parties", [words.name("party", code) for code in record.parties]
    yield "type", [words.name("type", record.type)]
    yield "status", [words.name("status", record.status)]
    yield "role", [words.name("role", record.role)]
    yield "date_start", [date] if date else []
    yield "date_words", [record.date_words] if record.date_words else []
    yield "date_precision", [words.name("precision", record.date_precision)]
    yield "date_basis", [words.name("basis", record.date_basis)]
    yield "venue_country", [words.name("party", record.venue_country)] if record.venue_country else []
    city = record.venue_city if words.is_arabic else record.venue_city_en or record.venue_city
    yield "venue_city", [city] if city else []
    yield "officials", [_official(words, one) for one in record.officials]
    yield "sectors", sectors
    yield "projects", [one.name for one in record.projects]
    yield "amounts", [_amount(words, one) for one in record.amounts]
    yield "outcomes", [f"{words.name('outcome', one.type)}: {one.quote}" for one in record.outcomes]
    yield "confidence", [words.percent(record.confidence)]
    yield "sources", [_source(words, one) for one in record.sources]


def _sector(words: Words, code: str, is_core: bool) -> str:
    name = words.name("sector", code)
    return name if is_core else f"{name} ({words('record.context')})"


def _official(words: Words, official: Official) -> str:
    """Name, title or rank, and country."""
    name = official.name_canonical if words.is_arabic else f"{official.name_latin} ({official.name_canonical})"
    post = official.title if words.is_arabic and official.title else words.name("rank", official.rank)
    country = words.name("party", official.country) if official.country else None
    return words.comma.join(part for part in (name, post, official.institution, country) if part)


def _amount(words: Words, amount: Amount) -> str:
    growth = None if amount.growth is None else words("record.growth", percent=words.number(amount.growth))
    measures = words.name("measure", amount.measures) if amount.measures else None
    parts = (words.amount(amount.value, amount.unit), measures, growth)
    return words.comma.join(part for part in parts if part)


def _source(words: Words, source: Source) -> str:
    published = words.date(source.published)
    named = (keep_direction(source.title or source.article_id), keep_direction(source.outlet))
    # The line is the reader's, whatever language its title is in.
    start = "\N{RIGHT-TO-LEFT MARK}" if words.is_arabic else "\N{LEFT-TO-RIGHT MARK}"
    return start + words.comma.join(part for part in (*named, published, write_web_address(source.url)) if part)


def name_field(words: Words, record: Engagement, field: str) -> str:
    """What a record says of a field, in words."""
    if field in {"date_start", "date_end"}:
        day = getattr(record, field)
        return words.digits(day.isoformat()) if day else words("correct.nothing")
    if field in {"summary", "summary_en", "venue_city", "venue_city_en"}:
        return getattr(record, field) or words("correct.nothing")
    named = dict(list_values(words, record)).get(field) or []
    return words.comma.join(named) or words("correct.nothing")
