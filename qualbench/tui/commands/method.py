"""The commands of the screens of the method: its phases, its weekly cycle, and differences without a number."""

from __future__ import annotations

from qualbench.tui.commands.command import LIST, Command

_PAGES = (
    Command("method.page-on", "pagedown,space", "Page on", "Scroll on what is said below.", footer=False),
    Command("method.page-back", "pageup", "Page back", "Scroll back what is said below.", footer=False),
)

METHOD = (
    Command("method.enter", "enter", "Work here", "Say that the team works in this phase now; going back is fine.",
            writes=True),
    Command("method.profile", "p", "What it asks", "Show what the method asks for, in words."),
    Command("method.statement", "s", "Statement", "Show the method statement, with every change and its reason."),
    Command("method.history", "h", "Phases so far", "Show when the team said which phase it works in."),
    Command("method.change", "c", "Change", "Follow another method from now on, with a reason.", writes=True),
    Command("method.cycle", "w", "Weeks", "Show the weekly cycle, round by round.", footer=False),
    *_PAGES,
    *LIST,
)  # fmt: skip

CYCLE = (
    Command("cycle.agreement", "enter,a", "Agreement", "Show how far the coders agree before negotiation."),
    Command("cycle.session", "c", "Session", "Settle disagreements."),
    Command("cycle.plan", "n", "New round", "Plan who codes which transcripts, after a look at the draw.", writes=True),
    Command("cycle.codebook", "b", "Codebook", "Read and change the codebook, and release a version."),
    *(Command(one.id.replace("method", "cycle"), one.key, one.label, one.sentence, footer=False) for one in _PAGES),
    *LIST,
)

DIFFERENCES = (
    Command("differences.open", "enter", "Text", "See both readings in the text, and what was decided if anything."),
    Command("differences.memo", "m", "Memo", "Write a reflexive memo on the difference.", writes=True),
    *(
        Command(one.id.replace("method", "differences"), one.key, one.label, one.sentence, footer=False)
        for one in _PAGES
    ),
    *LIST,
)
