"""Survey answers from CSV and Excel: columns, plans, documents per respondent and per question, awkward files."""

import csv
import io
import time
from hashlib import sha256

import pytest

from qualbench.errors import UnreadableFile
from qualbench.model import Role
from qualbench.steps.ingest import Draft, Survey, read, read_survey
from qualbench.steps.ingest.survey import Plan, columns, suggested
from tests.steps.ingest.book_files import xlsx

WHY = "Why did you leave?"
HELP = "What would have helped?"
ROWS = [
    ["id", "site", "age", WHY, HELP],
    ["P01", "north", "34", "The rent went up, and nobody told us.", "- a phone call"],
    ["P02", "south", "41", "=family", ""],
    ["P03", "north", "29", "", " "],
    ["P04", "south", "55", 'They said "no"\nand that was it.', "More time to find a place"],
]
RESPONDENT = Plan("respondent", (WHY, HELP), "id", ("site", "age"))
QUESTION = Plan("question", (WHY, HELP), "id", ("site",))


def as_csv(rows: list[list[str]] = ROWS, separator: str = ",", end: str = "\r\n") -> bytes:
    stream = io.StringIO()
    csv.writer(stream, delimiter=separator, lineterminator=end).writerows(rows)
    return stream.getvalue().encode()


def said(draft: Draft) -> list[tuple[str, str]]:
    return [(draft.speakers[turn.speaker].label, draft.text[turn.body : turn.end]) for turn in draft.turns]


def warnings(survey: Survey) -> list[str]:
    return [str(problem) for problem in survey.warnings]


# --- documents -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "data"),
    [("survey.csv", as_csv()), ("survey.xlsx", xlsx({"S": ROWS})), ("survey.tsv", as_csv(separator="\t"))],
)
def test_one_document_for_each_respondent(name: str, data: bytes) -> None:
    survey = read_survey(name, data, RESPONDENT)
    first = survey.documents[0].draft
    assert first.text == (
        "Why did you leave?\nThe rent went up, and nobody told us.\n\nWhat would have helped?\n- a phone call"
    )
    assert said(first) == [("P01", "The rent went up, and nobody told us."), ("P01", "- a phone call")]
    assert [turn.start == turn.body for turn in first.turns] == [True, True]
    assert [one.draft.name for one in survey.documents] == ["survey row 2", "survey row 3", "survey row 5"]
    assert said(survey.documents[2].draft)[0] == ("P04", 'They said "no"\nand that was it.')
    assert [dict(one.attributes) for one in survey.documents] == [
        {"P01": {"site": "north", "age": "34"}},
        {"P02": {"site": "south", "age": "41"}},
        {"P04": {"site": "south", "age": "55"}},
    ]
    assert [one for one in warnings(survey) if "apart by" not in one] == [
        f"{name}: 1 row without an answer: no turns (4)"
    ]


@pytest.mark.parametrize(("name", "data"), [("survey.csv", as_csv()), ("survey.xlsx", xlsx({"S": ROWS}))])
def test_one_document_for_each_question(name: str, data: bytes) -> None:
    why, help_ = read_survey(name, data, QUESTION).documents
    assert help_.draft.text == ("What would have helped?\n\nP01: - a phone call\n\nP04: More time to find a place")
    assert said(why.draft)[1:] == [("P02", "=family"), ("P04", 'They said "no"\nand that was it.')]
    assert (why.draft.name, help_.draft.name) == ("survey Why did you leave?", "survey What would have helped?")
    assert help_.attributes == {"P01": {"site": "north"}, "P04": {"site": "south"}}
    assert why.draft.words == 8 + 1 + 7


def test_every_respondent_is_a_participant_whatever_the_id() -> None:
    survey = read_survey("s.csv", b"id,q\nI1,Did it end?\nModerator,Why did it?\n", Plan("question", ("q",), "id"))
    assert [speaker.role for speaker in survey.documents[0].draft.speakers] == [Role.PARTICIPANT] * 2


def test_each_document_has_its_own_hash_and_the_same_one_again() -> None:
    data = as_csv()
    originals = [
        one.draft.original for plan in (RESPONDENT, QUESTION) for one in read_survey("survey.csv", data, plan).documents
    ]
    again = [one.draft.original for one in read_survey("renamed.csv", data, RESPONDENT).documents]
    assert len({*originals, sha256(data).hexdigest()}) == 3 + 2 + 1
    assert originals[:3] == again


