"""A codebook as YAML text, read into a codebook: what another program would take for something else is refused."""

import re
from collections.abc import Mapping
from dataclasses import fields

from qualbench.errors import BadCodebook, Problem
from qualbench.model import Change, Code, Codebook, CodeChange, Method
from qualbench.steps.codebook.lifecycle import STATES
from qualbench.steps.codebook.rows import Said, check_ends, check_fullness, check_tree, in_reading_order
from qualbench.steps.codebook.yaml_tree import CONTROL, Node, parsed, refuse
from qualbench.text import canonical, excerpt

FORMAT = "qualbench-codebook/1"
KINDS = ("theme", "category", "domain", "structural", "index", "analytic", "code")
STATUSES = STATES

OLD_STATUSES = {"draft": "proposed"}
"""Words that a status goes by in older files."""
INTO_NOTES = {
    "see_also": "See also: ",
    "examples_atypical": "Atypical example: ",
    "unit": "Unit of coding: ",
}
"""Fields of other codebooks that have no place of their own: they are read as lines of the notes."""
BOOK_FIELDS = {
    name: name for name in ("format", "title", "version", "date", "method", "note", "changelog", "changes", "codes")
}
CODE_FIELDS = {entry.name: entry.name for entry in fields(Code)} | {
    "children": "children",
    "brief": "definition_short",
    "when_to_use": "include",
    "when_not_to_use": "exclude",
    "example": "examples",
    "close_no": "near_miss",
    "examples_close_no": "near_miss",
    "exclusive_group": "group",
    "color": "colour",
    **{name: name for name in INTO_NOTES},
}
"""What a field may be called, and which one it is."""
LISTS = ("examples", "questions", "into")
_CHANGE_FIELDS = {name: name for name in ("code", "change", "note")}
_NOT_ONE_TEXT = frozenset({*LISTS, *INTO_NOTES, "near_miss", "children"})
_NAMES = frozenset({*("id", "parent", "into", "kind", "status", "colour"), *("format", "version", "method", "change")})
"""Fields that name something, so that blanks around them mean nothing even in quotes."""
ID = re.compile(r"[A-Za-z0-9_.-]+")
_NOT_TEXT = re.compile(
    r"y|n|yes|no|on|off|true|false|null|~|=|<<|[-+]?\.(?:inf|nan)"
    r"|[-+]?(?:0b[01_]+|0o[0-7_]+|0x[0-9a-f_]+|\.?\d[\d_:]*(?:\.[\d_]*)?(?:e[-+]?\d+)?)"
    r"|\d{4}-\d\d?-\d\d?(?:[t ].*)?",
    re.IGNORECASE,
)

_Fields = dict[str, Node]


def read(name: str, text: str) -> tuple[Codebook, list[Problem]]:
    """The codebook in a YAML text, and what is doubtful in it; raises BadCodebook with all errors at once."""
    return read_tree(name, parsed(name, canonical(text)))


def read_tree(name: str, root: Node) -> tuple[Codebook, list[Problem]]:
    """The codebook that a tree of strings makes, and what is doubtful in it; raises BadCodebook."""
    said = Said(name)
    book = _book(root, said)
    if said.errors:
        raise BadCodebook(sorted(said.errors, key=lambda problem: problem.line))
    return book, sorted(said.warnings, key=lambda problem: problem.line)


# --- the head ------------------------------------------------------------------------------------------------


def _book(root: Node, said: Said) -> Codebook:
    if root.shape != "mapping":
        raise refuse(said.name, root.line, f"a codebook is a mapping that begins with 'format: {FORMAT}'.")
    given = _fields(root, BOOK_FIELDS, said)
    _check_head(root.line, given, said)
    rows: list[tuple[int, Code]] = []
    if "codes" in given and given["codes"].items:
        _codes(given["codes"], "", rows, said)
    else:
        said.error(root.line, "there are no codes: list them under 'codes:', each with an id and a label.")
    check_tree(rows, said)
    check_ends(rows, said)
    book = Codebook(
        version=_text(given, "version", said) or "1.0",
        title=_text(given, "title", said) or said.name,
        codes=() if said.errors else in_reading_order([code for _, code in rows]),
        date=_text(given, "date", said),
        changelog=_texts(given, "changelog", said),
        changes=_changes(given, said),
    )
    check_fullness(book, {code.id: line for line, code in rows}, said)
    return book


def _check_head(line: int, given: _Fields, said: Said) -> None:
    if "format" not in given or given["format"].value != FORMAT:
        at = given["format"].line if "format" in given else line
        said.error(at, f"the format is not known: the first field must be 'format: {FORMAT}'.")
    if "version" not in given:
        said.warn(line, "there is no 'version', so it is taken as 1.0.")
    if "title" not in given:
        said.warn(line, "there is no 'title', so the file's name stands for it.")
    method = _text(given, "method", said)
    if method and method not in set(Method):
        said.warn(given["method"].line, f"the method '{excerpt(method, 60)}' is not known: use {', '.join(Method)}.")
    _text(given, "note", said)


