"""A little study whose every figure can be counted by hand; for tests of agreement.

    one     ana     ben         two     ana     cleo          three   ana     ben      four    ana
    1       TRUST   TRUST       1       HOPE    HOPE          1       TRUST   TRUST    1       FEAR
    2       TRUST   HOPE        2       -       -             2       GRIEF   FEAR     2       FEAR
    3       -       FEAR        3       FEAR    -             3       -       -        3       FEAR
    4       FEAR    FEAR        4       TRUST   TRUST+HOPE    4       HOPE    HOPE     4       FEAR

One, two and four are round R1 under codebook 2.0, three is round R2 under 3.0, which has GRIEF and a longer definition
of FEAR. TRUST and HOPE stand under BOND. Only ana has read four: it is in no figure.
"""

from __future__ import annotations

from qualbench.project import Project
from tests.conftest import code
from tests.project.conftest import plan

BOOK = """
format: qualbench-codebook/1
title: Bonds
version: "{version}"
codes:
  - id: BOND
    label: Bond
    kind: theme
    children:
      - {{id: TRUST, label: Trust, definition: They trust.}}
      - {{id: HOPE, label: Hope, definition: They hope.}}
  - {{id: FEAR, label: Fear, definition: {fear}}}
{more}
"""
SECOND = BOOK.format(
    version="3.0", fear="They fear what comes.", more="  - {id: GRIEF, label: Grief, definition: They grieve.}"
)
FIRST = BOOK.format(version="2.0", fear="They fear.", more="")

SAID = {
    "one": {"ana": ["TRUST", "TRUST", "", "FEAR"], "ben": ["TRUST", "HOPE", "FEAR", "FEAR"]},
    "two": {"ana": ["HOPE", "", "FEAR", "TRUST"], "cleo": ["HOPE", "", "", "TRUST+HOPE"]},
    "three": {"ana": ["TRUST", "GRIEF", "", "HOPE"], "ben": ["TRUST", "FEAR", "", "HOPE"]},
    "four": {"ana": ["FEAR", "FEAR", "FEAR", "FEAR"]},
}


def coded(project: Project) -> Project:
    """The study above, in interviews that are there."""
    project.release_codebook("first.yaml", FIRST)
    plan(project, "R1", {name: " ".join(SAID[name]) for name in ("one", "two", "four")})
    project.release_codebook("second.yaml", SECOND)
    plan(project, "R2", {"three": "ana ben"})
    for name, readings in SAID.items():
        for coder, codes in readings.items():
            code(project, coder, codes, name)
    project.viewer = "lead"
    return project


def alpha(yes: int, readings: int, unlike: int) -> float:
    """Krippendorff's alpha of one code by hand (2011, C): `unlike` units of two readings differ, `yes` have the code.

    Do = 2 unlike / readings and De = 2 yes no / (readings (readings - 1)), so 1 - Do / De is this.
    """
    return 1 - unlike * (readings - 1) / (yes * (readings - yes))
