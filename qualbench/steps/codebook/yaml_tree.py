"""YAML text as a tree of strings with their places, so that nothing hostile is ever made into an object.

YAML is kind to prose and to diffs, and treacherous about types (`no`, `1.10`, `12:30`): the tree says of each text
whether it stood in quotes, and the reader of the tree decides what it will take for text.
"""

import re
from dataclasses import dataclass, field
from typing import Any

from qualbench.errors import BadCodebook, Problem

CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_LONGEST = 2_000_000
_DEEPEST = 64


@dataclass(slots=True)
class Node:
    """A text, a list, or a mapping (whose items are key, value, key, value ...)."""

    line: int
    shape: str
    value: str = ""
    plain: bool = False
    """Written without quotes, so that a YAML reader may take it for something else than text."""
    quoted: bool = False
    """Written in quotes, so that every blank in it is meant."""
    flow: bool = False
    """Written in brackets or braces."""
    column: int = 0
    """0-based, of its first sign."""
    end: tuple[int, int] = (0, 0)
    """Line (1-based) and column (0-based) behind its last sign; of a block of lines, the beginning of the next line."""
    items: list["Node"] = field(default_factory=list)

    @property
    def empty(self) -> bool:
        """Whether nothing is said here."""
        return self.plain and self.value in {"", "~", "null", "Null", "NULL"}

    def pairs(self) -> list[tuple["Node", "Node"]]:
        """The keys of a mapping with their values."""
        return list(zip(self.items[::2], self.items[1::2], strict=True))


def refuse(name: str, line: int, message: str) -> BadCodebook:
    """A file that is no codebook, in one sentence."""
    return BadCodebook([Problem(name, line, message)])


def parsed(name: str, text: str) -> Node:
    """The root of the file, grown event by event; raises BadCodebook."""
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    if len(text) > _LONGEST:
        raise refuse(name, 0, f"the file is longer than {_LONGEST:,} characters, which no codebook is.")
    if control := CONTROL.search(text):
        line = text.count("\n", 0, control.start()) + 1
        raise refuse(name, line, "there is a control character here, so this is not a text file: remove it.")
    top = Node(0, "list")
    stack = [top]
    try:
        for event in YAML(typ="safe", pure=True).parse(text):
            _grow(name, event, stack)
    except YAMLError as error:
        raise _syntax(name, error) from error
    except (ValueError, OverflowError) as error:  # "\UFFFFFFFF" stands for no character
        raise refuse(name, 0, "a text in quotes has an escape that stands for no character.") from error
    if not top.items or top.items[0].empty:
        raise refuse(name, 0, "the file is empty.")
    if len(top.items) > 1:
        raise refuse(name, top.items[1].line, "a second document begins here: keep one codebook to a file.")
    return top.items[0]


def _grow(name: str, event: Any, stack: list[Node]) -> None:
    """Adds one YAML event to the tree whose open lists and mappings are on the stack."""
    from ruamel.yaml import events

    line, column = event.start_mark.line + 1, event.start_mark.column
    end = (event.end_mark.line + 1, event.end_mark.column)
    if isinstance(event, events.AliasEvent) or getattr(event, "anchor", None):
        raise refuse(name, line, "anchors and aliases (& and *) are not read: put the text in quotes.")
    if getattr(event, "tag", None):
        raise refuse(name, line, f"the tag {event.tag} is not read: a codebook is text only.")
    if isinstance(event, events.CollectionEndEvent):
        stack.pop().end = end
    elif isinstance(event, events.ScalarEvent):
        plain, quoted = event.style in {None, ""}, event.style in {"'", '"'}
        stack[-1].items.append(Node(line, "text", event.value, plain, quoted, column=column, end=end))
    elif isinstance(event, events.CollectionStartEvent):
        shape = "list" if isinstance(event, events.SequenceStartEvent) else "mapping"
        node = Node(line, shape, flow=bool(event.flow_style), column=column)
        stack[-1].items.append(node)
        stack.append(node)
        if len(stack) > _DEEPEST:
            raise refuse(name, line, f"lists and mappings are nested more than {_DEEPEST} deep.")


def _syntax(name: str, error: Exception) -> BadCodebook:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    why = getattr(error, "problem", None) or getattr(error, "context", None) or "unknown reason"
    advice = "look for a missing quote, a colon in bare text, or uneven indentation."
    return refuse(name, mark.line + 1 if mark else 0, f"this is not YAML ({why}): {advice}")
