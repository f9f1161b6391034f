"""The commands of types, negative cases and lists of work."""

from __future__ import annotations

from qualbench.tui.commands.command import LIST, Command

TYPES = (
    Command("types.open", "enter", "Type", "Give the participant a type; on a list of work, read what has no code."),
    Command("types.rule", "r", "Rule", "Give a type to all whom a rule fits.", writes=True),
    Command("types.negative", "n", "Negative", "Mark an interview that speaks against a theme, a code or a type.",
            writes=True),
    Command("types.away", "x", "Take away", "Take the type away, or the mark of a negative case.", writes=True),
    Command("types.bind", "b", "Bind", "Bind a round to what a saved query finds.", writes=True),
    Command("types.typology", "t", "Typology", "Look at another typology, or begin one."),
    Command("types.turn", "v,tab", "View", "Turn to types, negative cases, lists of work."),
    Command("types.page-on", "space", "Read on", "Scroll what is known on.", footer=False),
    Command("types.page-back", "B", "Read back", "Scroll what is known back.", footer=False),
    *LIST,
)  # fmt: skip
