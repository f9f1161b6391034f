"""The themes report: settled coding turned into counts, quotes and appendices, then written as a file.

`content` gathers what is printed, `outline` puts it in reading order and into words, one renderer for each format
draws it. A `Look` says in which language and after which templates.
"""

from collections.abc import Callable, Mapping

from qualbench.errors import UsageError
from qualbench.steps.report import csv, docx, html, markdown
from qualbench.steps.report.content import Report, build
from qualbench.steps.report.docx_styles import missing_styles
from qualbench.steps.report.history import History, MethodChange, Release, RoundFigures
from qualbench.steps.report.look import Decimal, Look, WordTemplate
from qualbench.steps.report.look_file import SETTINGS, BadLook, look
from qualbench.steps.report.reach import Counting, Reach, ThemeReach
from qualbench.steps.report.settling import Gap, Settled, settled
from qualbench.steps.report.templating import FOLDER as TEMPLATES
from qualbench.steps.report.templating import built_in as built_in_templates
from qualbench.steps.report.words import Language, Saying, saying

__all__ = [
    "RENDERERS",
    "SETTINGS",
    "TEMPLATES",
    "BadLook",
    "Counting",
    "Decimal",
    "Gap",
    "History",
    "Language",
    "Look",
    "MethodChange",
    "Reach",
    "Release",
    "Report",
    "RoundFigures",
    "Saying",
    "Settled",
    "ThemeReach",
    "WordTemplate",
    "build",
    "built_in_templates",
    "known",
    "look",
    "missing_styles",
    "render",
    "saying",
    "settled",
]

RENDERERS: Mapping[str, Callable[[Report, Look | None], bytes]] = {
    ".docx": docx.render,
    ".md": markdown.render,
    ".html": html.render,
    ".csv": csv.render,
}


def known(suffix: str) -> None:
    """Refuse an ending that no renderer has, before anything is gathered."""
    if suffix.lower() not in RENDERERS:
        what = f"as a file that ends in '{suffix}'" if suffix else "to a file without an ending"
        raise UsageError(f"Themes can not be written {what}.", f"Known endings are: {', '.join(RENDERERS)}")


def render(report: Report, suffix: str, look: Look | None = None) -> bytes:
    """The report as the bytes of a file that ends in `suffix`, for instance '.docx'."""
    known(suffix)
    return RENDERERS[suffix.lower()](report, look)
