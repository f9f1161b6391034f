"""What a person says about a file: other turns and speakers, the same text; what can not be meant is one sentence."""

import json
from collections.abc import Callable, Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualbench.errors import QualbenchError, UnreadableFile
from qualbench.model import Role
from qualbench.steps.ingest import AS_FOUND, FAMILIES, Answers, Draft, Plan, PreviewTurn, preview, read
from qualbench.steps.ingest.answers import BadAnswer, from_data, to_data
from qualbench.steps.ingest.labels import fold
from tests.steps.ingest.test_fuzz_readers import SAMPLES
from tests.steps.ingest.test_ingest_captions import cue
from tests.steps.ingest.test_ingest_docx import docx, p
from tests.steps.ingest.test_ingest_elan import MARIA, SAM, eaf
from tests.steps.ingest.test_ingest_files import SEEDS, check_spans

TALK = """Study of sleep
I: Are you well?
P1: Yes.
Note: the bell rang
p1: I am.
Ana: Me too.
I: Good?
P1: Very.
"""


def txt(text: str, answers: Answers = AS_FOUND, name: str = "a.txt") -> Draft:
    return read(name, text.encode(), answers)


def said(draft: Draft) -> list[tuple[str, str]]:
    labels = [*(speaker.label for speaker in draft.speakers), ""]
    return [(labels[turn.speaker], draft.text[turn.body : turn.end]) for turn in draft.turns]


def test_merged_labels_are_one_speaker_and_stay_spelt_as_they_are() -> None:
    text = "I: Why?\nMaria: So.\nI: Well?\nMarya: Now.\nMaria: Yes.\nI: And?\nMarya: No.\n"
    draft = txt(text, Answers(merge={"marya": "Maria"}))
    assert [speaker.label for speaker in draft.speakers] == ["I", "Maria"]
    assert [label for label, _ in said(draft)] == ["I", "Maria", "I", "Maria", "Maria", "I", "Maria"]
    assert draft.text == text
    assert draft.text[draft.turns[3].start :].startswith("Marya: Now.")
    assert draft.similar_labels == ()


def test_a_label_can_become_a_new_one_and_merges_go_on_to_the_end() -> None:
    draft = txt("I: a?\nS1: b.\nI: c?\nS2: d.\nI: e?\nS1: f.\n", Answers(merge={"S2": "S1", "S1": "Maria Lopez"}))
    assert [speaker.label for speaker in draft.speakers] == ["I", "Maria Lopez"]
    assert "Maria" not in draft.text


def test_a_role_that_a_person_says_comes_before_every_guess() -> None:
    text = "".join(f"Maria: How is part {n}?\nSam: It is fine.\n" for n in range(5))
    assert [one.role for one in txt(text).speakers] == [Role.INTERVIEWER, Role.PARTICIPANT]
    draft = txt(text, Answers(roles={"maria": Role.PARTICIPANT, "Sam": Role.OTHER}))
    assert [one.role for one in draft.speakers] == [Role.PARTICIPANT, Role.OTHER]
    moderated = txt(text, Answers(roles={"Sam": Role.INTERVIEWER}))
    assert [one.role for one in moderated.speakers] == [Role.PARTICIPANT, Role.INTERVIEWER]


def test_a_label_that_is_no_speaker_is_words_of_the_turn_above() -> None:
    text = "I: a?\nP1: b.\nBell: rings\nI: c?\nBell: rings\nP1: d.\n"
    assert [one.label for one in txt(text).speakers] == ["I", "P1", "Bell"]
    draft = txt(text, Answers(not_speakers=("bell",)))
    assert said(draft) == [("I", "a?"), ("P1", "b.\nBell: rings"), ("I", "c?\nBell: rings"), ("P1", "d.")]
    first = txt("Bell: x\nI: a?\nBell: y\nI: b?\nBell: z\nI: c?\n", Answers(not_speakers=("Bell",)))
    assert said(first)[0] == ("", "Bell: x")


def test_a_possible_speaker_is_taken_when_a_person_says_so() -> None:
    text = "".join(f"Maria: {n} or so.\nSam: It is fine.\n" for n in range(6)) + "Zoë: Hello.\n"
    assert txt(text).possible_speakers == ("Zoë",)
    draft = txt(text, Answers(speakers=("ZOË",)))
    assert [one.label for one in draft.speakers] == ["Maria", "Sam", "Zoë"]
    assert draft.possible_speakers == ()


def test_questions_and_answers_are_speakers_with_consent() -> None:
    text = "Q: How old are you?\nA: Forty.\n" * 2
    assert txt(text).speakers == ()
    draft = txt(text, Answers(speakers=("Q", "A")))
    assert said(draft) == [("Q", "How old are you?"), ("A", "Forty.")] * 2
    assert draft.warnings == ()


