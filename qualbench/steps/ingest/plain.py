"""Plain text and Markdown: the decoded file untouched, with turns as spans over it."""

from collections.abc import Sequence

from qualbench.errors import Problem
from qualbench.steps.ingest import captions
from qualbench.steps.ingest.decoding import control_warnings, decode
from qualbench.steps.ingest.dialogue import Dialogue, find, paragraphs_of, questions_and_answers, turns_of
from qualbench.steps.ingest.reading import ONE_SPEAKER, File, Reading

_ENOUGH_QA = 4


def read_text(file: File) -> Reading:
    """A .txt as a transcript; captions that were saved under this suffix are read as captions."""
    return _read(file, "txt")


def read_markdown(file: File) -> Reading:
    """A .md as a transcript: its marks stay in the text, its headings are nobody's speech."""
    return _read(file, "md")


def _read(file: File, reader: str) -> Reading:
    text, encoding = decode(file)
    if captions.looks_like_captions(text):
        return captions.read_decoded(file, text, encoding)
    lines = text.split("\n")
    warnings = control_warnings(file.source, text)
    dialogue = None if file.answers.one_speaker else find(lines, answers=file.answers)
    return as_reading(reader, file, lines, dialogue, warnings, encoding)


def as_reading(
    reader: str,
    file: File,
    lines: Sequence[str],
    dialogue: Dialogue | None,
    warnings: Sequence[Problem],
    encoding: str = "",
) -> Reading:
    """The transcript that lines make: a dialogue, one person's words, or paragraphs of nobody."""
    text = "\n".join(lines)
    if dialogue is None:
        labels = (ONE_SPEAKER,) if file.answers.one_speaker else ()
        doubts = () if file.answers.one_speaker else form_warnings(file.source, lines)
        turns = paragraphs_of(lines, 0 if labels else -1)
        return Reading(reader, text, turns, labels, encoding, warnings=(*warnings, *doubts))
    return Reading(
        reader,
        text,
        turns_of(lines, dialogue),
        dialogue.labels,
        encoding,
        dialogue.family,
        dialogue.coverage,
        tuple(warnings),
        dialogue.possible,
    )


def form_warnings(source: str, lines: Sequence[str]) -> list[Problem]:
    """What to say when lines begin with Q: and A:, which are taken for speakers only by a person."""
    count = questions_and_answers(lines)
    if count < _ENOUGH_QA:
        return []
    return [Problem(source, 0, f"{count} lines begin with Q: or A:, which may be a form; not taken as speakers")]
