"""What the screen of types shows, as lines and paragraphs: participants with types, negative cases, lists of work."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from qualbench.model import Participant, Round
from qualbench.project.bounded import Coverage
from qualbench.steps.typologies import NegativeCase, Typed
from qualbench.text import counted, excerpt, shown, shown_lines
from qualbench.tui.widgets.lines import cells

Line = tuple[str, Content]
_WHO, _TYPE, _NUMBER = 12, 22, 10


def heading(view: str, width: int) -> str:
    """What stands over the columns of a view."""
    names = {
        "types": f" {cells('participant', _WHO)}{cells('type', _TYPE)}why",
        "negative": f" {cells('participant', _WHO)}{cells('speaks against', _TYPE + 10)}how",
        "lists": f" {cells('round', _TYPE)}{cells('query', _TYPE)}{cells('listed', _NUMBER)}"
        f"{cells('looked at', _NUMBER)}coded",
    }
    return cells(names[view], max(1, width))


def typed(one: Typed, width: int) -> Content:
    """A participant, their type, and why."""
    why = excerpt(one.why, max(10, width - _WHO - _TYPE - 3)) if one.value else ""
    return Content.assemble(cells(one.label, _WHO), (cells(one.value or "no type yet", _TYPE), "bold"), shown(why))


def negative(one: NegativeCase, width: int) -> Content:
    """A negative case: whose, against what, how."""
    how = excerpt(one.reason, max(10, width - _WHO - _TYPE - 13))
    return Content.assemble((cells(one.label, _WHO), "bold"), cells(one.told, _TYPE + 10), shown(how))


def listed(one: Round, told: Coverage) -> Content:
    """A round with its list of work and how far it is worked off."""
    numbers = (told.listed, told.looked_at, told.coded)
    return Content.assemble(
        (cells(one.name, _TYPE), "bold"), cells(one.bound, _TYPE), *(cells(str(number), _NUMBER) for number in numbers)
    )


def person(one: Typed, who: Participant | None, cases: Sequence[NegativeCase]) -> Content:
    """Everything that is known of a participant and their type."""
    parts = [Content.styled(shown(one.label), "bold")]
    if one.value:
        by = f" ({one.by}, {one.at[:10]})" if one.by else ""
        why = shown_lines(one.why) or "nobody said why, or you may not read it yet"
        parts.append(Content.assemble((f"{shown(one.value)}: ", "bold"), why, shown(by)))
    known = [f"{name} {value}" for name, value in (who.attributes if who else ()) if value and name != one.typology]
    parts.append(Content(shown("Known: " + (", ".join(known) or "nothing"))))
    parts += [case(each) for each in cases]
    return Content("\n").join(parts)


def case(one: NegativeCase) -> Content:
    """A negative case in full."""
    said = shown(f" ({one.by}, {one.at[:10]})")
    against = (f"{shown(one.label)} against {shown(one.told)}: ", "bold")
    return Content.assemble(against, shown_lines(one.reason), said)


def coverage(one: Round, told: Coverage) -> Content:
    """A list of work in words."""
    left = told.looked_at - told.coded
    again = f" Enter shows the {left} without one: the list is bounded, so they can be read once more." if left else ""
    return Content(
        shown(
            f"'{one.name}' asks about {counted(told.listed, 'segment')} that the query '{one.bound}' found. As far as "
            f"you may know, looked at: {told.looked_at}; with a code: {told.coded}.{again}"
        )
    )
