"""A codebook as YAML text, read into a codebook.

YAML is kind to prose and to diffs, and treacherous about types (`no`, `1.10`, `12:30`). So a text is read as
a tree of strings with line numbers, and what another program would take for something else is refused.
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any

from qualbench.errors import BadCodebook, Problem
from qualbench.model import Code, Codebook, Method
from qualbench.steps.codebook.codes import applicable
from qualbench.text import canonical, excerpt

FORMAT = "qualbench-codebook/1"
KINDS = ("theme", "category", "domain", "structural", "index", "analytic", "code")
STATUSES = ("draft", "active", "retired")

_LONGEST = 2_000_000
_DEEPEST = 64
_BOOK_FIELDS = {name: name for name in ("format", "title", "version", "date", "method", "note", "changelog", "codes")}
_CODE_FIELDS = {entry.name: entry.name for entry in fields(Code)} | {
    "children": "children",
    "brief": "definition_short",
    "when_to_use": "include",
    "when_not_to_use": "exclude",
    "example": "examples",
    "close_no": "near_miss",
    "examples_close_no": "near_miss",
}
_NOT_ONE_TEXT = frozenset({"examples", "near_miss", "children"})
_ID = re.compile(r"[A-Za-z0-9_.-]+")
_NOT_TEXT = re.compile(
    r"y|n|yes|no|on|off|true|false|null|~|=|<<|[-+]?\.(?:inf|nan)"
    r"|[-+]?(?:0b[01_]+|0o[0-7_]+|0x[0-9a-f_]+|\.?\d[\d_:]*(?:\.[\d_]*)?(?:e[-+]?\d+)?)"
    r"|\d{4}-\d\d?-\d\d?(?:[t ].*)?",
    re.IGNORECASE,
)
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


def read(name: str, text: str) -> tuple[Codebook, list[Problem]]:
    """The codebook in a YAML text, and what is doubtful in it; raises BadCodebook with all errors at once."""
    said = _Said(name)
    book = _book(_parsed(name, canonical(text)), said)
    if said.errors:
        raise BadCodebook(sorted(said.errors, key=lambda problem: problem.line))
    return book, sorted(said.warnings, key=lambda problem: problem.line)


# --- YAML text to a tree of strings -------------------------------------------------------------------------


@dataclass(slots=True)
class _Node:
    """A text, a list, or a mapping (whose items are key, value, key, value ...)."""

    line: int
    shape: str
    value: str = ""
    plain: bool = False
    """Written without quotes, so that a YAML reader may take it for something else than text."""
    items: list["_Node"] = field(default_factory=list)

    @property
    def empty(self) -> bool:
        return self.plain and self.value in {"", "~", "null", "Null", "NULL"}


def _refuse(name: str, line: int, message: str) -> BadCodebook:
    return BadCodebook([Problem(name, line, message)])


def _parsed(name: str, text: str) -> _Node:
    """The root of the file, grown event by event, so that nothing hostile is ever made into an object."""
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    if len(text) > _LONGEST:
        raise _refuse(name, 0, f"the file is longer than {_LONGEST:,} characters, which no codebook is.")
    if control := _CONTROL.search(text):
        line = text.count("\n", 0, control.start()) + 1
        raise _refuse(name, line, "there is a control character here, so this is not a text file: remove it.")
    top = _Node(0, "list")
    stack = [top]
    try:
        for event in YAML(typ="safe", pure=True).parse(text):
            _grow(name, event, stack)
    except YAMLError as error:
        raise _syntax(name, error) from error
    except (ValueError, OverflowError) as error:  # "\UFFFFFFFF" stands for no character
        raise _refuse(name, 0, "a text in quotes has an escape that stands for no character.") from error
    if not top.items or top.items[0].empty:
        raise _refuse(name, 0, "the file is empty.")
    if len(top.items) > 1:
        raise _refuse(name, top.items[1].line, "a second document begins here: keep one codebook to a file.")
    return top.items[0]


def _grow(name: str, event: Any, stack: list[_Node]) -> None:
    """Adds one YAML event to the tree whose open lists and mappings are on the stack."""
    from ruamel.yaml import events

    line = event.start_mark.line + 1
    if isinstance(event, events.AliasEvent) or getattr(event, "anchor", None):
        raise _refuse(name, line, "anchors and aliases (& and *) are not read: put the text in quotes.")
    if getattr(event, "tag", None):
        raise _refuse(name, line, f"the tag {event.tag} is not read: a codebook is text only.")
    if isinstance(event, events.CollectionEndEvent):
        stack.pop()
    elif isinstance(event, events.ScalarEvent):
        stack[-1].items.append(_Node(line, "text", event.value, plain=event.style in {None, ""}))
    elif isinstance(event, events.CollectionStartEvent):
        node = _Node(line, "list" if isinstance(event, events.SequenceStartEvent) else "mapping")
        stack[-1].items.append(node)
        stack.append(node)
        if len(stack) > _DEEPEST:
            raise _refuse(name, line, f"lists and mappings are nested more than {_DEEPEST} deep.")


def _syntax(name: str, error: Exception) -> BadCodebook:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    why = getattr(error, "problem", None) or getattr(error, "context", None) or "unknown reason"
    advice = "look for a missing quote, a colon in bare text, or uneven indentation."
    return _refuse(name, mark.line + 1 if mark else 0, f"this is not YAML ({why}): {advice}")


# --- the tree to a codebook ---------------------------------------------------------------------------------

_Fields = dict[str, _Node]


@dataclass(slots=True)
class _Said:
    """What was found wrong in one file."""

    name: str
    errors: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)

    def error(self, line: int, message: str) -> None:
        self.errors.append(Problem(self.name, line, message))

    def warn(self, line: int, message: str) -> None:
        self.warnings.append(Problem(self.name, line, message))


def _book(root: _Node, said: _Said) -> Codebook:
    if root.shape != "mapping":
        raise _refuse(said.name, root.line, f"a codebook is a mapping that begins with 'format: {FORMAT}'.")
    given = _fields(root, _BOOK_FIELDS, said)
    _check_head(root.line, given, said)
    rows: list[tuple[int, Code]] = []
    if "codes" in given and given["codes"].items:
        _codes(given["codes"], "", rows, said)
    else:
        said.error(root.line, "there are no codes: list them under 'codes:', each with an id and a label.")
    _check_tree(rows, said)
    book = Codebook(
        version=_text(given, "version", said) or "1.0",
        title=_text(given, "title", said) or said.name,
        codes=() if said.errors else _in_reading_order([code for _, code in rows]),
        date=_text(given, "date", said),
        changelog=_texts(given, "changelog", said),
    )
    _check_fullness(book, {code.id: line for line, code in rows}, said)
    return book


def _check_head(line: int, given: _Fields, said: _Said) -> None:
    if "format" not in given or given["format"].value != FORMAT:
        at = given["format"].line if "format" in given else line
        said.error(at, f"the format is not known: the first field must be 'format: {FORMAT}'.")
    if "version" not in given:
        said.warn(line, "there is no 'version', so it is taken as 1.0.")
    if "title" not in given:
        said.warn(line, "there is no 'title', so the file's name stands for it.")
    method = _text(given, "method", said)
    if method and method not in set(Method):
        said.warn(given["method"].line, f"the method '{method}' is not known: use {', '.join(Method)}.")
    _text(given, "note", said)


def _codes(node: _Node, parent: str, rows: list[tuple[int, Code]], said: _Said) -> None:
    """Adds the codes of a list, and of the lists inside it, to the rows; nesting is bounded by the parser."""
    if node.empty:
        return
    if node.shape != "list":
        said.error(node.line, "codes are a list: begin each one with '- id:'.")
        return
    for item in node.items:
        if item.shape != "mapping":
            said.error(item.line, "a code is a mapping with at least an id and a label.")
            continue
        given = _fields(item, _CODE_FIELDS, said)
        code = _code(item.line, given, parent, said)
        rows.append((item.line, code))
        if "children" in given:
            _codes(given["children"], code.id, rows, said)


def _code(line: int, given: _Fields, parent: str, said: _Said) -> Code:
    texts = {name: _text(given, name, said) for name in given if name not in _NOT_ONE_TEXT}
    texts["id"] = code_id = _id(line, given, texts, said)
    texts["label"] = _label(line, given, texts, code_id, said)
    if parent and (texts.get("parent") or parent) != parent:
        said.error(given["parent"].line, f"{code_id} stands under {parent}, not under {texts['parent']}.")
    for name, known in (("kind", KINDS), ("status", STATUSES)):
        if not texts.get(name):
            texts.pop(name, None)
        elif texts[name] not in known:
            said.error(given[name].line, f"the {name} '{texts[name]}' is not known: use {', '.join(known)}.")
    return Code(
        **texts | {"parent": parent or texts.get("parent", "")},
        examples=_texts(given, "examples", said),
        near_miss="\n".join(_texts(given, "near_miss", said)),
    )


def _id(line: int, given: _Fields, texts: Mapping[str, str], said: _Said) -> str:
    code_id = texts.get("id", "")
    if not code_id and ("id" not in given or given["id"].shape == "text"):
        said.error(line, "the code has no id: give it a short one that will never change.")
    elif code_id and not _ID.fullmatch(code_id):
        said.error(given["id"].line, f"the id '{code_id}' may hold only A to Z, a to z, 0 to 9, _ - and .")
    return code_id


def _label(line: int, given: _Fields, texts: Mapping[str, str], code_id: str, said: _Said) -> str:
    if "label" not in given:
        said.warn(line, f"the code {code_id} has no label, so its id stands for it.")
        return code_id
    label = " ".join(texts["label"].split())
    if not label and given["label"].shape == "text":
        said.error(given["label"].line, f"the label of {code_id} is empty.")
    return label


def _fields(node: _Node, known: Mapping[str, str], said: _Said) -> _Fields:
    """A mapping's fields under their proper names; what is unknown or given twice is said."""
    found: _Fields = {}
    for key, value in zip(node.items[::2], node.items[1::2], strict=True):
        name = known.get(key.value) if key.shape == "text" else None
        if name is None:
            said.warn(key.line, f"the field '{excerpt(key.value, 40)}' is not known and is left aside.")
        elif name in found:
            said.error(key.line, f"the field '{name}' is given twice.")
        else:
            found[name] = value
    return found


