"""An agreement run as files: `content` holds what is printed, `outline` puts it in words, a writer draws each format.

Pure: values in, bytes out; the same study gives the same bytes.
"""

import json
from collections.abc import Callable, Mapping

from qualbench.errors import UsageError
from qualbench.steps.agreement.data import to_data
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
    "known",
    "render",
    "sections",
]


def _json(contents: Contents) -> bytes:
    return json.dumps(to_data(contents.agreement), ensure_ascii=False, indent=2).encode()


WRITERS: Mapping[str, Callable[[Contents], bytes]] = {
    ".csv": csv.render,
    ".xlsx": xlsx.render,
    ".md": markdown.render,
    ".docx": docx.render,
    ".json": _json,
}


def known(suffix: str) -> None:
    """Refuse an ending that no writer has, before anything is computed."""
    if suffix.lower() not in WRITERS:
        what = f"as a file that ends in '{suffix}'" if suffix else "to a file without an ending"
        raise UsageError(f"Agreement can not be written {what}.", f"Known endings are: {', '.join(WRITERS)}")


def render(contents: Contents, suffix: str) -> bytes:
    """The agreement report as the bytes of a file that ends in `suffix`, for instance '.docx'."""
    known(suffix)
    return WRITERS[suffix.lower()](contents)
