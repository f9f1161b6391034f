"""Reading a codebook, finding a code, knowing what may be applied; and every trap that YAML sets."""

import json
import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualbench.errors import BadCodebook, Problem, UnknownCode, UsageError
from qualbench.model import Change, Code, Codebook, CodeChange
from qualbench.steps.codebook import applicable, find, from_data, read, to_data

HEAD = 'format: "qualbench-codebook/1"\ntitle: "Aftercare"\nversion: "1.0"\n'
FULL = 'definition: "d", exclude: "e", examples: ["x"]'
SHIPPED = Path(__file__).parents[3] / "codebooks" / "peer-support-aftercare.yaml"


def codes(text: str) -> Codebook:
    return read("book.yaml", f"{HEAD}codes:\n{text}")[0]


def warnings(text: str) -> list[str]:
    return [str(problem) for problem in read("book.yaml", f"{HEAD}codes:\n{text}")[1]]


def refused(text: str) -> list[Problem]:
    with pytest.raises(BadCodebook) as caught:
        read("book.yaml", text)
    return caught.value.problems


def faults(text: str) -> list[str]:
    """What is said of a list of codes; its first line is line 5 of the file."""
    return [str(problem) for problem in refused(f"{HEAD}codes:\n{text}")]


# --- what a book says ------------------------------------------------------------------------------------------


def test_a_book_with_every_field() -> None:
    book, said = read(
        "book.yaml",
        """\
format: qualbench-codebook/1
title: "Peer support"
version: "2.1"
date: "2026-01-12"
method: "codebook-ta"
note: "for interviews"
changelog:
  - "2.1: wording"
codes:
  - id: TRUST
    label: "Building trust"
    kind: theme
    definition_short: "Relying on a peer."
    children:
      - id: BEEN_THERE
        label: "Having been there"
        definition_short: "Understands."
        definition: >-
          Understands from
          the inside.
        include: "When it is said."
        exclude: "Not for advice."
        examples:
          - "She knows."
          - "Been there."
        near_miss: "He advises."
        origin: "a priori"
        status: active
        notes: "talk about it"
""",
    )
    assert said == []
    assert (book.title, book.version, book.date) == ("Peer support", "2.1", "2026-01-12")
    assert book.changelog == ("2.1: wording",)
    assert book.codes == (
        Code("TRUST", "Building trust", kind="theme", definition_short="Relying on a peer."),
        Code(
            "BEEN_THERE",
            "Having been there",
            parent="TRUST",
            definition_short="Understands.",
            definition="Understands from the inside.",
            include="When it is said.",
            exclude="Not for advice.",
            examples=("She knows.", "Been there."),
            near_miss="He advises.",
            origin="a priori",
            notes="talk about it",
        ),
    )


def test_the_names_that_other_codebooks_give_to_fields() -> None:
    book = codes(
        '- {id: A, label: "A", brief: "b", definition: "d", when_to_use: "w", when_not_to_use: "n", example: "x",'
        ' close_no: "c"}\n- {id: B, label: "B", examples_close_no: ["one", "two"]}'
    )
    assert book.codes[0] == Code("A", "A", "", "code", "b", "d", "w", "n", ("x",), "c")
    assert book.codes[1].near_miss == "one\ntwo"


def test_the_fields_of_a_codes_life() -> None:
    book = codes(
        '- {id: A, label: "A", status: split, into: ["B", C], group: "Mood", colour: "#ff0000", owner: "Ana",'
        ' questions: ["Is it one?", "no"]}\n'
        '- {id: B, label: "B", exclusive_group: "Mood", color: red, questions: "One?"}'
        '\n- {id: C, label: "C", status: trial}'
    )
    assert book.codes == (
        Code("A", "A", status="split", into=("B", "C"), group="Mood", colour="#ff0000", owner="Ana",
             questions=("Is it one?", "no")),
        Code("B", "B", group="Mood", colour="red", questions=("One?",)),
        Code("C", "C", status="trial"),
    )  # fmt: skip


@pytest.mark.parametrize("status", ["proposed", "trial", "active", "retired"])
def test_the_states_of_a_code(status: str) -> None:
    assert codes(f'- {{id: A, label: "A", status: {status}}}').codes[0].status == status


def test_a_draft_of_older_files_is_a_proposed_code() -> None:
    assert codes('- {id: A, label: "A", status: draft}').codes[0].status == "proposed"


