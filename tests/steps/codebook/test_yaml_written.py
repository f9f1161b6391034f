"""A codebook written as YAML: read back it is the same book, and what did not change stays as somebody wrote it."""

import random
from collections.abc import Callable
from dataclasses import replace
from difflib import unified_diff
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualbench.errors import BadCodebook
from qualbench.model import Change, Code, Codebook, CodeChange
from qualbench.steps.codebook.files.yaml_mending import write_yaml
from qualbench.steps.codebook.reading import read

SHIPPED = sorted((Path(__file__).parents[3] / "codebooks").glob("*.yaml"))
TRAPS = ["no", "1.10", "12:30", "2026-02-01", " leading", "trailing ", "👩🏽‍🚒", 'a "quote"', "it's", "# no comment",
         "a: b",
         "two\nlines", "\n", "a\n\nb\n", "- item", "*x", "&x", "!x", "null", "~", "{a}", "[b]", "%", "@", "`", "\\n",
         "\u2028", "\ufeff", "\u00a0", "\t", "a\n b", "long words " * 40 + "end", "x" * 3000, "- " * 70, "# " * 60,
         "é \u0301", "key: " + "value " * 30 + "#end"]  # fmt: skip

texts = st.one_of(
    st.sampled_from(TRAPS),
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=30),
    st.text("ab #:-'\"\n{}[]&*!|>%@`,?\\ é", max_size=160),
)
filled = texts.filter(bool)


@st.composite
def books(draw: st.DrawFn) -> Codebook:
    codes: list[Code] = []
    for number in range(draw(st.integers(1, 5))):
        trail = codes[-1:]
        while trail and trail[0].parent:
            trail = [next(code for code in codes if code.id == trail[0].parent), *trail]
        parent = draw(st.sampled_from(["", *(code.id for code in trail)]))
        codes.append(
            Code(
                draw(st.sampled_from(["no", "1.10", "A", "b-", "2026-02-01"])) + f"_{number}",
                " ".join(draw(filled).split()) or "x",
                parent=parent,
                kind=draw(st.sampled_from(["theme", "code"])),
                status=draw(st.sampled_from(["proposed", "trial", "active", "retired"])),
                definition_short=draw(texts),
                definition=draw(texts),
                include=draw(texts),
                exclude=draw(texts),
                examples=tuple(draw(st.lists(filled, max_size=3))),
                near_miss=draw(texts),
                origin=draw(texts),
                notes=draw(texts),
                group=draw(texts),
                colour=draw(st.sampled_from(["", "#ff0000", "red"])),
                owner=draw(texts),
                questions=tuple(draw(st.lists(filled, max_size=2))),
            )
        )
    return Codebook(
        draw(st.sampled_from(["1.0", "1.10", "no"])),
        draw(filled),
        tuple(codes),
        draw(st.sampled_from(["", "2026-02-01"])),
        tuple(draw(st.lists(filled, max_size=2))),
        tuple(CodeChange(codes[0].id, change, draw(texts)) for change in draw(st.lists(st.sampled_from(Change)))),
    )


@given(books())
@settings(max_examples=100, deadline=None)
def test_any_book_that_is_written_is_read_back_as_it_was(book: Codebook) -> None:
    assert read("book.yaml", write_yaml(book))[0] == book


@given(books(), books())
@settings(max_examples=40, deadline=None)
def test_a_book_put_into_the_text_of_another_is_read_back_as_it_was(old: Codebook, new: Codebook) -> None:
    before = write_yaml(old).replace("codes:\n", "codes:\n  # first\n\n")
    assert read("book.yaml", write_yaml(new, before))[0] == new


@pytest.mark.parametrize("text", TRAPS)
def test_what_yaml_takes_for_something_else_stays_text(text: str) -> None:
    book = Codebook("1", "T", (Code("A", "A", definition=text, examples=(text,), notes=text),))
    assert read("book.yaml", write_yaml(book))[0] == book


def test_what_no_file_can_carry_becomes_visible() -> None:
    book = Codebook("1", "T", (Code("A", "A", definition="a\x1b[2Jb\r\nc\x85"),))
    assert read("book.yaml", write_yaml(book))[0].codes[0].definition == "a␛[2Jb\nc�"


