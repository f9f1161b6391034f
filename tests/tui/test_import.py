"""The import screen: every key, on files as people send them, on surveys, tiers, and what nobody can read as it is."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot

from qualbench.model import Role, SegmentRule
from qualbench.project import Project
from qualbench.project.candidates import Candidate
from qualbench.steps.ingest import AS_FOUND, FAMILIES
from qualbench.tui.app import Workbench
from qualbench.tui.dialogs.dialog import Words
from qualbench.tui.screens import importing_reading
from qualbench.tui.screens.home import Home
from qualbench.tui.screens.importing import Import
from tests.cli.test_import_answers import ELAN, FRENCH, SURVEY, TALK
from tests.conftest import INTERVIEW
from tests.tui.conftest import SIZES, Person, press, screen_text, type_words, until

Open = Callable[..., Workbench]
LIKE = TALK.replace("Interviewr", "Interviewer")


def numbered(number: int) -> str:
    """An interview like the others, of another day."""
    return LIKE.replace("May", f"May, day {number}")


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """Where files wait."""
    place = tmp_path / "incoming"
    place.mkdir()
    return place


def put(place: Path, **texts: str | bytes) -> list[Path]:
    """Write files; a name's last part is its suffix."""
    paths = []
    for name, text in texts.items():
        path = place / name.replace("_", ".")
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        paths.append(path)
    return paths


def opened(study: Project, *paths: Path) -> Workbench:
    """The screen on these files."""
    return Workbench(study, screen="import", incoming=lambda: Import(paths))


def shown(pilot: Pilot[None]) -> Candidate:
    """The file that is looked at."""
    screen = next(one for one in reversed(pilot.app.screen_stack) if isinstance(one, Import))
    assert screen._now is not None
    return screen._now


def speakers(pilot: Pilot[None]) -> list[tuple[str, Role]]:
    return [(one.label, one.role) for one in shown(pilot).drafts[0].speakers]


def names(study: Project) -> list[str]:
    return [row.name for row in study.transcripts()]


# --- looking and leaving ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_the_table_says_who_speaks_and_the_turns_how_it_will_be(
    study: Project, files: Path, size: tuple[int, int]
) -> None:
    app = opened(study, *put(files, talk_txt=TALK))
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        page = screen_text(pilot)
        assert "1 of 1: talk.txt" in page
        assert "≈ Interviewer            " in page
        assert "Mara Lind" in page
        assert "participant? P02" in page, "P1 is somebody else"
        assert "Nobody's speech: lines 1-2" in page
        assert "≈ Interviewer and Interviewr may be one speaker" in " ".join(page.split())
        assert "All 6 turns as they will be:" in page
        assert "I trusted her [laughs]. She had been there." in page
    assert names(study) == ["talk"], "nothing is done by looking"


async def test_escape_leaves_with_nothing_done(study: Project, files: Path) -> None:
    app = opened(study, *put(files, talk_txt=TALK))
    async with app.run_test() as pilot:
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, Home)
    assert names(study) == ["talk"]


async def test_escape_asks_when_answers_would_be_lost(study: Project, files: Path) -> None:
    app = opened(study, *put(files, talk_txt=TALK))
    async with app.run_test() as pilot:
        await press(pilot, "r", "escape")
        assert "Escape again leaves; your answers to this file are lost then." in screen_text(pilot)
        await press(pilot, "u", "r", "u", "escape")
        assert isinstance(pilot.app.screen, Home), "they were taken back"
    async with opened(study, *put(files, talk_txt=TALK)).run_test() as pilot:
        await press(pilot, "r", "escape", "escape")
        assert isinstance(pilot.app.screen, Home)
    async with opened(study, *put(files, talk_txt=TALK)).run_test() as pilot:
        await press(pilot, "r", "s", "z", "enter", "escape")
        assert isinstance(pilot.app.screen, Home), "a profile keeps them"
    assert names(study) == ["talk"]


