"""Working on the draft: each change is checked, refused with a sentence when it is nonsense, and given as facts."""

import json
import re
import unicodedata
from collections.abc import Collection, Sequence
from typing import Any

from qualbench import events
from qualbench.errors import UnknownCode, UsageError
from qualbench.events import Event
from qualbench.model import Code, Codebook, Proposal
from qualbench.steps.codebook.drafting import LISTS, TEXTS, above
from qualbench.steps.codebook.lifecycle import (
    CLOSED,
    MERGED,
    RETIRED,
    SPLIT,
    STATES,
    TRIAL,
    called,
    listed,
    next_states,
    state_of,
)
from qualbench.steps.codebook.reading import KINDS
from qualbench.text import canonical, folded, one_line, printable

COLOURS = ("red", "orange", "yellow", "green", "teal", "blue", "purple", "pink", "brown", "grey")
"""The colours that a code can be given by name."""

_HEX = re.compile(r"#[0-9a-fA-F]{6}")
_LONGEST_ID = 40


def add_code(
    book: Codebook, label: str, parent: str = "", after: str = "", *, known_ids: Collection[str] = (), **fields: Any
) -> tuple[list[Event], str]:
    """A new code under a parent, behind a sister or else last, and the id it gets for good.

    `known_ids` are all ids that were ever used in the study; none of them is given again.
    """
    code_id = _new_id(label, {*known_ids, *(code.id for code in book.codes)})
    return _added(book, code_id, parent, after, {"label": label, **fields}), code_id


def adopt(
    book: Codebook, proposal: Proposal, name: str, place: str = "", parent: str = "", after: str = "", **fields: Any
) -> list[Event]:
    """A coder's proposed code enters the draft on trial, under the id that their codings have.

    `name` is its transcript's, `place` says where in it; together they are the code's origin.
    """
    if (there := book.get(proposal.code)) is not None:
        raise UsageError(f"'{there.label}' is in the draft already.")
    origin = f"inductive: {name}, {place or f'{proposal.start}-{proposal.end}'}"
    wanted = {"label": proposal.label, "status": TRIAL, "origin": origin} | fields
    return _added(book, proposal.code, parent, after, wanted)


def _added(book: Codebook, code_id: str, parent: str, after: str, fields: dict[str, Any]) -> list[Event]:
    given = _checked(fields)
    if (status := given.get("status", "active")) in CLOSED:
        raise UsageError(f"A new code can not be {called(status)} at once.")
    _check_home(book, Code(code_id, given["label"]), parent)
    sisters = [code.id for code in book.codes if code.parent == parent]
    if after and after not in sisters:
        raise UsageError(f"'{book.label(after)}' does not stand {_under(book, parent)}.")
    last = sisters[-1] if sisters else ""
    return [written(code_id, given), events.CodePlaced(code=code_id, parent=parent, after=after or last)]


def draft_code(book: Codebook, code_id: str, **fields: Any) -> list[Event]:
    """Write fields of a code (everything but its place, its state and what it goes into); nothing when none differs."""
    code = _code(book, code_id)
    if code.status in (MERGED, SPLIT):
        raise UsageError(f"'{code.label}' is {state_of(code, book)}.", "Change the code that it went into.")
    if "status" in fields:
        raise UsageError("The state of a code is no field to be written.", "Set its state.")
    given = _checked(fields)
    new = {name: value for name, value in given.items() if value != getattr(code, name)}
    if "label" in new:
        _check_sisters(book, Code(code.id, new["label"]), code.parent)
    return [written(code.id, new)] if new else []


def place_code(book: Codebook, code_id: str, parent: str = "", after: str = "") -> list[Event]:
    """Move a code with all that is under it below a parent (the top without one), behind a sister or else first."""
    code = _code(book, code_id)
    _check_home(book, code, parent)
    sisters = [one.id for one in book.codes if one.parent == parent]
    if after and (after not in sisters or after == code_id):
        raise UsageError(f"'{book.label(after)}' is no other code {_under(book, parent)}.")
    before = sisters[sisters.index(code_id) - 1] if code_id in sisters[1:] else ""
    if code.parent == parent and before == after:
        return []
    return [events.CodePlaced(code=code_id, parent=parent, after=after)]


def merge_codes(book: Codebook, codes: Sequence[str], into: str) -> list[Event]:
    """Codes become one: their uses are read as the target's, and what is under them moves under it."""
    target = _usable(book, into)
    merged = [_code(book, one) for one in dict.fromkeys(codes)]
    if not merged:
        raise UsageError(f"No codes are named that go into '{target.label}'.")
    for code in merged:
        if code is target:
            raise UsageError(f"'{code.label}' can not be merged with itself.")
        _check_next(code, MERGED)
    _check_gathered(book, merged, target)
    return [events.CodesMerged(codes=[code.id for code in merged], into=into)]


def split_code(book: Codebook, code_id: str, into: Sequence[str]) -> list[Event]:
    """A code is given up for several others of the draft; each of its uses is decided again."""
    code = _code(book, code_id)
    _check_next(code, SPLIT)
    parts = [_usable(book, one) for one in dict.fromkeys(into)]
    if code in parts:
        raise UsageError(f"'{code.label}' can not be split into itself.")
    if len(parts) < 2:
        raise UsageError(f"'{code.label}' is split into two codes or more.", "Add them to the draft first.")
    return [events.CodeSplit(code=code_id, into=[part.id for part in parts])]


