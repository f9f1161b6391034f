"""What is asked when a code of the draft is changed: which field and what it says, where it goes, what it becomes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from qualbench.model import Changes, Code, Codebook
from qualbench.steps import codebook as codebooks
from qualbench.steps.codebook.lifecycle import CLOSED
from qualbench.text import excerpt, one_line
from qualbench.tui.dialogs.choice import KEYS, Choose
from qualbench.tui.dialogs.words import AskWords
from qualbench.tui.screens.codebook_desk import Desk, last_under
from qualbench.tui.screens.codebook_fields import FIELDS, Asks, between, items_of, value
from qualbench.tui.screens.step import StepScreen
from qualbench.tui.widgets.palette import CodePalette, Entry, entries_of

TOP = "·"
"""Stands for the top of the tree where a code is chosen; no code has this id."""
NONE = "@none"
OWN = "@own"


def ask_field(screen: StepScreen, code: Code) -> None:
    """Ask which field of a code, and what it is to say."""
    answers = [(field.name, f"{field.words}: {_shortly(value(code, field))}") for field in FIELDS]
    keys = "".join(field.key for field in FIELDS)
    question = f"Which field of {excerpt(code.label, 40)}?"
    screen.app.push_screen(Choose(question, answers, keys), lambda name: write_field(screen, code, name or ""))


def _shortly(words: str) -> str:
    return one_line(words) or "-"


def write_field(screen: StepScreen, code: Code, name: str) -> None:
    """Ask what a field of a code is to say, and write it."""
    field = next((field for field in FIELDS if field.name == name), None)
    if field is None:
        return
    if field.asks is Asks.CHOICE:
        _CHOICES[field.name](screen, code)
        return
    held = getattr(code, field.name)
    gap = "" if isinstance(held, str) else between(held)
    apart = {"\n": " One a line.", "\n\n": " An empty line stands between two.", "": ""}[gap]

    def keep(words: str | None) -> None:
        if words is not None:
            write(screen, code, {field.name: items_of(words, gap) if gap else words})

    title = f"{excerpt(code.label, 40)}: {field.words}"
    dialog = AskWords(title, value(code, field), one_line=field.asks is Asks.LINE, hint=(field.hint + apart).strip())
    screen.app.push_screen(dialog, keep)


def write(screen: StepScreen, code: Code, fields: dict[str, Any]) -> Changes:
    """Write fields of a code in the draft; text is kept as it was typed but for blanks at its ends."""
    return screen.write(lambda: screen.project.draft_code(code.id, **fields))


def _ask_choice(
    screen: StepScreen, code: Code, field: str, answers: Sequence[tuple[str, str]], keys: str = KEYS
) -> None:
    def keep(answer: str | None) -> None:
        if answer == OWN:
            write_line(screen, code, field, "A colour as #rrggbb", code.colour)
        elif answer is not None:
            write(screen, code, {field: "" if answer == NONE else answer})

    screen.app.push_screen(Choose(f"{excerpt(code.label, 40)}: {field}", answers, keys), keep)


def write_line(
    screen: StepScreen, code: Code, field: str, title: str, before: str, after: Callable[[str], str] = str
) -> None:
    """Ask for one line of a field; `after` makes of it what is written."""

    def keep(words: str | None) -> None:
        if words is not None:
            write(screen, code, {field: after(words.strip())})

    screen.app.push_screen(AskWords(title, before, one_line=True), keep)


def ask_colour(screen: StepScreen, code: Code) -> None:
    """Ask for the colour of a code."""
    every = [(name, name) for name in codebooks.COLOURS]
    _ask_choice(screen, code, "colour", [*every, (OWN, "another one, typed"), (NONE, "by its place in the book")])


def ask_kind(screen: StepScreen, code: Code) -> None:
    """Ask what kind of code it is."""
    _ask_choice(screen, code, "kind", [(kind, kind) for kind in codebooks.KINDS])


def ask_origin(screen: StepScreen, code: Code) -> None:
    """Ask whether a code came from theory or from the data, and from where (Fereday & Muir-Cochrane 2006)."""
    before = codebooks.origin_of(code)[1]

    def said(kind: str | None) -> None:
        if kind == NONE:
            write(screen, code, {"origin": ""})
        elif kind is not None:
            title = "From which theory, study or guide?" if kind == "deductive" else "Where was it first seen?"
            write_line(screen, code, "origin", title, before, lambda words: f"{kind}: {words}" if words else kind)

    answers = [
        ("deductive", "deductive: from theory, earlier studies or the guide"),
        ("inductive", "inductive: from the data"), (NONE, "nobody says"),
    ]  # fmt: skip
    screen.app.push_screen(Choose(f"{excerpt(code.label, 40)}: origin", answers, "din"), said)


_CHOICES: dict[str, Callable[[StepScreen, Code], None]] = {
    "colour": ask_colour, "kind": ask_kind, "origin": ask_origin,
}  # fmt: skip


def ask_group(screen: StepScreen, desk: Desk, code: Code) -> None:
    """Ask for the group of codes that exclude each other, one of those there are or another."""
    groups = [name for name in codebooks.exclusive(desk.draft) if name]
    if not groups:
        write_field(screen, code, "group")
        return
    answers = [*((name, name) for name in groups[: len(KEYS) - 2]), (OWN, "another group, typed"), (NONE, "none")]

    def said(name: str | None) -> None:
        if name == OWN:
            write_field(screen, code, "group")
        elif name is not None:
            write(screen, code, {"group": "" if name == NONE else name})

    question = f"{excerpt(code.label, 40)}: excludes the codes of which group?"
    screen.app.push_screen(Choose(question, answers), said)


# --- adding, splitting ---------------------------------------------------------------------------------------------


def ask_new(screen: StepScreen, parent: str, after: str, where: str, made: Callable[[str], None]) -> None:
    """Ask for the label of a new code, add it, and hand on its id."""

    def add(label: str | None) -> None:
        if label is None:
            return
        ids: list[str] = []

        def act() -> Changes:
            ids.append(screen.project.add_code(label, parent, after))
            return Changes(frozenset({"codebook"}), frozenset({"code_drafted", "code_placed"}))

        if screen.write(act):
            made(ids[0])

    screen.app.push_screen(AskWords(f"Label of the new code {where}", one_line=True), add)


def ask_split(screen: StepScreen, code: Code, uses: int) -> None:
    """Ask for the labels of the codes that a code becomes."""

    def split(words: str | None) -> None:
        if words is not None and screen.write(lambda: screen.project.split_code(code.id, items_of(words, "\n"))):
            again = f", of which you made {uses:,}" if uses else ""
            screen.say(f"{code.label} is split: once this is released, each use is decided again{again}.")

    hint = "Two or more, one a line; each of its uses is decided again."
    screen.app.push_screen(AskWords(f"Split {excerpt(code.label, 40)} into which codes?", hint=hint), split)


# --- choosing another code -----------------------------------------------------------------------------------------


def ask_code(
    screen: StepScreen, title: str, entries: Sequence[Entry], then: Callable[[str], None], recent: Iterable[str] = ()
) -> None:
    """Ask for a code by a few letters."""
    screen.query_one(CodePalette).open(entries, [*recent], then=then, title=title)


def open_codes(draft: Codebook, apart_from: Iterable[str] = ()) -> tuple[Entry, ...]:
    """The codes of the draft that are not out of use."""
    left_out = set(apart_from)
    paths = entries_of(draft)
    wanted = {code.id for code in draft.codes if code.status not in CLOSED and code.id not in left_out}
    return tuple(entry for entry in paths if entry.id in wanted)


def ask_merge(screen: StepScreen, desk: Desk, code: Code, then: Callable[[str], None]) -> None:
    """Ask which code a code goes into, and merge them."""

    def merge(into: str) -> None:
        if screen.write(lambda: screen.project.merge_codes([code.id], into)):
            label = desk.draft.label(into)
            screen.say(f"{code.label} went into {label}: once this is released, its uses are read as {label}.")
            then(into)

    ask_code(screen, f"Merge {excerpt(code.label, 30)} into", open_codes(desk.draft, [code.id]), merge)


def ask_place(screen: StepScreen, desk: Desk, code: Code) -> None:
    """Ask under which code a code is to stand, and put it there as the last one."""
    below = [one.id for one in desk.draft.codes if code.id in _above(desk.draft, one)]

    def place(answer: str) -> None:
        parent = "" if answer == TOP else answer
        screen.write(lambda: screen.project.place_code(code.id, parent, last_under(desk.draft, parent, code.id)))

    entries = (_TOP_ENTRY, *open_codes(desk.draft, below))
    ask_code(screen, f"Put {excerpt(code.label, 30)} under", entries, place)


_TOP_ENTRY = Entry(TOP, "The top of the tree", "Under no code.")


def _above(book: Codebook, code: Code) -> set[str]:
    """A code and those above it."""
    found: set[str] = set()
    here: Code | None = code
    while here is not None and here.id not in found:
        found.add(here.id)
        here = book.get(here.parent)
    return found


def ask_adopt(screen: StepScreen, desk: Desk, proposal: str, then: Callable[[str], None]) -> None:
    """Ask which proposed code to adopt (none is asked when it is under the bar), and under which code."""

    def under(code: str) -> None:
        def adopt(answer: str) -> None:
            if screen.write(lambda: screen.project.adopt_code(code, "" if answer == TOP else answer)):
                then(code)

        label = next(one.label for one in desk.proposals if one.code == code)
        title = f"Adopt {excerpt(label, 30)} under"
        ask_code(screen, title, (_TOP_ENTRY, *open_codes(desk.draft)), adopt, [TOP])

    if any(one.code == proposal for one in desk.proposals):
        under(proposal)
        return
    entries = [
        Entry(one.code, one.label, f"Proposed by {one.coder} in '{desk.names.get(one.transcript, '')}'.")
        for one in desk.proposals
    ]
    ask_code(screen, "Adopt", entries, under)


def undone(before: Codebook, after: Codebook, facts: Sequence[object]) -> tuple[str, str]:
    """The code that a step of the draft was about, and the step in words; labels are of whichever draft has them."""
    for name, words in _STEPS.items():
        for fact in facts:
            if type(fact).__name__ == name:
                code = str(getattr(fact, "code", "")) or str(getattr(fact, "codes", [""])[0])
                book = after if after.get(code) else before
                is_new = name == "CodeDrafted" and (before.get(code) is None or after.get(code) is None)
                return code, f"the new code {book.label(code)}" if is_new else words.format(book.label(code))
    return "", "your newest step on the draft"


_STEPS = {
    "CodesMerged": "the merging of {}", "CodeSplit": "the splitting of {}", "CodeDropped": "dropping {}",
    "CodeDrafted": "what was written of {}", "CodePlaced": "the move of {}",
}  # fmt: skip
