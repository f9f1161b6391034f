"""Moments of a team's work that golden pictures are taken of, where more is needed than the demo study as it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeAlias

from qualbench.events import TranscriptOpened, seal
from qualbench.project import Project
from qualbench.store import database, syncing
from qualbench.tui.app import Workbench
from qualbench.tui.screens.importing import Import
from tests.cli.test_import_answers import FRENCH, SURVEY
from tests.tui.at_hub import IN_TOUCH, AtHub, put_on_hub
from tests.tui.test_deidentify import files

Moment: TypeAlias = tuple[Callable[[Project, Path], Workbench], tuple[str, ...]]
"""The program as it is started on the demo study, with a folder for files; and the keys that are pressed then."""

GROUP = "Focus group 3: going back to work\nDate: 12 March\n\n" + "".join(
    f"Mod: Could you tell us more of day {day}?\n\nP1: My manager asked me that on day {day} [laughs].\n\n"
    f"P 1: On day {day}, two hours on paper, eight at the desk.\n\nP2: I cried in the car on day {day}.\n\n"
    for day in range(1, 13)
)
CASES = "Mirela: In Brumleby, since 3 March 2019. I am 34 years old.\nInterviewer: With whom?\nMirela: With Okonjo.\n"


def _import(name: str, body: bytes) -> Callable[[Project, Path], Workbench]:
    def start(demo: Project, place: Path) -> Workbench:
        path = place / name
        path.write_bytes(body)
        return Workbench(demo, screen="import", incoming=lambda: Import([path]))

    return start


def _at(screen: str, transcript: str = "") -> Callable[[Project, Path], Workbench]:
    return lambda demo, _: Workbench(demo, screen=screen, transcript=transcript)


def _corrected(demo: Project, _: Path) -> Workbench:
    """Three places of the open pass are doubtful: words were changed, added, and taken out."""
    name = "06-harm-reduction-nurse"
    transcript = demo.transcript(name)
    text = transcript.text
    places = sorted({(one.start, one.end) for one in demo.codings(transcript.id)})[:3]
    for number, (start, end) in reversed(list(enumerate(places))):
        words = text[start:end].split(" ")
        words[4:7] = (["quite", "another", "word"], [*words[4:7], "(as she said later)"], [])[number]
        text = text[:start] + " ".join(words) + text[end:]
    demo.correct(name, text, "a member check")
    return Workbench(demo, screen="corrections")


def _names(demo: Project, _: Path) -> Workbench:
    return Workbench(demo, screen="deidentify", files=files(Path("/nowhere/vault.json"), CASES))


def _on_hub(demo: Project, _: Path) -> Workbench:
    """The demo study on a hub: some of it is opened there, some sealed, and one pass came late."""
    put_on_hub(demo, lead=True)
    rows = demo.transcripts(with_counts=False)
    passes = {row.id: list(demo.passes(row.id)) for row in rows}
    coded = [row.id for row in rows if len(passes[row.id]) > 1]
    places = [(id_, passes[id_][0].round) for id_ in coded]
    with database.transaction(demo._db):
        for place in places[2:4]:
            syncing.keep_sealed(demo._db, *place)
        syncing.refuse(demo._db, ("device", coded[2], "lane"), "The hub did not take it: the transcript was sealed.")
    demo._record([
        TranscriptOpened(transcript=id_, round=round_, passes=[one.id for one in passes[id_]], reason=seal(""))
        for id_, round_ in places[:2]
    ])  # fmt: skip
    return AtHub(demo, IN_TOUCH)


MOMENTS: Mapping[str, Moment] = {
    "hub": (_on_hub, ("j", "j")),
    "import": (_import("group 3.txt", GROUP.encode()), ("j",)),
    "import-merge": (_import("group 3.txt", GROUP.encode()), ("j", "m")),
    "import-survey": (_import("answers.csv", SURVEY.encode()), ("1", "j")),
    "import-encoding": (_import("talk.txt", FRENCH), ()),
    "segments": (_at("segments", "08-focus-group-evening"), ("j", "right", "right", "right")),
    "participants": (_at("participants"), ("j",)),
    "participants-people": (_at("participants"), ("2",)),
    "participants-coverage": (_at("participants"), ("3",)),
    "corrections": (_corrected, ("j",)),
    "find": (_at("home"), ("slash", *"peer", "space", *"role", "colon", *"participant", "enter", "j")),
    "deidentify": (_names, (*"Okonjo", "ctrl+s")),
}
