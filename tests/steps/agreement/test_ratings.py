"""How a spreadsheet is read: what is missing, what is empty, what is a fault and on which line."""

import pytest

from qualbench.errors import BadTable
from qualbench.steps.agreement.rated import ratings
from qualbench.steps.agreement.rated.ratings import ABSENT, read


def rows(table):
    return [[None if cell == ABSENT else table.values[cell] for cell in row] for row in table.cells]


def faults(text, level="nominal"):
    with pytest.raises(BadTable) as raised:
        read("moods.csv", text, level)
    return [str(problem) for problem in raised.value.problems]


def test_rows_are_units_and_columns_are_coders():
    table = read("moods.csv", "ana,ben\nsad,sad\nglad,\n,glad\n", "nominal")
    assert table.coders == ("ana", "ben")
    assert rows(table) == [["sad", "sad"], ["glad", None], [None, "glad"]]
    assert table.clusters is None


def test_numbers_are_read_as_numbers():
    table = read("m.csv", "ana,ben\n1,1.0\n-2e1,.5\n+3,\n", "interval")
    assert rows(table) == [[1.0, 1.0], [-20.0, 0.5], [3.0, None]]
    assert table.values == (-20.0, 0.5, 1.0, 3.0)


def test_sets_are_parted_by_semicolons_and_empty_ones_are_written_out():
    table = read("m.csv", 'ana,ben\nhope; fear,fear;hope;\n-,{}\n,"a"\n', "set")
    both = frozenset({"hope", "fear"})
    assert rows(table) == [[both, both], [frozenset(), frozenset()], [None, frozenset({"a"})]]


def test_a_dash_is_a_category_where_there_are_no_sets():
    assert rows(read("m.csv", "a,b\n-,x\n", "nominal")) == [["-", "x"]]


@pytest.mark.parametrize("header", ["transcript", "Transcript", "unit", " UNIT "])
def test_a_first_column_of_that_name_is_no_coder_but_what_units_belong_to(header):
    table = read("m.csv", f"{header},ana,ben\nt1,x,x\nt1,y,x\nt2,x,\n,,\n", "nominal")
    assert table.coders == ("ana", "ben")
    assert table.clusters == ("t1", "t1", "t2")
    assert table.clustered_by == header.strip().lower()


@pytest.mark.parametrize("header", ["unit,transcript", "transcript,unit"])
def test_with_both_columns_units_belong_to_transcripts(header):
    names = {"unit": "u", "transcript": "t"}
    cells = ",".join(names[name] for name in header.split(","))
    table = read("m.csv", f"{header},ana,ben\n{cells},x,x\n", "nominal")
    assert (table.coders, table.clusters, table.clustered_by) == (("ana", "ben"), ("t",), "transcript")


def test_any_other_first_column_is_a_coder():
    assert read("m.csv", "segment,ana\nx,x\n", "nominal").coders == ("segment", "ana")


def test_what_spreadsheets_put_around_a_table_is_no_matter():
    plain = read("m.csv", "ana,ben\nx,y\n,\nx,x\n", "nominal")
    assert read("m.csv", '\ufeff"ana", ben \r\nx , y\r\n\r\n,\r\n"x",x\r\n\n', "nominal") == plain
    assert rows(plain)[1] == [None, None]


def test_a_table_without_units_has_none():
    assert read("m.csv", "ana,ben\n", "ratio") == ratings.of("ratio", [], ["ana", "ben"])


# --- faults -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("level", ["ordinal", "interval", "ratio"])
@pytest.mark.parametrize("cell", ["high", "1;2", "NA", "nan", "inf", "1_000", '"1,5"', "0x10", "٣"])
def test_a_cell_that_is_no_number_is_told_with_its_line(level, cell):
    assert faults(f"ana,ben\n1,2\n\n3,{cell}\n", level) == [
        f"moods.csv, line 4: ben: '{cell.strip(chr(34))}' is not a number"
    ]


def test_every_fault_is_told():
    assert faults("ana,ben\n1,x\n1,2,3\n1\n-1,1e200\n", "ratio") == [
        "moods.csv, line 2: ben: 'x' is not a number",
        "moods.csv, line 3: 3 cells where the first line has 2",
        "moods.csv, line 4: 1 cells where the first line has 2",
        "moods.csv, line 5: ana: '-1' is below 0, which a ratio scale does not have",
        "moods.csv, line 5: ben: '1e200' is too large",
    ]


def test_values_below_zero_are_numbers_of_an_interval_scale():
    assert rows(read("m.csv", "a,b\n-1,-2\n", "interval")) == [[-1.0, -2.0]]


@pytest.mark.parametrize("text", ["ana\nx\n", "unit,ana\nu1,x\n", "ana;ben\nx;y\n", "unit\nu1\n"])
def test_fewer_than_two_coders_are_a_fault(text):
    assert faults(text)[0].startswith("moods.csv, line 1: agreement needs two coders")


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "moods.csv: the table is empty"),
        ("\n\n", "moods.csv: the table is empty"),
        ("ana,,ben\nx,x,x\n", "moods.csv, line 1: column 2 has no name"),
        ("\nana,ben,ana\nx,x,x\n", "moods.csv, line 2: two columns are called 'ana'"),
        ("ana,ben,transcript\nx,x,t1\n", "moods.csv, line 1: the column 'transcript' must stand before the coders"),
        ("transcript,ana,ben\n,x,x\n", "moods.csv, line 2: the transcript has no name"),
        ('ana,ben\n"x,y\n', "moods.csv, line 2: unexpected end of data"),
    ],
)
def test_faults_of_the_table_itself(text, fault):
    assert faults(text) == [fault]


def test_a_set_that_names_nothing_is_neither_empty_nor_missing():
    assert faults("ana,ben\n;,a\n", "set") == ["moods.csv, line 2: ana: ';' names no code; the empty set is written -"]