def set_status(book: Codebook, code_id: str, status: str) -> list[Event]:
    """A code gets into another state: on trial, active, retired, or active again."""
    code = _code(book, code_id)
    if status not in STATES:
        raise UsageError(f"'{status}' is not a state of a code.", f"States are: {', '.join(STATES)}")
    if status in (MERGED, SPLIT):
        raise UsageError(f"To be {status}, '{code.label}' needs codes that it goes into.", "Say which.")
    if status == code.status:
        return []
    _check_next(code, status)
    return [written(code.id, {"status": status})]


def retire_code(book: Codebook, code_id: str) -> list[Event]:
    """A code goes out of use; what was coded with it stays, and each use is decided again."""
    return set_status(book, code_id, RETIRED)


def drop_code(book: Codebook, code_id: str, released: Codebook | None) -> list[Event]:
    """Take a code out of the draft, which only one that was never released can be."""
    code = _code(book, code_id)
    if released is not None and released.get(code_id) is not None:
        raise UsageError(f"'{code.label}' was released, so it can not be dropped.", "Retire it.")
    if below := [one.label for one in book.codes if one.parent == code_id]:
        raise UsageError(f"There are codes under '{code.label}': {listed(below)}.", "Move or drop them first.")
    if origins := [one.label for one in book.codes if code_id in one.into]:
        raise UsageError(f"'{code.label}' is what {listed(origins)} went into.", "Undo that first.")
    return [events.CodeDropped(code=code_id)]


# --- what is checked ---------------------------------------------------------------------------------------------


def _code(book: Codebook, code_id: str) -> Code:
    code = book.get(code_id)
    if code is None:
        raise UnknownCode(code_id)
    return code


def _usable(book: Codebook, code_id: str) -> Code:
    code = _code(book, code_id)
    if code.status in CLOSED:
        raise UsageError(f"Nothing can go into '{code.label}', which is {state_of(code, book)}.")
    return code


def _check_next(code: Code, status: str) -> None:
    if status in next_states(code.status):
        return
    to = listed(called(one) for one in next_states(code.status))
    raise UsageError(
        f"'{code.label}' is {called(code.status)}, so it can not become {called(status)}.",
        f"It can become: {to}" if to else "That stays for good.",
    )


def _check_home(book: Codebook, code: Code, parent: str) -> None:
    """Whether a code can stand under a parent."""
    if parent:
        home = _code(book, parent)
        if code.id in above(book, parent):
            what = "itself" if code.id == parent else f"'{home.label}', which stands under it"
            raise UsageError(f"'{code.label}' can not stand under {what}.")
        if home.status in CLOSED and parent != code.parent:
            raise UsageError(f"'{code.label}' can not stand under '{home.label}', which is {state_of(home, book)}.")
    _check_sisters(book, code, parent)


def _check_sisters(book: Codebook, code: Code, parent: str) -> None:
    for one in book.codes:
        same = one.parent == parent and folded(one.label) == folded(code.label)
        if same and one.id != code.id and one.status not in (MERGED, SPLIT):
            raise UsageError(f"There is a code called '{one.label}' {_under(book, parent)} already.")


def _check_gathered(book: Codebook, merged: Sequence[Code], target: Code) -> None:
    """Whether what stands under merged codes can stand under their target, each label once."""
    joined = {target.id, *(code.id for code in merged)}
    labels: set[str] = set()
    for child in book.codes:
        if child.parent in joined and child.id not in joined and child.status not in (MERGED, SPLIT):
            if folded(child.label) in labels:
                raise UsageError(
                    f"Two codes called '{child.label}' would stand under '{target.label}'.",
                    "Merge or rename them first.",
                )
            labels.add(folded(child.label))


def _under(book: Codebook, parent: str) -> str:
    return f"under '{book.label(parent)}'" if parent else "at the top"


def _checked(fields: dict[str, Any]) -> dict[str, Any]:
    """Fields as they are written: texts without what no file can carry, lists without what is empty."""
    given: dict[str, Any] = {}
    for name, value in fields.items():
        if name in TEXTS:
            given[name] = printable(canonical(str(value))).strip()
        elif name in LISTS:
            texts = [printable(canonical(one)).strip() for one in ([value] if isinstance(value, str) else value)]
            given[name] = tuple(text for text in texts if text)
        else:
            raise UsageError(f"A code has no field '{name}' to be written.")
    if "label" in given and not (label := one_line(given["label"])):
        raise UsageError("A code needs a label.")
    if "label" in given:
        given["label"] = label
    _check_choices(given)
    return given


def _check_choices(given: dict[str, Any]) -> None:
    """Whether the fields that are chosen from a list are on it."""
    for name, known in (("kind", KINDS), ("status", STATES)):
        if name in given and given[name] not in known:
            raise UsageError(f"The {name} '{given[name]}' is not known.", f"Use one of: {', '.join(known)}")
    colour = given.get("colour", "")
    if colour and colour not in COLOURS and not _HEX.fullmatch(colour):
        raise UsageError(f"'{colour}' is not a colour.", f"Use #rrggbb or one of: {', '.join(COLOURS)}")


def written(code_id: str, fields: dict[str, Any]) -> Event:
    """The fact that these fields of a code were written."""
    words = json.dumps(fields, ensure_ascii=False, sort_keys=True)
    return events.CodeDrafted(code=code_id, fields=events.seal(words))


def _new_id(label: str, taken: Collection[str]) -> str:
    """An id of A-Z, 0-9 and _ made from a label; ids that differ in case only count as one."""
    plain = unicodedata.normalize("NFKD", label).upper()
    letters = "".join(letter for letter in plain if not unicodedata.combining(letter))
    stem = re.sub(r"[^A-Z0-9]+", "_", letters)[:_LONGEST_ID].strip("_") or "CODE"
    used = {one.casefold() for one in taken}
    code_id, number = stem, 1
    while code_id.casefold() in used:
        number += 1
        code_id = f"{stem}_{number}"
    return code_id
