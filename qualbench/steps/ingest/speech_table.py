"""A table of who says what (an oral history's .csv, Whisper's .tsv) as a transcript; any other one has to be asked for.

An empty speaker goes on with the one above, unless the words are a note in brackets, which nobody says.
"""

import re
from collections.abc import Iterator, Sequence

from qualbench.errors import Problem, UnreadableFile
from qualbench.steps.ingest.decoding import control_warnings, decode
from qualbench.steps.ingest.labels import fold, leading_stamp
from qualbench.steps.ingest.reading import ONE_SPEAKER, File, Reading, capped
from qualbench.steps.ingest.speeches import Speech, joined, script
from qualbench.steps.ingest.survey import ASK, ASK_HINT
from qualbench.steps.ingest.tables import Table, table_of
from qualbench.text import counted

_WHO = ("speaker", "speaker name", "speaker label")
_WORDS = ("words", "text", "speech", "utterance", "transcript", "content")
_WHEN = ("timestamp", "time", "start", "start time", "begin")
_WHISPER = b"start\tend\ttext"
_NOTE = re.compile(r"\[[^\[\]]*\]|\([^()]*\)|\{[^{}]*\}")
_SENTENCE_END = (".", "?", "!", "…", '."', '?"', '!"')


def read_table(file: File) -> Reading:
    """A .csv, .tsv or .xlsx that names speakers and words as a transcript; raises UnreadableFile for any other one."""
    if file.data.removeprefix(b"\xef\xbb\xbf").startswith(_WHISPER):
        return _read_segments(file)
    table = table_of(file)
    names = [fold(name) for name in table.names]
    who, said, when = (_find(names, wanted) for wanted in (_WHO, _WORDS, _WHEN))
    if said < 0 or who < 0:
        raise UnreadableFile(file.source, ASK, ASK_HINT)
    spoken = list(_spoken(table, who, said, when))
    if file.answers.one_speaker:
        spoken = [Speech(ONE_SPEAKER, one.words, one.seconds) for one in spoken]
    made = script(joined(spoken))
    return Reading(
        reader="table",
        text=made.text,
        turns=made.turns,
        labels=made.labels,
        encoding=table.encoding,
        family="a column of speakers",
        coverage=sum(1 for one in spoken if one.label) / max(1, len(spoken)),
        warnings=capped([*table.warnings, *_left_out(file.source, table, who, said, when)], file.source),
    )


def _spoken(table: Table, who: int, said: int, when: int) -> Iterator[Speech]:
    speaker = ""
    for row in table.rows:
        words = _stripped(row.cell(said))
        if not words:
            continue
        named = _stripped(" ".join(row.cell(who).split()).rstrip(":： "))
        speaker = named or speaker
        note = not named and _NOTE.fullmatch(words) is not None
        yield Speech("" if note else speaker, words, leading_stamp(row.cell(when).strip())[1] if when >= 0 else None)


def _find(names: Sequence[str], wanted: Sequence[str]) -> int:
    """The index of the first column with one of the names, in the order of the names; -1 for none."""
    return next((names.index(name) for name in wanted if name in names), -1)


def _left_out(source: str, table: Table, who: int, said: int, when: int) -> list[Problem]:
    """What to say of rows without words and of columns that are not part of the transcript."""
    problems = []
    silent = [row.number for row in table.rows if not row.cell(said).strip()]
    if silent:
        problems.append(Problem(source, silent[0], f"{counted(len(silent), 'row')} without words: left out"))
    others = [name for index, name in enumerate(table.names) if index not in (who, said, when)]
    if others:
        problems.append(Problem(source, 0, f"columns not part of the transcript: {', '.join(others[:10])}"))
    return problems


def _stripped(cell: str) -> str:
    return cell.strip("\ufeff \t\n").strip()


# --- Whisper's segments ----------------------------------------------------------------------------------------


def _read_segments(file: File) -> Reading:
    """Segments with times in milliseconds that name nobody; their words are never in quotation marks of a table."""
    text, encoding = decode(file)
    spoken, problems = list[Speech](), control_warnings(file.source, text)
    for number, line in enumerate(text.split("\n")[1:], 2):
        start, _, rest = line.partition("\t")
        words = _stripped(rest.partition("\t")[2])
        if re.fullmatch(r"[0-9]{1,12}", start) and words:
            spoken.append(Speech("", words, int(start) / 1000))
        elif line.strip():
            problems.append(Problem(file.source, number, "has no time or no words; left out"))
    unparsed = sum(1 for problem in problems if problem.message.startswith("has no time"))
    speaker = ONE_SPEAKER if file.answers.one_speaker else ""
    made = script(Speech(speaker, one.words, one.seconds) for one in _sentences(spoken))
    return Reading(
        reader="table",
        text=made.text,
        turns=made.turns,
        labels=made.labels,
        encoding=encoding,
        warnings=capped(problems, file.source),
        unparsed=unparsed,
    )


def _sentences(spoken: Sequence[Speech]) -> list[Speech]:
    """The segments joined up to the end of a sentence."""
    groups: list[list[Speech]] = []
    for one in spoken:
        if groups and not groups[-1][-1].words.endswith(_SENTENCE_END):
            groups[-1].append(one)
        else:
            groups.append([one])
    return [Speech("", " ".join(one.words for one in group), group[0].seconds) for group in groups]
