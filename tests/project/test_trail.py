"""The trail of a whole study: how a theme came about, pages, files, and what never stands in any of them."""

from __future__ import annotations

import csv
import io
import json
import time
from pathlib import Path

import pytest

from qualbench.errors import FileExists, QualbenchError
from qualbench.model import Outcome, Reason, ThemeState, TrailClass, TrailEntry
from qualbench.project import Project
from qualbench.project import trail as trails
from qualbench.project.trail import Wanted
from tests.conftest import INTERVIEW, add_interview, code, spans


def told(lines: tuple[TrailEntry, ...]) -> list[str]:
    return [one.sentence for one in lines]


@pytest.fixture
def grown(study: Project) -> Project:
    """Two readings of talk, one disagreement settled, and a theme that came of a merge and then of a split."""
    code(study, "ana", ["TRUST", "HOPE", "", "FEAR"])
    code(study, "ben", ["TRUST", "TRUST", "", ""])
    study.viewer = "ana"
    first, second = study.items()
    study.decide(first, Outcome.BOTH, reason=Reason.OVERLAP, note="Both are said.")
    study.decide(second, Outcome.NOTHING, reason=Reason.SLIP)
    for name, codes in (("Light", ["HOPE"]), ("Ground", ["TRUST"]), ("Dark", ["FEAR"])):
        study.create_theme(name)
        study.gather_codes(study.theme(name), codes)
    study.pick_quote(study.theme("Light"), "talk", *spans(study)[1])
    study.write_note("What it grew from.", on="code", about="TRUST")
    study.merge_themes([study.theme("Light")], study.theme("Ground"), "They are one.")
    study.state_theme(study.theme("Ground"), ThemeState.EXTRACTS, "Read against the extracts.")
    return study


def test_it_shows_how_a_theme_came_about(grown: Project) -> None:
    lines = grown.trail_of_theme(grown.theme("Ground"))
    assert [one.at for one in lines] == sorted(one.at for one in lines)
    place = f"talk:{spans(grown)[1][0]}"
    wanted = [
        "ana released version 1.0 of the codebook; Trust: Trust was added.",
        "ana used Hope for the first time, in 'talk'.",
        "ana used Trust for the first time, in 'talk'.",
        "ben used Trust for the first time, in 'talk'.",
        f"ana settled the disagreement at {place}: both readings (Hope, Trust).",
        "ana made the theme 'Light'.",
        "ana gathered Hope under 'Light'.",
        "ana made the theme 'Ground'.",
        "ana gathered Trust under 'Ground'.",
        f"ana picked a quote at {place} for 'Light'.",
        "ana wrote a memo about Trust.",
        "ana merged themes into 'Ground': Light.",
        "ana took 'Ground' to the state: held against its extracts.",
    ]
    found = [one for one in told(lines) if one in wanted]
    assert sorted(found) == sorted(wanted)
    assert found.index(wanted[6]) < found.index(wanted[9]) < found.index(wanted[11]) < found.index(wanted[12])
    assert not any("Dark" in one or "Fear" in one for one in told(lines))
    why = {one.what: one.why for one in lines}
    assert why["merged themes into 'Ground': Light"] == "They are one."
    assert why[f"settled the disagreement at {place}: both readings (Hope, Trust)"] == "codes overlap; Both are said."
    assert why["took 'Ground' to the state: held against its extracts"] == "Read against the extracts."


def test_parts_of_a_split_theme_remember_the_whole(grown: Project) -> None:
    grown.split_theme(grown.theme("Ground"), {"Firm": ["TRUST"], "Bright": ["HOPE"]}, "Two ideas.")
    lines = told(grown.trail_of_theme(grown.theme("Firm")))
    assert "ana made the theme 'Light'." in lines
    assert any(line.startswith("ana split the theme 'Ground', made 2 themes: Firm, Bright") for line in lines)
    assert lines == told(grown.trail_of_theme(grown.theme("Firm").id))


def test_a_theme_that_was_given_up_can_still_be_asked_for(grown: Project) -> None:
    grown.drop_theme(grown.theme("Dark"), "Too thin.")
    (past,) = [one for one in grown.past_themes() if one.theme.name == "Dark"]
    last = grown.trail_of_theme(past.theme)[-1]
    assert (last.what, last.why) == ("dropped the theme 'Dark'", "Too thin.")


def test_undone_steps_are_shown_as_undone(grown: Project) -> None:
    grown.undo("themes", "themes")
    *_, stated, switch = grown.trail()
    assert (stated.undone, switch.undone) == (True, False)
    assert switch.what == "undid: took 'Ground' to the state: held against its extracts"


