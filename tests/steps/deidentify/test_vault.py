"""The replacement map as a value and as bytes."""

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualbench.errors import QualbenchError
from qualbench.steps.deidentify import Action, Decision, Entry, Kind, Vault, from_bytes, merge, to_bytes, with_decisions

TESSA = Decision("Tessa", Kind.PERSON, Action.REPLACE, "Elena", ("Tessa Lund", "Tessa", "Tess"))
VELL = Decision("Vell", Kind.PLACE, Action.REDACT, "[town 1]")
WILL = Decision("will", Kind.PERSON, Action.KEEP, cased=True)
ODD = {"original": "Tessa", "kind": "person", "action": "replace", "replacement": "Elena", "forms": [], "cased": False}


def vault(*decisions: Decision, by: str = "Ana") -> Vault:
    return with_decisions(Vault(), decisions, by)


def test_it_comes_back_as_it_went_and_begins_with_its_format() -> None:
    whole = vault(TESSA, VELL, WILL)
    data = to_bytes(whole)
    assert data.split(b"\n")[1] == b' "format": "qualbench-vault/1",'
    assert from_bytes(data) == whole
    assert set(whole.decisions) == {TESSA, VELL, WILL}


def test_the_same_decisions_in_another_order_are_the_same_bytes() -> None:
    assert to_bytes(vault(TESSA, VELL, WILL)) == to_bytes(vault(WILL, VELL, TESSA))


ORIGINALS = st.text(st.characters(categories=["L", "N", "Z", "P", "Cs"]), min_size=1).filter(
    lambda text: any(letter.isalnum() for letter in text)
)


@given(st.lists(ORIGINALS, max_size=6), st.text())
def test_any_originals_come_back(originals: list[str], reviewer: str) -> None:
    whole = vault(*(Decision(one, Kind.OTHER, Action.REDACT, "[detail]") for one in originals), by=reviewer)
    assert from_bytes(to_bytes(whole)) == whole


def whole_with(**changed: object) -> bytes:
    entry = {**ODD, "reviewed_by": ["Ana"], **changed}
    return json.dumps({"format": "qualbench-vault/1", "entries": [entry]}).encode()


def test_a_whole_entry_is_read() -> None:
    assert from_bytes(whole_with()).entries == (Entry("Tessa", Kind.PERSON, "Elena", (), ("Ana",)),)


BROKEN = {
    "nothing": b"",
    "foreign": b"PK\x03\x04\xff",
    "no object": b"[1]",
    "another format": b'{"format": "qualbench-codebook/1", "entries": []}',
    "a number for its format": b'{"format": 1, "entries": []}',
    "no entries": b'{"format": "qualbench-vault/1"}',
    "an entry that is none": b'{"format": "qualbench-vault/1", "entries": [3]}',
    "endless brackets": b"[" * 100_000,
    "an endless number": b"1" * 5_000,
    "cut off": whole_with()[:-3],
    "a kind of its own": whole_with(kind="planet"),
    "an action of its own": whole_with(action="burn"),
    "no original": whole_with(original=" "),
    "no replacement": whole_with(replacement=""),
    "forms that are none": whole_with(forms="Tess"),
    "a reviewer that is none": whole_with(reviewed_by=[1]),
    "a word for yes": whole_with(cased="yes"),
    "a field too many": whole_with(transcript="We met at noon."),
}


@pytest.mark.parametrize("data", BROKEN.values(), ids=BROKEN)
def test_broken_or_foreign_bytes_are_one_sentence(data: bytes) -> None:
    with pytest.raises(QualbenchError, match=r"^The vault can not be read: .*\. Nothing was changed"):
        from_bytes(data)


def test_two_entries_for_one_original_are_told() -> None:
    data = to_bytes(vault(TESSA)).replace(
        b'"entries": [', b'"entries": [' + json.dumps({**ODD, "original": "TESSA", "reviewed_by": []}).encode() + b","
    )
    with pytest.raises(QualbenchError, match="two entries for one original"):
        from_bytes(data)


def test_a_vault_of_a_later_version_is_not_touched() -> None:
    with pytest.raises(QualbenchError, match="newer Qualbench"):
        from_bytes(b'{"format": "qualbench-vault/2", "entries": []}')


@given(st.data())
def test_a_damaged_vault_is_a_sentence_or_a_vault(data: st.DataObject) -> None:
    whole = bytearray(to_bytes(vault(TESSA, VELL, WILL)))
    for _ in range(data.draw(st.integers(1, 4))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    with suppress(QualbenchError):
        assert all(entry.original.strip() for entry in from_bytes(bytes(whole)).entries)


def test_a_confirmed_answer_gains_a_reviewer_and_a_changed_one_loses_them() -> None:
    twice = with_decisions(vault(TESSA, VELL), [TESSA], "Ben")
    assert {entry.original: entry.reviewed_by for entry in twice.entries} == {"Tessa": ("Ana", "Ben"), "Vell": ("Ana",)}
    assert twice.reviewers == ("Ana", "Ben")
    changed = with_decisions(twice, [Decision("Tessa", Kind.PERSON, Action.REPLACE, "Uma")], "Ben")
    assert changed.entries[0].reviewed_by == ("Ben",)


def test_two_vaults_that_agree_become_one() -> None:
    merged = merge(vault(TESSA, VELL), vault(TESSA, WILL, by="Ben"))
    assert merged.conflicts == ()
    assert {entry.original: entry.reviewed_by for entry in merged.vault.entries} == {
        "Tessa": ("Ana", "Ben"), "Vell": ("Ana",), "will": ("Ben",),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("theirs", "told"),
    [
        (
            Decision("tessa", Kind.PERSON, Action.REPLACE, "Uma"),
            "'tessa' is 'Uma' in the other vault, and 'Tessa' is 'Elena' in yours.",
        ),
        (
            Decision("Tess", Kind.PERSON, Action.KEEP),
            "'Tess' is kept in the other vault, and 'Tessa' is 'Elena' in yours.",
        ),
        (
            Decision("Odo", Kind.PERSON, Action.REPLACE, "Elena"),
            "'Elena' stands for 'Odo' in the other vault, and for 'Tessa' in yours.",
        ),
    ],
)
def test_conflicts_are_told_and_ours_is_kept(theirs: Decision, told: str) -> None:
    merged = merge(vault(TESSA), vault(theirs, by="Ben"))
    assert [str(conflict) for conflict in merged.conflicts] == [told]
    assert merged.vault == vault(TESSA)


def test_one_town_number_for_two_towns_is_a_conflict_and_one_age_band_for_two_people_is_none() -> None:
    brisk = Decision("Brisk", Kind.PLACE, Action.REDACT, "[town 1]")
    assert len(merge(vault(VELL), vault(brisk)).conflicts) == 1
    ages = [Decision(f"{age} years old", Kind.AGE, Action.REDACT, "[30s]") for age in (34, 36)]
    assert merge(vault(ages[0]), vault(ages[1])).conflicts == ()


def test_a_part_of_a_name_may_have_the_name_s_pseudonym() -> None:
    whole = Decision("Odo Brand", Kind.PERSON, Action.REPLACE, "Kenji")
    part = Decision("Odo", Kind.PERSON, Action.REPLACE, "Kenji")
    assert merge(vault(whole), vault(part)).conflicts == ()


def test_a_vault_merged_with_itself_or_with_nothing_is_itself() -> None:
    whole = vault(TESSA, VELL, WILL)
    assert merge(whole, whole).vault == merge(whole, Vault()).vault == merge(Vault(), whole).vault == whole
