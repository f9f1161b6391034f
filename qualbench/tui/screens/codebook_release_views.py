"""What the release screen shows: a line for each changed code, and what each kind of change would ask of coders."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from textual.content import Content

from qualbench.model import Change, Code, Codebook
from qualbench.steps import codebook as codebooks
from qualbench.steps.codebook.differences import Kind
from qualbench.steps.codebook.lifecycle import listed
from qualbench.text import counted, excerpt, one_line, shown
from qualbench.tui.screens.codebook_asking import Counts, asks
from qualbench.tui.screens.codebook_desk import Desk, version_of
from qualbench.tui.screens.codebook_views import ORDER, Line, difference_page, differs, paragraphs, said
from qualbench.tui.widgets.lines import cells

KEYS = {Change.WORDING: "w", Change.NARROWED: "n", Change.WIDENED: "d"}
"""The kinds of change that only a person can tell apart, with their keys."""


@dataclass(slots=True)
class Answers:
    """What was said of the changes so far; a code that is changed further has to be asked about again."""

    kinds: dict[Code, Change] = field(default_factory=dict)
    notes: dict[Code, str] = field(default_factory=dict)
    version: str = ""


def kind_of(desk: Desk, answers: Answers, code: str) -> Change | None:
    """What was said or is known of a change; None where a person still has to say."""
    held = desk.draft.get(code)
    return (answers.kinds.get(held) if held else None) or desk.kinds[code]


def unsaid(desk: Desk, answers: Answers) -> list[str]:
    """The codes whose change a person still has to name; none of a first version."""
    return [code for code in desk.kinds if kind_of(desk, answers, code) is None] if desk.newest else []


def may_say(desk: Desk, code: str) -> bool:
    """Whether a person may name a change: not an end, and not a code that no version before had."""
    if desk.newest is None or code not in desk.kinds:
        return False
    kind = desk.kinds[code]
    return kind in (None, Change.WORDING) or (kind is Change.NEW and desk.newest.get(code) is not None)


def version_for(desk: Desk, answers: Answers, releases: Sequence[Codebook]) -> str:
    """The version that was wanted, or the one that the kinds of change call for."""
    return answers.version or version_of(releases, desk.draft, [kind_of(desk, answers, code) for code in desk.kinds])


def without_exclusion(desk: Desk) -> list[str]:
    """The labels of changed codes of which nobody knows when not to use them."""
    every = codebooks.applicable(desk.draft)
    return [one.label for one in every if one.id in desk.kinds and not one.exclude.strip()]


def lines(desk: Desk, answers: Answers, width: int) -> tuple[str, list[Line]]:
    """Every change of the draft: the codes in their order, then where only the order changed."""
    label = width // 3
    room = max(8, width - label - 15)
    found = [(code, _line(desk, answers, code, label, room)) for code in desk.kinds]
    orders = [one for one in desk.differences if one.kind is Kind.ORDER]
    found += [(ORDER + one.code, Content(cells(f"{'':{label}} {'order':13} {one.sentence}", width))) for one in orders]
    return f"{cells('code', label)} {cells('kind', 13)} what changed", found


def _line(desk: Desk, answers: Answers, code: str, label: int, room: int) -> Content:
    kind = kind_of(desk, answers, code)
    word = "first" if desk.newest is None else said(kind) if kind else "? w, n or d"
    held = desk.draft.get(code) or (desk.newest.get(code) if desk.newest else None)
    brief = held.definition_short or held.definition if held else ""
    words = ", ".join(dict.fromkeys(differs(one) for one in desk.of_code(code))) or one_line(brief)
    style = "bold" if word.startswith("?") else ""
    name = cells(one_line(held.label) if held else code, label)
    return Content.assemble(name, " ", (cells(word, 13), style), " ", cells(words, room))


def page(desk: Desk, answers: Answers, found: Counts, viewer: str, at: str) -> Content:
    """The change under the bar: what each answer asks, then the words that changed, then what is missing."""
    bare = without_exclusion(desk)
    missing = [Content(""), Content.styled(shown(f"It is not said when not to use: {listed(bare)}."), "bold")]
    if at not in desk.kinds:
        pieces = [difference_page(desk.differences, at)] if at else []
    else:
        pieces = [*_asks(desk, answers, found, viewer, at), Content("")]
        pieces += [difference_page(desk.differences, at)] if desk.newest else []
    return paragraphs([*pieces, *(missing if bare else [])])


def _asks(desk: Desk, answers: Answers, found: Counts, viewer: str, code: str) -> list[Content]:
    """The kinds that can be said with what each asks, or what the known kind asks."""
    held, kind = desk.draft.get(code), kind_of(desk, answers, code)
    if desk.newest is None:
        return [Content("The first version asks nobody to look at anything again.")]
    into = listed(desk.draft.label(one) for one in held.into) if held else ""
    if may_say(desk, code):
        known = [one for one in (desk.kinds[code],) if one is Change.NEW]
        pieces = [_answer(one, kind, asks(code, one, found, viewer)) for one in (*known, *KEYS)]
    else:
        told = asks(code, kind, found, viewer, into) if kind else ""
        pieces = [Content.assemble((f"{said(kind)}  " if kind else "", "bold"), shown(told))]
    note = answers.notes.get(held, "") if held else ""
    return [*pieces, *([Content.assemble(("note  ", "bold"), shown(note))] if note else [])]


def _answer(one: Change, chosen: Change | None, told: str) -> Content:
    tick = "✓" if one is chosen else " "
    key = (f" {KEYS.get(one, ' ')} ", "bold reverse")
    return Content.assemble(key, (f" {tick} {said(one)}  ", "bold"), shown(told))


def question(desk: Desk, version: str, found: Counts) -> str:
    """What is asked before a version is released for good."""
    codes = counted(len(codebooks.applicable(desk.draft)), "code")
    whole = f"{counted(len(desk.kinds), 'changed code')}, {codes} to apply" if desk.newest else codes
    parts = [f"Release version {version} for good? {whole}."]
    if bare := without_exclusion(desk):
        parts.append(f"It is not said when not to use: {excerpt(listed(bare), 200)}. The changelog will say so.")
    if any(found.values()):
        parts.append("Coders will have segments to look at again; nothing coded is rewritten.")
    return "\n".join(parts)
