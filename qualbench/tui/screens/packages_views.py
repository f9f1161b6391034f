"""What the packages screen shows, as pure functions over values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from textual.content import Content

from qualbench.project.merged import Merge
from qualbench.steps.packages import Awaited, Card
from qualbench.store.queries.people import Known
from qualbench.text import counted, shown
from qualbench.tui.widgets.lines import cells

Arrived = tuple[str, str, str, str, str, str, bool]


def person_line(known: Known, width: int) -> Content:
    """A key, whose it is, and what its owner is called on their machines."""
    who = known.person or "who is this?"
    called = ", ".join(known.names)
    line = f"{cells(Card(known.key, '', '').fingerprint, 21)}{cells(who, 20)}{cells(called, max(10, width - 60))}"
    return Content.styled(line, "" if known.person else "bold")


def arrived_line(arrived: Arrived, width: int) -> Content:
    """A package that was merged."""
    id_, _, name, kind, made, at, gone = arrived
    state = "taken back" if gone else f"merged {at[:10]}"
    line = f"{cells(id_[:8], 10)}{cells(name, 20)}{cells(kind, 8)}{cells(f'made {made[:10]}', 17)}"
    return Content.styled(f"{line}{cells(state, max(10, width - 62))}", "dim" if gone else "")


def waiting(made: Merge, names: Mapping[str, str]) -> Content:
    """What waits, sealed, and for whom."""
    lines = some([f"{one.name}'s package waits, sealed: {passes(len(one.passes))}." for one in made.sealed], 3)
    lines += some([f"Awaited on {names.get(one.transcript, one.transcript)}: {who(one)}." for one in made.awaited], 3)
    return Content("\n".join(map(shown, lines)) if lines else "No package waits.")


def some(lines: Sequence[str], most: int) -> list[str]:
    """The first of these lines, and how many more there are: a question must leave room for its answers."""
    return [*lines] if len(lines) <= most + 1 else [*lines[:most], f"... and {len(lines) - most} more like it."]


def listed(names: Sequence[str]) -> str:
    """The first of these names, and how many more there are."""
    return ", ".join(names if len(names) <= 6 else [*names[:5], f"{len(names) - 5} more"])


def who(awaited: Awaited) -> str:
    """Who is still to hand in, by name or by number."""
    return ", ".join(awaited.coders) or counted(awaited.more, "more coder")


def passes(number: int) -> str:
    """A number of passes in words."""
    return "1 pass" if number == 1 else f"{number} passes"


def preview(made: Merge, names: Mapping[str, str]) -> str:
    """What taking packages in would do, before it is done."""
    taken = [
        f"{one.name} from {one.person}: {counted(one.new, 'fact')} new, {one.known} known already."
        for one in made.taken
    ]
    late = list(dict.fromkeys(name for one in made.taken for name in one.late))
    lines = some(taken, 3)
    if late:
        lines.append(f"Late, kept and left out of agreement: {listed(late)}.")
    lines += some([f"{one.name}'s package will wait, sealed." for one in made.sealed], 3)
    lines += some([f"Awaited on {names.get(one.transcript, one.transcript)}: {who(one)}." for one in made.awaited], 3)
    if made.opened:
        lines.append(f"This opens: {listed(made.opened)}.")
    lines += some([f"Needs attention: {sentence}" for sentence in made.attention], 2)
    return "\n".join(lines) or "There is nothing new in it."


def parted(people: Sequence[Known], arrived: Sequence[Arrived], width: int) -> list[tuple[str, Content]]:
    """The lines of the list: first who is who, then what came."""
    lines = [(f"key:{one.key}", person_line(one, width)) for one in people]
    return [*lines, *((f"package:{one[0]}", arrived_line(one, width)) for one in reversed(arrived))]
