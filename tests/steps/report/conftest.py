"""Fixtures: the report of the study in report_study.py, of an empty one, and of one full of hostile text."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from qualbench.model import Code, Codebook, Method, Outcome, Participant, Reason, Theme
from qualbench.steps.report import Report, Settled, build
from tests.steps.report.report_study import (
    AGREEMENT,
    ANA,
    CLINIC,
    CODEBOOK,
    CODING,
    D1,
    D2,
    D3,
    HISTORY,
    HOSTILE,
    ITEMS,
    LATE,
    LONG,
    REACH,
    SCHOOL,
    STUDY,
    THEMES,
    decision,
    interview,
    item,
    place,
    quote,
    row,
)

Maker = Callable[..., Report]


@pytest.fixture
def make() -> Maker:
    """Builds the report of the study above; keyword arguments replace parts of it."""

    def made(method: Method = Method.NEGOTIATED, **parts: Any) -> Report:
        whole: dict[str, Any] = {
            "date": "2025-03-04T12:30:00+00:00",
            "rows": (row(CLINIC), row(SCHOOL), row(LATE, opened=False)),
            "transcripts": (CLINIC, SCHOOL),
            "themes": THEMES,
            "coding": CODING,
            "reach": REACH,
            "history": HISTORY,
            "participants": (Participant("p1", "P01", (("role", "service user"), ("age", "34"))),),
            "attributes": ("role",),
            "coders": ("Ada", "Bo"),
            "codebook": CODEBOOK,
            "agreement": AGREEMENT,
            "items": ITEMS,
            "decisions": (D1, D2, D3),
        }
        return build(replace(STUDY, method=method), **(whole | parts))

    return made


@pytest.fixture
def empty() -> Report:
    """A study on its first day: no transcript, no codebook, nothing decided."""
    return build(STUDY, date="2025-01-07", rows=(), transcripts=())


@pytest.fixture(params=["hostile", "long", "formula"])
def spoken(request: pytest.FixtureRequest) -> str:
    """What a participant might say, or a file might hold."""
    return {"hostile": HOSTILE, "long": LONG, "formula": "=1+1"}[request.param]


@pytest.fixture
def hostile(make: Maker, spoken: str) -> Report:
    """The study with hostile text wherever somebody's text can stand."""
    said = interview("t1", f"n {spoken}", (replace(ANA, label="Ana"), spoken))
    theme = Theme("th1", spoken, spoken, (spoken,), (quote(said, 1),))
    whole = Settled({place(said, 1): frozenset({spoken})})
    book = Codebook(spoken, spoken, (Code(spoken, spoken, "", "code", *[spoken] * 4, (spoken,), spoken),))
    told = decision(1, 1, Outcome.NEW, [spoken], Reason.SLIP, note=spoken, yielded=spoken, actor=spoken)
    people = (Participant("p1", "P01", (("role", spoken),)),)
    return make(
        rows=(row(said),),
        transcripts=(said,),
        themes=(theme,),
        coding=whole,
        participants=people,
        coders=(spoken, "Bo"),
        codebook=book,
        agreement=replace(AGREEMENT, coders=(spoken, "Bo"), unit=spoken),
        items=(replace(item(1, told), name=spoken, readings={spoken: (spoken,)}),),
        decisions=(told,),
    )
