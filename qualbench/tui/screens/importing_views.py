"""What the import screen shows of a file, as lines: its speakers, columns, tiers or encodings, and its first turns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from textual.content import Content

from qualbench.model import Role
from qualbench.project.candidates import Candidate
from qualbench.steps.ingest import Answers, Draft, Plan, Survey, preview
from qualbench.steps.ingest.labels import fold
from qualbench.text import counted, excerpt, shown
from qualbench.tui.widgets.lines import cells

SPEAKER, POSSIBLE, TIER, COLUMN, ENCODING = "speaker", "possible", "tier", "column", "encoding"
ANSWER, WHO, ATTRIBUTE, LEFT_OUT = "answers", "who answers", "attribute", "left out"
WHATS = (ANSWER, WHO, ATTRIBUTE, LEFT_OUT)
"""What a column of a survey can be."""
TURNS = 30
NOBODY = "nobody is named (o: it is one speaker; f and p say how a turn begins)"
ASK_ENCODING = "Choose the encoding in which the lines below read right: Enter, or e for one key each."
ASK_COLUMNS = "Say what becomes of it with v, and what each column is with r."


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table: what it is about, and the name by which an answer knows it."""

    kind: str
    name: str
    content: Content


def lines_of(one: Candidate, participants: Sequence[Sequence[str]], width: int) -> tuple[str, list[Line]]:
    """The heading of the table and its lines: whatever there is to be answered about a file."""
    if one.encodings:
        return "encoding    lines that tell the encodings apart", list(_encodings(one, width))
    if one.columns:
        return _columns_heading(width), list(_columns(one, width))
    if one.tiers:
        return _tiers_heading(width), list(_tiers(one, width))
    if isinstance(one.made, Draft):
        return _speakers_heading(width), list(_speakers(one.made, one.answers, participants[0], width))
    return "", []


# --- speakers --------------------------------------------------------------------------------------------------


def _speakers_heading(width: int) -> str:
    return cells("  label", _label(width)) + "  turns   words  role         will be  first words"


