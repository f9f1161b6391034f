"""What comes out of the decisions, as a page; who gave way is for the team and stands behind a second key."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from qualbench.model import CODEBOOK_ACTION_NAMES, OUTCOME_NAMES, REASON_NAMES, Codebook
from qualbench.steps.consensus import GaveWay, Outcomes
from qualbench.text import counted, percent, shown
from qualbench.tui.dialogs.dialog import Dialog


def outcomes(found: Outcomes, book: Codebook, items: int) -> Content:
    """Counts, shares, time, reasons by code, and what is still asked of the codebook."""
    if not found.decided:
        return Content("Nothing is decided yet.")
    counts = ", ".join(f"{OUTCOME_NAMES[outcome]} {count}" for outcome, count in found.outcomes.items())
    lines = [
        _said("decided", f"{found.decided} of {items}: {counts}"),
        _said("left", f"deferred {_share(found.deferred)}, kept apart {_share(found.apart)}"),
        _said("time", _time(found)),
        _said("before", _before(found)),
        _said(
            "new codes",
            f"{_share(found.neither_had)} of {found.final_codes} final codes were in no reading",
        ),
    ]
    return Content("\n").join([*lines, Content(""), *_reasons(found, book), Content(""), *_actions(found)])


def _said(name: str, words: str) -> Content:
    return Content.assemble((f"{name:11}", "bold"), words)


def _share(share: float | None) -> str:
    return "-" if share is None else percent(share)


def _time(found: Outcomes) -> str:
    if found.seconds is None:
        return "not measured"
    seconds = round(found.seconds)
    return f"{seconds // 60}:{seconds % 60:02} minutes in the middle, of {counted(found.measured, 'decision')} measured"


def _before(found: Outcomes) -> str:
    alike = f"first readings alike on {_share(found.agreement)} of {counted(found.double_read, 'unit')}"
    return alike if found.alpha is None else f"{alike}, alpha {found.alpha:.3f}"


def _reasons(found: Outcomes, book: Codebook) -> list[Content]:
    lines = [Content.styled("Reasons by code", "bold")]
    for code, counts in found.reasons.items():
        told = ", ".join(f"{REASON_NAMES[reason]} {count}" for reason, count in counts.items())
        lines.append(Content(f"  {shown(book.label(code))}: {told}"))
    return lines


def _actions(found: Outcomes) -> list[Content]:
    done = len(found.actions) - len(found.unlinked)
    lines = [Content.styled(f"Asked of the codebook: {len(found.actions)}, done {done}", "bold")]
    lines += [Content(f"  open: {CODEBOOK_ACTION_NAMES[one.action]}, at {shown(one.item)}") for one in found.unlinked]
    return lines


def balance(found: Sequence[GaveWay]) -> Content:
    """Who gave way how often, with the interval: it names and does not judge."""
    lines = [Content.styled("Who gave way, for the team", "bold")]
    for one in found:
        low, high = one.interval
        limits = f"{100 * low:.0f} to {100 * high:.0f} %"
        lines.append(Content(f"  {shown(one.person)}: {one.times} of {one.of}, 95 % limits {limits}"))
    if not found:
        lines.append(Content("  Nobody gave way yet."))
    return Content("\n").join(lines)


class OutcomesPage(Dialog[str]):
    """The page; `t` shows who gave way as well."""

    DEFAULT_CSS = """
    OutcomesPage VerticalScroll { height: auto; max-height: 100%; background: $surface; }
    """

    def __init__(self, title: str, body: Content, team: Content) -> None:
        super().__init__()
        self._heading, self._body, self._team = title, body, team

    def compose(self) -> ComposeResult:
        """The page, which scrolls where it is longer than the screen."""
        with Vertical():
            yield Static(Content.styled(shown(self._heading), "bold"), markup=False)
            with VerticalScroll():
                yield Static(self._body, id="body", markup=False)
            hint = "t shows who gave way, for the team; ↑ ↓ scroll; Escape goes back."
            yield Static(Content.styled(hint, "dim"), markup=False)

    def begin(self) -> None:
        """The page has the keys."""
        self.query_one(VerticalScroll).focus()

    def press(self, event: events.Key | events.Paste) -> None:
        """Show who gave way, or leave."""
        if not isinstance(event, events.Key):
            return
        if event.key == "t":
            self.query_one("#body", Static).update(Content("\n\n").join([self._team, self._body]))
            self.query_one(VerticalScroll).scroll_home(animate=False)
        elif event.key in ("q", "y", "enter"):
            self.dismiss(None)
