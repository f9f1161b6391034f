"""Marks of transcribers: each one in the reference, their look-alikes in speech, and quotes without them."""

import time

import pytest

from qualbench.steps.ingest.marks import Kind, is_jeffersonian, marks, without

TIME, SOUND, UNCLEAR, REDACTED, SYMBOL = Kind.TIME, Kind.SOUND, Kind.UNCLEAR, Kind.REDACTED, Kind.SYMBOL
JEFFERSON = "A: so (.) well (0.5) I we::nt °home° then=\nB: =[yes\nA:  [no >never mind< ↑really (1.2) no:t\n"


def found(text: str) -> list[tuple[str, Kind]]:
    return [(text[mark.start : mark.end], mark.kind) for mark in marks(text)]


@pytest.mark.parametrize(
    ("mark", "kind"),
    [
        ("[00:01:23]", TIME),
        ("(03:40)", TIME),
        ("#00:01:23-4#", TIME),
        (r"\[00:08:01.12\]", TIME),
        ("(00:20:12)", TIME),
        ("<00:01:02>", TIME),
        ("[laughs]", SOUND),
        ("(pause)", SOUND),
        ("(lacht)", SOUND),
        ("[crosstalk]", SOUND),
        ("((coughs))", SOUND),
        ("(1 minute pause)", SOUND),
        ("[laughs nervously]", SOUND),
        ("(both laugh)", SOUND),
        ("[Phone rings]", SOUND),
        ("(rires)", SOUND),
        ("(risas)", SOUND),
        ("(lange Pause)", SOUND),
        ("[inaudible 00:04:43]", UNCLEAR),
        ("[inaudible]", UNCLEAR),
        (r"\[unintelligible 00:08:02.07\]", UNCLEAR),
        ("(?)", UNCLEAR),
        ("(...)", UNCLEAR),
        ("(unv.)", UNCLEAR),
        ("[unclear]", UNCLEAR),
        ("[REDACTED]", REDACTED),
        ("[P1]", REDACTED),
        ("XXX", REDACTED),
        ("[NAME]", REDACTED),
        ("[name removed]", REDACTED),
        ("[CITY 2]", REDACTED),
        ("[name of the clinic]", REDACTED),
    ],
)
def test_a_mark_inside_a_sentence(mark: str, kind: Kind) -> None:
    assert found(f"P1: And then {mark} we went home.") == [(mark, kind)]


@pytest.mark.parametrize(
    "line", ["Maria Lopez  00:13", "Speaker 0: 00:00:04", "00:00:04 Samat", "00:13", "  00:00:04  ", "Maria\t1:00:13"]
)
def test_a_bare_time_that_stands_apart(line: str) -> None:
    assert found(f"one\n{line}\ntwo") == [(line.split()[-1] if "Samat" not in line else "00:00:04", TIME)]


@pytest.mark.parametrize(
    "words",
    [
        "We met at 17:30 and left at 18:00",
        "at 10:30:00 sharp",
        "17:30 was late",
        "the score was 3:40:12:9 I think",
        "(I think)",
        "(she laughed)",
        "(I laugh at that)",
        "(we both cried)",
        "(the music was loud)",
        "(really?)",
        "(see below)",
        "[sic]",
        "[my sister]",
        "[city]",
        "[the pause button]",
        "(P1)",
        "an XXXL shirt and XX",
        "a (3) and a (.) here",
        "it was 20° or 30° out",
        "a = b, x > y",
        "No: never",
        "see [1] and [Smith 2020]",
        "[...",
        "(" * 9,
    ],
)
def test_what_looks_like_a_mark_and_is_speech(words: str) -> None:
    assert found(f"P1: Well, {words}, and so on.") == []


def test_a_label_in_brackets_at_the_beginning_of_a_line_is_no_redaction() -> None:
    assert found("[P1] I told [P2] so.\n  [P2] Yes.\n") == [("[P2]", REDACTED)]


def test_jeffersons_symbols_are_marks_in_his_notation_only() -> None:
    assert is_jeffersonian(JEFFERSON)
    symbols = ["(.)", "(0.5)", "::", "°", "°", "=", "=", "[", "[", ">", "<", "↑", "(1.2)", ":"]
    assert [mark for mark, kind in found(JEFFERSON) if kind is SYMBOL] == symbols
    plain = "I: So (.) what [laughs] was it?\nP1: It was 20°, you know: cold.\n" * 9
    assert not is_jeffersonian(plain)
    assert {kind for _, kind in found(plain)} == {SOUND}


def test_a_sound_in_jeffersons_notation_is_one_mark() -> None:
    assert ("[laughs]", SOUND) in found(JEFFERSON + "A: [laughs] no\n")
    assert ("[", SYMBOL) in found(JEFFERSON + "A: [laughs no\n")


# --- quotes ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "quote", "cuts"),
    [
        ("Well [laughs] yes.", "Well yes.", [(4, 13)]),
        ("[laughs] Yes.", "Yes.", [(0, 9)]),
        ("Yes [laughs].", "Yes.", [(3, 12)]),
        ("Yes [laughs]", "Yes", [(3, 12)]),
        ("a [laughs] [00:01:02] b", "a b", [(1, 10), (10, 21)]),
        ("[laughs] [pause] b", "b", [(0, 9), (9, 17)]),
        ("a[laughs]b", "ab", [(1, 9)]),
        ("one\n[laughs] two", "one\ntwo", [(4, 13)]),
        ("plain words", "plain words", []),
        ("to [REDACTED] there", "to [REDACTED] there", []),
    ],
)
def test_a_quote_without_sounds_and_times(text: str, quote: str, cuts: list[tuple[int, int]]) -> None:
    made = without(text, 0, len(text), (Kind.SOUND, Kind.TIME))
    assert (made.text, list(made.cuts)) == (quote, cuts)


def test_a_quote_begins_and_ends_where_it_is_told() -> None:
    text = "I: [pause] Well [laughs] I did [sighs] go."
    start, end = text.index("Well"), text.index(" [sighs]")
    assert without(text, start, end, {Kind.SOUND}).text == "Well I did"
    assert without(text, start, text.rindex("ghs]"), {Kind.SOUND}).text == "Well I did [si"


def test_without_symbols_the_words_remain() -> None:
    start = JEFFERSON.index("so")
    quote = without(JEFFERSON, start, JEFFERSON.index("=\n"), {Kind.SYMBOL}, marks(JEFFERSON))
    assert quote.text == "so well I went home then"


@pytest.mark.parametrize("piece", ["[", "(", "]", "[]", "((", "°", "a", "\n", "X", "[laughs ", ":"])
def test_ten_million_characters_take_no_time(piece: str) -> None:
    text = piece * (10_000_000 // len(piece))
    began = time.process_time()
    marks(text)
    assert time.process_time() - began < (1 if piece == "[" else 2)
