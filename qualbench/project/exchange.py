"""Studies for other programs, and the projects of other programs as studies."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, TypeVar

from qualbench import events, model
from qualbench.errors import FileExists, QualbenchError, ReadOnlyStudy, StudyExists
from qualbench.model import Codebook
from qualbench.project.base import DATABASE, write_file
from qualbench.project.pack import Pack
from qualbench.store import journal
from qualbench.store.database import transaction
from qualbench.store.queries import codings, extracts, results, transcripts

if TYPE_CHECKING:
    from qualbench.project.arriving import Arrival
    from qualbench.project.outgoing import Going, Layer
    from qualbench.steps.interchange.refi import Beyond, Target, Written

_InPass = TypeVar("_InPass", model.Coding, model.Memo, model.Nothing)

LOSSES = ".losses.txt"
"""What is put behind the name of a file for the name of its loss report."""


class NotEmpty(QualbenchError):
    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"{folder} holds transcripts or a codebook already, and a project of another program comes into a study "
            "of its own: nobody could tell later which codes and coders came from where.",
            "Name a folder that is new.",
        )


class Exchange(Pack):
    """Projects of other programs, out and in."""

    # --- out ---------------------------------------------------------------------------------------------------

    def write_qdpx(
        self, target: Path, layer: Layer, program: Target, *, force: bool = False
    ) -> tuple[Written, Path]:  # fmt: skip
        """Write the study as a REFI-QDA project, with its loss report beside it; answers with where that is."""
        losses = target.with_name(target.name + LOSSES)
        for there in (path for path in (target, losses) if path.exists() and not force):
            raise FileExists(there)
        made = self.qdpx(layer, program)
        report = "".join(f"{line}\n" for line in made.losses)
        write_file(target, made.data, force=force)
        write_file(losses, f"What {target.name} does not hold:\n\n{report}".encode("utf-8", "replace"), force=force)
        return made, losses

    def qdpx(self, layer: Layer, program: Target) -> Written:
        """The study as the bytes of a REFI-QDA project, with its loss report; what is blind to the viewer is not in."""
        from qualbench.project.outgoing import bundle
        from qualbench.steps.interchange import refi

        going = self._going(layer)
        made = refi.write(bundle(going), program, self._beyond(going))
        return refi.Written(made.data, (*made.losses, *self._also_lost(going)))

    def _going(self, layer: Layer) -> Going:
        from qualbench.project.outgoing import Going, Layer

        names = list(transcripts.names(self._db))
        texts = extracts.texts(self._db, names)
        going = Going(
            self.study, self._whole_book(), {id_: texts[id_] for id_ in names}, self.speakers(),
            [one.name for one in self.people()], self.participants(), self.attributes(), self.notes(),
        )  # fmt: skip
        return self._with_work(going, coders=layer is not Layer.CONSENSUS, consensus=layer is not Layer.CODERS)

    def _with_work(self, going: Going, *, coders: bool, consensus: bool) -> Going:
        if consensus:
            settled = self.settled()
            going = replace(going, settled=settled.codes, unsettled=settled.incomplete)
        if not coders:
            return going
        readable = self._readable_passes()
        return replace(
            going,
            passes=readable,
            codings=_of(readable, self.codings()),
            memos=_of(readable, self.memos()),
        )

    def _readable_passes(self) -> list[model.Pass]:
        """The first passes that the viewer may read: their own, and all on transcripts that are opened."""
        again = {one.id for one in self.rounds() if one.recode}
        readable = codings.readable(self._db)
        first = (one for one in self.passes() if one.round not in again)
        return [one for one in first if one.coder == self.viewer or one.id in readable]

    def _whole_book(self) -> Codebook | None:
        """The newest version with the codes that were proposed, and those that only an older version has."""
        if not self.has_codebook():
            return None
        book = self.own_book()
        codes = {code.id: code for code in book.codes}
        for older in reversed(self.releases()):
            for code in older.codes:
                codes.setdefault(code.id, replace(code, parent=code.parent if code.parent in codes else ""))
        return replace(book, codes=tuple(codes.values()))

    def _beyond(self, going: Going) -> Beyond:
        """How much the study has that no such file can say, as far as the viewer may know it."""
        from qualbench.steps.interchange.refi import Beyond

        return Beyond(
            nothings=len(_of(going.passes, self.nothings())),
            passes=len(going.passes),
            rounds=len(self.rounds()),
            decisions=len(self.decisions()),
            versions=max(0, len(self.codebook_versions()) - 1),
            runs=len(results.runs(self._db)),
            profiles=len(going.texts),
            memo_kinds=0,
            groups=0,
        )

    def _also_lost(self, going: Going) -> list[str]:
        """What else stays behind, in sentences."""
        first = {one.id for one in going.passes}
        again = {one.id for one in self.rounds() if one.recode}
        second = sum(one.round in again for one in self.passes(coder=self.viewer))
        unread = sum(not row.opened for row in self.transcripts())
        part = sum(one.state is model.PassState.OPEN for one in going.passes)
        counts = {
            "Themes with their quotes and states": len(self.themes()),
            "Extracts starred for the report": sum(one.pass_id in first for one in self.stars()),
            "Memos that compare two extracts, kept as memos on their code without the extracts": sum(
                note.on == "comparison" for note in going.notes
            ),
            "Your passes of coding again": second,
            "Passes that are not handed in yet and are in the file as far as they are": part,
            "Transcripts that are blind still, whose coding by others is not in the file": unread,
        }
        return [f"{what}: {count:,}." for what, count in counts.items() if count]

    # --- in ----------------------------------------------------------------------------------------------------

    def names_known(self) -> dict[str, str]:
        """Everything that a transcript goes by, such as its file, with its name."""
        names = transcripts.names(self._db)
        return {known: names[id_] for known, id_ in transcripts.known_as(self._db).items()}

    @classmethod
    def begin_with(
        cls, folder: Path, arrival: Arrival, *, viewer: str = "", clock: Callable[[], datetime] | None = None
    ) -> Self:
        """A new study with everything that a project of another program holds; it is there whole or not at all."""
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise StudyExists(folder)
        given: dict[str, Any] = {"clock": clock} if clock else {}
        place = folder.resolve()
        part = place.with_name(f".{place.name}.part")
        shutil.rmtree(part, ignore_errors=True)
        try:
            with cls.create(part, name=arrival.name, coders=arrival.coders, viewer=viewer, **given) as project:
                project.take_in_project(arrival)
            place.mkdir(parents=True, exist_ok=True)
            for path in sorted(part.iterdir(), key=lambda path: path.name == DATABASE):
                os.replace(path, place / path.name)
        finally:
            shutil.rmtree(part, ignore_errors=True)
        return cls.open(folder, viewer, write=True, **given)

    def check_empty(self) -> None:
        """Refuse a study in which there is anything already that a project of another program brings too."""
        if self.transcripts() or self.has_codebook() or self.participants() or self.has_draft():
            raise NotEmpty(self.folder)

    def take_in_project(self, arrival: Arrival) -> None:
        """Record all that a project brings as one step, all of it or nothing; memos under their authors' names."""
        self.check_empty()
        if not self.writable:
            raise ReadOnlyStudy(self.readonly_because)
        step = events.new_id()
        with transaction(self._db):
            journal.append(self._db, self._writer, arrival.facts, step)
            for note in arrival.notes:
                writer = journal.Writer(self._device, note.author or self.viewer, note.at or self._writer.at)
                journal.append(self._db, writer, [note.fact], step)


def _of(passes: Sequence[model.Pass], said: Sequence[_InPass]) -> list[_InPass]:
    ids = {one.id for one in passes}
    return [one for one in said if one.pass_id in ids]
