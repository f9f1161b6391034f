"""The templates of HTML and Markdown: built in, or a team's own; run in a sandbox, everything put in is escaped.

A template of a team can build on the built-in one: {% extends "built-in/report.html" %}.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Mapping
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from qualbench.errors import QualbenchError

if TYPE_CHECKING:
    from jinja2 import Environment

FOLDER = "templates"
"""Where a team's own templates lie in the study's folder."""
NAMES = ("report.html", "report.css", "report.md")
BUILT_IN = "built-in/"


class BadTemplate(QualbenchError):
    """A template that can not be used; says the file and the line."""

    def __init__(self, name: str, line: int, why: str) -> None:
        place = f"{FOLDER}/{name}, line {line}" if line else f"{FOLDER}/{name}"
        super().__init__(f"{place}: {why}", "Nothing was written. Without the file the built-in template is used.")


@cache
def built_in() -> Mapping[str, str]:
    """The templates that come with the program, by name: what a team's own begin from."""
    folder = resources.files("qualbench.steps.report") / FOLDER
    return {name: (folder / name).read_text(encoding="utf-8") for name in NAMES}


def rendered(
    name: str,
    own: Mapping[str, str],
    values: Mapping[str, Any],
    *,
    autoescape: bool = False,
    finalize: Callable[[Any], Any] | None = None,
    filters: Mapping[str, Callable[..., Any]] | None = None,
) -> str:
    """The template of this name with its values; a team's own goes before the built-in one."""
    environment = _environment(own, autoescape=autoescape, finalize=finalize)
    environment.filters.update(filters or {})
    try:
        return environment.get_template(name).render(values)
    except Exception as error:  # a template may fail in any way, and its author is to be told where
        raise _told(error, name, own) from error


def _environment(own: Mapping[str, str], *, autoescape: bool, finalize: Callable[[Any], Any] | None) -> Environment:
    from jinja2 import FunctionLoader, StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    def source(name: str) -> tuple[str, str, Callable[[], bool]] | None:
        plain = name.removeprefix(BUILT_IN)
        text = own.get(name) if name in own else built_in().get(plain)
        return (text, name, lambda: True) if text is not None else None

    return ImmutableSandboxedEnvironment(
        loader=FunctionLoader(source),
        autoescape=autoescape,
        finalize=finalize,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        extensions=(),
    )


def _told(error: Exception, name: str, own: Mapping[str, str]) -> Exception:
    """What a template's author has to know; a fault outside of a team's templates is the program's own."""
    from jinja2 import TemplateNotFound, TemplateSyntaxError

    if isinstance(error, TemplateSyntaxError):
        return BadTemplate(error.name or name, error.lineno, error.message or "it is not a template")
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename in own]
    if isinstance(error, TemplateNotFound):
        return BadTemplate(name, frames[-1].lineno or 0 if frames else 0, f"there is no template '{error.name}'")
    if not frames:
        return error
    return BadTemplate(frames[-1].filename, frames[-1].lineno or 0, str(error) or type(error).__name__)
