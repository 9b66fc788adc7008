"""Says what role each place of a stretch of text has there, by the words around it: who takes part, who is talked about.

"talks between Egypt and Ethiopia on the situation in Sudan"   -> between, between, mention
"the Chinese side", "visited Pakistan", "met with Russia"      -> noun, destination, with
"""

from __future__ import annotations

from collections.abc import Sequence

from extract.annotate import Annotated
from extract.cues import institution_words, that_words
from extract.lexicon import Hit
from extract.party_words import is_noun_of_party, is_topic_word, landing_verbs, leaving_verbs, party_cues
from extract.places import PlaceMention
from extract.titles import NOT_OFFICES, TITLE_KINDS

# How surely each role makes a party; those under 2 count only where another proof of the same
# party is found; nothing proves a topic.
ROLE_STRENGTH = {
    "official": 3,
    "between": 3,
    "pair": 2,
    "noun": 2,
    "with": 2,
    "subject": 2,
    "destination": 2,
    "joined": 2,
    "member": 2,
    "bloc": 2,
    "relation": 1,
    "crowd": 1,
    "mention": 0,
    "topic": 0,
}
STRONG = 2
GATHERINGS = ("summit", "meeting")
_WA, _BA, _LAM, _AL = "\u0648", "\u0628", "\u0644", "\u0627\u0644"
_IN, _FROM = "\u0641\u064a", "\u0645\u0646"
_REACH_BETWEEN = 26  # tokens after "between" in which its parties stand, titles and portfolios included
_REACH_TRIGGER = 3  # tokens between a verb and the country that is its subject or object
_REACH_GOAL = 22  # tokens between a word of visiting and its goal: an official's titles may stand between
_REACH_NOUN = 4  # tokens between the noun of a party and its nationality: "the ministry of energy and water, Omani"
_REACH_OBJECT = 3  # tokens between a word of visiting and its object, besides an official's: "visits today"
_REACH_FAR_OBJECT = (
    12  # where times and means stand between: "visits at the end of his tour, from 6 to 8 August, Vietnam"
)
_VERBS = ("event_past", "event_present", "event_future")
_REACH_HELD = 9  # tokens between the word of an event and "between": its adjectives, day and place
_REACH_HOLDER = 3  # words between a gathering and "of" its organisation: "an extraordinary summit on Friday of"
_REACH_POST = 3  # tokens between an envoy's title and where he serves: "permanent", his name's first word
_OWNERS = ("\u0647\u0627", "\u0647\u0645", "\u0647")  # "her", "their", "his" delegate
_REACH_ADJECTIVES = 3  # "the bilateral historical relations between", "the nuclear agreement, disputed as it is, with"
_INDEFINITE = ("\u064a\u0627", "\u064a")  # "a Tunisian parliamentary delegation": how its adjectives end
_FEMININE = ("\u0647", "\u0627\u062a")  # how feminine nouns and adjectives end, folded
_STOPS = frozenset('.;"')


_TITLES = frozenset(TITLE_KINDS)


