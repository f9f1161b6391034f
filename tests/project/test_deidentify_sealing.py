"""A batch without names goes in whole or not at all: transcripts, surveys, and plain files."""

from __future__ import annotations

import os
from hashlib import sha256
from pathlib import Path

import pytest

from qualbench.errors import AlreadyImported, FileExists, QualbenchError
from qualbench.project import Project
from qualbench.project.deidentify.answers import give
from qualbench.project.deidentify.review import Review
from qualbench.project.deidentify.sealing import Ending, SameTexts, finish, prepare, seal
from qualbench.project.deidentify.vault_file import VaultFile
from qualbench.steps import ingest
from qualbench.steps.deidentify import KnownName
from qualbench.steps.ingest import Plan, Survey
from tests.project.deidentified import FIRST, NAMES, SECOND, draft, read_all, review, take_all, vault_of

ANSWERS = """id,work,Where do you live?,With whom?
tess.l@kindred.example,Nurse at Kindred,In Brumleby with Okonjo I think.,Nobody at all really I think.
Okonjo,Cook,In Brumleby as she says too.,Nobody at all really I think.
R_2kXy81aZqPq,Nurse at Kindred,In Brumleby as she says too.,Nobody at all really I think.
"""
ASKED = ("Where do you live?", "With whom?")


def survey(per: str, *columns: str, text: str = ANSWERS) -> Survey:
    plan = Plan("question" if per == "question" else "respondent", columns or ASKED, "id", ("work",))
    return ingest.read_survey("Tess survey.csv", text.encode(), plan)


def without_names(project: Project, made: Survey, own: tuple[str, ...] = ("Brumleby", "Okonjo", "Kindred")) -> Review:
    work = Review([made], VaultFile(vault_of(project)), known=[KnownName("Tess")], own=own, reviewer="ana")
    take_all(work)
    return work


def state(project: Project) -> tuple[object, ...]:
    """Everything that may not change: the journal, the content, the copies."""
    counts = [project._db.execute(f"select count(*) from {table}").fetchone() for table in ("journal", "content")]
    return *counts, sorted(os.listdir(project.folder / "backups"))


# --- all or none -----------------------------------------------------------------------------------------------


def test_a_batch_is_one_step_and_each_file_is_told(study: Project) -> None:
    work = review(study, draft("one.txt", FIRST), draft("two.txt", SECOND))
    take_all(work)
    heard: list[tuple[int, str]] = []
    seal(work, study, tell=lambda *told: heard.append(told))
    assert heard == [(1, "one.txt"), (2, "two.txt")]
    steps = study._db.execute("select distinct step from journal where kind in ('deidentified', 'transcript_imported')")
    assert len(steps.fetchall()) == 2, "the one of the fixture, and this batch"


class Enough(Exception):
    """Somebody presses Escape."""


def test_whoever_stops_it_leaves_nothing_behind(study: Project) -> None:
    work = review(study, draft("one.txt", FIRST), draft("two.txt", SECOND))
    take_all(work)
    before = state(study)

    def stop(number: int, _: str) -> None:
        if number == 2:
            raise Enough

    with pytest.raises(Enough):
        seal(work, study, tell=stop)
    assert state(study) == before


def test_one_file_that_can_not_go_in_keeps_the_others_out(study: Project) -> None:
    first = review(study, draft("one.txt", FIRST))
    take_all(first)
    seal(first, study)
    both = review(study, draft("two.txt", SECOND), draft("again.txt", FIRST))
    take_all(both)
    before = state(study)
    with pytest.raises(AlreadyImported):
        seal(both, study)
    assert state(study) == before


def test_two_files_that_become_one_text_are_told(study: Project) -> None:
    work = review(study, draft("one.txt", SECOND), draft("two.txt", SECOND.replace("Tess", "Tessa")))
    take_all(work)
    before = state(study)
    with pytest.raises(SameTexts, match=r"one\.txt and two\.txt"):
        seal(work, study)
    assert state(study) == before


