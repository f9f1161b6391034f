"""Two texts shown as one: signs say what went and what came, and no colour is needed to see it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from textual.content import Content

from qualbench.text import shown_lines

Stretch = tuple[str, str]
"""Some words, with `equal`, `removed` or `added` in front."""

_SIGNS = {"removed": ("[-", "-]", "strike"), "added": ("{+", "+}", "bold underline")}


def marked(words: Sequence[Stretch]) -> Content:
    """What went stands between [- and -], what came between {+ and +}; a style says the same once more."""
    stretches = [*_narrowed(words)]
    if all(kind == "equal" for kind, _ in stretches):
        return Content("Only blanks or line ends are different.")
    pieces: list[Content] = []
    for kind, text in stretches:
        body = shown_lines(text)
        if kind == "equal":
            pieces.append(Content(body))
        else:
            opens, closes, style = _SIGNS[kind]
            core = body.rstrip()
            pieces.append(Content.assemble((f"{opens}{core}{closes}", style), body[len(core) :] or " "))
    return Content("").join(pieces)


def _narrowed(words: Sequence[Stretch]) -> Iterator[Stretch]:
    """Without words that went and came again with other blanks behind them, as where a text was only gone on with."""
    after = [*words[1:], ("", "")]
    rest = ""
    for (kind, text), (next_kind, next_text) in zip(words, after, strict=False):
        here = rest if kind == "added" and rest else text
        rest = ""
        if (kind, next_kind) == ("removed", "added"):
            same = _same_words(text, next_text)
            here, rest = text[len(same) :], next_text[len(same) :]
            gap = re.match(r"\s*", rest or here)
            if same:
                yield "equal", same + (gap.group() if gap else "")
            here, rest = here.lstrip(), rest.lstrip() or " "
        if here.strip() or kind == "equal":
            yield kind, here


def _same_words(one: str, other: str) -> str:
    """The whole words with which both texts begin, without the blanks behind them."""
    end = 0
    for word, its in zip(re.finditer(r"\S+", one), re.finditer(r"\S+", other), strict=False):
        if one[: word.end()] != other[: its.end()]:
            break
        end = word.end()
    return one[:end]
