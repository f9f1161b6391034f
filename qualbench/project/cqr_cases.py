"""Cases and domains of consensual qualitative research, who judges them, and the text they rest on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from qualbench import events
from qualbench.errors import BadDecision
from qualbench.events import Event
from qualbench.model import METHOD_NAMES, CaseState, Changes, Code, Comment, Judging, JudgingMode, Role, Speaker
from qualbench.model.profiles import AuditorUse
from qualbench.project import placed
from qualbench.project.method import Methods
from qualbench.steps import study
from qualbench.steps.cqr import cases, comments, ideas
from qualbench.steps.cqr.cases import Case, CaseTurn, Passage
from qualbench.store.queries import cqr, papers, transcripts

Span = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class HeardCase:
    """A case as the transcripts have it: its label, the transcripts, and the participants in it."""

    label: str
    transcripts: tuple[str, ...]
    members: tuple[str, ...]


class Cases(Methods):
    """Who judges what, and what they have before them."""

    # --- who may do what ---------------------------------------------------------------------------------------

    def roles(self, person: str) -> tuple[str, ...]:
        """What somebody is in this study; nothing for whoever never worked here."""
        return next((one.roles for one in self.people() if one.name == person), ())

    def give_roles(self, person: str, roles: Sequence[str]) -> Changes:
        """What a person is from now on: coder, lead, auditor, or several of them."""
        if comments.AUDITOR in roles and self.profile().auditor is AuditorUse.OFF:
            raise BadDecision(
                f"{METHOD_NAMES[self.study.method]} has no auditor.".capitalize(),
                "Who reads along can write memos; or change the method: qualbench method FOLDER change",
            )
        study.join(person, [one.name for one in self.people()])  # refuses a name that is close to a known one
        return self._record(comments.give_roles(person, roles, self.roles(person)))

    def is_auditor(self, about: str = "") -> bool:
        """Whether the viewer is an auditor; of a case or domain only when they are no judge of it."""
        held = self.judging(about) if about else None
        return comments.AUDITOR in self.roles(self.viewer) and not (held and self.viewer in held.judges)

    def _record(self, facts: Sequence[Event]) -> Changes:
        """Auditors comment and do not edit, wherever the edit comes from."""
        comments.may_record(self.viewer, self.roles(self.viewer), facts)
        return super()._record(facts)

    def _switch(self, subject: str, area: str, *, undo: bool) -> Changes:
        """What a judge handed in, and a comment that somebody has answered, is not taken back."""
        if area == events.CQR:
            held = {one.id: one.state for one in cqr.comments(self._db)}
            comments.may_switch(self.newest_step(subject, area, undo=undo), cqr.judging(self._db), held)
        return super()._switch(subject, area, undo=undo)

    def _team_of(self, about: str) -> None:
        """Refuse an auditor of a case or domain, and whoever has commented on it."""
        if self.is_auditor(about) or self.viewer in {one.author for one in self._comments_behind(about)}:
            raise comments.AuditorsComment(self.viewer)

    def _comments_behind(self, about: str) -> list[Comment]:
        """The comments on a case or domain and on the team's core ideas or categories in it."""
        inside = {about, *(one.id for one in cqr.agreed_ideas(self._db, about))}
        inside |= {one.id for one in cqr.agreed_categories(self._db, about)} if about else set()
        return [one for one in cqr.comments(self._db) if one.about in inside]

    # --- cases -------------------------------------------------------------------------------------------------

    def case_rule(self) -> str:
        """What one case is: 'participant', or 'transcript' with the group that speaks in it."""
        return cqr.case_rule(self._db)[0] or cases.CASE_RULES[0]

    def case_reason(self) -> str:
        """Why one case is what it is; empty while nobody said."""
        return cqr.case_rule(self._db)[1]

    def count_cases(self, by: str, reason: str) -> Changes:
        """One case is a participant or a transcript from now on, for a reason that the report repeats."""
        return self._record(cases.count(by, reason, *cqr.case_rule(self._db)))

    def cases(self) -> tuple[Case, ...]:
        """Every case with its judges, its state, and how much settled text each domain has."""
        judging = cqr.judging(self._db)
        states = {id_: state for id_, state, *_ in cqr.case_states(self._db)}
        places, domains = self._domain_places(), self._domain_labels()
        return tuple(
            Case(
                id_, one.label, one.transcripts, states.get(id_), judging.get(id_),
                tuple((domain, len(places.get((id_, domain), ()))) for domain, _ in domains),
            )
            for id_, one in self.heard_cases().items()
        )  # fmt: skip

    def case(self, name: str) -> Case:
        """One case, by label or id."""
        for one in self.cases():
            if name in (one.id, one.label):
                return one
        known = ", ".join(one.label for one in self.heard_cases().values())
        raise BadDecision(f"There is no case called '{name}'.", f"Known are: {known or 'none yet'}")

    def case_labels(self) -> tuple[tuple[str, str], ...]:
        """Id and label of each case, in order."""
        return tuple((id_, one.label) for id_, one in self.heard_cases().items())

    def case_members(self) -> dict[str, tuple[str, ...]]:
        """The participants in each case."""
        return {id_: one.members for id_, one in self.heard_cases().items()}

    def heard_cases(self) -> dict[str, HeardCase]:
        """The cases of the study by id; whoever withdrew is none, nor is a group that withdrew as a whole."""
        by_person = self.case_rule() == "participant"
        return self._until_written("cases", lambda: dict(self._people_heard() if by_person else self._groups_heard()))

    def _people_heard(self) -> Iterator[tuple[str, HeardCase]]:
        names, labels = transcripts.names(self._db), {one.id: one.label for one in self.participants()}
        heard: dict[str, list[str]] = {}
        for transcript, speaker in self._speaking():
            id_ = placed.case_of(transcript, speaker)
            labels.setdefault(id_, f"{speaker.label} in {names[transcript]}")
            heard.setdefault(id_, []).append(transcript)
        gone = {person for person, *_ in papers.withdrawn(self._db)}
        for id_, label in labels.items():
            if id_ in heard and id_ not in gone:
                yield id_, HeardCase(label, tuple(dict.fromkeys(heard[id_])), (id_,))

    def _groups_heard(self) -> Iterator[tuple[str, HeardCase]]:
        members: dict[str, list[str]] = {}
        for transcript, speaker in self._speaking():
            members.setdefault(transcript, []).append(placed.case_of(transcript, speaker))
        gone = {person for person, *_ in papers.withdrawn(self._db)}
        for id_, name in transcripts.names(self._db).items():
            here = dict.fromkeys(members.get(id_, ()))
            if not here or here.keys() - gone:
                yield id_, HeardCase(name, (id_,), tuple(one for one in here if one not in gone))

    def _speaking(self) -> Iterator[tuple[str, Speaker]]:
        for transcript, those in self.speakers().items():
            yield from ((transcript, one) for one in those if one.role is Role.PARTICIPANT)

    # --- domains -----------------------------------------------------------------------------------------------

    def domains(self) -> tuple[Code, ...]:
        """The codes of kind domain of the newest codebook; where there are none, those at the top of its tree."""
        if not self.has_codebook():
            return ()
        codes = [code for code in self.codebook().codes if code.status not in placed.OUT_OF_USE]
        return tuple(one for one in codes if one.kind == "domain") or tuple(one for one in codes if not one.parent)

    def _domain_labels(self) -> tuple[tuple[str, str], ...]:
        return tuple((one.id, one.label) for one in self.domains())

    def _domain_called(self, domain: str) -> str:
        """The label of a domain, by its id."""
        for id_, label in self._domain_labels():
            if id_ == domain:
                return label
        known = ", ".join(id_ for id_, _ in self._domain_labels())
        raise BadDecision(f"There is no domain '{domain}'.", f"Known are: {known or 'none yet'}")

    def raw(self, case: str, domain: str) -> tuple[Passage, ...]:
        """The settled passages of a case in a domain, its sub-codes included, in the order of the transcripts."""
        found = []
        for transcript, start, end in self._domain_places().get((case, domain), ()):
            text = self.transcript(transcript)
            speaker = text.speaker_at(start)
            who = (speaker.participant or speaker.label) if speaker else ""
            found.append(Passage(text.id, text.name, start, end, text.text[start:end], who))
        return tuple(found)

    def _domain_places(self) -> dict[tuple[str, str], list[Span]]:
        return self._until_written("domain places", self._settled_domains)

    def _settled_domains(self) -> dict[tuple[str, str], list[Span]]:
        """Where each case has settled text in each domain."""
        parents, known = self.parents(), {id_ for id_, _ in self._domain_labels()}
        by_person = self.case_rule() == "participant"
        found: dict[tuple[str, str], list[Span]] = {}
        who: dict[str, dict[int, str]] = {}
        for place, codes in self.settled().codes.items():
            transcript, start, _ = place
            if by_person and transcript not in who:
                who[transcript] = self._heard_at(transcript)
            case = who[transcript].get(start, "") if by_person else transcript
            for domain in known & {up for code in codes for up in _upwards(code, parents)}:
                found.setdefault((case, domain), []).append(place)
        return found

    def _heard_at(self, transcript: str) -> dict[int, str]:
        """The case that is heard in each segment of a transcript, by where it starts."""
        text = transcripts.load(self._db, transcript, with_words=False)
        return {start: one.participant for start, one in placed.heard(text).items()} if text else {}

    # --- judges and states -------------------------------------------------------------------------------------

    def judging(self, about: str) -> Judging | None:
        """Who judges a case or a domain and who has handed in; nothing while nobody is named."""
        return cqr.judging(self._db).get(about)

    def name_judges(
        self, about: str, judges: Sequence[str], mode: JudgingMode = JudgingMode.ALONE
    ) -> Changes:  # fmt: skip
        """Who judges a case or a domain (by id): all alone, or the first one drafts and the others review."""
        self._called(about)
        self._team_of(about)
        audit = {one.author for one in self._comments_behind(about)}
        audit |= {one.name for one in self.people() if comments.only_audits(one.roles)}
        known = [one.name for one in self.people()]
        facts = cases.name_judges(about, judges, mode, self.judging(about), audit)
        joined = [fact for one in facts for judge in one.judges for fact in study.join(judge, known)]
        return self._record([*joined, *facts])

    def _called(self, about: str) -> str:
        """The label of a case or a domain; what is both can not be told apart."""
        labels = [dict(those).get(about) for those in (self.case_labels(), self._domain_labels())]
        found = [label for label in labels if label is not None]
        if len(found) != 1:
            why = "is both a case and a domain; rename the code" if found else "is neither a case nor a domain"
            raise BadDecision(f"'{about}' {why}.")
        return found[0]

    def state_case(self, case: str, state: CaseState, note: str = "") -> Changes:
        """A case came to a state, in any order; it closes when every comment of an auditor is answered."""
        held = self.case(case)
        self._team_of(held.id)
        return self._record(cases.state(held, state, note, self._comments_behind(held.id)))

    def case_history(self, case: str) -> tuple[CaseTurn, ...]:
        """Every state a case (by id) came to, the oldest first."""
        told = cqr.case_states(self._db, case) if case else ()
        return tuple(CaseTurn(to, note, actor, at) for _, to, note, actor, at in told)

    def _judge_of(self, about: str, called: str) -> None:
        self._team_of(about)
        ideas.may_judge(self.viewer, called, self.judging(about))

    def _may_agree(self, about: str, called: str) -> None:
        self._team_of(about)
        ideas.may_agree(called, self.judging(about))


def _upwards(code: str, parents: dict[str, str]) -> Iterator[str]:
    """A code and everything above it."""
    seen: set[str] = set()
    while code and code not in seen:
        seen.add(code)
        yield code
        code = parents.get(code, "")
