"""Turns the drafts of one article into the codebook's records: every field with its evidence, every blank with its reason."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

from extract.amounts import AmountMention
from extract.annotate import Annotated
from extract.confidence import field_confidences, record_confidence
from extract.cues import institution_words
from extract.dates import DateMention, Publication
from extract.drafts import Draft
from extract.event_types import DEEDS
from extract.events import EventMention
from extract.evidence import quote
from extract.fold import without_marks
from extract.headline import title_of
from extract.latin import common_spelling, latin_name
from extract.models import (
    Amount,
    Blank,
    Engagement,
    Evidence,
    Official,
    Outcome,
    Project,
    Sector,
    Source,
)
from extract.names import without_tag
from extract.outcomes import OutcomeMention
from extract.people import Person
from extract.projects import ProjectMention
from extract.scopes import has_pair, scopes_of
from extract.sentences import Sentence
from extract.shared_venues import find_venues
from extract.subjects import LEADING_RANKS, Leaders, SectorMention, assign_sectors
from extract.summary import write_summary
from extract.venues import Venue

ID_LENGTH = 16
_NEAR = (
    2  # sentences; of 8 sectors that stood farther off, by nobody's name, one was the engagement's, 7 were none of its
)
_BETWEEN_TWO = ("trade_volume", "investment")  # what is measured between two countries
_REACH_PROJECT = 2  # letters of an article between where a project's name and its sector's word begin
SUMMARY_CHOICES = 3  # later clauses repeat what the first ones say
DEFAULT_REASONS = {
    "date_start": "no_date_in_text",
    "venue_country": "venue_not_said",
    "venue_city": "city_not_said",
    "officials": "no_officials_named",
    "sectors": "no_sector_said",
    "projects": "no_project_named",
    "amounts": "no_amount_said",
    "outcomes": "no_outcome_said",
}


@dataclass(frozen=True, slots=True)
class Findings:
    """All that the finders said of one article, for `build_records` to share out among its engagements."""

    people: tuple[Person, ...]
    dates: tuple[DateMention, ...]
    sectors: tuple[SectorMention, ...]
    projects: tuple[ProjectMention, ...]
    amounts: tuple[AmountMention, ...]
    outcomes: tuple[OutcomeMention, ...]
    publication: Publication


def build_records(doc: Annotated, drafts: Sequence[Draft], findings: Findings) -> tuple[Engagement, ...]:
    """Return one record a draft, in the drafts' order."""
    seen: dict[tuple[str, str], int] = {}
    records = []
    scopes = scopes_of(doc, drafts)
    planned = {n for d in drafts[1:] if d.status == "planned" and drafts[0].status == "held" for n in d.sentences}
    venues = find_venues(doc, drafts, findings.people)
    for draft, scope, venue in zip(drafts, scopes, venues, strict=True):
        records.append(_Builder(_Share(doc, draft, drafts, scope, planned, venue), findings).build(seen))
    return tuple(records)


@dataclass(frozen=True, slots=True)
class _Share:
    """What one record draws on: its draft, the sentences in its scope, those in which a next meeting is planned, its venue."""

    doc: Annotated
    draft: Draft
    drafts: Sequence[Draft]
    scope: set[int]
    planned: set[int]
    venue: Venue | None


