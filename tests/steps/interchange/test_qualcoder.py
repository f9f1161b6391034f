"""QualCoder's and RQDA's databases, in their columns."""

from __future__ import annotations

from typing import Any

from qualbench.steps.interchange import qualcoder, rqda
from qualbench.steps.interchange.refi import Kind, On
from tests.steps.interchange.databases import Table, coded, database, read_by

WORDS = "I: How did it begin?\nP1: I trusted her at once.\nP1: Then it got better.\n"


def span(words: str, text: str = WORDS) -> tuple[int, int]:
    start = text.index(words)
    return start, start + len(words)


def data_qda(text: str = WORDS, **more: Table) -> bytes:
    start, end = span("trusted her", text)
    tables: dict[str, Table] = {
        "project": ("databaseversion, date, memo, about", [("v17", "2026-01-01", "About trust", "QualCoder 4.0")]),
        "source": ("id integer primary key, name, fulltext, mediapath, memo, owner, date", [
            (1, "talk.txt", text, None, "At home", "ana", "2026-01-01"),
            (2, "photo.png", None, "/images/photo.png", "", "ana", "2026-01-01"),
        ]),
        "code_cat": ("catid integer primary key, name, owner, date, memo, supercatid", [
            (2, "Inner", "ana", "", "", 1), (1, "Outer", "ana", "", "All of it", None),
        ]),
        "code_name": ("cid integer primary key, name, memo, catid, owner, date, color", [
            (1, "Trust", "They trust", 2, "ana", "", "#FF0000"), (2, "Hope", None, None, "ana", "", "red"),
        ]),
        "code_text": (
            "ctid integer primary key, cid, fid, seltext, pos0, pos1, owner, date, memo, avid, important",
            [(1, 1, 1, "trusted her", start, end, "ana", "2026-01-05 09:00:00", "sure?", None, None),
             (2, 1, 1, "trusted her", start, end, "ben", "2026-01-05 09:00:00", "", None, None),
             (3, 9, 1, "trusted her", start, end, "ben", "", "", None, None)],
        ),
        "code_image": ("imid integer primary key, id, cid", [(1, 2, 1)]),
        "annotation": ("anid integer primary key, fid, pos0, pos1, memo, owner, date",
                       [(1, 1, start, end, "Look", "ana", "2026-01-05")]),
        "cases": ("caseid integer primary key, name, memo, owner, date", [(1, "Mara", "Shy", "ana", "")]),
        "case_text": ("id integer primary key, caseid, fid, pos0, pos1", [(1, 1, 1, 0, 5), (2, 1, 1, 6, 9)]),
        "attribute_type": ("name, date, owner, memo, caseOrFile, valuetype", [
            ("age", "", "", "", "case", "numeric"), ("site", "", "", "", "case", "character"),
        ]),
        "attribute": ("attrid integer primary key, name, attr_type, value, id, date, owner", [
            (1, "age", "case", "34", 1, "", ""), (2, "site", "case", "", 1, "", ""), (3, "x", "file", "1", 1, "", ""),
        ]),
        "journal": ("jid integer primary key, name, jentry, date, owner",
                    [(1, "First day", "It rained.", "2026-01-05 09:00:00", "ben")]),
    }  # fmt: skip
    return database({**tables, **more})


