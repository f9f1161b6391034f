"""Taking somebody's words out of a text: nothing of theirs stays, nothing of the others' goes."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from qualbench.model import Role, Segment, SegmentRule, Speaker, Transcript, Turn
from qualbench.steps.members import TAKEN_OUT, remove, segments_left

SPEAKERS = (
    Speaker("M", Role.INTERVIEWER), Speaker("A", Role.PARTICIPANT, "P1"), Speaker("B", Role.PARTICIPANT, "P2"),
)  # fmt: skip
LETTERS = "xyz"
"""What each of the speakers says is made of a letter of their own."""


def spoken(who: list[int], lengths: list[int]) -> Transcript:
    text, turns, segments = "Head\n", [], []
    for number, (speaker, length) in enumerate(zip(who, lengths, strict=True)):
        start = len(text)
        text += f"{SPEAKERS[speaker].label}: "
        body = len(text)
        text += LETTERS[speaker] * length
        turns.append(Turn(start, body, len(text), speaker))
        segments.append(Segment(body, len(text), number))
        text += "\n"
    return Transcript("t", "t", text, tuple(turns), SPEAKERS, tuple(segments), SegmentRule.TURN)


WHO = st.lists(st.tuples(st.sampled_from([0, 1, 2]), st.integers(1, 9)), min_size=1, max_size=10)


@given(WHO)
def test_what_is_theirs_goes_and_what_is_others_stays_in_order(said: list[tuple[int, int]]) -> None:
    old = spoken([who for who, _ in said], [length for _, length in said])
    removal = remove(old, "P1")
    assert removal is not None
    assert "y" not in removal.text
    assert removal.whole == (2 not in {who for who, _ in said})
    if removal.whole:
        assert removal.text == TAKEN_OUT
        return
    left = [removal.text[turn.body : turn.end] for turn in removal.turns]
    assert left == [TAKEN_OUT if who == 1 else LETTERS[who] * length for who, length in said]
    covered = "".join(removal.text[low:high] for _, _, low, high, _ in removal.pieces)
    assert covered == removal.text
    assert "".join(old.text[start:end] for start, end, *_ in removal.pieces) == old.text
    assert all(old.text[start:end] == removal.text[low:high] for start, end, low, high, same in removal.pieces if same)


def test_nobody_who_does_not_speak_takes_anything_out() -> None:
    assert remove(spoken([0, 2], [3, 3]), "P9") is None


def test_an_exchange_is_heard_as_the_participant_who_is_left() -> None:
    old = spoken([0, 1, 2, 0, 1], [3, 3, 3, 3, 3])
    exchanges = (Segment(old.turns[0].body, old.turns[2].end, 1), Segment(old.turns[3].body, old.turns[4].end, 4))
    cut = Transcript("t", "t", old.text, old.turns, SPEAKERS, exchanges, SegmentRule.EXCHANGE)
    removal = remove(cut, "P1")
    assert removal is not None
    assert segments_left(cut, removal, exchanges) == (Segment(exchanges[0].start, exchanges[0].end, 2),)


def test_the_second_who_withdraws_is_kept_apart_from_the_first() -> None:
    old = spoken([1, 2], [3, 3])
    before = Transcript(
        "t",
        "t",
        old.text,
        old.turns,
        (SPEAKERS[0], Speaker(TAKEN_OUT, Role.OTHER), *SPEAKERS[2:]),
        (),
        SegmentRule.TURN,
    )
    removal = remove(before, "P2")
    assert removal is not None
    assert removal.labels == ("M", TAKEN_OUT, f"{TAKEN_OUT} 2")
