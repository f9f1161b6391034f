"""The commands of the screens for consensual qualitative research: desk, case, cross-analysis, table, comments."""

from __future__ import annotations

from qualbench.tui.commands.command import LIST, Command

CQR = (
    Command("cqr.open", "enter", "Case", "Open the case: its domains, its text, its core ideas."),
    Command("cqr.cross", "x", "Cross-analysis", "Put the core ideas of all cases into categories."),
    Command("cqr.table", "f", "Table", "Show the categories with their frequency labels."),
    Command("cqr.comments", "c", "Comments", "Read the auditor's comments, and answer them."),
    Command("cqr.state", "t", "State", "Say how far the case has come.", writes=True),
    Command("cqr.judges", "n", "Judges", "Name the judges of the case, and how they work.", writes=True),
    Command("cqr.roles", "g", "Roles", "Say who is an auditor, a coder, the lead.", writes=True, footer=False),
    Command("cqr.biases", "b", "Biases", "Read the team's biases and expectations again."),
    Command("cqr.bias", "B", "Write bias", "Write down what you expect or lean to.", writes=True, footer=False),
    Command("cqr.stability", "s", "Stability", "See whether the categories stand without some cases.", footer=False),
    Command("cqr.count", "o", "Counted", "Say what a case is: a person or a transcript.", writes=True, footer=False),
    Command("cqr.history", "h", "History", "Read what was said of the case, and when.", footer=False),
    *LIST,
)


_PANES = (
    ("pane", "left,right", "Other pane", "Go between the two panes."),
    ("next-domain", "tab", "Domain", "Go to the next domain."),
    ("previous-domain", "shift+tab", "Domain before", "Go to the domain before."),
    ("page-on", "J,shift+down", "Read on", "Scroll the pane on."),
    ("page-back", "K,shift+up", "Read back", "Scroll the pane back."),
)


def _taking_back(screen: str) -> tuple[Command, ...]:
    return (
        Command(f"{screen}.undo", "u", "Undo", "Undo your newest step.", writes=True, footer=False),
        Command(f"{screen}.redo", "R", "Redo", "Redo the step you undid last.", writes=True, footer=False),
    )


def _looking(screen: str) -> tuple[Command, ...]:
    return (
        Command(f"{screen}.comments", "m", "Comments", "Read the auditor's comments, and answer them.", footer=False),
        Command(f"{screen}.biases", "b", "Biases", "Read the team's biases and expectations again.", footer=False),
    )


def _panes(screen: str) -> tuple[Command, ...]:
    return tuple(
        Command(f"{screen}.{name}", key, label, sentence, footer=name in ("pane", "next-domain"))
        for name, key, label, sentence in _PANES
    )


CQR_CASE = (
    Command("cqr_case.write", "n", "New idea", "Write a core idea that rests on the passages marked.", writes=True),
    Command("cqr_case.mark", "space", "Mark", "Mark the passage, or the judge's core idea, or let it go."),
    Command("cqr_case.agree", "a", "Agree", "Agree on a core idea, out of those that are marked.", writes=True),
    Command("cqr_case.edit", "e", "Anew", "Write the core idea anew.", writes=True),
    Command(
        "cqr_case.remove", "x", "Take out", "Remove your core idea, or drop the team's with a reason.", writes=True
    ),
    Command("cqr_case.submit", "s", "Hand in", "Hand in your core ideas of this case, for good.", writes=True),
    Command("cqr_case.comment", "c", "Comment", "Comment on the core idea or the case, as an auditor.", writes=True),
    *_panes("cqr_case"),
    *_looking("cqr_case"),
    *_taking_back("cqr_case"),
    Command("cqr_case.open", "enter", "Open", "Open the passage in its transcript, or read the core idea in full."),
    *LIST,
)


CQR_CROSS = (
    Command("cqr_cross.propose", "n", "New", "Name a category of your own.", writes=True),
    Command("cqr_cross.put", "space", "Put in", "Put the core idea in, take it out; or mark a category.", writes=True),
    Command("cqr_cross.agree", "a", "Agree", "Agree on a category, out of those that are marked.", writes=True),
    Command("cqr_cross.rename", "e", "Rename", "Give the category another name.", writes=True),
    Command("cqr_cross.remove", "x", "Take out", "Withdraw your category, or drop the team's.", writes=True),
    Command("cqr_cross.under", "p", "Part of", "Make the category a part of another.", writes=True, footer=False),
    Command("cqr_cross.submit", "s", "Hand in", "Hand in your categories of this domain, for good.", writes=True),
    Command("cqr_cross.comment", "c", "Comment", "Comment on the category or the domain, as an auditor.", writes=True),
    Command("cqr_cross.judges", "w", "Judges", "Name the judges of this domain.", writes=True, footer=False),
    Command("cqr_cross.table", "f", "Table", "Show the categories with their frequency labels.", footer=False),
    *_panes("cqr_cross"),
    *_looking("cqr_cross"),
    *_taking_back("cqr_cross"),
    Command("cqr_cross.open", "enter", "Open", "Read the core idea with its raw text, or the category with its ideas."),
    *LIST,
)


CQR_TABLE = (
    Command("cqr_table.open", "enter", "Cases", "Read the core ideas in the category, case by case."),
    Command("cqr_table.rule", "r", "Rule", "Choose the rule that makes the labels."),
    Command("cqr_table.compare", "a", "Compare", "Compare groups of cases by an attribute."),
    Command("cqr_table.write", "w", "Write", "Write the table to a file."),
    *LIST,
)


CQR_COMMENTS = (
    Command("cqr_comments.accept", "a", "Accept", "Accept the comment, and say what was done.", writes=True),
    Command("cqr_comments.reject", "r", "Reject", "Reject the comment, and say why.", writes=True),
    Command("cqr_comments.settle", "s", "Settle", "Say, as an auditor, that the answer settles it.", writes=True),
    Command("cqr_comments.raise", "n", "Raise again", "Raise the comment again, as an auditor.", writes=True),
    Command("cqr_comments.open", "enter", "Go there", "Go to what the comment is about."),
    Command("cqr_comments.only", "f", "Only", "Show only the comments of one state."),
    *_taking_back("cqr_comments"),
    Command("cqr_comments.page-on", "space", "Read on", "Scroll the comment on.", footer=False),
    Command("cqr_comments.page-back", "b", "Read back", "Scroll the comment back.", footer=False),
    *LIST,
)
