"""The commands of matrices and of the passages behind a cell."""

from __future__ import annotations

from qualbench.tui.commands.command import LIST, Command

_COUNTED_VIEWS = (
    ("1", "matrix", "Matrix", "Show codes or themes against something else."),
    ("2", "prevalence", "Prevalence", "Show how many participants have each code or theme."),
    ("3", "queries", "Queries", "Show the queries that are saved."),
    ("4", "saturation", "Saturation", "Show when interviews bring no new codes."),
)


_CELL_MOVES = (
    ("down", "j,down", "Down", "Go to the next row."),
    ("up", "k,up", "Up", "Go to the row before."),
    ("right", "l,right", "Right", "Go to the next column."),
    ("left", "h,left", "Left", "Go to the column before."),
    ("page-down", "pagedown", "Page on", "Go one page of rows on."),
    ("page-up", "pageup", "Page back", "Go one page of rows back."),
    ("first", "home,g", "First", "Go to the first cell."),
    ("last", "end,G", "Last", "Go to the last cell."),
)


MATRICES = (
    Command("matrices.open", "enter", "Extracts", "Show the words behind the number, or what the saved query finds."),
    Command("matrices.turn", "v,tab", "Next view", "Go on to the next view: 1 to 4 go to one directly."),
    Command("matrices.kind", "m", "Columns", "Choose what the columns are: participants, an attribute, rounds, codes."),
    Command("matrices.order", "o", "Order", "Choose the order in which the interviews are looked at."),
    Command("matrices.rule", "b", "Rule", "Choose base, run and threshold of saturation."),
    Command("matrices.random", "d", "Random", "See how much of the curve is owed to the order of the interviews."),
    Command("matrices.keep", "K", "Keep", "Keep the saturation run with what it was made from.", writes=True),
    Command("matrices.rows", "r", "Rows", "Have a row for each theme, or for each code."),
    Command("matrices.cells", "c", "Cells", "Choose what a cell holds."),
    Command("matrices.layer", "y", "Layer", "Look at what is settled, or at one coder's own coding."),
    Command("matrices.where", "f", "Only", "Look only at a site, a role, a round or whatever else is known."),
    Command("matrices.ask", "n,slash", "Query", "Write a query and see what it finds."),
    Command("matrices.change", "a", "Change", "Change the saved query under the bar and ask it."),
    Command("matrices.drop", "x", "Drop", "Drop the saved query under the bar.", writes=True),
    Command("matrices.explain", "e", "Explain", "Read what the numbers are out of."),
    Command("matrices.write", "w", "Write", "Write the matrix to a file."),
    Command("matrices.roll", "p", "Roll up", "Let a code include the codes under it, or not.", footer=False),
    Command("matrices.filled", "z", "Empty rows", "Leave empty rows out, or show them.", footer=False),
    Command("matrices.undo", "u", "Undo", "Undo your newest step on the saved queries.", writes=True, footer=False),
    Command("matrices.redo", "R", "Redo", "Redo the step you undid last.", writes=True, footer=False),
    *(
        Command(f"matrices.view-{name}", key, label, sentence, footer=False, argument=name)
        for key, name, label, sentence in _COUNTED_VIEWS
    ),
    *(Command(f"matrices.{name}", key, label, sentence, footer=False) for name, key, label, sentence in _CELL_MOVES),
)


PASSAGES = (
    Command("passages.open", "enter", "Open", "Open the transcript at this extract."),
    Command("passages.save", "s", "Save", "Save the query by a name.", writes=True),
    Command("passages.read-on", "space", "Read on", "Scroll the extract on.", footer=False),
    Command("passages.read-back", "b", "Read back", "Scroll the extract back.", footer=False),
    *LIST,
)
