"""The agenda as a foldable list: items by transcript, code or cause, and what has nothing to settle in one line."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from textual.content import Content

from qualbench.model import AgendaSort, Codebook, Item, Session
from qualbench.steps.consensus import arranged
from qualbench.text import counted, shown
from qualbench.tui.screens.consensus_views import cause_name, differing, names, state
from qualbench.tui.widgets.lines import cells

GROUP, ITEM, SETTLED = "group ", "item ", "settled"
"""How the ids of lines begin: of a heading, of an item; and the line of transcripts with nothing to settle."""

SORT_NAMES: Mapping[AgendaSort, str] = {
    AgendaSort.TRANSCRIPT: "by transcript", AgendaSort.CODE: "by code", AgendaSort.CAUSE: "by cause",
}  # fmt: skip


def grouped(items: Sequence[Item], sort: AgendaSort, book: Codebook) -> dict[str, tuple[str, list[Item]]]:
    """The items under their headings, each once, in the order of the agenda: a heading's id to its name and items."""
    found: dict[str, tuple[str, list[Item]]] = {}
    for item in items:
        id_, name = _heading(item, sort, book)
        found.setdefault(id_, (name, []))[1].append(item)
    return found


def _heading(item: Item, sort: AgendaSort, book: Codebook) -> tuple[str, str]:
    if item.agreed and sort is not AgendaSort.TRANSCRIPT:
        return "", "all agree"
    if sort is AgendaSort.CODE:
        first = next((code.id for code in book.codes if code.id in differing(item)), "")
        return first, book.label(first) if first else "no code"
    if sort is AgendaSort.CAUSE:
        return item.cause, cause_name(item.cause) or "no cause"
    return item.transcript, item.name


def in_order(items: Sequence[Item], sort: AgendaSort, book: Codebook) -> list[Item]:
    """The items as the agenda lists them, heading after heading."""
    ordered = arranged(items, sort, [code.id for code in book.codes])
    return [item for _, held in grouped(ordered, sort, book).values() for item in held]


def lines(
    items: Sequence[Item], sort: AgendaSort, book: Codebook, session: Session | None, *, turned: Collection[str],
    only_open: bool, settled: Sequence[str], width: int,
) -> list[tuple[str, Content]]:  # fmt: skip
    """The lines of the list with their ids; headings begin unfolded, what is settled folded, unless `turned`."""
    made: list[tuple[str, Content]] = []
    number = 0
    for id_, (name, held) in grouped(items, sort, book).items():
        left = sum(state(item) in ("open", "deferred") for item in held)
        sign = "▸" if GROUP + id_ in turned else "▾"
        told = f"{left} of {len(held)} to settle" if left else f"{len(held)} settled"
        heading = Content.styled(f"{sign} {cells(name, max(8, width - 25))} {told}", "bold")
        made.append((GROUP + id_, heading))
        for item in held:
            number += 1
            if GROUP + id_ not in turned and not (only_open and state(item) not in ("open", "deferred")):
                made.append((ITEM + item.id, _line(item, number, sort, book, session, width)))
    return [*made, *_nothing_to_settle(settled, turned)]


def _line(item: Item, number: int, sort: AgendaSort, book: Codebook, session: Session | None, width: int) -> Content:
    sides = [
        " + ".join(book.label(code) for code in item.readings[coder]) or "nothing" for coder in names(item, session)
    ]
    told = "  ≠  ".join(dict.fromkeys(sides))
    where = "" if sort is AgendaSort.TRANSCRIPT else f"  ({item.name})"
    return Content(f"  {number:4}  {cells(state(item), 9)}{cells(told + where, max(10, width - 19))}")


def _nothing_to_settle(settled: Sequence[str], turned: Collection[str]) -> list[tuple[str, Content]]:
    if not settled:
        return []
    is_open = SETTLED in turned
    sign = "▾" if is_open else "▸"
    head = Content.styled(f"{sign} Nothing to settle in {counted(len(settled), 'transcript')}", "dim")
    return [
        (SETTLED, head),
        *(("", Content.styled(f"     {shown(name)}", "dim")) for name in (settled if is_open else ())),
    ]
