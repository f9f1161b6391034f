"""Names never enter a study: not its text, labels, names, index, journal, log or backups; and the vault stays apart."""

from __future__ import annotations

import json
import os
import signal
import stat
from collections.abc import Callable
from datetime import datetime
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualbench.errors import AlreadyImported, NeedsConfirmation, Problem, QualbenchError
from qualbench.project import Project
from qualbench.project.deidentify.answers import give
from qualbench.project.deidentify.drafts import deidentified, neutral_name
from qualbench.project.deidentify.files import read_files
from qualbench.project.deidentify.known_names import known_names, lines_of, names_of_labels
from qualbench.project.deidentify.queue import names_in_study, redaction
from qualbench.project.deidentify.sealing import seal
from qualbench.project.deidentify.vault_file import Kept, VaultChanged, VaultFile, VaultInside
from qualbench.steps.deidentify import Action, Decision, Kind, Vault
from qualbench.steps.ingest import AS_FOUND
from tests.conftest import add_interview
from tests.project.deidentified import (
    FIRST,
    NAMES,
    SECOND,
    draft,
    read_all,
    review,
    take_all,
    vault_of,
)
from tests.project.processes import all_of, in_child, kill

MARIA = Decision("Maria", Kind.PERSON, Action.REPLACE, "Elena")


def bytes_of(folder: Path) -> dict[str, bytes]:
    """Every file of a folder and its name, in small letters."""
    return {
        str(path): path.name.lower().encode() + path.read_bytes().lower()
        for path in folder.rglob("*")
        if path.is_file()
    }


# --- nothing of a name in the study ----------------------------------------------------------------------------


def test_no_original_name_is_anywhere_in_the_study(study: Project) -> None:
    """The database with its write-ahead log while it is open, and the backups."""
    work = review(study, draft("Tessa Lundqvist.txt", FIRST), draft("OkonjoBrumleby_2.txt", SECOND))
    take_all(work)
    names = seal(work, study)
    study.back_up("after")
    assert len(names) == 2
    found = bytes_of(study.folder)
    assert any("wal" in path for path in found), "the log is looked at as well"
    assert any("backups" in path for path in found)
    for path, body in found.items():
        for name in NAMES:
            assert name.encode() not in body, (path, name)
        for original in (FIRST, SECOND):
            assert sha256(original.encode()).hexdigest().encode() not in body, "not even a hash to try files against"


def test_without_it_the_same_search_finds_every_name(study: Project) -> None:
    add_interview(study, "Tessa Lundqvist.txt", FIRST)
    everything = b"".join(bytes_of(study.folder).values())
    assert all(name.encode() in everything for name in NAMES)


def test_the_sealed_bytes_are_those_of_the_new_text(study: Project) -> None:
    work = review(study, draft("talk-1.txt", FIRST))
    take_all(work)
    (name,) = seal(work, study)
    text = study.transcript(name).text
    row = study._db.execute("select original, text, source from transcript where name = ?", (name,)).fetchone()
    assert row == (sha256(text.encode()).hexdigest(), sha256(text.encode()).hexdigest(), "talk-1.txt")
    assert [sentence for well, sentence in study.examine() if not well] == []


def test_everything_beside_the_text_is_without_names_too() -> None:
    made = draft("Maria.txt", "Maria: Yes.\nAnn: And?\nMaria: Maria went.\nAnn: Oh?\nMARIA: One.\nBea: No.\n")
    warned = Problem("Maria.txt", 3, "'Maria' may be two speakers")
    with_warning = type(made)(**{**{f: getattr(made, f) for f in made.__dataclass_fields__}, "warnings": (warned,)})
    done = deidentified(with_warning, [MARIA])
    assert "maria" not in repr(done.draft).lower()
    assert str(done.draft.warnings[0]) == "Elena.txt, line 3: 'Elena' may be two speakers"
    assert done.draft.name == "Elena"
    assert (done.draft.source, done.draft.encoding) == ("Elena.txt", "utf-8")


def test_turns_stand_where_their_words_stand_now() -> None:
    made = draft("talk.txt", "Maria: I am Maria.\nBen: Maria?\nMaria: Maria, yes, Maria.\nBen: Good.\n")
    done = deidentified(made, [Decision("Maria", Kind.PERSON, Action.REPLACE, "Jo")])
    new = done.draft
    assert new.text == "Jo: I am Jo.\nBen: Jo?\nJo: Jo, yes, Jo.\nBen: Good.\n"
    assert [new.text[turn.start : turn.end] for turn in new.turns] == new.text.splitlines()
    assert [new.text[turn.body : turn.end] for turn in new.turns] == ["I am Jo.", "Jo?", "Jo, yes, Jo.", "Good."]
    assert [new.speakers[turn.speaker].label for turn in new.turns] == ["Jo", "Ben", "Jo", "Ben"]
    assert len(done.changes) == 6


