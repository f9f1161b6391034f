"""Which words stand for a code, and which part of them is looked for.

A short quote is looked for as it is. Of a long one only its chunks are: nobody says a whole sentence twice.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from qualbench.model import Codebook
from qualbench.text import folded

Span = tuple[int, int]

OWN_PER_CODE = 10
"""Of the coder's own codings of a code so many count, the newest: old ones would make the list endless."""
_PAST = frozenset({"retired", "merged", "split"})
_SHORT = 5
_CONTENT = re.compile("[NAVWB]")
_NEGATED = "(?:U?X)?"
_CHUNKS = (
    re.compile(f"{_NEGATED}V(?:[PX]?[DX]?A*N+|[PX]?A)"),
    re.compile("X?[AN]+N"),
    re.compile("W{2,4}"),
)
_TRIMMED = re.compile("(?:U?X|[NAVB]).*[NAVB]")


class Source(StrEnum):
    """Where a phrase comes from."""

    EXAMPLE = "example"
    """An example in the codebook."""
    OWN = "own"
    """The coder's own earlier coding."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that stand for a code."""

    code: str
    words: str
    source: Source


def phrases(book: Codebook, own: Iterable[tuple[str, str]] = ()) -> tuple[Phrase, ...]:
    """The examples of every code in use, and the words of the coder's own codings (code, words), oldest first.

    The same words count once for a code. A code that the codebook does not know may be the coder's own new one.
    """
    past = {code.id for code in book.codes if code.status in _PAST}
    stated = [Phrase(code.id, example, Source.EXAMPLE) for code in book.codes for example in code.examples]
    newest = [*_newest([Phrase(code, words, Source.OWN) for code, words in own])]
    found: dict[tuple[str, str], Phrase] = {}
    for phrase in (*stated, *newest):
        if phrase.code not in past and folded(phrase.words):
            found.setdefault((phrase.code, folded(phrase.words)), phrase)
    return tuple(found.values())


def _newest(own: list[Phrase]) -> Iterator[Phrase]:
    """The newest of each code, newest first."""
    seen: Counter[str] = Counter()
    for phrase in reversed(own):
        if seen[phrase.code] < OWN_PER_CODE:
            seen[phrase.code] += 1
            yield phrase


def parts(kinds: str) -> tuple[Span, ...]:
    """Which words of a quote are looked for; `kinds` has one letter for each of its words.

    N noun, A adjective, V verb, B another content word, W a content word where no tagger says which; X negation, U
    auxiliary, D determiner or possessive, P preposition or particle, "-" another stop word, "." punctuation.

    Stop words at the ends fall away while two content words stay, but a negation never does: who never felt safe did
    not feel safe. What is then at most five words long is taken whole. Of a longer quote there are taken: a verb with
    its object or adjective (raise your hand, felt safe), nouns with what is before them (support group). Without a
    tagger nothing falls away, and of a longer quote two to four content words in a row are taken.

    >>> parts("-VD"), parts("-VDN."), parts("-UXVA"), parts("--.")
    (((0, 3),), ((1, 4),), ((1, 5),), ())
    >>> parts("-V-D-VDN-VN.")
    ((5, 8), (9, 11))
    """
    if not _CONTENT.search(kinds):
        return ()
    whole = _whole(kinds)
    if len(kinds[slice(*whole)].replace(".", "")) <= _SHORT:
        return (whole,)
    return tuple(sorted({match.span() for chunk in _CHUNKS for match in chunk.finditer(kinds)}))


def _whole(kinds: str) -> Span:
    """The quote without stop words at its ends where two content words stay, and without punctuation there."""
    trimmed = _TRIMMED.search(kinds)
    if trimmed and len(_CONTENT.findall(kinds)) > 1:
        return trimmed.span()
    return len(kinds) - len(kinds.lstrip(".")), len(kinds.rstrip("."))
