"""What the log holds that reporting checklists ask for, read once and told to everybody alike.

Coding is read from opened transcripts, memos as far as everybody may read them: a checklist is made to be passed on.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from qualbench import __version__, model
from qualbench.errors import QualbenchError
from qualbench.model import CHECK_KIND_NAMES, METHOD_NAMES, Method, Outcome, Role, Theme, ThemeState
from qualbench.project.care import Care
from qualbench.project.moments import moments
from qualbench.project.placed import case_of
from qualbench.steps import checklists as steps
from qualbench.steps import members
from qualbench.store.queries import codings, notes, papers
from qualbench.store.queries import members as participants
from qualbench.store.queries import method as methods
from qualbench.store.queries import themes as board

_EMERGED = re.compile(r"\bemerg(?:e|es|ed|ing|ence)\b", re.IGNORECASE)
_HELD = (ThemeState.DATA, ThemeState.DEFINED, ThemeState.REPORTED)
_THEME_KINDS = ("theme_created", "theme_stated", "theme_written", "theme_described")
_FEW = 3
"""Transcripts that a theme should rest on at least."""


class Logged(Care):
    """The log as checklists read it."""

    def log(self) -> steps.Log:
        """Everything that checklists ask of the log."""
        return self._until_written("log", self._log)

    def _log(self) -> steps.Log:
        method = self.study.method
        coding = self._coding_logged()
        return steps.Log(
            method=METHOD_NAMES[method],
            counts=self.profile().measures,
            needs_agreement=self.profile().needs_agreement,
            fixed_codebook=self.profile().has_fixed_codebook,
            changes=tuple(self._changes_logged()),
            phases=tuple(self._phases_logged()),
            software=f"Qualbench {__version__}",
            transcripts=self._transcripts_logged(),
            people=self._people_logged(),
            coding=coding,
            book=self._book_logged(),
            runs=self._runs_logged(),
            benchmark=self._benchmark_told(),
            settling=self._settling_logged(),
            board=self._board_logged(),
            asked=self._asked_logged(),
            memos=self._memos_logged(),
            saturation=self._saturation_told() if coding.passes else "",
        )

    def _changes_logged(self) -> Iterator[tuple[str, str]]:
        for before, after, _, _, at in methods.changes(self._db):
            yield f"from {METHOD_NAMES[Method(before)]} to {METHOD_NAMES[Method(after)]}", at[:10]

    def _phases_logged(self) -> Iterator[tuple[str, str]]:
        from qualbench.steps.methods import COURSES

        names = {one.id: one.name for one in COURSES[self.study.method].stages}
        for phase, _, _, at in methods.phases(self._db):
            if phase in names:
                yield names[phase], at[:10]

    # --- the material ------------------------------------------------------------------------------------------

    def _transcripts_logged(self) -> steps.Transcripts:
        gone = participants.emptied(self._db)
        withdrawn = {id_ for id_, _, _ in participants.erased(self._db)}
        rows = [row for row in self.transcripts() if row.id not in gone]
        first, last = papers.days(self._db, "transcript_imported")
        named = [row for row in rows if row.reviewers is not None]
        return steps.Transcripts(
            number=len(rows),
            words=sum(row.words for row in rows),
            first=first,
            last=last,
            minutes=tuple(seconds / 60 for seconds in papers.last_times(self._db)),
            corrected=sum(row.version > 1 for row in rows if row.id not in withdrawn),
            deidentified=len(named),
            reviewers=min((row.reviewers or 0 for row in named), default=0),
            replaced=sum(row.replaced for row in named),
            units=tuple(sorted({str(row.rule) for row in rows if row.opened})),
            groups=len(self.groups()),
        )

    def _people_logged(self) -> steps.People:
        speaking: Counter[str] = Counter()
        unnamed = 0
        for id_, those in self.speakers().items():
            labels = [one for one in those if one.role is Role.PARTICIPANT]
            unnamed += sum(not one.participant for one in labels)
            speaking.update({case_of(id_, one) for one in labels if one.participant})
        known = [one for one in self.participants() if one.id in speaking]
        have = Counter(name for one in known for name, value in one.attributes if value)
        return steps.People(
            participants=len(speaking),
            unnamed=unnamed,
            again=sum(number > 1 for number in speaking.values()),
            attributes=tuple((one.name, have[one.name]) for one in self.attributes()),
            withdrawn=len(self.withdrawn()),
        )

    def _asked_logged(self) -> tuple[steps.Asked, ...]:
        return tuple(
            steps.Asked(
                CHECK_KIND_NAMES[one.kind],
                one.kind in members.ON_FINDINGS,
                one.sent,
                one.replied,
                tuple((members.REPLY_WORDS[said], number) for said, number in one.replies.items()),
            )
            for one in members.responses(moments(self._db))
        )

    def _memos_logged(self) -> Mapping[str, int]:
        """Memos by kind that somebody who wrote none may read."""
        kinds = [one.kind for one in notes.notes(self._db, "")] + [one.kind for one in codings.memos(self._db, "")]
        return dict(Counter(kinds))

    # --- coding ------------------------------------------------------------------------------------------------

    def _coding_logged(self) -> steps.Coding:
        gone = participants.emptied(self._db)
        passes = [one for one in self._compared() if one.transcript not in gone]
        days = papers.pass_days(self._db)
        units = self.units()
        coders: dict[str, set[str]] = {}
        for one in passes:
            coders.setdefault(one.transcript, set()).add(one.coder)
        rounds = {one.round for one in passes}
        names = {row.id: row.name for row in self.transcripts(with_counts=False)}
        every = Counter(one.transcript for one in units)
        whole = Counter(one.transcript for one in units if len(one.readings) == len(coders[one.transcript]))
        return steps.Coding(
            coders=tuple(sorted({one.coder for one in passes})),
            passes=len(passes),
            opened=len(coders),
            first=min((days[one.id][0] for one in passes), default=""),
            last=max((days[one.id][1] for one in passes), default=""),
            versions=tuple(self._versions(passes)),
            segments=len(units),
            of_all=sum(row.segments for row in self.transcripts()),
            double=sum(len(one.readings) > 1 for one in units),
            complete=whole.total(),
            by_transcript=tuple(
                (
                    names[id_],
                    whole[id_],
                    every[id_],
                    _days_of([days[one.id] for one in passes if one.transcript == id_]),
                )
                for id_ in coders
            ),
            suggestions=self.told_suggestions() if passes else "",
            rounds=tuple((one.name, one.planned[:10], one.drawn) for one in self.rounds() if one.id in rounds),
        )

    def _book_logged(self) -> steps.Book:
        from qualbench.steps import codebook as codebooks

        if not self.has_codebook():
            return steps.Book()
        book = self.codebook()
        codes = codebooks.applicable(book)
        origins = Counter(codebooks.origin_of(code)[0] for code in codes)
        return steps.Book(
            versions=tuple((version, at[:10]) for version, at, _ in self.release_dates()),
            codes=len(codes),
            levels=max((len(book.path(code.id)) for code in codes), default=0),
            deductive=origins["deductive"],
            inductive=origins["inductive"],
            defined=sum(bool(code.definition or code.definition_short) for code in codes),
        )

    # --- agreement and consensus -------------------------------------------------------------------------------

    def _runs_logged(self) -> tuple[steps.Run, ...]:
        kept = zip(papers.run_ids(self._db), self.kept_runs(), strict=True)
        return tuple(_run(id_, at, run) for id_, (at, _, run) in kept)

    def _benchmark_told(self) -> str:
        from qualbench.steps.agreement.benchmarks import SOURCES

        return SOURCES.get(self.study.benchmark, "") if self.study.benchmark is not model.Benchmark.NONE else ""

    def _settling_logged(self) -> steps.Settling:
        taken = self.decisions()
        outcomes = Counter(one.outcome for one in taken)
        reasons = Counter(model.REASON_NAMES[one.reason] for one in taken if one.outcome is not Outcome.DEFERRED)
        apart, deferred = outcomes[Outcome.APART], outcomes[Outcome.DEFERRED]
        return steps.Settling(
            decided=len(taken) - apart - deferred,
            apart=apart,
            deferred=deferred,
            open=sum(one.open for one in self.settling()),
            reasons=tuple(reasons.most_common()),
            first=min((one.at[:10] for one in taken), default=""),
            last=max((one.at[:10] for one in taken), default=""),
        )

    def _saturation_told(self) -> str:
        """What first uses of codes say; nothing where there are too few interviews or the method has none."""
        try:
            _, found = self.saturation()
        except QualbenchError:
            return ""
        return found.told if found.steps and found.base else ""

    # --- themes ------------------------------------------------------------------------------------------------

    def _board_logged(self) -> steps.Board:
        themes = board.themes(self._db)
        if not themes:
            return steps.Board()
        first, last = papers.days(self._db, *_THEME_KINDS)
        placed = self._under_themes(themes)
        against = {step.theme for step in board.theme_steps(self._db) if step.state is ThemeState.DATA}
        on_extracts = {step.theme for step in board.theme_steps(self._db) if step.state is ThemeState.EXTRACTS}
        quotes = [quote for theme in themes for quote in theme.quotes]
        return steps.Board(
            themes=sum(not one.parent for one in themes),
            under=sum(bool(one.parent) for one in themes),
            first=first,
            last=last,
            defined=sum(bool(one.definition.strip()) for one in themes),
            held_extracts=sum(one.state is not ThemeState.CANDIDATE and one.id in on_extracts for one in themes),
            held=sum(one.state in _HELD and one.id in against for one in themes),
            spread=sum(len({id_ for id_, _ in those}) >= _FEW for those in placed.values()),
            with_extracts=sum(bool(those) for those in placed.values()),
            extracts=len({one for those in placed.values() for one in those}),
            quotes=len(quotes),
            quoted=len({one.participant for one in quotes if one.participant}),
            unlabelled=sum(not one.participant for one in quotes),
            narrative=sum(len(one.narrative.split()) for one in themes),
            quoted_words=sum(len(one.words.split()) for one in quotes),
            each=tuple(
                (
                    one.name,
                    len(placed[one.id]),
                    len({id_ for id_, _ in placed[one.id]}),
                    len(one.narrative.split()),
                    sum(len(quote.words.split()) for quote in one.quotes),
                )
                for one in themes
            ),
            overlaps=tuple(self._overlaps_logged(themes)),
            emerging=tuple(one.name for one in themes if _EMERGED.search(_texts(one))),
            written=sum(bool(_texts(one).strip()) for one in themes),
            given_up=len(board.past_themes(self._db)),
        )

    def _overlaps_logged(self, themes: Sequence[Theme]) -> Iterator[tuple[str, str, int, float]]:
        from qualbench.steps.themes import overlaps

        names = {one.id: one.name for one in themes}
        for one in overlaps(themes, self._settled_now().codes.values()):
            yield names[one.first], names[one.second], one.both, one.c

    def _under_themes(self, themes: Sequence[Theme]) -> dict[str, set[tuple[str, int]]]:
        """The settled segments under each theme, its sub-themes included: transcript and start."""
        from qualbench.steps.themes import all_codes

        codes = {one.id: frozenset(all_codes(themes, one)) for one in themes}
        found: dict[str, set[tuple[str, int]]] = {one.id: set() for one in themes}
        for (transcript, start, _), here in self._settled_now().codes.items():
            for theme, wanted in codes.items():
                if here & wanted:
                    found[theme].add((transcript, start))
        return found


def _days_of(spans: Sequence[tuple[str, str]]) -> int:
    """How many days went from the first opening of passes to the last handing in, both counted."""
    first, last = min(opened for opened, _ in spans), max(handed_in for _, handed_in in spans)
    return (date.fromisoformat(last) - date.fromisoformat(first)).days + 1 if first and last else 0


def _texts(theme: Theme) -> str:
    return "\n".join((theme.idea, theme.definition, theme.is_not, theme.narrative, theme.question))


def _run(id_: str, at: str, run: model.Agreement) -> steps.Run:
    values = [one.alpha for one in run.codes if one.alpha is not None]
    return steps.Run(
        id=id_,
        day=at[:10],
        coders=run.coders,
        units=run.units,
        codes=len(run.codes),
        defined=len(values),
        lowest=min(values, default=None),
        highest=max(values, default=None),
        interval=run.recipe.interval,
        after_passes=f"the round {run.recipe.round}" if run.recipe.round else "everything that was opened then",
    )
