"""The figures: bytes that stay the same, labels that are only labels, words and data that carry the numbers."""

import csv
import io
import struct
import subprocess
import sys
from dataclasses import replace

import pytest
from lxml import etree

from qualbench.model import Code, Codebook, Confusion
from qualbench.steps.agreement.output import Contents, Figure, figures
from tests.steps.agreement.output.written_study import RUN, TRANSPORT, bare, hostile, made, three


@pytest.fixture(scope="module")
def drawn() -> dict[str, Figure]:
    return {one.name: one for one in figures(made())}


@pytest.fixture(scope="module")
def acting() -> dict[str, Figure]:
    return {one.name: one for one in figures(hostile())}


def words(figure: Figure) -> list[str]:
    """The text elements of the SVG, as they are read."""
    texts = etree.fromstring(figure.svg).iter("{http://www.w3.org/2000/svg}text")
    return ["".join(map(str, one.itertext())) for one in texts]


def data(figure: Figure) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(figure.csv.decode(), newline="")))


def names(contents: Contents) -> list[str]:
    return [one.name for one in figures(contents)]


def test_there_is_a_figure_for_what_there_is_data_for() -> None:
    assert names(made(confusions=(), trend=())) == ["alpha-by-code"]
    assert names(bare()) == ["alpha-by-code"]
    assert names(replace(bare(), agreement=replace(RUN, codes=()))) == []


def test_all_three_are_drawn(drawn: dict[str, Figure]) -> None:
    assert list(drawn) == ["alpha-by-code", "agreement-by-round", "code-confusion"]


def test_three_coders_are_drawn() -> None:
    assert "0.740 (0.310 to 0.902)" in figures(replace(three(), trend=(), confusions=()))[0].alt


def test_alt_texts_name_the_numbers(drawn: dict[str, Figure]) -> None:
    assert drawn["alpha-by-code"].alt == (
        "Krippendorff's alpha of 3 codes with 95 % limits. Access › Transport 0.740 (0.310 to 0.902); "
        "Access › Cost undefined; Waiting -0.026 (no limits)."
    )
    assert "Access › Transport 0.500 in Round 1, 0.740 in Round 2" in drawn["agreement-by-round"].alt
    assert "Waiting -0.026 in Round 2" in drawn["agreement-by-round"].alt
    assert "Access › Transport and Waiting 7; Access › Cost and Access › Transport 2" in drawn["code-confusion"].alt


def test_the_data_beside_the_figure_is_not_rounded(drawn: dict[str, Figure]) -> None:
    assert [row["alpha"] for row in data(drawn["alpha-by-code"])] == ["0.74", "", repr(1 - 78 / 76)]
    assert [(row["round"], row["alpha"]) for row in data(drawn["agreement-by-round"])][:2] == [
        ("Round 1", "0.5"),
        ("Round 2", "0.74"),
    ]
    assert [(row["code"], row["other"], row["count"]) for row in data(drawn["code-confusion"])] == [
        ("transport", "waiting", "7"),
        ("cost", "transport", "2"),
    ]


def test_counts_stand_in_the_cells_and_undefined_is_written(drawn: dict[str, Figure]) -> None:
    assert {"7", "2", "0"} <= set(words(drawn["code-confusion"]))
    assert "undefined" in words(drawn["alpha-by-code"])
    assert {"0.667", "0.8", "Benchmark: Krippendorff 2004"} <= set(words(drawn["alpha-by-code"]))


def test_a_pair_told_in_both_orders_is_one_cell() -> None:
    both = (Confusion("cost", "waiting", 3), Confusion("waiting", "cost", 4))
    figure = figures(made(confusions=both, trend=()))[1]
    assert [row["count"] for row in data(figure)] == ["7"]
    assert "7" in words(figure)


def test_png_has_300_dots_an_inch(drawn: dict[str, Figure]) -> None:
    for one in drawn.values():
        assert one.png.startswith(b"\x89PNG")
        place = one.png.index(b"pHYs") + 4
        across, down, unit = struct.unpack(">IIB", one.png[place : place + 9])
        assert (across, down, unit) == (11811, 11811, 1)  # 300 / 0.0254 dots a metre


def test_labels_are_literal(acting: dict[str, Figure]) -> None:
    for one in acting.values():
        said = words(one)
        for label in ("=1+1", "<b>", "[/x]", "␛]52;c;eA␇", "$x^2$ \\frac"):
            assert label in said
        assert b"\x1b" not in one.svg
        assert "\x1b" not in one.alt


def test_a_long_label_is_cut_in_the_figure_and_whole_in_the_data() -> None:
    book = Codebook("1", "", (Code("long", "x" * 40_000),))
    run = replace(RUN, codes=(replace(TRANSPORT, code="long"),))
    figure = figures(made(agreement=run, codebook=book, trend=(), confusions=()))[0]
    assert max(map(len, words(figure))) < 100
    assert data(figure)[0]["label"] == "x" * 40_000


def test_a_long_path_gives_way_to_the_codes_own_label() -> None:
    book = Codebook("1", "", (Code("top", "T" * 40), Code("under", "Own label", parent="top")))
    run = replace(RUN, codes=(replace(TRANSPORT, code="under"),))
    assert "Own label" in words(figures(made(agreement=run, codebook=book, trend=(), confusions=()))[0])


def test_with_many_codes_the_least_agreed_get_a_panel(monkeypatch: pytest.MonkeyPatch) -> None:
    """With room for two of three codes the one without an alpha goes, and the alt text says so."""
    monkeypatch.setattr(sys.modules["qualbench.steps.agreement.output.figures"], "MOST_PANELS", 2)
    figure = figures(made(confusions=()))[1]
    assert "Cost" not in figure.alt
    assert figure.alt.endswith("1 more code with a higher last alpha or none only in the data.")
    assert any(row["code"] == "Access › Cost" for row in data(figure))


def test_the_same_study_is_the_same_figure(drawn: dict[str, Figure]) -> None:
    """Also with other settings of the user's, which stay as they were."""
    import matplotlib as mpl

    with mpl.rc_context({"font.size": 20, "svg.hashsalt": "other"}):
        again = {one.name: one for one in figures(made())}
        assert mpl.rcParams["font.size"] == 20
    assert again == drawn
    assert all(b"<dc:date>" not in one.svg for one in drawn.values())


def test_no_window_is_opened_and_a_missing_library_is_a_sentence() -> None:
    """In a process of its own: pyplot is never imported, and without matplotlib the advice is given."""
    script = """
import sys
from qualbench.errors import QualbenchError
from qualbench.steps.agreement.output import figures
from tests.steps.agreement.output.written_study import bare
assert "matplotlib" not in sys.modules
sys.modules["matplotlib"] = None
try:
    figures(bare())
except QualbenchError as error:
    print(error.message)
del sys.modules["matplotlib"]
figures(bare())
assert "matplotlib.pyplot" not in sys.modules
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("Figures need matplotlib, which is not installed.")
