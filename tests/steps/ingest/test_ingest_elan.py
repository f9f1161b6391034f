"""ELAN files: which tiers are speech, how they are merged, and files made to do harm."""

import time
from collections.abc import Sequence

import pytest

from qualbench.errors import UnreadableFile
from qualbench.steps.ingest import Answers, Draft, read
from qualbench.steps.ingest.elan import tiers

Note = tuple[int | None, int | None, str]
"""When an annotation begins and ends, in milliseconds, and its words."""


def tier(id_: str, notes: Sequence[Note], attributes: str = "", kind: str = "default-lt") -> tuple[str, str]:
    """The slots and the tier, as ELAN writes them."""
    slots, inside = "", ""
    for number, (start, end, words) in enumerate(notes):
        for side, value in (("a", start), ("b", end)):
            time_value = "" if value is None else f' TIME_VALUE="{value}"'
            slots += f'<TIME_SLOT TIME_SLOT_ID="{id_}{number}{side}"{time_value}/>'
        inside += (
            f'<ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID="{id_}{number}" TIME_SLOT_REF1="{id_}{number}a" '
            f'TIME_SLOT_REF2="{id_}{number}b"><ANNOTATION_VALUE>{words}</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION>'
            "</ANNOTATION>"
        )
    return slots, f'<TIER LINGUISTIC_TYPE_REF="{kind}" {attributes} TIER_ID="{id_}">{inside}</TIER>'


def dependent(id_: str, parent: str, words: Sequence[str]) -> tuple[str, str]:
    """A tier whose annotations have no times: each refers to the parent's annotation of the same number."""
    inside = "".join(
        f'<ANNOTATION><REF_ANNOTATION ANNOTATION_ID="{id_}{number}" ANNOTATION_REF="{parent}{number}">'
        f"<ANNOTATION_VALUE>{one}</ANNOTATION_VALUE></REF_ANNOTATION></ANNOTATION>"
        for number, one in enumerate(words)
    )
    return "", f'<TIER LINGUISTIC_TYPE_REF="translation" PARENT_REF="{parent}" TIER_ID="{id_}">{inside}</TIER>'


def eaf(*parts: tuple[str, str]) -> bytes:
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<ANNOTATION_DOCUMENT AUTHOR="Jane Roe" DATE="2026-01-05T10:00:00+01:00" FORMAT="3.0" VERSION="3.0" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        '<HEADER MEDIA_FILE="" TIME_UNITS="milliseconds">'
        '<MEDIA_DESCRIPTOR MEDIA_URL="file:///srv/jane/Talk%20with%20Maria.wav" MIME_TYPE="audio/x-wav"/></HEADER>'
        f"<TIME_ORDER>{''.join(slots for slots, _ in parts)}</TIME_ORDER>{''.join(body for _, body in parts)}"
        '<LINGUISTIC_TYPE LINGUISTIC_TYPE_ID="default-lt" TIME_ALIGNABLE="true"/></ANNOTATION_DOCUMENT>'
    ).encode()


MARIA = tier("M-spk", [(0, 900, "How did you"), (950, 2000, "find it?"), (5000, 5500, "I see.")], 'PARTICIPANT="Maria"')
SAM = tier("Sam", [(2100, 3000, "Through a\n friend &amp; a\u00a0cousin."), (1_500, 1_700, "Mhm.")])
GERMAN = dependent("M-de", "M-spk", ["Wie hast du", "es gefunden?", "Aha."])


def warnings(draft: Draft) -> list[str]:
    return [problem.message for problem in draft.warnings]


def test_one_tier_for_each_speaker_is_merged_by_time() -> None:
    draft = read("talk.eaf", eaf(MARIA, SAM))
    assert draft.text == ("Maria: How did you find it?\n\nSam: Mhm. Through a friend & a\u00a0cousin.\n\nMaria: I see.")
    assert [(turn.speaker, turn.seconds) for turn in draft.turns] == [(0, 0.0), (1, 1.5), (0, 5.0)]
    assert [draft.text[turn.body : turn.end] for turn in draft.turns][2] == "I see."
    assert (draft.reader, draft.encoding, draft.warnings) == ("eaf", "", ())


def test_media_and_author_are_never_copied() -> None:
    draft = read("talk.eaf", eaf(MARIA, SAM))
    assert "jane" not in repr(draft).lower()
    assert "wav" not in repr(draft)


def test_what_is_no_speech_is_left_out_and_named() -> None:
    words = tier("M-words", [(0, 100, "How")], 'PARENT_REF="M-spk"')
    gestures = tier("gestures", [(0, 100, "points up")])
    empty = tier("old", [])
    draft = read("talk.eaf", eaf(MARIA, GERMAN, words, gestures, empty))
    assert draft.text == "Maria: How did you find it? I see."
    assert warnings(draft) == [
        "tier 'M-de' (3 annotations): hangs from tier 'M-spk' and is not speech; left out",
        "tier 'M-words' (1 annotation): hangs from tier 'M-spk' and is not speech; left out",
        "tier 'gestures' (1 annotation): named for notes, not for a speaker; left out",
    ]


