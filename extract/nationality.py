"""Gives a country to the people whose titles name none.

In order: what an analyst told of the name; the office-holders' table, where the name is in it; the one whose minister he
is called ("his foreign minister"); the delegation or the hosts that a list names him among; the last free country of the
sentence ("a visit to Pakistan, in which he met foreign minister Qureshi"); the outlet's own country, since a home paper
says "the minister" and no more.
The country that an article is mostly about gives none: on the development articles it was wrong for seven of ten.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from extract.annotate import Annotated
from extract.facts import find_country_of, find_offices_of
from extract.lexicon import load, words
from extract.models import Article
from extract.name_words import Sort, sort_of
from extract.names import plain
from extract.officials import rank_by_side
from extract.people import BY_TABLE, CORRECTED, Person
from extract.places import PlaceMention
from extract.titles import organisation_codes
from extract.user_lexicon import find_person

RANK_OF_OFFICE = {
    "president": "head_of_state",
    "monarch": "head_of_state",
    "head_of_government": "head_of_government",
    "foreign_minister": "foreign_minister",
    "crown_prince": "royal",
    "secretary_general": "organisation",
}
BY_ANALYST = "official.country.user_lexicon"
_LABELS = re.compile(r"[a-z0-9-]+")
SIDE_REACH = 40  # letters between the words of a delegation and its nationality, or its head
SINGULAR = ("head_of_state", "head_of_government", "foreign_minister")  # of these a country has one
BYLINE = 250  # letters of a text in which the agency of a report stands
RULING = ("head_of_state", "royal")
_REACH_BODY = 25  # letters behind a title in which the body that it is of begins
_AL, _LAM = "\u0627\u0644", "\u0644"
HOST_REACH = 3  # sentences before a list of those who receive a guest, in which the place is named
LEADERS = (
    "head_of_state",
    "head_of_government",
)  # a nationality alone may be theirs: "the Pakistani side ... prime minister Khan"


def settle_countries(doc: Annotated, people: Sequence[Person]) -> tuple[Person, ...]:
    """Return the people with ranks, each with a country where the text, the table or the outlet leaves only one."""
    home = find_home(doc.article) or find_wire(doc)
    settled = [_correct(doc, _as_told(doc, p)) for p in people]
    for number, person in enumerate(settled):
        if person.country is None and person.rank is not None:
            settled[number] = _settle(doc, person, settled, home)
    return tuple(_as_told(doc, _fit_rank(p)) for p in settled)


def _as_told(doc: Annotated, person: Person) -> Person:
    """Hold a person to what an analyst told of the name: it goes before what the text and the tables say."""
    told = find_person(doc.text[slice(*person.name_at)])
    if told is None:
        return person
    if told.country not in (None, person.country):
        person = replace(person, country=told.country, country_at=person.name_at, country_rule=BY_ANALYST)
    return replace(person, rank=told.rank or person.rank)


def _fit_rank(person: Person) -> Person:
    """Only an organisation has its own officials: a secretary-general of a state's council is an official of the state."""
    if person.rank is None or person.country is None:
        return person
    return replace(person, rank=rank_by_side(person.rank, is_organisation=person.country in organisation_codes()))


def _correct(doc: Annotated, person: Person) -> Person:
    """Hold a person to the office-holders' table: "the Korean leader Trump" is a list read as one title.

    A counterpart's rank is only that of the official before him, and "the minister" leaves the office open; the table
    knows his own.
    """
    name = plain(doc.text[slice(*person.name_at)])
    known = find_country_of(name, doc.article.published)
    if known is None:
        return person
    is_misread = person.country not in (None, known)
    if is_misread and known in organisation_codes():
        return person  # who heads an organisation now held a state's office before
    if is_misread:
        person = replace(person, country=known, country_at=person.name_at, country_rule=CORRECTED)
    offices = find_offices_of(name, doc.article.published)
    is_bare = person.rank == "minister" and all(m.portfolio is False for m in person.mentions if m.rank == "minister")
    borrowed = is_misread or person.rank is None or is_bare or any(m.is_counterpart for m in person.mentions)
    ranks = {RANK_OF_OFFICE[o] for o in offices if o in RANK_OF_OFFICE}
    if borrowed and len(ranks) == 1:
        return replace(person, rank=ranks.pop())
    return person


