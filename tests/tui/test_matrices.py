"""The matrices screen: every view by its key, every number with its words, queries, and tables of any size."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from rich.cells import cell_len
from textual.app import App, ComposeResult

from qualbench.model import Role
from qualbench.project import Project
from qualbench.tui.screens.matrices_views import shade_of
from qualbench.tui.screens.passages import Passages
from qualbench.tui.widgets.grid import Grid, Table
from tests.conftest import BOOK, INTERVIEW, add_interview, code
from tests.tui.conftest import SIZES, Person, press, screen_text, type_words

SECOND = "I: And you?\nP2: I hoped, and I was afraid.\nI: Of what?\nP2: Of the dark.\n"


@pytest.fixture
def settled(study: Project) -> Project:
    """talk (P1): Trust | Trust Hope | nothing | nothing. other (P2): Hope | nothing."""
    add_interview(study, "other.txt", SECOND)
    for coder in ("ana", "ben"):
        code(study, coder, ["TRUST", "TRUST+HOPE", "", ""])
        code(study, coder, ["HOPE", ""], "other")
    study.viewer = "ana"
    return study


# --- matrices --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_home_opens_the_matrix_and_the_bar_tells_its_cell(
    settled: Project, person: Person, size: tuple[int, int]
) -> None:
    async with person(settled, size=size) as pilot:
        await press(pilot, "x")
        text = screen_text(pilot)
        assert "Segments of each code, by participant: 3 rows, 2 columns" in text
        assert "▸Trust[2█]·" in text.replace(" ", "")
        assert "'Trust', what P1 says: 2 segments." in text
        assert "Out of 2 participants with speech decided" in text
        await press(pilot, "j", "l")
        assert "'Hope', what P2 says: 1 segment." in screen_text(pilot)
        await press(pilot, "k", "h")
        assert "'Trust', what P1 says: 2 segments." in screen_text(pilot)


async def test_a_cell_opens_its_words_and_they_open_their_place(settled: Project, person: Person) -> None:
    async with person(settled, screen="matrices") as pilot:
        await press(pilot, "enter")
        text = screen_text(pilot)
        assert "2 extracts" in text
        assert "P1, talk, line 2: Trust" in text
        assert "I trusted her at once. She had been there." in text
        await press(pilot, "j")
        assert "P1, talk, line 4: Trust" in screen_text(pilot)
        await press(pilot, "enter")
        text = screen_text(pilot)
        assert "Coding" in text.split("\n")[0]
        assert "▸✓ P1     Then it got better" in text
        await press(pilot, "escape", "escape", "l", "enter")
        assert "There is nothing behind it." in screen_text(pilot)


async def test_the_columns_the_cells_the_rows_and_the_coding_are_chosen(settled: Project, person: Person) -> None:
    settled.create_theme("What holds")
    settled.gather_codes(settled.themes()[0], ["TRUST", "HOPE"])
    async with person(settled, screen="matrices") as pilot:
        await press(pilot, "m", "5")
        assert "Segments of each code, by coder" in screen_text(pilot)
        await press(pilot, "m", "6")
        assert "Codes on the same segment" in screen_text(pilot)
        await press(pilot, "l")
        assert "'Trust' and 'Hope' stand together on 1 segment; 'Trust' on 2, 'Hope' on 2." in screen_text(pilot)
        await press(pilot, "c", "3")
        assert "c = 0.333" in screen_text(pilot)
        await press(pilot, "m", "3", "r")
        text = screen_text(pilot)
        assert "Segments of each theme, by transcript" in text
        assert "What holds" in text
        await press(pilot, "r", "y", "2")
        assert "ana's coding" in screen_text(pilot).split("\n")[0]
        await press(pilot, "c", "1")
        assert "'Trust' does not stand in other." in screen_text(pilot)
        await press(pilot, "z")
        text = screen_text(pilot)
        assert "Fear" not in text
        assert "2 rows" in text


async def test_only_what_fulfils_a_condition_and_a_wrong_one_is_asked_again(settled: Project, person: Person) -> None:
    async with person(settled, screen="matrices", size=(140, 45)) as pilot:
        await press(pilot, "f")
        await type_words(pilot, "participant P2")
        await press(pilot, "enter")
        assert "can not be read (character 13)" in screen_text(pilot)
        await press(pilot, *["left"] * 3, "space", "equals_sign", "enter")
        text = screen_text(pilot)
        assert "only participant = P2" in text
        assert "3 rows, 1 columns" in text
        await press(pilot, "f", "ctrl+u")
        await type_words(pilot, "participant")
        await press(pilot, "space", "equals_sign", "space", "Z", "enter")
        assert "There is no participant called 'Z' here." in screen_text(pilot)


async def test_a_matrix_is_written_to_a_file(settled: Project, tmp_path: Path, person: Person) -> None:
    async with person(settled, screen="matrices") as pilot:
        await press(pilot, "w", "ctrl+u")
        await type_words(pilot, str(tmp_path / "m.csv"))
        await press(pilot, "enter")
        assert "The matrix is in" in screen_text(pilot)
    assert (tmp_path / "m.csv").read_text("utf-8").splitlines()[1] == "TRUST,Trust,2,0"


# --- the other views -------------------------------------------------------------------------------------------


async def test_prevalence_is_told_as_a_report_says_it_and_opens_its_words(settled: Project, person: Person) -> None:
    async with person(settled, screen="matrices") as pilot:
        await press(pilot, "2", "j")
        text = screen_text(pilot)
        assert "'Hope': 2 of 2 participants (100%); 2 segments in 2 transcripts." in text
        await press(pilot, "e")
        assert "Out of 2 participants" in screen_text(pilot)
        await press(pilot, "escape", "enter")
        assert "I hoped, and I was afraid." in screen_text(pilot)


async def test_saturation_by_any_rule_and_order_opens_what_is_new(settled: Project, person: Person) -> None:
    async with person(settled, screen="matrices") as pilot:
        await press(pilot, "4")
        text = screen_text(pilot)
        assert "Too few interviews to say" in text
        assert "New in talk: Trust, Hope." in text
        await press(pilot, "b", "ctrl+u")
        await type_words(pilot, "1 1 5")
        await press(pilot, "enter")
        assert "Saturation is reached at 1+1 interviews" in screen_text(pilot)
        assert "← reached" in screen_text(pilot)
        await press(pilot, "b", "ctrl+u", "x", "enter")
        assert "Write three numbers" in screen_text(pilot)
        await press(pilot, "o", "2")
        assert "in the order of coding" in screen_text(pilot)
        await press(pilot, "d")
        assert "In 500 random orders (seed 1) saturation is reached in" in " ".join(screen_text(pilot).split())
        await press(pilot, "escape", "K")
        (kept,) = settled.kept_saturation()
        assert (kept.data["base"], kept.data["order"]) == (1, "the order of coding")
        await press(pilot, "enter")
        assert "3 extracts" not in screen_text(pilot)
        assert "2 extracts" in screen_text(pilot)


async def test_a_query_is_written_shown_saved_changed_dropped_and_brought_back(
    settled: Project, person: Person
) -> None:
    async with person(settled, screen="matrices") as pilot:
        await press(pilot, "3", "n")
        await type_words(pilot, "Trust and")
        await press(pilot, "enter")
        assert "expected a code" in screen_text(pilot)
        await type_words(pilot, " Hope")
        await press(pilot, "enter")
        text = screen_text(pilot)
        assert "Places of 'Trust' and 'Hope' where they share words" in text
        assert "expected a code" not in text
        assert "Trust, Hope" in text
        await press(pilot, "s")
        await type_words(pilot, "both")
        await press(pilot, "enter", "escape")
        assert "TRUST and HOPE" in screen_text(pilot)
        await press(pilot, "a", "ctrl+u")
        await type_words(pilot, "Hope")
        await press(pilot, "enter")
        assert "2 extracts" in screen_text(pilot)
        await press(pilot, "escape", "enter")
        assert "1 extract" in screen_text(pilot)
        await press(pilot, "escape", "x", "1")
        assert settled.saved_queries() == ()
        await press(pilot, "u")
        assert [one.name for one in settled.saved_queries()] == ["both"]
        settled.create_theme("Newer")
        await press(pilot, "u")
        assert [one.name for one in settled.themes()] == ["Newer"]


async def test_v_goes_round_and_keys_of_one_view_do_nothing_in_another(settled: Project, person: Person) -> None:
    async with person(settled, screen="matrices") as pilot:
        seen = []
        for _ in range(4):
            await press(pilot, "v")
            seen.append(screen_text(pilot).split("\n")[0].rpartition("· ")[2])
        assert seen == ["prevalence", "queries", "saturation", "matrix"]
        await press(pilot, "o", "b", "x")
        assert "by participant" in screen_text(pilot)


# --- studies that have no numbers ------------------------------------------------------------------------------


async def test_a_reflexive_study_has_marks_and_says_why(
    tmp_path: Path, clock: Callable[[], datetime], person: Person
) -> None:
    with Project.create(tmp_path / "own", method="reflexive-ta", coders=1, viewer="ana", clock=clock) as project:
        project.release_codebook("book.yaml", BOOK)
        add_interview(project, "talk.txt", INTERVIEW)
        code(project, "ana", ["TRUST", "TRUST", "", ""])
        async with person(project, screen="matrices") as pilot:
            text = screen_text(pilot)
            assert "[×]" in text.replace(" ", "")
            assert "'Trust' stands in what P1 says." in text
            assert "does not count" in text
            await press(pilot, "enter")
            assert "2 extracts" not in screen_text(pilot)
            await press(pilot, "escape", "2")
            assert "does not count" in screen_text(pilot)
            await press(pilot, "4")
            assert "makes themes instead of finding them" in " ".join(screen_text(pilot).split())


async def test_a_blind_study_says_when_there_will_be_something(study: Project, person: Person) -> None:
    code(study, "ana", ["TRUST", "", "", ""])
    async with person(study, screen="matrices") as pilot:
        for key in "124":
            await press(pilot, key, "enter", "j", "l", "pagedown", "G")
            assert "a transcript opens when every coder's pass on it is submitted" in " ".join(
                screen_text(pilot).split()
            )


UGLY = "\x1b]52;c;ZXZpbA==\x07 [laughs] [/x] [@click=app.exit]no[/] \x9b31m \u202eolleh 👩‍👩‍👧 e\u0301 " + "x" * 10_000
UGLY_BOOK = """
format: qualbench-codebook/1
title: "[/x] Ugly"
version: "1.0"
codes:
  - {id: TRUST, label: "[red]Trust[/x] 👩‍👩‍👧 שלום 한국어", definition: "[/x]", exclude: "[b]", examples: ["[/y]"]}
  - {id: HOPE, label: "[@click=app.exit]", definition: "d", exclude: "e", examples: ["f"]}
