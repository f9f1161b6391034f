"""What happens to packages in the life of a study: later ones, earlier ones, lost ones, and machines with a past."""

from __future__ import annotations

import errno
from pathlib import Path
from typing import Any

import pytest

from qualbench.errors import QualbenchError
from qualbench.model import Change, PassState
from qualbench.project import Project
from qualbench.project import packages as module
from qualbench.project.merged import Differs, NotTheLead
from qualbench.project.packages import AnotherName
from qualbench.steps.packages import header_of, read_card
from qualbench.store.merging import NotWhole
from tests.conftest import BOOK, INTERVIEW, add_interview, code, spans
from tests.project.conftest import entries, plan
from tests.project.test_packages import OTHER, READING, Machine, begun, coded, machines, seen

__all__ = ["begun", "machines"]


def well(study: Project) -> bool:
    return all(is_well for is_well, _ in study.examine())


def send(begun: dict[str, Machine], coder: str, name: str = "again.qbp") -> Path:
    """The lead sends the study to a coder again."""
    with begun["lead"].open() as study:
        return study.send(read_card(begun[coder].card_line()), coder, begun["lead"].home / name, force=True).path


# --- the lead sends more ---------------------------------------------------------------------------------------


def test_a_new_round_and_a_new_codebook_reach_a_coder_who_is_at_work(begun: dict[str, Machine]) -> None:
    ana, lead = begun["ana"], begun["lead"]
    with ana.open() as study:
        mine = study.open_pass("one")
        study.apply_code(mine.id, "TRUST", *spans(study, "one")[0])
    with lead.open() as study:
        add_interview(study, "three.txt", f"{INTERVIEW}I: That was interview three.\n")
        study.draft_code("TRUST", definition="Relying on somebody.")
        study.release_draft(incomplete=True, changes=dict.fromkeys(study.proposed_changes(), Change.WORDING))
        plan(study, "Second", {"three": "ana ben"})
    package = send(begun, "ana")
    with ana.open() as study:
        study.merge([package])
        assert [row.name for row in study.transcripts()] == ["one", "two", "three"]
        (held,) = study.passes(coder="ana")
        assert (held.id, held.state, len(study.codings())) == (mine.id, PassState.OPEN, 1)
        assert len(study.codebook_versions()) == 2
        study.undo(study.transcript("one").id, "coding")
        assert study.codings() == ()
        study.redo(study.transcript("one").id, "coding")
        study.submit(["one"], "nothing")
        assert (study.attention(), well(study)) == ((), True)
    parcels = [coded(ana, "three"), coded(begun["ben"], "one")]
    with begun["ben"].open() as study:
        study.merge([send(begun, "ben", "ben.qbp")])
    parcels.append(coded(begun["ben"], "three", codes=OTHER))
    with lead.open() as study:
        made = study.merge(parcels)
        assert (made.opened, made.attention, well(study)) == (("one", "three"), (), True)


def test_a_corrected_text_reaches_a_coder_who_is_at_work(begun: dict[str, Machine]) -> None:
    ana, lead = begun["ana"], begun["lead"]
    with ana.open() as study:
        study.apply_code(study.open_pass("one").id, "TRUST", *spans(study, "one")[0])
    with lead.open() as study:
        text = study.transcript("one").text
        study.correct("one", text.replace("How did it begin?", "How did it all begin?"), "As on the tape.")
    package = send(begun, "ana")
    with ana.open() as study:
        before = entries(study)
        with pytest.raises(Differs):
            study.merge([package])
        assert entries(study) == before
        study.merge([package], carry=True)
        text = study.transcript("one").text
        assert [text[c.start : c.end] for c in study.codings()] == ["I trusted her at once. She had been there."]
        study.submit(["one"], "nothing")
        study.hand_in(ana.home / "done.qbp")
        assert (study.attention(), well(study)) == ((), True)
    with lead.open() as study:
        made = study.merge([ana.home / "done.qbp"], reason="Only to look.")
        assert (made.attention, well(study)) == ((), True)
        assert [text[c.start : c.end] for c in study.codings()] == ["I trusted her at once. She had been there."]


# --- packages of one coder -------------------------------------------------------------------------------------


def test_an_earlier_package_after_or_with_a_later_one_changes_nothing(begun: dict[str, Machine]) -> None:
    first, second = coded(begun["ana"], "one"), coded(begun["ana"], "two")
    with begun["lead"].open() as study:
        assert [one.new > 0 for one in study.merge([second], reason="Early.").taken] == [True]
        before = entries(study)
        study.merge([first], reason="Early.")
        assert (entries(study), well(study)) == (before, True)
    for_ben = [coded(begun["ben"], "one"), coded(begun["ben"], "two")]
    with begun["lead"].open() as study:
        made = study.merge(for_ben[::-1])
        assert {one.person for one in made.taken} == {"ben"}
        assert len([p for p in study.passes() if p.coder == "ben"]) == 2
        assert well(study)


