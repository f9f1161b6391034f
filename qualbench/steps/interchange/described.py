"""What Qualbench writes into descriptions where a format has no place for it: read by people, and taken back exactly.

Names stand in quotes as in JSON, so that a quote or a line end in one of them is no trouble.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from qualbench.model import MEMO_KINDS, Role, Speaker

_QUOTED = r'"(?:[^"\\]|\\.)*"'
_SPEAKER = re.compile(rf"Speaker ({_QUOTED}): ({'|'.join(Role)})(?: ({_QUOTED}))?")
_CODED = re.compile(rf"Coded (in part )?by ({_QUOTED})")
_KIND = re.compile(r"Kind: ([a-z]+)(?: of (.+))?")
_NUMBER = re.compile(r" \([0-9]+\)\Z")


@dataclass(frozen=True, slots=True)
class OfText:
    """What the description of a text says."""

    speakers: Mapping[str, tuple[Role, str]] = field(default_factory=dict)
    """By label: the role, and which participant it is."""
    coders: Mapping[str, bool] = field(default_factory=dict)
    """By name: whether all of the text was read."""


def of_text(speakers: Sequence[Speaker], coders: Mapping[str, bool]) -> str:
    """The description of a text: who speaks in it and who has coded it, all of it or a part.

    >>> print(of_text([Speaker("I", Role.INTERVIEWER), Speaker("Mara", Role.PARTICIPANT, "P7")], {"ana": True}))
    Speaker "I": interviewer
    Speaker "Mara": participant "P7"
    Coded by "ana"
    """
    lines = []
    for one in speakers:
        who = f" {_quoted(one.participant)}" if one.participant else ""
        lines.append(f"Speaker {_quoted(one.label)}: {one.role}{who}")
    lines += [f"Coded {'' if whole else 'in part '}by {_quoted(name)}" for name, whole in coders.items()]
    return "\n".join(lines)


def text_of(description: str) -> OfText:
    """What `of_text` wrote; lines that say something else are passed over."""
    speakers: dict[str, tuple[Role, str]] = {}
    coders: dict[str, bool] = {}
    for line in description.split("\n"):
        if said := _SPEAKER.fullmatch(line):
            speakers[_plain(said[1])] = Role(said[2]), _plain(said[3] or '""')
        elif coded := _CODED.fullmatch(line):
            coders[_plain(coded[2])] = not coded[1]
    return OfText(speakers, coders)


def of_attribute(kind: str, choices: Sequence[str]) -> str:
    """The description of an attribute: what kind of values it has.

    >>> of_attribute("choice", ["north", "south"])
    'Kind: choice of "north", "south"'
    """
    return f"Kind: {kind}{' of ' * bool(choices)}{', '.join(map(_quoted, choices))}"


def attribute_of(description: str) -> tuple[str, tuple[str, ...]]:
    """The kind and the choices that `of_attribute` wrote; nothing where it did not write them.

    >>> attribute_of('Kind: choice of "north", "south"'), attribute_of("Where they live")
    (('choice', ('north', 'south')), ('', ()))
    """
    said = _KIND.fullmatch(description)
    try:
        choices = json.loads(f"[{said[2] or ''}]") if said else []
    except ValueError:
        return "", ()
    return (said[1], tuple(map(str, choices))) if said else ("", ())


def title_of(kind: str) -> str:
    """What a memo of a kind is called; a plain memo has no title."""
    return MEMO_KINDS[kind] if kind else ""


def kind_of(title: str) -> str:
    """The kind of memo that a title says, numbered or not.

    >>> kind_of("memo on method (2)"), kind_of("Memo 3")
    ('method', '')
    """
    plain = _NUMBER.sub("", title)
    return next((kind for kind, called in MEMO_KINDS.items() if kind and called == plain), "")


def _quoted(words: str) -> str:
    return json.dumps(words, ensure_ascii=False)


def _plain(quoted: str) -> str:
    try:
        return str(json.loads(quoted))
    except ValueError:
        return quoted
