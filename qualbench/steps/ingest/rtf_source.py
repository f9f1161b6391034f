"""Rich text made small before a library reads it: what is no text left out and counted, and nothing left that can hurt.

Kept are words, line ends, fonts and code pages. Bold, table rows and cells become signs that no text can hold, because
the library knows nothing of them and a bold name may be the only label.
"""

import codecs
import re
from collections import Counter
from dataclasses import dataclass, field, replace

from qualbench.errors import UnreadableFile

BOLD, LIGHT, ROW, CELL, END = "\ufdd0", "\ufdd1", "\ufdd2", "\ufdd3", "\ufdd4"
"""Bold begins and ends; a table row begins, a cell of it ends, the row ends. Not characters, so no text has them."""

_CONTROL = (
    r"\\(?P<word>[a-zA-Z]{1,32})(?P<arg>-?\d{1,10})? ?|\\'(?P<hex>[0-9a-fA-F]{2})|\\(?P<sign>[^a-zA-Z])"
    r"|(?P<open>\{)|(?P<close>\})|\\|"
)
_TOKEN = re.compile(_CONTROL + r"(?P<high>[\x80-\xff]+)|(?P<plain>[^\\{}\x80-\xff\r\n]+)|[\r\n]+", re.DOTALL)
_ASIDE = re.compile(_CONTROL + r"(?P<high>(?!))|(?P<plain>[^\\{}]+)", re.DOTALL)
"""The same inside what is no text: pictures are megabytes of short lines."""
_WORDS = frozenset({
    *("par", "sect", "page", "line", "tab", "bullet", "emdash", "endash", "emspace", "enspace", "qmspace"),
    *("lquote", "rquote", "ldblquote", "rdblquote"),
})  # fmt: skip
_STATE = frozenset({"uc", "f", "deff"})
_COUNTED = {
    "pict": "pictures",
    "object": "objects",
    "footnote": "footnotes",
    "annotation": "comments",
    "listtext": "numbers",
    "pntext": "numbers",
    "shptxt": "boxes",
    **dict.fromkeys(("header", "headerf", "headerl", "headerr", "footer", "footerf", "footerl", "footerr"), "headers"),
}
_UNCOUNTED = frozenset({"nonshppict", "fldinst"})
_FALLBACK = "nonshppict"
_FONTS = "fonttbl"
_PAGES = {"10000": "mac_roman", "65001": "utf-8"}
_MACHINES = {"mac": "mac_roman", "pc": "cp437", "pca": "cp850"}
_DEEPEST = 500
_LONGEST = 5_000_000
"""Characters of text; ten hours of speech are half a million."""


@dataclass(frozen=True, slots=True)
class Small:
    """What is left of the file."""

    rtf: str
    encoding: str
    tally: Counter[str]
    cut_off: bool
    """The file ends before its last group does."""
    after: int
    """Characters after the end of the document, which are not read."""
    unknown_page: str
    """A code page that Python does not know."""


@dataclass(frozen=True, slots=True)
class _Group:
    """What holds inside a pair of braces; `dropped` is the destination whose words are no text."""

    dropped: str = ""
    hidden: bool = False
    deleted: bool = False
    bold: bool = False


@dataclass(slots=True)
class _Scan:
    """The reading so far."""

    source: str
    destinations: frozenset[str]
    group: _Group = _Group()
    outer: list[_Group] = field(default_factory=list)
    out: list[str] = field(default_factory=list)
    length: int = 0
    bold: bool = False
    in_row: bool = False
    tally: Counter[str] = field(default_factory=Counter)
    fonts: dict[str, str] = field(default_factory=dict)
    font: str = ""
    encoding: str = "cp1252"
    unknown_page: str = ""


def small(source: str, data: bytes) -> Small:
    """The file without pictures, styles, hidden and deleted words; raises UnreadableFile for hostile ones."""
    from striprtf.striprtf import destinations

    rtf = data.decode("latin-1")
    scan = _Scan(source, destinations)
    position = 0
    while position < len(rtf):
        token = (_ASIDE if scan.group.dropped else _TOKEN).match(rtf, position)
        assert token is not None, "every character is a token"
        position = token.end()
        if token["word"] == "bin":
            position += max(0, int(token["arg"] or 0))
            scan.tally["objects"] += not scan.group.dropped
        else:
            _take(scan, token)
        if token["close"] and not scan.outer:
            break
    fonts = "".join(f"{{\\f{font}\\fcharset{charset} x;}}\n" for font, charset in scan.fonts.items())
    body = "".join(scan.out) + "}" * sum(
        1 for group in (*scan.outer[1:], scan.group) if scan.outer and not group.dropped
    )
    rest = rtf[position:].strip("\0 \t\r\n")
    return Small(
        rtf=f"{{\\rtf1{{\\fonttbl{fonts}}}{body}}}",
        encoding=scan.encoding,
        tally=scan.tally,
        cut_off=bool(scan.outer),
        after=len(rest),
        unknown_page=scan.unknown_page,
    )


