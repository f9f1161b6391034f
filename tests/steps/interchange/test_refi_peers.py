"""Independent readers of the same standard find in our files what we put in: pyrefiqda and qdapy."""

from __future__ import annotations

import warnings
from pathlib import Path

import pyrefiqda
import pytest
import qdapy
from hypothesis import given, settings
from hypothesis import strategies as st

from qualbench.steps.interchange.refi import Target, write
from tests.steps.interchange.test_refi_round_trip import bundles
from tests.steps.interchange.test_refi_writing import STUDY


@pytest.fixture
def file(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    path = tmp_path / "study.qdpx"
    path.write_bytes(write(STUDY, request.param).data)
    return path


everywhere = pytest.mark.parametrize("file", list(Target), indirect=True)


@everywhere
def test_pyrefiqda_reads_codes_users_texts_and_codings(file: Path, tmp_path: Path) -> None:
    project = pyrefiqda.RefiProject.load(file, extract_dir=str(tmp_path / "out"))
    assert [user.name for user in project.users.user] == ["Ana", "Ben", "Consensus"]
    (text,) = project.sources.text_source
    path = pyrefiqda.RefiProject.resolve_source_path(text.plain_text_path, tmp_path / "out")
    words = path.read_bytes().decode("utf-8")
    cut = sorted(words[one.start_position : one.end_position] for one in text.plain_text_selection if one.coding)
    assert (
        cut == ["I trusted her."] * 3 + ["It got better."] or cut == ["I trusted her."] * 3 + ["It got better."][::-1]
    )
    (top, _) = project.code_book.codes.code
    assert [code.description for code in top.code] == ["They trust.", None]


@everywhere
def test_qdapy_cuts_the_right_words_for_each_coder(file: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        project = qdapy.read_qdpx(file)
    coded = project.fragments[project.fragments["code"] != ""]
    found = sorted(zip(coded["codedBy"], coded["text"], strict=True))
    better, trusted = "It got better.", "I trusted her."
    assert found == [("Ana", trusted), ("Ana", better), ("Ben", trusted), ("Consensus", trusted)]
    assert [row for row in coded["comment"] if row] == ["Sure?"]
    assert project.coders == ["Ana", "Ben", "Consensus"]


@settings(max_examples=15)
@given(bundles(), st.sampled_from([Target.GENERIC, Target.QUALCODER]))
def test_qdapy_finds_every_coding_of_any_study(
    tmp_path_factory: pytest.TempPathFactory, bundle: object, target: Target
) -> None:
    path = tmp_path_factory.mktemp("qdapy") / "study.qdpx"
    path.write_bytes(write(bundle, target).data)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        fragments = qdapy.read_qdpx(path).fragments
    found = fragments[fragments["code"] != ""]
    texts = {one.id: one.text for one in bundle.sources}
    users = {one.id: one.name for one in bundle.users}
    wanted = sorted((users[one.user], texts[one.source][one.start : one.end]) for one in bundle.codings)
    assert sorted(zip(found["codedBy"], found["text"], strict=True)) == wanted
