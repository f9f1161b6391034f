"""How a study stands to its hub, in words: pure functions over values, and one that reads them for home."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from textual.content import Content

from qualbench.errors import QualbenchError
from qualbench.project.courier import News, Touch
from qualbench.project.gates import Gate, GateState, HubStatus, Place, moment
from qualbench.text import counted, shown
from qualbench.tui.screens.packages_views import listed, some
from qualbench.tui.widgets.lines import cells

if TYPE_CHECKING:
    from qualbench.project import Project

PLAIN = (
    "This study is on no hub. It is on this computer alone, and that is all it needs.",
    "For coders who work apart there are packages (press v), or a hub on a server of yours:",
    "qualbench hub FOLDER init ADDRESS puts the study there, and qualbench hub FOLDER invite lets people in.",
)
"""What is said where there is no hub."""
AT_HOME, ON_SCREEN = "v", "p"
"""The key under which one goes on: to the screen, or there to the password."""


def home_line(project: Project, news: News | None) -> str:
    """The line of home, made safe."""
    try:
        status = project.hub_status()
    except QualbenchError as error:
        return shown(f"Hub: {error.message}")
    return shown(f"Hub: {told(news, status, AT_HOME, writable=project.writable)}")


def told(news: News | None, status: HubStatus, key: str, *, writable: bool = True) -> str:
    """What is synced, waiting, refused, or in the way, in a sentence or two."""
    counts = _sentence(f"{status.waits()}, {status.last()}")
    if not writable:
        return f"not asked while the study is open for reading only. {counts}"
    touch = news.touch if news is not None else Touch.REACHING
    if touch is Touch.ASKS:
        return f"it asks for your password (press {key}). {counts}"
    if touch is Touch.STOPPED:
        return f"stopped. {news.why if news else ''} {counts}"
    if touch is Touch.REACHING:
        return f"being reached. {counts}"
    if touch is Touch.AWAY:
        return f"away{_since(news)}. {_travels(status) or counts}"
    if key != AT_HOME:  # the screen itself says what is refused, and what there is to seal
        return f"in touch. {counts}"
    if status.refused:
        return f"{len(status.refused)} refused (press {key}). {counts}"
    return f"in touch. {counts}" + (f" {len(status.unsealed)} to seal (press {key})." if status.unsealed else "")


def _sentence(words: str) -> str:
    return f"{words[0].upper()}{words[1:]}."


def _since(news: News | None) -> str:
    return f" since {moment(news.since)}" if news is not None and news.since else ""


def _travels(status: HubStatus) -> str:
    if not status.waiting:
        return ""
    it = "it travels" if status.waiting == 1 else "they travel"
    return f"{counted(status.waiting, 'fact')} waiting; {it} when it is there again."


def standing(news: News | None, status: HubStatus, gates: Sequence[Gate], *, writable: bool) -> Content:
    """All that is to be said of a study and its hub."""
    role = "the lead" if status.is_lead else "a coder"
    opened = [one.name for one in gates if one.state in (GateState.OPENED, GateState.LATE)]
    late = [f"{one.name} by {', '.join(one.late)}" for one in gates if one.late]
    touch = told(news, status, ON_SCREEN, writable=writable)
    lines = [
        f"{touch[0].upper()}{touch[1:]}",
        f"You are {status.person}, {role}, with the login {status.login}, at {status.address}",
    ]
    if news is not None and news.touch in (Touch.AWAY, Touch.ASKS) and news.why:
        lines.append(news.why)
    if status.unsealed:
        lines.append(f"Submitted and not sealed: {listed(status.unsealed)}. Sealing says that you are finished (e).")
    lines.append(f"Opened: {listed(opened)}." if opened else "Nothing is opened yet.")
    if late:
        lines.append(f"Late, kept and left out of agreement: {listed(late)}.")
    lines += some([f"Refused: {about}: {why}" for about, why in status.refused], 3)
    return Content("\n").join([Content.styled(shown(lines[0]), "bold"), *(Content(shown(one)) for one in lines[1:])])


def columns(width: int, rounds: int) -> str:
    """What stands over the list."""
    return "  ".join((cells("transcript", _room(width, rounds)), cells("round", rounds), cells("you", 22), "coded by"))


def rounds_of(gates: Sequence[Gate]) -> int:
    """Cells for the names of rounds: as many as the longest has, within bounds."""
    return max(5, min(12, max((len(one.round_name) for one in gates), default=0)))


def gate_line(gate: Gate, awaited: Mapping[Place, str], width: int, rounds: int) -> Content:
    """A transcript in a round: how far one is with it, and who else codes it or is awaited."""
    asked = awaited.get((gate.transcript, gate.round), "")
    others = f"late: {', '.join(gate.late)}" if gate.late else ", ".join(gate.coders)
    who = f"awaited: {asked}" if asked and gate.state is not GateState.OPENED else others
    words = (
        cells(gate.name, _room(width, rounds)), cells(gate.round_name, rounds), cells(str(gate.state), 22),
        cells(who, max(10, width - _room(width, rounds) - rounds - 28)),
    )  # fmt: skip
    return Content("  ".join(words))


def _room(width: int, rounds: int) -> int:
    """Cells for the name of a transcript."""
    return max(16, min(50, width - rounds - 45))
