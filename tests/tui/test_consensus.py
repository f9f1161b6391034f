"""Deciding on the screen: every key of the consensus screen, outside of any session."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualbench.model import CodebookAction, Outcome, Reason
from qualbench.project import Project
from qualbench.tui.screens import consensus_looking
from qualbench.tui.screens.codebook import Codebook
from qualbench.tui.screens.consensus_border import parts, word_starts
from qualbench.tui.screens.consensus_looking import talked
from tests.conftest import add_interview, code, spans
from tests.tui.conftest import SIZES, Person, press, screen_text


@pytest.fixture
def differing(study: Project) -> Project:
    """Two coders on four segments: the first two alike, the third the other way round, the last agreed."""
    code(study, "ana", ["TRUST", "TRUST", "FEAR", "HOPE"], submit=False)
    study.write_memo(study.open_pass("talk").id, *spans(study)[0], "she says so herself")
    study.submit(["talk"])
    code(study, "ben", ["FEAR", "FEAR", "TRUST", "HOPE"])
    study.viewer = "ana"
    return study


@pytest.fixture
def three(study: Project) -> Project:
    coders = {"ana": "TRUST", "ben": "HOPE", "cleo": "FEAR"}
    for coder, first in coders.items():
        code(study, coder, [first, "", "", ""], submit=False)
    for study.viewer in reversed(coders):
        study.submit(["talk"])
    return study


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_both_readings_with_words_memos_and_definitions(
    study: Project, person: Person, size: tuple[int, int]
) -> None:
    start, end = spans(study)[0]
    code(study, "ana", ["", "", "", ""], submit=False)
    pass_ = study.open_pass("talk").id
    study.apply_code(pass_, "TRUST", start, start + len("I trusted her"))
    study.write_memo(pass_, start, end, "she says so herself")
    study.submit(["talk"])
    code(study, "ben", ["HOPE", "", "", ""])
    async with person(study, screen="consensus", size=size) as pilot:
        page = screen_text(pilot)
        for words in ("A  ana", "≠ Trust", "“I trusted her”", "✎ she says so herself", "B  ben", "≠ Hope", "Open"):
            assert words in page
        assert "“I trusted her at once" not in page
        await press(pilot, "v")
        page = screen_text(pilot)
        assert "They trust each other." in page
        assert "They hope." in page
        assert "They fear." not in page
        await press(pilot, "escape", "m")
        assert "A  ana" in screen_text(pilot)
        await press(pilot, "m")
        page = screen_text(pilot)
        assert "A  ana" not in page
        assert "▸≠" in page
        await press(pilot, "m")
        assert "✎ she says so herself" in screen_text(pilot)


async def test_a_plain_case_takes_three_keys(differing: Project, person: Person) -> None:
    async with person(differing, screen="consensus") as pilot:
        await press(pilot, "a", "s", "enter")
        assert "2 of 3 · 1 decided" in screen_text(pilot)
        await press(pilot, "b", "r", *"close", "enter", "o", "7", "enter")
        assert "Every disagreement" not in screen_text(pilot)
        await press(pilot, "tab")
        assert "Every disagreement here has its decision." in screen_text(pilot)
    said = [(one.outcome, one.codes, one.reason, one.note, one.yielded) for one in differing.decisions()]
    assert said == [
        (Outcome.FIRST, ("TRUST",), Reason.SLIP, "", "ben"),
        (Outcome.SECOND, ("FEAR",), Reason.READING, "close", "ana"),
        (Outcome.BOTH, ("FEAR", "TRUST"), Reason.READING, "", ""),
    ]


async def test_a_segment_is_split_between_its_words(differing: Project, person: Person) -> None:
    """Eight words: the border begins before the fifth of the later ones; three steps back it stands before 'her'."""
    start, end = spans(differing)[0]
    async with person(differing, screen="consensus") as pilot:
        await press(pilot, "i", *["left"] * 20, "right")
        assert "I trusted ┃ her at once." in " ".join(screen_text(pilot).split())
        await press(pilot, "space", "right", "right")
        assert "3 parts" in screen_text(pilot)
        await press(pilot, "backspace", "enter")
        assert "Part 1" in screen_text(pilot)
        await press(pilot, *"tru", "enter", "enter", "enter", "b")
        assert "the segment is split" in screen_text(pilot)
        await press(pilot, "shift+tab", "shift+tab", "enter")
        await press(pilot, "k", "k", "k")
        page = screen_text(pilot)
        assert "part 1: Trust" in page
        assert "part 2: nothing applies" in page
    (decision,) = differing.decisions()
    border = start + len("I trusted ")
    assert decision.parts == ((start, border, ("TRUST",)), (border, end, ()))
    assert (decision.reason, decision.yielded) == (Reason.BOUNDARY, "ben")


async def test_escape_on_the_way_decides_nothing(differing: Project, person: Person) -> None:
    async with person(differing, screen="consensus") as pilot:
        await press(pilot, "i", "escape", "i", "enter", "escape", "a", "s", "escape", "w", "escape", "K", "escape")
        assert "1 of 3 · 0 decided" in screen_text(pilot)
    assert differing.decisions(superseded=True) == ()


async def test_one_of_three_readings_by_its_number(three: Project, person: Person) -> None:
    async with person(three, screen="consensus", size=(140, 45)) as pilot:
        page = screen_text(pilot)
        assert all(words in page for words in ("1  ana", "2  ben", "3  cleo", "1-3 that reading"))
        await press(pilot, "4", "3", "s", "shift+tab", "shift+tab")
        assert "who gave way: ben" in screen_text(pilot)
        await press(pilot, "enter")
        assert "cleo's reading: Fear" in screen_text(pilot)
        await press(pilot, "e", "2", "s", "enter")
    first, second = three.decisions(superseded=True)
    assert (first.outcome, first.stands, first.codes, first.yielded) == (Outcome.ONE, "cleo", ("FEAR",), "ben")
    assert (second.outcome, second.codes) == (Outcome.SECOND, ("HOPE",))


async def test_the_same_kind_is_settled_at_once(differing: Project, person: Person) -> None:
    """Two segments have trust and fear; the third, the other way round, is not of their kind."""
    async with person(differing, screen="consensus") as pilot:
        await press(pilot, "K")
        page = screen_text(pilot)
        assert "2 open items have these readings" in page
        assert "I trusted her at once." in page
        assert "Then it got better, slowly." in page
        assert "i Split" not in page.split("2 open items")[1].split("One key")[0]
        await press(pilot, "b", "d")
        assert "for 2 items at once" in screen_text(pilot)
        await press(pilot, "enter")
        assert "3 of 3 · 2 decided" in screen_text(pilot)
        await press(pilot, "K")
        assert "No other open item has the same readings." in screen_text(pilot)
        first, second = differing.decisions()
        assert first.together == second.together != ""
        assert {one.outcome for one in (first, second)} == {Outcome.SECOND}
        await press(pilot, "u")
        assert "Undone: 2 decisions at once." in screen_text(pilot)
    assert differing.decisions() == ()


async def test_what_is_decided_stays_until_it_is_opened_again(differing: Project, person: Person) -> None:
    async with person(differing, screen="consensus") as pilot:
        await press(pilot, "a", "s", "enter", "k", "b")
        page = screen_text(pilot)
        assert "This is decided; e opens it again." in page
        assert "because: a slip; ben gave way" in page
        assert "e Open again" in page
        await press(pilot, "e")
        assert "Opened again: decide anew" in screen_text(pilot)
        await press(pilot, "n", "c", *"why", "enter", "k", "h")
        page = screen_text(pilot)
    assert page.index("the first reading: Trust") < page.index("nothing applies: no codes")
    assert page.index("because: a slip; ben gave way") < page.index("because: context needed")
    assert "ana: Trust" in page
    assert [one.outcome for one in differing.decisions()] == [Outcome.NOTHING]
    assert len(differing.decisions(superseded=True)) == 2


async def test_the_agenda_folds_sorts_and_leads_there(differing: Project, person: Person) -> None:
    add_interview(differing, "calm.txt", "P1: I hope so.\n")
    for coder in ("ana", "ben"):
        code(differing, coder, ["HOPE"], "calm")
    differing.viewer = "ana"
    async with person(differing, screen="consensus") as pilot:
        await press(pilot, "a", "s", "enter", "l")
        page = screen_text(pilot)
        assert "▾ talk" in page
        assert "2 of 3 to settle" in page
        assert "▸ Nothing to settle in 1 transcript" in page
        assert "calm" not in page
        await press(pilot, "a", "d", "o")
        assert len(differing.decisions(superseded=True)) == 1
        await press(pilot, "t")
        assert "1  decided" not in screen_text(pilot)
        await press(pilot, "down", "down", "enter")
        assert "     calm" in screen_text(pilot)
        await press(pilot, "up", "up", "up", "enter")
        assert "▸ talk" in screen_text(pilot)
        assert "open" not in screen_text(pilot).split("Nothing to settle")[0].split("talk")[-1]
        await press(pilot, "t", "s")
        assert "In order by code." in screen_text(pilot)
        assert "▾ Trust" in screen_text(pilot)
        await press(pilot, "s")
        assert "another code" in screen_text(pilot)
        await press(pilot, "escape", "l", "j", "enter")
        page = screen_text(pilot)
        assert "3 of 3" in page
        assert "A  ana" in page


async def test_the_codebook_is_opened_and_what_is_done_there_linked(differing: Project, person: Person) -> None:
    async with person(differing, screen="consensus") as pilot:
        await press(pilot, "a", "tab", "tab", "m", "enter")
        assert isinstance(pilot.app.screen, Codebook)
        differing.add_code("Doubt")
        await press(pilot, "escape")
        page = screen_text(pilot)
        assert "1 change of the codebook linked with the decision." in page
        assert "2 of 3 · 1 decided" in page
        await press(pilot, "k")
        assert "codebook: a new code, 1 step in the draft" in screen_text(pilot)
        await press(pilot, "tab", "a", "tab", "d", "enter", "escape")
        assert "The codebook was left as it was" in screen_text(pilot)
        await press(pilot, "y")
        page = screen_text(pilot)
        assert "Asked of the codebook: 2, done 1" in page
        assert "open: a definition to edit" in page
    first, second = differing.decisions()
    assert (first.action, first.steps) == (CodebookAction.NEW, differing.codebook_steps())
    assert (second.action, second.steps) == (CodebookAction.EDIT, ())


async def test_what_comes_out_and_who_gave_way_behind_a_second_key(differing: Project, person: Person) -> None:
    """One of two decisions was a slip on trust and fear; ben gave way once of one: 1 of 1, from 21 % on (Wilson)."""
    async with person(differing, screen="consensus") as pilot:
        await press(pilot, "a", "s", "enter", "d", "r", "enter", "y")
        page = " ".join(screen_text(pilot).split())
        assert "2 of 3: the first reading 1, deferred 1" in page
        assert "deferred 50%" in page
        assert "Trust: a slip 1, true difference of reading 1" in page
        assert "gave way, for the team │" not in page
        await press(pilot, "t")
        page = " ".join(screen_text(pilot).split())
        assert "ben: 1 of 1, 95 % limits 21 to 100 %" in page


async def test_time_is_measured_and_stops_when_nobody_is_there(
    differing: Project, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """30 seconds, then an hour without a key (ten minutes of it count), then 12 seconds: 642."""
    now = 1000.0

    def clock() -> float:
        return now

    monkeypatch.setattr(consensus_looking, "monotonic", clock)
    async with person(differing, screen="consensus") as pilot:
        for seconds, key in ((30, "m"), (3600, "m"), (12, "a")):
            now += seconds
            await press(pilot, key)
        await press(pilot, "s", "enter")
    assert [one.seconds for one in differing.decisions()] == [642]


@given(st.floats(0, 1e6), st.floats(0, 1e6))
def test_never_more_than_ten_minutes_between_two_keys(before: float, now: float) -> None:
    assert 0 <= talked(before, now) <= 600


@given(st.text(st.sampled_from("ab .\u0301👩‍👧é\n"), max_size=60), st.data())
def test_the_parts_of_a_split_are_the_segment(text: str, data: st.DataObject) -> None:
    places = word_starts(text)
    borders = data.draw(st.sets(st.sampled_from(places)) if places else st.just(set()))
    made = parts(7, 7 + len(text), tuple(borders))
    assert "".join(text[start - 7 : end - 7] for start, end in made) == text
    assert all(text[end - 7 - 1].isspace() for _, end in made[:-1])
