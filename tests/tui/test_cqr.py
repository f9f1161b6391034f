"""Consensual qualitative research at the keyboard: judges alone, the team, and an auditor."""

from __future__ import annotations

import pytest
from rich.cells import cell_len

from qualbench.model import CaseState, Frequency, JudgingMode
from qualbench.project import Project
from qualbench.tui.screens.coding import Coding
from qualbench.tui.screens.cqr import Cqr
from qualbench.tui.screens.cqr_case import CqrCase
from qualbench.tui.screens.cqr_comments import CqrComments
from qualbench.tui.screens.cqr_cross import CqrCross
from qualbench.tui.screens.cqr_table import CqrTable
from tests.tui.conftest import SIZES, Person, press, screen_text, type_words
from tests.tui.cqr_studies import JUDGES, agree, analyse, cqr, judge
from tests.tui.test_every_screen import CONTROLS, UGLY

__all__ = ["cqr"]


def flat(text: str) -> str:
    """What is on the screen as one line."""
    return " ".join(text.replace("▕", " ").split())


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_the_desk_says_who_has_handed_in_and_not_what(
    cqr: Project, person: Person, size: tuple[int, int]
) -> None:
    judge(cqr, but="ana")
    async with person(cqr, size=size) as pilot:
        assert "r CQR" in screen_text(pilot)
        await press(pilot, "r")
        assert isinstance(pilot.app.screen, Cqr)
        page = screen_text(pilot)
        assert "4 cases, a case is a person" in page
        first = next(line for line in page.splitlines() if line.startswith("▸P01"))
        assert first.split()[-7:] == ["ana", "ben✓", "cleo✓", "3", "0", "0", "0"]
        assert "Not handed in yet: ana. You see your own work only." in flat(page)
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, CqrCase)
        for _ in cqr.domains():
            page = screen_text(pilot)
            assert "alone: 2 of 3 handed in" in page
            assert "ben" not in page
            assert "cleo" not in page
            await press(pilot, "tab")


async def test_the_desk_keeps_states_judges_biases_and_what_a_case_is(cqr: Project, person: Person) -> None:
    async with person(cqr, screen="cqr") as pilot:
        await press(pilot, "t", "4")
        await type_words(pilot, "mon")
        await press(pilot, "enter", "h")
        assert "core ideas, each judge alone" in screen_text(pilot)
        assert "mon" in screen_text(pilot)
        await press(pilot, "escape", "n", "enter", "2")
        await press(pilot, "B")
        await type_words(pilot, "trust")
        await press(pilot, "ctrl+s", "b")
        assert "trust" in screen_text(pilot)
        await press(pilot, "escape", "o", "2")
        await type_words(pilot, "yes")
        await press(pilot, "enter")
        assert "a case is a transcript" in screen_text(pilot)
    (state,) = cqr.case_history("P01")
    assert (state.state, state.note, state.actor) == (CaseState.IDEAS, "mon", "ana")
    held = cqr.judging("P01")
    assert held is not None
    assert (held.judges, held.mode) == (JUDGES, JudgingMode.DRAFTED)
    assert [note.body for note in cqr.biases()] == ["trust"]
    assert (cqr.case_rule(), cqr.case_reason()) == ("transcript", "yes")