async def test_files_are_asked_for_from_home(study: Project, files: Path, person: Person) -> None:
    put(files, a_txt=numbered(1), b_txt=numbered(2), c_xyz="nothing")
    async with person(study) as pilot:
        await press(pilot, "i")
        await type_words(pilot, str(files))
        await press(pilot, "enter")
        assert "1 of 2: a.txt" in screen_text(pilot)
        await press(pilot, "enter", "n")
        assert isinstance(pilot.app.screen, Home)
        assert "1 transcript sealed, 1 file skipped." in screen_text(pilot)
    assert names(study) == ["talk", "a"]


@pytest.mark.parametrize("words", ["/nowhere/*.txt", "~nobody-here/*"])
async def test_when_there_are_no_such_files_others_can_be_named(study: Project, person: Person, words: str) -> None:
    async with person(study) as pilot:
        await press(pilot, "i")
        await answer(pilot, words)
        assert "There is no such file." in screen_text(pilot)
        await press(pilot, "enter", "A", "n", "x", "i")
        await answer(pilot, "")
        assert isinstance(pilot.app.screen, Home)


async def test_a_file_that_can_not_be_read_is_said_and_skipped(study: Project, person: Person) -> None:
    async with person(study) as pilot:
        await press(pilot, "i")
        await answer(pilot, "/nowhere/talk.txt")
        assert "talk.txt: it can not be read (No such file or directory)." in screen_text(pilot)
        await press(pilot, "enter", "A", "r", "m", "x", "w", "s", "n")
        assert isinstance(pilot.app.screen, Home)


async def answer(pilot: Pilot[None], words: str) -> None:
    """Fill in the field that is open, and keep it."""
    pilot.app.screen.query_one(Words).text = words
    await press(pilot, "enter")


async def test_files_of_a_folder_that_nothing_reads_are_named(study: Project, files: Path, person: Person) -> None:
    put(files, a_txt=TALK, b_doc="x", c_m4a="x", d_xyz="x", e_xyz="x")
    (files / ".hidden").write_text("x")
    async with person(study) as pilot:
        await press(pilot, "i")
        await answer(pilot, str(files))
        said = "4 files in the folder not looked at, as nothing here reads the kind: b.doc, c.m4a, d.xyz, ..."
        assert said in " ".join(screen_text(pilot).split())
        await press(pilot, "enter")
        assert said in " ".join(screen_text(pilot).split()), "and once more at the end"
    (files / "a.txt").unlink()
    async with person(study) as pilot:
        await press(pilot, "i")
        await answer(pilot, str(files))
        assert said in " ".join(screen_text(pilot).split())


async def test_escape_at_the_question_for_files_goes_home(study: Project, person: Person) -> None:
    async with person(study) as pilot:
        await press(pilot, "i", "escape")
        assert isinstance(pilot.app.screen, Home)


# --- who speaks ------------------------------------------------------------------------------------------------


async def test_roles_go_round_and_labels_merge(study: Project, files: Path) -> None:
    app = opened(study, *put(files, talk_txt=TALK))
    async with app.run_test() as pilot:
        await press(pilot, "j", "r")
        assert speakers(pilot)[1] == ("Mara Lind", Role.INTERVIEWER)
        await press(pilot, "r", "r", "r", "r", "r")
        assert speakers(pilot)[1] == ("Mara Lind", Role.PARTICIPANT), "participant, interviewer, other, participant"
        await press(pilot, "down", "m")
        assert "'Interviewr' is the same speaker as" in screen_text(pilot)
        await press(pilot, "1", "enter")
    assert [(s.label, s.role) for s in study.transcript("talk (2)").speakers] == [
        ("Interviewer", Role.INTERVIEWER),
        ("Mara Lind", Role.PARTICIPANT),
    ]
    assert len(study.transcript("talk (2)").turns) == 6


async def test_a_label_is_a_speaker_or_none(study: Project, files: Path) -> None:
    app = opened(study, *put(files, talk_txt=TALK))
    async with app.run_test() as pilot:
        await press(pilot, "j", "j", "x")
        assert [label for label, _ in speakers(pilot)] == ["Interviewer", "Mara Lind"]
        assert "no speaker (x: is one)" in screen_text(pilot)
        await press(pilot, "x")
        assert [label for label, _ in speakers(pilot)] == ["Interviewer", "Mara Lind", "Interviewr"]


