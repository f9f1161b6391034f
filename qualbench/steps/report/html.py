"""The report as one HTML file that asks the network for nothing: its style is inside, its text is escaped."""

from functools import cache
from typing import TYPE_CHECKING

from qualbench.steps.report.content import Report
from qualbench.steps.report.outline import outline
from qualbench.text import printable

if TYPE_CHECKING:
    from jinja2 import Template


def render(report: Report) -> bytes:
    """The bytes of a UTF-8 HTML page."""
    return printable(_template().render(page=outline(report))).encode()


@cache
def _template() -> "Template":
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("qualbench.steps.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    return environment.get_template("report.html")
