"""The table of readers is whole: every ending and every function that takes bytes of strangers apart stands in it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import qualbench
from qualbench.project import foreign
from qualbench.steps import ingest
from qualbench.steps.codebook import files
from tests.fuzz.readers import READERS

ROOT = Path(qualbench.__file__).parent
TAKES_APART = {
    *("loads", "load", "fromstring", "XMLParser", "ParserCreate", "ZipFile", "feed", "PdfDocument", "rtf_to_text"),
    *("reader", "DictReader", "deserialize", "decompress", "decompressobj", "decrypt", "b64decode", "fromhex"),
}
"""Calls by which bytes or words become something else."""

OWN = {
    "the study's own database, whose entries are checked by their hashes": (
        *("project/agreement.py:_run", "project/cqr.py:kept_stability", "steps/care/answering.py:allowed"),
        *("steps/codebook/drafting.py:_fields", "store/doctor.py:_withdrawn", "store/erasing.py:destroyed"),
        *("store/projections.py:decode", "store/queries/", "store/rules/"),
    ),
    "written by this very process a moment ago": (
        *("formats/docx.py:", "steps/interchange/refi/archive.py:packed"),
        *("steps/pack/tracing.py:png", "steps/ingest/answers.py:to_data", "project/deidentify/vault_file.py:_body"),
        *("steps/packages/identity.py:sign", "steps/packages/identity.py:card", "project/demo.py:"),
    ),
    "beside the program, or said by the machine": ("steps/suggesting/language.py:", "store/lock.py:"),
    "words of codes inside a project, read only where they are JSON, by the readers of projects": (
        "steps/interchange/described.py:",
    ),
    "a fingerprint of a key that was read before": ("steps/packages/identity.py:fingerprint",),
    "a question about one word that was typed": ("project/recognised.py:_is_key",),
    "keys of studies: tests/store/test_keys.py, not this table": ("store/keys.py:", "project/parcel.py:_told"),
    "what PostgreSQL says beside a refusal, and a signature that is being made": (
        *("hub/link.py:", "project/keyed.py:_signed_key"),
    ),
    "keys that are pressed": ("tui/",),
    "no parsing: a method of the same name": (
        *("cli/", "project/coding.py:", "project/care.py:", "project/compared.py:", "project/cqr_cases.py:"),
        *("project/material.py:", "project/deidentify/files.py:", "steps/deidentify/language.py:"),
        *("steps/participants/language.py:", "steps/ingest/otranscribe.py:", "steps/ingest/recognised/__init__.py:"),
        "steps/report/look_file.py:_read",
    ),
}


def parsers() -> Iterator[str]:
    """Every function of the program that makes such a call."""
    for path in sorted(ROOT.rglob("*.py")):
        for one in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(one, ast.FunctionDef) and TAKES_APART & set(_called(one)):
                yield f"{path.relative_to(ROOT).as_posix()}:{one.name}"


def _called(function: ast.FunctionDef) -> Iterator[str]:
    for one in ast.walk(function):
        if isinstance(one, ast.Call):
            called = one.func
            yield called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")


def test_every_function_that_takes_something_apart_is_fuzzed_or_reads_what_is_our_own() -> None:
    covered = {one for reader in READERS for one in reader.covers}
    found = set(parsers())
    own = tuple(one for places in OWN.values() for one in places)
    assert sorted(one for one in found - covered if not one.startswith(own)) == []
    assert sorted(covered - found) == [], "the table names what is not there"
    assert [one for one in own if not any(name.startswith(one) for name in found)] == []


def test_every_ending_of_a_transcript_has_a_reader() -> None:
    assert {f"transcript {suffix}" for suffix in ingest.SUFFIXES} <= {one.name for one in READERS}


def test_every_ending_of_a_codebook_has_a_reader() -> None:
    endings = {suffix for one in files.formats() if one.reads for suffix in one.suffixes}
    assert {f"codebook {suffix}" for suffix in endings} == {
        one.name for one in READERS if one.name.startswith("codebook ")
    }


def test_every_database_of_another_program_has_a_reader() -> None:
    names = {reader.__module__.rpartition(".")[2] for reader, _ in foreign._READERS.values()}
    known = {one.name.removeprefix("project of ").casefold() for one in READERS if one.name.startswith("project of")}
    assert names == known


def test_names_of_readers_are_told_apart() -> None:
    names = [one.name for one in READERS]
    assert len(set(names)) == len(names)
