"""How days and names are put into sentences."""

from collections.abc import Sequence


def between(first: str, last: str) -> str:
    """One day, or the first and the last of several.

    >>> between("2026-01-05", "2026-01-05"), between("2026-01-05", "2026-02-01")
    ('2026-01-05', '2026-01-05 to 2026-02-01')
    """
    return first if first == last or not last else f"{first} to {last}"


def listed(words: Sequence[str]) -> str:
    """The words in a row.

    >>> listed(["ana"]), listed(["ana", "ben", "cleo"])
    ('ana', 'ana, ben and cleo')
    """
    return " and ".join(filter(None, (", ".join(words[:-1]), words[-1]))) if words else ""