def _changes(given: _Fields, said: Said) -> tuple[CodeChange, ...]:
    """What the release did to each code: a list of code, change and perhaps a note."""
    if "changes" not in given or given["changes"].empty:
        return ()
    if given["changes"].shape != "list":
        said.error(given["changes"].line, "changes are a list: begin each one with '- code:'.")
        return ()
    found = []
    for item in given["changes"].items:
        texts = {}
        if item.shape == "mapping":
            parts = _fields(item, _CHANGE_FIELDS, said)
            texts = {name: _text(parts, name, said) for name in parts}
        if not texts.get("code") or texts.get("change") not in set(Change):
            said.error(item.line, f"a change names a 'code' and a 'change', which is one of: {', '.join(Change)}.")
        else:
            found.append(CodeChange(texts["code"], Change(texts["change"]), texts.get("note", "")))
    return tuple(found)


# --- the codes -----------------------------------------------------------------------------------------------


def _codes(node: Node, parent: str, rows: list[tuple[int, Code]], said: Said) -> None:
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
        given = _fields(item, CODE_FIELDS, said)
        code = _code(item.line, given, parent, said)
        rows.append((item.line, code))
        if "children" in given:
            _codes(given["children"], code.id, rows, said)


def _code(line: int, given: _Fields, parent: str, said: Said) -> Code:
    texts = {name: _text(given, name, said) for name in given if name not in _NOT_ONE_TEXT}
    texts["id"] = code_id = _id(line, given, texts, said)
    texts["label"] = _label(line, given, texts, code_id, said)
    if parent and (texts.get("parent") or parent) != parent:
        said.error(given["parent"].line, f"{code_id} stands under {parent}, not under {excerpt(texts['parent'], 60)}.")
    texts["parent"] = parent or texts.get("parent", "")
    texts["notes"] = "\n".join([*filter(None, [texts.get("notes", "")]), *_more_notes(given, said)])
    _check_choices(given, texts, said)
    return Code(
        **texts,
        near_miss="\n".join(_texts(given, "near_miss", said)),
        examples=_texts(given, "examples", said),
        questions=_texts(given, "questions", said),
        into=_texts(given, "into", said),
    )


def _check_choices(given: _Fields, texts: dict[str, str], said: Said) -> None:
    """Whether kind and status are known words; what is not said is left to the code."""
    if "status" in texts:
        texts["status"] = OLD_STATUSES.get(texts["status"], texts["status"])
    for name, known in (("kind", KINDS), ("status", STATUSES)):
        if not texts.get(name):
            texts.pop(name, None)
        elif texts[name] not in known:
            value = excerpt(texts[name], 60)
            said.error(given[name].line, f"the {name} '{value}' is not known: use {', '.join(known)}.")


def _more_notes(given: _Fields, said: Said) -> list[str]:
    return [f"{begin}{text}" for name, begin in INTO_NOTES.items() for text in _texts(given, name, said)]


def _id(line: int, given: _Fields, texts: Mapping[str, str], said: Said) -> str:
    code_id = texts.get("id", "")
    if not code_id and ("id" not in given or given["id"].shape == "text"):
        said.error(line, "the code has no id: give it a short one that will never change.")
    elif code_id and not ID.fullmatch(code_id):
        said.error(given["id"].line, f"the id '{excerpt(code_id, 60)}' may hold only A to Z, a to z, 0 to 9, _ - and .")
    return code_id


def _label(line: int, given: _Fields, texts: Mapping[str, str], code_id: str, said: Said) -> str:
    if "label" not in given:
        said.warn(line, f"the code {code_id} has no label, so its id stands for it.")
        return code_id
    label = " ".join(texts["label"].split())
    if not label and given["label"].shape == "text":
        said.error(given["label"].line, f"the label of {code_id} is empty.")
    return label


# --- fields --------------------------------------------------------------------------------------------------


def _fields(node: Node, known: Mapping[str, str], said: Said) -> _Fields:
    """A mapping's fields under their proper names; what is unknown or given twice is said."""
    found: _Fields = {}
    for key, value in node.pairs():
        name = known.get(key.value) if key.shape == "text" else None
        if name is None:
            said.warn(key.line, f"the field '{excerpt(key.value, 40)}' is not known and is left aside.")
        elif name in found:
            said.error(key.line, f"the field '{name}' is given twice.")
        else:
            found[name] = value
    return found


def _text(given: _Fields, name: str, said: Said) -> str:
    return _string(given[name], name, said) if name in given else ""


def _texts(given: _Fields, name: str, said: Said) -> tuple[str, ...]:
    """The texts of a field that may hold one or a list of them; empty ones are dropped."""
    if name not in given:
        return ()
    node = given[name]
    found = (_string(item, name, said) for item in (node.items if node.shape == "list" else [node]))
    return tuple(text for text in found if text)


def _string(node: Node, name: str, said: Said) -> str:
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
    elif CONTROL.search(node.value):
        said.error(node.line, f"the field '{name}' holds a control character.")
    return node.value if node.quoted and name not in _NAMES else node.value.strip()