def test_two_packages_may_have_one_file_name_and_one_package_two(begun: dict[str, Machine], tmp_path: Path) -> None:
    """Everybody calls the file 'study.qbp'; whoever sends it twice has one package."""
    parcels = []
    for who in ("ana", "ben"):
        path = tmp_path / f"mail-{who}" / "study.qbp"
        path.parent.mkdir()
        parcels.append(coded(begun[who], "one").rename(path))
    twice = tmp_path / "again.qbp"
    twice.write_bytes(parcels[0].read_bytes())
    with begun["lead"].open() as study:
        assert len(study.merge([parcels[0], twice]).sealed) == 1
        assert len(study.merge([twice]).sealed) == 1, "it waits already"
        assert {one.person for one in study.merge([parcels[1]]).taken} == {"ana", "ben"}


def test_a_later_package_brings_back_what_was_taken_back(begun: dict[str, Machine]) -> None:
    first, second = coded(begun["ana"], "one"), coded(begun["ana"], "two")
    with begun["lead"].open() as study:
        study.merge([first], reason="Early.")
        study.take_back(study.arrivals()[0][0])
        assert study.passes() == ()
        study.merge([second], reason="Early.")
        assert len(study.passes()) == 2
        assert (study.opened(), well(study)) == ({row.id for row in study.transcripts()}, True)


def test_what_was_taken_back_is_not_sent_on(begun: dict[str, Machine]) -> None:
    """Ana's memo of her second package is as public as her first coding, and counts no longer."""
    first = coded(begun["ana"], "one")
    with begun["ana"].open() as study:
        study.write_note("Overlaps.", on="study")
    second, ben = coded(begun["ana"], "two"), coded(begun["ben"], "one", "two", codes=OTHER)
    with begun["lead"].open() as study:
        study.merge([first, ben], reason="All there is.")
        study.merge([second])
        assert len(study.notes()) == 1
        study.take_back(study.arrivals()[-1][0])
        assert study.notes() == ()
    package = send(begun, "ben")
    with begun["ben"].open() as study:
        study.merge([package])
        assert (study.notes(), well(study)) == ((), True)
        assert {(p.coder, study.transcript(p.transcript).name) for p in study.passes()} >= {("ana", "one")}
        assert "ana" not in {p.coder for p in study.passes(study.transcript("two").id)}


def test_the_package_that_a_study_began_with_is_not_taken_back(begun: dict[str, Machine]) -> None:
    with begun["ana"].open() as study:
        with pytest.raises(QualbenchError, match="The study came with this package"):
            study.take_back(study.arrivals()[0][0])
        assert study.study.name == "study"


def test_undo_of_own_steps_works_after_a_merge(begun: dict[str, Machine]) -> None:
    with begun["lead"].open() as study:
        study.create_theme("Beginnings")
        study.merge([coded(begun["ana"], "one"), coded(begun["ben"], "one", codes=OTHER)])
        study.undo("themes", "themes")
        assert study.themes() == ()
        study.redo("themes", "themes")
        assert (len(study.themes()), well(study)) == (1, True)
    before = seen(begun["lead"])
    package = send(begun, "ana")
    with begun["ana"].open() as study:
        study.merge([package])
        assert len(study.themes()) == 1
    assert seen(begun["ana"]) == before


# --- whose machine it is ---------------------------------------------------------------------------------------


def test_what_only_the_lead_may_say_is_not_said_on_a_coders_machine(begun: dict[str, Machine]) -> None:
    """Or everything that is handed in later would be refused."""
    ana = begun["ana"]
    card = read_card(begun["ben"].card_line())
    with ana.open() as study:
        before = entries(study)
        with pytest.raises(NotTheLead):
            study.recognise(card.key, "somebody")
        with pytest.raises(NotTheLead):
            study.change_method("reflexive-ta", "I like it more.")
        with pytest.raises(NotTheLead):
            study.send(card, "cleo", ana.home / "x.qbp")
        assert entries(study) == before
    with begun["lead"].open() as study:
        study.merge([coded(ana, "one"), coded(begun["ben"], "one")])
    package = send(begun, "ana")
    with ana.open() as study:
        study.merge([package])
        study.take_back(study.arrivals()[-1][0])
        assert study.opened() == frozenset()
        study.merge([package])
        assert study.opened() != frozenset()
        study.submit(["two"], "nothing") if study.open_pass("two") else None
        study.hand_in(ana.home / "later.qbp")
    with begun["lead"].open() as study:
        assert study.merge([ana.home / "later.qbp"], reason="Early.").taken[0].new > 0


