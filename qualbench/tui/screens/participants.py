"""Participants: who the speakers are, what is known of them, and who is covered."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import OptionList, Static

from qualbench.errors import QualbenchError
from qualbench.model import Participant, Role, Speaker
from qualbench.text import counted, excerpt, shown
from qualbench.tui.commands import Command
from qualbench.tui.dialogs.choice import KEYS, Choose
from qualbench.tui.dialogs.page import Page
from qualbench.tui.screens import participants_views as views
from qualbench.tui.screens.attributes import ask_line, ask_value, define
from qualbench.tui.screens.mapping import Mapping, read_table
from qualbench.tui.screens.step import StepScreen
from qualbench.tui.widgets.lines import Lines

if TYPE_CHECKING:
    from qualbench.steps.participants import Attribute

VIEWS = ("speakers", "people", "coverage")
NEW = "+new"
NOBODY = "+nobody"


class Participants(StepScreen):
    """One view at a time: speakers, participants, coverage."""

    STEP = "participants"
    TITLE_WORDS = "Participants"
    DEFAULT_CSS = """
    Participants #sums { height: auto; max-height: 3; padding: 0 1; margin: 1 0; }
    Participants #columns { height: 1; text-style: dim; text-wrap: nowrap; text-overflow: ellipsis; }
    Participants Lines { margin-bottom: 1; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._looking = "speakers"
        self._speakers: dict[str, tuple[Speaker, ...]] = {}
        self._people: tuple[Participant, ...] = ()
        self._attributes: tuple[Attribute, ...] = ()
        self._by: tuple[str, ...] = ()
        self._bands: dict[str, list[str]] = {}

    def parts(self) -> ComposeResult:
        """The sums, and the lines of a view."""
        yield Static(id="sums", markup=False)
        yield Static(id="columns", markup=False)
        yield Lines()

    def begin(self) -> None:
        """The lines have the keys."""
        self.query_one(Lines).focus()

    # --- what it shows -----------------------------------------------------------------------------------------

    def read_again(self) -> None:
        """Read speakers, participants and attributes."""
        project = self.project
        self._speakers, self._people, self._attributes = (
            project.speakers(), project.present(), project.attributes(),
        )  # fmt: skip
        groups = project.groups()
        people = counted(len(self._people), "participant")
        self.head(project.study.name, people, counted(len(groups), "focus group"))
        self._show()
        super().read_again()

    def _show(self) -> None:
        head, lines = self._view()
        self.query_one("#columns", Static).update(Content(head))
        self.query_one("#sums", Static).update(Content(shown(self._sums())))
        self.query_one(Lines).show_lines(lines)
        self.refresh_footer()

    def _view(self) -> views.Shown:
        width = self.size.width - 2
        if self._looking == "speakers":
            return views.speakers(self._speakers, self._names(), self._people, width)
        if self._looking == "people":
            from qualbench.steps.participants import transcripts_of

            named = {self._names()[id_]: those for id_, those in self._speakers.items()}
            return views.people(self._people, self._attributes, transcripts_of(named), width)
        try:
            return views.coverage(self.project.coverage(self._by, self._bands), width) if self._by else ("", [])
        except QualbenchError as error:
            return f"{error.message} {error.hint}".strip(), []

    def _names(self) -> dict[str, str]:
        return {row.id: row.name for row in self.project.transcripts()}

    def _sums(self) -> str:
        if self._looking == "coverage":
            if not self._attributes:
                return "Nothing is known of anybody yet: define an attribute (d) or take in a table (w)."
            by = ", ".join(self._by) or "nothing yet: press b and choose attributes"
            bands = "; ".join(f"{name} at {', '.join(limits)}" for name, limits in self._bands.items())
            return f"Who is covered, by {by}.{f' Bands: {bands}.' if bands else ''}"
        if self._looking == "people":
            return "What is known of each participant; · is not known."
        unknown = sum(
            speaker.role is Role.PARTICIPANT and not speaker.participant
            for those in self._speakers.values()
            for speaker in those
        )
        return f"Who speaks in which transcript. {counted(unknown, 'participant')} without a label."

    def on_resize(self) -> None:
        """Fit the columns again."""
        self._show()

    # --- what is under the bar ---------------------------------------------------------------------------------

    @property
    def _speaker(self) -> tuple[str, Speaker] | None:
        """The transcript's id and the speaker under the bar."""
        transcript, _, number = self.query_one(Lines).at.rpartition(":")
        if self._looking != "speakers" or transcript not in self._speakers:
            return None
        return transcript, self._speakers[transcript][int(number)]

    @property
    def _person(self) -> str:
        """The participant under the bar, in whatever view."""
        if self._looking == "people":
            return self.query_one(Lines).at
        held = self._speaker
        return held[1].participant if held else ""

    # --- commands ----------------------------------------------------------------------------------------------

    def allows(self, command: Command) -> bool:
        """Roles are of speakers, values of participants, and the coverage counts by attributes."""
        name = command.id.removeprefix("participants.")
        wants = {
            "role": self._looking == "speakers", "participant": self._looking == "speakers",
            "value": self._looking != "coverage", "by": self._looking == "coverage" and bool(self._attributes),
            "bands": self._looking == "coverage" and bool(self._by),
        }  # fmt: skip
        return super().allows(command) and wants.get(name, True)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Enter, or a click, on a speaker asks who it is, and on a participant what is known."""
        event.stop()
        if self.project.writable:
            (self.action_do_participant if self._looking == "speakers" else self.action_do_value)()

    def action_do_view(self, name: str) -> None:
        self._looking = name
        if name == "coverage" and not self._by and self._attributes:
            self._by = (self._attributes[0].name,)
        self._show()

    def action_do_turn(self) -> None:
        self.action_do_view(VIEWS[(VIEWS.index(self._looking) + 1) % len(VIEWS)])

    def action_do_role(self) -> None:
        held = self._speaker
        if held is None:
            return
        transcript, speaker = held

        def answered(role: str | None) -> None:
            if role:
                keeps = speaker.participant if role == Role.PARTICIPANT else ""
                self._assign(transcript, speaker, Role(role), keeps)

        answers = [(str(role), str(role)) for role in Role]
        self.app.push_screen(Choose(f"What is {excerpt(speaker.label, 40)}?", answers), answered)

    def _assign(self, transcript: str, speaker: Speaker, role: Role, participant: str) -> None:
        before = self.project.speakers()
        self.write(lambda: self.project.assign_speaker(transcript, speaker.label, role, participant))
        if kept := self.project.kept_exchanges(before):
            self.say(kept)

    def action_do_participant(self) -> None:
        held = self._speaker
        if held is None:
            return
        transcript, speaker = held

        def assign(participant: str) -> None:
            self._assign(transcript, speaker, Role.PARTICIPANT, participant)

        def answered(who: str | None) -> None:
            if who == NEW:
                title = f"Which participant is {excerpt(speaker.label, 40)}? A label, such as P07"
                ask_line(self, title, speaker.participant, lambda words: assign(words) if words else None)
            elif who is not None:
                assign("" if who == NOBODY else who)

        first = [(NEW, "another label, typed"), (NOBODY, "nobody yet")]
        answers = [*first, *((one.id, one.id) for one in self._people[: len(KEYS) - 2])]
        self.app.push_screen(Choose(f"Who is {excerpt(speaker.label, 40)}?", answers), answered)

    def action_do_value(self) -> None:
        who = self._person
        if not who:
            self.say("There is no participant here.")
        elif not self._attributes:
            self.say("Define an attribute first (d).")
        else:
            answers = [(one.name, f"{one.name} ({one.kind})") for one in self._attributes[: len(KEYS)]]
            question = f"What is known of {excerpt(who, 40)}?"
            self.app.push_screen(Choose(question, answers), lambda name: self._ask_value(who, name))

    def _ask_value(self, who: str, name: str | None) -> None:
        attribute = next((one for one in self._attributes if one.name == name), None)
        person = next((one for one in self._people if one.id == who), None)
        if attribute is not None and person is not None:
            ask_value(self, person, attribute)

    def action_do_define(self) -> None:
        define(self)

    # --- coverage ----------------------------------------------------------------------------------------------

    def action_do_by(self) -> None:
        answers = [
            (one.name, f"{'✓' if one.name in self._by else ' '} {one.name}") for one in self._attributes[: len(KEYS)]
        ]

        def answered(name: str | None) -> None:
            if name is not None:
                self._by = tuple(one for one in (*self._by, name) if one != name or name not in self._by)
                self.action_do_view("coverage")

        self.app.push_screen(Choose("Count by which attribute, or no longer?", answers), answered)

    def action_do_bands(self) -> None:
        parted = [one for one in self._attributes if one.name in self._by and str(one.kind) in ("number", "date")]
        if not parted:
            self.say("Only numbers and dates that are counted by have bands.")
            return

        def named(name: str | None) -> None:
            if name is not None:
                before = ", ".join(self._bands.get(name, ()))
                ask_line(
                    self, f"Limits of the bands of {name}, such as 30, 40, 50", before, lambda words: keep(name, words)
                )

        def keep(name: str, words: str) -> None:
            limits = [limit.strip() for limit in words.split(",") if limit.strip()]
            self._bands = {one: those for one, those in (self._bands | {name: limits}).items() if those}
            self._show()

        self.app.push_screen(Choose("Bands of which attribute?", [(one.name, one.name) for one in parted]), named)

    def action_do_same(self) -> None:
        found = self.project.same_people()
        pieces = [
            Content("\n").join(
                [
                    Content.styled(str(one.why), "bold"),
                    *(Content(shown(f"  {p.transcript}: {p.label} {p.participant}".rstrip())) for p in one.places),
                ]
            )
            for one in found
        ]
        body = Content("\n").join(pieces) if pieces else Content("Nobody seems to speak in several transcripts.")
        self.app.push_screen(Page("They may be one person; nothing is set by itself", body))

    # --- a table -----------------------------------------------------------------------------------------------

    def action_do_table(self) -> None:
        ask_line(self, "Take in which table of participants (.csv, .xlsx)?", "", self._open_table)

    def _open_table(self, name: str) -> None:
        if not name:
            return
        try:
            path = Path(name).expanduser()
            self.app.push_screen(Mapping(path.name, read_table(path)))
        except QualbenchError as error:
            self.say(f"{error.message} {error.hint}".strip(), warning=True)
        except (OSError, RuntimeError, ValueError) as error:
            self.say(f"{name} can not be read: {getattr(error, 'strerror', None) or error}.", warning=True)