def test_annotations_without_a_time_are_counted() -> None:
    draft = read("talk.eaf", eaf(tier("Ana", [(0, 1, "one"), (None, None, "two"), (9, None, "three")])))
    assert draft.text == "Ana: one three"
    assert warnings(draft) == ["tier 'Ana': 1 annotation without a time left out"]


def test_a_person_chooses_tiers_a_translation_too() -> None:
    draft = read("talk.eaf", eaf(MARIA, SAM, GERMAN), Answers(tiers=("M-de", "Sam")))
    assert draft.text == ("M-de: Wie hast du es gefunden?\n\nSam: Mhm. Through a friend & a\u00a0cousin.\n\nM-de: Aha.")
    assert warnings(draft) == ["tier 'M-spk' (3 annotations): not chosen, left out"]
    with pytest.raises(UnreadableFile, match=r"no tier 'X'.*'M-spk', 'Sam'"):
        read("talk.eaf", eaf(MARIA, SAM), Answers(tiers=("X",)))


def test_tiers_are_listed_with_their_counts() -> None:
    listed = [
        (one.id, one.speaker, one.annotations, one.words, one.timed, one.parent, one.speech)
        for one in tiers(eaf(MARIA, SAM, GERMAN))
    ]
    assert listed == [
        ("M-spk", "Maria", 3, 7, True, "", True),
        ("Sam", "Sam", 2, 7, True, "", True),
        ("M-de", "M-de", 3, 6, False, "M-spk", False),
    ]
    assert tiers(eaf(MARIA))[0].example == "How did you"


def test_two_tiers_of_one_speaker_are_doubtful() -> None:
    other = tier("M-2", [(1, 2, "x")], 'PARTICIPANT="maria"')
    assert "tiers 'M-spk' and 'M-2' name the same speaker" in warnings(read("a.eaf", eaf(MARIA, other)))[0]


def test_one_speaker() -> None:
    assert [turn.speaker for turn in read("a.eaf", eaf(MARIA, SAM), Answers(one_speaker=True)).turns] == [0]


# --- files made to do harm -------------------------------------------------------------------------------------

LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
    "<ANNOTATION_DOCUMENT><TIER TIER_ID='&b;'/></ANNOTATION_DOCUMENT>"
)
CIRCLE = dependent("c", "c", ["round"])


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "empty"),
        (b"hello", "damaged"),
        (eaf(MARIA)[:-30], "damaged"),
        (eaf(MARIA).replace(b"I see.", b"I \0see."), "damaged"),
        (eaf(MARIA).replace(b"I see.", b"&#xD800;"), "damaged"),
        (eaf(MARIA).replace(b"I see.", b"\xed\xa0\x80"), "damaged"),
        (eaf(tier("A", [(0, 1, "a" * 11_000_000)])), "damaged"),
        (b"<html><p>hello</p></html>", "not an ELAN file"),
        (LAUGHS.encode(), "DOCTYPE"),
        (LAUGHS.replace('<?xml version="1.0"?>', "").encode("utf-16"), "DOCTYPE"),
        (LAUGHS.replace('"ha"', 'SYSTEM "file:///etc/passwd"').encode(), "DOCTYPE"),
        (b"<ANNOTATION_DOCUMENT>" + b"<A/>" * 3_000_001, "more than annotations of any interview"),
        (eaf(CIRCLE), "none of its tiers is speech with times.*'c'"),
        (eaf(), "Its tiers are: none"),
        (eaf(tier("A", [(0, 1, "  \n ")])), "none of its tiers is speech"),
        (b"PK\x03\x04xx", "zip"),
    ],
)
def test_what_can_not_be_read_is_one_sentence(data: bytes, why: str) -> None:
    with pytest.raises(UnreadableFile, match=why) as refused:
        read("talk.eaf", data)
    assert "\n" not in str(refused.value)


def test_a_circle_of_references_chosen_by_a_person_ends() -> None:
    with pytest.raises(UnreadableFile, match="nobody says anything"):
        read("a.eaf", eaf(CIRCLE), Answers(tiers=("c",)))


def test_ten_hours_of_two_speakers_take_no_time() -> None:
    one = tier("A", [(n * 3000, n * 3000 + 1400, "well and so it was") for n in range(12_000)])
    two = tier("B", [(n * 3000 + 1500, n * 3000 + 2900, "yes indeed it was") for n in range(12_000)])
    data = eaf(one, two)
    began = time.process_time()
    assert len(read("a.eaf", data).turns) == 24_000
    assert time.process_time() - began < 5
