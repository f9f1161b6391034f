"""Codes as they stand in a file, one after the other with their lines: do they make one tree, and in which order?"""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from qualbench.errors import Problem
from qualbench.model import Code, Codebook
from qualbench.steps.codebook.codes import applicable
from qualbench.text import counted

Rows = Sequence[tuple[int, Code]]
"""Line of the file, and the code that begins there."""


class Said:
    """What was found wrong in one file."""

    __slots__ = ("errors", "name", "warnings")

    def __init__(self, name: str) -> None:
        self.name = name
        self.errors: list[Problem] = []
        self.warnings: list[Problem] = []

    def error(self, line: int, message: str) -> None:
        """Something for which the file can not be taken."""
        self.errors.append(Problem(self.name, line, message))

    def warn(self, line: int, message: str) -> None:
        """Something that a person should know."""
        self.warnings.append(Problem(self.name, line, message))


def check_tree(rows: Rows, said: Said) -> None:
    """Says which ids are taken twice, which parents do not exist and which go round in a circle."""
    first: dict[str, int] = {}
    for line, code in rows:
        key = code.id.casefold()
        if key in first:
            said.error(line, f"the id {code.id} is taken already, in line {first[key]}.")
        elif key:
            first[key] = line
    lines = {code.id: line for line, code in rows}
    for line, code in rows:
        if code.parent and code.parent not in lines:
            said.error(line, f"the code {code.id} names a parent that does not exist: {code.parent}.")
    for loop in _loops({code.id: code.parent for _, code in rows if code.id}):
        said.error(lines[loop[0]], f"parents go round in a circle: {' > '.join([*loop, loop[0]])}.")


def _loops(parents: Mapping[str, str]) -> list[list[str]]:
    """The circles among parents, each once."""
    loops: list[list[str]] = []
    done: set[str] = set()
    for start in parents:
        trail: dict[str, None] = {}
        at = start
        while at in parents and at not in done and at not in trail:
            trail[at] = None
            at = parents[at]
        if at in trail:
            walked = list(trail)
            loops.append(walked[walked.index(at) :])
        done.update(trail)
    return loops


def in_reading_order(codes: Sequence[Code]) -> tuple[Code, ...]:
    """Parents before their children, and otherwise as they stand in the file."""
    children: defaultdict[str, list[Code]] = defaultdict(list)
    for code in codes:
        children[code.parent].append(code)
    ordered: list[Code] = []
    waiting = children[""][::-1]
    while waiting:
        code = waiting.pop()
        ordered.append(code)
        waiting.extend(reversed(children[code.id]))
    return tuple(ordered)


def check_ends(rows: Rows, said: Said) -> None:
    """Says of codes that were merged or split when it is not clear into what."""
    known = {code.id for _, code in rows}
    for line, code in rows:
        missing = [one for one in code.into if one not in known]
        if missing:
            said.warn(line, f"the code {code.id} went into a code that does not exist: {', '.join(missing)}.")
        if code.status in ("merged", "split") and not code.into:
            said.warn(line, f"the code {code.id} is {code.status}, and 'into' does not say into what.")


def check_fullness(book: Codebook, lines: Mapping[str, int], said: Said) -> None:
    """Says what two coders would miss: a definition, when not to use the code, an example."""
    wanted = (
        ("definition", "definition"),
        ("exclude", "'exclude' (when not to use it)"),
        ("examples", "example"),
    )
    for code in applicable(book):
        for name, called in wanted:
            if not "".join(getattr(code, name)).strip():
                said.warn(lines[code.id], f"the code {code.id} has no {called}.")


def tell_fullness(book: Codebook, said: Said) -> None:
    """The same of a file that another program wrote, in one sentence for each field: such files lack whole columns."""
    codes = applicable(book)
    for name, called in (("definition", "definition"), ("exclude", "sentence when not to use it")):
        bare = [code for code in codes if not getattr(code, name).strip()]
        if bare:
            said.warn(0, f"{counted(len(bare), 'code')} of {len(codes)} without a {called}; two coders will miss it.")