def test_rows_without_an_id_and_rows_with_the_same_one_are_said() -> None:
    data = b"id,q\nA,one\n,two\nA,three\na,four\n"
    survey = read_survey("s.csv", data, Plan("question", ("q",), "id"))
    assert said(survey.documents[0].draft) == [("A", "one"), ("row 3", "two"), ("A", "three"), ("a", "four")]
    assert warnings(survey) == [
        "s.csv, line 3: has no id; called 'row 3'",
        "s.csv, line 4: has the id of row 2, 'A'; taken as one person",
    ]


def test_a_question_that_is_a_sentence_is_named_by_its_column() -> None:
    long = "Thinking of the last twelve months, what made you leave?"
    survey = read_survey("s.csv", f'id,"{long}"\nA,the rent\n'.encode(), Plan("question", ("B",), "A"))
    assert survey.documents[0].draft.name == "s column B"
    assert survey.documents[0].draft.text.startswith(long)


# --- columns and the guess -------------------------------------------------------------------------------------


def test_columns_for_a_person_who_chooses() -> None:
    listed = columns("s.csv", as_csv())
    assert [(one.name, one.filled, one.distinct, one.mean_words, one.example) for one in listed] == [
        ("id", 4, 4, 1.0, "P01"),
        ("site", 4, 2, 1.0, "north"),
        ("age", 4, 4, 1.0, "34"),
        (WHY, 3, 3, 16 / 3, "The rent went up, and nobody told us."),
        (HELP, 2, 2, 5.0, "- a phone call"),
    ]


def test_the_guess_takes_long_columns_as_answers_and_never_what_names_a_person() -> None:
    header = ["Timestamp", "Email Address", "Response ID", "Site", "Finished", WHY]
    rows = [
        [
            f"2026-01-0{n} 10:00",
            f"p{n}@example.org",
            f"R_{n}",
            ("north", "south")[n % 2],
            "True",
            f"It was {n} times too dear",
        ]
        for n in range(1, 9)
    ]
    assert suggested(columns("s.csv", as_csv([header, *rows]))) == Plan("respondent", (WHY,), "Response ID", ("Site",))


def test_no_guess_where_nothing_is_long() -> None:
    assert suggested(columns("s.csv", b"a,b\n1,2\n3,4\n")) is None
    assert suggested(columns("s.csv", b"a,b\n")) is None


@pytest.mark.parametrize("name", ["Why did you leave?", "why DID  you leave?", "D"])
def test_columns_are_named_exactly_or_nearly_or_by_letter(name: str) -> None:
    assert len(read_survey("s.csv", as_csv(), Plan("question", (name,))).documents) == 1


def test_an_unknown_column_is_refused_with_the_known_ones() -> None:
    with pytest.raises(UnreadableFile, match=r"no column 'nope'.*'id', 'site', 'age'"):
        read_survey("s.csv", as_csv(), Plan("question", ("nope",)))


@pytest.mark.parametrize("name", ["s.csv", "s.tsv"])
def test_a_survey_is_never_read_without_being_told_how(name: str) -> None:
    with pytest.raises(UnreadableFile, match=r"per respondent or per question.*--per respondent\|question"):
        read(name, as_csv())
    with pytest.raises(UnreadableFile, match="--text-column"):
        read("s.xlsx", xlsx({"S": ROWS}))
    with pytest.raises(UnreadableFile, match="--text-column"):
        read_survey(name, as_csv(), Plan("question", ()))


# --- CSV as programs write it ----------------------------------------------------------------------------------


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_separators_line_ends_and_encodings(separator: str, end: str, encoding: str) -> None:
    data = as_csv(separator=separator, end=end).decode().encode(encoding)
    survey = read_survey("survey.csv", data, RESPONDENT)
    assert said(survey.documents[2].draft)[0] == ("P04", 'They said "no"\nand that was it.')


def test_a_header_full_of_commas_may_be_apart_by_semicolons() -> None:
    data = b"id;Why, if at all, did you, say, leave?;site\nA;rent, mostly;north\nB;work;south\n"
    assert [one.name for one in columns("s.csv", data)] == ["id", "Why, if at all, did you, say, leave?", "site"]


def test_one_column_of_answers_with_commas_is_one_column() -> None:
    survey = read_survey("s.csv", b"Why?\nrent, mostly, and work\nwork\n", Plan("question", ("Why?",)))
    assert said(survey.documents[0].draft)[0] == ("row 2", "rent, mostly, and work")


def test_excels_first_line_that_names_the_separator() -> None:
    survey = read_survey("s.csv", b"sep=;\nid;q\nA;x,y\n", Plan("respondent", ("q",), "id"))
    assert survey.documents[0].draft.name == "s row 3"


