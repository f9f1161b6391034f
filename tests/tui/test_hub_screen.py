"""The hub on the screens: its line, its screen, and what others did while somebody works."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import cast

import pytest
from textual.pilot import Pilot

from qualbench import hub
from qualbench.events import ItemDecided, TranscriptOpened, seal
from qualbench.model import Changes, Outcome, Reason
from qualbench.project import Project
from qualbench.project.courier import News, Touch
from qualbench.project.gates import HubStatus
from qualbench.project.synced import Synced
from qualbench.store import database, syncing
from qualbench.tui import app
from qualbench.tui.app import Workbench
from qualbench.tui.screens.hub_views import AT_HOME, told
from tests.conftest import add_interview, code
from tests.project.conftest import plan
from tests.tui.at_hub import IN_TOUCH, NoCourier, put_on_hub, today
from tests.tui.conftest import SIZES, Person, press, screen_text, type_words

READING = ["TRUST", "HOPE", "", "FEAR"]
OTHER = ["HOPE", "HOPE", "FEAR", ""]


@pytest.fixture(autouse=True)
def nobody_is_reached(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app, "Courier", NoCourier)


@pytest.fixture
def on_hub(study: Project) -> Project:
    """Ana has submitted the first interview and begun the second; ben has coded nothing that is here."""
    add_interview(study, "other.txt", "I: Well?\nP1: I hope so.\n")
    code(study, "ana", READING)
    code(study, "ana", ["HOPE"], "other", submit=False)
    put_on_hub(study)
    return study


async def hear(pilot: Pilot[None], news: News) -> None:
    """The courier has news."""
    pilot.app.post_message(Workbench.HubTold(news))
    await pilot.pause()
    await pilot.pause()


def courier(pilot: Pilot[None]) -> NoCourier:
    return cast(NoCourier, cast(Workbench, pilot.app).courier)


def line(page: str, begins: str) -> str:
    """The line of a page that begins so."""
    return next(one.strip(" ▸") for one in page.splitlines() if one.strip(" ▸").startswith(begins))


# --- the line --------------------------------------------------------------------------------------------------


def status(waiting: int = 0, synced: str = "", unsealed: Sequence[str] = (), refused: int = 0) -> HubStatus:
    why = tuple((f"talk {n}", "The transcript was sealed before.") for n in range(refused))
    return HubStatus("postgresql://h/s", "ana", "ana", False, waiting, synced, 0, why, tuple(unsealed))


@pytest.mark.parametrize(
    ("news", "stands", "says"),
    [
        (IN_TOUCH, status(synced=today(10, 31)), "in touch. Nothing waiting, synced 10:31."),
        (IN_TOUCH, status(2, today(10, 31), ["talk"]), "in touch. 2 facts waiting, synced 10:31. 1 to seal (press v)."),
        (IN_TOUCH, status(1, refused=1), "1 refused (press v). 1 fact waiting, never synced."),
        (IN_TOUCH, status(synced="2026-01-05T12:00:00+00:00"), "in touch. Nothing waiting, synced 2026-01-05 "),
        (None, status(), "being reached. Nothing waiting, never synced."),
        (News(Touch.AWAY, since=today(14, 10)), status(12),
         "away since 14:10. 12 facts waiting; they travel when it is there again."),
        (News(Touch.AWAY, since=today(14, 10)), status(1), "away since 14:10. 1 fact waiting; it travels when"),
        (News(Touch.AWAY), status(synced=today(10, 31)), "away. Nothing waiting, synced 10:31."),
        (News(Touch.ASKS, "?"), status(), "it asks for your password (press v). Nothing waiting, never synced."),
        (News(Touch.STOPPED, "It is another hub."), status(3), "stopped. It is another hub. 3 facts waiting"),
    ],
)  # fmt: skip
def test_how_it_stands_is_said_in_words(news: News | None, stands: HubStatus, says: str) -> None:
    assert told(news, stands, AT_HOME).startswith(says)


def test_a_heading_says_only_what_waits_for_a_person() -> None:
    refused = (("talk", "It was sealed."),)
    assert News(Touch.STOPPED).needs == "the hub stopped"
    assert News(Touch.ASKS).needs == "the hub asks for your password"
    assert News(Touch.IN_TOUCH, synced=Synced(0, 0, refused)).needs == "the hub refused 1"
    assert {News(one).needs for one in (Touch.AWAY, Touch.REACHING, Touch.IN_TOUCH)} == {""}


async def test_home_has_a_line_and_other_screens_are_not_bothered(on_hub: Project, person: Person) -> None:
    async with person(on_hub) as pilot:
        assert "Hub: being reached." in screen_text(pilot)
        await hear(pilot, IN_TOUCH)
        before = on_hub.hub_status().waiting
        assert f"Hub: in touch. {before} facts waiting, synced 10:31. 1 to seal (press v)." in screen_text(pilot)
        await press(pilot, "j", "enter", "n")
        await hear(pilot, News(Touch.AWAY, "The server does not answer."))
        assert "hub" not in screen_text(pilot).lower()
        await hear(pilot, News(Touch.ASKS, "It asks."))
        assert "the hub asks for your password" in screen_text(pilot).splitlines()[0]
        await hear(pilot, IN_TOUCH)
        assert "hub" not in screen_text(pilot).lower()
        assert courier(pilot).written, "what was written is told to the courier"
        await press(pilot, "escape")
        after = on_hub.hub_status().waiting
        assert after > before
        assert f"Hub: in touch. {after} facts waiting" in screen_text(pilot)
        (on_hub.folder / "qualbench.toml").write_text("nonsense")
        await hear(pilot, News(Touch.STOPPED, "This study is on no hub."))
        assert "Hub: This study is on no hub." in screen_text(pilot)


async def test_home_says_what_is_next_on_a_hub(
    on_hub: Project, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(NoCourier, "wrote", lambda *_: None)
    async with person(on_hub, screen="coding", transcript="other") as pilot:
        await press(pilot, "s", "1")
        assert "Submitted. Seal it: v on the first screen, then e." in screen_text(pilot)
        await press(pilot, "escape")
        page = screen_text(pilot)
        assert "Next: Seal what you have submitted (press v, then e)." in page
        assert "0 opened (every pass on them is sealed)." in page
        assert line(page, "talk").split()[-4:] == ["submitted", "not", "told", "blind"], "nor does a hub tell of others"
    with database.transaction(on_hub._db):
        for name in ("talk", "other"):
            syncing.keep_sealed(on_hub._db, on_hub.transcript(name).id, "")
    async with person(on_hub) as pilot:
        page = screen_text(pilot)
        assert "Next: 2 transcripts are blind until the lead opens them (press v)." in page


async def test_whoever_is_not_asked_to_code_is_not_told_to(study: Project, person: Person) -> None:
    plan(study, "First", {"talk": "ben cleo"})
    async with person(study) as pilot:
        page = screen_text(pilot)
        assert "Next: 1 transcript is blind until the other coders are ready." in page
        assert "not asked" in line(page, "talk")
    study.viewer = "ben"
    async with person(study) as pilot:
        assert "Next: Begin your pass on talk." in screen_text(pilot)


async def test_one_key_leads_to_the_hub_or_to_packages(study: Project, person: Person) -> None:
    async with person(study) as pilot:
        assert "Hub:" not in screen_text(pilot)
        await press(pilot, "v")
        assert screen_text(pilot).startswith(" Packages")
        cast(Workbench, pilot.app).show_step("hub")
        await pilot.pause()
        page = " ".join(screen_text(pilot).split())
        assert "This study is on no hub." in page
        assert "qualbench hub FOLDER init ADDRESS" in page
        await press(pilot, "s", "e", "o", "p")
        assert pilot.app.screen.query("#standing"), "without a hub none of these keys does anything"
    put_on_hub(study)
    async with person(study) as pilot:
        await press(pilot, "v")
        assert screen_text(pilot).startswith(" Hub")
        await press(pilot, "v")
        assert screen_text(pilot).startswith(" Packages")


# --- the screen ------------------------------------------------------------------------------------------------


class Line:
    """A line to a hub that answers as the test has it."""

    def __init__(self, awaited: Sequence[str] = ()) -> None:
        self.awaited, self.sealed, self.opened = awaited, [], []  # type: ignore[var-annotated]  # filled by calls

    def standing(self) -> object:
        return type("Standing", (), {"opened": {}})()

    def push(self, bodies: Sequence[str], *_: object) -> int:
        return len(bodies)

    def seal(self, *place: str) -> None:
        self.sealed.append(place)

    def open(self, transcript: str, round_: str, reason: str) -> None:
        if self.awaited and not reason:
            raise hub.NotAsked("Not everybody has sealed it.", self.awaited)
        self.opened.append((transcript, round_, bool(reason)))


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_a_coder_syncs_types_a_password_and_seals(on_hub: Project, person: Person, size: tuple[int, int]) -> None:
    on_hub._make_keys()
    async with person(on_hub, screen="hub", size=size) as pilot:
        await hear(pilot, IN_TOUCH)
        page = screen_text(pilot)
        assert "You are ana, a coder, with the login ana, at postgresql://ana@hub." in " ".join(page.split())
        assert line(page, "talk").split()[1:4] == ["submitted,", "not", "sealed"]
        assert line(page, "other").split()[1] == "coding"
        assert "Submitted and not sealed: talk." in page
        assert "o Open" not in page, "only a lead opens"
        await press(pilot, "s")
        await hear(pilot, News(Touch.IN_TOUCH, synced=Synced(3, 4)))
        assert "3 facts given, 4 taken." in screen_text(pilot)
        await press(pilot, "p", *"wörd", "enter", "p", "escape")
        assert courier(pilot).passwords == ["", "wörd"]
        assert "wörd" not in screen_text(pilot)
        await hear(pilot, News(Touch.ASKS, "The hub does not let you in: the password is wrong."))
        assert "It asks for your password (press p)." in screen_text(pilot)
        await press(pilot, "e", "escape", "e")
        assert "Seal talk" in screen_text(pilot)
        await press(pilot, "1")
        way = Line()
        courier(pilot).does(way)
        await pilot.pause()
        await hear(pilot, IN_TOUCH)
        assert way.sealed == [(on_hub.transcript("talk").id, "")]
        page = screen_text(pilot)
        assert "Sealed: talk." in page
        assert line(page, "talk").split()[1] == "sealed"
        await press(pilot, "e")
        assert "Say that you are finished?" not in screen_text(pilot), "nothing is left to seal"
        await press(pilot, "c")
        assert "Send this line" in screen_text(pilot)


async def test_a_lead_opens_and_says_why_when_somebody_is_awaited(on_hub: Project, person: Person) -> None:
    put_on_hub(on_hub, lead=True)
    talk = on_hub.transcript("talk").id
    async with person(on_hub, screen="hub") as pilot:
        await hear(pilot, IN_TOUCH)
        way = Line(["ben"])
        await press(pilot, "o")
        courier(pilot).does(way)
        await pilot.pause()
        assert "Awaited on talk: ben. Why open it all the same?" in screen_text(pilot)
        await press(pilot, "enter")
        assert courier(pilot).jobs == [], "without a reason it stays closed"
        assert "awaited: ben" in line(screen_text(pilot), "talk")
        await press(pilot, "o")
        courier(pilot).does(way)
        await pilot.pause()
        await type_words(pilot, "Ben is ill")
        await press(pilot, "enter")
        courier(pilot).does(way)
        await pilot.pause()
        assert way.opened == [(talk, "", True)]
        assert "talk is opened: everybody reads what was coded." in screen_text(pilot)
        (own,) = on_hub.passes(talk)
        on_hub._record([TranscriptOpened(transcript=talk, round="", passes=[own.id], reason=seal("Ben is ill"))])
        await hear(pilot, IN_TOUCH)
        assert line(screen_text(pilot), "talk").split()[1] == "opened"
        assert "Opened: talk." in screen_text(pilot)
        await press(pilot, "j", "o", "escape")
        courier(pilot).does(way)
        await pilot.pause()
        page = screen_text(pilot)
        assert page.startswith(" Qualbench")
        assert "other is not opened. Awaited: ben." in " ".join(page.split()), "nobody is asked elsewhere"


async def test_what_is_refused_is_shown_with_its_reason(on_hub: Project, person: Person) -> None:
    with database.transaction(on_hub._db):
        syncing.refuse(on_hub._db, ("device", on_hub.transcript("talk").id, "lane"), "It was sealed \x1b[2J before.")
    async with person(on_hub, screen="hub") as pilot:
        page = screen_text(pilot)
        assert "Refused: talk: It was sealed" in page
        assert "\x1b" not in page


async def test_a_study_to_look_at_does_not_ask_the_hub(on_hub: Project, person: Person) -> None:
    on_hub.readonly_because = "process 7 on desk writes to it"
    async with person(on_hub, screen="hub") as pilot:
        assert "Not asked while the study is open for reading only." in " ".join(screen_text(pilot).split())
        await press(pilot, "s", "e", "o", "p")
        assert cast(Workbench, pilot.app).courier is None


# --- news while somebody works -----------------------------------------------------------------------------------


def news_of(*subjects: str, kinds: Sequence[str] = ("item_decided",)) -> News:
    """Something came."""
    return News(Touch.IN_TOUCH, synced=Synced(0, 1, changes=Changes(frozenset(subjects), frozenset(kinds))))


async def test_news_of_others_move_nothing_where_somebody_codes(
    on_hub: Project, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    talk, other = on_hub.transcript("talk").id, on_hub.transcript("other").id
    elsewhere = news_of(talk, "themes", "notes", "study", kinds=("item_decided", "note_written", "phase_entered"))
    here = news_of(other, kinds=("pass_opened", "code_applied", "transcript_opened"))
    read: list[str] = []
    async with person(on_hub, screen="coding", transcript="other") as pilot:
        screen = pilot.app.screen
        real = screen.read_again  # type: ignore[attr-defined]  # a StepScreen
        monkeypatch.setattr(screen, "read_again", lambda: (read.append("again"), real()))
        await press(pilot, "g", "j", "shift+right", "shift+right")
        before = screen_text(pilot)
        await hear(pilot, elsewhere)
        assert (read, screen_text(pilot)) == ([], before), "what shows elsewhere is not read here"
        await hear(pilot, here)
        assert (read, screen_text(pilot)) == (["again"], before)
        await press(pilot, "c", "t", "r")
        before = screen_text(pilot)
        for news in (elsewhere, here, news_of("codebook", kinds=("codebook_released",))):
            await hear(pilot, news)
        assert screen_text(pilot) == before
        await press(pilot, "u", "enter")
        (own,) = (one for one in on_hub.codings(other) if one.code == "TRUST")
        text = on_hub.transcript("other").text
        assert text[own.start : own.end] == "I hope", "on the words that were selected before"
        await press(pilot, "shift+right", "shift+right", "m", *"mine")
        before = screen_text(pilot)
        await hear(pilot, here)
        assert screen_text(pilot) == before
        await press(pilot, "ctrl+s")
    (memo,) = on_hub.memos(other)
    assert (memo.body, text[memo.start : memo.end]) == ("mine", "I hope")


@pytest.fixture
def to_settle(study: Project) -> Project:
    code(study, "ana", READING)
    code(study, "ben", OTHER)
    study.viewer = "ana"
    put_on_hub(study)
    return study


def form(page: str) -> list[str]:
    """The lines of a dialog."""
    return re.findall("│(.*)│", page)


def decided_by_ben(study: Project, item: int) -> News:
    """Ben's decision comes by the hub."""
    found = study.items()[item]
    study.viewer, study_state = "ben", syncing.state(study._db)
    assert study_state is not None
    with database.transaction(study._db):
        study._db.execute("delete from hub_state")
    study.decide(found, Outcome.SECOND, reason=Reason.SLIP)
    study.viewer = "ana"
    with database.transaction(study._db):
        syncing.keep_state(study._db, study_state)
    return news_of(found.transcript, kinds=(ItemDecided.KIND,))


