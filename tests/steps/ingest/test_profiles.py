"""Import profiles: files of the same making are as expected, others stop with a sentence for each difference."""

import json

import pytest

from qualbench.model import Role
from qualbench.steps.ingest import AS_FOUND, Answers, Draft, read
from qualbench.steps.ingest.profiles import departures, from_data, profile_of, to_data
from tests.steps.ingest.test_ingest_docx import docx, p
from tests.steps.ingest.test_ingest_elan import MARIA, SAM, eaf


def txt(text: str, answers: Answers = AS_FOUND) -> Draft:
    return read("a.txt", text.encode(), answers)


def talk(one: str = "I", two: str = "P1", words: str = "so it was") -> str:
    return f"{one}: Well?\n{two}: {words}\n" * 6


PROFILE = profile_of("ours", txt(talk()), AS_FOUND)


def test_a_profile_keeps_what_was_confirmed() -> None:
    answers = Answers(merge={"Int": "I"}, roles={"Zoë": Role.OTHER})
    profile = profile_of("ours", txt(talk(), answers), answers)
    assert profile.answers.merge == {"Int": "I"}
    assert profile.answers.roles == {"Zoë": Role.OTHER, "I": Role.INTERVIEWER, "P1": Role.PARTICIPANT}
    assert (profile.reader, profile.family, profile.labels) == ("txt", "Name: text", ("I", "P1"))
    assert (profile.patterns, profile.coverage, profile.warnings) == (("p#",), 1.0, ())


@pytest.mark.parametrize(
    "text",
    [talk(), talk("i ", "**P1**"), talk(two="P23"), talk() + "P2: I came later\n", talk(words="more\nand more")],
)
def test_a_file_of_the_same_making_is_as_expected(text: str) -> None:
    assert departures(txt(text, PROFILE.answers), PROFILE) == ()


def test_any_file_is_as_its_own_profile_expects() -> None:
    peers = "".join(f"Maria: How is part {n}?\nSam: It is fine.\n" for n in range(5))
    files = [("a.txt", peers.encode()), ("a.eaf", eaf(MARIA, SAM)), ("a.txt", b"Just words.\n"), ("a.docx", HIDDEN)]
    for answers in (AS_FOUND, Answers(roles={"Maria": Role.PARTICIPANT, "Sam": Role.OTHER}), Answers(one_speaker=True)):
        for name, data in files:
            draft = read(name, data, answers)
            assert departures(draft, profile_of("x", draft, answers)) == ()


HIDDEN = docx(
    "".join(p(line) for line in talk().splitlines()) + "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>gone</w:t></w:r></w:p>"
)


@pytest.mark.parametrize(
    ("draft", "sentences"),
    [
        (read("a.md", talk().encode()), ["It is read as md, and the profile is of txt files."]),
        (
            txt("".join(f"I  00:0{n}\nWell?\nP1  00:0{n}\nso it was\n" for n in range(6))),
            ["Its labels are of another family: 'Name  00:13', not 'Name: text'."],
        ),
        (txt(talk(words="so\nand\nit\nwas\nnever")), ["33% of its lines begin with a label, and 100% are expected."]),
        (
            txt(talk(two="Maria")),
            ["The profile does not know 'Maria'.", "Nobody said which role is that of 'Maria'."],
        ),
        (txt(talk(two="Participant")), ["The profile does not know 'Participant'."]),
        (txt(talk() + "I: \x07 bell\n"), ["A warning that is new here: 1 control character is kept; on screen "
                                          "each is one visible sign."]),
    ],
)  # fmt: skip
def test_a_file_that_departs_says_how(draft: Draft, sentences: list[str]) -> None:
    assert list(departures(draft, PROFILE)) == sentences


def test_hidden_text_is_new_once_and_known_afterwards() -> None:
    plain = docx("".join(p(line) for line in talk().splitlines()))
    profile = profile_of("word", read("a.docx", plain), AS_FOUND)
    hidden = read("a.docx", HIDDEN)
    assert departures(hidden, profile) == ("A warning that is new here: 1 stretch of hidden text: left out.",)
    assert departures(read("a.docx", HIDDEN_TWICE), profile_of("word", hidden, AS_FOUND)) == ()


HIDDEN_TWICE = docx(
    "".join(p(line) for line in talk().splitlines())
    + "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>gone</w:t></w:r><w:r><w:t>here</w:t></w:r>"
    "<w:r><w:rPr><w:vanish/></w:rPr><w:t>gone</w:t></w:r></w:p>"
)


def test_a_numbered_speaker_whose_role_nobody_said_stops() -> None:
    draft = txt(talk("Speaker 1", "Speaker 2"))
    profile = profile_of("asr", draft, AS_FOUND)
    assert departures(txt(talk("Speaker 1", "Speaker 3"), profile.answers), profile) == (
        "Nobody said which role is that of 'Speaker 3'.",
    )


def test_numbered_speakers_who_changed_places_stop() -> None:
    profile = profile_of("asr", txt(talk("Speaker 1", "Speaker 2")), AS_FOUND)
    assert profile.answers.roles["Speaker 1"] is Role.INTERVIEWER
    swapped = txt(talk("Speaker 2", "Speaker 1"), profile.answers)
    assert departures(swapped, profile) == (
        "'Speaker 2' asks most of the questions, and is no interviewer in the profile.",
    )


def test_many_strangers_are_one_sentence() -> None:
    names = ["Ana", "Ben", "Cleo", "Dora", "Emil", "Finn", "Gus"]
    draft = txt("".join(f"{name}: so it was\nI: Well?\n" for name in names * 4))
    assert departures(draft, PROFILE)[0] == "The profile does not know 'Ana', 'Ben', 'Cleo', 'Dora', 'Emil' and 2 more."


def test_a_profile_comes_back_from_json() -> None:
    answers = Answers(merge={"Int": "I"}, front_matter=((1, 2),), pattern=r"(?P<name>\w+):")
    profile = profile_of("ours", txt("x\ny\n" + talk(), answers), answers)
    assert from_data(json.loads(json.dumps(to_data(profile)))) == profile
