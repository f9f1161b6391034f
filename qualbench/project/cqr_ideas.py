"""Core ideas of consensual qualitative research: each judge's own, then the team's."""

from __future__ import annotations

from collections.abc import Sequence

from qualbench.errors import BadDecision
from qualbench.model import Changes, CoreIdea
from qualbench.project.cqr_cases import Cases
from qualbench.steps.cqr import ideas
from qualbench.steps.cqr.comments import UNANSWERED
from qualbench.store.queries import cqr, extracts


class Ideas(Cases):
    """What a case says in a domain, in few words."""

    def core_ideas(self, case: str = "", domain: str = "", *, agreed: bool = False) -> tuple[CoreIdea, ...]:
        """The core ideas of judges that the viewer may read, or the team's."""
        if agreed:
            return cqr.agreed_ideas(self._db, case, domain)
        return cqr.core_ideas(self._db, self.viewer, case, domain)

    def write_idea(self, case: str, domain: str, words: str, places: Sequence[str] = (), idea: str = "") -> Changes:
        """A core idea of the viewer's own; `idea` is the id of one to write anew."""
        self._domain_called(domain)
        held = self._own_idea(idea) if idea else None
        case = held.case if held else case
        self._judge_of(case, self._case_called(case))
        kept = self._checked(case, places)
        return self._record(ideas.write(case, domain, words, kept, judge=self.viewer, held=held))

    def remove_idea(self, idea: str) -> Changes:
        """The viewer takes one of their core ideas away."""
        held = self._own_idea(idea)
        self._judge_of(held.case, self._case_called(held.case))
        return self._record(ideas.remove(held, self.viewer))

    def submit_ideas(self, case: str, *, nothing: bool = False) -> Changes:
        """The viewer hands in their core ideas of a case for good; with `nothing`, that there are none."""
        self._judge_of(case, self._case_called(case))
        own = [one for one in self.core_ideas(case) if one.judge == self.viewer]
        return self._record(ideas.submit(case, self.viewer, own, nothing=nothing))

    def agree_idea(
        self, case: str, domain: str, words: str, places: Sequence[str] = (), sources: Sequence[str] = (),
        agreed: str = "",
    ) -> Changes:  # fmt: skip
        """The team's core idea, with the judges' own it came from; `agreed` is the id of one to agree on anew."""
        self._domain_called(domain)
        self._may_agree(case, self._case_called(case))
        held = self.agreed_idea(agreed) if agreed else None
        known = {one.id: one for one in self.core_ideas(case)}
        if any(id_ not in known for id_ in sources):
            raise BadDecision("There is no such core idea of a judge in this case.", "See: qualbench cqr FOLDER ideas")
        kept, from_ = self._checked(case, places), [known[id_] for id_ in sources]
        if held and held.domain != domain and any(held.id in one.ideas for one in cqr.agreed_categories(self._db)):
            raise BadDecision("This core idea is in a category of its domain.", "Take it out of there first.")
        return self._record(ideas.agree(case, domain, words, kept, from_, held))

    def drop_idea(self, agreed: str, reason: str) -> Changes:
        """The team gives a core idea up; what judges wrote stays."""
        held = self.agreed_idea(agreed)
        self._may_agree(held.case, self._case_called(held.case))
        return self._record(ideas.drop(held, reason, waiting=self._waits("idea", agreed)))

    def agreed_idea(self, id_: str) -> CoreIdea:
        """One core idea of the team, by id."""
        for one in self.core_ideas(agreed=True):
            if one.id == id_:
                return one
        raise BadDecision("The team has no such core idea.", "See: qualbench cqr FOLDER ideas --agreed")

    def _own_idea(self, id_: str) -> CoreIdea:
        for one in self.core_ideas():
            if one.id == id_ and one.judge == self.viewer:
                return one
        raise BadDecision("You have no such core idea.", "See: qualbench cqr FOLDER ideas")

    def _case_called(self, case: str) -> str:
        """The label of a case, by its id."""
        for id_, label in self.case_labels():
            if id_ == case:
                return label
        raise BadDecision(f"There is no case '{case}'.", "See: qualbench cqr FOLDER cases")

    def _checked(self, case: str, places: Sequence[str]) -> tuple[str, ...]:
        texts = extracts.texts(self._db, list(self.heard_cases()[case].transcripts)) if places else {}
        return ideas.check_places(places, {id_: len(text) for id_, (_, text) in texts.items()})

    def _waits(self, on: str, about: str) -> bool:
        """Whether a comment on something of the team's has no answer."""
        return any((one.on, one.about) == (on, about) and one.state in UNANSWERED for one in cqr.comments(self._db))
