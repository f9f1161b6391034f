"""What can be said of a file on the command line before it is sealed: the options of `import`, and what they mean."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from qualbench.errors import UsageError
from qualbench.model import Role

if TYPE_CHECKING:
    from qualbench.steps.ingest import Answers, Plan

_OPTIONS: tuple[Callable[..., Any], ...] = (
    click.option("--encoding", default=None, help="How text files are encoded, where they are not UTF-8."),
    click.option("--one-speaker", is_flag=True, help="Treat each file as one person speaking."),
    click.option("--family", default="", help="How speakers are named, for instance 'Name: text'; see --dry-run."),
    click.option("--pattern", default="", help="A regular expression with a group (?P<name>...) for line beginnings."),
    click.option("--merge", multiple=True, metavar="A=B", help="Label A is speaker B, spelt otherwise. Repeat it."),
    click.option("--role", multiple=True, metavar="LABEL=ROLE", help="A speaker's role, such as Mara=interviewer."),
    click.option("--not-speaker", multiple=True, metavar="LABEL", help="A label that names nobody. Repeat it."),
    click.option("--speaker", multiple=True, metavar="LABEL", help="A label that does name somebody. Repeat it."),
    click.option("--front-matter", multiple=True, metavar="1-12", help="Lines that are nobody's speech. Repeat it."),
    click.option("--tier", multiple=True, metavar="ID", help="A tier of an ELAN file that is speech. Repeat it."),
    click.option("--per", type=click.Choice(["respondent", "question"]), help="A survey: one document for each."),
    click.option("--text-column", multiple=True, metavar="NAME", help="A survey's column of answers. Repeat it."),
    click.option("--id-column", default="", metavar="NAME", help="A survey's column that says who answers."),
    click.option("--attribute-column", multiple=True, metavar="NAME", help="What is known of respondents. Repeat it."),
    click.option("--sheet", default="", help="The sheet of a workbook; the first one with rows otherwise."),
)


def answer_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Every option that answers a question about a file."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def answers_of(said: dict[str, Any], before: Answers) -> Answers:
    """The answers that options give; what they leave open stays as it was before, in a profile for instance."""
    given: dict[str, Any] = {
        "encoding": said["encoding"],
        "one_speaker": said["one_speaker"],
        "family": said["family"],
        "pattern": said["pattern"],
        "merge": {**before.merge, **_pairs("--merge", said["merge"])},
        "roles": {**before.roles, **_roles(said["role"])},
        "not_speakers": said["not_speaker"],
        "speakers": said["speaker"],
        "front_matter": tuple(_lines(one) for one in said["front_matter"]),
        "tiers": said["tier"],
        "survey": _plan(said),
    }
    if said["family"] or said["pattern"]:
        before = replace(before, family="", pattern="")
    return replace(before, **{name: value for name, value in given.items() if value})


def _pairs(option: str, said: Sequence[str]) -> dict[str, str]:
    found = {}
    for one in said:
        left, equals, right = one.partition("=")
        if not (equals and left.strip() and right.strip()):
            raise UsageError(f"{option} '{one}' does not say two things.", f"Write it as {option} 'this=that'.")
        found[left.strip()] = right.strip()
    return found


def _roles(said: Sequence[str]) -> dict[str, Role]:
    found = {}
    for label, role in _pairs("--role", said).items():
        if role not in set(Role):
            raise UsageError(f"'{role}' is not a role.", f"Roles are: {', '.join(Role)}.")
        found[label] = Role(role)
    return found


def _lines(said: str) -> tuple[int, int]:
    match = re.fullmatch(r"\s*(\d{1,9})(?:\s*-\s*(\d{1,9}))?\s*", said)
    if match is None:
        raise UsageError(f"'{said}' is no range of lines.", "Write it as 1-12.")
    return int(match[1]), int(match[2] or match[1])


def _plan(said: dict[str, Any]) -> Plan | None:
    from qualbench.steps.ingest import Plan

    if said["per"] is None:
        if said["text_column"] or said["id_column"] or said["attribute_column"] or said["sheet"]:
            raise UsageError("Columns are those of a survey.", "Say --per respondent or --per question with them.")
        return None
    return Plan(said["per"], said["text_column"], said["id_column"], said["attribute_column"], said["sheet"])
