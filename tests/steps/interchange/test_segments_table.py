"""Tables of coded segments: the columns that programs write, and places that are found by words and never guessed."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from qualbench.errors import UnknownCode
from qualbench.steps.interchange.segments_table import Text, columns, place, segments

WORDS = "I: How did it begin?\nP1: I trusted her\u00a0at once.\n\nI: And then?\nP1: Then it got better. Then I slept.\n"
TEXTS = {"talk": Text("talk", WORDS), "Zo\u00eb": Text("Zo\u00eb", "Hello.")}
TRUSTED = WORDS.index("trusted"), WORDS.index(".\n\nI: And")
CODES = {"Trust": "TRUST", "Hope": "HOPE", "TRUST": "TRUST"}


def code_id(name: str) -> str:
    if name not in CODES:
        raise UnknownCode(name)
    return CODES[name]


def taken(rows: Sequence[Sequence[str]], coder: str = "") -> tuple[list[tuple[object, ...]], list[str]]:
    where = columns(rows)
    assert where is not None
    lines, problems = place("t.xlsx", segments(rows, where), TEXTS, code_id, coder)
    return [(one.transcript, one.start, one.end, one.code, one.coder, one.memo) for one in lines], list(
        map(str, problems)
    )


@pytest.mark.parametrize(
    "rows",
    [
        [["Document group", "Document name", "Code", "Beginning", "End", "Weight score", "Segment", "Created by",
          "Comment", "Created", "Area", "Coverage %"],
         ["Round 1", "talk", "Feelings > Trust", "2", "2", "0", "trusted her at  once", "ana", "sure?", "", "21"]],
        [["Farbe", "Kommentar", "Dokumentgruppe", "Dokumentname", "Code", "Anfang", "Ende", "Gewicht", "Segment",
          "Autor"],
         ["\u25cf", "sure?", "", "talk", "Feelings\\Trust", "2", "2", "0", "trusted her\nat once", "ana"]],
        [["Project: Trust"], [],
         ["ID", "Document", "Quotation Name", "Quotation Content", "Comment", "Codes", "Reference", "Created by"],
         ["1:1", "talk.docx", "trusted her", "trusted her at once", "sure?", "Trust", "2 - 2", "ana"]],
    ],
    ids=["MAXQDA", "MAXQDA in German", "ATLAS.ti"],
)  # fmt: skip
def test_the_columns_of_a_program_are_known_and_words_are_found(rows: list[list[str]]) -> None:
    assert taken(rows) == ([("talk", *TRUSTED, "TRUST", "ana", "sure?")], [])


def test_taguettes_highlights_have_no_coder_so_one_is_named() -> None:
    rows = [["id", "document", "tag", "content"], ["7", "talk", "Trust", "trusted her at once"]]
    assert taken(rows, "ben") == ([("talk", *TRUSTED, "TRUST", "ben", "")], [])
    assert taken(rows)[1] == ["t.xlsx, line 2: the table does not say whose coding it is: name the coder"]


@pytest.mark.parametrize("between", ["\n", "; ", ";\n"])
def test_several_codes_in_a_cell_are_several_codings(between: str) -> None:
    rows = [["Document", "Quotation Content", "Codes"], ["talk", "trusted her", f"Trust{between}Hope"]]
    assert [code for _, _, _, code, *_ in taken(rows, "ana")[0]] == ["TRUST", "HOPE"]


@pytest.mark.parametrize(
    ("document", "words", "code", "why"),
    [
        ("talk", "Then", "Trust", "'Then' stands in several places in 'talk'"),
        ("talk", "she trusted", "Trust", "'she trusted' stands nowhere in 'talk'"),
        ("walk", "Then", "Trust", "there is no transcript called 'walk'"),
        ("talk", "slept", "Joy", "The codebook has no code called 'Joy'."),
    ],
)
def test_what_has_no_sure_place_is_listed_with_its_line(document: str, words: str, code: str, why: str) -> None:
    rows = [["Document", "Code", "Segment"], ["talk", "Hope", "got better"], [document, code, words]]
    lines, problems = taken(rows, "ana")
    assert [line[3] for line in lines] == ["HOPE"]
    assert problems == [f"t.xlsx, line 3: {why}"]


def test_words_that_overlap_themselves_stand_in_several_places() -> None:
    assert len(Text("a", "na na na").places("na na")) == 2


def test_a_document_goes_by_its_name_in_any_case_and_with_its_ending() -> None:
    rows = [["Document", "Code", "Segment"], ["ZOE.txt", "Hope", "Hello"]]
    assert taken(rows, "ana")[0] == [("Zo\u00eb", 0, 5, "HOPE", "ana", "")]


def test_what_is_no_such_table_is_known() -> None:
    assert columns([["transcript", "start", "end", "code", "coder"]]) is None
    assert columns([]) is None


def test_formulas_that_were_defused_are_words_again() -> None:
    texts = {"talk": Text("talk", "He said:\n- not so.\n")}
    rows = [["Document", "Code", "Segment"], ["talk", "Hope", "'- not so."]]
    where = columns(rows)
    assert where is not None
    lines, problems = place("t.csv", segments(rows, where), texts, code_id, "ana")
    assert ([(one.start, one.end) for one in lines], problems) == ([(9, 18)], [])
