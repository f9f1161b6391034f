"""What is shown of files before they are sealed: the same facts for a person and, with `--json`, for a program."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from qualbench.cli import output
from qualbench.text import counted, excerpt

if TYPE_CHECKING:
    from qualbench.project.candidates import Candidate
    from qualbench.steps.ingest import Draft, Survey

SHOWN_DOCUMENTS = 30
"""Documents of one survey that are shown; the rest are counted."""


def found(one: Candidate, participants: Sequence[Sequence[str]]) -> dict[str, Any]:
    """What a file would become, as data; `participants` are the labels to be, by document and speaker."""
    from qualbench.steps.ingest import Survey

    made = one.made
    if made is None:
        return {"file": one.name, "ok": False, "error": str(one.error), **_choices(one)}
    told = _survey(made, participants) if isinstance(made, Survey) else _draft(made, participants[0])
    return {"file": one.name, "ok": True, **told, **_choices(one), "departures": list(one.departures)}


def _choices(one: Candidate) -> dict[str, Any]:
    """What a person may choose from; only what there is."""
    plan = one.suggested
    told = {
        "encodings": [{"name": choice.name, "lines": list(choice.lines)} for choice in one.encodings],
        "columns": [{**asdict(column), "mean_words": round(column.mean_words, 1)} for column in one.columns],
        "suggested_plan": asdict(plan) if plan else {},
        "tiers": [asdict(tier) for tier in one.tiers],
    }
    return {name: value for name, value in told.items() if value}


def _draft(draft: Draft, participants: Sequence[str]) -> dict[str, Any]:
    from qualbench.steps.ingest import preview

    return {
        "name": draft.name,
        "reader": draft.reader,
        "encoding": draft.encoding,
        "encoding_why": draft.encoding_why,
        "labels": draft.family,
        "coverage": round(draft.coverage, 3),
        "words": draft.words,
        "turns": len(draft.turns),
        "speakers": _speakers(draft, participants),
        "unattributed": sum(turn.speaker < 0 for turn in draft.turns),
        "possible_speakers": list(draft.possible_speakers),
        "similar_labels": [list(pair) for pair in draft.similar_labels],
        "front_matter": [list(lines) for lines in draft.front_matter],
        "unparsed": draft.unparsed,
        "warnings": [str(warning) for warning in draft.warnings],
        "first_turns": [
            {
                "line": turn.line,
                "speaker": turn.speaker,
                "role": str(turn.role or ""),
                "words": turn.words,
                "seconds": turn.seconds,
            }
            for turn in preview(draft)
        ],
    }


def _speakers(draft: Draft, participants: Sequence[str]) -> list[dict[str, Any]]:
    spoken: dict[int, list[str]] = {}
    for turn in draft.turns:
        spoken.setdefault(turn.speaker, []).append(draft.text[turn.body : turn.end])
    return [
        {
            "label": speaker.label,
            "role": str(speaker.role),
            "participant": participants[number],
            "turns": len(said := spoken.get(number, [])),
            "words": sum(len(words.split()) for words in said),
            "first": excerpt(said[0], 60) if said else "",
        }
        for number, speaker in enumerate(draft.speakers)
    ]


def _survey(survey: Survey, participants: Sequence[Sequence[str]]) -> dict[str, Any]:
    drafts = [one.draft for one in survey.documents]
    return {
        "words": sum(draft.words for draft in drafts),
        "turns": sum(len(draft.turns) for draft in drafts),
        "encoding": drafts[0].encoding,
        "encoding_why": drafts[0].encoding_why,
        "documents": len(drafts),
        "respondents": len({label for one in participants for label in one}),
        "first_documents": [
            {"name": draft.name, "words": draft.words, "speakers": _speakers(draft, labels)}
            for draft, labels in list(zip(drafts, participants, strict=True))[:SHOWN_DOCUMENTS]
        ],
        "warnings": [str(warning) for warning in survey.warnings],
    }


# --- for a person ----------------------------------------------------------------------------------------------


def show(told: Iterable[dict[str, Any]]) -> None:
    """The files as a person looks at them; what could not be read only with what can be chosen for it."""
    for one in told:
        if not one["ok"]:
            _show_choices(one)
            continue
        output.text(f"\n{one['file']}: {_summary(one)}")
        if "speakers" in one:
            _show_speakers(one)
        for departure in one["departures"]:
            output.text(f"  Not as in the profile: {departure}")
        for warning in one["warnings"]:
            output.text(f"  {warning}")
        _show_choices(one)


def _summary(one: dict[str, Any]) -> str:
    if "documents" in one:
        documents, respondents = counted(one["documents"], "document"), counted(one["respondents"], "respondent")
        return f"{documents}, {respondents}, {counted(one['turns'], 'answer')}, {counted(one['words'], 'word')}"
    coverage = f" ({one['coverage']:.0%} of the lines)" if one["labels"] else ""
    encoding = f", {one['encoding']} ({one['encoding_why']})" if one["encoding"] else ""
    return f"{one['turns']} turns, {one['words']} words, labels {one['labels'] or 'none'}{coverage}{encoding}"


def _show_speakers(one: dict[str, Any]) -> None:
    output.table(
        ("speaker", "role", "participant", "turns", "words", "first words"),
        [(s["label"], s["role"], s["participant"], s["turns"], s["words"], s["first"]) for s in one["speakers"]],
        right=(3, 4),
    )
    if one["unattributed"]:
        output.text(f"  {one['unattributed']} turns have no speaker.")
    for label in one["possible_speakers"]:
        output.text(f"  Perhaps a speaker, taken as speech: {label}")
    for first, second in one["similar_labels"]:
        output.text(f"  Perhaps the same speaker: {first} and {second}")
    if one["front_matter"]:
        lines = ", ".join(f"{first}-{last}" if last > first else str(first) for first, last in one["front_matter"])
        output.text(f"  Nobody's speech: lines {lines}")


def _show_choices(one: dict[str, Any]) -> None:
    for choice in one.get("encodings", ()):
        output.text(f"  {one['file']}, read as {choice['name']}:")
        for line in choice["lines"]:
            output.text(f"      {line}")
    output.table(
        ("column", "filled", "words", "different", "example"),
        [(c["name"], c["filled"], c["mean_words"], c["distinct"], c["example"]) for c in one.get("columns", ())],
        right=(1, 2, 3),
    )
    output.table(
        ("tier", "speaker", "speech", "annotations", "words", "first words"),
        [
            (t["id"], t["speaker"], "yes" if t["speech"] else "no", t["annotations"], t["words"], t["example"])
            for t in one.get("tiers", ())
        ],
        right=(3, 4),
    )
