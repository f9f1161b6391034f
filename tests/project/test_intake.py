"""Taking files in: a batch is one step, answers become profiles, surveys bring respondents, units are cut by hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from qualbench import events
from qualbench.errors import AlreadyImported, BadDecision, SegmentationLocked, UsageError
from qualbench.model import Role, SegmentRule
from qualbench.project import Project
from qualbench.project.candidates import files_at, look
from qualbench.project.intake import UnknownProfile
from qualbench.steps import ingest
from qualbench.steps.ingest import AS_FOUND, Answers, Plan
from qualbench.steps.segment import NotCut
from tests.conftest import INTERVIEW, add_interview, code

SURVEY = b"""id,age,What helped you?,What else?
R1,30,My sister did,Nothing that I know of
R2,41,"The shelter, really",
1003,30,,More shelters please
"""
PLAN = Plan("question", ("What helped you?", "What else?"), "id", ("age",))


def interview(number: int) -> tuple[ingest.Draft, bytes]:
    """One interview that is like the others but for a word."""
    data = f"I: How was day {number}?\nMara: It was fine.\nI: And then?\nMara: I slept.\n".encode()
    return ingest.read(f"day-{number}.txt", data), data


# --- a batch ---------------------------------------------------------------------------------------------------


def test_a_batch_is_one_step_in_the_order_of_its_files(study: Project) -> None:
    batch = [interview(number) for number in (3, 1, 2)]
    assert study.import_transcripts(batch) == ["day-3", "day-1", "day-2"]
    assert [row.name for row in study.transcripts()] == ["talk", "day-3", "day-1", "day-2"]
    steps = study._db.execute("select count(distinct step) from journal where kind = 'transcript_imported'").fetchone()
    assert steps == (2,), "the interview of the study, and the batch"
    people = [
        speaker.participant for _, batch in enumerate(batch) for speaker in study.transcript(batch[0].name).speakers
    ]
    assert people == ["", "P02", "", "P03", "", "P04"], "the study has a P1, whom nobody could tell from a P01"


def test_nothing_of_a_batch_is_kept_when_one_of_it_is_there_already(study: Project) -> None:
    talk = INTERVIEW.encode()
    before = study._db.execute("select count(*) from journal").fetchone()
    with pytest.raises(AlreadyImported, match=r"again.txt: the same file is already in the study as 'talk'\."):
        study.import_transcripts([interview(1), (ingest.read("again.txt", talk), talk)])
    with pytest.raises(AlreadyImported, match=r"day-1.txt: the same file is already in the study as 'day-1.txt'\."):
        study.import_transcripts([interview(1), interview(1)])
    assert study._db.execute("select count(*) from journal").fetchone() == before


def test_whoever_hears_of_the_progress_can_stop_it(study: Project) -> None:
    heard: list[tuple[int, str]] = []

    def stop(number: int, name: str) -> None:
        heard.append((number, name))
        if number == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        study.import_transcripts([interview(number) for number in range(3)], tell=stop)
    assert heard == [(1, "day-0.txt"), (2, "day-1.txt")]
    assert [row.name for row in study.transcripts()] == ["talk"]


def test_what_speakers_would_be_is_what_they_become(study: Project) -> None:
    batch = [interview(1), interview(2)]
    promised = study.participants_to_be([[draft] for draft, _ in batch])
    study.import_transcripts(batch)
    assert promised == [(("", "P02"),), (("", "P03"),)]
    assert [tuple(s.participant for s in study.transcript(n).speakers) for n in ("day-1", "day-2")] == [
        ("", "P02"),
        ("", "P03"),
    ]


def test_two_files_whose_hashes_begin_alike_both_come_in(study: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """The id of a transcript is the beginning of a hash; it is longer where the short one is taken."""
    from dataclasses import replace

    first = study.transcripts()[0].id
    draft, data = interview(1)
    study.import_transcript(replace(draft, original=first + "f" * 56), data)
    assert [row.id for row in study.transcripts()] == [first, first + "f"]


# --- surveys ---------------------------------------------------------------------------------------------------


def test_a_survey_by_question_keeps_each_respondent_one_person(study: Project) -> None:
    survey = ingest.read_survey("answers.csv", SURVEY, PLAN)
    names = study.import_transcripts([(survey, SURVEY)])
    assert len(names) == 2
    said = {name: [(s.label, s.participant) for s in study.transcript(name).speakers] for name in names}
    assert list(said.values()) == [[("R1", "R1"), ("R2", "R2")], [("R1", "R1"), ("1003", "P02")]]
    known = {one.id: dict(one.attributes) for one in study.participants()}
    assert {who: known[who] for who in ("R1", "R2", "P02")} == {
        "R1": {"age": "30"},
        "R2": {"age": "41"},
        "P02": {"age": "30"},
    }


def test_a_survey_is_one_step_and_its_bytes_are_kept_once(study: Project) -> None:
    survey = ingest.read_survey("answers.csv", SURVEY, PLAN)
    study.import_transcripts([(survey, SURVEY)])
    rows = study._db.execute(
        "select count(distinct step), count(distinct json_extract(data, '$.original')) from journal"
        " where kind = 'transcript_imported' and data like '%answers.csv%'"
    ).fetchone()
    assert rows == (1, 1)
    kept = study._db.execute("select count(*) from content where body = ?", (SURVEY,)).fetchone()
    assert kept == (1,)
    assert [sentence for well, sentence in study.examine() if not well] == []


def test_the_same_survey_is_refused_with_the_name_of_its_first_document(study: Project) -> None:
    by_question = ingest.read_survey("answers.csv", SURVEY, PLAN)
    (first, _) = study.import_transcripts([(by_question, SURVEY)])
    again = ingest.read_survey("copy.csv", SURVEY, Plan("respondent", ("What helped you?",), "id"))
    with pytest.raises(AlreadyImported) as refused:
        study.import_transcripts([(again, SURVEY)])
    assert str(refused.value) == f"copy.csv: the same file is already in the study as '{first}'."


def test_ten_thousand_respondents_are_named_without_counting_from_one_each_time(study: Project) -> None:
    rows = "".join(f"{number},It was number {number}\n" for number in range(10_000))
    data = f"who,What was it?\n{rows}".encode()
    survey = ingest.read_survey("big.csv", data, Plan("question", ("What was it?",), "who"))
    ((labels,),) = study.participants_to_be([[one.draft for one in survey.documents]])
    assert (labels[0], labels[-1], len(set(labels))) == ("P02", "P10001", 10_000)


# --- profiles --------------------------------------------------------------------------------------------------


def test_a_profile_is_there_after_the_study_was_closed(study: Project, clock: Callable[[], datetime]) -> None:
    answers = Answers(merge={"Interviewr": "Interviewer"}, front_matter=((1, 2),))
    draft, _ = interview(1)
    study.save_profile(" zoom ", draft, answers)
    study.close()
    with Project.open(study.folder, "ben", clock=clock) as again:
        (kept,) = again.profiles()
        assert kept == again.import_profile("zoom")
        assert kept.answers.merge == {"Interviewr": "Interviewer"}
        assert kept.answers.front_matter == ((1, 2),)
        assert kept.answers.roles == {"I": Role.INTERVIEWER, "Mara": Role.PARTICIPANT}
        assert kept.labels == ("I", "Mara")


def test_a_profile_saved_again_replaces_the_first(study: Project) -> None:
    draft, _ = interview(1)
    study.save_profile("zoom", draft, AS_FOUND)
    study.save_profile("zoom", draft, Answers(one_speaker=True))
    (kept,) = study.profiles()
    assert kept.answers.one_speaker


def test_profiles_have_names_that_can_be_said(study: Project) -> None:
    draft, _ = interview(1)
    for name in ("", "   ", "a\x1bb", "x" * 61):
        with pytest.raises(BadDecision):
            study.save_profile(name, draft, AS_FOUND)
    with pytest.raises(UnknownProfile, match="None was saved yet"):
        study.import_profile("zoom")
    study.save_profile("otter", draft, AS_FOUND)
    with pytest.raises(UnknownProfile, match="Known are: otter"):
        study.import_profile("zoom")


def test_words_in_a_profile_are_sealed_beside_the_journal_not_in_it(study: Project) -> None:
    """A profile holds people's names, which must be erasable."""
    draft, _ = interview(1)
    study.save_profile("zoom", draft, AS_FOUND)
    (data,) = study._db.execute("select data from journal where kind = ?", (events.ProfileSaved.KIND,)).fetchone()
    assert "Mara" not in data


