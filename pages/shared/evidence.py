"""An article as HTML with the words of its evidence marked by field. All of it is data: everything is escaped."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from itertools import pairwise

from extract.models import Article, Evidence
from pages.shared.words import Words

# Told apart by colour-blind readers as far as so many can be; the field's name is in the legend and under the pointer.
# Half clear, so that they serve on white and on black. A summary is whole sentences: it is underlined, not painted.
_COLOURS: Mapping[str, str] = {
    "type": "86, 180, 233",
    "status": "148, 103, 189",
    "parties": "0, 158, 115",
    "date_start": "230, 159, 0",
    "date_end": "230, 159, 0",
    "date_words": "230, 159, 0",
    "venue_country": "204, 121, 167",
    "venue_city": "204, 121, 167",
    "officials": "0, 114, 178",
    "sectors": "222, 203, 40",
    "sectors_context": "160, 160, 110",
    "projects": "213, 94, 0",
    "amounts": "140, 86, 75",
    "outcomes": "23, 190, 207",
}
_OTHER_COLOUR = "128, 128, 128"
_OPACITY = 0.42
_UNDERLINED = "summary"


# The number of each field and value that has evidence: what a value and its words know each other by.
Items = Mapping[tuple[str, str], int]


def number_items(evidence: Sequence[Evidence]) -> Items:
    """A number for each field and value, in the order in which the evidence names them."""
    return {key: number for number, key in enumerate(dict.fromkeys((one.field, one.value) for one in evidence))}


def link_items(numbers: Iterable[int]) -> str:
    """Style that lights all parts of an item when one of them is pointed at or has the focus; made of numbers only."""
    return "\n".join(
        f'.st-key-record:has([data-items~="{number}"]:is(:hover, :focus)) [data-items~="{number}"]'
        " { outline: 2px solid currentColor; outline-offset: 1px; border-radius: 2px }"
        for number in numbers
    )


def link_fields(evidence: Sequence[Evidence]) -> str:
    """Style that lights the words of a field when its name is pointed at, in the legend or beside its values."""
    fields = {_whole(one.field) for one in evidence if _whole(one.field).isidentifier()}
    return "\n".join(
        f'.st-key-record:has(:is(.legend [data-field="{field}"], .fields [data-field="{field}"] > dt):is(:hover, :focus))'
        f' article mark:is([data-field~="{field}"], [data-field*="{field}."])'
        " { outline: 2px solid currentColor; border-radius: 2px }"
        for field in sorted(fields)
    )


def mark_article(
    words: Words, article: Article, evidence: Sequence[Evidence], names: Mapping[Evidence, str], items: Items
) -> str:
    """The article with its evidence marked; `names` says in words which value a piece of evidence is for.

    Evidence may overlap in any way: the text is cut where any of it starts or ends, and a piece that several fields
    rest on carries a band of colour for each.
    """
    own = [one for one in evidence if one.article_id == article.article_id]
    cuts = sorted({0, len(article.text), *(cut for one in own for cut in (one.start, one.end))})
    pieces = []
    for start, end in pairwise(cuts):
        text = escape(article.text[start:end])
        covering = [one for one in own if one.start <= start and end <= one.end]
        pieces.append(_mark(words, text, covering, names, items) if covering else text)
    return f'<article class="article" dir="rtl" lang="ar" tabindex="0">{"".join(pieces)}</article>'


def draw_legend(words: Words, evidence: Sequence[Evidence]) -> str:
    """The fields that the evidence is for, each in its colour, in the order of the record."""
    found = {_whole(one.field) for one in evidence}
    fields = [field for field in (*_COLOURS, _UNDERLINED) if field in found]
    fields += sorted(found - set(fields))
    items = (
        f'<span data-field="{escape(field)}" tabindex="0"><mark style="{_paint([field])}">&ensp;&ensp;</mark>'
        f" {escape(words.field(field))}</span>"
        for field in fields
    )
    return f'<div class="legend">{"".join(items)}</div>'


def _mark(words: Words, text: str, covering: Sequence[Evidence], names: Mapping[Evidence, str], items: Items) -> str:
    fields = list(dict.fromkeys(one.field for one in covering))
    title = "\n".join(dict.fromkeys(f"{words.field(one.field)}: {names[one]}" for one in covering))
    # A summary covers whole sentences: it would light up wherever the pointer is.
    own = [one for one in covering if one.field != _UNDERLINED] or covering
    numbers = sorted({items[one.field, one.value] for one in own})
    known = f'data-field="{escape(" ".join(fields))}" data-items="{" ".join(map(str, numbers))}" tabindex="0"'
    return f'<mark {known} title="{escape(title)}" style="{_paint(fields)}">{text}</mark>'


def _whole(field: str) -> str:
    """The field that a part of a field (officials.title) belongs to."""
    return field.partition(".")[0]


def _paint(fields: Sequence[str]) -> str:
    """The style of a piece that rests these fields: equal bands of their colours, from top to bottom."""
    painted = [_whole(field) for field in fields if field != _UNDERLINED]
    colours = list(dict.fromkeys(_COLOURS.get(field, _OTHER_COLOUR) for field in painted))
    stops = [
        f"rgba({colour}, {_OPACITY}) {at / len(colours):.0%} {(at + 1) / len(colours):.0%}"
        for at, colour in enumerate(colours)
    ]
    background = f"background: linear-gradient({', '.join(stops)})" if stops else "background: none"
    underline = "; border-bottom: 2px dotted currentColor" if _UNDERLINED in fields else ""
    return background + underline
