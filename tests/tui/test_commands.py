"""One action, one command: keys, methods, remapping; and no name of Textual's taken by accident."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest
from textual.content import Content
from textual.screen import ModalScreen, Screen
from textual.scroll_view import ScrollView
from textual.widgets import OptionList, Static, TextArea

from qualbench.project.codebook_files import Opening
from qualbench.steps.codebook.files import look
from qualbench.steps.ingest.tables import Table
from qualbench.tui.app import Workbench
from qualbench.tui.commands import EVERYWHERE, SCREENS, remapped
from qualbench.tui.commands.command import KEY_NAMES
from qualbench.tui.dialogs.allowing import AskAllow
from qualbench.tui.dialogs.choice import Choose
from qualbench.tui.dialogs.dialog import Words
from qualbench.tui.dialogs.help import Help
from qualbench.tui.dialogs.reason import AskReason
from qualbench.tui.dialogs.words import AskWords
from qualbench.tui.screens.agreement import Agreement
from qualbench.tui.screens.checklists import Checklists
from qualbench.tui.screens.checks import Checks
from qualbench.tui.screens.codebook import Codebook
from qualbench.tui.screens.codebook_desk import Desk
from qualbench.tui.screens.codebook_panes import EMPTY
from qualbench.tui.screens.codebook_release import Release
from qualbench.tui.screens.codebook_release_views import Answers
from qualbench.tui.screens.codebook_table import CodebookTable
from qualbench.tui.screens.coding import Coding
from qualbench.tui.screens.consensus import Consensus
from qualbench.tui.screens.consensus_border import AskBorders
from qualbench.tui.screens.consensus_form import AskSitting, Sitting
from qualbench.tui.screens.consensus_outcomes import OutcomesPage
from qualbench.tui.screens.consensus_together import AskTogether
from qualbench.tui.screens.corrections import Corrections
from qualbench.tui.screens.cqr import Cqr
from qualbench.tui.screens.cqr_case import CqrCase
from qualbench.tui.screens.cqr_comments import CqrComments
from qualbench.tui.screens.cqr_cross import CqrCross
from qualbench.tui.screens.cqr_table import CqrTable
from qualbench.tui.screens.cycle import Cycle
from qualbench.tui.screens.deidentify import Deidentify
from qualbench.tui.screens.differences import Differences
from qualbench.tui.screens.extracts import Extracts
from qualbench.tui.screens.find import Find
from qualbench.tui.screens.home import Home
from qualbench.tui.screens.hub import Hub
from qualbench.tui.screens.importing import Import
from qualbench.tui.screens.mapping import Mapping
from qualbench.tui.screens.matrices import Matrices
from qualbench.tui.screens.memos import Memos
from qualbench.tui.screens.method import Method
from qualbench.tui.screens.packages import Packages
from qualbench.tui.screens.participants import Participants
from qualbench.tui.screens.passages import Passages
from qualbench.tui.screens.segments import Segments
from qualbench.tui.screens.step import StepScreen
from qualbench.tui.screens.themes import Themes
from qualbench.tui.screens.trail import Trail
from qualbench.tui.screens.types import Types
from qualbench.tui.widgets.grid import Grid
from qualbench.tui.widgets.keybar import KeyBar, Says
from qualbench.tui.widgets.lines import Lines

STEPS: dict[str, type[StepScreen]] = {
    "home": Home, "coding": Coding, "agreement": Agreement, "consensus": Consensus, "themes": Themes,
    "deidentify": Deidentify, "import": Import, "segments": Segments,
    "corrections": Corrections, "participants": Participants, "mapping": Mapping, "table": CodebookTable, "find": Find,
    "memos": Memos, "extracts": Extracts, "codebook": Codebook, "release": Release,
    "matrices": Matrices, "passages": Passages, "checklists": Checklists, "checks": Checks,
    "cqr": Cqr, "cqr_case": CqrCase, "cqr_cross": CqrCross, "cqr_table": CqrTable, "cqr_comments": CqrComments,
    "types": Types, "trail": Trail, "packages": Packages, "hub": Hub, "method": Method, "cycle": Cycle,
    "differences": Differences,
}  # fmt: skip


@pytest.mark.parametrize("name", SCREENS)
def test_every_command_has_its_method_and_a_key_of_its_own(name: str) -> None:
    commands = (*SCREENS[name], *EVERYWHERE)
    for command in commands:
        assert hasattr(STEPS[name], f"action_{command.action}"), command.id
        assert command.sentence.endswith("."), command.id
    keys = Counter(key for command in commands for key in command.key.split(","))
    assert [key for key, count in keys.items() if count > 1] == []


def test_ids_are_unique_and_keys_are_readable() -> None:
    ids = Counter(c.id for commands in SCREENS.values() for c in commands if not c.id.startswith(("list.", "text.")))
    assert [id_ for id_, count in ids.items() if count > 1] == []
    for commands in SCREENS.values():
        for command in commands:
            for key in command.key.split(","):
                assert len(key) == 1 or key in KEY_NAMES, key


def test_people_remap_keys_by_id() -> None:
    keymap, problems = remapped({"coding.nothing": "0", "coding.memo": "n"})
    assert keymap == {"coding.nothing": "0", "coding.memo": "n"}
    assert problems == []


@pytest.mark.parametrize(
    ("wanted", "word"),
    [
        ({"coding.nonsense": "z"}, "no command called"),
        ({"coding.nothing": "ctrl+i"}, "terminals use it"),
        ({"coding.nothing": "m"}, "is the key of"),
        ({"coding.nothing": ""}, "can not be the key"),
    ],
)
def test_a_key_that_can_not_be_is_said_and_left(wanted: dict[str, str], word: str) -> None:
    keymap, problems = remapped(wanted)
    assert keymap == {}
    assert word in " ".join(problems)


MAKERS: dict[str, tuple[Callable[[], object], Callable[[], object]]] = {
    "StepScreen": (StepScreen, Screen),
    **{name: (step, Screen) for name, step in STEPS.items() if step not in (Coding, Mapping, Passages, Release)},
    "coding": (lambda: Coding("talk"), Screen),
    "table": (
        lambda: CodebookTable("codes.csv", look("codes.csv", b"Code,Definition\nHope,They hope.\n", Opening())),
        Screen,
    ),
    "mapping": (lambda: Mapping("people.csv", Table((), (), ())), Screen),
    "release": (lambda: Release(Desk(None, EMPTY, ""), Answers(), lambda *_: None), Screen),
    "passages": (lambda: Passages("", ()), Screen),
    "Grid": (Grid, ScrollView),
    "Choose": (lambda: Choose("?", []), ModalScreen),
    "AskWords": (lambda: AskWords("?"), ModalScreen),
    "AskReason": (lambda: AskReason("?"), ModalScreen),
    "AskAllow": (lambda: AskAllow(["?"]), ModalScreen),
    "AskBorders": (lambda: AskBorders("two words"), ModalScreen),
    "AskSitting": (lambda: AskSitting("?", Sitting(("ana",), frozenset()), {}), ModalScreen),
    "AskTogether": (lambda: AskTogether(Content(""), (), {}), ModalScreen),
    "OutcomesPage": (lambda: OutcomesPage("?", Content(""), Content("")), ModalScreen),
    "Help": (lambda: Help("?", []), ModalScreen),
    "Words": (Words, TextArea),
    "KeyBar": (KeyBar, Static),
    "Says": (Says, Static),
    "Lines": (Lines, OptionList),
}
MEANT = {
    "dismiss",
    "compose",
    "check_action",
    "get_line",
    "render_line",
    "_get_left_gutter_width",
    "DEFAULT_CSS",
    "AUTO_FOCUS",
    "BINDINGS",
    "ALLOW_SELECT",
    "COMPONENT_CLASSES",
    "HORIZONTAL_BREAKPOINTS",
}
MADE = {"_computes", "_reactives", "can_focus", "can_focus_children"}
"""Names that Textual itself puts into every class."""


@pytest.mark.parametrize("name", MAKERS)
def test_no_base_class_name_is_shadowed_by_accident(name: str) -> None:
    """Widgets and screens have hundreds of names, private ones too, and nothing warns who takes one."""
    make, make_base = MAKERS[name]
    ours, base = make(), make_base()
    in_class = {n for kind in type(ours).__mro__ if kind.__module__.startswith("qualbench") for n in vars(kind)}
    in_class = {
        n for n in in_class if not n.startswith(("__", "_abc", "_css", "_merged", "_inherit", "_decorated", "on_"))
    }
    of_base = set(dir(base))
    new_values = set(vars(ours)) - set(vars(base))
    assert (in_class & of_base) - MEANT - MADE == set()
    assert new_values & of_base == set()


def test_the_app_takes_no_name_by_accident() -> None:
    from textual.app import App

    meant = {"TITLE", "ENABLE_COMMAND_PALETTE", "_fatal_error", "project", "changed"} | MADE
    names = {
        n for n in vars(Workbench) if not n.startswith(("__", "_abc", "_css", "_merged", "_inherit", "_decorated"))
    }
    assert {name for name in names if hasattr(App, name)} - meant == set()
