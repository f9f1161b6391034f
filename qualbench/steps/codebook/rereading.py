"""How coders' readings stand now: as they were coded, and as their coders answered what later releases asked.

The passes stay as they are, and agreement is worked out from them; what the team settles and reports begins here.
"""

from collections.abc import Iterable, Sequence

from qualbench.model import Codebook, Recheck, Unit
from qualbench.steps.codebook.ancestry import merged_by, read_as


def as_read_now(units: Sequence[Unit], rechecks: Iterable[Recheck], releases: Sequence[Codebook]) -> tuple[Unit, ...]:
    """The units with the newest answer on each segment, and with merged codes read as what they went into."""
    answers: dict[tuple[str, str, int, int], list[Recheck]] = {}
    for one in rechecks:
        answers.setdefault((one.transcript, one.coder, one.start, one.end), []).append(one)
    merged = {code.id for book in releases for code in book.codes if code.status == "merged"}
    if not answers and not merged:
        return tuple(units)
    into = {code: frozenset(read_as(releases, code)) for code in merged}
    found = []
    for unit in units:
        readings = {}
        for coder, codes in unit.readings.items():
            now = _answered(codes, answers.get((unit.transcript, coder, unit.start, unit.end), ()), releases)
            readings[coder] = frozenset(one for code in now for one in into.get(code, (code,)))
        found.append(Unit(unit.transcript, unit.start, unit.end, readings))
    return tuple(found)


def _answered(codes: frozenset[str], answers: Iterable[Recheck], releases: Sequence[Codebook]) -> frozenset[str]:
    for one in answers:
        codes = (codes - {one.code, *merged_by(releases, one.code)}) | set(one.codes)
    return codes
