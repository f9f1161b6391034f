"""Answers in Excel workbooks: what a cell shows, sheets, and workbooks made to do harm."""

import io
import struct
import zipfile
from datetime import date, datetime
from datetime import time as clock_time

import pytest

from qualbench.errors import UnreadableFile
from qualbench.steps.ingest import Draft, Survey, read_survey
from qualbench.steps.ingest.survey import Plan, columns
from tests.steps.ingest.book_files import LINK, MAIN, RELATIONS, by_hand, cells, xlsx

ROWS = [["id", "q"], ["A", "one"], ["B", "two"]]


def said(draft: Draft) -> list[tuple[str, str]]:
    return [(draft.speakers[turn.speaker].label, draft.text[turn.body : turn.end]) for turn in draft.turns]


def warnings(survey: Survey) -> list[str]:
    return [str(problem) for problem in survey.warnings]


def answers(rows: list[list[object]], plan: Plan | None = None) -> list[str]:
    """The answers in the last column of a workbook, one per row."""
    made = read_survey("s.xlsx", xlsx({"S": rows}), plan or Plan("respondent", (str(rows[0][-1]),)))
    return [words for one in made.documents for _, words in said(one.draft)]


def test_a_cell_is_what_a_person_sees() -> None:
    moment = datetime(2026, 1, 5, 14, 30)
    values = [3, 0.1 + 0.2, True, date(2026, 1, 5), moment, 1e15, -2.5, "007", "=1+1", "- yes", "a_x000D_\nb"]
    shown = [
        "3",
        "0.3",
        "TRUE",
        "2026-01-05",
        "2026-01-05 14:30",
        "1000000000000000",
        "-2.5",
        "007",
        "=1+1",
        "- yes",
        "a\nb",
    ]
    assert answers([["q"], *[[value] for value in values]]) == shown


def test_times_and_formulas_show_their_values() -> None:
    assert answers([["q"], [("=1+1", 2)], [('="a"', "a")]]) == ["2", "a"]
    assert clock_time(14, 30).isoformat("seconds") in answers([["q"], [clock_time(14, 30)]])[0]


def test_a_formulas_error_is_empty_and_counted() -> None:
    survey = read_survey(
        "s.xlsx", xlsx({"S": [["id", "q"], ["A", ("=1/0", "#DIV/0!")], ["B", "x"]]}), Plan("question", ("q",))
    )
    assert "1 cell of the workbook hold a formula's error" in warnings(survey)[0]
    assert len(survey.documents[0].draft.turns) == 1


def test_several_sheets_are_asked_for() -> None:
    data = xlsx({"Empty": [], "Wave 1": [["q"], ["one"]], "Wave 2": [["q"], ["two"]]})
    first = read_survey("s.xlsx", data, Plan("question", ("q",)))
    assert said(first.documents[0].draft) == [("row 2", "one")]
    assert warnings(first) == ["s.xlsx: sheet 'Wave 1' is read, the first one with rows; not read: 'Wave 2'"]
    second = read_survey("s.xlsx", data, Plan("question", ("q",), sheet="Wave 2"))
    assert said(second.documents[0].draft) == [("row 2", "two")]
    assert first.documents[0].draft.original != second.documents[0].draft.original
    with pytest.raises(UnreadableFile, match=r"no sheet 'X'.*'Empty', 'Wave 1', 'Wave 2'"):
        columns("s.xlsx", data, sheet="X")
    with pytest.raises(UnreadableFile, match="no sheets"):
        columns("s.csv", b"a,b\n1,2\n", sheet="X")


def test_a_table_that_does_not_begin_in_the_first_cell_keeps_its_row_numbers() -> None:
    survey = read_survey(
        "s.xlsx", xlsx({"S": [[], [], [None, "id", "q"], [None, "A", "x"]]}), Plan("respondent", ("q",), "id")
    )
    assert survey.documents[0].draft.name == "s row 4"


