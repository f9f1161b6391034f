"""Two thousand files that nearly are right for each reader of tiers, tables and pages: a result or one sentence."""

import io
import random
import time
import zipfile
from collections.abc import Callable, Iterator
from itertools import pairwise

import pytest

from qualbench.errors import UnreadableFile
from qualbench.steps.ingest import Answers, Draft, pdf, pdf_pages, read, read_survey
from qualbench.steps.ingest.elan import tiers
from qualbench.steps.ingest.marks import Kind, marks, without
from qualbench.steps.ingest.survey import Plan, columns, suggested
from tests.steps.ingest.book_files import by_hand, xlsx
from tests.steps.ingest.pdf_files import placed
from tests.steps.ingest.test_ingest_elan import GERMAN, MARIA, SAM, eaf

MUTATIONS = 2_000
LONGEST = 2.0
"""Seconds for one file."""

SCRAPS = [
    *[b"\0", b"\r", b"\n", b"\t", b";", b",", b'"', b'""', b"\xff", b"\xed\xa0\x80", b"\xef\xbb\xbf", b"\xe2\x80\xa8"],
    *[b"<", b">", b"&", b"&#0;", b"</c>", b"<row>", b'r="XFD1048576"', b't="s"', b"<v>9</v>", b"_xD800_", b"_x0000_"],
    *[b"<!DOCTYPE a>", b"]]>", b"-1", b"99999999999", b"1e999", b"(", b")", b"[", b"endobj", b"stream", b"/Length 0"],
    *[b"00:01:02", b"[laughs]", b"((", b"P1: ", b"\\", b"#", b"=", b"\xc2\xa0", b"{", b"XXX"],
]
TABLE = b'id;site;"Why; then?"\r\nP1;north;"It was, you know,\nlate"\r\nP2;;=none\r\n;south;-\r\n'
SPEECH = b"time,speaker,words\n00:01,A:,one\n00:02,,[noise]\n,B,two\n"
BOOK = xlsx({"S": [["id", "site", "Why?"], ["P1", 3, "It was late"], ["P2", True, ("=1/0", "#DIV/0!")]], "T": [["x"]]})
CELLS = (
    '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><t>Why?</t></is></c></row>'
    '<row r="2"><c r="A2"><v>3</v></c><c r="B2" t="str"><f>A1</f><v>late</v></c><c t="e"><v>#N/A</v></c></row>'
)
PAGE = [
    (60, 800 - 14 * row, line) for row, line in enumerate(["Head", "I: How  was it, hous-", "ing?", "P1: Hard.", "1/2"])
]
TALK = (
    "I: well [laughs] (0.5) no:: [inaudible 00:04:43] °so° >fast< XXX\n[P1] (pause) #00:01:23-4# a=\n=b (...) ↑yes\n"
).encode()


def mutated(seed: bytes, chance: random.Random) -> bytes:
    data = seed
    for _ in range(chance.randint(1, 6)):
        at, gone = chance.randint(0, len(data)), chance.choice([0, 0, 1, 2, 8, 40])
        put = chance.choice(
            [b"", chance.choice(SCRAPS), chance.randbytes(2), data[at : at + 30] * chance.randint(1, 3)]
        )
        data = data[:at] + put + data[at + gone :]
    return data


def every(seeds: list[bytes], number: int = MUTATIONS) -> Iterator[bytes]:
    chance = random.Random(20260105)
    for turn in range(number):
        yield mutated(seeds[turn % len(seeds)], chance)


