"""A packet as a file for a participant: Markdown or Word; the same study gives the same bytes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from qualbench.errors import UsageError
from qualbench.steps.members.packets import ON_FINDINGS, OTHER, OWN, Finding, Line, Packet, Part
from qualbench.text import printable

_ACTING = re.compile(r"[\\`*_{}\[\]#|~^$<>&]")
_ENTITIES = {"<": "&lt;", ">": "&gt;", "&": "&amp;"}
_OPENINGS = {
    True: "These are the themes that the researchers see in all the interviews, each with words of yours that they "
    "would quote. Please say what you find right or wrong in them, and what is missing.",
    False: "This is what you said, as it was written down. Please say what should be changed or taken out, with the "
    "number of the line, and what you would like to add.",
}
_CLOSING = "You may also withdraw; then your words are destroyed. You need not give a reason."


def known(suffix: str) -> None:
    """Refuse an ending that no packet can be written as."""
    if suffix.lower() not in ENDINGS:
        what = f"as a file that ends in '{suffix}'" if suffix else "to a file without an ending"
        raise UsageError(f"A packet can not be written {what}.", f"Known endings are: {', '.join(ENDINGS)}")


def render(packet: Packet, suffix: str) -> bytes:
    """The file's bytes."""
    known(suffix)
    return ENDINGS[suffix.lower()](packet)


def title(packet: Packet) -> str:
    """The heading of the file."""
    return f"What the study says: {packet.participant}" if _is_findings(packet) else f"Your words: {packet.participant}"


def opening(packet: Packet) -> tuple[str, ...]:
    """What is asked of the participant."""
    return f"As of {packet.date}.", _OPENINGS[_is_findings(packet)], _CLOSING


def _is_findings(packet: Packet) -> bool:
    return packet.kind in ON_FINDINGS


def heading(part: Part) -> str:
    """What stands over the words of one transcript."""
    return f"{part.name}, version {part.version}"


def called(line: Line) -> str:
    """Who speaks in a line; of others nothing is said but that they do."""
    return "" if line.who == OTHER else "You: " if line.who == OWN else "Question: "


def cited(quote: tuple[str, int, str]) -> tuple[str, str]:
    """A quote and where it stands."""
    name, line, words = quote
    return words, f"{name}, line {line}"


# --- Markdown --------------------------------------------------------------------------------------------------


def _markdown(packet: Packet) -> bytes:
    parts = [f"# {_safe(title(packet))}", "", *(f"{_safe(words)}\n" for words in opening(packet))]
    for part in packet.parts:
        parts += [f"## {_safe(heading(part))}", ""]
        parts += [f"{line.number}&nbsp;&nbsp;{called(line)}{_safe(line.words)}\n" for line in part.lines]
    for finding in packet.findings:
        parts += list(_found(finding))
    return printable("\n".join(parts).rstrip() + "\n").encode()


def _found(finding: Finding) -> Iterator[str]:
    yield f"{'#' * min(6, 2 + finding.depth)} {_safe(finding.name)}\n"
    if finding.idea.strip():
        yield f"{_safe(finding.idea)}\n"
    for quote in finding.quotes:
        words, where = cited(quote)
        yield f"> {_safe(words)} ({_safe(where)})\n"


def _safe(words: str) -> str:
    """Words on one line that no Markdown or HTML acts on."""
    return _ACTING.sub(lambda match: _ENTITIES.get(match[0], "\\" + match[0]), " ".join(words.split()))


def _docx(packet: Packet) -> bytes:
    from qualbench.steps.members import docx

    return docx.render(packet)


ENDINGS: Mapping[str, Callable[[Packet], bytes]] = {".docx": _docx, ".md": _markdown}
"""What a packet can be written as, by the ending of the file."""
