"""The report of a study in its folder: numbers as every screen shows them, facts from the log, and the team's look."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from docx import Document

from qualbench.errors import QualbenchError
from qualbench.model import Method
from qualbench.project import Project
from qualbench.project.asked import Asked
from qualbench.steps import report


def test_a_report_counts_what_the_prevalence_screen_counts(demo: Project) -> None:
    screen = demo.prevalence(Asked(rows="themes"))
    made = demo.report()
    assert [(one.theme.name, one.participants, one.segments) for one in made.themes] == [
        (row.label, row.participants, row.segments) for row in screen.rows
    ]
    assert [len(one.transcripts) for one in made.themes] == [row.transcripts for row in screen.rows]
    assert (made.reach.of, made.reach.groups) == (screen.of, 1)


def test_the_history_is_what_the_log_shows(demo: Project) -> None:
    """The demo has six opened transcripts in two rounds, read by ana and ben under codebook 1.0."""
    found = demo.history()
    assert [one.name for one in found.rounds] == ["Round 1", "Round 2"]
    assert [(one.codebook.version, one.by) for one in found.releases] == [("1.0", "cleo")]
    opened = [row for row in demo.transcripts() if row.opened]
    assert found.segments == sum(row.segments for row in opened)
    assert found.double_coded <= found.segments < found.all_segments
    assert (found.unit, found.groups) == ("turn", 1)


def test_nothing_opened_is_a_report_without_numbers(study: Project) -> None:
    made = study.report()
    assert (made.reach.of, made.themes, made.history.segments) == (0, (), 0)


def test_a_reflexive_study_reaches_for_no_number(demo: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(demo.__dict__, "study", replace(demo.study, method=Method.REFLEXIVE))
    assert demo.reach() == report.Reach(report.Counting.NONE)
    text = report.render(demo.report(), ".md").decode().partition("Appendix A")[0]  # codebooks are people's own words
    assert "reliab" not in text.lower()
    assert "%" not in text


# --- the look --------------------------------------------------------------------------------------------------


@pytest.fixture
def settled(demo: Project) -> Callable[[str], None]:
    """Puts lines into the report's table of the settings."""

    def put(lines: str) -> None:
        (demo.folder / "qualbench.toml").write_text(f"[report]\n{lines}\n", encoding="utf-8")

    return put


def test_the_settings_in_the_folder_are_the_look(demo: Project, settled: Callable[[str], None], tmp_path: Path) -> None:
    settled('language = "es"\nattributes = ["site"]\nquote_label = "({label} – {attributes})"')
    demo.write_report(tmp_path / "informe.md")
    text = (tmp_path / "informe.md").read_text("utf-8")
    assert "## Temas" in text
    assert "(P01 – Night Lantern Outreach)" in text


def test_an_attribute_nobody_has_is_refused(demo: Project, settled: Callable[[str], None], tmp_path: Path) -> None:
    settled('attributes = ["gender"]')
    with pytest.raises(QualbenchError, match="gender"):
        demo.write_report(tmp_path / "report.md")
    assert not (tmp_path / "report.md").exists()


def test_settings_that_do_not_fit_are_told_with_their_line(demo: Project, settled: Callable[[str], None]) -> None:
    settled('\nlanguage = "it"')
    with pytest.raises(report.BadLook, match=r"qualbench\.toml, line 3: a report can not be in 'it'"):
        demo.look()


def test_own_templates_lie_in_the_folder(demo: Project, tmp_path: Path) -> None:
    (demo.folder / "templates").mkdir()
    (demo.folder / "templates" / "report.md").write_text("{{ page.title }}", encoding="utf-8")
    demo.write_report(tmp_path / "report.md")
    assert (tmp_path / "report.md").read_text("utf-8") == "Peer support in aftercare (demo): themes"


def test_a_word_template_in_the_folder_is_taken(demo: Project, settled: Callable[[str], None], tmp_path: Path) -> None:
    house = Document()
    house.sections[0].header.paragraphs[0].text = "Institute of Example"
    house.styles["Quote"].delete()
    house.save(str(demo.folder / "house.docx"))
    settled('template = "house.docx"')
    said = demo.write_report(tmp_path / "report.docx")
    assert said == ("house.docx has no style 'Quote'; one like Word's own is used in its place.",)
    made = Document(str(tmp_path / "report.docx"))
    assert made.sections[0].header.paragraphs[0].text == "Institute of Example"


def test_a_word_template_that_is_not_there_is_told(demo: Project, settled: Callable[[str], None]) -> None:
    settled('template = "house.docx"')
    with pytest.raises(report.BadLook, match=r"'house\.docx' is not in the study's folder"):
        demo.look()


def test_an_ending_that_nobody_knows_is_refused_before_anything(demo: Project, tmp_path: Path) -> None:
    with pytest.raises(QualbenchError, match=r"'\.odt'"):
        demo.write_report(tmp_path / "report.odt")
