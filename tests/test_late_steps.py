"""Steps are loaded when anything of them is asked for, and are themselves then."""

from __future__ import annotations

import subprocess
import sys

import pytest

import qualbench.steps


def ran(code: str) -> str:
    """What a fresh Python prints."""
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True).stdout


def test_opening_a_study_loads_no_step_that_is_not_asked_for() -> None:
    told = ran("import sys, qualbench.tui.app\nprint(*(name for name in sys.modules if name.startswith('qualbench.')))")
    loaded = set(told.split())
    assert "qualbench.tui.screens.home" in loaded
    for late in ("steps.agreement", "steps.ingest", "steps.themes", "steps.participants", "tui.screens.themes"):
        assert f"qualbench.{late}" not in loaded


def test_a_step_is_loaded_when_it_is_used() -> None:
    told = ran(
        "import sys\nfrom qualbench.steps import themes\nprint('qualbench.steps.themes' in sys.modules)\n"
        "create = themes.create\nprint('qualbench.steps.themes' in sys.modules)\n"
        "from qualbench.steps.themes import board\nprint(create is board.create)"
    )
    assert told.split() == ["False", "True", "True"]


def test_what_is_put_in_its_place_for_a_test_is_put_into_the_step() -> None:
    told = ran(
        "from qualbench.steps import themes\nthemes.create = 7\n"
        "import qualbench.steps.themes\nprint(qualbench.steps.themes.create)"
    )
    assert told.split() == ["7"]


def test_there_is_no_step_of_another_name() -> None:
    with pytest.raises(AttributeError):
        qualbench.steps.nothing  # type: ignore[attr-defined]  # noqa: B018 - that there is none is what is tested
    assert not hasattr(qualbench.steps, "__wrapped__")