class _Builder:
    """Builds one record; each method fills one field and notes its evidence, or the reason why it is blank."""

    def __init__(self, share: _Share, findings: Findings) -> None:
        self.doc, self.draft, self.scope = share.doc, share.draft, share.scope
        self.drafts, self.main = share.drafts, share.drafts[0]
        self.found = findings
        self.planned, self.venue = share.planned, share.venue
        self.evidence: list[Evidence] = []
        self.blanks: list[Blank] = []

    def build(self, seen: dict[tuple[str, str], int]) -> Engagement:
        """Return the record; `seen` counts the records of one type that rest on one sentence."""
        draft, article = self.draft, self.doc.article
        first = draft.events[0]
        self._note("type", draft.type, (first.trigger.word_start, first.trigger.end), f"type.{first.trigger.kind}")
        told = (e.status_at for e in draft.events if e.status == draft.status and e.status_at is not None)
        status_at = next(told, (first.trigger.word_start, first.trigger.end))
        self._note("status", draft.status, status_at, f"status.{draft.status}")
        for code, participant in draft.parties.items():
            self._note("parties", code, (participant.start, participant.end), f"party.{participant.role}")
        date = draft.date if draft.date is not None and draft.date.date_start is not None else None
        if date is not None:
            self._note("date_start", str(date.date_start), (date.start, date.end), date.rule)
        else:
            self._blank("date_start", self._why_no_date())
        venue = self.venue
        if venue is not None:
            self._note("venue_country", venue.country, venue.country_at, venue.rule)
            if venue.city_at is not None and venue.city is not None:
                self._note("venue_city", venue.city, venue.city_at, venue.rule)
            else:
                self._blank("venue_city")
        else:
            self._blank("venue_country", "remote" if draft.type == "call" else None)
            self._blank("venue_city", "remote" if draft.type == "call" else None)
        officials = self._officials()
        sectors = self._sectors(officials)
        projects, amounts, outcomes = self._projects(), self._amounts(), self._outcomes()
        sentence = self.doc.sentences[self._best_sentence()]
        summary_at = (sentence.start, sentence.end)
        self._note("summary", "summary", summary_at, "summary.most_told")
        start, end = self.doc.folded.span(*summary_at)
        summary = article.text[start:end]
        confidences = field_confidences(self.evidence)
        words_at = self.doc.folded.span(draft.date.start, draft.date.end) if draft.date is not None else None
        record = Engagement(
            engagement_id=_identify(article.article_id, draft.type, self._words(_anchor(self.doc, first)), seen),
            role=draft.role,
            type=draft.type,
            status=draft.status,
            parties=tuple(draft.parties),
            date_start=date.date_start if date else None,
            date_end=date.date_end if date else None,
            date_precision=date.precision if date else "unknown",
            date_basis=date.basis if date else "none",
            date_words=article.text[words_at[0] : words_at[1]] if words_at else None,
            venue_country=venue.country if venue else None,
            venue_city=venue.city if venue else None,
            venue_city_en=venue.city_en if venue else None,
            officials=officials,
            sectors=sectors,
            projects=projects,
            amounts=amounts,
            outcomes=outcomes,
            summary=summary,
            summary_en="",
            evidence=tuple(self.evidence),
            blanks=tuple(self.blanks),
            confidence=record_confidence(draft.role, self.evidence),
            field_confidence=tuple(sorted(confidences.items())),
            sources=(
                Source(article.article_id, title_of(article), article.outlet, article.url, self.found.publication.date),
            ),
        )
        return replace(record, summary_en=write_summary(record))

    def _why_no_date(self) -> str | None:
        """Return why the date is blank: its words need a day of writing that is not trusted, or are of something else."""
        date, publication = self.draft.date, self.found.publication
        if date is not None:
            return publication.reason if date.needs_publication and publication.is_refused else date.reason
        told = {self.doc.sentence_at(d.start).number for d in self.found.dates if d.date_start is not None}
        return "dates_of_other_things" if told & set(self.draft.sentences) else None

    def _best_sentence(self) -> int:
        """Return the number of the sentence, of the first that tell of it, that names the most of who, where and when."""
        date = self.draft.date

        def told(event: EventMention) -> int:
            has_date = date is not None and event.start <= date.start < event.end
            codes = {p.code for p in event.participants if p.is_strong}
            return len(codes) + len({p.person for p in event.participants} - {None}) + has_date

        return max(self.draft.events[:SUMMARY_CHOICES], key=told).sentence

    def _note(self, field: str, value: str, at: tuple[int, int], rule: str) -> str:
        item = quote(self.doc, field, value, at, rule)
        self.evidence.append(item)
        return item.quote

    def _blank(self, field: str, reason: str | None = None) -> None:
        self.blanks.append(Blank(field, reason or DEFAULT_REASONS[field]))

    def _words(self, at: tuple[int, int]) -> str:
        start, end = self.doc.folded.span(*at)
        return self.doc.article.text[start:end]

    def _institution(self, person: Person) -> str | None:
        """Return the words of the title from the noun of an institution on, its nationality left out; None if it has none."""
        if person.title_at is None:
            return None
        tokens = self.doc.tokens_in(*person.title_at)
        first = next((t for t in tokens if t.text.lstrip("\u0644\u0628") in institution_words()), None)
        if first is None:
            return None
        end = person.title_at[1]
        country = next((p for p in self.doc.places_in(first.start, end) if p.kind == "nisba"), None)
        return self._words((first.start, country.word_start - 1 if country else end))

    def _word_start(self, at: int) -> int:
        """Return where the word begins that holds folded offset `at`: a quote shows the article and clitics too."""
        return self.doc.tokens[self.doc.token_index(at)].start

    def _officials(self) -> tuple[Official, ...]:
        found = []
        for person in self.found.people:
            if person.number not in self.draft.attending or person.country is None:
                continue
            name = self._note("officials", self._words(person.name_at), person.name_at, person.rule)
            if person.title_at is not None:
                self._note("officials.title", name, person.title_at, "official.title")
            if person.country_at is not None:
                self._note("officials.country", name, person.country_at, person.country_rule)
            found.append(
                Official(
                    name=name,
                    name_canonical=common_spelling(without_tag(without_marks(name))),
                    name_latin=latin_name(name, person.country),
                    title=self._words(person.title_at) if person.title_at else None,
                    rank=person.rank or "official",
                    country=person.country,
                    institution=self._institution(person),
                )
            )
        if not found:
            self._blank("officials")
        return tuple(found)

    def _sectors(self, officials: Sequence[Official]) -> tuple[Sector, ...]:
        clauses = [(e.start, e.end) for e in self.draft.events]
        first = self.draft.events[0]
        leading = [o for o in officials if o.rank in LEADING_RANKS]
        leaders = Leaders(
            sides=len({o.country for o in leading}),
            has_foreign_minister=any(o.rank == "foreign_minister" for o in leading),
            start=first.trigger.word_start,
            end=first.trigger.end,
            sentence=first.sentence,
        )
        mentions = [m if self._is_near(m.sentence) else m.as_context("context_far") for m in self.found.sectors]
        findings = assign_sectors(mentions, self.scope, self.draft.type, clauses, leaders)
        for finding in findings:
            for mention in finding.mentions:
                field = "sectors" if finding.is_core else "sectors_context"
                at = (self._word_start(mention.start), mention.end)
                self._note(field, finding.code, at, f"sector.{mention.rule}")
        if not any(f.is_core for f in findings):
            self._blank("sectors")
        return tuple(Sector(f.code, f.is_core) for f in findings)

    def _is_near(self, number: int) -> bool:
        """Whether a sentence stands by those that tell of it, or names a party, one who was there, or "the two sides"."""
        if self.draft.type in DEEDS or any(abs(number - n) <= _NEAR for n in self.draft.sentences):
            return True  # a list of papers goes on for long
        sentence = self.doc.sentences[number]
        if any(p.code in self.draft.parties for p in self.doc.places_in(sentence.start, sentence.end)):
            return True
        spans = [s for p in self.found.people if p.number in self.draft.attending for s in p.spans]
        return any(sentence.start <= s[0] < sentence.end for s in spans) or has_pair(self.doc, sentence)

    def _in_scope(self, at: int) -> bool:
        return self.doc.sentence_at(at).number in self.scope

    def _is_told(self, at: int, measures: str | None) -> bool:
        """Whether a sentence in scope tells of the engagement, or names both sides: figures of anything else are not its.

        "The two sides" may have lost as much: one word for both is enough for what they trade or invest alone.
        """
        sentence = self.doc.sentence_at(at)
        if sentence.number not in self.scope:
            return False
        if self.draft.role == "background" and self.draft.type not in DEEDS and sentence.number in self.main.sentences:
            return False
        if sentence.number in self.draft.sentences:
            return True
        if any(sentence.number in d.sentences for d in self.drafts if d.type in DEEDS):
            return False  # the figures of a paper or a gift are its own
        places = self.doc.places_in(sentence.start, sentence.end)
        if len({p.code for p in places} & set(self.draft.parties)) > 1:
            return True
        if measures in _BETWEEN_TWO and has_pair(self.doc, sentence):
            return True
        others = {p.code for p in places if p.kind != "nisba"} - set(self.draft.parties)
        return not others and self._is_of_subject(at, sentence)

    def _is_of_subject(self, at: int, sentence: Sentence) -> bool:
        """Whether a figure is of what came of the engagement ("announced plans to invest"), or of a project it is about."""
        if any(o.start <= at < o.end and o.type != "next_meeting" for o in self.found.outcomes):
            return True
        return any(sentence.start <= p.start < sentence.end for p in self.found.projects)

    def _projects(self) -> tuple[Project, ...]:
        found: dict[str, Project] = {}
        for mention in self.found.projects:
            if self._in_scope(mention.start) and not self._is_background(mention.start):
                name = self._note(
                    "projects", self._words((mention.start, mention.end)), (mention.start, mention.end), mention.rule
                )
                found.setdefault(mention.key, Project(name, mention.sector_code, mention.country_code))
        if not found:
            self._blank("projects")
        return tuple(found.values())

    def _is_background(self, at: int) -> bool:
        """Whether a project is only told of: "for years Cairo has sought", or of others: "it congratulated Egypt on"."""
        sentence = self.doc.sentence_at(at)
        if sentence.number in self.draft.sentences:
            return False
        named = {p.code for p in self.doc.places_in(sentence.start, sentence.end)}
        near = [m for m in self.found.sectors if m.start <= at + _REACH_PROJECT and at <= m.end]
        is_told = bool(near) and all(m.rule in ("context_background", "context_domestic") for m in near)
        return is_told or (bool(named) and not named & set(self.draft.parties))

    def _amounts(self) -> tuple[Amount, ...]:
        found: dict[tuple[float, str], Amount] = {}
        for mention in self.found.amounts:
            if self._is_told(mention.start, mention.measures):
                self._note("amounts", f"{mention.value:g} {mention.unit}", (mention.start, mention.end), mention.rule)
                found.setdefault(
                    (mention.value, mention.unit), Amount(mention.value, mention.unit, mention.measures, mention.growth)
                )
        if not found:
            self._blank("amounts")
        return tuple(found.values())

    def _outcomes(self) -> tuple[Outcome, ...]:
        found = []
        for mention in self.found.outcomes:
            number = self.doc.sentence_at(mention.start).number
            # What was agreed beside the plan of a next meeting was agreed at this one.
            agreed_at_main = number in self.planned and mention.type != "next_meeting"
            is_planned = self.draft.status == "planned" and self.draft is not self.main
            if (number in self.scope and not (is_planned and agreed_at_main)) or (
                self.draft is self.main and agreed_at_main
            ):
                at = (mention.start, mention.end)
                found.append(Outcome(mention.type, self._note("outcomes", mention.type, at, mention.rule)))
        if not found:
            self._blank("outcomes")
        return tuple(found)


def _anchor(doc: Annotated, event: EventMention) -> tuple[int, int]:
    sentence = doc.sentences[event.sentence]
    return sentence.start, sentence.end


def _identify(article_id: str, kind: str, sentence: str, seen: dict[tuple[str, str], int]) -> str:
    """Return an id that rests on the article, the type and the first sentence that tells of it: no order moves it."""
    count = seen.get((kind, sentence), 0)
    seen[(kind, sentence)] = count + 1
    return hashlib.sha256("\x1f".join((article_id, kind, sentence, str(count))).encode()).hexdigest()[:ID_LENGTH]
