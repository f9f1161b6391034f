"""What changed between two versions of a codebook, code by code, in sentences."""

from collections.abc import Iterator

from qualbench.model import Code, Codebook

_TEXTS = {
    "definition_short": "its short definition",
    "definition": "its definition",
    "include": "when to use it",
    "exclude": "when not to use it",
    "examples": "its examples",
    "near_miss": "its near miss",
}


def changes(old: Codebook, new: Codebook) -> tuple[str, ...]:
    """The differences between two versions by the codes' ids, in the order of the new one; removed codes stand last."""
    return (
        *(sentence for code in new.codes for sentence in _of_code(old.get(code.id), code, old, new)),
        *(f"{code.label} was removed." for code in old.codes if new.get(code.id) is None),
    )


def _of_code(before: Code | None, now: Code, old: Codebook, new: Codebook) -> Iterator[str]:
    if before is None:
        yield f"{now.label} was added."
        return
    if before.label != now.label:
        yield f"{before.label} is called {now.label} now."
    if before.parent != now.parent:
        yield f"{now.label} stands {_place(new, now)} now; it stood {_place(old, before)}."
    if before.status != now.status:
        yield f"{now.label} is {now.status} now; it was {before.status}."
    changed = [words for name, words in _TEXTS.items() if getattr(before, name) != getattr(now, name)]
    if changed:
        yield f"{now.label}: {', '.join(changed)} changed."


def _place(book: Codebook, code: Code) -> str:
    return f"under {book.label(code.parent)}" if code.parent else "at the top"
