"""Releasing a draft: a version that never changes, with what kind of change was made to each code.

The kinds decide which segments have to be looked at again, so none may be left unsaid; and a code that nobody knows
when not to use is not ready for two coders (MacQueen et al. 1998).
"""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from qualbench import events
from qualbench.errors import NeedsConfirmation, QualbenchError, UsageError
from qualbench.model import Change, Codebook, CodeChange
from qualbench.steps.codebook.codes import applicable, to_data
from qualbench.steps.codebook.differences import changes as sentences
from qualbench.steps.codebook.differences import propose
from qualbench.steps.codebook.lifecycle import listed
from qualbench.text import one_line

MANY = 40
"""About as many codes as a team can hold at once (MacQueen et al. 1998: 30 to 40)."""

_ANSWERS = (Change.WORDING, Change.NARROWED, Change.WIDENED)


@dataclass(frozen=True, slots=True)
class Release:
    """A version ready to be recorded, and what is doubtful in it."""

    fact: events.CodebookReleased
    book: Codebook
    warnings: tuple[str, ...]


def release(
    released: Codebook | None,
    draft: Codebook,
    version: str,
    changes: Mapping[str, Change] | None = None,
    notes: Mapping[str, str] | None = None,
    date: str = "",
    known_versions: Collection[str] = (),
    incomplete: bool = False,
) -> Release:
    """The draft as a version; `changes` says what a person must say, the rest is known (see `propose`).

    Codes without "when not to use it" are released only when `incomplete` is said, and the changelog names them.
    """
    version = one_line(version)
    _check(released, draft, version, known_versions)
    kinds = _kinds(released, draft, changes or {})
    open_ended = _without_exclusion(released, draft)
    if open_ended and not incomplete:
        raise NeedsConfirmation(
            f"It is not said when not to use: {listed(open_ended)}.",
            "Write it, or release the version as incomplete; the changelog will say so.",
        )
    said = tuple(CodeChange(code, kind, (notes or {}).get(code, "")) for code, kind in kinds.items())
    book = replace(
        draft, version=version, date=date, changes=said if released else (), changelog=_log(released, draft, open_ended)
    )
    book = replace(book, changelog=_signed(book, len(released.changelog) if released else 0))
    words = json.dumps(to_data(book), ensure_ascii=False, sort_keys=True)
    fact = events.CodebookReleased(
        version=version, title=book.title, codes=events.seal(words), source=events.seal("")
    )  # no file was read
    return Release(fact, book, _warnings(book))


def _check(released: Codebook | None, draft: Codebook, version: str, known: Collection[str]) -> None:
    if not version:
        raise UsageError("A released codebook needs a version.", "For instance 1.0")
    if version in known or (released is not None and version == released.version):
        raise QualbenchError(
            f"Version {version} of the codebook is released already, and a released version never changes.",
            "Give the draft another version.",
        )
    if not draft.codes:
        raise QualbenchError("The draft has no codes, so there is nothing to release.")
    if released is not None and (released.codes, released.title) == (draft.codes, draft.title):
        raise QualbenchError(f"Nothing has changed since version {released.version}, so there is nothing to release.")


def _kinds(released: Codebook | None, draft: Codebook, said: Mapping[str, Change]) -> dict[str, Change]:
    """What kind of change each changed code saw: what is known and, where it is not, what was said."""
    probable = propose(released, draft)
    if unchanged := [draft.label(code) for code in said if code not in probable]:
        raise UsageError(f"No change was made to {listed(unchanged)}, so there is none to name.")
    if unsaid := [draft.label(code) for code, kind in probable.items() if kind is None and code not in said]:
        raise NeedsConfirmation(
            f"It is not said what kind of change was made to: {listed(unsaid)}.",
            f"Say for each of them: {', '.join(_ANSWERS)}.",
        )
    for code, kind in said.items():
        if kind is not probable[code] and not _may_say(released, code, kind, probable[code]):
            raise UsageError(
                f"The change of '{draft.label(code)}' can not be called '{kind}'.",
                f"It is '{probable[code]}'." if probable[code] else f"Say one of: {', '.join(_ANSWERS)}.",
            )
    return {code: said.get(code) or kind or Change.WORDING for code, kind in probable.items()}


def _may_say(released: Codebook | None, code: str, kind: Change, probable: Change | None) -> bool:
    """Whether a person may know better: not of an end, and not of a code that no version before had."""
    if probable is Change.NEW:
        return released is not None and released.get(code) is not None and kind in _ANSWERS
    return probable in (None, Change.WORDING) and kind in _ANSWERS


def _without_exclusion(released: Codebook | None, draft: Codebook) -> list[str]:
    changed = propose(released, draft)
    return [code.label for code in applicable(draft) if code.id in changed and not code.exclude.strip()]


def _log(released: Codebook | None, draft: Codebook, open_ended: list[str]) -> tuple[str, ...]:
    """What the changelog says of this version, behind what it said before."""
    before = released.changelog if released else ()
    new = sentences(released, draft) if released else (f"First release; {len(applicable(draft))} codes.",)
    missing = [f"Released without saying when not to use: {listed(open_ended)}."] if open_ended else []
    return (*before, *new, *missing)


def _signed(book: Codebook, old: int) -> tuple[str, ...]:
    """The changelog with version and date in front of what is new in it."""
    head = f"{book.version} ({book.date})" if book.date else book.version
    return (*book.changelog[:old], *(f"{head}: {line}" for line in book.changelog[old:]))


def _warnings(book: Codebook) -> tuple[str, ...]:
    codes = applicable(book)
    bare = [code.label for code in codes if not code.examples]
    return (
        *([f"There is no example of: {listed(bare)}."] if bare else []),
        *(
            [f"There are {len(codes)} codes; about {MANY} is what a team can hold at once (MacQueen et al. 1998)."]
            if len(codes) > MANY
            else []
        ),
    )
