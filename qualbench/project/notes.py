"""Memos on codes, transcripts, cases, the study and pairs of extracts, a search over all memos, and what to compare."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress

from qualbench import model
from qualbench.errors import PassSubmitted, QualbenchError, UnknownCode
from qualbench.model import Changes, Code, Memo, Note, PassState
from qualbench.project.codebook import Codebooks
from qualbench.project.noted import PLACE, Extract, Written, extract_of
from qualbench.steps import codebook as codebooks
from qualbench.steps import comparing
from qualbench.steps import notes as memos
from qualbench.store.queries import extracts, notes, transcripts


class Notes(Codebooks):
    """What people wrote down beside the coding."""

    def notes(self, on: str = "", about: str = "") -> tuple[Note, ...]:
        """The memos, on places apart, that this viewer may read; only those on one thing when it is said."""
        return notes.notes(self._db, self.viewer, on, about)

    def write_note(
        self, body: str, *, on: str, about: str = "", kind: str = "", places: Sequence[str] = ()
    ) -> Changes:  # fmt: skip
        """A new memo on a code, a transcript, a case, the study, or two extracts of a code side by side."""
        return self._record(memos.write(body, on=on, about=about, kind=kind, places=places))

    def rewrite_note(self, note: str, body: str) -> Changes:
        """One of the viewer's memos becomes these words; empty words remove it."""
        held = next((one for one in self.notes() if one.id == note), None)
        if held is None:
            raise QualbenchError("That memo is not there any more.")
        return self._record(memos.rewrite(held, body, self.viewer))

    def find_memos(self, query: str) -> tuple[tuple[model.Memo, ...], tuple[Note, ...]]:
        """The memos on places and the others in which every word of the query stands, as far as they may be read."""
        placed, others = self.memos(), self.notes()
        return (
            tuple(placed[n] for n in comparing.matching(query, [memo.body for memo in placed])),
            tuple(others[n] for n in comparing.matching(query, [note.body for note in others])),
        )

    # --- memos in words ----------------------------------------------------------------------------------------

    def written(self, query: str = "") -> tuple[Written, ...]:
        """The memos that this viewer may read, with what each is on; on places last, in the order of transcripts."""
        placed, others = self.find_memos(query) if query.strip() else (self.memos(), self.notes())
        ids = [id_ for note in others for id_ in note.places]
        codings = extracts.by_id(self._db, self.viewer, ids) if ids else {}
        pages = self._pages([*(memo.transcript for memo in placed), *(one.transcript for one in codings.values())])
        tied = {id_: extract_of(pages[c.transcript], c.transcript, c.start, c.end, id_) for id_, c in codings.items()}
        subjects = self._subjects()
        open_passes = {one.id for one in self.passes(coder=self.viewer) if one.state is PassState.OPEN}
        order = {id_: number for number, id_ in enumerate(subjects)}
        in_order = sorted(placed, key=lambda memo: (order.get(memo.transcript, -1), memo.start, memo.end, memo.coder))
        return (
            *(self._noted(note, subjects, tied) for note in reversed(others)),
            *(self._placed(memo, pages[memo.transcript], open_passes) for memo in in_order),
        )

    def _pages(self, ids: Iterable[str]) -> dict[str, tuple[str, str]]:
        return extracts.texts(self._db, sorted(set(ids)))

    def _subjects(self) -> dict[str, str]:
        """What memos can be on, by id, in words."""
        books = self.releases()[-1:] if self.has_codebook() else ()
        return {
            **transcripts.names(self._db),
            **{one.id: one.label for one in self.participants()},
            **{one.code: one.label for one in self.proposals()},
            **{code.id: code.label for book in (*books, self.draft()) for code in book.codes},
        }

    def _noted(self, note: Note, subjects: dict[str, str], tied: dict[str, Extract]) -> Written:
        subject = subjects.get(note.about, note.about) if note.on != "study" else "the study"
        pair = tuple(tied[id_] for id_ in note.places if id_ in tied)
        if note.on == "comparison":
            where = " and ".join(one.place for one in pair)
            lost = "" if len(pair) == len(note.places) else " (coded otherwise since)"
            subject = f"{subject}: {where or 'two extracts'}{lost}"
        own = note.author == self.viewer
        return Written(
            note.id, note.kind, note.on, note.about, subject, note.author, note.body, note.at, extracts=pair, own=own
        )

    def _placed(self, memo: Memo, page: tuple[str, str], open_passes: set[str]) -> Written:
        here = extract_of(page, memo.transcript, memo.start, memo.end)
        return Written(
            memo.id, memo.kind, PLACE, memo.transcript, here.place, memo.coder, memo.body, "", memo.pass_id,
            memo.start, memo.end, (here,), memo.coder == self.viewer, memo.pass_id not in open_passes,
        )  # fmt: skip

    def rewrite_written(self, memo: Written, body: str) -> Changes:
        """Any memo of the viewer's becomes these words; empty words remove it."""
        if not memo.own:
            raise memos.not_yours(memo.author)
        if memo.on != PLACE:
            return self.rewrite_note(memo.id, body)
        if memo.frozen:
            raise PassSubmitted(self.viewer, self.transcript(memo.about).name)
        return self.write_memo(memo.pass_id, memo.start, memo.end, body, memo.kind)

    def code_named(self, name: str) -> Code:
        """A code of the newest version, of what was proposed, or of the draft, by id or label."""
        if self.has_codebook():
            with suppress(UnknownCode):
                return self.code_of(name)
        return self.code_of(name, draft=True)

    # --- constant comparison -----------------------------------------------------------------------------------

    def own_words(self, codes: Sequence[str], most: int = 10) -> list[tuple[str, str]]:
        """The words of the viewer's newest extracts of each of these codes, with the code, the oldest first."""
        return [(code, one.text) for code in codes for one in reversed(self.earlier(code, most))]

    def earlier(self, code: str, most: int = -1) -> tuple[Extract, ...]:
        """The viewer's own extracts of a code and of those merged into it, the newest first.

        Each transcript as it was coded last: while it is coded again, the first coding of it stays out of sight.
        """
        codes = [code, *codebooks.merged_by(self.releases(), code)]
        found = extracts.earlier(self._db, self.viewer, codes, most)
        passes = {id_: self.own_pass(id_) for id_ in {coding.transcript for coding, _ in found}}
        newest = {pass_.id for pass_ in passes.values() if pass_}
        pages = self._pages(coding.transcript for coding, _ in found if coding.pass_id in newest)
        return tuple(
            extract_of(pages[one.transcript], one.transcript, one.start, one.end, one.id, at)
            for one, at in found
            if one.pass_id in newest
        )
