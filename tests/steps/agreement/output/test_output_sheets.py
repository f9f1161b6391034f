"""The table for programs and the workbook, read back."""

import csv
import io
import time
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from qualbench.steps.agreement.output import Contents, render
from tests.steps.agreement.output.written_study import FEW, HOSTILE, LONG, NOBODY, bare, hostile, made, three

HEADER = (
    "code label both only_a only_b neither prevalence_a prevalence_b prevalence_index bias_index percent positive "
    "negative kappa pi pabak ac1 qualcoder alpha alpha_low alpha_high bootstrap_low bootstrap_high clusters "
    "benchmark_word why no_interval warnings round unit units coders codebook missing level interval seed software "
    "checked"
)


def rows(contents: Contents) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(render(contents, ".csv").decode(), newline="")))


def sheet(contents: Contents, name: str) -> list[list[Any]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(render(contents, ".xlsx")))
    return book.get_sheet_by_name(name).to_python(skip_empty_area=False)


# --- csv -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("contents", [made(), bare(), three(), hostile()], ids=["whole", "bare", "three", "hostile"])
def test_the_header_is_the_same_for_every_study(contents: Contents) -> None:
    first = render(contents, ".csv").decode().splitlines()[0]
    assert first.split(",") == HEADER.split()


def test_numbers_are_not_rounded_and_undefined_is_empty() -> None:
    transport, cost, waiting = rows(made())
    assert float(transport["kappa"]) == 0.275 / 0.375
    assert float(waiting["alpha"]) == 1 - 78 / 76
    assert (transport["code"], transport["label"]) == ("transport", "Access › Transport")
    assert [cost[key] for key in ("positive", "kappa", "pi", "alpha", "alpha_low", "bootstrap_high")] == [""] * 6
    assert (cost["why"], cost["no_interval"]) == (NOBODY, "alpha is undefined")
    assert (transport["warnings"], transport["clusters"]) == (FEW, "4")
    assert (cost["percent"], cost["positive"]) == ("1.0", "")
    assert waiting["positive"] == "0.0"


def test_every_row_carries_its_recipe() -> None:
    for row in rows(made()):
        assert (row["seed"], row["software"], row["round"]) == ("20260", "qualbench 0.1.0", "Round 2")
        assert (row["units"], row["coders"], row["codebook"]) == ("20", "Ada and Bo", "1.1")


def test_csv_has_no_byte_order_mark_and_no_formula() -> None:
    data = render(hostile(), ".csv")
    assert data.startswith(b"code,")
    cells = [cell for row in csv.reader(io.StringIO(data.decode(), newline="")) for cell in row]
    words = [cell for cell in cells if not cell.replace(".", "").replace("-", "").isdigit()]
    assert not [cell for cell in words if cell.startswith(("=", "+", "-", "@"))]
    assert "'=1+1" in cells
    assert "␛]52;c;eA␇" in cells
    assert b"\x1b" not in data


# --- xlsx ------------------------------------------------------------------------------------------------------


def test_the_workbook_has_a_sheet_for_each_table() -> None:
    book = CalamineWorkbook.from_filelike(io.BytesIO(render(made(), ".xlsx")))
    assert book.sheet_names == [
        "codes",
        "overall",
        "disagreements by cause",
        "confusion",
        "trend",
        "rounds",
        "settled",
        "benchmark",
        "recipe",
        "report",
    ]


def test_numbers_are_numbers_and_undefined_cells_are_empty() -> None:
    header, transport, cost, _ = sheet(made(), "codes")
    row = dict(zip(header, transport, strict=True))
    assert row["Alpha"] == 0.74
    assert row["Kappa"] == 0.275 / 0.375
    assert row["Both"] == 4
    undefined = dict(zip(header, cost, strict=True))
    assert (undefined["Alpha"], undefined["Why"]) == ("", NOBODY)


def test_header_is_frozen_and_figures_have_three_decimals() -> None:
    import zipfile

    with zipfile.ZipFile(io.BytesIO(render(made(), ".xlsx"))) as package:
        first, styles = package.read("xl/worksheets/sheet1.xml"), package.read("xl/styles.xml")
    assert b'state="frozen"' in first
    assert b'ySplit="1"' in first
    assert b'formatCode="0.000"' in styles


def test_causes_confusions_and_rounds_stand_on_their_sheets() -> None:
    assert sheet(made(), "disagreements by cause")[1] == ["missed", 3, 0.75]
    assert sheet(made(), "confusion")[1] == ["Access › Transport", "Waiting", 7]
    assert sheet(made(), "trend")[1][:4] == ["Access › Transport", "Round 1", "2026-02-01", 0.5]
    assert ["seed", "Seed", "20260"] in sheet(made(), "recipe")
    assert len(sheet(bare(), "trend")) == 1


def test_text_too_long_for_a_cell_goes_on_elsewhere_and_the_cell_says_so() -> None:
    note = f"{LONG}end"
    said = [row[1] for row in sheet(made(chosen=note), "report")]
    cut = next(cell for cell in said if cell.startswith("Word word"))
    assert len(cut) <= 32_767
    assert cut.endswith("… (the rest is on the sheet 'long text', number 1)")
    parts = sheet(made(chosen=note), "long text")[1:]
    assert "".join(row[2] for row in parts) == f"W{note[1:]}."
    assert [row[:2] for row in parts] == [[1, 1], [1, 2]]


def test_length_is_counted_as_a_spreadsheet_counts_it() -> None:
    """A face is two characters of UTF-16, so 20,000 of them do not fit a cell."""
    parts = sheet(made(chosen="👩" * 20_000), "long text")[1:]
    assert "".join(row[2] for row in parts) == "👩" * 20_000 + "."
    assert all(len(row[2].encode("utf-16-le")) <= 2 * 32_767 for row in parts)


def test_hostile_text_is_text_on_every_sheet() -> None:
    labels = [row[1] for row in sheet(hostile(), "codes")[1:]]
    assert labels == ["=1+1", "<b>", "[/x]", "␛]52;c;eA␇", HOSTILE[4], "a|b_c*d`", "-dash\ufffd\ufffd"]


@pytest.mark.parametrize("suffix", [".csv", ".xlsx", ".md", ".docx"])
def test_the_same_study_is_the_same_bytes(suffix: str, monkeypatch: pytest.MonkeyPatch) -> None:
    first = render(made(), suffix)
    later = time.struct_time((2031, 5, 6, 7, 8, 10, 1, 126, 0))
    monkeypatch.setattr(time, "localtime", lambda *_: later)
    monkeypatch.setattr(time, "time", lambda: 1_935_820_090.0)
    assert render(made(), suffix) == first
