"""Answering what is asked about a file before it is sealed: one key for each question, and the file is read anew."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from textual.content import Content

from qualbench.errors import QualbenchError
from qualbench.model import Role, SegmentRule
from qualbench.project.candidates import Candidate
from qualbench.steps.ingest import AS_FOUND, FAMILIES, Answers, Plan
from qualbench.steps.ingest.labels import fold
from qualbench.steps.ingest.profiles import Profile
from qualbench.tui.dialogs.choice import Choose
from qualbench.tui.dialogs.page import Page
from qualbench.tui.dialogs.words import AskWords
from qualbench.tui.screens import importing_views as views
from qualbench.tui.screens.importing_views import COLUMN, ENCODING, POSSIBLE, SPEAKER, TIER, Line
from qualbench.tui.screens.step import StepScreen

_ROLES = tuple(Role)
_LINES = re.compile(r"\s*(\d{1,9})(?:\s*-\s*(\d{1,9}))?\s*")


class Answering(StepScreen):
    """The questions; which file it is and what is shown of it, the screen that inherits from this one knows."""

    def __init__(self, rule: SegmentRule) -> None:
        super().__init__()
        self._now: Candidate | None = None
        self._profile: Profile | None = None
        self._rule = rule
        self._answered: list[tuple[Answers, Profile | None]] = []
        """By what the file was read, the newest last."""

    @property
    def under_bar(self) -> Line | None:
        """The line of the table under the bar."""
        raise NotImplementedError  # the table is the other one's

    def look_again(self, answers: Answers) -> None:
        """Read the file by other answers, and show it."""
        raise NotImplementedError  # likewise

    # --- asking ------------------------------------------------------------------------------------------------

    @property
    def _answers(self) -> Answers:
        return self._now.answers if self._now is not None else AS_FOUND

    def _say(self, **said: object) -> None:
        """Read the file with some answers changed; what no file could be read by is said."""
        try:
            self.look_again(replace(self._answers, **said))  # type: ignore[arg-type] # the callers name fields of it
        except QualbenchError as error:
            self.say(str(error), warning=True)

    def _choose(self, question: str, answers: Sequence[tuple[str, str]], then: Callable[[str], None]) -> None:
        def chosen(id_: str | None) -> None:
            if id_ is not None:
                then(id_)

        self.app.push_screen(Choose(question, answers), chosen)

    def _ask(self, title: str, before: str, then: Callable[[str], None], hint: str = "") -> None:
        def told(words: str | None) -> None:
            if words is not None:
                then(words.strip())

        self.app.push_screen(AskWords(title, before, one_line=True, hint=hint), told)

    @property
    def has_answers(self) -> bool:
        """Whether anything was answered to this file that would be lost: a profile keeps what was said in it."""
        return len(self._answered) > 1 and not (self._profile and self._profile.answers == self._answers)

    def action_do_undo(self) -> None:
        if len(self._answered) < 2:
            return
        self._answered.pop()
        answers, self._profile = self._answered.pop()
        self.look_again(answers)

    # --- who speaks --------------------------------------------------------------------------------------------

    @property
    def _speaker(self) -> str:
        """The speaker under the bar; empty where there is none."""
        line, now = self.under_bar, self._now
        if line is None or now is None:
            return ""
        if line.kind == TIER and views.is_speech(now, line.name):
            return next(tier.speaker for tier in now.tiers if tier.id == line.name)
        return line.name if line.kind == SPEAKER else ""

    def action_do_role(self) -> None:
        line, now = self.under_bar, self._now
        if line is not None and line.kind == COLUMN:
            self._ask_column(line.name)
        elif self._speaker and now is not None:
            role = next(one.role for draft in now.drafts for one in draft.speakers if one.label == self._speaker)
            after = _ROLES[(_ROLES.index(role) + 1) % len(_ROLES)]
            others = {label: said for label, said in self._answers.roles.items() if fold(label) != fold(self._speaker)}
            self._say(roles={**others, self._speaker: after})

    def action_do_merge(self) -> None:
        label = self._speaker
        others = self._others(label)
        if not label or not others:
            return
        self._choose(
            f"'{label}' is the same speaker as",
            [(other, other) for other in others],
            lambda into: self._say(merge={**self._answers.merge, label: into}),
        )

    def _others(self, label: str) -> list[str]:
        """The other speakers, first those who may be the same one."""
        drafts = self._now.drafts if self._now is not None else ()
        others = [one.label for draft in drafts for one in draft.speakers if one.label != label]
        alike = {one for draft in drafts for pair in draft.similar_labels if label in pair for one in pair}
        return sorted(others, key=lambda other: other not in alike)

    def action_do_speaker(self) -> None:
        line, said = self.under_bar, self._answers
        if line is None:
            return
        if line.kind == TIER:
            self._switch_tier(line.name)
        elif line.kind == SPEAKER:
            self._say(not_speakers=(*said.not_speakers, line.name), speakers=_without(said.speakers, line.name))
        elif line.kind == POSSIBLE and line.name in said.not_speakers:
            self._say(not_speakers=_without(said.not_speakers, line.name))
        elif line.kind == POSSIBLE:
            self._say(speakers=(*said.speakers, line.name))

    def _switch_tier(self, tier: str) -> None:
        assert self._now is not None
        on = [one.id for one in self._now.tiers if views.is_speech(self._now, one.id) != (one.id == tier)]
        if on:
            self._say(tiers=tuple(on))
        else:
            self.say("One tier at least must be speech.", warning=True)

    def action_do_one(self) -> None:
        self._say(one_speaker=not self._answers.one_speaker)

    # --- how labels are found ----------------------------------------------------------------------------------

    def action_do_family(self) -> None:
        families = [(str(number), family) for number, family in enumerate(FAMILIES)]
        found = [("found", "as the program finds them")]
        self._choose(
            "How does a turn begin?",
            [*families, *found],
            lambda id_: self._say(family="" if id_ == "found" else FAMILIES[int(id_)], pattern=""),
        )

    def action_do_pattern(self) -> None:
        before = self._answers.pattern or r"(?P<name>[A-Z]\w*)\s*:"
        hint = "A regular expression for the beginning of a line; empty for none."
        self._ask("How does a turn begin?", before, lambda words: self._say(pattern=words, family=""), hint)

    def action_do_front(self) -> None:
        before = ", ".join(f"{first}-{last}" for first, last in self._answers.front_matter)
        title = "Which lines are nobody's speech, besides those found?"
        self._ask(title, before, self._front, "For instance 1-12, 40.")

    def _front(self, words: str) -> None:
        found = [_LINES.fullmatch(part) for part in words.split(",") if part.strip()]
        if None in found:
            self.say(f"'{words}' are no lines: write them as 1-12, 40.", warning=True)
        else:
            self._say(front_matter=tuple((int(one[1]), int(one[2] or one[1])) for one in found if one))

    def action_do_encoding(self) -> None:
        if self._now is None:
            return
        choices = self._now.encodings
        if choices:
            listed = [(one.name, f"{one.name:<10} {(*one.lines, '')[0]}") for one in choices]
            self._choose("How is this file encoded?", listed, lambda name: self._say(encoding=name))
        else:
            hint = "Empty for the one that is found."
            before = self._answers.encoding or ""
            self._ask("How is this file encoded?", before, lambda name: self._say(encoding=name or None), hint)

    def _take_encoding(self) -> bool:
        """Enter on an encoding takes it."""
        line = self.under_bar
        if self._now is None or not self._now.encodings or line is None or line.kind != ENCODING:
            return False
        self._say(encoding=line.name)
        return True

    # --- surveys -----------------------------------------------------------------------------------------------

    def action_do_survey(self) -> None:
        """A table may be a survey: nobody can tell from the file what its documents are."""
        answers = [("respondent", "One document for each respondent"), ("question", "One document for each question")]
        if self._answers.survey is not None:
            answers.append(("none", "It is no survey but a transcript in a table"))
        self._choose("This table may be a survey. What becomes a transcript?", answers, self._per)

    def _per(self, per: str) -> None:
        assert self._now is not None
        if per == "none":
            self._say(survey=None)
            return
        plan = self._answers.survey or self._now.suggested or Plan("respondent", ())
        self._say(survey=replace(plan, per="question" if per == "question" else "respondent"))

    def _ask_column(self, column: str) -> None:
        plan = self._answers.survey or Plan("respondent", ())
        self._choose(
            f"What is the column '{column}'?",
            [(what, what) for what in views.WHATS],
            lambda what: self._say(survey=views.with_column(plan, column, what)),
        )

    # --- profiles, warnings, units -----------------------------------------------------------------------------

    def action_do_save(self) -> None:
        if self._now is not None and self._now.drafts:
            self._ask("Name of the import profile that keeps these answers", "", self._save, "For files like this one.")

    def _save(self, name: str) -> None:
        now = self._now
        if name and now is not None and self.write(lambda: self.project.save_profile(name, now.drafts[0], now.answers)):
            self._profile = self.project.import_profile(name)
            self.look_again(self._profile.answers)
            self.say(f"Kept as '{name}'; files that follow are read by it.")

    def action_do_apply(self) -> None:
        known = {one.name: one for one in self.project.profiles()}
        if not known:
            self.say("No import profile was saved yet: answer, then press s.")
            return

        def apply(name: str) -> None:
            self._profile = known.get(name)
            self.look_again(self._profile.answers if self._profile else AS_FOUND)

        none = [("", "by none: as the program finds it")] if self._profile else []
        self._choose("Read by which import profile?", [*((name, name) for name in known), *none], apply)

    def action_do_warnings(self) -> None:
        warnings = views.warnings_of(self._now) if self._now is not None else ()
        words = "\n".join(f"- {one}" for one in warnings) or "The reader noticed nothing."
        self.app.push_screen(Page("What was left out, kept or is doubtful", Content(words)))

    def action_do_unit(self) -> None:
        rules = [(str(rule), str(rule)) for rule in SegmentRule if rule is not SegmentRule.HAND]
        self._choose("What is the unit that is coded?", rules, self._unit)

    def _unit(self, rule: str) -> None:
        self._rule = SegmentRule(rule)
        self.read_again()


def _without(labels: Sequence[str], gone: str) -> tuple[str, ...]:
    return tuple(label for label in labels if fold(label) != fold(gone))
