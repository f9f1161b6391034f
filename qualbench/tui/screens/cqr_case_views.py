"""What the screen of one case shows, as pure functions: domains, raw text, and core ideas beside each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence, Set

from textual.content import Content

from qualbench.model import Code, Comment, CoreIdea, Judging
from qualbench.steps.cqr import Passage
from qualbench.text import counted, one_line, shown, shown_lines
from qualbench.tui.widgets.lines import cells

Line = tuple[str, Content]
LONGEST = 6_000
"""So much of one passage is shown, in code points; the transcript has the rest."""


def domains(
    book: Sequence[Code], passages: Mapping[str, int], ideas: Mapping[str, int], width: int
) -> list[Line]:  # fmt: skip
    """Each domain with its passages and core ideas."""
    label = max(6, width - 9)
    lines = [heading(f"{cells('domain', label)}text idea")] if book else []
    for code in book:
        numbers = f"{passages.get(code.id, 0):3}{ideas.get(code.id, 0):5}"
        lines.append((code.id, Content(cells(code.label, label) + numbers)))
    return lines


def caption(label: str, passages: int) -> str:
    """What stands over the text of a domain."""
    return f"{label}: {counted(passages, 'passage')}" if passages else f"{label}: no settled text"


def waited(judging: Judging | None) -> str:
    """How many judges have handed in; nothing of what they wrote."""
    if judging is None or not judging.judges:
        return "no judges named"
    done = sum(name in judging.handed_in for name in judging.judges)
    return f"alone: {done} of {len(judging.judges)} handed in"


def raw(passages: Sequence[Passage], marked: Set[str]) -> list[Line]:
    """The settled text of a domain: a number, where it stands, who speaks, and the words."""
    lines = []
    for number, one in enumerate(passages, start=1):
        sign = "✓" if one.place in marked else " "
        said = shown(f"{sign}{number} {one.name} {one.speaker}".rstrip())
        cut = "… (Enter opens the rest)" if len(one.text) > LONGEST else ""
        words = Content(shown_lines(one.text[:LONGEST].strip("\n")) + cut)
        lines.append((one.place, Content("\n").join([Content.styled(said, "bold"), words])))
    return lines


def beside(ideas: Sequence[CoreIdea], passages: Sequence[Passage]) -> tuple[CoreIdea, ...]:
    """Judges' core ideas in the order of the text, so that what rests on the same passage stands together."""
    order = {one.place: number for number, one in enumerate(passages)}
    last = len(order)

    def key(idea: CoreIdea) -> tuple[int, str]:
        return min((order.get(one, last) for one in idea.places), default=last), idea.judge

    return tuple(sorted(ideas, key=key))


def ideas(
    own: Sequence[CoreIdea], agreed: Sequence[CoreIdea], passages: Sequence[Passage], marked: Set[str],
    comments: Mapping[str, int], *, opened: bool,
) -> list[Line]:  # fmt: skip
    """The judges' core ideas as far as the viewer may see them, and the team's version below with its comments."""
    numbers = {one.place: number for number, one in enumerate(passages, start=1)}
    used = {source for one in agreed for source in one.sources}
    lines: list[Line] = []
    if own:
        lines.append(heading("every judge's" if opened else "yours, while everybody works alone"))
    for one in beside(own, passages):
        sign = "✓" if one.id in marked else "·" if one.id in used else " "
        who = f"{one.judge}: " if opened else ""
        lines.append((one.id, Content(shown(f"{sign} {who}{one_line(one.words)} {_rests(one, numbers)}"))))
    if agreed:
        lines.append(heading("the team's"))
    for one in agreed:
        rests = _rests(one, numbers) + told_comments(one.id, comments)
        lines.append((one.id, Content(shown(f"= {one_line(one.words)} {rests}"))))
    return lines or [("", Content("none yet"))]


def heading(words: str) -> Line:
    """A line that can not be chosen."""
    return "", Content.styled(shown(words), "dim")


def told_comments(about: str, comments: Mapping[str, int]) -> str:
    """How many comments on it are not settled, in words; nothing where there are none."""
    return f" ({counted(comments[about], 'comment')})" if comments.get(about) else ""


def unsettled(comments: Sequence[Comment]) -> dict[str, int]:
    """How many comments are not settled, by what they are on."""
    return dict(Counter(one.about for one in comments if one.state != "settled"))


def _rests(idea: CoreIdea, numbers: Mapping[str, int]) -> str:
    """The numbers of the passages that a core idea rests on; ? is one that is not settled here any more."""
    known = sorted(numbers[one] for one in idea.places if one in numbers)
    gone = sum(one not in numbers for one in idea.places)
    told = [str(number) for number in known] + ["?"] * gone
    return f"[{' '.join(told)}]" if told else "[no text]"


def whole(idea: CoreIdea, passages: Sequence[Passage]) -> Content:
    """A core idea with the raw text under it."""
    blocks = [Content.styled(shown_lines(idea.words), "bold")]
    for one in passages:
        if one.place in idea.places:
            said = shown(f"{one.name} {one.speaker}".rstrip())
            blocks += [Content(""), Content.styled(said, "dim"), Content(shown_lines(one.text[:LONGEST]))]
    if len(blocks) == 1:
        blocks += [Content(""), Content("It rests on no text that is settled here.")]
    return Content("\n").join(blocks)


def together(marked: Sequence[CoreIdea]) -> str:
    """The words from which the team's wording is made: each judge's, a line each, the same words once."""
    return "\n".join(dict.fromkeys(one.words for one in marked))


def places_of(marked: Sequence[CoreIdea], places: Sequence[str]) -> tuple[str, ...]:
    """Every passage that the marked core ideas rest on, and those marked in the text, each once."""
    return tuple(dict.fromkeys([*(one for idea in marked for one in idea.places), *places]))


def missing(book: Sequence[Code], passages: Mapping[str, int], ideas: Sequence[CoreIdea], viewer: str) -> str:
    """A sentence on the domains with text in which the viewer has written no core idea; empty when there are none."""
    written = {one.domain for one in ideas if one.judge == viewer}
    left = [code.label for code in book if passages.get(code.id) and code.id not in written]
    if not left:
        return ""
    return f"You have no core idea in {counted(len(left), 'domain')} with text: {', '.join(left)}."