def test_a_clean_file_can_be_read_by_people() -> None:
    prose = "The speaker describes trust as a process: it takes weeks, or months, and it can be lost in a "
    prose += "day # always, they said."
    book = Codebook(
        "1.10",
        "Peer support",
        (
            Code("TRUST", "Building trust", kind="theme", colour="#aa0000"),
            Code("TIME", "no", parent="TRUST", definition=prose, examples=("12:30", "One\n\nTwo"), into=("TRUST",)),
        ),
        date="2026-02-01",
        changelog=("1.10: TIME added",),
        changes=(CodeChange("TIME", Change.NEW, "from the pilot"),),
    )
    assert (
        write_yaml(book)
        == """\
format: "qualbench-codebook/1"
title: "Peer support"
version: "1.10"
date: "2026-02-01"
changelog:
  - "1.10: TIME added"
changes:
  - {code: "TIME", change: "new", note: "from the pilot"}

codes:
  - id: "TRUST"
    label: "Building trust"
    kind: "theme"
    colour: "#aa0000"
    children:
      - id: "TIME"
        label: "no"
        into:
          - "TRUST"
        definition: >-
          The speaker describes trust as a process: it takes weeks, or months, and it can be lost in a day # always,
          they said.
        examples:
          - "12:30"
          - |-
            One

            Two
"""
    )


def test_codes_nested_deeper_than_a_reader_follows_are_written_flat() -> None:
    codes = tuple(Code(f"C{n}", f"C{n}", parent=f"C{n - 1}" if n else "") for n in range(60))
    book = Codebook("1", "T", codes)
    assert read("book.yaml", write_yaml(book))[0] == book


# --- comments survive ------------------------------------------------------------------------------------------

BEFORE = """\
# Peer support, pilot.
# Second line of the head.
format: qualbench-codebook/1   # ours
title: 'Aftercare'
version: "1.0"

method: "codebook-ta"
note: >-
  For interviews.

# What happened so far
changelog:
  - "1.0: first"   # by Ana

codes:
  # --- Trust ---

  # about TRUST
  - id: TRUST
    label: Building trust   # heading
    kind: theme
    children:
      # about TIME
      - id: TIME
        label: "Over time"
        # the sentence we fought over
        definition: >-   # folded
          Trust takes
          weeks.
        when_to_use: 'Weeks are named.'
        examples:
          # from the pilot
          - "Weeks."   # P01
          # invented
          - "Months."
        weight: heavy
      # about HISTORY
      - {id: HISTORY, label: "History"}   # in braces

  # --- Hope ---

  # about HOPE
  - id: HOPE
    label: "Hope"
    see_also: TIME
# the end
"""

Edit = Callable[[Codebook], Codebook]


def book_before() -> Codebook:
    return read("book.yaml", BEFORE)[0]


def with_code(code_id: str, **fields: object) -> Edit:
    return lambda book: replace(
        book,
        codes=tuple(replace(code, **fields) if code.id == code_id else code for code in book.codes),  # type: ignore[arg-type]
    )


def changed(edit: Edit, before: str = BEFORE) -> list[str]:
    """The lines that an edit takes away and adds, without the places; the text read back is the edited book."""
    book = edit(read("book.yaml", before)[0])
    text = write_yaml(book, before)
    assert read("book.yaml", text)[0] == book
    lines = unified_diff(before.split("\n"), text.split("\n"), lineterm="", n=0)
    return [line for line in lines if not line.startswith(("---", "+++", "@@"))]


@pytest.mark.parametrize("text", [BEFORE, *(path.read_text("utf-8") for path in SHIPPED)], ids=range(1 + len(SHIPPED)))
def test_a_book_that_did_not_change_is_the_same_text(text: str) -> None:
    assert changed(lambda book: book, text) == []


def test_a_new_definition_changes_its_lines_only() -> None:
    assert changed(with_code("TIME", definition="Trust takes time.")) == [
        "-        definition: >-   # folded",
        "-          Trust takes",
        "-          weeks.",
        '+        definition: "Trust takes time." # folded',
    ]


def test_a_field_keeps_the_name_that_the_file_gives_it_and_its_comment() -> None:
    assert changed(with_code("TIME", include="Time is named.")) == [
        "-        when_to_use: 'Weeks are named.'",
        '+        when_to_use: "Time is named."',
    ]
    assert changed(with_code("TRUST", label="Trust")) == [
        "-    label: Building trust   # heading",
        '+    label: "Trust" # heading',
    ]


