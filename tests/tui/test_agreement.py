"""The agreement screen: every view by its key, every figure explained, the text and the definition one key away."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from qualbench.model import Benchmark
from qualbench.project import Project
from tests.conftest import BOOK, INTERVIEW, add_interview, code
from tests.tui.conftest import SIZES, Person, press, screen_text, type_words


@pytest.fixture
def compared(study: Project) -> Project:
    """Ana and Ben on four answers.

    Ana: trust / trust, hope / - / fear.  Ben: trust / hope / - / trust.
    """
    code(study, "ana", ["TRUST", "TRUST+HOPE", "", "FEAR"])
    code(study, "ben", ["TRUST", "HOPE", "", "TRUST"])
    study.viewer = "ana"
    return study


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_the_figures_of_every_code(compared: Project, person: Person, size: tuple[int, int]) -> None:
    """Trust: both 1, only Ana 1, only Ben 1, neither 1: half agree, positive 2/4, and kappa (1/2 - 1/2) / (1/2) = 0."""
    async with person(compared, screen="agreement", size=size) as pilot:
        line = next(line for line in screen_text(pilot).splitlines() if line[1:].startswith("Trust"))
    assert re.split(r"\s+", line)[1:7] == ["1", "1", "1", "1", "0.500", "0.500"]
    assert "0.000" in line


async def test_a_view_has_a_key_and_v_goes_round(demo: Project, person: Person) -> None:
    told = {
        "1": "both   A   B none", "2": "95 % limits", "3": "missed 21, another code 10", "4": "one gave ↓",
        "5": "Round 1 Round 2", "6": "sets (MASI)",
    }  # fmt: skip
    async with person(demo, screen="agreement") as pilot:
        for key, words in told.items():
            await press(pilot, key)
            assert words in screen_text(pilot), key
        for words in told.values():
            await press(pilot, "v")
            assert words in screen_text(pilot)


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_every_figure_explains_itself(demo: Project, person: Person, size: tuple[int, int]) -> None:
    seen = set()
    async with person(demo, screen="agreement", size=size) as pilot:
        for _ in range(8):
            await press(pilot, "right", "e")
            page = screen_text(pilot)
            assert "misleads" in page
            assert "source" in page
            seen.add(page)
            await press(pilot, "escape")
    assert len(seen) >= 4


async def test_the_definition_is_one_key_away(demo: Project, person: Person) -> None:
    async with person(demo, screen="agreement") as pilot:
        await press(pilot, "d")
        page = screen_text(pilot)
    label = demo.applicable_codes()[0].label
    assert label in page
    assert " ".join(demo.applicable_codes()[0].definition.split()[:4]) in " ".join(page.split())


async def test_a_cause_leads_to_its_place_in_the_text(demo: Project, person: Person) -> None:
    first = demo.differences()[0]
    async with person(demo, screen="agreement", size=(140, 45)) as pilot:
        await press(pilot, "3", "enter")
        page = screen_text(pilot)
    assert "Consensus" in page
    assert f"only on {demo.codebook().label(first.code)}" in page
    assert "1 of" in page


async def test_a_transcript_leads_to_its_first_disagreement(demo: Project, person: Person) -> None:
    async with person(demo, screen="agreement") as pilot:
        await press(pilot, "6", "j", "enter")
        page = screen_text(pilot)
    assert "02-case-manager" in page.splitlines()[0]


async def test_the_benchmark_is_chosen_and_kept(demo: Project, person: Person) -> None:
    async with person(demo, screen="agreement") as pilot:
        assert "judged after Krippendorff 2004" in screen_text(pilot)
        await press(pilot, "b")
        assert "Landis & Koch 1977" in screen_text(pilot)
        await press(pilot, "b", "b")
        assert "judged after" not in screen_text(pilot)
    assert demo.study.benchmark is Benchmark.NONE


async def test_a_round_is_looked_at_alone(demo: Project, person: Person) -> None:
    async with person(demo, screen="agreement") as pilot:
        assert "130 units" in screen_text(pilot)
        await press(pilot, "n", "2")
        assert "64 units" in screen_text(pilot)
        assert "Round 1" in screen_text(pilot).splitlines()[0]
        await press(pilot, "n", "1")
        assert "130 units" in screen_text(pilot)


async def test_the_report_is_written_where_it_is_wanted(demo: Project, person: Person) -> None:
    async with person(demo, screen="agreement", size=(140, 45)) as pilot:
        await press(pilot, "w", "enter")
        assert "computed" in screen_text(pilot)
    assert (demo.folder / "exports" / "agreement.docx").stat().st_size > 10_000


async def test_a_reflexive_study_has_differences_and_no_number(tmp_path: Path, person: Person) -> None:
    """The same segment with both readings, why there is no coefficient, and a memo on what the difference opens up."""
    with Project.create(tmp_path / "study", method="reflexive-ta", viewer="ana") as project:
        project.release_codebook("book.yaml", BOOK)
        add_interview(project, "talk.txt", INTERVIEW)
        code(project, "ana", ["TRUST", "HOPE", "", "FEAR"])
        code(project, "ben", ["TRUST", "", "", "HOPE"])
        project.viewer = "ana"
        async with person(project) as pilot:
            await press(pilot, "a")
            page = screen_text(pilot)
            assert "No coefficient is computed" in page
            assert "ana: Hope  |  ben: nothing applies" in page
            assert "Then it got better, slowly." in page
            assert not re.search(r"\d\.\d\d|%", page)
            await press(pilot, "j", "m")
            await type_words(pilot, "two fears")
            await press(pilot, "ctrl+s")
            assert "Kept as a reflexive memo" in screen_text(pilot)
            await press(pilot, "enter")
            assert "Consensus is not sought" in screen_text(pilot)
        (memo,) = project.notes()
        assert (memo.kind, memo.body) == ("reflexive", "talk, line 8: two fears")


async def test_figures_are_not_computed_again_for_a_decision(
    demo: Project, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    from qualbench.steps import agreement

    async with person(demo) as pilot:
        await press(pilot, "a")
        counted: list[str] = []
        real = agreement.gathered
        monkeypatch.setattr(agreement, "gathered", lambda *a, **k: counted.append("read") or real(*a, **k))
        await press(pilot, "c", "escape", "enter", "n", "2", "escape", "escape")
        assert counted == []