def test_what_went_into_nothing_is_told() -> None:
    assert warnings(
        '- {id: A, label: "A", status: merged}\n- {id: B, label: "B", status: split, into: [A, Z]}\n'
    ) == [
        "book.yaml, line 5: the code A is merged, and 'into' does not say into what.",
        "book.yaml, line 6: the code B went into a code that does not exist: Z.",
    ]  # fmt: skip


def test_fields_without_a_place_of_their_own_are_lines_of_the_notes() -> None:
    book = codes(
        '- {id: A, label: "A", notes: "n", see_also: ["B", "C"], examples_atypical: "odd", unit: "a turn"}\n'
        '- {id: B, label: "B", unit: "a sentence"}'
    )
    assert book.codes[0].notes == "n\nSee also: B\nSee also: C\nAtypical example: odd\nUnit of coding: a turn"
    assert book.codes[1].notes == "Unit of coding: a sentence"


def test_what_a_release_did_to_each_code() -> None:
    text = (
        f'{HEAD}changes:\n- {{code: A, change: narrowed, note: "no more rain"}}\n- {{code: B, change: new}}\ncodes:\n'
    )
    book, _ = read("book.yaml", f'{text}- {{id: A, label: "A", {FULL}}}')
    assert book.changes == (CodeChange("A", Change.NARROWED, "no more rain"), CodeChange("B", Change.NEW))


@pytest.mark.parametrize("change", ["{code: A}", "{change: new}", "{code: A, change: better}", "A", "[A, new]"])
def test_a_change_names_a_code_and_what_was_done(change: str) -> None:
    said = refused(f"{HEAD}changes:\n- {change}\ncodes: [{{id: A, label: A}}]")
    assert [(problem.line, problem.message[:14]) for problem in said] == [(5, "a change names")]


def test_blanks_in_quotes_are_meant_and_names_have_none() -> None:
    book = codes('- {id: " A ", label: " A  b ", definition: " d ", kind: " theme", examples: [" x "]}')
    assert book.codes[0] == Code("A", "A b", kind="theme", definition=" d ", examples=(" x ",))


def test_a_field_under_two_names_is_given_twice() -> None:
    assert faults('- {id: A, label: "A", brief: "b", definition_short: "c"}') == [
        "book.yaml, line 5: the field 'definition_short' is given twice."
    ]


def test_children_and_parent_make_the_same_tree() -> None:
    nested = codes(f'- id: T\n  label: "T"\n  kind: theme\n  children:\n  - {{id: A, label: "A", {FULL}}}')
    flat = codes(f'- {{id: A, label: "A", parent: T, {FULL}}}\n- {{id: T, label: "T", kind: theme}}')
    assert nested.codes == flat.codes


def test_reading_order_is_the_files_with_parents_before_children() -> None:
    book = codes(
        '- {id: C, label: "C", parent: B}\n- {id: A, label: "A"}\n- {id: B, label: "B"}\n'
        '- {id: D, label: "D", parent: A}\n- {id: E, label: "E", parent: C}'
    )
    assert [code.id for code in book.codes] == ["A", "D", "B", "C", "E"]


def test_windows_line_ends_and_a_byte_order_mark() -> None:
    text = "\ufeff" + f'{HEAD}codes:\n- {{id: A, label: "A", {FULL}}}\n'.replace("\n", "\r\n")
    assert read("book.yaml", text) == (codes(f'- {{id: A, label: "A", {FULL}}}'), [])


def test_comments_and_empty_fields_say_nothing() -> None:
    book = codes('# remember\n- id: A # short\n  label: "A"\n  parent:\n  include: ~\n  children: null\n  kind:')
    assert book.codes == (Code("A", "A"),)


def test_yaml_inside_quotes_is_only_text() -> None:
    book = codes('- {id: "no", label: "12:30", definition: "*starred* & anchored", exclude: "null", origin: "1.10"}')
    assert book.codes[0] == Code("no", "12:30", definition="*starred* & anchored", exclude="null", origin="1.10")


# --- what is doubtful ------------------------------------------------------------------------------------------


def test_an_unknown_field_is_said_and_left_aside() -> None:
    said = warnings(f'- {{id: A, label: "A", weight: "red", {FULL}}}')
    assert said == ["book.yaml, line 5: the field 'weight' is not known and is left aside."]


def test_a_code_without_label_is_called_by_its_id() -> None:
    assert codes("- {id: A}").codes[0].label == "A"
    assert "book.yaml, line 5: the code A has no label, so its id stands for it." in warnings("- {id: A}")


