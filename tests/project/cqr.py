"""A study by consensual qualitative research: interviews coded into domains, and judges who work on them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path

from qualbench.project import Project
from tests.conftest import add_interview, code

DOMAINS = """
format: qualbench-codebook/1
title: Domains
version: "1.0"
codes:
  - {id: HELP, label: Help, kind: domain, definition: What helped., exclude: Not for harm., examples: ["She stayed."]}
  - {id: FRIEND, label: Friends, parent: HELP, definition: Friends., exclude: Not kin., examples: ["My friend."]}
  - {id: KIN, label: Kin, parent: HELP, definition: Kin., exclude: Not friends., examples: ["My aunt."]}
  - {id: HARM, label: Harm, kind: domain, definition: What harmed., exclude: Not help., examples: ["He left."]}
"""

JUDGES = ("ana", "ben", "cleo")


def interview(who: str) -> str:
    """Three answers: help, help by kin, harm."""
    return (
        f"I: What helped you?\n{who}: My friend stayed with me.\nI: And at home?\n{who}: My aunt cooked, I am {who}.\n"
        f"I: What was hard?\n{who}: They closed the office.\n"
    )


def cqr_study(folder: Path, clock: Callable[[], datetime], people: int = 6) -> Project:
    """A study with one coder for each transcript, people P1, P2 ... in interviews of their own, all settled."""
    project = Project.create(folder, method="cqr", coders=1, viewer="ana", clock=clock)
    project.release_codebook("domains.yaml", DOMAINS)
    for number in range(1, people + 1):
        add_interview(project, f"talk{number}.txt", interview(f"P{number}"))
        code(project, "ana", ["FRIEND", "KIN", "HARM"], f"talk{number}")
    return project


def judged(project: Project, about: str, ideas: Mapping[str, str], judges: tuple[str, ...] = JUDGES) -> None:
    """Every judge writes a core idea in each of these domains of a case and hands in."""
    project.name_judges(about, judges)
    for judge in judges:
        project.viewer = judge
        for domain, words in ideas.items():
            project.write_idea(about, domain, f"{words}, says {judge}")
        project.submit_ideas(about)


def agreed(project: Project, case: str, domain: str, words: str) -> str:
    """The team agrees on a core idea; answers with its id."""
    before = {one.id for one in project.core_ideas(agreed=True)}
    project.agree_idea(case, domain, words)
    return next(one.id for one in project.core_ideas(agreed=True) if one.id not in before)


def category(project: Project, domain: str, name: str, ideas: tuple[str, ...] = (), parent: str = "") -> str:
    """The team agrees on a category; answers with its id."""
    project.agree_category(domain, name, ideas, parent)
    return next(one.id for one in project.categories(domain, agreed=True) if one.name == name)


def cross_analysed(project: Project, judges: tuple[str, ...] = JUDGES) -> dict[str, str]:
    """Core ideas of help and harm agreed for every case, and every judge's categories of both domains handed in.

    Answers with the ids of the core ideas, named like P1 HELP.
    """
    found: dict[str, str] = {}
    for case, _ in project.case_labels():
        judged(project, case, {"HELP": "Somebody stayed", "HARM": "A place closed"}, judges)
        for domain in ("HELP", "HARM"):
            found[f"{case} {domain}"] = agreed(project, case, domain, f"{case} on {domain.lower()}.")
    for domain in ("HELP", "HARM"):
        project.name_judges(domain, judges)
        for judge in judges:
            project.viewer = judge
            project.propose_category(domain, f"{judge}'s", [found[f"P1 {domain}"]])
            project.submit_categories(domain)
    return found