# --- units by hand ---------------------------------------------------------------------------------------------


def words(project: Project) -> list[str]:
    """The segments of the interview as text."""
    transcript = project.transcript("talk")
    return [transcript.text[one.start : one.end] for one in transcript.segments]


def test_a_segment_is_split_and_merged_again(study: Project) -> None:
    whole = words(study)
    at = study.transcript("talk").text.index("She had been")
    study.split_segment("talk", at)
    assert words(study)[1:3] == ["I trusted her at once.", "She had been there."]
    assert study.transcript("talk").rule is SegmentRule.HAND
    assert study.transcripts()[0].rule is SegmentRule.HAND
    study.merge_segments("talk", 1, 2)
    assert words(study) == whole
    study.segment("talk", SegmentRule.TURN)
    assert study.transcript("talk").rule is SegmentRule.TURN


def test_what_can_not_be_cut_by_hand_is_said(study: Project) -> None:
    with pytest.raises(NotCut):
        study.split_segment("talk", 0)
    with pytest.raises(NotCut):
        study.merge_segments("talk", 7, 8)
    with pytest.raises(UsageError):
        study.segment("talk", SegmentRule.HAND)


def test_segments_stay_as_they_are_once_somebody_codes(study: Project) -> None:
    code(study, "ben", ["TRUST"] * 4, submit=False)
    before = words(study)
    for act in (
        lambda: study.split_segment("talk", 40),
        lambda: study.merge_segments("talk", 0, 1),
        lambda: study.segment("talk", SegmentRule.SENTENCE),
    ):
        with pytest.raises(SegmentationLocked):
            act()
    assert words(study) == before


