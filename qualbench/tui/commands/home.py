"""The commands of home and of what opens straight from it."""

from __future__ import annotations

from qualbench.tui.commands.command import LIST, Command

HOME = (
    Command("home.open", "enter", "Code", "Code the transcript under the bar.", footer=True),
    Command("home.agreement", "a", "Agreement", "Show how far the coders agree."),
    Command("home.consensus", "c", "Consensus", "Settle disagreements."),
    Command("home.cqr", "r", "CQR", "Judge cases, agree on core ideas and categories.", footer=False),
    Command("home.themes", "t", "Themes", "Gather codes under themes and pick quotes."),
    Command("home.import", "i", "Import", "Read transcripts, answer what is asked, and seal them.", writes=True),
    Command("home.segments", "g", "Segments", "Split and merge the segments of the transcript.", footer=False),
    Command("home.participants", "p", "Participants", "Say who the speakers are, and see who is covered."),
    Command("home.codebook", "b", "Codebook", "Read and change the codebook, and release a version."),
    Command("home.corrections", "e", "Corrections", "Look at what corrected texts made doubtful."),
    Command("home.memos", "m", "Memos", "Read, find and write memos."),
    Command("home.matrices", "x", "Matrices", "Count who says what, and ask where codes stand together."),
    Command("home.checklists", "l", "Checklists", "See what reporting checklists ask and what the log shows."),
    Command("home.checks", "d", "Checks", "Give words back to participants, and keep what they say.", footer=False),
    Command("home.trail", "h", "Trail", "See what was done, by whom and why, and how a theme came about."),
    Command("home.method", "o", "Method", "Show the phases of the method, and where the study stands."),
    Command("home.cycle", "w", "Weeks", "Show the weekly cycle: agreement before and after, round by round."),
    Command("home.types", "y", "Types", "Give participants types, and mark negative cases.", footer=False),
    Command("home.packages", "v", "Hub, packages", "See how the hub stands, or exchange packages.", footer=False),
    Command("home.find", "slash", "Find", "Find words in all transcripts."),
    *LIST,
    Command("home.quit", "q", "Quit", "Leave the program; everything is saved already."),
)


FIND = (
    Command("find.open", "enter", "Open", "Open the transcript at this place."),
    Command("find.ask", "slash", "Find", "Say what to find."),
    Command("find.forms", "l", "Word forms", "Find every form of the words, or only the one that is written."),
    *LIST,
)


CHECKLISTS = (
    Command("checklists.answer", "enter", "Answer", "Answer the item, or change the answer.", writes=True),
    Command("checklists.turn", "v,tab", "Next", "Go on to the next checklist."),
    Command("checklists.choose", "c", "Checklist", "Choose a checklist."),
    Command("checklists.gaps", "f", "Missing", "Show only what is missing, or everything."),
    Command("checklists.write", "w", "Write", "Write the checklist to a file."),
    Command("checklists.undo", "u", "Undo", "Undo your newest answer.", writes=True),
    Command("checklists.redo", "r", "Redo", "Redo the answer you undid last.", writes=True, footer=False),
    Command("checklists.page-on", "space", "Read on", "Scroll what is known of the item on.", footer=False),
    Command("checklists.page-back", "b", "Read back", "Scroll what is known of the item back.", footer=False),
    *LIST,
)
