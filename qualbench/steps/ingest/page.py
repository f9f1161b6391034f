"""The lines of a web page, as a browser would show them, with what stands beside them: bold, times, tables.

The parser of the standard library is quadratic on tags that never close, so those are made text before it sees them.
"""

import re
from collections import Counter
from dataclasses import dataclass
from html.parser import HTMLParser

from qualbench.errors import UnreadableFile
from qualbench.steps.ingest.word_tables import table_lines
from qualbench.steps.ingest.written import Sheet, bold_start

TAGS = 500_000
"""Tags of a page that is still read; ten hours with a tag for each word have less than half of it."""
_NOT_SHOWN = frozenset({
    *("script", "style", "title", "template", "noscript", "noframes", "iframe", "object", "audio", "video"),
    *("canvas", "svg", "math"),
})  # fmt: skip
_BLOCKS = frozenset({
    *("p", "div", "li", "ul", "ol", "dl", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre"),
    *("section", "article", "aside", "header", "footer", "main", "nav", "figure", "figcaption", "address", "hr"),
    *("body", "html", "form", "fieldset", "table", "caption", "tr", "td", "th", "thead", "tbody", "tfoot"),
})  # fmt: skip
_WEIGHED = frozenset({"b", "strong", "span", "p", "div"})
_DEEPEST = 1_000
_HEAVY = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_DECLARATION = re.compile(r"<[!?][^<>]*>")
_NO_TAG = re.compile(r"<(?!/?[a-zA-Z][^<>]*>)")
_NUMBER = re.compile(r"&#0*(\d+);?")
_BLANKS = re.compile(r"[ \t\n\r\f]+")
_NOSCRIBE = re.compile(r"ts_(\d{1,10})_\d")
_SECONDS = re.compile(r"\d{1,7}(?:\.\d{1,20})?")


@dataclass(frozen=True, slots=True)
class Stamp:
    """An exact time that the page keeps beside its words: where it stands, in code points inside the line."""

    line: int
    offset: int
    seconds: float


def parsed(source: str, text: str) -> "Page":
    """The page; raises UnreadableFile for one with more tags than a transcript has."""
    if text.count("<") > TAGS:
        raise UnreadableFile(source, f"it has more than {TAGS:,} tags, more than a transcript has.")
    page = Page()
    bare = _NO_TAG.sub("&lt;", _DECLARATION.sub("", _without_comments(text)))
    page.feed(_NUMBER.sub(_number, bare))
    page.close()
    page.end()
    return page


def _number(match: re.Match[str]) -> str:
    """The number of a character as the parser can take it, which would count thousands of digits."""
    return f"&#{match[1]};" if len(match[1]) < 8 else "\ufffd"


def _without_comments(text: str) -> str:
    """The text without comments; one that never ends stays, as words."""
    kept, position = [], 0
    while (start := text.find("<!--", position)) >= 0 and (stop := text.find("-->", start + 4)) >= 0:
        kept.append(text[position:start])
        position = stop + 3
    return "".join([*kept, text[position:]])


class Page(HTMLParser):
    """The lines of a page while it is read."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.sheet = Sheet()
        self.stamps: list[Stamp] = []
        self.tally: Counter[str] = Counter()
        self.aside: list[str] = []
        """The element that is not shown and the same ones inside it, while in one."""
        self._weights: list[tuple[str, bool]] = []
        self._runs: list[tuple[str, bool]] = []
        self._length = 0
        self._blank = True
        self._pre = 0
        self._stamp = 0
        """Spans that are open inside a time, itself included; 0 outside."""
        self._gap = False
        self._rows: list[list[str]] | None = None
        self._cell: list[str] | None = None
        self._tables = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A tag opens: a block ends the line, what is not shown begins, bold and times are noted."""
        if self.aside:
            self.aside += [tag] if tag == self.aside[0] else []
        elif tag in _NOT_SHOWN:
            self.aside.append(tag)
        elif tag == "br":
            self._end_line(blank=True)
        else:
            self._open(tag, {name: value or "" for name, value in attrs})

    def handle_endtag(self, tag: str) -> None:
        """A tag closes."""
        if self.aside:
            if tag == self.aside[0]:
                self.aside.pop()
            return
        if tag in _BLOCKS:
            self._end_line()
            self._pre -= tag == "pre" and self._pre > 0
        if tag in ("td", "th", "tr", "table"):
            self._end_cell(tag)
        if tag == "span" and self._stamp:
            self._stamp -= 1
            self._gap = not self._stamp
        self._unweigh(tag)

    def handle_data(self, data: str) -> None:
        """Words, with the blanks between them single as a browser shows them."""
        if self.aside:
            return
        if self._pre:
            first, *rest = data.replace("\r\n", "\n").replace("\r", "\n").split("\n")
            self._put(first)
            for line in rest:
                self._end_line(blank=True)
                self._put(line)
            return
        words = _BLANKS.sub(" ", data)
        self._put(words.removeprefix(" ") if self._blank else words)

    def end(self) -> None:
        """The page is over: what is open is closed."""
        self._end_line()
        if self._rows is not None:
            self._tables = 1
            self._end_cell("table")

    def _open(self, tag: str, attributes: dict[str, str]) -> None:
        if tag in _BLOCKS:
            self._end_line()
            self._unweigh("p")
            self._pre += tag == "pre"
        if tag in ("table", "tr", "td", "th"):
            self._open_cell(tag)
        self.tally["pictures"] += tag == "img"
        if tag in _WEIGHED and len(self._weights) < _DEEPEST:
            heavy = tag in ("b", "strong") or _HEAVY.search(attributes.get("style", "")) is not None
            self._weights.append((tag, heavy or self._is_bold()))
        if tag == "span" and (self._stamp or "timestamp" in attributes.get("class", "").split()):
            self._open_stamp(attributes.get("data-timestamp", ""))
        noscribe = _NOSCRIBE.match(attributes.get("name", "")) if tag == "a" else None
        if noscribe:
            self.sheet.first = self.sheet.first if self.stamps else len(self.sheet.lines)
            self._add_stamp(int(noscribe[1]) / 1000)

    def _open_stamp(self, exact: str) -> None:
        """A time that can be clicked: it stands apart from the words at both its sides."""
        self._stamp += 1
        if not self._blank:
            self._put(" ")
        if _SECONDS.fullmatch(exact):
            self._add_stamp(round(float(exact), 3))

    def _add_stamp(self, seconds: float) -> None:
        if self._cell is None:
            self.stamps.append(Stamp(len(self.sheet.lines), self._length, seconds))

    def _is_bold(self) -> bool:
        return bool(self._weights) and self._weights[-1][1]

    def _unweigh(self, tag: str) -> None:
        """Close the innermost element of this name, and those left open inside it."""
        for back in range(1, min(len(self._weights), 50) + 1):
            if self._weights[-back][0] == tag:
                del self._weights[-back:]
                return

    def _put(self, words: str) -> None:
        if not words:
            return
        if self._gap and not words[0].isspace():
            words = " " + words
        self._gap = False
        self._runs.append((words, self._is_bold()))
        self._length += len(words)
        self._blank = words[-1] == " "

    def _end_line(self, blank: bool = False) -> None:
        """The line is over; an empty one counts only where a break asks for it."""
        text = "".join(words for words, _ in self._runs).rstrip(" ")
        if text or blank:
            if self._cell is not None:
                self._cell.append(text)
            else:
                self.sheet.add(text, bold_start(self._runs))
        self._runs, self._length, self._blank, self._gap = [], 0, True, False

    # --- tables: only the outermost one is a table, those inside it are lines of its cells

    def _open_cell(self, tag: str) -> None:
        if tag == "table":
            self._tables += 1
            if self._rows is None:
                self._rows = []
        elif self._rows is not None and self._tables == 1:
            self._end_cell("td")
            if tag == "tr" or not self._rows:
                self._rows.append([])
            if tag != "tr":
                self._cell = []

    def _end_cell(self, tag: str) -> None:
        if tag == "table":
            self._tables = max(0, self._tables - 1)
        if self._rows is None or self._tables > (0 if tag == "table" else 1):
            return
        if self._cell is not None:
            self._rows[-1].append("\n".join(self._cell).strip("\n"))
            self._cell = None
        if tag == "table":
            rows, self._rows = [row for row in self._rows if row], None
            lines, spoken = table_lines(rows)
            self.tally["speaker tables" if spoken else "tables"] += bool(rows)
            for line in lines:
                self.sheet.add(line)
