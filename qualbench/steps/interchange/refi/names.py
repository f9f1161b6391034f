"""Names that are all different, where a program demands it or a study is easier to read so."""

from collections.abc import Sequence


def unique(names: Sequence[str]) -> list[str]:
    """The names, those seen before with a number behind them.

    >>> unique(["a", "b", "a", "a (2)", "a"])
    ['a', 'b', 'a (3)', 'a (2)', 'a (4)']
    """
    given = set(names)
    used: set[str] = set()
    numbers: dict[str, int] = {}
    made = []
    for name in names:
        chosen = name
        while chosen in used or (chosen is not name and chosen in given):
            numbers[name] = numbers.get(name, 1) + 1
            chosen = f"{name} ({numbers[name]})"
        used.add(chosen)
        made.append(chosen)
    return made
