"""The commands of the codebook, its tables and its releases."""

from __future__ import annotations

from qualbench.tui.commands.command import LIST, Command

_CODE_STATES = (
    ("y", "active", "Active", "Make the code active, or bring a retired one back."),
    ("t", "trial", "On trial", "Put the code on trial."),
    ("x", "retired", "Retire", "Take the code out of use; once released, each use is decided again."),
)


_CODE_MOVES = (
    ("shift+up,K", "up", "Up", "Move the code up among its sisters."),
    ("shift+down,J", "down", "Down", "Move the code down among its sisters."),
    ("shift+right,L", "under", "Under", "Put the code under the one before it."),
    ("shift+left,H", "out", "Out", "Take the code out from under its parent."),
)


_BOOK_VIEWS = (
    ("1", "tree", "Draft", "Show the codes of the draft."),
    ("2", "versions", "Versions", "Show every version: when, by whom, what it changed."),
    ("3", "differences", "Differences", "Show what is different between two versions, word by word."),
    ("4", "again", "Look again", "Show which segments releases ask you to look at again."),
)


CODEBOOK = (
    Command("codebook.open", "o", "Open", "See what the version changed, the code, or the segment to look at again."),
    Command("codebook.edit", "e,enter", "Edit", "Write a field of the code: one key says which.", writes=True),
    Command("codebook.new", "n", "New", "Add a code beside this one.", writes=True),
    Command("codebook.merge", "m", "Merge", "Merge the code into another one.", writes=True),
    Command("codebook.split", "s", "Split", "Split the code; once released, each use is decided again.", writes=True),
    *(
        Command(f"codebook.state-{name}", key, label, sentence, writes=True, argument=name, footer=name == "retired")
        for key, name, label, sentence in _CODE_STATES
    ),
    Command("codebook.turn", "v", "Next view", "Go on to the next view: 1 to 4 go to one directly."),
    Command("codebook.release", "R", "Release", "Say what kind each change was, and release the draft.", writes=True),
    Command("codebook.life", "b", "Life", "Read everything that happened to the code."),
    Command("codebook.find", "slash", "Find", "Go to a code by a few letters."),
    Command("codebook.adopt", "a", "Adopt", "Take a code that a coder proposed into the draft.", writes=True),
    Command("codebook.under", "N", "New under", "Add a code under this one.", writes=True),
    Command("codebook.undo", "u", "Undo", "Undo your newest step on the draft.", writes=True),
    Command("codebook.redo", "r", "Redo", "Redo the step you undid last.", writes=True, footer=False),
    Command("codebook.compare", "d", "Compare", "Choose the two versions to compare."),
    *(
        Command(f"codebook.view-{name}", key, label, sentence, footer=False, argument=name)
        for key, name, label, sentence in _BOOK_VIEWS
    ),
    Command("codebook.pane", "tab", "Other pane", "Go between the list and the page, to scroll it."),
    Command("codebook.label", "l", "Rename", "Give the code another label; its id stays.", writes=True, footer=False),
    Command("codebook.colour", "c", "Colour", "Give the code another colour.", writes=True, footer=False),
    Command("codebook.group", "g", "Group", "Say which codes it excludes on a segment.", writes=True, footer=False),
    *(
        Command(f"codebook.move-{way}", key, label, sentence, writes=True, argument=way, footer=False)
        for key, way, label, sentence in _CODE_MOVES
    ),
    Command("codebook.put", "p", "Put", "Put the code under another one, found by letters.", writes=True, footer=False),
    Command("codebook.take", "i", "From a file", "Make a file the draft; the columns of a table are looked at first.",
            writes=True, footer=False),
    Command("codebook.write", "w", "To a file", "Write the codebook as YAML, a table, QDC or an appendix.",
            footer=False),
    Command("codebook.drop", "X", "Drop", "Drop a code that was never released.", writes=True, footer=False),
    Command("codebook.unused", "f", "Out of use", "Hide codes that are out of use, or show them.", footer=False),
    *LIST,
)  # fmt: skip


TABLE = (
    Command("table.column", "enter", "Column", "Say what the column under the bar is.", footer=True),
    Command("table.take", "w", "Take in", "Make the codes of the table the draft.", writes=True),
    Command("table.header", "h", "Header", "Say in which row the header is."),
    Command("table.fill", "f", "Fill down", "Let an empty cell mean what the filled one above it says."),
    Command("table.paths", "p", "Paths", "Read names such as 'Parent > Child' as a tree."),
    Command("table.ids", "i", "Ids", "Take what names begin with, such as A.1., as ids."),
    Command("table.sheet", "s", "Sheet", "Look at another sheet of the workbook."),
    Command("table.problems", "t", "To know", "Read everything that is odd about the table."),
    *LIST,
)


RELEASE = (
    *(
        Command(f"release.kind-{kind}", key, label, sentence, writes=True, argument=kind)
        for key, kind, label, sentence in (
            ("w", "wording", "Wording only", "Say that the code is said better and means the same."),
            ("n", "narrowed", "Narrowed", "Say that the code was narrowed."),
            ("d", "widened", "Widened", "Say that the code was widened."),
        )
    ),
    Command("release.note", "o", "Note", "Write a note on the change.", writes=True),
    Command("release.version", "v", "Version", "Give the version another number.", writes=True),
    Command("release.release", "R", "Release", "Release the version for good, after a yes.", writes=True),
    Command("release.pane", "tab", "Other pane", "Go between the changes and the page, to scroll it."),
    *LIST,
)
