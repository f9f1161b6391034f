"""Care before words leave the study: what a check finds in them, and whose answer lets them go."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from qualbench.errors import UsageError
from qualbench.model import Changes, Participant, Role
from qualbench.project import placed
from qualbench.project.results import Results
from qualbench.steps import care as steps
from qualbench.steps.care import Allowed, Finding
from qualbench.store.queries import papers, transcripts
from qualbench.store.queries import themes as board

if TYPE_CHECKING:
    from qualbench.project.leaving import Callings, Said
    from qualbench.steps.care import Leaving, Named, Quoted
    from qualbench.steps.deidentify import Decision, KnownName
    from qualbench.steps.interchange.codings_csv import Line


@dataclass(frozen=True, slots=True)
class Holds:
    """What is in something that leaves."""

    board: bool = True
    """Themes, codebook, notes on decisions."""
    quotes: bool = True
    texts: bool = True
    """Coded segments and memos in full, and every attribute of everybody."""
    names: bool = True
    """What every transcript and every participant is called."""


HOLDS: Mapping[str, Holds] = {
    "themes": Holds(texts=False), "quotes": Holds(texts=False), "pdf": Holds(texts=False),
    "figures": Holds(quotes=False, texts=False), "codings": Holds(board=False, quotes=False, texts=False),
    "cqr": Holds(quotes=False, texts=False),
    "check": Holds(board=False, quotes=False, texts=False, names=False),
}  # fmt: skip
"""What has less than everything; whatever is not named here is taken to hold it all."""
EVERYTHING = Holds()

Place = tuple[str, int, int]
"""Transcript (by id), start and end of a coded stretch that leaves, or is told of."""


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """A participant who no longer takes part."""

    participant: str
    reason: str
    by: str
    at: str


class Care(Results):
    """Looking before it leaves."""

    # --- who withdrew ------------------------------------------------------------------------------------------

    def withdrawn(self) -> tuple[Withdrawn, ...]:
        """The participants who withdrew, in the order in which it was recorded."""
        return tuple(Withdrawn(*row) for row in papers.withdrawn(self._db))

    def withdraw_participant(self, participant: str, reason: str = "") -> Changes:
        """Record that a participant no longer takes part; their words stay, and leave only with an answer."""
        known = [one.id for one in self.participants()]
        return self._record(steps.withdraw(participant, reason, known, [one.participant for one in self.withdrawn()]))

    # --- looking -----------------------------------------------------------------------------------------------

    def care(
        self, what: str, *, attributes: Sequence[str] = (), vault: Path | None = None,
        known: Sequence[KnownName] = (), words: Iterable[tuple[str, str]] = (), places: Iterable[Place] = (),
    ) -> tuple[Finding, ...]:  # fmt: skip
        """What to look at before `what` leaves with these attributes told; nothing is written.

        `words` are more texts that would leave, each with what it is called; `places` more coded stretches.
        """
        from qualbench.project import leaving

        holds, decisions, people = HOLDS.get(what, EVERYTHING), self._decisions_of(vault), self.present()
        told = tuple(one.name for one in self.attributes()) if holds.texts else tuple(attributes)
        said: list[Said] = []
        if decisions or known:  # without any name there is nothing to look for in words
            said = [*self._said(holds, people, told), *((place, place, text) for place, text in words)]
        calls = leaving.callings(transcripts.names(self._db), people, leaving.named(said, decisions, known))
        quotes = tuple(self._quoted(calls)) if holds.quotes else ()
        found = leaving.named([*said, *leaving.of_quotes(quotes)], decisions, known)
        return steps.look(self._leaving(holds, people, told, quotes, found, calls, places))

    def _leaving(
        self, holds: Holds, people: Sequence[Participant], attributes: Sequence[str], quotes: tuple[Quoted, ...],
        found: tuple[Named, ...], calls: Callings, places: Iterable[Place],
    ) -> Leaving:  # fmt: skip
        from qualbench.project import leaving

        quoted = frozenset(who for quote in quotes for who in quote.speakers)
        printed = frozenset(one.id for one in people) if holds.texts else quoted
        withdrawn = frozenset(one.participant for one in self.withdrawn())
        is_asked = bool(withdrawn) or self.interviewers_counted()  # otherwise nobody need be counted
        settled = self._settled_now().codes.items() if holds.board and is_asked else ()
        stretches = [*places, *(place for place, codes in settled if codes)] if is_asked else []
        extracts, interviewers = self._whose(stretches)
        return steps.Leaving(
            names=found,
            quotes=quotes,
            attributes=tuple(attributes),
            people=leaving.someone(people, attributes, printed),
            withdrawn=withdrawn,
            called=calls.participants,
            extracts=extracts,
            interviewers=interviewers,
        )

    def _decisions_of(self, vault: Path | None) -> Sequence[Decision]:
        """What the vault that is named, or else the study's own, says; nothing where there is none."""
        from qualbench.project.deidentify.vault_file import vault_of

        file = vault_of(self, vault)
        if vault is not None and not file.is_there:
            raise UsageError(f"There is no vault at {vault}.", "Say --vault FILE with the place of the names.")
        return file.read().vault.decisions

    def has_vault(self) -> bool:
        """Whether the study's own vault is at hand; without it, original names can not be looked for."""
        from qualbench.project.deidentify.vault_file import vault_of

        return vault_of(self).is_there

    def _said(self, holds: Holds, people: Sequence[Participant], attributes: Sequence[str]) -> Iterator[Said]:
        """The words that would leave beside quotes; names of files are looked at with spaces in them."""
        from qualbench.project import leaving
        from qualbench.project.deidentify.drafts import spaced

        for number, (id_, name) in enumerate(transcripts.names(self._db).items(), start=1):
            if holds.names:
                yield f"transcript {id_}", f"Name of transcript {number}", spaced(name)
            if holds.texts and id_ in self.opened():
                yield f"text {id_}", f"Text of transcript {number}", self.transcript(id_).text
        if holds.names:
            yield from leaving.of_people(people, attributes)
        if holds.texts:
            opened = (memo for memo in self.memos() if memo.transcript in self.opened())
            for number, memo in enumerate(opened, start=1):
                yield f"memo {memo.id}", f"Memo {number} on opened transcripts", memo.body
        if holds.board:
            yield from self._said_on_board()

    def _said_on_board(self) -> Iterator[Said]:
        from qualbench.project import leaving

        yield "study", "Name of the study", self.study.name
        yield from leaving.of_board(board.themes(self._db))
        if self.has_codebook():
            yield from leaving.of_codebook(self.codebook())
        for number, decision in enumerate(self.decisions(superseded=True), start=1):
            yield f"decision {decision.id}", f"Note on decision {number}", decision.note

    def _quoted(self, calls: Callings) -> Iterator[Quoted]:
        """Every quote that would be printed: those of opened transcripts."""
        from qualbench.project import leaving

        themes = board.themes(self._db)
        quoted = {quote.transcript for theme in themes for quote in theme.quotes}
        texts = {id_: self.transcript(id_) for id_ in quoted & self.opened()}
        for at, theme in enumerate(themes, start=1):
            for number, quote in enumerate(theme.quotes, start=1):
                if quote.transcript in texts:
                    text = texts[quote.transcript]
                    line = text.text.count("\n", 0, quote.start) + 1
                    where = f"{calls.transcripts[quote.transcript]}, line {line}"
                    yield leaving.quoted(quote, text, f"Theme {at}, quote {number} ({where})")

    def leaving_codings(self, lines: Iterable[Line]) -> tuple[list[tuple[str, str]], list[Place]]:
        """The memos of a table of codings, and the stretches that have a code in it."""
        ids = transcripts.known_as(self._db)
        told = list(lines)
        memos = [(f"Memo on row {number} of the codings", one.memo) for number, one in enumerate(told, 1) if one.memo]
        return memos, [(ids[one.transcript], one.start, one.end) for one in told if one.code]

    def _whose(self, places: Sequence[Place]) -> tuple[dict[str, int], int]:
        """How many of these stretches are each participant's, and how many of those that count an interviewer's."""
        wanted = {transcript for transcript, _, _ in places}
        texts = {id_: text for id_ in wanted if (text := transcripts.load(self._db, id_, with_words=False))}
        heard = {id_: placed.heard(text) for id_, text in texts.items()}
        found = []
        for id_, start, _ in dict.fromkeys(places):
            if id_ in texts:
                one = heard[id_].get(start)
                speaker = None if one else texts[id_].speaker_at(start)
                who = placed.case_of(id_, speaker) if speaker else ""
                found.append((one.role, one.participant) if one else (speaker.role if speaker else None, who))
        counted = self.interviewers_counted()
        interviewers = sum(role is Role.INTERVIEWER for role, _ in found) if counted else 0
        return dict(Counter(who for _, who in found if who)), interviewers

    # --- answering ---------------------------------------------------------------------------------------------

    def allowed_exports(self) -> tuple[Allowed, ...]:
        """Every answer that let something leave, in the order they were given."""
        return tuple(steps.allowed(*row) for row in papers.allowed(self._db))

    def answered_for(self, what: str, findings: Sequence[Finding]) -> Allowed | None:
        """The newest answer that was given for exactly these findings, or for more of them."""
        answers = (one for one in reversed(self.allowed_exports()) if one.covers(what, findings))
        return next(answers, None)

    def allow_export(self, what: str, findings: Sequence[Finding], reason: str) -> Changes:
        """Answer for what was found, so that it may leave; the answer stays in the log."""
        return self._record(steps.allow(what, findings, reason))