async def test_a_judge_alone_writes_links_changes_removes_and_hands_in(cqr: Project, person: Person) -> None:
    judge(cqr, but="ana")
    async with person(cqr, screen="cqr") as pilot:
        await press(pilot, "enter", "space", "n")
        await type_words(pilot, "near")
        await press(pilot, "enter", "tab", "n")
        await type_words(pilot, "soon")
        await press(pilot, "enter", "n")
        await type_words(pilot, "two")
        await press(pilot, "enter")
        assert "yours, while everybody works alone" in screen_text(pilot)
        assert "soon [1]" in screen_text(pilot)
        await press(pilot, "right", "j", "x", "e")
        await type_words(pilot, " ok")
        await press(pilot, "ctrl+s", "enter")
        assert "It got better, slowly." in screen_text(pilot), "the raw text under the core idea"
        await press(pilot, "escape", "x", "u", "left")
        own = {one.domain: one for one in cqr.core_ideas("P01")}
        assert {one.words for one in own.values()} == {"near", "soon ok"}
        (passage,) = cqr.raw("P01", "TRUST")
        assert own["TRUST"].places == (passage.place,)
        await press(pilot, "s")
        assert "no core idea in 1 domain with text: Fear." in flat(screen_text(pilot))
        await press(pilot, "1")
        assert "all have handed in" in screen_text(pilot)
        assert "ben: P01 Hope ben. [1]" in screen_text(pilot), "every judge's work lies open now"
        await press(pilot, "n", "shift+tab", "enter")
        assert isinstance(pilot.app.screen, Coding)
        assert "talk1" in screen_text(pilot).splitlines()[0]
    assert len([one for one in cqr.core_ideas("P01") if one.judge == "ana"]) == 2


async def test_the_team_agrees_out_of_marked_ideas_writes_anew_and_drops(cqr: Project, person: Person) -> None:
    judge(cqr)
    async with person(cqr, screen="cqr") as pilot:
        await press(pilot, "enter", "right", "space", "j", "space", "a")
        page = screen_text(pilot)
        assert "Out of 2 ideas." in page
        assert "P01 Trust ana." in page
        await press(pilot, "ctrl+s")
        (one,) = cqr.core_ideas("P01", agreed=True)
        sources = {idea.judge for idea in cqr.core_ideas("P01", "TRUST") if idea.id in one.sources}
        assert sources == {"ana", "ben"}
        assert one.words == "P01 Trust ana.\nP01 Trust ben."
        assert one.places == tuple(passage.place for passage in cqr.raw("P01", "TRUST"))
        await press(pilot, "j", "j", "e")
        await press(pilot, *["backspace"] * len("\nP01 Trust ben."), "ctrl+s")
        (anew,) = cqr.core_ideas("P01", agreed=True)
        assert (anew.id, anew.words, anew.sources) == (one.id, "P01 Trust ana.", one.sources)
        await press(pilot, "x")
        await type_words(pilot, "thin")
        await press(pilot, "enter")
    assert cqr.core_ideas("P01", agreed=True) == ()
    assert len(cqr.core_ideas("P01", "TRUST")) == 3, "what the judges wrote stays"


async def test_categories_alone_then_agreed_with_their_labels(cqr: Project, person: Person) -> None:
    judge(cqr)
    agree(cqr)
    async with person(cqr, screen="cqr", size=SIZES[1]) as pilot:
        await press(pilot, "x")
        assert isinstance(pilot.app.screen, CqrCross)
        await press(pilot, "w")
        await type_words(pilot, "ana, ben")
        await press(pilot, "enter", "1", "n")
        await type_words(pilot, "there")
        await press(pilot, "enter", "space", "j", "space", "j", "space", "space")
        (own,) = cqr.categories("TRUST")
        assert (own.name, len(own.ideas)) == ("there", 2)
        assert "there: 2 core ideas" in screen_text(pilot)
        await press(pilot, "right", "e")
        await type_words(pilot, " for me")
        await press(pilot, "enter", "s", "1")
        cqr.viewer = "ben"
        cqr.propose_category("TRUST", "at once", own.ideas)
        cqr.submit_categories("TRUST")
        cqr.viewer = "ana"
        await press(pilot, "tab", "shift+tab")
        page = flat(screen_text(pilot))
        assert "all have handed in" in page
        assert "there for me: 2 core ideas" in page
        assert "at once: 2 core ideas" in page
        await press(pilot, "space", "j", "space", "a")
        await press(pilot, "enter")
        (team,) = cqr.categories("TRUST", agreed=True)
        assert (team.name, team.ideas, len(team.sources)) == ("there for me", own.ideas, 2)
        assert "there for me: variant, 2 of 4" in screen_text(pilot)
        await press(pilot, "k", "k", "left", "end", "space")
        assert "there for me: general, 3 of 4" in screen_text(pilot), "the label is worked out at once"
        await press(pilot, "right", "j", "a", "p", "escape", "escape")
    (team,) = cqr.categories("TRUST", agreed=True)
    assert len(team.ideas) == 3


