"""Somebody who wants to read early, to write in another's name, or to change what was: nothing of it works.

The attacker has their own study folder, all packages that passed through their hands, sqlite3, and this program's code.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from qualbench import events as e
from qualbench.errors import QualbenchError
from qualbench.project import Project
from qualbench.project.identities import identity
from qualbench.project.parcel import head_words
from qualbench.steps import packages
from qualbench.steps.packages import Header, Identity, Payload
from qualbench.steps.packages.format import BadPackage
from qualbench.store import journal, merging
from qualbench.store.database import connect
from qualbench.store.merging import NotWhole
from tests.project.conftest import entries
from tests.project.test_packages import OTHER, Machine, begun, coded, machines

__all__ = ["begun", "machines"]

Rows = list[merging.Row]


def unpacked(machine: Machine, package: Path, keeper: Machine) -> tuple[Header, Payload, Identity]:
    """What the attacker knows: their own package in the open, as if they had written down all that went into it."""
    body = package.read_bytes()
    with keeper.at():
        payload = packages.opened(body, identity(), package.name)
    with machine.at():
        return packages.header_of(body, package.name), payload, identity()


def chained(rows: Rows) -> Rows:
    """Entries with all their hashes made anew, as an attacker would."""
    heads: dict[merging.Chain, str] = {}
    made = []
    for row in sorted(rows):
        chain = (row[2], row[4], row[11] or "")
        prev = heads.get(chain, "")
        digest = journal.chain_hash(prev, [*row[1:9], row[11], str(row[0])])
        made.append((*row[:9], prev, digest, row[11]))
        heads[chain] = digest
    return made


def forged(
    ben: Machine, lead: Machine, package: Path, change: Callable[[merging.Row], merging.Row], name: str = "forged.qbp"
) -> Path:
    """Ben's package with every entry changed, chained anew and signed with ben's own key."""
    header, payload, own = unpacked(ben, package, lead)
    rows = chained([change(row) for row in payload.rows])
    heads = {(row[2], row[4], row[11] or ""): row[10] for row in rows}
    signed = tuple(
        (*chain, digest, own.sign(head_words(header.study, chain, digest))) for chain, digest in heads.items()
    )
    with lead.at():
        recipient = identity().card("").recipient
    path = package.with_name(name)
    path.write_bytes(packages.packed(header, Payload(tuple(rows), payload.contents, signed), [recipient], own))
    return path


def refused(lead: Machine, path: Path, match: str, error: type[QualbenchError] = NotWhole) -> None:
    with lead.open() as study:
        before = entries(study)
        with pytest.raises(error, match=match):
            study.merge([path], reason="Let me in.")
        assert entries(study) == before
        assert [sentence for well, sentence in study.examine() if not well] == []


# --- writing in another's name ---------------------------------------------------------------------------------


def test_the_forger_can_make_packages_that_are_taken(begun: dict[str, Machine]) -> None:
    """Without a change the forged package is as good as the true one: so the refusals below are for the change."""
    path = forged(begun["ben"], begun["lead"], coded(begun["ben"], "one"), lambda row: row)
    with begun["lead"].open() as study:
        assert study.merge([path], reason="Only to look.").taken[0].new > 0


def test_work_in_another_name_is_refused(begun: dict[str, Machine]) -> None:
    package = coded(begun["ben"], "one")
    path = forged(begun["ben"], begun["lead"], package, lambda row: (*row[:5], "ana", *row[6:]))
    refused(begun["lead"], path, "says that ana wrote")


def test_work_on_another_machine_is_refused(begun: dict[str, Machine]) -> None:
    with begun["ana"].open() as study:
        device = study._device
    package = coded(begun["ben"], "one")
    path = forged(begun["ben"], begun["lead"], package, lambda row: (*row[:2], device, *row[3:]))
    refused(begun["lead"], path, "somebody else")


def retold(kind: str, **told: str) -> Callable[[merging.Row], merging.Row]:
    """A change of what the entries of one kind say; an entry goes to the lane of what it then is about."""

    def change(row: merging.Row) -> merging.Row:
        if row[7] != kind:
            return row
        fact = e.KINDS[kind].of({**json.loads(row[8]), **told})
        return (*row[:8], json.dumps(fact.data()), *row[9:11], fact.lane)

    return change


def test_a_pass_in_the_name_of_another_is_refused(begun: dict[str, Machine]) -> None:
    path = forged(begun["ben"], begun["lead"], coded(begun["ben"], "one"), retold("pass_opened", coder="ana"))
    refused(begun["lead"], path, "the work of somebody else")


@pytest.mark.parametrize("kind", ["code_applied", "nothing_marked", "pass_submitted"])
def test_coding_in_the_pass_of_another_is_refused(begun: dict[str, Machine], kind: str) -> None:
    """Ben knows ana's pass from the header of her package, and writes himself into it."""
    ana = coded(begun["ana"], "one")
    ((_, _, pass_),) = packages.header_of(ana.read_bytes(), "p").passes
    package = coded(begun["ben"], "one", codes=OTHER)
    refused(
        begun["lead"],
        forged(begun["ben"], begun["lead"], package, retold(kind, pass_id=pass_)),
        "somebody else|hands in",
    )
    with begun["lead"].open() as study:
        study.merge([ana], reason="Early.")
    refused(
        begun["lead"],
        forged(begun["ben"], begun["lead"], package, retold(kind, pass_id=pass_)),
        "somebody else|hands in",
    )


