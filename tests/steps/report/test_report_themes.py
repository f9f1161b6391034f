"""What is printed of themes: sub-themes, what is written about them, frequencies by method, and labels of quotes."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from qualbench.model import Method, QuoteUse, Theme
from qualbench.steps.report import Counting, Language, Look, Reach, Report, ThemeReach
from qualbench.steps.report.blocks import Heading, Paragraph, Quotation, Table
from qualbench.steps.report.outline import outline
from qualbench.steps.report.quoting import UnknownField, filled
from tests.steps.report.report_study import CLINIC, REACH, THEMES, quote

Maker = Callable[..., Report]
LABELS = Reach(
    Counting.LABELS,
    of=16,
    groups=1,
    themes={"th1": ThemeReach(15, 40, (), "general"), "th2": ThemeReach(1, 1, (), "other")},
    rule=(("general", 15, 16), ("typical", 9, 14), ("variant", 4, 8), ("rare", 2, 3)),
)
"""Hill et al. 2005 for N = 16."""


def printed(report: Report, look: Look | None = None) -> tuple[object, ...]:
    return outline(report, look).sections[1].blocks


def said(report: Report, look: Look | None = None) -> list[str]:
    return [block.text for block in printed(report, look) if isinstance(block, Paragraph)]


def test_all_that_is_written_about_a_theme_is_printed_in_order(make: Maker) -> None:
    theme = Theme(
        "th1", "Getting there", "The idea.", (), definition="The definition.", is_not="The near one.",
        question="The answer.", narrative="The story.",
    )  # fmt: skip
    report = make(themes=(theme, replace(THEMES[1], parent="th1")))
    blocks = printed(report)
    headings = [(block.text, block.level) for block in blocks if isinstance(block, Heading)]
    assert headings == [("Getting there", 3), ("Losing time", 4)]
    words = said(report)[1:]
    assert words[:6] == [
        "The idea.",
        "The definition.",
        "What it is not: The near one.",
        "What it says for the question: The answer.",
        "The story.",
        "Sub-themes: Losing time.",
    ]
    assert "The counts of a theme include its sub-themes." in said(report)[0]
    [table] = [block for block in blocks if isinstance(block, Table)]
    assert [row[0] for row in table.rows] == ["Getting there", "Getting there › Losing time"]


# --- frequencies -----------------------------------------------------------------------------------------------


def test_the_denominator_is_said(make: Maker) -> None:
    text = said(make(reach=replace(REACH, of=3, groups=1)))[0]
    assert "N = 3: everybody with settled speech" in text
    assert "A member of a focus group counts as a participant" in text


def test_consensual_research_has_labels_with_their_rule(make: Maker) -> None:
    report = make(Method.CQR, reach=LABELS)
    table, rule = printed(report)[1:3]
    assert isinstance(table, Table)
    assert table.header[3] == "Frequency (N = 16 cases)"
    assert [row[3] for row in table.rows] == ["general (15)", "single case, not reported (1)"]
    assert isinstance(rule, Paragraph)
    assert rule.text == (
        "Of 16 cases: general 15 to 16, typical 9 to 14, variant 4 to 8, rare 2 to 3; "
        "single cases are not reported (Hill et al. 2005)."
    )
    assert "general: 15 of 16 cases (93.8%); 40 segments." in said(report)


def test_a_reflexive_report_says_why_nothing_is_counted(make: Maker) -> None:
    """Whatever is handed in, a reflexive study counts nothing."""
    text = said(make(Method.REFLEXIVE, reach=REACH))
    assert text[0].startswith("Reflexive thematic analysis does not count")
    assert not any("participants" in words for words in text)


# --- labels of quotes ------------------------------------------------------------------------------------------


def sources(report: Report, look: Look) -> list[str]:
    return [block.source for block in printed(report, look) if isinstance(block, Quotation)]


@pytest.mark.parametrize(
    ("pattern", "first", "second"),
    [
        ("", "(P01, service user; 01-clinic, line 2)", "(Ben; 01-clinic, line 3)"),
        ("({label}, {role}, {age})", "(P01, service user, 34)", "(Ben)"),
        ("{label} / {attributes}", "P01 / service user", "Ben"),
        ("— {ROLE}, {transcript}:{line}", "— service user, 01-clinic:2", "— 01-clinic:3"),
        ("({town_of_label}{label})", None, None),
    ],
)
def test_the_label_follows_the_pattern(make: Maker, pattern: str, first: str | None, second: str | None) -> None:
    """Nobody was assigned to Ben, so nothing is known of him and nothing stands where it would."""
    look = Look(quote_label=pattern, attributes=("role",))
    if first is None:
        with pytest.raises(UnknownField, match="town_of_label"):
            sources(make(), look)
    else:
        found = sources(make(), look)
        assert found[0] == first
        assert found[1] == second


def test_an_unknown_field_is_refused_by_name_with_what_is_known(make: Maker) -> None:
    with pytest.raises(UnknownField) as caught:
        outline(make(), Look(quote_label="({label}, {gendre}, {aeg})"))
    assert "'gendre' and 'aeg'" in caught.value.message
    assert "role, age" in caught.value.hint


def test_use_is_told_where_somebody_said_it(make: Maker) -> None:
    quotes = (replace(quote(CLINIC, 2), use=QuoteUse.ARGUE), quote(CLINIC, 3))
    report = make(themes=(replace(THEMES[0], quotes=quotes),))
    assert sources(report, Look(Language.GERMAN))[0].endswith("01-clinic, Zeile 2) – trägt das Argument")
    assert sources(report, Look()) == [
        "(P01, service user; 01-clinic, line 2) – is argued from",
        "(Ben; 01-clinic, line 3)",
    ]


@pytest.mark.parametrize(
    ("pattern", "values", "label"),
    [
        ("({label}, {a}, {b})", {"label": "P1", "a": "", "b": "x"}, "(P1, x)"),
        ("({label}, {a}, {b})", {"label": "P1", "a": "", "b": ""}, "(P1)"),
        ("({a}, {label})", {"a": "", "label": "P1"}, "(P1)"),
        ("{a} · {b}", {"a": "{b}", "b": "x"}, "{b} · x"),
        ("({a})", {"a": ""}, ""),
    ],
)
def test_what_nobody_knows_takes_its_comma_along(pattern: str, values: dict[str, str], label: str) -> None:
    assert filled(pattern, values) == label
