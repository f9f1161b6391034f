"""Speakers and turns in plain text: the families of labels, what is not speech, roles, spellings."""

import pytest

from qualbench.model import Role
from qualbench.steps.ingest import Answers, Draft, read

LONG = "and so we went on talking about the house for a while"


def txt(text: str, name: str = "talk.txt") -> Draft:
    return read(name, text.encode())


def said(draft: Draft) -> list[tuple[str, str]]:
    labels = [speaker.label for speaker in draft.speakers]
    return [
        (labels[turn.speaker] if turn.speaker >= 0 else "", draft.text[turn.body : turn.end]) for turn in draft.turns
    ]


def turns_of_two(one: str, two: str, times: int = 6) -> str:
    return "".join(f"{one}{LONG}?\n{two}{LONG}.\n" for _ in range(times))


@pytest.mark.parametrize(
    ("one", "two", "family"),
    [
        ("I: ", "P1: ", "Name: text"),
        ("Interviewer1 : ", "interviewee：", "Name: text"),
        ("[00:01:23] Maria: ", "[00:01:30] Sam: ", "Name: text"),
        ("Maria Lopez (00:20:12): ", "Sam (SL) (00:20:20): ", "Name: text"),
        ("Maria: (03:40) ", "Sam: (03:41) ", "Name: text"),
        ("**Maria:** \\[00:08:01.12\\] ", "**Sam:** \\[00:08:03.12\\] ", "Name: text"),
        ("Speaker 0: 00:00:04\n\n", "Speaker 1: 00:00:09\n\n", "Name: text"),
        ("14:02:11\tMaria:\t", "14:02:13\tSam:\t", "Name: text"),
        ("Maria Lopez  00:13  \n", "Unknown Speaker  1:00:13  \n", "Name  00:13"),
        ("00:00:04 Samat\n", "00:00:09 Speaker 2\n", "00:13 Name"),
        ("[Maria] ", "[Sam] ", "[Name] text"),
        ("{Maria} ", "{Sam} ", "[Name] text"),
        ("**Maria** ", "**Sam** ", "bold Name"),
    ],
)
def test_each_family_of_labels_is_found(one: str, two: str, family: str) -> None:
    draft = txt(turns_of_two(one, two))
    assert draft.family == family
    assert len(draft.speakers) == 2
    assert [words for _, words in said(draft)] == [f"{LONG}?", f"{LONG}."] * 6


@pytest.mark.parametrize(
    ("stamp", "seconds"), [("[00:01:23]", 83.0), ("(03:40)", 220.0), ("1:00:02.5", 3602.5), ("#00:01:23-4#", 83.4)]
)
def test_a_turn_knows_its_time(stamp: str, seconds: float) -> None:
    draft = txt(turns_of_two(f"{stamp} Maria: ", f"{stamp} Sam: "))
    assert draft.turns[0].seconds == seconds


def test_four_lines_are_a_dialogue() -> None:
    draft = txt("I: How was it?\nP1: Hard.\nI: Why?\nP1: Nobody came.")
    assert said(draft) == [("I", "How was it?"), ("P1", "Hard."), ("I", "Why?"), ("P1", "Nobody came.")]
    assert [speaker.role for speaker in draft.speakers] == [Role.INTERVIEWER, Role.PARTICIPANT]
    assert draft.text[draft.turns[1].start :].startswith("P1: Hard.")
    assert draft.coverage == 1.0
    assert draft.words == 7


def test_spellings_of_one_label_are_one_speaker() -> None:
    lines = [
        "interviewee: a",
        "Interviewee: b",
        " Interviewee: c",
        "Interviewee\u00a0: d",
        "INTERVIEWEE：e",
        "**Interviewee:** f",
    ]
    draft = txt("\n".join(f"Interviewer: {LONG}?\n{line}" for line in lines))
    assert [speaker.label for speaker in draft.speakers] == ["Interviewer", "Interviewee"]
    assert [words for label, words in said(draft) if label == "Interviewee"] == list("abcdef")


def test_lines_without_a_label_go_on_with_the_turn() -> None:
    draft = txt(f"P1: {LONG}\n\n{LONG}\u2028{LONG}\nI: And?\nP1: Yes.\nI: Oh.")
    assert said(draft)[0] == ("P1", f"{LONG}\n\n{LONG}\u2028{LONG}")


def test_a_bare_time_in_brackets_goes_on_with_the_turn() -> None:
    draft = txt(
        "".join(f"Maria (00:0{n}:01):\n{LONG}\n(00:0{n}:30):\n{LONG}\nSam (00:0{n}:40):\nYes\n" for n in range(5))
    )
    assert len(draft.turns) == 10
    assert draft.coverage == pytest.approx(15 / 30)


def test_a_moderator_who_speaks_once_is_a_speaker() -> None:
    draft = txt(f"Moderator: {LONG}\n" + turns_of_two("P1: ", "P2: ") + f"P3: {LONG}\nHe said: {LONG}\n")
    assert [speaker.label for speaker in draft.speakers] == ["Moderator", "P1", "P2", "P3"]
    assert draft.possible_speakers == ("He said",)


