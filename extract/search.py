"""Text folded for search: what Arabic writers vary is made one, on the stored side and on the query's side alike."""

from __future__ import annotations

import re
import unicodedata

from camel_tools.utils.dediac import dediac_ar
from camel_tools.utils.normalize import normalize_alef_ar, normalize_alef_maksura_ar, normalize_teh_marbuta_ar

_HAMZA_SEATS = str.maketrans(
    {
        "\N{ARABIC LETTER WAW WITH HAMZA ABOVE}": "\N{ARABIC LETTER WAW}",
        "\N{ARABIC LETTER YEH WITH HAMZA ABOVE}": "\N{ARABIC LETTER YEH}",
        "\N{ARABIC LETTER FARSI YEH}": "\N{ARABIC LETTER YEH}",
        "\N{ARABIC LETTER KEHEH}": "\N{ARABIC LETTER KAF}",
    }
)
_ARTICLE = "\N{ARABIC LETTER ALEF}\N{ARABIC LETTER LAM}"

# Tatweel, soft hyphens, and the invisible marks that steer direction and joining.
_INVISIBLE = re.compile("[\u00ad\u0640\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
_DIGIT = re.compile(r"[^\D0-9]")
_NOT_WORD = re.compile(r"[\W_]+")
# Repeated, so that a word that itself begins like the article folds the same with it and without; three letters stay.
_LEADING_ARTICLE = re.compile(rf"\b(?:{_ARTICLE})+(?=\w{{3}})")


def fold_for_search(text: str) -> str:
    """The words of a text, folded and one blank apart: fold a query the same way and look for it inside.

    Alef forms, alef maqsura, teh marbuta and hamza seats become one letter each; vowel marks, tatweel, the article and
    letter case go; any digits become 0-9. The result holds letters, digits and blanks only, so it needs no
    escaping in LIKE, and folding it again changes nothing.
    """
    # camel-tools' own Unicode form is this one after a walk over every character, ten times as slow.
    text = _INVISIBLE.sub("", dediac_ar(unicodedata.normalize("NFKC", text)))
    text = normalize_teh_marbuta_ar(normalize_alef_maksura_ar(normalize_alef_ar(text))).translate(_HAMZA_SEATS)
    text = _DIGIT.sub(lambda digit: str(unicodedata.digit(digit[0])), text.casefold())
    return _LEADING_ARTICLE.sub("", _NOT_WORD.sub(" ", text)).strip()