async def test_a_possible_speaker_becomes_one(study: Project, files: Path) -> None:
    text = "".join(f"Maria: {n} or so.\nSam: It is fine.\n" for n in range(6)) + "Zoë: Hello.\n"
    app = opened(study, *put(files, talk_txt=text))
    async with app.run_test() as pilot:
        await pilot.pause()
        assert shown(pilot).drafts[0].possible_speakers == ("Zoë",)
        await press(pilot, "j", "j", "x")
        assert [label for label, _ in speakers(pilot)] == ["Maria", "Sam", "Zoë"]


async def test_all_of_it_is_one_speaker_and_back(study: Project, files: Path) -> None:
    app = opened(study, *put(files, talk_txt=TALK))
    async with app.run_test() as pilot:
        await press(pilot, "o")
        assert speakers(pilot) == [("Speaker", Role.PARTICIPANT)]
        await press(pilot, "o")
        assert len(speakers(pilot)) == 3


async def test_labels_that_may_be_one_come_first_and_a_merge_can_be_taken_back(study: Project, files: Path) -> None:
    text = "".join(f"Mod: So {n}?\nP1: Yes {n}.\nP2: No {n}.\nP 1: Well {n}.\n" for n in range(6))
    app = opened(study, *put(files, group_txt=text))
    async with app.run_test() as pilot:
        assert "≈ P1 and P 1 may be one speaker (m merges)." in screen_text(pilot)
        before = speakers(pilot)
        await press(pilot, "j", "j", "j", "m")
        assert "1  P1" in screen_text(pilot), "Mod is the first in the table"
        await press(pilot, "1", "r")
        assert [label for label, _ in speakers(pilot)] == ["Mod", "P1", "P2"]
        await press(pilot, "u", "u", "u")
        assert speakers(pilot) == before


async def test_what_can_not_be_said_of_a_line_is_not_offered(study: Project, files: Path) -> None:
    app = opened(study, *put(files, notes_txt="Nobody speaks here.\n\nNobody at all.\n", answers_csv=SURVEY))
    async with app.run_test(size=(140, 45)) as pilot:
        page = screen_text(pilot)
        assert "nobody is named (o: it is one speaker; f and p say how a turn begins)" in page
        assert not {" r Role", " m Merge", " x Speaker?", " u Undo"} & set(
            page.splitlines()[-1].replace("  ", "|").split("|")
        )
        await press(pilot, "n", "1")
        footer = screen_text(pilot).splitlines()[-1]
        assert "r Role" in footer
        assert "m Merge" not in footer


# --- how labels are found --------------------------------------------------------------------------------------


async def test_a_family_that_does_not_fit_is_said_and_can_be_changed_back(study: Project, files: Path) -> None:
    app = opened(study, *put(files, talk_txt=TALK))
    async with app.run_test() as pilot:
        await press(pilot, "f", "4")
        assert f"nothing in it begins like '{FAMILIES[3]}'" in screen_text(pilot).replace("\n ", " ")
        await press(pilot, "enter")
        assert names(study) == ["talk"]
        await press(pilot, "f", "6")
        assert len(speakers(pilot)) == 3


async def test_a_pattern_finds_speakers_and_a_bad_one_is_said(study: Project, files: Path) -> None:
    app = opened(study, *put(files, talk_txt="<A> Hello?\n<B> Hello.\n<A> So?\n<B> So.\n"))
    async with app.run_test() as pilot:
        for words, found in (("(?P<name>", None), (r"<(?P<name>\w)>", ["A", "B"]), ("", None)):
            await press(pilot, "p")
            await answer(pilot, words)
            if found:
                assert [label for label, _ in speakers(pilot)] == found
        assert shown(pilot).answers.pattern == ""


async def test_lines_are_marked_as_nobodys(study: Project, files: Path) -> None:
    app = opened(study, *put(files, talk_txt=TALK))
    async with app.run_test() as pilot:
        await press(pilot, "h")
        await type_words(pilot, "1-5, 8")
        await press(pilot, "enter")
        assert shown(pilot).answers.front_matter == ((1, 5), (8, 8))
        assert shown(pilot).drafts[0].turns[0].start == TALK.index("Interviewer: And then?")
        await press(pilot, "h")
        await type_words(pilot, "x")
        await press(pilot, "enter")
        assert "write them as 1-12, 40" in screen_text(pilot)
        assert shown(pilot).answers.front_matter == ((1, 5), (8, 8))