def test_long_answers_with_hard_line_ends_are_a_dialogue_when_the_labels_say_so() -> None:
    draft = txt("".join(f"I: {LONG}?\nP: {LONG}\n" + f"{LONG}\n" * 30 for _ in range(6)))
    assert len(draft.turns) == 12
    draft = txt("".join(f"Speaker {n % 2}: 00:00:0{n}\n\n" + f"{LONG}\n" * 30 for n in range(8)))
    assert len(draft.turns) == 8


@pytest.mark.parametrize(
    "text",
    [
        "\n".join(f"00:0{n}:10 Yeah.\n{LONG}\n00:0{n}:20 Right.\n{LONG}" for n in range(9)),
        "We met at 17:30 and left.\nSee https://example.org for more.\nIt was late: too late.\n" * 4,
        "Break: one\nJingle: two\nFigure 1: three\nNote: four\n" * 6,
        f"{LONG}.\n\n{LONG}.\n\nHe said: {LONG}\n",
    ],
)
def test_a_text_that_names_nobody_has_a_turn_for_each_paragraph(text: str) -> None:
    draft = txt(text)
    assert draft.family == ""
    assert draft.speakers == ()
    assert {turn.speaker for turn in draft.turns} == {-1}
    assert all("\n" not in draft.text[turn.start : turn.end] for turn in draft.turns)


def test_questions_and_answers_are_not_taken_for_speakers_without_asking() -> None:
    draft = txt("Q: How old are you?\nA: Forty.\n" * 5)
    assert draft.speakers == ()
    assert "10 lines begin with Q: or A:" in str(draft.warnings[0])


def test_otters_head_and_tail_are_nobodys_speech() -> None:
    head = "Talk with Maria\n\nSUMMARY KEYWORDS\nhouse, rent\n\nSPEAKERS\nMaria, Sam\n\n"
    draft = txt(head + turns_of_two("Maria  00:13  \n", "Sam  00:20\n") + "\nTranscribed by https://otter.ai\n")
    assert draft.turns[0].start == len(head)
    assert draft.text[draft.turns[-1].end :] == "\n\nTranscribed by https://otter.ai\n"


@pytest.mark.parametrize(
    "head",
    [
        "Title: Interview 7\nInterviewer: Jane Doe\nDate: 3 May\nParticipant: P07\n\n",
        "---\ntitle: Talk\nspeakers: I, P\nI: x\n---\n",
    ],
)
def test_a_title_page_is_nobodys_speech(head: str) -> None:
    draft = txt(head + turns_of_two("I: ", "P: "))
    assert draft.turns[0].start == len(head)
    assert [speaker.label for speaker in draft.speakers] == ["I", "P"]


def test_headings_between_turns_are_nobodys_speech() -> None:
    draft = txt(
        turns_of_two("**I:** ", "**P:** ", 3) + "\n## Part two\n\n" + turns_of_two("**I:** ", "**P:** ", 3), "a.md"
    )
    assert draft.reader == "md"
    assert all("Part two" not in words for _, words in said(draft))


def test_overlap_brackets_are_not_labels_when_there_are_names() -> None:
    draft = txt("I: [Right] and you?\nP: [Yes] (.) I did\n" * 6)
    assert draft.family == "Name: text"


def test_one_speaker_when_the_user_says_so() -> None:
    draft = read("diary.txt", f"Monday: {LONG}\n\n{LONG}\n".encode(), Answers(one_speaker=True))
    assert said(draft) == [("Speaker", f"Monday: {LONG}"), ("Speaker", LONG)]


@pytest.mark.parametrize(
    ("label", "role"),
    [
        ("INT", Role.INTERVIEWER),
        ("MOD", Role.INTERVIEWER),
        ("Enquêtrice", Role.INTERVIEWER),
        ("Interviewer 2", Role.INTERVIEWER),
        ("R", Role.PARTICIPANT),
        ("P12", Role.PARTICIPANT),
        ("Respondent", Role.PARTICIPANT),
        ("Maria", Role.PARTICIPANT),
    ],
)
def test_roles_that_labels_say(label: str, role: Role) -> None:
    draft = txt(f"{label}: {LONG}\nSam Ode: {LONG}\n" * 3)
    assert draft.speakers[0].role is role


def test_who_asks_by_far_the_most_is_guessed_to_be_the_interviewer() -> None:
    draft = txt(turns_of_two("Maria: ", "Sam: "))
    assert [speaker.role for speaker in draft.speakers] == [Role.INTERVIEWER, Role.PARTICIPANT]
    unclear = txt(f"Maria: {LONG}?\nSam: {LONG}?\n" * 6)
    assert [speaker.role for speaker in unclear.speakers] == [Role.PARTICIPANT] * 2


def test_near_duplicates_are_suggested_and_numbered_people_are_not() -> None:
    lines = f"Interviewer2: {LONG}\nParticipant: {LONG}\nP1: {LONG}\nP2: {LONG}\nInterviewee: x\n" * 5
    draft = txt(lines + f"Interviewer2 2: {LONG}\nParticipants: {LONG}\nParticipants: {LONG}\n")
    assert set(draft.similar_labels) == {("Interviewer2", "Interviewer2 2"), ("Participant", "Participants")}


def test_labels_that_differ_by_signs_alone_are_suggested() -> None:
    draft = txt(f"Mod: {LONG}?\nP1: {LONG}\nP 1: {LONG}\nP2: {LONG}\nP-2: {LONG}\n" * 5)
    assert draft.similar_labels == (("P1", "P 1"), ("P2", "P-2"))
