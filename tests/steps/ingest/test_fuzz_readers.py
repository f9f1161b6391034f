"""Two thousand damaged files for each reader: whatever comes in, a draft comes out or one sentence, and soon.

A reader is put to the test by one line in `SAMPLES`: its suffix and small files that it reads.
"""

import io
import json
import random
import time
import zipfile
from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy

import pytest
from lxml import etree

from qualbench.errors import UnreadableFile
from qualbench.steps.ingest import Answers, read
from tests.steps.ingest.odf_files import bold, odt, p, span, table
from tests.steps.ingest.recognised_files import ALL, dumped
from tests.steps.ingest.test_ingest_files import check_spans
from tests.steps.ingest.test_ingest_html import NOSCRIBE, TALK, otr
from tests.steps.ingest.test_ingest_odt import NOTES
from tests.steps.ingest.test_ingest_rtf import F4, row, rtf

MUTATIONS = 2_000
SLOWEST = 2.0
"""Seconds for one file."""

_ODT = odt(
    p(bold("I"), " x", span("y", "T2")) + table(("I", "a"), ("P", "b"), ("I", "c")) + '<text:s text:c="3"/>'
    f"<text:list><text:list-item>{p('P: <text:tab/>y')}</text:list-item></text:list>",
    styles=b"<x/>",
)
_RTF = rtf(F4 + row("I", "a") + row("B", "b") + r"{\pict\bin3 }}}\u8217? \'e9{\b x}{\v y}{\*\z q}")

SAMPLES: Mapping[str, Sequence[bytes]] = {
    ".odt": [_ODT, odt("".join(NOTES))],
    ".rtf": [_RTF],
    ".html": [NOSCRIBE.encode(), b"<table><tr><td>I<td>a<tr><td>P<td>b</table><pre>x\n<b>y</b></pre>&amp;"],
    ".otr": [otr(TALK)],
    ".json": [dumped(data) for data in ALL],
}


@pytest.mark.parametrize("suffix", SAMPLES)
def test_a_sample_is_read(suffix: str) -> None:
    for data in SAMPLES[suffix]:
        assert read(f"a{suffix}", data).words


@pytest.mark.parametrize("suffix", SAMPLES)
def test_a_damaged_file_makes_a_draft_or_a_sentence(suffix: str) -> None:
    rnd = random.Random(f"damaged {suffix}")
    drafts = 0
    for number in range(MUTATIONS):
        data = damaged(rnd, SAMPLES[suffix][number % len(SAMPLES[suffix])])
        drafts += outcome(f"a{suffix}", data, one_speaker=number % 7 == 0)
    assert drafts > MUTATIONS // 50, "the damage leaves nothing to read, so nothing was tested"


def outcome(name: str, data: bytes, one_speaker: bool) -> bool:
    """Whether the file could be read; anything but a sound draft or one short sentence fails the test."""
    began = time.process_time()
    try:
        draft = read(name, data, Answers(one_speaker=one_speaker))
    except UnreadableFile as refused:
        sentence = str(refused)
        if "\n" in sentence or len(sentence) > 1_000:
            pytest.fail(f"not one sentence: {sentence}")
        return False
    finally:
        if time.process_time() - began > SLOWEST:
            pytest.fail(f"too slow: {data[:2_000]!r}")
    check_spans(draft)
    draft.text.encode()
    return True


# --- damage ----------------------------------------------------------------------------------------------------


def damaged(rnd: random.Random, data: bytes) -> bytes:
    """The file with one to four faults: in its bytes, or in what it holds if it is a package or JSON."""
    if data.startswith(b"PK") and rnd.random() < 0.7:
        return repacked(rnd, data)
    if data[:2] in (b'{"', b"[{") and rnd.random() < 0.7:
        return restructured(rnd, data)
    if data.startswith(b"<?xml") and rnd.random() < 0.7:
        return reshaped(rnd, data)
    for _ in range(rnd.randint(1, 4)):
        data = rnd.choice(_FAULTS)(rnd, data)
    return data


