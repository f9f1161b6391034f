"""Real passwords and TLS: who gets in by what, what is said to the others, and that a password is kept nowhere."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest

from qualbench import cli, hub
from qualbench.project import Project
from qualbench.project.hubbed import SETTINGS
from tests.conftest import BOOK, add_interview
from tests.hub.machines import Machine
from tests.hub.secured import Authority, door, free_port
from tests.hub.servers import Server, from_wheel

ADMIN = "the administrator's own & long"


@pytest.fixture(scope="module")
def secured() -> Iterator[Server]:
    """A server of our own that asks everybody for a password, beside the one of the other tests."""
    try:
        found = from_wheel(ADMIN, free_port())
    except Exception as error:  # noqa: BLE001 - whatever keeps it from starting, the sentence says so
        pytest.skip(f"No second PostgreSQL for the tests: {error}.")
    yield found
    found.end()


@dataclass
class Two:
    """A lead with a study on the hub, and ana, who was let in."""

    lead: Machine
    ana: Machine
    address: str
    """Ana's, as the lead's program prints it."""
    passwords: dict[str, str]
    port: int


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory, secured: Server) -> Iterator[Two]:
    """Made once with verbs, with the administrator's password in their address, as they may type it."""
    place, patch = tmp_path_factory.mktemp("secured"), pytest.MonkeyPatch()
    for name in ("PGPASSWORD", "PGPASSFILE", "PGSSLMODE"):
        patch.delenv(name, raising=False)
    patch.setenv("HOME", str(place))
    clock = _clock()
    lead, ana = (Machine(place, name, patch, clock) for name in ("lead", "ana"))
    patch.setenv("PGPASSWORD", ADMIN)
    plain = secured.database()
    patch.delenv("PGPASSWORD")
    admin = plain.replace("postgres@", f"postgres:{_quoted(ADMIN)}@")
    with lead.at(), Project.create(lead.folder, viewer="lead", clock=clock) as study:
        study.release_codebook("book.yaml", BOOK)
        add_interview(study, "one.txt", "I: Why?\nP1: I trusted her.\n")
    said = _verb(lead, "init", admin, "--as", "lead")
    passwords = {"lead": _shown(said)}
    _pass_file(place / "lead.pgpass", patch, passwords["lead"], "lead")
    said = _verb(lead, "invite", admin, "--to", "ana", "--card", ana.card_line(), "--as", "lead")
    passwords["ana"] = _shown(said)
    patch.delenv("PGPASSFILE")
    address = said.rpartition("join ")[2].strip()
    yield Two(lead, ana, address, passwords, int(address.partition("127.0.0.1:")[2].partition("/")[0]))
    patch.undo()


def _clock() -> Callable[[], datetime]:
    from datetime import UTC, timedelta

    moment = [datetime(2026, 1, 5, 9, 0, tzinfo=UTC)]

    def now() -> datetime:
        moment[0] += timedelta(seconds=1)
        return moment[0]

    return now


def _quoted(password: str) -> str:
    from urllib.parse import quote

    return quote(password, safe="")


def _shown(said: str) -> str:
    """The password that was shown once."""
    found = re.findall(r"shown this once: (\S+)", said)
    assert len(found) == 1, said
    return str(found[0])


def _pass_file(path: Path, patch: pytest.MonkeyPatch, password: str, login: str = "ana") -> None:
    path.write_text(f"127.0.0.1:*:*:{login}:{password}\nlocalhost:*:*:{login}:{password}\n")
    path.chmod(0o600)
    patch.setenv("PGPASSFILE", str(path))


def _verb(machine: Machine, *words: str, code: int = 0) -> str:
    """What a verb says on a machine."""
    import contextlib
    import io

    said = io.StringIO()
    with machine.at(), contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        assert cli.run(["hub", str(machine.folder), *words]) == code, said.getvalue()
    return said.getvalue()


@pytest.fixture
def again(two: Two, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Machine]:
    """Ana's computer with no study on it, and no password anywhere."""
    for name in ("PGPASSWORD", "PGPASSFILE", "PGSSLMODE"):
        monkeypatch.delenv(name, raising=False)
    there = two.ana.folder
    two.ana.folder = tmp_path / "study"
    yield two.ana
    two.ana.folder = there


def with_password(address: str, password: str) -> str:
    return address.replace("ana@", f"ana:{_quoted(password)}@")


def kept_nowhere(machine: Machine, password: str) -> None:
    """No file of the study and of the person's own places holds the password, as it is or quoted."""
    with machine.open() as study:
        study.examine()
    for path in machine.folder.rglob("*"):
        body = path.read_bytes() if path.is_file() else b""
        assert password.encode() not in body, path
    assert "127.0.0.1" in (machine.folder / SETTINGS).read_text()