def _text(given: _Fields, name: str, said: _Said) -> str:
    return _string(given[name], name, said) if name in given else ""


def _texts(given: _Fields, name: str, said: _Said) -> tuple[str, ...]:
    """The texts of a field that may hold one or a list of them; empty ones are dropped."""
    if name not in given:
        return ()
    node = given[name]
    found = (_string(item, name, said) for item in (node.items if node.shape == "list" else [node]))
    return tuple(text for text in found if text)


def _string(node: _Node, name: str, said: _Said) -> str:
    if node.empty:
        return ""
    if node.shape != "text":
        said.error(node.line, f"the field '{name}' holds a {node.shape} where a text belongs.")
    elif node.plain and _NOT_TEXT.fullmatch(node.value):
        said.error(
            node.line,
            f"the field '{name}' holds {excerpt(node.value, 40)}, which YAML programs do not take for text: "
            f'write it in quotes, "{excerpt(node.value, 40)}".',
        )
    elif _CONTROL.search(node.value):
        said.error(node.line, f"the field '{name}' holds a control character.")
    return node.value.strip()


# --- the tree of codes --------------------------------------------------------------------------------------


def _check_tree(rows: Sequence[tuple[int, Code]], said: _Said) -> None:
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


def _in_reading_order(codes: Sequence[Code]) -> tuple[Code, ...]:
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


def _check_fullness(book: Codebook, lines: Mapping[str, int], said: _Said) -> None:
    """Says what two coders would miss: a definition, when not to use the code, an example."""
    wanted = (
        ("definition", "definition"),
        ("exclude", "'exclude' (when not to use it)"),
        ("examples", "example"),
    )
    for code in applicable(book):
        for name, called in wanted:
            if not getattr(code, name):
                said.warn(lines[code.id], f"the code {code.id} has no {called}.")