class Roles:
    """The roles of the places of one stretch of text."""

    def __init__(
        self,
        doc: Annotated,
        places: Sequence[PlaceMention],
        triggers: Sequence[Hit],
        clause: tuple[int, int],
        covered: Sequence[tuple[int, int]],
    ) -> None:
        start, end = clause
        self.covered = covered
        self.doc = doc
        self.places = places
        self.first = [doc.token_index(p.word_start) for p in places]
        self.last = [doc.token_index(p.end - 1) for p in places]
        self.triggers = [(doc.token_index(t.word_start), doc.token_index(t.end - 1), t) for t in triggers]
        self.at = dict(zip(self.first, places, strict=True))
        self.low, self.high = doc.token_index(start), doc.token_index(end - 1) + 1
        titles = [h for h in doc.all_of(_TITLES) if start <= h.start < end and h.value not in NOT_OFFICES]
        self.after_title = {doc.token_index(h.end) for h in titles}
        self.between = self._between_spans()
        self.roles: dict[int, str] = {}

    def all(self) -> list[str]:
        """Return the role of each place in order; a later one may lean on an earlier, and make it a subject with it."""
        for i in range(len(self.places)):
            self.roles[i] = self._find(i)
        for i in range(len(self.places) - 1, 0, -1):
            is_pair = self.roles[i] == "subject" and self._starts_with_wa(i) and self._adjacent(i)
            if is_pair and self.roles[i - 1] == "mention" and not is_topic_word(self._token(self.first[i - 1] - 1)):
                self.roles[i - 1] = "subject"
        for i in self._held_by_both():
            self.roles[i] = "pair"
        return [self.roles[i] for i in range(len(self.places))]

    def _held_by_both(self) -> tuple[int, ...]:
        """ "Russia and Spain failed in talks held between them": two side by side, and nobody nearer to "between them"."""
        both = next((k for k in range(self.low, self.high) if self._token(k) in party_cues()["both"]), None)
        if both is None or not self._is_held_between(both):
            return ()
        before = [i for i in range(1, len(self.places)) if self.first[i] < both]
        two = next((i for i in reversed(before) if self._are_two(i)), None)
        if two is None or any(self._is_covered(k) for k in range(self.last[two], both)):
            return ()
        return (two - 1, two)

    def _are_two(self, i: int) -> bool:
        """Whether a country and the one before it are named in one breath: "Russia and Spain", "the two Koreas"."""
        pair = self.places[i - 1 : i + 1]
        is_joined = self.first[i] == self.first[i - 1] or (self._adjacent(i) and self._starts_with_wa(i))
        is_told = all(self.roles[j] == "mention" for j in (i - 1, i)) and all(p.kind == "country" for p in pair)
        return is_told and is_joined and not is_topic_word(self._token(self.first[i - 1] - 1))

    def _token(self, index: int) -> str:
        return self.doc.tokens[index].text if 0 <= index < len(self.doc.tokens) else ""

    def _find(self, i: int) -> str:
        place, cues = self.places[i], party_cues()
        before = self._token(self.first[i] - 1)
        named = self._named(i) or self._listed(i)
        if named is not None:
            return named
        if self.first[i] in self.after_title:
            return "noun"  # "the Amir of Kuwait", "the Chinese president"
        if place.kind == "nisba":
            return self._of_nisba(i, before)
        prefix = self.doc.text[place.word_start : place.start]
        if self._is_destination(i, before, prefix):
            return "destination"
        if before in cues["with"] and self._is_behind(self.first[i] - 1, cues["with_topic"]):
            return "mention"
        if before in cues["with"] or self._is_recipient(place, before, prefix):
            return "with"
        if prefix.startswith(_WA) and i > 0 and self.roles.get(i - 1) not in (None, "mention") and self._adjacent(i):
            return "joined"
        if before in cues["topic"] and self._token(self.first[i] - 2).lstrip(_WA) in cues["counterparts"]:
            return "noun"  # "his counterparts in the states of the Gulf"
        if before == _FROM and self._token(self.first[i] - 2).lstrip(_WA) in party_cues()["from"]:
            return "noun"  # "hosts officials from Syria and Russia"
        if is_topic_word(before) or prefix[-1:] == _BA or prefix[:1] == _BA:
            return "mention"
        if before in cues["noun"] and place.kind in ("country", "organisation"):
            return "crowd" if before in cues["crowd"] else "noun"
        return "subject" if self._is_subject(i) else "mention"

    def _named(self, i: int) -> str | None:
        """Return the role that the words right beside a place give it, whatever else the clause says."""
        if self._is_pair(i):
            return "pair"
        if self._is_post(i) or self._names_gathering(i):
            return "mention"
        return "member" if self._holds_gathering(i) or self._gathers(i) else None

    def _is_post(self, i: int) -> bool:
        """ "her permanent delegate to the United Nations", "its ambassador in Paris": where an envoy serves took no part."""
        if self._token(self.first[i] - 1) not in party_cues()["posted"]:
            return False
        near = [self._token(k).lstrip(_WA) for k in range(self.first[i] - 1 - _REACH_POST, self.first[i] - 1)]
        return any(word.removesuffix(end) in party_cues()["posts"] for word in near for end in ("", *_OWNERS))

    def _holds_gathering(self, i: int) -> bool:
        """ "an extraordinary summit of the Organisation of ...", "the meeting of the Council": an organisation's own."""
        if self.places[i].kind != "organisation":
            return False
        prefix = self.doc.text[self.places[i].word_start : self.places[i].start]
        for _, last, hit in self.triggers:
            between = [self._token(k) for k in range(last + 1, self.first[i]) if self._token(k).isalpha()]
            if hit.kind != "event_noun" or hit.value not in GATHERINGS or self.first[i] <= last:
                continue
            is_near = len(between) <= _REACH_HOLDER if prefix.startswith(_LAM) else not between
            if is_near and (prefix.startswith(_LAM) or not prefix or prefix == _AL):
                return all(not is_topic_word(word) for word in between)
        return False

    def _names_gathering(self, i: int) -> bool:
        """ "since the Kuwait talks failed": a city right behind the noun of a gathering is where it was."""
        place = self.places[i]
        is_city = place.kind in ("capital", "city") or place.code in party_cues()["cities"]
        nouns = ("event_noun", "event_weak")
        scenes = (last for _, last, hit in self.triggers if hit.kind in nouns and hit.value in GATHERINGS)
        return is_city and place.kind != "nisba" and self.first[i] - 1 in scenes

    def _gathers(self, i: int) -> bool:
        """ "the Arab foreign ministers affirmed in a meeting": those of an organisation who meet are the organisation."""
        first = self._token(self.first[i]).lstrip(_LAM).removeprefix(_AL)
        is_people = self.places[i].kind == "organisation" and first in party_cues()["members"]
        before = self._token(self.first[i] - 1)
        return is_people and not is_topic_word(before) and any(t.value in GATHERINGS for _, _, t in self.triggers)

    def _of_nisba(self, i: int, before: str) -> str:
        """ "the Chinese side"; "the ministry of energy, Saudi": a noun of a party, its definite complement between."""
        for k in range(self.first[i] - 1, max(self.first[i] - 1 - _REACH_NOUN, -1), -1):
            token = self._token(k)
            if is_noun_of_party(token):
                if self._token(k - 1) in party_cues()["things"]:
                    return "mention"  # "the transfer of the American embassy"
                return "crowd" if token.lstrip(_WA) in party_cues()["crowd"] else "noun"
            if not (token.lstrip(_WA).startswith(_AL) or (not self.places[i].definite and token.endswith(_INDEFINITE))):
                break
        joined = i > 0 and self._starts_with_wa(i) and self._adjacent(i) and self.places[i - 1].kind == "nisba"
        return "joined" if joined and ROLE_STRENGTH[self.roles.get(i - 1, "mention")] >= STRONG else "mention"

    def _adjacent(self, i: int) -> bool:
        return self.first[i] - self.last[i - 1] <= 1

    def _is_pair(self, i: int) -> bool:
        """Two nationalities side by side, with or without a dash, of two parties: "Kuwaiti - Chinese"."""
        if self.places[i].kind != "nisba":
            return False
        for j in (i - 1, i + 1):
            if (
                0 <= j < len(self.places)
                and self.places[j].kind == "nisba"
                and self.places[j].code != self.places[i].code
            ):
                left, right = min(i, j), max(i, j)
                gap = [self._token(k) for k in range(self.last[left] + 1, self.first[right])]
                if gap in ([], ["-"], ["/"]):
                    return not is_topic_word(self._token(self.first[left] - 1))
        return False

    def _between_spans(self) -> list[tuple[int, int, str]]:
        """Return the token ranges in which "between", or a word of gathering, rules, and the role that each gives.

        A range closes where a topic opens after two parties.
        """
        spans = []
        cues = party_cues()
        for k, (opener, _, _) in enumerate(self.doc.tokens[self.low : self.high], start=self.low):
            is_between = opener in cues["between"]
            if not is_between and (opener not in cues["members"] or not self._opens_members(k)):
                continue
            seen: set[str] = set()
            end = k + 1
            for end in range(k + 1, min(k + _REACH_BETWEEN, self.high)):
                token = self._token(end)
                place = self.at.get(end)
                if token in party_cues()["pair_word"]:
                    break  # "between the two sides": whoever comes after is not in the list
                if token in _STOPS or (
                    len(seen) > is_between and (is_topic_word(token) or token in party_cues()["to"])
                ):
                    break
                goes_on = self._token(end + 1).startswith(_WA) or (end + 1) in self.at
                if seen and token in party_cues()["between_ends"] and not goes_on:
                    break  # "between Iran and the powers last month will make Egypt safe"
                if len(seen) > 1 and token == "," and not goes_on:
                    break
                if place is not None:
                    seen.add(place.code)
            else:
                end += 1  # the clause ends with the list
            is_relation = is_between and not self._is_held_between(k)
            if (
                is_between
                and len(seen) < 2
                and not any(self._is_covered(m) for m in range(k + 1, min(end + 1, self.high)))
            ):
                continue  # "the deal between Iran and the powers": its other side is no party that is known
            spans.append((k, end, "relation" if is_relation else "between" if is_between else "member"))
        return spans

    def _is_held_between(self, index: int) -> bool:
        """ "talks held in Cairo between", "which brought together": an event's word or a verb of holding stands before."""
        if self._is_behind(index, party_cues()["relation"]):
            return False
        before = range(max(index - _REACH_HELD, self.low), index)
        if any(first in before or last in before for first, last, _ in self.triggers):
            return True
        return self._token(index - 1).lstrip(_WA) in party_cues()["held_between"]

    def _is_behind(self, index: int, heads: frozenset[str]) -> bool:
        """Whether the word at `index` follows one of `heads`, with adjectives at most between: "the good relations with"."""
        for k in range(index - 1, max(index - 2 - _REACH_ADJECTIVES, -1), -1):
            token = self._token(k)
            if token.lstrip(_WA) in heads or token[1:] in heads:
                return True
            if any(first <= k <= last for first, last, _ in self.triggers):
                return False
            if not (token.startswith((_AL, _WA + _AL, _LAM + _LAM)) or token.endswith(_FEMININE)):
                return False
        return False

    def _opens_members(self, k: int) -> bool:
        """Of a word of `members`, whether a list of parties follows at once: the first of them within three words."""
        first = next((j for j in range(k + 1, min(k + 5, self.high)) if j in self.at), None)
        is_state = first is not None and self.at[first].kind in ("country", "organisation", "capital")
        return is_state and not is_topic_word(self._token((first or 0) - 1))  # not "the ministers in Riyadh"

    def _listed(self, i: int) -> str | None:
        """Return the role that a list gives to the place, unless a preposition makes it a scene or a topic."""
        span = next((s for s in reversed(self.between) if s[0] < self.first[i] < s[1]), None)  # the nearest list
        if span is None:
            return None
        before = self._token(self.first[i] - 1)
        if i > 0 and self._starts_with_wa(i) and self._adjacent(i) and self.roles.get(i - 1) == "mention":
            return None  # joined to a topic
        if self.places[i].kind == "nisba" and not self._qualifies_party(i, before) and self.first[i] - 1 != span[0]:
            return None
        if is_topic_word(before) and not (self._in_pair_of_offices(i, span[0]) or self._is_seat_of_body(i, span[0])):
            return None
        return span[2]

    def _qualifies_party(self, i: int, before: str) -> bool:
        return is_noun_of_party(before) or self._starts_with_wa(i)

    def _in_pair_of_offices(self, i: int, low: int) -> bool:
        """ "between the ministries of foreign affairs in Kuwait and China": the second is joined to the first."""
        inside = [j for j in range(len(self.places)) if low < self.first[j]]
        following = i + 1
        return (
            inside[0] == i
            and following < len(self.places)
            and self._adjacent(following)
            and self._starts_with_wa(following)
        )

    def _is_seat_of_body(self, i: int, low: int) -> bool:
        """ "between the ministry of interior in the Kingdom and the ministry of interior in Germany": the body is the state's."""
        if self._token(self.first[i] - 1) != _IN:
            return False
        last = max([low, *(k for j, k in enumerate(self.last) if j < i and k < self.first[i])])
        words_before = [self._token(k) for k in range(last + 1, self.first[i] - 1)]
        return any(word in institution_words() or word[1:] in institution_words() for word in words_before)

    def _starts_with_wa(self, i: int) -> bool:
        return self.doc.tokens[self.first[i]].text.startswith(_WA)

    def _is_recipient(self, place: PlaceMention, before: str, prefix: str) -> bool:
        """ "a loan to Jordan": whom aid or a message goes to."""
        given = any(hit.value in ("aid", "message") for _, _, hit in self.triggers)
        if not given or place.kind != "country":
            return False
        index = self.doc.token_index(place.word_start)
        purpose = any(self._token(k).startswith(_LAM) and len(self._token(k)) > 3 for k in (index - 1, index - 2))
        return before in party_cues()["to"] or prefix in (_LAM, _LAM + _LAM) or (purpose and not prefix.strip(_AL))

    def _is_destination(self, i: int, before: str, prefix: str) -> bool:
        """After a word of visiting: its object, or the place after "to"."""
        place = self.places[i]
        if place.kind not in ("country", "capital", "city") or before in that_words():
            return False  # "the visit confirmed that Jordan ..."
        for _, last, hit in self.triggers:
            if hit.value != "visit" or last >= self.first[i] or self.first[i] - last > _REACH_GOAL:
                continue
            if hit.phrase.text in leaving_verbs() and before not in party_cues()["to"]:
                continue
            if hit.phrase.text in landing_verbs() and (before in party_cues()["topic"] or prefix == _BA):
                return True
            gap = sum(not self._is_covered(k) for k in range(last + 1, self.first[i]))
            if before in party_cues()["to"] or prefix in (_LAM, _LAM + _LAM, _WA + _LAM) or gap <= 1:
                return True
            is_verb = hit.kind in _VERBS and not hit.phrase.list_name.startswith("motion")
            reach = _REACH_FAR_OBJECT if is_verb and self._is_first_bare(i, last) else _REACH_OBJECT
            if gap <= reach and not is_topic_word(before) and not is_noun_of_party(before) and prefix in ("", _AL):
                return True
        return False

    def _is_first_bare(self, i: int, verb: int) -> bool:
        """ "will visit, at the end of his tour from 6 to 8 August, Vietnam": no other place without a preposition, no comma."""
        if any(self._token(k) in (",", '"', ":") for k in range(verb + 1, self.first[i] - 1)):
            return False
        between = [p for p, first in zip(self.places, self.first, strict=True) if verb < first < self.first[i]]
        return all(p.kind == "nisba" or self.doc.text[p.word_start : p.start] not in ("", _AL) for p in between)

    def _is_covered(self, index: int) -> bool:
        """Whether a token belongs to an official's titles or name."""
        return any(s <= self.doc.tokens[index].start < e for s, e in self.covered)

    def _is_subject(self, i: int) -> bool:
        """Right before or after a verb of the event, light words aside, or joined to such a place."""
        for first, last, hit in self.triggers:
            if not hit.kind.startswith("event_") or hit.kind == "event_noun":
                continue
            if self.doc.text[hit.word_start : hit.start].startswith(_BA) and self.first[i] < first:
                continue  # "Kuwait welcomed the agreement"
            low, high = (last + 1, self.first[i]) if self.first[i] > last else (self.last[i] + 1, first)
            if 0 <= high - low < _REACH_TRIGGER and all(
                self._token(k) in party_cues()["light"] for k in range(low, high)
            ):
                return True
        return False