def _take(scan: _Scan, token: re.Match[str]) -> None:
    if token["open"]:
        _open(scan)
    elif token["close"]:
        _close(scan)
    elif token["word"]:
        _word(scan, token["word"], token["arg"] or "")
    elif token["sign"]:
        _sign(scan, token["sign"])
    elif token["hex"]:
        _text(scan, f"\\'{token['hex']}")
    elif token["high"]:
        _text(scan, "".join(f"\\'{ord(character):02x}" for character in token["high"]))
    elif token["plain"]:
        _text(scan, token["plain"])


def _open(scan: _Scan) -> None:
    if len(scan.outer) >= _DEEPEST:
        raise UnreadableFile(scan.source, "it is nested more deeply than a document is.", "Save it as .docx.")
    if not scan.group.dropped:
        scan.out.append("{")
    scan.outer.append(scan.group)


def _close(scan: _Scan) -> None:
    if not scan.outer:
        return
    scan.group = scan.outer.pop()
    if not scan.group.dropped:
        scan.out.append("}")


def _text(scan: _Scan, words: str) -> None:
    """Words as they stand in the file, when they are part of the final text."""
    group = scan.group
    if group.dropped or group.hidden or group.deleted or not scan.outer:
        return
    if group.bold != scan.bold:
        scan.bold = group.bold
        _mark(scan, BOLD if group.bold else LIGHT)
    scan.out.append(words)
    scan.length += len(words)
    if scan.length > _LONGEST:
        raise UnreadableFile(
            scan.source, f"its text has more than {_LONGEST:,} characters, more than a transcript has."
        )


def _mark(scan: _Scan, sign: str) -> None:
    scan.out.append(f"{{\\uc0\\u{ord(sign)} }}")


def _sign(scan: _Scan, sign: str) -> None:
    if sign == "*":
        scan.group = replace(scan.group, dropped=scan.group.dropped or "*")
    elif sign == "_":
        _text(scan, "-")
    elif sign in "\\{}~\n\r":
        _text(scan, "\\" + sign)


def _word(scan: _Scan, word: str, arg: str) -> None:
    if scan.group.dropped:
        _dropped_word(scan, word, arg)
    elif word == _FONTS or word in _COUNTED or word in _UNCOUNTED or word in scan.destinations:
        scan.tally[_COUNTED.get(word, "")] += word in _COUNTED
        scan.group = replace(scan.group, dropped=word)
    elif word in _WORDS:
        _text(scan, f"\\{word} ")
    elif word == "u":
        _text(scan, f"\\u{_character(arg)} ")
    elif word in _STATE:
        scan.out.append(f"\\{word}{arg[:6].lstrip('-') or '1'} ")
    elif word in ("b", "v", "deleted", "plain", "revised"):
        _property(scan, word, arg != "0")
    elif word in ("trowd", "cell", "nestcell", "row"):
        _table(scan, word)
    elif word == "ansicpg" or word in _MACHINES:
        _page(scan, word, arg)


def _dropped_word(scan: _Scan, word: str, arg: str) -> None:
    """Words inside what is no text: fonts are noted, and pictures and boxes in it counted."""
    dropped = scan.group.dropped
    if dropped == _FONTS and word == "f":
        scan.font = arg.lstrip("-")[:6]
    elif dropped == _FONTS and word == "fcharset" and scan.font:
        scan.fonts[scan.font] = arg.lstrip("-")[:6] or "0"
    elif word == _FALLBACK or (word in ("pict", "shptxt") and dropped not in (_FALLBACK, "pict", "object")):
        scan.tally[_COUNTED.get(word, "")] += word in _COUNTED
        scan.group = replace(scan.group, dropped=word)


def _character(arg: str) -> int:
    """The code unit that a `\\u` names, U+FFFD for what is none or would be taken for a sign of ours."""
    value = int(arg or 0)
    value += 0x10000 if value < 0 else 0
    known = 0 < value <= 0x10FFFF and not 0xFDD0 <= value <= 0xFDEF
    return value if known else 0xFFFD


def _property(scan: _Scan, word: str, on: bool) -> None:
    """Bold, hidden, deleted and inserted, which hold to the end of the group; `\\plain` ends them."""
    group = scan.group
    if word == "plain":
        scan.group = replace(group, bold=False, hidden=False, deleted=False)
    elif word == "b":
        scan.group = replace(group, bold=on)
    elif word == "v":
        scan.tally["hidden"] += on and not group.hidden
        scan.group = replace(group, hidden=on)
    elif word == "deleted":
        scan.tally["deletions"] += on and not group.deleted
        scan.group = replace(group, deleted=on)
    else:
        scan.tally["insertions"] += on


def _table(scan: _Scan, word: str) -> None:
    if word == "trowd" and not scan.in_row:
        scan.in_row = True
        _mark(scan, ROW)
    elif word == "row" and scan.in_row:
        scan.in_row = False
        _mark(scan, END)
    elif word == "cell" and scan.in_row:
        _mark(scan, CELL)
    elif word != "trowd":
        _text(scan, "\\par " if word == "row" else "\\tab ")


def _page(scan: _Scan, word: str, arg: str) -> None:
    """The encoding of the bytes in the file, unless a font says another."""
    name = _MACHINES.get(word) or _PAGES.get(arg) or f"cp{arg}"
    try:
        codecs.lookup(name)
    except LookupError:
        scan.unknown_page = arg[:10]
    else:
        scan.encoding = name
