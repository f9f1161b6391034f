"""Two vaults made one, and sealed transcripts looked over with a vault."""

from __future__ import annotations

from pathlib import Path

import pytest

from qualbench.errors import QualbenchError, UnknownTranscript, UsageError
from qualbench.project import Project
from qualbench.project.deidentify.checking import check
from qualbench.project.deidentify.joining import joined, other_vault, told
from qualbench.project.deidentify.vault_file import Kept, VaultFile
from qualbench.steps.deidentify import Action, Decision, Kind, KnownName, Vault, Why, with_decisions
from tests.conftest import add_interview
from tests.project.deidentified import FIRST


def kept(by: str, seed: str = "", readers: dict[str, tuple[str, ...]] | None = None, **called: str) -> Kept:
    """A vault in which people are called so."""
    decisions = [Decision(name, Kind.PERSON, Action.REPLACE, new) for name, new in called.items()]
    return Kept(with_decisions(Vault(), decisions, by), seed, readers or {})


def called(one: Kept) -> dict[str, str]:
    return {entry.original: entry.replacement for entry in one.vault.entries}


def test_answers_that_agree_are_joined_with_the_readers_of_both() -> None:
    mine = kept("ana", "s1", {"aa": ("ana",), "bb": ("ana",)}, Maria="Elena", Ben="Odo")
    theirs = kept("ben", "s2", {"aa": ("ben",), "cc": ("ben",)}, Maria="Elena", Cleo="Uma")
    made = joined(mine, theirs)
    assert called(made.kept) == {"Maria": "Elena", "Ben": "Odo", "Cleo": "Uma"}
    assert (made.taken, made.same, made.dropped, made.conflicts) == (1, 1, 0, ())
    assert made.kept.seed == "s1"
    assert made.kept.readers == {"aa": ("ana", "ben"), "bb": ("ana",), "cc": ("ben",)}
    assert made.kept.vault.entries[2].reviewed_by == ("ana", "ben")
    assert told(made, "") == ["1 answer taken over from the other vault, 1 the same in both."]


@pytest.mark.parametrize(
    ("keep", "names"), [("mine", {"Maria": "Elena", "Cleo": "Uma"}), ("theirs", {"Maria": "Greta", "Cleo": "Uma"})]
)
def test_where_they_conflict_one_side_holds_for_all(keep: str, names: dict[str, str]) -> None:
    made = joined(kept("ana", Maria="Elena"), kept("ben", Maria="Greta", Cleo="Uma"), keep)
    assert called(made.kept) == names
    assert [str(one) for one in made.conflicts] == [
        "'Maria' is 'Greta' in the other vault, and 'Maria' is 'Elena' in yours."
    ]
    assert made.dropped == 1


def test_one_pseudonym_for_two_people_is_a_conflict_and_one_of_them_is_asked_again() -> None:
    mine, theirs = kept("ana", Maria="Elena"), kept("ben", Cleo="Elena")
    assert called(joined(mine, theirs, "mine").kept) == {"Maria": "Elena"}
    assert called(joined(mine, theirs, "theirs").kept) == {"Cleo": "Elena"}


def test_will_and_will_are_two_strings() -> None:
    made = joined(kept("ana", Will="Odo"), kept("ben", will="Uma"))
    assert called(made.kept) == {"Will": "Odo", "will": "Uma"}
    assert (made.taken, made.dropped) == (1, 0)


def test_the_other_vault_must_be_one_and_another(tmp_path: Path) -> None:
    mine = VaultFile(tmp_path / "mine.json")
    mine.write(kept("ana", Maria="Elena"))
    with pytest.raises(QualbenchError, match="There is no vault at"):
        other_vault(tmp_path / "none.json", mine)
    with pytest.raises(UsageError, match="your own vault"):
        other_vault(tmp_path / "." / "mine.json", mine)
    (tmp_path / "table.json").write_text("{}")
    with pytest.raises(QualbenchError, match="another kind of file"):
        other_vault(tmp_path / "table.json", mine).read()


# --- sealed transcripts ----------------------------------------------------------------------------------------

TESSA = Decision("Tessa", Kind.PERSON, Action.REPLACE, "Elena", ("Tessa", "Tess", "Lundqvist"))


def test_sealed_texts_are_looked_over_line_by_line(study: Project) -> None:
    """By hand: line 1 'Tessa Lundqvist', 2 'Tessa', 3 'Tessa:', a mail and a phone number, 5 'TESSA' and 'Tess'."""
    add_interview(study, "two.txt", FIRST)
    found = check(study, [TESSA], known=[KnownName("Okonjo")], own=["Brumleby"], names=["two"])
    assert [(one.line, one.kind, one.why, one.string) for one in found] == [
        (1, Kind.PERSON, Why.LEFT, "Tessa"),
        (1, Kind.PERSON, Why.LEFT, "Lundqvist"),
        (2, Kind.PERSON, Why.LEFT, "Tessa"),
        (3, Kind.PERSON, Why.LEFT, "Tessa"),
        (3, Kind.OTHER, Why.LIST, "Brumleby"),
        (3, Kind.PERSON, Why.KNOWN, "Okonjo"),
        (3, Kind.MAIL, Why.PATTERN, "tessa.l@kindred.example"),
        (3, Kind.PHONE, Why.PATTERN, "020 7946 0991"),
        (5, Kind.PERSON, Why.LEFT, "Tessa"),
        (5, Kind.PERSON, Why.LEFT, "TESSA"),
        (5, Kind.PERSON, Why.LEFT, "Tess"),
    ]
    assert {one.transcript for one in found} == {"two"}


def test_a_transcript_whose_own_name_tells_is_called_by_its_id(study: Project) -> None:
    add_interview(study, "Tessa 2.txt", "I: Who?\nP1: Nobody.\n")
    (one,) = check(study, [TESSA])
    row = study.transcripts()[1]
    assert (one.transcript, one.place, one.line, one.string) == (row.id, "name", 0, "Tessa")


def test_only_the_transcripts_that_are_named_are_looked_over(study: Project) -> None:
    add_interview(study, "two.txt", FIRST)
    heard: list[tuple[int, str]] = []
    assert check(study, [TESSA], names=["talk"], tell=lambda *told: heard.append(told)) == ()
    assert heard == [(1, "talk")]
    with pytest.raises(UnknownTranscript):
        check(study, [TESSA], names=["nothing"])