async def test_a_part_of_a_category_is_moved_opened_and_dropped(cqr: Project, person: Person) -> None:
    judge(cqr)
    agree(cqr)
    analyse(cqr)
    async with person(cqr, screen="cqr_cross") as pilot:
        await press(pilot, "enter")
        assert "She came at once." in screen_text(pilot), "the raw text behind a core idea"
        await press(pilot, "escape", "right", "j", "enter")
        assert "the team's · variant, 2 of 4" in screen_text(pilot)
        await press(pilot, "escape", "p", "1")
        assert {one.parent for one in cqr.categories("TRUST", agreed=True)} == {""}
        await press(pilot, "x")
        await type_words(pilot, "few")
        await press(pilot, "enter")
        (left,) = cqr.categories("TRUST", agreed=True)
        assert left.name == "Somebody is there"
        await press(pilot, "u", "b", "escape", "m")
        assert isinstance(pilot.app.screen, CqrComments)
    assert len(cqr.categories("TRUST", agreed=True)) == 2


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_the_table_has_rule_groups_cases_and_a_file(cqr: Project, person: Person, size: tuple[int, int]) -> None:
    judge(cqr)
    agree(cqr)
    analyse(cqr)
    ideas = [one.id for one in cqr.core_ideas(domain="TRUST", agreed=True)]
    cqr.agree_category("TRUST", "Nearly all", ideas[1:])
    async with person(cqr, screen="cqr", size=size) as pilot:
        await press(pilot, "f")
        assert isinstance(pilot.app.screen, CqrTable)
        page = flat(screen_text(pilot))
        assert "Nearly all general 3 of 4 P02 Trust." in page
        assert "Of 4 cases: general 3 to 4, variant 2" in page
        await press(pilot, "r", "2")
        page = flat(screen_text(pilot))
        assert "Nearly all typical 3 of 4" in page
        assert "general 4, typical 3, variant 2" in page
        await press(pilot, "r", "1", "j", "enter")
        assert "Not in: P03, P04." in screen_text(pilot)
        await press(pilot, "escape", "a", "1")
        page = flat(screen_text(pilot))
        assert "At once general 2/2 - 0/2 differ differ" in page
        assert "Thirty points: proportions of cases at least 30" in page
        await press(pilot, "enter")
        assert "By this rule: north and south." in screen_text(pilot)
        await press(pilot, "escape", "a", "1", "w")
        await press(pilot, *["backspace"] * len("cqr.docx"))
        await type_words(pilot, "table.csv")
        await press(pilot, "enter")
        assert "Nearly all" in (cqr.folder / "exports" / "table.csv").read_text(encoding="utf-8-sig")


async def test_the_stability_check_is_shown_and_kept(cqr: Project, person: Person) -> None:
    judge(cqr)
    agree(cqr)
    analyse(cqr)
    async with person(cqr, screen="cqr") as pilot:
        await press(pilot, "s", "backspace")
        await type_words(pilot, "p01, p02")
        await press(pilot, "enter")
        page = flat(screen_text(pilot))
        assert "new At once: in no case without, variant with" in page
        await press(pilot, "escape", "1")
    ((_, by, kept),) = cqr.kept_stability()
    assert by == "ana"
    assert [label for _, label in kept.left_out] == ["P01", "P02"]
    assert [(row.name, row.without) for row in kept.new] == [("At once", Frequency.NONE)]


