"""Captions: what Zoom, Teams, Stream, noScribe and transcribers write into .vtt, .srt and .txt."""

import pytest

from qualbench.steps.ingest import Answers, Draft, read

ZOOM = """WEBVTT

1
00:00:04.859 --> 00:00:06.000
Maria Lopez: How did you

2
00:00:06.000 --> 00:00:08.000
find the house?

3
00:00:09.500 --> 00:00:12.000
Sam Ode (SL): Through a friend.

4
00:00:12.000 --> 00:00:13.000
Maria Lopez: I see.

5
00:00:14.000 --> 00:00:15.000
Sam Ode (SL): Yes.
"""


def vtt(body: str, name: str = "talk.vtt") -> Draft:
    return read(name, body.encode())


def cue(words: str, at: str = "00:01.000 --> 00:02.000") -> str:
    return f"{at}\n{words}\n\n"


def test_zoom_cues_become_one_line_for_each_turn() -> None:
    draft = vtt(ZOOM)
    assert draft.text == (
        "Maria Lopez: How did you find the house?\n\nSam Ode (SL): Through a friend.\n\n"
        "Maria Lopez: I see.\n\nSam Ode (SL): Yes."
    )
    assert [turn.seconds for turn in draft.turns] == [4.859, 9.5, 12.0, 14.0]
    assert draft.text[draft.turns[1].body : draft.turns[1].end] == "Through a friend."
    assert [speaker.label for speaker in draft.speakers] == ["Maria Lopez", "Sam Ode (SL)"]
    assert (draft.reader, draft.family, draft.coverage, draft.warnings) == ("vtt", "Name: text", 0.8, ())


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("\n", "\r\n"),
        lambda text: "\ufeff" + text,
        lambda text: text.replace(".859", ",859").replace(".000", ",000"),
        lambda text: text.removeprefix("WEBVTT\n\n"),
        lambda text: text.replace("\n\n2\n", "\n2\n").replace("\n\n3\n", "\n3\n"),
        lambda text: text.replace("friend.", "<c.yellow>friend</c><00:00:10.000>."),
    ],
)
def test_the_shape_may_vary_and_the_words_do_not(change) -> None:  # type: ignore[no-untyped-def]
    assert vtt(change(ZOOM)).text == vtt(ZOOM).text


@pytest.mark.parametrize("name", ["talk.txt", "talk.md", "talk.srt", "TALK.VTT"])
def test_captions_are_captions_under_any_suffix(name: str) -> None:
    preamble = "File: hearing.mp4\nDate: 3 May\n\n"
    draft = vtt(preamble + ZOOM, name)
    assert draft.text == vtt(ZOOM).text
    assert [problem.line for problem in draft.warnings] == [1, 2]


def test_teams_voices_several_in_one_cue_and_unclosed() -> None:
    body = (
        "WEBVTT\n\n"
        + cue("<v Ann Bell>Did you\nsleep?</v> <v.loud Bo Cox>No &amp; never")
        + cue("at all")
        + cue("<v Ann Bell>Oh.</v>")
    )
    draft = vtt(body)
    assert draft.text == "Ann Bell: Did you sleep?\n\nBo Cox: No & never at all\n\nAnn Bell: Oh."
    assert draft.family == "<v Name> text"


def test_an_angle_bracket_in_speech_is_speech() -> None:
    draft = vtt("WEBVTT\n\n" + cue("<v A B>it was <5 years & more &#x27;here&#x27; --> there</v>"))
    assert draft.text == "A B: it was <5 years & more 'here' --> there"


def test_notes_and_styles_are_not_speech() -> None:
    notes = 'NOTE duration:"00:01:00"\n\nNOTE Confidence: 0.9\nlanguage\n\nSTYLE\n::cue { color: red }\n\n'
    draft = vtt("WEBVTT\n\n" + notes + cue("Hello there.") + "NOTE Confidence: 0.5\n\n" + cue("And more."))
    assert draft.text == "Hello there.\n\nAnd more."
    assert [str(problem) for problem in draft.warnings] == [
        "talk.vtt: NOTE blocks are not speech; left out (3)",
        "talk.vtt: STYLE blocks are not speech; left out (1)",
    ]


def test_a_pause_of_nobody_is_nobodys_turn() -> None:
    draft = vtt(
        "WEBVTT\n\n" + cue("<v S00>Hello") + cue("<v >(1 minute pause)") + cue("<v S00>again") + cue("<v S01>Hi")
    )
    assert [turn.speaker for turn in draft.turns] == [0, -1, 0, 1]


def test_words_before_the_first_name_are_nobodys_turn_and_stay() -> None:
    draft = vtt("WEBVTT\n\n" + cue("Recording started") + cue("<v A>Hello") + cue("<v B>Hi"))
    assert draft.text.startswith("Recording started\n\nA: Hello")
    assert draft.turns[0].start == len("Recording started\n\n")
    assert draft.warnings[0].line == 3


def test_cues_that_name_nobody_end_with_their_sentence_or_a_change_of_speaker() -> None:
    draft = vtt("1\n" + cue("WE WERE") + cue("LATE.") + cue("AND THEN") + cue(">> NO"), "a.srt")
    assert draft.text == "WE WERE LATE.\n\nAND THEN\n\n>> NO"
    assert {turn.speaker for turn in draft.turns} == {-1}
    assert draft.reader == "srt"


def test_a_time_that_can_not_be_read_loses_no_words() -> None:
    draft = vtt(
        "WEBVTT\n\n" + cue("<v A>one") + "00:0x --> 00:02\n\n" + cue("<v A>two", "00:00 --> 5") + "apart\n\n12\n"
    )
    assert draft.text == "A: one 00:0x --> 00:02 two apart"
    assert [(problem.line, problem.message.split(";")[0]) for problem in draft.warnings] == [
        (6, "stands apart without a time"),
        (8, "the time can not be read"),
        (11, "stands apart without a time"),
        (13, "is a cue's number without a time"),
    ]


def test_one_speaker_in_captions() -> None:
    draft = read("a.vtt", ("WEBVTT\n\n" + cue("one.") + cue("two.")).encode(), Answers(one_speaker=True))
    assert [turn.speaker for turn in draft.turns] == [0, 0]
    assert len(draft.speakers) == 1


def test_bracketed_speakers_in_srt() -> None:
    draft = vtt("".join(f"{n}\n" + cue(f"[SPEAKER_0{n % 2}] words {n}") for n in range(8)), "whisperx.srt")
    assert [speaker.label for speaker in draft.speakers] == ["SPEAKER_00", "SPEAKER_01"]
    assert len(draft.turns) == 8