def repacked(rnd: random.Random, data: bytes) -> bytes:
    """The package with faults in one of its members."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    victim = rnd.choice(sorted(parts))
    parts[victim] = damaged(rnd, parts[victim])
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def reshaped(rnd: random.Random, data: bytes) -> bytes:
    """The XML, still well-formed, with some elements gone, doubled, put elsewhere, or with other names and values."""
    root = etree.fromstring(data)
    for _ in range(rnd.randint(1, 5)):
        every = list(root.iter())
        one, other = rnd.choice(every), rnd.choice(every)
        fault = rnd.random()
        if fault < 0.2 and one is not root:
            one.clear()
        elif fault < 0.5:
            other.append(deepcopy(one))
        elif fault < 0.7:
            one.tag = other.tag
        elif fault < 0.8 and one.attrib:
            one.set(rnd.choice(list(one.attrib)), rnd.choice(("", "-1", "999999999", "true", "none", "x y", "١")))
        else:
            one.text, one.tail = rnd.choice(("", " ", "\n", "I: x", "\t", "\ufeff")), rnd.choice((None, " y", "\u2028"))
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def restructured(rnd: random.Random, data: bytes) -> bytes:
    """The JSON with some keys renamed, missing or of another type, and some lists cut or doubled."""
    whole = json.loads(data)
    for _ in range(rnd.randint(1, 3)):
        holders = [value for value in _all(whole) if isinstance(value, dict | list) and value]
        if holders:
            _spoil(rnd, rnd.choice(holders))
    return json.dumps(whole).encode()


def _all(value: object) -> list[object]:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [value, *(below for one in inner for below in _all(one))]


def _spoil(rnd: random.Random, holder: dict[str, object] | list[object]) -> None:
    places: list[object] = list(holder) if isinstance(holder, dict) else list(range(len(holder)))
    place = rnd.choice(places)
    fault = rnd.random()
    if fault < 0.2:
        del holder[place]  # type: ignore[arg-type]  # a key or an index, as the holder has
    elif fault < 0.4 and isinstance(holder, dict):
        holder[rnd.choice(_KEYS)] = holder.pop(str(place))
    elif fault < 0.5 and isinstance(holder, list):
        holder += deepcopy(holder)
    else:
        holder[place] = deepcopy(rnd.choice(_VALUES))  # type: ignore[index]  # the same


_KEYS = ("text", "words", "speaker", "segments", "results", "items", "start", "monologues", "utterances", "", "\ud800")
_VALUES: tuple[object, ...] = (
    *(None, True, -1, 1e300, 10**30, 0.5, float("nan"), float("inf"), {}, [], [[]], [None], {"x": 1}, [1, "a", {}]),
    *("", "x", "\ud83d", "a\0b\x1b", "word " * 50, "1.5", "00:01:02", "Ana\nLopez", "**", "\ufeff", {"seconds": "x"}),
)


def _flip(rnd: random.Random, data: bytes) -> bytes:
    spoilt = bytearray(data)
    for _ in range(rnd.randint(1, 8)):
        if spoilt:
            spoilt[rnd.randrange(len(spoilt))] ^= 1 << rnd.randrange(8)
    return bytes(spoilt)


def _cut(rnd: random.Random, data: bytes) -> bytes:
    at = rnd.randint(0, len(data))
    return data[:at] + data[at + rnd.choice((1, 5, 50, 10_000)) :]


def _double(rnd: random.Random, data: bytes) -> bytes:
    start = rnd.randint(0, len(data))
    end = min(len(data), start + rnd.choice((1, 9, 99, 999)))
    return data[:end] + data[start:end] * rnd.choice((1, 1, 3, 40)) + data[end:]


def _splice(rnd: random.Random, data: bytes) -> bytes:
    at = rnd.randint(0, len(data))
    return data[:at] + rnd.choice(_SCRAPS) * rnd.choice((1, 1, 2, 300)) + data[at:]


_FAULTS: tuple[Callable[[random.Random, bytes], bytes], ...] = (_flip, _cut, _double, _splice)
_SCRAPS = (
    *(b"\0", b"\xff", b"\r", b"\n", b"\xed\xa0\x80", b"\xe2\x80\xa8", b"\xef\xbb\xbf", b"\x1b[2J", b"I: ", b"#00:01#"),
    *(b"<", b">", b"</", b"<b>", b"<p>", b"</p>", b"<!--", b"<![CDATA[", b"<?x", b"&", b"&#0;", b"&#xD800;", b"<td>"),
    *(
        b"<table>",
        b"<text:s/>",
        b"<text:p>",
        b"</text:p>",
        b"<!DOCTYPE x>",
        b"PK\x05\x06",
        b"\\ud800",
        b'"',
        b",",
        b";",
    ),
    *(
        b"{",
        b"}",
        b"[",
        b"]",
        b"\\",
        b"\\u",
        b"\\bin9 ",
        b"\\'",
        b"\\par ",
        b"\\*",
        b"{\\pict ",
        b"\\trowd ",
        b"\\cell ",
    ),
    *(b"1e999", b"-1", b"99999999999999999999", b"null"),
)