async def test_an_unknown_encoding_is_chosen_by_its_lines(study: Project, files: Path) -> None:
    first, second = put(files, one_txt=FRENCH, two_txt=FRENCH + b"I: Fin?\n")
    app = opened(study, first, second)
    async with app.run_test() as pilot:
        await pilot.pause()
        assert "mac_roman   P1: TrËs bien." in screen_text(pilot)
        await press(pilot, "e", "2")
        assert "TrËs bien." in shown(pilot).drafts[0].text
        await press(pilot, "e")
        await answer(pilot, "cp1252")
        await press(pilot, "enter")
        assert "2 of 2: two.txt" in screen_text(pilot)
        await press(pilot, "enter")
        assert shown(pilot).answers.encoding == "cp1252", "Enter takes the encoding under the bar"
        await press(pilot, "enter")
    assert [study.transcript(name).text.count("Très") for name in ("one", "two")] == [1, 1]


# --- tiers and surveys -----------------------------------------------------------------------------------------


async def test_tiers_are_switched_on_and_off(study: Project, files: Path) -> None:
    app = opened(study, *put(files, call_eaf=ELAN))
    async with app.run_test() as pilot:
        await press(pilot, "j", "x")
        assert [label for label, _ in speakers(pilot)] == ["Ana", "notes"]
        await press(pilot, "r")
        assert dict(speakers(pilot))["notes"] is Role.INTERVIEWER
        await press(pilot, "k", "x")
        assert [label for label, _ in speakers(pilot)] == ["notes"]
        await press(pilot, "j", "x")
        assert "One tier at least must be speech." in screen_text(pilot)


async def test_a_survey_asks_what_becomes_of_it_and_what_its_columns_are(study: Project, files: Path) -> None:
    app = opened(study, *put(files, answers_csv=SURVEY))
    async with app.run_test() as pilot:
        await pilot.pause()
        assert "What becomes a transcript?" in screen_text(pilot)
        await press(pilot, "2")
        assert len(shown(pilot).drafts) == 1
        await press(pilot, "v", "1")
        assert len(shown(pilot).drafts) == 2
        await press(pilot, "j", "r", "3")
        assert shown(pilot).answers.survey is not None
        assert shown(pilot).answers.survey.attribute_columns == ("age",)
        await press(pilot, "j", "r", "4")
        assert shown(pilot).made is None, "without a column of answers nothing can be sealed"
        await press(pilot, "r", "1", "enter")
    assert {one.id: dict(one.attributes) for one in study.participants() if one.id[0] == "R"} == {
        "R1": {"age": "30"},
        "R2": {"age": "41"},
    }
    assert len(names(study)) == 3


async def test_a_table_can_be_left_undecided_and_skipped(study: Project, files: Path) -> None:
    app = opened(study, *put(files, answers_csv=SURVEY))
    async with app.run_test() as pilot:
        await press(pilot, "escape", "enter")
        assert "can not be sealed as it is" in screen_text(pilot)
        await press(pilot, "n")
        assert isinstance(pilot.app.screen, Home)
    assert names(study) == ["talk"]


# --- profiles, and many files ----------------------------------------------------------------------------------


async def test_a_profile_is_kept_and_applied(study: Project, files: Path) -> None:
    paths = put(files, one_txt=TALK, two_txt=TALK.replace("May", "June"), three_txt=TALK.replace("Mara Lind", "Bo"))
    app = opened(study, *paths)
    async with app.run_test() as pilot:
        await press(pilot, "a")
        assert "No import profile was saved yet" in screen_text(pilot)
        await press(pilot, "j", "j", "m", "1", "s")
        await type_words(pilot, "zoom")
        await press(pilot, "enter", "enter")
        assert [label for label, _ in speakers(pilot)] == ["Interviewer", "Mara Lind"], "read by the profile"
        assert "profile zoom" in screen_text(pilot)
        await press(pilot, "enter")
        assert "Not as in the profile: The profile does not know 'Bo'" in screen_text(pilot)
    async with opened(study, paths[2]).run_test() as pilot:
        await press(pilot, "a", "1")
        assert [label for label, _ in speakers(pilot)] == ["Interviewer", "Bo"]
        await press(pilot, "a", "2")
        assert [label for label, _ in speakers(pilot)] == ["Interviewer", "Bo", "Interviewr"]
        assert "profile" not in screen_text(pilot).splitlines()[0]
        await press(pilot, "u")
        assert "profile zoom" in screen_text(pilot).splitlines()[0]
    assert study.import_profile("zoom").answers.merge == {"Interviewr": "Interviewer"}


