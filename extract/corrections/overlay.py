"""What the corrections make of the register: a pure function of what was extracted and of the decisions not undone.

decisions -> which records there are (split, merged, added) -> the values of their fields -> what was reviewed
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from extract.corrections.anchors import Ground
from extract.corrections.fields import correct_field
from extract.corrections.model import ADDED, ON_A_FIELD, RULE, Conflict, Correction, Overlay, Rejected
from extract.corrections.values import SOURCES, read_value, write_statements, write_value
from extract.merge import combine
from extract.models import Engagement, Evidence
from extract.summary import write_summary


def find_live(corrections: Sequence[Correction]) -> list[Correction]:
    """The corrections that are not undone, in order; an undoing can be undone too."""
    undone: set[str] = set()
    live = []
    for one in reversed(corrections):
        if one.correction_id in undone:
            continue
        if one.action == "undo":
            undone.add(one.new)
        else:
            live.append(one)
    return live[::-1]


def build_overlay(ground: Ground, corrections: Sequence[Correction]) -> Overlay:
    """What is shown in place of, beside, and no more of the register's records; reads those alone that are concerned."""
    desk = _Desk(ground)
    live = find_live(corrections)
    ground.prepare(live)
    told: dict[tuple[str, str], list[_Decided]] = {}
    sources: dict[str, _Decided] = {}
    for one in live:
        desk.restructure(one)
        if one.article_id:
            known = sources.get(one.article_id)
            sources[one.article_id] = _Decided.after(one, [known] if known else [])
        elif one.action in ON_A_FIELD and one.field is not None:
            name = desk.present(one) or f"gone:{one.engagement_id}"
            # Whoever decides on a merged record decides for all that it was merged from.
            before = [what for part in desk.parts(name) for what in told.pop((part, one.field), ())]
            apart = [what for what in before if desk.is_apart(one, what.ground)]
            heard = [what for what in before if what not in apart]
            told[name, one.field] = [*apart, _Decided.after(one, heard)]
    for one in live:
        desk.review(one)
    decided: dict[tuple[str, str], _Decided] = {}
    for (_, name), several in told.items():
        for what in several:
            key = desk.present(what.ground) or f"gone:{what.ground.engagement_id}", name
            decided[key] = decided[key].beside(what) if key in decided else what
    for (name, _), what in decided.items():
        desk.settle(name, what)
    desk.settle_sources(sources)
    desk.check_confirmed(decided)
    return desk.overlay()


@dataclass(slots=True)
class _Decided:
    """What was decided on one field of one record: the last setting that stands, and the last word on its ground.

    `rival` is another setting of the field, made on a record that was merged with this one afterwards.
    """

    ground: Correction
    setting: Correction | None = None
    rival: Correction | None = None

    @staticmethod
    def after(one: Correction, before: Iterable[_Decided]) -> _Decided:
        """What stands when a decision was added to those before it."""
        settings = [what.setting for what in before if what.setting]
        last = max(settings, key=lambda setting: setting.number, default=None)
        return _Decided(one, {"set": one, "take": None}.get(one.action, last))

    def beside(self, other: _Decided) -> _Decided:
        """What stands when two records that were decided on became one: the later setting, and another as its rival."""
        first, last = sorted((self, other), key=lambda what: (what.setting is not None, what.ground.number))
        rivals = [one for one in (first.setting, first.rival, last.rival) if one and last.setting]
        differing = [one for one in rivals if last.setting and one.new != last.setting.new]
        return replace(last, rival=differing[0] if differing else None)