def test_the_life_of_a_theme_is_blind_too(grown: Project) -> None:
    """What ben applies on another transcript while it is blind is in no trail of ana's, and no count of it."""
    before = told(grown.trail_of_theme(grown.theme("Ground")))
    add_interview(grown, "two.txt", INTERVIEW + "I: That was two.\n")
    code(grown, "ben", ["HOPE", "TRUST+HOPE", "", ""], "two", submit=False)
    grown.write_note("Private until it is opened.", on="code", about="TRUST")
    grown.viewer = "ana"
    assert told(grown.trail_of_theme(grown.theme("Ground"))) == before
    assert [one.sentence for one in grown.trail() if one.who == "ben"][-2:] == [
        "ben began to code two.", "ben coded in two.",
    ]  # fmt: skip


def test_no_words_of_participants_stand_in_the_trail(grown: Project) -> None:
    """No three words in a row of the interview, in any field, for anybody."""
    spoken = INTERVIEW.split()
    threes = {" ".join(spoken[n : n + 3]) for n in range(len(spoken) - 2)}
    for viewer in ("ana", "ben", ""):
        grown.viewer = viewer
        everything = repr(grown.trail()) + repr(grown.trail_of_theme(grown.theme("Ground")))
        assert not [one for one in threes if one in everything]


# --- pages and files -------------------------------------------------------------------------------------------


def test_pages_hold_all_lines_once(grown: Project) -> None:
    whole = [one.what for one in grown.trail_lines()]
    found: list[str] = []
    edge = 0
    while True:
        page = grown.trail_page(edge=edge, most=3)
        found += [one.what for one in page.entries]
        edge = page.edge
        if not edge:
            break
    assert found == whole


def test_a_rare_thing_is_looked_for_with_patience(grown: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trails, "PATIENCE", 5)
    page = grown.trail_page(Wanted(words="began study"))
    assert page.entries == ()
    assert page.reached
    while page.edge:
        page = grown.trail_page(Wanted(words="began study"), page.edge)
    assert [one.trail_class for one in page.entries] == [TrailClass.INTENTIONS]


def test_only_one_class_person_or_thing(grown: Project) -> None:
    assert {one.who for one in grown.trail_lines(Wanted(person="ben"))} == {"ben"}
    of_class = list(grown.trail_lines(Wanted(TrailClass.PROCESS)))
    assert {one.trail_class for one in of_class} == {TrailClass.PROCESS}
    assert sum("settled" in one.what for one in of_class) == 2
    about = grown.trail(about=grown.theme("Dark").id)
    assert told(about) == ["ana made the theme 'Dark'.", "ana gathered Fear under 'Dark'."]
    assert grown.trail_thing("code", "hope").id == "HOPE"
    with pytest.raises(QualbenchError, match="no round called 'x'"):
        grown.trail_thing("round", "x")


def test_the_file_holds_the_trail_and_its_hashes_are_those_of_the_journal(grown: Project, tmp_path: Path) -> None:
    target = tmp_path / "trail.csv"
    grown.write_trail(target)
    rows = list(csv.DictReader(io.StringIO(target.read_text("utf-8-sig"), newline="")))
    assert [row["what"] for row in rows] == [one.what for one in grown.trail()]
    last = dict(grown._db.execute("select step, hash from journal order by seq").fetchall())
    assert all(last[row["step"]] == row["hash"] for row in rows)
    assert grown.check_trail(target.read_bytes()) == (len(rows), ())
    with pytest.raises(FileExists):
        grown.write_trail(target)
    (tmp_path / "other.csv").mkdir()
    with pytest.raises(QualbenchError, match="can not be written"):
        grown.write_trail(tmp_path / "other.csv", force=True)
    assert not list(tmp_path.glob(".*.part"))


def test_a_theme_is_written_as_a_document(grown: Project, tmp_path: Path) -> None:
    target = tmp_path / "theme.html"
    grown.write_trail(target, theme=grown.theme("Ground"))
    page = target.read_text("utf-8")
    assert "How the theme &#39;Ground&#39; came about: study" in page
    assert "They are one." in page
    assert "Dark" not in page


def test_a_large_study_shows_its_first_page_at_once(study: Project) -> None:
    """30,000 entries in one step and 2,000 steps: the first page reads the newest only, within a second."""
    code(study, "ana", ["TRUST", "", "", ""], submit=False)
    row = study._db.execute("select * from journal where kind = 'code_applied'").fetchone()
    seq, _, device, _, *rest = row
    rows = [
        (seq + n, f"id{n}", device, f"s{max(0, n - 30_000)}", *rest)
        for n in range(1, 32_001)
    ]  # fmt: skip
    study._db.execute("begin")
    study._db.executemany(f"insert into journal values ({','.join('?' * len(row))})", rows)
    study._db.execute("commit")
    began = time.process_time()
    page = study.trail_page(most=100)
    assert time.process_time() - began < 1
    assert len(page.entries) == 100
    began = time.process_time()
    (bulk,) = [one for one in study.trail_lines() if "30000 places" in one.what]
    assert time.process_time() - began < 5
    assert json.loads(json.dumps(bulk.what)) == "applied codes in 30000 places of talk: Trust"
