"""An agreement run as files: `content` holds what is printed, `outline` puts it in words, a writer draws each format.

Pure: values in, bytes out; the same study gives the same bytes.
"""

from collections.abc import Callable, Mapping

from qualbench.errors import UsageError
from qualbench.steps.agreement.output import csv, docx, markdown, xlsx
from qualbench.steps.agreement.output.blocks import Section, Table
from qualbench.steps.agreement.output.content import Contents, RoundFigures, Settlement
from qualbench.steps.agreement.output.drawing import Figure
from qualbench.steps.agreement.output.figures import figures
from qualbench.steps.agreement.output.outline import sections

__all__ = [
    "WRITERS",
    "Contents",
    "Figure",
    "RoundFigures",
    "Section",
    "Settlement",
    "Table",
    "figures",
    "render",
    "sections",
]

WRITERS: Mapping[str, Callable[[Contents], bytes]] = {
    ".csv": csv.render,
    ".xlsx": xlsx.render,
    ".md": markdown.render,
    ".docx": docx.render,
}


def render(contents: Contents, suffix: str) -> bytes:
    """The agreement report as the bytes of a file that ends in `suffix`, for instance '.docx'."""
    writer = WRITERS.get(suffix.lower())
    if writer is None:
        what = f"as a file that ends in '{suffix}'" if suffix else "to a file without an ending"
        raise UsageError(f"Agreement can not be written {what}.", f"Known endings are: {', '.join(WRITERS)}")
    return writer(contents)
