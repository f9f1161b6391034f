"""The themes report: settled coding turned into counts, quotes and appendices, then written as a file.

`content` gathers what is printed, `outline` puts it in reading order, one renderer for each format draws it.
"""

from collections.abc import Callable, Mapping

from qualbench.errors import UsageError
from qualbench.steps.report import csv, docx, html, markdown
from qualbench.steps.report.content import Report, build
from qualbench.steps.report.settling import Gap, Settled, settled

__all__ = ["RENDERERS", "Gap", "Report", "Settled", "build", "render", "settled"]

RENDERERS: Mapping[str, Callable[[Report], bytes]] = {
    ".docx": docx.render,
    ".md": markdown.render,
    ".html": html.render,
    ".csv": csv.render,
}


def render(report: Report, suffix: str) -> bytes:
    """The report as the bytes of a file that ends in `suffix`, for instance '.docx'."""
    renderer = RENDERERS.get(suffix.lower())
    if renderer is None:
        what = f"as a file that ends in '{suffix}'" if suffix else "to a file without an ending"
        raise UsageError(f"Themes can not be written {what}.", f"Known endings are: {', '.join(RENDERERS)}")
    return renderer(report)