def test_a_field_that_was_not_there_comes_where_it_belongs() -> None:
    assert changed(with_code("TIME", exclude="Not at once.", colour="#00ff00")) == [
        '+        colour: "#00ff00"',
        '+        exclude: "Not at once."',
    ]
    text = write_yaml(with_code("TIME", exclude="Not at once.", colour="#00ff00")(book_before()), BEFORE).split("\n")
    assert text[text.index('        exclude: "Not at once."') - 1] == "        when_to_use: 'Weeks are named.'"
    assert text[text.index('        colour: "#00ff00"') - 1] == '        label: "Over time"'


def test_an_emptied_field_goes_and_the_comment_above_it_stays() -> None:
    assert changed(with_code("TIME", definition="")) == [
        "-        definition: >-   # folded",
        "-          Trust takes",
        "-          weeks.",
    ]


def test_one_more_example_leaves_the_others_with_their_comments() -> None:
    assert changed(with_code("TIME", examples=("Weeks.", "no", "Months."))) == ['+          - "no"']
    assert changed(with_code("TIME", examples=("Weeks.", "Years."))) == [
        '-          - "Months."',
        '+          - "Years."',
    ]
    assert changed(with_code("TIME", examples=("Months.",))) == ['-          - "Weeks."   # P01']


def test_a_list_that_is_emptied_leaves_its_comments() -> None:
    assert changed(with_code("TIME", examples=())) == [
        "-        examples:",
        "-          # from the pilot",
        '-          - "Weeks."   # P01',
        "-          # invented",
        '-          - "Months."',
        "+        # from the pilot",
        "+        # invented",
    ]


def test_a_code_in_braces_is_written_in_lines_when_it_changes_and_keeps_its_comments() -> None:
    assert changed(with_code("HISTORY", definition="At once.")) == [
        '-      - {id: HISTORY, label: "History"}   # in braces',
        "+      # in braces",
        '+      - id: "HISTORY"',
        '+        label: "History"',
        '+        definition: "At once."',
    ]


def test_a_new_code_comes_behind_its_sister_and_above_her_comments() -> None:
    def add(book: Codebook) -> Codebook:
        new = Code("NEW", "1.10", parent="TRUST")
        return replace(book, codes=(*book.codes[:2], new, *book.codes[2:]))

    assert changed(add) == ['+      - id: "NEW"', '+        label: "1.10"']


def test_a_removed_code_takes_the_comment_directly_above_it_along() -> None:
    def remove(book: Codebook) -> Codebook:
        return replace(book, codes=tuple(code for code in book.codes if code.id != "HOPE"))

    assert changed(remove) == [
        "-  # about HOPE",
        "-  - id: HOPE",
        '-    label: "Hope"',
        "-    see_also: TIME",
    ]


def test_a_code_moved_under_another_takes_everything_along() -> None:
    def move(book: Codebook) -> Codebook:
        trust, time, history, hope = book.codes
        return replace(book, codes=(trust, history, hope, replace(time, parent="HOPE")))

    text = write_yaml(move(book_before()), BEFORE)
    assert read("book.yaml", text)[0] == move(book_before())
    moved = text[text.index("    see_also: TIME") :]
    assert (
        moved
        == """\
    see_also: TIME
    children:
      # about TIME
      - id: TIME
        label: "Over time"
        # the sentence we fought over
        definition: >-   # folded
          Trust takes
          weeks.
        when_to_use: 'Weeks are named.'
        examples:
          # from the pilot
          - "Weeks."   # P01
          # invented
          - "Months."
        weight: heavy
# the end
"""
    )


def test_a_code_moved_to_the_top_is_moved_to_the_left() -> None:
    def move(book: Codebook) -> Codebook:
        trust, time, history, hope = book.codes
        return replace(book, codes=(trust, history, replace(time, parent=""), hope))

    text = write_yaml(move(book_before()), BEFORE)
    assert read("book.yaml", text)[0] == move(book_before())
    assert "  # about TIME\n  - id: TIME\n    label:" in text
    assert all(line.strip() in text for line in BEFORE.split("\n"))


def test_sisters_that_change_places_take_their_comments_along() -> None:
    def swap(book: Codebook) -> Codebook:
        trust, time, history, hope = book.codes
        return replace(book, codes=(hope, trust, time, history))

    text = write_yaml(swap(book_before()), BEFORE)
    assert read("book.yaml", text)[0] == swap(book_before())
    assert text.index("# about HOPE") < text.index("id: HOPE") < text.index("# about TRUST") < text.index("id: TRUST")