def _settle(doc: Annotated, person: Person, people: Sequence[Person], home: str | None) -> Person:
    known = find_country_of(plain(doc.text[slice(*person.name_at)]), doc.article.published)
    if known:
        return replace(person, country=known, country_at=person.name_at, country_rule=BY_TABLE)
    owner = _owner(doc, person, people)
    if owner is not None:
        return replace(
            person, country=owner.country, country_at=person.title_at, country_rule="official.country.of_owner"
        )
    if person.rank == "organisation" and not _serves_another(doc, person) and (body := _body(doc)) is not None:
        return replace(person, country=body[0], country_at=body[1], country_rule="official.country.organisation")
    side = _side(doc, person, people)
    if side is not None:
        return replace(person, country=side[0], country_at=side[1], country_rule="official.country.delegation")
    first = plain(doc.text[slice(*person.name_at)]).split()[0]
    if home is not None and sort_of(first) is Sort.FOREIGN:
        home = None  # the outlets that are known are Arab: Henry is nobody's minister there
    beside = _beside(doc, person, people) if home is None else None
    if beside is not None:
        return replace(
            person, country=beside.country, country_at=person.title_at, country_rule="official.country.beside"
        )
    if person.rank in RULING and " " not in doc.text[slice(*person.name_at)] and sort_of(first) is Sort.ARABIC:
        return person  # "king Salman" alone: of which country, a neighbour cannot tell
    near = _before(doc, person, people)
    if near is not None and _is_vacant(person, near.code, people):
        at = (near.word_start, near.end)
        return replace(person, country=near.code, country_at=at, country_rule="official.country.named_before")
    if home is not None and _may_be_of_home(person, home):
        return replace(person, country=home, country_at=person.title_at, country_rule="official.country.outlet")
    return person


def _is_vacant(person: Person, country: str, people: Sequence[Person]) -> bool:
    """A country has one foreign minister: where the text names hers, another one is somebody else's."""
    return person.rank not in SINGULAR or not any(p.rank == person.rank and p.country == country for p in people)


def _may_be_of_home(person: Person, home: str) -> bool:
    """A home paper says "the prime minister" of its own; but where a monarch reigns a president is a guest."""
    return person.rank != "head_of_state" or home not in load("outlets")["monarchies"]["codes"]


def _owner(doc: Annotated, person: Person, people: Sequence[Person]) -> Person | None:
    """Return the one whose minister he is called: who is named last before "his foreign minister" in the sentence."""
    owned = next((m for m in person.mentions if m.is_owned), None)
    if owned is None:
        return None
    low = doc.sentence_at(owned.start).start
    named = [(s[0], p) for p in people for s in p.spans if p.country and low <= s[0] < owned.start]
    return max(named, key=lambda n: n[0], default=(0, None))[1]


def _serves_another(doc: Annotated, person: Person) -> bool:
    """ "the secretary-general of the party": whose he is is said, and it is no organisation of states."""
    start, end = person.title_at or person.name_at
    tokens = [t.text for t in doc.tokens_in(start, end + _REACH_BODY)]
    at = next((n for n, token in enumerate(tokens) if token in words("title_words", "secretary", "general")), None)
    if at is None or at + 1 >= len(tokens):
        return False
    after = tokens[at + 1]
    is_bound = not tokens[at].startswith(_AL)  # "secretary-general of a party", in Arabic with no "of"
    body = after.removeprefix(_LAM).removeprefix(_LAM) if after.startswith(_LAM) else after if is_bound else ""
    return bool(body) and body.removeprefix(_AL) not in words("title_words", "secretary", "bodies")


def _body(doc: Annotated) -> tuple[str, tuple[int, int]] | None:
    """Return the organisation that an article names most often, and where it does first: "the secretary-general"."""
    bodies = [p for p in doc.places if p.kind == "organisation"]
    if not bodies:
        return None
    code = Counter(p.code for p in bodies).most_common(1)[0][0]
    first = next(p for p in bodies if p.code == code)
    return code, (first.word_start, first.end)


def _beside(doc: Annotated, person: Person, people: Sequence[Person]) -> Person | None:
    """Return the one after whom "and" or a comma sets him: "among them president X, and the minister Y"."""
    start = min(m.start for m in person.mentions if m.name_start == person.name_at[0])
    if person.rank in SINGULAR:
        return None
    for other in people:
        ends = [m.end for m in other.mentions if m.end <= start] if other.country else []
        if ends and doc.text[max(ends) : start].strip(" ,") == "":
            return other
    return None


