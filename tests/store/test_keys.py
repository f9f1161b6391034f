"""Key files: a passphrase and a recovery key each open the one data key, and a typing error is told as such."""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from contextlib import suppress

import pytest
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from hypothesis import given, settings
from hypothesis import strategies as st

from qualbench.errors import QualbenchError
from qualbench.store import keys
from qualbench.store.keys import BadKeyFile, Cost, MistypedRecoveryKey, WrongPassphrase, WrongRecoveryKey

WORDS = "four words and more"


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """A guess costs next to nothing, except where its cost is what is tested."""
    monkeypatch.setattr(keys, "COST", Cost(memory=32, passes=1, lanes=1))


@pytest.fixture
def made() -> keys.NewKey:
    return keys.new(WORDS)


def test_both_ways_open_the_same_key(made: keys.NewKey) -> None:
    assert len(made.key) == 32
    assert keys.unlocked(made.body, WORDS) == made.key
    assert keys.recovered(made.body, made.recovery) == made.key
    assert keys.recovered(made.body, made.recovery.lower().replace("-", "  ")) == made.key


def test_every_key_is_another_and_none_stands_in_its_file(made: keys.NewKey) -> None:
    other = keys.new(WORDS)
    assert made.key != other.key
    assert made.recovery != other.recovery
    assert keys.id_of(made.body) != keys.id_of(other.body)
    for secret in (made.key.hex(), made.recovery, made.recovery.replace("-", ""), WORDS):
        assert secret.encode() not in made.body
        assert secret not in repr(made)


def test_wrong_words_are_refused_in_words(made: keys.NewKey) -> None:
    for wrong in (WORDS + " ", WORDS.upper(), "", "\x00"):
        with pytest.raises(WrongPassphrase, match=r"This is not the passphrase\."):
            keys.unlocked(made.body, wrong)
    with pytest.raises(WrongRecoveryKey):
        keys.recovered(made.body, keys.new(WORDS).recovery)


def test_a_passphrase_is_the_same_however_its_accents_are_typed(made: keys.NewKey) -> None:
    body = keys.with_passphrase(made.body, made.key, "caf\u00e9 au lait")
    assert keys.unlocked(body, "cafe\u0301 au lait") == made.key


def test_another_passphrase_wraps_the_same_key(made: keys.NewKey) -> None:
    body = keys.with_passphrase(made.body, made.key, "entirely other words")
    assert keys.unlocked(body, "entirely other words") == made.key
    assert keys.recovered(body, made.recovery) == made.key
    assert keys.id_of(body) == keys.id_of(made.body)
    with pytest.raises(WrongPassphrase):
        keys.unlocked(body, WORDS)


def test_another_recovery_key_ends_the_old_one(made: keys.NewKey) -> None:
    body, recovery = keys.with_new_recovery(made.body, made.key)
    assert keys.recovered(body, recovery) == made.key
    assert keys.unlocked(body, WORDS) == made.key
    with pytest.raises(WrongRecoveryKey):
        keys.recovered(body, made.recovery)


def test_a_guess_costs_what_the_standard_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    way = json.loads(keys.new(WORDS).body)["passphrase"]
    assert (way["kdf"], way["memory"], way["passes"], way["lanes"]) == ("argon2id", 64 * 1024, 3, 4), "RFC 9106, 4"


def test_the_file_can_be_opened_by_its_description_alone(made: keys.NewKey) -> None:
    """HKDF (RFC 5869) by hand, then ChaCha20-Poly1305 (RFC 8439): what docs of the format promise, without our code."""
    file = json.loads(made.body)
    way = file["recovery"]
    salt, nonce, wrapped = (bytes.fromhex(way[name]) for name in ("salt", "nonce", "wrapped"))
    extracted = hmac.digest(salt, made.recovery.replace("-", "").encode(), hashlib.sha256)
    wrapping = hmac.digest(extracted, b"qualbench-key/1" + b"\x01", hashlib.sha256)
    stated = {"kdf": way["kdf"], "salt": way["salt"]}
    bound = json.dumps(["qualbench-key/1", file["id"], stated], sort_keys=True).encode()
    assert ChaCha20Poly1305(wrapping).decrypt(nonce, wrapped, bound) == made.key


# --- the recovery key ------------------------------------------------------------------------------------------


def test_a_recovery_key_has_more_than_128_random_bits() -> None:
    made = keys.new_recovery()
    assert len(keys.LETTERS) == len(set(keys.LETTERS)) == 31
    assert 31 ** (len(made) - 1) > 2**128
    assert set("01ILO") & set(keys.LETTERS) == set()
    assert keys.grouped(made).count("-") == 6


