"""Codes as the palette shows them: as text and styles, never as markup, since their names may hold brackets."""

from dataclasses import dataclass

from rich.cells import cell_len
from textual.content import Content, Span

from qualbench.model import Codebook
from qualbench.text import clusters, shown
from qualbench.tui.widgets.matcher import Found


@dataclass(frozen=True, slots=True)
class Entry:
    """A code as the palette shows it."""

    id: str
    label: str
    """Its path, for instance "Challenges and risks / Readiness"."""
    brief: str = ""
    use_when: str = ""
    not_when: str = ""
    near_miss: str = ""


def entries_of(codebook: Codebook) -> tuple[Entry, ...]:
    """Every code of a codebook, in book order."""
    return tuple(
        Entry(
            code.id,
            " / ".join(codebook.path(code.id)),
            code.definition_short or code.definition,
            code.include,
            code.exclude,
            code.near_miss,
        )
        for code in codebook.codes
    )


def code_line(found: Found, width: int, *, at_bar: bool, ticked: bool) -> Content:
    """One code of the list in `width` cells, with the letters that were found marked."""
    label, moved = _tail(shown(found.label), width - 4)
    signs = ("▸ " if at_bar else "  ") + ("✓ " if ticked else "  ")
    seen = [place + moved for place in found.positions if not moved or place + moved > 0]
    spans = [Span(len(signs) + place, len(signs) + place + 1, "bold underline") for place in seen]
    text = signs + label
    if at_bar:
        text += " " * max(0, width - cell_len(text))
        spans.insert(0, Span(0, len(text), "reverse"))
    return Content(text, spans=spans)


def definition(entry: Entry | None) -> Content:
    """What a code means: its name, its definition, when to use it and when not; one field a line."""
    if entry is None:
        return Content("")
    fields = {
        "": entry.brief,
        "Use when: ": entry.use_when,
        "Not when: ": entry.not_when,
        "Near miss: ": entry.near_miss,
    }
    name = shown(entry.label.rsplit(" / ", 1)[-1])
    title = Content.assemble((name, "bold"), (f"  {shown(entry.id)}", "dim"))
    lines = [
        Content.assemble((word, "bold"), shown(" ".join(text.split()))) for word, text in fields.items() if text.strip()
    ]
    return Content("\n").join([title, *lines])


def _tail(label: str, width: int) -> tuple[str, int]:
    """The end of a label that fits, since the last part tells most; and how far its characters moved."""
    if cell_len(label) <= width:
        return label, 0
    kept, used = 0, 1
    for cluster in reversed(clusters(label)):
        used += cell_len(cluster)
        if used > width:
            break
        kept += len(cluster)
    dropped = len(label) - kept
    return "…" + label[dropped:], 1 - dropped
