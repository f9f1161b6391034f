"""Readers of words: tables and settings that are text, and the small languages that people type."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from unittest.mock import patch

if TYPE_CHECKING:
    from qualbench.steps.agreement.rated.ratings import Level


def text(data: bytes) -> str:
    """What a verb makes of a file before its reader sees it; bytes that are not UTF-8 are refused there."""
    return data.decode("utf-8-sig", "replace")


# --- tables ------------------------------------------------------------------------------------------------------


def codings(data: bytes) -> object:
    from qualbench.steps.interchange import codings_csv

    return codings_csv.read("codings.csv", text(data))


def ratings(data: bytes) -> object:
    return _rated(data, "set")


def numbers(data: bytes) -> object:
    return _rated(data, "ratio")


def _rated(data: bytes, level: Level) -> object:
    from qualbench.steps.agreement.rated import ratings as rated
    from qualbench.steps.agreement.rated import spreadsheet

    found = rated.read("ratings.csv", text(data), level)
    return spreadsheet.to_data(spreadsheet.agreement(found, "ratings.csv"))


def answers(data: bytes) -> object:
    from qualbench.project.deidentify.answers import read_answers

    return read_answers("answers.csv", text(data))


def names(data: bytes) -> object:
    from qualbench.project.deidentify.known_names import known_names, lines_of

    return lines_of(known_names(text(data)))


def trail(data: bytes) -> object:
    from qualbench.steps.trail.writing import hashes

    return hashes(text(data))


# --- settings ----------------------------------------------------------------------------------------------------


def card(data: bytes) -> object:
    from qualbench.steps.packages import read_card

    found = read_card(data.decode("utf-8", "surrogateescape"))
    return found.fingerprint, found.line()


def whole_card(data: bytes) -> object:
    """A card whose end says that nothing was lost, whatever stands before it; something is sealed to it."""
    from hashlib import sha256

    from pyrage import encrypt, x25519

    from qualbench.steps.packages import read_card

    body = "".join(text(data).split())
    found = read_card(f"qualbench1.{body}.{sha256(body.encode(errors='replace')).hexdigest()[:8]}")
    encrypt(b"x", [x25519.Recipient.from_str(found.recipient)])
    return found.fingerprint


def profile(data: bytes) -> object:
    """A profile as it stands in a study that somebody sent."""
    from qualbench.errors import QualbenchError
    from qualbench.project.intake import Imports
    from qualbench.steps.ingest import profiles, read

    study = Imports.__new__(Imports)
    study._db = None  # type: ignore[assignment]  # nothing else is asked of it
    with patch("qualbench.project.intake.studies.profiles", return_value={"x": text(data)}):
        found = study.profiles()
    for one in found:
        with suppress(QualbenchError):
            return profiles.departures(read("a.txt", b"I: Why?\nP1: So.\nI: And?\nP1: No.\n", one.answers), one)
    return found


def settings(data: bytes) -> object:
    from qualbench.steps.report import look_file

    return look_file.look(text(data))


def template(data: bytes) -> object:
    from qualbench.steps.report.docx_styles import opened
    from qualbench.steps.report.look import WordTemplate

    return opened(WordTemplate("style.docx", data))


def keys(data: bytes) -> object:
    from qualbench.tui.app import _own_keys

    with TemporaryDirectory() as folder, patch.dict(os.environ, {"XDG_CONFIG_HOME": folder}):
        place = Path(folder) / "qualbench" / "config.toml"
        place.parent.mkdir()
        place.write_bytes(data)
        return _own_keys()


# --- languages ---------------------------------------------------------------------------------------------------


def query(data: bytes) -> object:
    from qualbench.steps.matrices.queries.reading import parse
    from qualbench.steps.matrices.queries.writing import text as written

    found = parse(text(data))
    assert parse(written(found)) == found, "what is written of a query is another query"
    return found


def rule(data: bytes) -> object:
    from qualbench.steps.typologies import rules

    found = rules.parse(text(data))
    case = rules.Case("P1", {"role": "advocate", "age": "34"}, frozenset({"TRUST"}))
    return rules.fits(found, case), rules.text(found)


def search(data: bytes) -> object:
    from qualbench.steps.participants import Attribute, AttributeKind, parsed, written

    return written(parsed(text(data), [Attribute("age", AttributeKind.NUMBER), Attribute("since", AttributeKind.DATE)]))


def columns(data: bytes) -> object:
    from qualbench.steps.participants import Known, said

    return said(text(data).split("\n"), ("Age", "Site", "P=1"), Known())


def pattern(data: bytes) -> object:
    """A pattern of labels that somebody typed for a file."""
    from qualbench.steps.ingest import Answers, read

    words = text(data)
    return json.dumps(len(read("a.txt", b"I: Why?\nP1: So.\nI: And?\nP1: No.\n", Answers(pattern=words)).turns))