WORDS = st.lists(st.sampled_from(["yes", "Maria", "no,", "MARIA's", "house"]), min_size=1, max_size=6)


@given(st.lists(st.tuples(st.sampled_from(["Maria", "Ben"]), WORDS), min_size=4, max_size=12))
def test_any_interview_keeps_its_turns(lines: list[tuple[str, list[str]]]) -> None:
    """The oracle knows one name and replaces it line by line."""
    text = "".join(f"{who}: {' '.join(words)}\n" for who, words in [("Maria", ["yes"]), ("Ben", ["no"]), *lines] * 2)
    made = draft("talk.txt", text)
    new = deidentified(made, [Decision("Maria", Kind.PERSON, Action.REPLACE, "Jo")]).draft
    expected = text.replace("Maria", "Jo").replace("MARIA", "JO")
    assert new.text == expected
    before = [text[turn.body : turn.end].replace("Maria", "Jo").replace("MARIA", "JO") for turn in made.turns]
    assert [new.text[turn.body : turn.end] for turn in new.turns] == before


def test_two_speakers_who_become_one_word_stay_two() -> None:
    made = draft("talk.txt", "Maria: Yes.\nSusan: No.\nMaria: Why?\nSusan: So.\n")
    both = [Decision(name, Kind.PERSON, Action.REDACT, "[person]") for name in ("Maria", "Susan")]
    assert [one.label for one in deidentified(made, both).draft.speakers] == ["[person]", "[person] (2)"]


@pytest.mark.parametrize(
    ("name", "neutral"),
    [
        ("talk 1", "talk 1"),
        ("Maria 1", "Elena 1"),
        ("maria_2020", "Elena_2020"),
        ("talkMaria", "talk Elena"),
        ("xmariax", "transcript"),
    ],
)
def test_the_name_of_a_file_is_neutral(name: str, neutral: str) -> None:
    assert neutral_name(name, [MARIA]).casefold() == neutral.casefold()


def test_a_replacement_makes_no_path_of_a_files_name() -> None:
    assert "/" not in neutral_name("Maria", [Decision("Maria", Kind.PERSON, Action.REPLACE, "../x/y")])


# --- what the study says ---------------------------------------------------------------------------------------


def test_the_study_says_that_it_was_done_and_by_how_many_it_was_read(study: Project) -> None:
    work = review(study, draft("talk-1.txt", FIRST), reviewer="ana")
    take_all(work)
    read_all(work, "ana")
    again = review(study, draft("talk-1.txt", FIRST), reviewer="ben")
    assert again.undecided == (), "the answers are in the vault"
    read_all(again, "ben")
    seal(again, study)
    plain, done = study.transcripts()
    assert (plain.reviewers, plain.replaced) == (None, 0)
    assert done.reviewers == 2
    assert done.replaced == len(again.after(0).changes) > 6
    assert again.statement().startswith("Names and details were replaced; reviewed by two people.")


def test_nobody_has_read_a_text_that_was_changed_since(study: Project) -> None:
    work = review(study, draft("talk-1.txt", FIRST))
    take_all(work)
    read_all(work, "ana")
    assert work.readers(0) == ("ana",)
    asked = work.find("Okonjo")
    assert asked is not None
    give(work, asked, "replace", "Zebedee")
    assert work.readers(0) == ()
    assert "not reviewed by anybody yet" in work.statement()
    work.undo()
    assert work.readers(0) == ("ana",)


def test_who_has_read_one_text_has_not_read_the_other(study: Project) -> None:
    work = review(study, draft("one.txt", FIRST), draft("two.txt", SECOND))
    take_all(work)
    work.mark_read(0, "ana")
    assert "not reviewed by anybody yet" in work.statement()
    seal(work, study)
    assert [row.reviewers for row in study.transcripts()[1:]] == [1, 0]


# --- answers ---------------------------------------------------------------------------------------------------


