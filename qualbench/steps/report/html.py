"""The report as one HTML file that asks the network for nothing: its style is inside, its text is escaped."""

from qualbench.steps.report.content import Report
from qualbench.steps.report.look import Look
from qualbench.steps.report.outline import outline
from qualbench.steps.report.templating import rendered
from qualbench.text import printable


def render(report: Report, look: Look | None = None) -> bytes:
    """The bytes of a UTF-8 HTML page, made by the team's own template where there is one."""
    look = look or Look()
    values = {"page": outline(report, look)}
    return printable(rendered("report.html", look.files, values, autoescape=True)).encode()