def test_plain_files_are_written_all_or_none(study: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    work = review(study, draft("one.txt", FIRST), draft("two.txt", SECOND))
    take_all(work)
    out = tmp_path / "out"
    ending = Ending(to=out)
    ready = prepare(work, ending)
    with monkeypatch.context() as patched:
        real = os.replace

        def full(source: Path, target: Path) -> None:
            if "two" in str(target):
                raise OSError(28, "No space left on device")
            real(source, target)

        patched.setattr(os, "replace", full)
        with pytest.raises(QualbenchError, match="No space left"):
            finish(ready, study, ending)
    assert list(out.iterdir()) == []
    assert finish(ready, study, ending) == ["one.txt", "two.txt"]
    assert sorted(path.name for path in out.iterdir()) == ["one.txt", "two.txt"]
    (out / "one.txt").unlink()
    with pytest.raises(FileExists):
        finish(ready, study, ending)
    assert [path.name for path in out.iterdir()] == ["two.txt"]


# --- surveys ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("per", ["respondent", "question"])
def test_no_name_of_a_survey_is_anywhere_in_the_study(study: Project, per: str) -> None:
    """Not in the answers, the ids, what is known of respondents, or the name of the file."""
    work = without_names(study, survey(per))
    seal(work, study)
    body = b"".join(path.read_bytes().lower() for path in study.folder.rglob("*") if path.is_file())
    assert [name for name in NAMES if name.encode() in body] == []
    assert sha256(ANSWERS.encode()).hexdigest().encode() not in body
    assert [sentence for well, sentence in study.examine() if not well] == []


def test_respondents_keep_their_attributes_and_are_one_person_in_every_document(study: Project) -> None:
    seal(without_names(study, survey("question")), study)
    rows = study.transcripts()[1:]
    speakers = [[(one.label, one.participant) for one in study.transcript(row.id).speakers] for row in rows]
    assert speakers[0] == speakers[1]
    assert len({participant for _, participant in speakers[0]}) == 3
    works = [value for one in study.participants() for name, value in one.attributes if name == "work"]
    assert works == ["Nurse at [detail]", "Cook", "Nurse at [detail]"]


def test_people_who_answer_alike_are_transcripts_and_people_of_their_own(study: Project) -> None:
    """A hundred and twenty times yes: after replacing, nothing but the place tells them apart."""
    lines = "".join(f"Person{'abcdefghij'[n % 10] * (n // 10 + 1)},x,Yes I do live here.,\n" for n in range(120))
    made = survey("respondent", ASKED[0], text=f"id,work,{ASKED[0]},{ASKED[1]}\n{lines}")
    work = Review([made], VaultFile(vault_of(study)), reviewer="ana")
    for asked in work.undecided:
        give(work, asked, "redact")
    names = seal(work, study)
    assert len(set(names)) == 120
    labels = {speaker.label for row in study.transcripts()[1:] for speaker in study.transcript(row.id).speakers}
    assert labels == {"[person]", *(f"[person] ({n})" for n in range(2, 121))}


def test_the_same_survey_again_is_refused(study: Project) -> None:
    seal(without_names(study, survey("respondent")), study)
    with pytest.raises(AlreadyImported):
        seal(without_names(study, survey("respondent")), study)


def test_a_label_that_stands_nowhere_in_the_text_is_asked_about_and_ids_are_not(study: Project) -> None:
    work = Review([survey("respondent")], VaultFile(vault_of(study)), reviewer="ana")
    asked = {one.text: [work.words_at(place)[place.start : place.end] for place in one.places] for one in work.queue}
    assert asked["tess.l@kindred.example"] == ["tess.l@kindred.example"]
    assert asked["Okonjo"] == ["Okonjo", "Okonjo"], "in an answer, and as an id"
    assert not any("R_2" in text for text in asked)


def test_who_has_read_every_document_is_counted_for_each(study: Project) -> None:
    work = without_names(study, survey("respondent"))
    work.mark_read(0, "ana")
    seal(work, study)
    assert [row.reviewers for row in study.transcripts()[1:]] == [1, 0, 0]
    again = without_names(study, survey("question"))
    read_all(again, "ana")
    seal(again, study)
    assert [row.reviewers for row in study.transcripts()[4:]] == [1, 1]