"""
CONTROLS = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_hostile_words_are_only_words(
    tmp_path: Path, clock: Callable[[], datetime], person: Person, size: tuple[int, int]
) -> None:
    with Project.create(tmp_path / "ugly", name="[/x] \x1b[2J", coders=1, viewer="ana", clock=clock) as project:
        project.release_codebook("book.yaml", UGLY_BOOK)
        add_interview(project, "[x]\x1b.txt", f"I: Why [/x]?\nP1: {UGLY}\nI: And?\nP1: no {UGLY}\n")
        name = project.transcripts()[0].name
        project.assign_speaker(name, "P1", Role.PARTICIPANT, "한국어 [/x]\x1b")
        code(project, "ana", ["TRUST+HOPE", "HOPE"], name)
        project.save_query("[/x] \x1b", "TRUST and HOPE")
        pictures = []
        async with person(project, screen="matrices", size=size) as pilot:
            for keys in (
                "1 enter escape m 6 l enter space b escape e escape",
                "2 enter j escape",
                "3 enter escape",
                "4 enter",
            ):
                for key in keys.split():
                    await press(pilot, key)
                    pictures.append(screen_text(pilot))
    for picture in pictures:
        assert not CONTROLS.findall(picture.replace("\n", ""))
        assert max(map(cell_len, picture.split("\n"))) <= size[0]
    assert any("[laughs] [/x]" in " ".join(picture.split()) for picture in pictures)


async def test_many_extracts_are_listed_as_far_as_a_person_reads(settled: Project, person: Person) -> None:
    (one, *_) = settled.ask("Trust").passages
    async with person(settled) as pilot:
        pilot.app.push_screen(Passages("many", [one] * 2_500))
        await pilot.pause()
        assert "2500 extracts · the first 2000 are shown" in screen_text(pilot)


# --- the table ---------------------------------------------------------------------------------------------------


class Alone(App[None]):
    """The table and nothing else."""

    def __init__(self, table: Table) -> None:
        super().__init__()
        self._shown_table = table

    def compose(self) -> ComposeResult:
        yield Grid()

    def on_mount(self) -> None:
        self.query_one(Grid).show_table(self._shown_table)


BIG = Table([f"Matter {n}" for n in range(500)], [f"P{n:04}" for n in range(1000)], lambda r, c: f"{r * 1000 + c}", 6)


async def test_a_large_table_scrolls_both_ways_under_its_head_and_beside_its_labels() -> None:
    async with Alone(BIG).run_test(size=(80, 24)) as pilot:
        grid = pilot.app.query_one(Grid)
        grid.go_to(499, 999)
        await pilot.pause()
        lines = screen_text(pilot).split("\n")
        assert lines[0].split()[-1] == "P0999"
        assert any(line.startswith("▸Matter 499") and "[499999]" in line for line in lines)
        grid.move(-1, -1)
        grid.page(-1)
        await pilot.pause()
        text = screen_text(pilot)
        assert grid.at == (499 - 1 - 21, 998)
        assert f"[{477_998}]" in text
        grid.go_to(-5, -5)
        await pilot.pause()
        assert grid.at == (0, 0)
        assert screen_text(pilot).split("\n")[0].split()[0] == "P0000"


async def test_a_click_moves_the_bar_and_columns_are_never_cut() -> None:
    async with Alone(BIG).run_test(size=(80, 24)) as pilot:
        grid = pilot.app.query_one(Grid)
        await pilot.click(Grid, offset=(30, 3))
        await pilot.pause()
        row, column = grid.at
        assert row == 2
        assert f"[{2000 + column:>6}]" in screen_text(pilot)
        begins = screen_text(pilot).index(f"P{column:04}")
        assert begins - 2 <= 30 <= begins + 5
        grid.scroll_to(x=3, animate=False, force=True)
        await pilot.pause()
        assert screen_text(pilot).split("\n")[0].split()[0] == "P0001"


async def test_what_is_seen_of_500_by_1000_is_drawn_at_once() -> None:
    """A bound that only a mistake can break: all lines of the largest window, in CPU seconds; the best of five."""
    async with Alone(BIG).run_test(size=(250, 70)) as pilot:
        grid = pilot.app.query_one(Grid)
        best = min(_drawn(grid) for _ in range(5))
    assert best < 0.1


def _drawn(grid: Grid) -> float:
    begun = time.process_time()
    grid.show_table(BIG)
    for y in range(grid.size.height):
        grid.render_line(y)
    return time.process_time() - begun


def test_shades_go_from_the_least_to_the_most() -> None:
    assert [shade_of(value, 4) for value in (1, 2, 3, 4)] == ["░", "▒", "▓", "█"]
    assert shade_of(1, 0) == "░"