def test_a_flat_file_stays_flat() -> None:
    before = (
        'format: qualbench-codebook/1\ntitle: "T"\nversion: "1"\ncodes:\n'
        '- {id: B, label: "B", parent: A}  # first\n- id: A # a\n  label: "A"\n- id: C\n  label: "C"\n  parent: A\n'
    )
    assert changed(with_code("C", definition="d"), before) == ['+  definition: "d"']

    def move(book: Codebook) -> Codebook:
        return replace(book, codes=(*book.codes[:2], replace(book.codes[2], parent="B")))

    assert changed(move, before) == ["-  parent: A", '+  parent: "B"']

    def add(book: Codebook) -> Codebook:
        return replace(book, codes=(*book.codes, Code("D", "D", parent="A")))

    assert changed(add, before) == ['+- id: "D"', '+  label: "D"', '+  parent: "A"']


def test_fields_that_are_read_as_notes_are_written_as_notes_once_those_change() -> None:
    assert changed(lambda book: with_code("HOPE", notes=book.codes[3].notes + "\nMore.")(book)) == [
        "-    see_also: TIME",
        "+    notes: |-",
        "+      See also: TIME",
        "+      More.",
    ]


def test_the_head_changes_where_it_changes() -> None:
    def release(book: Codebook) -> Codebook:
        return replace(book, version="1.1", date="2026-02-01", changelog=(*book.changelog, "1.1: no"))

    assert changed(release) == [
        '-version: "1.0"',
        '+version: "1.1"',
        '+date: "2026-02-01"',
        '+  - "1.1: no"',
    ]


def test_a_file_that_can_not_be_mended_keeps_its_comments_at_the_top() -> None:
    before = '# remember\n{format: qualbench-codebook/1, title: "T", version: "1", codes: [{id: A, label: "A"}]}\n'
    text = write_yaml(with_code("A", definition="d")(read("b", before)[0]), before)
    assert text.startswith('# remember\nformat: "qualbench-codebook/1"\n')
    assert 'definition: "d"' in text


def test_a_text_before_that_is_no_codebook_is_refused() -> None:
    with pytest.raises(BadCodebook):
        write_yaml(book_before(), "title: [")


def edited(book: Codebook, chance: random.Random) -> Codebook:
    """A few random edits: fields, new codes, removed codes, codes under other parents."""
    tree = {code.id: code for code in book.codes}
    for step in range(chance.randint(1, 4)):
        one = chance.choice(list(tree.values()))
        what = chance.randrange(4)
        if what == 0:
            text = chance.choice(TRAPS)
            tree[one.id] = replace(one, **{chance.choice(["definition", "exclude", "notes"]): text})
        elif what == 1:
            tree[f"NEW{step}"] = Code(f"NEW{step}", "New", parent=chance.choice(["", one.id]), examples=("no",))
        elif what == 2 and len(tree) > 2:
            del tree[one.id]
            tree = {key: replace(code, parent="") if code.parent == one.id else code for key, code in tree.items()}
        else:
            home = chance.choice(["", *(key for key in tree if not under(tree, key, one.id))])
            tree = {key: code for key, code in tree.items() if key != one.id} | {one.id: replace(one, parent=home)}
    return replace(book, codes=tuple(walk(tree, "")))


def under(tree: dict[str, Code], code_id: str, top: str) -> bool:
    while code_id and code_id != top:
        code_id = tree[code_id].parent
    return code_id == top


def walk(tree: dict[str, Code], parent: str) -> list[Code]:
    return [found for code in tree.values() if code.parent == parent for found in [code, *walk(tree, code.id)]]


@pytest.mark.parametrize("seed", range(60))
def test_after_any_edit_every_comment_of_a_code_that_stays_is_there_and_so_is_the_edit(seed: int) -> None:
    chance = random.Random(seed)
    book = edited(book_before(), chance)
    text = write_yaml(book, BEFORE)
    assert read("book.yaml", text)[0] == book
    assert text.startswith(
        "# Peer support, pilot.\n# Second line of the head.\nformat: qualbench-codebook/1   # ours\n"
    )
    for code_id in {code.id for code in book.codes} & {"TRUST", "TIME", "HISTORY", "HOPE"}:
        assert f"# about {code_id}\n" in text
    if book.get("TIME"):
        assert all(
            words in text for words in ("# the sentence we fought over", "# folded", "# from the pilot", "# P01")
        )
    assert "# --- Hope ---" in text
