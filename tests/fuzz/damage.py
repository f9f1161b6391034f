"""Damage as values: a change is a kind and two numbers, so that the same changes always give the same bytes."""

from __future__ import annotations

import io
import json
import random
import re
import warnings
import zipfile
from collections.abc import Callable, Sequence
from copy import deepcopy
from typing import Any

Change = tuple[str, int, int]
"""The kind, where it strikes, and what it puts there."""
LARGEST_NUMBER = 2**32

_ZIP, _SQLITE = b"PK", b"SQLite format 3\x00"


def damaged(data: bytes, changes: Sequence[Change]) -> bytes:
    """The bytes after these changes: in a package in one of its members, in anything else where they strike."""
    if data.startswith(_ZIP) and changes and changes[0][1] % 5:
        return _in_a_member(data, changes)
    for kind, where, what in changes:
        data = KINDS[kind](data, where, what)
    return data


def drawn(chance: random.Random, most: int = 5) -> list[Change]:
    """One to so many changes."""
    names = list(KINDS)
    return [
        (chance.choice(names), chance.randrange(LARGEST_NUMBER), chance.randrange(LARGEST_NUMBER))
        for _ in range(chance.randint(1, most))
    ]


# --- in bytes ----------------------------------------------------------------------------------------------------


def _flip(data: bytes, where: int, what: int) -> bytes:
    if not data:
        return data
    spoilt = bytearray(data)
    spoilt[where % len(spoilt)] ^= 1 << what % 8
    return bytes(spoilt)


def _cut(data: bytes, where: int, what: int) -> bytes:
    at = where % (len(data) + 1)
    return data[:at] + data[at + (1, 4, 30, 300, 10**9)[what % 5] :]


