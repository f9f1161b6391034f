"""What speech recognisers write as JSON: each producer's shape, and whatever else a .json may hold."""

import copy
import json
import time

import pytest

from qualbench.errors import UnreadableFile
from qualbench.steps.ingest import Answers, Draft, read
from tests.steps.ingest.recognised_files import (
    AMAZON,
    AMBERSCRIPT,
    ASSEMBLYAI,
    DEEPGRAM,
    GOOGLE,
    REV,
    REV_EDITOR,
    WHISPER,
    WHISPERX,
    dumped,
    google_word,
    whisper_segment,
)


def draft_of(data: object) -> Draft:
    return read("talk.json", dumped(data))


def warnings(draft: Draft) -> list[str]:
    return [problem.message for problem in draft.warnings]


@pytest.mark.parametrize(
    ("data", "reader", "text", "times"),
    [
        (REV, "rev", "Speaker 0: How so?\n\nSpeaker 1: -I'll, <inaudible>.", [0.5, 2.25]),
        (REV_EDITOR, "rev", "Maria: How so?\n\nSam Ode: Well.", [0.5, 2.25]),
        (ASSEMBLYAI, "assemblyai", "Speaker A: How so?\n\nSpeaker B: Well. Yes.", [0.25, 1.25]),
        (DEEPGRAM, "deepgram", "Speaker 0: How so?\n\nSpeaker 1: Well.", [0.5, 1.25]),
        (AMAZON, "amazon", "spk_0: How so?\n\nspk_1: Well, yes.", [4.87, 8.49]),
        (GOOGLE, "google", "Speaker 1: how so\n\nSpeaker 2: well", [0.5, 2.25]),
        (AMBERSCRIPT, "amberscript", "Speaker 1: Hi, welcome.\n\nAna: Thank you.", [0.45, 2.5]),
    ],
)
def test_each_producer_becomes_one_line_for_each_turn(data: object, reader: str, text: str, times: list[float]) -> None:
    draft = draft_of(data)
    assert (draft.reader, draft.text) == (reader, text)
    assert [turn.seconds for turn in draft.turns] == times
    assert [turn.speaker for turn in draft.turns] == [0, 1]
    for turn in draft.turns:
        label = draft.speakers[turn.speaker].label
        assert draft.text[turn.start : turn.body] == f"{label}: "
    assert (draft.family, draft.coverage, draft.encoding) == ("speaker field", 1.0, "utf-8")


@pytest.mark.parametrize("data", [ASSEMBLYAI, AMAZON, AMBERSCRIPT])
def test_media_job_and_account_stay_behind(data: object) -> None:
    assert not {"Maria", "maria", "1111"} & set(repr(draft_of(data)).replace("-", " ").replace(".", " ").split())
    assert "aria" not in repr(draft_of(data))


# --- Whisper and WhisperX --------------------------------------------------------------------------------------


def test_whisper_names_nobody_and_a_turn_is_a_sentence_or_ends_with_a_pause() -> None:
    draft = draft_of(WHISPER)
    assert draft.text == "How did you find it?\n\nThrough a friend.\n\nHe\n\nmoved."
    assert [(turn.speaker, turn.seconds) for turn in draft.turns] == [(-1, 0.0), (-1, 4.5), (-1, 9.0), (-1, 14.0)]
    assert (draft.reader, draft.family, draft.speakers, draft.warnings) == ("whisper", "", (), ())


@pytest.mark.parametrize("data", [WHISPERX, WHISPERX["segments"]])
def test_whisperx_joins_its_speakers_and_leaves_the_unnamed_to_nobody(data: object) -> None:
    draft = draft_of(data)
    assert draft.text == (
        "SPEAKER_00: How did you find it?\n\nSPEAKER_01: 20 euros, through a friend.\n\nMhm.\n\nSPEAKER_00: I see."
    )
    assert [(turn.speaker, turn.seconds) for turn in draft.turns] == [(0, 0.5), (1, 4.25), (-1, 8.0), (0, 9.0)]
    assert (draft.reader, draft.coverage) == ("whisperx", 0.8)
    assert warnings(draft) == [
        "segment 3: 1 of 3 words are given to another speaker than the segment; kept in it",
        "1 piece without a speaker: 1 turn of nobody's",
    ]


def test_words_that_a_recogniser_may_have_made_of_silence_are_kept_and_said() -> None:
    draft = draft_of({"segments": [whisper_segment(n * 9.0, " Thank you.") for n in range(4)]})
    assert draft.text == "\n\n".join(["Thank you."] * 4)
    assert warnings(draft) == [
        "segment 3 and the 2 before it have the same words, which may never have been said; kept"
    ]


def test_one_speaker_in_recognised_speech() -> None:
    draft = read("talk.json", dumped(WHISPERX), Answers(one_speaker=True))
    assert [speaker.label for speaker in draft.speakers] == ["Speaker"]
    assert {turn.speaker for turn in draft.turns} == {0}
    assert draft.text.startswith("How did you find it?\n\n20 euros")


