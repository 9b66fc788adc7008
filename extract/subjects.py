"""Finds the subjects of cooperation that an article names, and tells those of the engagement from background.

A mention is a phrase of `lexicons/sectors.toml`. Whether it is core is read from the cues that stand before it in its
sentence (`lexicons/subject_cues.toml`): the nearest one decides, because Arabic news puts the verb, or the noun of
action, before the list of subjects that it governs. "The two sides discussed trade and investment" is core; "a state
is held to be promising in solar energy" is context, and so is "the minister of energy", whatever stands before it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from extract.lexicon import Hit, keep_longest
from extract.sentences import Sentence

# Engagements that are themselves the thing done: what their own clause names is what they are about, cue or no cue.
DEEDS = frozenset({"agreement", "aid", "cooperation", "joint_committee"})
# Talks of those who lead states and their foreign policy are political where nothing else is said of their subject: of 181
# records that this makes so on 276 annotated articles, the annotators call 116 political at their core and 61 in part.
LEADING_RANKS = frozenset({"head_of_state", "head_of_government", "royal", "foreign_minister"})
_TALKS = frozenset({"meeting", "call", "visit", "summit", "message"})
# A known project (`lexicons/projects.toml`) names its sector too.
_SECTOR_KINDS = frozenset({"sector", "sector_file", "sector_about", "sector_deal", "subject_idiom", "project_name"})
_COUNTRY_KINDS = frozenset({"country", "nisba", "shared_country", "shared_nisba"})
# Letters that may stand between a word and its country: "the crisis in the north of Syria", but only "about Syria".
_COUNTRY_REACH = {"sector_file": 12, "sector_about": 1}
_CORE_STATES = frozenset({"talk", "agree", "stress", "joint"})
_AFTER_REACH = (
    30  # letters between a subject, or the next of its list, and the words that make it the centre of the talks
)
# Letters that a cue reaches to the first subject, or from one subject to the next. Of 20 sectors that only a cue from
# farther off made core, the annotators call 3 so.
_CUE_REACH = 160
_CONTINUATION_REACH = 12  # letters within which a cue of inclusion opens a sentence: "it also included"


@dataclass(frozen=True, slots=True)
class SectorMention:
    """A sector named at a folded place, in the sentence of that number; `rule` says why it is core or context."""

    code: str
    start: int
    end: int
    sentence: int
    is_core: bool
    rule: str

    def as_context(self, rule: str) -> SectorMention:
        """Return the same mention as background, for the reason that `rule` names."""
        return replace(self, is_core=False, rule=rule)


@dataclass(frozen=True, slots=True)
class SectorFinding:
    """A sector of one engagement, with the mentions that prove its verdict, in order of place."""

    code: str
    is_core: bool
    mentions: tuple[SectorMention, ...]


@dataclass(frozen=True, slots=True)
class Leaders:
    """For how many sides leaders took part, foreign ministers among them, and the folded range of the word that reports it."""

    sides: int
    has_foreign_minister: bool
    start: int
    end: int
    sentence: int


def find_sector_mentions(folded: str, hits: Sequence[Hit], sentences: Sequence[Sentence]) -> tuple[SectorMention, ...]:
    """Return every mention of a sector in order of place, each with its verdict by the cues of its sentence."""
    cues = keep_longest(h for h in hits if h.kind in ("subject_cue", "subject_idiom"))
    events = [h for h in cues if h.kind == "subject_cue"]
    events += [h for h in hits if h.kind in ("subject_office", "subject_after", "nisba")]
    events += _named_sectors(hits)
    starts = [s.start for s in sentences]
    by_sentence: dict[int, list[Hit]] = {}
    for hit in sorted(events, key=lambda h: (h.word_start, h.kind != "subject_cue", h.end)):
        by_sentence.setdefault(max(bisect_right(starts, hit.start) - 1, 0), []).append(hit)
    mentions: list[SectorMention] = []
    last, state = -2, "none"
    for number, here in by_sentence.items():
        found, state = _read_sentence(folded, number, here, state if number == last + 1 else "none")
        mentions.extend(found)
        last = number
    return tuple(mentions)


def find_continuations(hits: Iterable[Hit], sentences: Sequence[Sentence]) -> frozenset[int]:
    """Return the numbers of the sentences that go on with the list of the one before: "it also included ..."."""
    starts = [s.start for s in sentences]
    found = set()
    for hit in hits:
        if hit.kind == "subject_cue" and hit.value == "includes":
            number = bisect_right(starts, hit.start) - 1
            if number > 0 and hit.start - starts[number] <= _CONTINUATION_REACH:
                found.add(number)
    return frozenset(found)


def assign_sectors(
    mentions: Iterable[SectorMention],
    scope: Collection[int],
    engagement_type: str | None = None,
    clauses: Sequence[tuple[int, int]] = (),
    leaders: Leaders | None = None,
) -> tuple[SectorFinding, ...]:
    """Return the sectors of one engagement, core ones first.

    `scope` holds the numbers of the sentences that tell of it, `clauses` the folded ranges that report it. A code is
    core where one of its mentions is. In the clauses of a deed (an agreement, aid) every subject is core, but for
    offices; a deal ("the nuclear agreement") is core only there. Where leaders talk, and in political
    consultations, politics are core without a cue too; where nothing is core, what leaders talk of is politics.
    """
    core: dict[str, list[SectorMention]] = {}
    context: dict[str, list[SectorMention]] = {}
    for found_mention in mentions:
        mention = _as_politics(found_mention, engagement_type, leaders)
        is_done = engagement_type in DEEDS and mention.rule != "office" and _is_within(mention, clauses)
        if is_done or mention.sentence in scope:
            (core if is_done or mention.is_core else context).setdefault(mention.code, []).append(mention)
    if not core and leaders is not None and _talk_alone(engagement_type, leaders):
        talks = SectorMention("political", leaders.start, leaders.end, leaders.sentence, True, "core_leaders")
        core["political"] = [talks]
    found = [SectorFinding(code, True, tuple(proof)) for code, proof in core.items()]
    found += [SectorFinding(code, False, tuple(proof)) for code, proof in context.items() if code not in core]
    return tuple(found)


def _as_politics(mention: SectorMention, engagement_type: str | None, leaders: Leaders | None) -> SectorMention:
    """Make a political file core though no cue says so: the presidents met, and the crisis is named."""
    if mention.code != "political":
        return mention
    if engagement_type == "consultations":
        is_core = mention.rule in ("context_none", "office")  # "a session of the committee of political consultations"
    else:
        led = engagement_type in _TALKS and leaders is not None and leaders.sides > 0
        is_core = led and mention.rule == "context_none"
    return replace(mention, is_core=True, rule="core_leaders") if is_core else mention


def _talk_alone(engagement_type: str | None, leaders: Leaders) -> bool:
    """Whether the talks themselves are political: "the president received the premier".

    Not a minister of health's. A visit is, where a foreign minister took part or a leader on either side: of a president's
    alone nobody says what he came for.
    """
    if engagement_type == "visit":
        return leaders.sides > 1 or leaders.has_foreign_minister
    return engagement_type in _TALKS and leaders.sides > 0


def _is_within(mention: SectorMention, ranges: Sequence[tuple[int, int]]) -> bool:
    return any(start <= mention.start and mention.end <= end for start, end in ranges)


def _named_sectors(hits: Sequence[Hit]) -> list[Hit]:
    """Keep the longest mention at each place; two sectors may share one phrase, an idiom leaves none."""
    countries = sorted({(h.word_start, h.end) for h in hits if h.kind in _COUNTRY_KINDS})
    eligible = [h for h in hits if h.kind in _SECTOR_KINDS - _COUNTRY_REACH.keys()]
    starts = sorted(h.start for h in eligible)
    for hit in hits:
        if hit.kind in _COUNTRY_REACH:
            end = _country_after(countries, hit)
            # "The file of the Syrian refugees" is about refugees.
            if end is not None and bisect_left(starts, hit.end) == bisect_left(starts, end):
                eligible.append(hit._replace(end=end))
    kept = {(h.start, h.end) for h in keep_longest(eligible)}
    idioms = {(h.start, h.end) for h in eligible if h.kind == "subject_idiom"}
    by_place = {(h.start, h.end, h.value): h for h in eligible if (h.start, h.end) in kept - idioms}
    return list(by_place.values())


def _country_after(countries: Sequence[tuple[int, int]], hit: Hit) -> int | None:
    """Return where the country ends that the word is about, or None if no country follows it closely."""
    at = bisect_left(countries, (hit.end, 0))
    if at < len(countries) and countries[at][0] - hit.end <= _COUNTRY_REACH[hit.kind]:
        return countries[at][1]
    return None


def _read_sentence(folded: str, number: int, here: Sequence[Hit], carried: str) -> tuple[list[SectorMention], str]:
    """Return the mentions of one sentence with their verdicts, and the state that its last cue leaves."""
    found: list[SectorMention] = []
    state = "none"
    reached = 0  # where the last cue, or the last subject of its list, ends
    office_end = -1  # where a chain of portfolios has come to: "minister of culture and tourism"
    for index, hit in enumerate(here):
        is_next = 0 <= office_end <= hit.start and not folded[office_end : hit.word_start].strip(" ,")
        if hit.kind == "subject_office":
            office_end = hit.end
        elif hit.kind == "subject_cue":
            state, reached = _next_state(state, hit.value, carried), hit.end
        elif hit.kind == "nisba":
            office_end = hit.end if is_next else office_end  # "the Tunisian union of industry"
        elif hit.kind != "subject_after":
            near = hit.start - reached <= _CUE_REACH
            reached = hit.end if near else reached
            if is_next:
                rule, office_end = "office", hit.end
            elif hit.kind == "sector_deal":
                rule = "deal"
            elif state in _CORE_STATES and near:
                rule = f"core_{state}"
            elif _is_centre(hit, here[index + 1 :]):
                rule = "core_after"
            else:
                rule = f"context_{'none' if state in _CORE_STATES else state}"
            found.append(SectorMention(hit.value, hit.start, hit.end, number, rule.startswith("core"), rule))
    return found, state


def _next_state(state: str, cue: str, carried: str) -> str:
    """Return what governs the words after a cue.

    Inclusion goes on with it, cooperation does not end background, and nothing ends what a cabinet decides at home.
    """
    if state == "domestic":
        return state
    if cue == "includes":
        return carried if state == "none" else state
    return state if cue == "joint" and state == "background" else cue


def _is_centre(hit: Hit, later: Sequence[Hit]) -> bool:
    """Whether words follow that make a subject the centre of the talks, close to it or to a list that it opens."""
    end = hit.end
    for other in later:
        if other.word_start - end > _AFTER_REACH:
            return False
        if other.kind == "subject_after":
            return True
        if other.kind in _SECTOR_KINDS or other.value == "includes":
            end = max(end, other.end)
    return False
