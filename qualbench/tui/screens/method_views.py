"""What the screens of the method show, as pure functions: phases, their evidence, the weeks of a cycle."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from qualbench.model import Profile
from qualbench.steps.methods import Phase, PhaseTurn, Week, stands
from qualbench.text import counted, percent, shown, shown_lines
from qualbench.tui.widgets.lines import cells

_STATE = 11


# --- phases ----------------------------------------------------------------------------------------------------


def heading(width: int) -> str:
    """What stands over the phases."""
    return cells(f"     {cells('state', _STATE)} phase", max(1, width - 1))


def line(one: Phase, width: int) -> Content:
    """A phase: whether the study stands there, its state, its name."""
    here = "here" if one.is_here else ""
    told = f"{cells(here, 5)}{cells(str(one.state), _STATE)} {one.title}"
    return Content.styled(cells(told, max(10, width - 2)), "bold" if one.is_here else "")


def about(one: Phase) -> Content:
    """What is done in a phase, what shows it, and its older name."""
    parts = [Content.assemble((one.title, "bold"), f"  ({one.state})"), Content(one.asks)]
    parts += [Content(shown(f"· {said}")) for said in one.shows]
    if one.entered:
        parts.append(Content(f"The team said it works here on {one.entered[:10]}."))
    if one.before and one.before != one.name:
        parts.append(Content.styled(f"In 2006 it was called: {one.before}.", "dim"))
    return Content("\n").join(parts)


def profile(of: Profile) -> Content:
    """What the method asks for, a line for each row of the table."""
    return Content("\n").join(Content.assemble((cells(row, 22), "bold"), value) for row, value in of.rows)


def history(turns: Sequence[PhaseTurn], names: dict[str, str]) -> Content:
    """When the team said which phase it works in, the newest last, with what it said about it."""
    if not turns:
        return Content("Nobody said so far which phase the team works in; where it stands is read from the study.")
    parts = [
        Content.assemble(
            (f"{turn.at[:10]}  ", "bold"), shown(f"{names.get(turn.phase, turn.phase)} ({turn.by or 'somebody'})"),
            Content("\n").join([Content(""), shown_lines(turn.note)]) if turn.note else "",
        )
        for turn in turns
    ]  # fmt: skip
    return Content("\n").join(parts)


def standing(phases: Sequence[Phase], next_step: str, width: int, *, wide: bool) -> list[Content]:
    """The phases on home: a line where there is little room, and all of them with what is next where there is more."""
    at = next((one for one in phases if one.is_here), None)
    if at is None:
        return []
    last = phases[-1].number
    begin = f"{at.word.capitalize()} {at.number} of {last}: " if phases[0].number else f"{at.word.capitalize()} "
    begin += "" if phases[0].number else f"{at.number} (of {phases[0].number} to {last}): "
    first = Content(cells(f"{begin}{at.name}, {at.state}. {at.shows[0] if at.shows else ''}", width).rstrip())
    if not wide:
        return [first]
    return [
        first,
        Content(cells("  ".join(_mark(one) for one in phases), width).rstrip()),
        Content(cells(f"The method asks next: {next_step}", width).rstrip()),
    ]


def _mark(one: Phase) -> str:
    sign = "▸" if one.is_here else {"done": "✓", "under way": "…"}.get(str(one.state), "·")
    return f"{sign} {one.number} {one.name.split(',')[0]}"


# --- weeks -----------------------------------------------------------------------------------------------------


def weeks_heading(width: int) -> str:
    """What stands over the columns of the weeks."""
    return cells(f"{cells('round', _name_width(width))} book   passes  alpha   before  after   session  next", width)


def _name_width(width: int) -> int:
    return max(12, min(34, width - 58))


def week_line(one: Week, width: int) -> Content:
    """A round of the cycle in one line: both figures side by side."""
    columns = (
        cells(one.round or "everything", _name_width(width)),
        cells(one.codebook, 6),
        cells(f"{one.passes}/{one.asked}", 7),
        cells("-" if one.alpha is None else f"{one.alpha:.3f}", 7),
        cells(_share(one.settlement.before), 7),
        cells(_share(one.settlement.after), 7),
        cells(one.session or "none", 8),
        cells(one.next_version or "-", 6),
    )
    return Content(cells(" ".join(columns), max(10, width - 2)))


def _share(value: float | None) -> str:
    return "-" if value is None else percent(value)


def week(one: Week) -> Content:
    """One round step by step, in the order of the cycle."""
    here = one.settlement
    differing = here.units - here.alike
    before = f"{percent(here.before)} of {here.units} segments" if here.before is not None else "not known yet"
    alpha = "" if one.alpha is None else f"; alpha over code sets {one.alpha:.3f}"
    judged = f" ({one.judged})" if one.judged else ""
    after = "not known yet" if here.after is None else f"{percent(here.after)} ({here.one_reading} of {here.units})"
    names = ", ".join(one.transcripts)
    rows = (
        ("released version", one.codebook),
        ("drawn transcripts", f"{len(one.transcripts)}: {names}"),
        ("passes", f"{one.passes} of {one.asked} handed in, and frozen"),
        ("agreement before", f"{before}{alpha}{judged}"),
        ("session", one.session or "none yet"),
        ("settled", f"{here.settled} of {counted(differing, 'disagreement')}; {here.deferred} deferred, "
                    f"{here.apart} kept apart, {here.left} left"),
        ("after negotiation", f"the team has one reading of {after}"),
        ("next version", one.next_version or "none yet"),
        ("to look at again", f"{counted(one.debt, 'coded segment')}, as far as you may see them"),
    )  # fmt: skip
    parts = [Content.assemble((cells(row, 19), "bold"), shown(value)) for row, value in rows]
    return Content("\n").join([Content.styled(shown(stands(one)), "bold"), *parts])