def test_another_name_on_the_same_machine_is_asked_about(begun: dict[str, Machine]) -> None:
    """Ana forgot to say who she is once, so that her login name stands there; nobody is made another silently."""
    ana = begun["ana"]
    with ana.open("root") as study:
        study.write_note("Written in a hurry.", on="study")
    with pytest.raises(AnotherName, match="as root too"):
        coded(ana, "one")
    with ana.open() as study:
        study.hand_in(ana.home / "from-ana.qbp", also=["root"])
    with begun["lead"].open() as study:
        study.merge([ana.home / "from-ana.qbp"], reason="Early.")
        assert {note.author for note in study.notes()} == {"ana"}
        assert {p.coder for p in study.passes()} == {"ana"}


def test_somebody_elses_coding_on_the_same_machine_is_not_handed_in(begun: dict[str, Machine]) -> None:
    with begun["ana"].open("ben") as study:
        code(study, "ben", READING, "two")
    with pytest.raises(AnotherName, match="as ben too"):
        coded(begun["ana"], "one")


# --- places that are in the way --------------------------------------------------------------------------------


def test_a_folder_that_was_there_is_empty_again_when_joining_fails(
    begun: dict[str, Machine], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package, folder = send(begun, "ana"), tmp_path / "made before"
    folder.mkdir()

    def broken(*_: Any) -> None:
        raise NotWhole("The lights went out.")

    with begun["ana"].at():
        with monkeypatch.context() as patch:
            patch.setattr(module.merging, "put_in", broken)
            for place in (folder, tmp_path / "new"):
                with pytest.raises(NotWhole):
                    Project.join(package, place)
        assert [*folder.iterdir()] == []
        assert not (tmp_path / "new").exists()
        Project.join(package, folder).close()
        with pytest.raises(QualbenchError):
            Project.join(package, folder)
        with Project.open(folder, "ana") as study:
            assert len(study.transcripts()) == 2


def test_a_full_disk_leaves_no_half_package(begun: dict[str, Machine], monkeypatch: pytest.MonkeyPatch) -> None:
    ana = begun["ana"]
    before = coded(ana, "one").read_bytes()

    def full(path: Path, body: bytes) -> int:
        with open(path, "wb") as file:
            file.write(body[:100])
        raise OSError(errno.ENOSPC, "No space left on device")

    with ana.open() as study, monkeypatch.context() as patch:
        patch.setattr(Path, "write_bytes", full)
        with pytest.raises(QualbenchError, match="No space left"):
            study.hand_in(ana.home / "from-ana-one.qbp", force=True)
        with pytest.raises(QualbenchError, match="No space left"):
            study.hand_in(ana.home / "new.qbp")
    assert (ana.home / "from-ana-one.qbp").read_bytes() == before
    assert sorted(path.name for path in ana.home.iterdir() if "qbp" in path.name) == ["from-ana-one.qbp"]


def test_a_package_that_waits_and_was_damaged_is_named(begun: dict[str, Machine]) -> None:
    ana, ben = coded(begun["ana"], "one"), coded(begun["ben"], "one")
    with begun["lead"].open() as study:
        study.merge([ana])
        (waits,) = (study.folder / "packages").iterdir()
        waits.write_bytes(waits.read_bytes()[:-1])
        with pytest.raises(QualbenchError, match=f"packages/{waits.name}"):
            study.merge([ben])
        waits.unlink()
        study.merge([ana])
        assert len(study.merge([ben]).taken) == 2


@pytest.mark.parametrize("name", ["Ana María 🙂", "o'Brien; drop table pass", "a/b\\c", "[bold]x[/bold]"])
def test_names_are_only_words(machines: dict[str, Machine], tmp_path: Path, name: str) -> None:
    lead, ana = machines["lead"], machines["ana"]
    ana.name = name
    with lead.at(), Project.create(lead.folder, viewer="lead", clock=lead.clock) as study:
        study.release_codebook("book.yaml", BOOK)
        add_interview(study, "one.txt", INTERVIEW)
        card = read_card(ana.card_line())
        assert card.name == name
        study.send(card, name, tmp_path / "for.qbp")
    with ana.at():
        Project.join(tmp_path / "for.qbp", ana.folder, clock=ana.clock).close()
    with ana.open() as study:
        code(study, name, READING, "one")
        study.hand_in(tmp_path / "from.qbp")
    assert header_of((tmp_path / "from.qbp").read_bytes(), "x").name == name
    with lead.open() as study:
        study.merge([tmp_path / "from.qbp"], reason="All there is.")
        assert {p.coder for p in study.passes()} == {name}
        assert well(study)


@pytest.mark.parametrize("name", ["", "\x1b[31m", "x" * 300, "LEAD"])
def test_names_that_nobody_can_have_are_refused_before_anything_leaves(
    begun: dict[str, Machine], tmp_path: Path, name: str
) -> None:
    with begun["lead"].open() as study:
        before = entries(study)
        study.viewer = "lead"
        with pytest.raises(QualbenchError, match="name"):
            study.send(read_card(begun["ana"].card_line()), name, tmp_path / "x.qbp")
        assert entries(study) == before
