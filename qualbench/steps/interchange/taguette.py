"""Taguette's project.sqlite3: documents of HTML, tags, and highlights whose offsets are UTF-8 bytes of the text in it.

A highlight has no owner, so what the log of commands does not tell apart is one coder's.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser

from qualbench.errors import UnreadableFile
from qualbench.steps.interchange.refi import (
    UNKNOWN_CODER,
    Bundle,
    Code,
    Coding,
    Convention,
    Note,
    On,
    Source,
    User,
)
from qualbench.steps.interchange.refi.names import unique
from qualbench.steps.interchange.rows import Found, Row, Rows, counts, differing, need, number, text
from qualbench.text import canonical

TABLES = {
    "projects": ("id", "name", "description", "created"),
    "documents": ("id", "name", "description", "filename", "contents"),
    "tags": ("id", "path", "description", "parent_id"),
    "highlights": ("id", "document_id", "start_offset", "end_offset", "snippet"),
    "highlight_tags": ("highlight_id", "tag_id"),
    "commands": ("user_login", "payload"),
}
_ADMIN = "admin"
"""Who everybody is in an exported project."""
_BLOCKS = frozenset(
    ("address", "article", "aside", "blockquote", "br", "caption", "dd", "div", "dl", "dt", "figcaption", "figure",
     "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section",
     "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul")
)  # fmt: skip
_SILENT = frozenset({"head", "title", "script", "style", "template"})


def read(name: str, rows: Rows, _: Convention | None = None) -> Found:
    """The project as a bundle; raises UnreadableFile when there are several."""
    need(name, rows, "projects", "documents", "tags", "highlights", "highlight_tags")
    if len(rows["projects"]) != 1:
        raise UnreadableFile(
            name, f"it holds {len(rows['projects'])} projects.", "Export one of them from Taguette as project.sqlite3."
        )
    pages = {number(row, "id"): _page(text(row, "contents")) for row in rows["documents"]}
    _settle(pages, rows["highlights"])
    codes = _codes(rows["tags"])
    codings, lines = _codings(rows, pages, {code.id for code in codes})
    users = dict.fromkeys(one.user for one in codings)
    project = rows["projects"][0]
    documents = unique([text(row, "name") or text(row, "filename") or "document" for row in rows["documents"]])
    bundle = Bundle(
        text(project, "name") or name,
        origin="Taguette",
        description=text(project, "description"),
        users=tuple(User(user, user) for user in users),
        codes=codes,
        sources=tuple(
            Source(str(number(row, "id")), called, pages[number(row, "id")].text)
            for row, called in zip(rows["documents"], documents, strict=True)
        ),
        codings=codings,
        notes=tuple(
            Note(f"document {number(row, 'id')}", text(row, "description"), On.SOURCE, str(number(row, "id")))
            for row in rows["documents"]
            if text(row, "description").strip()
        ),
    )
    return Found(bundle, ("A project of Taguette; offsets are bytes of the text in each document.", *lines))


# --- documents -----------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Page(HTMLParser):
    """The text nodes of a document one after the other, and the same with line ends where a reader sees them."""

    raw: list[str] = field(default_factory=list)
    shown: list[str] = field(default_factory=list)
    starts: list[tuple[int, int]] = field(default_factory=list)
    """Where each text node begins: in the text nodes, and in the text that is shown."""
    text: str = ""
    nodes: bytes = b""
    skipped: int = 0
    """Bytes of blanks before the first words that do not count, as HTML drops them."""
    _silent: int = 0
    _length: tuple[int, int] = (0, 0)

    def __post_init__(self) -> None:
        HTMLParser.__init__(self, convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002 - the shape is the parser's
        self._silent += tag in _SILENT
        self._break(tag)

    def handle_endtag(self, tag: str) -> None:
        self._silent = max(0, self._silent - (tag in _SILENT))
        self._break(tag)

    def _break(self, tag: str) -> None:
        if tag in _BLOCKS and self.shown and not self.shown[-1].endswith("\n"):
            self._show("\n")

    def _show(self, words: str) -> None:
        self.shown.append(words)
        self._length = self._length[0], self._length[1] + len(words)

    def handle_data(self, data: str) -> None:
        if self._silent or not data:
            return
        self.starts.append(self._length)
        self.raw.append(data)
        self._length = self._length[0] + len(data), self._length[1]
        self._show(data)

    def place(self, offset: int, *, end: bool = False) -> int:
        """A byte of the text nodes as a code point of the text that is shown; -1 where it is in the middle of one."""
        try:
            at = len(self.nodes[: offset + self.skipped].decode())
        except UnicodeDecodeError:
            return -1
        if offset < 0 or offset + self.skipped > len(self.nodes):
            return -1
        node = _last(self.starts, at - end)
        return -1 if node is None else node[1] + at - node[0]


def _last(starts: Sequence[tuple[int, int]], at: int) -> tuple[int, int] | None:
    """The text node that holds a code point."""
    from bisect import bisect_right

    found = bisect_right(starts, at, key=lambda one: one[0]) - 1
    return starts[found] if found >= 0 else None


def _page(html: str) -> _Page:
    page = _Page()
    page.feed(canonical(html))
    page.close()
    page.text, page.nodes = "".join(page.shown), "".join(page.raw).encode("utf-8", "replace")
    return page


def _settle(pages: dict[int, _Page], highlights: Sequence[Row]) -> None:
    """Whether blanks before the first words count: as more of the highlights have the words that are kept for them."""
    for id_, page in pages.items():
        words = page.nodes.decode()
        blank = len(words) - len(words.lstrip())
        own = [row for row in highlights if number(row, "document_id") == id_]
        if blank and own:
            fits = []
            for page.skipped in (0, len(words[:blank].encode())):
                fits.append(sum(not _differs(page, row) for row in own))
            page.skipped = len(words[:blank].encode()) if fits[1] > fits[0] else 0


def _differs(page: _Page, row: Row) -> bool:
    start, end = _span(page, row)
    return bool(differing([(_page(text(row, "snippet")).text, page.text[max(0, start) : max(0, end)])]))


def _span(page: _Page, row: Row) -> tuple[int, int]:
    return page.place(number(row, "start_offset")), page.place(number(row, "end_offset"), end=True)


# --- tags and highlights -------------------------------------------------------------------------------------------


def _codes(tags: Sequence[Row]) -> tuple[Code, ...]:
    """The tags, parents first; "theme.code" stands under "theme" where that is a tag too."""
    paths = {text(row, "path"): str(number(row, "id")) for row in tags}
    known = set(paths.values())
    made = []
    for row in sorted(tags, key=lambda row: (text(row, "path").count("."), number(row, "id"))):
        id_, path = str(number(row, "id")), text(row, "path")
        above = next((path[:at] for at in _dots(path) if path[:at] in paths), "")
        parent = str(number(row, "parent_id"))
        parent = parent if parent in known and parent != id_ else paths.get(above, "")
        name = path[len(above) + 1 :] if above and parent == paths[above] else path
        made.append(Code(id_, name, parent, text(row, "description")))
    return _parents_first(made)


def _dots(path: str) -> list[int]:
    return [at for at in range(len(path) - 2, 0, -1) if path[at] == "."]


def _parents_first(codes: Sequence[Code]) -> tuple[Code, ...]:
    """The codes with every parent before its children; those that go round in a circle stand at the top."""
    placed: dict[str, Code] = {}
    waiting = list(codes)
    while waiting:
        ready = [code for code in waiting if not code.parent or code.parent in placed]
        if not ready:
            ready = [Code(code.id, code.name, "", code.definition) for code in waiting[:1]]
        placed |= {code.id: code for code in ready}
        waiting = [code for code in waiting if code.id not in placed]
    return tuple(placed.values())


def _codings(rows: Rows, pages: dict[int, _Page], codes: set[str]) -> tuple[tuple[Coding, ...], tuple[str, ...]]:
    coders = _coders(rows.get("commands", ()))
    tags: dict[int, list[str]] = {}
    for row in rows["highlight_tags"]:
        tags.setdefault(number(row, "highlight_id"), []).append(str(number(row, "tag_id")))
    made: dict[tuple[str, str, str, int, int], Coding] = {}
    outside = differ = untagged = 0
    for row in rows["highlights"]:
        page, id_ = pages.get(number(row, "document_id")), number(row, "id")
        start, end = _span(page, row) if page else (-1, -1)
        if page is None or not 0 <= start < end <= len(page.text):
            outside += 1
            continue
        own = [tag for tag in tags.get(id_, ()) if tag in codes]
        untagged += not own
        differ += _differs(page, row)
        user, source = coders.get(id_, UNKNOWN_CODER), str(number(row, "document_id"))
        for tag in own:
            made.setdefault((source, user, tag, start, end), Coding(f"{id_} {tag}", source, user, tag, start, end))
    unknown = sum(one.user == UNKNOWN_CODER for one in made.values())
    return tuple(made.values()), counts(
        (
            ("Highlights not carried, because they lie outside of their document or split a letter", outside),
            ("Highlights without a tag, not carried", untagged),
            ("Highlights with other words at their place than Taguette keeps for them", differ),
            ("Codings of nobody in particular, because Taguette does not keep who highlights; given to "
             f"'{UNKNOWN_CODER}'", unknown),
        )
    )  # fmt: skip


def _coders(commands: Sequence[Row]) -> dict[int, str]:
    """Who made each highlight, where the log names more than the one person that an export makes of everybody."""
    found: dict[int, str] = {}
    for row in commands:
        try:
            said = json.loads(text(row, "payload"))
        except (ValueError, RecursionError):
            continue
        if isinstance(said, dict) and said.get("type") == "highlight_add" and isinstance(said.get("highlight_id"), int):
            found[said["highlight_id"]] = text(row, "user_login") or UNKNOWN_CODER
    return {} if set(found.values()) <= {_ADMIN} else found