def test_what_two_coders_would_miss() -> None:
    assert warnings('- {id: T, label: "T", kind: theme}\n- {id: A, label: "A", parent: T}') == [
        "book.yaml, line 6: the code A has no definition.",
        "book.yaml, line 6: the code A has no 'exclude' (when not to use it).",
        "book.yaml, line 6: the code A has no example.",
    ]


def test_a_retired_code_needs_no_definition() -> None:
    assert warnings(f'- {{id: A, label: "A", status: retired}}\n- {{id: B, label: "B", {FULL}}}') == []


def test_a_head_without_title_version_or_known_method() -> None:
    book, said = read(
        "book.yaml", f'format: qualbench-codebook/1\nmethod: "guessing"\ncodes:\n- {{id: A, label: "A", {FULL}}}'
    )
    assert (book.title, book.version) == ("book.yaml", "1.0")
    assert [problem.line for problem in said] == [1, 1, 2]
    assert "the method 'guessing' is not known" in said[2].message


# --- what is refused -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "bare",
    ["no", "Yes", "on", "n", "true", "FALSE", "1.10", "12:30", "7", "-3", "1e5", "0x1F", "0o17", ".5", ".inf", "1_000",
     "2026-01-12", "1:30:00", "="],
)  # fmt: skip
@pytest.mark.parametrize("field", ["id", "label", "definition", "example", "parent"])
def test_what_yaml_would_not_take_for_text_must_be_in_quotes(bare: str, field: str) -> None:
    rest = "".join(f'\n  {name}: "T"' for name in ("id", "label") if name != field)
    said = faults(f'- notes: "n"{rest}\n  {field}: {bare}')
    line = 6 + rest.count("\n")
    expected = f"book.yaml, line {line}: the field '{field.replace('example', 'examples')}' holds {bare}, which"
    assert any(fault.startswith(expected) and f'in quotes, "{bare}"' in fault for fault in said)


def test_the_head_is_text_too() -> None:
    said = refused(
        "format: qualbench-codebook/1\ntitle: no\nversion: 1.0\ndate: 2026-01-12\ncodes: [{id: A, label: A}]"
    )
    assert [problem.line for problem in said] == [2, 3, 4]


@pytest.mark.parametrize("bare", ["1.2.3", "A1", "nothing", "1st", "No way", "v1.10", "-", "a:b"])
def test_ordinary_words_need_no_quotes(bare: str) -> None:
    word = bare if bare != "-" else '"-"'
    assert codes(f"- {{id: A, label: {word}}}").codes[0].label == bare


def test_all_faults_are_told_at_once_in_the_order_of_the_file() -> None:
    said = faults(
        '- {id: A, label: ""}\n- {id: A, label: "again"}\n- {label: "nameless"}\n- {id: "a b", label: "B"}\n'
        '- {id: D, label: "D", parent: Z}\n- {id: E, label: "E", kind: thema}\n- {id: F, label: "F", status: gone}\n'
        "- [list]"
    )
    assert [line.removeprefix("book.yaml, line ")[:2].rstrip(":") for line in said] == [
        "5", "6", "7", "8", "9", "10", "11", "12"
    ]  # fmt: skip
    for fault, words in zip(
        said,
        ["label of A is empty", "taken already, in line 5", "no id", "'a b' may hold only", "does not exist: Z",
         "kind 'thema'", "status 'gone'", "a code is a mapping"],
        strict=True,
    ):  # fmt: skip
        assert words in fault


def test_ids_that_differ_only_in_case_are_one_id() -> None:
    assert faults('- {id: Trust, label: "T"}\n- {id: TRUST, label: "U"}') == [
        "book.yaml, line 6: the id TRUST is taken already, in line 5."
    ]


def test_two_codes_with_one_id_on_one_line() -> None:
    assert "taken already" in faults("  [{id: A, label: one}, {id: A, label: two}]")[0]


def test_a_code_can_not_stand_under_one_parent_and_name_another() -> None:
    text = '- {id: B, label: "B"}\n- id: A\n  label: "A"\n  children:\n  - {id: C, label: "C", parent: B}'
    assert faults(text) == ["book.yaml, line 9: C stands under A, not under B."]


def test_a_child_may_name_its_own_parent_or_none() -> None:
    text = '- id: A\n  label: "A"\n  children: [{id: B, label: "B", parent: A}, {id: C, label: "C", parent: ""}]'
    assert [code.parent for code in codes(text).codes] == ["", "A", "A"]