def test_front_matter_names_nobody_and_is_nobodys_speech() -> None:
    text = "Interviewer: Jane Doe\nP1: A farmer\n\nI: Well?\nP1: Fine.\n[page 2]\nReally.\nI: So?\nP1: Yes.\n"
    draft = txt(text, Answers(front_matter=((1, 2), (6, 6), (40, 50))))
    assert said(draft) == [("I", "Well?"), ("P1", "Fine."), ("P1", "Really."), ("I", "So?"), ("P1", "Yes.")]
    assert draft.front_matter == ((1, 2), (6, 6))
    assert [one.label for one in draft.speakers] == ["I", "P1"]
    assert draft.text == text


def test_front_matter_that_was_found_is_shown_by_its_lines() -> None:
    head = "Title: Interview 7\nDate: 3 May\n\nA farm.\n\n"
    draft = txt(head + "I: a?\nP: b.\n\n" * 3 + "## Part two\nI: a?\nP: b.\nTranscribed by https://otter.ai\n")
    assert draft.front_matter == ((1, 4), (15, 15), (18, 18))


def test_a_family_that_a_person_names_is_taken_even_for_few_lines() -> None:
    text = "[Ana] Well [really] now.\nLast week I said: no. And: yes.\n[Ben] Yes.\nSo we went on\nand on\nand on.\n"
    assert txt(text).family == ""
    draft = txt(text, Answers(family="[Name] text"))
    assert [label for label, _ in said(draft)] == ["Ana", "Ben"]
    assert draft.family == "[Name] text"


def test_a_family_that_is_nowhere_is_one_sentence() -> None:
    with pytest.raises(UnreadableFile, match=r"a\.txt: nothing in it begins like 'Name  00:13'"):
        txt(TALK, Answers(family="Name  00:13"))
    with pytest.raises(UnreadableFile, match="its speakers are found by: one tier for each speaker"):
        read("a.eaf", eaf(MARIA, SAM), Answers(family="Name: text"))


def test_a_pattern_says_who_speaks_and_when() -> None:
    text = "Minutes\n12.05 / Ana > Hello.\n  and more\n12.07 / Ben > Yes: sure.\n(01:02) / Ana > So.\n"
    draft = txt(text, Answers(pattern=r"(?P<time>[\d:.()]+) / (?P<name>\w+) >"))
    assert said(draft) == [("Ana", "Hello.\n  and more"), ("Ben", "Yes: sure."), ("Ana", "So.")]
    assert [turn.seconds for turn in draft.turns] == [None, None, 62.0]
    assert draft.front_matter == ((1, 1),)
    assert draft.coverage == pytest.approx(3 / 5)


def test_a_pattern_and_a_family_work_on_captions() -> None:
    data = "WEBVTT\n\n" + cue("Ana - one") + cue("two") + cue("Ben - three")
    draft = txt(data, Answers(pattern=r"(?P<name>\w+) - "), "a.vtt")
    assert said(draft) == [("Ana", "one two"), ("Ben", "three")]
    draft = txt("WEBVTT\n\n" + cue("<v X>Ana: one") + cue("<v X>Ben: two"), Answers(family="Name: text"), "a.vtt")
    assert [label for label, _ in said(draft)] == ["Ana", "Ben"]


def test_of_a_word_document_the_text_is_the_same_whatever_is_answered() -> None:
    lines = [f"00:00:0{n} {'Ana' if n < 6 else 'Ben'}\nWords of number {n}" for n in range(1, 9)]
    data = docx("".join(p(part) for line in lines for part in line.split("\n")))
    found = read("a.docx", data)
    assert found.text.count("Ana") == 1
    for answers in (Answers(one_speaker=True), Answers(front_matter=((1, 1),)), Answers(merge={"Ben": "Ana"})):
        assert read("a.docx", data, answers).text == found.text


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"family": "Nme: text"}, "no family of labels called 'Nme: text'"),
        ({"family": "Name: text", "pattern": "(?P<name>x)"}, "can not both say who speaks"),
        ({"merge": {"a": "b", "B": "c", "c": "A"}}, "merged into itself"),
        ({"merge": {"a": " "}}, "label can not be empty"),
        ({"speakers": ("**",)}, "label can not be empty"),
        ({"front_matter": ((0, 3),)}, "Lines 0 to 3"),
        ({"front_matter": ((4, 3),)}, "Lines 4 to 3"),
    ],
)
def test_an_answer_that_can_not_be_meant_is_refused(wrong: Mapping[str, object], why: str) -> None:
    with pytest.raises(BadAnswer, match=why):
        Answers(**wrong)  # type: ignore[arg-type]  # any field at all


def test_answers_for_a_survey_do_not_read_a_transcript() -> None:
    with pytest.raises(UnreadableFile, match="survey"):
        txt(TALK, Answers(survey=Plan("question", ("Q1",))))


# --- the preview -----------------------------------------------------------------------------------------------


def test_the_first_turns_are_shown_as_they_will_be() -> None:
    text = "Talk\n\n[00:01:23] I: How\nare\x1byou?\n\nNobody: x\n" + "P1: yes\nI: no\n" * 20
    draft = txt(text)
    shown = preview(draft, 3)
    assert shown[0] == PreviewTurn(3, "I", Role.INTERVIEWER, "How are␛you? Nobody: x", 83.0)
    assert [(one.line, one.speaker) for one in shown] == [(3, "I"), (7, "P1"), (8, "I")]
    assert len(preview(draft)) == 30
    assert preview(txt("Just words.\n\nMore of them.\n"))[1] == PreviewTurn(3, "", None, "More of them.", None)


