"""Codebooks out of tables: the header, the columns, levels and filling down, and what a person says of them."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualbench.errors import BadCodebook, UnreadableFile, UsageError
from qualbench.model import Code
from qualbench.steps.codebook.files import (
    PATHS,
    Field,
    Grid,
    TableMapping,
    chosen,
    is_table,
    look,
    read_file,
    said,
    take,
    with_header,
    write_yaml,
)
from qualbench.steps.codebook.files.looking import looked_at
from qualbench.steps.codebook.reading import read
from tests.steps.codebook.opened import OPENS, Opening
from tests.steps.codebook.tables import fields, refused, sheet, taken, tree
from tests.steps.ingest.book_files import by_hand, xlsx

# --- the header ------------------------------------------------------------------------------------------------


def test_a_title_row_and_a_blank_row_above_the_header() -> None:
    found = sheet(
        xlsx({"Codebook": [
            ["TESSA code book, version 3"], [],
            ["Code", "Code Type", "Brief Definition", "Full Definition", "When to Use", "When NOT to Use",
             "Example Quotations"],
            ["Trust", "Thematic", "In short", "At length", "When said", "When not", "“She came back.”"],
        ]}),
        "tessa.xlsx",
    )  # fmt: skip
    assert found.mapping.header == 3
    assert fields(found) == ["label", "notes", "definition_short", "definition", "include", "exclude", "examples"]
    assert "tessa.xlsx (sheet 'Codebook'), line 1: 1 row above the header: left out" in map(str, found.faults)
    book, problems = taken(found)
    assert problems == []
    assert book.title == "tessa"
    assert book.codes == (
        Code("TRUST", "Trust", definition_short="In short", definition="At length", include="When said",
             exclude="When not", examples=("“She came back.”",), notes="Code Type: Thematic"),
    )  # fmt: skip


def test_another_header_row_is_offered_and_what_follows_from_it_is_proposed_anew() -> None:
    found = sheet("Code,Definition\nname,meaning\nTrust,d\n")
    assert found.mapping.header == 1
    below = with_header(found, 2)
    assert (below.mapping.header, fields(below)) == (2, ["label", "definition"])
    assert [code.label for code in taken(below)[0].codes] == ["Trust"]


def test_a_table_without_a_header() -> None:
    found = sheet("Trust,They rely on each other\nHope,They look ahead\n")
    assert (found.mapping.header, fields(found)) == (0, ["label", "definition"])
    assert [code.label for code in taken(found)[0].codes] == ["Trust", "Hope"]


def test_duplicate_headers_are_told_apart_by_their_place() -> None:
    """Of two columns called Description each describes what stands to its left."""
    found = sheet("Theme,Category,Low-level Category,Description,Code,Description\nT,C,L,of L,K,of K\n")
    assert fields(found) == ["level", "level", "level", "level_definition", "label", "definition"]
    assert [column.name for column in found.columns][3:] == ["Description", "Code", "Description (2)"]
    book, problems = taken(found)
    assert problems == []
    assert [(code.label, code.parent, code.definition, code.kind) for code in book.codes] == [
        ("T", "", "", "theme"), ("C", "T", "", "category"), ("L", "C", "of L", "category"), ("K", "L", "of K", "code"),
    ]  # fmt: skip


def test_two_trees_side_by_side() -> None:
    found = sheet("THEMES,DEFINITION,,SUBTHEMES,DEFINITION\nTrust,of trust,,Time,of time\n,,,Talk,of talk\n")
    assert fields(found) == ["level", "level_definition", "-", "label", "definition"]
    book, _ = taken(found, fill_down=True)
    assert [(code.label, code.parent, code.definition) for code in book.codes] == [
        ("Trust", "", "of trust"), ("Time", "TRUST", "of time"), ("Talk", "TRUST", "of talk"),
    ]  # fmt: skip


def test_the_same_field_twice_goes_into_the_notes_under_its_heading() -> None:
    found = sheet("Code,Definition,Include,Include\nA,d,one,two\n")
    assert fields(found) == ["label", "definition", "include", "notes"]
    assert taken(found)[0].codes[0].notes == "Include: two"


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("Kode;Definition;Kommentar;Ankerbeispiel", ["label", "definition", "notes", "examples"]),
        ("Kategorie;Definition;Ankerbeispiele;Kodierregeln", ["label", "definition", "examples", "include"]),
        ("Oberkategorie;Code;Kurzdefinition;Ausschluss", ["level", "label", "definition_short", "exclude"]),
        ("Código;Definición;Ejemplos;Cuándo no usar", ["label", "definition", "examples", "exclude"]),
        ("Tema;Subtema;Comentario;Citas", ["level", "label", "definition", "examples"]),
        ("Thème;Sous-thème;Définition;Critères d'inclusion", ["level", "label", "definition", "include"]),
        ("Libellé;Commentaire;Exemple;Fréquence", ["label", "definition", "examples", "count"]),
        ("Código;Definição;Comentário;Exemplos", ["label", "definition", "notes", "examples"]),
        ("Nome do código;Extensão;Grupos", ["label", "definition", "group"]),
        ("Tag;Description;Number of highlights", ["label", "definition", "count"]),
        ("code;inclusion;exclusion;example", ["label", "include", "exclude", "examples"]),
        ("CodeName;definition_short;near-miss", ["label", "definition_short", "near_miss"]),
        ("Code;Label;Operational Definition;Asssociated Code/Memo Examples", ["id", "label", "definition", "examples"]),
    ],
)  # fmt: skip
def test_headers_in_other_words_and_languages(header: str, expected: list[str]) -> None:
    cells = ";".join(f"text{number}" for number, _ in enumerate(expected))
    assert fields(sheet(f"{header}\n{cells}\n")) == expected


def test_a_column_that_may_be_words_or_counts_is_counts_when_it_holds_numbers() -> None:
    found = sheet(
        xlsx({"Codes": [["Código", "Extensão", "Densidade"], ["Confiança", 12, 3], ["Medo", 2, 0]]}), "a.xlsx"
    )
    assert fields(found) == ["label", "count", "count"]
    assert [str(fault) for fault in found.faults] == [
        "a.xlsx (sheet 'Codes'), line 1: counts are no part of a codebook and are left out: 'Extensão', 'Densidade'"
    ]
    assert taken(found)[0].codes == (Code("CONFIANCA", "Confiança"), Code("MEDO", "Medo"))


def test_columns_that_are_not_known_are_told() -> None:
    found = sheet("Level,Code Name,Operational Definition,Sample Heuristic\nL,A,d,h\n")
    assert [str(fault) for fault in found.faults] == [
        "book.csv, line 1: columns that are not known and would be left out: 'Sample Heuristic'"
    ]


def test_the_description_of_a_data_set_is_told_from_a_codebook() -> None:
    found = sheet("Variable,Type,Values,Label\nage,int,0-99,Age in years\n")
    assert any("it looks like the description of a data set" in str(fault) for fault in found.faults)


def test_columns_show_what_they_hold() -> None:
    found = sheet("Theme,Code\nT,A\n,B\n,A\n")
    theme, code = found.columns
    assert (theme.letter, theme.samples, theme.filled, theme.gaps) == ("A", ("T",), 1, 2)
    assert (code.letter, code.samples, code.filled, code.gaps) == ("B", ("A", "B"), 3, 0)


# --- levels and filling down -----------------------------------------------------------------------------------

FILL = "Theme,Sub-theme,Code,Example\nTrust,Time,Weeks,one\n,,Months,two\n,Talk,Calls,three\nHope,,Rain,four\n,,,five\n"


def test_filling_down_is_offered_and_not_assumed() -> None:
    found = sheet(FILL)
    assert found.can_fill_down > 0
    assert found.mapping.fill_down is False
    book, problems = taken(found)
    assert tree(book) == [
        ("Trust", ""), ("Time", "TRUST"), ("Weeks", "TIME"), ("Months", ""), ("Talk", ""), ("Calls", "TALK"),
        ("Hope", ""), ("Rain", "HOPE"),
    ]  # fmt: skip
    assert problems == [
        "book.csv, line 3: the field 'level' is empty in 3 rows, first here, so the code stands higher up; fill down "
        "if the last filled cell above is meant",
        "book.csv, line 6: the field 'label' is empty, so the row is left out; it holds 'examples'",
    ]


def test_filled_down_a_new_theme_empties_the_levels_to_its_right() -> None:
    book, problems = taken(sheet(FILL), fill_down=True)
    assert problems == []
    assert tree(book) == [
        ("Trust", ""), ("Time", "TRUST"), ("Weeks", "TIME"), ("Months", "TIME"), ("Talk", "TRUST"), ("Calls", "TALK"),
        ("Hope", ""), ("Rain", "HOPE"),
    ]  # fmt: skip
    assert book.codes[-1].examples == ("four", "five")


def test_merged_cells_of_a_workbook_are_blanks_below_and_are_filled_down() -> None:
    found = sheet(
        xlsx({
            "Rater A": [["x", "y"]],
            "Codebook": [
                ["Theme", "Topic", None, "Code", "Definition", None, "Asssociated Code/Memo Examples"],
                ["Privacy", "Fear", None, "Leak", "It leaks", None, "e1"],
                [None, None, None, "Spy", "They spy", None, "e2"],
            ],
        }),
        "usenix.xlsx",
    )  # fmt: skip
    assert found.name == "Codebook"
    assert fields(found) == ["level", "level", "-", "label", "definition", "-", "examples"]
    assert tree(taken(found, fill_down=True)[0]) == [
        ("Privacy", ""), ("Fear", "PRIVACY"), ("Leak", "FEAR"), ("Spy", "FEAR")
    ]  # fmt: skip


def test_without_a_column_of_codes_the_lowest_level_is_the_code() -> None:
    assert fields(sheet("Themes,Subthemes,Descriptions,Examples\nT,S,d,e\n")) == [
        "level", "label", "definition", "examples"
    ]  # fmt: skip


def test_a_theme_with_a_row_of_its_own_keeps_its_definition() -> None:
    book, problems = taken(sheet("Theme,Code,Definition\nTrust,,of trust\nTrust,Time,of time\n"))
    assert problems == []
    assert [(code.label, code.kind, code.definition) for code in book.codes] == [
        ("Trust", "theme", "of trust"), ("Time", "code", "of time")
    ]  # fmt: skip


def test_a_row_for_each_example_makes_one_code() -> None:
    book, problems = taken(sheet("Code,Definition,Quote\nTrust,d,one\nTrust,d,two\nTrust,other,one\n"))
    assert book.codes == (Code("TRUST", "Trust", definition="d\nother", examples=("one", "two")),)
    assert problems == [
        "book.csv, line 3: 'Trust' is in row 2 already: this row is added to it, and 1 row below likewise",
        "book.csv, line 4: the field 'definition' is said again, so it stands below what was said before",
    ]


def test_names_that_differ_in_case_only_are_one_and_that_is_told() -> None:
    book, problems = taken(sheet("Theme,Code\nTrust,A\ntrust ,B\n"))
    assert tree(book) == [("Trust", ""), ("A", "TRUST"), ("B", "TRUST")]
    assert problems == ["book.csv, line 3: 'trust' is taken for 'Trust' of row 2"]


# --- what a person says ----------------------------------------------------------------------------------------


def test_a_person_says_what_columns_are_by_heading_place_or_letter() -> None:
    found = sheet("Name,Text,Text\nA,one,two\n")
    assert fields(found) == ["label", "-", "-"]
    mapping = said(["text (2)=exclude", "B=definition"], found)
    assert [str(field) for field in mapping.fields] == ["label", "definition", "exclude"]
    assert taken(found, mapping)[0].codes == (Code("A", "A", definition="one", exclude="two"),)


def test_the_column_that_was_the_name_before_is_left_out() -> None:
    mapping = chosen(TableMapping((Field.LABEL, Field.LEVEL, Field.LEVEL)), 1, Field.LABEL)
    assert mapping.fields == (Field.LEFT_OUT, Field.LABEL, Field.LEVEL)
    assert chosen(mapping, 0, Field.LEVEL).fields == (Field.LEVEL, Field.LABEL, Field.LEVEL)


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["Name"], "does not say what the column is"),
        (["Name=colours"], "does not say what the column is"),
        (["Nam=label"], "has no column 'Nam'"),
        (["D (2)=label"], r"has no column 'D \(2\)'"),
        (["Name=label", "A=id"], "is named twice"),
    ],
)
def test_what_can_not_be_said(words: Sequence[str], why: str) -> None:
    with pytest.raises(UsageError, match=why):
        said(words, sheet("Name,Text,Text,Text (2)\nA,one,two,three\n"))


def test_every_column_has_a_name_of_its_own() -> None:
    found = sheet("Name,Text,Text,Text (2),,\nA,one,two,three,four,five\n")
    assert [column.name for column in found.columns] == ["Name", "Text", "Text (3)", "Text (2)", "column E", "column F"]


def test_two_columns_can_not_be_the_name() -> None:
    found = sheet("Name,Text\nA,B\n")
    assert refused(found, fields=(Field.LABEL, Field.LABEL))[0] == (
        "book.csv, line 1: two columns are the field 'label': say which one is."
    )


# --- files -----------------------------------------------------------------------------------------------------


def test_a_table_of_unknown_encoding_is_asked_about() -> None:
    data = "Código;Definición\nAño;x\n".encode("cp1252")
    with pytest.raises(UnreadableFile, match="is not UTF-8"):
        look("book.csv", data, OPENS)
    book, _ = read_file("book.csv", data, opens=Opening("cp1252"))
    assert [(code.id, code.label) for code in book.codes] == [("ANO", "Año")]


def test_a_workbook_that_would_unpack_to_too_much_is_refused() -> None:
    row = '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row>'
    with pytest.raises(UnreadableFile, match="span over"):
        look("bomb.xlsx", by_hand(row), OPENS)


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("book.pdf", b"%PDF-", "are no codebooks"),
        ("book.xlsx", b"not a zip", "can not be unpacked"),
        ("book.csv", b"", "nothing in it"),
        ("book.csv", b"\n\n", "nothing in it"),
    ],
)
def test_files_that_are_no_tables(name: str, data: bytes, why: str) -> None:
    with pytest.raises(UnreadableFile, match=why):
        read_file(name, data, opens=OPENS)


def test_one_sheet_of_several_by_its_name() -> None:
    data = xlsx({"First": [["Code", "Definition"], ["A", "d"]], "Second": [["Code"], ["B"]]})
    assert [code.id for code in read_file("b.xlsx", data, opens=OPENS, sheet="Second")[0].codes] == ["B"]
    assert [code.id for code in read_file("b.xlsx", data, opens=OPENS)[0].codes] == ["A"]
    with pytest.raises(UnreadableFile, match="no sheet 'Third'"):
        read_file("b.xlsx", data, opens=OPENS, sheet="Third")


def test_which_files_are_looked_at_first() -> None:
    assert [name for name in ("a.csv", "a.XLSX", "a.docx", "a.yaml", "a.qdc") if is_table(name)] == [
        "a.csv", "a.XLSX", "a.docx"
    ]  # fmt: skip


# --- anything at all -------------------------------------------------------------------------------------------

CELLS = ["", "", "Code", "Theme", "Definition", "Example", "id", "parent", "Trust", "Trust > Time", "A.1. x", "●", ">",
         "'", "no", "12", "T", "x" * 63, "\n", "• a\n• b", "theme", "Group"]  # fmt: skip
GRIDS = st.lists(st.lists(st.one_of(st.sampled_from(CELLS), st.text(max_size=5)), max_size=5), max_size=7)
ASKED = st.fixed_dictionaries(
    {"fill_down": st.booleans(), "ids_in_labels": st.booleans(), "separator": st.sampled_from(["", *PATHS])}
)


@given(GRIDS, ASKED)
@settings(max_examples=300, deadline=None)
def test_whatever_a_table_holds_it_makes_a_tree_or_is_refused(rows: list[list[str]], asked: dict[str, object]) -> None:
    found = looked_at("book.csv", Grid("", tuple(map(tuple, rows))))
    try:
        book, _ = take(found, replace(found.mapping, **asked))  # type: ignore[arg-type]
    except BadCodebook:
        return
    ids = [code.id for code in book.codes]
    assert len({code_id.casefold() for code_id in ids}) == len(ids) > 0
    assert all(code.label and (not code.parent or ids.index(code.parent) < ids.index(code.id)) for code in book.codes)
    assert read("book.yaml", write_yaml(book))[0].codes == book.codes