def test_hidden_rows_are_read_and_said_and_hidden_sheets_come_last() -> None:
    sheets = '<sheet name="Old" sheetId="1" state="hidden" r:id="r1"/><sheet name="New" sheetId="2" r:id="r2"/>'
    rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="2" hidden="1"><c r="A2"><v>2</v></c></row>'
    parts = {
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{LINK}"><sheets>{sheets}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{RELATIONS}">'
        + "".join(f'<Relationship Id="r{n}" Type="{LINK}/worksheet" Target="worksheets/sheet{n}.xml"/>' for n in (1, 2))
        + "</Relationships>",
        "xl/worksheets/sheet2.xml": cells(rows),
    }
    data = by_hand(ONE, parts={name: content.encode() for name, content in parts.items()})
    survey = read_survey("s.xlsx", data, Plan("question", ("A",)))
    assert said(survey.documents[0].draft) == [("row 2", "2")]
    assert warnings(survey) == [
        "s.xlsx: sheet 'New' is read, the first one with rows; not read: 'Old'",
        "s.xlsx: 1 row of the workbook hidden, by a filter perhaps; read all the same",
    ]


def test_cells_may_lack_their_places() -> None:
    cell = '<c t="inlineStr"><is><t>{}</t></is></c>'.format
    rows = f"<row>{cell('id')}{cell('q')}</row><row>{cell('A')}{cell('x')}</row>"
    survey = read_survey("s.xlsx", by_hand(rows), Plan("respondent", ("q",), "id"))
    assert said(survey.documents[0].draft) == [("A", "x")]


# --- files made to do harm -------------------------------------------------------------------------------------

FAR = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
SHARED = "<row>" + '<c t="s"><v>0</v></c>' * 2_000 + "</row>"
DOCTYPE = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'
ONE = "<row><c><v>1</v></c></row>"


def lying(data: bytes) -> bytes:
    """The same workbook whose list of parts says that the sheet unpacks to ten bytes."""
    whole = bytearray(data)
    at = whole.index(b"xl/worksheets/sheet1.xml", whole.index(b"PK\x01\x02")) - 46
    whole[at + 24 : at + 28] = struct.pack("<I", 10)
    return bytes(whole)


def doubled() -> bytes:
    stream = io.BytesIO(by_hand(ONE))
    with zipfile.ZipFile(stream, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("xl/worksheets/sheet1.xml", cells(ONE))
    return stream.getvalue()


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"hello", "not an Excel workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(99), "password"),
        (xlsx({"S": ROWS})[:-30], "damaged"),
        (by_hand(ONE, parts={"xl/workbook.xml": b"<workbook"}), "damaged"),
        (by_hand(FAR), "span over 3,000,000 cells"),
        (by_hand('<row r="400000"/><row>' + "<c/>" * 16 + "</row>"), "span over 3,000,000 cells"),
        (by_hand(SHARED, "<si><t>" + "".join(map(str, range(20_000))) + "</t></si>"), "over 100,000,000 characters"),
        (by_hand('<row><c t="s"><v>7</v></c></row>', "<si><t>x</t></si>"), "a text that is not there"),
        (by_hand(cells(ONE).encode() + b" " * 30_000_000), "would unpack to 30,"),
        (by_hand(DOCTYPE + cells(ONE).encode()), "DOCTYPE"),
        (by_hand((DOCTYPE.decode() + cells(ONE)).encode("utf-16")), "DOCTYPE"),
        (by_hand(ONE, parts={"xl/Workbook.xml": b"<workbook/>"}), "not an Excel workbook"),
        (by_hand(ONE, parts={f"xl/{n}": b"" for n in range(5_001)}), "parts, more than"),
        (lying(by_hand(ONE)), "damaged"),
        (doubled(), "is there 2 times"),
        (xlsx({"S": []}), "none of its sheets holds anything"),
    ],
)
def test_a_workbook_made_to_do_harm_is_one_sentence(data: bytes, why: str) -> None:
    with pytest.raises(UnreadableFile, match=why) as refused:
        read_survey("s.xlsx", data, Plan("question", ("A",)))
    assert "\n" not in str(refused.value)


def test_parts_with_paths_out_of_the_folder_are_never_looked_at() -> None:
    data = by_hand(ONE + ONE, parts={"../../evil.xml": DOCTYPE, "/etc/x.xml": DOCTYPE, "xl/media/a.xml": DOCTYPE})
    assert len(columns("s.xlsx", data)) == 1