def find_home(article: Article) -> str | None:
    """Return the country that the article's outlet writes from, by its address or name; None if not known."""
    for text in (article.url or "", article.outlet or ""):
        host = text.split("//")[-1].split("/")[0].lower() if "//" in text else text.lower()
        labels = frozenset(_LABELS.findall(host))
        for part, code in load("outlets")["home"].items():
            if part in labels or ("." in part and part in host):
                return str(code)
        last = host.rsplit(".", 1)[-1]
        if "." in host and last in load("outlets")["top_level"]:
            return str(load("outlets")["top_level"][last])
    return None


def find_wire(doc: Annotated) -> str | None:
    """Return the country of the news agency that a dateline or the first sentence names in brackets; None if none is.

    "Riyadh - SPA: ..." and "the Kuwaiti agency (KUNA) said": what follows is told at home.
    """
    match = _wires().search(doc.text, 0, BYLINE)
    return str(load("outlets")["wires"][match[1] or match[2]]) if match else None


def wire_words() -> frozenset[str]:
    """Return the names of agencies whose country a byline may give, as they stand in folded text."""
    return frozenset(load("outlets")["wires"])


@lru_cache(maxsize=1)
def _wires() -> re.Pattern[str]:
    """Match a name of an agency set apart by a mark: they are words of prose otherwise."""
    names = "|".join(load("outlets")["wires"])
    return re.compile(rf"(?<!\w)({names})(?= ?[-/:)\"])|(?<=[-(\"/])({names})(?!\w)")


def _side(doc: Annotated, person: Person, people: Sequence[Person]) -> tuple[str, tuple[int, int]] | None:
    """Return the country of the delegation that a list names him in: "on the Nigerien side ...", "accompanied by ..."."""
    sentence = doc.sentence_at(person.name_at[0])
    sides, guests, hosts = (words("event_cues", "side", name) for name in ("words", "guests", "hosts"))
    first = doc.token_index(sentence.start)
    found = None
    for index in range(first, doc.token_index(person.name_at[0])):
        token = doc.tokens[index].text
        if token in sides:
            after = doc.tokens[index].end
            near = doc.places_in(after, after + SIDE_REACH)
            place = next((p for p in near if p.kind in ("nisba", "country", "organisation")), None)
            found = (place.code, (place.word_start, place.end)) if place else found
        elif token in guests:
            host = _guest_of(doc, people, doc.tokens[index].start)
            found = (host.country, host.name_at) if host and host.country else found
        elif token in hosts:
            found = _receiving(doc, people, doc.tokens[index].start) or found
    return found


def _receiving(doc: Annotated, people: Sequence[Person], at: int) -> tuple[str, tuple[int, int]] | None:
    """Return the country where one is received or seen off: the last named before, outside the titles of persons."""
    number = doc.sentence_at(at).number
    low = doc.sentences[max(number - HOST_REACH, 0)].start
    spans = [s for p in people for s in p.spans]
    free = [p for p in doc.places_in(low, at) if p.kind in ("country", "capital", "city")]
    free = [p for p in free if not any(s <= p.start < e for s, e in spans)]
    return (free[-1].code, (free[-1].word_start, free[-1].end)) if free else None


def _guest_of(doc: Annotated, people: Sequence[Person], at: int) -> Person | None:
    """Return the one who is accompanied: the person named last before the words of accompanying, or right after them."""
    named = [(s[0], p) for p in people for s in p.spans if p.country and s[0] < at + SIDE_REACH]
    return max(named, key=lambda n: n[0], default=(0, None))[1]


def _before(doc: Annotated, person: Person, people: Sequence[Person]) -> PlaceMention | None:
    """Return the last country named before him in his sentence, if no other official there holds it."""
    sentence = doc.sentence_at(person.name_at[0])
    kinds = ("country", "capital", "nisba") if person.rank in LEADERS else ("country", "capital")
    start = min([m.start for m in person.mentions if m.name_start == person.name_at[0]], default=person.name_at[0])
    before = [p for p in doc.places_in(sentence.start, start) if p.kind in kinds]
    taken = {q.country for q in people if q.country and any(sentence.start <= s[0] < sentence.end for s in q.spans)}
    free = [p for p in before if p.code not in taken]
    return free[-1] if free else None