def _label(width: int) -> int:
    return max(16, min(30, width // 4))


def _speakers(draft: Draft, answers: Answers, participants: Sequence[str], width: int) -> Iterable[Line]:
    doubtful = {label for pair in draft.similar_labels for label in pair}
    for number, speaker in enumerate(draft.speakers):
        own = [turn for turn in draft.turns if turn.speaker == number]
        words = [draft.text[turn.body : turn.end] for turn in own]
        role = str(speaker.role) + ("?" if _is_guess(speaker.label, answers) else "")
        told = (
            cells(("≈ " if speaker.label in doubtful else "  ") + speaker.label, _label(width)),
            cells(str(len(own)), 7, right=True),
            cells(str(sum(len(one.split()) for one in words)), 8, right=True),
            "  " + cells(role, 13),
            cells(participants[number] if speaker.role is Role.PARTICIPANT else "", 9),
            excerpt(words[0][:500], 60) if words else "",
        )
        yield Line(SPEAKER, speaker.label, Content(cells("".join(told), width)))
    if any(turn.speaker < 0 for turn in draft.turns):
        yield _unattributed(draft, width)
    yield from _nobodies(draft, answers, doubtful, width)


def _unattributed(draft: Draft, width: int) -> Line:
    words = [draft.text[turn.body : turn.end] for turn in draft.turns if turn.speaker < 0]
    told = (
        cells("  (nobody)", _label(width)),
        cells(str(len(words)), 7, right=True),
        cells(str(sum(len(one.split()) for one in words)), 8, right=True),
        " " * 24,
        excerpt(words[0][:500], 60),
    )
    return Line("", "", Content.styled(cells("".join(told), width), "dim"))


def _is_guess(label: str, answers: Answers) -> bool:
    return fold(label) not in {fold(known) for known in answers.roles}


def _nobodies(draft: Draft, answers: Answers, doubtful: set[str], width: int) -> Iterable[Line]:
    """Labels that are taken for words: those that may be speakers, and those that a person said are none."""
    for label in dict.fromkeys((*draft.possible_speakers, *answers.not_speakers)):
        told = cells(("≈ " if label in doubtful else "  ") + label, _label(width)) + " " * 17 + "no speaker (x: is one)"
        yield Line(POSSIBLE, label, Content.styled(cells(told, width), "dim"))


# --- tiers, columns, encodings ---------------------------------------------------------------------------------


def _tiers_heading(width: int) -> str:
    return (
        "  speech  " + cells("tier", _label(width)) + cells("speaker", 16) + "role         notes   words  first words"
    )


def is_speech(one: Candidate, tier: str) -> bool:
    """Whether a tier is read as speech: as it was said, else as the file looks."""
    chosen = one.answers.tiers
    return tier in chosen if chosen else any(known.id == tier and known.speech for known in one.tiers)


def _tiers(one: Candidate, width: int) -> Iterable[Line]:
    roles = {speaker.label: str(speaker.role) for draft in one.drafts for speaker in draft.speakers}
    for tier in one.tiers:
        on = is_speech(one, tier.id)
        told = (
            "  on      " if on else "  off     ",
            cells(tier.id, _label(width)),
            cells(tier.speaker, 15) + " ",
            cells(roles.get(tier.speaker, "") if on else "", 13),
            cells(str(tier.annotations), 5, right=True),
            cells(str(tier.words), 8, right=True),
            "  " + tier.example,
        )
        yield Line(TIER, tier.id, Content.styled(cells("".join(told), width), "" if on else "dim"))


def _columns_heading(width: int) -> str:
    return "  " + cells("column", _label(width)) + "what it is   filled  words  different  example"


def what_is(plan: Plan | None, column: str) -> str:
    """What a plan takes a column for."""
    if plan is None:
        return LEFT_OUT
    if column in plan.text_columns:
        return ANSWER
    if column == plan.id_column:
        return WHO
    return ATTRIBUTE if column in plan.attribute_columns else LEFT_OUT


def with_column(plan: Plan, column: str, what: str) -> Plan:
    """The plan with a column taken for something else."""
    return Plan(
        per=plan.per,
        text_columns=_put(plan.text_columns, column, what == ANSWER),
        id_column=column if what == WHO else "" if plan.id_column == column else plan.id_column,
        attribute_columns=_put(plan.attribute_columns, column, what == ATTRIBUTE),
        sheet=plan.sheet,
    )


def _put(names: tuple[str, ...], name: str, is_in: bool) -> tuple[str, ...]:
    return (*(one for one in names if one != name), *((name,) if is_in else ()))


def _columns(one: Candidate, width: int) -> Iterable[Line]:
    plan = one.answers.survey
    for column in one.columns:
        what = what_is(plan, column.name)
        told = (
            "  " + cells(column.name, _label(width) - 1) + " ",
            cells(what, 12),
            cells(str(column.filled), 7, right=True),
            cells(f"{column.mean_words:.1f}", 7, right=True),
            cells(str(column.distinct), 11, right=True),
            "  " + column.example,
        )
        yield Line(COLUMN, column.name, Content.styled(cells("".join(told), width), "dim" if what == LEFT_OUT else ""))


def _encodings(one: Candidate, width: int) -> Iterable[Line]:
    for choice in one.encodings:
        for number, words in enumerate(choice.lines or ("",)):
            name = choice.name if number == 0 else ""
            yield Line(ENCODING if name else "", name, Content(cells(cells(name, 12) + words, width)))


# --- what stands around the table ------------------------------------------------------------------------------


def summary(one: Candidate) -> Content:
    """What the file would become, in a few words."""
    if one.error is not None:
        hint = ASK_ENCODING if one.encodings else ASK_COLUMNS if one.columns else one.error.hint
        return Content.styled(shown(f"{one.error.message} {hint}"), "bold")
    told = [_of_survey(one.made)] if isinstance(one.made, Survey) else [_of_draft(draft) for draft in one.drafts]
    if isinstance(one.made, Draft) and one.made.front_matter:
        spans = ", ".join(f"{a}-{b}" if b > a else str(a) for a, b in one.made.front_matter)
        told.append(f"Nobody's speech: lines {spans}.")
    for first, second in (pair for draft in one.drafts[:1] for pair in draft.similar_labels):
        told.append(f"≈ {first} and {second} may be one speaker (m merges).")
    if warnings := warnings_of(one):
        told.append(f"{counted(len(warnings), 'warning')} (w shows).")
    lines = [Content(shown(" ".join(filter(None, told))))]
    if one.departures:
        lines.append(Content.styled("Not as in the profile: " + shown(" ".join(one.departures)), "bold"))
    return Content("\n").join(lines)


def _of_draft(draft: Draft) -> str:
    labels = f"labels '{draft.family}', {draft.coverage:.0%} of the lines" if draft.family else "no labels"
    if not draft.speakers:
        labels = NOBODY
    encoding = f", {draft.encoding} ({draft.encoding_why})" if draft.encoding else ""
    unparsed = f", {counted(draft.unparsed, 'line')} not understood" if draft.unparsed else ""
    return f"{counted(len(draft.turns), 'turn')}, {counted(draft.words, 'word')}, {labels}{encoding}{unparsed}."


def _of_survey(survey: Survey) -> str:
    drafts = [one.draft for one in survey.documents]
    people = len({speaker.label for draft in drafts for speaker in draft.speakers})
    answers = sum(len(draft.turns) for draft in drafts)
    return f"{counted(len(drafts), 'document')}, {counted(people, 'respondent')}, {counted(answers, 'answer')}."


def warnings_of(one: Candidate) -> tuple[str, ...]:
    """Everything the reader noticed."""
    found = one.made.warnings if one.made is not None else ()
    return tuple(str(warning) for warning in found)


def unread(files: Sequence[Path]) -> str:
    """What is said of the files in a folder that no reader is for."""
    if not files:
        return ""
    names = ", ".join(file.name for file in files[:3]) + (", ..." if len(files) > 3 else "")
    return f"{counted(len(files), 'file')} in the folder not looked at, as nothing here reads the kind: {names}."


def first_turns(one: Candidate, width: int) -> Content:
    """The first turns as they will be."""
    if not one.drafts:
        return Content("")
    draft = one.drafts[0]
    which = f" of '{shown(draft.name)}'" if len(one.drafts) > 1 else ""
    total = len(draft.turns)
    count = "The only turn" if total == 1 else f"All {total} turns" if total <= TURNS else f"The first {TURNS} turns"
    each = "it" if total == 1 else "they"
    rows = [Content.styled(f"{count}{which} as {each} will be:", "dim")]
    for turn in preview(draft, TURNS):
        who = cells(turn.speaker or "(nobody)", 14)
        style = "dim" if turn.role in (Role.INTERVIEWER, Role.OTHER) else ""
        words = cells(turn.words, max(20, width - 22)).rstrip()
        line = f"{turn.line:>5}"
        rows.append(Content.assemble((line, "dim"), " ", (who, "bold"), " ", (words, style)))
    return Content("\n").join(rows)
