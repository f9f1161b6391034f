"""What the verb deidentify shows: every string that may identify somebody, and what became of each text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from qualbench.cli import output

if TYPE_CHECKING:
    from qualbench.project.deidentify.queue import Asked
    from qualbench.project.deidentify.review import Review


def show(review: Review, as_json: bool, names: Sequence[str]) -> None:
    """The strings as a table, or all of it as data; `names` are those in the study, of texts that are in it."""
    for name in review.clashes():
        output.say(f"Careful: the pseudonym {name} is a word of these texts; somebody real may be called so.")
    strings = [_string(review, one) for one in review.queue]
    if as_json:
        output.data(
            {
                "strings": strings,
                "undecided": len(review.undecided),
                "files": [_file(review, number, names) for number in range(len(review.drafts))],
                "still_there": [] if review.undecided else sorted({one.text for one in review.still_there()}),
                "statement": review.statement(),
            }
        )
    elif not names:
        output.table(
            ("string", "kind", "places", "files", "why", "suggestion", "decided"),
            [
                (one["string"], one["kind"], one["places"], one["files"], ", ".join(one["why"]),
                 one["suggestion"]["replacement"] or one["suggestion"]["action"], "yes" if one["decided"] else "")
                for one in strings
            ],
            right=(2, 3),
        )  # fmt: skip


def _string(review: Review, one: Asked) -> dict[str, Any]:
    suggestion = review.suggestion(one)
    return {
        "string": one.text,
        "kind": str(one.candidate.kind),
        "places": len(one.places),
        "files": one.files,
        "why": [str(why) for why in one.candidate.why],
        "suggestion": {"action": str(suggestion.action), "replacement": suggestion.replacement},
        "decided": review.decision(one) is not None,
    }


def _file(review: Review, number: int, names: Sequence[str]) -> dict[str, Any]:
    ready = review.after(number)
    return {
        "file": review.drafts[number].source,
        "name": names[number] if names else ready.draft.name,
        "done": bool(names),
        "replaced": len(ready.changes),
        "reviewers": len(review.readers(number)),
    }
