"""Files made to do harm, or broken: one clear sentence, and nothing read, grown or reached."""

from __future__ import annotations

import io
import stat
import zipfile
from pathlib import Path

import pytest

from qualbench.errors import UnreadableFile
from qualbench.steps.interchange.refi import Found, read
from qualbench.steps.interchange.refi import archive as archives
from tests.steps.interchange.qdpx_files import CODES, TALK, USERS, WORDS, coded, packed, qde, qdpx, source, sources

WHOLE = qdpx(USERS, CODES, coded([(24, 38)]))


def refused(data: bytes, name: str = "study.qdpx") -> str:
    """The one sentence (with its advice) by which a file is refused."""
    with pytest.raises(UnreadableFile) as error:
        read(name, data)
    assert "\n" not in error.value.message
    assert error.value.message.startswith(name)
    return str(error.value)


def test_the_whole_file_is_read() -> None:
    assert len(read("study.qdpx", WHOLE).bundle.codings) == 1


# --- the zip -----------------------------------------------------------------------------------------------------


def test_a_bomb_is_refused_by_its_size_before_it_is_unpacked() -> None:
    assert "would unpack to 60,000,000 bytes; refused" in refused(packed({"project.qde": b" " * 60_000_000}))


def test_a_text_that_is_a_bomb_is_refused() -> None:
    files = {f"sources/{TALK}.txt": b"\0" * 60_000_000}
    assert "would unpack to" in refused(qdpx(USERS, CODES, coded([(0, 3)]), files=files))


def test_a_bomb_that_nothing_refers_to_is_not_unpacked() -> None:
    files = {f"sources/{TALK}.txt": WORDS, "sources/film.mp4": b"\0" * 60_000_000}
    assert len(read("study.qdpx", qdpx(USERS, CODES, coded([(24, 38)]), files=files)).bundle.codings) == 1


def test_many_parts_that_are_too_much_together_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "LARGEST_IN_ALL", 1_000)
    assert "unpack to more than 1,000 bytes" in refused(
        qdpx(sources(source()), files={f"sources/{TALK}.txt": WORDS * 20})
    )


def test_too_many_parts_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "ENTRIES", 3)
    assert "more than a project has" in refused(packed({f"{n}.txt": b"" for n in range(4)}))


def test_a_part_that_is_larger_than_it_says_is_refused() -> None:
    small, large = b"<Project/>", b"<Project>" + b"x" * 5_000 + b"</Project>"
    data = packed({"project.qde": large})
    lying = data.replace(len(large).to_bytes(4, "little"), len(small).to_bytes(4, "little"))
    assert lying != data
    assert "damaged" in refused(lying) or "larger than it says" in refused(lying)


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_part_that_is_there_twice_is_refused() -> None:
    out = io.BytesIO(WHOLE)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("project.qde", qde())
    assert "its part 'project.qde' is there 2 times" in refused(out.getvalue())


def test_a_text_that_is_there_twice_in_two_spellings_is_refused() -> None:
    files = {f"sources/{TALK}.txt": WORDS, f"Sources/{TALK}.txt": WORDS}
    assert "is there 2 times" in refused(qdpx(USERS, CODES, coded([(24, 38)]), files=files))


@pytest.mark.parametrize("name", ["../../evil.txt", "/etc/evil.txt", "C:/evil.txt", "sources\\..\\..\\evil.txt"])
def test_names_that_lead_out_of_the_archive_are_left_alone_and_counted(name: str) -> None:
    members = {"project.qde": qde(sources(source(path=f"internal://{name}"))), name: "TOP SECRET"}
    found = read("study.qdpx", packed(members))
    assert found.bundle.sources == ()
    assert found.report.count(Found.STRANGE_NAME) == 1
    assert found.report.count(Found.NO_FILE) == 1


def test_a_link_in_the_archive_is_not_followed() -> None:
    link = zipfile.ZipInfo(f"sources/{TALK}.txt")
    link.create_system = 3
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    out = io.BytesIO(packed({"project.qde": qde(sources(source()))}))
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr(link, "/etc/passwd")
    found = read("study.qdpx", out.getvalue())
    assert (found.bundle.sources, found.report.count(Found.STRANGE_NAME)) == ((), 1)


