"""What two coders did with each code, counted over the units that both read."""

from typing import NamedTuple

from qualbench.steps.agreement.tally import Tally


class Table(NamedTuple):
    """Units by what two coders, a and b, did with one code."""

    both: int
    only_a: int
    only_b: int
    neither: int

    @property
    def units(self) -> int:
        """How many units both coders read."""
        return sum(self)

    @property
    def by_a(self) -> int:
        """How many units coder a gave the code."""
        return self.both + self.only_a

    @property
    def by_b(self) -> int:
        """How many units coder b gave the code."""
        return self.both + self.only_b

    @property
    def varies(self) -> bool:
        """Whether some readings have the code and some do not."""
        return self.both < self.units > self.neither


def count(tally: Tally) -> list[Table]:
    """The table of the first two coders for each code; with one coder there is nothing to count."""
    import numpy as np

    size = len(tally.codes)
    if len(tally.coders) < 2:
        return [Table(0, 0, 0, 0)] * size
    shared = tally.read[0] & tally.read[1]
    units, read = int(shared.sum()), shared[tally.unit]
    a, b = tally.given[:2]
    counts = (np.bincount(tally.code[uses & read], minlength=size).tolist() for uses in (a & b, a & ~b, b & ~a))
    return [
        Table(both, only_a, only_b, units - both - only_a - only_b)
        for both, only_a, only_b in zip(*counts, strict=True)
    ]
