"""The settings of a report: what fits is taken, every fault is told with its line."""

import re
from pathlib import Path

import pytest

from qualbench.steps.report import Decimal, Language, Look, look
from qualbench.steps.report.look import ROLES

SETTINGS = """\
# Settings of this study.
[report]
language = "de"
decimal = "point"
quote_label = "({label}, {gender}, {age})"
attributes = ["gender", "age"]
yielded = true
template = "house/house.dotx"

[report.styles]
"Quote" = "Interviewzitat"
"""


def test_settings_are_read() -> None:
    made, problems = look(SETTINGS)
    assert problems == ()
    assert made == Look(
        Language.GERMAN, Decimal.POINT, "({label}, {gender}, {age})", ("gender", "age"), True,
        {"Quote": "Interviewzitat"}, "house/house.dotx",
    )  # fmt: skip


@pytest.mark.parametrize("text", ["", "# nothing\n", "[other]\nlanguage = 3\n"])
def test_without_settings_the_look_is_the_usual_one(text: str) -> None:
    assert look(text) == (Look(), ())


@pytest.mark.parametrize(("said", "language"), [("French", "fr"), ("ES", "es"), ("german", "de")])
def test_a_language_goes_by_name_or_by_letters(said: str, language: str) -> None:
    assert look(f'[report]\nlanguage = "{said}"\n')[0].language == language


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ('[report]\n\nlanguage = "it"\n', 3, "known are: en (English), es (Spanish), de (German), fr (French)"),
        ('[report]\nlangauge = "de"\n', 2, "no setting 'langauge'"),
        ("[report]\nyielded = 1\n", 2, "'yielded' must be true or false"),
        ('[report]\ndecimal = ";"\n', 2, "known are: language, point, comma"),
        ('[report]\nattributes = "age"\n', 2, "must be a list of names"),
        ('[report]\nquote_label = "({label"\n', 2, "a brace without its other half"),
        ('[report]\ntemplate = "../other/house.docx"\n', 2, "inside the study's folder"),
        ('[report]\ntemplate = "C:/house.docx"\n', 2, "inside the study's folder"),
        ('[report]\nlanguage = "de"\n\n[report.styles]\nZitat = "x"\n', 4, "no style 'Zitat'"),
        ("[report]\nstyles.Quote = 3\n", 2, "must be text in quotes"),
        ("report = 3\n", 1, "must be a table"),
        ('[report]\nlanguage = "de\n', 2, "this is not TOML"),
        ("[report\n", 1, "this is not TOML"),
    ],
)
def test_a_fault_is_told_with_its_line(text: str, line: int, words: str) -> None:
    _, [problem] = look(text)
    assert (problem.path, problem.line) == ("qualbench.toml", line)
    assert words in problem.message


def test_what_fits_is_kept_beside_what_does_not() -> None:
    made, problems = look('[report]\nlanguage = "fr"\nyielded = "no"\ncolour = "red"\n')
    assert made.language is Language.FRENCH
    assert [problem.line for problem in problems] == [3, 4]


@pytest.mark.parametrize(
    ("language", "decimal", "comma"),
    [
        (Language.ENGLISH, Decimal.OF_LANGUAGE, False),
        (Language.SPANISH, Decimal.OF_LANGUAGE, True),
        (Language.GERMAN, Decimal.POINT, False),
        (Language.ENGLISH, Decimal.COMMA, True),
    ],
)
def test_decimals_follow_the_language_unless_said(language: Language, decimal: Decimal, comma: bool) -> None:
    assert Look(language, decimal).words.comma is comma


def test_the_settings_of_the_guide_are_settings() -> None:
    page = (Path(__file__).parents[3] / "docs" / "report.md").read_text("utf-8")
    [example] = re.findall(r"```toml\n(.*?)```", page, flags=re.DOTALL)
    made, problems = look(example)
    assert problems == ()
    assert (made.language, made.template_name) == (Language.GERMAN, "house.docx")
    told = re.findall(r"styles:\s*\*(.*?)\*", page, flags=re.DOTALL)[0].split(", ")
    assert [" ".join(name.split()) for name in told] == list(ROLES)
