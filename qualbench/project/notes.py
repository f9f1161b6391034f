"""Memos on codes, transcripts, cases, the study and pairs of extracts, and a search over all memos."""

from __future__ import annotations

from collections.abc import Sequence

from qualbench import model
from qualbench.errors import QualbenchError
from qualbench.model import Changes, Note
from qualbench.project.codebook import Codebooks
from qualbench.steps import comparing
from qualbench.steps import notes as memos
from qualbench.store.queries import notes


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
