"""Words in Markdown that stand for themselves."""

from __future__ import annotations

import re

_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_ACTING = re.compile(r"[\\`*_{}\[\]#|~^$&<>]")
_LINE_START = re.compile(r"^([ \t]*)(\d+(?=[.)](?:[ \t]|$)))?([-+=:.)]?)")


def escape(line: str) -> str:
    """One line with every character that could act as Markdown or HTML made to stand for itself.

    >>> escape("# *a* <b>")
    '\\\\# \\\\*a\\\\* &lt;b&gt;'
    """
    safe = _ACTING.sub(lambda match: _ENTITIES.get(match.group(), "\\" + match.group()), line)
    return _LINE_START.sub(_held, safe, count=1)


def _held(match: re.Match[str]) -> str:
    """White space and list marks at the start of a line, so that they begin neither a list nor a block."""
    space, number, mark = match.groups()
    held = "".join(f"&#{ord(character)};" for character in space)
    return held + (number or "") + (f"\\{mark}" if mark else "")
