"""One small study, worked out by hand, that every report test prints.

01-clinic is a group interview, 02-school a second interview with P01 and one with P02; 03-late is not opened.

    01-clinic                                   codes that are settled
    1 Int:  How do you get here?                (interviewer, never counted; coded 'cost' by mistake)
    2 Ana:  The bus never came.                 transport
    3 Ben:  Too dear for me.                    cost
    4 Ana:  I walk, then I wait.                transport, waiting
    02-school
    1 Ana:  Again no bus.                       transport
    2 Cleo: Fine, thanks.                       nothing applies
    3 Cleo: We wait for hours.                  kept apart by the coders, so not counted

Ana is participant P01 in both, Cleo is P02, nobody was assigned to Ben. So N = 3 (P01, P02, Ben).
'Getting there' gathers transport and cost: P01 and Ben = 2 of 3 participants (66.7%); segments 2, 3 and 4 of
01-clinic and 1 of 02-school = 4 segments; in both transcripts.
'Losing time' gathers waiting: P01 = 1 of 3 (33.3%), 1 segment, in 01-clinic only.
"""

from collections.abc import Sequence
from dataclasses import replace

from qualbench.model import (
    Agreement,
    Code,
    CodeAgreement,
    Codebook,
    Decision,
    Item,
    Method,
    Outcome,
    Quote,
    Reason,
    Role,
    Segment,
    SegmentRule,
    SetAlpha,
    Speaker,
    Study,
    Theme,
    Transcript,
    TranscriptRow,
    Turn,
)
from qualbench.steps.report import Counting, Gap, History, Reach, Release, RoundFigures, Settled, ThemeReach

STUDY = Study("s1", "Ways to care", Method.NEGOTIATED, 2, "2025-01-07T09:00:00+00:00")
INT = Speaker("Int", Role.INTERVIEWER)
ANA = Speaker("Ana", Role.PARTICIPANT, "P01")
BEN = Speaker("Ben", Role.PARTICIPANT)
CLEO = Speaker("Cleo", Role.PARTICIPANT, "P02")


def interview(key: str, name: str, *lines: tuple[Speaker, str]) -> Transcript:
    """A transcript of one turn a line, 'Label: words', each turn one segment."""
    text, turns, segments = "", [], []
    speakers = list(dict.fromkeys(speaker for speaker, _ in lines))
    for number, (speaker, words) in enumerate(lines):
        start, body = len(text), len(text) + len(speaker.label) + 2
        text += f"{speaker.label}: {words}\n"
        turns.append(Turn(start, body, len(text) - 1, speakers.index(speaker)))
        segments.append(Segment(body, len(text) - 1, number))
    return Transcript(key, name, text, tuple(turns), tuple(speakers), tuple(segments), SegmentRule.TURN)


def row(transcript: Transcript, opened: bool = True) -> TranscriptRow:
    words, count = len(transcript.text.split()), len(transcript.segments)
    return TranscriptRow(transcript.id, transcript.name, words, count, count, transcript.rule, opened)


CLINIC = interview(
    "t1",
    "01-clinic",
    (INT, "How do you get here?"),
    (ANA, "The bus never came."),
    (BEN, "Too dear for me."),
    (ANA, "I walk, then I wait."),
)
SCHOOL = interview("t2", "02-school", (ANA, "Again no bus."), (CLEO, "Fine, thanks."), (CLEO, "We wait for hours."))
LATE = interview("t3", "03-late", (CLEO, "Not yet."))


def place(transcript: Transcript, line: int) -> tuple[str, int, int]:
    segment = transcript.segments[line - 1]
    return transcript.id, segment.start, segment.end


CODING = Settled(
    {
        place(CLINIC, 1): frozenset({"cost"}),
        place(CLINIC, 2): frozenset({"transport"}),
        place(CLINIC, 3): frozenset({"cost"}),
        place(CLINIC, 4): frozenset({"transport", "waiting"}),
        place(SCHOOL, 1): frozenset({"transport"}),
        place(SCHOOL, 2): frozenset(),
    },
    {Gap.APART: 1},
)

CODEBOOK = Codebook(
    "1.2",
    "Access codebook",
    (
        Code("access", "Access", kind="category", definition_short="Reaching care."),
        Code("transport", "Transport", "access", definition_short="The way there.", include="Buses, walking."),
        Code("cost", "Cost", "access", exclude="Lost pay: use Waiting.", examples=("Too dear", "=2+2")),
        Code("waiting", "Waiting", near_miss="Waiting for a bus: Transport.", status="retired"),
    ),
)

