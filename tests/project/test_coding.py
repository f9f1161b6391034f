"""A coder's work through the project: undo over restarts, tables in and out, and words that stay out of the journal."""

from __future__ import annotations

import pytest

from qualbench.errors import NothingToUndo, PassSubmitted, UnknownCode
from qualbench.model import Outcome, Reason
from qualbench.project import Project
from qualbench.steps.interchange import codings_csv
from qualbench.steps.interchange.codings_csv import Line
from qualbench.steps.study import SpeakerLine
from tests.conftest import BOOK, add_interview, code, spans


def placed(project: Project, coder: str = "ana") -> list[tuple[str, int, int]]:
    return [(one.code, one.start, one.end) for one in project.codings(coder=coder)]


def test_undoing_a_code_that_took_in_others_brings_them_back(study: Project) -> None:
    pass_ = study.open_pass("talk")
    start, end = spans(study)[0]
    study.apply_code(pass_.id, "TRUST", start, start + 9)
    study.apply_code(pass_.id, "TRUST", start + 20, end)
    before = placed(study)
    study.apply_code(pass_.id, "TRUST", start, end)
    assert placed(study) == [("TRUST", start, end)]
    study.undo(pass_.transcript, "coding")
    assert placed(study) == before == [("TRUST", start, start + 9), ("TRUST", start + 20, end)]


def test_undo_and_redo_go_on_after_a_restart(study: Project) -> None:
    code(study, "ana", ["TRUST", "HOPE", "", "FEAR"], submit=False)
    talk, whole = study.transcript("talk").id, placed(study)
    study.undo(talk, "coding")
    study.undo(talk, "coding")
    study.close()
    with Project.open(study.folder, "ana", write=True) as again:
        assert [one for one, *_ in placed(again)] == ["TRUST", "HOPE"]
        again.redo(talk, "coding")
        again.redo(talk, "coding")
        assert placed(again) == whole
        with pytest.raises(NothingToUndo):
            again.redo(talk, "coding")


def test_a_submitted_pass_is_not_undone_by_its_coder(study: Project) -> None:
    code(study, "ana", ["TRUST", "HOPE", "", "FEAR"])
    before = placed(study)
    for switch in (study.undo, study.redo):
        with pytest.raises(PassSubmitted, match="a submitted pass never changes"):
            switch(study.transcript("talk").id, "coding")
    assert placed(study) == before


def test_a_submitted_pass_is_not_undone_by_whoever_imported_it(study: Project) -> None:
    """The step is the lead's own; the pass it reaches into is not."""
    study.open_pass("talk", "ana")
    study.viewer = "lead"
    study.import_codings("t.csv", [Line("talk", *spans(study)[0], "TRUST", "ana")])
    study.viewer = "ana"
    study.submit(["talk"])
    study.viewer = "lead"
    with pytest.raises(PassSubmitted, match="ana's pass on 'talk' is submitted"):
        study.undo(study.transcript("talk").id, "coding")
    study.viewer = "ana"
    assert placed(study) == [("TRUST", *spans(study)[0])]


def test_nobody_undoes_another_coders_step(study: Project) -> None:
    code(study, "ana", ["TRUST", "HOPE", "", "FEAR"], submit=False)
    before = placed(study)
    study.viewer = "ben"
    study.open_pass("talk")
    with pytest.raises(NothingToUndo):
        study.undo(study.transcript("talk").id, "coding")
    study.viewer = "ana"
    assert placed(study) == before


def test_a_pass_keeps_the_codebook_version_it_was_begun_with(study: Project) -> None:
    add_interview(study, "02.txt", "I: Why?\nP1: I do not know.\n")
    first, span = study.open_pass("talk"), spans(study)[0]
    with pytest.raises(UnknownCode):
        study.apply_code(first.id, "GRIEF", *span)
    study.release_codebook("book.yaml", BOOK.replace('"1.0"', '"2.0"').replace("FEAR", "GRIEF"))
    second = study.open_pass("02")
    assert (first.codebook, second.codebook) == ("1.0", "2.0")
    study.apply_code(first.id, "FEAR", *span)
    study.apply_code(second.id, "GRIEF", *spans(study, "02")[0])
    with pytest.raises(UnknownCode):
        study.apply_code(first.id, "GRIEF", *span)
    with pytest.raises(UnknownCode):
        study.import_codings("t.csv", [Line("talk", *span, "GRIEF", "ana")])
    assert sorted(one for one, *_ in placed(study)) == ["FEAR", "GRIEF"]


# --- words -----------------------------------------------------------------------------------------------------


