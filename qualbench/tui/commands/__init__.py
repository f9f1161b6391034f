"""Every action a person can take on a screen, once: its key, its label, its sentence.

Bindings, the footer, the command palette, the help screen and the key tables of the docs are all made from these
lists, and people remap keys by id.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from qualbench.tui.commands.agreement import AGREEMENT
from qualbench.tui.commands.checks import CHECKS
from qualbench.tui.commands.codebook import CODEBOOK, RELEASE, TABLE
from qualbench.tui.commands.coding import CODING, EXTRACTS, MEMOS
from qualbench.tui.commands.command import EVERYWHERE, Command
from qualbench.tui.commands.consensus import CONSENSUS
from qualbench.tui.commands.cqr import CQR, CQR_CASE, CQR_COMMENTS, CQR_CROSS, CQR_TABLE
from qualbench.tui.commands.home import CHECKLISTS, FIND, HOME
from qualbench.tui.commands.hub import HUB
from qualbench.tui.commands.material import CORRECTIONS, DEIDENTIFY, IMPORT, MAPPING, PARTICIPANTS, SEGMENTS
from qualbench.tui.commands.matrices import MATRICES, PASSAGES
from qualbench.tui.commands.method import CYCLE, DIFFERENCES, METHOD
from qualbench.tui.commands.packages import PACKAGES
from qualbench.tui.commands.themes import THEMES
from qualbench.tui.commands.trail import TRAIL
from qualbench.tui.commands.types import TYPES

__all__ = ["EVERYWHERE", "SCREENS", "UNMAPPABLE", "Command", "remapped"]

SCREENS: Mapping[str, tuple[Command, ...]] = {
    "home": HOME, "coding": CODING, "agreement": AGREEMENT, "consensus": CONSENSUS, "themes": THEMES,
    "deidentify": DEIDENTIFY, "import": IMPORT, "segments": SEGMENTS,
    "corrections": CORRECTIONS, "participants": PARTICIPANTS, "mapping": MAPPING, "find": FIND,
    "codebook": CODEBOOK, "table": TABLE, "release": RELEASE, "memos": MEMOS, "extracts": EXTRACTS,
    "types": TYPES, "matrices": MATRICES, "passages": PASSAGES, "checklists": CHECKLISTS,
    "packages": PACKAGES, "hub": HUB, "checks": CHECKS,
    "method": METHOD, "cycle": CYCLE, "differences": DIFFERENCES,
    "cqr": CQR, "cqr_case": CQR_CASE, "cqr_cross": CQR_CROSS, "cqr_table": CQR_TABLE, "cqr_comments": CQR_COMMENTS,
    "trail": TRAIL,
}  # fmt: skip
"""The commands of each screen, in the order of the footer."""


UNMAPPABLE = frozenset({"ctrl+i", "ctrl+m", "ctrl+j", "ctrl+h", "ctrl+left_square_bracket", "ctrl+c"})
"""Keys that a terminal sends for Tab, Enter, Backspace and Escape too."""


def remapped(changes: Mapping[str, str]) -> tuple[dict[str, str], list[str]]:
    """A person's own keys by command id, and what is wrong with them; wrong ones are left as they were."""
    problems: list[str] = []
    keymap: dict[str, str] = {}
    known = {command.id: command for command in (*EVERYWHERE, *_unique(SCREENS.values()))}
    for id_, keys in changes.items():
        if id_ not in known:
            problems.append(f"There is no command called '{id_}'.")
        elif bad := [key for key in keys.split(",") if key.strip() in UNMAPPABLE or not key.strip()]:
            problems.append(f"'{bad[0]}' can not be the key of {id_}: terminals use it for another key.")
        else:
            keymap[id_] = ",".join(key.strip() for key in keys.split(","))
    for screen, commands in SCREENS.items():
        problems += _clashes(screen, [_with_key(c, keymap) for c in (*commands, *EVERYWHERE)], keymap)
    return keymap, list(dict.fromkeys(problems))


def _with_key(command: Command, keymap: Mapping[str, str]) -> Command:
    return replace(command, key=keymap.get(command.id, command.key))


def _clashes(screen: str, commands: Iterable[Command], keymap: dict[str, str]) -> list[str]:
    owners: dict[str, str] = {}
    problems = []
    for command in commands:
        for key in command.key.split(","):
            if key in owners:
                problems.append(f"On the screen {screen}, '{key}' is the key of {owners[key]} and of {command.id}.")
                keymap.pop(command.id, None)
                keymap.pop(owners[key], None)
            owners[key] = command.id
    return problems


def _unique(lists: Iterable[Iterable[Command]]) -> list[Command]:
    return list({command.id: command for commands in lists for command in commands}.values())
