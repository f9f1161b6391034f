"""Tables of who says what, and files of other programs that get a sentence of advice."""

import pytest

from qualbench.errors import UnreadableFile
from qualbench.steps.ingest import read


def test_an_oral_history_as_a_table_is_a_transcript() -> None:
    data = (
        b'timestamp,speaker,words,tags\n00:00:01,DB:,"So, where: there?",place\n00:00:05,RL,In the mill.,\n'
        b"00:00:09,,Every day.,\n00:00:12,,[phone rings],\n00:00:14,DB:,I see.,\n,RL,,\n"
    )
    draft = read("talk.csv", data)
    assert draft.text == ("DB: So, where: there?\n\nRL: In the mill. Every day.\n\n[phone rings]\n\nDB: I see.")
    assert [(turn.speaker, turn.seconds) for turn in draft.turns] == [(0, 1.0), (1, 5.0), (-1, 12.0), (0, 14.0)]
    assert [str(problem) for problem in draft.warnings] == [
        "talk.csv, line 7: 1 row without words: left out",
        "talk.csv: columns not part of the transcript: tags",
    ]
    assert draft.reader == "table"


def test_whispers_table_names_nobody_and_counts_milliseconds() -> None:
    data = b'start\tend\ttext\n0\t2500\t"Well," she said,\n2500\t4000\t it was late.\n4000\t5000\t And then?\nbad\n'
    draft = read("talk.tsv", data)
    assert draft.text == '"Well," she said, it was late.\n\nAnd then?'
    assert [(turn.speaker, turn.seconds) for turn in draft.turns] == [(-1, 0.0), (-1, 4.0)]
    assert [str(problem) for problem in draft.warnings] == ["talk.tsv, line 5: has no time or no words; left out"]


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("a.xls", ".xlsx or .csv"),
        ("a.ods", ".xlsx or .csv"),
        ("a.numbers", ".xlsx or .csv"),
        ("a.pages", "save it as .docx"),
        ("a.zip", "Unpack it"),
        ("a.7z", "Unpack it"),
    ],
)
def test_files_of_other_programs_get_a_sentence_of_advice(name: str, why: str) -> None:
    with pytest.raises(UnreadableFile, match=why):
        read(name, b"x")