def test_a_person_is_called_the_same_on_every_day(study: Project, clock: Callable[[], datetime]) -> None:
    """The second file comes later, with no names named: the vault knows them."""
    first = review(study, draft("one.txt", FIRST))
    take_all(first)
    called = first.decision(first.queue[0])
    assert called is not None
    seal(first, study)
    later = review(study, draft("two.txt", SECOND), reviewer="ben", known=(), own=())
    assert later.undecided == ()
    (name,) = seal(later, study)
    text = study.transcript(name).text
    assert called.replacement in text
    assert not any(one in text.lower() for one in NAMES)
    label = next(one.text for one in later.queue if one.text == "Okonjo")
    standing = later.decision(next(one for one in later.queue if one.text == label))
    assert standing is not None
    assert standing.replacement in text
    assert study.transcript(name).speakers[1].label == standing.replacement


def test_whoever_only_looks_is_offered_the_same_names_and_leaves_no_vault(study: Project) -> None:
    drafts = (draft("one.txt", FIRST), draft("two.txt", SECOND))
    looked = review(study, *drafts)
    offered = {one.text: looked.suggestion(one).replacement for one in looked.queue}
    assert not vault_of(study).exists()
    later = review(study, *drafts[::-1])
    assert {one.text: later.suggestion(one).replacement for one in later.queue} == offered


def test_the_seed_of_the_names_is_not_what_the_study_says_of_itself(study: Project) -> None:
    """With a seed that everybody can read, a pseudonym could be tried against a list of real names."""
    work = review(study, draft("one.txt", FIRST))
    take_all(work)
    seal(work, study)
    seed = json.loads(vault_of(study).read_text())["seed"]
    assert len(seed) == 64
    assert not any(seed.encode() in body for body in bytes_of(study.folder).values())


def test_a_speakers_label_is_a_name_to_decide_on(study: Project) -> None:
    work = review(
        study, draft("one.txt", "Interviewer: So?\nZyx: Yes.\nInterviewer: And?\nZyx: No.\n"), known=(), own=()
    )
    assert [(one.text, one.candidate.kind) for one in work.queue] == [("Zyx", Kind.PERSON)]


def test_what_a_person_is_called_is_offered_for_the_longer_name_too(study: Project) -> None:
    text = "Interviewer: Who?\nP1: Ruprecht, I mean Ruprecht Vanterpool.\n"
    work = review(study, draft("one.txt", text), known=known_names("Ruprecht\nRuprecht Vanterpool"), own=())
    short, long = work.find("Ruprecht"), work.find("Ruprecht Vanterpool")
    assert short
    assert long
    give(work, short, "replace", "Igor")
    assert work.suggestion(long).replacement == "Igor"


def test_no_two_people_are_offered_one_name_whatever_is_written(study: Project) -> None:
    text = "Interviewer: Who?\nP1: " + ", ".join(f"Name{letter}" for letter in "abcdefgh") + ".\n"
    work = review(study, draft("one.txt", text), known=known_names("\n".join(f"Name{x}" for x in "abcdefgh")), own=())
    offered = {one.text: work.suggestion(one).replacement for one in work.queue}
    assert len(set(offered.values())) == 8
    first, second = work.queue[:2]
    give(work, first, "replace", offered[second.text])
    assert work.suggestion(second).replacement != offered[second.text]
    assert "stands for" in work.doubt(second, offered[second.text])


def test_a_name_that_stands_in_the_study_is_offered_to_nobody(study: Project) -> None:
    add_interview(study, "old.txt", "I: Who?\nP1: Ingrid and Tobias came.\n")
    assert names_in_study(study) == {"ingrid", "tobias"}


def test_a_pseudonym_that_is_a_word_of_a_new_text_is_told(study: Project) -> None:
    work = review(study, draft("one.txt", SECOND))
    asked = work.find("Okonjo")
    assert asked
    give(work, asked, "replace", "Wanda")
    later = review(study, draft("two.txt", "I: Who?\nP1: Wanda and Okonjo.\n"))
    assert later.clashes() == ("Wanda",)


def test_undo_takes_back_one_answer_at_a_time(study: Project) -> None:
    work = review(study, draft("one.txt", FIRST))
    waiting = len(work.undecided)
    take_all(work)
    while work.undo():
        pass
    assert len(work.undecided) == waiting
    assert VaultFile(vault_of(study)).read().vault == Vault()