@dataclass(slots=True)
class _Desk:
    """The records that decisions are about, as they become."""

    found: Ground
    records: dict[str, Engagement] = field(default_factory=dict)
    members: dict[str, list[str]] = field(default_factory=dict)
    hidden: set[str] = field(default_factory=set)
    reviews: dict[str, str] = field(default_factory=dict)
    retold: set[str] = field(default_factory=set)
    worded: set[str] = field(default_factory=set)
    confirmed: dict[str, Correction] = field(default_factory=dict)
    refused: dict[str, list[Correction]] = field(default_factory=dict)
    conflicts: list[Conflict] = field(default_factory=list)
    original: dict[str, Engagement] = field(default_factory=dict)
    current: dict[str, str] = field(default_factory=dict)

    def present(self, one: Correction) -> str | None:
        """The id under which the record of a decision is shown now."""
        name = self._after_merges(self._find(one))
        if name:
            self.current[one.engagement_id] = name
        return name

    def _find(self, one: Correction) -> str | None:
        return one.engagement_id if one.engagement_id in self.records else self.found.find(one)

    def _own(self, one: Correction) -> Engagement | None:
        """The extractor's own record that a decision is about, before anyone took apart or put together."""
        known = self.found.record(one.engagement_id) or self.found.member(one.engagement_id)
        name = None if known else self.found.find(one)
        return self.found.record(name) if name else known

    def _after_merges(self, name: str | None) -> str | None:
        seen = set()
        while name in self.hidden and name not in seen:
            seen.add(name)
            name = next((into for into, taken in self.members.items() if name in taken and into != name), name)
        return name

    def _record(self, name: str) -> Engagement | None:
        return self.records.get(name) or self.found.record(name)

    def restructure(self, one: Correction) -> None:
        """Take apart, put together or add."""
        if one.action == "split":
            self._split(one)
        elif one.action == "merge":
            self._merge(one)
        elif one.action == "add" and isinstance(one.new, Engagement):
            self.records[one.engagement_id] = replace(one.new, evidence=self._held(one.new.evidence))
            if len(self.records[one.engagement_id].evidence) < len(one.new.evidence):
                self.conflicts.append(Conflict(one, "words_moved", None, None, None))

    def _split(self, one: Correction) -> None:
        name = self.present(one)
        members = [merge.member_id for merge in self.found.merges(name)] if name else []
        members = self.members.get(name or "", members)
        out = [member for member in one.new if member in members]
        if name is None or not all(member in out or self.found.record(member) for member in one.new):
            self.conflicts.append(Conflict(one, "record_gone", list(one.new), None, None))
        if name is None or not out or len(members) == 1:
            return
        rest = [member for member in members if member not in out]
        self.hidden.add(name)
        for member in out:
            self._show([member], member)
        if rest:
            self._show(rest, name if name in rest else rest[0])

    def _show(self, members: list[str], name: str) -> None:
        self.members[name] = members
        found = [record for member in members if (record := self.found.member(member))]
        if found:
            self.records[name] = replace(found[0], engagement_id=name) if len(found) == 1 else combine(name, found)
            self.hidden.discard(name)

    def _merge(self, one: Correction) -> None:
        name = self.present(one)
        first = self._record(name) if name else None
        if name is None or first is None:
            self.conflicts.append(Conflict(one, "record_gone", list(one.new), None, None))
            return
        for other in one.new:
            taken = self._after_merges(other if self._record(other) else self.found.merged_into(other))
            second = self._record(taken) if taken else None
            if taken is None or second is None:
                self.conflicts.append(Conflict(one, "record_gone", [other], None, None))
            elif taken != name:
                told = dict.fromkeys((*first.disagreements, *second.disagreements))
                first = combine(name, [first, second])
                first = replace(first, disagreements=tuple(dict.fromkeys((*told, *first.disagreements))))
                self.records[name] = first
                self.records.pop(taken, None)
                self.members.setdefault(name, [name]).append(taken)
                self.hidden.add(taken)

    def parts(self, name: str) -> list[str]:
        """A record, and all that analysts merged into it so far."""
        found = [name]
        for part in found:
            found += [taken for taken in self.members.get(part, ()) if taken in self.hidden and taken not in found]
        return found

    def is_apart(self, one: Correction, other: Correction) -> bool:
        """Whether a decision knew nothing of another, made on a report that the extractor has merged with its own since."""
        names = {one.engagement_id, other.engagement_id}
        known = one.anchor.members if one.anchor else names
        return len(names) == 2 and other.engagement_id not in known and all(map(self.found.merged_into, names))

    def review(self, one: Correction) -> None:
        """Note what a decision says of the review of its record: the last word counts.

        Whoever put records together or took them apart has not looked at their fields yet.
        """
        if one.action in ("split", "merge"):
            return
        said = {"confirm": "confirmed", "reject": "rejected", "add": "added"}.get(one.action, "corrected")
        name = self.present(one)
        if name is None:
            if one.action in ("confirm", "reject"):
                self.conflicts.append(Conflict(one, "record_gone", None, None, None))
            return
        if said in ("confirmed", "rejected") and name != self._find(one):
            return  # it was merged away, and what it is part of was not decided on
        if said == "confirmed":
            self.confirmed[name] = one
        elif said == "rejected":
            self.refused.setdefault(name, []).append(one)
        known = self.reviews.get(name)
        if not (known == "added" and said == "corrected"):
            self.reviews[name] = said

    def settle(self, name: str, decided: _Decided) -> None:
        """Give a record the value that was decided, and say where its ground has changed."""
        setting, ground = decided.setting, decided.ground
        if setting is None or setting.field is None:
            return
        base = ground.anchor.base if ground.anchor else setting.old
        record = self._record(name)
        if record is None:
            if not setting.engagement_id.startswith(ADDED):  # whose adding was undone
                self.conflicts.append(Conflict(setting, "record_gone", setting.new, base, None))
            return
        own = self._own(ground)
        # What an analyst added has no extractor's value that could change.
        now = write_value(setting.field, getattr(own, setting.field)) if own else base
        if decided.rival:
            self.conflicts.append(Conflict(setting, "set_on_both", setting.new, base, now, decided.rival))
        elif reason := self._find_change(ground, base, now, setting):
            self.conflicts.append(Conflict(setting, reason, setting.new, base, now))
        self.original.setdefault(name, record)
        value = read_value(setting.field, setting.new)
        evidence = [replace(one, rule=RULE) for one in self._held(setting.evidence)]
        self.records[name] = correct_field(record, setting.field, value, evidence)
        (self.worded if setting.field == "summary_en" else self.retold).add(name)

    def settle_sources(self, decided: Mapping[str, _Decided]) -> None:
        """Give all records of an article what was decided on its outlet, title, address and day."""
        if not decided:
            return
        reporting = self.found.find_reporting(decided)
        for name, record in self.records.items():
            for source in record.sources:
                if source.article_id in decided:
                    reporting.setdefault(source.article_id, []).append(name)
        for article_id, what in decided.items():
            if what.setting:
                names = dict.fromkeys(reporting.get(article_id, ()))
                self._settle_source(article_id, what.setting, what.ground, names)

    def _settle_source(self, article_id: str, setting: Correction, ground: Correction, names: Iterable[str]) -> None:
        base = ground.anchor.base if ground.anchor else setting.old
        own = (source for name in names if (one := self.found.record(name)) for source in one.sources)
        extracted = [source for source in own if source.article_id == article_id]
        now = write_value(SOURCES, extracted[:1]) or base
        if not names:
            self.conflicts.append(Conflict(setting, "record_gone", setting.new, base, None))
        elif reason := self._find_change(ground, base, now, setting):
            self.conflicts.append(Conflict(setting, reason, setting.new, base, now))
        (new,) = read_value(SOURCES, setting.new)
        evidence = tuple(replace(one, rule=RULE) for one in self._held(setting.evidence))
        for name in names:
            if record := self._record(name):
                self.original.setdefault(name, record)
                sources = tuple(new if one.article_id == article_id else one for one in record.sources)
                self.records[name] = replace(record, sources=sources, evidence=(*record.evidence, *evidence))

    def check_confirmed(self, decided: Iterable[tuple[str, str]]) -> None:
        """Ask anew where a record that was confirmed as it was reads otherwise now, but in fields that analysts set."""
        is_set = frozenset(decided)
        for name, one in self.confirmed.items():
            own = self._own(one)
            then = one.anchor.base if one.anchor else None
            if self.reviews[name] != "confirmed" or own is None or not isinstance(then, dict):
                continue
            now = write_statements(own)
            changed = [key for key in now if (name, key) not in is_set and key in then and then[key] != now[key]]
            if changed:
                was, is_ = ({key: side[key] for key in changed} for side in (then, now))
                self.conflicts.append(Conflict(one, "value_changed", None, was, is_))

    def _find_change(self, ground: Correction, base: object, now: object, setting: Correction) -> str | None:
        """Why a decision needs another look, if it does."""
        if now not in (base, setting.new):
            return "value_changed"
        for article_id, digest in ground.anchor.texts if ground.anchor else ():
            present = self.found.digest(article_id)
            if present is not None and present != digest and now != setting.new:
                return "text_changed"
        return "words_moved" if len(self._held(setting.evidence)) < len(setting.evidence) else None

    def _held(self, evidence: Iterable[Evidence]) -> tuple[Evidence, ...]:
        return tuple(one for one in evidence if self.found.holds(one))

    def _list_rejected(self, names: Iterable[str]) -> list[Rejected]:
        found = [Rejected(record, tuple(self.refused[name])) for name in names if (record := self._record(name))]
        return sorted(found, key=lambda one: one.decisions[-1].number)

    def overlay(self) -> Overlay:
        """The whole, with the rejected records hidden; of these nothing is asked any more."""
        for name in (self.retold - self.worded) & self.records.keys():
            # Our own line of English says what the fields say now, unless an analyst gave another.
            self.records[name] = replace(self.records[name], summary_en=write_summary(self.records[name]))
        rejected = {name for name, review in self.reviews.items() if review == "rejected"}
        present = [self.current.get(one.correction.engagement_id) for one in self.conflicts]
        conflicts = [one for one, name in zip(self.conflicts, present, strict=True) if name not in rejected]
        asked = {name for name in present if name and name not in self.hidden | rejected}
        return Overlay(
            records={name: record for name, record in self.records.items() if name not in self.hidden | rejected},
            hidden=frozenset(self.hidden | rejected),
            reviews=self.reviews | dict.fromkeys(sorted(asked), "conflict"),
            conflicts=tuple(conflicts),
            original=dict(self.original),
            current=dict(self.current),
            rejected=tuple(self._list_rejected(rejected)),
        )
