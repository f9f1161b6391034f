"""What a person says about a file before it is sealed; what nobody says is taken as the reader finds it.

Answers say who speaks and where turns begin. The words stay as they are in the file: a label that is merged into
another one is still spelt there as it was.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from qualbench.errors import UsageError
from qualbench.model import Role
from qualbench.steps.ingest.labels import FAMILIES, fold
from qualbench.steps.ingest.patterns import checked
from qualbench.steps.ingest.plan import Plan

Lines = tuple[int, int]
"""The first and the last line of a range; 1-based, both inside."""


class BadAnswer(UsageError):
    """An answer that no file could be read by."""


@dataclass(frozen=True, slots=True)
class Answers:
    """Everything a person can say about a file; labels are compared without case, blanks and marks around them."""

    encoding: str | None = None
    """Of a text file; None for its byte-order mark, else strict UTF-8."""
    one_speaker: bool = False
    """All of it is one person's speech, whatever labels it has."""
    family: str = ""
    """One of the families of labels; empty for the one that is found."""
    pattern: str = ""
    """A regular expression for the beginning of a line, with a group `name` and perhaps one called `time`."""
    merge: Mapping[str, str] = field(default_factory=dict)
    """Labels, and the one that each becomes."""
    roles: Mapping[str, Role] = field(default_factory=dict)
    """By the label after merging."""
    not_speakers: tuple[str, ...] = ()
    """Labels that name nobody: they and what follows them are words of the turn above."""
    speakers: tuple[str, ...] = ()
    """Labels that do name somebody, such as one that is used once, or Q and A."""
    front_matter: tuple[Lines, ...] = ()
    """Lines of the text that are nobody's speech, besides those that are found."""
    tiers: tuple[str, ...] = ()
    """Ids of the tiers that are speech, for files that have tiers; empty for a guess."""
    survey: Plan | None = None
    """How a table becomes documents, for `read_survey`."""

    def __post_init__(self) -> None:
        if self.family and self.family not in FAMILIES:
            raise BadAnswer(f"There is no family of labels called '{self.family}'.", f"Known are: {_quoted(FAMILIES)}.")
        if self.family and self.pattern:
            raise BadAnswer("A family of labels and a pattern can not both say who speaks.", "Give one of the two.")
        if self.pattern:
            checked(self.pattern)
        for first, last in self.front_matter:
            if not 1 <= first <= last:
                raise BadAnswer(f"Lines {first} to {last} are no range of lines.", "The first line is line 1.")
        if not all(fold(label) for label in (*self.merge.values(), *self.speakers)):
            raise BadAnswer("A speaker's label can not be empty.")
        self.merged()

    @property
    def finds(self) -> bool:
        """Whether anything is said of how labels are found in the lines."""
        return bool(self.family or self.pattern or self.speakers or self.front_matter)

    def merged(self) -> Mapping[str, str]:
        """For each folded label that is merged the one it becomes in the end; raises BadAnswer for a circle."""
        direct = {fold(label): target for label, target in self.merge.items() if fold(label) != fold(target)}
        final = {}
        for label, step in direct.items():
            target = step
            for _ in direct:
                target = direct.get(fold(target), target)
            if fold(target) in direct:
                raise BadAnswer(f"'{step}' would be merged into itself in the end.", "Say which label is to stay.")
            final[label] = target
        return final

    def outside(self, lines: Sequence[str]) -> list[str]:
        """The lines with those blanked that are nobody's speech, so that no label is found there."""
        shown = list(lines)
        for first, last in self.front_matter:
            for index in range(first - 1, min(last, len(shown))):
                shown[index] = ""
        return shown


AS_FOUND = Answers()
"""Nothing said."""


def to_data(answers: Answers) -> dict[str, Any]:
    """What was said, ready for JSON; it may hold people's names."""
    said = {key: value for key, value in asdict(answers).items() if value not in (None, False, "", (), {})}
    data: dict[str, Any] = json.loads(json.dumps(said))
    return data


def from_data(data: Mapping[str, Any]) -> Answers:
    """The answers that `to_data` wrote; raises BadAnswer, and leaves aside what this program does not know."""
    plan = data.get("survey")
    return Answers(
        encoding=data.get("encoding"),
        one_speaker=data.get("one_speaker", False),
        family=data.get("family", ""),
        pattern=data.get("pattern", ""),
        merge=dict(data.get("merge", {})),
        roles={label: Role(role) for label, role in data.get("roles", {}).items()},
        not_speakers=tuple(data.get("not_speakers", ())),
        speakers=tuple(data.get("speakers", ())),
        front_matter=tuple((first, last) for first, last in data.get("front_matter", ())),
        tiers=tuple(data.get("tiers", ())),
        survey=_plan_from(plan) if plan else None,
    )


def _plan_from(data: Mapping[str, Any]) -> Plan:
    return Plan(
        per=data["per"],
        text_columns=tuple(data["text_columns"]),
        id_column=data.get("id_column", ""),
        attribute_columns=tuple(data.get("attribute_columns", ())),
        sheet=data.get("sheet", ""),
    )


def _quoted(names: tuple[str, ...]) -> str:
    return ", ".join(f"'{name}'" for name in names)