AGREEMENT = Agreement(
    unit="turn",
    coders=("Ada", "Bo"),
    transcripts=("t1", "t2"),
    units=6,
    codebook="1.2",
    codes=(
        CodeAgreement("transport", 3, 1, 0, 2, (4 / 6, 3 / 6), 5 / 6, 6 / 7, 0.8, 2 / 3, 0.6857),
        CodeAgreement("cost", 0, 0, 0, 6, (0.0, 0.0), 1.0, None, 1.0, None, None, "code never applied by either coder"),
        CodeAgreement("waiting", 1, 1, 1, 3, (2 / 6, 2 / 6), 4 / 6, 0.5, 0.75, 0.25, -0.0001),
    ),
    set_alpha=SetAlpha("MASI", 0.6149),
)


def quote(transcript: Transcript, line: int, theme: str = "th1") -> Quote:
    _, start, end = place(transcript, line)
    return Quote(f"q{line}", theme, transcript.id, start, end, transcript.text[start:end], "as picked")


THEMES = (
    Theme("th1", "Getting there", "The way decides.", ("transport", "cost"), (quote(CLINIC, 2), quote(CLINIC, 3))),
    Theme("th2", "Losing time", "", ("waiting",)),
)


def decision(number: int, line: int, outcome: Outcome, codes: Sequence[str], reason: Reason, **more: str) -> Decision:
    said = {"note": "Talked over.", "yielded": "", "actor": "Lea", "at": f"2025-03-0{number}T10:00:00+00:00"}
    where, start, end = place(SCHOOL, line)
    return Decision(f"d{number}", f"i{line}", where, start, end, outcome, tuple(codes), reason, **(said | more))


D1 = decision(1, 1, Outcome.DEFERRED, [], Reason.CONTEXT)
D2 = decision(2, 1, Outcome.FIRST, ["transport"], Reason.SLIP, yielded="Bo", note="=clear")
D3 = decision(3, 3, Outcome.APART, [], Reason.READING)


def item(line: int, decided: Decision | None, **readings: tuple[str, ...]) -> Item:
    where, start, end = place(SCHOOL, line)
    return Item(f"i{line}", where, SCHOOL.name, start, end, readings, decided)


ITEMS = (
    item(1, D2, Ada=("transport",), Bo=()),
    item(2, None, Ada=(), Bo=("cost",)),
    item(3, D3, Ada=("waiting",), Bo=("cost", "access")),
)

HOSTILE = (
    "[laughs] <script>alert(1)</script> [/x] *a* _b_ ~~c~~ `d` | e | [x](http://y.z) ![i](http://y.z/p.png)\n"
    "# not a heading\n"
    "- not a list\n"
    "1. nor this\n"
    "===\n"
    "    not code\n"
    "\n"
    "{{ 7*7 }} {% raw %} &amp; &copy; $x^2$ <!-- no --> ]]> \\ "
    "\x00\x1b]52;c;eA\x07\x9b31m\x0b\x0c\x85 \ufffe\ud800 "
    "\u202eולש\u202c עברית 👩‍👩‍👧 e\u0301\tend"
)
LONG = "He said it again, and again. " * 345
assert len(LONG) > 10_000


REACH = Reach(
    Counting.NUMBERS,
    of=3,
    themes={"th1": ThemeReach(2, 4, ("t1", "t2")), "th2": ThemeReach(1, 1, ("t1",))},
)
"""What is worked out above."""

FIRST = Codebook(
    "1.0",
    "Access codebook",
    (Code("access", "Access"), Code("transport", "Transport", "access"), Code("fare", "Fare")),
    changelog=("1.0: made from the guide.",),
)
HISTORY = History(
    software="Qualbench 9.9",
    unit="turn",
    segments=7,
    all_segments=8,
    double_coded=6,
    groups=1,
    releases=(
        Release(FIRST, "2025-01-10", "Lea"),
        Release(
            replace(CODEBOOK, changelog=("1.0: made from the guide.", "1.2: cost told apart.")), "2025-02-01", "Ada"
        ),
    ),
    rounds=(
        RoundFigures("Round 1", "2025-01-20", "1.0", 3, 0.5, (0.1, 0.8), "Drawn at random (seed 7)."),
        RoundFigures("Round 2", "2025-02-20", "1.2", 3, None, None, "Drawn by hand."),
    ),
    memos=4,
)
