"""A study small enough to count by hand, and studies drawn at random to be counted the slow way."""

from hypothesis import strategies as st

from qualbench.model import Code, Role
from qualbench.steps.matrices import CONSENSUS, Case, Evidence, Gathered, Place, Source, evidence

I, P, O = Role.INTERVIEWER, Role.PARTICIPANT, Role.OTHER  # noqa: E741 - as transcripts have them

CODES = (
    Code("SUPPORT", "Support"),
    Code("TRUST", "Trust", parent="SUPPORT"),
    Code("SHELTER", "Shelter", parent="SUPPORT"),
    Code("FEAR", "Fear"),
    Code("HOPE", "Hope for later"),
)
CASES = (
    Case("p1", "P01", (("site", "north"), ("age", "9"))),
    Case("p2", "P02", (("site", "south"), ("age", "34"))),
    Case("p3", "P03", (("site", "north"),)),
    Case("p4", "P04", (("site", "south"), ("age", "100"))),
    Case("p5", "P05", (("site", "north"),)),
    Case("g1", "Women's group", (("site", "north"),), group="t3"),
)
SOURCES = (Source("t1", "Interview 1"), Source("t2", "Interview 2"), Source("t3", "The group"))
THEMES = (
    Gathered("held", "Being held", ("TRUST",)),
    Gathered("roof", "A roof", ("SHELTER",), parent="held"),
    Gathered("dark", "In the dark", ("FEAR",)),
)


def settled(
    transcript: str, turn: int, codes: str, who: str, role: Role | None = P, round_: str = "", layer: str = CONSENSUS
) -> list[Place]:
    """One segment of ten characters in each turn, with its codes; no codes is 'nothing applies'."""
    span = (turn * 10, turn * 10 + 10)
    return [Place(layer, transcript, *span, code, turn, role, who, round_) for code in codes.split() or [""]]


def little(*more: Place) -> Evidence:
    """Interview 1 with P01, interview 2 with P02, a group of P03 and P04; P05 never speaks.

    Interview 1: 0 Trust Fear | 1 (interviewer) Fear | 2 Trust | 3 nothing
    Interview 2: 0 Shelter Fear | 1 Shelter
    The group:   0 P03 Trust Shelter | 1 P04 nothing | 2 P03 Trust Shelter
    """
    return evidence(
        [
            *settled("t1", 0, "TRUST FEAR", "p1", round_="pilot"),
            *settled("t1", 1, "FEAR", "", I, round_="pilot"),
            *settled("t1", 2, "TRUST", "p1", round_="pilot"),
            *settled("t1", 3, "", "p1", round_="pilot"),
            *settled("t2", 0, "SHELTER FEAR", "p2", round_="main"),
            *settled("t2", 1, "SHELTER", "p2", round_="main"),
            *settled("t3", 0, "TRUST SHELTER", "p3", round_="main"),
            *settled("t3", 1, "", "p4", round_="main"),
            *settled("t3", 2, "TRUST SHELTER", "p3", round_="main"),
            *more,
        ],
        codes=CODES,
        cases=CASES,
        transcripts=SOURCES,
        themes=THEMES,
        rounds=("pilot", "main"),
    )


@st.composite
def drawn(draw: st.DrawFn) -> Evidence:
    """A study of a few places that overlap, touch, repeat and cross turns, in two layers."""
    roles = {"p1": P, "p2": P, "p3": P, "p4": P, "": I}
    number = draw(st.integers(0, 14))
    places = []
    for _ in range(number):
        who = draw(st.sampled_from(list(roles)))
        start, length = draw(st.integers(0, 40)), draw(st.integers(1, 25))
        places.append(
            Place(
                layer=draw(st.sampled_from([CONSENSUS, CONSENSUS, "ana"])),
                transcript=draw(st.sampled_from(["t1", "t2", "t3"])),
                start=start,
                end=start + length,
                code=draw(st.sampled_from(["", *(code.id for code in CODES)])),
                turn=start // draw(st.sampled_from([8, 8, 10])),
                role=roles[who] if who else draw(st.sampled_from([I, O, None])),
                participant=who,
                round=draw(st.sampled_from(["pilot", "main"])),
            )
        )
    return evidence(
        places, codes=CODES, cases=CASES, transcripts=SOURCES, themes=THEMES, rounds=("pilot", "main")
    )  # fmt: skip
