"""A list of lines with a bar, for tables and boards of a few thousand lines; nothing in it is markup."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from rich.segment import Segment
from textual.content import Content
from textual.strip import Strip
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from qualbench.text import clusters, shown

HERE, WAITS = "▸", "▹"
"""What stands before the line with the bar: in a list that has the keys, and in one that has not."""


class Lines(OptionList):
    """Lines by id; the bar stays on its line when the lines are shown anew."""

    DEFAULT_CSS = """
    Lines {
        border: none; padding: 0; height: 1fr; background: $background;
        text-wrap: nowrap; text-overflow: ellipsis;
    }
    Lines:focus { border: none; }
    """

    def show_lines(self, lines: Sequence[tuple[str, Content]]) -> None:
        """Show these lines, each with its id; a line with an empty id can not be chosen."""
        before, at = self.at, self.highlighted
        self.set_options([Option(content, id=id_ or None, disabled=not id_) for id_, content in lines])
        ids = [id_ for id_, _ in lines]
        if before and before in ids:
            self.highlighted = ids.index(before)
        elif lines:
            self.highlighted = min(at or 0, len(lines) - 1)
            if not ids[self.highlighted]:
                self.action_cursor_down()

    @property
    def at(self) -> str:
        """The id of the line under the bar; empty when there is none."""
        option = self.highlighted_option
        return (option.id or "") if option else ""

    def _get_left_gutter_width(self) -> int:
        """A column for the sign at the bar: the bar itself is only a colour."""
        return 1

    def render_line(self, y: int) -> Strip:
        """The line with the sign at the bar before it; a list that others have the keys of has a hollow one."""
        strip = super().render_line(y)
        if strip.cell_length >= self.scrollable_content_region.width:
            return strip  # below the last line
        number = self._lines[self.scroll_offset.y + y][0]
        is_here = number == self.highlighted and not self.options[number].disabled
        sign = (HERE if self.has_focus or not self.can_focus else WAITS) if is_here else " "
        first = next(iter(strip), None)
        return Strip([Segment(sign, first.style if first else None), *strip])

    def go_to(self, id_: str) -> None:
        """Put the bar on this line, if it is there."""
        for number, option in enumerate(self.options):
            if option.id == id_:
                self.highlighted = number


def cells(text: str, width: int, *, right: bool = False) -> str:
    """The text made safe and exactly `width` cells wide, cut with an ellipsis where it is longer."""
    safe = shown(text)
    if cell_len(safe) > width:
        kept, used = "", 0
        for cluster in clusters(safe):
            used += cell_len(cluster)
            if used > width - 1:
                break
            kept += cluster
        safe = kept + "…"
    space = " " * (width - cell_len(safe))
    return space + safe if right else safe + space