def test_undoing_what_another_did_is_refused(begun: dict[str, Machine]) -> None:
    with begun["lead"].open() as study:
        study.write_note("Thin.", on="study")
        step = study._db.execute("select step from journal where kind = 'note_written'").fetchone()[0]
    with begun["ben"].open() as study:
        study.write_note("My own.", on="study")
        study.undo("notes", "notes")
    path = forged(
        begun["ben"], begun["lead"], coded(begun["ben"], "one"), lambda row: (
            (*row[:8], json.dumps({**json.loads(row[8]), "target": step}), *row[9:]) if row[7] == "step_undone" else row
        ),
    )  # fmt: skip
    refused(begun["lead"], path, "the work of somebody else")


def test_a_header_that_hands_in_what_is_not_inside_opens_nothing(begun: dict[str, Machine]) -> None:
    """Ben says that he hands in both, to see what ana did in the second before he codes it."""
    ana = coded(begun["ana"], "one", "two")
    header, payload, own = unpacked(begun["ben"], coded(begun["ben"], "one"), begun["lead"])
    with begun["ana"].open() as study:
        two = study.transcript("two").id
    with begun["lead"].at():
        recipient = identity().card("").recipient
    path = begun["ben"].home / "both.qbp"
    both = (*header.passes, (two, header.passes[0][1], "no-pass"))
    path.write_bytes(packages.packed(replace(header, passes=both), payload, [recipient], own))
    with begun["lead"].open() as study:
        assert study.merge([ana]).taken == ()
    refused(begun["lead"], path, "does not hold all the passes")


@pytest.mark.parametrize(
    "fact",
    [
        e.PersonRecognised(key="ab" * 32, person="ana", reason=str(e.seal(""))),
        e.KeeperNamed(key="ab" * 32, recipient="age1somebody"),
        e.MethodChanged(method="reflexive-ta", reason=str(e.seal(""))),
        e.TranscriptOpened(transcript="x", round="", passes=[], reason=str(e.seal(""))),
    ],
    ids=lambda fact: fact.KIND,
)
def test_what_only_a_lead_may_say_is_refused(begun: dict[str, Machine], fact: e.Event) -> None:
    package = coded(begun["ben"], "one")
    said = [False]

    def change(row: merging.Row) -> merging.Row:
        if row[7] == "pass_opened" and not said[0]:
            said[0] = True
            return (*row[:4], fact.subject, *row[5:7], fact.KIND, json.dumps(fact.data()), *row[9:11], "")
        return row

    refused(begun["lead"], forged(begun["ben"], begun["lead"], package, change), "only the lead")


def test_a_study_package_of_somebody_who_is_no_lead_is_refused(begun: dict[str, Machine]) -> None:
    header, payload, own = unpacked(begun["ben"], coded(begun["ben"], "one"), begun["lead"])
    with begun["lead"].at():
        recipient = identity().card("").recipient
    path = begun["ben"].home / "study.qbp"
    path.write_bytes(packages.packed(replace(header, kind="study"), payload, [recipient], own))
    refused(begun["lead"], path, "does not come from the lead", BadPackage)


def test_saying_that_others_handed_in_opens_nothing(begun: dict[str, Machine]) -> None:
    """Ben's header names ana's pass too; what a header hands in must be in the package."""
    ana = coded(begun["ana"], "one", codes=OTHER)
    with begun["ana"].open() as study:
        anas = [(p.transcript, p.round, p.id) for p in study.passes()]
    header, payload, own = unpacked(begun["ben"], coded(begun["ben"], "one"), begun["lead"])
    with begun["lead"].at():
        recipient = identity().card("").recipient
    path = begun["ben"].home / "both.qbp"
    path.write_bytes(packages.packed(replace(header, passes=(*header.passes, *anas)), payload, [recipient], own))
    with begun["lead"].open() as study:
        assert study.merge([path]).taken == ()
        assert study.passes() == ()
        assert {one.person for one in study.merge([ana]).taken} == {"ana", "ben"}


# --- changing what was -----------------------------------------------------------------------------------------


