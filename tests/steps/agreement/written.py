"""Units written as the coders' sets parted by bars, a letter a code.

"ab|b" is {a, b} against {b}, "-" the empty set and "." a skipped unit.
"""

from qualbench.model import Unit


def coded(*written, transcripts=()):
    """One unit for each, in the transcripts named, or all in one."""
    return [
        Unit(
            transcripts[number] if transcripts else "t1",
            number,
            number + 1,
            {f"coder {n}": frozenset(s.strip("-")) for n, s in enumerate(unit.split("|")) if s != "."},
        )
        for number, unit in enumerate(written)
    ]