def _repeat(data: bytes, where: int, what: int) -> bytes:
    at, size = where % (len(data) + 1), (1, 8, 60, 500)[what % 4]
    return data[: at + size] + data[at : at + size] * (1, 2, 40, 300)[what // 4 % 4] + data[at + size :]


def _scrap(data: bytes, where: int, what: int) -> bytes:
    at = where % (len(data) + 1)
    return data[:at] + SCRAPS[what % len(SCRAPS)] * (1, 1, 1, 200)[where % 4] + data[at + what % 3 :]


def _number(data: bytes, where: int, what: int) -> bytes:
    """One number of the text becomes one that nobody expects."""
    found = list(re.finditer(rb"\d+", data))
    if not found:
        return data
    one = found[where % len(found)]
    return data[: one.start()] + NUMBERS[what % len(NUMBERS)] + data[one.end() :]


def _nest(data: bytes, where: int, what: int) -> bytes:
    at, (before, after) = where % (len(data) + 1), PAIRS[what % len(PAIRS)]
    deep = (3, 60, 2_000)[where % 3]
    return data[:at] + before * deep + data[at : at + 20] + after * deep + data[at + 20 :]


def _lie(data: bytes, where: int, what: int) -> bytes:
    """Four bytes, as sizes and places stand in packages and databases, become other ones."""
    if len(data) < 4:
        return data
    at = where % (len(data) - 3)
    return data[:at] + LIES[what % len(LIES)] + data[at + 4 :]


def _json(data: bytes, where: int, what: int) -> bytes:
    """A value of the JSON becomes one of another type, or its key another one."""
    try:
        whole = json.loads(data)
    except (ValueError, RecursionError):
        return _scrap(data, where, what)
    holders = [one for one in _within(whole) if isinstance(one, dict | list) and one]
    if not holders:
        return data
    holder: Any = holders[where % len(holders)]
    places = list(holder) if isinstance(holder, dict) else list(range(len(holder)))
    place, value = places[where // 7 % len(places)], VALUES[what % len(VALUES)]
    if what % 5 == 0:
        del holder[place]
    elif what % 5 == 1 and isinstance(holder, dict):
        holder[str(VALUES[where % len(VALUES)])] = holder.pop(place)
    else:
        holder[place] = deepcopy(value)
    return json.dumps(whole).encode()


def _within(value: object) -> list[object]:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [value, *(below for one in inner for below in _within(one))]


KINDS: dict[str, Callable[[bytes, int, int], bytes]] = {
    "flip": _flip,
    "cut": _cut,
    "repeat": _repeat,
    "scrap": _scrap,
    "number": _number,
    "nest": _nest,
    "lie": _lie,
    "json": _json,
}
NUMBERS = (
    *(b"-1", b"0", b"2147483648", b"18446744073709551616", b"1e999", b"9" * 5_000, b"NaN", b"1_0", b"0x10"),
    *("١٢".encode(), "²".encode(), b"00000001", b"1.5", b"-0", b"9223372036854775808"),
)
PAIRS = ((b"[", b"]"), (b'{"a":', b"}"), (b"(", b")"), (b"<b>", b"</b>"), (b"{", b"}"), (b"not (", b")"), (b"- ", b""))
LIES = tuple(number.to_bytes(4, "little") for number in (0, 1, 0x7FFFFFFF, 0xFFFFFFFF, 0x10000000, 0xFFFF))
VALUES: tuple[Any, ...] = (
    *(None, True, -1, 10**30, 1e300, 0.5, float("nan"), float("inf"), {}, [], [[]], [None], {"x": 1}, "", "x"),
    *("\ud83d", "a\0b\x1b]52;c;eA\x07", "word " * 50, "1.5", "00:01:02", "\ufeff", "\u202e", "9" * 5_000, [1, "a", {}]),
)
SCRAPS = (
    *(b"\0", b"\r", b"\n", b"\r\n", b"\t", b"\x1b]52;c;eA==\x07", b"\x9b", b"\xff", b"\xed\xa0\x80", b"\xef\xbb\xbf"),
    *("\u2028".encode(), "\u202e".encode(), "\x85".encode(), "\ufdd0".encode(), b"\xfe\xff", b"PK\x05\x06"),
    *(b'"', b"'", b",", b";", b":", b"=", b"&", b"#", b"|", b"*", b"\\", b"%", b"\\ud800", b"\\u0000", b"null"),
    *(b"<", b">", b"</", b"<![CDATA[", b"]]>", b"&#0;", b"&#xD800;", b"&a;", b"<!DOCTYPE a>", b"<?xml version='9'?>"),
    *(b"[", b"]", b"{", b"}", b"(", b")", b"!!python/object:os.system", b"&a [*a]", b"*a", b"<<: *a", b"? ", b"- "),
    *(b"I: ", b"P1: ", b"00:01:02", b"-->", b"\\bin9999999999 ", b"\\'", b"\\par ", b"\\u99999?", b"_xD800_"),
    *(b" and ", b" or ", b" not ", b" where ", b" near ", b"3..", b"..", b"true", b"[[a]]", b"'''", b'"""', b"1e9"),
)


# --- in packages -------------------------------------------------------------------------------------------------


def _in_a_member(data: bytes, changes: Sequence[Change]) -> bytes:
    """The package with its members changed, renamed, doubled, or stood on each other's place."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = [(name, archive.read(name)) for name in archive.namelist()]
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError, EOFError):
        parts = []
    if not parts:
        return data
    for kind, where, what in changes:
        at = where % len(parts)
        name, body = parts[at]
        if what % 16 == 0:
            parts[at] = (NAMES[where // 3 % len(NAMES)], body)
        elif what % 16 == 1:
            parts.append((name, body[: len(body) // 2]))
        elif what % 16 == 2:
            parts[at] = (parts[where // 5 % len(parts)][0], body)
        else:
            parts[at] = (name, KINDS[kind](body, where, what))
    return packed(parts)


def packed(parts: Sequence[tuple[str, bytes]]) -> bytes:
    """A zip of these members, some of them perhaps of one name."""
    stream = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        warnings.simplefilter("ignore")
        for name, body in parts:
            archive.writestr(name, body)
    return stream.getvalue()


NAMES = (
    *("../../evil.txt", "/etc/passwd", "..\\evil", "C:\\evil", " ", "a\0b", "x" * 3_000, "word/", "sources/"),
    *("PROJECT.QDE", "word/Document.xml", "\u202egnp", "xl/workbook.xml", "content.xml", "project.qde"),
)