def test_a_project_of_qualcoder_is_carried() -> None:
    found = read_by(qualcoder, data_qda(), "study.qda")
    bundle = found.bundle
    assert coded(found) == [
        ("talk.txt", "ana", "Trust", "trusted her"), ("talk.txt", "ben", "Trust", "trusted her"),
    ]  # fmt: skip
    assert (bundle.name, bundle.description, bundle.codings[0].memo) == ("study", "About trust", "sure?")
    names = {one.id: one.name for one in bundle.codes}
    assert [(one.name, names.get(one.parent, ""), one.definition, one.colour, one.codable) for one in bundle.codes] == [
        ("Outer", "", "All of it", "", False), ("Inner", "Outer", "", "", False),
        ("Trust", "Inner", "They trust", "#FF0000", True), ("Hope", "", "", "", True),
    ]  # fmt: skip
    assert [(one.name, one.values, one.sources) for one in bundle.cases] == [("Mara", (("age", "34"),), ("1",))]
    assert [(one.name, one.kind) for one in bundle.variables] == [("age", Kind.FLOAT)]
    assert [(one.on, one.text, one.author) for one in bundle.notes] == [
        (On.PLACE, "Look", "ana"), (On.SOURCE, "At home", "ana"), (On.CASE, "Shy", "ana"),
        (On.STUDY, "It rained.", "ben"),
    ]  # fmt: skip
    for line in (
        "Pictures, recordings and empty texts not carried: 1.", "Attributes of texts not carried: 1.",
        "Codings not carried, because they are on parts of pictures: 1.",
        "Codings not carried, because their text or code is not there or they lie outside of it: 1.",
    ):  # fmt: skip
        assert line in found.lines


def test_windows_line_ends_in_the_database_are_counted_as_the_words_tell() -> None:
    found = read_by(qualcoder, data_qda(WORDS.replace("\n", "\r\n")))
    assert {words for *_, words in coded(found)} == {"trusted her"}
    assert found.bundle.sources[0].text == WORDS


def test_categories_in_a_circle_stand_at_the_top() -> None:
    circle: Table = ("catid, name, memo, supercatid", [(1, "One", "", 2), (2, "Two", "", 1)])
    codes = read_by(qualcoder, data_qda(code_cat=circle)).bundle.codes
    assert [(one.name, one.parent) for one in codes][:2] == [("One", ""), ("Two", "")]


def test_an_rqda_project_is_carried_without_what_was_deleted() -> None:
    start, end = span("trusted her")
    tables: dict[str, Table] = {
        "project": ("databaseversion, date, dateM, memo, about", [("0.2.2", "", "", "About trust", "RQDA")]),
        "source": ("name, id integer, file, memo, owner, date, dateM, status", [
            ("talk", 1, WORDS, "", "ana", "", "", 1), ("gone", 2, "Gone.", "", "ana", "", "", 0),
        ]),
        "freecode": ("name, memo, owner, date, dateM, id integer, status, color", [
            ("Trust", "They trust", "ana", "", "", 1, 1, None), ("Old", "", "ana", "", "", 2, 0, None),
        ]),
        "codecat": ("name, cid, catid integer, owner, date, dateM, memo, status", [
            ("Feelings", None, 1, "ana", "", "", "", 1),
        ]),
        "treecode": ("cid, catid, date, dateM, memo, status, owner", [(1, 1, "", "", "", 1, "ana")]),
        "coding": ("cid, fid, seltext, selfirst, selend, status, owner, date, memo", [
            (1, 1, "trusted her", start, end, 1, "ana", "Mon Jan  5 09:00:00 2026", "sure?"),
            (1, 1, "trusted", start, end - 4, 0, "ben", "", None),
        ]),
        "annotation": ("fid, position, annotation, owner, date, dateM, status", [(1, start, "Look", "ana", "", "", 1)]),
        "cases": ("name, memo, owner, date, dateM, id integer, status", [("Mara", "", "ana", "", "", 1, 1)]),
        "caselinkage": ("caseid, fid, selfirst, selend, status, owner, date, memo", [(1, 1, 0, 9, 1, "", "", "")]),
        "caseAttr": ("variable, value, caseID, date, dateM, owner, status", [("site", "north", 1, "", "", "", 1)]),
    }  # fmt: skip
    found = read_by(rqda, database(tables), "study.rqda")
    bundle: Any = found.bundle
    assert coded(found) == [("talk", "ana", "Trust", "trusted her")]
    assert [one.name for one in bundle.sources] == ["talk"]
    assert [(one.name, one.parent) for one in bundle.codes] == [("Feelings", ""), ("Trust", "cat 1")]
    assert bundle.codings[0].memo == "sure?"
    assert [(one.name, one.values, one.sources) for one in bundle.cases] == [("Mara", (("site", "north"),), ("1",))]
    assert [(one.on, one.text, one.start) for one in bundle.notes] == [(On.PLACE, "Look", start)]
