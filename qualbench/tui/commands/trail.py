"""The commands of the audit trail."""

from __future__ import annotations

from qualbench.tui.commands.command import LIST, Command

TRAIL = (
    Command("trail.open", "enter", "Open", "Show all of the line; on a theme, how it came about."),
    Command("trail.go", "g", "Go there", "Go to what the line is about."),
    Command("trail.themes", "t", "Themes", "List the themes, to show how one came about; again for everything."),
    Command("trail.class", "c", "Class", "Show only one of the six classes of records."),
    Command("trail.person", "p", "Person", "Show only what one person did."),
    Command("trail.about", "o", "Only this", "Show only what is about a thing of the line."),
    Command("trail.search", "slash", "Search", "Show only lines with these words."),
    Command("trail.all", "a", "All", "Show everything again."),
    Command("trail.older", "n,pagedown", "Older", "Go on to what was done before."),
    Command("trail.newer", "b,pageup", "Newer", "Go back to what was done after.", footer=False),
    Command("trail.write", "w", "Write", "Write what is shown, and all like it, to a file."),
    *LIST,
)