async def test_all_that_are_alike_are_sealed_in_one_step_up_to_the_one_that_is_not(study: Project, files: Path) -> None:
    texts = {f"t{n}_txt": numbered(n) for n in range(6)} | {"t4_txt": LIKE.replace("Mara Lind", "Bo")}
    app = opened(study, *put(files, **texts))
    async with app.run_test() as pilot:
        await press(pilot, "A")
        await until(pilot, lambda: "5 of 6: t4.txt" in screen_text(pilot))
        assert names(study) == ["talk", "t0", "t1", "t2", "t3"]
        assert "Not as in the profile" in screen_text(pilot)
        await press(pilot, "n", "A")
        await until(pilot, lambda: isinstance(pilot.app.screen, Home))
    assert names(study) == ["talk", "t0", "t1", "t2", "t3", "t5"]
    steps = study._db.execute("select count(distinct step) from journal where kind = 'transcript_imported'").fetchone()
    assert steps == (3,), "the interview of the study, the four, the last one"


async def test_a_file_that_is_there_already_stops_the_row(study: Project, files: Path) -> None:
    app = opened(study, *put(files, a_txt=INTERVIEW + "I: More?\n", b_txt=INTERVIEW, c_txt=INTERVIEW + "I: So?\n"))
    async with app.run_test() as pilot:
        await press(pilot, "A")
        await until(pilot, lambda: "already in the study as 'talk'" in screen_text(pilot))
        assert names(study) == ["talk", "a"]
        await press(pilot, "enter")
        assert names(study) == ["talk", "a"]
        await press(pilot, "n", "enter")
    assert names(study) == ["talk", "a", "c"]


def held_back(monkeypatch: pytest.MonkeyPatch, begins: str) -> threading.Event:
    """Files of such names are read no sooner than this is set; for all others the screen waits as long as it takes."""
    go_on, held = threading.Event(), threading.Event()
    looked, is_done = importing_reading.looked, importing_reading.Errand.is_done

    def slowly(path: Path, *more: object) -> Candidate:
        if path.name.startswith(begins):
            held.set()
            go_on.wait(60)
        return looked(path, *more)  # type: ignore[arg-type] # passed on as they came

    def done(errand: importing_reading.Errand[object], patience: float = 0.0) -> bool:
        while not is_done(errand, min(patience, 0.01)):
            if not patience or (held.is_set() and not go_on.is_set()):
                return False
        return True

    monkeypatch.setattr(importing_reading, "looked", slowly)
    monkeypatch.setattr(importing_reading.Errand, "is_done", done)
    return go_on


