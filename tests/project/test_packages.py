"""A study on three machines without a server: what travels, when it is opened, and what it becomes together."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from qualbench.errors import QualbenchError
from qualbench.model import PassState
from qualbench.project import Project
from qualbench.project.merged import Differs
from qualbench.project.packages import NotHandedIn, WhoIsThis
from qualbench.steps.packages import read_card
from qualbench.steps.packages.format import BadPackage
from tests.conftest import BOOK, INTERVIEW, add_interview, code
from tests.machines import Machine
from tests.project.conftest import entries, plan

READING = ["TRUST", "HOPE", "", "FEAR"]
OTHER = ["TRUST", "TRUST+HOPE", "", ""]


@pytest.fixture
def machines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, clock: Callable[[], datetime]) -> dict[str, Machine]:
    """The lead's, who codes nothing, and two coders'."""
    return {name: Machine(tmp_path, name, monkeypatch, clock) for name in ("lead", "ana", "ben")}


@pytest.fixture
def begun(machines: dict[str, Machine]) -> dict[str, Machine]:
    """The lead has made a study of two interviews and sent it to ana and ben, who have joined."""
    lead = machines["lead"]
    with lead.at(), Project.create(lead.folder, viewer="lead", clock=lead.clock) as study:
        study.release_codebook("book.yaml", BOOK)
        for name in ("one", "two"):
            add_interview(study, f"{name}.txt", f"{INTERVIEW}I: That was interview {name}.\n")
        plan(study, "First", {"one": "ana ben", "two": "ana ben"})
        for coder in ("ana", "ben"):
            study.send(read_card(machines[coder].card_line()), coder, lead.home / f"for-{coder}.qbp")
    for coder in ("ana", "ben"):
        with machines[coder].at():
            Project.join(lead.home / f"for-{coder}.qbp", machines[coder].folder, clock=machines[coder].clock).close()
    return machines


def coded(machine: Machine, *names: str, codes: list[str] = READING, submit: bool = True) -> Path:
    """The coder of this machine codes these interviews and hands in; answers with the package."""
    with machine.open() as study:
        for name in names:
            code(study, machine.name, codes, name, submit=submit)
        target = machine.home / f"from-{machine.name}-{'-'.join(names)}.qbp"
        study.hand_in(target)
    return target


def seen(machine: Machine) -> dict[str, object]:
    """What everybody may read of a study, without what each machine knows of itself."""
    with machine.open() as study:
        return {
            "transcripts": [(row.name, row.opened) for row in study.transcripts()],
            "codings": sorted((c.coder, c.transcript, c.code, c.start, c.end) for c in study.codings()),
            "nothing": sorted((n.coder, n.transcript, n.start, n.end) for n in study.nothings()),
            "items": [(item.id, dict(item.readings)) for item in study.items()],
            "passes": sorted((p.coder, p.transcript, str(p.state), p.late) for p in study.passes()),
            "alpha": study.agreement().codes if study.opened() else None,
        }


# --- the whole way ---------------------------------------------------------------------------------------------


def test_a_coder_joins_with_texts_codebook_and_rounds_and_nothing_else(begun: dict[str, Machine]) -> None:
    with begun["ana"].open() as study:
        assert study.viewer == "ana"
        assert [row.name for row in study.transcripts()] == ["one", "two"]
        assert [one.id for one in study.codebook().codes] == ["TRUST", "HOPE", "FEAR"]
        assert [one.name for one in study.rounds()] == ["First"]
        assert study.passes() == ()
        assert [sentence for well, sentence in study.examine() if not well] == []


def test_two_coders_hand_in_and_the_lead_opens_both(begun: dict[str, Machine]) -> None:
    from_ana, from_ben = coded(begun["ana"], "one", "two"), coded(begun["ben"], "one", "two", codes=OTHER)
    with begun["lead"].open() as study:
        merge = study.merge([from_ana])
        assert (merge.taken, len(merge.sealed)) == ((), 1)
        assert [one.coders for one in merge.awaited] == [("ben",), ("ben",)]
        assert study.passes() == ()
        merge = study.merge([from_ben])
        assert sorted(one.person for one in merge.taken) == ["ana", "ben"]
        assert merge.sealed == ()
        assert merge.opened == ("one", "two")
        assert {(p.coder, p.state, p.late) for p in study.passes()} == {
            ("ana", PassState.SUBMITTED, False), ("ben", PassState.SUBMITTED, False),
        }  # fmt: skip
        assert len(study.items()) == 4, "two segments differ in each of two interviews"
        assert len(study.agreement().codes) == 3
        assert [sentence for well, sentence in study.examine() if not well] == []
    assert not list((begun["lead"].folder / "packages").glob("*"))


def test_while_a_package_waits_nothing_of_it_can_be_read(begun: dict[str, Machine]) -> None:
    """Not in the database, not in the file that waits: only that ana has handed in two passes."""
    package = coded(begun["ana"], "one", "two")
    with begun["lead"].open() as study:
        study.merge([package])
    for path in (p for p in begun["lead"].folder.rglob("*") if p.is_file()):
        body = path.read_bytes()
        assert b"code_applied" not in body
        assert b"nothing_marked" not in body


def test_the_same_package_twice_changes_nothing(begun: dict[str, Machine]) -> None:
    parcels = [coded(begun["ana"], "one"), coded(begun["ben"], "one", codes=OTHER)]
    with begun["lead"].open() as study:
        study.merge(parcels)
        before = entries(study)
        merge = study.merge(parcels)
        assert [one.new for one in merge.taken] == [0, 0]
        assert entries(study) == before


def test_any_order_gives_the_same_study(begun: dict[str, Machine], tmp_path: Path) -> None:
    """The lead puts all together; the coders learn of each other from the lead, one before and one after the rest."""
    ana_one, ben_one = coded(begun["ana"], "one"), coded(begun["ben"], "one", codes=OTHER)
    ben_two, ana_two = coded(begun["ben"], "two"), coded(begun["ana"], "two", codes=OTHER)
    with begun["lead"].open() as study:
        for parcel in (ben_two, ana_one, ben_one, ana_two):
            study.merge([parcel])
        for coder in ("ana", "ben"):
            study.send(read_card(begun[coder].card_line()), coder, tmp_path / f"back-{coder}.qbp")
    told = seen(begun["lead"])
    assert told["passes"] != []
    for coder in ("ana", "ben"):
        with begun[coder].open() as study:
            study.merge([tmp_path / f"back-{coder}.qbp"])
            assert [sentence for well, sentence in study.examine() if not well] == []
        assert seen(begun[coder]) == told


def test_a_coder_learns_nothing_of_the_other_before_all_are_in(begun: dict[str, Machine], tmp_path: Path) -> None:
    with begun["lead"].open() as study:
        study.merge([coded(begun["ana"], "one")])
    with begun["lead"].open() as study:
        study.send(read_card(begun["ben"].card_line()), "ben", tmp_path / "again.qbp")
    with begun["ben"].open() as study:
        study.merge([tmp_path / "again.qbp"])
        assert study.passes() == ()
        assert "code_applied" not in str(study._db.execute("select kind from journal").fetchall())


def test_with_a_reason_it_is_opened_early_and_what_comes_later_is_late(begun: dict[str, Machine]) -> None:
    from_ana, from_ben = coded(begun["ana"], "one"), coded(begun["ben"], "one", codes=OTHER)
    with begun["lead"].open() as study:
        merge = study.merge([from_ana], reason="Ben is ill.")
        assert merge.opened == ("one",)
        assert {c.coder for c in study.codings()} == {"ana"}
        merge = study.merge([from_ben])
        assert [one.late for one in merge.taken] == [("one",)]
        assert {p.coder: p.late for p in study.passes()} == {"ana": False, "ben": True}
        assert {c.coder for c in study.codings()} == {"ana", "ben"}, "late work is kept and shown"
        assert study.items() == ()
        assert [sentence for well, sentence in study.examine() if not well] == []


def test_late_work_is_marked_and_counted_wherever_figures_are(
    begun: dict[str, Machine], capsys: pytest.CaptureFixture[str]
) -> None:
    from qualbench.cli import run

    from_ana, from_ben = coded(begun["ana"], "one", "two"), coded(begun["ben"], "one", codes=OTHER)
    rest = coded(begun["ben"], "two", codes=OTHER)
    lead = begun["lead"]
    told = "Late, kept and left out of agreement: 1 pass by ben."
    with lead.open() as study:
        study.merge([from_ben])
        study.merge([from_ana], reason="We begin with the first.")
        study.merge([rest])
        assert [(one.coder, study.transcript(one.transcript).name) for one in study.late()] == [("ben", "two")]
        assert study.told_late() == study.told_late("First") == told
        assert told in study.agreement_contents().notes
        assert told in study.left_out_of()
        assert study.history().late == 1
        report = lead.home / "report.md"
        study.write_report(report)
        assert "1 pass came after its transcript had been opened; it was kept" in report.read_text()
    with lead.at():
        assert run(["agree", str(lead.folder), "--as", "lead"]) == 0
        assert run(["status", str(lead.folder), "--as", "lead"]) == 0
        said = " ".join(capsys.readouterr())
        assert told in said
        assert "ana: submitted, ben: submitted late" in said


def test_a_look_before_merging_keeps_nothing(begun: dict[str, Machine]) -> None:
    parcels = [coded(begun["ana"], "one"), coded(begun["ben"], "one", codes=OTHER)]
    with begun["lead"].open() as study:
        before = entries(study)
        merge = study.merge(parcels, dry_run=True)
        assert [one.passes for one in merge.taken] == [1, 1]
        assert all(one.new > 0 for one in merge.taken)
        assert (entries(study), study.passes(), study.opened()) == (before, (), frozenset())
        assert not (study.folder / "packages").exists()


def test_merging_is_taken_back_as_one_step_and_done_again(begun: dict[str, Machine]) -> None:
    parcels = [coded(begun["ana"], "one"), coded(begun["ben"], "one", codes=OTHER)]
    with begun["lead"].open() as study:
        study.merge(parcels)
        told = [c.id for c in study.codings()]
        from_ben = next(one[0] for one in study.arrivals() if one[2] == "ben")
        assert list(study.folder.glob("backups/*before-merge*"))
        study.take_back(from_ben)
        assert {p.coder for p in study.passes()} == {"ana"}
        assert study.opened() == frozenset()
        assert [sentence for well, sentence in study.examine() if not well] == []
        merge = study.merge([parcels[1]])
        assert merge.opened == ("one",)
        assert [c.id for c in study.codings()] == told
        assert [sentence for well, sentence in study.examine() if not well] == []


# --- texts that were corrected meanwhile -----------------------------------------------------------------------


def test_work_on_an_earlier_version_is_refused_or_carried_over(begun: dict[str, Machine]) -> None:
    parcels = [coded(begun["ana"], "one"), coded(begun["ben"], "one", codes=OTHER)]
    with begun["lead"].open() as study:
        text = study.transcript("one").text
        study.correct("one", text.replace("How did it begin?", "How did it all begin?"), "As on the tape.")
        before = entries(study)
        with pytest.raises(Differs, match="another version"):
            study.merge(parcels)
        assert entries(study) == before
        study.merge(parcels, carry=True)
        new = study.transcript("one").text
        words = {(c.coder, c.code, new[c.start : c.end]) for c in study.codings()}
        assert ("ben", "TRUST", "I trusted her at once. She had been there.") in words
        assert ("ana", "FEAR", "Thank you for asking.") in words
        assert study.doubts() == ()
        assert len(study.items()) == 2
        assert [sentence for well, sentence in study.examine() if not well] == []


# --- who is who ------------------------------------------------------------------------------------------------


def test_one_person_on_two_machines_is_one_coder(
    begun: dict[str, Machine], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ben codes one interview at work and the other at home, where he calls himself something else."""
    home = Machine(tmp_path, "benny", monkeypatch, begun["ben"].clock)
    with begun["lead"].open() as study:
        study.send(read_card(home.card_line()), "ben", tmp_path / "home.qbp")
    with home.at():
        Project.join(tmp_path / "home.qbp", home.folder, clock=home.clock).close()
    with home.open("benny") as study:
        assert study.viewer == "benny", "nobody on this machine has been called so before"
    parcels = [coded(begun["ana"], "one", "two"), coded(begun["ben"], "one", codes=OTHER)]
    with home.open("ben") as study:
        code(study, "ben", OTHER, "two")
        study.hand_in(tmp_path / "from-home.qbp")
    with begun["lead"].open() as study:
        study.merge([*parcels, tmp_path / "from-home.qbp"])
        assert {(p.coder, study.transcript(p.transcript).name) for p in study.passes()} == {
            ("ana", "one"), ("ana", "two"), ("ben", "one"), ("ben", "two"),
        }  # fmt: skip
        assert {one.person for one in study.known_people()} == {"lead", "ana", "ben"}


