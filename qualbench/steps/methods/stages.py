"""The phases or stages of each method, in the words of the field, with what is done in each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from qualbench.model import Method
from qualbench.steps.methods import evidence as seen
from qualbench.steps.methods.evidence import Seen
from qualbench.steps.methods.facts import Facts


@dataclass(frozen=True, slots=True)
class Stage:
    """A phase as a method describes it."""

    id: str
    name: str
    asks: str
    """What is done in it, in a sentence."""
    seen: Callable[[Facts], Seen]
    before: str = ""
    """What it was called in 2006, where it has another name since."""


@dataclass(frozen=True, slots=True)
class Course:
    """The way a study goes in one method."""

    word: str
    """What one part is called: phase, stage or step."""
    stages: tuple[Stage, ...]
    first: int = 1
    """The number of the first."""
    goes_round: bool = False
    """The same steps come again, round by round."""


_PHASES = Course(
    "phase",
    (
        Stage("familiarising", "familiarising yourself with the dataset",
              "Read and listen again, and write down what strikes you, before any code.", seen.familiarising,
              "familiarising yourself with your data"),
        Stage("coding", "coding", "Code the whole dataset with equal attention, segment by segment.", seen.coding,
              "generating initial codes"),
        Stage("initial-themes", "generating initial themes",
              "Gather codes under candidate themes, each with a central idea.", seen.first_themes,
              "searching for themes"),
        Stage("reviewing", "developing and reviewing themes",
              "Hold each theme against its extracts, then against the whole dataset; keep, split, merge or drop it.",
              seen.reviewing, "reviewing themes"),
        Stage("defining", "refining, defining and naming themes",
              "Write what each theme is, what it is not, and what it says for the question.", seen.defining,
              "defining and naming themes"),
        Stage("writing", "writing up", "Choose extracts, say what they argue, and tell the story.", seen.writing,
              "producing the report"),
    ),
)  # fmt: skip

_RELEASE = Stage("codebook", "codebook released", "Release the version to code with.", seen.released)
_DRAW = Stage("draw", "transcripts drawn", "Draw the transcripts that several code, and say who codes them.",
              seen.drawn)  # fmt: skip
_PASSES = Stage("passes", "blind passes", "Each coder codes alone, and hands in.", seen.passes)
_AGREE = Stage("agreement", "agreement before talk", "Compute agreement, and keep it with its recipe.", seen.agreement)
_REPORT = Stage("report", "themes and report", "Gather the codes under themes, and write what they show.",
                seen.writing)  # fmt: skip

COURSES: Mapping[Method, Course] = {
    Method.REFLEXIVE: _PHASES,
    Method.CODEBOOK: _PHASES,
    Method.RELIABILITY: Course(
        "step",
        (
            _RELEASE, _DRAW, _PASSES, _AGREE,
            Stage("adjudication", "adjudication", "Settle what the coders said differently.", seen.settling),
            _REPORT,
        ),
        goes_round=True,
    ),
    Method.CQR: Course(
        "stage",
        (
            Stage("biases", "biases and expectations", "Each member writes biases and expectations, apart.",
                  seen.biases),
            Stage("domains", "domains", "Divide each case into domains: each judge alone, then by consensus.",
                  seen.domains),
            Stage("core-ideas", "core ideas", "Say what each case says in each domain: alone, then by consensus.",
                  seen.core_ideas),
            Stage("case-audit", "audit of the cases", "An auditor comments on each case, and the team answers.",
                  seen.case_audit),
            Stage("cross-analysis", "cross-analysis", "Propose categories for each domain alone, then agree on them.",
                  seen.cross_analysis),
            Stage("cross-audit", "audit of the cross-analysis",
                  "An auditor comments on the categories, and everything is settled.", seen.cross_audit),
        ),
        first=0,
    ),
    Method.FLEXIBLE: Course(
        "stage",
        (
            Stage("preparing", "preparing", "Give transcripts one structure, and write down respondents' attributes.",
                  seen.preparing),
            Stage("indexing", "index coding",
                  "Put index codes on large chunks; write a memo on each respondent, and one across cases.",
                  seen.indexing),
            Stage("analysing", "analytic coding",
                  "Save a query, and apply analytic codes within what it finds, one or two at a time.",
                  seen.analysing),
            Stage("refining", "refining the explanation",
                  "Cross codes with attributes, give types, look for negative cases, hold it against all cases.",
                  seen.refining),
        ),
        first=0,
    ),
    Method.NEGOTIATED: Course(
        "step",
        (
            _RELEASE, _DRAW, _PASSES, _AGREE,
            Stage("session", "negotiation", "Talk through every disagreement, and write down why it was one.",
                  seen.settling),
            Stage("revision", "codebook revised", "Release what the session changed, and look at coded segments again.",
                  seen.revised),
            _REPORT,
        ),
        goes_round=True,
    ),
}  # fmt: skip
"""The course of each method; none forces its order."""
