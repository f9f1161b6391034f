"""A whole codebook from a file becomes the draft: as the facts that somebody would have stated one by one."""

from collections.abc import Iterable, Iterator
from dataclasses import fields

from qualbench.errors import UsageError
from qualbench.events import CodeDropped, CodePlaced, CodesMerged, CodeSplit, Event
from qualbench.model import Code, Codebook
from qualbench.steps.codebook.drafting import LISTS, TEXTS, after
from qualbench.steps.codebook.editing import written
from qualbench.steps.codebook.lifecycle import ACTIVE, CLOSED, MERGED, RETIRED, SPLIT, listed, state_of

_EMPTY = {field.name: field.default for field in fields(Code)}


def taken_in(draft: Codebook, book: Codebook, released: Codebook | None, *, keeps: bool = False) -> list[Event]:
    """What makes the draft say what the book says: codes by id; those that it lacks are retired or dropped, or kept.

    A code that was merged or split is so for good, so a book that has it in use is refused.
    """
    for code in book.codes:
        was = draft.get(code.id)
        if was and was.status in (MERGED, SPLIT) and (was.status, was.into) != (code.status, code.into):
            raise UsageError(
                f"'{was.label}' is {state_of(was, draft)} for good, and '{book.title}' has it otherwise.",
                "Give the code in the file another id.",
            )
    work = _Work(draft, frozenset(code.id for code in released.codes) if released else frozenset())
    for code in book.codes:
        work.state(_fields(work.draft.get(code.id), code, ended=False))
    for end in _ends(draft, book):
        work.end(end)
    for code in book.codes:
        work.state(_fields(work.draft.get(code.id), code, ended=True))
    for code in book.codes:
        work.state(_place(work.draft, book, code))
    for code in reversed(draft.codes):
        if book.get(code.id) is None and not keeps:
            work.leave(code.id)
    return work.facts


class _Work:
    """The draft as it becomes, and the facts that made it so; a fact that changes nothing is not stated."""

    def __init__(self, draft: Codebook, released: frozenset[str]) -> None:
        self.draft = draft
        self.facts: list[Event] = []
        self._released = released

    def state(self, facts: Iterable[Event]) -> bool:
        """Whether any of the facts changed the draft."""
        before = self.draft
        for fact in facts:
            new = after(self.draft, fact, self._released)
            if new.codes != self.draft.codes:
                self.draft = new
                self.facts.append(fact)
        return self.draft is not before

    def end(self, code: Code) -> None:
        """A code is merged or split; what is retired comes back for that, because nothing goes into or out of it."""
        for one in (code.id, *code.into):
            self.state([written(one, {"status": ACTIVE})] if _status(self.draft, one) == RETIRED else [])
        ends: Event = CodeSplit(code=code.id, into=[*code.into])
        if code.status == MERGED:
            ends = CodesMerged(codes=[code.id], into=code.into[0])
        if not self.state([ends]):
            into = listed(self.draft.label(one) for one in code.into)
            raise UsageError(f"'{code.label}' can not be {code.status} into {into}, which went into others before.")

    def leave(self, code_id: str) -> None:
        """A code goes: out of the draft if it was never released and nothing hangs on it, out of use otherwise."""
        code = self.draft.get(code_id)
        if not self.state([CodeDropped(code=code_id)]) and code and code.status not in CLOSED:
            self.state([written(code_id, {"status": RETIRED})])


def _fields(was: Code | None, code: Code, *, ended: bool) -> Iterator[Event]:
    """The fields in which a code differs; that it is out of use is said when others have gone into it."""
    new = {}
    for name in TEXTS | LISTS:
        value = getattr(code, name)
        differs = value != (getattr(was, name) if was else _EMPTY.get(name))
        later = name == "status" and (value in (MERGED, SPLIT) or (value == RETIRED and not ended))
        if (differs or (was is None and name == "label")) and not later:
            new[name] = value
    if new:
        yield written(code.id, new)


def _ends(draft: Codebook, book: Codebook) -> list[Code]:
    """The codes that are merged and split now: those that others go into come after them."""
    waiting = [code for code in book.codes if code.status in (MERGED, SPLIT) and code.into]
    waiting = [code for code in waiting if _status(draft, code.id) not in (MERGED, SPLIT)]
    ordered: list[Code] = []
    while waiting:
        targets = {target for code in waiting for target in code.into}
        ready = [code for code in waiting if code.id not in targets] or waiting
        ordered += ready
        waiting = [code for code in waiting if code not in ready]
    return ordered


def _status(book: Codebook, code_id: str) -> str:
    code = book.get(code_id)
    return code.status if code else ""


def _place(draft: Codebook, book: Codebook, code: Code) -> Iterator[Event]:
    """Where the book has a code, if the draft has it elsewhere; codes of the draft alone do not count as sisters."""
    was = draft.get(code.id)
    sister = _before(book, code, book)
    if was and (was.parent, _before(draft, was, book)) != (code.parent, sister):
        yield CodePlaced(code=code.id, parent=code.parent, after=sister)


def _before(inside: Codebook, code: Code, book: Codebook) -> str:
    """The sister of the book that a code stands behind; empty when it is the first."""
    sister = ""
    for one in inside.codes:
        if one.id == code.id:
            return sister
        if one.parent == code.parent and book.get(one.id) is not None:
            sister = one.id
    return sister