def test_who_is_not_known_is_asked_about_once(begun: dict[str, Machine], tmp_path: Path) -> None:
    """The lead loses what was said about ben's key: then his package waits for an answer, which stays in the log."""
    package = coded(begun["ben"], "one")
    with begun["lead"].open() as study:
        study._db.execute("delete from known where person = 'ben'")
        with pytest.raises(WhoIsThis) as told:
            study.merge([package])
        assert "'ben'" in str(told.value)
        study.recognise(told.value.card.key, "ben", "He told me on the phone.")
        assert len(study.merge([package]).sealed) == 1


def test_nothing_handed_in_is_said(begun: dict[str, Machine]) -> None:
    with begun["ana"].open() as study, pytest.raises(NotHandedIn):
        study.hand_in(begun["ana"].home / "empty.qbp")


# --- packages that are not what they say -----------------------------------------------------------------------


@pytest.mark.parametrize("keep", [0, 10, 60, 400, -1])
def test_a_package_that_is_cut_short_is_refused(begun: dict[str, Machine], keep: int) -> None:
    package = coded(begun["ana"], "one")
    cut = package.with_name("cut.qbp")
    cut.write_bytes(package.read_bytes()[:keep])
    with begun["lead"].open() as study, pytest.raises(BadPackage):
        study.merge([cut])


def test_any_changed_byte_is_noticed(begun: dict[str, Machine]) -> None:
    body = coded(begun["ana"], "one").read_bytes()
    path = begun["lead"].home / "changed.qbp"
    with begun["lead"].open() as study:
        before = entries(study)
        for at in range(0, len(body), max(1, len(body) // 60)):
            path.write_bytes(body[:at] + bytes([body[at] ^ 1]) + body[at + 1 :])
            with pytest.raises(QualbenchError):
                study.merge([path])
        assert entries(study) == before


def test_a_coders_package_is_sealed_to_the_keeper_alone(begun: dict[str, Machine]) -> None:
    package = coded(begun["ana"], "one")
    for coder in ("ana", "ben"):
        with begun[coder].open() as study, pytest.raises(QualbenchError, match="sealed to somebody else"):
            study.merge([package], reason="I want to see.")