def test_no_words_of_anybody_stand_in_the_journal(study: Project) -> None:
    """Unusual words, planted wherever words are typed or read; erasing the content table must erase them."""
    add_interview(study, "02.txt", "Wilhelmina: Why?\nTheophrastus: The quagga was at the door.\nWilhelmina: Oh.\n")
    study.release_codebook("b.yaml", BOOK.replace('"1.0"', '"2.0"').replace("I trust her.", "An okapi said so."))
    for coder, first in (("ana", "TRUST"), ("ben", "HOPE")):
        code(study, coder, [first, "", "", ""], submit=False)
        study.write_memo(study.passes(coder=coder)[0].id, *spans(study)[0], "Think of the axolotl.")
        study.submit(["talk"])
    study.keep_agreement()
    study.decide(study.items()[0], Outcome.BOTH, reason=Reason.READING, note="We saw a pangolin.")
    study.create_theme("Trust")
    study.describe_theme(study.theme("Trust"), "A narwhal in everyone.")
    second = study.transcript("02")
    start = second.text.index("The quagga")
    study.pick_quote(study.theme("Trust"), second.id, start, start + 10)
    rows = study._db.execute("select * from journal").fetchall()
    journal = "\n".join(str(cell) for row in rows for cell in row).casefold()
    kept = b"\n".join(row[0] for row in study._db.execute("select body from content")).decode().casefold()
    for word in ("wilhelmina", "theophrastus", "quagga", "okapi", "axolotl", "pangolin", "narwhal", "i trusted her"):
        assert word not in journal
        assert word in kept


# --- tables ----------------------------------------------------------------------------------------------------


def test_codings_go_out_and_come_in_again_as_they_were(study: Project) -> None:
    code(study, "ana", ["TRUST", "TRUST+HOPE", "", "FEAR"], submit=False)
    pass_id = study.passes(coder="ana")[0].id
    for span, memo in zip(spans(study)[:3], ("=1+1", 'She said "no", twice.\r\nThen yes.', "\ttabbed"), strict=True):
        study.write_memo(pass_id, *span, memo)
    table = codings_csv.write(study.export_codings())
    with Project.create(study.folder.parent / "other", viewer="ana") as other:
        other.release_codebook("book.yaml", BOOK)
        add_interview(other, "talk.txt", study.transcript("talk").text)
        lines, problems = codings_csv.read("t.csv", table)
        assert problems == []
        other.import_codings("t.csv", lines)
        assert codings_csv.write(other.export_codings()) == table


def test_the_same_table_twice_changes_nothing(study: Project) -> None:
    """Memos too: each place has one, whatever is read again."""
    start, end = spans(study)[0]
    table = [Line("talk", start, end, "TRUST", "ana", "Why her?"), Line("talk", *spans(study)[1], "", "ana", "Hm.")]
    study.import_codings("t.csv", table)
    once = study._db.execute("select count(*) from journal").fetchone(), study.memos(), study.codings()
    study.import_codings("t.csv", table)
    assert (study._db.execute("select count(*) from journal").fetchone(), study.memos(), study.codings()) == once
    assert [one.body for one in study.memos()] == ["Why her?", "Hm."]


def test_what_a_table_leaves_out_is_read_with_nothing_that_applies(study: Project) -> None:
    study.import_codings("t.csv", [Line("talk", *spans(study)[0], "TRUST", "ana")])
    assert [(one.start, one.end) for one in study.nothings()] == spans(study)[1:]
    assert study.undecided(study.transcript("talk")) == []


def test_a_partial_table_leaves_the_rest_undecided(study: Project) -> None:
    study.import_codings("t.csv", [Line("talk", *spans(study)[0], "TRUST", "ana")], partial=True)
    assert study.nothings() == ()
    assert len(study.undecided(study.transcript("talk"))) == 3


def test_a_complete_table_goes_by_the_roles_as_they_are_now(study: Project) -> None:
    """The interviewer turns out to be a second participant: their speech counts from then on."""
    pass_ = study.open_pass("talk")
    study.apply_code(pass_.id, "TRUST", *spans(study)[0])
    study.assign_speakers([SpeakerLine("talk", "I", "participant", "P02", ())])
    assert len(spans(study)) == 8
    study.import_codings("t.csv", [Line("talk", *spans(study)[1], "HOPE", "ana")])
    assert study.undecided(study.transcript("talk")) == []


def test_a_submitted_pass_takes_no_table(study: Project) -> None:
    code(study, "ana", ["TRUST", "", "", ""])
    with pytest.raises(PassSubmitted):
        study.import_codings("t.csv", [Line("talk", *spans(study)[1], "HOPE", "ana")])
    assert len(placed(study)) == 1