def test_a_text_is_made_anew_whenever_an_answer_touches_it(study: Project) -> None:
    """Made once and kept, or made from nothing: the same, after every answer and after every undo."""
    family = "Interviewer: Who?\nOkonjo: The Okonjos, the Lundqvists' house, Tessas and all.\n"
    drafts = [draft("one.txt", FIRST), draft("two.txt", SECOND), draft("Okonjo.txt", family)]
    work = review(study, *drafts)
    steps = [lambda one=one: give(work, one, "take") for one in work.queue]
    for step in [*steps, *[work.undo] * len(steps)]:
        step()
        assert [work.after(n) for n in range(3)] == [deidentified(one, work.decisions) for one in drafts]


def test_nothing_is_sealed_while_a_string_waits(study: Project) -> None:
    work = review(study, draft("one.txt", FIRST))
    with pytest.raises(NeedsConfirmation, match="are not decided"):
        seal(work, study)
    assert len(study.transcripts()) == 1


def test_an_original_that_stays_readable_is_found(study: Project) -> None:
    work = review(study, draft("one.txt", "Interviewer: Who?\nP1: Okonjo, that is myokonjoname on the net.\n"))
    take_all(work)
    assert "myokonjoname" in work.after(0).draft.text
    (left,) = work.still_there()
    assert left.text == "myokonjoname"
    give(work, left, "redact")
    assert work.still_there() == ()
    assert "okonjo" not in work.after(0).draft.text.lower()


def test_a_file_that_came_in_with_its_names_is_refused_and_so_is_one_twice(study: Project, tmp_path: Path) -> None:
    add_interview(study, "one.txt", FIRST)
    for name, text in (("copy.txt", FIRST), ("two.txt", SECOND), ("copy of two.txt", SECOND)):
        (tmp_path / name).write_text(text)
    heard: list[tuple[int, str]] = []
    paths = [tmp_path / name for name in ("copy.txt", "two.txt", "copy of two.txt", "missing.txt")]
    read = read_files(study, paths, AS_FOUND, None, lambda *told: heard.append(told))
    assert [one.error is None for one in read] == [False, True, False, False]
    assert isinstance(read[0].error, AlreadyImported)
    assert isinstance(read[2].error, AlreadyImported)
    assert heard == [(1, "copy.txt"), (2, "two.txt"), (3, "copy of two.txt"), (4, "missing.txt")]


def test_the_same_file_again_is_refused(study: Project) -> None:
    for expected in (1, 0):
        work = review(study, draft("one.txt", FIRST))
        take_all(work)
        if expected:
            seal(work, study)
        else:
            with pytest.raises(AlreadyImported):
                seal(work, study)


# --- names as lines --------------------------------------------------------------------------------------------


def test_known_names_are_lines_and_come_back_as_lines() -> None:
    text = "Tessa, Lundqvist, Tess, Tessie\nJo van Dyke\nplace: San Jose\norganisation: Kindred Light, the Light"
    names = known_names(f"first,last,nicknames\n\n{text}\n")
    assert [one.full for one in names] == ["Tessa Lundqvist", "Jo van Dyke", "San Jose", "Kindred Light"]
    assert names[0].nicknames == ("Tess", "Tessie")
    assert names[1].last == "van Dyke"
    assert (names[3].kind, names[3].nicknames) == (Kind.ORGANISATION, ("the Light",))
    assert known_names(lines_of(names)) == names


def test_labels_that_say_a_part_and_no_name_are_left_alone() -> None:
    labels = ["I", "P1", "INT", "Interviewer 2", "Moderator", "SPEAKER_00", "Focus group", "Q", "P07", "Unknown"]
    assert list(names_of_labels(labels)) == []
    assert [one.full for one in names_of_labels(["Zoë", "Ana Lima", "Dr. Who"])] == ["Zoë", "Ana Lima", "Dr. Who"]


def test_a_redaction_says_the_kind(study: Project) -> None:
    work = review(study, draft("one.txt", FIRST))
    said = {one.candidate.kind: redaction(one) for one in work.queue}
    assert said[Kind.PERSON] == "[person]"
    assert said[Kind.MAIL] == "[mail]"
    assert said[Kind.OTHER] == "[detail]"


# --- the vault -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("inside", ["vault.json", "exports/vault.json", "backups/deep/vault.json", "exports/../v.json"])
def test_a_vault_inside_a_study_is_refused(study: Project, inside: str) -> None:
    with pytest.raises(VaultInside, match="could read every name"):
        VaultFile(study.folder / inside, [study.folder])
    with pytest.raises(VaultInside):
        VaultFile(study.folder / inside)  # any study's folder, also one that nobody named