def test_parents_that_go_round_in_a_circle() -> None:
    assert faults(
        '- {id: A, label: "A", parent: B}\n- {id: B, label: "B", parent: C}\n- {id: C, label: "C", parent: B}\n'
        '- {id: D, label: "D", parent: D}\n- {id: E, label: "E"}'
    ) == [
        "book.yaml, line 6: parents go round in a circle: B > C > B.",
        "book.yaml, line 8: parents go round in a circle: D > D.",
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("- {id: A, label: [x]}", "the field 'label' holds a list"),
        ("- {id: [A], label: A}", "the field 'id' holds a list"),
        ("- {id: , label: A}", "the code has no id"),
        ("- {id: A, label: {x: y}}", "the field 'label' holds a mapping"),
        ("- {id: A, label: A, examples: {x: y}}", "the field 'examples' holds a mapping"),
        ("- {id: A, label: A, examples: [x, [y]]}", "the field 'examples' holds a list"),
        ("- {id: A, label: A, children: B}", "codes are a list"),
        ("  {id: A}", "codes are a list"),
        ("  text", "there are no codes"),
        ("  []", "there are no codes"),
        ("", "there are no codes"),
        ("- {id: É, label: E}", "may hold only"),
        ("- {id: A, label: ~}", "the label of A is empty"),
        (r'- {id: A, label: "a\eb"}', "the field 'label' holds a control character"),
        (r'- {id: A, label: "\ud800"}', "the field 'label' holds a control character"),
    ],
)
def test_a_field_of_the_wrong_shape(text: str, words: str) -> None:
    said = faults(text)
    assert len(said) == 1
    assert words in said[0]


@pytest.mark.parametrize("head", ["", "format: qualbench-codebook/2\n", "format: codebook\n", "format: [a]\n"])
def test_a_format_that_is_not_ours(head: str) -> None:
    said = refused(f'{head}title: "T"\nversion: "1"\ncodes: [{{id: A, label: A}}]')
    assert [(problem.line, "format: qualbench-codebook/1" in problem.message) for problem in said] == [(1, True)]


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("", 0, "the file is empty"),
        ("# only a remark\n", 0, "the file is empty"),
        ("- a\n- b\n", 1, "a codebook is a mapping"),
        ("just words", 1, "a codebook is a mapping"),
        ("title: x\n\x00", 2, "control character"),
        ("title: x\n\x1b[2J", 2, "control character"),
        ("title: x\ncodes: [", 2, "this is not YAML"),
        ("title: x\n\tcodes: y", 2, "this is not YAML"),
        ('title: "x\ncodes: y', 2, "this is not YAML"),
        ("title: a: b", 1, "this is not YAML"),
        ("title: &a x", 1, "anchors and aliases"),
        ("title: x\nnote: *starred* text", 2, "anchors and aliases"),
        ("title: !!python/object:os.system x", 1, "the tag"),
        ("a: b\n---\nc: d", 3, "a second document"),
        ('title: "\\UFFFFFFFF"', 0, "stands for no character"),
        ("[" * 100_000, 1, "nested more than"),
        ("{a: " * 100_000, 1, "nested more than"),
        ("- " * 100_000, 1, "nested more than"),
        ("x" * 2_000_001, 0, "longer than"),
    ],
    ids=lambda value: repr(value)[:30],
)
def test_a_file_that_is_no_codebook_gets_one_sentence(text: str, line: int, words: str) -> None:
    (problem,) = refused(text)
    assert (problem.path, problem.line) == ("book.yaml", line)
    assert words in problem.message
    assert "\n" not in problem.message


def test_a_bomb_of_aliases_is_never_unfolded() -> None:
    layers = "".join(f"l{i}: &l{i} [{', '.join([f'*l{i - 1}'] * 9)}]\n" for i in range(1, 40))
    (problem,) = refused(f"l0: &l0 [x]\n{layers}")
    assert (problem.line, problem.message[:19]) == (1, "anchors and aliases")


# --- finding a code --------------------------------------------------------------------------------------------