def test_lines_that_can_not_be_read_are_counted() -> None:
    text = "File: x\nWEBVTT\n\n" + cue("one") + "99:99 --> soon\ntwo\n\n7\n\n" + cue("three")
    assert txt(text, name="a.vtt").unparsed == 3
    assert txt(TALK).unparsed == 0


# --- as data ---------------------------------------------------------------------------------------------------

EVERY = Answers(
    encoding="cp1252",
    one_speaker=True,
    pattern="(?P<name>I)",
    merge={"a": "b"},
    roles={"b": Role.OTHER},
    not_speakers=("x",),
    speakers=("y",),
    front_matter=((1, 2), (4, 4)),
    tiers=("t",),
    survey=Plan("question", ("Q1", "Q2"), "id", ("age",), "S"),
)


@pytest.mark.parametrize("answers", [EVERY, AS_FOUND, Answers(family="Name: text")])
def test_answers_come_back_from_json(answers: Answers) -> None:
    assert from_data(json.loads(json.dumps(to_data(answers)))) == answers


def test_what_nobody_said_is_not_written() -> None:
    assert to_data(AS_FOUND) == {}


# --- any answers, any file -------------------------------------------------------------------------------------

FILES = [
    ("a.txt", TALK.encode()),
    *((f"a{suffix}", data) for suffix, data in SEEDS.items() if suffix != ".docx"),
    ("a.docx", docx(p("00:01 Ana") + p("one") + p("00:02 Ana") + p("two") + p("00:03 Ben") + p("three?"))),
    *((f"a{suffix}", data) for suffix, samples in SAMPLES.items() for data in samples),
    ("a.eaf", eaf(MARIA, SAM)),
    ("a.csv", b"time,speaker,words\n00:01,A:,one\n00:02,,[noise]\n,B,two\n"),
]
LABELS = st.sampled_from(["I", "p1", "P1", "P2", "Ana", "Maria", "Note", "SPEAKER_00", "Speaker", "A", "B", "Q", "x y"])
RANGES = st.tuples(st.integers(1, 20), st.integers(0, 9)).map(lambda pair: (pair[0], pair[0] + pair[1]))
PATTERNS = st.sampled_from(
    [*[""] * 16, r"(?P<name>\w+):", r"(?P<name>.*)", r"\s*(?P<name>\w\d)", r"(?=.*(?P<name>\w))"]
)


@st.composite
def any_answers(draw: st.DrawFn) -> Callable[[], Answers]:
    said = {
        "one_speaker": draw(st.sampled_from([*[False] * 9, True])),
        "family": draw(st.sampled_from([*[""] * 20, *FAMILIES])),
        "pattern": draw(PATTERNS),
        "merge": draw(st.dictionaries(LABELS, LABELS, max_size=4)),
        "roles": draw(st.dictionaries(LABELS, st.sampled_from(Role), max_size=4)),
        "not_speakers": tuple(draw(st.lists(LABELS, max_size=2))),
        "speakers": tuple(draw(st.lists(LABELS, max_size=3))),
        "front_matter": tuple(draw(st.lists(RANGES, max_size=3))),
    }
    return lambda: Answers(**said)  # type: ignore[arg-type]  # drawn by field


@settings(max_examples=250)
@given(st.sampled_from(FILES), any_answers())
def test_any_answers_make_a_sound_draft_or_a_sentence(
    file: tuple[str, bytes], answering: Callable[[], Answers]
) -> None:
    name, data = file
    sentence = ""
    try:
        answers = answering()
        draft = read(name, data, answers)
    except QualbenchError as refused:
        sentence = str(refused)
    assert "\n" not in sentence
    if sentence:
        return
    check_spans(draft)
    if not composed(name, answers):
        assert draft.text == read(name, data).text
    roles = {fold(label): role for label, role in answers.roles.items()}
    for speaker in draft.speakers:
        assert fold(speaker.label) not in answers.merged()
        assert roles.get(fold(speaker.label), speaker.role) is speaker.role
    assert {turn.speaker for turn in draft.turns} - {-1} == set(range(len(draft.speakers)))
    marked = {line for first, last in answers.front_matter for line in range(first, last + 1)}
    for turn in draft.turns:
        first, last = (1 + draft.text.count("\n", 0, place) for place in (turn.body, turn.end))
        assert turn.body == turn.end or not marked & set(range(first, last + 1))
    assert len(preview(draft)) == min(30, len(draft.turns))


def composed(name: str, answers: Answers) -> bool:
    """Whether the reader writes the lines itself, by whom the answers name."""
    if name.endswith((".vtt", ".srt")):
        return bool(answers.one_speaker or answers.family or answers.pattern or answers.speakers)
    return answers.one_speaker and name.endswith((".json", ".eaf", ".csv"))
