"""The screen for packages, on three machines: every key, who somebody is, texts that differ, and nothing to do."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot

from qualbench.project import Project
from tests.conftest import INTERVIEW, add_interview, code
from tests.project.test_packages import OTHER, READING, Machine, begun, coded, machines
from tests.tui.conftest import SIZES, Person, press, screen_text, type_words

__all__ = ["begun", "machines"]


async def take_in(pilot: Pilot[None], package: Path) -> None:
    """Name a package after `m`; its name is put in as from the clipboard."""
    await press(pilot, "m")
    pilot.app.screen.query_one("Words").insert(str(package))
    await press(pilot, "enter")


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_a_lead_takes_in_opens_and_takes_back(
    begun: dict[str, Machine], person: Person, size: tuple[int, int]
) -> None:
    ana, ben = coded(begun["ana"], "one"), coded(begun["ben"], "one", codes=OTHER)
    with begun["lead"].open() as study:
        async with person(study, screen="packages", size=size) as pilot:
            page = screen_text(pilot)
            assert all(name in page for name in ("lead", "ana", "ben"))
            assert "No package waits." in page
            await take_in(pilot, ana)
            page = screen_text(pilot)
            assert "ana's package will wait, sealed." in page
            assert "Awaited on one: ben." in page
            await press(pilot, "2")
            assert not (study.folder / "packages").exists(), "left alone"
            await take_in(pilot, ana)
            await press(pilot, "1")
            assert "ana's package waits, sealed: 1 pass." in screen_text(pilot)
            await press(pilot, "o")
            assert "Why is it opened" in screen_text(pilot)
            await press(pilot, "escape")
            await take_in(pilot, ben)
            page = screen_text(pilot)
            assert "This opens: one." in page
            await press(pilot, "1")
            page = screen_text(pilot)
            assert "No package waits." in page
            assert page.count("merged 2026") == 2
            assert study.opened() != frozenset()
            await press(pilot, "j", "j", "j", "t", "1")
            assert "taken back" in screen_text(pilot)
            assert study.opened() == frozenset()
            await take_in(pilot, begun["lead"].home / "for-ana.qbp")
            assert "sealed to somebody else" in screen_text(pilot)
            await take_in(pilot, Path("/nowhere/x.qbp"))
            assert "can not be read" in screen_text(pilot)


async def test_opening_early_asks_for_a_reason_and_shows_what_it_does(
    begun: dict[str, Machine], person: Person
) -> None:
    with begun["lead"].open() as study:
        study.merge([coded(begun["ana"], "one")])
        async with person(study, screen="packages") as pilot:
            await press(pilot, "o")
            await type_words(pilot, "Ben is ill")
            await press(pilot, "enter")
            assert "This opens: one." in screen_text(pilot)
            await press(pilot, "1")
            assert "No package waits." in screen_text(pilot)
        assert {p.coder for p in study.passes()} == {"ana"}
        study.merge([coded(begun["ben"], "one")])
        async with person(study) as pilot:
            (line,) = (line for line in screen_text(pilot).splitlines() if line.lstrip(" ▸").startswith("one "))
            assert "1 of 2, 1 late" in line


async def test_who_is_this_is_asked_once_and_answered_on_the_screen(begun: dict[str, Machine], person: Person) -> None:
    package = coded(begun["ben"], "one")
    with begun["lead"].open() as study:
        study._db.execute("delete from known where person = 'ben'")
        async with person(study, screen="packages") as pilot:
            await take_in(pilot, package)
            assert "A package comes from 'ben'" in screen_text(pilot)
            await press(pilot, "enter")
            assert "ben's package will wait, sealed." in screen_text(pilot)
            await press(pilot, "1")
            await press(pilot, "j", "j", "w")
            assert "Who is" in screen_text(pilot)
            await press(pilot, "backspace", "backspace", "backspace")
            await type_words(pilot, "Benedict")
            await press(pilot, "enter")
            assert "Benedict" in screen_text(pilot)
        assert "Benedict" in {one.person for one in study.known_people()}


async def test_work_on_an_earlier_text_is_refused_or_carried(begun: dict[str, Machine], person: Person) -> None:
    parcels = [coded(begun["ana"], "one"), coded(begun["ben"], "one", codes=OTHER)]
    with begun["lead"].open() as study:
        text = study.transcript("one").text
        study.correct("one", text.replace("How did it begin?", "How did it all begin?"), "As on the tape.")
        study.merge([parcels[0]])
        async with person(study, screen="packages") as pilot:
            await take_in(pilot, parcels[1])
            assert "done on another version of the text" in " ".join(screen_text(pilot).split())
            await press(pilot, "2")
            assert study.passes() == ()
            await take_in(pilot, parcels[1])
            await press(pilot, "1")
            assert "This opens: one." in screen_text(pilot)
            await press(pilot, "1")
        assert {p.coder for p in study.passes()} == {"ana", "ben"}
        assert [well for well, _ in study.examine()].count(False) == 0


async def test_a_coder_shows_their_card_and_hands_in(begun: dict[str, Machine], person: Person) -> None:
    with begun["ana"].open("root") as study:
        study.write_note("Written in a hurry.", on="study")
    with begun["ana"].open() as study:
        code(study, "ana", READING, "one")
        async with person(study, screen="packages") as pilot:
            await press(pilot, "c")
            page = "".join(screen_text(pilot).split())
            assert begun["ana"].card_line()[:60] in page
            await press(pilot, "escape", "h", "enter")
            assert "Was that you?" in screen_text(pilot)
            await press(pilot, "1")
            assert (study.folder / "exports" / "from-ana.qbp").is_file()
            await press(pilot, "s")
            await press(pilot, "1", "enter")
            assert "where packages are merged" in " ".join(screen_text(pilot).split())
    with begun["lead"].open() as study:
        assert study.merge([begun["ana"].folder / "exports" / "from-ana.qbp"]).sealed != ()


async def test_a_lead_sends_to_somebody_new_and_to_somebody_known(begun: dict[str, Machine], person: Person) -> None:
    with begun["lead"].open() as study:
        async with person(study, screen="packages") as pilot:
            await press(pilot, "s", "3")
            await type_words(pilot, "nonsense")
            await press(pilot, "enter")
            assert "no whole card" in screen_text(pilot)
            await press(pilot, "s", "3")
            pilot.app.screen.query_one("Words").insert(begun["ana"].card_line())
            await press(pilot, "enter", "enter", "enter")
            assert (study.folder / "exports" / "for-ana.qbp").is_file()
            await press(pilot, "s", "1", "enter")
            assert "Write over it?" in screen_text(pilot)
            await press(pilot, "2")


async def test_an_empty_study_and_one_to_look_at_have_their_sentence(
    machines: dict[str, Machine], begun: dict[str, Machine], person: Person, tmp_path: Path
) -> None:
    lead = machines["lead"]
    with lead.at(), Project.create(tmp_path / "empty", viewer="lead") as study:
        async with person(study, screen="packages") as pilot:
            assert "Nothing has come from another machine" in screen_text(pilot)
            await press(pilot, "h", "enter")
            assert "nothing to hand in" in screen_text(pilot)
    with lead.at(), Project.open(lead.folder, "lead") as study:
        async with person(study, screen="packages") as pilot:
            await press(pilot, "m", "h", "s", "o", "w", "t", "enter")
            page = screen_text(pilot)
            assert "Which package" not in page
            assert "ana" in page
            await press(pilot, "c")
            assert "Send this line" in screen_text(pilot)


async def test_a_package_of_many_transcripts_leaves_room_for_the_answers(
    machines: dict[str, Machine], person: Person
) -> None:
    from qualbench.steps.packages import read_card
    from tests.conftest import BOOK
    from tests.project.conftest import plan

    lead, ana = machines["lead"], machines["ana"]
    names = [f"interview-with-a-long-name-{number:02}" for number in range(30)]
    with lead.at(), Project.create(lead.folder, viewer="lead", clock=lead.clock) as study:
        study.release_codebook("book.yaml", BOOK)
        for name in names:
            add_interview(study, f"{name}.txt", f"{INTERVIEW}I: That was {name}.\n")
        plan(study, "First", dict.fromkeys(names, "ana ben"))
        study.send(read_card(ana.card_line()), "ana", lead.home / "for.qbp")
    with ana.at():
        Project.join(lead.home / "for.qbp", ana.folder, clock=ana.clock).close()
    with ana.open() as study:
        for name in names:
            code(study, "ana", ["", "", "", ""], name)
        package = study.hand_in(ana.home / "from.qbp").path
    with lead.open() as study:
        async with person(study, screen="packages") as pilot:
            await take_in(pilot, package)
            page = screen_text(pilot)
            assert "Take it in" in page
            assert "27 more like it" in page
            await press(pilot, "1", "o", "x", "enter")
            page = screen_text(pilot)
            assert "Take it in" in page
            assert "25 more" in page
