"""Codebooks out of tables: names with paths, bullets, numbers and cuts, and what cells say about a code."""

from hashlib import sha256

import pytest

from tests.steps.codebook.tables import fields, refused, sheet, taken, tree
from tests.steps.ingest.book_files import xlsx

# --- names -----------------------------------------------------------------------------------------------------


def test_a_maxqda_list_of_codes_with_paths_and_names_cut_at_63_characters() -> None:
    cut = "Peers who went through the same things and say so to each other"
    assert len(cut) == 63
    found = sheet(xlsx({"Codes": [["Trust", "m1"], ["Trust > Time", "m2"], [f"Trust > {cut}", "m3"]]}), "maxqda.xlsx")
    assert (found.mapping.header, found.mapping.separator) == (0, ">")
    book, problems = taken(found)
    assert [(code.label, code.parent, code.definition) for code in book.codes] == [
        ("Trust", "", "m1"), ("Time", "TRUST", "m2"), (cut, "TRUST", "m3")
    ]  # fmt: skip
    assert problems == [
        "maxqda.xlsx (sheet 'Codes'), line 3: the field 'label' has 63 characters, where MAXQDA cuts names: see "
        "whether it is whole ('… say so to each other')"
    ]


def test_a_path_with_backslashes_makes_the_parents_that_have_no_row() -> None:
    found = sheet("Code,Memo\nTrust\\Time\\Weeks,m\nTrust\\Talk,n\n")
    assert found.mapping.separator == "\\"
    book, _ = taken(found)
    assert [(code.label, code.parent, code.kind) for code in book.codes] == [
        ("Trust", "", "theme"), ("Time", "TRUST", "category"), ("Weeks", "TIME", "code"), ("Talk", "TRUST", "code")
    ]  # fmt: skip


def test_a_sign_in_a_single_name_is_no_path() -> None:
    found = sheet("Code,Memo\nAge > 65,m\nTrust,n\n")
    assert (found.separators, found.mapping.separator) == ((), "")
    assert [code.label for code in taken(found)[0].codes] == ["Age > 65", "Trust"]


def test_a_colon_in_a_name_is_a_path_only_when_asked() -> None:
    text = "Code;Comment;Code Group 1;Code Group 2\nTrust: Time;c;G1;G2\nTrust: Talk;d;;\n"
    found = sheet(text)
    assert fields(found) == ["label", "definition", "group", "group"]
    assert (found.separators, found.mapping.separator) == ((":",), "")
    assert [code.label for code in taken(found)[0].codes] == ["Trust: Time", "Trust: Talk"]
    book, problems = taken(found, separator=":")
    assert [(code.label, code.parent, code.group, code.notes) for code in book.codes] == [
        ("Trust", "", "", ""), ("Time", "TRUST", "", "Group: G1\nGroup: G2"), ("Talk", "TRUST", "", "")
    ]  # fmt: skip
    assert problems == [
        "book.csv, line 1: the field 'group' of 1 code is in the notes, because here codes of a group exclude each "
        "other on a segment; head the column 'exclusive group' if they do",
        "book.csv, line 2: the field 'group' names a second group, 'G2'; see the notes",
    ]


def test_an_atlas_ti_list_of_codes_with_bullets_counts_and_lines_above() -> None:
    found = sheet(
        xlsx({"Codes": [["Project: Aftercare"], [], ["", "Code", "Grounded", "Density", "Groups"],
                        [None, "● Trust", 12, 3, "G1"], [None, "○ Hope", 2, 0, None]]}),
        "atlas.xlsx",
    )  # fmt: skip
    assert (found.mapping.header, fields(found)) == (3, ["-", "label", "count", "count", "group"])
    assert [(code.id, code.label, code.notes) for code in taken(found)[0].codes] == [
        ("TRUST", "Trust", "Group: G1"), ("HOPE", "Hope", "")
    ]  # fmt: skip


def test_ids_inside_the_names_when_asked() -> None:
    found = sheet("Themes,Subthemes,Descriptions\nA. Meat,A.1. Real men,d\n,A.2. The grill,e\n")
    assert found.numbered == 2
    assert taken(found)[0].codes[1].label == "A.1. Real men"
    book, _ = taken(found, ids_in_labels=True, fill_down=True)
    assert [(code.id, code.label, code.parent) for code in book.codes] == [
        ("A", "Meat", ""), ("A.1", "Real men", "A"), ("A.2", "The grill", "A")
    ]  # fmt: skip


def test_taguette_tags_with_dots() -> None:
    found = sheet("tag,description,number of highlights\nbond.trust,d,3\nbond.hope,,0\n")
    assert tree(taken(found, separator=".")[0]) == [("bond", ""), ("trust", "BOND"), ("hope", "BOND")]


def test_ids_made_from_names_are_stable_and_unique() -> None:
    book, _ = taken(sheet("Theme,Code\nT,Größe\nT,größe!\nU,Größe\nU,信頼\n"))
    assert [(code.id, code.label) for code in book.codes] == [
        ("T", "T"), ("GROSSE", "Größe"), ("T_GROSSE", "größe!"), ("U", "U"), ("U_GROSSE", "Größe"),
        (f"CODE_{sha256('信頼'.encode()).hexdigest()[:6].upper()}", "信頼"),
    ]  # fmt: skip