# --- parts that are missing ------------------------------------------------------------------------------------


def test_assemblyai_without_speakers_has_words_or_text() -> None:
    words = [{"text": "Well.", "start": 1250, "end": 1400}, {"text": "Yes.", "start": 9000, "end": 9100}]
    draft = draft_of({"utterances": None, "words": words, "text": "x"})
    assert [(draft.text[turn.body : turn.end], turn.seconds) for turn in draft.turns] == [
        ("Well.", 1.25),
        ("Yes.", 9.0),
    ]
    assert draft_of({"utterances": [], "words": [], "text": "Well. Yes."}).text == "Well. Yes."


def test_deepgram_without_utterances_has_words_and_several_channels_are_put_in_order() -> None:
    data = copy.deepcopy(DEEPGRAM)
    del data["results"]["utterances"]
    assert draft_of(data).text == draft_of(DEEPGRAM).text
    later = [{"word": "mhm", "punctuated_word": "Mhm.", "start": 1.0, "end": 1.1, "speaker": 2}]
    data["results"]["channels"].append({"alternatives": [{"words": later}]})
    assert draft_of(data).text == "Speaker 0: How so?\n\nSpeaker 2: Mhm.\n\nSpeaker 1: Well."


def test_amazon_says_the_speaker_in_the_item_or_beside_it() -> None:
    data = copy.deepcopy(AMAZON)
    data["results"]["speaker_labels"] = {}
    for item in data["results"]["items"][:3]:
        item["speaker_label"] = "spk_7"
    draft = draft_of(data)
    assert draft.text == "spk_7: How so?\n\nWell, yes."
    assert warnings(draft) == ["2 pieces without a speaker: 1 turn of nobody's"]
    data["results"]["items"] = []
    assert draft_of(data).text == "How so? Well, yes."


def test_a_time_that_is_nested_is_no_time() -> None:
    data = copy.deepcopy(AMAZON)
    data["results"]["items"][0]["start_time"] = json.loads("[" * 900 + "]" * 900)
    draft = draft_of(data)
    assert draft.text == "How\n\nspk_0: so?\n\nspk_1: Well, yes."
    assert warnings(draft)[0] == "the time of item 1 can not be read; its words are kept"


def test_google_without_speakers_reads_every_result_and_with_them_the_last_one_only() -> None:
    assert warnings(draft_of(GOOGLE)) == [
        "the last of 3 results holds the words of the others with their speakers; only it is read"
    ]
    unnamed = {"results": GOOGLE["results"][:2]}
    assert draft_of(unnamed).text == "how so well"
    assert draft_of({"name": "x", "response": unnamed}).text == "how so well"
    plain = {"results": [{"alternatives": [{"transcript": "how so?"}, {"transcript": "how sew"}]}]}
    assert draft_of(plain).text == "how so?"
    apart = [
        {"alternatives": [{"words": [google_word(word, f"{n}s", speakerTag=n)]}]} for n, word in enumerate("abc", 1)
    ]
    apart[0]["alternatives"][0]["words"] *= 3
    assert draft_of({"results": apart}).text == "Speaker 1: a a a\n\nSpeaker 2: b\n\nSpeaker 3: c"
    assert draft_of({"results": [{"alternatives": [{"words": [google_word("a", "1s", speakerTag=0)]}]}]}).text == "a"


@pytest.mark.parametrize(
    ("segment", "text", "warning"),
    [
        ("text", "one. two.", "segment 2 is no object; left out"),
        (None, "one. two.", "segment 2 is no object; left out"),
        ({"start": 1}, "one. two.", "segment 2 has no words that can be read; left out"),
        ({"text": ["x"], "start": 1}, "one. two.", "segment 2 has no words that can be read; left out"),
        ({"text": "x.", "start": "soon"}, "one. x. two.", "the time of segment 2 can not be read; its words are kept"),
        ({"text": "x.", "start": -1}, "one. x. two.", "the time of segment 2 can not be read; its words are kept"),
        ({"text": "x.", "start": True}, "one. x. two.", "the time of segment 2 can not be read; its words are kept"),
        ({"text": "x.", "start": float("nan")}, "one. x. two.",
         "the time of segment 2 can not be read; its words are kept"),
        ({"text": "x.", "start": 1, "words": 7}, "one. x. two.", None),
        ({"text": "x.", "words": 7}, "one. x. two.", "segment 2, words: no list; left out"),
        ({"text": "x.", "start": 1, "speaker": ["A"]}, "one. x. two.",
         "the speaker of segment 2 can not be read; its words are nobody's"),
        ({"text": "x.", "start": 1, "speaker": "A" * 99}, "one. x. two.",
         "the speaker of segment 2 can not be read; its words are nobody's"),
        ({"text": "", "start": 1}, "one. two.", None),
    ],
)  # fmt: skip
def test_what_can_not_be_read_is_said_with_its_place(segment: object, text: str, warning: str | None) -> None:
    draft = draft_of({"segments": [whisper_segment(0, "one."), segment, whisper_segment(2, "two.")]})
    assert draft.text.replace("\n\n", " ") == text
    assert warnings(draft) == ([] if warning is None else [warning])