def test_a_link_into_the_study_is_seen_through(study: Project, tmp_path: Path) -> None:
    (tmp_path / "away").symlink_to(study.folder / "exports")
    with pytest.raises(VaultInside):
        VaultFile(tmp_path / "away" / "vault.json", [study.folder])
    (tmp_path / "v.json").symlink_to(study.folder / "v.json")
    with pytest.raises(VaultInside):
        VaultFile(tmp_path / "v.json", [study.folder])


def test_only_its_owner_can_read_it(study: Project) -> None:
    before = os.umask(0)
    try:
        work = review(study, draft("one.txt", FIRST))
        take_all(work)
    finally:
        os.umask(before)
    file = vault_of(study)
    work = review(study, draft("one.txt", FIRST))
    asked = work.find("Okonjo")
    assert asked
    work.decide(asked, Action.KEEP)
    kept = sorted(path.name for path in file.parent.iterdir())
    assert kept == [file.name, f"{file.name}.bak"], "nothing half written is left"
    for path in file.parent.iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


def test_what_it_held_before_a_session_is_kept_once(tmp_path: Path) -> None:
    path = tmp_path / "v.json"
    VaultFile(path).write(Kept(seed="first"))
    first = path.read_bytes()
    session = VaultFile(path)
    for seed in ("second", "third"):
        session.write(Kept(seed=seed))
    assert path.with_name("v.json.bak").read_bytes() == first
    assert VaultFile(path).read().seed == "third"


def test_the_same_again_is_not_written(tmp_path: Path) -> None:
    path = tmp_path / "v.json"
    VaultFile(path).write(Kept(seed="one"))
    made = path.stat().st_mtime_ns, path.stat().st_ino
    VaultFile(path).write(Kept(seed="one"))
    assert (path.stat().st_mtime_ns, path.stat().st_ino) == made
    assert not path.with_name("v.json.bak").exists()


def test_a_vault_that_somebody_else_changed_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "v.json"
    ours = VaultFile(path)
    VaultFile(path).write(Kept(seed="theirs"))
    with pytest.raises(VaultChanged):
        ours.write(Kept(seed="ours"))
    assert VaultFile(path).read().seed == "theirs"


@pytest.mark.parametrize("body", ["{}", "no", '{"format": "qualbench-vault/1", "entries": [], "readers": {"x": "y"}}'])
def test_what_is_no_vault_is_refused_and_left_as_it_is(tmp_path: Path, body: str) -> None:
    path = tmp_path / "v.json"
    path.write_text(body)
    with pytest.raises(QualbenchError, match=r"can not be read"):
        VaultFile(path).read()
    assert path.read_text() == body


def test_a_folder_is_no_vault(tmp_path: Path) -> None:
    with pytest.raises(QualbenchError, match="Is a directory"):
        VaultFile(tmp_path)


# --- killed ----------------------------------------------------------------------------------------------------


def test_killed_between_vault_and_import_both_are_whole(study: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """The vault knows all answers, the study nothing; the work goes on where it stopped."""
    folder, clock = study.folder, study.clock
    file = vault_of(study)
    study.close()

    def die(tell: int) -> None:
        with Project.open(folder, "ana", write=True) as project:
            work = review(project, draft("one.txt", FIRST))
            take_all(work)
            os.write(tell, b"1")
            monkeypatch.setattr(project, "_record", lambda *_: os.kill(os.getpid(), signal.SIGKILL))
            seal(work, project)

    pid, told = in_child(die)
    assert all_of(told) == b"1"
    assert os.WIFSIGNALED(os.waitpid(pid, 0)[1])
    assert VaultFile(file).read().vault.decisions
    with Project.open(folder, "ana", write=True, clock=clock) as project:
        assert [row.name for row in project.transcripts()] == ["talk"]
        assert [sentence for well, sentence in project.examine() if not well] == []
        assert not any(b"lundqvist" in body for body in bytes_of(folder).values())
        again = review(project, draft("one.txt", FIRST))
        assert again.undecided == ()
        seal(again, project)


def test_killed_at_any_moment_a_vault_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "v.json"

    def write(tell: int) -> None:
        file = VaultFile(path)
        for number in range(100_000):
            file.write(Kept(seed=f"{number} " * 500))
            os.write(tell, b"1")

    seen = set()
    for round_ in range(12):
        pid, told = in_child(write)
        for _ in range(1 + round_ % 4):  # killed in the first write after so many
            os.read(told, 1)
        assert kill(pid)
        os.close(told)
        seen.add(VaultFile(path).read().seed)
    assert len(seen) > 1
