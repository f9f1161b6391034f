"""The codebook at work: its draft, its releases, what a release asks to look at again, and the life of a code."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from qualbench import events, model
from qualbench.errors import QualbenchError, ReadOnlyStudy, UnknownCode
from qualbench.events import Event
from qualbench.model import Change, Changes, Code, Codebook, CodebookUse, Debt, Pass, Segment
from qualbench.project.base import write_file
from qualbench.project.undoing import Undoing
from qualbench.steps import codebook as codebooks
from qualbench.steps import coding
from qualbench.store.queries import codebook, codings, transcripts

if TYPE_CHECKING:
    from pathlib import Path

    from qualbench.steps.codebook.biography import Against, Entry, Settled
    from qualbench.steps.codebook.releasing import Release


class Codebooks(Undoing):
    """Changing the codebook without rewriting anything that was coded."""

    # --- versions ----------------------------------------------------------------------------------------------

    def releases(self) -> tuple[Codebook, ...]:
        """Every released version, oldest first."""
        return tuple(self._released(version) for version in self.codebook_versions())

    def release_dates(self) -> tuple[tuple[str, str, str], ...]:
        """Every released version, oldest first: its name, when, by whom."""
        return codebook.releases(self._db)

    def _released(self, version: str) -> Codebook:
        if version not in self._books:
            self._books[version] = self.codebook(version)
        return self._books[version]

    @cached_property
    def _books(self) -> dict[str, Codebook]:
        return {}  # a released version never changes

    def codebook_source(self, version: str) -> str:
        """The file that a version was read from; empty when it was made here."""
        return codebook.source(self._db, version)

    # --- the draft ---------------------------------------------------------------------------------------------

    def _newest(self) -> Codebook | None:
        return self.codebook() if self.has_codebook() else None

    def draft(self) -> Codebook:
        """The next version as it stands now."""
        return codebooks.drafted(self._newest(), [one.fact for one in codebook.draft(self._db)])

    def has_draft(self) -> bool:
        """Whether anything was changed since the last release."""
        newest = self._newest()
        return self.draft().codes != (newest.codes if newest else ())

    def draft_code(self, code: str, **fields: Any) -> Changes:
        """Write fields of a code in the draft."""
        return self._record(codebooks.draft_code(self.draft(), code, **fields))

    def add_code(self, label: str, parent: str = "", after: str = "", **fields: Any) -> str:
        """A new code in the draft; answers with its id."""
        facts, code = codebooks.add_code(self.draft(), label, parent, after, known_ids=self._ids_ever(), **fields)
        self._record(facts)
        return code

    def _ids_ever(self) -> set[str]:
        """Every id that a code ever had, in drafts, releases or codings."""
        released = {code.id for book in self.releases() for code in book.codes}
        drafted = {getattr(one.fact, "code", "") for one in codebook.drafted_ever(self._db)}
        return released | drafted | {one.code for one in codebook.proposals(self._db, self.viewer)}

    def place_code(self, code: str, parent: str = "", after: str = "") -> Changes:
        """Move a code with what is under it."""
        return self._record(codebooks.place_code(self.draft(), code, parent, after))

    def merge_codes(self, codes: Sequence[str], into: str) -> Changes:
        """Codes become one; their uses are read as its uses from the next version on."""
        return self._record(codebooks.merge_codes(self.draft(), codes, into))

    def split_code(self, code: str, labels: Sequence[str]) -> Changes:
        """A code becomes several, which stand where it stood; each use is decided again."""
        facts: list[Event] = []
        draft, ids = self.draft(), self._ids_ever()
        home = draft.get(code)
        new = []
        for label in labels:
            added, made = codebooks.add_code(draft, label, home.parent if home else "", known_ids=ids)
            facts += added
            new.append(made)
            draft = codebooks.drafted(draft, added)
        return self._record([*facts, *codebooks.split_code(draft, code, new)])

    def set_code_status(self, code: str, status: str) -> Changes:
        """A code goes on trial, becomes active, or is retired."""
        return self._record(codebooks.set_status(self.draft(), code, status))

    def drop_code(self, code: str) -> Changes:
        """A code that was never released leaves the draft."""
        return self._record(codebooks.drop_code(self.draft(), code, self._newest()))

    def adopt_code(self, code: str, parent: str = "") -> Changes:
        """A code that a coder proposed enters the draft, on trial."""
        proposal = next((one for one in self.proposals() if one.code == code), None)
        if proposal is None:
            raise UnknownCode(code)
        text = self.transcript(proposal.transcript)
        turn = sum(one.start <= proposal.start for one in text.turns)
        return self._record(codebooks.adopt(self.draft(), proposal, text.name, f"turn {turn}", parent=parent))

    def take_draft(self, book: Codebook, *, keeps: bool = False) -> Changes:
        """A codebook from a file becomes the draft: codes by id; those it lacks are retired unless it `keeps` them."""
        return self._record(codebooks.taken_in(self.draft(), book, self._newest(), keeps=keeps))

    def write_codebook(self, book: Codebook, target: Path, kind: str, *, force: bool = False) -> tuple[str, ...]:
        """Write a version (or the draft) as a file of some kind; answers with what the file can not hold.

        Comments of the file that the version came from survive in a YAML file.
        """
        from qualbench.steps.codebook import files

        newest = "".join(self.codebook_versions()[-1:])
        before = self.codebook_source(newest if book.version == codebooks.DRAFT else book.version)
        body, warnings = files.write(book, kind, before if kind == "yaml" else "")
        write_file(target, body, force=force)
        return warnings

    # --- releasing ---------------------------------------------------------------------------------------------

    def proposed_changes(self) -> dict[str, Change | None]:
        """What kind of change each changed code probably is; None where a person must say."""
        return codebooks.propose(self._newest(), self.draft())

    def next_version(self) -> str:
        """The version that the draft could be released as."""
        newest = self._newest()
        moved = newest is not None and codebooks.tree_changed(newest, self.draft())
        return codebooks.next_version(
            newest.version if newest else "",
            self.proposed_changes().values(),
            moved=moved,
            known=self.codebook_versions(),
        )

    def release_draft(
        self, version: str = "", changes: Mapping[str, Change] | None = None, notes: Mapping[str, str] | None = None,
        *, incomplete: bool = False,
    ) -> Release:  # fmt: skip
        """Release the draft for good, with the kind of every change; answers with what is doubtful in it."""
        if not self.writable:
            raise ReadOnlyStudy(self.readonly_because)
        made = codebooks.release(
            self._newest(), self.draft(), version or self.next_version(), changes, notes,
            self.clock().date().isoformat(), self.codebook_versions(),
            incomplete or self.profile().codebook is CodebookUse.FREE,
        )  # fmt: skip
        self._record([made.fact])
        return made

    # --- what a release asks to look at again --------------------------------------------------------------------

    def debts(self, transcript: str = "") -> tuple[Debt, ...]:
        """The segments that the viewer has to look at again, in their own passes, by transcript and place."""
        return tuple(one for pass_ in self.own_passes() if transcript in ("", pass_.transcript)
                     for one in self._debts(pass_))  # fmt: skip

    def owed(self, pass_: Pass) -> int:
        """How many questions of later releases are open in one of the viewer's passes."""
        return sum(1 for _ in self._debts(pass_))

    def _debts(self, pass_: Pass) -> Iterator[Debt]:
        is_newest = self.codebook_versions()[-1:] == (pass_.codebook,)
        if is_newest and len(codebook.versions_in(self._db, pass_.id)) < 2:
            return
        books = self.releases()
        transcript = self.transcript(pass_.transcript)
        stands = self.stated(pass_)[0]
        answered = codebook.rechecks(self._db, self.viewer, [pass_.id])
        found: list[Debt] = []
        for version, segments in self._by_version(pass_, transcript).items():
            found += codebooks.debt(books, pass_, segments, stands, answered, version)
        yield from sorted(found, key=lambda one: one.start)

    def _decided_under(self, pass_: Pass) -> tuple[list[tuple[int, str]], list[tuple[int, int, int]]]:
        return codebook.decided_under(self._db, self.viewer, pass_.id)

    def _by_version(self, pass_: Pass, transcript: model.Transcript) -> dict[str, list[Segment]]:
        """The counted, decided segments of a pass by the version under which each was decided last."""
        versions, places = self._decided_under(pass_)
        numbers = [n for n, _ in versions]
        newest: dict[int, int] = {}
        starts = [segment.start for segment in transcript.segments]
        for start, end, n in places:
            at = max(0, bisect_right(starts, start) - 1)
            while at < len(starts) and transcript.segments[at].start < end:
                if transcript.segments[at].end > start:
                    newest[at] = max(n, newest.get(at, 0))
                at += 1
        found: dict[str, list[Segment]] = {}
        for at, n in sorted(newest.items()):
            if transcript.counts(transcript.segments[at]):
                version = versions[max(0, bisect_right(numbers, n) - 1)][1]
                found.setdefault(version, []).append(transcript.segments[at])
        return found

    def recheck(self, debt: Debt, codes: Sequence[str]) -> Changes:
        """Answer what a release asked about a segment: the codes that stand there now in the old one's stead."""
        place = self.place(debt.pass_id, debt.start, debt.end)
        known = {*self._applicable(self.codebook().version), *self._own_codes(place.pass_)}
        reads = codebooks.merged_by(self.releases(), debt.code)
        return self._record(coding.recheck(place, debt, codes, known, reads))

    def update_pass(self, name: str) -> Changes:
        """The viewer's open pass on a transcript goes on with the newest version of the codebook."""
        held = self.own_pass(self.transcript(name).id)
        if held is None:
            raise QualbenchError(f"There is no pass of {self.viewer}'s on '{name}' yet.", "Begin to code it.")
        return self._record(coding.update(held, name, self.codebook().version))

    # --- the life of a code ------------------------------------------------------------------------------------

    def biography(
        self, code: str, settled: Iterable[Settled] = (), against: Iterable[Against] = ()
    ) -> tuple[Entry, ...]:  # fmt: skip
        """Everything that happened to a code, as far as the viewer may know it, oldest first."""
        from qualbench.steps.codebook.biography import Proposed, Released, Use, biography
        from qualbench.store.queries.notes import notes

        names = transcripts.names(self._db)
        uses = codebook.uses_by_version(self._db, self.viewer, code)
        releases = [
            Released(self._released(version), at, actor, uses.get(version, 0))
            for version, at, actor in codebook.releases(self._db)
        ]
        firsts = [Use(at, who, names[of]) for at, who, of, *_ in codebook.first_uses(self._db, self.viewer, code)]
        at = codebook.proposed_at(self._db, self.viewer, code)
        proposed = next(
            (Proposed(one, at, names[one.transcript]) for one in self.proposals() if one.code == code), None
        )
        return biography(code, releases, firsts, notes(self._db, self.viewer), proposed, settled, against)

    def extracts_of(self, code: str) -> tuple[model.Coding, ...]:
        """The viewer's own codings with a code, in every transcript."""
        return codings.codings_of(self._db, self.viewer, code)

    # --- favourites and suggestions ------------------------------------------------------------------------------

    def favourites(self) -> dict[str, str]:
        """The codes that the viewer keeps on keys."""
        return codebook.favourites(self._db, self.viewer)

    def keep_favourite(self, key: str, code: str) -> Changes:
        """Keep a code on a key; without a code the key is free again."""
        return self._record([events.FavouriteSet(person=self.viewer, key=key, code=code)])

    def suggesting(self, person: str = "") -> bool:
        """Whether somebody (the viewer if nobody is named) has suggestions turned on."""
        said = [on for who, _, on in codebook.suggesting(self._db) if who == (person or self.viewer)]
        return bool(said) and said[-1]

    def switch_suggestions(self, *, on: bool) -> Changes:
        """Turn suggestions on or off, which the study remembers."""
        return self._record([events.SuggestionsSwitched(person=self.viewer, on=on)])

    def answered_suggestions(self, pass_: Pass) -> tuple[model.SuggestionAnswer, ...]:
        """What was said to suggestions in a pass, oldest first."""
        return codebook.answered(self._db, self.viewer, pass_.id)

    def code_of(self, name: str, *, draft: bool = False) -> Code:
        """A code of the draft or of the newest version, by id or label."""
        return codebooks.find(self.draft() if draft else self.own_book(), name)
