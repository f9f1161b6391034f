"""Files that are made to do harm: by size, by depth, by entities, by names, by what a database does when it is read."""

from __future__ import annotations

import io
import json
import sqlite3
import stat
import struct
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import closing

from tests.fuzz.damage import packed

_LAUGHS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
DOCTYPES = (
    f'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a0 "lollollollol">{_LAUGHS}]>',
    f'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a9 "{"x" * 60_000}">]>',
    '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a9 SYSTEM "file:///etc/hostname">]>',
    '<?xml version="1.0"?><!DOCTYPE l SYSTEM "http://127.0.0.1:9/x.dtd">',
)
"""Ten thousand million laughs, one long word said often, a file of this machine, and a definition fetched from afar."""
DEEP = 10_000


def with_entities(xml: bytes) -> Iterator[bytes]:
    """The document with each of the definitions before it, said where its first words stand, in two encodings."""
    body = xml.partition(b"?>")[2] if xml.startswith(b"<?xml") else xml
    for doctype in DOCTYPES:
        text = doctype + body.decode().replace("</", "&a9;</", 2)
        yield text.encode()
        yield text.replace('version="1.0"', 'version="1.0" encoding="utf-16"').encode("utf-16")


def deep_json() -> Iterator[bytes]:
    """JSON ten thousand deep, numbers of five thousand digits, and the wrong thing at the top."""
    yield b"[" * DEEP + b"]" * DEEP
    yield b'{"segments":' * DEEP + b"1" + b"}" * DEEP
    yield b'{"segments": [' + b"9" * 5_000 + b"]}"
    yield b'{"segments": [{"start": 1e999, "end": -1e999, "text": "\\ud800"}]}'
    yield from (json.dumps(one).encode() for one in (None, 0, "x", True, [], {}, [None]))


def deep_xml(root: bytes = b"a") -> bytes:
    """Elements ten thousand deep."""
    return b"<" + root + b">" + b"<b>" * DEEP + b"</b>" * DEEP + b"</" + root + b">"


# --- zip ---------------------------------------------------------------------------------------------------------


def bad_zips(data: bytes) -> Iterator[bytes]:
    """A package with its members grown, lying about their size, doubled, led outside, linked, locked, or too many."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = [(name, archive.read(name)) for name in archive.namelist()]
    first, body = max(parts, key=lambda part: len(part[1]))
    rest = [part for part in parts if part[0] != first]
    yield packed([(first, bytes(60_000_000)), *rest])
    grown = packed([(first, b" " * 20_000_000 + body), *rest])
    yield grown
    yield from (lying(grown, size) for size in (0, 10, 0x7FFFFFFF, 0xFFFFFFFF))
    yield packed([*parts, *parts])
    yield packed([*parts, (first.upper(), b"<x/>")])
    yield packed([(f"../../{first}", body), *rest])
    yield packed([(f"/{first}", body), *rest])
    yield packed([(f"part{n}", b"") for n in range(5_200)])
    yield linked(first, parts)
    yield data[: len(data) // 2]
    yield b"junk" * 50 + data
    yield data.replace(b"PK\x01\x02", b"PK\x01\x02\xff\xff\xff\xff", 1)
    yield locked(data)


def lying(data: bytes, size: int) -> bytes:
    """The zip with another unpacked size said of every member, in both places that say it."""
    changed = bytearray(data)
    for mark, place in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        at = data.find(mark)
        while at >= 0:
            changed[at + place : at + place + 4] = struct.pack("<I", size)
            at = data.find(mark, at + 4)
    return bytes(changed)


def locked(data: bytes) -> bytes:
    """The zip with every member said to need a password."""
    changed = bytearray(data)
    for mark, place in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        at = data.find(mark)
        while at >= 0:
            changed[at + place] |= 1
            at = data.find(mark, at + 4)
    return bytes(changed)


def linked(name: str, parts: Sequence[tuple[str, bytes]]) -> bytes:
    """The zip with one member a link to a file of this machine."""
    stream = io.BytesIO(packed([part for part in parts if part[0] != name]))
    with zipfile.ZipFile(stream, "a") as archive:
        info = zipfile.ZipInfo(name)
        info.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(info, "/etc/passwd")
    return stream.getvalue()


# --- databases ---------------------------------------------------------------------------------------------------


def bad_databases(data: bytes, table: str, column: str) -> Iterator[bytes]:
    """A database whose table is a view that never ends, has triggers, lies of its schema, or holds other types."""
    endless = f"with recursive n(x) as (select 1 union all select x + 1 from n) select x as {column} from n"
    drop = f'alter table "{table}" rename to "kept {table}"'
    yield changed(data, drop, f'create view "{table}" as {endless}')
    yield changed(data, f'create trigger t after insert on "{table}" begin select load_extension("x"); end')
    yield changed(data, drop, f'create view "{table}" as select load_extension("/tmp/x") as {column}')
    yield changed(data, drop, f'create view "{table}" as select writefile("/tmp/x", "y") as {column}')
    yield changed(data, drop, f'create table "{table}" ({column} generated always as (abs(-9223372036854775808)), a)',
                  f'insert into "{table}" (a) values (1)')  # fmt: skip
    yield changed(data, drop, f'create virtual table "{table}" using fts5({column})')
    for value in ("x'ff00fe'", "9e999", "-9223372036854775808", "null", "zeroblob(1000000)", "char(0, 27, 55296)"):
        yield changed(data, f'update "{table}" set "{column}" = {value}')
    yield changed(data, f'delete from "{table}"')
    yield changed(
        data, "pragma writable_schema = on", "update sqlite_master set sql = 'create table x(' || hex(randomblob(50))"
    )
    yield changed(data, "pragma writable_schema = on", "update sqlite_master set rootpage = 1")
    yield changed(data, "pragma writable_schema = on", "update sqlite_master set name = x'00ff', tbl_name = x'00ff'")


def changed(data: bytes, *statements: str) -> bytes:
    """The database after these statements, as far as it lets them be done."""
    with closing(sqlite3.connect(":memory:")) as db:
        db.deserialize(data)
        for one in statements:
            try:
                db.execute(one)
            except sqlite3.Error:
                break
        db.commit()
        return db.serialize()
