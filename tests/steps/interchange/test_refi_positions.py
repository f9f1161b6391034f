"""Every way of counting positions is tried; the words decide, and where they do not nothing is guessed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualbench.steps.interchange.refi import EVERY, Convention, UnclearPositions, read, spelt
from qualbench.steps.interchange.refi.positions import Words
from tests.steps.interchange.qdpx_files import CODES, TALK, USERS, WORDS, coded, qdpx

TRUSTED = WORDS.index("I trusted"), WORDS.index("trusted her") + len("trusted her")
BETTER = WORDS.index("it got"), WORDS.index("slowly") + len("slowly")
FACES = "P1: 🙂 I trusted her at once.\nP1: 🙂🙂 Then it got better.\n"


def windows(position: int, words: str = WORDS) -> int:
    """A position of the text where line ends count two: an oracle that counts them one by one."""
    return position + words[:position].count("\n")


def units(position: int, words: str) -> int:
    """A position in UTF-16 units: an oracle that encodes."""
    return len(words[:position].encode("utf-16-le")) // 2


def spans(data: bytes, convention: Convention | None = None) -> list[tuple[int, int]]:
    return [(one.start, one.end) for one in read("study.qdpx", data, convention).bundle.codings]


def text_file(words: str, bom: bool = False, crlf: bool = False) -> dict[str, bytes]:
    ended = words.replace("\n", "\r\n") if crlf else words
    return {f"sources/{TALK}.txt": (b"\xef\xbb\xbf" if bom else b"") + ended.encode()}


def test_nvivo_for_windows_has_a_mark_and_counts_carriage_returns_and_not_the_mark() -> None:
    marks = coded([(windows(a), windows(b)) for a, b in (TRUSTED, BETTER)])
    data = qdpx(USERS, CODES, marks, files=text_file(WORDS, bom=True, crlf=True), origin="NVivo 12")
    found = read("study.qdpx", data)
    assert [(one.start, one.end) for one in found.bundle.codings] == [TRUSTED, BETTER]
    assert found.bundle.sources[0].text == WORDS
    assert found.report.choice.convention == Convention(2)


def test_atlas_ti_for_windows_has_windows_line_ends_that_count_one() -> None:
    data = qdpx(USERS, CODES, coded([TRUSTED, BETTER]), files=text_file(WORDS, crlf=True), origin="ATLAS.ti 23")
    assert spans(data) == [TRUSTED, BETTER]
    assert read("study.qdpx", data).report.choice.convention == Convention(1)


def test_qualcoder_writes_a_mark_and_does_not_count_it() -> None:
    data = qdpx(USERS, CODES, coded([TRUSTED, BETTER]), files=text_file(WORDS, bom=True), origin="QualCoder-3.6")
    assert spans(data) == [TRUSTED, BETTER]


def test_qualcoder_for_maxqda_has_windows_line_ends_that_count_one() -> None:
    data = qdpx(
        USERS, CODES, coded([TRUSTED, BETTER]), files=text_file(WORDS, bom=True, crlf=True), origin="QualCoder-3.6"
    )
    assert spans(data) == [TRUSTED, BETTER]


def test_a_program_may_count_the_mark() -> None:
    marks = coded([(a + 1, b + 1) for a, b in (TRUSTED, BETTER)])
    data = qdpx(USERS, CODES, marks, files=text_file(WORDS, bom=True))
    assert spans(data) == [TRUSTED, BETTER]
    assert read("study.qdpx", data).report.choice.convention == Convention(2, bom=True)


def test_utf_16_units_are_found_by_the_words() -> None:
    wanted = [(FACES.index("I trusted"), FACES.index(" at once")), (FACES.index("Then"), FACES.index(".\n", 30))]
    marks = coded([(units(a, FACES), units(b, FACES)) for a, b in wanted])
    data = qdpx(USERS, CODES, marks, files=text_file(FACES))
    assert spans(data) == wanted
    assert read("study.qdpx", data).report.choice.convention == Convention(2, True)


def test_code_points_are_found_by_the_words() -> None:
    wanted = [(FACES.index("I trusted"), FACES.index(" at once")), (FACES.index("Then"), FACES.index(".\n", 30))]
    assert spans(qdpx(USERS, CODES, coded(wanted), files=text_file(FACES))) == wanted


def test_a_position_inside_of_a_wide_character_is_where_it_begins() -> None:
    assert [Words("a🙂b").place(unit, Convention(2, True)) for unit in range(5)] == [0, 1, 1, 2, 3]


def test_the_quotes_of_a_file_decide_where_edges_of_words_do_not() -> None:
    """Both ways lead into the middle of words; the name of the selection says which way is right."""
    middle = WORDS.index("rusted"), WORDS.index("rusted") + len("rusted he")
    data = qdpx(USERS, CODES, coded([middle], name="rusted h..."), files=text_file(WORDS, crlf=True))
    assert spans(data) == [middle]
    shifted = coded([(windows(middle[0]), windows(middle[1]))], name="rusted h...")
    assert spans(qdpx(USERS, CODES, shifted, files=text_file(WORDS, crlf=True))) == [middle]


def test_a_tie_is_refused_with_a_sentence_unless_the_convention_is_given() -> None:
    middle = WORDS.index("usted"), WORDS.index("usted") + 2
    data = qdpx(USERS, CODES, coded([middle]), files=text_file(WORDS, crlf=True))
    with pytest.raises(UnclearPositions, match="can not be told from the words") as refused:
        read("study.qdpx", data)
    assert {fit.convention for fit in refused.value.choices} == {Convention(1), Convention(2)}
    assert "crlf-1" in refused.value.hint
    assert "crlf-2" in refused.value.hint
    assert spans(data, Convention(1)) == [middle]
    assert spans(data, Convention(2)) == [(middle[0] - 1, middle[1] - 1)]
    assert "it was asked for" in read("study.qdpx", data, Convention(1)).report.lines()[1]


def test_a_near_tie_is_refused_too() -> None:
    """Two selections speak for one way, one for the other: too little to move all codings by."""
    one_way = [TRUSTED, BETTER]
    other = [(windows(WORDS.index("her at")), windows(WORDS.index(" once")))]
    data = qdpx(USERS, CODES, coded([*one_way, *other]), files=text_file(WORDS, crlf=True))
    with pytest.raises(UnclearPositions):
        read("study.qdpx", data)


def test_where_every_way_leads_to_the_same_place_there_is_nothing_to_choose() -> None:
    first_line = coded([(3, 10)])
    found = read("study.qdpx", qdpx(USERS, CODES, first_line, files=text_file(WORDS, crlf=True)))
    assert [(one.start, one.end) for one in found.bundle.codings] == [(3, 10)]
    assert "every known way of counting leads to the same places" in found.report.lines()[1]


def test_the_report_shows_the_choice_and_its_evidence() -> None:
    data = qdpx(USERS, CODES, coded([TRUSTED, BETTER]), files=text_file(WORDS, crlf=True))
    line = read("study.qdpx", data).report.lines()[1]
    assert line.startswith("Positions: a Windows line end counts 1, every character counts 1")
    assert "crlf-1: 4 of 4 ends at edges of words" in line
    assert "crlf-2: 0 of 4" in line


def test_positions_that_no_way_of_counting_explains_are_doubted() -> None:
    """Line ends were Windows ones when the positions were counted, and were changed since."""
    marks = coded([(windows(a), windows(b)) for a, b in (TRUSTED, BETTER)])
    line = read("study.qdpx", qdpx(USERS, CODES, marks)).report.lines()[1]
    assert "0 of 4 ends at edges of words, which is few: look whether they are shifted" in line
    assert "few" not in read("study.qdpx", qdpx(USERS, CODES, coded([TRUSTED, BETTER]))).report.lines()[1]


def test_a_convention_is_spelled_and_read_back() -> None:
    assert [spelt(one.spelled) for one in EVERY] == list(EVERY)
    assert spelt("CRLF-1 + UTF-16") == Convention(1, True)
    assert spelt("bytes") is None


@given(st.lists(st.sampled_from(["a", " ", "\n", "🙂", "é", "e\u0301", "\u2028"]), max_size=30).map("".join), st.data())
def test_every_way_of_counting_leads_back(words: str, data: st.DataObject) -> None:
    """The oracle counts the characters before a place one by one."""
    place = data.draw(st.integers(0, len(words)))
    way = data.draw(st.sampled_from(EVERY))
    raw = "\ufeff" + words.replace("\n", "\r\n")
    before = words[:place].replace("\n", "\r\n" if way.line_end == 2 else "\n")
    position = sum(2 if way.utf16 and ord(one) > 0xFFFF else 1 for one in before) + way.bom
    assert Words(raw).text == words
    assert Words(raw).place(position, way) == place
