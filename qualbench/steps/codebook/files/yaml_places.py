"""In which list of a codebook file each code stands, and in which it is to stand now."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from qualbench.model import Code, Codebook
from qualbench.steps.codebook.files.yaml_parts import Part
from qualbench.steps.codebook.rows import in_reading_order

_TOP = ""


@dataclass(frozen=True, slots=True)
class Places:
    """Where codes were and where they are to be; the list at the top has no name, others have their code's."""

    parts: Mapping[str, Part]
    """The part of each code that has lines of its own."""
    was: Mapping[str, tuple[str, ...]]
    """The codes of each list before, in the order of the file."""
    inside: Mapping[str, list[str]]
    """The codes of each list now."""
    staying: frozenset[str]
    """The codes that keep their list and their order; of two that changed places one moves."""
    before: Codebook
    after: Codebook

    def old(self, code_id: str) -> Code:
        """A code as it was."""
        return _known(self.before, code_id)

    def new(self, code_id: str) -> Code:
        """A code as it is."""
        return _known(self.after, code_id)

    def is_flat(self, code: Code) -> bool:
        """Whether a code stands in the list at the top though it has a parent, which it has to name."""
        return bool(code.parent) and code.id in self.inside.get(_TOP, ())

    def is_same(self, container: str) -> bool:
        """Whether nothing in a list has changed, down to the last child."""
        was = self.was.get(container, ())
        return list(was) == self.inside.get(container, []) and all(self.is_same_item(one) for one in was)

    def is_same_item(self, code_id: str) -> bool:
        """Whether neither a code nor anything under it has changed."""
        return self.before.get(code_id) == self.after.get(code_id) and self.is_same(code_id)


def _known(book: Codebook, code_id: str) -> Code:
    code = book.get(code_id)
    assert code is not None, f"{code_id} is in the book"
    return code


def places_of(codes: Part, before: Codebook, after: Codebook) -> Places:
    """Where each code is to stand: as it stood, and new ones as the others do, under their parents or naming them."""
    parts = dict(_parts(codes))
    was = _lists(codes, before)
    flat = any(_known(before, one).parent for one in was.get(_TOP, ()))
    homes = {code_id: name for name, ids in was.items() for code_id in ids}
    inside = _placed(was, {code.id: _home(code, before, homes, flat) for code in after.codes}, after)
    if _read_order(inside, after) != [code.id for code in after.codes]:
        rank = {code.id: place for place, code in enumerate(after.codes)}
        inside = {name: sorted(ids, key=lambda one: rank[one]) for name, ids in inside.items()}
    return Places(parts, was, inside, _staying(was, inside), before, after)


def _parts(part: Part) -> Iterator[tuple[str, Part]]:
    for item in part.items:
        yield item.name, item
        for one in item.fields:
            if one.name == "children":
                yield from _parts(one)


def _lists(codes: Part, book: Codebook) -> dict[str, tuple[str, ...]]:
    """The codes of each list of the file; those written in braces stand where they are read."""
    found: dict[str, tuple[str, ...]] = {}
    cut: set[str] = set()
    waiting = [(_TOP, codes)]
    while waiting:
        name, part = waiting.pop()
        if part.items:
            found[name] = tuple(item.name for item in part.items)
            cut |= set(found[name])
        for item in part.items:
            waiting += [(item.name, one) for one in item.fields if one.name == "children"]
    for code in book.codes:
        if code.id not in cut:
            found[code.parent] = (*found.get(code.parent, ()), code.id)
    return found


def _home(code: Code, before: Codebook, homes: Mapping[str, str], flat: bool) -> str:
    """The list in which a code is to stand."""
    old = before.get(code.id)
    if old is not None and homes[code.id] == _TOP and (flat or old.parent == code.parent):
        return _TOP
    if old is None and flat:
        return _TOP
    return code.parent


def _placed(was: Mapping[str, tuple[str, ...]], homes: Mapping[str, str], book: Codebook) -> dict[str, list[str]]:
    """The lists with codes that stay in their order, and behind each those that come after it."""
    inside = {name: [one for one in ids if homes.get(one) == name] for name, ids in was.items()}
    latest: dict[str, str] = {}
    for code in book.codes:
        name = homes[code.id]
        ids = inside.setdefault(name, [])
        if code.id not in ids:
            ids.insert(ids.index(latest[name]) + 1 if name in latest else 0, code.id)
        latest[name] = code.id
    return {name: ids for name, ids in inside.items() if ids}


def _read_order(inside: Mapping[str, list[str]], book: Codebook) -> list[str]:
    """The order in which a reader would find the codes."""
    found: list[str] = []
    waiting = list(reversed(inside.get(_TOP, [])))
    while waiting:
        code_id = waiting.pop()
        found.append(code_id)
        waiting += reversed(inside.get(code_id, []))
    return [code.id for code in in_reading_order([_known(book, one) for one in found])]


def _staying(was: Mapping[str, tuple[str, ...]], inside: Mapping[str, list[str]]) -> frozenset[str]:
    found: set[str] = set()
    for name, ids in inside.items():
        at = {code_id: place for place, code_id in enumerate(was.get(name, ()))}
        found |= _longest_run([code_id for code_id in ids if code_id in at], at)
    return frozenset(found)


def _longest_run(ids: list[str], at: Mapping[str, int]) -> set[str]:
    """The longest part of a list that stands in the order of before."""
    runs: list[list[str]] = [[]]
    for one in ids:
        fitting = (run for run in runs if not run or at[run[-1]] < at[one])
        runs.append([*_longest(fitting), one])
    return set(_longest(runs))


def _longest(runs: Iterable[list[str]]) -> list[str]:
    return max(runs, key=lambda run: len(run))
