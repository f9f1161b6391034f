"""A table of another program becomes the draft after a person said what its columns are; the draft goes to a file."""

from __future__ import annotations

from pathlib import Path

from qualbench.project import Project
from tests.tui.codebooks import answer, words
from tests.tui.conftest import Person, press

TABLE = """My codes,,,
,,,
Theme,Code,Definition,Mentions
Trust,Own pace,They set the pace.,12
,Turning up,Somebody is there again.,7
Fear,Being seen,They hide.,3
"""


async def test_a_table_is_looked_at_and_then_taken_into_the_draft(
    study: Project, person: Person, tmp_path: Path
) -> None:  # fmt: skip
    """A title row stands above the header, an empty cell means the theme above, and counts are no part of it."""
    (tmp_path / "codes.csv").write_text(TABLE)
    async with person(study) as pilot:
        await press(pilot, "b", "i")
        await answer(pilot, str(tmp_path / "codes.csv"))
        seen = words(pilot)
        assert "header in row 3" in seen
        assert "left out" in seen
        assert "Own pace" in seen
        await press(pilot, "f")
        assert "filled down" in words(pilot)
        await press(pilot, "w")
        assert "The file lacks 1 code of the draft: Hope" in words(pilot)
        await press(pilot, "2")
        assert "is in the draft" in words(pilot)
    draft = study.draft()
    tree = [
        (one.label, draft.label(one.parent) if one.parent else "") for one in draft.codes if one.status != "retired"
    ]
    assert tree == [
        ("Trust", ""), ("Own pace", "Trust"), ("Turning up", "Trust"), ("Fear", ""), ("Being seen", "Fear"),
    ]  # fmt: skip
    assert study.codebook().get("TRUST") is not None


async def test_codes_that_a_table_lacks_can_stay(study: Project, person: Person, tmp_path: Path) -> None:
    (tmp_path / "codes.csv").write_text("Code,Definition\nAnger,They shout.\n")
    async with person(study) as pilot:
        await press(pilot, "b", "i")
        await answer(pilot, str(tmp_path / "codes.csv"))
        await press(pilot, "w", "1")
    assert [(one.label, one.status) for one in study.draft().codes] == [
        ("Trust", "active"), ("Hope", "active"), ("Fear", "active"), ("Anger", "active"),
    ]  # fmt: skip


async def test_what_a_column_is_and_where_the_header_is_can_be_said(
    study: Project, person: Person, tmp_path: Path
) -> None:  # fmt: skip
    (tmp_path / "codes.csv").write_text("x,y\nHope,They hope.\nAnger,They shout.\n")
    async with person(study) as pilot:
        await press(pilot, "b", "i")
        await answer(pilot, str(tmp_path / "codes.csv"))
        await press(pilot, "h")
        await answer(pilot, "1")
        assert "header in row 1" in words(pilot)
        await press(pilot, "enter")
        assert "What is the column 'x'?" in words(pilot)
        await press(pilot, "escape", "t")
        assert "To know about codes.csv" in words(pilot)
        await press(pilot, "escape", "escape")
    assert not study.has_draft()


async def test_a_yaml_file_is_taken_at_once_and_a_file_that_is_none_is_refused(
    study: Project, person: Person, tmp_path: Path
) -> None:  # fmt: skip
    text = study.codebook_source("1.0").replace("Not for trust.", "Not for trust or fear.")
    (tmp_path / "book.yaml").write_text(text)
    (tmp_path / "no.pdf").write_text("x")
    async with person(study) as pilot:
        await press(pilot, "b", "i")
        await answer(pilot, str(tmp_path / "gone.yaml"))
        assert "can not be read" in words(pilot)
        await press(pilot, "i")
        await answer(pilot, str(tmp_path / "no.pdf"))
        assert not study.has_draft()
        await press(pilot, "i")
        await answer(pilot, str(tmp_path / "book.yaml"))
        assert "is in the draft" in words(pilot)
    changed = study.draft().get("HOPE")
    assert changed is not None
    assert changed.exclude == "Not for trust or fear."


async def test_the_codebook_is_written_as_what_is_asked_for(study: Project, person: Person, tmp_path: Path) -> None:
    target = tmp_path / "book.csv"
    async with person(study) as pilot:
        await press(pilot, "b", "w", "2")
        await answer(pilot, str(target))
        assert "The codebook is in" in words(pilot)
    assert "Hope" in target.read_text("utf-8-sig")
