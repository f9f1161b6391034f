"""A bundle made ready to be written: nothing refers to what is not there, and names suit the program that reads."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from qualbench.steps.interchange.refi.bundle import Bundle, Case, Code, Coding, Kind, Note, On, Set, Variable
from qualbench.steps.interchange.refi.losses import Losses, Lost, Target
from qualbench.steps.interchange.refi.names import unique
from qualbench.steps.interchange.refi.times import stamp
from qualbench.steps.interchange.refi.values import fits
from qualbench.text import canonical

DAWN = "1980-01-01T00:00:00Z"
"""When a study was made that does not say it; zip files know no earlier day."""
_COLOUR = re.compile(r"#(?:[0-9A-Fa-f]{6}|[0-9A-Fa-f]{3})")


def prepared(bundle: Bundle, target: Target, losses: Losses) -> Bundle:
    """The bundle as it can be written for a program; what is changed or left out is counted."""
    made = replace(bundle, created=stamp(bundle.created) or DAWN, codes=_codes(bundle.codes, losses))
    if target is Target.QUALCODER:
        made = _with_unique_names(made, losses)
    made = replace(made, codings=_codings(made, losses))
    made = replace(made, variables=_variables(made, losses), cases=_cases(made, losses))
    made = replace(made, notes=_notes(made, losses))
    return replace(made, sets=_sets(made, losses))


def _codes(codes: Sequence[Code], losses: Losses) -> tuple[Code, ...]:
    """The codes with parents that are there and lead to the top, and with colours that are colours."""
    by_id = {code.id: code for code in codes}
    made = []
    for code in codes:
        if code.parent and not _reaches_top(code, by_id):
            losses.add(Lost.LOOSE_CODES)
            code = replace(code, parent="")
        if code.colour and not _COLOUR.fullmatch(code.colour):
            losses.add(Lost.COLOURS)
            code = replace(code, colour="")
        made.append(code)
    return tuple(made)


def _reaches_top(code: Code, by_id: dict[str, Code]) -> bool:
    seen = {code.id}
    while code.parent:
        if code.parent in seen or code.parent not in by_id:
            return False
        seen.add(code.parent)
        code = by_id[code.parent]
    return True


def _with_unique_names(bundle: Bundle, losses: Losses) -> Bundle:
    """Codes of one name are called by their parents too, as in "parent / name"; texts and coders get numbers."""
    by_id = {code.id: code for code in bundle.codes}
    often = Counter(code.name for code in bundle.codes)
    wanted = [
        f"{by_id[code.parent].name} / {code.name}" if code.parent and often[code.name] > 1 else code.name
        for code in bundle.codes
    ]
    codes = unique(wanted)
    sources = unique([source.name for source in bundle.sources])
    users = unique([user.name for user in bundle.users])
    losses.add(Lost.CODES, sum(code.name != name for code, name in zip(bundle.codes, codes, strict=True)))
    losses.add(Lost.SOURCES, sum(source.name != name for source, name in zip(bundle.sources, sources, strict=True)))
    losses.add(Lost.USERS, sum(user.name != name for user, name in zip(bundle.users, users, strict=True)))
    return replace(
        bundle,
        codes=tuple(replace(code, name=name) for code, name in zip(bundle.codes, codes, strict=True)),
        sources=tuple(replace(source, name=name) for source, name in zip(bundle.sources, sources, strict=True)),
        users=tuple(replace(user, name=name) for user, name in zip(bundle.users, users, strict=True)),
    )


def _codings(bundle: Bundle, losses: Losses) -> tuple[Coding, ...]:
    lengths = {source.id: len(source.text) for source in bundle.sources}
    users, codes = {user.id for user in bundle.users}, {code.id for code in bundle.codes}
    kept = []
    for coding in bundle.codings:
        if coding.source not in lengths or coding.user not in users or coding.code not in codes:
            losses.add(Lost.LOOSE_CODINGS)
        elif not 0 <= coding.start < coding.end <= lengths[coding.source]:
            losses.add(Lost.OUTSIDE)
        else:
            kept.append(coding)
    return tuple(kept)


def _variables(bundle: Bundle, losses: Losses) -> tuple[Variable, ...]:
    """The variables that are there or used; one whose values do not all fit its kind becomes text."""
    known = {variable.name: variable for variable in bundle.variables}
    values: dict[str, list[str]] = {name: [] for name in known}
    for case in bundle.cases:
        for name, value in case.values:
            values.setdefault(name, []).append(value)
    made = []
    for name, held in values.items():
        variable = known.get(name, Variable(name))
        if not all(fits(variable.kind, value) for value in held if value):
            losses.add(Lost.TYPES)
            variable = replace(variable, kind=Kind.TEXT)
        made.append(variable)
    return tuple(made)


def _cases(bundle: Bundle, losses: Losses) -> tuple[Case, ...]:
    sources = {source.id for source in bundle.sources}
    return tuple(
        replace(
            case,
            values=tuple((name, value) for name, value in case.values if value),
            sources=_members(case.sources, sources, losses),
        )
        for case in bundle.cases
    )


def _members(ids: Sequence[str], there: set[str], losses: Losses) -> tuple[str, ...]:
    kept = tuple(dict.fromkeys(id_ for id_ in ids if id_ in there))
    losses.add(Lost.LOOSE_MEMBERS, len(set(ids) - there))
    return kept


def _notes(bundle: Bundle, losses: Losses) -> tuple[Note, ...]:
    """The notes that are on something, with unique titles and times, as programs stop at notes without them."""
    lengths = {source.id: len(source.text) for source in bundle.sources}
    there = {
        On.SOURCE: set(lengths), On.PLACE: set(lengths), On.CODE: {code.id for code in bundle.codes},
        On.CODING: {coding.id for coding in bundle.codings}, On.CASE: {case.id for case in bundle.cases},
    }  # fmt: skip
    kept = []
    for note in bundle.notes:
        if note.on is not On.STUDY and note.about not in there[note.on]:
            losses.add(Lost.LOOSE_NOTES)
        elif note.on is On.PLACE and not 0 <= note.start < note.end <= lengths[note.about]:
            losses.add(Lost.OUTSIDE)
        else:
            losses.add(Lost.UNDATED, not stamp(note.at))
            kept.append(replace(note, text=canonical(note.text), at=stamp(note.at) or bundle.created))
    asked = [note.title or f"Memo {n}" for n, note in enumerate(kept, 1)]
    titles = unique(asked)
    losses.add(Lost.TITLES, sum(note.title not in ("", title) for note, title in zip(kept, titles, strict=True)))
    return tuple(replace(note, title=title) for note, title in zip(kept, titles, strict=True))


def _sets(bundle: Bundle, losses: Losses) -> tuple[Set, ...]:
    codes, sources = {code.id for code in bundle.codes}, {source.id for source in bundle.sources}
    notes = {note.id for note in bundle.notes}
    return tuple(
        replace(
            one,
            codes=_members(one.codes, codes, losses),
            sources=_members(one.sources, sources, losses),
            notes=_members(one.notes, notes, losses),
        )
        for one in bundle.sets
    )
