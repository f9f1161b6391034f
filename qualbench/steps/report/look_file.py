"""The `[report]` table of a study's settings: read into a look, each fault with its line."""

import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from qualbench.errors import Problem, QualbenchError
from qualbench.steps.report.look import ROLES, Decimal, Look
from qualbench.steps.report.words import NAMES

SETTINGS = "qualbench.toml"
"""The name of the file in a study's folder."""
TABLE = "report"
_AT = re.compile(r"\(at line (\d+), column \d+\)|\(at end of document\)")


class BadLook(QualbenchError):
    """Settings of a report that do not fit; says the file and the lines."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, problems)), "Nothing was written.")


class _Fault(ValueError):
    """Why a value does not fit, in a sentence."""


def look(text: str, path: str = SETTINGS) -> tuple[Look, tuple[Problem, ...]]:
    """The look that a settings file asks for, and everything in it that does not fit; what fits is kept."""
    try:
        table = tomllib.loads(text).get(TABLE, {})
    except tomllib.TOMLDecodeError as error:
        return Look(), (_unreadable(error, text, path),)
    except (ValueError, RecursionError):
        return Look(), (Problem(path, 0, "it is nested too deeply, or holds a number that is too long"),)
    if not isinstance(table, dict):
        return Look(), (Problem(path, _line(text, TABLE, ""), "'report' must be a table: [report]"),)
    made, problems = Look(), []
    for key, value in table.items():
        try:
            made = replace(made, **_read(key, value))
        except _Fault as fault:
            problems.append(Problem(path, _line(text, key), str(fault)))
    return made, tuple(problems)


def _unreadable(error: tomllib.TOMLDecodeError, text: str, path: str) -> Problem:
    found = _AT.search(str(error))
    at = int(found[1]) if found and found[1] else text.count("\n") + 1
    return Problem(path, at, f"this is not TOML: {_AT.sub('', str(error)).strip()}")


def _line(text: str, key: str, table: str = TABLE) -> int:
    """The line on which a key stands in its table, 1-based; the table's own line when it is written otherwise."""
    inside, of_table = not table, 0
    for number, line in enumerate(text.split("\n"), 1):
        stripped = line.strip()
        if stripped.startswith("["):
            name = stripped.strip("[] ")
            inside = name == table
            of_table = number if not of_table and name.split(".")[0] == TABLE else of_table
            if name == f"{table}.{key}":
                return number
        elif inside and re.match(rf"""["']?{re.escape(key)}["']?\s*[=.]""", stripped):
            return number
    return of_table


# --- values ----------------------------------------------------------------------------------------------------


def _read(key: str, value: Any) -> dict[str, Any]:
    """The field of a look that a key sets."""
    reader = _READERS.get(key)
    if reader is None:
        raise _Fault(f"there is no setting '{key}' of a report; known are: {', '.join(_READERS)}")
    return reader(value)


def _text(key: str, value: Any) -> str:
    if not isinstance(value, str):
        raise _Fault(f"'{key}' must be text in quotes")
    return value


def _language(value: Any) -> dict[str, Any]:
    asked = _text("language", value).strip().casefold()
    for one, name in NAMES.items():
        if asked in (str(one), name.casefold()):
            return {"language": one}
    known = ", ".join(f"{one} ({name})" for one, name in NAMES.items())
    raise _Fault(f"a report can not be in '{value}'; known are: {known}")


def _decimal(value: Any) -> dict[str, Any]:
    asked = _text("decimal", value).strip().casefold()
    if asked not in set(Decimal):
        raise _Fault(f"decimals can not be written with '{value}'; known are: {', '.join(Decimal)}")
    return {"decimal": Decimal(asked)}


def _label(value: Any) -> dict[str, Any]:
    pattern = _text("quote_label", value)
    if pattern.count("{") != pattern.count("}") or "{}" in pattern:
        raise _Fault("'quote_label' has a brace without its other half, or with nothing in it")
    return {"quote_label": pattern}


def _attributes(value: Any) -> dict[str, Any]:
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise _Fault("""'attributes' must be a list of names: ["gender", "age"]""")
    return {"attributes": tuple(value)}


def _yielded(value: Any) -> dict[str, Any]:
    if not isinstance(value, bool):
        raise _Fault("'yielded' must be true or false")
    return {"yielded": value}


def _template(value: Any) -> dict[str, Any]:
    name = _text("template", value).replace("\\", "/")
    parts = name.split("/")
    if not name or name.startswith("/") or ".." in parts or ":" in parts[0]:
        raise _Fault("'template' must be a file inside the study's folder")
    return {"template_name": name}


def _styles(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise _Fault("'styles' must be a table: [report.styles]")
    for role, name in value.items():
        if role not in ROLES:
            raise _Fault(f"a report has no style '{role}'; known are: {', '.join(ROLES)}")
        _text(f"styles.{role}", name)
    return {"styles": dict(value)}


_READERS: Mapping[str, Callable[[Any], dict[str, Any]]] = {
    "language": _language,
    "decimal": _decimal,
    "quote_label": _label,
    "attributes": _attributes,
    "yielded": _yielded,
    "template": _template,
    "styles": _styles,
}