def test_hundreds_of_faults_are_counted() -> None:
    draft = draft_of({"segments": [*[7] * 300, whisper_segment(2, "two.")]})
    assert len(draft.warnings) == 201
    assert warnings(draft)[-1] == "and 100 more lines like these"


@pytest.mark.parametrize(
    ("name", "shown"),
    [("A", "Speaker A"), (3, "Speaker 3"), ("12", "Speaker 12"), (" Ana\nLopez: ", "Ana Lopez"), ("**Ana**", "Ana")],
)
def test_a_speakers_label_is_one_line_and_never_a_bare_letter(name: object, shown: str) -> None:
    draft = draft_of({"segments": [whisper_segment(0, "one", speaker=name), whisper_segment(2, "two", speaker=name)]})
    assert draft.text == f"{shown}: one two"


# --- files that are something else, or made to do harm ---------------------------------------------------------

IBM = {"results": [{"final": True, "alternatives": [{"transcript": "x", "timestamps": []}]}], "speaker_labels": []}
SPEECHMATICS = {"format": "2.9", "results": [{"type": "word", "alternatives": [{"content": "x", "speaker": "S1"}]}]}


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"{}", "it is an empty object"),
        (b"[]", "it is a list of 0 items"),
        (b"7", "it is a single value"),
        (b'["a"]', "it is a list of 1 item"),
        (dumped({"lines": [], "a\x1b]52;c\nb" * 9: 1}), "its keys are 'lines', 'a␛]52;c␊ba␛]52;c␊ba␛]52;c␊ba␛…'"),
        (b'{"\\ud800": 1}', "its keys are '\ufffd'"),
        (dumped({f"key{n}": n for n in range(20)}), "'key11' and 8 more"),
        (dumped(IBM), "its keys are 'results', 'speaker_labels'"),
        (dumped(SPEECHMATICS), "its keys are 'format', 'results'"),
        (b'{"segments": "x"}', "nobody says anything in it (segments: no list; left out)"),
        (b'{"segments": []}', "nobody says anything in it"),
        (b'{"monologues": {}}', "nobody says anything in it"),
        (b'{"segments": [\n{"text": "x",}]}', "line 2, character 14: this is not JSON"),
        (b"hello", "line 1, character 1: this is not JSON"),
        (b'{"segments": ' + b"[" * 500_000, "nested more deeply than a transcript is"),
        (b'{"segments": [{"text": "a \\ud800"}]}', "half characters"),
        (b'{"segments": [{"text": "a", "speaker": "\\udc00bc"}]}', "half characters"),
        (b'{"segments": [{"text": "a", "start": ' + b"9" * 5_000 + b"}]}", "a number that is too long"),
        (b'{"a": "\xe9"}', "not UTF-8"),
        (b"PK\x03\x04", "zip"),
        (dumped({"segments": [whisper_segment(n, "x", speaker=f"S{n}") for n in range(101)]}), "it names 101 speakers"),
        (b" " * 50_000_001, "is empty"),
        (b"7" + b" " * 50_000_000, "50,000,001 bytes"),
    ],
)
def test_a_json_that_is_none_of_these_is_refused_in_one_sentence(data: bytes, why: str) -> None:
    began = time.process_time()
    with pytest.raises(UnreadableFile) as refused:
        read("talk.json", data)
    assert why in str(refused.value)
    assert "\n" not in str(refused.value)
    assert time.process_time() - began < 5


def test_unknown_json_says_what_can_be_read() -> None:
    with pytest.raises(
        UnreadableFile, match=r"Whisper, WhisperX, Rev, AssemblyAI, Deepgram, Amazon.*Google.*Amberscript"
    ):
        draft_of({"lines": []})


def test_a_line_of_megabytes_and_control_characters_are_words() -> None:
    draft = draft_of({"segments": [whisper_segment(0, "one\0 " + "word " * 2_000_000, speaker="Ana")]})
    assert draft.words == 2_000_001
    assert warnings(draft)[0].startswith("1 control character is kept")


def test_utf_16_and_a_byte_order_mark_are_json_too() -> None:
    text = json.dumps(REV)
    assert read("a.json", text.encode("utf-16")).text == read("a.json", text.encode("utf-8-sig")).text


def test_ten_hours_with_every_word_take_no_time() -> None:
    words = [{"word": "word", "start": n / 10, "end": n / 10 + 0.1, "score": 0.9} for n in range(9)]
    segments = [
        whisper_segment(n * 3.6, " word" * 9, speaker=f"SPEAKER_0{n // 3 % 3}", words=words) for n in range(10_000)
    ]
    data = dumped({"segments": segments})
    began = time.process_time()
    draft = read("talk.json", data)
    assert time.process_time() - began < 3
    assert (draft.words, len(draft.turns)) == (90_000, 3_334)
