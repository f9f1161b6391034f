"""Every kind of fact has its class and its sentence, and no sentence holds words of a participant."""

from __future__ import annotations

from collections import Counter
from dataclasses import fields
from typing import Any, get_args, get_origin

import pytest

from qualbench import events as e
from qualbench.model import Action, Names, Stated, TrailClass
from qualbench.steps.trail import TELLINGS, kinds_of, told

SPOKEN = {"words", "body", "quote", "idea", "text", "label", "note"}
"""Fields that hold what somebody said or wrote, sealed or as a hash."""


def example(kind: Any, name: str) -> Any:
    if get_origin(kind) is list:
        return [example(get_args(kind)[0], name)]
    if get_origin(kind) is dict:
        return {"ana": example(get_args(kind)[1], name)}
    return {str: "SPOKEN" if name in SPOKEN else f"a {name}", int: 7, bool: True}[kind]


def stated(kind: str, number: int = 1) -> Stated:
    data = {one.name: example(one.type, one.name) for one in fields(e.KINDS[kind])}
    return Stated(kind, "talk", number, (data,) * number)


def line(*those: Stated, names: Names | None = None) -> Any:
    return told(Action("s", 1, "2026-01-05T09:00:00Z", "ana", "h", False, those), names or Names())


def test_every_kind_is_of_exactly_one_class() -> None:
    assert set(TELLINGS) == set(e.KINDS)
    assert sum(len(kinds_of(one)) for one in TrailClass) == len(TELLINGS)
    assert all(kinds_of(one) for one in TrailClass)


def test_the_classes_are_those_of_lincoln_and_guba() -> None:
    """What they name for each (1985, after Halpern): a few kinds that leave no doubt."""
    doubtless = {
        TrailClass.RAW: {"transcript_imported", "transcript_corrected"},
        TrailClass.REDUCTION: {"code_applied", "core_idea_agreed"},
        TrailClass.RECONSTRUCTION: {"theme_created", "category_agreed"},
        TrailClass.PROCESS: {"item_decided", "session_opened", "method_changed"},
        TrailClass.INTENTIONS: {"study_created", "note_written"},
        TrailClass.INSTRUMENTS: {"codebook_released", "profile_saved"},
    }
    assert all(kinds <= set(kinds_of(one)) for one, kinds in doubtless.items())


@pytest.mark.parametrize("kind", sorted(e.KINDS))
@pytest.mark.parametrize("number", [1, 3])
def test_every_kind_has_a_sentence_without_spoken_words(kind: str, number: int) -> None:
    sentence = line(stated(kind, number)).sentence
    assert "{" not in sentence
    assert "}" not in sentence
    assert "SPOKEN" not in sentence
    assert len(sentence) > len("ana .")


def test_no_two_kinds_say_the_same() -> None:
    """Else a reader could not tell them apart; undo and redo say what they switch."""
    sentences = Counter(line(stated(kind)).what for kind in e.KINDS if not kind.startswith("step_"))
    assert [what for what, number in sentences.items() if number > 1] == []


def test_an_import_is_one_thing() -> None:
    """What follows from it is not told beside it; what else was done is."""
    those = [Stated(kind, f"t{n}", 1, ({"transcript": f"t{n}"},)) for n in range(12)
             for kind in ("transcript_imported", "segmented", "speaker_set")]  # fmt: skip
    assert line(*those).sentence == "ana imported 12 transcripts."
    assert line(*those, stated("theme_created")).what == "imported 12 transcripts, made the theme 'a name'"
    assert line(*those[1:2]).what == "cut a transcript into segments"


def test_names_are_those_of_the_team() -> None:
    names = Names(transcripts={"talk": "Interview 3"}, codes={"HOPE": "Hope"}, themes={"t": "Light"},
                  quotes={"q": ("t", "talk", 8)})  # fmt: skip
    one = line(Stated("code_gathered", "themes", 1, ({"theme": "t", "code": "HOPE"},)), names=names)
    assert one.sentence == "ana gathered Hope under 'Light'."
    assert {(thing.kind, thing.label) for thing in one.about} == {("theme", "Light"), ("code", "Hope")}
    one = line(Stated("quote_dropped", "themes", 1, ({"quote": "q"},)), names=names)
    assert one.sentence == "ana dropped the quote at Interview 3:8."
    assert {thing.label for thing in one.about} == {"Light", "Interview 3"}
    one = line(Stated("code_applied", "talk", 1, ({"transcript": "talk", "code": "new-1", "start": 4},)), names=names)
    assert one.sentence == "ana applied a code at Interview 3:4."


def test_a_decision_tells_its_reason_and_what_stands() -> None:
    fact = {"transcript": "talk", "start": 4, "outcome": "new", "codes": ["HOPE"], "reason": "overlap"}
    names = Names(transcripts={"talk": "Interview 3"}, codes={"HOPE": "Hope"})
    one = line(Stated("item_decided", "talk", 1, (fact,), ("We read it again.",)), names=names)
    assert one.what == "settled the disagreement at Interview 3:4: a new set (Hope)"
    assert one.why == "codes overlap; We read it again."
