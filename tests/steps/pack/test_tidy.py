"""CSV and its descriptor: every word comes back, nothing acts, and the descriptor says what is there."""

from __future__ import annotations

import hashlib
import json

from hypothesis import given
from hypothesis import strategies as st

from qualbench.steps.pack import tidy
from qualbench.steps.pack.blocks import Column, Kind, Link, Table
from tests.steps.pack.conftest import HOSTILE, hostile_table, read


def test_what_is_harmless_comes_back_as_it_was_said() -> None:
    told = {row["id"]: row["text"] for row in read(tidy.body(hostile_table()))}
    for key in ("emoji", "quotes", "markup", "long", "last"):
        assert told[key] == HOSTILE[key]


def test_what_a_spreadsheet_would_run_has_an_apostrophe_before_it() -> None:
    told = {row["id"]: row["text"] for row in read(tidy.body(hostile_table()))}
    for key in ("formula", "plus", "minus", "at", "tab"):
        assert told[key] == f"'{HOSTILE[key]}"


def test_what_utf_8_can_not_hold_is_shown_as_a_sign() -> None:
    told = {row["id"]: row["text"] for row in read(tidy.body(hostile_table()))}
    assert told["nul"] == "a␀b␛[2J"
    assert told["surrogate"] == "half � of one"


@given(st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "Zs"), include_characters="\n")))
def test_any_words_come_back_but_for_the_apostrophe(words: str) -> None:
    (row,) = read(tidy.rows_of(["id", "text"], [("x", words)]))
    assert row["text"] in (words, f"'{words}")
    assert not row["text"].startswith(("=", "+", "-", "@"))


def test_numbers_have_a_point_and_no_value_is_empty() -> None:
    body = tidy.rows_of(["a", "b", "c"], [(1, 0.1, None), (-2, 1e-9, "")])
    assert body == b"a,b,c\r\n1,0.1,\r\n-2,1e-09,\r\n"


def test_with_a_mark_for_excel() -> None:
    (file, _) = tidy.files([hostile_table()], title="x", date="2026-01-05", bom=True)
    assert file.body == b"\xef\xbb\xbf" + tidy.body(hostile_table())


def test_the_descriptor_names_types_keys_links_and_check_sums() -> None:
    codes = Table("codes", "The codes", (Column("code_id", "The code"), Column("parent", "Above")), [("A", "")],
                  ("code_id",), (Link("parent", "codes", "code_id"),))  # fmt: skip
    uses = Table("uses", "Uses", (Column("code_id", "Which"), Column("n", "How often", Kind.WHOLE)), [("A", 2)], (),
                 (Link("code_id", "codes", "code_id"),))  # fmt: skip
    *files, descriptor = tidy.files([codes, uses], title="Été: 2026!", date="2026-01-05T09:00:00Z", notes=["Note."])
    package = json.loads(descriptor.body)
    first, second = package["resources"]
    assert (descriptor.path, package["name"], package["created"]) == (
        "datapackage.json", "t-2026", "2026-01-05T09:00:00Z",
    )  # fmt: skip
    assert "apostrophe" in package["description"]
    assert package["description"].endswith("Note.")
    assert first["schema"]["primaryKey"] == ["code_id"]
    assert first["schema"]["foreignKeys"] == [
        {"fields": "parent", "reference": {"resource": "", "fields": "code_id"}}
    ]  # fmt: skip
    assert second["schema"]["foreignKeys"][0]["reference"] == {"resource": "codes", "fields": "code_id"}
    assert [field["type"] for field in second["schema"]["fields"]] == ["string", "integer"]
    assert [one["hash"] for one in package["resources"]] == [
        f"sha256:{hashlib.sha256(file.body).hexdigest()}" for file in files
    ]