async def test_of_many_items_only_those_are_left_that_somebody_decided(study: Project, person: Person) -> None:
    add_interview(study, "more.txt", "I: Well?\nP1: I trust you.\n")
    for coder, codes in (("ana", READING), ("ben", OTHER)):
        code(study, coder, codes)
        code(study, coder, codes[:1], "more")
    study.viewer = "ana"
    put_on_hub(study)
    async with person(study, screen="consensus") as pilot:
        await press(pilot, "K", "a")
        await hear(pilot, decided_by_ben(study, 0))
        await press(pilot, "1", "enter")
        asked = " ".join(screen_text(pilot).replace("│", " ").split())
        assert "ben decided 1 of these 2 while you did." in asked
        await press(pilot, "1")
    assert sorted(one.actor for one in study.decisions()) == ["ana", "ben"]


async def test_a_form_stays_and_what_somebody_decided_meanwhile_is_told(to_settle: Project, person: Person) -> None:
    study = to_settle
    async with person(study, screen="consensus") as pilot:
        await press(pilot, "a", "1", *"why")
        before = screen_text(pilot)
        await hear(pilot, decided_by_ben(study, 0))
        assert form(screen_text(pilot)) == form(before)
        assert "why" in "".join(form(before))
        await press(pilot, "enter")
        asked = " ".join(screen_text(pilot).replace("│", " ").split())
        assert "ben decided this while you did: the second reading. Does yours take its place?" in asked
        await press(pilot, "1")
        assert [one.actor for one in study.decisions()] == ["ben"]
        await press(pilot, "e", "b", "1", "enter")
        assert [one.actor for one in study.decisions()] == ["ana"], "what one knows of is decided anew as ever"
        await press(pilot, "u", "tab", "w", "t", "r", "u")
        before = screen_text(pilot)
        await hear(pilot, decided_by_ben(study, 1))
        words = [one for one in screen_text(pilot).splitlines() if "tru" in one]
        assert words == [one for one in before.splitlines() if "tru" in one], "the palette and its letters stay"
        await press(pilot, "enter", "enter", "1", "enter", "2")
        newest = study.decision_history(study.items()[1])[-1]
        assert (newest.actor, newest.codes) == ("ana", ("TRUST",))
        await press(pilot, "g", "tab")
        here = screen_text(pilot).splitlines()[0]
        await hear(pilot, decided_by_ben(study, 2))
        page = screen_text(pilot)
        assert "ben decided this meanwhile." in page
        assert page.splitlines()[0] == here.replace("2 decided", "3 decided")
