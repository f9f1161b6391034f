"""Asking for attributes of participants: what one holds, and what is known of a participant."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from qualbench.model import Participant
from qualbench.text import excerpt
from qualbench.tui.dialogs.choice import KEYS, Choose
from qualbench.tui.dialogs.words import AskWords
from qualbench.tui.screens.step import StepScreen

if TYPE_CHECKING:
    from qualbench.steps.participants import Attribute

_NOT_KNOWN = "+unknown"


def ask_line(screen: StepScreen, title: str, before: str, then: Callable[[str], None]) -> None:
    """One line of words; Escape does nothing."""

    def answered(words: str | None) -> None:
        if words is not None:
            then(words.strip())

    screen.app.push_screen(AskWords(title, before, one_line=True), answered)


def ask_value(screen: StepScreen, person: Participant, attribute: Attribute) -> None:
    """What is known of a participant: one of the choices, or words."""
    project = screen.project

    def keep(words: str) -> None:
        screen.write(lambda: project.set_attribute(person.id, attribute.name, words))

    if not attribute.choices or len(attribute.choices) >= len(KEYS):
        before = dict(person.attributes).get(attribute.name, "")
        title = f"{attribute.name} of {person.id} ({attribute.kind}); empty is not known"
        ask_line(screen, title, before, keep)
        return

    def chosen(choice: str | None) -> None:
        if choice is not None:
            keep("" if choice == _NOT_KNOWN else choice)

    answers = [(choice, choice) for choice in attribute.choices] + [(_NOT_KNOWN, "not known")]
    question = f"{excerpt(attribute.name, 40)} of {excerpt(person.id, 40)}?"
    screen.app.push_screen(Choose(question, answers), chosen)


def define(screen: StepScreen) -> None:
    """Ask for an attribute's name, its kind, and its choices if it has any."""
    ask_line(screen, "Which attribute of participants? A name, such as age", "", lambda name: _ask_kind(screen, name))


def _ask_kind(screen: StepScreen, name: str) -> None:
    from qualbench.steps.participants import Attribute, AttributeKind

    project = screen.project
    if not name:
        return

    def kind_said(kind: str | None) -> None:
        if kind == AttributeKind.CHOICE:
            ask_line(screen, "Which choices? With commas between them; empty takes any", "", chosen)
        elif kind:
            screen.write(lambda: project.define_attribute(Attribute(name, AttributeKind(kind))))

    def chosen(words: str) -> None:
        choices = tuple(dict.fromkeys(one for part in words.split(",") if (one := part.strip())))
        screen.write(lambda: project.define_attribute(Attribute(name, AttributeKind.CHOICE, choices)))

    answers = [(str(kind), str(kind)) for kind in AttributeKind]
    screen.app.push_screen(Choose(f"What does {excerpt(name, 40)} hold?", answers), kind_said)
