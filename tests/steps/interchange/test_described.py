"""What Qualbench writes into descriptions and takes back."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from qualbench.model import MEMO_KINDS, Code, Role, Speaker
from qualbench.project.code_words import unworded, worded
from qualbench.steps.interchange.described import (
    OfText,
    attribute_of,
    kind_of,
    of_attribute,
    of_text,
    text_of,
    title_of,
)

names = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=8)
speakers = st.dictionaries(names, st.tuples(st.sampled_from(Role), st.one_of(st.just(""), names)), max_size=4)


@given(speakers, st.dictionaries(names, st.booleans(), max_size=3))
def test_who_speaks_and_who_has_coded_comes_back(those: dict[str, tuple[Role, str]], coders: dict[str, bool]) -> None:
    said = of_text([Speaker(label, *who) for label, who in those.items()], coders)
    assert text_of(said) == OfText(those, coders)


@given(st.sampled_from(["text", "number", "date", "choice"]), st.lists(names, max_size=4))
def test_the_kind_of_an_attribute_comes_back(kind: str, choices: list[str]) -> None:
    assert attribute_of(of_attribute(kind, choices)) == (kind, tuple(choices))


def test_the_kind_of_a_memo_comes_back_from_its_title() -> None:
    for kind in MEMO_KINDS:
        assert kind_of(title_of(kind)) == kind
        assert kind_of(f"{title_of(kind)} (12)") == kind


def test_what_others_wrote_says_nothing() -> None:
    for words in ("", "Speaker: Mara", 'Speaker "x: participant', 'Coded by "', "Kind: of course", "Kind: choice of x"):
        assert text_of(words) == OfText()
    assert attribute_of("Kind: choice of x") == ("", ())


PIECES = ["\n\n", "Definition: ", "Notes: ", "Code id: ", "x", "\u200b", "\n", "Example: ", " "]
words = st.lists(st.sampled_from(PIECES), max_size=6).map("".join)


@given(words, words, words, st.lists(words.filter(bool), max_size=2), words)
def test_a_code_comes_back_from_its_words_exactly(
    short: str, long: str, use: str, examples: list[str], notes: str
) -> None:
    """Even where its words look like the headings between them."""
    code = Code(
        "A.1", "A", "", "category", short, long, use, examples=tuple(examples), status="retired", notes=notes,
        colour="teal", owner="ana",
    )  # fmt: skip
    assert unworded(worded(code), "A", "", set()) == code


def test_a_code_whose_id_is_another_codes_or_no_id_gets_its_own() -> None:
    taken = {"a"}
    assert unworded(worded(Code("A", "Trust")), "Trust", "", taken).id == "TRUST"
    assert unworded("Code id: ../../x", "Trust", "", taken).id == "TRUST_2"
