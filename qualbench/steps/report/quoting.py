"""Whose words a quote is: the label a report gives a participant, in a pattern that a team may choose."""

import re
from collections.abc import Iterable, Mapping, Sequence

from qualbench.errors import UsageError
from qualbench.text import folded

FIELDS: Mapping[str, str] = {
    "label": "what a report calls the participant",
    "attributes": "the chosen attributes, with commas",
    "transcript": "the transcript's name",
    "line": "the line of the transcript",
    "use": "what the quote is for, where somebody said it",
}
"""What a pattern can ask for beside the attributes of the study."""
_FIELD = re.compile(r"\{([^{}]*)\}")
_EMPTY = "\x00"
_SEPARATORS = " \u00a0,;:·/|–-"


class UnknownField(UsageError):
    """A quote label asks for something that a study does not have."""

    def __init__(self, asked: Sequence[str], known: Sequence[str]) -> None:
        names = " and ".join(f"'{one}'" for one in asked)
        what = "which is no attribute" if len(asked) == 1 else "which are no attributes"
        super().__init__(
            f"The label of quotes asks for {names}, {what} of this study.", f"It can ask for: {', '.join(known)}"
        )


def fields(pattern: str) -> tuple[str, ...]:
    """What a pattern asks for, in its order."""
    return tuple(dict.fromkeys(name.strip() for name in _FIELD.findall(pattern)))


def check(pattern: str, attributes: Iterable[str]) -> None:
    """Refuse a pattern that asks for what the study does not have; case and accents do not matter."""
    known = [*FIELDS, *attributes]
    names = {folded(name) for name in known}
    unknown = [name for name in fields(pattern) if folded(name) not in names]
    if unknown:
        raise UnknownField(unknown, known)


def filled(pattern: str, values: Mapping[str, str]) -> str:
    """The pattern with its values; a field without a value takes a separator along, the one before it if it can.

    >>> filled("({label}, {gender}, {age})", {"label": "P07", "gender": "", "age": "34"})
    '(P07, 34)'
    """
    known = {folded(name): value for name, value in values.items()}
    said = _FIELD.sub(lambda match: known.get(folded(match[1]), "") or _EMPTY, pattern.replace(_EMPTY, ""))
    whole, *rest = said.split(_EMPTY)
    for part in rest:
        has_words = any(character.isalnum() for character in whole)
        whole = whole.rstrip(_SEPARATORS) + part if has_words else whole + part.lstrip(_SEPARATORS)
    return whole.replace("()", "").strip()
