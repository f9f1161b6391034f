"""How the verbs of consensual qualitative research are told what is meant: cases, domains, ids cut short."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Protocol, TypeVar

import click

from qualbench.errors import QualbenchError, UsageError
from qualbench.project import Project
from qualbench.text import folded

SHORT = 8
"""So many characters of the end of an id name it in tables; any longer end does too."""


class Inner(click.Group):
    """A verb under a verb that lists when no other verb follows it."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Options belong to the verb that follows, if one does."""
        ctx.allow_interspersed_args = not (args and args[0] in self.commands)
        return super().parse_args(ctx, args)


class HasId(Protocol):
    """Whatever has an id."""

    @property
    def id(self) -> str:
        """The id."""


T = TypeVar("T", bound=HasId)


def named(those: Iterable[T], id_: str, what: str) -> T:
    """The one with this id, or the only one whose id ends so."""
    wanted = id_.strip().casefold()
    found = [one for one in those if wanted and one.id.endswith(wanted)]
    exact = [one for one in found if one.id == wanted] or found
    if len(exact) == 1:
        return exact[0]
    if exact:
        raise UsageError(f"Several have an id that ends in '{id_}'.", "Write more of it.")
    raise QualbenchError(f"There is no {what} '{id_}' that you may read.", "List them to see their ids.")


def ids(those: Iterable[T], short: Iterable[str], what: str) -> list[str]:
    """The same for several ids."""
    every = tuple(those)
    return [named(every, one, what).id for one in short]


def case_id(project: Project, name: str) -> str:
    """A case by its label or id."""
    return project.case(name).id if name else ""


def domain_id(project: Project, name: str) -> str:
    """A domain by its id or label."""
    if not name:
        return ""
    domains = project.domains()
    for one in domains:
        if name == one.id or folded(name) == folded(one.label):
            return one.id
    known = ", ".join(one.label for one in domains)
    raise QualbenchError(f"There is no domain called '{name}'.", f"Known are: {known or 'none yet'}")


def about_id(project: Project, name: str) -> str:
    """A case or a domain by its label or id."""
    for one in project.cases():
        if name in (one.id, one.label):
            return one.id
    return domain_id(project, name)


def domain_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """`--domain`, only what is in one."""
    return click.option("--domain", default="", metavar="NAME", help="Only those in this domain.")(command)


def agreed_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """`--agreed`, the team's own."""
    return click.option("--agreed", is_flag=True, help="The team's instead of the judges'.")(command)


def anew_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """`--anew`, in place of one that is there."""
    return click.option("--anew", default="", metavar="ID", help="In place of the one with this id.")(command)


def nothing_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """`--nothing`, handing in that there is nothing."""
    return click.option("--nothing", is_flag=True, help="There is none, and that is what is handed in.")(command)
