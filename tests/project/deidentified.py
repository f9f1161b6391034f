"""Interviews with names in every place a name can hide, and a person who answers for all of them."""

from __future__ import annotations

from pathlib import Path

from qualbench.project import Project
from qualbench.project.deidentify.answers import give
from qualbench.project.deidentify.review import Review
from qualbench.project.deidentify.vault_file import VaultFile, default_vault
from qualbench.steps import ingest
from qualbench.steps.deidentify import KnownName
from qualbench.steps.ingest import Draft

FIRST = """Notes of a talk with Tessa Lundqvist
Interviewer: Where do you live, Tessa?
Tessa: In Brumleby, with Okonjo. Write to tessa.l@kindred.example or call 020 7946 0991.
Interviewer: And now?
Tessa: TESSA is fine. Tess's dog, too.
"""
SECOND = """Interviewer: Who helped?
Okonjo: It was Tess Lundqvist who came first.
Interviewer: Where from?
Okonjo: From Brumleby.
"""
NAMES = ("tess", "lundqvist", "brumleby", "okonjo", "kindred", "7946 0991")
"""What must not be found anywhere afterwards, in small letters."""
KNOWN = (KnownName("Tessa", "Lundqvist", ("Tess",)),)
OWN = ("Brumleby", "Okonjo")


def draft(source: str, text: str) -> Draft:
    return ingest.read(source, text.encode())


def vault_of(project: Project) -> Path:
    return default_vault(project.study.id)


def review(project: Project, *drafts: Draft, reviewer: str = "ana", **more: object) -> Review:
    """A session of one person with the study's own vault."""
    options: dict[str, object] = {"known": KNOWN, "own": OWN, **more}
    file = VaultFile(vault_of(project), [project.folder])
    return Review(drafts, file, reviewer=reviewer, **options)  # type: ignore[arg-type] # options of one call


def take_all(work: Review) -> None:
    """Take every suggestion."""
    for asked in work.undecided:
        if work.decision(asked) is None:
            give(work, asked, "take")


def read_all(work: Review, reader: str) -> None:
    for file in range(len(work.drafts)):
        work.mark_read(file, reader)
