"""What the participants screen shows, as lines: speakers, participants with their attributes, and who is covered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, TypeAlias

from textual.content import Content

from qualbench.model import Participant, Role, Speaker
from qualbench.text import shown
from qualbench.tui.widgets.lines import cells

if TYPE_CHECKING:
    from qualbench.steps.participants import Attribute, Coverage

Shown: TypeAlias = tuple[str, list[tuple[str, Content]]]
"""The heads of the columns, and lines with their ids."""
_NARROWEST = 10


def speakers(
    by_transcript: Mapping[str, Sequence[Speaker]], names: Mapping[str, str], people: Sequence[Participant], width: int
) -> Shown:
    """Every speaker of every transcript; a focus group is named as one, with each of its people."""
    from qualbench.steps.participants import group_of

    known = {one.id: one for one in people}
    first = max(16, (width - 36) // 2)
    head = f"{cells('transcript', first)} {cells('speaker', 14)} {cells('role', 12)} {cells('participant', 12)}known"
    lines: list[tuple[str, Content]] = []
    for id_, those in by_transcript.items():
        group = group_of(names[id_], those)
        for number, speaker in enumerate(those):
            kind = [f"group of {group.size}"] if group and speaker.role is Role.PARTICIPANT else []
            values = dict(known[speaker.participant].attributes) if speaker.participant in known else {}
            line = (
                f"{cells(names[id_], first)} {cells(speaker.label, 14)} {cells(speaker.role, 12)} "
                f"{cells(speaker.participant or '-', 12)}"
            )
            lines.append((f"{id_}:{number}", Content(line + shown("; ".join([*kind, *_values(values)])))))
    return head, lines


def _values(values: Mapping[str, str]) -> list[str]:
    return [", ".join(f"{name}: {value}" for name, value in values.items() if value)] if values else []


def people(
    those: Sequence[Participant], attributes: Sequence[Attribute], where: Mapping[str, Sequence[str]], width: int
) -> Shown:
    """The participants, a column for each attribute that there is room for, and where they speak."""
    room = max(1, (width - 32) // _NARROWEST)
    kept = attributes[:room]
    each = max(_NARROWEST, min(20, (width - 32) // max(1, len(kept))) - 1)
    more = f" and {len(attributes) - len(kept)} more" if len(attributes) > len(kept) else ""
    heads = "".join(cells(f"{one.name} ({one.kind})", each) + " " for one in kept)
    head = f"{cells('participant', 12)} {heads}speaks in{more}"
    lines = []
    for person in those:
        values = dict(person.attributes)
        told = "".join(cells(values.get(one.name, "") or "·", each) + " " for one in kept)
        speaks = ", ".join(where.get(person.id, ())) or "no transcript"
        lines.append((person.id, Content(f"{cells(person.id, 12)} {told}{shown(speaks)}")))
    return head, lines


def coverage(found: Coverage, width: int) -> Shown:
    """Every combination with how many people and interviews; the ones that nobody has say so."""
    each = max(_NARROWEST, min(30, (width - 40) // max(1, len(found.by))))
    head = "".join(cells(name, each) + " " for name in found.by) + "participants interviews  who"
    lines = []
    for number, cell in enumerate((*found.cells, *found.unknown)):
        values = "".join(cells(value or "unknown", each) + " " for value in cell.values)
        counts = f"{cells(str(cell.count), 12, right=True)} {cells(str(cell.interviews), 10, right=True)}  "
        who = ", ".join(cell.participants) if cell.count else "nobody yet"
        lines.append((f"cell:{number}", Content(values + counts + shown(who))))
    blank = "".join(cells("total" if n == 0 else "", each) + " " for n in range(len(found.by)))
    total = f"{cells(str(found.total.count), 12, right=True)} {cells(str(found.total.interviews), 10, right=True)}"
    lines.append(("total", Content.styled(blank + total, "bold")))
    return head, lines
