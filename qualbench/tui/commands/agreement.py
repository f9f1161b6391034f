"""The commands of the agreement screen."""

from __future__ import annotations

from qualbench.tui.commands.command import LIST, Command

_VIEWS = (
    ("1", "codes", "Codes", "Show the figures code by code."),
    ("2", "bars", "Limits", "Draw alpha of each code with its 95 % limits."),
    ("3", "causes", "Causes", "Show every difference with its cause."),
    ("4", "confusion", "Confusion", "Show which codes stand in for which."),
    ("5", "trend", "Trend", "Show alpha round by round, with what changed in the codebook."),
    ("6", "transcripts", "Transcripts", "Show each transcript by itself."),
)


AGREEMENT = (
    Command("agreement.open", "enter", "Text", "See where the coders differ on this code, in the text."),
    *(
        Command(f"agreement.view-{name}", key, label, sentence, footer=False, argument=name)
        for key, name, label, sentence in _VIEWS
    ),
    Command("agreement.turn", "v,tab", "Next view", "Go on to the next view: 1 to 6 go to one directly."),
    Command("agreement.explain", "e", "Explain", "Say what the figure is, how it comes about and when it misleads."),
    Command("agreement.right", "right,l", "Figure on", "Choose the next figure to explain.", footer=False),
    Command("agreement.left", "left,h", "Figure back", "Choose the figure before.", footer=False),
    Command("agreement.definition", "d", "Definition", "Read the definition of the code under the bar."),
    Command("agreement.round", "n", "Round", "Look at another round, or at everything.", footer=False),
    Command("agreement.benchmark", "b", "Benchmark", "Hold the figures against another benchmark.", writes=True),
    Command(
        "agreement.keep", "s", "Keep", "Store these figures, checked and with their recipe, for good.", writes=True
    ),
    Command("agreement.write", "w", "Write", "Write the agreement report to a file."),
    *LIST,
)