@given(st.integers(0, 27), st.integers(1, 30))
def test_every_single_wrong_sign_is_told(at: int, by: int) -> None:
    recovery = keys.new_recovery()
    other = keys.LETTERS[(keys.LETTERS.index(recovery[at]) + by) % 31]
    with pytest.raises(MistypedRecoveryKey, match="not as printed"):
        keys.checked(recovery[:at] + other + recovery[at + 1 :])


@given(st.integers(0, 27), st.integers(0, 27))
def test_every_two_signs_that_changed_places_are_told(one: int, two: int) -> None:
    recovery = keys.new_recovery()
    typed = list(recovery)
    typed[one], typed[two] = typed[two], typed[one]
    if "".join(typed) == recovery:
        assert keys.checked("".join(typed)) == recovery
    else:
        with pytest.raises(MistypedRecoveryKey):
            keys.checked("".join(typed))


@pytest.mark.parametrize(
    ("change", "told"),
    [(lambda key: key[:-1], "it has 27 signs, not 28"), (lambda key: key + "A", "29"), (lambda _: "", "0 signs"),
     (lambda key: "0" + key[1:], "'0' stands in no recovery key"), (lambda key: "\x1b" + key[1:], "stands in no")],
)  # fmt: skip
def test_what_is_wrong_with_a_typed_key_is_said(change: object, told: str) -> None:
    with pytest.raises(MistypedRecoveryKey, match=told) as error:
        keys.checked(change(keys.new_recovery()))  # type: ignore[operator]
    assert "\x1b" not in str(error.value)


# --- hostile files ---------------------------------------------------------------------------------------------


def test_every_changed_byte_of_a_key_file_is_refused_in_a_sentence() -> None:
    made = keys.new(WORDS)
    for at in range(len(made.body)):
        body = bytearray(made.body)
        body[at] ^= 1
        for opened in (lambda b: keys.unlocked(b, WORDS), lambda b: keys.recovered(b, made.recovery)):
            with suppress(QualbenchError):
                assert opened(bytes(body)) == made.key, "what was changed belongs to the other way"
    assert at > 500


@pytest.mark.parametrize(
    "body",
    [b"", b"{}", b"[]", b"null", b"\xff\xfe", b"[" * 60_000, b'{"format": 1}', b'{"format": "qualbench-key/1"}',
     b"x" * 100_000],
)  # fmt: skip
def test_what_is_no_key_file_is_refused(body: bytes) -> None:
    with pytest.raises(BadKeyFile):
        keys.id_of(body)


@pytest.mark.parametrize(
    ("name", "value"),
    [("memory", 1 << 40), ("passes", 10**9), ("lanes", 0), ("memory", 7), ("memory", True), ("passes", "3"),
     ("salt", "zz"), ("salt", ""), ("kdf", "none"), ("nonce", None)],
)  # fmt: skip
def test_a_planted_file_can_not_make_the_machine_work_for_hours(made: keys.NewKey, name: str, value: object) -> None:
    file = json.loads(made.body)
    file["passphrase"][name] = value
    with pytest.raises(BadKeyFile):
        keys.unlocked(json.dumps(file).encode(), WORDS)


def test_a_weaker_way_can_not_be_written_into_a_file(made: keys.NewKey) -> None:
    """How a key was wrapped is checked together with it."""
    file = json.loads(made.body)
    for name, value in (("passes", 2), ("id", secrets.token_hex(16))):
        changed = json.loads(made.body)
        (changed if name == "id" else changed["passphrase"])[name] = value
        with pytest.raises(WrongPassphrase):
            keys.unlocked(json.dumps(changed).encode(), WORDS)
    assert keys.unlocked(json.dumps(file).encode(), WORDS) == made.key


def test_a_key_file_of_a_later_release_is_said_to_be_one(made: keys.NewKey) -> None:
    with pytest.raises(BadKeyFile, match="newer Qualbench"):
        keys.id_of(made.body.replace(b"qualbench-key/1", b"qualbench-key/2"))


@settings(max_examples=30)
@given(st.text(max_size=30), st.text(max_size=30))
def test_only_the_same_words_open(one: str, other: str) -> None:
    import unicodedata

    body = keys.new(one).body
    same = unicodedata.normalize("NFC", one) == unicodedata.normalize("NFC", other)
    try:
        keys.unlocked(body, other)
    except WrongPassphrase:
        assert not same
    else:
        assert same