def packed(parts: list[tuple[str, bytes]]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in parts:
            archive.writestr(name, content)
    return stream.getvalue()


def books() -> Iterator[bytes]:
    """Half of the workbooks are broken as a file, half in the XML of one part."""
    whole = [BOOK, by_hand(CELLS, "<si><t>id</t></si>")]
    yield from every(whole, MUTATIONS // 2)
    chance = random.Random(20260106)
    opened = [
        [(e.filename, a.read(e)) for e in a.infolist()] for a in (zipfile.ZipFile(io.BytesIO(one)) for one in whole)
    ]
    for turn in range(MUTATIONS // 2):
        parts = list(opened[turn % 2])
        at = chance.randrange(len(parts))
        parts[at] = (parts[at][0], mutated(parts[at][1], chance))
        yield packed(parts)


def check(draft: Draft) -> None:
    position = 0
    for turn in draft.turns:
        assert position <= turn.start <= turn.body < turn.end <= len(draft.text)
        assert -1 <= turn.speaker < len(draft.speakers)
        words = draft.text[turn.body : turn.end]
        assert words == words.strip()
        position = turn.end
    assert "\r" not in draft.text
    assert not draft.text.startswith("\ufeff")
    draft.text.encode()


def as_survey(name: str, data: bytes) -> None:
    plan = suggested(columns(name, data))
    for chosen in (plan, Plan("respondent", ("C", "B"), "A", ("B",)), Plan("question", ("B", "A"))):
        if chosen is not None:
            for one in read_survey(name, data, chosen).documents:
                check(one.draft)
                assert set(one.attributes) == {speaker.label for speaker in one.draft.speakers}


def as_tiers(data: bytes) -> None:
    listed = tiers(data)
    check(read("a.eaf", data, Answers(tiers=tuple(one.id for one in listed))))


def only_a_sentence(run: Callable[[], object]) -> bool:
    """Whether it gave a result; anything but one sentence or one that takes long fails."""
    began, sentence = time.process_time(), ""
    try:
        run()
    except UnreadableFile as refused:
        sentence = str(refused)
    assert time.process_time() - began < LONGEST
    assert "\n" not in sentence
    return not sentence


READERS: dict[str, tuple[Callable[[], Iterator[bytes]], Callable[[bytes], object]]] = {
    "eaf": (lambda: every([eaf(MARIA, SAM, GERMAN)]), lambda data: check(read("a.eaf", data))),
    "chosen tiers": (lambda: every([eaf(MARIA, GERMAN)]), as_tiers),
    "csv": (lambda: every([TABLE, TABLE.replace(b";", b",")]), lambda data: as_survey("a.csv", data)),
    "xlsx": (books, lambda data: as_survey("a.xlsx", data)),
    "speech table": (
        lambda: every([SPEECH, b"start\tend\ttext\n0\t10\t one\n10\t20\ttwo.\n"]),
        lambda data: check(read("a.csv", data)),
    ),
    "pdf": (lambda: every([placed(PAGE, PAGE), placed(PAGE)]), lambda data: check(read("a.pdf", data))),
}


@pytest.mark.parametrize("reader", READERS)
def test_any_bytes_make_a_result_or_a_sentence_soon(reader: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "read_apart", pdf_pages.pages_in)  # two thousand processes would take minutes
    files, run = READERS[reader]
    results = [only_a_sentence(lambda data=data: run(data)) for data in files()]  # type: ignore[misc]
    assert len(results) == MUTATIONS
    assert sum(results) > MUTATIONS // 50
    assert reader == "speech table" or not all(results)


def test_any_text_has_marks_in_order_and_quotes_that_fit_their_cuts() -> None:
    chance = random.Random(20260107)
    for data in every([TALK * 3]):
        text = data.decode(errors="replace")
        found = marks(text)
        assert all(0 <= one.start < one.end <= len(text) for one in found)
        assert all(one.end <= two.start for one, two in pairwise(found))
        start = chance.randint(0, len(text))
        end = chance.randint(start, len(text))
        quote = without(text, start, end, chance.sample(list(Kind), chance.randint(0, 5)), found)
        bounds = [start, *(place for cut in quote.cuts for place in cut), end]
        assert bounds == sorted(bounds)
        assert quote.text == "".join(text[a:b] for a, b in zip(bounds[::2], bounds[1::2], strict=True))
