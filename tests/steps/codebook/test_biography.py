"""The life of one code, in order."""

from __future__ import annotations

from dataclasses import replace

from qualbench.model import Change, Code, Codebook, CodeChange, Note, Proposal
from qualbench.steps.codebook.biography import Entry, Moment, Proposed, Released, Use, biography
from tests.steps.codebook.books import book

TRUST = Code("A", "Trust", origin="a priori: study design")
HOPE = Code("B", "Hope", origin="inductive: Interview 3, 120-180", status="trial")
FIRST = book(TRUST, Code("C", "Fear"))
SECOND = book(replace(TRUST, definition="They do.", include="When said."), HOPE, Code("C", "Fear"), version="1.1")
SECOND = replace(SECOND, changes=(CodeChange("A", Change.NARROWED, "Peers only."), CodeChange("B", Change.NEW)))
THIRD = book(
    replace(SECOND.codes[0], label="Belief", parent="B"), replace(HOPE, status="active"),
    Code("C", "Fear", status="merged", into=("B",)), version="2.0",
)  # fmt: skip
FOURTH = book(
    replace(THIRD.codes[0], status="split", into=("B", "D")), *THIRD.codes[1:], Code("D", "Rain"), version="3.0"
)


def releases(*books: Codebook) -> list[Released]:
    return [Released(one, f"2026-0{n}-01", "lea") for n, one in enumerate(books, 1)]


def told(entries: tuple[Entry, ...]) -> list[tuple[str, Moment, str]]:
    return [(one.at, one.kind, one.sentence) for one in entries]


def test_the_life_of_a_code_from_its_first_version_to_its_end() -> None:
    given = releases(FIRST, SECOND, THIRD, FOURTH)
    given[0] = replace(given[0], uses=12)
    given[1] = replace(given[1], uses=1)
    uses = [Use("2026-01-20", "ben", "Interview 2", "I trust her."), Use("2026-01-09", "ana", "Interview 1")]
    notes = [
        Note("n1", "method", "code", "A", (), "ana", "2026-02-10", "She said: I trust her."),
        Note("n2", "comparison", "comparison", "A", ("c1", "c2"), "ben", "2026-02-11", "Alike."),
        Note("n3", "", "code", "C", (), "ben", "2026-02-12", "Another."),
        Note("n4", "", "transcript", "A", (), "ben", "2026-02-12", "Not a code."),
    ]
    entries = biography("A", given, uses, notes)
    assert told(entries) == [
        ("2026-01-01", Moment.ADDED, "Version 1.0: Trust was added, deductive (study design)."),
        ("2026-01-01", Moment.USES, "It was used 12 times under version 1.0."),
        ("2026-01-09", Moment.USED, "ana used it for the first time, in 'Interview 1'."),
        ("2026-01-20", Moment.USED, "ben used it for the first time, in 'Interview 2': I trust her."),
        ("2026-02-01", Moment.EDITED, "Version 1.1: Trust: its definition, when to use it changed."),
        ("2026-02-01", Moment.EDITED, "Version 1.1: It was narrowed: Peers only."),
        ("2026-02-01", Moment.USES, "It was used 1 time under version 1.1."),
        ("2026-02-10", Moment.MEMO, "ana wrote a memo about it (method)."),
        ("2026-02-11", Moment.MEMO, "ben compared two extracts of it in a memo."),
        ("2026-03-01", Moment.EDITED, "Version 2.0: Trust is called Belief now."),
        ("2026-03-01", Moment.MOVED, "Version 2.0: Belief stands under Hope now; it stood at the top."),
        ("2026-04-01", Moment.SPLIT, "Version 3.0: Belief was split into Hope and Rain."),
    ]
    assert [one.actor for one in entries] == [
        "lea", "lea", "ana", "ben", "lea", "lea", "lea", "ana", "ben", "lea", "lea", "lea"
    ]  # fmt: skip


def test_a_proposed_code_begins_with_its_coder_and_takes_up_others() -> None:
    proposal = Proposal("B", "hoping", "p", "t", "ana", 120, 180)
    found = biography(
        "B", releases(FIRST, SECOND, THIRD, FOURTH), proposed=Proposed(proposal, "2026-01-15", "Interview 3")
    )
    assert told(found) == [
        ("2026-01-15", Moment.PROPOSED, "ana proposed it as 'hoping', coding 'Interview 3'."),
        ("2026-02-01", Moment.ADDED, "Version 1.1: Hope was added, inductive (Interview 3, 120-180)."),
        ("2026-03-01", Moment.STATE, "Version 2.0: Hope is active now; it was on trial."),
        ("2026-03-01", Moment.MERGED, "Version 2.0: Fear was merged into Hope."),
        ("2026-04-01", Moment.SPLIT, "Version 3.0: Belief was split into Hope and Rain."),
    ]


def test_a_code_that_a_file_left_out_was_removed() -> None:
    without = replace(SECOND, codes=SECOND.codes[:2])
    assert told(biography("C", releases(FIRST, without))) == [
        ("2026-01-01", Moment.ADDED, "Version 1.0: Fear was added."),
        ("2026-02-01", Moment.REMOVED, "Version 1.1: Fear was removed."),
    ]


def test_a_code_that_nobody_knows_has_no_life() -> None:
    other = Proposed(Proposal("B", "hoping", "p", "t", "ana", 1, 2), "2026-01-15", "Interview 3")
    assert biography("X", releases(FIRST, SECOND), proposed=other) == ()