def test_names_that_yaml_and_spreadsheets_take_for_something_else_stay_names() -> None:
    book, problems = taken(sheet("Code,Definition,Example\nno,1.10,12:30\n1.10,2026-02-01,no\n12:30,TRUE,'=1+1\n"))
    assert problems == []
    assert [(code.id, code.label, code.definition, code.examples) for code in book.codes] == [
        ("NO", "no", "1.10", ("12:30",)), ("1_10", "1.10", "2026-02-01", ("no",)), ("12_30", "12:30", "TRUE", ("=1+1",))
    ]  # fmt: skip


def test_a_workbook_says_what_its_cells_show() -> None:
    """A cell of text stays as it is; what the spreadsheet has made a number or a truth before is that."""
    data = xlsx({"S": [["Code", "Definition"], ["no", "1.10"], ["12:30", "2026-02-01"], [1.10, True]]})
    assert [(code.label, code.definition) for code in taken(sheet(data, "b.xlsx"))[0].codes] == [
        ("no", "1.10"), ("12:30", "2026-02-01"), ("1.1", "TRUE")
    ]  # fmt: skip


def test_curly_quotes_and_stray_line_feeds() -> None:
    found = sheet('Theme,codes,Example Quote\n"Trust\n in peers",“Time”,"“It took\nweeks.”"\n')
    book, _ = taken(found)
    assert [code.label for code in book.codes] == ["Trust in peers", "“Time”"]
    assert book.codes[1].examples == ("“It took\nweeks.”",)


def test_examples_with_bullets_are_several() -> None:
    book, _ = taken(sheet('Code,Examples\nA,"• one\n• two,\ngoing on"\nB,"- only one"\n'))
    assert [code.examples for code in book.codes] == [("one", "two,\ngoing on"), ("- only one",)]


# --- fields ----------------------------------------------------------------------------------------------------


def test_parents_by_id_and_by_name() -> None:
    book, problems = taken(sheet("id,label,parent\nT1,Trust,\nC1,Time,T1\nC2,Weeks,time\n"))
    assert problems == []
    assert [(code.id, code.parent) for code in book.codes] == [("T1", ""), ("C1", "T1"), ("C2", "C1")]


def test_codes_with_one_name_and_several_ids_or_parents_are_several() -> None:
    book, problems = taken(sheet("id,label,parent\nT,T,\nU,U,\nA,Same,T\nB,Same,U\nB,Same,U\n"))
    assert [(code.id, code.label, code.parent) for code in book.codes] == [
        ("T", "T", ""), ("A", "Same", "T"), ("U", "U", ""), ("B", "Same", "U")
    ]  # fmt: skip
    assert problems == ["book.csv, line 6: 'Same' is in row 5 already: this row is added to it"]
    book, problems = taken(sheet("label,parent\nT,\nU,\nSame,T\nSame,U\n"))
    assert [(code.id, code.parent) for code in book.codes] == [("T", ""), ("SAME", "T"), ("U", ""), ("SAME_2", "U")]
    assert problems == []


def test_faults_name_the_file_the_row_and_the_field() -> None:
    assert refused(sheet("id,label,parent\nA,Trust,Z\nB,Same,\nC,same.,\nD,Weeks,same\nb,Again,\nE,Circle,E\n")) == [
        "book.csv, line 2: the field 'parent' of 'Trust' names no code: Z.",
        "book.csv, line 6: the id b is taken already, in line 3.",
        "book.csv, line 7: parents go round in a circle: E > E.",
    ]


def test_a_parent_that_two_codes_are_called() -> None:
    assert refused(sheet("Theme,Code,parent\nT,Same,\nU,Same,\nU,Other,same\n")) == [
        "book.csv, line 4: the field 'parent' of 'Other' names 2 codes, so say which by its id: same."
    ]


def test_words_that_are_none_of_a_few_are_kept_in_the_notes() -> None:
    book, problems = taken(sheet("label,status,kind\nA,draft,theme\nB,Retired,Code\nC,gone,code\n"))
    assert [(code.status, code.notes) for code in book.codes] == [
        ("proposed", ""), ("retired", ""), ("active", "status: gone")
    ]  # fmt: skip
    assert problems == [
        "book.csv, line 4: the field 'status' holds 'gone', which is not one of: proposed, trial, active, retired, "
        "merged, split; see notes"
    ]


def test_an_id_that_can_be_none_is_made_into_one() -> None:
    book, problems = taken(sheet("id,label\nA 1,Trust\n"))
    assert book.codes[0].id == "A_1"
    assert problems == ["book.csv, line 2: the field 'id' holds 'A 1', so the id is A_1"]


def test_a_table_that_names_no_code() -> None:
    found = sheet("Definition,Example,Remark\na,b,c\n")
    assert any("no column is known as the code's name" in str(fault) for fault in found.faults)
    assert refused(found) == ["book.csv, line 1: no column is the code's name: say which is 'label'."]


def test_a_table_whose_codes_have_no_rows() -> None:
    assert refused(sheet("Code,Definition\n,d\n")) == ["book.csv: no row has a code in it."]


@pytest.mark.parametrize("header", ["", "code,count\n"])
def test_a_list_of_counts_is_refused_with_a_sentence(header: str) -> None:
    assert refused(sheet(f"{header}Trust->Time,3\nTrust->Talk,4\nTrust- >Talk,1\n")) == [
        "book.csv: it is a list of counts (parent->child, number), which defines no code: give the codebook that the "
        "codes come from."
    ]
