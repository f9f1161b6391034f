"""Projects in the shapes that other programs give them, made by hand."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping
from xml.sax.saxutils import quoteattr

ANA = "aaaaaaaa-0000-4000-8000-000000000001"
BEN = "aaaaaaaa-0000-4000-8000-000000000002"
TALK = "bbbbbbbb-0000-4000-8000-000000000001"
OTHER = "bbbbbbbb-0000-4000-8000-000000000002"
TRUST = "cccccccc-0000-4000-8000-000000000001"
HOPE = "cccccccc-0000-4000-8000-000000000002"
CASE = "dddddddd-0000-4000-8000-000000000001"
NOTE = "eeeeeeee-0000-4000-8000-000000000001"

USERS = f'<Users><User guid="{ANA}" name="Ana"/><User guid="{BEN}" name="Ben"/></Users>'
CODES = (
    f'<CodeBook><Codes><Code guid="{TRUST}" name="Trust" isCodable="true"/>'
    f'<Code guid="{HOPE}" name="Hope" isCodable="true"/></Codes></CodeBook>'
)
WORDS = "I: How did it begin?\nP1: I trusted her at once.\nI: And then?\nP1: Then it got better, slowly.\n"
"""The words of the interview that most files hold."""


def packed(members: Mapping[str, bytes | str]) -> bytes:
    """A zip of these members."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def members(data: bytes) -> dict[str, bytes]:
    """The members of a zip by name."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def qde(
    *parts: str, origin: str | None = "A program", namespace: str = "urn:QDA-XML:project:1.0", project: str = ""
) -> str:
    """The XML of a project around its parts."""
    said = "" if origin is None else f" origin={quoteattr(origin)}"
    return (
        f'<?xml version="1.0" encoding="utf-8"?>\n<Project xmlns="{namespace}" name="Study"{said}{project}>'
        + "".join(parts)
        + "</Project>"
    )


def qdpx(
    *parts: str,
    files: Mapping[str, bytes | str] | None = None,
    member: str = "project.qde",
    origin: str | None = "A program",
) -> bytes:
    """A whole project; without files it has the interview."""
    beside = {f"sources/{TALK}.txt": WORDS} if files is None else files
    return packed({member: qde(*parts, origin=origin), **beside})


def coding(code: str = TRUST, user: str | None = ANA, guid: str = "", inside: str = "") -> str:
    """A coding; without its own GUID it has one of its code and user."""
    own = guid or f"ffffffff-0000-4000-8000-{code[-4:]}{(user or '')[-4:]:0>4}0000"
    said = "" if user is None else f' creatingUser="{user}"'
    return f'<Coding guid="{own}"{said}><CodeRef targetGUID="{code}"/>{inside}</Coding>'


def selection(
    start: object,
    end: object,
    *codings: str,
    number: int = 1,
    user: str | None = ANA,
    name: str = "",
    described: str = "",
) -> str:
    """A selection of plain text around its codings."""
    said = "" if user is None else f' creatingUser="{user}"'
    called = f" name={quoteattr(name)}" if name else ""
    words = f"<Description>{described}</Description>" if described else ""
    return (
        f'<PlainTextSelection guid="99999999-0000-4000-8000-{number:012d}" startPosition="{start}" endPosition="{end}"'
        f"{said}{called}>{words}{''.join(codings)}</PlainTextSelection>"
    )


def source(*inside: str, guid: str = TALK, name: str = "talk", path: str | None = None) -> str:
    """A text with what stands on it."""
    where = f"internal://{guid}.txt" if path is None else path
    said = f' plainTextPath="{where}"' if where else ""
    return f'<TextSource guid="{guid}" name="{name}"{said}>{"".join(inside)}</TextSource>'


def sources(*inside: str) -> str:
    """The texts of a project."""
    return f"<Sources>{''.join(inside)}</Sources>"


def coded(spans: Iterable[tuple[object, object]], name: str = "") -> str:
    """The interview with Ana's trust on each of these spans."""
    marks = [
        selection(start, end, coding(guid=f"ffffffff-0000-4000-8000-{n:012d}"), number=n, name=name)
        for n, (start, end) in enumerate(spans, 1)
    ]
    return sources(source(*marks))