async def test_escape_stops_reading_and_nothing_is_sealed(
    study: Project, files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = held_back(monkeypatch, "t2")
    app = opened(study, *put(files, **{f"t{n}_txt": numbered(n) for n in range(4)}))
    async with app.run_test() as pilot:
        await press(pilot, "A")
        await until(pilot, lambda: "3/4 read: t2.txt" in screen_text(pilot))
        await press(pilot, "enter", "n", "s")
        await press(pilot, "escape")
        go_on.set()
        assert "Stopped; nothing was sealed." in screen_text(pilot)
        assert names(study) == ["talk"]
        await press(pilot, "enter")
        assert names(study) == ["talk", "t0"]


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """Files whose name begins with 'slow' are read no sooner than this is set."""
    return held_back(monkeypatch, "slow")


async def test_one_long_file_says_that_it_is_read_and_shows_nothing_of_the_one_before(
    study: Project, files: Path, slow: threading.Event
) -> None:
    app = opened(study, *put(files, a_txt=numbered(1), slow_txt=numbered(2)))
    async with app.run_test() as pilot:
        await press(pilot, "enter")
        page = screen_text(pilot)
        assert "2 of 2: slow.txt" in page
        assert "Reading slow.txt. Escape stops it" in page
        assert "Mara Lind" not in page
        await press(pilot, "enter", "n", "i", "A", "r")
        slow.set()
        await until(pilot, lambda: "Mara Lind" in screen_text(pilot))
        assert "2 of 2: slow.txt" in screen_text(pilot), "keys meanwhile did nothing"
        await press(pilot, "enter")
    assert names(study) == ["talk", "a", "slow"]


async def test_a_file_that_nobody_waits_for_is_left_out_or_read_again(
    study: Project, files: Path, slow: threading.Event
) -> None:
    app = opened(study, *put(files, slow_txt=TALK, slow2_txt=LIKE))
    async with app.run_test() as pilot:
        await press(pilot, "escape")
        assert "it was not read to its end. Enter reads it again" in screen_text(pilot)
        await press(pilot, "n", "escape", "r", "A", "s")
        assert "2 of 2: slow2.txt" in screen_text(pilot)
        slow.set()
        await press(pilot, "enter")
        assert "Mara Lind" in screen_text(pilot)
        assert names(study) == ["talk"]
        await press(pilot, "enter")
    assert names(study) == ["talk", "slow2"]


async def test_a_fault_met_while_cutting_or_sealing_leaves_the_file_on_the_screen(study: Project, files: Path) -> None:
    app = opened(study, *put(files, a_txt=TALK))
    async with app.run_test() as pilot:
        study.readonly_because = "process 7 writes to it"
        await press(pilot, "enter")
        assert "1 of 1: a.txt" in screen_text(pilot)
        study.readonly_because = ""
        await press(pilot, "enter")
    assert names(study) == ["talk", "a"]


# --- the rest --------------------------------------------------------------------------------------------------


async def test_warnings_are_one_key_away_and_the_unit_is_chosen(study: Project, files: Path) -> None:
    app = opened(study, *put(files, talk_txt=TALK.replace("Every day", "Every\x07 day. And night")))
    async with app.run_test() as pilot:
        await press(pilot, "w")
        assert "1 control character is kept" in screen_text(pilot)
        await press(pilot, "escape", "c", "2")
        assert "units by sentence" in screen_text(pilot)
        await press(pilot, "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, Home))
    assert study.transcript("talk (2)").rule is SegmentRule.SENTENCE


async def test_long_previews_scroll_and_stop_at_thirty_turns(study: Project, files: Path) -> None:
    text = "".join(f"I: What {n}?\nP5: That {n}.\n" for n in range(40))
    app = opened(study, *put(files, long_txt=text))
    async with app.run_test() as pilot:
        await pilot.pause()
        assert "The first 30 turns as they will be:" in screen_text(pilot)
        await press(pilot, "space", "pagedown", "space")
        assert "That 14." in screen_text(pilot)
        assert "That 15." not in screen_text(pilot)
        await press(pilot, "pageup", "pageup", "pageup", "pageup")
        assert "What 0?" in screen_text(pilot)


async def test_hostile_names_and_words_are_only_text(study: Project, files: Path) -> None:
    ugly = "[/x]\x1b]52;c;eA==\x07 " + "y" * 10_000
    text = f"[red]I: {ugly}?\nMara [b]: {ugly}\n[red]I: so?\nMara [b]: no\nI: a?\nP: b\nI: c?\nP: d\n"
    app = opened(study, *put(files, ugly_txt=text))
    async with app.run_test() as pilot:
        await press(pilot, "j", "w", "escape", "m", "escape", "x", "x")
        assert "\x1b" not in screen_text(pilot)
        await press(pilot, "enter")
    assert len(names(study)) == 2


async def test_a_study_for_reading_only_can_be_looked_at(study: Project, files: Path) -> None:
    paths = put(files, talk_txt=TALK)
    study.readonly_because = "a test looks"
    app = opened(study, *paths)
    async with app.run_test() as pilot:
        await press(pilot, "enter", "A", "s", "j", "r")
        assert "reading only: a test looks" in screen_text(pilot)
        assert shown(pilot).answers != AS_FOUND
    assert names(study) == ["talk"]
