"""What the codebook screen shows: the tree with the fields of a code, versions, differences, what to look at again.

Each view is a list of lines by id and a page about the line under the bar, as pure functions.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from textual.content import Content

from qualbench.model import Change, Code, Codebook, Debt, Proposal
from qualbench.steps import codebook as codebooks
from qualbench.steps.codebook.differences import FIELDS as NAMED
from qualbench.steps.codebook.differences import CodeDifference, Kind
from qualbench.steps.codebook.lifecycle import ACTIVE, CLOSED, listed
from qualbench.text import counted, one_line, shown, shown_lines
from qualbench.tui.screens.codebook_desk import Desk
from qualbench.tui.screens.codebook_fields import FIELDS, Field
from qualbench.tui.screens.codebook_marked import marked
from qualbench.tui.screens.rows import code_colours, code_keys
from qualbench.tui.widgets.lines import cells

Line = tuple[str, Content]
Tint = Callable[[str], str]
"""A colour as it can be read on this screen."""

PROPOSAL = "proposal:"
"""What stands before the id of a code that is not in the draft."""
ORDER = "order:"
DRAFT = codebooks.DRAFT


def paragraphs(pieces: Iterable[Content]) -> Content:
    """Pieces of a page, each on lines of its own."""
    return Content("\n").join(pieces)


# --- the tree and a code -------------------------------------------------------------------------------------------


def tree(desk: Desk, width: int, seen: Collection[str], tint: Tint) -> tuple[str, list[Line]]:
    """The codes of the draft in reading order; below them those that coders proposed."""
    keys, colours = code_keys(desk.draft), code_colours(desk.draft)
    room = max(8, width - 14)
    lines: list[Line] = []
    for code in desk.draft.codes:
        if code.id not in seen:
            continue
        depth = min(2 * (len(desk.draft.path(code.id)) - 1), room // 3)
        into = f" -> {', '.join(keys.get(one, one) for one in code.into)}" if code.into else ""
        words = cells(" " * depth + one_line(code.label) + _state_sign(code, into), room)
        uses = cells(str(desk.uses.get(code.id, "·")), 5, right=True)
        key = (cells(keys.get(code.id, ""), 4), f"bold {tint(colours[code.id])}")
        style = "dim" if code.status in CLOSED else ""
        lines.append((code.id, Content.assemble(desk.sign(code.id), " ", key, " ", (words, style), uses)))
    if desk.proposals:
        lines.append(("", Content.styled("proposed while coding", "bold")))
    lines += [(PROPOSAL + one.code, _proposal_line(one, desk, room)) for one in desk.proposals]
    return cells(f"  key  {cells('code', room)}yours", width), lines


def _state_sign(code: Code, into: str = "") -> str:
    """The state of a code that is not simply active, in words."""
    return "" if code.status == ACTIVE else f" ({codebooks.called(code.status)}{into})"


def _proposal_line(one: Proposal, desk: Desk, room: int) -> Content:
    uses = cells(str(desk.uses.get(one.code, "·")), 5, right=True)
    return Content(f"?      {cells(f'{one_line(one.label)} (by {one.coder})', room)}{uses}")


def code_page(desk: Desk, code_id: str, properties: Sequence[str] = (), questions: Sequence[str] = ()) -> Content:
    """Everything that the draft says of a code, and what memos say of its properties and of what is open."""
    code = desk.draft.get(code_id)
    if code is None:
        return proposal_page(desk, code_id.removeprefix(PROPOSAL))
    written = [_field(code, field, desk) for field in FIELDS[1:] if getattr(code, field.name)]
    missing = [field.words for field in FIELDS[1:] if not getattr(code, field.name) and field.name != "exclude"]
    pieces = [_title(desk, code), *_since(desk, code), Content("")]
    if not code.exclude and code.status not in CLOSED:
        pieces.append(Content.styled("! When not to use it is not written (e n), and a release asks for it.", "bold"))
    pieces += written
    for title, words in (("properties", properties), ("open questions", questions)):
        if words:
            pieces.append(Content.assemble((f"{title}  ", "bold"), *(f"\n  - {shown_lines(one)}" for one in words)))
    if missing:
        pieces.append(Content.styled(f"Not written: {', '.join(missing)}.", "dim"))
    return paragraphs(pieces)


def _title(desk: Desk, code: Code) -> Content:
    path = desk.draft.path(code.id)
    under = f"under {' / '.join(path[:-1])}" if path[:-1] else "at the top"
    uses = desk.uses.get(code.id, 0)
    facts = [code.id, codebooks.state_of(code, desk.draft), under, f"{counted(uses, 'use')} of yours"]
    return Content.assemble((shown(one_line(code.label)), "bold"), "\n", shown(" · ".join(facts)))


def _since(desk: Desk, code: Code) -> list[Content]:
    """What changed of a code since the version in force."""
    found = desk.of_code(code.id)
    if not found or desk.newest is None:
        return []
    if found[0].kind is Kind.ADDED:
        return [Content.styled(f"It is new since {shown(desk.newest.version)}.", "bold")]
    fields = [NAMED[one.field] for one in found if one.kind is Kind.FIELD]
    said = [one.sentence for one in found if one.kind is not Kind.FIELD]
    said += [f"{listed(fields)} changed."] if fields else []
    return [Content.styled(shown(f"Since {desk.newest.version}: {' '.join(said)}"), "bold")]


def _field(code: Code, field: Field, desk: Desk) -> Content:
    held = getattr(code, field.name)
    name = (f"{field.words}  ", "bold")
    if not isinstance(held, str):
        return Content.assemble(name, *(f"\n  - {shown_lines(one)}" for one in held))
    words = held
    if field.name == "group":
        others = [one.label for group in codebooks.exclusive(desk.draft).values() if code in group for one in group]
        rest = [label for label in others if label != code.label]
        words += f" (excludes {listed(rest)} on a segment)" if rest else " (no other code is in it yet)"
    if field.name == "origin":
        words = ": ".join(filter(None, codebooks.origin_of(code)))
    return Content.assemble(name, shown_lines(words))


def proposal_page(desk: Desk, code_id: str) -> Content:
    """What is known of a code that a coder proposed."""
    one = next((one for one in desk.proposals if one.code == code_id), None)
    if one is None:
        return Content(
            "No code yet. n makes the first one; qualbench codebook FOLDER FILE.yaml reads a whole codebook."
        )
    where = desk.names.get(one.transcript, one.transcript)
    told = f"{one.coder} proposed it, coding '{where}' at {one.start}-{one.end}."
    return paragraphs(
        [
            Content.styled(shown(one_line(one.label)), "bold"), Content(shown(told)), Content(""),
            Content("It is not in the codebook. a adopts it: it goes on trial under the id that the codings have."),
        ]
    )  # fmt: skip


# --- versions ------------------------------------------------------------------------------------------------------

Dates = Mapping[str, tuple[str, str]]
"""When and by whom each version was released."""


def versions(desk: Desk, releases: Sequence[Codebook], dates: Dates, width: int) -> tuple[str, list[Line]]:
    """The versions, newest first, with the draft on top of them."""
    room = max(8, width - 31)
    lines = [(DRAFT, Content(_version_line("draft", "", "", len(desk.draft.codes), room)))]
    for number, book in reversed([*enumerate(releases)]):
        at, actor = dates.get(book.version, ("", ""))
        lines.append((str(number), Content(_version_line(book.version, at[:10], actor, len(book.codes), room))))
    return _version_line("version", "released", "by", 0, room).replace("    0 codes", "   holds"), lines


def _version_line(version: str, at: str, actor: str, codes: int, room: int) -> str:
    return f"{cells(version, 8)} {cells(at, 10)} {cells(actor, room)}{codes:5} codes"


def version_page(before: Codebook | None, book: Codebook, at: str, actor: str) -> Content:
    """One version: who released it, what it changed and of which kind, and its tree."""
    if book.version == DRAFT:
        head, when = "The draft", "It is not released yet: nobody codes with it."
    else:
        head, when = f"Version {book.version}", f"Released {at[:16].replace('T', ' ')} by {actor}; it never changes."
    kinds = [
        f"{book.label(one.code)}: {said(one.change)}{f' - {one.note}' if one.note else ''}" for one in book.changes
    ]
    sentences = codebooks.changes(before, book) if before else ("It is the first version.",)
    pieces = [Content.styled(shown(head), "bold"), Content(shown(when))]
    for title, those in (("What changed", sentences or ("Nothing.",)), ("Which kind of change", kinds)):
        if those:
            pieces += [Content(""), Content.styled(title, "bold"), *(Content(shown(f"- {one}")) for one in those)]
    return paragraphs([*pieces, Content(""), Content.styled("Its codes", "bold"), *_outline(book)])


def _outline(book: Codebook) -> list[Content]:
    found = []
    for code in book.codes:
        brief = one_line(code.definition_short or code.definition)
        label = "  " * (len(book.path(code.id)) - 1) + one_line(code.label) + _state_sign(code)
        found.append(Content.assemble((shown(label), "bold"), f"  {shown(brief)}" if brief else ""))
    return found or [Content("None.")]


def said(change: Change) -> str:
    """A kind of change as people say it.

    >>> said(Change.WORDING), said(Change.NARROWED)
    ('wording only', 'narrowed')
    """
    return "wording only" if change is Change.WORDING else str(change)


# --- differences ---------------------------------------------------------------------------------------------------


def differences(found: Sequence[CodeDifference], new: Codebook, old: Codebook) -> list[Line]:
    """The codes that differ between two versions, each with what differs; then where only the order does."""
    grouped: dict[str, list[CodeDifference]] = {}
    for one in found:
        grouped.setdefault(f"{ORDER * (one.kind is Kind.ORDER)}{one.code}", []).append(one)
    lines: list[Line] = []
    for id_, those in grouped.items():
        code = id_.removeprefix(ORDER)
        if those[0].kind is Kind.ORDER:
            label = f"= {new.label(code)}" if code else "= at the top"
        else:
            label = f"{_SIGNS.get(those[0].kind, '~')} {new.label(code) if new.get(code) else old.label(code)}"
        what = ", ".join(dict.fromkeys(differs(one) for one in those))
        lines.append((id_, Content.assemble(shown(one_line(label)), (f"  {what}", "dim"))))
    return lines


_SIGNS = {Kind.ADDED: "+", Kind.REMOVED: "-"}


def differs(one: CodeDifference) -> str:
    """What differs, in a word or two."""
    return _FIELD_WORDS[one.field] if one.kind is Kind.FIELD else _KIND_WORDS.get(one.kind, str(one.kind))


_FIELD_WORDS = {field.name: field.words for field in FIELDS}
_KIND_WORDS = {Kind.RELABELLED: "label", Kind.MOVED: "place"}


def difference_page(found: Sequence[CodeDifference], id_: str) -> Content:
    """What differs about one code, field by field, word by word."""
    is_order = id_.startswith(ORDER)
    code = id_.removeprefix(ORDER)
    those = [one for one in found if one.code == code and (one.kind is Kind.ORDER) == is_order]
    if not those:
        return Content("These two versions say the same.")
    pieces = []
    for one in those:
        pieces.append(Content.styled(shown(one.sentence), "bold"))
        if one.kind in (Kind.FIELD, Kind.RELABELLED, Kind.ORDER):
            pieces.append(marked(one.words))
        pieces.append(Content(""))
    return paragraphs(pieces[:-1])


# --- what is to be looked at again ---------------------------------------------------------------------------------

Owed = tuple[str, Change, str, bool]
"""A code, what became of it, in which version, and whether it stands on the segments."""


def owed(debts: Sequence[Debt]) -> dict[Owed, list[Debt]]:
    """What the viewer has to look at again, by code and change."""
    found: dict[Owed, list[Debt]] = {}
    for one in debts:
        found.setdefault((one.code, one.change, one.version, one.has), []).append(one)
    return found


def debt_lines(found: Mapping[Owed, Sequence[Debt]], book: Codebook, width: int) -> tuple[str, list[Line]]:
    """A line for each code and change that still asks for a look."""
    room = max(8, width - 28)
    lines = []
    for number, ((code, change, version, _), those) in enumerate(found.items()):
        why = cells(f"{change} in {version}", 18)
        words = f"{cells(one_line(book.label(code)), room)} {why} {len(those):6}"
        lines.append((str(number), Content(words)))
    return f"{cells('code', room)} {cells('why', 18)}  look at", lines


def debt_page(found: Mapping[Owed, Sequence[Debt]], number: str, book: Codebook, names: Mapping[str, str]) -> Content:
    """What one change asks of the viewer, and where."""
    if not number:
        return Content("There is nothing to look at again: what you coded says what the codebook means.")
    (code, change, version, has), those = [*found.items()][int(number)]
    places: dict[str, int] = {}
    for one in those:
        places[one.transcript] = places.get(one.transcript, 0) + 1
    where = [Content(shown(f"  {names.get(id_, id_)}: {counted(n, 'segment')}")) for id_, n in places.items()]
    asks = (
        "Does it still belong on these segments, which have it?" if has else "Does it belong on these, which lack it?"
    )
    return paragraphs(
        [
            Content.styled(shown(book.label(code)), "bold"),
            Content(shown(f"Version {version}: {said(change)}.")), Content(asks), Content(""), *where, Content(""),
            Content("Enter goes to the first of them in the coding screen. Nothing that you coded is rewritten."),
        ]
    )  # fmt: skip
