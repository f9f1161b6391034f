"""What `deidentify` does without files: sealed transcripts looked over again, and two vaults made one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qualbench.cli import output, passphrases
from qualbench.cli.pace import progress
from qualbench.cli.vault import of, opened
from qualbench.errors import ProblemsFound
from qualbench.project import Project
from qualbench.text import counted, excerpt

if TYPE_CHECKING:
    from qualbench.project.deidentify.checking import Match
    from qualbench.steps.deidentify import KnownName


def check(
    project: Project, vault: Path | None, known: Sequence[KnownName], own: Sequence[str], names: Sequence[str], *,
    with_words: bool, as_json: bool,
) -> None:  # fmt: skip
    """Tell where sealed transcripts still match; words that may identify somebody only when they are asked for."""
    from qualbench.project.deidentify import checking

    file = of(project, vault, to_write=False)
    kept = file.read()
    if not file.is_there:
        output.say(f"There is no vault at {file.path}: only shapes and the names said here are looked for.")
    total = len(names) or len(project.transcripts())
    told = progress(total, "looked over")
    found = checking.check(project, kept.vault.decisions, known=known, own=own, names=names, tell=told)
    groups = _grouped(found, with_words)
    if as_json:
        output.data({"transcripts": total, "places": len(found), "matches": groups})
    else:
        _table(groups, with_words)
    if found:
        raise ProblemsFound(
            f"{_summary(found)} in {len({one.transcript for one in found})} of {counted(total, 'transcript')} may "
            "identify somebody.",
            f"{'' if with_words else '--show says the words. '}A correction leaves the old version in the study.",
        )
    output.say(f"Nothing known was found in {counted(total, 'transcript')}; that does not mean that nothing is there.")


def _summary(found: Sequence[Match]) -> str:
    kinds = ", ".join(f"{count} {kind}" for kind, count in Counter(str(one.kind) for one in found).most_common())
    return f"{counted(len(found), 'place')} ({kinds})"


def _grouped(found: Sequence[Match], with_words: bool) -> list[dict[str, Any]]:
    """One line for each transcript, place, kind and reason."""
    groups: dict[tuple[object, ...], list[Match]] = {}
    for one in found:
        groups.setdefault((one.transcript, one.place, one.kind, one.why), []).append(one)
    return [
        {
            "transcript": same[0].transcript,
            "place": same[0].place,
            "line": same[0].line or None,
            "kind": str(same[0].kind),
            "why": str(same[0].why),
            "count": len(same),
            **({"strings": [one.string for one in same]} if with_words else {}),
        }
        for same in groups.values()
    ]


def _table(groups: Sequence[dict[str, Any]], with_words: bool) -> None:
    rows = [(one["transcript"], one["place"], one["kind"], one["why"], one["count"]) for one in groups]
    if not with_words:
        output.table(("transcript", "place", "kind", "why", "count"), rows, right=(4,))
        return
    words = [", ".join(excerpt(string, 60) for string in dict.fromkeys(one["strings"])) for one in groups]
    output.table(
        ("transcript", "place", "kind", "why", "count", "words"),
        [(*row, said) for row, said in zip(rows, words, strict=True)],
        right=(4,),
    )


def merge(project: Project, vault: Path | None, other: Path, keep: str, *, dry_run: bool, as_json: bool) -> None:
    """Make one vault of two; while answers conflict and nobody says whose hold, nothing is changed."""
    from qualbench.project.deidentify import joining

    ours = of(project, vault, to_write=not dry_run)
    theirs = opened(joining.other_vault(other, ours), passphrases.OTHER_VAULT)
    made = joining.joined(ours.read(), theirs.read(), keep or joining.MINE)
    conflicts = [str(one) for one in made.conflicts]
    is_open = bool(conflicts) and not keep
    done = not (is_open or dry_run)
    if done:
        ours.write(made.kept)
    if as_json:
        output.data({
            "done": done, "conflicts": conflicts, "taken": made.taken, "same": made.same, "dropped": made.dropped,
        })  # fmt: skip
    else:
        for conflict in conflicts:
            output.text(conflict)
    if is_open:
        raise joining.VaultsConflict(len(conflicts))
    if dry_run:
        output.say(f"Nothing was changed: {counted(made.taken, 'answer')} would be taken over.")
        return
    for sentence in joining.told(made, keep or joining.MINE):
        output.say(sentence)