# --- interviewers ----------------------------------------------------------------------------------------------


def test_interviewers_count_when_that_is_said_and_figures_follow(study: Project) -> None:
    for coder, codes in (("ana", ["TRUST", "HOPE", "", "FEAR"]), ("ben", ["TRUST", "", "", "FEAR"])):
        code(study, coder, codes)
    assert (study.transcripts()[0].segments, len(study.units())) == (4, 4)
    study.count_interviewers(True)
    assert study.interviewers_counted()
    assert study.transcripts()[0].segments == 8
    asked = [unit for unit in study.units() if study.transcript("talk").speaker_at(unit.start).role is Role.INTERVIEWER]
    assert len(study.units()) == 8
    assert [unit.readings for unit in asked] == [{}] * 4, "nobody decided on these: missing, not empty"
    study.count_interviewers(False)
    assert (study.transcripts()[0].segments, len(study.units())) == (4, 4)


# --- which files -----------------------------------------------------------------------------------------------


def test_files_folders_and_patterns_are_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("b.txt", "a.DOCX", "notes.xyz", "with space.md", "deeper/c.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    names = [path.name for path in files_at(str(tmp_path))]
    assert names == ["a.DOCX", "b.txt", "with space.md"]
    assert [path.name for path in files_at("~/*.txt")] == ["b.txt"]
    assert [path.name for path in files_at("~/with space.md\n~/b.txt\n~/b.txt")] == ["with space.md", "b.txt"]
    assert [path.name for path in files_at("~/none.txt")] == ["none.txt"]
    assert files_at("~/*.none") == ()
    assert files_at("  \n") == ()


def test_a_table_that_is_no_transcript_shows_its_columns_and_a_guess() -> None:
    found = look("answers.csv", SURVEY, AS_FOUND)
    assert found.made is None
    assert [column.name for column in found.columns] == ["id", "age", "What helped you?", "What else?"]
    read = look("answers.csv", SURVEY, Answers(survey=PLAN))
    assert len(read.drafts) == 2
    assert read.columns == found.columns


def test_a_survey_read_as_another_profile_says_departs(study: Project) -> None:
    draft, _ = interview(1)
    study.save_profile("otter", draft, Answers(survey=PLAN))
    found = look("answers.csv", SURVEY, Answers(survey=PLAN), study.import_profile("otter"))
    assert found.departures == ("It is read as csv, and the profile is of txt files.",)


def test_a_transcript_of_two_interviews_is_added_after_a_batch(study: Project) -> None:
    study.import_transcripts([interview(1)])
    add_interview(study, "day-1.txt", "I: Another one?\nP7: Yes.\nI: Sure?\nP7: Sure.\n")
    assert [row.name for row in study.transcripts()] == ["talk", "day-1", "day-1 (2)"]


# --- marks in quotes -------------------------------------------------------------------------------------------


def test_quotes_are_told_without_marks_when_that_is_asked(study: Project, tmp_path: Path) -> None:
    words = "Well [laughs] I ran [00:01:23] to [inaudible] fast."
    add_interview(study, "marks.txt", f"I: So?\nP7: {words}\nI: And?\nP7: Yes.\n")
    for coder in ("ana", "ben"):
        code(study, coder, ["TRUST", ""], "marks")
    study.create_theme("Running")
    text = study.transcript("marks").text
    start = text.index(words)
    study.pick_quote(study.theme("Running"), "marks", start, start + len(words))
    for wanted, without_marks in ((words, False), ("Well I ran to [inaudible] fast.", True)):
        target = tmp_path / f"{without_marks}.csv"
        study.write_report(target, without_marks=without_marks)
        assert wanted in target.read_text("utf-8-sig")
    study.write_report(tmp_path / "report.md", without_marks=True)
    assert "are left out of the quotes." in (tmp_path / "report.md").read_text()
