"""The audit trail: what was done, by whom, when and why, in the six classes of Lincoln and Guba."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from qualbench.errors import FileExists, QualbenchError
from qualbench.events import KINDS, THEMES
from qualbench.model import Names, Theme, Thing, TrailClass, TrailEntry
from qualbench.model.trail import THING_KINDS
from qualbench.project.members import Members
from qualbench.steps import trail as steps
from qualbench.steps.trail import Heading
from qualbench.store.queries import trail as history
from qualbench.store.queries import transcripts
from qualbench.text import folded

PATIENCE = 5_000
"""So many actions are looked through before a page is given though it is not full."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which lines of the trail; what is empty says nothing."""

    trail_class: TrailClass | None = None
    person: str = ""
    thing: str = ""
    """The id of what a line must be about."""
    words: str = ""
    """Words that must all stand in a line."""

    def fits(self, one: TrailEntry) -> bool:
        """Whether a line is wanted: by what it says, never by what is hidden behind it."""
        if self.trail_class not in (None, one.trail_class) or (self.person and self.person != one.who):
            return False
        if self.thing and all(thing.id != self.thing for thing in one.about):
            return False
        text = folded(" ".join((one.sentence, one.why, *(thing.label for thing in one.about))))
        return all(word in text for word in folded(self.words).split())

    @property
    def asked(self) -> history.Asked:
        """The same for the store, as far as it can tell."""
        kinds = steps.kinds_of(self.trail_class) if self.trail_class else ()
        switched = (*kinds, *history.SWITCHES) if kinds else ()
        return history.Asked(switched, self.person, (self.thing,) if self.thing else ())


@dataclass(frozen=True, slots=True)
class TrailPage:
    """Some lines of the trail, the newest first."""

    entries: tuple[TrailEntry, ...]
    edge: int
    """From where to look on; 0 when there is nothing beyond."""
    reached: str = ""
    """The time up to which was looked, where that was not to the beginning."""


