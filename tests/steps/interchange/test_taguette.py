"""Taguette's project.sqlite3: the traps of its offsets, its tags, and its missing coders."""

from __future__ import annotations

import json
from typing import Any

import pytest

from qualbench.errors import UnreadableFile
from qualbench.steps.interchange import taguette
from qualbench.steps.interchange.refi import UNKNOWN_CODER
from tests.steps.interchange.databases import Table, coded, database, read_by

HTML = "<h1>Caf\u00e9 &amp; talk</h1><p>I <b>trusted</b> her \U0001f642.</p><p>Then it got better.</p>"
NODES = "Caf\u00e9 & talkI trusted her \U0001f642.Then it got better."
"""The text nodes one after the other: what offsets count the bytes of."""


def at(words: str, nodes: str = NODES) -> tuple[int, int]:
    """Where words begin and end in the bytes of the text nodes."""
    start = len(nodes[: nodes.index(words)].encode())
    return start, start + len(words.encode())


def project(
    highlights: list[tuple[Any, ...]], links: list[tuple[int, int]], *, html: str = HTML, commands: Any = (),
    projects: int = 1,
) -> bytes:  # fmt: skip
    """A project as Taguette exports it, in the columns of its database."""
    tables: dict[str, Table] = {
        "users": ("login, created", [("admin", "2026-01-01")]),
        "projects": ("id integer primary key, name, description, created", [
            (n, f"Study {n}", "About trust", "2026-01-01") for n in range(1, projects + 1)
        ]),
        "documents": ("id integer primary key, name, description, filename, created, project_id, text_direction,"
                      " contents", [(1, "talk", "At home", "talk.docx", "2026-01-01", 1, "LEFT_TO_RIGHT", html)]),
        "tags": ("id integer primary key, project_id, path, description", [
            (1, 1, "interesting", "Further review required"), (2, 1, "trust", "They trust"), (3, 1, "trust.peers", ""),
            (4, 1, "a.b", ""),
        ]),
        "highlights": ("id integer primary key, document_id, start_offset, end_offset, snippet", highlights),
        "highlight_tags": ("highlight_id, tag_id", links),
        "commands": ("id integer primary key, date, user_login, project_id, document_id, payload", commands),
    }  # fmt: skip
    return database(tables)


def test_offsets_are_bytes_of_the_text_between_the_tags() -> None:
    data = project(
        [(1, 1, *at("trusted her \U0001f642"), "<b>trusted</b> her \U0001f642"),
         (2, 1, *at("Then it got better."), "Then it got better.")],
        [(1, 2), (1, 1), (2, 3)],
    )  # fmt: skip
    found = read_by(taguette, data)
    assert coded(found) == [
        ("talk", UNKNOWN_CODER, "trust", "trusted her \U0001f642"),
        ("talk", UNKNOWN_CODER, "interesting", "trusted her \U0001f642"),
        ("talk", UNKNOWN_CODER, "peers", "Then it got better."),
    ]
    assert not any("other words" in line for line in found.lines)


def test_paragraphs_stand_on_lines_of_their_own() -> None:
    (source,) = read_by(taguette, project([], [])).bundle.sources
    assert source.text == "Caf\u00e9 & talk\nI trusted her \U0001f642.\nThen it got better.\n"


@pytest.mark.parametrize("counted", [True, False])
def test_blanks_before_the_first_words_count_or_not_as_the_words_tell(counted: bool) -> None:
    """What stands before the body is dropped by the parser of a browser, and kept by others."""
    nodes = "\n  " * counted + NODES
    data = project([(1, 1, *at("trusted", nodes), "trusted")], [(1, 2)], html=f"\n  {HTML}")
    assert coded(read_by(taguette, data)) == [("talk", UNKNOWN_CODER, "trust", "trusted")]


def test_a_dotted_path_is_a_tree_only_where_what_is_above_is_a_tag_too() -> None:
    bundle = read_by(taguette, project([], [])).bundle
    names = {one.id: one.name for one in bundle.codes}
    assert [(one.name, names.get(one.parent, ""), one.definition) for one in bundle.codes] == [
        ("interesting", "", "Further review required"), ("trust", "", "They trust"), ("a.b", "", ""),
        ("peers", "trust", ""),
    ]  # fmt: skip


def test_coders_are_told_apart_where_the_log_does() -> None:
    highlights = [(n, 1, *at("trusted"), "trusted") for n in (1, 2, 3)]

    def log(*logins: str) -> list[tuple[Any, ...]]:
        return [
            (n, "2026-01-01", login, 1, 1, json.dumps({"type": "highlight_add", "highlight_id": n, "tags": [2]}))
            for n, login in enumerate(logins, 1)
        ]

    links = [(1, 2), (2, 2), (3, 2)]
    apart = read_by(taguette, project(highlights, links, commands=log("ana", "ben")))
    assert [who for _, who, _, _ in coded(apart)] == ["ana", "ben", UNKNOWN_CODER]
    exported = read_by(taguette, project(highlights, links, commands=log("admin", "admin", "admin")))
    assert [who for _, who, _, _ in coded(exported)] == [UNKNOWN_CODER], "the export makes admin of everybody"
    assert any("does not keep who highlights" in line for line in exported.lines)


def test_what_is_not_carried_is_said() -> None:
    inside = len(b"Caf") + 1
    data = project(
        [(1, 1, *at("trusted"), "trusted"), (2, 1, 0, 9_999, "x"), (3, 1, inside, inside + 3, "x"),
         (4, 1, *at("Then"), "something else")],
        [(2, 2), (3, 2), (4, 2)],
    )  # fmt: skip
    lines = read_by(taguette, data).lines
    assert "Highlights without a tag, not carried: 1." in lines
    assert "Highlights not carried, because they lie outside of their document or split a letter: 2." in lines
    assert "Highlights with other words at their place than Taguette keeps for them: 1." in lines


def test_a_database_of_several_projects_is_refused() -> None:
    with pytest.raises(UnreadableFile, match="2 projects"):
        read_by(taguette, project([], [], projects=2))


def test_tags_in_a_circle_and_payloads_that_are_no_json_do_no_harm() -> None:
    tables: dict[str, Table] = {
        "projects": ("id, name, description", [(1, "Study", "")]),
        "documents": ("id, name, contents", [(1, "talk", "<p>I trusted.</p><script>x</script>")]),
        "tags": ("id, path, description, parent_id", [(1, "one", "", 2), (2, "two", "", 1), (3, "self", "", 3)]),
        "highlights": ("id, document_id, start_offset, end_offset, snippet", [(1, 1, 2, 9, "trusted")]),
        "highlight_tags": ("highlight_id, tag_id", [(1, 1), (1, 99)]),
        "commands": ("user_login, payload", [("ana", "{"), ("ben", "[" * 5_000), ("cleo", "[]")]),
    }
    found = read_by(taguette, database(tables))
    assert coded(found) == [("talk", UNKNOWN_CODER, "one", "trusted")]
    assert [one.name for one in found.bundle.codes] == ["self", "one", "two"]