@pytest.mark.parametrize(
    "path",
    [
        "relative:///../secret.txt",
        "absolute:///{}",
        "file://{}",
        "{}",
        "internal://../../{}",
        "internal:///{}",
        "http://x/y",
    ],
)
def test_paths_to_files_outside_of_the_archive_are_not_opened(path: str, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("TOP SECRET")
    found = read("study.qdpx", packed({"project.qde": qde(sources(source(path=path.format(secret))))}))
    assert found.bundle.sources == ()
    assert found.report.count(Found.NO_FILE) == 1


@pytest.mark.parametrize("part", [0.02, 0.3, 0.6, 0.9, 0.99])
def test_a_truncated_file_is_refused(part: float) -> None:
    assert "damaged" in refused(WHOLE[: int(len(WHOLE) * part)])


def test_a_part_with_wrong_bytes_is_refused() -> None:
    at = WHOLE.index(b"project.qde") + 40
    assert "damaged" in refused(WHOLE[:at] + bytes(255 - byte for byte in WHOLE[at : at + 20]) + WHOLE[at + 20 :])


def test_a_file_with_a_password_is_refused() -> None:
    data = bytearray(WHOLE)
    data[data.index(b"PK\x01\x02") + 8] |= 1
    data[6] |= 1
    assert "password" in refused(bytes(data))


# --- the XML -----------------------------------------------------------------------------------------------------


def _entity(number: int) -> str:
    return f"&a{number};" * 10


_TENFOLD = "".join(f'<!ENTITY a{n + 1} "{_entity(n)}">' for n in range(9))
LAUGHS = f'<!DOCTYPE l [<!ENTITY a0 "lol">{_TENFOLD}'
OUTSIDE = '<!DOCTYPE l [<!ENTITY x SYSTEM "file:///etc/passwd">'


@pytest.mark.parametrize("entities", [LAUGHS + "]>", OUTSIDE + "]>", "<!DOCTYPE Project>"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_doctype_is_refused_whatever_its_encoding(entities: str, encoding: str) -> None:
    text = f'<?xml version="1.0" encoding="{encoding}"?>{entities}<Project name="&a9;&x;" origin="x"/>'
    sentence = refused(packed({"project.qde": text.encode(encoding)}))
    assert "DOCTYPE" in sentence or "damaged" in sentence


def test_broken_xml_is_refused() -> None:
    assert "its project part is damaged" in refused(packed({"project.qde": qde(USERS)[:-20]}))


def test_xml_that_is_nested_without_end_is_refused() -> None:
    deep = "<CodeBook><Codes>" + '<Code guid="x" name="x" isCodable="true">' * 5_000
    assert "damaged" in refused(packed({"project.qde": qde(deep + "</Code>" * 5_000 + "</Codes></CodeBook>")}))


# --- other files -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("study.zip", "ends in .qdpx"), ("study", "ends in .qdpx"), ("study.nvpx", "NVivo's own file"),
        ("study.mx24", "MAXQDA's own file"), ("book.qdc", "it is a codebook"), ("project.qde", "inner part"),
    ],
)  # fmt: skip
def test_a_wrong_suffix_is_told(name: str, said: str) -> None:
    assert said in refused(WHOLE, name)


def test_a_file_that_is_something_else_is_told() -> None:
    assert "not a REFI-QDA project" in refused(b"%PDF-1.7 ...")
    assert "it is empty" in refused(b"")
    assert "holds no REFI-QDA project" in refused(packed({"word/document.xml": "<w/>"}))
    assert "holds no REFI-QDA project" in refused(packed({"project.qde": "<CodeBook/>"}))
    assert "holds 2 projects" in refused(packed({"a.qde": qde(), "b.qde": qde()}))


def test_names_with_control_characters_do_not_reach_the_terminal() -> None:
    assert "\x1b" not in refused(b"", "a\x1b]52;c.qdpx".replace("\x1b", "")) + refused(b"", "a.qdpx")
    data = packed({"x\x1b[31m.txt": b"", "X\x1b[31m.txt": b""})
    assert "\x1b" not in refused(data)
