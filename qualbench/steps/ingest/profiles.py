"""Import profiles: answers that a person confirmed for one file, to be used for others of the same making.

A file that is not as expected is no error: it stops for a person to look at, with a sentence for each way it departs.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, get_args

from qualbench.model import Role
from qualbench.steps.ingest import answers as said
from qualbench.steps.ingest.answers import Answers, BadAnswer
from qualbench.steps.ingest.draft import Draft
from qualbench.steps.ingest.labels import fold
from qualbench.steps.ingest.patterns import BadPattern
from qualbench.steps.ingest.plan import PER
from qualbench.steps.ingest.roles import asker, known_role
from qualbench.steps.ingest.spelling import pattern_of

_LESS = 0.5
"""Share of the coverage there was, below which a file departs."""
_NAMED = 5
"""Labels that a sentence names; the rest are counted."""
_QUOTED = re.compile(r"(?<!\w)'[^']*'(?!\w)|\([^()]*\)|\d+")


@dataclass(frozen=True, slots=True)
class Profile:
    """Confirmed answers, and what the file was like for which they were confirmed."""

    name: str
    answers: Answers
    """With the role of every speaker there was."""
    reader: str
    family: str
    labels: tuple[str, ...]
    """The speakers there were; they may be people's names."""
    patterns: tuple[str, ...]
    """The shapes of numbered labels, such as "p#" or "speaker #"."""
    coverage: float
    """Share of the lines that began with a label, 0 to 1."""
    warnings: tuple[str, ...]
    """The kinds of warnings there were."""
    asker: str = ""
    """The speaker who clearly asked the questions, where no label says who is the interviewer."""


def profile_of(name: str, draft: Draft, answers: Answers) -> Profile:
    """The profile that a confirmed draft makes, with the answers that it was read by."""
    labels = tuple(speaker.label for speaker in draft.speakers)
    roles = {speaker.label: speaker.role for speaker in draft.speakers}
    return Profile(
        name=name,
        answers=replace(answers, roles={**answers.roles, **roles}),
        reader=draft.reader,
        family=draft.family,
        labels=labels,
        patterns=tuple(dict.fromkeys(pattern for label in labels if "#" in (pattern := pattern_of(label)))),
        coverage=draft.coverage,
        warnings=tuple(dict.fromkeys(_kind(warning.message) for warning in draft.warnings)),
        asker=_asker(draft),
    )


def departures(draft: Draft, profile: Profile) -> tuple[str, ...]:
    """How a file, read by the profile's answers, is not as expected; empty when it is."""
    return (*_other_kind(draft, profile), *_other_speakers(draft, profile), *_other_warnings(draft, profile))


def _other_kind(draft: Draft, profile: Profile) -> Iterator[str]:
    if draft.reader != profile.reader:
        yield f"It is read as {draft.reader}, and the profile is of {profile.reader} files."
    if draft.family != profile.family:
        found, expected = draft.family or "none", profile.family or "none"
        yield f"Its labels are of another family: '{found}', not '{expected}'."
    if draft.coverage < _LESS * profile.coverage:
        yield f"{draft.coverage:.0%} of its lines begin with a label, and {profile.coverage:.0%} are expected."


def _other_speakers(draft: Draft, profile: Profile) -> Iterator[str]:
    known = {fold(label) for label in profile.labels}
    roles = {fold(label): role for label, role in profile.answers.roles.items()}
    labels = [speaker.label for speaker in draft.speakers]
    new = [label for label in labels if fold(label) not in known and pattern_of(label) not in profile.patterns]
    if new:
        yield f"The profile does not know {_names(new)}."
    without = [label for label in labels if fold(label) not in roles and known_role(label) is None]
    if without:
        yield f"Nobody said which role is that of {_names(without)}."
    asking = _asker(draft)
    if asking and fold(asking) != fold(profile.asker) and roles.get(fold(asking)) not in (None, Role.INTERVIEWER):
        yield f"'{asking}' asks most of the questions, and is no interviewer in the profile."


def _asker(draft: Draft) -> str:
    index = asker([speaker.label for speaker in draft.speakers], draft.text, draft.turns)
    return draft.speakers[index].label if index >= 0 else ""


def _other_warnings(draft: Draft, profile: Profile) -> Iterator[str]:
    known = set(profile.warnings)
    for warning in draft.warnings:
        kind = _kind(warning.message)
        if kind not in known:
            known.add(kind)
            yield f"A warning that is new here: {warning.message.rstrip('.')}."


def _names(labels: list[str]) -> str:
    more = len(labels) - _NAMED
    shown = ", ".join(f"'{label}'" for label in labels[:_NAMED])
    return f"{shown} and {more} more" if more > 0 else shown


def _kind(message: str) -> str:
    """A warning without its numbers, names and plurals, up to the colon after which it goes into detail.

    >>> _kind("3 tracked insertions: kept, as if accepted") == _kind("1 tracked insertion: kept, as if accepted")
    True
    """
    words = _QUOTED.sub(" ", message.casefold()).partition(":")[0].split()
    return " ".join(word.rstrip("s").rstrip("e") for word in words if word not in ("is", "are", "and", "or"))


# --- as data ---------------------------------------------------------------------------------------------------


def to_data(profile: Profile) -> dict[str, Any]:
    """The profile ready for JSON; its labels may be people's names, so who stores it seals it."""
    return {
        "name": profile.name,
        "answers": said.to_data(profile.answers),
        "reader": profile.reader,
        "family": profile.family,
        "labels": list(profile.labels),
        "patterns": list(profile.patterns),
        "coverage": profile.coverage,
        "warnings": list(profile.warnings),
        "asker": profile.asker,
    }


def from_data(data: Mapping[str, Any]) -> Profile:
    """The profile that `to_data` wrote; keys that this program does not know are left aside."""
    return Profile(
        name=data["name"],
        answers=said.from_data(data["answers"]),
        reader=data["reader"],
        family=data["family"],
        labels=tuple(data["labels"]),
        patterns=tuple(data["patterns"]),
        coverage=data["coverage"],
        warnings=tuple(data["warnings"]),
        asker=data.get("asker", ""),
    )


def kept(words: str) -> Profile | None:
    """The profile that was kept as these words; None where they were withdrawn, or say none that could be used."""
    try:
        profile = from_data(json.loads(words))
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError, BadAnswer, BadPattern):
        return None
    return profile if _is_sound(profile) else None


def _is_sound(profile: Profile) -> bool:
    """Whether everything is of its type; a study that was sent may hold anything."""
    said_, plan = profile.answers, profile.answers.survey
    texts = [
        *(profile.name, profile.reader, profile.family, profile.asker, said_.family, said_.pattern),
        *(*profile.labels, *profile.patterns, *profile.warnings),
        *(*said_.merge, *said_.merge.values(), *said_.roles, *said_.not_speakers, *said_.speakers, *said_.tiers),
    ]
    if plan is not None:
        texts += [plan.per, plan.id_column, plan.sheet, *plan.text_columns, *plan.attribute_columns]
    numbers = [number for lines in said_.front_matter for number in lines]
    return (
        all(isinstance(one, str) for one in texts)
        and all(type(one) is int for one in numbers)
        and isinstance(profile.coverage, int | float)
        and isinstance(said_.one_speaker, bool)
        and isinstance(said_.encoding, str | None)
        and (plan is None or plan.per in get_args(PER))
    )
