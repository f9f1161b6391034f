"""Through a real terminal: keys typed ahead, hostile bytes, and a window that is closed in the middle of work."""

from __future__ import annotations

import re
import signal
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from qualbench.model import CheckState, JudgingMode, Outcome, Reason, Role, SessionState
from qualbench.project import Project
from qualbench.steps.packages import new_identity
from qualbench.steps.participants import Attribute, AttributeKind
from tests.conftest import BOOK, INTERVIEW, add_interview, code, spans
from tests.tui.terminal import PATIENCE, Terminal
from tests.tui.visiting import EVERY

HOSTILE = "\x1b]52;c;ZXZpbA==\x07 \x9b31m \x00 [laughs] [/x] \u202eolleh 👩‍👩‍👧 \x1b]0;title\x07 " + "word " * 2000
DANGER = re.compile(rb"\x1b\]52|\x1b\]0;title|\x00|\xc2[\x80-\x9f]|\xe2\x80\xae")


@pytest.fixture
def terminals() -> Iterator[Callable[..., Terminal]]:
    running: list[Terminal] = []

    def run(*arguments: str | Path, **size: int) -> Terminal:
        running.append(Terminal(*arguments, **size))
        return running[-1]

    yield run
    for one in running:
        one.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A study with one interview, not coded yet."""
    with Project.create(tmp_path / "study", viewer="ana") as project:
        project.release_codebook("book.yaml", BOOK)
        add_interview(project, "talk.txt", INTERVIEW)
    return tmp_path / "study"


def coded(folder: Path, coder: str = "ana") -> list[str]:
    with Project.open(folder, coder) as project:
        places = spans(project)
        return [f"{places.index((c.start, c.end))}:{c.code}" for c in project.codings()]


def found(folder: Path, what: Callable[[Project], Sequence[object]]) -> Sequence[object]:
    """What a second reader finds in the study meanwhile."""
    with Project.open(folder, "ana") as project:
        return what(project)


def test_a_burst_of_keys_codes_what_was_meant(folder: Path, terminals: Callable[..., Terminal]) -> None:
    """Palette, letters, Enter, next segment, all in one write: every code is on its segment and no other."""
    terminal = terminals("code", folder, "--coder", "ana")
    terminal.wait_for("not begun")
    terminal.settle()
    terminal.write("ctrust\r\tchope\r\tcfear\r\tn")
    terminal.wait_for("4 of 4 decided")
    assert coded(folder) == ["0:TRUST", "1:HOPE", "2:FEAR"]


def test_a_new_code_typed_ahead_is_the_one_meant(folder: Path, terminals: Callable[..., Terminal]) -> None:
    """Name and Enter, the next segment, the new code by its letters, a change by C: in one write, again and again."""
    terminal = terminals("code", folder, "--coder", "ana")
    terminal.wait_for("not begun")
    terminal.settle()
    terminal.write("acnx tail\r\tctail\r\t1Chope\r\tn")
    terminal.wait_for("4 of 4 decided")
    with Project.open(folder, "ana") as project:
        book = project.own_book()
        places = spans(project)
        said = [f"{places.index((c.start, c.end))}:{book.label(c.code)}" for c in project.codings()]
        assert [code.label for code in book.codes if code.status == "proposed"] == ["cnx tail"]
    assert said == ["0:cnx tail", "1:cnx tail", "2:Hope"]


def test_words_selected_and_kept_keys_typed_ahead_are_those_meant(
    folder: Path, terminals: Callable[..., Terminal]
) -> None:
    """Keep a code on a key, select two words, press the key, filter, undo: in one write."""
    terminal = terminals("code", folder, "--coder", "ana")
    terminal.wait_for("not begun")
    terminal.settle()
    terminal.write("*hope\r7\x1b[1;2C\x1b[1;2C7\tctrust\r\t7uf2")
    terminal.wait_for("only undecided: 2")
    with Project.open(folder, "ana") as project:
        text = project.transcript("talk").text
        said = [(text[c.start : c.end], c.code) for c in project.codings()]
        assert project.favourites() == {"7": "HOPE"}
    assert said == [("I trusted", "HOPE"), ("Then it got better, slowly.", "TRUST")]


def test_words_typed_ahead_into_a_memo_are_not_commands(folder: Path, terminals: Callable[..., Terminal]) -> None:
    """`m`, a memo full of command letters, and Ctrl+S in one write: a memo, and nothing else happened."""
    terminal = terminals("code", folder, "--coder", "ana")
    terminal.wait_for("not begun")
    terminal.settle()
    terminal.write("mnuns never submit x1\x13")
    terminal.wait_until(lambda: bool(found(folder, Project.memos)), "a memo")
    with Project.open(folder, "ana") as project:
        assert [memo.body for memo in project.memos()] == ["nuns never submit x1"]
        assert project.codings() == ()
        assert project.nothings() == ()


def test_a_decision_typed_ahead_is_the_one_meant(folder: Path, terminals: Callable[..., Terminal]) -> None:
    """Outcome, reason, note and Enter in one write settle one disagreement."""
    with Project.open(folder, "ana", write=True) as project:
        code(project, "ana", ["TRUST", "HOPE", "", ""])
        code(project, "ben", ["TRUST", "FEAR", "", ""])
    terminal = terminals("consensus", folder)
    terminal.wait_for("1 of 1")
    terminal.settle()
    terminal.write("b2both are near\r")
    terminal.wait_until(lambda: len(found(folder, Project.decisions)) == 1, "a decision")
    with Project.open(folder) as project:
        (decision,) = project.decisions()
    assert (decision.outcome, decision.reason, decision.note) == (Outcome.SECOND, Reason.DEFINITION, "both are near")


def test_decisions_typed_ahead_go_to_one_disagreement_each(folder: Path, terminals: Callable[..., Terminal]) -> None:
    """Two whole decisions in one write, again and again: each is about its own disagreement, no key is lost."""
    with Project.open(folder, "ana", write=True) as project:
        code(project, "ana", ["TRUST", "HOPE", "FEAR", "HOPE"])
        code(project, "ben", ["FEAR", "TRUST", "TRUST", "FEAR"])
    terminal = terminals("consensus", folder)
    terminal.wait_for("1 of 4")
    terminal.settle()
    terminal.write("b2first\ra3second\r")
    terminal.wait_until(lambda: len(found(folder, Project.decisions)) == 2, "the first two decisions")
    terminal.write("o4third\rn5fourth\r")
    terminal.wait_until(lambda: len(found(folder, Project.decisions)) == 4, "all decisions")
    with Project.open(folder) as project:
        said = [(d.outcome, d.note) for d in sorted(project.decisions(), key=lambda one: one.start)]
    assert said == [("b", "first"), ("a", "second"), ("both", "third"), ("nothing", "fourth")]


def planted(folder: Path) -> None:
    """A study with hostile words wherever a person can put words."""
    short = HOSTILE[:60]
    with Project.create(folder, viewer="ana", name=HOSTILE[:40]) as project:
        project.release_codebook("book.yaml", BOOK.replace("label: Hope", 'label: "Hope \u202eolleh [laughs]"'))
        add_interview(project, f"talk{HOSTILE[:30]}.txt", f"I: Why?\nP1: {HOSTILE}\nI: And?\nP1: no {HOSTILE}\n")
        name = project.transcripts()[0].name
        project.assign_speaker(name, "P1", Role.PARTICIPANT, f"P1 {short}")
        project.define_attribute(Attribute(f"site {short}", AttributeKind.TEXT))
        code(project, "ana", ["TRUST", "HOPE"], name, submit=False)
        project.write_memo(project.open_pass(name).id, *spans(project, name)[0], HOSTILE)
        project.submit([name])
        code(project, "ben", ["FEAR", "HOPE"], name)
        project.viewer = "ana"
        case, person = project.cases()[0].id, project.checks()[0].participant
        for on, about in (("study", ""), ("code", "HOPE"), ("case", case)):
            project.write_note(HOSTILE, on=on, about=about)
        project.create_theme(short)
        project.gather_codes(project.themes()[0], ["HOPE"])
        project.describe_theme(project.themes()[0], HOSTILE)
        project.open_session(people=[f"ana {short}", "ben"])
        project.state_session(project.sessions()[0], SessionState.PAUSED, note=HOSTILE)
        project.name_judges(case, ["ana"], JudgingMode.ALONE)
        project.write_idea(case, "HOPE", HOSTILE)
        project.submit_ideas(case)
        project.state_check(person, CheckState.SENT, note=HOSTILE)
        project.assign_type(person, f"S {short[:50]}", f"W {short[:50]}", reason=HOSTILE)
        project.mark_negative(project.themes()[0].id, person, HOSTILE)
        project.send(new_identity().card(f"eve {short[:50]}"), "eve [x] olleh", folder.with_name("out.qbp"))


def test_no_byte_of_a_text_drives_the_terminal(tmp_path: Path, terminals: Callable[..., Terminal]) -> None:
    """Every screen with hostile words of every kind: the terminal gets none of their controls."""
    folder, visited = tmp_path / "study", tmp_path / "visited"
    planted(folder)
    terminal = terminals(folder, "ana", visited, module="tests.tui.visiting", columns=100, rows=30)
    assert terminal.wait_for_end() == 0, terminal.seen[-3000:]
    assert set(visited.read_text().split()) == {*EVERY}, "a screen did not open, so nothing was shown on it"
    assert not DANGER.findall(terminal.seen)
    assert b"[laughs]" in terminal.seen


def test_a_closed_window_ends_the_program_and_loses_nothing(folder: Path, terminals: Callable[..., Terminal]) -> None:
    terminal = terminals("code", folder, "--coder", "ana")
    terminal.wait_for("not begun")
    terminal.settle()
    terminal.write("ctrust\r")
    terminal.wait_for("1 of 4 decided")
    terminal.hang_up()
    terminal.process.wait(timeout=PATIENCE)
    assert coded(folder) == ["0:TRUST"]


@pytest.mark.parametrize("ending", [signal.SIGHUP, signal.SIGTERM])
def test_a_signal_to_end_is_obeyed_and_leaves_terminal_and_study_in_order(
    folder: Path, terminals: Callable[..., Terminal], ending: signal.Signals
) -> None:
    terminal = terminals("code", folder, "--coder", "ana")
    terminal.wait_for("not begun")
    terminal.settle()
    terminal.write("ctrust\r")
    terminal.wait_for("1 of 4 decided")
    terminal.process.send_signal(ending)
    assert terminal.wait_for_end() == 0
    assert b"\x1b[?1049l" in terminal.seen, "the terminal was left on the program's own screen"
    assert b"Traceback" not in terminal.seen
    with Project.open(folder, "ana", write=True, patience=0) as project:
        assert [sentence for well, sentence in project.examine() if not well] == []
    assert coded(folder) == ["0:TRUST"]


def test_a_second_window_opens_for_reading_and_says_so(folder: Path, terminals: Callable[..., Terminal]) -> None:
    first = terminals("code", folder, "--coder", "ana")
    first.wait_for("not begun")
    second = terminals("open", folder, "--as", "ben", columns=140, rows=45)
    second.wait_for("reading only")
    second.wait_for(f"process {first.process.pid}")
