"""Times that stand at the end of a turn, as f4 and easytranscript write them: `#00:01:23-4#` closes it."""

import re
from collections.abc import Sequence
from dataclasses import replace

from qualbench.model import Turn
from qualbench.steps.ingest.labels import seconds

_STAMP = re.compile(r"#(\d{1,3}:\d\d(?::\d\d)?(?:[.,\-]\d{1,3})?)#$")
_LONGEST = 20


def begun_after_stamps(text: str, turns: Sequence[Turn]) -> tuple[Turn, ...]:
    """The turns, each that has no time of its own beginning when the stamp closed the one before; the text stays."""
    timed = []
    closed: float | None = None
    for turn in turns:
        timed.append(replace(turn, seconds=closed) if turn.seconds is None and closed is not None else turn)
        match = _STAMP.search(text[max(turn.body, turn.end - _LONGEST) : turn.end])
        closed = seconds(match[1]) if match else None
    return tuple(timed)
