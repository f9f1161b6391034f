"""Packages that are not what they say: whatever the bytes are, there is one sentence and no other error."""

from __future__ import annotations

import hashlib
import json
import zlib
from dataclasses import asdict
from typing import Any

import pyrage
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from qualbench.steps.packages import Header, Payload, header_of, new_identity, opened, packed, read_card
from qualbench.steps.packages import format as module
from qualbench.steps.packages.format import MAGIC, BadPackage
from qualbench.steps.packages.identity import BadCard

OWN = new_identity()
CARD = OWN.card("ana")
HEADER = Header("study", "coder", CARD.key, "ana", CARD.fingerprint, "2026-01-05T09:00:00Z", (("one", "first", "p"),))
ROW = (1, "id", "device", "step", "subject", "ana", "2026", "note_written", "{}", "", "hash", None)
WORDS = b"Thin."
PAYLOAD = Payload(
    (ROW, (2, *ROW[1:-1], "lane")),
    {hashlib.sha256(WORDS).hexdigest(): WORDS},
    (("device", "subject", "", "hash", "signed"),),
)
BODY = packed(HEADER, PAYLOAD, [CARD.recipient], OWN)


def sealed(lines: bytes, level: int = 6) -> bytes:
    """A package that is right in everything but what is inside."""
    return signed(json.dumps({**asdict(HEADER)}), pyrage.encrypt(zlib.compress(lines, level), [_recipient()]))


def _recipient() -> Any:
    return pyrage.x25519.Recipient.from_str(CARD.recipient)


def signed(words: str, inside: bytes) -> bytes:
    """A package with any header, signed by its sender, that fits what is inside where it can."""
    try:
        told = json.loads(words)
        words = json.dumps({**told, "payload": hashlib.sha256(inside).hexdigest()})
    except (TypeError, ValueError, RecursionError):
        pass
    return MAGIC + json.dumps([words, OWN.sign(words.encode())]).encode() + b"\n" + inside


def refused(body: bytes) -> None:
    def taken_in() -> None:
        header_of(body, "p.qbp")
        opened(body, OWN, "p.qbp")

    with pytest.raises(BadPackage) as told:
        taken_in()
    assert told.value.message.startswith("p.qbp ")
    assert told.value.hint


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=8,
)
DEEP = "[" * 100_000 + "]" * 100_000


def test_a_package_is_read_as_it_was_packed() -> None:
    header = header_of(BODY, "p")
    assert {**asdict(header), "payload": ""} == {**asdict(HEADER), "payload": ""}
    assert opened(BODY, OWN, "p") == PAYLOAD


@settings(max_examples=60)
@given(st.binary(max_size=300), st.booleans())
@example(b"", True)
@example(b"\n", True)
@example(b'["{}", 5]\n', True)
@example(f'["{DEEP}", ""]\n'.encode(), True)
@example(f"{DEEP}\n".encode(), True)
def test_any_bytes_are_refused_with_a_sentence(noise: bytes, magic: bool) -> None:
    refused(MAGIC * magic + noise)


@settings(max_examples=60)
@given(st.integers(0, len(BODY) - 1), st.integers(1, 255), st.booleans())
def test_any_cut_and_any_change_is_noticed(at: int, change: int, cut: bool) -> None:
    refused(BODY[:at] if cut else BODY[:at] + bytes([BODY[at] ^ change]) + BODY[at + 1 :])


@settings(max_examples=60)
@given(JSON)
@example({**asdict(HEADER), "passes": None})
@example({**asdict(HEADER), "passes": [["one", "two"]]})
@example({**asdict(HEADER), "passes": ["abc"]})
@example({**asdict(HEADER), "name": 5})
@example({**asdict(HEADER), "kind": "both"})
@example({**asdict(HEADER), "sender": "00" * 32})
@example({**asdict(HEADER), "sender": "é"})
def test_a_header_of_any_shape_is_refused(told: Any) -> None:
    refused(signed(json.dumps(told), b""))


@settings(max_examples=40)
@given(st.sampled_from([f for f in asdict(HEADER) if f != "payload"]), JSON)
def test_a_header_with_any_value_is_read_or_refused(field: str, value: Any) -> None:
    inside = BODY[BODY.index(b"\n", len(MAGIC)) + 1 :]
    body = signed(json.dumps({**asdict(HEADER), field: value}), inside)
    try:
        header = header_of(body, "p.qbp")
    except BadPackage:
        return
    assert all(isinstance(one, str) for one in (header.study, header.name, header.recipient, header.made))
    assert all(len(one) == 3 for one in header.passes)


LINE = st.one_of(
    JSON,
    st.tuples(st.sampled_from(["entry", "words", "heads", "other"]), JSON),
    st.tuples(st.just("words"), JSON, JSON),
    st.lists(JSON, min_size=12, max_size=12).map(lambda row: ["entry", *row]),
)


@settings(max_examples=100)
@given(
    st.lists(LINE, max_size=4).map(lambda lines: "\n".join(map(json.dumps, lines)).encode()) | st.binary(max_size=99)
)
@example(DEEP.encode())
@example(f'["heads", {DEEP}]'.encode())
@example(b'["entry", true, "", "", "", "", "", "", "", "", "", "", ""]')
@example(b'["entry", 1e400, "", "", "", "", "", "", "", "", "", "", ""]')
@example(b'["words", [], ""]')
@example(b'["words", "a", "\xc3\xa9"]')
@example(b'["heads", ["abcde"]]')
@example(b'["heads", [["only one"]]]')
@example(b"5")
@example(b"{}")
@example(b'"entry"')
@example(b"[]")
def test_an_inside_of_any_shape_is_read_or_refused(lines: bytes) -> None:
    body = sealed(lines)
    try:
        found = opened(body, OWN, "p.qbp")
    except BadPackage:
        return
    assert all(len(row) == 12 and type(row[0]) is int for row in found.rows)
    assert all(isinstance(word, str) for row in found.rows for word in row[1:11])
    assert all(hashlib.sha256(words).hexdigest() == key for key, words in found.contents.items())
    assert all(len(head) == 5 for head in found.heads)


@pytest.mark.parametrize("inside", [b"", b"not zlib", zlib.compress(b"[]")[:-3]])
def test_an_inside_that_can_not_be_unpacked_is_refused(inside: bytes) -> None:
    refused(signed(json.dumps(asdict(HEADER)), pyrage.encrypt(inside, [_recipient()])))


def test_an_inside_that_is_not_sealed_is_refused() -> None:
    refused(signed(json.dumps(asdict(HEADER)), b"age-encryption.org/v1\n-> X25519 nonsense"))


def test_what_unpacks_to_more_than_any_study_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST", 2**16)
    line = json.dumps(["words", hashlib.sha256(b"").hexdigest(), ""]).encode()
    opened(sealed(line + b" " * (2**16 - len(line))), OWN, "p")
    refused(sealed(line + b" " * (2**16 - len(line) + 1)))
    refused(sealed(b" " * 2**24, 9))


@settings(max_examples=60)
@given(
    st.text(max_size=80)
    | st.integers(0, len(CARD.line()) - 1).map(lambda at: CARD.line()[:at] + "_" + CARD.line()[at + 1 :])
)
@example(CARD.line()[:-1])
@example("qualbench1....")
def test_what_is_no_whole_card_is_refused(line: str) -> None:
    with pytest.raises(BadCard):
        read_card(line)


def test_a_card_may_be_broken_into_lines_by_mail() -> None:
    line = CARD.line()
    assert read_card(f" {line[:40]}\n {line[40:]}\n") == CARD