async def test_an_auditor_comments_and_the_team_answers_until_it_is_settled(cqr: Project, person: Person) -> None:
    judge(cqr)
    agree(cqr)
    analyse(cqr)
    before = (cqr.core_ideas(agreed=True), cqr.categories(agreed=True), cqr.cases())
    cqr.viewer = "dora"
    async with person(cqr, screen="cqr") as pilot:
        await press(pilot, "t", "n", "o", "enter", "right", "j", "j", "j")
        await press(pilot, "n", "a", "e", "x", "s", "c")
        await type_words(pilot, "far")
        await press(pilot, "ctrl+s")
        assert "(1 comment)" in screen_text(pilot)
        await press(pilot, "escape", "x", "n", "e", "x", "a", "p", "s", "w", "c")
        await type_words(pilot, "anger")
        await press(pilot, "ctrl+s", "escape")
        assert (cqr.core_ideas(agreed=True), cqr.categories(agreed=True), cqr.cases()) == before
        await press(pilot, "c")
        assert "2 comments · 2 without an answer" in screen_text(pilot)
        cqr.viewer = "ana"
        await press(pilot, "escape", "c", "r")
        await type_words(pilot, "no")
        await press(pilot, "enter", "j", "a", "enter", "f", "2", "k", "f", "1")
        cqr.viewer = "dora"
        await press(pilot, "escape", "c", "n")
        await type_words(pilot, "yet")
        await press(pilot, "enter", "j", "s", "enter")
        page = flat(screen_text(pilot))
        assert "settled" in page
        assert "1 without an answer" in page
        await press(pilot, "k", "enter")
        assert isinstance(pilot.app.screen, CqrCase)
    first, second = cqr.comments()
    assert [(turn.state, turn.actor) for turn in first.turns] == [("rejected", "ana"), ("raised-again", "dora")]
    assert [turn.state for turn in second.turns] == ["accepted", "settled"]
    assert (first.on, second.on, second.about) == ("idea", "domain", "TRUST")


async def test_hostile_words_are_only_words_on_every_screen(cqr: Project, person: Person) -> None:
    judge(cqr, but="ana")
    (passage,) = cqr.raw("P01", "TRUST")
    cqr.write_idea("P01", "TRUST", UGLY, (passage.place,))
    cqr.submit_ideas("P01")
    (own,) = (one for one in cqr.core_ideas("P01") if one.judge == "ana")
    cqr.agree_idea("P01", "TRUST", UGLY, (), (own.id,))
    (idea,) = cqr.core_ideas("P01", agreed=True)
    cqr.name_judges("TRUST", ["ana"])
    cqr.propose_category("TRUST", UGLY, (idea.id,))
    cqr.submit_categories("TRUST")
    cqr.agree_category("TRUST", UGLY, (idea.id,))
    cqr.state_case("P01", CaseState.AUDIT, UGLY)
    cqr.write_note(UGLY, on="study", kind="bias")
    cqr.viewer = "dora"
    cqr.comment("idea", idea.id, UGLY)
    pictures = []
    async with person(cqr, screen="cqr") as pilot:
        for key in (
            "h", "escape", "b", "escape", "enter", "right", "enter", "escape", "j", "j", "j", "enter", "escape", "m",
            "escape", "escape", "x", "enter", "escape", "right", "enter", "escape", "f", "enter",
        ):  # fmt: skip
            await press(pilot, key)
            pictures.append(screen_text(pilot))
    for picture in pictures:
        assert not CONTROLS.findall(picture.replace("\n", ""))
        assert max(map(cell_len, picture.split("\n"))) <= 80
    assert sum("[laughs]" in flat(picture) for picture in pictures) > 10


async def test_reading_only_writes_nothing_and_shows_everything(cqr: Project, person: Person) -> None:
    judge(cqr)
    agree(cqr)
    analyse(cqr)
    cqr.readonly_because = "process 7 on desk writes to it"
    before = (cqr.core_ideas(agreed=True), cqr.categories(agreed=True), cqr.cases())
    async with person(cqr, screen="cqr") as pilot:
        await press(pilot, "t", "n", "B", "o", "enter", "n", "a", "e", "s", "x", "right", "a", "e", "x", "u")
        assert "reading only: process 7 on desk" in screen_text(pilot)
        await press(pilot, "escape", "x", "n", "space", "right", "e", "x", "p", "a", "w", "s", "f")
        assert "general 4 of 4" in flat(screen_text(pilot))
    assert (cqr.core_ideas(agreed=True), cqr.categories(agreed=True), cqr.cases()) == before
