"""The commands of the theme board."""

from __future__ import annotations

from qualbench.tui.commands.command import LIST, Command

_THEME_MOVES = (
    ("shift+up,K", "up", "Up", "Move the theme up among its sisters, or the quote among the quotes."),
    ("shift+down,J", "down", "Down", "Move the theme, or the quote, down."),
    ("shift+right,L", "under", "Under", "Make it a sub-theme of the theme before it."),
    ("shift+left,H", "out", "Out", "Take the sub-theme out from under its theme."),
)


_THEME_VIEWS = (
    ("1", "extracts", "Extracts", "Show the settled segments under the theme."),
    ("2", "quotes", "Quotes", "Show the quotes of the theme in their order."),
    ("3", "overlap", "Overlap", "Show which themes share segments with this one."),
)


THEMES = (
    Command("themes.new", "n", "New theme", "Make a candidate theme.", writes=True),
    Command("themes.gather", "g", "Gather", "Put the code under the bar under a theme.", writes=True),
    Command("themes.describe", "e", "Says", "Write what the theme says: its central idea.", writes=True),
    Command("themes.define", "d", "Define", "Write its definition, what it is not, its narrative.", writes=True),
    Command("themes.state", "s", "State", "Say how far the theme has come.", writes=True),
    Command("themes.remove", "x", "Take out", "Take the code out, drop the theme, put the star aside.", writes=True),
    Command("themes.pane", "tab", "Other pane", "Go between the themes and their extracts."),
    Command("themes.turn", "v", "View", "Turn to the extracts, the quotes, the overlap: 1 to 3 go to one directly."),
    Command("themes.quote", "enter", "Quote", "Pick the extract or the star as a quote, or drop it.", writes=True),
    Command("themes.edit", "c", "Cut", "Leave words out of the quote, or put some in, in brackets.", writes=True),
    Command("themes.use", "a", "For", "Say what the quote is for: to illustrate, or to argue from.", writes=True),
    Command("themes.about", "i", "About", "Read all that is written about the theme, and what to look at."),
    Command("themes.under", "N", "Sub-theme", "Make a sub-theme under this theme.", writes=True, footer=False),
    Command("themes.rename", "m", "Rename", "Give the theme another name.", writes=True, footer=False),
    Command("themes.merge", "M", "Merge", "Merge the theme into another, with a reason.", writes=True, footer=False),
    Command("themes.split", "S", "Split", "Split the theme into parts, with a reason.", writes=True, footer=False),
    *(
        Command(f"themes.move-{way}", key, label, sentence, writes=True, argument=way, footer=False)
        for key, way, label, sentence in _THEME_MOVES
    ),
    *(
        Command(f"themes.view-{name}", key, label, sentence, argument=name, footer=False)
        for key, name, label, sentence in _THEME_VIEWS
    ),
    Command("themes.part", "p", "Part", "Pick only some of the extract's words as a quote.", writes=True, footer=False),
    Command("themes.marks", "o", "Marks", "Leave times, [laughs] and other marks out of quotes, or not.", footer=False),
    Command("themes.report", "w", "Report", "Write the themes report to a file."),
    Command("themes.map", "f", "Map", "Write the theme map to a file.", footer=False),
    Command("themes.undo", "u", "Undo", "Undo your newest step on the theme board.", writes=True, footer=False),
    Command("themes.redo", "r", "Redo", "Redo the step you undid last.", writes=True, footer=False),
    *LIST,
)