def test_a_history_that_goes_on_in_two_ways_is_refused(begun: dict[str, Machine]) -> None:
    """Ben hands in, then goes back to a copy of his folder, codes otherwise, and hands in again."""
    ben = begun["ben"]
    copy = shutil.copytree(ben.folder, ben.home / "copy")
    first = coded(ben, "one")
    kept = first.rename(first.with_name("first.qbp"))
    ben.folder = copy
    with ben.open() as study:
        study.write_note("Another beginning.", on="study")
    second = coded(ben, "two", codes=OTHER)
    with begun["lead"].open() as study:
        study.merge([kept], reason="Early.")
    refused(begun["lead"], second, "Two copies of the study")


def test_changed_words_are_noticed(begun: dict[str, Machine]) -> None:
    header, payload, own = unpacked(begun["ben"], coded(begun["ben"], "one"), begun["lead"])
    rows = [(*row[:8], row[8].replace("TRUST", "HOPE"), *row[9:]) for row in payload.rows]
    with begun["lead"].at():
        recipient = identity().card("").recipient
    path = begun["ben"].home / "changed.qbp"
    path.write_bytes(packages.packed(header, replace(payload, rows=tuple(rows)), [recipient], own))
    refused(begun["lead"], path, "changed or some of them are missing")


def test_entries_left_out_are_noticed(begun: dict[str, Machine]) -> None:
    header, payload, own = unpacked(begun["ben"], coded(begun["ben"], "one"), begun["lead"])
    with begun["lead"].at():
        recipient = identity().card("").recipient
    for left in (3, len(payload.rows) - 1):
        rows = tuple(row for n, row in enumerate(payload.rows) if n != left)
        path = begun["ben"].home / f"less-{left}.qbp"
        path.write_bytes(packages.packed(header, replace(payload, rows=rows), [recipient], own))
        refused(begun["lead"], path, "missing|as they were signed")


def test_words_that_are_not_what_was_sealed_are_noticed(begun: dict[str, Machine]) -> None:
    header, payload, own = unpacked(begun["ben"], coded(begun["ben"], "one"), begun["lead"])
    with begun["lead"].at():
        recipient = identity().card("").recipient
    contents = {**payload.contents, hashlib.sha256(b"other").hexdigest(): b"words"}
    path = begun["ben"].home / "words.qbp"
    path.write_bytes(packages.packed(header, replace(payload, contents=contents), [recipient], own))
    refused(begun["lead"], path, "not the ones that were sealed", BadPackage)


def test_a_package_of_another_study_is_refused(begun: dict[str, Machine], tmp_path: Path) -> None:
    package = coded(begun["ben"], "one")
    lead = begun["lead"]
    with (
        lead.at(),
        Project.create(tmp_path / "another", viewer="lead", clock=lead.clock) as study,
        pytest.raises(BadPackage, match="another study"),
    ):
        study.merge([package])


# --- reading early ---------------------------------------------------------------------------------------------


def test_sqlite_finds_nothing_of_a_package_that_waits(begun: dict[str, Machine]) -> None:
    package = coded(begun["ana"], "one", "two")
    with begun["lead"].open() as study:
        study.merge([package])
        study._db.execute("pragma wal_checkpoint(truncate)")
    db = connect(begun["lead"].folder / "study.db", readonly=True)
    for (name,) in db.execute("select name from sqlite_master where type = 'table'").fetchall():
        held = db.execute(f'select * from "{name}"').fetchall()
        assert "nothing_marked" not in str(held)
        assert not any("ana" in str(value) and name in ("pass", "coding", "memo") for row in held for value in row)
    db.close()
    waiting = next((begun["lead"].folder / "packages").iterdir()).read_bytes()
    assert b"TRUST" not in waiting


def test_a_package_tells_who_and_which_transcripts_and_no_more(begun: dict[str, Machine]) -> None:
    header = packages.header_of(coded(begun["ana"], "one").read_bytes(), "p")
    more = packages.header_of(coded(begun["ben"], "one", codes=["TRUST+HOPE+FEAR"] * 4).read_bytes(), "p")
    assert (header.name, header.kind, len(header.passes)) == ("ana", "coder", 1)
    told = set(Header.__slots__) - {"passes"}
    assert told == {"study", "kind", "sender", "name", "recipient", "made", "payload"}
    sizes = {(begun[who].home / f"from-{who}-one.qbp").stat().st_size // 2**10 for who in ("ana", "ben")}
    assert len(sizes) == 1, "twelve codes take as much room as three"
    assert len(more.passes) == 1


def test_keys_are_for_their_owner_alone(begun: dict[str, Machine]) -> None:
    with begun["ana"].at():
        from qualbench.project.identities import identity_file

        assert identity_file().stat().st_mode & 0o077 == 0