BOOK = Codebook(
    "1.0",
    "Aftercare",
    (
        Code("TRUST", "Building trust", kind="theme"),
        Code("BEEN_THERE", "Café talk", parent="TRUST"),
        Code("NOT_JUDGED", "Support", parent="TRUST"),
        Code("LESS_ALONE", "support", parent="TRUST"),
        Code("Support.2", "TRUST"),
        Code("OLD", "Old", status="retired"),
        Code("EMPTY", "Empty heading", kind="theme"),
        Code("IDX", "Guide", kind="index"),
        Code("IDX_A", "Guide, a", parent="IDX", kind="index"),
        Code("SIGNS", "Signs", kind="domain"),
        Code("TRUSTING", "Trusting", parent="SIGNS", kind="category"),
        Code("TRIAL", "On trial", status="proposed"),
    ),
)


@pytest.mark.parametrize(
    ("name", "code_id"),
    [
        ("BEEN_THERE", "BEEN_THERE"),
        ("been_there", "BEEN_THERE"),
        (" been_there ", "BEEN_THERE"),
        ("cafe  TALK", "BEEN_THERE"),
        ("TRUST", "TRUST"),
        ("Support", "NOT_JUDGED"),
        ("support", "LESS_ALONE"),
        ("old", "OLD"),
    ],
)
def test_a_code_is_found_by_id_first_and_then_by_label(name: str, code_id: str) -> None:
    assert find(BOOK, name).id == code_id


def test_a_label_that_two_codes_carry_asks_for_the_id() -> None:
    with pytest.raises(UsageError) as caught:
        find(BOOK, "SUPPORT")
    assert caught.value.message == "Several codes are called 'SUPPORT'."
    assert caught.value.hint == "Say which one by its id: NOT_JUDGED, LESS_ALONE"


@pytest.mark.parametrize("name", ["", " ", "BEEN", "Supp", "\x1b[2J"])
def test_what_no_code_is_called(name: str) -> None:
    with pytest.raises(UnknownCode):
        find(BOOK, name)


def test_headings_retired_codes_and_drafts_are_not_applied() -> None:
    assert [code.id for code in applicable(BOOK)] == [
        "BEEN_THERE", "NOT_JUDGED", "LESS_ALONE", "Support.2", "EMPTY", "IDX", "IDX_A", "TRUSTING"
    ]  # fmt: skip


# --- stored and read again -------------------------------------------------------------------------------------

words = st.text(max_size=12)
stored_codes = st.builds(
    Code,
    *[words] * 8,
    examples=st.lists(words, max_size=3).map(tuple),
    near_miss=words,
    origin=words,
    status=words,
    notes=words,
)
stored_books = st.builds(
    Codebook, words, words, st.lists(stored_codes, max_size=4).map(tuple), words, st.lists(words).map(tuple)
)


@given(stored_books)
@settings(max_examples=60, deadline=None)
def test_a_stored_book_is_the_same_book(book: Codebook) -> None:
    assert from_data(json.loads(json.dumps(to_data(book)))) == book


def test_a_book_stored_by_a_later_program_can_be_read() -> None:
    data = to_data(BOOK) | {"mood": "hopeful"}
    data["codes"] = [row | {"weight": 3} for row in data["codes"]]
    assert from_data(data) == BOOK


def test_a_book_stored_with_less_can_be_read() -> None:
    data = {"version": "1", "title": "T", "codes": [{"id": "A", "label": "A"}]}
    assert from_data(data) == Codebook("1", "T", (Code("A", "A"),))


def mutated(text: str, chance: random.Random) -> str:
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(text))
        span = chance.choice([0, 1, 1, 5, 40])
        put = chance.choice(
            ["", "\n", " ", ":", "- ", '"', "'", "&a ", "*a", "[", "}", "\t", "\x00", "? ", "!!x ", "#", "|", ">", "%",
             "\\", "\u2028", "\ud800", "\ufeff", "é", "<<: ", "---\n", "...\n", "1.10", "no", "\r", "@", "`", "{"]
        )  # fmt: skip
        text = text[:at] + put + text[at + span :]
    return text


@pytest.mark.parametrize("seed", range(8))
def test_a_damaged_file_reads_or_is_refused_and_nothing_else(seed: int) -> None:
    whole = "\n".join(SHIPPED.read_text("utf-8").split("\n")[:80])
    chance = random.Random(seed)
    outcomes = set()
    for _ in range(25):
        try:
            book, _said = read("book.yaml", mutated(whole, chance))
        except BadCodebook:
            outcomes.add("refused")
        else:
            assert from_data(to_data(book)) == book
            assert all(code.id and code.label for code in book.codes)
            assert all(not code.parent or book.get(code.parent) for code in book.codes)
            outcomes.add("read")
    assert outcomes == {"read", "refused"}
