"""A round is planned by keys: name, coders, share, a look at the draw, and a yes."""

from __future__ import annotations

from qualbench.project import Project
from tests.tui.conftest import Person, press, screen_text


async def test_a_round_is_planned_after_a_look_at_its_draw(study: Project, person: Person) -> None:
    async with person(study, screen="cycle") as pilot:
        await press(pilot, "n", "enter", "end", *"ana, ben", "enter", "1")
        assert "talk: ana, ben" in screen_text(pilot)
        assert study.rounds() == ()
        await press(pilot, "2")
        assert study.rounds() == (), "nothing is planned without a yes"
        await press(pilot, "n", "enter", *"ana, ben", "enter", "1", "1")
    (round_,) = study.rounds()
    assert (round_.name, set(round_.assignments.values())) == ("Round 1", {("ana", "ben")})


async def test_a_draw_that_can_not_be_is_told(study: Project, person: Person) -> None:
    async with person(study, screen="cycle") as pilot:
        await press(pilot, "n", "enter", *"ana, Ana", "enter", "1")
        assert study.rounds() == ()
        assert "Ana" in screen_text(pilot)
