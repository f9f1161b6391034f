"""Interviews written as the docstring of the test that reads them.

One line a turn: the speaker and the words, then what each coder made of it, parted by bars. `-` is "nothing
applies"; a coder who is not named skipped the turn. `I` is the interviewer.

    P: I never sleep.  | ana: stress, sleep | ben: stress
    I: Why?            | ana: stress        | ben: -
    P: The ward.       | ana: -
"""

from dataclasses import dataclass

import pytest

from qualbench.model import Coding, Nothing, Role, Segment, SegmentRule, Speaker, Transcript, Turn
from qualbench.steps.agreement import PassReadings


@dataclass(frozen=True)
class Interview:
    transcript: Transcript
    passes: tuple[PassReadings, ...]


def parsed(doc: str, name: str = "t1") -> Interview:
    text = ""
    turns: list[Turn] = []
    codings: dict[str, list[Coding]] = {}
    nothings: dict[str, list[Nothing]] = {}
    for line in (line.strip() for line in doc.splitlines() if "|" in line):
        said, *readings = (part.strip() for part in line.split("|"))
        start, body, end = len(text), len(text) + 3, len(text) + len(said)
        turns.append(Turn(start, body, end, "PI".index(said[0])))
        text += said + "\n"
        for coder, codes in (reading.split(":") for reading in readings):
            made, none = codings.setdefault(coder, []), nothings.setdefault(coder, [])
            for code in (code.strip() for code in codes.split(",")):
                if code == "-":
                    none.append(Nothing(f"p-{coder}", name, coder, body, end))
                else:
                    made.append(Coding(f"c{len(made)}", f"p-{coder}", name, coder, code, body, end))
    segments = tuple(Segment(turn.body, turn.end, index) for index, turn in enumerate(turns))
    speakers = (Speaker("P", Role.PARTICIPANT), Speaker("I", Role.INTERVIEWER))
    transcript = Transcript(name, name, text, tuple(turns), speakers, segments, SegmentRule.TURN)
    passes = tuple(PassReadings(coder, tuple(codings[coder]), tuple(nothings[coder])) for coder in codings)
    return Interview(transcript, passes)


@pytest.fixture
def interview(request: pytest.FixtureRequest) -> Interview:
    return parsed(request.function.__doc__)
