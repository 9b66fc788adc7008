"""Hypothesis strategies of Arabic: letters with all that writers and keyboards add, people with offices, news of meetings.

The alphabet is the tests' own, not the project's: marks, tatweel, ligatures, digits of three scripts, controls of
direction. Words come from the lexicons, so that random texts do hold records; names are invented or of office-holders.
"""

from __future__ import annotations

from itertools import pairwise
from random import Random

from hypothesis import strategies as st

from extract.lexicon import load, phrases_of, tables

LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهويىةأإآٱؤئء"
MARKS = "\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652\u0670"
TATWEEL = "\u0640"
CONTROLS = "\u200e\u200f\u202a\u202b\u202c\u2066\u2067\u2069\u061c\u200b\u200c\u200d\ufeff\u00ad"
LIGATURES = "\ufefb\ufef7\ufdf2\ufdfa\ufe8e\ufb7a"
DIGITS = "0123456789٠١٢٣٤٥٦٧٨٩۰۱۲۳"
STOPS = " \n\t\r\u00a0،؛؟.!:«»“”()-–—ـ/%٪$€abZ"
ALPHABET = LETTERS + MARKS + TATWEEL + CONTROLS + LIGATURES + DIGITS + STOPS + "یکھ\U0001f91d"
SHARE_STREWN = 0.15  # of the places inside words

letters = st.text(st.sampled_from(ALPHABET), max_size=12)


def _phrases(*names: str) -> list[str]:
    return sorted({phrase.text for name in names for _, _, phrase in phrases_of(name)})


COUNTRIES = {code: table["nisba"][0] for code, table in tables("countries").items() if table.get("nisba")}
PEOPLES = [
    ("سالم", "البدري"),
    ("خالد", "المنصوري"),
    ("أحمد", "الزهراني"),
    ("يوسف", "الكواري"),
    ("ماريا", "سانتوس"),
    ("إيفان", "بتروف"),
]
OFFICES = [
    ("وزير الخارجية", "foreign_minister"),
    ("وزير الدفاع", "minister"),
    ("وزير الصحة", "minister"),
    ("رئيس الوزراء", "head_of_government"),
    ("نائب وزير الخارجية", "deputy_minister"),
    ("السفير", "ambassador"),
    ("رئيس البرلمان", "legislature"),
    ("الرئيس", "head_of_state"),
]
NATIONS = ("KWT", "PAK", "EGY", "JOR", "RUS", "TUR", "BEL", "OMN", "MAR", "TUN", "QAT", "IND", "JPN", "FRA")


def _definite(nisba: str) -> str:
    return nisba if nisba.startswith("ال") else f"ال{nisba}"


# Each: title before name, name before title, and what both must say: name, rank, country.
PERSONS = [
    (
        f"{office} {_definite(COUNTRIES[code])} {first} {last}",
        f"{first} {last} {office} {_definite(COUNTRIES[code])}",
        (f"{first} {last}", rank, code),
    )
    for code in NATIONS
    for office, rank in OFFICES
    for first, last in PEOPLES
]
persons = st.sampled_from(PERSONS)

VERBS = [
    "التقى",
    "استقبل",
    "بحث مع",
    "اجتمع مع",
    "هاتف",
    "زار",
    "أجرى اتصالا هاتفيا مع",
    "وقع مع",
    "تسلم رسالة خطية من",
    "قال",
    "تباحث مع",
]
TOPICS = [
    "التعاون في مجال الطاقة المتجددة",
    "تطوير ميناء مبارك الكبير",
    "حجم التبادل التجاري البالغ 790 مليون دولار",
    "الأوضاع في اليمن وسوريا",
    "مكافحة الإرهاب",
    "العلاقات الكويتية - الباكستانية",
]
WHEN = [
    "أمس",
    "اليوم الأربعاء",
    "يوم 6 مايو 2024",
    "في سبتمبر 2023",
    "العام المقبل",
    "الأسبوع المقبل",
    "٦ و٧ أبريل الجاري",
    "",
]
WHERE = [
    "في القاهرة",
    "في العاصمة الصينية بكين",
    "بالرياض",
    "إلى موسكو",
    "على هامش القمة العربية",
    "بين مصر والأردن",
    "",
]
JOINTS = ["، ", ". ", "\n", " كما ", " فيما ", " و", " من المقرر أن ", " لم ", "؛ "]


@st.composite
def clauses(draw: st.DrawFn) -> str:
    """One report: somebody does something with somebody, somewhere, at some time, about something."""
    one, other = draw(persons), draw(persons)
    parts = [
        draw(st.sampled_from(VERBS)),
        one[draw(st.integers(0, 1))],
        draw(st.sampled_from(["", "مع", "ونظيره"])),
        other[draw(st.integers(0, 1))],
        *(draw(st.sampled_from(words)) for words in (WHERE, WHEN)),
        draw(st.sampled_from(["", "لبحث", "حول"])),
        draw(st.sampled_from(TOPICS)),
    ]
    return " ".join(part for part in parts if part)


@st.composite
def news(draw: st.DrawFn) -> str:
    """A short article of such reports."""
    text = draw(clauses())
    for _ in range(draw(st.integers(0, 2))):
        text += draw(st.sampled_from(JOINTS)) + draw(clauses())
    return text


lexicon_words = st.sampled_from(
    _phrases(
        "events", "titles", "countries", "organisations", "sectors", "outcomes", "dates", "projects", "units", "numbers"
    )
    + load("given_names")["arabic"]["names"][:300]
)
# Any mixture: words of the lexicons, reports, broken words, in any order.
random_texts = st.lists(lexicon_words | letters | clauses(), max_size=8).map(" ".join)


@st.composite
def disturbed(draw: st.DrawFn, text: str) -> str:
    """The same words with marks, tatweel and controls strewn inside them, which change nothing that a reader sees.

    One drawn number decides all places: a draw for every letter would cost more than what is tested.
    """
    strew = Random(draw(st.integers(0, 2**32)))
    out = []
    for char, following in pairwise(text + " "):
        out.append(char)
        if char in LETTERS and following in LETTERS and strew.random() < SHARE_STREWN:
            out.append(strew.choice((*MARKS, TATWEEL, *CONTROLS)))
    return "".join(out)
