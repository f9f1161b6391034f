"""What the desk of consensual qualitative research shows, as pure functions: cases, biases, what was said of a case."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from textual.content import Content

from qualbench.model import CASE_STATE_NAMES, Comment, CoreIdea, Judging, JudgingMode, Note
from qualbench.steps.cqr import Case, CaseTurn
from qualbench.text import counted, folded, shown, shown_lines
from qualbench.tui.widgets.lines import cells

MODE_NAMES: Mapping[JudgingMode, str] = {
    JudgingMode.ALONE: "all alone first, then together",
    JudgingMode.DRAFTED: "one drafts, the others review",
}
RULE_NAMES: Mapping[str, str] = {"participant": "a person", "transcript": "a transcript, as a group is"}
"""What a case is, in words."""

_COUNTS = 21
"""Cells of the four counts at the end of a line."""
_STATE = 28


@dataclass(frozen=True, slots=True)
class Work:
    """How much was done on a case, as far as the viewer may know."""

    own: int = 0
    agreed: int = 0
    open: int = 0
    """Comments that are not settled."""


def works(
    cases: Sequence[Case], viewer: str, ideas: Sequence[CoreIdea], agreed: Sequence[CoreIdea],
    comments: Sequence[Comment],
) -> dict[str, Work]:  # fmt: skip
    """The work on each case: the viewer's own core ideas, the team's, and comments on the case or on those."""
    made: dict[str, Work] = {}
    for case in cases:
        team = {one.id for one in agreed if one.case == case.id}
        waiting = [one for one in comments if one.state != "settled" and one.about in team | {case.id}]
        own = sum(one.case == case.id and one.judge == viewer for one in ideas)
        made[case.id] = Work(own, len(team), len(waiting))
    return made


def head(width: int) -> str:
    """What stands over the cases."""
    label, judges = _widths(width)
    state, who = cells("state", _STATE), cells("judges, ✓ is in", judges)
    return f" {cells('case', label)} {state} {who}  dom  own team open"


def _widths(width: int) -> tuple[int, int]:
    """Cells for the label of a case and for its judges."""
    room = max(16, width - _STATE - _COUNTS - 4)
    label = max(8, room * 2 // 5)
    return label, room - label


def line(case: Case, work: Work, width: int) -> Content:
    """A case: how far it is, who judges it and has handed in, and how much there is."""
    label, judges = _widths(width)
    state = CASE_STATE_NAMES[case.state] if case.state else "not stated"
    counts = "".join(f"{number:5}" for number in (len(with_text(case)), work.own, work.agreed, work.open))
    return Content(f"{cells(case.label, label)} {cells(state, _STATE)} {cells(who(case.judging), judges)}{counts}")


def with_text(case: Case) -> tuple[str, ...]:
    """The domains that the case says something in."""
    return tuple(domain for domain, passages in case.domains if passages)


def who(judging: Judging | None) -> str:
    """The judges, each with a tick when they have handed in; what they wrote is not looked at."""
    if judging is None or not judging.judges:
        return "no judges named"
    names = " ".join(f"{name}{'✓' if name in judging.handed_in else ''}" for name in judging.judges)
    return names if judging.mode is JudgingMode.ALONE else f"{names} (drafted)"


def about(case: Case, work: Work, names: Mapping[str, str], viewer: str) -> Content:
    """What stands below the cases: the case under the bar, in sentences."""
    texts = ", ".join(names.get(one, one) for one in case.transcripts) or "no transcript"
    judges = bool(case.judging and viewer in case.judging.judges)
    yours = f"{work.own} of yours, " if judges else ""
    done = f"Core ideas: {yours}{work.agreed} of the team in {counted(len(with_text(case)), 'domain')}."
    waits = f" {counted(work.open, 'comment')} of auditors not settled." if work.open else ""
    named = case.label if texts == case.label else f"{case.label}: {texts}"
    lines = [f"{named}. {done}{waits}", *standing(case.judging, viewer)]
    return Content("\n".join(shown(line) for line in lines))


def standing(judging: Judging | None, viewer: str) -> tuple[str, ...]:
    """Who judges, how, and who is waited for, in one or two sentences."""
    if judging is None or not judging.judges:
        return ("No judges are named yet (press n).",)
    said = f"Judges: {', '.join(judging.judges)}; {MODE_NAMES[judging.mode]}."
    if judging.opened:
        return (said, "All have handed in: everybody reads every judge's work.")
    waited = [name for name in judging.judges if name not in judging.handed_in]
    yours = " You see your own work only." if viewer in judging.judges else " Nobody reads it until all have."
    return (said, f"Not handed in yet: {', '.join(waited)}.{yours}")


def biases(notes: Sequence[Note]) -> Content:
    """Biases and expectations of the team, as each person wrote them down."""
    if not notes:
        return Content("Nobody wrote any down yet. Each member writes their own before the data is read: press B.")
    return Content("\n\n").join(
        Content.assemble((shown(f"{note.author}, {note.at[:10]}"), "bold"), "\n", shown_lines(note.body))
        for note in notes
    )


def history(turns: Sequence[CaseTurn]) -> Content:
    """What was said of a case and when, the newest last."""
    if not turns:
        return Content("Nothing was said of this case yet: press t.")
    blocks: list[Content] = []
    for turn in turns:
        blocks.append(Content.assemble(
            (f"{turn.at[:10]}  {CASE_STATE_NAMES[turn.state]}", "bold"), shown(f"  {turn.actor}")
        ))  # fmt: skip
        blocks += [Content(shown_lines(turn.note))] if turn.note else []
    return Content("\n").join(blocks)


def left_out(words: str, cases: Sequence[Case]) -> tuple[tuple[str, str] | None, int]:
    """Which two cases a person named (by label, with a comma between), or the number that draws them."""
    if words.strip().isdecimal():
        return None, int(words.strip()[:9])
    ids = {folded(case.label): case.id for case in cases}
    named = [name.strip() for name in words.split(",") if name.strip()]
    first, *others = [ids.get(folded(name), name) for name in named] or [""]
    return (first, others[0] if len(others) == 1 else ""), 0


def empty(has_transcripts: bool) -> str:
    """What is said where there is no case."""
    if not has_transcripts:
        return "There is no case yet. Import transcripts first."
    return "There is no case yet. Say who the speakers are, or count each transcript as a case (press o)."


def sums(cases: Sequence[Case], rule: str) -> str:
    """How many cases, and what a case is."""
    return f"{counted(len(cases), 'case')}, a case is {RULE_NAMES.get(rule, rule).partition(',')[0]}"
