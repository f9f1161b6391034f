"""What the screen of checks shows: participants with where each stands, and all that happened with one."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from qualbench.model import CHECK_KIND_NAMES, MemberCheck
from qualbench.steps.members import CAUTION, REPLY_WORDS, Response, is_overdue, told
from qualbench.text import counted, shown, shown_lines
from qualbench.tui.widgets.lines import cells

_WHO, _WHAT = 10, 22


def head(checks: Sequence[MemberCheck], rates: Sequence[Response], today: str) -> list[str]:
    """How many were asked and answered in each way, and how many are overdue."""
    said = [f"{CHECK_KIND_NAMES[one.kind]}: {one.replied} of {one.sent} answered" for one in rates]
    late = sum(is_overdue(one, today) for one in checks)
    return [counted(len(checks), "participant"), *([f"{late} overdue"] if late else []), *said]


def heading(width: int) -> str:
    """What stands over the columns."""
    return cells(f" {cells('who', _WHO)}{cells('what', _WHAT)}where it stands", max(1, width))


def line(one: MemberCheck, today: str, withdrew: str, width: int) -> Content:
    """A participant: what they were given, where it stands, and what they answered."""
    room = max(10, width - _WHO - _WHAT - 3)
    words = f"withdrew on {withdrew[:10]}" if withdrew else told(one, today)
    said = ", ".join(REPLY_WORDS[reply] for reply in one.replies)
    more = f" ({said})" if said and said not in words and not withdrew else ""
    late = is_overdue(one, today) and not withdrew
    what = CHECK_KIND_NAMES[one.kind] if one.kind else ""
    return Content.assemble(
        cells(one.label, _WHO), cells(what, _WHAT), (cells(words + more, room), "bold" if late else "")
    )


def about(one: MemberCheck | None) -> Content:
    """All that happened with one participant, and what to keep in mind."""
    parts: list[Content] = []
    for turn in one.turns if one else ():
        more = [f"by {turn.channel}"] * bool(turn.channel) + [f"answer asked for by {turn.due}"] * bool(turn.due)
        where = f", {', '.join(more)}" if more else ""
        parts.append(
            Content.assemble(
                (f"{turn.at[:10]} ", "dim"),
                (shown(turn.what), "bold"),
                shown(where),
                (f" · {shown(turn.actor)}", "dim"),
            )
        )
        parts += [Content(shown_lines(f"  {turn.words}"))] * bool(turn.words.strip())
    if one is not None and not parts:
        parts.append(Content("Nothing was asked yet."))
    return Content("\n").join([*parts, Content.styled(CAUTION, "dim")])
