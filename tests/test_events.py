"""Facts: how they are named, sealed, written down and read again."""

from __future__ import annotations

import hashlib
import inspect
import json
import time
import uuid
from dataclasses import MISSING, fields
from typing import Any, get_args, get_origin

import pytest

from qualbench import events as e
from qualbench.events import KINDS, Event, new_id, seal
from qualbench.store import rules
from qualbench.store.projections import AREA_TABLES

ALL = sorted(KINDS.values(), key=lambda kind: kind.KIND)


def example(kind: Any) -> Any:
    """A value of an annotated type."""
    if get_origin(kind) is list:
        return [example(get_args(kind)[0])]
    if get_origin(kind) is dict:
        return {"ana": example(get_args(kind)[1])}
    return {str: "word", int: 7, bool: True}[kind]


def fact(kind: type[Event]) -> Event:
    return kind(**{one.name: example(one.type) for one in fields(kind)})


def test_every_fact_of_the_module_is_a_kind_under_its_own_name() -> None:
    own = [one for _, one in inspect.getmembers(e, inspect.isclass) if issubclass(one, Event) and one.KIND]
    assert set(own) == set(KINDS.values())
    assert {name: kind.KIND for name, kind in KINDS.items()} == {name: name for name in KINDS}


def test_the_kinds_of_the_first_release_are_all_there() -> None:
    """A kind is for ever: this list grows and nothing is ever taken from it."""
    assert set(KINDS) >= {
        "study_created", "person_added", "participant_added", "attribute_set", "agreement_run", "codebook_released",
        "transcript_imported", "speaker_set", "segmented", "pass_opened", "code_applied", "code_removed",
        "nothing_marked", "nothing_cleared", "memo_written", "memo_removed", "pass_submitted", "item_decided",
        "theme_created", "theme_renamed", "theme_described", "theme_dropped", "code_gathered", "code_released",
        "quote_picked", "quote_dropped", "step_undone", "step_redone",
    }  # fmt: skip


def test_every_kind_has_a_rule_and_an_area_with_tables() -> None:
    history = {e.StepUndone, e.StepRedone}
    assert set(KINDS.values()) - history == set(rules.RULES)
    assert {kind.AREA for kind in rules.RULES} == set(AREA_TABLES)
    assert {kind.AREA for kind in history} == {"history"}


@pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.KIND)
def test_a_fact_is_read_as_it_was_written(kind: type[Event]) -> None:
    stated = fact(kind)
    assert kind.of(json.loads(json.dumps(stated.data()))) == stated


@pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.KIND)
def test_a_fact_with_a_wrong_or_missing_value_is_not_read(kind: type[Event]) -> None:
    data = fact(kind).data()
    for name in data:
        for wrong in (None, 1.5, True, [None], {"a": None}):
            if type(wrong) is type(data[name]) is bool:
                continue
            with pytest.raises(TypeError):
                kind.of({**data, name: wrong})
    for one in fields(kind):
        if one.default is one.default_factory is MISSING:
            with pytest.raises(TypeError):
                kind.of({name: value for name, value in data.items() if name != one.name})


def test_fields_of_a_later_release_are_passed_over() -> None:
    data = {"theme": "t", "name": "Coats", "colour": "blue"}
    assert e.ThemeCreated.of(data) == e.ThemeCreated(theme="t", name="Coats")


@pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.KIND)
def test_a_subject_is_a_transcript_or_one_of_nine_others(kind: type[Event]) -> None:
    stated = fact(kind)
    by_transcript = kind.AREA in ("transcript", "coding", "consensus", "history")
    assert stated.subject == ("word" if by_transcript else kind.AREA)
    others = (e.STUDY, e.CODEBOOK, e.THEMES, e.NOTES, e.PAPERS, e.PEOPLE, e.SESSIONS, e.CQR, e.MEMBERS)
    assert by_transcript or stated.subject in others


def test_only_what_a_person_decides_on_a_screen_can_be_undone() -> None:
    undoable = {kind.AREA for kind in ALL if kind.UNDOABLE}
    assert undoable == {"codebook", "coding", "consensus", "cqr", "members", "notes", "papers", "themes"}
    assert not e.PassOpened.UNDOABLE
    assert not e.PassSubmitted.UNDOABLE


# --- sealing ---------------------------------------------------------------------------------------------------


def test_sealed_words_are_their_hash_with_the_words_beside_it() -> None:
    sealed = seal("Größe")
    assert sealed == hashlib.sha256("Größe".encode()).hexdigest()
    assert sealed.body.decode() == "Größe"
    assert seal("Größe".encode()) == sealed


def test_a_fact_knows_its_words_and_writes_down_only_their_hash() -> None:
    stated = e.MemoWritten(transcript="t", pass_id="p", memo="m", start=0, end=1, body=seal("Low voice."))
    assert [one.body for one in stated.sealed()] == [b"Low voice."]
    assert "Low voice" not in json.dumps(stated.data())


def test_a_fact_read_again_has_hashes_without_words() -> None:
    stated = e.ThemeDescribed(theme="t", idea=seal("An idea."))
    assert list(e.ThemeDescribed.of(stated.data() | {"idea": str(seal("An idea."))}).sealed()) == []


# --- ids -------------------------------------------------------------------------------------------------------


def test_ids_are_uuids_of_version_seven_that_sort_by_time() -> None:
    earlier = new_id()
    time.sleep(0.002)
    before = time.time_ns() // 1_000_000
    later = new_id()
    assert earlier < later
    parsed = uuid.UUID(later)
    assert (parsed.version, parsed.variant) == (7, uuid.RFC_4122)
    assert before <= parsed.int >> 80 <= time.time_ns() // 1_000_000


def test_ids_are_never_the_same() -> None:
    assert len({new_id() for _ in range(10_000)}) == 10_000