class Trail(Members):
    """The trail of the whole study."""

    def trail(self, about: str = "") -> tuple[TrailEntry, ...]:
        """Every action, the oldest first, as far as the viewer may know of it; only those about one thing by its id."""
        return tuple(self.trail_lines(Wanted(thing=about), oldest_first=True))

    def trail_lines(self, wanted: Wanted | None = None, *, oldest_first: bool = False) -> Iterator[TrailEntry]:
        """The same one by one, so that a long history is never held whole."""
        wanted = wanted or Wanted()
        names = self.trail_names()
        found = history.actions(self._db, self.viewer, wanted.asked, oldest_first=oldest_first)
        return (one for action in found if wanted.fits(one := steps.told(action, names)))

    def trail_page(self, wanted: Wanted | None = None, edge: int = 0, most: int = 100) -> TrailPage:
        """At most so many lines from an edge on, the newest first."""
        wanted, names = wanted or Wanted(), self.trail_names()
        entries: list[TrailEntry] = []
        last = None
        found = history.actions(self._db, self.viewer, wanted.asked, edge)
        for looked, action in enumerate(found):
            is_full = len(entries) >= most or looked >= PATIENCE
            if is_full and last is not None and last.seq != action.seq:  # several lines may be of one step
                return TrailPage(tuple(entries), last.seq, last.at)
            last = action
            if wanted.fits(one := steps.told(action, names)):
                entries.append(one)
        return TrailPage(tuple(entries), 0)

    def trail_names(self) -> Names:
        """What everything is called that the viewer may know."""
        books = (*self.releases(), self.draft())
        return Names(
            transcripts=transcripts.names(self._db),
            participants={one.id: one.label for one in self.participants()},
            codes={
                **{one.code: one.label for one in self.proposals()},
                **{code.id: code.label for book in books for code in book.codes},
            },
            themes=history.themes_ever(self._db),
            rounds={one.id: one.name for one in self.rounds()},
            sessions={id_: at[:16].replace("T", " ") for id_, at in history.sessions_ever(self._db).items()},
            quotes=history.picked(self._db),
        )

    def trail_thing(self, kind: str, name: str) -> Thing:
        """What goes by a name or an id."""
        names = self.trail_names()
        found: dict[str, str] = dict(getattr(names, f"{kind}s")) if kind in THING_KINDS else {}
        for id_, label in found.items():
            if name == id_ or folded(name) == folded(label):
                return Thing(kind, id_, label)
        raise QualbenchError(f"There is no {kind} called '{name}' in the trail.")

    # --- how a theme came about --------------------------------------------------------------------------------

    def trail_of_theme(self, theme: Theme | str) -> tuple[TrailEntry, ...]:
        """How a theme came about, the oldest first.

        What it went through, its quotes, the life of each code that was gathered under it, the decisions on segments
        in which one of them was read, and the sessions in which these were taken.
        """
        names = self.trail_names()
        own, codes = self._family(theme if isinstance(theme, str) else theme.id, names)
        lines = {one.seq: one for one in own}
        for one in self._about_codes(codes, names):
            lines.setdefault(one.seq, one)
        lives = [one for code in codes if (thing := names.thing(code, "code")) for one in self._life(thing)]
        return tuple(sorted((*lines.values(), *lives), key=lambda one: (one.at, one.seq)))

    def _family(self, theme: str, names: Names) -> tuple[list[TrailEntry], tuple[str, ...]]:
        """What happened to a theme and to those it came from, and every code that was ever gathered there."""
        kinds = tuple(kind for kind, one in KINDS.items() if one.AREA == THEMES)
        found = list(history.actions(self._db, self.viewer, history.Asked(kinds), every_fact=True))
        family, codes = steps.family(theme, found)
        lines = (steps.told(action, names) for action in found)
        return [one for one in lines if any(thing.id in family for thing in one.about)], codes

    def _about_codes(self, codes: Iterable[str], names: Names) -> Iterator[TrailEntry]:
        """The decisions in which one of the codes was read or settled, and their sessions."""
        wanted = tuple(codes)
        if not wanted:
            return
        sessions: dict[str, None] = {}
        for action in history.actions(self._db, self.viewer, history.Asked(("item_decided",), ids=wanted)):
            if action.hidden:
                continue
            yield steps.told(action, names)
            facts = (fact for one in action.stated for fact in one.facts)
            sessions |= dict.fromkeys(str(fact["session"]) for fact in facts if fact.get("session"))
        if sessions:
            asked = history.Asked(("session_opened", "session_stated"), ids=tuple(sessions))
            yield from (steps.told(action, names) for action in history.actions(self._db, self.viewer, asked))

    def _life(self, code: Thing) -> Iterator[TrailEntry]:
        lived = self.biography(code.id)
        return steps.moments(code, ((one.at, one.actor, str(one.kind), one.sentence) for one in lived))

    # --- files -------------------------------------------------------------------------------------------------

    def write_trail(
        self, target: Path, wanted: Wanted | None = None, theme: Theme | None = None, *, force: bool = False
    ) -> str:
        """Write the trail, or how a theme came about, the oldest first; the ending of the file says how."""
        title = f"Audit trail of {self.study.name}"
        lines: Iterable[TrailEntry]
        if theme is None:
            lines = self.trail_lines(wanted, oldest_first=True)
        else:
            title = f"How the theme '{theme.name}' came about: {self.study.name}"
            lines = (one for one in self.trail_of_theme(theme) if wanted is None or wanted.fits(one))
        _write(target, steps.chunks(lines, target.suffix.lower(), Heading(title, self.viewer)), force=force)
        return f"The trail is in {target}."

    def check_trail(self, table: bytes) -> tuple[int, tuple[str, ...]]:
        """How many hashes a CSV file of the trail has, and those that no entry of the journal has."""
        try:
            given = steps.hashes(table.decode("utf-8"))
        except UnicodeDecodeError as error:
            raise QualbenchError("The file is not UTF-8 text, so it is no trail of this program.") from error
        missing = history.missing_hashes(self._db, given)
        return len(given), tuple(one for one in given if one in missing)


def _write(target: Path, pieces: Iterable[bytes], *, force: bool) -> None:
    """Write a file piece by piece, whole or not at all."""
    if target.exists() and not force:
        raise FileExists(target)
    part = target.with_name(f".{target.name}.part")
    try:
        with part.open("wb") as file:
            file.writelines(pieces)
        os.replace(part, target)
    except (OSError, ValueError) as error:
        with suppress(OSError, ValueError):
            part.unlink(missing_ok=True)
        raise QualbenchError(f"{target} can not be written: {getattr(error, 'strerror', '') or error}.") from error
