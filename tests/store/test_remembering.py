"""A passphrase in the keyring: only where somebody wished it, only in one that is safe, and asked for otherwise."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends import chainer, fail, null
from keyring.errors import PasswordDeleteError

from qualbench.project import Project, encrypting
from qualbench.store import keys, remembering, unlocking
from qualbench.store.keys import Cost, WrongPassphrase
from qualbench.store.remembering import NoKeyring
from qualbench.store.unlocking import Locked
from tests.cli.conftest import Verb, verb

__all__ = ["verb"]
WORDS, OTHER = "four words and more", "entirely other words"


class Fake(KeyringBackend):
    """A keyring in memory."""

    priority = -1  # type: ignore[assignment] # the tests alone choose it

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if self.kept.pop((service, username), None) is None:
            raise PasswordDeleteError


class Plain(Fake):
    """One that nobody knows."""


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A guess costs next to nothing, nobody gives a passphrase, and this process knows no key yet."""
    monkeypatch.setattr(keys, "COST", Cost(memory=32, passes=1, lanes=1))
    monkeypatch.delenv(unlocking.PASSPHRASE, raising=False)
    monkeypatch.setattr(unlocking, "_asked", unlocking.from_environment)
    unlocking.forget()
    yield
    unlocking.forget()


@pytest.fixture
def safe(monkeypatch: pytest.MonkeyPatch) -> Fake:
    """The keyring of this computer, which is one of those that are safe."""
    made = Fake()
    monkeypatch.setattr(remembering, "ALLOWED", remembering.ALLOWED | {(Fake.__module__, "Fake")})
    monkeypatch.setattr(keyring, "get_keyring", lambda: made)
    return made


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An encrypted study that nobody has opened yet."""
    Project.create(tmp_path / "study", viewer="ana", key=encrypting.new_key(WORDS)).close()
    unlocking.forget()
    return tmp_path / "study"


def opens(folder: Path) -> bool:
    """Whether it opens by itself, in a process that knows no key."""
    unlocking.forget()
    try:
        Project.open(folder).close()
    except Locked:
        return False
    return True


def test_only_a_study_that_was_remembered_opens_by_itself(folder: Path, safe: Fake, tmp_path: Path) -> None:
    assert not opens(folder)
    encrypting.remember(folder, lambda _: WORDS)
    assert list(safe.kept.values()) == [WORDS]
    assert opens(folder)
    Project.create(tmp_path / "other", key=encrypting.new_key(WORDS)).close()
    assert not opens(tmp_path / "other")
    everything = [path for path in folder.rglob("*") if path.is_file()]
    assert not [path for path in everything if b"remember" in path.read_bytes()], "the mark is not in the study"
    assert encrypting.forget(folder)
    assert safe.kept == {}
    assert not opens(folder)
    assert not encrypting.forget(folder)


def test_without_a_mark_of_this_person_the_keyring_is_not_asked(folder: Path, safe: Fake) -> None:
    safe.kept[remembering.SERVICE, keys.id_of((folder / "study.key").read_bytes())] = WORDS
    assert not opens(folder)


def test_a_wrong_passphrase_is_not_remembered(folder: Path, safe: Fake) -> None:
    with pytest.raises(WrongPassphrase):
        encrypting.remember(folder, lambda _: OTHER)
    assert safe.kept == {}
    assert not encrypting.is_remembered(folder)


def test_a_passphrase_that_was_changed_elsewhere_is_asked_for(
    folder: Path, safe: Fake, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    encrypting.remember(folder, lambda _: WORDS)
    body = (folder / "study.key").read_bytes()
    (folder / "study.key").write_bytes(keys.with_passphrase(body, keys.unlocked(body, WORDS), OTHER))
    assert not opens(folder)
    monkeypatch.setenv(unlocking.PASSPHRASE, OTHER)
    assert opens(folder)
    assert capfd.readouterr() == ("", "")


def test_to_change_the_passphrase_the_old_one_is_asked_for_all_the_same(folder: Path, safe: Fake) -> None:
    encrypting.remember(folder, lambda _: WORDS)
    with pytest.raises(Locked):
        encrypting.change_passphrase(folder, OTHER)


def test_a_keyring_that_breaks_is_like_none(folder: Path, safe: Fake, monkeypatch: pytest.MonkeyPatch) -> None:
    encrypting.remember(folder, lambda _: WORDS)

    def broken(*_: object) -> str:
        raise RuntimeError("the bus is gone")

    monkeypatch.setattr(safe, "get_password", broken)
    assert not opens(folder)
    monkeypatch.setattr(safe, "set_password", broken)
    with pytest.raises(NoKeyring, match="refused to keep it"):
        encrypting.remember(folder, lambda _: WORDS)
    monkeypatch.setattr(safe, "delete_password", broken)
    assert encrypting.forget(folder)
    assert not encrypting.is_remembered(folder)


def chain(*of: KeyringBackend) -> KeyringBackend:
    class Chain(chainer.ChainerBackend):
        backends = of  # type: ignore[assignment] # several, in this order

    return Chain()


UNSAFE: dict[str, tuple[Callable[[], KeyringBackend], str]] = {
    "null": (null.Keyring, "keyring.backends.null.Keyring"),
    "fail": (fail.Keyring, "keyring.backends.fail.Keyring"),
    "a stranger": (Plain, "tests.store.test_remembering.Plain"),
    "strangers in a chain": (lambda: chain(Plain(), null.Keyring()), "test_remembering.Plain, keyring.backends.null"),
    "an empty chain": (chain, "an empty one"),
}


@pytest.mark.parametrize("which", UNSAFE)
def test_any_other_keyring_is_refused_by_its_name_before_anything_is_asked(
    which: str, folder: Path, safe: Fake, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, named = UNSAFE[which]
    monkeypatch.setattr(keyring, "get_keyring", made)
    with pytest.raises(NoKeyring, match=f"Nothing was remembered: .*{named}.*not known to lock away"):
        encrypting.remember(folder, lambda _: pytest.fail("it was asked for"))
    assert not encrypting.is_remembered(folder)
    monkeypatch.setattr(keyring, "get_keyring", lambda: safe)
    encrypting.remember(folder, lambda _: WORDS)
    monkeypatch.setattr(keyring, "get_keyring", made)
    assert not opens(folder), "it is not looked for there either"


def test_of_several_only_the_safe_one_gets_it(folder: Path, safe: Fake, monkeypatch: pytest.MonkeyPatch) -> None:
    strange = Plain()
    monkeypatch.setattr(keyring, "get_keyring", lambda: chain(strange, safe))
    encrypting.remember(folder, lambda _: WORDS)
    assert (list(safe.kept.values()), strange.kept) == ([WORDS], {})
    assert opens(folder)


def test_those_that_are_allowed_are_there_and_encrypt() -> None:
    """The names are those of the package, so that a new release of it does not lock everybody out unnoticed."""
    from importlib import import_module

    for module, name in remembering.ALLOWED:
        assert issubclass(vars(import_module(module))[name], KeyringBackend)
    assert not [module for module, _ in remembering.ALLOWED if not module.startswith("keyring.backends.")]


def test_the_verb_remembers_and_forgets(folder: Path, safe: Fake, verb: Verb, monkeypatch: pytest.MonkeyPatch) -> None:
    verb("passphrase", folder, "--remember", code=3)
    verb("passphrase", folder, "--remember", "--forget", code=2)
    monkeypatch.setenv(unlocking.PASSPHRASE, WORDS)
    assert "in the keyring of this computer" in verb("passphrase", folder, "--remember").err
    monkeypatch.delenv(unlocking.PASSPHRASE)
    unlocking.forget()
    verb("status", folder)
    unlocking.forget()
    monkeypatch.setenv(unlocking.PASSPHRASE, WORDS)
    monkeypatch.setenv("QUALBENCH_NEW_PASSPHRASE", OTHER)
    assert "has the old one: qualbench passphrase" in verb("passphrase", folder).err
    monkeypatch.delenv(unlocking.PASSPHRASE)
    unlocking.forget()
    verb("status", folder, code=3)
    assert "asked for again" in verb("passphrase", folder, "--forget").err
    assert "was not remembered" in verb("passphrase", folder, "--forget").err
    monkeypatch.setattr(keyring, "get_keyring", null.Keyring)
    ran = verb("passphrase", folder, "--remember", code=1)
    assert "keyring.backends.null.Keyring" in ran.err


def test_where_nothing_is_remembered_keyring_is_not_even_imported(folder: Path, tmp_path: Path) -> None:
    Project.create(tmp_path / "plain").close()
    code = (
        "import sys\nfrom qualbench.cli import run\n"
        "for folder in sys.argv[1:]: assert run(['status', folder]) == 0\n"
        "assert 'keyring' not in sys.modules and 'jeepney' not in sys.modules\n"
    )
    import os

    env = {**os.environ, unlocking.PASSPHRASE: WORDS}
    done = subprocess.run(
        [sys.executable, "-c", code, str(folder), str(tmp_path / "plain")], env=env, capture_output=True, timeout=60
    )
    assert done.returncode == 0, done.stderr