@pytest.mark.parametrize("way", ["in the address", "as a part of the query", "PGPASSWORD", "pgpass"])
def test_a_password_lets_in_and_is_kept_nowhere(
    two: Two, again: Machine, way: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    password, address = two.passwords["ana"], two.address
    if way == "PGPASSWORD":
        monkeypatch.setenv("PGPASSWORD", password)
    elif way == "pgpass":
        _pass_file(tmp_path / "passes", monkeypatch, password)
    else:
        by_query = f"{address}?connect_timeout=5&password={password}"
        address = with_password(address, password) if way == "in the address" else by_query
    said = _verb(again, "join", address)
    assert "You are ana in" in said
    assert password not in said
    kept_nowhere(again, password)
    if "address" in way or "query" in way:
        said = _verb(again, "sync", "--as", "ana", code=1)
        assert "asks for a password, and there is none" in said
        monkeypatch.setenv("PGPASSWORD", password)
    assert "given" in _verb(again, "sync", "--as", "ana")
    kept_nowhere(two.lead, two.passwords["lead"])
    kept_nowhere(two.lead, ADMIN)


@pytest.mark.parametrize(
    ("spoilt", "sentence"),
    [
        (lambda one: one, "it asks for a password, and there is none"),
        (lambda one: with_password(one, "WRONG-WORD"), "the password is wrong"),
        (lambda one: with_password(one, "WRONG-WORD").replace("ana:", "nobody:"), "the password is wrong"),
        (lambda one: re.sub(r":\d+/", ":1/", with_password(one, "WRONG-WORD")), "can not be reached"),
        (lambda one: with_password(one, "WRONG-WORD").replace("postgresql://", "http://"), "is no address of a hub"),
        (lambda one: with_password(one, "WRONG-WORD").replace(":", "", 1), "is no address of a hub"),
        (lambda one: one.replace("ana@", "ana:WRONG-WORD/x@"), "is no address of a hub"),
        (lambda one: "host=127.0.0.1 user=ana password=WRONG-WORD", "is no address of a hub"),
        (lambda one: with_password(one, "WRONG-WORD") + "?sslmode=require", "does not encrypt"),
        (lambda one: with_password(one, "WRONG-WORD") + "?nonsense=WRONG-WORD", "is no address of a hub"),
    ],
)
def test_whoever_is_not_let_in_is_told_why_without_the_password(
    two: Two, again: Machine, spoilt: Callable[[str], str], sentence: str
) -> None:
    said = _verb(again, "join", spoilt(two.address), code=1)
    assert sentence in said
    assert "WRONG-WORD" not in said
    assert "Traceback" not in said
    assert not again.folder.exists(), "there is no half study"


# --- TLS -----------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("tls") / "right", "localhost")


def through(two: Two, port: int, host: str, **more: str) -> str:
    """Ana's address by another port, under the name that the certificate is for or another one."""
    address = with_password(two.address, two.passwords["ana"]).replace(f"127.0.0.1:{two.port}", f"{host}:{port}")
    return f"{address}?" + "&".join(f"{name}={value}" for name, value in {"hostaddr": "127.0.0.1", **more}.items())


def test_a_server_is_believed_by_who_vouches_for_it(
    two: Two, again: Machine, authority: Authority, tmp_path: Path
) -> None:
    other = Authority(tmp_path / "other", "localhost")
    with door(two.port, authority) as port:
        for root in (str(other.root), str(tmp_path / "none.pem")):
            said = _verb(
                again, "join", through(two, port, "localhost", sslmode="verify-full", sslrootcert=root), code=1
            )
            assert "its certificate is not to be trusted" in said
            assert not again.folder.exists()
        right = {"sslmode": "verify-full", "sslrootcert": str(authority.root)}
        assert "You are ana in" in _verb(again, "join", through(two, port, "localhost", **right))
    kept_nowhere(again, two.passwords["ana"])


def test_far_away_only_a_server_with_the_right_certificate_is_spoken_to(
    two: Two, again: Machine, authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever the address leaves out: no password goes to whoever happens to answer."""
    with door(two.port, authority) as port:
        for address in (
            through(two, port, "hub.example.org"),
            through(two, port, "hub.example.org", sslrootcert=str(authority.root)),
            through(two, port, "localhost") + "&host=hub.example.org",
        ):
            assert "its certificate is not to be trusted" in _verb(again, "join", address, code=1), address
    monkeypatch.setenv("PGSSLMODE", "disable")
    said = _verb(again, "join", through(two, two.port, "hub.example.org"), code=1)
    assert "does not encrypt" in said


def test_an_address_is_kept_without_what_is_secret() -> None:
    for given, kept in (
        ("postgresql://ana:x%40y@h:1/d", "postgresql://ana@h:1/d"),
        ("postgresql://ana@h/d?password=x&sslmode=require", "postgresql://ana@h/d?sslmode=require"),
        ("postgresql://ana@h/d?p%61ssword=x", "postgresql://ana@h/d"),
        ("postgresql:///d?host=/run", "postgresql:///d?host=/run"),
    ):
        assert hub.without_password(given) == kept
