"""An article as HTML with the words of its evidence marked by field. All of it is data: everything is escaped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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


def mark_article(words: Words, article: Article, evidence: Sequence[Evidence], names: Mapping[Evidence, str]) -> str:
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
        pieces.append(_mark(words, text, covering, names) if covering else text)
    return f'<article class="article" dir="rtl" lang="ar">{"".join(pieces)}</article>'


def draw_legend(words: Words, evidence: Sequence[Evidence]) -> str:
    """The fields that the evidence is for, each in its colour, in the order of the record."""
    found = {_whole(one.field) for one in evidence}
    fields = [field for field in (*_COLOURS, _UNDERLINED) if field in found]
    fields += sorted(found - set(fields))
    items = (
        f'<span data-field="{escape(field)}"><mark style="{_paint([field])}">&ensp;&ensp;</mark>'
        f" {escape(words.field(field))}</span>"
        for field in fields
    )
    return f'<div class="legend">{"".join(items)}</div>'


def _mark(words: Words, text: str, covering: Sequence[Evidence], names: Mapping[Evidence, str]) -> str:
    fields = list(dict.fromkeys(one.field for one in covering))
    title = "\n".join(dict.fromkeys(f"{words.field(one.field)}: {names[one]}" for one in covering))
    return (
        f'<mark data-field="{escape(" ".join(fields))}" title="{escape(title)}" style="{_paint(fields)}">{text}</mark>'
    )


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
