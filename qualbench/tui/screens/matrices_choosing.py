"""Choosing what a matrix shows: its columns, what a cell holds, whose coding, and what it is narrowed down to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from qualbench.errors import QualbenchError
from qualbench.project.asked import CONSENSUS, Asked, Cells, Kind, conditions
from qualbench.project.evidence import ORDERS
from qualbench.project.placed import layers_of
from qualbench.text import excerpt
from qualbench.tui.dialogs.choice import KEYS, Choose
from qualbench.tui.dialogs.words import AskWords
from qualbench.tui.screens.step import StepScreen

Then = Callable[[Asked], None]

_KINDS = (
    (Kind.PARTICIPANTS, "by participant"), (Kind.GROUPS, "by focus group, each as a whole"),
    (Kind.TRANSCRIPTS, "by transcript"), (Kind.ROUNDS, "by round"), (Kind.CODERS, "by coder, each coder's own coding"),
)  # fmt: skip
_TOGETHER = {
    "segment": "with one another: on the same segment", "overlap": "with one another: on overlapping words",
    "turn": "with one another: in the same turn",
}  # fmt: skip
_CELLS = {
    Cells.PRESENCE: "presence: whether there is any", Cells.SEGMENTS: "how many segments",
    Cells.PARTICIPANTS: "how many participants", Cells.COEFFICIENT: "the c-coefficient, 0 to 1",
}  # fmt: skip


def ask_kind(screen: StepScreen, asked: Asked, then: Then) -> None:
    """Ask what the columns are; attributes come last."""
    answers = [(str(kind), label) for kind, label in _KINDS]
    answers += [(f"{Kind.COOCCURRENCE}:{how}", label) for how, label in _TOGETHER.items()]
    answers += [(f"{Kind.ATTRIBUTE}:{one.name}", f"by {one.name}") for one in screen.project.attributes()]

    def chosen(answer: str | None) -> None:
        if answer is not None:
            kind, _, more = answer.partition(":")
            then(_of_kind(asked, Kind(kind), more))

    screen.app.push_screen(Choose("Show codes or themes", answers[: len(KEYS)]), chosen)


def _of_kind(asked: Asked, kind: Kind, more: str) -> Asked:
    """What is asked with another kind of columns; what a cell holds stays where it can."""
    fits = asked.count in (Cells.USUAL, Cells.PRESENCE, Cells.SEGMENTS) or asked.kind is kind
    return replace(
        asked, kind=kind, count=asked.count if fits else Cells.USUAL, by=more if kind is Kind.ATTRIBUTE else "",
        together=more if kind is Kind.COOCCURRENCE else asked.together,
    )  # fmt: skip


def ask_cells(screen: StepScreen, asked: Asked, then: Then) -> None:
    """Ask what a cell holds."""
    not_here = Cells.PARTICIPANTS if asked.kind is Kind.COOCCURRENCE else Cells.COEFFICIENT
    answers = [(str(one), label) for one, label in _CELLS.items() if one is not not_here]

    def chosen(answer: str | None) -> None:
        if answer is not None:
            then(replace(asked, count=Cells(answer)))

    screen.app.push_screen(Choose("A cell holds", answers), chosen)


def ask_layer(screen: StepScreen, asked: Asked, then: Then) -> None:
    """Ask whose coding is looked at: what was settled, or what one coder handed in."""
    coders = sorted({coder for unit in screen.project.units() for coder in unit.readings})
    layers = layers_of(coders)
    answers = [(CONSENSUS, "what is settled: agreed on, or decided in consensus")]
    answers += [(layers[coder], f"{excerpt(coder, 40)}'s own coding") for coder in coders]

    def chosen(answer: str | None) -> None:
        if answer is not None:
            then(replace(asked, layer=answer))

    screen.app.push_screen(Choose("Whose coding?", answers[: len(KEYS)]), chosen)


def ask_where(screen: StepScreen, asked: Asked, then: Then) -> None:
    """Ask for conditions, and ask again where they can not be read."""
    hint = "site = north or south, participant = P01, round = Pilot. Nothing shows everything."

    def written(words: str | None) -> None:
        if words is None:
            return
        try:
            conditions(words)
        except QualbenchError as error:
            ask_where(screen, replace(asked, where=words), then)
            screen.say(error.message, warning=True)
            return
        then(replace(asked, where=words.strip()))

    screen.app.push_screen(AskWords("Show only what fulfils", asked.where, one_line=True, hint=hint), written)


def ask_order(screen: StepScreen, then: Callable[[str], None]) -> None:
    """Ask in which order interviews are looked at."""
    answers = list(ORDERS.items())
    answers += [(one.name, f"the order of {one.name}") for one in screen.project.attributes()]
    screen.app.push_screen(
        Choose("Look at the interviews in", answers[: len(KEYS)]), lambda order: then(order) if order else None
    )


def ask_rule(screen: StepScreen, before: str, then: Callable[[int, int, float], None]) -> None:
    """Ask for the base, the run and the threshold of saturation."""

    def written(words: str | None) -> None:
        if words is None:
            return
        try:
            base, run, threshold = words.replace(",", " ").replace("%", " ").split()
            if not (0 < int(base) <= 10_000 and 0 < int(run) <= 10_000 and 0 <= float(threshold) <= 100):
                raise ValueError(words)
        except ValueError:
            screen.say("Write three numbers, such as 4 2 5: base, run, and largest share in percent.", warning=True)
            return
        then(int(base), int(run), float(threshold) / 100)

    hint = "Interviews in the base, interviews in a run, largest share of new codes in percent: 4 2 5."
    screen.app.push_screen(AskWords("When is it saturated?", before, one_line=True, hint=hint), written)