def test_a_quotation_mark_that_is_never_closed_is_refused_with_its_line() -> None:
    with pytest.raises(UnreadableFile, match="row at line 3 is never closed"):
        read_survey("s.csv", b'id,q\nA,one\nB,"two\nC,three\n', Plan("question", ("q",)))


def test_a_quotation_mark_inside_a_cell_is_kept_and_said() -> None:
    survey = read_survey("s.csv", b'id,q\nA,he said "no" twice\nB,"so" I went\n', Plan("question", ("q",), "id"))
    assert said(survey.documents[0].draft) == [("A", 'he said "no" twice'), ("B", "so I went")]
    assert warnings(survey) == ["s.csv, line 3: a quotation mark stands inside a cell, not doubled; see that row"]


def test_blank_repeated_and_missing_names_lose_nothing() -> None:
    survey = read_survey(
        "s.csv", b"id,q,,q\nA,one,two,three,four\n", Plan("respondent", ("q", "q (2)", "column C", "column E"), "id")
    )
    assert [words for _, words in said(survey.documents[0].draft)] == ["one", "three", "two", "four"]
    assert warnings(survey) == [
        "s.csv, line 1: 2 columns without a name, called column C, column E",
        "s.csv, line 1: names used for several columns, told apart by numbers: 'q'",
        "s.csv, line 2: has more cells than the header (5, not 4)",
    ]


def test_titles_above_the_header_and_blank_rows_keep_the_rows_numbers() -> None:
    data = b"Survey 2026,,\n,,\nid,site,q\n\nA,north,one\n\nB,south,two\n"
    survey = read_survey("s.csv", data, Plan("respondent", ("q",), "id"))
    assert [one.draft.name for one in survey.documents] == ["s row 5", "s row 7"]
    assert warnings(survey) == ["s.csv, line 1: 1 row above the header: left out"]


def test_qualtrics_writes_three_rows_of_header() -> None:
    rows = [
        ["StartDate", "ResponseId", "Q1"],
        ["Start Date", "Response ID", "Why did you\nleave?"],
        ['{"ImportId":"startDate"}', '{"ImportId":"_recordId"}', '{"ImportId":"QID1_TEXT"}'],
        ["2026-01-05", "R_1", "The rent."],
    ]
    survey = read_survey("s.csv", as_csv(rows), Plan("question", ("Q1",), "ResponseId"))
    assert survey.documents[0].draft.text == "Why did you leave?\n\nR_1: The rent."
    assert survey.documents[0].draft.name == "s Q1"
    assert "Qualtrics" in warnings(survey)[0]


def test_control_characters_stay_and_are_said() -> None:
    survey = read_survey(
        "s.csv", b"id,q\nA,x\0y\x1b[31m\x0bz\n" + b"B,plain words here\n" * 3, Plan("question", ("q",))
    )
    assert said(survey.documents[0].draft)[0][1] == "x\0y\x1b[31m\x0bz"
    assert "2 control characters are kept" in warnings(survey)[0]


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("s.csv", b"", "empty"),
        ("s.csv", b"id,q\nA,\n", "nobody answers anything"),
        ("s.csv", b"id,q\n" + b"A," + b"x" * 200_000 + b"\n", "line 2 begins a cell of over 131,072 characters"),
        ("s.csv", "id,q\nA,déjà\n".encode("cp1252"), "not UTF-8.*--encoding cp1252"),
        ("s.csv", b"id,q\nA,\xed\xa0\x80\n", "not UTF-8"),
        ("s.csv", xlsx({"S": ROWS}), "is an Excel workbook.* .xlsx"),
        ("s.csv", b"," * 10_000_000, "rows or 5,000 columns"),
        ("s.csv", b",\n" * 600_000, "rows or 5,000 columns"),
        ("s.docx", as_csv(), "files ending in '.docx'"),
    ],
)
def test_a_table_that_can_not_be_read_is_one_sentence(name: str, data: bytes, why: str) -> None:
    began = time.process_time()
    with pytest.raises(UnreadableFile, match=why):
        read_survey(name, data, Plan("question", ("B",)))
    assert time.process_time() - began < 5


def test_ten_thousand_respondents_take_no_time() -> None:
    rows: list[list[str]] = [["id", *(f"Q{n}" for n in range(10))]]
    rows += [[f"P{n}", *(f"answer {n} to question {q}, at some length" for q in range(10))] for n in range(10_000)]
    texts = tuple(rows[0][1:])
    began = time.process_time()
    assert len(read_survey("s.csv", as_csv(rows), Plan("respondent", texts, "id")).documents) == 10_000
    assert len(read_survey("s.xlsx", xlsx({"S": rows[:3_000]}), Plan("question", texts, "id")).documents) == 10
    assert time.process_time() - began < 5
