"""Independent readers of REFI-QDA find in our file the study that went out: pyrefiqda and qdapy."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import Any

import pyrefiqda
import pytest
import qdapy

from qualbench.project import Project
from qualbench.project.outgoing import Layer
from qualbench.steps.interchange.refi import Target
from qualbench.steps.participants import Attribute, AttributeKind
from tests.project.test_exchange import finish


@pytest.fixture
def whole(demo: Project) -> Project:
    """The demo study with everything that a file can carry."""
    finish(demo)
    demo.define_attribute(Attribute("age", AttributeKind.NUMBER))
    demo.set_attribute(demo.present()[0].label, "age", "34")
    demo.write_note("They knew me.", on="study", kind="reflexive")
    demo.write_note("Overlaps.", on="code", about=demo.codebook().codes[2].id)
    return demo


@pytest.fixture
def file(whole: Project, tmp_path: Path) -> Path:
    path = tmp_path / "study.qdpx"
    path.write_bytes(whole.qdpx(Layer.CODERS, Target.GENERIC).data)
    return path


def coded(study: Project) -> list[tuple[str, str, str, int, int, str]]:
    """Text, coder, code, span and words of every coding."""
    texts = {row.id: (row.name, study.transcript(row.id).text) for row in study.transcripts()}
    label = study.codebook().label
    return sorted(
        (
            texts[one.transcript][0],
            one.coder,
            label(one.code),
            one.start,
            one.end,
            texts[one.transcript][1][one.start : one.end],
        )
        for one in study.codings()
    )


def test_pyrefiqda_reads_the_whole_study(whole: Project, file: Path, tmp_path: Path) -> None:
    place = tmp_path / "out"
    found = pyrefiqda.RefiProject.load(file, extract_dir=str(place))

    def read(source: Any) -> str:
        return str(pyrefiqda.RefiProject.resolve_source_path(source.plain_text_path, place).read_bytes().decode())

    codes = {one.guid: one for top in found.code_book.codes.code for one in (top, *_below(top))}
    users = {one.guid: one.name for one in found.users.user}
    sources = found.sources.text_source
    assert sorted(users.values()) == sorted({*whole.coders(), *(one.name for one in whole.people())})
    assert {one.name: read(one) for one in sources} == {
        row.name: whole.transcript(row.id).text for row in whole.transcripts()
    }
    assert sorted(one.name for one in codes.values()) == sorted(one.label for one in whole.codebook().codes)
    told = {one.name: one.description or "" for one in codes.values()}
    assert all(one.definition in told[one.label] for one in whole.codebook().codes)
    assert sorted(
        (one.name, users[coding.creating_user], codes[coding.code_ref.target_guid].name, at.start_position,
         at.end_position, read(one)[at.start_position : at.end_position])
        for one in sources for at in one.plain_text_selection for coding in at.coding
    ) == coded(whole)  # fmt: skip
    notes = [read(one) for one in found.notes.note]
    described = [at.description for one in sources for at in one.plain_text_selection if at.description]
    for words in (*(one.body for one in whole.memos()), *(one.body for one in whole.notes())):
        assert words in (*notes, *described)
    variables = {one.guid: one.name for one in found.variables.variable}
    values = {
        (case.name, variables[one.variable_ref.target_guid], _value(one))
        for case in found.cases.case
        for one in case.variable_value
    }
    assert values == {
        (one.label, name, value) for one in whole.participants() for name, value in one.attributes if value
    }
    assert {one.name for one in found.cases.case} == {one.label for one in whole.participants()}


def _below(code: Any) -> list[Any]:
    return [one for child in code.code for one in (child, *_below(child))]


def _value(one: Any) -> str:
    given = (one.text_value, one.integer_value, one.float_value, one.date_value)
    return next(str(value) for value in given if value is not None)


def test_qdapy_reads_the_whole_study(whole: Project, file: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = qdapy.read_qdpx(file)
    rows = found.fragments[found.fragments["code"] != ""]
    columns = ("title", "codedBy", "code", "positionStart", "positionEnd", "text")
    assert sorted(
        (title, coder, code.rpartition("/")[2], int(start), int(end), words)
        for title, coder, code, start, end, words in zip(*(rows[name] for name in columns), strict=True)
    ) == coded(whole)
    assert set(found.coders) == set(whole.coders())
    assert sorted(found.sources) == sorted(row.name for row in whole.transcripts())
    assert sorted(found.codebook["name"]) == sorted(one.label for one in whole.codebook().codes)
    memos = {one.body for one in whole.memos() if not one.kind}
    assert memos <= {*found.fragments["comment"], *found.uncoded["comment"]}
    assert found.skipped["Cases"] == len(whole.participants()), "what it does not read, it counts"
