"""The line of home that says how the study stands to its hub; nothing where there is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.widgets import Static

if TYPE_CHECKING:
    from qualbench.tui.screens.step import Workplace


class HubLine(Static):
    """What waits and what is in the way, in a sentence or two."""

    DEFAULT_CSS = """
    HubLine { height: auto; max-height: 3; padding: 0 1; margin-top: 1; display: none; }
    HubLine.-on { display: block; }
    """

    def __init__(self) -> None:
        super().__init__(markup=False)

    def say(self, workplace: Workplace) -> None:
        """Read how it stands now, from this disk alone."""
        is_on = workplace.project.on_hub
        self.set_class(is_on, "-on")
        if is_on:
            from qualbench.tui.screens.hub_views import home_line

            self.update(Content(home_line(workplace.project, workplace.hub_news)))
