"""Consensual qualitative research: the cross-analysis, the auditor's comments, and what is reported."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from qualbench import events
from qualbench.errors import BadDecision, UsageError
from qualbench.model import FREQUENCY_RULES, Category, Changes, Comment, FrequencyRule, Note
from qualbench.project.base import write_file
from qualbench.project.cqr_ideas import Ideas
from qualbench.steps.cqr import categories, comments
from qualbench.store.queries import cqr
from qualbench.store.queries import study as studies

if TYPE_CHECKING:
    from qualbench.steps.cqr.frequency import Sample, Table
    from qualbench.steps.cqr.stability import Stability
    from qualbench.steps.cqr.subgroups import Comparison

STABILITY = "cqr-stability"
"""What a kept stability check is called in the log."""


class Cqr(Ideas):
    """Work of judges and auditors."""

    # --- cross-analysis ----------------------------------------------------------------------------------------

    def categories(self, domain: str = "", *, agreed: bool = False) -> tuple[Category, ...]:
        """The categories of judges that the viewer may read, or the team's."""
        if agreed:
            return cqr.agreed_categories(self._db, domain)
        return cqr.proposed_categories(self._db, self.viewer, domain)

    def propose_category(self, domain: str, name: str, ideas: Sequence[str] = (), category: str = "") -> Changes:
        """A category of the viewer's own, over the team's core ideas; `category` is the id of one to write anew."""
        self._judge_of(domain, self._domain_called(domain))
        held = self._own_category(category) if category else None
        agreed = self.core_ideas(agreed=True)
        return self._record(categories.propose(domain, name, ideas, agreed, judge=self.viewer, held=held))

    def withdraw_category(self, category: str) -> Changes:
        """The viewer takes one of their categories away."""
        held = self._own_category(category)
        self._judge_of(held.domain, self._domain_called(held.domain))
        return self._record(categories.withdraw(held, self.viewer))

    def submit_categories(self, domain: str, *, nothing: bool = False) -> Changes:
        """The viewer hands in their categories of a domain for good."""
        self._judge_of(domain, self._domain_called(domain))
        own = [one for one in self.categories(domain) if one.judge == self.viewer]
        return self._record(categories.submit(domain, self.viewer, own, nothing=nothing))

    def agree_category(
        self, domain: str, name: str, ideas: Sequence[str] = (), parent: str = "", sources: Sequence[str] = (),
        category: str = "",
    ) -> Changes:  # fmt: skip
        """A category of the team, with the judges' it came from; `category` is the id of one to write anew."""
        self._may_agree(domain, self._domain_called(domain))
        return self._record(
            categories.agree(
                domain, name, ideas, self.core_ideas(agreed=True), parent=parent,
                sources=self._proposed(sources), known=self.categories(agreed=True),
                held=self.category(category) if category else None,
            )
        )  # fmt: skip

    def drop_category(self, category: str, reason: str) -> Changes:
        """The team gives a category up; its sub-categories stand by themselves."""
        held = self.category(category)
        self._may_agree(held.domain, self._domain_called(held.domain))
        return self._record(categories.drop(held, reason, waiting=self._waits("category", category)))

    def place_idea(self, idea: str, category: str, put: bool) -> Changes:
        """A core idea goes into a category of the team, or out of it."""
        held = self.category(category)
        self._may_agree(held.domain, self._domain_called(held.domain))
        agreed, known = self.core_ideas(agreed=True), self.categories(agreed=True)
        sources = self._proposed(held.sources)
        return self._record(categories.place(self.agreed_idea(idea), held, agreed, known, sources, put=put))

    def category(self, id_: str) -> Category:
        """One category of the team, by id."""
        for one in self.categories(agreed=True):
            if one.id == id_:
                return one
        raise BadDecision("The team has no such category.", "See: qualbench cqr FOLDER categories --agreed")

    def _own_category(self, id_: str) -> Category:
        for one in self.categories():
            if one.id == id_ and one.judge == self.viewer:
                return one
        raise BadDecision("You have no such category.", "See: qualbench cqr FOLDER categories")

    def _proposed(self, ids: Sequence[str]) -> list[Category]:
        known = {one.id: one for one in self.categories()}
        if any(id_ not in known for id_ in ids):
            raise BadDecision("There is no such category of a judge.", "See: qualbench cqr FOLDER categories")
        return [known[id_] for id_ in ids]

    # --- auditors ----------------------------------------------------------------------------------------------

    def comments(self, state: str = "") -> tuple[Comment, ...]:
        """The auditors' comments with their answers, the oldest first; only those in a state when it is said."""
        return cqr.comments(self._db, state)

    def comment(self, on: str, about: str, words: str) -> Changes:
        """An auditor's comment on a case, a core idea or category of the team, or a domain, by its id."""
        judges, known = self._judges_behind(on, about)
        return self._record(
            comments.make(
                on, about, words, person=self.viewer, roles=self.roles(self.viewer), judges=judges, known=known
            )
        )

    def answer_comment(self, id_: str, accepted: bool, reason: str = "") -> Changes:
        """The team takes a comment, or says why not."""
        one = self._comment(id_)
        self._team_of(self._target(one.on, one.about))
        return self._record(comments.answer(one, accepted=accepted, reason=reason, person=self.viewer))

    def see_comment(self, id_: str, settled: bool, words: str = "") -> Changes:
        """The auditor settles a comment that was answered, or raises it again."""
        roles = self.roles(self.viewer)
        return self._record(
            comments.see(self._comment(id_), settled=settled, words=words, person=self.viewer, roles=roles)
        )

    def _comment(self, id_: str) -> Comment:
        for one in self.comments():
            if one.id == id_:
                return one
        raise BadDecision("There is no such comment.", "See: qualbench cqr FOLDER comments")

    def _judges_behind(self, on: str, about: str) -> tuple[tuple[str, ...], bool]:
        """Who judges what a comment is to be on, and whether that is there."""
        known = dict(self.case_labels() if on == "case" else self._domain_labels())
        target = self._target(on, about)
        held = self.judging(target)
        return (held.judges if held else ()), target in known if on in ("case", "domain") else bool(target)

    def _target(self, on: str, about: str) -> str:
        """The case or domain behind what a comment is on; empty when the team gave that up."""
        if on == "idea":
            return next((one.case for one in self.core_ideas(agreed=True) if one.id == about), "")
        if on == "category":
            return next((one.domain for one in self.categories(agreed=True) if one.id == about), "")
        return about

    # --- what comes of it --------------------------------------------------------------------------------------

    def sample(self) -> Sample:
        """Cases, domains, the team's core ideas and categories: all that labels are worked out of."""
        from qualbench.steps.cqr.frequency import Sample

        agreed = self.core_ideas(agreed=True)
        analysed = {one.case for one in agreed}
        every = self.case_labels()
        return Sample(
            cases=tuple(one for one in every if one[0] in analysed),
            domains=self._domain_labels(),
            ideas=agreed,
            categories=self.categories(agreed=True),
            waiting=tuple(label for id_, label in every if id_ not in analysed),
        )

    def frequencies(self, rule: str = "2005") -> Table:
        """Every category with its cases, its label by a rule ('2005' or '1997'), and an example."""
        from qualbench.steps.cqr.frequency import table

        return table(self.sample(), _rule(rule))

    def compare_groups(self, attribute: str, rule: str = "2005") -> Comparison:
        """The table of each subgroup of cases, with both rules of what is a difference."""
        from qualbench.steps.cqr.subgroups import compare

        name = self.attribute(attribute).name
        return compare(self.sample(), name, self._values(name), _rule(rule))

    def _values(self, attribute: str) -> dict[str, str]:
        """The value of each case; a group whose members have several has none."""
        held = {one.id: dict(one.attributes).get(attribute, "") for one in self.participants()}
        found = {case: {held.get(one, "") for one in people} for case, people in self.case_members().items()}
        return {case: next(iter(values)) for case, values in found.items() if len(values) == 1}

    def stability(self, leave_out: tuple[str, str] | None = None, seed: int = 0, rule: str = "2005") -> Stability:
        """Two cases are left out (drawn by the seed when none are named), and what changes when they are put back."""
        from qualbench.steps.cqr.stability import check

        return check(self.sample(), leave_out, seed, _rule(rule))

    def keep_stability(
        self, leave_out: tuple[str, str] | None = None, seed: int = 0, rule: str = "2005"
    ) -> Changes:  # fmt: skip
        """Store a stability check for good, with its inputs' hash, seed and the state of the study."""
        from qualbench.steps.cqr.stability import to_data

        data = to_data(self.stability(leave_out, seed, rule)) | {"state": studies.newest(self._db)[0]}
        body = json.dumps(data, ensure_ascii=False, sort_keys=True)
        return self._record([events.RunKept(run=events.new_id(), what=STABILITY, result=events.seal(body))])

    def kept_stability(self) -> tuple[tuple[str, str, Stability], ...]:
        """Every stability check that was kept: when, by whom, and what came out."""
        from qualbench.steps.cqr.stability import from_data

        return tuple((at, by, from_data(json.loads(body))) for at, by, body in cqr.kept(self._db, STABILITY))

    def biases(self) -> tuple[Note, ...]:
        """What members wrote about their biases and expectations, as far as the viewer may read it."""
        return tuple(one for one in self.notes() if one.kind == "bias")

    def cqr_words(self) -> list[tuple[str, str]]:
        """Everything in people's own words that a file of it repeats, with what each is called."""
        comments = self.comments()
        return [
            *(("A core idea", one.words) for one in self.core_ideas(agreed=True)),
            *(("A category", one.name) for one in self.categories(agreed=True)),
            *(("A comment", one.words) for one in comments),
            *(("An answer to a comment", turn.words) for one in comments for turn in one.turns),
        ]

    def write_cqr(self, target: Path, part: str = "", rule: str = "2005", *, force: bool = False) -> str:
        """Write the table, the grid of cases, or the auditor's log; a .md or .docx without a part has all three."""
        from qualbench.steps.cqr import writing

        part = writing.chosen(target.suffix, part)
        names = {"case": dict(self.case_labels()), "domain": dict(self._domain_labels())}
        names["idea"] = {one.id: one.words for one in self.core_ideas(agreed=True)}
        names["category"] = {one.id: one.name for one in self.categories(agreed=True)}
        contents = writing.Contents(
            self.study.name, studies.newest(self._db)[1][:10], self.frequencies(rule), self.comments(), names,
            self.case_rule(), self.case_reason(),
        )  # fmt: skip
        write_file(target, writing.render(contents, target.suffix, part), force=force)
        return f"{writing.PARTS[part]} in {target}."


def _rule(name: str) -> FrequencyRule:
    if name not in FREQUENCY_RULES:
        raise UsageError(f"There is no rule called '{name}'.", f"Known are: {', '.join(FREQUENCY_RULES)}")
    return FREQUENCY_RULES[name]
